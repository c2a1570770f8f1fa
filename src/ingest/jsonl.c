/* SPDX-License-Identifier: Apache-2.0 */
/* One line of JSON Lines → an item. */
#include <jansson.h>

#include "ingest/ingest_p.h"

static bool text_field(dln_arena *arena, const json_t *object,
                       const char *key, dln_str *out)
{
    const json_t *value = json_object_get(object, key);
    *out = (dln_str){"", 0};
    if (!value || json_is_null(value))
        return true;
    if (json_is_integer(value)) {
        *out = dln_arena_printf(arena, "%lld",
                                (long long)json_integer_value(value));
        return true;
    }
    if (!json_is_string(value))
        return false;
    *out = dln_arena_str(arena, (dln_str){json_string_value(value),
                                          json_string_length(value)});
    return true;
}

static bool span_field(const json_t *object, const char *key, dln_span *out)
{
    const json_t *value = json_object_get(object, key);
    *out = DLN_NO_SPAN;
    if (!value || json_is_null(value))
        return true;
    if (!json_is_array(value) || json_array_size(value) != 2)
        return false;
    json_int_t start = json_integer_value(json_array_get(value, 0));
    json_int_t end = json_integer_value(json_array_get(value, 1));
    if (start < 0 || end <= start || end > (json_int_t)DLN_DOC_MAX_BYTES)
        return false;
    *out = (dln_span){(uint32_t)start, (uint32_t)end};
    return true;
}

dln_status dln_ingest__json(dln_item *item, dln_arena *arena, dln_str line,
                            dln_error *error)
{
    json_error_t problem;
    *item = (dln_item){.utf8 = true};
    json_t *object = json_loadb(line.data ? line.data : "", line.len, 0,
                                &problem);
    if (!object)
        return dln_fail(error, DLN_FAILED, "not JSON: %s", problem.text);
    const struct { const char *key; dln_str *to; } texts[] = {
        {"id", &item->id}, {"uri", &item->uri}, {"outlet", &item->outlet},
        {"byline", &item->byline}, {"title", &item->title},
        {"date", &item->date}, {"language", &item->language},
        {"text", &item->text}, {"html", &item->html},
    };
    dln_status status = DLN_OK;
    if (!json_is_object(object))
        status = dln_fail(error, DLN_FAILED, "not a JSON object");
    for (size_t i = 0; status == DLN_OK
                       && i < sizeof texts / sizeof *texts; i++)
        if (!text_field(arena, object, texts[i].key, texts[i].to))
            status = dln_fail(error, DLN_FAILED, "field %s is no string",
                              texts[i].key);
    if (status == DLN_OK && (!span_field(object, "source", &item->source)
                             || !span_field(object, "target",
                                            &item->target)))
        status = dln_fail(error, DLN_FAILED, "source or target is no span");
    json_decref(object);
    item->line = line;
    if (status == DLN_OK && dln_arena_oom(arena))
        status = dln_fail(error, DLN_NOMEM, "out of memory");
    return status;
}
