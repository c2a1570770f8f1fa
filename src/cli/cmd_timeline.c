/* SPDX-License-Identifier: Apache-2.0 */
/* timeline: one line an event. meetings: those who met, in more detail. */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/rows.h"

/* Words of the earliest telling's time, for events without a date: the
 * report is undated, and nothing is invented. */
#define TIME_WORDS                                                      \
    "(SELECT " DLN_SQL_QUOTE("t.span_start", "t.span_end")               \
    " || CASE WHEN r.published"     \
    " IS NULL THEN ', in an undated report' ELSE '' END"                \
    " FROM event_mention m"                                             \
    " JOIN time_mention t ON t.id = m.time_id"                          \
    " JOIN report r ON r.id = m.report_id"                              \
    " WHERE m.event_id = e.id ORDER BY m.id LIMIT 1)"

#define PARTIES                                                         \
    "(SELECT json_group_array(json_object('role', role, 'actor_id',"    \
    " actor_id, 'name', name)) FROM (SELECT p.role, p.actor_id, a.name" \
    " FROM event_party p JOIN actor a ON a.id = p.actor_id"             \
    " WHERE p.event_id = e.id ORDER BY p.role, p.actor_id))"

/* ?1 from, ?2 to, ?3 type, ?4 status, ?5 actor, ?6 place */
#define WHERE_EVENT                                                     \
    " WHERE (?1 IS NULL OR e.date_end >= ?1)"                           \
    " AND (?2 IS NULL OR e.date_start <= ?2)"                           \
    " AND (?3 IS NULL OR e.type = upper(?3))"                           \
    " AND (?4 IS NULL OR e.status = ?4)"                                \
    " AND (?5 IS NULL OR EXISTS (SELECT 1 FROM event_party p"           \
    " JOIN actor_name n ON n.actor_id = p.actor_id WHERE p.event_id ="  \
    " e.id AND (n.name LIKE '%' || ?5 || '%' OR n.actor_id = ?5)))"     \
    " AND (?6 IS NULL OR EXISTS (SELECT 1 FROM place_name n WHERE"      \
    " n.place_id = e.place_id AND n.name LIKE '%' || ?6 || '%'))"

#define ORDER_EVENT                                                     \
    " ORDER BY coalesce(e.date_start, e.first_reported) IS NULL,"       \
    " coalesce(e.date_start, e.first_reported), e.date_start IS NULL,"  \
    " e.date_end, e.type, e.id"

/* A date, the report's own words for it, or else when it was first told. */
static void date_cell(dln_grid *grid, const dln_query *q, int start,
                      int words, int told)
{
    char text[64];
    dln_str own = dln_query_str(q, words);
    dln_cli_told(text, dln_query_str(q, told));
    dln_grid_date(grid, q, start, own.len ? own : dln_str_of(text));
}

static const char timeline_usage[] =
    "usage: dateline timeline RECORD [--from DAY] [--to DAY] [--type TYPE]\n"
    "           [--status STATUS] [--actor NAME] [--place NAME]\n"
    "           [--limit N] [--json]\n"
    "One line an event: date, type, who to whom, place, status, reports\n"
    "and independent ones, id. Without a known date the report's own words\n"
    "stand in its place, or the day when it was first told, among the events\n"
    "of that day. STATUS: actual, ongoing, planned, hypothetical,\n"
    "historical.\n";

static const char timeline_sql[] =
    "SELECT e.id, e.type, e.mode, e.quad, e.intensity, e.status,"
    " e.polarity, e.date_start, e.date_end, e.date_precision,"
    " " TIME_WORDS " AS date_words, e.place_id, e.place, e.summary,"
    " e.reports, e.independent, e.first_reported, e.last_reported,"
    " e.actors, e.recipients, e.hosts, e.mediators, e.participants,"
    " " PARTIES " AS \"parties:json\""
    " FROM event_line e" WHERE_EVENT ORDER_EVENT;

enum { T_ID, T_TYPE, T_MODE, T_QUAD, T_INTENSITY, T_STATUS, T_POLARITY,
       T_START, T_END, T_PRECISION, T_WORDS, T_PLACE_ID, T_PLACE, T_SUMMARY,
       T_REPORTS, T_INDEPENDENT, T_FIRST, T_LAST, T_ACTORS, T_RECIPIENTS,
       T_HOSTS, T_MEDIATORS };

/* "A, B → C (host D)" */
static void who_cell(dln_grid *grid, const dln_query *q)
{
    dln_str actors = dln_query_str(q, T_ACTORS);
    dln_str recipients = dln_query_str(q, T_RECIPIENTS);
    dln_str hosts = dln_query_str(q, T_HOSTS);
    dln_str mediators = dln_query_str(q, T_MEDIATORS);
    if (!actors.len && !recipients.len) {
        dln_grid_cell(grid, dln_query_str(q, T_SUMMARY));
        return;
    }
    dln_grid_printf(grid, "%.*s%s%.*s%s%.*s%s%s%.*s%s",
                    DLN_ARG(actors.len ? actors : DLN_STR("?")),
                    recipients.len ? " \xE2\x86\x92 " : "",
                    DLN_ARG(recipients), hosts.len ? " (host " : "",
                    DLN_ARG(hosts), hosts.len ? ")" : "",
                    mediators.len ? " (mediator " : "", DLN_ARG(mediators),
                    mediators.len ? ")" : "");
}

static void status_cell(dln_grid *grid, const dln_query *q)
{
    dln_str status = dln_query_str(q, T_STATUS);
    dln_str polarity = dln_query_str(q, T_POLARITY);
    if (dln_str_is(polarity, "asserted"))
        dln_grid_cell(grid, status);
    else
        dln_grid_printf(grid, "%.*s, %.*s", DLN_ARG(status),
                        DLN_ARG(polarity));
}

static void timeline_row(dln_grid *grid, const dln_query *q)
{
    dln_str mode = dln_query_str(q, T_MODE);
    date_cell(grid, q, T_START, T_WORDS, T_FIRST);
    dln_grid_printf(grid, "%.*s%s%.*s", DLN_ARG(dln_query_str(q, T_TYPE)),
                    mode.len ? " " : "", DLN_ARG(mode));
    who_cell(grid, q);
    dln_grid_cell(grid, dln_query_str(q, T_PLACE));
    status_cell(grid, q);
    dln_grid_printf(grid, "%lld/%lld",
                    (long long)dln_query_int(q, T_REPORTS),
                    (long long)dln_query_int(q, T_INDEPENDENT));
    dln_grid_cell(grid, dln_query_str(q, T_ID));
}

int dln_cmd_timeline(int argc, char **argv)
{
    static const char *const heads[] = {"DATE", "TYPE", "WHO", "PLACE",
                                        "STATUS", "REPORTS", "ID", NULL};
    dln_cli_options o;
    int code = dln_cli_parse(&o, argc, argv,
                             "from to type status actor place", false,
                             timeline_usage);
    if (code >= 0)
        return code;
    return dln_cli_rows(&o, heads, timeline_row, timeline_sql, "zzzzzz",
                        o.from, o.to, o.type, o.status, o.actor, o.place);
}

static const char meetings_usage[] =
    "usage: dateline meetings RECORD [--from DAY] [--to DAY]\n"
    "           [--status STATUS] [--actor NAME] [--place NAME]\n"
    "           [--limit N] [--json]\n"
    "Who met whom, when and where: format, level, participants, host,\n"
    "mediator, outcome, and the next meeting promised.\n";

static const char meetings_sql[] =
    "SELECT e.id AS event_id, e.status, e.polarity, e.date_start,"
    " e.date_end, e.date_precision, " TIME_WORDS " AS date_words, e.format,"
    " e.level, e.host_id, e.host, e.mediator_id, e.mediator, e.outcome,"
    " e.next_due, e.place_id, e.place, e.summary, e.reports, e.independent,"
    " coalesce(e.participants, e.actors) AS participants,"
    " e.first_reported, " PARTIES " AS \"parties:json\""
    " FROM meeting_line e" WHERE_EVENT ORDER_EVENT;

enum { M_ID, M_STATUS, M_POLARITY, M_START, M_END, M_PRECISION, M_WORDS,
       M_FORMAT, M_LEVEL, M_HOST_ID, M_HOST, M_MEDIATOR_ID, M_MEDIATOR,
       M_OUTCOME, M_NEXT, M_PLACE_ID, M_PLACE, M_SUMMARY, M_REPORTS,
       M_INDEPENDENT, M_PARTICIPANTS, M_FIRST };

static void meetings_row(dln_grid *grid, const dln_query *q)
{
    dln_str mediator = dln_query_str(q, M_MEDIATOR);
    date_cell(grid, q, M_START, M_WORDS, M_FIRST);
    dln_grid_cell(grid, dln_query_str(q, M_FORMAT));
    dln_grid_cell(grid, dln_query_str(q, M_PARTICIPANTS));
    dln_grid_cell(grid, dln_query_str(q, M_HOST));
    dln_grid_cell(grid, mediator);
    dln_grid_cell(grid, dln_query_str(q, M_PLACE));
    dln_grid_cell(grid, dln_query_str(q, M_STATUS));
    dln_grid_cell(grid, dln_query_str(q, M_OUTCOME));
    dln_grid_cell(grid, dln_query_str(q, M_NEXT));
    dln_grid_printf(grid, "%lld/%lld",
                    (long long)dln_query_int(q, M_REPORTS),
                    (long long)dln_query_int(q, M_INDEPENDENT));
    dln_grid_cell(grid, dln_query_str(q, M_ID));
}

int dln_cmd_meetings(int argc, char **argv)
{
    static const char *const heads[] = {
        "DATE", "FORMAT", "PARTICIPANTS", "HOST", "MEDIATOR", "PLACE",
        "STATUS", "OUTCOME", "NEXT", "REPORTS", "ID", NULL};
    dln_cli_options o;
    int code = dln_cli_parse(&o, argc, argv, "from to status actor place",
                             false, meetings_usage);
    if (code >= 0)
        return code;
    return dln_cli_rows(&o, heads, meetings_row, meetings_sql, "zzzzzz",
                        o.from, o.to, (const char *)NULL, o.status, o.actor,
                        o.place);
}
