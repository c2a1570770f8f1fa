/* SPDX-License-Identifier: Apache-2.0 */
/* Statements over a record, so that no other room knows SQLite. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/store_p.h"

struct dln_query {
    dln_store *store;
    sqlite3_stmt *statement;
    dln_error *error;
    int bound;              /* result of the last bind */
};

dln_status dln_query_open(dln_store *store, dln_query **out,
                          const char *sql, dln_error *error)
{
    *out = calloc(1, sizeof **out);
    if (!*out)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    (*out)->store = store;
    (*out)->error = error;
    const char *rest = "";
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &(*out)->statement,
                                &rest);
    bool one = !store->guarded
               || ((*out)->statement
                   && !dln_str_trim(dln_str_of(rest)).len);
    if (rc == SQLITE_OK && one)
        return DLN_OK;
    if (rc == SQLITE_OK)
        dln_fail(error, DLN_BADARG, "one statement, please");
    if (store->guarded && rc != SQLITE_OK)
        dln_fail(error, DLN_BADARG, "%s", sqlite3_errmsg(store->db));
    dln_query_close(*out);
    *out = NULL;
    return store->guarded ? DLN_BADARG : dln_store__fail(store, rc, error);
}

void dln_query_close(dln_query *query)
{
    if (!query)
        return;
    sqlite3_finalize(query->statement);
    free(query);
}

static int bind_text(sqlite3_stmt *statement, int at, const char *text,
                     size_t len, bool keep_empty)
{
    if (!len && !keep_empty)
        return sqlite3_bind_null(statement, at);
    return sqlite3_bind_text64(statement, at, text ? text : "", len,
                               SQLITE_STATIC, SQLITE_UTF8);
}

static int bind_index(sqlite3_stmt *statement, int at, uint32_t value)
{
    return value == DLN_NONE ? sqlite3_bind_null(statement, at)
                             : sqlite3_bind_int64(statement, at, value);
}

static int bind_interval(sqlite3_stmt *statement, int *at,
                         dln_interval when)
{
    char day[11];
    const int32_t ends[] = {when.start, when.end};
    int rc = SQLITE_OK;
    for (int i = 0; i < 2; i++) {
        dln_day_text(day, ends[i]);
        if (rc == SQLITE_OK)
            rc = *day ? sqlite3_bind_text(statement, (*at)++, day, -1,
                                          SQLITE_TRANSIENT)
                      : sqlite3_bind_null(statement, (*at)++);
    }
    if (rc != SQLITE_OK)
        return rc;
    bool known = when.start != DLN_NO_DAY || when.end != DLN_NO_DAY;
    return sqlite3_bind_text(statement, (*at)++,
                             dln_precision_text(known ? when.precision
                                                      : DLN_PREC_UNKNOWN),
                             -1, SQLITE_STATIC);
}

int dln_store__bind(sqlite3_stmt *statement, const char *format,
                    va_list args)
{
    int rc = SQLITE_OK, at = 1;
    for (; *format && rc == SQLITE_OK; format++) {
        switch (*format) {
        case 's':
        case 'S': {
            dln_str s = va_arg(args, dln_str);
            rc = bind_text(statement, at++, s.data, s.len, *format == 'S');
            break;
        }
        case 'z': {
            const char *c = va_arg(args, const char *);
            rc = bind_text(statement, at++, c, c ? strlen(c) : 0, false);
            break;
        }
        case 'i':
            rc = bind_index(statement, at++, va_arg(args, uint32_t));
            break;
        case 'n':
            rc = sqlite3_bind_int64(statement, at++, va_arg(args, int64_t));
            break;
        case 'd':       /* NaN is NULL to SQLite */
            rc = sqlite3_bind_double(statement, at++, va_arg(args, double));
            break;
        case 'p': {
            dln_span span = va_arg(args, dln_span);
            bool has = dln_span_has(span);
            rc = bind_index(statement, at++, has ? span.start : DLN_NONE);
            if (rc == SQLITE_OK)
                rc = bind_index(statement, at++, has ? span.end : DLN_NONE);
            break;
        }
        case 'v':
            rc = bind_interval(statement, &at, va_arg(args, dln_interval));
            break;
        case 'x':
            rc = sqlite3_bind_null(statement, at++);
            break;
        default:
            rc = SQLITE_MISUSE;
        }
    }
    return rc;
}

dln_status dln_query_bind_list(dln_query *query, const char *format,
                               va_list args)
{
    sqlite3_reset(query->statement);
    query->bound = dln_store__bind(query->statement, format, args);
    if (query->bound == SQLITE_OK)
        return DLN_OK;
    return dln_store__fail(query->store, query->bound, query->error);
}

dln_status dln_query_bind_texts(dln_query *query, const dln_str *values,
                                size_t count)
{
    sqlite3_reset(query->statement);
    query->bound = SQLITE_OK;
    for (size_t i = 0; i < count && query->bound == SQLITE_OK; i++)
        query->bound = bind_text(query->statement, (int)i + 1,
                                 values[i].data, values[i].len,
                                 values[i].data != NULL);
    if (query->bound == SQLITE_OK)
        return DLN_OK;
    return dln_store__fail(query->store, query->bound, query->error);
}

dln_status dln_query_bind(dln_query *query, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    dln_status status = dln_query_bind_list(query, format, args);
    va_end(args);
    return status;
}

dln_status dln_query_step(dln_query *query)
{
    int rc = query->bound;
    if (rc == SQLITE_OK)
        rc = sqlite3_step(query->statement);
    if (rc == SQLITE_ROW)
        return DLN_OK;
    if (rc == SQLITE_DONE)
        return DLN_END;
    return dln_store__fail(query->store, rc, query->error);
}

dln_status dln_query_run(dln_query *query, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    dln_status status = dln_query_bind_list(query, format, args);
    va_end(args);
    while (status == DLN_OK)
        status = dln_query_step(query);
    sqlite3_reset(query->statement);
    return status == DLN_END ? DLN_OK : status;
}

int dln_query_columns(const dln_query *query)
{
    return sqlite3_column_count(query->statement);
}

const char *dln_query_name(const dln_query *query, int column)
{
    const char *name = sqlite3_column_name(query->statement, column);
    return name ? name : "";
}

bool dln_query_null(const dln_query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

dln_str dln_query_str(const dln_query *query, int column)
{
    const unsigned char *text = sqlite3_column_text(query->statement,
                                                    column);
    int len = sqlite3_column_bytes(query->statement, column);
    return text ? (dln_str){(const char *)text, (size_t)len}
                : (dln_str){"", 0};
}

int64_t dln_query_int(const dln_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

uint32_t dln_query_index(const dln_query *query, int column)
{
    if (dln_query_null(query, column))
        return DLN_NONE;
    int64_t value = dln_query_int(query, column);
    return value < 0 || value > UINT32_MAX ? DLN_NONE : (uint32_t)value;
}

double dln_query_double(const dln_query *query, int column)
{
    if (dln_query_null(query, column))
        return (double)NAN;
    return sqlite3_column_double(query->statement, column);
}

dln_span dln_query_span(const dln_query *query, int column)
{
    dln_span span = {dln_query_index(query, column),
                     dln_query_index(query, column + 1)};
    return span.start == DLN_NONE || span.end == DLN_NONE ? DLN_NO_SPAN
                                                          : span;
}

dln_interval dln_query_interval(const dln_query *query, int column)
{
    dln_interval first, last, when = DLN_NO_INTERVAL;
    if (dln_interval_parse(dln_query_str(query, column), &first))
        when.start = first.start;
    if (dln_interval_parse(dln_query_str(query, column + 1), &last))
        when.end = last.end;
    when.precision = dln_precision_of(dln_query_str(query, column + 2));
    return when;
}

char dln_query_type(const dln_query *query, int column)
{
    switch (sqlite3_column_type(query->statement, column)) {
    case SQLITE_INTEGER: return 'i';
    case SQLITE_FLOAT: return 'd';
    case SQLITE_NULL: return 'n';
    default: return 't';
    }
}

void dln_query_json_fields(const dln_query *query, dln_json *json)
{
    char key[64];
    for (int c = 0; c < dln_query_columns(query); c++) {
        dln_str name = dln_str_of(dln_query_name(query, c));
        bool raw = dln_str_ends(name, DLN_STR(":json"));
        snprintf(key, sizeof key, "%.*s", (int)(name.len - (raw ? 5 : 0)),
                 name.data);
        dln_json_key(json, key);
        switch (dln_query_type(query, c)) {
        case 'i': dln_json_int(json, dln_query_int(query, c)); break;
        case 'd': dln_json_num(json, dln_query_double(query, c)); break;
        case 't':
            if (raw)
                dln_json_raw(json, dln_query_str(query, c));
            else
                dln_json_str(json, dln_query_str(query, c));
            break;
        default: dln_json_null(json);
        }
    }
}

void dln_query_json_row(const dln_query *query, dln_json *json)
{
    dln_json_object(json);
    dln_query_json_fields(query, json);
    dln_json_close(json);
}
