/* SPDX-License-Identifier: Apache-2.0 */
/*
 * engine: opens the program's knowledge and runs the stages in order. The
 * only room that knows them all.
 */
#ifndef DLN_ENGINE_ENGINE_H
#define DLN_ENGINE_ENGINE_H

#include "base/buf.h"
#include "analyse/analyse.h"
#include "doc/doc.h"
#include "ingest/ingest.h"

typedef struct dln_engine dln_engine;

/* In the order they run. A stage runs all before it, but for extract and
 * clean, which the filters after them leave out: their `text` is clean
 * already. */
typedef enum dln_stage {
    DLN_STAGE_EXTRACT,
    DLN_STAGE_CLEAN,
    DLN_STAGE_PARSE,        /* analyse and link */
    DLN_STAGE_TIMES,
    DLN_STAGE_STATEMENTS,
    DLN_STAGE_FIGURES,
    DLN_STAGE_EVENTS,
    DLN_STAGE_AGREEMENTS,
    DLN_STAGE_COUNT
} dln_stage;

typedef struct dln_engine_options {
    size_t size;            /* sizeof this struct */
    const char *datadir;    /* folder with lang/ and onto/ */
    const char *models;     /* folder with the weights */
    const char *ontology;   /* the user's folder over it, or NULL */
} dln_engine_options;

/* One handle serves all threads. */
DLN_NODISCARD dln_status dln_engine_open(dln_engine **out,
                                         const dln_engine_options *options,
                                         dln_error *error);
void dln_engine_close(dln_engine *engine);
/* Reads the ontology with the user's folder as above and nothing else;
 * DLN_BADDATA names file and line of what is wrong with it; `odd` is told
 * of lines of its dictionaries that are passed over. */
DLN_NODISCARD dln_status dln_engine_check_ontology(
    const dln_engine_options *options, void odd(const char *line),
    dln_error *error);

/* What one thread needs: a document and scratch. */
typedef struct dln_worker {
    dln_doc *doc;
    dln_arena *scratch;
    dln_analyse_cache *cache;
} dln_worker;

DLN_NODISCARD dln_status dln_worker_init(dln_worker *worker);
void dln_worker_release(dln_worker *worker);

/* "parse", "times" ...; DLN_STAGE_COUNT: unknown. */
dln_stage dln_stage_of(dln_str name);

/* doc->page → doc->input and metadata. */
dln_status dln_engine_extract(const dln_engine *engine, dln_worker *worker,
                              dln_error *error);
/* From doc->text (clean) through `last`. */
dln_status dln_engine_analyse(const dln_engine *engine, dln_stage last,
                              dln_worker *worker, dln_error *error);
/* Parse and link for a document whose sentences and tokens are given. */
dln_status dln_engine_tokens(const dln_engine *engine, dln_worker *worker,
                             dln_error *error);
/* From doc->input through all stages: what `build` does to a report. */
dln_status dln_engine_read(const dln_engine *engine, dln_worker *worker,
                           dln_error *error);

/* The stage filter: an item in, its JSON line with the stage's fields added
 * (and a newline) out. A failed item gives its line back unchanged with a
 * field "error". */
dln_status dln_engine_line(const dln_engine *engine, dln_stage stage,
                           dln_worker *worker, const dln_item *item,
                           dln_buf *out, dln_error *error);

#endif
