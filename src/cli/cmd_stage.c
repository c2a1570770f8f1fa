/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>

#include "base/io.h"
#include "cli/cli.h"
#include "doc/conllu.h"
#include "doc/emit.h"
#include "engine/engine.h"

static const char usage[] =
    "usage: dateline stage NAME [--format conllu] [--input conllu] "
    "[--ontology DIR]\n                      [FILE...]\n"
    "NAME: extract, clean, parse, times, statements, figures, events,\n"
    "agreements\n"
    "Reads JSON Lines with id, text, date, title, outlet, uri (extract: html)\n"
    "from the files or standard input, and writes each line with the stage's\n"
    "fields added.\n"
    "--ontology adds the frames, actors and places of a folder of your own.\n"
    "With --input conllu, `parse` reads CoNLL-U and keeps its sentences and\n"
    "tokens; a document is a line of the output.\n";

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

/* One document of CoNLL-U: tags, lemmas, heads and entities anew. */
static dln_status one_conllu(const dln_engine *engine, bool conllu,
                             dln_worker *worker, dln_str text, dln_buf *out,
                             dln_error *error)
{
    dln_doc *doc = worker->doc;
    dln_json json;
    dln_doc_reset(doc);
    dln_buf_clear(out);
    DLN_TRY(dln_conllu_read(doc, text, error));
    DLN_TRY(dln_engine_tokens(engine, worker, error));
    if (conllu) {
        dln_conllu_write(doc, out);
        return DLN_OK;
    }
    dln_json_init(&json, out);
    dln_json_object(&json);
    dln_json_field_str(&json, "id", doc->id);
    dln_json_field_str(&json, "text", doc->text);
    dln_emit_sentences(doc, &json);
    dln_emit_entities(doc, &json);
    dln_emit_predicates(doc, &json);
    dln_json_close(&json);
    dln_buf_char(out, '\n');
    return DLN_OK;
}

/* A file's documents, cut at "# newdoc". */
static dln_status file_conllu(const dln_engine *engine, bool conllu,
                              const char *path, totals *sums,
                              dln_error *error)
{
    dln_worker worker;
    dln_buf in, out;
    dln_buf_init(&in, 0);
    dln_buf_init(&out, 0);
    dln_status status = dln_worker_init(&worker);
    if (status == DLN_OK)
        status = dln_io_read(&in, strcmp(path, "-") ? path : "/dev/stdin",
                             error);
    dln_str text = dln_buf_view(&in);
    for (size_t at = 0, end; status == DLN_OK && at < text.len; at = end) {
        end = dln_str_find(text, DLN_STR("\n# newdoc"), at);
        end = end < text.len ? end + 1 : end;
        sums->lines++;
        if (one_conllu(engine, conllu, &worker, dln_str_sub(text, at, end),
                       &out, error) < DLN_WARN) {
            sums->failed++;
            dln_cli_say("%s: document %lu: %s", path, sums->lines,
                        error->text);
            continue;
        }
        fwrite(out.data, 1, out.len, stdout);
    }
    dln_worker_release(&worker);
    dln_buf_release(&in);
    dln_buf_release(&out);
    return status;
}

int dln_cmd_stage(int argc, char **argv)
{
    static const struct option options[] = {
        {"format", required_argument, NULL, 'f'},
        {"input", required_argument, NULL, 'i'},
        {"ontology", required_argument, NULL, 'O'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    const char *ontology = NULL;
    bool conllu = false, given = false;
    for (int c; (c = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
        if (c == 'h') {
            fputs(usage, stdout);
            return DLN_EXIT_OK;
        }
        if (c == 'O') {
            ontology = optarg;
            continue;
        }
        if ((c != 'f' && c != 'i')
            || (strcmp(optarg, "conllu") && strcmp(optarg, "json"))) {
            fputs(usage, stderr);
            return DLN_EXIT_USAGE;
        }
        *(c == 'f' ? &conllu : &given) = !strcmp(optarg, "conllu");
    }
    dln_stage stage = optind < argc ? dln_stage_of(dln_str_of(argv[optind]))
                                    : DLN_STAGE_COUNT;
    if (stage == DLN_STAGE_COUNT
        || ((conllu || given) && stage != DLN_STAGE_PARSE)) {
        fputs(usage, stderr);
        return DLN_EXIT_USAGE;
    }
    static const char *const standard_input[] = {"-"};
    bool files = optind + 1 < argc;
    dln_engine_options engine_options = {
        .size = sizeof engine_options,
        .datadir = dln_cli_datadir(),
        .models = dln_cli_models(),
        .ontology = ontology,
    };
    dln_ingest_options ingest_options = {
        .size = sizeof ingest_options, .lines = true};
    dln_engine *engine = NULL;
    dln_ingest *ingest = NULL;
    dln_error error = {DLN_OK, ""};
    totals sums = {0, 0};
    dln_status status = dln_engine_open(&engine, &engine_options, &error);
    for (int i = files ? optind + 1 : argc - 1;
         given && status == DLN_OK && i < argc; i++)
        status = file_conllu(engine, conllu, files ? argv[i] : "-", &sums,
                             &error);
    if (status == DLN_OK && !given)
        status = dln_ingest_open(
            &ingest,
            files ? (const char *const *)argv + optind + 1 : standard_input,
            files ? (size_t)(argc - optind - 1) : 1, &ingest_options,
            &error);
    if (status == DLN_OK && !given)
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
