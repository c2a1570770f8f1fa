/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "engine/build.h"

static const char usage[] =
    "usage: dateline build INPUT... -o RECORD [--sidecar FILE] [-j JOBS]\n"
    "Reads reports into the record RECORD. An INPUT is a file, a folder or -\n"
    "for standard input: texts, web pages, JSON Lines, crawls (WARC), feeds,\n"
    "agencies' XML, mail, exports of databases, archives of them. What RECORD\n"
    "holds already is kept; the same report twice changes nothing.\n"
    "  -o, --output RECORD   the record to make or add to\n"
    "      --sidecar FILE    CSV or JSON Lines that names outlet, date, uri\n"
    "                        of files that lack them\n"
    "  -j, --jobs N          threads (default: the machine's)\n"
    "  -q, --quiet           no progress, no summary\n";

typedef struct meter {
    struct timespec last;
    bool shown;
} meter;

static double seconds_since(const struct timespec *then,
                            struct timespec *now)
{
    clock_gettime(CLOCK_MONOTONIC, now);
    return (double)(now->tv_sec - then->tv_sec)
           + (double)(now->tv_nsec - then->tv_nsec) / 1e9;
}

static void show_progress(const dln_build_result *so_far, void *user)
{
    meter *m = user;
    struct timespec now;
    if (seconds_since(&m->last, &now) < 0.2)
        return;
    m->last = now;
    m->shown = true;
    fprintf(stderr, "\r%llu reports, %.1f MB, %llu failed ",
            (unsigned long long)so_far->seen, (double)so_far->bytes / 1e6,
            (unsigned long long)so_far->failed);
}

static unsigned machine_threads(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 64 ? 64 : (unsigned)n;
}

/* Unix time: SOURCE_DATE_EPOCH when it is set, so that a build can be made
 * again byte for byte. */
static int64_t build_time(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    return epoch && *epoch ? strtoll(epoch, NULL, 10) : (int64_t)time(NULL);
}

static int report_result(dln_status status, const dln_build_result *result,
                         const dln_error *error, bool quiet)
{
    if (status != DLN_OK) {
        dln_cli_say("%s", error->text);
        return dln_cli_exit(status);
    }
    if (!quiet)
        dln_cli_say("%llu reports read, %llu of them known already, "
                    "%llu failed",
                    (unsigned long long)(result->seen - result->failed),
                    (unsigned long long)result->unchanged,
                    (unsigned long long)result->failed);
    return result->failed ? DLN_EXIT_SOME_FAILED : DLN_EXIT_OK;
}

static int build(char **inputs, int count, dln_build_options *options,
                 bool quiet)
{
    meter m = {0};
    dln_engine_options engine_options = {
        .size = sizeof engine_options,
        .datadir = dln_cli_datadir(),
        .models = dln_cli_models(),
    };
    dln_engine *engine = NULL;
    dln_error error = {DLN_OK, ""};
    dln_build_result result = {0};
    if (!quiet && isatty(STDERR_FILENO)) {
        options->progress = show_progress;
        options->user = &m;
    }
    dln_status status = dln_engine_open(&engine, &engine_options, &error);
    if (status == DLN_OK)
        status = dln_engine_build(engine, (const char *const *)inputs,
                                  (size_t)count, options, &result, &error);
    if (m.shown)
        fputs("\r\033[K", stderr);
    dln_engine_close(engine);
    return report_result(status, &result, &error, quiet);
}

int dln_cmd_build(int argc, char **argv)
{
    static const struct option options[] = {
        {"output", required_argument, NULL, 'o'},
        {"sidecar", required_argument, NULL, 's'},
        {"jobs", required_argument, NULL, 'j'},
        {"quiet", no_argument, NULL, 'q'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    dln_build_options job = {.size = sizeof job, .jobs = machine_threads(),
                             .now = build_time()};
    bool quiet = false;
    for (int c; (c = getopt_long(argc, argv, "ho:j:q", options, NULL)) != -1;) {
        char *end = NULL;
        switch (c) {
        case 'h': fputs(usage, stdout); return DLN_EXIT_OK;
        case 'o': job.out = optarg; break;
        case 's': job.sidecar = optarg; break;
        case 'q': quiet = true; break;
        case 'j':
            job.jobs = (unsigned)strtoul(optarg, &end, 10);
            if (end != optarg && !*end && job.jobs)
                break;
            /* fall through */
        default: fputs(usage, stderr); return DLN_EXIT_USAGE;
        }
    }
    if (optind == argc || !job.out || !*job.out) {
        fputs(usage, stderr);
        return DLN_EXIT_USAGE;
    }
    return build(argv + optind, argc - optind, &job, quiet);
}
