/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rules of a record (docs/format/database.md, "Rules"), proven on the
 * file itself: a record may have been made by another program, or by hand.
 * One report's text is in memory at a time; references are one SQL query
 * each. Cost: linear in the record but for the indexes' logarithm.
 */
#include <stdio.h>

#include "base/utf8.h"
#include "store/store_p.h"

typedef struct check {
    dln_store *store;
    dln_violation_sink *sink;
    void *user;
    dln_error *error;
    uint64_t total;
} check;

/* One rule's counts. */
typedef struct rule {
    char name[64];
    uint64_t checked, wrong;
} rule;

/* Spans of a table; a pair of columns, and whether both may be absent. */
typedef struct span_rule {
    const char *table;
    const char *sql;        /* key, then start and end of each span */
    unsigned spans, optional;   /* optional: a bit for each span */
} span_rule;

#define FROM(table, columns) \
    "SELECT id, " columns " FROM main." table " WHERE report_id = ?"
#define ORDINAL(table) \
    "SELECT n, span_start, span_end FROM main." table " WHERE report_id = ?"
#define MINE " WHERE x.report_id = ?"

static const span_rule span_rules[] = {
    {"sentence", ORDINAL("sentence"), 1, 0},
    {"note", FROM("note", "span_start, span_end"), 1, 1},
    {"report_role", ORDINAL("report_role"), 1, 1},
    {"time_mention", FROM("time_mention", "span_start, span_end"), 1, 0},
    {"actor_mention", FROM("actor_mention", "span_start, span_end"), 1, 0},
    {"place_mention", FROM("place_mention", "span_start, span_end"), 1, 0},
    {"event_mention", FROM("event_mention", "span_start, span_end, "
                           "trigger_start, trigger_end"), 2, 0},
    {"event_mention_party",
     "SELECT p.mention_id || ' ' || p.n, p.span_start, p.span_end FROM "
     "main.event_mention x JOIN main.event_mention_party p "
     "ON p.mention_id = x.id" MINE, 1, 1},
    {"statement", FROM("statement", "span_start, span_end, source_start, "
                       "source_end, cue_start, cue_end, content_start, "
                       "content_end"), 4, 2 | 4 | 8},
    {"statement_content",
     "SELECT p.statement_id || ' ' || p.n, p.span_start, p.span_end FROM "
     "main.statement x JOIN main.statement_content p "
     "ON p.statement_id = x.id" MINE, 1, 0},
    {"figure", FROM("figure", "span_start, span_end, number_start, "
                    "number_end, claim_start, claim_end"), 3, 2 | 4},
    {"actor_role",
     "SELECT actor_id || ' ' || n, span_start, span_end FROM "
     "main.actor_role WHERE report_id = ?", 1, 1},
    {"agreement_mention",
     "SELECT agreement_id, span_start, span_end FROM main.agreement_mention "
     "WHERE report_id = ?", 1, 0},
    {"report_agreement", FROM("report_agreement", "span_start, span_end"), 1,
     0},
    {"report_agreement_party",
     "SELECT p.mention_id || ' ' || p.n, p.span_start, p.span_end FROM "
     "main.report_agreement x JOIN main.report_agreement_party p "
     "ON p.mention_id = x.id" MINE, 1, 1},
    {"report_obligation", FROM("report_obligation", "span_start, span_end, "
                               "object_start, object_end, condition_start, "
                               "condition_end"), 3, 2 | 4},
    {"report_compliance", FROM("report_compliance", "span_start, span_end"),
     1, 0},
    {"report_mandate", FROM("report_mandate", "span_start, span_end, "
                            "task_start, task_end, words_start, words_end"),
     3, 2 | 4},
    {"statement_issue",
     "SELECT p.statement_id || ' ' || p.n, p.span_start, p.span_end FROM "
     "main.statement x JOIN main.statement_issue p "
     "ON p.statement_id = x.id" MINE, 1, 0},
    {"report_outcome", FROM("report_outcome", "span_start, span_end"), 1,
     0},
    {"meeting_outcome",
     "SELECT event_id || ' ' || n, span_start, span_end FROM "
     "main.meeting_outcome WHERE report_id = ?", 1, 0},
    {"body_member",
     "SELECT actor_id || ' ' || member_id, span_start, span_end FROM "
     "main.body_member WHERE report_id = ?", 1, 0},
    {"obligation", FROM("obligation", "span_start, span_end"), 1, 0},
    {"obligation_status",
     "SELECT obligation_id || ' ' || n, span_start, span_end FROM "
     "main.obligation_status WHERE report_id = ?", 1, 0},
    {"mandate",
     "SELECT actor_id || ' ' || n, span_start, span_end FROM main.mandate "
     "WHERE report_id = ?", 1, 0},
};
#define SPAN_RULES (sizeof span_rules / sizeof *span_rules)

/* Rules told by a query that lists what breaks them, key and problem. */
static const struct {
    const char *name, *count, *wrong;
} query_rules[] = {
    {"event.mention", "SELECT count(*) FROM main.event",
     "SELECT id, 'no mention' FROM main.event WHERE id NOT IN "
     "(SELECT event_id FROM main.event_mention "
     "WHERE event_id IS NOT NULL)"},
    {"figure_series.figure", "SELECT count(*) FROM main.figure_series",
     "SELECT id, 'no figure' FROM main.figure_series WHERE id NOT IN "
     "(SELECT series_id FROM main.figure WHERE series_id IS NOT NULL)"},
    {"actor.evidence", "SELECT count(*) FROM main.actor",
     "SELECT id, 'in no report' FROM main.actor WHERE id NOT IN "
     "(SELECT actor_id FROM main.report_actor "
     "WHERE actor_id IS NOT NULL)"},
    {"actor_role.evidence", "SELECT count(*) FROM main.actor_role",
     "SELECT actor_id || ' ' || n, 'no span' FROM main.actor_role "
     "WHERE span_start IS NULL"},
    {"event.independent", "SELECT count(*) FROM main.event",
     "SELECT id, independent || ' independent of ' || reports || "
     "' reports' FROM main.event "
     "WHERE independent > reports OR independent < 1"},
    {"figure_series.independent", "SELECT count(*) FROM main.figure_series",
     "SELECT id, independent || ' independent of ' || reports || "
     "' reports' FROM main.figure_series "
     "WHERE independent > reports OR independent < 1"},
    {"event.dates", "SELECT count(*) FROM main.event",
     "SELECT id, 'ends before it starts' FROM main.event "
     "WHERE date_end < date_start"},
    {"report.lineage", "SELECT count(*) FROM main.report",
     "SELECT id, 'no lineage' FROM main.report WHERE lineage_id IS NULL"},
    {"agreement.mention", "SELECT count(*) FROM main.agreement",
     "SELECT id, 'no mention' FROM main.agreement WHERE id NOT IN "
     "(SELECT agreement_id FROM main.agreement_mention)"},
    {"obligation.evidence", "SELECT count(*) FROM main.obligation",
     "SELECT id, 'no report' FROM main.obligation "
     "WHERE report_id IS NULL OR span_start IS NULL"},
    {"obligation_status.evidence",
     "SELECT count(*) FROM main.obligation_status",
     "SELECT obligation_id || ' ' || n, 'no report' "
     "FROM main.obligation_status WHERE report_id IS NULL"},
    {"mandate.evidence", "SELECT count(*) FROM main.mandate",
     "SELECT actor_id || ' ' || n, 'no report' FROM main.mandate "
     "WHERE report_id IS NULL"},
    {"position.evidence", "SELECT count(*) FROM main.position",
     "SELECT p.issue_id || ' ' || p.statement_id, 'the statement does not "
     "speak of it' FROM main.position p WHERE NOT EXISTS (SELECT 1 FROM "
     "main.statement_issue s WHERE s.statement_id = p.statement_id AND "
     "s.issue = p.issue_id)"},
    {"event.actual", "SELECT count(*) FROM main.event",
     "SELECT e.id, 'stands as ' || e.status || ' on no such mention' "
     "FROM main.event e WHERE e.status IN ('actual', 'ongoing') AND "
     "e.polarity = 'asserted' AND NOT EXISTS (SELECT 1 FROM "
     "main.event_mention m WHERE m.event_id = e.id AND m.status IN "
     "('actual', 'ongoing', 'historical') AND m.polarity = 'asserted')"},
};

static const char *const references[] = {
    "report place_id place", "report version_of report",
    "report copy_of report", "sentence report_id report",
    "note report_id report", "time_mention report_id report",
    "actor_mention report_id report", "actor_mention actor_id actor",
    "place_mention report_id report", "place_mention place_id place",
    "event_mention report_id report", "event_mention event_id event",
    "event_mention place_id place", "event_mention time_id time_mention",
    "event_mention statement_id statement",
    "event_mention attributed_to actor",
    "event_mention_party mention_id event_mention",
    "event_mention_party actor_id actor",
    "event_mention_context mention_id event_mention",
    "statement report_id report", "statement speaker_id actor",
    "statement addressee_id actor", "statement inside_id statement",
    "statement issue_id issue", "statement_content statement_id statement",
    "statement_speaker statement_id statement",
    "statement_speaker actor_id actor", "figure report_id report",
    "figure side_id actor", "figure claimed_by actor",
    "figure event_mention_id event_mention", "figure event_id event",
    "figure series_id figure_series", "report_actor report_id report",
    "report_actor actor_id actor", "report_actor_name report_id report",
    "report_role report_id report", "actor parent_id actor",
    "actor_name actor_id actor", "actor_role actor_id actor",
    "actor_role of_actor_id actor", "actor_role report_id report",
    "place_name place_id place", "event place_id place",
    "event_party event_id event", "event_party actor_id actor",
    "event_context event_id event", "meeting event_id event",
    "meeting host_id actor", "meeting mediator_id actor",
    "figure_series side_id actor", "figure_series event_id event",
    "agreement place_id place", "agreement_party agreement_id agreement",
    "agreement_party actor_id actor",
    "agreement_mention agreement_id agreement",
    "agreement_mention report_id report",
    "obligation agreement_id agreement", "obligation debtor_id actor",
    "obligation beneficiary_id actor", "obligation issue_id issue",
    "obligation report_id report",
    "obligation_debtor obligation_id obligation",
    "obligation_debtor actor_id actor",
    "obligation_status obligation_id obligation",
    "obligation_status report_id report", "mandate actor_id actor",
    "mandate agreement_id agreement", "mandate report_id report",
    "issue parent_id issue", "position issue_id issue",
    "position actor_id actor", "position statement_id statement",
    "event_link from_event event", "event_link to_event event",
    "report_agreement report_id report",
    "report_agreement agreement_id agreement",
    "report_agreement_party mention_id report_agreement",
    "report_obligation report_id report",
    "report_obligation obligation_id obligation",
    "report_obligation mention_id report_agreement",
    "report_obligation_debtor mention_id report_obligation",
    "report_compliance report_id report",
    "report_compliance mention_id report_agreement",
    "report_mandate report_id report",
    "report_mandate mention_id report_agreement",
    "report_mandate_member mention_id report_mandate",
    "statement_issue statement_id statement",
    "report_outcome report_id report",
    "report_outcome event_mention_id event_mention",
    "meeting next_held event", "meeting_outcome event_id event",
    "meeting_outcome report_id report", "body_member actor_id actor",
    "body_member member_id actor", "body_member report_id report",
};

static void wrong(check *c, rule *r, dln_str row, dln_str problem)
{
    r->wrong++;
    c->total++;
    dln_violation v = {.rule = r->name, .row = row, .problem = problem,
                       .checked = r->checked, .wrong = r->wrong};
    c->sink(&v, c->user);
}

static void sum_up(check *c, const rule *r)
{
    dln_violation v = {.rule = r->name, .checked = r->checked,
                       .wrong = r->wrong, .summary = true};
    c->sink(&v, c->user);
}

static bool cuts(dln_str text, uint32_t at)
{
    return at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

/* What is wrong with columns `at`, `at` + 1; NULL: nothing. */
static const char *span_problem(const dln_query *q, int at, bool optional,
                                dln_str text)
{
    bool no_start = dln_query_null(q, at), no_end = dln_query_null(q, at + 1);
    if (no_start && no_end)
        return optional ? NULL : "no span";
    if (dln_query_type(q, at) != 'i' || dln_query_type(q, at + 1) != 'i')
        return "the span's ends are no numbers";
    int64_t start = dln_query_int(q, at), end = dln_query_int(q, at + 1);
    if (start < 0 || start >= end || end > (int64_t)text.len)
        return "the span is empty or outside the text";
    if (cuts(text, (uint32_t)start) || cuts(text, (uint32_t)end))
        return "the span cuts a character";
    return NULL;
}

static void check_row(check *c, rule *r, const span_rule *of,
                      const dln_query *q, dln_str text)
{
    for (unsigned k = 0; k < of->spans; k++) {
        int at = 1 + 2 * (int)k;
        const char *problem = span_problem(q, at, of->optional >> k & 1,
                                           text);
        r->checked++;
        if (problem)
            wrong(c, r, dln_query_str(q, 0), dln_str_of(problem));
    }
    if (strcmp(of->table, "event_mention") || dln_query_null(q, 1)
        || dln_query_null(q, 3))
        return;
    if (dln_query_int(q, 3) < dln_query_int(q, 1)
        || dln_query_int(q, 4) > dln_query_int(q, 2))
        wrong(c, r, dln_query_str(q, 0),
              DLN_STR("the trigger is outside the span"));
}

/* All spans of one report. */
static dln_status check_report(check *c, dln_query **queries, rule *rules,
                               dln_str id, dln_str text)
{
    for (size_t i = 0; i < SPAN_RULES; i++) {
        dln_query *q = queries[i];
        DLN_TRY(dln_query_bind(q, "s", id));
        dln_status status;
        while ((status = dln_query_step(q)) == DLN_OK)
            check_row(c, &rules[i], &span_rules[i], q, text);
        if (status != DLN_END)
            return status;
    }
    return DLN_OK;
}

static dln_status check_texts(check *c, dln_query **queries, rule *rules)
{
    dln_query *reports;
    rule valid = {.name = "text"};
    DLN_TRY(dln_query_open(c->store, &reports, "SELECT id, CAST(text AS "
                           "BLOB) FROM main.report ORDER BY id", c->error));
    dln_status status;
    while ((status = dln_query_step(reports)) == DLN_OK) {
        dln_str id = dln_query_str(reports, 0);
        dln_str text = dln_query_str(reports, 1);
        valid.checked++;
        if (!dln_utf8_valid(text))
            wrong(c, &valid, id, DLN_STR("the text is not UTF-8"));
        status = check_report(c, queries, rules, id, text);
        if (status != DLN_OK)
            break;
    }
    dln_query_close(reports);
    sum_up(c, &valid);
    return status == DLN_END ? DLN_OK : status;
}

static dln_status check_spans(check *c)
{
    dln_query *queries[SPAN_RULES] = {0};
    rule rules[SPAN_RULES] = {0};
    dln_status status = DLN_OK;
    for (size_t i = 0; status == DLN_OK && i < SPAN_RULES; i++) {
        snprintf(rules[i].name, sizeof rules[i].name, "span.%s",
                 span_rules[i].table);
        status = dln_query_open(c->store, &queries[i], span_rules[i].sql,
                                c->error);
    }
    if (status == DLN_OK)
        status = check_texts(c, queries, rules);
    for (size_t i = 0; i < SPAN_RULES; i++) {
        dln_query_close(queries[i]);
        if (status == DLN_OK)
            sum_up(c, &rules[i]);
    }
    return status;
}

static dln_status check_query(check *c, rule *r, const char *count,
                              const char *list)
{
    dln_query *q;
    DLN_TRY(dln_query_open(c->store, &q, count, c->error));
    dln_status status = dln_query_step(q);
    r->checked = (uint64_t)dln_query_int(q, 0);
    dln_query_close(q);
    DLN_TRY(status);
    DLN_TRY(dln_query_open(c->store, &q, list, c->error));
    while ((status = dln_query_step(q)) == DLN_OK)
        wrong(c, r, dln_query_str(q, 0), dln_query_str(q, 1));
    dln_query_close(q);
    if (status != DLN_END)
        return status;
    sum_up(c, r);
    return DLN_OK;
}

static dln_status check_reference(check *c, const char *reference)
{
    char table[40], column[40], target[40], count[200], list[400];
    rule r = {0};
    if (sscanf(reference, "%39s %39s %39s", table, column, target) != 3)
        return dln_fail(c->error, DLN_BADARG, "bad rule");
    snprintf(r.name, sizeof r.name, "key.%.25s.%.25s", table, column);
    snprintf(count, sizeof count, "SELECT count(%s) FROM main.%s", column,
             table);
    snprintf(list, sizeof list, "SELECT %s, 'no such %s' FROM main.%s WHERE "
             "%s IS NOT NULL AND %s NOT IN (SELECT id FROM main.%s WHERE id "
             "IS NOT NULL)", column, target, table, column, column, target);
    return check_query(c, &r, count, list);
}

/* SQLite's own idea of the file. Its first row is "ok", or what is wrong. */
static dln_status check_file(check *c)
{
    dln_query *q;
    rule r = {.name = "sqlite", .checked = 1};
    DLN_TRY(dln_query_open(c->store, &q, "PRAGMA main.integrity_check(100)",
                           c->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK)
        if (!dln_str_is(dln_query_str(q, 0), "ok"))
            wrong(c, &r, DLN_STR("file"), dln_query_str(q, 0));
    dln_query_close(q);
    if (status != DLN_END)
        return status;
    sum_up(c, &r);
    return DLN_OK;
}

dln_status dln_store_check(dln_store *store, dln_violation_sink *sink,
                           void *user, uint64_t *wrong_count,
                           dln_error *error)
{
    check c = {.store = store, .sink = sink, .user = user, .error = error};
    *wrong_count = 0;
    DLN_TRY(check_file(&c));
    DLN_TRY(check_spans(&c));
    for (size_t i = 0; i < sizeof query_rules / sizeof *query_rules; i++) {
        rule r = {0};
        snprintf(r.name, sizeof r.name, "%s", query_rules[i].name);
        DLN_TRY(check_query(&c, &r, query_rules[i].count,
                            query_rules[i].wrong));
    }
    for (size_t i = 0; i < sizeof references / sizeof *references; i++)
        DLN_TRY(check_reference(&c, references[i]));
    *wrong_count = c.total;
    return DLN_OK;
}
