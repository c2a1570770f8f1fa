/* SPDX-License-Identifier: Apache-2.0 */
/* The main job whole, from JSON Lines to the finished record, on two threads:
 * reports a second by the clock, and for each second of a processor, which
 * does not depend on what else the machine does. A report has 4 kB. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "engine/build.h"
#include "reports.h"

#define REPORTS 400

static double clock_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double processor_seconds(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec)
           + (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6;
}

static dln_status write_lines(const char *path, const dln_buf *reports,
                              dln_error *error)
{
    dln_buf lines;
    size_t at = 0;
    dln_buf_init(&lines, 0);
    for (int i = 0; i < REPORTS; i++) {
        dln_json json;
        char text[32];
        dln_json_init(&json, &lines);
        dln_json_object(&json);
        snprintf(text, sizeof text, "r/%d", i);
        dln_json_field_str(&json, "uri", dln_str_of(text));
        snprintf(text, sizeof text, "2021-%02d-%02d", 1 + i / 28 % 12,
                 1 + i % 28);
        dln_json_field_str(&json, "date", dln_str_of(text));
        dln_json_field_str(&json, "text", next_report(reports, &at));
        dln_json_close(&json);
        dln_buf_char(&lines, '\n');
    }
    dln_status status = dln_io_write(path, dln_buf_view(&lines), error);
    dln_buf_release(&lines);
    return status;
}

static dln_status measure(const dln_engine *engine, const char *folder,
                          const dln_buf *reports, dln_error *error)
{
    char in[300], out[300];
    const char *const inputs[] = {in};
    dln_build_result result;
    snprintf(in, sizeof in, "%s/in.jsonl", folder);
    snprintf(out, sizeof out, "%s/out.db", folder);
    dln_build_options options = {.size = sizeof options, .out = out,
                                 .jobs = 2};
    DLN_TRY(write_lines(in, reports, error));
    double wall = clock_seconds(), own = processor_seconds();
    dln_status status = dln_engine_build(engine, inputs, 1, &options,
                                         &result, error);
    wall = clock_seconds() - wall;
    own = processor_seconds() - own;
    if (status == DLN_OK) {
        printf("pipeline build_2_threads %.0f reports/s\n", REPORTS / wall);
        printf("pipeline build %.0f reports/processor-s\n", REPORTS / own);
    }
    unlink(in);
    unlink(out);
    return status;
}

int main(int argc, char **argv)
{
    char data[4096], models[4096], folder[] = "bench-pipeline.XXXXXX";
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error = {DLN_OK, ""};
    dln_engine *engine = NULL;
    dln_buf reports;
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    snprintf(models, sizeof models, "%s/models", root ? root : ".");
    dln_engine_options options = {.size = sizeof options, .datadir = data,
                                  .models = models};
    if (!read_reports(&reports, argc > 1 ? argv[1] : NULL)
        || !mkdtemp(folder))
        return 1;
    dln_status status = dln_engine_open(&engine, &options, &error);
    if (status == DLN_OK)
        status = measure(engine, folder, &reports, &error);
    if (status != DLN_OK)
        fprintf(stderr, "%s\n", error.text);
    rmdir(folder);
    dln_engine_close(engine);
    dln_buf_release(&reports);
    return status != DLN_OK;
}
