/* SPDX-License-Identifier: Apache-2.0 */
/*
 * show: a row of the record with all its evidence, and why each field was
 * decided. An id may be cut short as long as it names one row.
 *
 * A kind of row is a few queries: the row itself (its columns are printed as
 * "name value"), lists that belong to it, and its evidence, one row a place
 * in a report, printed with the quote marked in its sentence.
 */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/rows.h"

typedef struct list {
    const char *name;       /* heading, and the field with --json */
    const char *sql;        /* ?1 is the id */
} list;

typedef struct kind {
    char letter;            /* ids are this letter and 16 hex digits, or */
    const char *table;      /* ... readable keys, for letter 0 */
    const char *row;        /* SQL, ?1 is the id */
    list lists[6];
    const char *evidence;   /* SQL, see EVIDENCE */
} kind;

/* Bytes [s, e) of the report's text. */
#define QUOTE(s, e)                                                     \
    "CAST(substr(CAST(r.text AS BLOB), " s " + 1, " e " - " s ") AS TEXT)"
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

enum { E_ID, E_REPORT, E_URI, E_OUTLET, E_AGENCY, E_TITLE, E_PUBLISHED,
       E_BASIS, E_LINEAGE, E_COPY, E_START, E_END, E_QUOTE, E_BEFORE,
       E_MARKED, E_AFTER, E_WHY, E_DETAIL };

static const kind kinds[] = {
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
       " WHERE f.event_id = ?1 ORDER BY f.quantity, f.id"}},
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
};
#define KINDS (sizeof kinds / sizeof *kinds)
#define LISTS (sizeof kinds->lists / sizeof *kinds->lists)

static const char usage[] =
    "usage: dateline show RECORD ID [--json]\n"
    "A row of the record with all its evidence: every place in a report, the\n"
    "quote marked in its sentence, and why each field was decided. ID is an\n"
    "event, event mention, statement, figure, figure series, time, actor,\n"
    "place or report; ids of digits may be cut short.\n";

/* Rows of `k` whose id is or begins with `given`: their number, up to 2;
 * the first one's id in `id`. */
static dln_status look_up(dln_store *store, const kind *k, dln_str given,
                          char id[256], int *count, dln_error *error)
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
            snprintf(id, 256, "%.*s", DLN_ARG(dln_query_str(query, 0)));
    }
    dln_query_close(query);
    return status == DLN_END ? DLN_OK : status;
}

/* --- for people ------------------------------------------------------- */

static void print_value(const dln_query *q, int c)
{
    if (dln_query_type(q, c) == 'd')
        printf("%.12g", dln_query_double(q, c));
    else
        printf("%.*s", DLN_ARG(dln_query_str(q, c)));
}

static void print_fields(const dln_query *q)
{
    for (int c = 0; c < dln_query_columns(q); c++) {
        if (dln_query_null(q, c) || !dln_query_str(q, c).len)
            continue;
        printf("%-20s ", dln_query_name(q, c));
        print_value(q, c);
        putchar('\n');
    }
}

static void print_item(const dln_query *q)
{
    fputs(" ", stdout);
    for (int c = 0; c < dln_query_columns(q); c++) {
        if (dln_query_null(q, c) || !dln_query_str(q, c).len)
            continue;
        printf(" %s ", c ? dln_query_name(q, c) : "");
        print_value(q, c);
    }
    putchar('\n');
}

static void print_evidence(const dln_query *q, int number)
{
    dln_str published = dln_query_str(q, E_PUBLISHED);
    dln_str outlet = dln_query_str(q, E_OUTLET);
    dln_str copy = dln_query_str(q, E_COPY);
    printf("[%d] %.*s, %.*s", number,
           DLN_ARG(outlet.len ? outlet : dln_query_str(q, E_URI)),
           DLN_ARG(published.len ? published : DLN_STR("undated")));
    if (dln_query_str(q, E_TITLE).len)
        printf(": %.*s", DLN_ARG(dln_query_str(q, E_TITLE)));
    if (copy.len)
        printf(" (%.*s copy)", DLN_ARG(copy));
    printf("\n    %.*s%s%.*s%s%.*s\n", DLN_ARG(dln_query_str(q, E_BEFORE)),
           dln_cli_mark(true), DLN_ARG(dln_query_str(q, E_MARKED)),
           dln_cli_mark(false), DLN_ARG(dln_query_str(q, E_AFTER)));
    if (dln_query_str(q, E_WHY).len)
        printf("    why: %.*s\n", DLN_ARG(dln_query_str(q, E_WHY)));
    if (dln_query_str(q, E_DETAIL).len)
        printf("    and: %.*s\n", DLN_ARG(dln_query_str(q, E_DETAIL)));
    printf("    %.*s bytes %lld-%lld of %.*s\n",
           DLN_ARG(dln_query_str(q, E_ID)),
           (long long)dln_query_int(q, E_START),
           (long long)dln_query_int(q, E_END),
           DLN_ARG(dln_query_str(q, E_REPORT)));
}

/* --- both ------------------------------------------------------------- */

typedef enum part { PART_ROW, PART_LIST, PART_EVIDENCE } part;

static dln_status print_part(dln_store *store, const char *sql, dln_str id,
                             part what, const char *name, dln_json *json,
                             dln_error *error)
{
    dln_query *query = NULL;
    dln_status status;
    int rows = 0;
    DLN_TRY(dln_query_open(store, &query, sql, error));
    status = dln_query_bind(query, "S", id);
    if (json && what != PART_ROW) {
        dln_json_key(json, name);
        dln_json_array(json);
    }
    while (status == DLN_OK
           && (status = dln_query_step(query)) == DLN_OK) {
        rows++;
        if (json && what == PART_ROW)
            dln_cli_json_fields(json, query);
        else if (json)
            dln_cli_json_row(json, query);
        else if (what == PART_ROW)
            print_fields(query);
        else {
            if (rows == 1)
                printf("\n%s\n", name);
            if (what == PART_LIST)
                print_item(query);
            else
                print_evidence(query, rows);
        }
    }
    if (json && what != PART_ROW)
        dln_json_close(json);
    dln_query_close(query);
    return status == DLN_END ? DLN_OK : status;
}

static dln_status show(dln_store *store, const kind *k, dln_str id,
                       dln_json *json, dln_error *error)
{
    if (json)
        dln_json_object(json);
    DLN_TRY(print_part(store, k->row, id, PART_ROW, k->table, json, error));
    for (size_t i = 0; i < LISTS && k->lists[i].sql; i++)
        DLN_TRY(print_part(store, k->lists[i].sql, id, PART_LIST,
                           k->lists[i].name, json, error));
    if (k->evidence)
        DLN_TRY(print_part(store, k->evidence, id, PART_EVIDENCE, "evidence",
                           json, error));
    if (json)
        dln_json_close(json);
    return DLN_OK;
}

static dln_status find_and_show(dln_store *store, dln_str given, bool json,
                                dln_error *error)
{
    char id[256];
    int count = 0;
    for (size_t i = 0; i < KINDS && !count; i++) {
        const kind *k = &kinds[i];
        if (k->letter && (!given.len || given.data[0] != k->letter))
            continue;
        DLN_TRY(look_up(store, k, given, id, &count, error));
        if (count > 1)
            return dln_fail(error, DLN_BADARG,
                            "%.*s names more than one row; give more digits",
                            DLN_ARG(given));
        if (!count)
            continue;
        dln_buf out;
        dln_json writer;
        dln_buf_init(&out, 0);
        dln_json_init(&writer, &out);
        dln_status status = show(store, k, dln_str_of(id),
                                 json ? &writer : NULL, error);
        if (json && status == DLN_OK)
            printf("%.*s\n", (int)out.len, out.data);
        dln_buf_release(&out);
        return status;
    }
    return dln_fail(error, DLN_NOINPUT, "no row %.*s in the record",
                    DLN_ARG(given));
}

int dln_cmd_show(int argc, char **argv)
{
    dln_cli_options o;
    dln_store *store = NULL;
    dln_error error = {DLN_OK, ""};
    int code = dln_cli_parse(&o, argc, argv, "", true, usage);
    if (code >= 0)
        return code;
    dln_status status = dln_store_open(&store, o.record, &error);
    if (status == DLN_OK)
        status = find_and_show(store, dln_str_of(o.argument), o.json,
                               &error);
    if (status != DLN_OK)
        dln_cli_say("%s", error.text);
    dln_store_close(store);
    return dln_cli_exit(status);
}
