/* SPDX-License-Identifier: Apache-2.0 */
/* The stage filters: one JSON line in, the same line with fields added. */
#include <jansson.h>
#include <stdlib.h>

#include "doc/emit.h"
#include "engine/engine_p.h"

/* Fields a stage adds; those already in the line give way. */
static const char *const added[DLN_STAGE_COUNT][16] = {
    [DLN_STAGE_EXTRACT] = {"text", "title", "byline", "outlet", "date",
                           "canonical", "language"},
    [DLN_STAGE_CLEAN] = {"text", "title", "byline", "agency", "outlet",
                         "dateline_place", "date", "date_basis", "language",
                         "wire_status", "embargo", "removed"},
    [DLN_STAGE_PARSE] = {"sentences", "entities", "predicates",
                         "references"},
    [DLN_STAGE_TIMES] = {"date_inferred", "times"},
    [DLN_STAGE_STATEMENTS] = {"statements"},
    [DLN_STAGE_FIGURES] = {"figures"},
    [DLN_STAGE_EVENTS] = {"events"},
    [DLN_STAGE_AGREEMENTS] = {"agreements", "obligations", "compliance",
                              "mandates", "issues", "outcomes"},
};

static void emit(dln_stage stage, const dln_doc *doc, dln_json *json)
{
    switch (stage) {
    case DLN_STAGE_EXTRACT: dln_emit_extract(doc, json); break;
    case DLN_STAGE_CLEAN: dln_emit_clean(doc, json); break;
    case DLN_STAGE_PARSE:
        dln_emit_sentences(doc, json);
        dln_emit_entities(doc, json);
        dln_emit_predicates(doc, json);
        dln_emit_references(doc, json);
        break;
    case DLN_STAGE_TIMES: dln_emit_times(doc, json); break;
    case DLN_STAGE_STATEMENTS: dln_emit_statements(doc, json); break;
    case DLN_STAGE_FIGURES: dln_emit_figures(doc, json); break;
    case DLN_STAGE_EVENTS: dln_emit_events(doc, json); break;
    case DLN_STAGE_AGREEMENTS: dln_emit_agreements(doc, json); break;
    case DLN_STAGE_COUNT: break;
    }
}

void dln_engine__emit_all(const dln_doc *doc, dln_json *json)
{
    dln_json_field_str(json, "id", doc->id);
    dln_json_field_str(json, "uri", doc->uri);
    dln_json_field_str(json, "address", doc->address);
    for (int s = DLN_STAGE_CLEAN; s < DLN_STAGE_COUNT; s++)
        emit((dln_stage)s, doc, json);
}

/* The line's object without `drop` and without its closing brace. */
static bool reopen(dln_buf *out, dln_str line, const char *const *drop)
{
    json_t *object = json_loadb(line.data ? line.data : "", line.len, 0,
                                NULL);
    char *text = NULL;
    if (json_is_object(object)) {
        for (int i = 0; drop && drop[i]; i++)
            json_object_del(object, drop[i]);
        text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(17));
    }
    if (text)
        dln_buf_add(out, text, strlen(text) - 1);
    else
        dln_buf_char(out, '{');
    free(text);
    json_decref(object);
    return text != NULL;
}

static dln_status run(const dln_engine *engine, dln_stage stage,
                      dln_worker *worker, const dln_item *item,
                      dln_error *error)
{
    dln_doc *doc = worker->doc;
    dln_doc_reset(doc);
    DLN_TRY(dln_item_fill(item, doc, error));
    if (stage == DLN_STAGE_EXTRACT)
        return item->html.len ? dln_engine_extract(engine, worker, error)
                              : dln_fail(error, DLN_FAILED, "has no html");
    if (stage == DLN_STAGE_CLEAN)
        return dln_engine__clean(engine, worker, error);
    doc->text = doc->input;
    return dln_engine_analyse(engine, stage, worker, error);
}

dln_status dln_engine_line(const dln_engine *engine, dln_stage stage,
                           dln_worker *worker, const dln_item *item,
                           dln_buf *out, dln_error *error)
{
    dln_status status = run(engine, stage, worker, item, error);
    size_t start = out->len;
    dln_json json;
    dln_json_init(&json, out);
    reopen(out, item->line, status < DLN_WARN ? NULL : added[stage]);
    json.depth = 1;
    json.close[0] = '}';
    json.comma = out->len > start + 1;
    if (status < DLN_WARN)
        dln_json_field_str(&json, "error", dln_str_of(error->text));
    else
        emit(stage, worker->doc, &json);
    dln_json_close(&json);
    dln_buf_char(out, '\n');
    return status;
}
