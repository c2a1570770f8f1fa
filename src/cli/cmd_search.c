/* SPDX-License-Identifier: Apache-2.0 */
/* search: words in the reports. actors: who is in the record. */
#include <stdio.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "cli/rows.h"
#include "store/fulltext.h"

static const char search_usage[] =
    "usage: dateline search RECORD WORDS [--limit N] [--json]\n"
    "Reports with all the words in title or text, best first, with the place\n"
    "where they stand. \"in quotes\" is a phrase, word* a beginning.\n";

static const char search_sql[] =
    "SELECT r.id, r.uri, r.outlet, r.title, r.published,"
    " snippet(search, 1, ?2, ?3, '\xE2\x80\xA6', 24) AS snippet"
    " FROM search JOIN report r ON r.n = search.rowid"
    " WHERE search MATCH ?1 ORDER BY bm25(search), r.id";

static void search_row(dln_grid *grid, const dln_query *q)
{
    dln_grid_cell(grid, dln_query_str(q, 4));
    dln_grid_cell(grid, dln_query_str(q, 2));
    dln_grid_cell(grid, dln_query_str(q, 0));
    dln_grid_cell(grid, dln_query_str(q, 3));
    dln_grid_cell(grid, dln_query_str(q, 5));
}

int dln_cmd_search(int argc, char **argv)
{
    static const char *const heads[] = {"PUBLISHED", "OUTLET", "ID", "TITLE",
                                        "WORDS", NULL};
    dln_cli_options o;
    dln_buf match;
    int code = dln_cli_parse(&o, argc, argv, "", true, search_usage);
    if (code >= 0)
        return code;
    dln_buf_init(&match, 0);
    dln_fulltext_match(&match, dln_str_of(o.argument));
    code = dln_cli_rows(&o, heads, search_row, search_sql, "Szz",
                        dln_buf_view(&match),
                        o.json ? "[[" : dln_cli_mark(true),
                        o.json ? "]]" : dln_cli_mark(false));
    dln_buf_release(&match);
    return code;
}

static const char actors_usage[] =
    "usage: dateline actors RECORD [--by NAME] [--type KIND] [--limit N]\n"
    "           [--json]\n"
    "Who is in the record: kind, country, sector, offices, mentions. KIND:\n"
    "person, country, organisation, armed_group, population, body.\n";

static const char actors_sql[] =
    "SELECT a.id, a.name, a.kind, a.iso3, a.sector, a.parent_id,"
    " a.reports, a.mentions, (SELECT group_concat(t, '; ') FROM"
    " (SELECT DISTINCT o.title || coalesce(' of ' || f.name, '') AS t"
    " FROM actor_role o LEFT JOIN actor f ON f.id = o.of_actor_id"
    " WHERE o.actor_id = a.id ORDER BY t)) AS roles,"
    " (SELECT json_group_array(name) FROM (SELECT name FROM actor_name n"
    " WHERE n.actor_id = a.id ORDER BY name)) AS \"names:json\""
    " FROM actor a WHERE (?1 IS NULL OR EXISTS (SELECT 1 FROM actor_name n"
    " WHERE n.actor_id = a.id AND n.name LIKE '%' || ?1 || '%'))"
    " AND (?2 IS NULL OR a.kind = ?2)"
    " ORDER BY a.mentions DESC, a.id";

static void actors_row(dln_grid *grid, const dln_query *q)
{
    static const int columns[] = {1, 2, 3, 4};
    for (unsigned i = 0; i < sizeof columns / sizeof *columns; i++)
        dln_grid_cell(grid, dln_query_str(q, columns[i]));
    dln_grid_printf(grid, "%lld", (long long)dln_query_int(q, 6));
    dln_grid_printf(grid, "%lld", (long long)dln_query_int(q, 7));
    dln_grid_cell(grid, dln_query_str(q, 8));
    dln_grid_cell(grid, dln_query_str(q, 0));
}

int dln_cmd_actors(int argc, char **argv)
{
    static const char *const heads[] = {"NAME", "KIND", "COUNTRY", "SECTOR",
                                        "REPORTS", "MENTIONS", "OFFICES",
                                        "ID", NULL};
    dln_cli_options o;
    int code = dln_cli_parse(&o, argc, argv, "by type", false, actors_usage);
    if (code >= 0)
        return code;
    return dln_cli_rows(&o, heads, actors_row, actors_sql, "zz", o.by,
                        o.type);
}
