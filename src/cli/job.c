/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "cli/job.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"

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

/* "2/8" */
static bool read_shard(dln_build_options *build, const char *text)
{
    char *end;
    unsigned long k = strtoul(text, &end, 10), n;
    if (end == text || *end != '/')
        return false;
    text = end + 1;
    n = strtoul(text, &end, 10);
    build->shard = (unsigned)k;
    build->shards = (unsigned)n;
    return end != text && !*end && k >= 1 && k <= n && n <= 1000000;
}

static bool read_jobs(dln_build_options *build, const char *text)
{
    char *end;
    build->jobs = (unsigned)strtoul(text, &end, 10);
    return end != text && !*end && build->jobs;
}

/* Takes one option; false when the command has none such. */
static bool take(dln_job *job, int c, unsigned which)
{
    switch (c) {
    case 'o': job->build.out = optarg; return which & DLN_JOB_OUTPUT;
    case 's': job->build.sidecar = optarg; return which & DLN_JOB_SIDECAR;
    case 'w': job->watch = optarg; return which & DLN_JOB_WATCH;
    case 'O': job->ontology = optarg; return which & DLN_JOB_ONTOLOGY;
    case 'q': job->quiet = true; return true;
    case 'j': return (which & DLN_JOB_JOBS) && read_jobs(&job->build, optarg);
    case 'k':
        return (which & DLN_JOB_SHARD) && read_shard(&job->build, optarg);
    default: return false;
    }
}

int dln_job_options(dln_job *job, int argc, char **argv, const char *usage,
                    unsigned which)
{
    static const struct option options[] = {
        {"output", required_argument, NULL, 'o'},
        {"sidecar", required_argument, NULL, 's'},
        {"jobs", required_argument, NULL, 'j'},
        {"shard", required_argument, NULL, 'k'},
        {"ontology", required_argument, NULL, 'O'},
        {"watch", required_argument, NULL, 'w'},
        {"quiet", no_argument, NULL, 'q'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    static const char *const standard_input[] = {"-"};
    *job = (dln_job){.build = {.size = sizeof job->build,
                               .jobs = machine_threads(),
                               .now = build_time()}};
    for (int c; (c = getopt_long(argc, argv, "ho:j:q", options, NULL))
                != -1;) {
        if (c == 'h') {
            fputs(usage, stdout);
            return DLN_EXIT_OK;
        }
        if (!take(job, c, which)) {
            fputs(usage, stderr);
            return DLN_EXIT_USAGE;
        }
    }
    job->inputs = (const char *const *)argv + optind;
    job->count = (size_t)(argc - optind);
    bool record = which & DLN_JOB_OUTPUT;
    bool needs = (which & DLN_JOB_WATCH) && !job->watch;
    if (!job->count && !(which & DLN_JOB_WATCH)) {
        job->inputs = standard_input;
        job->count = 1;
    }
    if ((record && (!job->build.out || !*job->build.out))
        || (needs && !job->count)) {
        fputs(usage, stderr);
        return DLN_EXIT_USAGE;
    }
    return -1;
}

static double seconds_since(const struct timespec *then,
                            const struct timespec *now)
{
    return (double)(now->tv_sec - then->tv_sec)
           + (double)(now->tv_nsec - then->tv_nsec) / 1e9;
}

/* "1 h 20 min", "35 s" */
static void write_rest(char *out, size_t room, double seconds)
{
    if (seconds >= 5400)
        snprintf(out, room, "%.0f h %.0f min", seconds / 3600 - 0.5,
                 (double)((long)(seconds / 60) % 60));
    else if (seconds >= 90)
        snprintf(out, room, "%.0f min", seconds / 60);
    else
        snprintf(out, room, "%.0f s", seconds);
}

static void show_progress(const dln_build_result *so_far, void *user)
{
    dln_job *job = user;
    struct timespec now;
    char rest[40] = "";
    clock_gettime(CLOCK_MONOTONIC, &now);
    double since = seconds_since(&job->begun, &now);
    if (job->shown && seconds_since(&job->last, &now) < 0.2)
        return;
    job->last = now;
    job->shown = true;
    if (so_far->done && so_far->total > so_far->done && since > 2)
        write_rest(rest, sizeof rest,
                   since * (double)(so_far->total - so_far->done)
                       / (double)so_far->done);
    fprintf(stderr, "\r%llu reports, %.0f/s, %llu failed%s%s\033[K",
            (unsigned long long)so_far->seen,
            since > 0 ? (double)so_far->seen / since : 0,
            (unsigned long long)so_far->failed, *rest ? ", left: " : "",
            rest);
}

static int tell(dln_status status, const dln_build_result *result,
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

int dln_job_once(dln_job *job, const dln_engine *engine, dln_job_work *work)
{
    dln_error error = {DLN_OK, ""};
    dln_build_result result = {0};
    clock_gettime(CLOCK_MONOTONIC, &job->begun);
    job->shown = false;
    job->build.user = job;
    if (!job->quiet && isatty(STDERR_FILENO))
        job->build.progress = show_progress;
    dln_status status = work(engine, job->inputs, job->count, &job->build,
                             &result, &error);
    if (job->shown)
        fputs("\r\033[K", stderr);
    return tell(status, &result, &error, job->quiet);
}

int dln_job_open(const dln_job *job, dln_engine **engine)
{
    dln_engine_options options = {
        .size = sizeof options,
        .datadir = dln_cli_datadir(),
        .models = dln_cli_models(),
        .ontology = job->ontology,
    };
    dln_error error = {DLN_OK, ""};
    dln_status status = dln_engine_open(engine, &options, &error);
    if (status == DLN_OK)
        return -1;
    dln_cli_say("%s", error.text);
    return dln_cli_exit(status);
}

int dln_job_run(dln_job *job, dln_job_work *work)
{
    dln_engine *engine = NULL;
    int code = dln_job_open(job, &engine);
    if (code < 0)
        code = dln_job_once(job, engine, work);
    dln_engine_close(engine);
    return code;
}
