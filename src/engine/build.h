/* SPDX-License-Identifier: Apache-2.0 */
/*
 * build: a folder of reports → a record. The main job.
 */
#ifndef DLN_ENGINE_BUILD_H
#define DLN_ENGINE_BUILD_H

#include "engine/engine.h"

typedef struct dln_build_result {
    uint64_t seen;          /* items met, failed ones too */
    uint64_t failed;        /* became a note and no report */
    uint64_t unchanged;     /* in the record already */
    uint64_t bytes;         /* of raw input read */
    uint64_t done, total;   /* bytes of the files; total: with progress */
} dln_build_result;

/* Called now and then, by one thread at a time. */
typedef void dln_build_progress(const dln_build_result *so_far, void *user);

typedef struct dln_build_options {
    size_t size;            /* sizeof this struct */
    const char *out;        /* the record */
    const char *sidecar;    /* see dln_ingest_options; may be NULL */
    unsigned jobs;          /* threads; 0: one */
    int64_t now;            /* Unix time, for report.ingested */
    unsigned shard, shards; /* part `shard` of `shards`, from 1; 0: all */
    dln_build_progress *progress;   /* may be NULL */
    /* Files of folders that are passed over; may be NULL. */
    bool (*skip)(const char *path, const struct stat *info, void *user);
    void *user;
} dln_build_options;

/* Reads all inputs into the record, which is replaced whole or not at all.
 * DLN_OK also when items failed (result->failed of them); DLN_NOINPUT when
 * an input named by the caller is not there; DLN_NOCREATE, DLN_BADDATA as
 * dln_store_begin. */
DLN_NODISCARD dln_status dln_engine_build(const dln_engine *engine,
                                          const char *const *inputs,
                                          size_t count,
                                          const dln_build_options *options,
                                          dln_build_result *result,
                                          dln_error *error);

/* Takes a line of `code`, with its newline; one thread at a time. */
typedef dln_status dln_code_line(dln_str line, void *user, dln_error *error);

/* The same without a record: a line for each report, all its layers as the
 * stages write them and, in `rows`, what the record has of it. options->out
 * does not count; `user` is also the line's. */
DLN_NODISCARD dln_status dln_engine_code(const dln_engine *engine,
                                         const char *const *inputs,
                                         size_t count,
                                         const dln_build_options *options,
                                         dln_code_line *line,
                                         dln_build_result *result,
                                         dln_error *error);

/* Lines of `code` (files, "-") and records → the record options->out, which
 * is added to and replaced whole. Associative and commutative. */
DLN_NODISCARD dln_status dln_engine_merge(const dln_engine *engine,
                                          const char *const *inputs,
                                          size_t count,
                                          const dln_build_options *options,
                                          dln_build_result *result,
                                          dln_error *error);

#endif
