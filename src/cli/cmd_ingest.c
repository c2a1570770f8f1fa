/* SPDX-License-Identifier: Apache-2.0 */
#include <getopt.h>
#include <stdio.h>

#include "base/json.h"
#include "cli/cli.h"
#include "doc/emit.h"
#include "engine/engine.h"

static const char usage[] =
    "usage: dateline ingest INPUT... [--sidecar FILE]\n"
    "Writes the reports that the inputs hold as JSON Lines, the fields as\n"
    "`dateline stage` reads them; nothing is analysed. Inputs are those of\n"
    "`dateline build`.\n"
    "      --sidecar FILE    CSV or JSON Lines that names outlet, date, uri\n"
    "                        of files that lack them\n";

/* The item as a line; what failed as {"uri", "error"}. */
static dln_status write_item(const dln_engine *engine, dln_worker *worker,
                             const dln_item *item, dln_status status,
                             dln_buf *out, dln_error *error)
{
    dln_json json;
    dln_doc_reset(worker->doc);
    if (status == DLN_OK)
        status = dln_item_fill(item, worker->doc, error);
    if (status == DLN_OK && worker->doc->page.len)
        status = dln_engine_extract(engine, worker, error);
    dln_buf_clear(out);
    dln_json_init(&json, out);
    dln_json_object(&json);
    if (status == DLN_OK) {
        dln_emit_item(worker->doc, &json);
    } else {
        dln_json_field_str(&json, "uri", item->uri);
        dln_json_field_str(&json, "error", dln_str_of(error->text));
    }
    dln_json_close(&json);
    dln_buf_char(out, '\n');
    fwrite(out->data, 1, out->len, stdout);
    return status;
}

static dln_status run(const dln_engine *engine, dln_ingest *ingest,
                      unsigned long *failed, dln_error *error)
{
    dln_worker worker;
    dln_item item;
    dln_buf out;
    dln_status status;
    DLN_TRY(dln_worker_init(&worker));
    dln_buf_init(&out, 0);
    while ((status = dln_ingest_next(ingest, &item, error)) != DLN_END
           && status > DLN_BADARG) {
        status = write_item(engine, &worker, &item, status, &out, error);
        *failed += status != DLN_OK;
        if (status != DLN_OK)
            dln_cli_say("%.*s: %s", DLN_ARG(item.uri), error->text);
    }
    dln_buf_release(&out);
    dln_worker_release(&worker);
    return status;
}

int dln_cmd_ingest(int argc, char **argv)
{
    static const struct option options[] = {
        {"sidecar", required_argument, NULL, 's'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    dln_ingest_options read = {.size = sizeof read};
    dln_engine_options engine_options = {
        .size = sizeof engine_options,
        .datadir = dln_cli_datadir(),
        .models = dln_cli_models(),
    };
    dln_engine *engine = NULL;
    dln_ingest *ingest = NULL;
    dln_error error = {DLN_OK, ""};
    unsigned long failed = 0;
    for (int c; (c = getopt_long(argc, argv, "h", options, NULL)) != -1;) {
        switch (c) {
        case 'h': fputs(usage, stdout); return DLN_EXIT_OK;
        case 's': read.sidecar = optarg; break;
        default: fputs(usage, stderr); return DLN_EXIT_USAGE;
        }
    }
    if (optind == argc) {
        fputs(usage, stderr);
        return DLN_EXIT_USAGE;
    }
    dln_status status = dln_ingest_open(
        &ingest, (const char *const *)argv + optind,
        (size_t)(argc - optind), &read, &error);
    if (status == DLN_OK)
        status = dln_engine_open(&engine, &engine_options, &error);
    if (status == DLN_OK)
        status = run(engine, ingest, &failed, &error);
    dln_ingest_close(ingest);
    dln_engine_close(engine);
    if (status != DLN_END) {
        dln_cli_say("%s", error.text);
        return dln_cli_exit(status);
    }
    return failed ? DLN_EXIT_SOME_FAILED : DLN_EXIT_OK;
}
