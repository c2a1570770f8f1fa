/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked for one by one: the record itself, a row with its evidence,
 * a report with its text, the tables, and a stranger's query. */
#include "serve/serve_p.h"
#include "store/detail.h"

enum { QUERY_ROWS = 1000, QUERY_ROWS_CSV = 50000 };

typedef struct part {
    const char *name, *sql;
} part;

static dln_status list(dln_call *call, const part *p, dln_str id,
                       dln_json *json)
{
    dln_query *query = NULL;
    DLN_TRY(dln_query_open(call->store, &query, p->sql, &call->error));
    dln_status status = id.len ? dln_query_bind(query, "S", id) : DLN_OK;
    dln_json_key(json, p->name);
    dln_json_array(json);
    while (status == DLN_OK && (status = dln_query_step(query)) == DLN_OK)
        dln_query_json_row(query, json);
    dln_json_close(json);
    dln_query_close(query);
    return status == DLN_END ? DLN_OK : status;
}

static dln_status no_params(dln_call *call)
{
    return call->target->params
               ? dln_fail(&call->error, DLN_BADARG, "it has no parameters")
               : DLN_OK;
}

dln_status dln_serve__record(dln_call *call, dln_response *response)
{
    static const part parts[] = {
        {"meta", "SELECT key, value FROM meta ORDER BY key"},
        {"lanes", "SELECT lane, sum(items) AS items, sum(undated) AS"
         " undated, min(first_day) AS first, max(last_day) AS last"
         " FROM lane_total GROUP BY lane"},
        {"sides", "SELECT side, sum(items) AS items FROM lane_total WHERE"
         " side > '' AND lane IN ('incident', 'meeting', 'statement', 'step',"
         " 'word') GROUP BY side"
         " ORDER BY items DESC, side LIMIT 24"},
        {"counts", "SELECT (SELECT count(*) FROM report) AS reports,"
         " (SELECT count(*) FROM actor) AS actors,"
         " (SELECT count(*) FROM place) AS places,"
         " (SELECT count(*) FROM agreement) AS agreements,"
         " (SELECT count(*) FROM obligation) AS obligations,"
         " (SELECT count(*) FROM issue) AS issues,"
         " (SELECT count(*) FROM figure_series WHERE disputed = 1)"
         " AS disputed, (SELECT count(*) FROM review) AS reviews,"
         " (SELECT count(*) FROM report WHERE published IS NULL)"
         " AS undated_reports, (SELECT min(published) FROM report)"
         " AS first_report, (SELECT max(published) FROM report)"
         " AS last_report"},
    };
    dln_json json;
    DLN_TRY(no_params(call));
    dln_json_init(&json, &response->body);
    dln_json_object(&json);
    dln_json_key(&json, "program");
    dln_json_str(&json, DLN_STR(DLN_VERSION));
    dln_json_key(&json, "reviews");
    dln_json_raw(&json, call->options->token ? DLN_STR("true")
                                             : DLN_STR("false"));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        DLN_TRY(list(call, &parts[i], (dln_str){NULL, 0}, &json));
    dln_json_close(&json);
    return DLN_OK;
}

dln_status dln_serve__row(dln_call *call, dln_response *response)
{
    static const part reviews = {
        "reviews", "SELECT by, at, verdict, note FROM review WHERE"
        " row_id = ?1 ORDER BY at"};
    const dln_target *t = call->target;
    const dln_detail *detail;
    char id[DLN_DETAIL_ID];
    dln_json json;
    DLN_TRY(no_params(call));
    dln_str given = t->step[t->steps - 1];
    if (t->steps == 4) {
        DLN_TRY(dln_detail_of(call->store, t->step[2], given, &detail,
                              &call->error));
    } else {
        DLN_TRY(dln_detail_find(call->store, given, &detail, id,
                                &call->error));
        given = dln_str_of(id);
    }
    dln_json_init(&json, &response->body);
    dln_json_object(&json);
    dln_json_key(&json, "table");
    dln_json_str(&json, dln_str_of(detail->table));
    DLN_TRY(dln_detail_json(call->store, detail, given, &json,
                            &call->error));
    DLN_TRY(list(call, &reviews, given, &json));
    dln_json_close(&json);
    return DLN_OK;
}

dln_status dln_serve__report(dln_call *call, dln_response *response)
{
    static const part parts[] = {
        {"report", "SELECT id, uri, outlet, agency, byline, title,"
         " published, published_precision, published_basis, published_text,"
         " dateline_place, language, text, version_of, copy_of, copy_kind,"
         " copy_share, copy_why, lineage_id, story_id, story_why"
         " FROM report WHERE id = ?1"},
        {"lineage", "SELECT id, outlet, agency, title, published,"
         " version_of, copy_of, copy_kind FROM report WHERE lineage_id ="
         " (SELECT lineage_id FROM report WHERE id = ?1)"
         " ORDER BY published NULLS LAST, id LIMIT 100"},
        {"story", "SELECT id, outlet, title, published, lineage_id FROM"
         " report WHERE story_id = (SELECT story_id FROM report WHERE"
         " id = ?1) AND id <> ?1 ORDER BY published NULLS LAST, id"
         " LIMIT 100"},
        {"events", "SELECT m.event_id AS id, m.id AS mention,"
         " m.span_start, m.span_end, e.type, e.status, e.date_start,"
         " e.summary FROM event_mention m LEFT JOIN event e"
         " ON e.id = m.event_id WHERE m.report_id = ?1"
         " ORDER BY m.span_start LIMIT 500"},
        {"statements", "SELECT s.id, s.span_start, s.span_end, s.act,"
         " a.name AS speaker FROM statement s LEFT JOIN actor a"
         " ON a.id = s.speaker_id WHERE s.report_id = ?1"
         " ORDER BY s.span_start LIMIT 500"},
        {"figures", "SELECT f.id, f.span_start, f.span_end, f.quantity,"
         " f.low, f.high FROM figure f WHERE f.report_id = ?1"
         " ORDER BY f.span_start LIMIT 500"},
        {"notes", "SELECT room, severity, text FROM note WHERE"
         " report_id = ?1 ORDER BY id LIMIT 100"},
    };
    const dln_detail *detail;
    dln_str id = call->target->step[2];
    dln_json json;
    DLN_TRY(no_params(call));
    DLN_TRY(dln_detail_of(call->store, DLN_STR("report"), id, &detail,
                          &call->error));
    dln_json_init(&json, &response->body);
    dln_json_object(&json);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        DLN_TRY(list(call, &parts[i], id, &json));
    dln_json_close(&json);
    return DLN_OK;
}

dln_status dln_serve__schema(dln_call *call, dln_response *response)
{
    dln_query *query = NULL;
    DLN_TRY(no_params(call));
    DLN_TRY(dln_query_open(
        call->store, &query,
        "SELECT m.type, m.name AS \"table\", (SELECT"
        " json_group_array(json_object('name', c.name, 'type', c.type))"
        " FROM pragma_table_info(m.name) c) AS \"columns:json\""
        " FROM main.sqlite_schema m WHERE m.type IN ('table', 'view')"
        " AND (m.name = 'search' OR m.name NOT LIKE 'search%')"
        " AND m.name NOT LIKE 'sqlite%' ORDER BY m.type, m.name",
        &call->error));
    dln_status status = dln_serve__rows(query, 1000, 0, false,
                                        &response->body);
    dln_query_close(query);
    return status;
}

dln_status dln_serve__query(dln_call *call, dln_response *response)
{
    dln_str sql = dln_serve__param(call->target, "sql");
    dln_query *query = NULL;
    char text[16384];
    if (!sql.data || call->target->params != 1 || sql.len >= sizeof text)
        return dln_fail(&call->error, DLN_BADARG,
                        "its one parameter is sql, at most 16 kB");
    memcpy(text, sql.data, sql.len);
    text[sql.len] = '\0';
    dln_status status = dln_query_open(call->store, &query, text,
                                       &call->error);
    if (status == DLN_OK)
        status = dln_serve__rows(query, call->csv ? QUERY_ROWS_CSV
                                                  : QUERY_ROWS, 0,
                                 call->csv, &response->body);
    dln_query_close(query);
    return status;
}
