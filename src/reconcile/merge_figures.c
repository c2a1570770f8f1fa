/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Figures → series: numbers of different reports that count the same thing
 * (quantity, side, about the same time or event), so that what they disagree
 * on is seen. A series is disputed when the last words of two claimants
 * cannot both be true: "more than 7,000" and "2,783" cannot, "more than
 * 1,200" and "2,317" can. What one claimant corrects from day to day is no
 * dispute, nor is a count that grew while reports told it themselves.
 *
 * Two different numbers that one report gives in its own name count
 * different things; numbers without a side join only when they are close.
 * Parts and increments belong to a series but do not speak on its total.
 * Durations, sums and areas join only when equal.
 *
 * Limits: which war or incident a total is about is known only through its
 * event or date; a total told again years later begins a series of its own.
 */
#include <math.h>
#include <stdlib.h>

#include "reconcile/reconcile_p.h"

#define LIST 128u
#define GAP 45              /* days between figures of one series */
#define STANDING 1100       /* the same for what stands: troops, people */
#define RATIO 12.0          /* largest number over smallest */
#define ENOUGH 2.5
#define MAX_CLAIMS 32u

typedef enum fig_scope { FIG_TOTAL, FIG_INCREMENT, FIG_SUBSET, FIG_OTHER }
    fig_scope;

typedef struct fig {
    dln_str id;
    uint32_t report, start;
    uint32_t quantity, unit, status, event;     /* in `words` */
    uint32_t side, claimant;    /* roots; DLN_NONE */
    uint32_t side_actor;
    double low, high;           /* what the words allow; infinite ends */
    double number;              /* as said */
    fig_scope scope;
    int32_t from, to;           /* days it speaks of, or DLN_NO_DAY */
    bool own_date;              /* not just the report's */
    uint32_t series, next;
    dln_str why;
} fig;

typedef struct series {
    uint32_t first, last;       /* figs */
    uint32_t quantity, unit, status, event, side, side_actor;
    int32_t from, to;
    bool own_date;
    double smallest, largest;
} series;

typedef struct entry {
    uint32_t series, next;
} entry;

typedef struct figures {
    dln_case *c;
    dln_map words;
    DLN_VEC(fig) figs;
    DLN_VEC(series) all;
    rec_hashes lists;
    DLN_VEC(entry) entries;
    uint32_t standing, equal_only;  /* bit sets of quantities */
} figures;

static uint32_t word(figures *k, dln_str text)
{
    return text.len ? dln_map_intern(&k->words, text) : DLN_NONE;
}

/* What the words allow: [low, high]. */
static void bounds(fig *f, dln_str relation)
{
    double low = isnan(f->low) ? f->high : f->low;
    double high = isnan(f->high) ? f->low : f->high;
    f->number = isnan(f->low) ? f->high : f->low;
    f->low = low;
    f->high = high;
    if (dln_str_is(relation, "about")) {
        f->low = low * 0.9;
        f->high = high * 1.1;
    } else if (dln_str_is(relation, "more_than")
               || dln_str_is(relation, "at_least")) {
        f->high = (double)INFINITY;
    } else if (dln_str_is(relation, "less_than")
               || dln_str_is(relation, "at_most")) {
        f->low = 0;
    }
}

static fig_scope scope_of(dln_str text)
{
    return dln_str_is(text, "increment") ? FIG_INCREMENT
           : dln_str_is(text, "subset") ? FIG_SUBSET
           : dln_str_is(text, "other_event") ? FIG_OTHER : FIG_TOTAL;
}

static void set_time(figures *k, fig *f, dln_interval event,
                     dln_interval as_of)
{
    dln_interval when = event.start != DLN_NO_DAY ? event : as_of;
    f->own_date = when.start != DLN_NO_DAY;
    f->from = when.start;
    f->to = when.end != DLN_NO_DAY ? when.end : when.start;
    if (!f->own_date && f->scope != FIG_OTHER)
        f->from = f->to = k->c->reports.at[f->report].day;
}

static uint32_t root_of(const dln_case *c, dln_str actor)
{
    uint32_t at = dln_map_get(&c->actor_of, actor);
    return at == DLN_NONE ? DLN_NONE : c->actors.at[at].root;
}

static dln_status read_figures(figures *k)
{
    dln_case *c = k->c;
    dln_query *q;
    DLN_TRY(dln_query_open(
        c->store, &q, "SELECT f.id, f.report_id, f.span_start, f.quantity, "
        "f.relation, f.low, f.high, f.unit, f.side_id, f.status, f.scope, "
        "f.as_of, f.as_of_end, f.as_of_precision, f.claimed_by, f.event_id, "
        "m.date_start, m.date_end, m.date_precision FROM figure f "
        "LEFT JOIN event_mention m ON m.id = f.event_mention_id "
        "ORDER BY f.id", c->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        fig *f = DLN_VEC_PUSH(c->arena, &k->figs);
        if (!f)
            break;
        *f = (fig){
            .id = dln_arena_str(c->arena, dln_query_str(q, 0)),
            .report = dln_map_get(&c->report_of, dln_query_str(q, 1)),
            .start = dln_query_index(q, 2),
            .quantity = word(k, dln_query_str(q, 3)),
            .low = dln_query_double(q, 5), .high = dln_query_double(q, 6),
            .unit = word(k, dln_query_str(q, 7)),
            .side = root_of(c, dln_query_str(q, 8)),
            .side_actor = dln_map_get(&c->actor_of, dln_query_str(q, 8)),
            .status = word(k, dln_query_str(q, 9)),
            .scope = scope_of(dln_query_str(q, 10)),
            .claimant = root_of(c, dln_query_str(q, 14)),
            .event = word(k, dln_query_str(q, 15)),
            .series = DLN_NONE, .next = DLN_NONE,
        };
        bounds(f, dln_query_str(q, 4));
        if (f->report == DLN_NONE)
            k->figs.count--;
        else
            set_time(k, f, dln_query_interval(q, 16),
                     dln_query_interval(q, 11));
    }
    dln_query_close(q);
    return status == DLN_END ? DLN_OK : status;
}

static int canonical(const void *a, const void *b)
{
    const fig *x = a, *y = b;
    if (x->scope != y->scope)
        return x->scope < y->scope ? -1 : 1;
    if (x->report != y->report)
        return x->report < y->report ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return dln_str_cmp(x->id, y->id);
}

static bool agree(const fig *a, const fig *b)
{
    return a->low <= b->high && b->low <= a->high;
}

/* Days between a figure and a series; -1: one has no date. */
static int32_t days_between(const fig *f, const series *s)
{
    if (f->from == DLN_NO_DAY || s->from == DLN_NO_DAY)
        return -1;
    return f->from > s->to ? f->from - s->to
           : s->from > f->to ? s->from - f->to : 0;
}

typedef struct company {    /* a figure among those of a series */
    bool agrees;            /* with one of them */
    bool close;             /* within a tenth of one of them */
    bool near;              /* within a fifth */
    bool twin;              /* of a copy of its report, same number */
    bool clash;             /* its own report says otherwise */
    bool together;          /* same report */
} company;

static company compare(const figures *k, const fig *f, const series *s)
{
    const dln_case *c = k->c;
    company out = {0};
    uint32_t origin = c->reports.at[f->report].origin, n = 0;
    for (uint32_t i = s->first; i != DLN_NONE && n < LIST;
         i = k->figs.at[i].next, n++) {
        const fig *g = &k->figs.at[i];
        bool same = agree(f, g);
        out.agrees = out.agrees || same;
        out.close = out.close
                    || fabs(g->number - f->number)
                           <= 0.1 * fmax(g->number, f->number);
        out.near = out.near
                   || fabs(g->number - f->number)
                          <= 0.2 * fmax(g->number, f->number);
        out.together = out.together || g->report == f->report;
        out.twin = out.twin || (g->number == f->number
                                && g->report != f->report
                                && c->reports.at[g->report].origin
                                       == origin);
        out.clash = out.clash
                    || (g->report == f->report && !same
                        && g->claimant == f->claimant
                        && g->scope != FIG_SUBSET && f->scope != FIG_SUBSET
                        && g->scope != FIG_INCREMENT
                        && f->scope != FIG_INCREMENT);
    }
    return out;
}

static bool has(uint32_t set, uint32_t quantity)
{
    return quantity < 32 && (set >> quantity & 1);
}

/* How well the figure fits; below ENOUGH: not at all. */
static double fit(const figures *k, const fig *f, const series *s)
{
    double score = 0;
    company with = compare(k, f, s);
    int32_t days = days_between(f, s);
    bool part = f->scope == FIG_SUBSET || f->scope == FIG_INCREMENT;
    if (f->quantity != s->quantity || with.clash
        || (f->unit != s->unit && f->unit != DLN_NONE
            && s->unit != DLN_NONE)
        || (f->status != s->status && f->status != DLN_NONE
            && s->status != DLN_NONE && !part)
        || (f->side != s->side && f->side != DLN_NONE
            && s->side != DLN_NONE))
        return 0;
    if (with.twin)
        return 9;
    if (has(k->equal_only, f->quantity) && !with.agrees)
        return 0;
    double top = f->number > s->largest ? f->number : s->largest;
    double least = f->number < s->smallest ? f->number : s->smallest;
    if (!part && least > 0 && top / least > RATIO)
        return 0;
    bool same_event = f->event != DLN_NONE && f->event == s->event;
    /* Tolls of two events that are days apart, however equal. */
    if (!same_event && f->event != DLN_NONE && s->event != DLN_NONE
        && days > 3 && !has(k->standing, f->quantity))
        return 0;
    int32_t gap = has(k->standing, f->quantity) ? STANDING : GAP;
    if (!same_event && days > gap)
        return 0;
    if (!same_event && f->own_date && s->own_date && days > 3
        && !has(k->standing, f->quantity) && !with.agrees)
        return 0;
    if (f->scope == FIG_OTHER && !f->own_date && !same_event
        && !with.agrees)
        return 0;
    score += same_event ? 3 : 0;
    score += f->side != DLN_NONE && f->side == s->side ? 2
             : f->side == s->side ? 0.5 : 0;
    score += days < 0 ? 0 : days <= 3 ? 1.5 : 1;
    score += with.agrees ? 1.5 : 0;
    /* Whose they are not both say: the number itself must tell. */
    bool sided = f->side != DLN_NONE && f->side == s->side;
    bool dated = f->own_date && s->own_date && days == 0;
    if (!sided && !same_event
        && !(with.agrees && (with.close || (dated && with.near))))
        return 0;
    return score;
}

static uint64_t key_of(uint32_t quantity, uint32_t side)
{
    uint32_t parts[] = {quantity, side};
    return dln_hash(parts, sizeof parts, 0);
}

static void look(const figures *k, const fig *f, uint64_t key,
                 uint32_t *best, double *score)
{
    uint32_t at = dln_rec__hashes_get(&k->lists, key);
    for (uint32_t n = 0; at != DLN_NONE && n < LIST; n++) {
        uint32_t s = k->entries.at[at].series;
        double fits = fit(k, f, &k->all.at[s]);
        at = k->entries.at[at].next;
        if (fits > *score || (fits == *score && s < *best)) {
            *score = fits;
            *best = s;
        }
    }
}

static bool list(figures *k, uint64_t key, uint32_t series_at)
{
    uint32_t fresh = k->entries.count;
    uint32_t *first = dln_rec__hashes_at(&k->lists, key, fresh);
    entry *e = DLN_VEC_PUSH(k->c->arena, &k->entries);
    if (!first || !e)
        return false;
    *e = (entry){series_at, *first == fresh ? DLN_NONE : *first};
    *first = fresh;
    return true;
}

static void widen(series *s, const fig *f)
{
    if (f->from != DLN_NO_DAY && s->from == DLN_NO_DAY) {
        s->from = f->from;
        s->to = f->to;
    } else if (f->from != DLN_NO_DAY) {
        s->from = f->from < s->from ? f->from : s->from;
        s->to = f->to > s->to ? f->to : s->to;
    }
    s->own_date = s->own_date || f->own_date;
    if (f->scope != FIG_SUBSET && f->scope != FIG_INCREMENT) {
        s->smallest = f->number < s->smallest ? f->number : s->smallest;
        s->largest = f->number > s->largest ? f->number : s->largest;
    }
    if (s->event == DLN_NONE)
        s->event = f->event;
    if (s->status == DLN_NONE)
        s->status = f->status;
}

static bool assign(figures *k, uint32_t at)
{
    fig *f = &k->figs.at[at];
    uint32_t best = DLN_NONE;
    double score = ENOUGH;
    look(k, f, key_of(f->quantity, f->side), &best, &score);
    if (f->side != DLN_NONE)
        look(k, f, key_of(f->quantity, DLN_NONE), &best, &score);
    if (best != DLN_NONE) {
        series *s = &k->all.at[best];
        k->figs.at[s->last].next = at;
        s->last = at;
        widen(s, f);
        f->why = score >= 9 ? DLN_STR("the same number in a copy")
            : dln_arena_printf(k->c->arena, "counts the same: fit %.1f",
                               score);
    } else {
        series *s = DLN_VEC_PUSH(k->c->arena, &k->all);
        best = k->all.count - 1;
        if (!s)
            return false;
        *s = (series){.first = at, .last = at, .quantity = f->quantity,
                      .unit = f->unit, .status = f->status,
                      .event = f->event, .side = f->side,
                      .side_actor = f->side_actor, .from = f->from,
                      .to = f->to, .own_date = f->own_date,
                      .smallest = f->number, .largest = f->number};
        f->why = DLN_STR("its first figure");
        if (!list(k, key_of(f->quantity, f->side), best))
            return false;
    }
    f->series = best;
    return true;
}

typedef struct claim {      /* the last word of one claimant */
    uint64_t by;
    const fig *fig;
    bool named;
} claim;

static bool later(const fig *a, const fig *b, const dln_case *c)
{
    int32_t x = c->reports.at[a->report].day;
    int32_t y = c->reports.at[b->report].day;
    return x != y ? x > y : a->report != b->report ? a->report > b->report
                                                   : a->start > b->start;
}

/* "More than 6,000" and "more than 6,700": both may be true, but the one who
 * says the first does not grant the second. */
static bool other_bound(const fig *a, const fig *b)
{
    return isinf(a->high) && isinf(b->high)
           && fabs(a->low - b->low) > 0.05 * fmax(a->low, b->low);
}

/* Can the last words of two claimants not both be true? */
static bool disputes(const dln_case *c, const claim *a, const claim *b)
{
    if (agree(a->fig, b->fig) && !other_bound(a->fig, b->fig))
        return false;
    if (a->named && b->named)
        return true;
    int32_t x = c->reports.at[a->fig->report].day;
    int32_t y = c->reports.at[b->fig->report].day;
    if (x == DLN_NO_DAY || y == DLN_NO_DAY || x == y)
        return true;
    /* A count that grew from one day to the next. */
    return (x < y) != (a->fig->number < b->fig->number);
}

static bool disputed(const figures *k, const series *s)
{
    const dln_case *c = k->c;
    claim claims[MAX_CLAIMS];
    uint32_t count = 0;
    for (uint32_t i = s->first; i != DLN_NONE; i = k->figs.at[i].next) {
        const fig *f = &k->figs.at[i];
        if (f->scope == FIG_SUBSET || f->scope == FIG_INCREMENT)
            continue;
        bool named = f->claimant != DLN_NONE;
        uint64_t by = named ? f->claimant
                            : (uint64_t)1 << 32
                                  | c->reports.at[f->report].origin;
        uint32_t n = 0;
        while (n < count && claims[n].by != by)
            n++;
        if (n == MAX_CLAIMS)
            continue;
        if (n == count)
            claims[count++] = (claim){by, f, named};
        else if (later(f, claims[n].fig, c))
            claims[n].fig = f;
    }
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t n = i + 1; n < count; n++)
            if (disputes(c, &claims[i], &claims[n]))
                return true;
    return false;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static uint32_t distinct(uint32_t *at, uint32_t count)
{
    uint32_t kept = 0;
    qsort(at, count, sizeof *at, by_number);
    for (uint32_t i = 0; i < count; i++)
        kept += !i || at[i] != at[i - 1];
    return kept;
}

static dln_str text_of(const figures *k, uint32_t at)
{
    return at == DLN_NONE ? (dln_str){0} : k->words.at[at].key;
}

/* "killed, Azerbaijan, 2022-09" for those without an event. */
static dln_str about(const figures *k, const series *s)
{
    dln_case *c = k->c;
    char from[11], to[11];
    dln_day_text(from, s->from);
    dln_day_text(to, s->to);
    dln_str side = s->side_actor == DLN_NONE
                       ? (dln_str){0} : c->actors.at[s->side_actor].name;
    bool range = *from && strncmp(from, to, 7) != 0;
    return dln_arena_printf(
        c->scratch, "%.*s%s%.*s%s%.7s%s%.7s",
        DLN_ARG(text_of(k, s->quantity)), side.len ? ", " : "",
        DLN_ARG(side), *from ? ", " : "", from, range ? " to " : "",
        range ? to : "");
}

static dln_status write_series(figures *k, uint32_t at, dln_query *insert,
                               dln_query *update)
{
    dln_case *c = k->c;
    const series *s = &k->all.at[at];
    uint32_t count = 0, n = 0;
    char from[11], to[11];
    dln_arena_reset(c->scratch);
    for (uint32_t i = s->first; i != DLN_NONE; i = k->figs.at[i].next)
        count++;
    uint32_t *reports = dln_arena_array(c->scratch, 2 * count,
                                        sizeof *reports);
    if (!reports)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    for (uint32_t i = s->first; i != DLN_NONE; i = k->figs.at[i].next, n++) {
        reports[n] = k->figs.at[i].report;
        reports[count + n] = c->reports.at[reports[n]].origin;
    }
    const fig *first = &k->figs.at[s->first];
    dln_str id = dln_arena_printf(c->scratch, "q%.*s",
                                  (int)first->id.len - 1,
                                  first->id.data + 1);
    dln_str side = s->side_actor == DLN_NONE
                       ? (dln_str){0} : c->actors.at[s->side_actor].id;
    dln_day_text(from, s->from);
    dln_day_text(to, s->to);
    bool dispute = disputed(k, s);
    uint32_t distinct_reports = distinct(reports, count);
    uint32_t lineages = distinct(reports + count, count);
    DLN_TRY(dln_query_run(
        insert, "ssssddssszznnnnz", id, text_of(k, s->quantity), about(k, s),
        side, s->smallest, s->largest, text_of(k, s->unit),
        text_of(k, s->status), text_of(k, s->event), from, to,
        (int64_t)count, (int64_t)distinct_reports, (int64_t)lineages,
        (int64_t)dispute, dispute ? "the last words of two claimants cannot "
                                    "both be true" : ""));
    for (uint32_t i = s->first; i != DLN_NONE; i = k->figs.at[i].next)
        DLN_TRY(dln_query_run(update, "sss", k->figs.at[i].id, id,
                              k->figs.at[i].why));
    return DLN_OK;
}

static dln_status write_all(figures *k)
{
    dln_case *c = k->c;
    dln_query *insert = NULL, *update = NULL;
    dln_status status = dln_query_open(
        c->store, &insert, "INSERT INTO figure_series (id, quantity, about, "
        "side_id, low, high, unit, status, event_id, date_start, date_end, "
        "figures, reports, independent, disputed, why) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", c->error);
    if (status == DLN_OK)
        status = dln_query_open(c->store, &update, "UPDATE figure SET "
                                "series_id = ?2, series_why = ?3 "
                                "WHERE id = ?1", c->error);
    for (uint32_t i = 0; status == DLN_OK && i < k->all.count; i++)
        status = write_series(k, i, insert, update);
    dln_query_close(insert);
    dln_query_close(update);
    if (status != DLN_OK)
        return status;
    return dln_store_exec(
        c->store, "UPDATE figure_series SET about = (SELECT summary FROM "
        "event e WHERE e.id = event_id) WHERE event_id IS NOT NULL AND "
        "(SELECT summary FROM event e WHERE e.id = event_id) IS NOT NULL",
        c->error);
}

/* The quantities of these names as a bit set over `words`. */
static uint32_t quantities(figures *k, const char *const *names)
{
    uint32_t set = 0;
    for (; *names; names++) {
        uint32_t at = dln_map_intern(&k->words, dln_str_of(*names));
        set |= at < 32 ? 1u << at : 0;
    }
    return set;
}

dln_status dln_rec__figures(dln_case *c)
{
    static const char *const standing[] = {"troops", "inhabitants", NULL};
    static const char *const equal[] = {"duration", "money", "area",
                                        "other", NULL};
    figures k = {.c = c};
    dln_map_init(&k.words, c->arena);
    dln_rec__hashes_init(&k.lists, c->arena);
    k.standing = quantities(&k, standing);
    k.equal_only = quantities(&k, equal);
    DLN_TRY(read_figures(&k));
    if (k.figs.count)
        qsort(k.figs.at, k.figs.count, sizeof *k.figs.at, canonical);
    for (uint32_t i = 0; i < k.figs.count; i++)
        if (!assign(&k, i))
            return dln_fail(c->error, DLN_NOMEM, "out of memory");
    return write_all(&k);
}
