/* SPDX-License-Identifier: Apache-2.0 */
/* agreements, obligations, bodies, issues: how a process goes on. */
#include <math.h>
#include <stdio.h>

#include "cli/cli.h"
#include "cli/rows.h"

#define QUOTE DLN_SQL_QUOTE
/* Names of those whom a row of `table` joins to the row `x`. */
#define SIDES(table, column, role)                                      \
    "(SELECT group_concat(name, ', ') FROM (SELECT a.name FROM " table  \
    " p JOIN actor a ON a.id = p.actor_id WHERE p." column " = x.id"    \
    role " ORDER BY a.name))"

static const char agreements_usage[] =
    "usage: dateline agreements RECORD [--from DAY] [--to DAY]\n"
    "           [--actor NAME] [--limit N] [--json]\n"
    "Agreements that reports speak of: date, kind, stage, sides, mediators,\n"
    "and every name they go by.\n";

static const char agreements_sql[] =
    "SELECT x.id, x.date_start, x.date_end, x.date_precision, x.kind,"
    " x.stage, x.name, "
    SIDES("agreement_party", "agreement_id", " AND p.role = 'party'")
    " AS parties, "
    SIDES("agreement_party", "agreement_id", " AND p.role = 'mediator'")
    " AS mediators, "
    SIDES("agreement_party", "agreement_id", " AND p.role = 'guarantor'")
    " AS guarantors, x.place_id, l.name AS place, x.reports,"
    " x.independent, x.mentions, x.summary, (SELECT group_concat(name,"
    " '; ') FROM (SELECT DISTINCT " QUOTE("m.span_start", "m.span_end")
    " AS name FROM agreement_mention m JOIN report r ON r.id = m.report_id"
    " WHERE m.agreement_id = x.id ORDER BY 1)) AS names, x.why"
    " FROM agreement x LEFT JOIN place l ON l.id = x.place_id"
    " WHERE (?1 IS NULL OR x.date_end >= ?1)"
    " AND (?2 IS NULL OR x.date_start <= ?2)"
    " AND (?3 IS NULL OR EXISTS (SELECT 1 FROM agreement_party p JOIN"
    " actor_name n ON n.actor_id = p.actor_id WHERE p.agreement_id = x.id"
    " AND (n.name LIKE '%' || ?3 || '%' OR n.actor_id = ?3)))"
    " ORDER BY x.date_start IS NULL, x.date_start, x.id";

enum { A_ID, A_START, A_END, A_PRECISION, A_KIND, A_STAGE, A_NAME,
       A_PARTIES, A_MEDIATORS, A_GUARANTORS, A_PLACE_ID, A_PLACE,
       A_REPORTS, A_INDEPENDENT };

static void told_by(dln_grid *grid, const dln_query *q, int reports)
{
    dln_grid_printf(grid, "%lld/%lld", (long long)dln_query_int(q, reports),
                    (long long)dln_query_int(q, reports + 1));
}

static void agreements_row(dln_grid *grid, const dln_query *q)
{
    dln_grid_date(grid, q, A_START, DLN_STR(""));
    dln_grid_cell(grid, dln_query_str(q, A_KIND));
    dln_grid_cell(grid, dln_query_str(q, A_STAGE));
    dln_grid_cell(grid, dln_query_str(q, A_NAME));
    dln_grid_cell(grid, dln_query_str(q, A_PARTIES));
    dln_grid_cell(grid, dln_query_str(q, A_MEDIATORS));
    told_by(grid, q, A_REPORTS);
    dln_grid_cell(grid, dln_query_str(q, A_ID));
}

int dln_cmd_agreements(int argc, char **argv)
{
    static const char *const heads[] = {
        "DATE", "KIND", "STAGE", "NAME", "PARTIES", "MEDIATORS", "REPORTS",
        "ID", NULL};
    dln_cli_options o;
    int code = dln_cli_parse(&o, argc, argv, "from to actor", false,
                             agreements_usage);
    if (code >= 0)
        return code;
    return dln_cli_rows(&o, heads, agreements_row, agreements_sql, "zzz",
                        o.from, o.to, o.actor);
}

static const char obligations_usage[] =
    "usage: dateline obligations RECORD [--actor NAME] [--from DAY]\n"
    "           [--to DAY] [--overdue] [--limit N] [--json]\n"
    "Who must do what for whom by when, and how far it is done: 0 not\n"
    "begun, 1 minimal, 2 intermediate, 3 full, -1 breached. --overdue:\n"
    "agreed or promised, due before --to (else before the last report),\n"
    "and not known to be done in full.\n";

static const char obligations_sql[] =
    "SELECT x.id, x.date, x.due_start, x.due_end, x.basis, "
    SIDES("obligation_debtor", "obligation_id", "") " AS debtors,"
    " x.debtor_id, x.beneficiary_id, b.name AS beneficiary, x.act,"
    " x.object, x.condition, x.issue_id, x.agreement_id, g.name AS"
    " agreement, x.level, x.reports, x.independent, x.report_id,"
    " x.span_start AS start, x.span_end AS \"end\", r.outlet, r.published, "
    QUOTE("x.span_start", "x.span_end") " AS quote, x.why"
    " FROM obligation x JOIN report r ON r.id = x.report_id"
    " LEFT JOIN actor b ON b.id = x.beneficiary_id"
    " LEFT JOIN agreement g ON g.id = x.agreement_id"
    " WHERE (?1 IS NULL OR EXISTS (SELECT 1 FROM obligation_debtor d JOIN"
    " actor_name n ON n.actor_id = d.actor_id WHERE d.obligation_id = x.id"
    " AND (n.name LIKE '%' || ?1 || '%' OR n.actor_id = ?1)))"
    " AND (?2 IS NULL OR coalesce(x.due_end, x.date) >= ?2)"
    " AND (?3 IS NULL OR coalesce(x.due_start, x.date) <= ?3)"
    " AND (?4 = 0 OR (x.basis <> 'demanded' AND x.due_end < coalesce(?3,"
    " (SELECT max(published) FROM report))"
    " AND coalesce(x.level, 0) < 3))"
    " ORDER BY x.due_end IS NULL, x.due_end, x.date IS NULL, x.date, x.id";

enum { O_ID, O_DATE, O_DUE, O_DUE_END, O_BASIS, O_DEBTORS, O_DEBTOR,
       O_BENEFICIARY_ID, O_BENEFICIARY, O_ACT, O_OBJECT, O_CONDITION,
       O_ISSUE, O_AGREEMENT_ID, O_AGREEMENT, O_LEVEL, O_REPORTS };

static void obligations_row(dln_grid *grid, const dln_query *q)
{
    dln_grid_cell(grid, dln_query_str(q, O_DATE));
    dln_grid_cell(grid, dln_query_str(q, O_DUE_END));
    dln_grid_cell(grid, dln_query_str(q, O_BASIS));
    dln_grid_cell(grid, dln_query_str(q, O_LEVEL));
    dln_grid_cell(grid, dln_query_str(q, O_DEBTORS));
    told_by(grid, q, O_REPORTS);
    dln_grid_cell(grid, dln_query_str(q, O_ISSUE));
    dln_grid_cell(grid, dln_query_str(q, O_ID));
    dln_grid_printf(grid, "%.*s %.*s", DLN_ARG(dln_query_str(q, O_ACT)),
                    DLN_ARG(dln_query_str(q, O_OBJECT)));
}

int dln_cmd_obligations(int argc, char **argv)
{
    static const char *const heads[] = {
        "TOLD", "DUE", "BASIS", "LEVEL", "WHO", "REPORTS", "ISSUE", "ID",
        "WHAT", NULL};
    dln_cli_options o;
    int code = dln_cli_parse(&o, argc, argv, "actor from to overdue", false,
                             obligations_usage);
    if (code >= 0)
        return code;
    return dln_cli_rows(&o, heads, obligations_row, obligations_sql, "zzzn",
                        o.actor, o.from, o.to, (int64_t)o.overdue);
}

static const char bodies_usage[] =
    "usage: dateline bodies RECORD [--actor NAME] [--limit N] [--json]\n"
    "Bodies and missions: whose they are, what they are for, how many\n"
    "people, for how long.\n";

static const char bodies_sql[] =
    "SELECT x.actor_id, a.name, (SELECT group_concat(name, ', ') FROM"
    " (SELECT c.name FROM body_member b JOIN actor c ON c.id = b.member_id"
    " WHERE b.actor_id = x.actor_id ORDER BY c.name)) AS members, x.task,"
    " x.size_low, x.size_high, x.term, x.term_start, x.term_end,"
    " x.agreement_id, r.outlet, r.published, x.report_id, x.span_start AS"
    " start, x.span_end AS \"end\", "
    QUOTE("x.span_start", "x.span_end") " AS quote, x.why FROM mandate x"
    " JOIN actor a ON a.id = x.actor_id JOIN report r ON r.id = x.report_id"
    " WHERE (?1 IS NULL OR a.name LIKE '%' || ?1 || '%' OR a.id = ?1)"
    " ORDER BY x.actor_id, x.n";

enum { B_ID, B_NAME, B_MEMBERS, B_TASK, B_LOW, B_HIGH, B_TERM, B_START,
       B_END, B_AGREEMENT, B_OUTLET, B_PUBLISHED };

static void bodies_row(dln_grid *grid, const dln_query *q)
{
    double low = dln_query_double(q, B_LOW);
    double high = dln_query_double(q, B_HIGH);
    dln_grid_cell(grid, dln_query_str(q, B_NAME));
    dln_grid_cell(grid, dln_query_str(q, B_MEMBERS));
    if (isnan(low) && isnan(high))
        dln_grid_cell(grid, DLN_STR(""));
    else
        dln_grid_printf(grid, "%.12g", isnan(low) ? high : low);
    dln_grid_cell(grid, dln_query_str(q, B_TERM));
    dln_grid_cell(grid, dln_query_str(q, B_OUTLET));
    dln_grid_cell(grid, dln_query_str(q, B_ID));
    dln_grid_cell(grid, dln_query_str(q, B_TASK));
}

int dln_cmd_bodies(int argc, char **argv)
{
    static const char *const heads[] = {"BODY", "MEMBERS", "SIZE", "TERM",
                                        "OUTLET", "ID", "TASK", NULL};
    dln_cli_options o;
    int code = dln_cli_parse(&o, argc, argv, "actor", false, bodies_usage);
    if (code >= 0)
        return code;
    return dln_cli_rows(&o, heads, bodies_row, bodies_sql, "z", o.actor);
}

static const char issues_usage[] =
    "usage: dateline issues RECORD [--about ISSUE] [--by NAME] [--from DAY]\n"
    "           [--to DAY] [--limit N] [--json]\n"
    "Each actor's line on each issue in time, with the quote; a change of\n"
    "stance since the actor's last statement on it is marked '!'.\n";

static const char issues_sql[] =
    "SELECT * FROM (SELECT p.issue_id, i.label, i.pax_code, i.parent_id,"
    " p.actor_id, a.name AS actor, p.date, p.stance, lag(p.stance) OVER w"
    " AS before, p.statement_id, s.report_id, r.outlet, s.span_start AS"
    " start, s.span_end AS \"end\", "
    QUOTE("s.content_start", "s.content_end") " AS content FROM position p"
    " JOIN issue i ON i.id = p.issue_id JOIN actor a ON a.id = p.actor_id"
    " JOIN statement s ON s.id = p.statement_id JOIN report r ON"
    " r.id = s.report_id WINDOW w AS (PARTITION BY p.issue_id, p.actor_id"
    " ORDER BY p.date IS NULL, p.date, p.statement_id)) x"
    " WHERE (?1 IS NULL OR x.issue_id = ?1 OR x.parent_id = ?1)"
    " AND (?2 IS NULL OR x.actor LIKE '%' || ?2 || '%' OR x.actor_id = ?2)"
    " AND (?3 IS NULL OR x.date >= ?3) AND (?4 IS NULL OR x.date <= ?4)"
    " ORDER BY x.issue_id, x.actor_id, x.date IS NULL, x.date,"
    " x.statement_id";

enum { I_ID, I_LABEL, I_PAX, I_PARENT, I_ACTOR_ID, I_ACTOR, I_DATE,
       I_STANCE, I_BEFORE, I_STATEMENT, I_REPORT, I_OUTLET, I_SPAN,
       I_SPAN_END, I_CONTENT };

static void issues_row(dln_grid *grid, const dln_query *q)
{
    dln_str now = dln_query_str(q, I_STANCE);
    dln_str before = dln_query_str(q, I_BEFORE);
    bool moved = now.len && before.len && !dln_str_eq(now, before);
    dln_grid_cell(grid, moved ? DLN_STR("!") : DLN_STR(""));
    dln_grid_cell(grid, dln_query_str(q, I_LABEL));
    dln_grid_cell(grid, dln_query_str(q, I_ACTOR));
    dln_grid_cell(grid, dln_query_str(q, I_DATE));
    dln_grid_cell(grid, now);
    dln_grid_cell(grid, dln_query_str(q, I_OUTLET));
    dln_grid_cell(grid, dln_query_str(q, I_STATEMENT));
    dln_grid_cell(grid, dln_query_str(q, I_CONTENT));
}

int dln_cmd_issues(int argc, char **argv)
{
    static const char *const heads[] = {"!", "ISSUE", "ACTOR", "DATE",
                                        "STANCE", "OUTLET", "ID", "WORDS",
                                        NULL};
    dln_cli_options o;
    int code = dln_cli_parse(&o, argc, argv, "about by from to", false,
                             issues_usage);
    if (code >= 0)
        return code;
    return dln_cli_rows(&o, heads, issues_row, issues_sql, "zzzz", o.about,
                        o.by, o.from, o.to);
}
