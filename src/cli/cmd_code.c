/* SPDX-License-Identifier: Apache-2.0 */
/* The mapper and the reducer: `code` and `merge`. */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/job.h"

static const char code_usage[] =
    "usage: dateline code [INPUT...] [--shard K/N] [--sidecar FILE] "
    "[-j JOBS]\n                     [--ontology DIR]\n"
    "Reads reports as `dateline build` does (standard input without INPUT)\n"
    "and writes each as a line of JSON: all layers, and the rows that\n"
    "`dateline merge` puts into a record. Keeps nothing between reports.\n"
    "      --shard K/N       part K of N: the reports whose ids fall to it\n"
    "      --sidecar FILE    CSV or JSON Lines that names outlet, date, uri\n"
    "                        of files that lack them\n"
    "      --ontology DIR    frames, actors and places of your own\n"
    "  -j, --jobs N          threads (default: the machine's)\n"
    "  -q, --quiet           no summary\n";

static const char merge_usage[] =
    "usage: dateline merge [INPUT...] -o RECORD\n"
    "Puts lines of `dateline code` (files, standard input without INPUT) and\n"
    "other records into the record RECORD and reconciles them. The same\n"
    "reports give the same bytes, however they were sharded and in whatever\n"
    "order they are merged.\n"
    "  -o, --output RECORD   the record to make or add to\n"
    "  -q, --quiet           no progress, no summary\n";

static dln_status write_line(dln_str line, void *user, dln_error *error)
{
    (void)user;
    if (fwrite(line.data, 1, line.len, stdout) == line.len)
        return DLN_OK;
    return dln_fail(error, DLN_IO, "cannot write to standard output");
}

static dln_status code(const dln_engine *engine, const char *const *inputs,
                       size_t count, const dln_build_options *options,
                       dln_build_result *result, dln_error *error)
{
    return dln_engine_code(engine, inputs, count, options, write_line,
                           result, error);
}

int dln_cmd_code(int argc, char **argv)
{
    dln_job job;
    int code_exit = dln_job_options(&job, argc, argv, code_usage,
                                    DLN_JOB_SHARD | DLN_JOB_SIDECAR
                                        | DLN_JOB_JOBS | DLN_JOB_ONTOLOGY);
    if (code_exit >= 0)
        return code_exit;
    return dln_job_run(&job, code);
}

int dln_cmd_merge(int argc, char **argv)
{
    dln_job job;
    int merge_exit = dln_job_options(&job, argc, argv, merge_usage,
                                     DLN_JOB_OUTPUT);
    if (merge_exit >= 0)
        return merge_exit;
    return dln_job_run(&job, dln_engine_merge);
}
