/* SPDX-License-Identifier: Apache-2.0 */
/*
 * report_obligation, report_compliance, report_mandate → obligation,
 * obligation_status, mandate, body_member.
 *
 * One duty: the same act and issue, the same debtors, the same agreement and
 * the same day it is due. Its words are those of the first report. What
 * reports say of an agreement being kept or broken, without naming a duty,
 * stands under a duty "comply" of whoever is said to. All in SQL: grouping
 * by keys is what it does best; linear but for its sorting.
 */
#include "track/track_p.h"


#define QUOTE DLN_SQL_QUOTE

static const char duties[] =
    "CREATE TEMP TABLE duty AS SELECT o.id, o.report_id, r.published, "
    "r.lineage_id, g.agreement_id, coalesce((SELECT group_concat(id, ',') "
    "FROM (SELECT DISTINCT n.actor_id AS id FROM report_obligation_debtor d "
    "JOIN report_actor n ON n.report_id = o.report_id AND n.n = d.actor_n "
    "WHERE d.mention_id = o.id AND n.actor_id IS NOT NULL "
    "ORDER BY n.actor_id)), '') AS debtors, o.act, o.issue, "
    "o.due_start, o.due_end, o.basis = 'demanded' AS demanded, "
    "row_number() OVER (ORDER BY r.published IS NULL, r.published, r.id, "
    "o.span_start, o.id) AS place FROM report_obligation o "
    "JOIN report r ON r.id = o.report_id "
    "LEFT JOIN report_agreement g ON g.id = o.mention_id;"
    "CREATE TEMP TABLE duty_key AS SELECT min(place) AS place, "
    "count(DISTINCT report_id) AS reports, count(DISTINCT lineage_id) AS "
    "independent, coalesce(agreement_id, '') AS a, debtors AS d, act AS c, "
    "coalesce(issue, '') AS i, coalesce(due_end, '') AS u, demanded AS m "
    "FROM duty WHERE debtors <> '' GROUP BY 4, 5, 6, 7, 8, 9;"
    "CREATE TEMP TABLE duty_id AS SELECT k.*, 'b' || substr(x.id, 2) AS id, "
    "x.id AS first FROM duty_key k JOIN duty x ON x.place = k.place;"
    "CREATE INDEX temp.duty_id_key ON duty_id(d, c, i);"
    "INSERT INTO obligation (id, agreement_id, debtor_id, beneficiary_id, "
    "act, object, due_start, due_end, condition, issue_id, report_id, "
    "span_start, span_end, basis, date, reports, independent, why) "
    "SELECT k.id, g.agreement_id, (SELECT n.actor_id FROM "
    "report_obligation_debtor d JOIN report_actor n ON n.report_id = "
    "o.report_id AND n.n = d.actor_n WHERE d.mention_id = o.id AND "
    "n.actor_id IS NOT NULL ORDER BY d.n LIMIT 1), b.actor_id, o.act, "
    QUOTE("o.object_start", "o.object_end") ", o.due_start, o.due_end, "
    QUOTE("o.condition_start", "o.condition_end") ", "
    "(SELECT id FROM issue WHERE id = o.issue), o.report_id, o.span_start, "
    "o.span_end, o.basis, r.published, k.reports, k.independent, o.why "
    "FROM duty_id k JOIN report_obligation o ON o.id = k.first "
    "JOIN report r ON r.id = o.report_id LEFT JOIN report_agreement g "
    "ON g.id = o.mention_id LEFT JOIN report_actor b ON b.report_id = "
    "o.report_id AND b.n = o.beneficiary_n;"
    "UPDATE report_obligation SET obligation_id = (SELECT k.id FROM duty x "
    "JOIN duty_id k ON k.a = coalesce(x.agreement_id, '') AND "
    "k.d = x.debtors AND k.c = x.act AND k.i = coalesce(x.issue, '') AND "
    "k.u = coalesce(x.due_end, '') AND k.m = x.demanded "
    "WHERE x.id = report_obligation.id);"
    "INSERT OR IGNORE INTO obligation_debtor SELECT k.id, n.actor_id FROM "
    "duty_id k JOIN report_obligation_debtor d ON d.mention_id = k.first "
    "JOIN report_obligation o ON o.id = k.first JOIN report_actor n ON "
    "n.report_id = o.report_id AND n.n = d.actor_n "
    "WHERE n.actor_id IS NOT NULL;";

/* To keep an agreement, owed by whoever is said to keep or break it. */
static const char comply[] =
    "CREATE TEMP TABLE told AS SELECT c.id, c.report_id, c.span_start, "
    "c.span_end, c.level, n.actor_id AS debtor, g.agreement_id, c.act, "
    "c.issue, k.actor_id AS claimed_by, coalesce(c.date_start, r.published) "
    "AS date, c.why, r.published, r.lineage_id, row_number() OVER (ORDER BY "
    "r.published IS NULL, r.published, r.id, c.span_start, c.id) AS place "
    "FROM report_compliance c JOIN report r ON r.id = c.report_id "
    "JOIN report_actor n ON n.report_id = c.report_id AND n.n = c.debtor_n "
    "LEFT JOIN report_actor k ON k.report_id = c.report_id AND "
    "k.n = c.claimed_n LEFT JOIN report_agreement g ON g.id = c.mention_id "
    "WHERE n.actor_id IS NOT NULL;"
    "INSERT OR IGNORE INTO obligation (id, agreement_id, debtor_id, act, "
    "object, report_id, span_start, span_end, basis, date, reports, "
    "independent, why) SELECT 'b' || substr(t.id, 2), t.agreement_id, "
    "t.debtor, 'comply', a.name, t.report_id, t.span_start, t.span_end, "
    "'agreed', t.published, x.reports, x.independent, 'an agreement is to "
    "be kept' FROM (SELECT min(place) AS place, count(DISTINCT report_id) "
    "AS reports, count(DISTINCT lineage_id) AS independent FROM told WHERE "
    "agreement_id IS NOT NULL GROUP BY agreement_id, debtor) x "
    "JOIN told t ON t.place = x.place JOIN agreement a "
    "ON a.id = t.agreement_id;"
    "INSERT OR IGNORE INTO obligation_debtor SELECT id, debtor_id FROM "
    "obligation WHERE debtor_id IS NOT NULL;"
    "CREATE INDEX IF NOT EXISTS temp.told_place ON told(place);"
    "INSERT INTO obligation_status (obligation_id, n, date, level, "
    "claimed_by, report_id, span_start, span_end, why) SELECT "
    "obligation_id, row_number() OVER (PARTITION BY obligation_id ORDER BY "
    "date IS NULL, date, place) - 1, date, level, claimed_by, report_id, "
    "span_start, span_end, why FROM (SELECT o.id AS obligation_id, t.* FROM "
    "told t JOIN obligation o ON o.act = 'comply' AND "
    "o.agreement_id = t.agreement_id AND o.debtor_id = t.debtor UNION ALL "
    "SELECT o.id, t.* FROM told t JOIN obligation_debtor d ON "
    "d.actor_id = t.debtor JOIN obligation o ON o.id = d.obligation_id "
    "WHERE t.agreement_id IS NULL AND o.act = t.act AND "
    "o.issue_id = t.issue AND (o.date IS NULL OR t.published IS NULL OR "
    "o.date <= t.published));"
    "UPDATE obligation SET level = (SELECT s.level FROM obligation_status s "
    "WHERE s.obligation_id = obligation.id ORDER BY s.n DESC LIMIT 1);";

static const char bodies[] =
    "INSERT INTO mandate (actor_id, n, agreement_id, task, size_low, "
    "size_high, term_start, term_end, report_id, span_start, span_end, "
    "term, why) SELECT c.actor_id, row_number() OVER (PARTITION BY "
    "c.actor_id ORDER BY r.published IS NULL, r.published, r.id, "
    "m.span_start, m.id) - 1, g.agreement_id, "
    QUOTE("m.task_start", "m.task_end") ", m.size_low, m.size_high, "
    "m.term_start, m.term_end, m.report_id, m.span_start, m.span_end, "
    QUOTE("m.words_start", "m.words_end") ", m.why FROM report_mandate m "
    "JOIN report r ON r.id = m.report_id JOIN report_actor c ON "
    "c.report_id = m.report_id AND c.n = m.actor_n LEFT JOIN "
    "report_agreement g ON g.id = m.mention_id "
    "WHERE c.actor_id IS NOT NULL;"
    "INSERT OR IGNORE INTO body_member SELECT c.actor_id, x.actor_id, "
    "m.report_id, m.span_start, m.span_end FROM report_mandate_member b "
    "JOIN report_mandate m ON m.id = b.mention_id JOIN report r ON "
    "r.id = m.report_id JOIN report_actor c ON c.report_id = m.report_id "
    "AND c.n = m.actor_n JOIN report_actor x ON x.report_id = m.report_id "
    "AND x.n = b.actor_n WHERE c.actor_id IS NOT NULL AND x.actor_id IS "
    "NOT NULL AND x.actor_id <> c.actor_id ORDER BY r.published IS NULL, "
    "r.published, r.id, m.span_start, b.n;"
    "DROP TABLE temp.duty; DROP TABLE temp.duty_key; "
    "DROP TABLE temp.duty_id; DROP TABLE temp.told";

dln_status dln_track__duties(dln_tracker *t)
{
    DLN_TRY(dln_store_exec(t->store, duties, t->error));
    DLN_TRY(dln_store_exec(t->store, comply, t->error));
    return dln_store_exec(t->store, bodies, t->error);
}
