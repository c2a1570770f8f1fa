/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>

#include "cli/cli.h"
#include "doc/conllu.h"
#include "engine/engine.h"

static const char usage[] =
    "usage: dateline stage NAME [--format conllu] [FILE...]\n"
    "NAME: clean, parse, times, statements, figures, events\n"
    "Reads JSON Lines with id, text, date, title, outlet, uri from the files\n"
    "or standard input, and writes each line with the stage's fields added.\n";

typedef struct totals {
    unsigned long lines, failed;
} totals;

static dln_status one(const dln_engine *engine, dln_stage stage, bool conllu,
                      dln_worker *worker, const dln_item *item, dln_buf *out,
                      dln_error *error)
{
    if (!conllu)
        return dln_engine_line(engine, stage, worker, item, out, error);
    dln_doc_reset(worker->doc);
    DLN_TRY(dln_item_fill(item, worker->doc, error));
    worker->doc->text = worker->doc->input;
    DLN_TRY(dln_engine_analyse(engine, DLN_STAGE_PARSE, worker, error));
    dln_conllu_write(worker->doc, out);
    return DLN_OK;
}

static dln_status all(const dln_engine *engine, dln_stage stage, bool conllu,
                      dln_ingest *ingest, totals *sums, dln_error *error)
{
    dln_worker worker;
    dln_item item;
    dln_buf out;
    dln_status status;
    DLN_TRY(dln_worker_init(&worker));
    dln_buf_init(&out, 0);
    for (;;) {
        status = dln_ingest_next(ingest, &item, error);
        if (status == DLN_END || status <= DLN_BADARG)
            break;
        sums->lines++;
        if (status >= DLN_WARN) {
            dln_buf_clear(&out);
            status = one(engine, stage, conllu, &worker, &item, &out, error);
            fwrite(out.data, 1, out.len, stdout);
        } else if (!conllu) {
            fputs("{\"error\":\"unreadable line\"}\n", stdout);
        }
        if (status < DLN_WARN) {
            sums->failed++;
            dln_cli_say("line %lu: %s", sums->lines, error->text);
        }
    }
    dln_buf_release(&out);
    dln_worker_release(&worker);
    return status == DLN_END ? DLN_OK : status;
}

int dln_cmd_stage(int argc, char **argv)
{
    static const struct option options[] = {
        {"format", required_argument, NULL, 'f'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    bool conllu = false;
    for (int c; (c = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
        if (c == 'h') {
            fputs(usage, stdout);
            return DLN_EXIT_OK;
        }
        if (c != 'f' || (strcmp(optarg, "conllu") && strcmp(optarg, "json"))) {
            fputs(usage, stderr);
            return DLN_EXIT_USAGE;
        }
        conllu = !strcmp(optarg, "conllu");
    }
    dln_stage stage = optind < argc ? dln_stage_of(dln_str_of(argv[optind]))
                                    : DLN_STAGE_COUNT;
    if (stage == DLN_STAGE_COUNT || (conllu && stage != DLN_STAGE_PARSE)) {
        fputs(usage, stderr);
        return DLN_EXIT_USAGE;
    }
    static const char *const standard_input[] = {"-"};
    bool files = optind + 1 < argc;
    dln_engine_options engine_options = {
        .size = sizeof engine_options,
        .datadir = dln_cli_datadir(),
        .models = dln_cli_models(),
    };
    dln_ingest_options ingest_options = {
        .size = sizeof ingest_options, .lines = true};
    dln_engine *engine = NULL;
    dln_ingest *ingest = NULL;
    dln_error error = {DLN_OK, ""};
    totals sums = {0, 0};
    dln_status status = dln_engine_open(&engine, &engine_options, &error);
    if (status == DLN_OK)
        status = dln_ingest_open(
            &ingest,
            files ? (const char *const *)argv + optind + 1 : standard_input,
            files ? (size_t)(argc - optind - 1) : 1, &ingest_options,
            &error);
    if (status == DLN_OK)
        status = all(engine, stage, conllu, ingest, &sums, &error);
    if (status != DLN_OK)
        dln_cli_say("%s", error.text);
    else if (sums.failed)
        dln_cli_say("%lu of %lu lines failed", sums.failed, sums.lines);
    dln_ingest_close(ingest);
    dln_engine_close(engine);
    if (status != DLN_OK)
        return dln_cli_exit(status);
    return sums.failed ? DLN_EXIT_SOME_FAILED : DLN_EXIT_OK;
}
