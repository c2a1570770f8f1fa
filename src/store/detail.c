/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Kinds of rows that can be looked at, as queries: the row, lists that
 * belong to it, its evidence. `dateline show` prints them, the explorer
 * serves them.
 */
#include <stdio.h>

#include "store/detail.h"

#define QUOTE DLN_SQL_QUOTE
#define WORDS(table, column)                                            \
    "CASE WHEN " table "." column "_start IS NULL THEN NULL ELSE "      \
    QUOTE(table "." column "_start", table "." column "_end") " END"

/* The sentences from the first to the last that a span touches. */
#define SENTENCES                                                       \
    "(SELECT min(n.span_start) FROM sentence n WHERE n.report_id ="     \
    " x.report_id AND n.span_end > x.span_start) AS sentence_start,"    \
    " (SELECT max(n.span_end) FROM sentence n WHERE n.report_id ="      \
    " x.report_id AND n.span_start < x.span_end) AS sentence_end"

/*
 * Evidence of the rows that `from` gives as x(id, report_id, span_start,
 * span_end, mark_start, mark_end, why, detail).
 */
#define EVIDENCE(from)                                                  \
    "SELECT x.id, x.report_id, r.uri, r.outlet, r.agency, r.title,"     \
    " r.published, r.published_basis, r.lineage_id, r.copy_kind,"       \
    " x.span_start AS start, x.span_end AS \"end\","                    \
    " " QUOTE("x.span_start", "x.span_end") " AS quote,"                \
    " " QUOTE("sentence_start", "x.mark_start") " AS before,"           \
    " " QUOTE("x.mark_start", "x.mark_end") " AS marked,"               \
    " " QUOTE("x.mark_end", "sentence_end") " AS after,"                \
    " x.why, x.detail FROM (SELECT x.*, " SENTENCES " FROM (" from ") x)" \
   " x JOIN report r ON r.id = x.report_id"                            \
    " ORDER BY r.published IS NULL, r.published, r.id, x.span_start"

static const dln_detail details[] = {
    {'e', "event",
     "SELECT e.*, group_concat(c.context, ', ') AS contexts,"
     " m.format, m.level, h.name AS host, d.name AS mediator, m.outcome,"
     " m.next_due FROM event_line e LEFT JOIN event_context c ON"
     " c.event_id = e.id LEFT JOIN meeting m ON m.event_id = e.id"
     " LEFT JOIN actor h ON h.id = m.host_id"
     " LEFT JOIN actor d ON d.id = m.mediator_id"
     " WHERE e.id = ?1 GROUP BY e.id",
     {{"parties", "SELECT p.role, a.id AS actor_id, a.name, a.kind, a.iso3,"
       " a.sector FROM event_party p JOIN actor a ON a.id = p.actor_id"
       " WHERE p.event_id = ?1 ORDER BY p.role, a.id"},
      {"links", "SELECT l.kind, l.from_event, l.to_event, l.why FROM"
       " event_link l WHERE l.from_event = ?1 OR l.to_event = ?1"
       " ORDER BY 1, 2, 3"},
      {"figures", "SELECT f.id, f.quantity, f.relation, f.low, f.high,"
       " f.quote, f.claimant, f.outlet FROM figure_line f"
       " WHERE f.event_id = ?1 ORDER BY f.quantity, f.id"},
      {"tellings", "SELECT m.id, m.report_id, r.outlet, r.lineage_id,"
       " m.type, m.mode, m.status, m.polarity, m.date_start, m.date_end,"
       " p.name AS place, a.name AS attributed_to FROM event_mention m"
       " JOIN report r ON r.id = m.report_id LEFT JOIN place p ON"
       " p.id = m.place_id LEFT JOIN actor a ON a.id = m.attributed_to"
       " WHERE m.event_id = ?1 ORDER BY r.published, m.id LIMIT 200"}},
     EVIDENCE("SELECT id, report_id, span_start, span_end, trigger_start AS"
              " mark_start, trigger_end AS mark_end, why, merge_why AS"
              " detail FROM event_mention WHERE event_id = ?1")},
    {'m', "event_mention",
     "SELECT e.*, p.name AS place FROM event_mention e LEFT JOIN place p"
     " ON p.id = e.place_id WHERE e.id = ?1",
     {{"parties", "SELECT p.role, a.id AS actor_id, a.name, p.span_start AS"
       " start, p.span_end AS \"end\" FROM event_mention_party p"
       " LEFT JOIN actor a ON a.id = p.actor_id WHERE p.mention_id = ?1"
       " ORDER BY p.n"}},
     EVIDENCE("SELECT id, report_id, span_start, span_end, trigger_start AS"
              " mark_start, trigger_end AS mark_end, why, merge_why AS"
              " detail FROM event_mention WHERE id = ?1")},
    {'s', "statement",
     "SELECT s.*, r.outlet, " WORDS("s", "source") " AS source, "
     WORDS("s", "cue") " AS cue, t.name AS addressee FROM statement s"
     " JOIN report r ON r.id = s.report_id"
     " LEFT JOIN actor t ON t.id = s.addressee_id WHERE s.id = ?1",
     {{"speakers", "SELECT a.id AS actor_id, a.name, a.kind, a.iso3 FROM"
       " statement_speaker k JOIN actor a ON a.id = k.actor_id"
       " WHERE k.statement_id = ?1 ORDER BY k.n"}},
     EVIDENCE("SELECT s.id, s.report_id, s.span_start, s.span_end,"
              " c.span_start AS mark_start, c.span_end AS mark_end, s.why,"
              " NULL AS detail FROM statement s JOIN statement_content c"
              " ON c.statement_id = s.id WHERE s.id = ?1")},
    {'f', "figure",
     "SELECT f.* FROM figure_line f WHERE f.id = ?1",
     {{"others", "SELECT o.id, o.relation, o.low, o.high, o.quote,"
       " o.claimant, o.outlet, o.published FROM figure f JOIN figure_line o"
       " ON o.series_id = f.series_id AND o.id <> f.id WHERE f.id = ?1"
       " ORDER BY o.low, o.id"}},
     EVIDENCE("SELECT id, report_id, span_start, span_end, span_start AS"
              " mark_start, span_end AS mark_end, why, series_why AS detail"
              " FROM figure WHERE id = ?1")},
    {'q', "figure_series",
     "SELECT q.*, a.name AS side FROM figure_series q LEFT JOIN actor a"
     " ON a.id = q.side_id WHERE q.id = ?1",
     {{"values", "SELECT f.id, f.relation, f.low, f.high, f.quote,"
       " f.claimant, f.scope, f.as_of, f.outlet FROM figure_line f"
       " WHERE f.series_id = ?1 ORDER BY f.low, f.id"}},
     EVIDENCE("SELECT id, report_id, span_start, span_end, span_start AS"
              " mark_start, span_end AS mark_end, why, series_why AS detail"
              " FROM figure WHERE series_id = ?1")},
    {'t', "time_mention",
     "SELECT * FROM time_mention WHERE id = ?1", {{NULL, NULL}},
     EVIDENCE("SELECT id, report_id, span_start, span_end, span_start AS"
              " mark_start, span_end AS mark_end, why, value AS detail"
              " FROM time_mention WHERE id = ?1")},
    {'n', "actor_mention",
     "SELECT n.*, a.name FROM actor_mention n LEFT JOIN actor a"
     " ON a.id = n.actor_id WHERE n.id = ?1", {{NULL, NULL}},
     EVIDENCE("SELECT id, report_id, span_start, span_end, span_start AS"
              " mark_start, span_end AS mark_end, why, form AS detail"
              " FROM actor_mention WHERE id = ?1")},
    {'r', "report",
     "SELECT id, uri, outlet, agency, byline, title, published,"
     " published_end, published_precision, published_basis, published_text,"
     " dateline_place, language, sha256, version_of, copy_of, copy_kind,"
     " copy_why, lineage_id, story_id, story_why FROM report WHERE id = ?1",
     {{"notes", "SELECT room, severity, text FROM note WHERE report_id = ?1"
       " ORDER BY id"},
      {"copies", "SELECT id, outlet, title, copy_kind FROM report WHERE"
       " lineage_id = (SELECT lineage_id FROM report WHERE id = ?1) AND"
       " id <> ?1 ORDER BY id"},
      {"events", "SELECT DISTINCT e.id, e.date_start, e.type, e.status,"
       " e.summary FROM event e JOIN event_mention m ON m.event_id = e.id"
       " WHERE m.report_id = ?1 ORDER BY e.date_start IS NULL,"
       " e.date_start, e.id"}},
     NULL},
    {0, "actor",
     "SELECT a.*, p.name AS parent FROM actor a LEFT JOIN actor p"
     " ON p.id = a.parent_id WHERE a.id = ?1",
     {{"names", "SELECT name, mentions FROM actor_name WHERE actor_id = ?1"
       " ORDER BY mentions DESC, name"},
      {"roles", "SELECT o.title, f.name AS of, o.former, o.first_seen,"
       " o.last_seen, o.reports FROM actor_role o LEFT JOIN actor f"
       " ON f.id = o.of_actor_id WHERE o.actor_id = ?1 ORDER BY o.n"},
      {"events", "SELECT e.id, e.date_start, e.type, e.status, p.role,"
       " e.summary FROM event e JOIN event_party p ON p.event_id = e.id"
       " WHERE p.actor_id = ?1 ORDER BY e.date_start IS NULL,"
       " e.date_start, e.id LIMIT 100"}},
     EVIDENCE("SELECT id, report_id, span_start, span_end, span_start AS"
              " mark_start, span_end AS mark_end, why, form AS detail"
              " FROM actor_mention WHERE actor_id = ?1 AND form = 'name'"
              " LIMIT 100")},
    {0, "place",
     "SELECT * FROM place WHERE id = ?1",
     {{"names", "SELECT name, language FROM place_name WHERE place_id = ?1"
       " ORDER BY name"},
      {"events", "SELECT id, date_start, type, status, summary FROM event"
       " WHERE place_id = ?1 ORDER BY date_start IS NULL, date_start, id"
       " LIMIT 100"}},
     EVIDENCE("SELECT id, report_id, span_start, span_end, span_start AS"
              " mark_start, span_end AS mark_end, why, NULL AS detail"
              " FROM place_mention WHERE place_id = ?1 LIMIT 100")},
    {0, "agreement",
     "SELECT a.*, p.name AS place FROM agreement a LEFT JOIN place p"
     " ON p.id = a.place_id WHERE a.id = ?1",
     {{"parties", "SELECT p.role, a.id AS actor_id, a.name, a.kind, a.iso3"
       " FROM agreement_party p JOIN actor a ON a.id = p.actor_id"
       " WHERE p.agreement_id = ?1 ORDER BY p.role, a.id"},
      {"obligations", "SELECT o.id, d.name AS debtor, o.act, o.object,"
       " o.due_start, o.due_end, (SELECT s.level FROM obligation_status s"
       " WHERE s.obligation_id = o.id ORDER BY s.date DESC, s.n DESC"
       " LIMIT 1) AS level FROM obligation o LEFT JOIN actor d"
       " ON d.id = o.debtor_id WHERE o.agreement_id = ?1"
       " ORDER BY o.due_end NULLS LAST, o.id"}},
     EVIDENCE("SELECT agreement_id AS id, report_id, span_start, span_end,"
              " span_start AS mark_start, span_end AS mark_end, NULL AS why,"
              " NULL AS detail FROM agreement_mention"
              " WHERE agreement_id = ?1 LIMIT 200")},
    {0, "obligation",
     "SELECT o.*, a.name AS agreement, d.name AS debtor, b.name AS"
     " beneficiary, i.label AS issue FROM obligation o"
     " LEFT JOIN agreement a ON a.id = o.agreement_id"
     " LEFT JOIN actor d ON d.id = o.debtor_id"
     " LEFT JOIN actor b ON b.id = o.beneficiary_id"
     " LEFT JOIN issue i ON i.id = o.issue_id WHERE o.id = ?1",
     {{"debtors", "SELECT a.id AS actor_id, a.name FROM obligation_debtor d"
       " JOIN actor a ON a.id = d.actor_id WHERE d.obligation_id = ?1"
       " ORDER BY a.id"},
      {"statuses", "SELECT s.date, s.level, s.claimed_by, a.name AS"
       " claimed_by_name, s.report_id FROM obligation_status s"
       " LEFT JOIN actor a ON a.id = s.claimed_by WHERE"
       " s.obligation_id = ?1 ORDER BY s.date NULLS LAST, s.n"}},
     EVIDENCE("SELECT id, report_id, span_start, span_end, span_start AS"
              " mark_start, span_end AS mark_end, NULL AS why, NULL AS"
              " detail FROM obligation WHERE id = ?1 AND span_start >= 0"
              " UNION ALL SELECT obligation_id, report_id, span_start,"
              " span_end, span_start, span_end, NULL, 'level ' || level"
              " FROM obligation_status WHERE obligation_id = ?1"
              " AND span_start >= 0")},
    {0, "issue",
     "SELECT i.*, p.label AS parent FROM issue i LEFT JOIN issue p"
     " ON p.id = i.parent_id WHERE i.id = ?1",
     {{"positions", "SELECT p.date, a.id AS actor_id, a.name, p.stance,"
       " p.statement_id FROM position p JOIN actor a ON a.id = p.actor_id"
       " WHERE p.issue_id = ?1 ORDER BY p.date NULLS LAST, a.id LIMIT 200"}},
     NULL},
};
#define DETAILS (sizeof details / sizeof *details)

/* Rows of `k` whose id is or begins with `given`: their number, up to 2;
 * the first one's id in `id`. */
static dln_status look_up(dln_store *store, const dln_detail *k,
                          dln_str given, char id[DLN_DETAIL_ID], int *count,
                          dln_error *error)
{
    char sql[200];
    dln_query *query = NULL;
    dln_status status;
    *count = 0;
    snprintf(sql, sizeof sql, k->letter
             ? "SELECT id FROM %s WHERE id = ?1 OR (length(?1) > 1 AND"
               " substr(id, 1, length(?1)) = ?1) LIMIT 2"
             : "SELECT id FROM %s WHERE id = ?1", k->table);
    DLN_TRY(dln_query_open(store, &query, sql, error));
    status = dln_query_bind(query, "S", given);
    while (status == DLN_OK
           && (status = dln_query_step(query)) == DLN_OK) {
        if ((*count)++ == 0)
            snprintf(id, DLN_DETAIL_ID, "%.*s",
                     DLN_ARG(dln_query_str(query, 0)));
    }
    dln_query_close(query);
    return status == DLN_END ? DLN_OK : status;
}

dln_status dln_detail_find(dln_store *store, dln_str given,
                           const dln_detail **out, char id[DLN_DETAIL_ID],
                           dln_error *error)
{
    int count = 0;
    for (size_t i = 0; i < DETAILS; i++) {
        const dln_detail *k = &details[i];
        if (k->letter && (!given.len || given.data[0] != k->letter))
            continue;
        DLN_TRY(look_up(store, k, given, id, &count, error));
        if (count > 1)
            return dln_fail(error, DLN_BADARG,
                            "%.*s names more than one row; give more digits",
                            DLN_ARG(given));
        if (count) {
            *out = k;
            return DLN_OK;
        }
    }
    return dln_fail(error, DLN_NOINPUT, "no row %.*s in the record",
                    DLN_ARG(given));
}

dln_status dln_detail_of(dln_store *store, dln_str table, dln_str id,
                         const dln_detail **out, dln_error *error)
{
    char found[DLN_DETAIL_ID];
    for (size_t i = 0; i < DETAILS; i++) {
        int count = 0;
        if (!dln_str_is(table, details[i].table))
            continue;
        DLN_TRY(look_up(store, &details[i], id, found, &count, error));
        if (!count || !dln_str_is(id, found))
            break;
        *out = &details[i];
        return DLN_OK;
    }
    return dln_fail(error, DLN_NOINPUT, "no %.*s %.*s in the record",
                    DLN_ARG(table), DLN_ARG(id));
}

static dln_status write_list(dln_store *store, const char *sql, dln_str id,
                             const char *name, dln_json *json,
                             dln_error *error)
{
    dln_query *query = NULL;
    DLN_TRY(dln_query_open(store, &query, sql, error));
    dln_status status = dln_query_bind(query, "S", id);
    if (name) {
        dln_json_key(json, name);
        dln_json_array(json);
    }
    while (status == DLN_OK
           && (status = dln_query_step(query)) == DLN_OK) {
        if (name)
            dln_query_json_row(query, json);
        else
            dln_query_json_fields(query, json);
    }
    if (name)
        dln_json_close(json);
    dln_query_close(query);
    return status == DLN_END ? DLN_OK : status;
}

dln_status dln_detail_json(dln_store *store, const dln_detail *detail,
                           dln_str id, dln_json *json, dln_error *error)
{
    DLN_TRY(write_list(store, detail->row, id, NULL, json, error));
    for (size_t i = 0; i < DLN_DETAIL_LISTS && detail->lists[i].sql; i++)
        DLN_TRY(write_list(store, detail->lists[i].sql, id,
                           detail->lists[i].name, json, error));
    if (detail->evidence)
        DLN_TRY(write_list(store, detail->evidence, id, "evidence", json,
                           error));
    return DLN_OK;
}
