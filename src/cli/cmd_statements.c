/* SPDX-License-Identifier: Apache-2.0 */
/* statements: who said what. figures: who says how many. */
#include <math.h>
#include <stdio.h>

#include "cli/cli.h"
#include "cli/rows.h"

static const char statements_usage[] =
    "usage: dateline statements RECORD [--by NAME] [--act ACT]\n"
    "           [--about WORDS] [--from DAY] [--to DAY] [--limit N] [--json]\n"
    "Who said what, in the words of the reports. ACT: say, demand, accuse,\n"
    "deny, promise, threaten, praise, agree, reject, propose.\n";

static const char statements_sql[] =
    "SELECT s.id, s.report_id, s.span_start AS start, s.span_end AS \"end\","
    " s.speaker_id, s.speakers, s.source, s.act, s.form, s.addressee_id,"
    " s.date_start, s.date_end, s.date_precision, s.content, s.quote,"
    " s.outlet, s.published, s.published_precision, s.lineage_id"
    " FROM statement_line s"
    " WHERE (?1 IS NULL OR EXISTS (SELECT 1 FROM statement_speaker k"
    " JOIN actor_name n ON n.actor_id = k.actor_id WHERE k.statement_id ="
    " s.id AND (n.name LIKE '%' || ?1 || '%' OR n.actor_id = ?1)))"
    " AND (?2 IS NULL OR s.act = ?2)"
    " AND (?3 IS NULL OR s.content LIKE '%' || ?3 || '%')"
    " AND (?4 IS NULL OR coalesce(s.date_end, s.published) >= ?4)"
    " AND (?5 IS NULL OR coalesce(s.date_start, s.published) <= ?5)"
    " ORDER BY coalesce(s.date_start, s.published) IS NULL,"
    " coalesce(s.date_start, s.published), s.report_id, s.span_start";

enum { S_ID, S_REPORT, S_SPAN_START, S_SPAN_END, S_SPEAKER, S_SPEAKERS,
       S_SOURCE, S_ACT, S_FORM, S_ADDRESSEE, S_START, S_END, S_PRECISION,
       S_CONTENT, S_QUOTE, S_OUTLET };

static void statements_row(dln_grid *grid, const dln_query *q)
{
    dln_str speakers = dln_query_str(q, S_SPEAKERS);
    dln_str source = dln_query_str(q, S_SOURCE);
    dln_grid_date(grid, q, S_START, DLN_STR(""));
    if (speakers.len || !source.len)
        dln_grid_cell(grid, speakers);
    else
        dln_grid_printf(grid, "\"%.*s\"", DLN_ARG(source));
    dln_grid_cell(grid, dln_query_str(q, S_ACT));
    dln_grid_cell(grid, dln_query_str(q, S_FORM));
    dln_grid_cell(grid, dln_query_str(q, S_OUTLET));
    dln_grid_cell(grid, dln_query_str(q, S_ID));
    dln_grid_cell(grid, dln_query_str(q, S_CONTENT));
}

int dln_cmd_statements(int argc, char **argv)
{
    static const char *const heads[] = {"DATE", "SPEAKER", "ACT", "FORM",
                                        "OUTLET", "ID", "WORDS", NULL};
    dln_cli_options o;
    int code = dln_cli_parse(&o, argc, argv, "by act about from to", false,
                             statements_usage);
    if (code >= 0)
        return code;
    return dln_cli_rows(&o, heads, statements_row, statements_sql, "zzzzz",
                        o.by, o.act, o.about, o.from, o.to);
}

static const char figures_usage[] =
    "usage: dateline figures RECORD [--quantity NAME] [--side NAME]\n"
    "           [--by NAME] [--disputed] [--limit N] [--json]\n"
    "Who says how many: every value that reports give for one quantity\n"
    "stands together; '!' marks quantities whose values disagree. NAME of a\n"
    "quantity: killed, wounded, missing, captured, detained, released,\n"
    "displaced, returned, troops, violations, inhabitants, duration, money,\n"
    "area; plain counts are 'other' and printed only when asked for.\n";

static const char figures_sql[] =
    "SELECT f.id, f.report_id, f.span_start AS start, f.span_end AS \"end\","
    " f.quantity, f.relation, f.low, f.high, f.unit, f.side_id, f.side,"
    " f.status, f.scope, f.as_of, f.as_of_end, f.as_of_precision,"
    " f.claimed_by, f.claimant, f.event_id, f.series_id, f.about,"
    " coalesce(f.disputed, 0) AS disputed, f.quote, f.outlet, f.published"
    " FROM figure_line f"
    " WHERE CASE WHEN ?1 IS NULL THEN f.quantity <> 'other'"
    " ELSE f.quantity = ?1 END"
    " AND (?2 IS NULL OR f.side LIKE '%' || ?2 || '%' OR f.side_id = ?2)"
    " AND (?3 IS NULL OR f.claimant LIKE '%' || ?3 || '%'"
    " OR f.claimed_by LIKE '%' || ?3 || '%')"
    " AND (?4 = 0 OR f.disputed)"
    " ORDER BY f.quantity, f.about IS NULL, f.about, f.side IS NULL, f.side,"
    " f.series_id, f.as_of IS NULL, f.as_of, f.low, f.id";

enum { F_ID, F_REPORT, F_SPAN_START, F_SPAN_END, F_QUANTITY, F_RELATION,
       F_LOW, F_HIGH, F_UNIT, F_SIDE_ID, F_SIDE, F_STATUS, F_SCOPE, F_AS_OF,
       F_AS_OF_END, F_AS_OF_PRECISION, F_CLAIMED_BY, F_CLAIMANT, F_EVENT,
       F_SERIES, F_ABOUT, F_DISPUTED, F_QUOTE, F_OUTLET };

static void value_cell(dln_grid *grid, const dln_query *q)
{
    static const struct { const char *relation, *sign; } signs[] = {
        {"exactly", ""}, {"about", "~"}, {"more_than", ">"},
        {"at_least", "\xE2\x89\xA5"}, {"less_than", "<"},
        {"at_most", "\xE2\x89\xA4"}, {"between", ""},
    };
    double low = dln_query_double(q, F_LOW);
    double high = dln_query_double(q, F_HIGH);
    const char *sign = "";
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (dln_str_is(dln_query_str(q, F_RELATION), signs[i].relation))
            sign = signs[i].sign;
    if (!isnan(low) && !isnan(high) && low < high)
        dln_grid_printf(grid, "%s%.12g-%.12g", sign, low, high);
    else
        dln_grid_printf(grid, "%s%.12g", sign, isnan(low) ? high : low);
}

static void figures_row(dln_grid *grid, const dln_query *q)
{
    dln_str claimant = dln_query_str(q, F_CLAIMANT);
    dln_grid_cell(grid, dln_query_int(q, F_DISPUTED) ? DLN_STR("!")
                                                     : DLN_STR(""));
    dln_grid_cell(grid, dln_query_str(q, F_QUANTITY));
    value_cell(grid, q);
    dln_grid_cell(grid, dln_query_str(q, F_UNIT));
    dln_grid_cell(grid, dln_query_str(q, F_SIDE));
    dln_grid_cell(grid, dln_query_str(q, F_ABOUT));
    dln_grid_cell(grid, dln_query_str(q, F_SCOPE));
    dln_grid_cell(grid, claimant.len ? claimant
                                     : dln_query_str(q, F_CLAIMED_BY));
    dln_grid_cell(grid, dln_query_str(q, F_OUTLET));
    dln_grid_cell(grid, dln_query_str(q, F_ID));
    dln_grid_cell(grid, dln_query_str(q, F_QUOTE));
}

int dln_cmd_figures(int argc, char **argv)
{
    static const char *const heads[] = {
        "!", "QUANTITY", "VALUE", "UNIT", "SIDE", "ABOUT", "SCOPE",
        "CLAIMED BY", "OUTLET", "ID", "WORDS", NULL};
    dln_cli_options o;
    int code = dln_cli_parse(&o, argc, argv, "quantity side by disputed",
                             false, figures_usage);
    if (code >= 0)
        return code;
    return dln_cli_rows(&o, heads, figures_row, figures_sql, "zzzn",
                        o.quantity, o.side, o.by, (int64_t)o.disputed);
}
