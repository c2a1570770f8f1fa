/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The main job: inputs → reports → a record, or lines of them.
 *
 * Every worker takes the next item, reads it through all stages and gives it;
 * taking and giving are each one thread's at a time. Nothing waits in a
 * queue, so memory is that of the workers however many reports there are.
 * Their order in the record does not depend on the order of arrival (see
 * store/record.c).
 *
 * A shard takes the reports whose ids fall to it: k of n machines with the
 * same inputs do each its part, and a report that lies in two places is one
 * machine's.
 */
#define _GNU_SOURCE
#include "engine/build.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/json.h"
#include "engine/engine_p.h"
#include "reconcile/reconcile.h"
#include "store/store.h"
#include "track/track.h"

#define MAX_JOBS 64u

typedef struct build {
    const dln_engine *engine;
    const dln_build_options *options;
    dln_identity identity;
    dln_ingest *ingest;
    dln_store *store;       /* NULL when it writes lines */
    dln_code_line *code;    /* who takes the lines; NULL: a record is built */
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
    bool elsewhere;         /* another shard's */
    dln_buf line;           /* of `code` */
} outcome;

/* One thread's own. */
typedef struct hand {
    dln_worker worker;
    dln_store *rows;        /* of `code`: one report at a time */
    outcome out;
} hand;

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

static bool is_elsewhere(const build *b, dln_str name)
{
    const dln_build_options *o = b->options;
    return o->shards > 1 && dln_hash(name.data ? name.data : "", name.len, 0)
                                    % o->shards + 1 != o->shard;
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
    b->result->done = dln_ingest_done(b->ingest);
    if (status < DLN_WARN) {
        out->elsewhere = is_elsewhere(b, item.uri);
        return true;
    }
    dln_str raw = item.html.len ? item.html : item.text;
    const dln_str given[] = {item.outlet, item.byline, item.title, item.date,
                             item.language, item.text, item.canonical,
                             item.wire_id, item.wire_status, item.embargo};
    dln_report_key_of(&out->key, item.id, item.uri, raw, given,
                      sizeof given / sizeof *given);
    out->bytes = raw.len;
    /* A record tells where in a crawl a page lies; elsewhere it would tell
     * the order of the lines of a file. */
    if (!item.crawled)
        item.address = (dln_str){"", 0};
    out->elsewhere = is_elsewhere(b, dln_str_of(out->key.id));
    if (b->store && !out->elsewhere) {
        pthread_mutex_lock(&b->writing);
        out->unchanged = dln_store_has(b->store, &out->key, item.uri,
                                       item.address);
        pthread_mutex_unlock(&b->writing);
    }
    if (!out->unchanged && !out->elsewhere)
        out->status = dln_item_fill(&item, worker->doc, &out->error);
    return true;
}

static void analyse(const build *b, dln_worker *worker, outcome *out)
{
    if (out->status < DLN_WARN || out->unchanged || out->elsewhere)
        return;
    out->room = "engine";
    out->status = dln_engine_read(b->engine, worker, &out->error);
}

/* All that `code` writes of a report; what failed as uri and error. */
static void write_line(hand *h)
{
    outcome *out = &h->out;
    dln_json json;
    dln_buf_clear(&out->line);
    if (out->status >= DLN_WARN) {
        dln_json_init(&json, &out->line);
        dln_json_object(&json);
        dln_engine__emit_all(h->worker.doc, &json);
        out->room = "store";
        dln_status status = dln_store_put(h->rows, &out->key, h->worker.doc,
                                          &out->error);
        if (status == DLN_OK)
            status = dln_store_take_rows(h->rows, &json, &out->error);
        dln_json_close(&json);
        if (status != DLN_OK || out->line.oom)
            out->status = DLN_FAILED;
    }
    if (out->status < DLN_WARN) {
        dln_buf_clear(&out->line);
        dln_json_init(&json, &out->line);
        dln_json_object(&json);
        dln_json_field_str(&json, "uri", dln_str_of(out->uri));
        dln_json_field_str(&json, "room", dln_str_of(out->room));
        dln_json_field_str(&json, "error", dln_str_of(out->error.text));
        dln_json_close(&json);
    }
    dln_buf_char(&out->line, '\n');
}

/* Into the record. */
static dln_status put(build *b, hand *h, dln_error *error)
{
    outcome *out = &h->out;
    dln_status status = DLN_OK;
    if (out->unchanged) {
        b->result->unchanged++;
        return DLN_OK;
    }
    if (out->status >= DLN_WARN) {
        status = dln_store_put(b->store, &out->key, h->worker.doc, error);
        if (status == DLN_FAILED || status == DLN_NOMEM) {
            out->status = DLN_FAILED;
            out->error = *error;
            status = DLN_OK;
        }
    }
    if (out->status < DLN_WARN)
        status = dln_store_failed(b->store, dln_str_of(out->uri), out->room,
                                  dln_str_of(out->error.text), error);
    return status;
}

static void give(build *b, hand *h)
{
    outcome *out = &h->out;
    dln_error error = {DLN_OK, ""};
    dln_status status = DLN_OK;
    if (!out->elsewhere) {
        b->result->seen++;
        b->result->bytes += out->bytes;
        if (b->code)
            status = b->code(dln_buf_view(&out->line), b->options->user,
                             &error);
        else
            status = put(b, h, &error);
        b->result->failed += out->status < DLN_WARN;
    }
    if (status < DLN_WARN)
        stop(b, status, &error);
    if (b->options->progress)
        b->options->progress(b->result, b->options->user);
}

/* One report from its bytes to the record; false at the end. */
static bool read_one(build *b, hand *h)
{
    outcome *out = &h->out;
    dln_buf line = out->line;
    *out = (outcome){.room = "ingest", .line = line};
    dln_doc_reset(h->worker.doc);
    pthread_mutex_lock(&b->reading);
    bool more = !b->ended && take(b, &h->worker, out);
    b->ended = !more;
    pthread_mutex_unlock(&b->reading);
    if (!more)
        return false;
    analyse(b, &h->worker, out);
    if (b->code && !out->elsewhere)
        write_line(h);
    pthread_mutex_lock(&b->writing);
    if (b->status == DLN_OK)
        give(b, h);
    more = b->status == DLN_OK;
    pthread_mutex_unlock(&b->writing);
    return more;
}

static void *work(void *user)
{
    build *b = user;
    dln_error error = {DLN_NOMEM, "out of memory"};
    dln_store_options options = {.size = sizeof options,
                                 .coder = dln_str_of(b->identity.coder),
                                 .now = b->options->now};
    hand *h = calloc(1, sizeof *h);
    dln_status status = h ? dln_worker_init(&h->worker) : DLN_NOMEM;
    if (status == DLN_OK && b->code)
        status = dln_store_scratch(&h->rows, &options, &error);
    if (status == DLN_OK) {
        dln_buf_init(&h->out.line, 0);
        while (read_one(b, h))
            ;
        dln_buf_release(&h->out.line);
    } else {
        pthread_mutex_lock(&b->writing);
        stop(b, status, &error);
        pthread_mutex_unlock(&b->writing);
    }
    if (h) {
        dln_store_close(h->rows);
        dln_worker_release(&h->worker);
    }
    free(h);
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

dln_status dln_engine__finish(const dln_engine *engine, dln_store *store,
                              const dln_identity *identity,
                              dln_error *error)
{
    DLN_TRY(dln_engine__write_identity(store, identity, error));
    DLN_TRY(dln_reconcile_run(store, dln_engine__lang(engine),
                              dln_engine__onto(engine), error));
    DLN_TRY(dln_track_run(store, dln_onto_datadir(dln_engine__onto(engine)),
                          error));
    return dln_store_finish(store, error);
}

/* Names this build, so that one that was cut off is known again. */
static void name_build(char out[17], const dln_identity *identity,
                       const char *const *inputs, size_t count,
                       const dln_build_options *o)
{
    uint64_t hash = dln_hash(identity->coder, strlen(identity->coder),
                             o->shard + 1000003u * o->shards);
    if (o->sidecar)
        hash = dln_hash(o->sidecar, strlen(o->sidecar), hash);
    for (size_t i = 0; i < count; i++)
        hash = dln_hash(inputs[i], strlen(inputs[i]) + 1, hash);
    snprintf(out, 17, "%016llx", (unsigned long long)hash);
}

static dln_status run(build *b, const char *const *inputs, size_t count,
                      dln_error *error)
{
    const dln_build_options *o = b->options;
    dln_ingest_options read = {.size = sizeof read, .sidecar = o->sidecar,
                               .skip = o->skip, .user = o->user};
    *b->result = (dln_build_result){0};
    DLN_TRY(inputs_exist(inputs, count, error));
    DLN_TRY(dln_ingest_open(&b->ingest, inputs, count, &read, error));
    if (o->progress)
        b->result->total = dln_ingest_total(inputs, count);
    pthread_mutex_init(&b->reading, NULL);
    pthread_mutex_init(&b->writing, NULL);
    dln_status status = DLN_OK;
    if (b->code) {
        run_workers(b);
    } else {
        char name[17];
        name_build(name, &b->identity, inputs, count, o);
        dln_store_options write = {
            .size = sizeof write, .inputs = dln_str_of(name),
            .coder = dln_str_of(b->identity.coder), .now = o->now};
        status = dln_store_begin(&b->store, o->out, &write, error);
        if (status == DLN_OK)
            run_workers(b);
    }
    pthread_mutex_destroy(&b->reading);
    pthread_mutex_destroy(&b->writing);
    dln_ingest_close(b->ingest);
    if (b->status != DLN_OK) {
        *error = b->error;
        return b->status;
    }
    return status;
}

dln_status dln_engine_build(const dln_engine *engine,
                            const char *const *inputs, size_t count,
                            const dln_build_options *options,
                            dln_build_result *result, dln_error *error)
{
    build b = {.engine = engine, .options = options, .result = result};
    DLN_TRY(dln_engine__identify(engine, &b.identity, error));
    dln_status status = run(&b, inputs, count, error);
    if (status == DLN_OK)
        status = dln_engine__finish(engine, b.store, &b.identity, error);
    dln_store_close(b.store);
    return status;
}

dln_status dln_engine_code(const dln_engine *engine,
                           const char *const *inputs, size_t count,
                           const dln_build_options *options,
                           dln_code_line *line, dln_build_result *result,
                           dln_error *error)
{
    build b = {.engine = engine, .options = options, .result = result,
               .code = line};
    DLN_TRY(dln_engine__identify(engine, &b.identity, error));
    return run(&b, inputs, count, error);
}
