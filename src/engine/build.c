/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The main job: inputs → reports → a record.
 *
 * Every worker takes the next item, reads it through all stages and puts it;
 * taking and putting are each one thread's at a time. Nothing waits in a
 * queue, so memory is that of the workers however many reports there are.
 * Their order in the record does not depend on the order of arrival (see
 * store/record.c).
 */
#define _GNU_SOURCE
#include "engine/build.h"

#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/io.h"
#include "engine/engine_p.h"
#include "reconcile/reconcile.h"
#include "store/store.h"

#define MAX_JOBS 64u
#define DIGEST_DEPTH 8

typedef struct build {
    const dln_engine *engine;
    const dln_build_options *options;
    dln_ingest *ingest;
    dln_store *store;
    pthread_mutex_t reading, writing;
    dln_build_result *result;   /* under `writing` */
    dln_status status;          /* what stops the build, under `writing` */
    dln_error error;
    bool ended;                 /* under `reading` */
} build;

/* The outcome of one item, before it is written. */
typedef struct outcome {
    dln_status status;
    const char *room;       /* where it failed */
    dln_error error;
    dln_report_key key;
    char uri[4200];
    size_t bytes;
    bool unchanged;
} outcome;

static void stop(build *b, dln_status status, const dln_error *error)
{
    if (b->status == DLN_OK) {
        b->status = status;
        b->error = *error;
    }
}

static void keep_uri(outcome *out, dln_str uri)
{
    size_t len = uri.len < sizeof out->uri ? uri.len : sizeof out->uri - 1;
    if (len)
        memcpy(out->uri, uri.data, len);
    out->uri[len] = '\0';
}

/* The next item into the worker's document; false at the end. */
static bool take(build *b, dln_worker *worker, outcome *out)
{
    dln_item item;
    dln_status status = dln_ingest_next(b->ingest, &item, &out->error);
    if (status == DLN_END)
        return false;
    if (status <= DLN_BADARG) {
        pthread_mutex_lock(&b->writing);
        stop(b, status, &out->error);
        pthread_mutex_unlock(&b->writing);
        return false;
    }
    keep_uri(out, item.uri);
    out->status = status;
    out->room = "ingest";
    if (status < DLN_WARN)
        return true;
    dln_str raw = item.html.len ? item.html : item.text;
    const dln_str given[] = {item.outlet, item.byline, item.title, item.date,
                             item.language, item.text};
    dln_report_key_of(&out->key, item.id, item.uri, raw, given,
                      sizeof given / sizeof *given);
    out->bytes = raw.len;
    pthread_mutex_lock(&b->writing);
    out->unchanged = dln_store_has(b->store, &out->key, item.uri);
    pthread_mutex_unlock(&b->writing);
    if (!out->unchanged)
        out->status = dln_item_fill(&item, worker->doc, &out->error);
    return true;
}

static void analyse(const build *b, dln_worker *worker, outcome *out)
{
    if (out->status < DLN_WARN || out->unchanged)
        return;
    out->room = "engine";
    out->status = dln_engine_read(b->engine, worker, &out->error);
}

static void give(build *b, dln_worker *worker, outcome *out)
{
    dln_error error = {DLN_OK, ""};
    dln_status status = DLN_OK;
    b->result->seen++;
    b->result->bytes += out->bytes;
    if (out->unchanged) {
        b->result->unchanged++;
    } else if (out->status >= DLN_WARN) {
        status = dln_store_put(b->store, &out->key, worker->doc, &error);
        if (status == DLN_FAILED || status == DLN_NOMEM) {
            out->status = DLN_FAILED;
            out->error = error;
        }
    }
    if (out->status < DLN_WARN) {
        b->result->failed++;
        status = dln_store_failed(b->store, dln_str_of(out->uri), out->room,
                                  dln_str_of(out->error.text), &error);
    }
    if (status < DLN_WARN)
        stop(b, status, &error);
    if (b->options->progress)
        b->options->progress(b->result, b->options->user);
}

static void *work(void *user)
{
    build *b = user;
    dln_worker worker;
    outcome *out = calloc(1, sizeof *out);
    dln_status status = out ? dln_worker_init(&worker) : DLN_NOMEM;
    if (status != DLN_OK) {
        dln_error error = {status, "out of memory"};
        pthread_mutex_lock(&b->writing);
        stop(b, status, &error);
        pthread_mutex_unlock(&b->writing);
        free(out);
        return NULL;
    }
    for (bool more = true; more;) {
        *out = (outcome){.room = "ingest"};
        dln_doc_reset(worker.doc);
        pthread_mutex_lock(&b->reading);
        more = !b->ended && take(b, &worker, out);
        b->ended = !more;
        pthread_mutex_unlock(&b->reading);
        if (!more)
            break;
        analyse(b, &worker, out);
        pthread_mutex_lock(&b->writing);
        if (b->status == DLN_OK)
            give(b, &worker, out);
        more = b->status == DLN_OK;
        pthread_mutex_unlock(&b->writing);
    }
    dln_worker_release(&worker);
    free(out);
    return NULL;
}

static void run_workers(build *b)
{
    pthread_t threads[MAX_JOBS];
    unsigned jobs = b->options->jobs < MAX_JOBS ? b->options->jobs : MAX_JOBS;
    unsigned started = 0;
    while (started + 1 < jobs
           && !pthread_create(&threads[started], NULL, work, b))
        started++;
    work(b);        /* this thread is one of them */
    while (started)
        pthread_join(threads[--started], NULL);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Sixteen digits over names and contents of a folder, deep. */
static dln_status digest(const char *path, int depth, char out[17],
                         dln_error *error)
{
    struct stat info;
    char below[17] = "";
    memcpy(out, "0000000000000000", 17);
    if (stat(path, &info))
        return DLN_OK;
    if (!S_ISDIR(info.st_mode)) {
        dln_mapping map;
        DLN_TRY(dln_io_map(&map, path, error));
        snprintf(out, 17, "%016llx", (unsigned long long)dln_hash(
            map.data ? map.data : (const unsigned char *)"", map.len, 0));
        dln_io_unmap(&map);
        return DLN_OK;
    }
    struct dirent **entries = NULL;
    int count = depth > 0 ? scandir(path, &entries, visible, alphasort) : 0;
    uint64_t hash = 0;
    dln_status status = DLN_OK;
    for (int i = 0; i < count; i++) {
        char name[4200];
        int n = snprintf(name, sizeof name, "%s/%s", path,
                         entries[i]->d_name);
        if (status == DLN_OK && n > 0 && (size_t)n < sizeof name)
            status = digest(name, depth - 1, below, error);
        hash = dln_hash(entries[i]->d_name, strlen(entries[i]->d_name),
                        hash);
        hash = dln_hash(below, status == DLN_OK ? 16 : 0, hash);
        free(entries[i]);
    }
    free(entries);
    snprintf(out, 17, "%016llx", (unsigned long long)hash);
    return status;
}

typedef struct versions {
    char lang[17], onto[17], models[17], coder[80], inputs[17];
} versions;

static dln_status find_versions(const dln_engine *engine, versions *v,
                                const char *const *inputs, size_t count,
                                const dln_build_options *options,
                                dln_error *error)
{
    char path[4200];
    snprintf(v->lang, sizeof v->lang, "%s",
             dln_lang_hash(dln_engine__lang(engine)));
    snprintf(path, sizeof path, "%s/onto",
             dln_onto_datadir(dln_engine__onto(engine)));
    DLN_TRY(digest(path, DIGEST_DEPTH, v->onto, error));
    DLN_TRY(digest(dln_engine__models(engine), DIGEST_DEPTH, v->models,
                   error));
    snprintf(v->coder, sizeof v->coder, "%s %s %s %s", DLN_VERSION, v->lang,
             v->onto, v->models);
    uint64_t hash = dln_hash(v->coder, strlen(v->coder), 0);
    if (options->sidecar)
        hash = dln_hash(options->sidecar, strlen(options->sidecar), hash);
    for (size_t i = 0; i < count; i++)
        hash = dln_hash(inputs[i], strlen(inputs[i]) + 1, hash);
    snprintf(v->inputs, sizeof v->inputs, "%016llx",
             (unsigned long long)hash);
    return DLN_OK;
}

static dln_status write_versions(dln_store *store, const versions *v,
                                 dln_error *error)
{
    DLN_TRY(dln_store_meta(store, "language_hash", dln_str_of(v->lang),
                           error));
    DLN_TRY(dln_store_meta(store, "ontology_hash", dln_str_of(v->onto),
                           error));
    return dln_store_meta(store, "model_hash", dln_str_of(v->models), error);
}

/* An input that the user named must be there. */
static dln_status inputs_exist(const char *const *inputs, size_t count,
                               dln_error *error)
{
    struct stat info;
    for (size_t i = 0; i < count; i++)
        if (strcmp(inputs[i], "-") && stat(inputs[i], &info))
            return dln_fail(error, DLN_NOINPUT, "cannot open %s: no such "
                            "file or folder", inputs[i]);
    return DLN_OK;
}

static dln_status finish(build *b, const versions *v, dln_error *error)
{
    if (b->status != DLN_OK) {
        *error = b->error;
        return b->status;
    }
    DLN_TRY(write_versions(b->store, v, error));
    DLN_TRY(dln_reconcile_run(b->store, dln_engine__lang(b->engine),
                              dln_engine__onto(b->engine), error));
    return dln_store_finish(b->store, error);
}

dln_status dln_engine_build(const dln_engine *engine,
                            const char *const *inputs, size_t count,
                            const dln_build_options *options,
                            dln_build_result *result, dln_error *error)
{
    versions v;
    build b = {.engine = engine, .options = options, .result = result};
    dln_ingest_options read = {.size = sizeof read,
                               .sidecar = options->sidecar};
    *result = (dln_build_result){0};
    DLN_TRY(inputs_exist(inputs, count, error));
    DLN_TRY(find_versions(engine, &v, inputs, count, options, error));
    dln_store_options write = {.size = sizeof write,
                               .inputs = dln_str_of(v.inputs),
                               .coder = dln_str_of(v.coder),
                               .now = options->now};
    DLN_TRY(dln_ingest_open(&b.ingest, inputs, count, &read, error));
    dln_status status = dln_store_begin(&b.store, options->out, &write,
                                        error);
    if (status == DLN_OK) {
        pthread_mutex_init(&b.reading, NULL);
        pthread_mutex_init(&b.writing, NULL);
        run_workers(&b);
        pthread_mutex_destroy(&b.reading);
        pthread_mutex_destroy(&b.writing);
        status = finish(&b, &v, error);
        dln_store_close(b.store);
    }
    dln_ingest_close(b.ingest);
    return status;
}
