/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events → rows. What the mentions of one event say differently is settled
 * by lineages, one vote each: the most exact date most of them give, the
 * most exact place, the mode, each party's role. A fact outranks its plan.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "reconcile/events_p.h"

#define MAX_VOTES 256u      /* mentions of an event that are asked */
#define MAX_CAST 48u        /* parties of an event that are written */
#define MAX_NAMES 6u        /* in a summary */

typedef struct vote {
    uint64_t value;
    uint32_t lineage;
    uint32_t count;         /* distinct lineages, after counting */
} vote;

typedef struct votes {
    vote at[MAX_VOTES];
    uint32_t count;
} votes;

typedef struct cast {       /* an event's parties */
    uint32_t actor;
    const char *role;
    uint32_t lineages;
    bool vague;             /* "captives", "a soldier" */
} cast;

typedef struct writer {
    ev_case *k;
    const dln_table *phrases, *levels;
    dln_query *event, *party, *context, *meeting, *mention, *titles;
    dln_str *ids;           /* [event] */
    votes dates, places, modes;
    cast cast[MAX_CAST];
    uint32_t cast_count;
} writer;

static void put_vote(votes *v, uint64_t value, uint32_t lineage)
{
    for (uint32_t i = 0; i < v->count; i++)
        if (v->at[i].value == value && v->at[i].lineage == lineage)
            return;
    if (v->count < MAX_VOTES)
        v->at[v->count++] = (vote){value, lineage, 0};
}

static int by_vote(const void *a, const void *b)
{
    const vote *x = a, *y = b;
    if (x->value != y->value)
        return x->value < y->value ? -1 : 1;
    return (x->lineage > y->lineage) - (x->lineage < y->lineage);
}

/* Sorts; the first vote of each value has its count, others 0. */
static void count_votes(votes *v)
{
    if (v->count)
        qsort(v->at, v->count, sizeof *v->at, by_vote);
    uint32_t head = 0;
    for (uint32_t i = 0; i < v->count; i++) {
        if (v->at[i].value != v->at[head].value)
            head = i;
        v->at[head].count++;
    }
}

static uint64_t most_votes(votes *v, uint64_t none)
{
    uint64_t best = none;
    uint32_t most = 0;
    count_votes(v);
    for (uint32_t i = 0; i < v->count; i++)
        if (v->at[i].count > most) {
            most = v->at[i].count;
            best = v->at[i].value;
        }
    return best;
}

/* An interval as a number that sorts by exactness, then by day. */
static uint64_t date_value(dln_interval when)
{
    uint64_t days = (uint64_t)ev_days(when);
    uint64_t start = (uint64_t)((int64_t)when.start + 4000000);
    bool open = when.end == DLN_NO_DAY;
    return (days < 0xFFFFF ? days : 0xFFFFF) << 40 | (start & 0xFFFFFFFF) << 8
           | (uint64_t)open << 7 | (uint64_t)when.precision;
}

static dln_interval date_of(uint64_t value)
{
    dln_interval when = {
        .start = (int32_t)((int64_t)(value >> 8 & 0xFFFFFFFF) - 4000000),
        .precision = (dln_precision)(value & 0x7F),
    };
    when.end = value >> 7 & 1 ? DLN_NO_DAY
                              : when.start + (int32_t)(value >> 40) - 1;
    return when;
}

/* Of the most exact dates (a day, else what is shortest) the one that most
 * lineages give. */
static dln_interval settle_date(votes *v)
{
    count_votes(v);
    dln_interval best = DLN_NO_INTERVAL;
    uint32_t most = 0;
    uint64_t days = 0;
    for (uint32_t i = 0; i < v->count; i++) {
        if (!v->at[i].count)
            continue;
        uint64_t these = v->at[i].value >> 40;
        if (days && these > days && these > 2)
            break;
        if (v->at[i].count > most) {
            most = v->at[i].count;
            best = date_of(v->at[i].value);
        }
        days = days ? days : these;
    }
    return best;
}

/* Finer beats coarser; a place on the map beats one that is only named
 * ("the palace"); then the one told most. */
static uint32_t settle_place(const ev_case *k, votes *v)
{
    uint32_t best = DLN_NONE, most = 0;
    bool best_wide = true, best_country = true;
    count_votes(v);
    for (uint32_t i = 0; i < v->count; i++) {
        uint32_t at = (uint32_t)v->at[i].value;
        if (!v->at[i].count)
            continue;
        const ev_place *p = &k->places.at[at];
        bool lost = best != DLN_NONE && isnan(k->places.at[best].lat);
        bool finer = (best_country && !p->is_country)
                     || (best_wide && !p->wide)
                     || (lost && !p->wide && !isnan(p->lat));
        bool coarser = (!best_country && p->is_country)
                       || (!best_wide && p->wide)
                       || (best != DLN_NONE && !best_wide && !lost
                           && isnan(p->lat));
        if (best != DLN_NONE && (coarser || (!finer && v->at[i].count
                                                           <= most)))
            continue;
        best = at;
        most = v->at[i].count;
        best_wide = p->wide;
        best_country = p->is_country;
    }
    return best;
}

static uint32_t distinct_of(uint32_t *at, uint32_t count)
{
    uint32_t kept = 0;
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t n = i; n && at[n - 1] > at[n]; n--) {
            uint32_t t = at[n];
            at[n] = at[n - 1];
            at[n - 1] = t;
        }
    for (uint32_t i = 0; i < count; i++)
        if (!i || at[i] != at[i - 1])
            at[kept++] = at[i];
    return kept;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

typedef struct tale {       /* who told of an event, and how */
    uint32_t reports, independent, mentions;
    int32_t first, last;    /* days reported */
    uint8_t status, polarity;
    dln_interval when;
    uint32_t place, mode, type;
    dln_str id;
} tale;

static uint32_t count_distinct(uint32_t *at, uint32_t count)
{
    if (count > 16) {
        uint32_t kept = 0;
        qsort(at, count, sizeof *at, by_number);
        for (uint32_t i = 0; i < count; i++)
            kept += !i || at[i] != at[i - 1];
        return kept;
    }
    return distinct_of(at, count);
}

static void count_reports(const ev_case *k, const ev_event *e, tale *t)
{
    const dln_case *c = k->c;
    uint32_t n = 0;
    t->first = t->last = DLN_NO_DAY;
    for (uint32_t i = e->first; i != DLN_NONE; i = k->mentions.at[i].next)
        t->mentions++;
    uint32_t *reports = dln_arena_array(c->scratch, 2 * t->mentions + 2,
                                        sizeof *reports);
    if (!reports)
        return;
    uint32_t *origins = reports + t->mentions;
    for (uint32_t i = e->first; i != DLN_NONE; i = k->mentions.at[i].next) {
        const rec_report *r = &c->reports.at[k->mentions.at[i].report];
        reports[n] = k->mentions.at[i].report;
        origins[n++] = r->origin;
        if (r->day == DLN_NO_DAY)
            continue;
        if (t->first == DLN_NO_DAY || r->day < t->first)
            t->first = r->day;
        if (t->last == DLN_NO_DAY || r->day > t->last)
            t->last = r->day;
    }
    t->reports = count_distinct(reports, n);
    t->independent = count_distinct(origins, n);
}

static void poll(writer *w, const ev_event *e, tale *t)
{
    const ev_case *k = w->k;
    votes *types = &w->modes;
    uint32_t n = 0;
    w->dates.count = w->places.count = w->modes.count = 0;
    t->status = 4;
    t->polarity = 0;
    uint32_t first = e->first;
    for (uint32_t i = e->first; i != DLN_NONE && n < MAX_VOTES;
         i = k->mentions.at[i].next, n++) {
        const ev_mention *m = &k->mentions.at[i];
        uint32_t lineage = k->c->reports.at[m->report].origin;
        const ev_mention *f = &k->mentions.at[first];
        if (m->report < f->report
            || (m->report == f->report && m->start < f->start))
            first = i;
        if (ev_dated(m->when))
            put_vote(&w->dates, date_value(m->when), lineage);
        if (m->place != DLN_NONE)
            put_vote(&w->places, m->place, lineage);
        put_vote(types, (uint64_t)m->type << 32 | m->mode, lineage);
        t->status = m->status < t->status ? m->status : t->status;
        t->polarity = m->polarity > t->polarity ? m->polarity : t->polarity;
    }
    t->when = settle_date(&w->dates);
    t->place = settle_place(k, &w->places);
    uint64_t type = most_votes(types, (uint64_t)e->type << 32 | e->mode);
    t->type = (uint32_t)(type >> 32);
    t->mode = (uint32_t)type;
    if (t->mode == DLN_NONE && t->type == e->type)
        t->mode = e->mode;
    t->id = dln_arena_printf(k->c->arena, "e%.*s",
                             (int)k->mentions.at[first].id.len - 1,
                             k->mentions.at[first].id.data + 1);
}

static void add_cast(writer *w, uint32_t actor, const char *role)
{
    for (uint32_t i = 0; i < w->cast_count; i++) {
        if (w->cast[i].actor == actor && w->cast[i].role == role) {
            w->cast[i].lineages++;
            return;
        }
    }
    if (w->cast_count < MAX_CAST)
        w->cast[w->cast_count++] = (cast){
            actor, role, 1, w->k->c->actors.at[actor].root == DLN_NONE};
}

/* Is there a person of the same side, so that the side need not stand? */
static bool has_person(const writer *w, uint32_t of)
{
    const dln_case *c = w->k->c;
    const rec_actor *a = &c->actors.at[of];
    if (strcmp(a->kind, "country"))
        return false;
    for (uint32_t i = 0; i < w->cast_count; i++) {
        const rec_actor *b = &c->actors.at[w->cast[i].actor];
        if (b->root == a->root && !strcmp(b->kind, "person"))
            return true;
    }
    return false;
}

static bool is_role(const cast *p, const char *role)
{
    return !strcmp(p->role, role);
}

static bool receives(const cast *p)
{
    return is_role(p, "host") || is_role(p, "mediator");
}

/* Those known by name first; to host or mediate outweighs to take part,
 * which hosts do too; then those told by most. */
static int by_cast(const void *a, const void *b)
{
    const cast *x = a, *y = b;
    if (x->vague != y->vague)
        return x->vague ? 1 : -1;
    if (receives(x) != receives(y))
        return receives(x) ? -1 : 1;
    if (x->lineages != y->lineages)
        return x->lineages > y->lineages ? -1 : 1;
    return (x->actor > y->actor) - (x->actor < y->actor);
}

/* One role an actor, host before others, else the one told most; of talks
 * all are participants. */
static void settle_cast(writer *w, const ev_event *e, bool talks)
{
    const ev_case *k = w->k;
    uint32_t kept = 0, n = 0;
    w->cast_count = 0;
    for (uint32_t i = e->first; i != DLN_NONE && n < MAX_VOTES;
         i = k->mentions.at[i].next, n++) {
        const ev_mention *m = &k->mentions.at[i];
        for (uint32_t p = 0; p < m->party_count; p++)
            add_cast(w, k->parties.at[m->party_begin + p].actor,
                     k->parties.at[m->party_begin + p].role);
    }
    if (w->cast_count)
        qsort(w->cast, w->cast_count, sizeof *w->cast, by_cast);
    for (uint32_t i = 0; i < w->cast_count; i++) {
        bool seen = talks && has_person(w, w->cast[i].actor);
        for (uint32_t n2 = 0; n2 < kept && !seen; n2++)
            seen = w->cast[n2].actor == w->cast[i].actor;
        if (!seen)
            w->cast[kept++] = w->cast[i];
    }
    w->cast_count = kept;
}

/* "Ilham Aliyev, Nikol Pashinyan" of these roles; count of names. */
static uint32_t names(const writer *w, const char *role, const char *other,
                      dln_buf *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < w->cast_count; i++) {
        const cast *p = &w->cast[i];
        if (!is_role(p, role) && !(other && is_role(p, other)))
            continue;
        if (count < MAX_NAMES) {
            dln_buf_str(out, count ? DLN_STR(", ") : DLN_STR(""));
            dln_buf_str(out, w->k->c->actors.at[p->actor].name);
        } else if (count == MAX_NAMES) {
            dln_buf_str(out, DLN_STR(" and others"));
        }
        count++;
    }
    return count;
}

static dln_str phrase(const writer *w, const tale *t, uint32_t field)
{
    const ev_case *k = w->k;
    char name[160];
    dln_str type = k->words.at[t->type].key;
    const dln_row *row = NULL;
    if (t->mode != DLN_NONE) {
        snprintf(name, sizeof name, "%.*s:%.*s", DLN_ARG(type),
                 DLN_ARG(k->words.at[t->mode].key));
        row = dln_table_find(w->phrases, dln_str_of(name));
    }
    if (!row)
        row = dln_table_find(w->phrases, type);
    return row ? dln_row_field(row, field) : type;
}

/* "Vladimir Putin hosts Ilham Aliyev, Nikol Pashinyan — Moscow" */
static void summarise(const writer *w, const tale *t, bool talks,
                      dln_buf *out)
{
    dln_buf actors, others, hosts;
    dln_buf_init(&actors, 4096);
    dln_buf_init(&others, 4096);
    dln_buf_init(&hosts, 4096);
    uint32_t a = names(w, "actor", talks ? "participant" : NULL, &actors);
    uint32_t r = names(w, "recipient", NULL, &others);
    uint32_t h = names(w, "host", "mediator", &hosts);
    if (h && (a || r)) {
        dln_buf_printf(out, "%.*s %s %.*s%s%.*s",
                       DLN_ARG(dln_buf_view(&hosts)),
                       talks ? "hosts" : "mediates:",
                       DLN_ARG(dln_buf_view(&actors)), a && r ? ", " : "",
                       DLN_ARG(dln_buf_view(&others)));
    } else {
        uint32_t field = a ? (r ? 1u : 3u) + (a > 1) : r ? 5 : 6;
        dln_str words = phrase(w, t, field);
        dln_buf_printf(out, "%.*s%s%.*s%s%.*s",
                       DLN_ARG(dln_buf_view(&actors)), a ? " " : "",
                       DLN_ARG(words), r ? " " : "",
                       DLN_ARG(dln_buf_view(&others)));
    }
    if (t->place != DLN_NONE)
        dln_buf_printf(out, " — %.*s",
                       DLN_ARG(w->k->places.at[t->place].name));
    if (t->status > 2)
        dln_buf_printf(out, " (%s)", ev_statuses[t->status]);
    if (t->polarity)
        dln_buf_printf(out, " (%s)", t->polarity == 2 ? "denied" : "not so");
    dln_buf_release(&actors);
    dln_buf_release(&others);
    dln_buf_release(&hosts);
}

static dln_status write_event(writer *w, uint32_t event, const tale *t,
                              bool talks)
{
    static const char *const polarity[] = {"asserted", "negated", "denied"};
    const ev_case *k = w->k;
    dln_str type = k->words.at[t->type].key;
    dln_str mode = t->mode == DLN_NONE ? (dln_str){0}
                                       : k->words.at[t->mode].key;
    const dln_plover_type *known = dln_plover_find(k->plover, type);
    char quad[12] = "", first[11], last[11];
    if (known)
        snprintf(quad, sizeof quad, "%d", known->quad);
    dln_day_text(first, t->first);
    dln_day_text(last, t->last);
    dln_buf summary;
    dln_buf_init(&summary, 16384);
    summarise(w, t, talks, &summary);
    dln_str place = t->place == DLN_NONE ? (dln_str){0}
                                         : k->places.at[t->place].id;
    dln_str why = dln_arena_printf(
        k->c->scratch, "%u mentions in %u reports of %u lineages; date and "
        "place as most lineages tell them", t->mentions, t->reports,
        t->independent);
    dln_status status = dln_query_run(
        w->event, "sssz" "dzzvss" "nnnzzs", t->id, type, mode, quad,
        known ? dln_plover_intensity(known, mode) : (double)0,
        ev_statuses[t->status], polarity[t->polarity], t->when, place,
        dln_buf_view(&summary), (int64_t)t->reports,
        (int64_t)t->independent, (int64_t)t->mentions, first, last, why);
    dln_buf_release(&summary);
    w->ids[event] = t->id;
    return status;
}

static dln_status write_cast(writer *w, const tale *t, bool talks)
{
    for (uint32_t i = 0; i < w->cast_count; i++) {
        const cast *p = &w->cast[i];
        dln_str actor = w->k->c->actors.at[p->actor].id;
        DLN_TRY(dln_query_run(w->party, "szs", t->id, p->role, actor));
        if (talks && !is_role(p, "participant"))
            DLN_TRY(dln_query_run(w->party, "szs", t->id, "participant",
                                  actor));
    }
    return DLN_OK;
}

/* Level of one title: the longest listed words it holds. */
static dln_str level_of(const writer *w, dln_str title)
{
    dln_str best = {0};
    size_t longest = 0;
    for (uint32_t i = 0; i < w->levels->count; i++) {
        dln_str words = w->levels->rows[i].field[0];
        if (words.len > longest && words.len <= title.len
            && dln_str_find(title, words, 0) < title.len) {
            longest = words.len;
            best = dln_row_field(&w->levels->rows[i], 1);
        }
    }
    return best;
}

/* The level most of the persons have; the first named of equal ones. */
static dln_status settle_level(writer *w, dln_str *out)
{
    dln_case *c = w->k->c;
    struct { dln_str level; uint32_t count; } seen[8];
    uint32_t kinds = 0, most = 0;
    *out = (dln_str){0};
    for (uint32_t i = 0; i < w->cast_count; i++) {
        const rec_actor *a = &c->actors.at[w->cast[i].actor];
        if (strcmp(a->kind, "person"))
            continue;
        dln_query_bind(w->titles, "s", a->id);
        dln_str level = {0};
        dln_status status = dln_query_step(w->titles);
        if (status < DLN_WARN)
            return status;
        if (status == DLN_OK)
            level = level_of(w, dln_query_str(w->titles, 0));
        uint32_t n = 0;
        while (n < kinds && !dln_str_eq(seen[n].level, level))
            n++;
        if (!level.len || n == 8)
            continue;
        if (n == kinds) {
            seen[kinds].level = level;
            seen[kinds++].count = 0;
        }
        if (++seen[n].count > most) {
            most = seen[n].count;
            *out = level;
        }
    }
    return DLN_OK;
}

static dln_str first_of(const writer *w, const char *role)
{
    for (uint32_t i = 0; i < w->cast_count; i++)
        if (is_role(&w->cast[i], role))
            return w->k->c->actors.at[w->cast[i].actor].id;
    return (dln_str){0};
}

static dln_status write_meeting(writer *w, const tale *t)
{
    static const char *const formats[] = {"", "", "bilateral", "trilateral",
                                          "multilateral"};
    const ev_case *k = w->k;
    uint32_t roots[MAX_CAST], known = 0;
    for (uint32_t i = 0; i < w->cast_count; i++)
        if (!w->cast[i].vague)
            roots[known++] = k->c->actors.at[w->cast[i].actor].root;
    uint32_t sides = distinct_of(roots, known);
    bool remote = t->mode != DLN_NONE
                  && dln_str_is(k->words.at[t->mode].key, "phone");
    dln_str level;
    DLN_TRY(settle_level(w, &level));
    return dln_query_run(w->meeting, "szsss", t->id,
                         remote ? "remote" : formats[sides < 4 ? sides : 4],
                         level, first_of(w, "host"),
                         first_of(w, "mediator"));
}

/* Nobody, and not both a day and a place, or somebody unknown ("people") at
 * no day and no place: mentions to be looked up, not an event to be
 * listed. */
static bool says_nothing(const writer *w, const tale *t)
{
    bool dated = ev_dated(t->when), placed = t->place != DLN_NONE;
    for (uint32_t i = 0; i < w->cast_count; i++)
        if (!w->cast[i].vague)
            return false;
    return w->cast_count ? !dated && !placed : !dated || !placed;
}

static dln_status write_one(writer *w, uint32_t event)
{
    ev_case *k = w->k;
    const ev_event *e = &k->events.at[event];
    tale t = {0};
    dln_arena_reset(k->c->scratch);
    count_reports(k, e, &t);
    poll(w, e, &t);
    bool talks = dln_str_is(k->words.at[t.type].key, "CONSULT");
    settle_cast(w, e, talks);
    if (says_nothing(w, &t)) {
        for (uint32_t i = e->first; i != DLN_NONE;
             i = k->mentions.at[i].next)
            DLN_TRY(dln_query_run(w->mention, "szz", k->mentions.at[i].id,
                                  NULL, "no event: no party, and no day "
                                  "with a place"));
        return DLN_OK;
    }
    DLN_TRY(write_event(w, event, &t, talks));
    DLN_TRY(write_cast(w, &t, talks));
    if (talks && !t.polarity)
        DLN_TRY(write_meeting(w, &t));
    for (uint32_t i = e->first; i != DLN_NONE; i = k->mentions.at[i].next)
        DLN_TRY(dln_query_run(w->mention, "sss", k->mentions.at[i].id, t.id,
                              k->mentions.at[i].why));
    return DLN_OK;
}

static dln_status open_queries(writer *w)
{
    dln_case *c = w->k->c;
    const struct { dln_query **q; const char *sql; } all[] = {
        {&w->event, "INSERT INTO event (id, type, mode, quad, intensity, "
         "status, polarity, date_start, date_end, date_precision, place_id, "
         "summary, reports, independent, mentions, first_reported, "
         "last_reported, why) "
         "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"},
        {&w->party, "INSERT OR IGNORE INTO event_party VALUES (?,?,?)"},
        {&w->meeting, "INSERT INTO meeting (event_id, format, level, "
         "host_id, mediator_id) VALUES (?,?,?,?,?)"},
        {&w->mention, "UPDATE event_mention SET event_id = ?2, "
         "merge_why = ?3 WHERE id = ?1"},
        {&w->titles, "SELECT lower(title) FROM actor_role WHERE "
         "actor_id = ? AND NOT former ORDER BY reports DESC, n LIMIT 1"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        DLN_TRY(dln_query_open(c->store, all[i].q, all[i].sql, c->error));
    return DLN_OK;
}

dln_status ev_write(ev_case *k)
{
    dln_case *c = k->c;
    writer *w = dln_arena_alloc(c->arena, sizeof *w);
    dln_str *ids = dln_arena_array(c->arena, k->events.count + 1,
                                   sizeof *ids);
    if (!w || !ids)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    w->k = k;
    w->ids = ids;
    DLN_TRY(dln_lang_list(c->lang, "event-phrases", &w->phrases, c->error));
    DLN_TRY(dln_lang_list(c->lang, "meeting-levels", &w->levels, c->error));
    dln_status status = open_queries(w);
    for (uint32_t i = 0; status == DLN_OK && i < k->events.count; i++)
        status = write_one(w, i);
    dln_query_close(w->event);
    dln_query_close(w->party);
    dln_query_close(w->meeting);
    dln_query_close(w->mention);
    dln_query_close(w->titles);
    if (status != DLN_OK)
        return status;
    DLN_TRY(dln_store_exec(
        c->store, "INSERT OR IGNORE INTO event_context SELECT m.event_id, "
        "x.context FROM event_mention_context x JOIN event_mention m "
        "ON m.id = x.mention_id WHERE m.event_id IS NOT NULL; "
        "UPDATE figure SET event_id = (SELECT m.event_id FROM event_mention "
        "m WHERE m.id = event_mention_id)", c->error));
    return ev_write_links(k, ids);
}
