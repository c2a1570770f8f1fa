/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sample (examples/karabakh) built through the engine, against what its
 * README says the record must show: one row of sample.tsv, one test. A row
 * marked `todo` is a known failure; `test_sample -m` prints the table with
 * the marks as they should be now.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "base/table.h"
#include "engine/build.h"
#include "store/store.h"
#include "tap.h"

#define MAX_ROWS 512

static dln_store *store;
static dln_arena *arena;
static dln_error error;
static dln_buf found;           /* what the record has instead */
static struct { dln_str id; dln_str event; } events[64];
static size_t event_count;

/* An actor, or one it belongs to, has this name. */
#define IS_ACTOR(id, name) \
    "EXISTS (WITH RECURSIVE up(x) AS (SELECT " id " UNION SELECT " \
    "a.parent_id FROM actor a JOIN up ON a.id = x) SELECT 1 FROM up JOIN " \
    "actor_name n ON n.actor_id = x WHERE lower(n.name) = lower(" name "))"
#define FILE_IS(r) " " r ".uri LIKE '%' || ?1 "

static dln_str sample_uri[32];

static void say(dln_str words)
{
    dln_buf_str(&found, words);
}

/* The first column of the first row; the rest of what the query gives goes
 * to `found`, a row as "a, b; ". */
static dln_str ask(const char *sql, const char *format, ...)
{
    dln_query *query = NULL;
    dln_str first = {NULL, 0};
    va_list values;
    va_start(values, format);
    if (dln_query_open(store, &query, sql, &error) != DLN_OK
        || dln_query_bind_list(query, format, values) != DLN_OK) {
        printf("Bail out! %s\n", error.text);
        exit(1);
    }
    va_end(values);
    while (dln_query_step(query) == DLN_OK) {
        if (!first.data)
            first = dln_arena_str(arena, dln_query_str(query, 0));
        for (int i = 0; i < dln_query_columns(query); i++) {
            say(i ? DLN_STR(", ") : DLN_STR(""));
            say(dln_query_null(query, i) ? DLN_STR("-")
                                         : dln_query_str(query, i));
        }
        say(DLN_STR("; "));
    }
    dln_query_close(query);
    return first;
}

static unsigned number_of(dln_str number)
{
    unsigned n = 0;
    for (size_t i = 0; i < number.len && n < 32; i++)
        n = n * 10 + (unsigned)(number.data[i] - '0');
    return n % 32;
}

static dln_str uri_of(dln_str number)
{
    return sample_uri[number_of(number)];
}

/* Where `words` stand in the report. */
static bool words_at(dln_str number, dln_str words, int64_t *start,
                     int64_t *end)
{
    dln_query *query = NULL;
    if (dln_query_open(store, &query, "SELECT r.text FROM report r WHERE"
                       FILE_IS("r"), &error) != DLN_OK)
        return false;
    bool got = dln_query_bind(query, "s", uri_of(number)) == DLN_OK
               && dln_query_step(query) == DLN_OK;
    if (got) {
        dln_str text = dln_query_str(query, 0);
        size_t at = dln_str_find(text, words, 0);
        got = at < text.len;
        *start = (int64_t)at;
        *end = (int64_t)(at + words.len);
    }
    dln_query_close(query);
    if (!got)
        say(DLN_STR("no such words; "));
    return got;
}

static bool listed(dln_str list, char sep, dln_str what)
{
    dln_str one;
    while (dln_str_cut(&list, sep, &one))
        if (dln_str_ieq(dln_str_trim(one), what))
            return true;
    return false;
}

/* --- reports ----------------------------------------------------------- */

static bool check_report(const dln_row *row)
{
    dln_str f[5];
    for (uint32_t i = 0; i < 5; i++)
        f[i] = dln_row_field(row, i + 4);
    return ask("SELECT r.outlet IS ?2 AND r.published IS ?3 AND "
               "r.published_basis IS coalesce(?4, 'unknown') AND "
               "r.dateline_place IS ?5 AND r.agency IS ?6, r.outlet, "
               "r.published, r.published_basis, r.dateline_place, r.agency "
               "FROM report r WHERE" FILE_IS("r"), "ssssss",
               dln_row_field(row, 3), f[0], f[1], f[2], f[3], f[4])
               .data && dln_str_starts(dln_buf_view(&found), DLN_STR("1"));
}

static bool check_copy(const dln_row *row)
{
    return dln_str_is(
        ask("SELECT a.lineage_id = b.lineage_id AND a.copy_of = b.id AND "
            "a.copy_kind = ?3, a.copy_kind, a.lineage_id, b.lineage_id FROM "
            "report a, report b WHERE a.uri LIKE '%' || ?1 AND "
            "b.uri LIKE '%' || ?2", "sss", uri_of(dln_row_field(row, 2)),
            uri_of(dln_row_field(row, 3)), dln_row_field(row, 4)), "1");
}

static bool check_lineages(const dln_row *row)
{
    return dln_str_eq(ask("SELECT count(DISTINCT lineage_id) FROM report",
                          ""), dln_row_field(row, 2));
}

static bool check_gone(const dln_row *row)
{
    return dln_str_is(ask("SELECT count(*) FROM report WHERE "
                          "instr(text, ?1)", "s", dln_row_field(row, 2)),
                      "0");
}

static bool check_sentence(const dln_row *row)
{
    int64_t a, b, c, d;
    dln_str number = dln_row_field(row, 2);
    return words_at(number, dln_row_field(row, 3), &a, &b)
           && words_at(number, dln_row_field(row, 4), &c, &d)
           && dln_str_is(
               ask("SELECT count(*) FROM sentence s JOIN report r ON "
                   "r.id = s.report_id WHERE" FILE_IS("r") "AND "
                   "span_start <= ?2 AND span_end >= ?3", "snn",
                   uri_of(number), a, d), "1");
}

static bool check_place(const dln_row *row)
{
    return dln_str_is(
        ask("SELECT count(*) FROM place_name a JOIN place_name b USING "
            "(place_id) WHERE a.name = ?1 AND b.name = ?2", "ss",
            dln_row_field(row, 2), dln_row_field(row, 3)), "0") == 0;
}

/* --- events ------------------------------------------------------------ */

static bool has_party(dln_str event, dln_str actor)
{
    size_t len = found.len;
    bool has = dln_str_is(
        ask("SELECT count(*) FROM event_party p WHERE p.event_id = ?1 AND "
            IS_ACTOR("p.actor_id", "?2"), "ss", event, actor), "0") == 0;
    found.len = len;
    return has;
}

static bool has_file(dln_str event, dln_str number)
{
    size_t len = found.len;
    bool has = dln_str_is(
        ask("SELECT count(*) FROM event_mention m JOIN report r ON "
            "r.id = m.report_id WHERE" FILE_IS("r") "AND m.event_id = ?2",
            "ss", uri_of(number), event), "0") == 0;
    found.len = len;
    return has;
}

static bool has_type(dln_str types, dln_str type, dln_str mode)
{
    dln_str one, want;
    while (dln_str_cut(&types, ',', &one)) {
        one = dln_str_trim(one);
        dln_str_cut(&one, ':', &want);
        if (dln_str_eq(want, type) && (!one.len || dln_str_eq(one, mode)))
            return true;
    }
    return false;
}

static int missing(dln_str list, char sep, dln_str event,
                   bool (*has)(dln_str, dln_str), bool tell)
{
    dln_str one;
    int lost = 0;
    while (dln_str_cut(&list, sep, &one)) {
        one = dln_str_trim(one);
        if (!one.len || has(event, one))
            continue;
        lost++;
        if (tell) {
            say(DLN_STR(" without "));
            say(one);
        }
    }
    return lost;
}

/* Fields from 3: types, start, end, parties, place, files. One event must
 * have it all; another with some of its files and a party is a second
 * telling that was not joined. */
static bool find_event(const dln_row *row, const char *status,
                       dln_str *best_id)
{
    dln_str f[9];
    for (uint32_t i = 0; i < 9; i++)
        f[i] = dln_row_field(row, i);
    dln_query *query = NULL;
    int least = 1000, full = 0, near = 0;
    *best_id = (dln_str){NULL, 0};
    if (dln_query_open(store, &query,
            "SELECT e.id, e.type, e.mode, e.place, e.summary, e.date_start, "
            "e.date_end FROM event_line e WHERE e.date_start >= ?1 AND "
            "(e.date_end <= ?2 OR ?2 IS NULL) AND polarity <> 'negated' AND "
            "instr(?3, e.status) ORDER BY e.id", &error) != DLN_OK)
        return false;
    dln_query_bind(query, "ssz", f[4], f[5], status);
    while (dln_query_step(query) == DLN_OK) {
        dln_str id = dln_arena_str(arena, dln_query_str(query, 0));
        dln_str place = dln_query_str(query, 3);
        if (!has_type(f[3], dln_query_str(query, 1), dln_query_str(query, 2))
            || (f[7].len && place.len && !dln_str_eq(place, f[7])))
            continue;
        dln_str parties = f[6], first;
        int files = missing(f[8], ' ', id, has_file, false);
        int lost = missing(parties, ';', id, has_party, false);
        int all = 0;
        while (dln_str_cut(&parties, ';', &first))
            all++;
        bool related = missing(f[8], ' ', id, has_file, false)
                       < (int)(f[8].len + 1) / 3 && (lost < all || !all);
        int score = files + lost + (f[7].len && !place.len);
        near += related;
        full += !score;
        if (score < least) {
            least = score;
            *best_id = id;
        }
        if (related || !score) {
            say(id);
            say(DLN_STR(" "));
            say(dln_query_str(query, 1));
            say(DLN_STR(" "));
            say(dln_query_str(query, 4));
            missing(f[6], ';', id, has_party, true);
            missing(f[8], ' ', id, has_file, true);
            if (f[7].len && !place.len)
                say(DLN_STR(" without place"));
            say(DLN_STR("; "));
        }
    }
    dln_query_close(query);
    if (!near)
        ask("SELECT type, status, polarity, summary FROM event WHERE "
            "date_start >= ?1 AND date_end <= coalesce(?2, ?1)", "ss", f[4],
            f[5]);
    return full == 1 && near == 1;
}

static bool check_event(const dln_row *row)
{
    dln_str id;
    bool fine = find_event(row, "actual ongoing historical", &id);
    events[event_count].id = dln_row_field(row, 2);
    events[event_count++].event = id;
    return fine;
}

static dln_str event_of(dln_str id)
{
    for (size_t i = 0; i < event_count; i++)
        if (dln_str_eq(events[i].id, id))
            return events[i].event;
    return (dln_str){NULL, 0};
}

static bool check_also(const dln_row *row)
{
    dln_str event = event_of(dln_row_field(row, 2));
    return event.len && !missing(dln_row_field(row, 3), ' ', event, has_file,
                                 true);
}

static bool check_independent(const dln_row *row)
{
    return dln_str_is(
        ask("SELECT independent BETWEEN ?2 AND ?3, independent FROM event "
            "WHERE id = ?1", "sss", event_of(dln_row_field(row, 2)),
            dln_row_field(row, 3), dln_row_field(row, 4)), "1");
}

static bool check_apart(const dln_row *row)
{
    dln_str list = dln_row_field(row, 2), one;
    dln_str seen[16];
    size_t count = 0;
    while (dln_str_cut(&list, ' ', &one) && count < 16) {
        seen[count] = event_of(one);
        if (!seen[count].len)
            return false;
        for (size_t i = 0; i < count; i++)
            if (dln_str_eq(seen[i], seen[count])) {
                say(one);
                say(DLN_STR(" is in another; "));
                return false;
            }
        count++;
    }
    return true;
}

/* An event says who, or where and when. */
static bool check_told(const dln_row *row)
{
    (void)row;
    return !ask("SELECT type, date_start, place, summary FROM event_line e "
                "WHERE NOT EXISTS (SELECT 1 FROM event_party p WHERE "
                "p.event_id = e.id) AND (date_start IS NULL OR "
                "place IS NULL)", "").data;
}

static bool check_no_party(const dln_row *row)
{
    dln_str event = event_of(dln_row_field(row, 2));
    return event.len && !has_party(event, dln_row_field(row, 3));
}

/* Fields as of an event, then "took place as" in 9 (or -). */
static bool check_plan(const dln_row *row)
{
    dln_str took = dln_row_field(row, 9), id;
    dln_str event = event_of(took);
    bool planned = find_event(row, "planned", &id);
    if (!dln_str_is(took, "-")) {
        if (planned && event.len)
            return dln_str_is(
                ask("SELECT count(*) FROM event_link WHERE ?1 IN "
                    "(from_event, to_event) AND ?2 IN (from_event, to_event) "
                    "AND kind = 'planned_as'", "ss", id, event), "1");
        return event.len && dln_str_is(
            ask("SELECT count(*) > 0 FROM event_mention m JOIN report r ON "
                "r.id = m.report_id WHERE" FILE_IS("r") "AND event_id = ?2 "
                "AND m.status = 'planned'", "ss",
                uri_of(dln_row_field(row, 8)), event), "1");
    }
    return planned && !find_event(row, "actual ongoing", &id);
}

/* --- figures ----------------------------------------------------------- */

#define FIGURE_AT \
    " FROM figure_line f JOIN report r ON r.id = f.report_id " \
    "JOIN figure g ON g.id = f.id WHERE" FILE_IS("r") \
    "AND f.span_start < ?3 AND f.span_end > ?2 "

static bool check_figure(const dln_row *row)
{
    int64_t start, end;
    dln_str number = dln_row_field(row, 2);
    dln_str quantity = dln_row_field(row, 4), relation = dln_row_field(row, 5);
    if (!words_at(number, dln_row_field(row, 3), &start, &end))
        return false;
    ask("SELECT f.quantity, f.relation, f.low, f.high, f.side, f.claimant, "
        "f.scope" FIGURE_AT, "snn", uri_of(number), start, end);
    size_t len = found.len;
    dln_str side = dln_row_field(row, 8), claimant = dln_row_field(row, 9);
    dln_str fine = ask(
        "SELECT count(*)" FIGURE_AT
        "AND instr(?4, f.quantity) AND f.relation = ?5 "
        "AND f.low IS CAST(?6 AS REAL) AND f.high IS CAST(?7 AS REAL) "
        "AND (?8 IS NULL OR " IS_ACTOR("f.side_id", "?8") ") "
        "AND CASE ?9 WHEN '-' THEN f.claimed_by IS NULL ELSE "
        "instr(CAST(substr(CAST(r.text AS BLOB), g.claim_start + 1, "
        "g.claim_end - g.claim_start) AS TEXT), ?9) OR "
        "EXISTS (SELECT 1 FROM actor_name n WHERE n.actor_id = f.claimed_by "
        "AND lower(n.name) = lower(?9)) END "
        "AND (?10 IS NULL OR f.scope = ?10)",
        "snnsssssss", uri_of(number), start, end, quantity, relation,
        dln_row_field(row, 6), dln_row_field(row, 7), side, claimant,
        dln_row_field(row, 10));
    found.len = len;
    return dln_str_is(fine, "1");
}

/* No figure there, or none of these quantities. */
static bool check_no_figure(const dln_row *row)
{
    int64_t start, end;
    dln_str number = dln_row_field(row, 2);
    return words_at(number, dln_row_field(row, 3), &start, &end)
           && dln_str_is(
               ask("SELECT count(*), f.quantity" FIGURE_AT
                   "AND (?4 IS NULL OR instr(?4, f.quantity))", "snns",
                   uri_of(number), start, end, dln_row_field(row, 4)), "0");
}

static bool check_series(const dln_row *row)
{
    dln_str list = dln_row_field(row, 5), one, series = {NULL, 0};
    int64_t start, end;
    while (dln_str_cut(&list, ';', &one)) {
        dln_str number;
        one = dln_str_trim(one);
        dln_str_cut(&one, ' ', &number);
        if (!words_at(number, one, &start, &end))
            return false;
        dln_str id = ask("SELECT f.series_id, f.quantity, f.about, f.low"
                         FIGURE_AT, "snn", uri_of(number), start, end);
        if (!id.len || (series.len && !dln_str_eq(id, series)))
            return false;
        series = id;
    }
    return dln_str_is(
        ask("SELECT disputed = ?2 AND (?3 IS NULL OR independent = ?3), "
            "disputed, independent FROM figure_series WHERE id = ?1", "sss",
            series, dln_row_field(row, 3), dln_row_field(row, 4)), "1");
}

/* --- statements -------------------------------------------------------- */

static bool check_statement(const dln_row *row)
{
    int64_t start, end;
    dln_str number = dln_row_field(row, 2), form = dln_row_field(row, 5);
    dln_str acts = dln_row_field(row, 6);
    if (!words_at(number, dln_row_field(row, 3), &start, &end))
        return false;
    dln_query *query = NULL;
    bool fine = false;
    if (dln_query_open(store, &query,
            "SELECT s.speakers, s.source, s.form, s.act, EXISTS (SELECT 1 "
            "FROM statement_speaker k JOIN actor_name n USING (actor_id) "
            "WHERE k.statement_id = s.id AND lower(n.name) = lower(?4)) "
            "FROM statement_line s JOIN report r ON r.id = s.report_id "
            "WHERE" FILE_IS("r") "AND s.span_start < ?3 AND s.span_end > ?2",
            &error) != DLN_OK)
        return false;
    dln_query_bind(query, "snns", uri_of(number), start, end,
                   dln_row_field(row, 4));
    while (dln_query_step(query) == DLN_OK) {
        dln_str source = dln_query_str(query, 1);
        fine |= (dln_query_int(query, 4)
                 || dln_str_find(source, dln_row_field(row, 4), 0)
                    < source.len)
                && listed(acts, ',', dln_query_str(query, 3))
                && (!form.len || dln_str_eq(form, dln_query_str(query, 2)));
        for (int i = 0; i < 4; i++) {
            say(dln_query_str(query, i));
            say(dln_str_of(i < 3 ? ", " : "; "));
        }
    }
    dln_query_close(query);
    return fine;
}

/* --- agreements -------------------------------------------------------- */

static bool check_agreement(const dln_row *row)
{
    dln_str list = dln_row_field(row, 3), one, agreement = {NULL, 0};
    int64_t start, end;
    while (dln_str_cut(&list, ';', &one)) {
        dln_str number;
        one = dln_str_trim(one);
        dln_str_cut(&one, ' ', &number);
        if (!words_at(number, one, &start, &end))
            return false;
        dln_str id = ask("SELECT agreement_id FROM agreement_mention m JOIN "
                         "report r ON r.id = m.report_id WHERE" FILE_IS("r")
                         "AND span_start < ?3 AND span_end > ?2", "snn",
                         uri_of(number), start, end);
        if (!id.len || (agreement.len && !dln_str_eq(id, agreement)))
            return false;
        agreement = id;
    }
    return agreement.len != 0;
}

static bool check_obligation(const dln_row *row)
{
    return dln_str_is(
        ask("SELECT count(*) FROM obligation o WHERE " IS_ACTOR(
            "o.debtor_id", "?1") " AND o.due_start IS ?2 AND "
            "instr(o.act || o.object, ?3)", "sss", dln_row_field(row, 3),
            dln_row_field(row, 4), dln_row_field(row, 5)), "1");
}

static bool check_mandate(const dln_row *row)
{
    return dln_str_is(
        ask("SELECT count(*) FROM mandate WHERE size_low <= ?1 AND "
            "size_high >= ?1 OR (?1 IS NULL AND size_low IS NULL)", "s",
            dln_row_field(row, 3)), "0") == 0;
}

static const struct {
    const char *kind;
    bool (*check)(const dln_row *row);
} kinds[] = {
    {"report", check_report}, {"copy", check_copy},
    {"lineages", check_lineages}, {"gone", check_gone},
    {"sentence", check_sentence}, {"place", check_place},
    {"event", check_event}, {"also", check_also},
    {"independent", check_independent}, {"apart", check_apart},
    {"no-party", check_no_party}, {"told", check_told}, {"plan", check_plan},
    {"figure", check_figure}, {"no-figure", check_no_figure},
    {"series", check_series}, {"statement", check_statement},
    {"agreement", check_agreement}, {"obligation", check_obligation},
    {"mandate", check_mandate},
};

static bool check_row(const dln_row *row)
{
    dln_buf_clear(&found);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dln_str_is(row->field[0], kinds[i].kind))
            return kinds[i].check(row);
    say(DLN_STR("no such kind of row"));
    return false;
}

/* A row that passes though marked is said, not failed: whoever mended it
 * takes the mark off when he comes by. */
static void tell(const dln_row *row, bool fine, size_t *counts)
{
    bool todo = dln_str_is(row->field[1], "todo");
    tap_count++;
    tap_failed += !fine && !todo;
    counts[fine ? 0 : todo ? 1 : 2]++;
    printf("%sok %d - %.*s %.*s %.*s%s\n", fine ? "" : "not ", tap_count,
           DLN_ARG(row->field[0]), DLN_ARG(row->field[2]),
           DLN_ARG(dln_row_field(row, 3)),
           fine || !todo ? "" : " # TODO known failure");
    if (fine && todo)
        printf("# line %u passes now: take its mark off\n", row->line);
    if (!fine)
        printf("#   found %.*s\n", DLN_ARG(dln_buf_view(&found)));
}

static void print_marks(dln_str text, const dln_table *table,
                        const bool *fine)
{
    dln_str line;
    uint32_t n = 0, next = 0;
    while (dln_str_cut(&text, '\n', &line)) {
        n++;
        if (next == table->count || table->rows[next].line != n) {
            if (text.len || line.len)
                printf("%.*s\n", DLN_ARG(line));
            continue;
        }
        dln_str kind, mark;
        dln_str_cut(&line, '\t', &kind);
        dln_str_cut(&line, '\t', &mark);
        printf("%.*s\t%s\t%.*s\n", DLN_ARG(kind),
               fine[next] ? "-" : "todo", DLN_ARG(line));
        next++;
    }
}

static char *path_of(const char *dir, const char *name)
{
    char *path = NULL;
    if (asprintf(&path, "%s/%s", dir, name) < 0)
        abort();
    return path;
}

static dln_status build_sample(const char *source, const char *sample,
                               const char *record)
{
    char *data = path_of(source, "data"), *models = path_of(source, "models");
    dln_engine_options options = {.size = sizeof options,
                                  .datadir = data,
                                  .models = models};
    dln_build_options job = {.size = sizeof job, .out = record, .jobs = 1};
    dln_build_result result = {0};
    dln_engine *engine = NULL;
    dln_status status = dln_engine_open(&engine, &options, &error);
    if (status == DLN_OK)
        status = dln_engine_build(engine, &sample, 1, &job, &result, &error);
    if (status == DLN_OK)
        status = dln_store_open(&store, record, &error);
    dln_engine_close(engine);
    free(data);
    free(models);
    return status;
}

int main(int argc, char **argv)
{
    const char *source = getenv("DATELINE_SOURCE");
    bool marks = argc > 1 && !strcmp(argv[1], "-m");
    char dir[] = "/tmp/dateline-sample-XXXXXX";
    if (!source || !mkdtemp(dir))
        return 1;
    char *sample = path_of(source, "examples/karabakh");
    char *expected = path_of(source, "tests/unit/engine/sample.tsv");
    char *record = path_of(dir, "record");
    dln_table table;
    static bool fine[MAX_ROWS];
    size_t counts[3] = {0};
    arena = dln_arena_new(64 << 20);
    dln_buf_init(&found, 1 << 20);
    if (build_sample(source, sample, record) != DLN_OK
        || dln_table_read(&table, arena, expected, 3, &error) != DLN_OK
        || table.count > MAX_ROWS) {
        printf("Bail out! %s\n", error.text);
        return 1;
    }
    for (uint32_t i = 0; i < table.count; i++) {
        const dln_row *row = &table.rows[i];
        if (dln_str_is(row->field[0], "report"))
            sample_uri[number_of(row->field[2])] =
                dln_row_field(row, 3);
        fine[i] = check_row(row);
        if (!marks)
            tell(row, fine[i], counts);
    }
    if (marks) {
        dln_buf_clear(&found);
        if (dln_io_read(&found, expected, &error) == DLN_OK)
            print_marks(dln_buf_view(&found), &table, fine);
    } else {
        printf("# %zu rows right, %zu known failures, %zu new failures\n",
               counts[0], counts[1], counts[2]);
    }
    dln_store_close(store);
    dln_buf_release(&found);
    dln_arena_free(arena);
    unlink(record);
    rmdir(dir);
    free(sample);
    free(expected);
    free(record);
    return marks ? 0 : done();
}
