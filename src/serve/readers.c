/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open records, a few, lent to one request each. A build replaces the file
 * whole: a record whose file is no longer the one at its path is closed and
 * opened anew before it is lent again.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "serve/serve_p.h"

enum { PLAIN = 4, GUARDED = 2 };

typedef struct reader {
    dln_store *store;
    dev_t device;
    ino_t file;
    bool lent;
} reader;

struct dln_readers {
    pthread_mutex_t lock;
    pthread_cond_t free;
    const char *record;
    reader at[PLAIN + GUARDED];     /* the guarded ones behind */
};

dln_status dln_serve__readers(dln_readers **out, const char *record,
                              dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out || pthread_mutex_init(&(*out)->lock, NULL)) {
        free(*out);
        *out = NULL;
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    if (pthread_cond_init(&(*out)->free, NULL)) {
        pthread_mutex_destroy(&(*out)->lock);
        free(*out);
        *out = NULL;
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    (*out)->record = record;
    dln_store *store;
    DLN_TRY(dln_serve__take(*out, false, &store, error));
    dln_serve__put(*out, store);
    return DLN_OK;
}

void dln_serve__readers_free(dln_readers *readers)
{
    if (!readers)
        return;
    for (int i = 0; i < PLAIN + GUARDED; i++)
        dln_store_close(readers->at[i].store);
    pthread_cond_destroy(&readers->free);
    pthread_mutex_destroy(&readers->lock);
    free(readers);
}

/* Opens it, or opens it anew; only its borrower calls this. */
static dln_status refresh(reader *r, const char *record, bool guarded,
                          dln_error *error)
{
    struct stat info;
    bool there = !stat(record, &info);
    if (r->store && there && info.st_dev == r->device
        && info.st_ino == r->file)
        return DLN_OK;
    dln_store_close(r->store);
    r->store = NULL;
    DLN_TRY(dln_store_open(&r->store, record, error));
    if (there) {
        r->device = info.st_dev;
        r->file = info.st_ino;
    }
    if (guarded)
        dln_store_guard(r->store);
    return DLN_OK;
}

dln_status dln_serve__take(dln_readers *readers, bool guarded,
                           dln_store **out, dln_error *error)
{
    int first = guarded ? PLAIN : 0;
    int end = guarded ? PLAIN + GUARDED : PLAIN;
    reader *r = NULL;
    pthread_mutex_lock(&readers->lock);
    while (!r) {
        for (int i = first; i < end && !r; i++)
            if (!readers->at[i].lent)
                r = &readers->at[i];
        if (!r && guarded) {
            /* Theirs may be slow: do not let them hold our threads. */
            pthread_mutex_unlock(&readers->lock);
            return dln_fail(error, DLN_FAILED,
                            "other queries are running; try again");
        }
        if (!r)
            pthread_cond_wait(&readers->free, &readers->lock);
    }
    r->lent = true;
    pthread_mutex_unlock(&readers->lock);
    dln_status status = refresh(r, readers->record, guarded, error);
    *out = r->store;
    if (status != DLN_OK) {
        pthread_mutex_lock(&readers->lock);
        r->lent = false;
        pthread_cond_broadcast(&readers->free);
        pthread_mutex_unlock(&readers->lock);
    }
    return status;
}

void dln_serve__put(dln_readers *readers, dln_store *store)
{
    pthread_mutex_lock(&readers->lock);
    for (int i = 0; i < PLAIN + GUARDED; i++)
        if (readers->at[i].store == store)
            readers->at[i].lent = false;
    pthread_cond_broadcast(&readers->free);
    pthread_mutex_unlock(&readers->lock);
}
