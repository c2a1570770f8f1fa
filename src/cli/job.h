/* SPDX-License-Identifier: Apache-2.0 */
/*
 * job: what `build`, `code` and `merge` have in common: options, inputs, the
 * progress line, the summary.
 */
#ifndef DLN_CLI_JOB_H
#define DLN_CLI_JOB_H

#include <time.h>

#include "engine/build.h"

/* Options a command has, beside --quiet and --help. */
enum {
    DLN_JOB_OUTPUT = 1,     /* and it must be given */
    DLN_JOB_SIDECAR = 2,
    DLN_JOB_JOBS = 4,
    DLN_JOB_SHARD = 8,
    DLN_JOB_WATCH = 16,
    DLN_JOB_ONTOLOGY = 32
};

typedef struct dln_job {
    dln_build_options build;
    const char *const *inputs;
    size_t count;
    const char *watch;      /* folder, or NULL */
    const char *ontology;   /* the user's folder, or NULL */
    const void *known;      /* watch.c: files that were read */
    bool quiet;
    struct timespec begun, last;    /* of the progress line */
    bool shown;
} dln_job;

typedef dln_status dln_job_work(const dln_engine *engine,
                                const char *const *inputs, size_t count,
                                const dln_build_options *options,
                                dln_build_result *result, dln_error *error);

/* Fills the job; an exit code, or -1 to go on. Without inputs it reads "-"
 * where `which` has no DLN_JOB_WATCH. Keeps argv. */
int dln_job_options(dln_job *job, int argc, char **argv, const char *usage,
                    unsigned which);
/* Opens the engine: an exit code, said why, or -1 to go on. */
int dln_job_open(const dln_job *job, dln_engine **engine);
/* Opens the engine, does it, tells of it; an exit code. */
int dln_job_run(dln_job *job, dln_job_work *work);

/* watch.c: builds, then whenever files have come to the folder, until it is
 * told to end (SIGINT, SIGTERM); an exit code. */
int dln_job_watch(dln_job *job);
/* One build; its exit code. */
int dln_job_once(dln_job *job, const dln_engine *engine,
                 dln_job_work *work);

#endif
