/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the reports of a story say of its event taken together: the day, the
 * place, how many were killed and wounded. Every lineage has one vote for
 * each, that of its first report; for tolls that of its last, which has the
 * later number. A report's vote for a day goes to the days
 * its events of the story's main kind are of and to those it tells first; a
 * day after the story's first report cannot be the event's, and reports that
 * come days later weigh half. Its vote for a place goes to the town of its
 * dateline and to those it names first. Its toll is the largest that counts
 * all and not another event's dead. Equal votes go to the later day, the
 * larger toll.
 *
 * Method: slots filled by voting across a cluster, after NEXUS (Tanev and
 * others 2008). Limits: a report of many events gives its largest toll.
 */
#include <math.h>
#include <stdlib.h>

#include "reconcile/stories_p.h"

#define BALLOT 8u           /* days or places of one report */
#define VOTES 96u           /* of a story */
#define LEAD 600u           /* bytes */
#define TOLD 1500u          /* bytes in which a second day still counts */
#define BACK 30             /* days an event told first may lie back */
#define LATE 4              /* days after which a report weighs half */

typedef struct choice {
    uint64_t what;
    double weight;
} choice;

typedef struct ballot {
    choice at[BALLOT];
    uint32_t count;
} ballot;

typedef struct testimony {  /* of one report */
    ballot days, places;
    int32_t killed, wounded;    /* -1 unknown */
    uint32_t told, towns;       /* days and towns seen so far */
    uint32_t next;              /* report of the same story */
    uint32_t events;            /* of the main kind seen so far */
} testimony;

typedef struct facts {
    dln_case *c;
    const uint32_t *story;
    testimony *of;          /* [report] */
    uint32_t *kind;         /* [story] main kind of event, in `kinds` */
    dln_map kinds, towns;
    choice votes[VOTES];
    uint32_t vote_count;
} facts;

static void mark(ballot *b, uint64_t what, double weight)
{
    for (uint32_t i = 0; i < b->count; i++)
        if (b->at[i].what == what) {
            b->at[i].weight += weight;
            return;
        }
    if (b->count < BALLOT)
        b->at[b->count++] = (choice){what, weight};
}

static uint64_t of_day(int32_t day)
{
    return (uint64_t)((int64_t)day + 4000000);
}

static int32_t to_day(uint64_t what)
{
    return (int32_t)((int64_t)what - 4000000);
}

static void take_kind(void *user, uint32_t report, const dln_query *q)
{
    facts *k = user;
    uint32_t *kind = &k->kind[k->story[report]];
    if (*kind == DLN_NONE)
        *kind = dln_map_intern(&k->kinds, dln_query_str(q, 1));
}

/* Rows: report, kind of event, day. */
static void take_event(void *user, uint32_t report, const dln_query *q)
{
    facts *k = user;
    testimony *t = &k->of[report];
    dln_interval when = dln_query_interval(q, 2);
    if (dln_map_get(&k->kinds, dln_query_str(q, 1))
        == k->kind[k->story[report]])
        mark(&t->days, of_day(when.start), 2.0 / ++t->events);
}

/* Rows: report, day, where in the text. */
static void take_told(void *user, uint32_t report, const dln_query *q)
{
    facts *k = user;
    testimony *t = &k->of[report];
    int32_t day = dln_query_interval(q, 1).start;
    int32_t published = k->c->reports.at[report].day;
    if (t->told > 3 || (t->told && dln_query_int(q, 4) > (int64_t)TOLD)
        || (published != DLN_NO_DAY
            && (day > published || published - day > BACK)))
        return;
    mark(&t->days, of_day(day), 1.5 / ++t->told);
}

/* Rows: report, town, where; the dateline's at -1. */
static void take_town(void *user, uint32_t report, const dln_query *q)
{
    facts *k = user;
    testimony *t = &k->of[report];
    int64_t where = dln_query_int(q, 2);
    uint32_t town = dln_map_intern(&k->towns, dln_query_str(q, 1));
    double early = where < (int64_t)LEAD ? 0.3 : 0.1;
    mark(&t->places, town, where < 0 ? 2 : 1.0 / ++t->towns + early);
}

static void take_toll(void *user, uint32_t report, const dln_query *q)
{
    facts *k = user;
    testimony *t = &k->of[report];
    double number = dln_query_double(q, 2);
    int32_t *at = dln_str_is(dln_query_str(q, 1), "killed") ? &t->killed
                                                            : &t->wounded;
    if (number >= 0 && number < 1e9 && (int32_t)number > *at)
        *at = (int32_t)number;
}

static dln_status read_all(facts *k)
{
    /* The kind told most in the leads of a story, by name if equal; an
     * assault outweighs what was said and done about it. */
    DLN_TRY(dln_rec__each(
        k->c, "SELECT min(m.report_id), m.type FROM event_mention m "
        "JOIN report r ON r.id = m.report_id WHERE m.span_start < 600 "
        "AND m.polarity = 'asserted' AND m.status IN ('actual', 'ongoing', "
        "'historical') GROUP BY r.story_id, m.type "
        "ORDER BY r.story_id, count(*) * CASE m.type WHEN 'ASSAULT' THEN 3 "
        "ELSE 1 END DESC, m.type", take_kind, k));
    DLN_TRY(dln_rec__each(
        k->c, "SELECT report_id, type, date_start, date_end, date_precision "
        "FROM event_mention WHERE polarity = 'asserted' AND status IN "
        "('actual', 'ongoing', 'historical') AND date_start = date_end "
        "ORDER BY report_id, span_start, id", take_event, k));
    DLN_TRY(dln_rec__each(
        k->c, "SELECT report_id, date_start, date_end, date_precision, "
        "span_start FROM time_mention WHERE date_start = date_end AND type "
        "IN ('DATE', 'TIME') ORDER BY report_id, span_start, id",
        take_told, k));
    DLN_TRY(dln_rec__each(
        k->c, "SELECT * FROM (SELECT m.report_id AS report, p.id, m.span_start "
        "AS at FROM place_mention m JOIN place p ON p.id = m.place_id "
        "WHERE p.precision = 'city' UNION ALL SELECT r.id, p.id, -1 "
        "FROM report r JOIN place p ON p.id = r.place_id WHERE p.precision "
        "= 'city') ORDER BY report, at", take_town, k));
    return dln_rec__each(
        k->c, "SELECT report_id, quantity, coalesce(low, high) FROM figure "
        "WHERE quantity IN ('killed', 'wounded') AND scope NOT IN "
        "('increment', 'other_event') ORDER BY report_id, id", take_toll, k);
}

static void vote(facts *k, uint64_t what, double weight)
{
    for (uint32_t i = 0; i < k->vote_count; i++)
        if (k->votes[i].what == what) {
            k->votes[i].weight += weight;
            return;
        }
    if (k->vote_count < VOTES)
        k->votes[k->vote_count++] = (choice){what, weight};
}

/* The choice with most votes, the greater of equal ones. */
static uint64_t winner(const facts *k, uint64_t none)
{
    uint64_t best = none;
    double most = 0;
    for (uint32_t i = 0; i < k->vote_count; i++)
        if (k->votes[i].weight > most + 1e-9
            || (k->votes[i].weight > most - 1e-9 && k->votes[i].what > best
                && most > 0)) {
            most = k->votes[i].weight;
            best = k->votes[i].what;
        }
    return best;
}

static void cast(facts *k, const ballot *b, double weight, int32_t last_day)
{
    double all = 0;
    for (uint32_t i = 0; i < b->count; i++)
        if (last_day == DLN_NO_DAY || to_day(b->at[i].what) <= last_day)
            all += b->at[i].weight;
    for (uint32_t i = 0; i < b->count; i++)
        if (last_day == DLN_NO_DAY || to_day(b->at[i].what) <= last_day)
            vote(k, b->at[i].what, weight * b->at[i].weight / all);
}

/* Has a report from `from` to before `end` this one's lineage? */
static bool told_in(const facts *k, uint32_t report, uint32_t from,
                    uint32_t end)
{
    const dln_case *c = k->c;
    uint32_t origin = c->reports.at[report].origin, seen = 0;
    for (uint32_t r = from; r != end && r != DLN_NONE && seen++ < 64;
         r = k->of[r].next)
        if (c->reports.at[r].origin == origin)
            return true;
    return false;
}

static int64_t settle_toll(facts *k, uint32_t first, bool killed)
{
    bool any = false;
    k->vote_count = 0;
    for (uint32_t r = first; r != DLN_NONE; r = k->of[r].next) {
        int32_t toll = killed ? k->of[r].killed : k->of[r].wounded;
        if (told_in(k, r, k->of[r].next, DLN_NONE))
            continue;
        any = any || toll >= 0;
        vote(k, (uint64_t)(toll > 0 ? toll : 0), 1);
    }
    return any ? (int64_t)winner(k, 0) : -1;
}

typedef struct found {
    int32_t day;
    const char *basis;
    dln_str place;
} found;

static found settle(facts *k, uint32_t first)
{
    const dln_case *c = k->c;
    int32_t start = c->reports.at[first].day;
    found out = {.day = DLN_NO_DAY, .basis = ""};
    k->vote_count = 0;
    for (uint32_t r = first; r != DLN_NONE; r = k->of[r].next) {
        int32_t day = c->reports.at[r].day;
        bool soon = start == DLN_NO_DAY || day == DLN_NO_DAY
                    || day - start <= LATE;
        if (!told_in(k, r, first, r))
            cast(k, &k->of[r].days, soon ? 1 : 0.5, start);
    }
    if (k->vote_count) {
        out.day = to_day(winner(k, 0));
        out.basis = "told";
    } else if (start != DLN_NO_DAY) {
        out.day = start;
        out.basis = "published";
    }
    k->vote_count = 0;
    for (uint32_t r = first; r != DLN_NONE; r = k->of[r].next)
        if (!told_in(k, r, first, r))
            cast(k, &k->of[r].places, 1, DLN_NO_DAY);
    uint64_t town = winner(k, UINT64_MAX);
    if (k->vote_count)
        out.place = k->towns.at[town].key;
    return out;
}

static dln_status write(facts *k, uint32_t first, dln_query *q)
{
    char id[32], day[11];
    dln_rec__story_id(k->c, first, id);
    found f = settle(k, first);
    dln_day_text(day, f.day);
    int64_t killed = settle_toll(k, first, true);
    int64_t wounded = settle_toll(k, first, false);
    return dln_query_run(q, "zzzsdd", id, day, f.basis, f.place,
                         killed < 0 ? (double)NAN : (double)killed,
                         wounded < 0 ? (double)NAN : (double)wounded);
}

static dln_status write_all(facts *k)
{
    dln_case *c = k->c;
    dln_query *q;
    DLN_TRY(dln_query_open(
        c->store, &q, "UPDATE story SET day = ?2, day_basis = ?3, "
        "place_id = ?4, killed = CAST(?5 AS INTEGER), "
        "wounded = CAST(?6 AS INTEGER) WHERE id = ?1", c->error));
    dln_status status = DLN_OK;
    for (uint32_t r = 0; status == DLN_OK && r < c->reports.count; r++)
        if (k->story[r] == r)
            status = write(k, r, q);
    dln_query_close(q);
    return status;
}

dln_status dln_rec__facts(dln_case *c)
{
    facts *k = dln_arena_alloc(c->arena, sizeof *k);
    uint32_t count = c->reports.count;
    testimony *of = dln_arena_array(c->arena, count + 1, sizeof *of);
    uint32_t *rows = dln_arena_array(c->arena, 2 * ((size_t)count + 1),
                                     sizeof *rows);
    if (!k || !of || !rows)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    *k = (facts){.c = c, .story = c->story, .of = of, .kind = rows};
    uint32_t *last = rows + count + 1;
    dln_map_init(&k->kinds, c->arena);
    dln_map_init(&k->towns, c->arena);
    memset(rows, 0xFF, 2 * ((size_t)count + 1) * sizeof *rows);
    for (uint32_t r = 0; r < count; r++) {
        of[r].killed = of[r].wounded = -1;
        of[r].next = DLN_NONE;
        if (last[c->story[r]] != DLN_NONE)
            of[last[c->story[r]]].next = r;
        last[c->story[r]] = r;
    }
    DLN_TRY(read_all(k));
    return write_all(k);
}
