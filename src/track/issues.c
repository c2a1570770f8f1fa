/* SPDX-License-Identifier: Apache-2.0 */
/*
 * data/onto/issues.txt, statement_issue, report_outcome → issue, position,
 * meeting_outcome, and the fields of statement and meeting.
 *
 * A statement's own issue is the first one it names. A meeting's outcome is
 * the one that most lineages tell; "joint statement" and "no breakthrough"
 * may both stand in meeting_outcome. The next meeting was held when an event
 * is linked to its plan as what took place.
 */
#include <stdio.h>

#include "base/table.h"
#include "track/track_p.h"

static dln_status write_issue(dln_query *q, const dln_row *row, bool parent)
{
    dln_str none = {NULL, 0};
    return dln_query_run(q, "ssss", row->field[0], row->field[1],
                         dln_str_is(row->field[2], "-") ? none
                                                        : row->field[2],
                         parent || dln_str_is(row->field[3], "-")
                             ? none : row->field[3]);
}

/* Parents first, as keys ask. */
static dln_status write_issues(dln_tracker *t, const dln_table *table)
{
    dln_query *q;
    DLN_TRY(dln_query_open(t->store, &q, "INSERT INTO issue VALUES "
                           "(?,?,?,?)", t->error));
    dln_status status = DLN_OK;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; status == DLN_OK && i < table->count; i++) {
            const dln_row *row = &table->rows[i];
            bool top = dln_str_is(row->field[3], "-");
            if (top == (pass == 0))
                status = write_issue(q, row, top);
        }
    dln_query_close(q);
    return status;
}

static const char positions[] =
    "INSERT OR IGNORE INTO position (issue_id, actor_id, statement_id, "
    "date, stance) SELECT i.issue, k.actor_id, s.id, "
    "coalesce(s.date_start, r.published), i.stance FROM statement_issue i "
    "JOIN statement s ON s.id = i.statement_id JOIN report r ON "
    "r.id = s.report_id JOIN statement_speaker k ON k.statement_id = s.id "
    "WHERE k.actor_id IS NOT NULL AND i.issue IN (SELECT id FROM issue) "
    "ORDER BY s.id, i.n, k.n;"
    "UPDATE statement SET (issue_id, stance) = (SELECT i.issue, i.stance "
    "FROM statement_issue i WHERE i.statement_id = statement.id "
    "ORDER BY i.n LIMIT 1) WHERE id IN (SELECT statement_id FROM "
    "statement_issue WHERE issue IN (SELECT id FROM issue));"
    "DELETE FROM issue WHERE id NOT IN (SELECT issue_id FROM position) "
    "AND id NOT IN (SELECT issue FROM report_obligation WHERE issue IS NOT "
    "NULL) AND id NOT IN (SELECT parent_id FROM issue WHERE parent_id IS "
    "NOT NULL AND (id IN (SELECT issue_id FROM position) OR id IN (SELECT "
    "issue FROM report_obligation WHERE issue IS NOT NULL)))";

static const char meetings[] =
    "INSERT INTO meeting_outcome SELECT m.event_id, row_number() OVER "
    "(PARTITION BY m.event_id ORDER BY r.published IS NULL, r.published, "
    "r.id, o.span_start, o.id) - 1, o.report_id, o.span_start, o.span_end, "
    "o.outcome, o.duration, o.why FROM report_outcome o JOIN event_mention "
    "m ON m.id = o.event_mention_id JOIN report r ON r.id = o.report_id "
    "WHERE m.event_id IN (SELECT event_id FROM meeting);"
    "UPDATE meeting SET outcome = coalesce((SELECT o.outcome FROM "
    "meeting_outcome o JOIN report r ON r.id = o.report_id WHERE "
    "o.event_id = meeting.event_id AND o.outcome IS NOT NULL GROUP BY "
    "o.outcome ORDER BY count(DISTINCT r.lineage_id) DESC, min(o.n) "
    "LIMIT 1), outcome), duration = (SELECT o.duration FROM meeting_outcome "
    "o WHERE o.event_id = meeting.event_id AND o.duration IS NOT NULL "
    "ORDER BY o.n LIMIT 1);"
    "UPDATE meeting SET next_due = (SELECT min(p.date_start) FROM "
    "event_mention m JOIN event_mention x ON x.report_id = m.report_id JOIN "
    "event p ON p.id = x.event_id JOIN event own ON own.id = "
    "meeting.event_id WHERE m.event_id = meeting.event_id AND p.type = "
    "'CONSULT' AND p.status = 'planned' AND p.date_start > own.date_end) "
    "WHERE next_due IS NULL;"
    "UPDATE meeting SET next_held = (SELECT l.from_event FROM event_link l "
    "JOIN event p ON p.id = l.to_event WHERE l.kind = 'planned_as' AND "
    "p.date_start = meeting.next_due ORDER BY l.from_event LIMIT 1) "
    "WHERE next_due IS NOT NULL";

dln_status dln_track__issues(dln_tracker *t, const char *datadir)
{
    char path[4096];
    dln_table table;
    int n = snprintf(path, sizeof path, "%s/onto/issues.txt", datadir);
    if (n < 0 || n >= (int)sizeof path)
        return dln_fail(t->error, DLN_BADARG, "path too long");
    DLN_TRY(dln_table_read(&table, t->arena, path, 4, t->error));
    DLN_TRY(write_issues(t, &table));
    DLN_TRY(dln_store_exec(t->store, positions, t->error));
    return dln_store_exec(t->store, meetings, t->error);
}
