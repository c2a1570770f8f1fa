/* SPDX-License-Identifier: Apache-2.0 */
/* A line of JSON through every stage: the answer is one line of JSON. The
 * text of the line is the input; its first byte picks the stage. */
#include <assert.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "engine/engine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const dln_engine *open_engine(void)
{
    static dln_engine *engine;
    char datadir[4096], models[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error;
    if (engine)
        return engine;
    snprintf(datadir, sizeof datadir, "%s/data", root ? root : ".");
    snprintf(models, sizeof models, "%s/models", root ? root : ".");
    dln_engine_options options = {.size = sizeof options,
                                  .datadir = datadir,
                                  .models = models};
    if (dln_engine_open(&engine, &options, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        abort();
    }
    return engine;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dln_worker worker;
    const dln_engine *engine = open_engine();
    dln_buf line, out;
    dln_json json;
    dln_error error;
    if (!size || (!worker.doc && dln_worker_init(&worker) != DLN_OK))
        return 0;
    dln_stage stage = (dln_stage)(data[0] % DLN_STAGE_COUNT);
    dln_buf_init(&line, 0);
    dln_buf_init(&out, 0);
    dln_json_init(&json, &line);
    dln_json_object(&json);
    dln_json_field_str(&json, "text", (dln_str){(const char *)data + 1,
                                                size - 1});
    dln_json_close(&json);
    json_t *object = json_loadb(line.data, line.len, JSON_ALLOW_NUL, NULL);
    json_t *text = json_object_get(object, "text");
    dln_item item = {.line = dln_buf_view(&line), .utf8 = true,
                     .source = DLN_NO_SPAN, .target = DLN_NO_SPAN};
    if (text)
        item.text = (dln_str){json_string_value(text),
                              json_string_length(text)};
    dln_engine_line(engine, stage, &worker, &item, &out, &error);
    json_t *answer = json_loadb(out.data, out.len, JSON_ALLOW_NUL, NULL);
    assert(json_is_object(answer));
    json_decref(answer);
    json_decref(object);
    dln_buf_release(&line);
    dln_buf_release(&out);
    return 0;
}
