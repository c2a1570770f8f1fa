/* SPDX-License-Identifier: Apache-2.0 */
/* A list asked for: its query put together, its rows written. */
#include <stdio.h>

#include "base/date.h"
#include "serve/serve_p.h"
#include "store/fulltext.h"

enum { ROWS = 100, ROWS_JSON = 20000, ROWS_CSV = 200000,
       BODY_BYTES = 96 << 20, VALUES = 32 };

typedef struct binder {
    dln_str values[VALUES];
    size_t count;
    char days[VALUES][11];
    dln_buf words;      /* of a full-text search, as SQLite takes them */
} binder;

static bool number(dln_str text, uint32_t most, uint32_t *out)
{
    uint32_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!dln_is_digit(text.data[i]) || value > most)
            return false;
        value = value * 10 + (uint32_t)(text.data[i] - '0');
    }
    *out = value;
    return text.len > 0 && text.len < 10 && value <= most;
}

static dln_status bad(dln_call *call, const char *what, dln_str name)
{
    return dln_fail(&call->error, DLN_BADARG, "%s: %.*s", what,
                    DLN_ARG(name));
}

/* The value as it is bound; false when it is none of its kind. */
static bool value_of(binder *b, const dln_filter *f, dln_str *value)
{
    dln_interval when;
    uint32_t n;
    switch (f->kind) {
    case 'd':
        if (value->len > 10 || !dln_interval_parse(*value, &when))
            return false;
        dln_day_text(b->days[b->count], strcmp(f->name, "to") ? when.start
                                                              : when.end);
        *value = dln_str_of(b->days[b->count]);
        return true;
    case 'n':
        return number(*value, 1000000000, &n);
    case 'f':
        return dln_str_is(*value, "1");
    case 'q':
        if (!dln_str_trim(*value).len)
            return false;
        dln_fulltext_match(&b->words, *value);
        *value = dln_buf_view(&b->words);
        return true;
    default:
        return value->len > 0 && value->len <= 400;
    }
}

/* "e.type = $" → "e.type = ?3", the value kept for binding. */
static void add_condition(dln_buf *sql, const char *condition, size_t slot)
{
    for (const char *c = condition; *c; c++) {
        if (*c == '$')
            dln_buf_printf(sql, "?%zu", slot);
        else
            dln_buf_char(sql, *c);
    }
}

static dln_status conditions(dln_call *call, const dln_listing *listing,
                             binder *b, dln_buf *sql)
{
    const dln_target *t = call->target;
    unsigned known = 0;
    dln_buf_str(sql, DLN_STR("1"));
    for (size_t i = 0; i < sizeof listing->filters / sizeof
                           *listing->filters && listing->filters[i].name;
         i++) {
        const dln_filter *f = &listing->filters[i];
        dln_str value = dln_serve__param(t, f->name);
        if (!value.data) {
            if (f->kind == 'q')
                return bad(call, "it needs", dln_str_of(f->name));
            continue;
        }
        known++;
        if (!value_of(b, f, &value))
            return bad(call, "no value for it", dln_str_of(f->name));
        if (f->kind != 'f')
            b->values[b->count++] = value;
        dln_buf_str(sql, DLN_STR(" AND "));
        add_condition(sql, f->sql, b->count);
    }
    known += dln_serve__param(t, "limit").data != NULL;
    known += dln_serve__param(t, "offset").data != NULL;
    if (known == t->params)
        return DLN_OK;
    for (unsigned i = 0; i < t->params; i++) {
        bool is = dln_str_is(t->param[i].name, "limit")
                  || dln_str_is(t->param[i].name, "offset");
        for (size_t k = 0; !is && k < sizeof listing->filters / sizeof
                           *listing->filters && listing->filters[k].name; k++)
            is = dln_str_is(t->param[i].name, listing->filters[k].name);
        if (!is)
            return bad(call, "no such parameter", t->param[i].name);
    }
    return DLN_OK;
}

static dln_status page_of(dln_call *call, uint32_t *limit, uint32_t *offset)
{
    dln_str given = dln_serve__param(call->target, "limit");
    *limit = call->csv ? ROWS_CSV : ROWS;
    *offset = 0;
    if (given.data
        && (!number(given, call->csv ? ROWS_CSV : ROWS_JSON, limit)
            || !*limit))
        return bad(call, "no value for it", DLN_STR("limit"));
    given = dln_serve__param(call->target, "offset");
    if (given.data && !number(given, 100000000, offset))
        return bad(call, "no value for it", DLN_STR("offset"));
    return DLN_OK;
}

/* The template with its two marks filled in. */
static void compose(dln_buf *sql, const char *template, dln_str where,
                    uint32_t limit, uint32_t offset)
{
    dln_str text = dln_str_of(template);
    for (size_t i = 0; i < text.len; i++) {
        dln_str rest = dln_str_sub(text, i, text.len);
        if (dln_str_starts(rest, DLN_STR("{where}"))) {
            dln_buf_str(sql, where);
            i += 6;
        } else if (dln_str_starts(rest, DLN_STR("{limit}"))) {
            dln_buf_printf(sql, "LIMIT %u OFFSET %u", limit + 1, offset);
            i += 6;
        } else {
            dln_buf_char(sql, text.data[i]);
        }
    }
}

dln_status dln_serve__listing(dln_call *call, const dln_listing *listing,
                              dln_response *response)
{
    binder b = {.count = 0};
    dln_buf where, sql;
    dln_query *query = NULL;
    uint32_t limit = 0, offset = 0;
    dln_buf_init(&b.words, 4096);
    dln_buf_init(&where, 16384);
    dln_buf_init(&sql, 65536);
    dln_status status = page_of(call, &limit, &offset);
    if (status == DLN_OK)
        status = conditions(call, listing, &b, &where);
    compose(&sql, listing->sql, dln_buf_view(&where), limit, offset);
    if (status == DLN_OK)
        status = dln_query_open(call->store, &query, sql.data, &call->error);
    if (status == DLN_OK)
        status = dln_query_bind_texts(query, b.values, b.count);
    if (status == DLN_OK)
        status = dln_serve__rows(query, limit, offset, call->csv,
                                 &response->body);
    dln_query_close(query);
    dln_buf_release(&sql);
    dln_buf_release(&where);
    dln_buf_release(&b.words);
    return status;
}

/* --- rows --------------------------------------------------------------- */

static void csv_text(dln_buf *out, dln_str text)
{
    bool plain = true;
    for (size_t i = 0; i < text.len && plain; i++)
        plain = text.data[i] != '"' && text.data[i] != ','
                && text.data[i] != '\n' && text.data[i] != '\r';
    if (plain) {
        dln_buf_str(out, text);
        return;
    }
    dln_buf_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"')
            dln_buf_char(out, '"');
        dln_buf_char(out, text.data[i]);
    }
    dln_buf_char(out, '"');
}

static void csv_row(dln_buf *out, const dln_query *query, bool names)
{
    for (int c = 0; c < dln_query_columns(query); c++) {
        if (c)
            dln_buf_char(out, ',');
        dln_str name = dln_str_of(dln_query_name(query, c));
        if (dln_str_ends(name, DLN_STR(":json")))
            name.len -= 5;
        if (names)
            csv_text(out, name);
        else if (dln_query_type(query, c) != 'n')
            csv_text(out, dln_query_str(query, c));
    }
    dln_buf_str(out, DLN_STR("\r\n"));
}

dln_status dln_serve__rows(dln_query *query, uint32_t limit, uint32_t offset,
                           bool csv, dln_buf *out)
{
    dln_status status = DLN_OK;
    uint32_t rows = 0;
    dln_json json;
    out->max = BODY_BYTES;
    dln_json_init(&json, out);
    if (csv) {
        csv_row(out, query, true);
    } else {
        dln_json_object(&json);
        dln_json_key(&json, "rows");
        dln_json_array(&json);
    }
    while (!out->oom && (status = dln_query_step(query)) == DLN_OK
           && rows < limit) {
        rows++;
        if (csv)
            csv_row(out, query, false);
        else
            dln_query_json_row(query, &json);
    }
    bool more = status == DLN_OK;
    if (!csv) {
        dln_json_close(&json);
        dln_json_key(&json, "offset");
        dln_json_int(&json, offset);
        dln_json_key(&json, "more");
        dln_json_raw(&json, more ? DLN_STR("true") : DLN_STR("false"));
        dln_json_close(&json);
    }
    if (out->oom)
        return DLN_NOMEM;
    return status == DLN_END ? DLN_OK : status;
}
