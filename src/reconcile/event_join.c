/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mentions → events. In canonical order, the dated before the undated, each
 * mention joins the event it agrees with best, or begins one. Agreement is
 * counted field by field (date, sides, persons, place, mode, words, same
 * report, lineage or story); a field that contradicts forbids the join
 * whatever the others say. An event is compared as a whole (the days all its
 * mentions share, all its sides), so that joins do not chain.
 *
 * Candidates come from lists under (kind of event, side or place, day or
 * month) and of the same report or lineage; a list is read LIST entries far,
 * so cost is linear.
 *
 * Source: the scheme of Ahmed and others 2023 (cheap filter, then score) with
 * the slots of NewsReader's event coreference; constrained clustering, since
 * transitive closure over weak links loses more than it wins.
 * Limits: weights are set by hand; no learning.
 */
#include <math.h>

#include "reconcile/events_p.h"

#define LIST 128u
#define ENOUGH 4.0          /* score that joins across reports */
#define ENOUGH_HERE 2.5     /* within one report */
#define STORY 1.25          /* for reports of one story, days given */
#define FEW_DAYS 3          /* and not "in 2014" */
#define CLEAR 0.5           /* lead over the second, when undated */
#define BACK 45             /* days an undated mention looks back */

typedef struct entry {
    uint32_t event, next;
} entry;

typedef struct joiner {
    ev_case *k;
    rec_hashes lists;       /* key → first entry */
    DLN_VEC(entry) entries;
    uint32_t *stamp;        /* [event] mention it was last scored for */
    uint32_t best, second_event;
    double best_score, second;
    dln_str best_why;
} joiner;

enum { KEY_DAY, KEY_MONTH, KEY_ANY, KEY_REPORT, KEY_LINEAGE };

static uint64_t key_of(const ev_event *e, int kind, uint32_t side,
                       int32_t time)
{
    uint32_t parts[] = {(uint32_t)kind, e->group, (uint32_t)e->reality,
                        e->denied, side, (uint32_t)time};
    return dln_hash(parts, sizeof parts, 0);
}

static int32_t month_of(int32_t day)
{
    dln_ymd d = dln_ymd_of(day);
    return d.year * 12 + d.month;
}

/* A ceasefire is agreed, or is a step back: one thing in two words. */
static uint32_t group_of(ev_case *k, const ev_mention *m)
{
    dln_str mode = m->mode == DLN_NONE ? (dln_str){0}
                                       : k->words.at[m->mode].key;
    if (dln_str_is(mode, "ceasefire"))
        return dln_map_intern(&k->words, DLN_STR("AGREE"));
    return m->type;
}

static bool is_type(const ev_case *k, uint32_t type, const char *name)
{
    return dln_str_is(k->words.at[type].key, name);
}

static bool add_number(uint32_t *at, uint32_t *count, uint32_t cap,
                       uint32_t value)
{
    for (uint32_t i = 0; i < *count; i++)
        if (at[i] == value)
            return false;
    if (*count < cap)
        at[(*count)++] = value;
    return true;
}

/* An event made of one mention. */
static void begin(ev_case *k, const ev_mention *m, ev_event *e)
{
    const dln_case *c = k->c;
    *e = (ev_event){.group = group_of(k, m), .type = m->type,
                    .mode = m->mode, .reality = ev_reality_of(m->status),
                    .denied = m->polarity != 0, .core = m->when,
                    .place = m->place, .trigger = m->trigger,
                    .weekday = m->weekday};
    if (ev_dated(e->core) && (e->core.end == DLN_NO_DAY
                              || e->core.end < e->core.start))
        e->core.end = e->core.start;
    for (uint32_t i = 0; i < m->party_count; i++) {
        uint32_t actor = k->parties.at[m->party_begin + i].actor;
        const rec_actor *a = &c->actors.at[actor];
        if (a->root == DLN_NONE)
            continue;
        add_number(e->roots, &e->root_count, EV_ROOTS, a->root);
        if (!strcmp(a->kind, "person"))
            add_number(e->persons, &e->person_count, EV_PERSONS, actor);
    }
}

/* Has a side persons in both, and none in common? */
static bool other_persons(const dln_case *c, const ev_event *a,
                          const ev_event *b)
{
    for (uint32_t r = 0; r < a->root_count; r++) {
        uint32_t mine = 0, theirs = 0, both = 0;
        for (uint32_t i = 0; i < a->person_count; i++) {
            if (c->actors.at[a->persons[i]].root != a->roots[r])
                continue;
            mine++;
            both += dln_rec__in_both(&a->persons[i], 1, b->persons,
                                     b->person_count);
        }
        for (uint32_t i = 0; i < b->person_count; i++)
            theirs += c->actors.at[b->persons[i]].root == a->roots[r];
        if (mine && theirs && !both)
            return true;
    }
    return false;
}

#define FORBID (-1000.0)

typedef struct tally {
    double score;
    uint32_t sides, persons;
    ev_nearness place;
    const char *date;
    bool story;
} tally;

static double score_sides(const ev_case *k, const ev_event *m,
                          const ev_event *e, tally *t)
{
    t->sides = dln_rec__in_both(m->roots, m->root_count, e->roots,
                                e->root_count);
    t->persons = dln_rec__in_both(m->persons, m->person_count, e->persons,
                                  e->person_count);
    if (!m->root_count || !e->root_count)
        return 0;
    if (!t->sides)
        return FORBID;
    if (other_persons(k->c, m, e))
        return is_type(k, m->type, "ASSAULT") ? -1 : FORBID;
    double persons = t->persons > 1 ? 1.5 : t->persons;
    if (t->sides > 1)
        return (t->sides > 2 ? 3 : 2.5) + persons;
    uint32_t least = m->root_count < e->root_count ? m->root_count
                                                   : e->root_count;
    return (least == 1 ? 1.25 : -2) + persons;
}

static bool talks(const ev_case *k, uint32_t type)
{
    return is_type(k, type, "CONSULT") || is_type(k, type, "AGREE");
}

static double score_date(const ev_case *k, const ev_event *m,
                         const ev_event *e, int weekday, tally *t)
{
    t->date = "";
    if (!ev_dated(m->core) || !ev_dated(e->core)) {
        int theirs = e->weekday;
        if (ev_dated(e->core) && ev_days(e->core) == 1)
            theirs = dln_weekday(e->core.start) + 1;
        if (!weekday || !theirs)
            return 0;
        t->date = "same weekday";
        return theirs == weekday ? 1 : FORBID;
    }
    int32_t days = ev_days(m->core);
    if (m->core.start <= e->core.end && e->core.start <= m->core.end) {
        /* "In 2020", told so by both, can be told apart by nothing. */
        if (days > 31 && m->core.start == e->core.start
            && m->core.end == e->core.end) {
            t->date = "same dates";
            return 1.5;
        }
        t->date = days == 1 ? "same day" : "dates overlap";
        return days == 1 ? 3 : days <= 7 ? 2.5 : days <= 31 ? 1.5
               : days <= 366 ? 0.5 : 0.25;
    }
    /* Zones, and nights: talks of the same people in the same place. */
    bool next = m->core.start <= e->core.end + 1
                && e->core.start <= m->core.end + 1;
    if (!next || days > 2 || !talks(k, m->type) || t->sides < 2
        || (t->place == EV_UNKNOWN && is_type(k, m->type, "CONSULT")))
        return FORBID;
    t->date = "next day";
    return 1;
}

static double score_mode(const ev_case *k, const ev_event *m,
                         const ev_event *e)
{
    double score = m->type == e->type ? 0 : -1;
    if (m->mode == DLN_NONE || e->mode == DLN_NONE || m->type != e->type)
        return score;
    if (m->mode == e->mode)
        return score + 0.5;
    return talks(k, m->type) || is_type(k, m->type, "ASSAULT") ? -0.5
                                                               : FORBID;
}

/* How does the event know the mention's report? 2 same report, 1 same
 * lineage, 0 not at all; and is a report of it of the same story? */
static int kinship(const ev_case *k, const ev_mention *m, const ev_event *e,
                   bool *story)
{
    const dln_case *c = k->c;
    int kin = 0;
    uint32_t n = 0;
    for (uint32_t i = e->first; i != DLN_NONE && n < LIST;
         i = k->mentions.at[i].next, n++) {
        uint32_t r = k->mentions.at[i].report;
        *story = *story || c->story[r] == c->story[m->report];
        if (r == m->report)
            return 2;
        if (c->reports.at[r].origin == c->reports.at[m->report].origin)
            kin = 1;
    }
    return kin;
}

/* An undated mention of another report's event: is the time plausible? */
static bool timely(const ev_case *k, const ev_mention *m, const ev_event *e)
{
    int32_t told = k->c->reports.at[m->report].day;
    if (told == DLN_NO_DAY || !ev_dated(e->core))
        return true;
    return e->core.start <= told + 1 && e->core.start >= told - BACK;
}

static dln_str explain(const ev_case *k, const tally *t, int kin)
{
    static const char *const places[] = {"", ", same place",
                                         ", place within place", ""};
    return dln_arena_printf(
        k->c->scratch, "%s%s%u sides and %u persons in common%s%s; %.1f",
        t->date, *t->date ? ", " : "", t->sides, t->persons,
        places[t->place], kin == 2 ? ", same report"
                          : kin == 1 ? ", copy of its report"
                          : t->story ? ", same story" : "",
        t->score);
}

static void consider(joiner *j, const ev_mention *m, const ev_event *mine,
                     uint32_t event)
{
    ev_case *k = j->k;
    const ev_event *e = &k->events.at[event];
    tally t = {0};
    if (e->group != mine->group || e->reality != mine->reality
        || e->denied != mine->denied)
        return;
    t.place = ev_places_near(k, mine->place, e->place);
    if (t.place == EV_APART)
        return;
    t.score = score_sides(k, mine, e, &t);
    t.score += score_date(k, mine, e, m->weekday, &t);
    t.score += score_mode(k, mine, e);
    t.score += t.place == EV_SAME ? 2 : t.place == EV_CONTAINS ? 1 : 0;
    if (t.score < FORBID / 2)
        return;
    bool story = false;
    int kin = kinship(k, m, e, &story);
    bool same_words = m->trigger == e->trigger;
    t.score += kin == 2 ? 1 : kin == 1 ? (same_words ? 2.5 : 1.5) : 0;
    t.score += same_words ? 0.5 : 0;
    /* Reports of one thing that tell of one kind of deed on one day. */
    t.story = story && !kin && *t.date && ev_dated(m->when)
              && ev_days(m->when) <= FEW_DAYS;
    t.score += t.story ? STORY : 0;
    /* A weekday, or no day at all, is little to go by between reports: the
     * same sides must be in the same place; and with no day the event must
     * be dated and told soon after, for two undated ones may be any two. */
    bool loose = !*t.date;
    bool weak = !ev_dated(m->when) || !ev_dated(e->core);
    if (t.score < (kin == 2 ? ENOUGH_HERE : ENOUGH)
        || (weak && !kin && (t.sides < 2 || t.place == EV_UNKNOWN
                             || !timely(k, m, e)))
        || (loose && !kin && (!ev_dated(e->core) || t.place != EV_SAME)))
        return;
    if (t.score > j->best_score
        || (t.score == j->best_score && event < j->best)) {
        j->second = j->best_score;
        j->best_score = t.score;
        j->best = event;
        j->best_why = explain(k, &t, kin);
    } else if (t.score > j->second) {
        j->second = t.score;
    }
}

static void walk(joiner *j, const ev_mention *m, const ev_event *mine,
                 uint64_t key, uint32_t mark)
{
    uint32_t at = dln_rec__hashes_get(&j->lists, key);
    for (uint32_t n = 0; at != DLN_NONE && n < LIST; n++) {
        uint32_t event = j->entries.at[at].event;
        at = j->entries.at[at].next;
        if (j->stamp[event] == mark)
            continue;
        j->stamp[event] = mark;
        consider(j, m, mine, event);
    }
}

static bool list(joiner *j, uint64_t key, uint32_t event)
{
    uint32_t fresh = j->entries.count;
    uint32_t *first = dln_rec__hashes_at(&j->lists, key, fresh);
    if (first && *first != fresh && j->entries.at[*first].event == event)
        return true;
    entry *e = DLN_VEC_PUSH(j->k->c->arena, &j->entries);
    if (!first || !e)
        return false;
    *e = (entry){event, *first == fresh ? DLN_NONE : *first};
    *first = fresh;
    return true;
}

typedef bool visit(joiner *j, const ev_mention *m, const ev_event *mine,
                   uint64_t key, uint32_t extra);

static bool look(joiner *j, const ev_mention *m, const ev_event *mine,
                 uint64_t key, uint32_t extra)
{
    walk(j, m, mine, key, extra);
    return true;
}

static bool enlist(joiner *j, const ev_mention *m, const ev_event *mine,
                   uint64_t key, uint32_t extra)
{
    (void)m;
    (void)mine;
    return list(j, key, extra);
}

/* Calls `f` for the keys of one side (or place): days and months of the
 * core, `slack` days around, and, for the undated, those of any time. */
static bool keys_of_side(joiner *j, const ev_mention *m, const ev_event *e,
                         uint32_t side, int32_t slack, visit *f,
                         uint32_t extra)
{
    bool fine = true;
    int32_t days = ev_dated(e->core) ? ev_days(e->core) : 0;
    if (days && days <= 7)
        for (int32_t d = e->core.start - slack; d <= e->core.end + slack;
             d++)
            fine = f(j, m, e, key_of(e, KEY_DAY, side, d), extra) && fine;
    if (days && (f == enlist || days > 7) && days <= 400)
        for (int32_t d = month_of(e->core.start);
             d <= month_of(e->core.end); d++)
            fine = f(j, m, e, key_of(e, KEY_MONTH, side, d), extra) && fine;
    if (f == enlist || !days || days > 400)
        fine = f(j, m, e, key_of(e, KEY_ANY, side, 0), extra) && fine;
    return fine;
}

static bool all_keys(joiner *j, const ev_mention *m, const ev_event *e,
                     int32_t slack, visit *f, uint32_t extra)
{
    const dln_case *c = j->k->c;
    bool fine = true;
    for (uint32_t i = 0; i < e->root_count && i < 8; i++)
        fine = keys_of_side(j, m, e, e->roots[i], slack, f, extra) && fine;
    if (e->place != DLN_NONE)
        fine = keys_of_side(j, m, e, DLN_NONE - 1 - e->place, slack, f,
                            extra) && fine;
    fine = f(j, m, e, key_of(e, KEY_REPORT, m->report, 0), extra) && fine;
    return f(j, m, e, key_of(e, KEY_LINEAGE, c->reports.at[m->report].origin,
                             0), extra) && fine;
}

static void absorb(ev_case *k, ev_event *e, const ev_event *m)
{
    if (!ev_dated(e->core)) {
        e->core = m->core;
        if (!e->weekday)
            e->weekday = m->weekday;
    } else if (ev_dated(m->core) && m->core.start <= e->core.end
               && e->core.start <= m->core.end) {
        if (m->core.start > e->core.start)
            e->core.start = m->core.start;
        if (m->core.end < e->core.end)
            e->core.end = m->core.end;
    }
    for (uint32_t i = 0; i < m->root_count; i++)
        add_number(e->roots, &e->root_count, EV_ROOTS, m->roots[i]);
    for (uint32_t i = 0; i < m->person_count; i++)
        add_number(e->persons, &e->person_count, EV_PERSONS, m->persons[i]);
    bool finer = e->place != DLN_NONE && m->place != DLN_NONE
                 && k->places.at[e->place].wide
                 && !k->places.at[m->place].wide;
    if (e->place == DLN_NONE || finer)
        e->place = m->place;
    if (e->mode == DLN_NONE && m->type == e->type)
        e->mode = m->mode;
}

static bool place_mention(joiner *j, uint32_t at)
{
    ev_case *k = j->k;
    ev_mention *m = &k->mentions.at[at];
    ev_event mine;
    begin(k, m, &mine);
    j->best = DLN_NONE;
    j->best_score = j->second = 0;
    all_keys(j, m, &mine, 1, look, at);
    bool undated = !ev_dated(m->when);
    if (j->best != DLN_NONE && undated && j->best_score - j->second < CLEAR)
        j->best = DLN_NONE;
    if (j->best == DLN_NONE) {
        j->best = k->events.count;
        mine.first = mine.last = at;
        ev_event *e = DLN_VEC_PUSH(k->c->arena, &k->events);
        if (!e)
            return false;
        *e = mine;
        m->why = DLN_STR("its first mention");
    } else {
        ev_event *e = &k->events.at[j->best];
        absorb(k, e, &mine);
        k->mentions.at[e->last].next = at;
        e->last = at;
        m->why = dln_arena_str(k->c->arena, j->best_why);
    }
    m->event = j->best;
    return all_keys(j, m, &k->events.at[j->best], 0, enlist, j->best);
}

/* What is dated goes first, what an undated report tells without a date
 * last: it has whole events to choose from then. */
static unsigned vagueness(const ev_case *k, const ev_mention *m)
{
    if (ev_dated(m->when))
        return 0;
    return k->c->reports.at[m->report].day != DLN_NO_DAY ? 1 : 2;
}

dln_status ev_join(ev_case *k)
{
    dln_case *c = k->c;
    joiner j = {.k = k};
    dln_rec__hashes_init(&j.lists, c->arena);
    j.stamp = dln_arena_array(c->arena, k->mentions.count + 1,
                              sizeof *j.stamp);
    if (!j.stamp)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    memset(j.stamp, 0xFF, (k->mentions.count + 1) * sizeof *j.stamp);
    for (unsigned rank = 0; rank < 3; rank++)
        for (uint32_t i = 0; i < k->mentions.count; i++) {
            if (vagueness(k, &k->mentions.at[i]) != rank)
                continue;
            dln_arena_reset(c->scratch);
            if (!place_mention(&j, i))
                return dln_fail(c->error, DLN_NOMEM, "out of memory");
        }
    return DLN_OK;
}
