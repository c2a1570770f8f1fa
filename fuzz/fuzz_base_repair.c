/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of any encoding: what comes out is UTF-8, its offsets lead back into
 * what went in, and its JSON reads back as the same text. */
#include <assert.h>
#include <jansson.h>

#include "base/json.h"
#include "base/repair.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_back(dln_str text)
{
    dln_buf out;
    dln_json json;
    dln_buf_init(&out, 0);
    dln_json_init(&json, &out);
    dln_json_object(&json);
    dln_json_key(&json, "text");
    dln_json_str(&json, text);
    dln_json_close(&json);
    json_t *object = json_loadb(out.data, out.len, JSON_ALLOW_NUL, NULL);
    json_t *string = json_object_get(object, "text");
    assert(string);
    assert(dln_str_eq(text, (dln_str){json_string_value(string),
                                      json_string_length(string)}));
    json_decref(object);
    dln_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_arena *arena = dln_arena_new((size_t)256 << 20);
    dln_repairs repairs = {0};
    dln_str text = {NULL, 0}, mended = {NULL, 0};
    if (arena
        && dln_decode(arena, (dln_str){(const char *)data, size}, &text,
                      &repairs)) {
        uint32_t *from = NULL;
        dln_mend(arena, text, &mended, &from, &repairs);
        for (size_t i = 0; from && i < mended.len; i++)
            assert(from[i] < text.len && (!i || from[i - 1] <= from[i]));
        if (!dln_arena_oom(arena))
            read_back(mended);
    }
    dln_arena_free(arena);
    return 0;
}
