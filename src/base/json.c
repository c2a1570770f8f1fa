/* SPDX-License-Identifier: Apache-2.0 */
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

void dln_json_init(dln_json *json, dln_buf *out)
{
    *json = (dln_json){.out = out};
}

static void before(dln_json *json)
{
    if (json->comma)
        dln_buf_char(json->out, ',');
    json->comma = true;
}

static void open_level(dln_json *json, char open, char close)
{
    assert(json->depth < DLN_JSON_DEPTH);
    before(json);
    dln_buf_char(json->out, open);
    json->close[json->depth++] = close;
    json->comma = false;
}

void dln_json_object(dln_json *json)
{
    open_level(json, '{', '}');
}

void dln_json_array(dln_json *json)
{
    open_level(json, '[', ']');
}

void dln_json_close(dln_json *json)
{
    assert(json->depth > 0);
    dln_buf_char(json->out, json->close[--json->depth]);
    json->comma = true;
}

static void quoted(dln_buf *out, dln_str s)
{
    dln_buf_char(out, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.data[i];
        size_t n = c < 0x80 ? 1 : dln_utf8_len(s, i);
        if (n && c >= 0x20 && c != '"' && c != '\\' && c != 0x7f) {
            i += n;
            continue;
        }
        dln_buf_add(out, s.data + from, i - from);
        if (!n) {
            dln_buf_str(out, DLN_STR("\xEF\xBF\xBD"));
            n = 1;
        } else if (c == '"' || c == '\\') {
            dln_buf_char(out, '\\');
            dln_buf_char(out, (char)c);
        } else if (c == '\n') {
            dln_buf_str(out, DLN_STR("\\n"));
        } else if (c == '\t') {
            dln_buf_str(out, DLN_STR("\\t"));
        } else if (c == '\r') {
            dln_buf_str(out, DLN_STR("\\r"));
        } else {
            dln_buf_printf(out, "\\u%04x", c);
        }
        i += n;
        from = i;
    }
    if (from < s.len)
        dln_buf_add(out, s.data + from, s.len - from);
    dln_buf_char(out, '"');
}

void dln_json_key(dln_json *json, const char *key)
{
    before(json);
    quoted(json->out, dln_str_of(key));
    dln_buf_char(json->out, ':');
    json->comma = false;
}

void dln_json_str(dln_json *json, dln_str value)
{
    before(json);
    quoted(json->out, value);
}

void dln_json_num(dln_json *json, double value)
{
    char text[40];
    before(json);
    if (!isfinite(value)) {
        dln_buf_str(json->out, DLN_STR("null"));
        return;
    }
    if (fabs(value) < 1e15 && floor(value) == value) {
        dln_buf_printf(json->out, "%.0f", value == 0 ? 0.0 : value);
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    dln_buf_str(json->out, dln_str_of(text));
}

void dln_json_int(dln_json *json, int64_t value)
{
    before(json);
    dln_buf_printf(json->out, "%lld", (long long)value);
}

void dln_json_null(dln_json *json)
{
    dln_json_raw(json, DLN_STR("null"));
}

void dln_json_raw(dln_json *json, dln_str value)
{
    before(json);
    dln_buf_str(json->out, value);
}

void dln_json_field_str(dln_json *json, const char *key, dln_str value)
{
    if (!value.len)
        return;
    dln_json_key(json, key);
    dln_json_str(json, value);
}

void dln_json_field_int(dln_json *json, const char *key, int64_t value)
{
    if (value == DLN_NONE)
        return;
    dln_json_key(json, key);
    dln_json_int(json, value);
}

void dln_json_field_span(dln_json *json, const char *key, dln_span span)
{
    if (!dln_span_has(span))
        return;
    dln_json_key(json, key);
    dln_json_array(json);
    dln_json_int(json, span.start);
    dln_json_int(json, span.end);
    dln_json_close(json);
}
