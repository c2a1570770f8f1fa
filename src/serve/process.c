/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /api/process: the lanes of a stretch of time. A lane with few items comes
 * item by item; one with more than is left of the budget comes as counts by
 * day (by month where the stretch is long), for the sides that matter most.
 * Lanes with fewer items are served first. Rows are arrays, for size.
 */
#include <stdlib.h>

#include "base/date.h"
#include "serve/serve_p.h"

enum { LANES = 16, BUDGET = 50000, LONG_DAYS = 1200 };

typedef struct lane {
    char name[24];
    int64_t items;
} lane;

typedef struct stretch {
    char from[11], to[11];
    bool months;
    bool in_months;         /* ask by month: from is cut to "2021-01" */
} stretch;

static dln_status open_query(dln_call *call, dln_query **out,
                             const char *sql, const stretch *when,
                             const char *name)
{
    const dln_str values[] = {{when->from, when->in_months ? 7 : 10},
                              dln_str_of(when->to), dln_str_of(name)};
    DLN_TRY(dln_query_open(call->store, out, sql, &call->error));
    return dln_query_bind_texts(*out, values, name ? 3 : 2);
}

/* A row as an array. */
static void array_row(const dln_query *query, dln_json *json)
{
    dln_json_array(json);
    for (int c = 0; c < dln_query_columns(query); c++) {
        switch (dln_query_type(query, c)) {
        case 'i': dln_json_int(json, dln_query_int(query, c)); break;
        case 'd': dln_json_num(json, dln_query_double(query, c)); break;
        case 't': dln_json_str(json, dln_query_str(query, c)); break;
        default: dln_json_null(json);
        }
    }
    dln_json_close(json);
}

static dln_status write_rows(dln_call *call, const char *sql,
                             const stretch *when, const char *lane_name,
                             const char *key, dln_json *json)
{
    dln_query *query = NULL;
    dln_status status = open_query(call, &query, sql, when, lane_name);
    dln_json_key(json, key);
    dln_json_array(json);
    while (status == DLN_OK && (status = dln_query_step(query)) == DLN_OK)
        array_row(query, json);
    dln_json_close(json);
    dln_query_close(query);
    return status == DLN_END ? DLN_OK : status;
}

static dln_status write_lane(dln_call *call, const lane *l,
                             const stretch *given, bool whole,
                             dln_json *json)
{
    static const char items[] =
        "SELECT date_start, CASE date_end WHEN date_start THEN NULL ELSE"
        " date_end END, id, side, who, kind, status, reports, low, high,"
        " label FROM lane_item WHERE lane = ?3 AND date_start >= ?1"
        " AND date_start <= ?2 ORDER BY date_start, id";
#define BINNED(day, table)                                              \
    "SELECT " day " AS bin, CASE WHEN side IN (SELECT side FROM"        \
    " lane_total WHERE lane = ?3 AND side > '' ORDER BY items DESC,"    \
    " side LIMIT 8) THEN side ELSE '' END AS s, sum(items)"             \
    " FROM " table " WHERE lane = ?3 AND " day " >= ?1 AND " day        \
    " <= ?2 GROUP BY bin, s ORDER BY bin, s LIMIT 60000"
    static const char days[] = BINNED("day", "lane_day");
    static const char months[] = BINNED("month", "lane_month");
#undef BINNED
    stretch when = *given;
    when.in_months = !whole && when.months;
    dln_json_key(json, l->name);
    dln_json_object(json);
    dln_json_key(json, "total");
    dln_json_int(json, l->items);
    DLN_TRY(write_rows(call, whole ? items : when.months ? months : days,
                       &when, l->name, whole ? "items" : "bins", json));
    dln_json_close(json);
    return DLN_OK;
}

static int by_items(const void *a, const void *b)
{
    const lane *x = a, *y = b;
    return x->items != y->items ? (x->items > y->items ? 1 : -1)
                                : strcmp(x->name, y->name);
}

static dln_status lanes_of(dln_call *call, const stretch *given,
                           lane out[LANES], size_t *count)
{
#define TOTALS(day, table)                                              \
    "SELECT lane, n FROM (SELECT lane, (SELECT sum(items) FROM " table  \
    " d WHERE d.lane = t.lane AND d." day " >= ?1 AND d." day           \
    " <= ?2) AS n FROM (SELECT DISTINCT lane FROM lane_total) t)"       \
    " WHERE n > 0"
    static const char days[] = TOTALS("day", "lane_day");
    static const char months[] = TOTALS("month", "lane_month");
#undef TOTALS
    dln_query *query = NULL;
    stretch when = *given;
    when.in_months = when.months;
    dln_status status = open_query(call, &query, when.months ? months : days,
                                   &when, NULL);
    *count = 0;
    while (status == DLN_OK && *count < LANES
           && (status = dln_query_step(query)) == DLN_OK) {
        lane *l = &out[(*count)++];
        dln_str name = dln_query_str(query, 0);
        *l = (lane){.items = dln_query_int(query, 1)};
        memcpy(l->name, name.data, name.len < 23 ? name.len : 23);
    }
    dln_query_close(query);
    qsort(out, *count, sizeof *out, by_items);
    return status == DLN_END ? DLN_OK : status;
}

static dln_status stretch_of(dln_call *call, stretch *out)
{
    dln_interval from = {.start = DLN_NO_DAY}, to = {.end = DLN_NO_DAY};
    dln_str first = dln_serve__param(call->target, "from");
    dln_str last = dln_serve__param(call->target, "to");
    unsigned known = 0;
    known += first.data != NULL;
    known += last.data != NULL;
    known += dln_serve__param(call->target, "limit").data != NULL;
    if (known != call->target->params)
        return dln_fail(&call->error, DLN_BADARG,
                        "its parameters are from, to and limit");
    if ((first.data && !dln_interval_parse(first, &from))
        || (last.data && !dln_interval_parse(last, &to)))
        return dln_fail(&call->error, DLN_BADARG,
                        "a day is written 2021-01-11");
    memcpy(out->from, "0000-01-01", 11);
    memcpy(out->to, "9999-12-31", 11);
    if (first.data)
        dln_day_text(out->from, from.start);
    if (last.data)
        dln_day_text(out->to, to.end);
    out->months = !first.data || !last.data
                  || to.end - from.start > LONG_DAYS;
    return DLN_OK;
}

/* Without bounds the stretch is as long as the record. */
static dln_status narrow(dln_call *call, stretch *when)
{
    dln_query *query = NULL;
    dln_status status = open_query(
        call, &query, "SELECT max(?1, min(first_day)), min(?2,"
        " max(last_day)) FROM lane_total", when, NULL);
    if (status == DLN_OK && (status = dln_query_step(query)) == DLN_OK) {
        dln_interval a, b;
        if (dln_interval_parse(dln_query_str(query, 0), &a)
            && dln_interval_parse(dln_query_str(query, 1), &b))
            when->months = b.end - a.start > LONG_DAYS;
    }
    dln_query_close(query);
    return status == DLN_END ? DLN_OK : status;
}

static dln_status budget_of(dln_call *call, int64_t *out)
{
    dln_str given = dln_serve__param(call->target, "limit");
    *out = BUDGET;
    if (!given.data)
        return DLN_OK;
    *out = 0;
    for (size_t i = 0; i < given.len; i++) {
        if (!dln_is_digit(given.data[i]) || *out > BUDGET * 4)
            return dln_fail(&call->error, DLN_BADARG,
                            "limit is at most 200000");
        *out = *out * 10 + given.data[i] - '0';
    }
    return *out <= BUDGET * 4 ? DLN_OK
                              : dln_fail(&call->error, DLN_BADARG,
                                         "limit is at most 200000");
}

dln_status dln_serve__process(dln_call *call, dln_response *response)
{
    stretch when;
    lane lanes[LANES];
    size_t count;
    int64_t budget;
    dln_json json;
    DLN_TRY(stretch_of(call, &when));
    DLN_TRY(budget_of(call, &budget));
    if (when.months)
        DLN_TRY(narrow(call, &when));
    DLN_TRY(lanes_of(call, &when, lanes, &count));
    dln_json_init(&json, &response->body);
    dln_json_object(&json);
    dln_json_key(&json, "bin");
    dln_json_str(&json, when.months ? DLN_STR("month") : DLN_STR("day"));
    dln_json_key(&json, "lanes");
    dln_json_object(&json);
    for (size_t i = 0; i < count; i++) {
        bool whole = lanes[i].items <= budget;
        if (whole)
            budget -= lanes[i].items;
        DLN_TRY(write_lane(call, &lanes[i], &when, whole, &json));
    }
    dln_json_close(&json);
    dln_json_close(&json);
    return DLN_OK;
}
