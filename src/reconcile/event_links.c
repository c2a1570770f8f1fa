/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Links between events: what took place as planned (`planned_as`, from the
 * event to its plan), a denial and what it denies (`contradicts`, from the
 * denial), talks and the agreement reached at them (`part_of`, from the
 * agreement), and each meeting's next date.
 */
#include "reconcile/events_p.h"

#define SHIFT 7             /* days a plan may be off */
#define LIST 128u

typedef struct entry {
    uint32_t event, next;
} entry;

typedef struct linker {
    ev_case *k;
    const dln_str *ids;
    rec_hashes lists;       /* side → events */
    DLN_VEC(entry) entries;
    dln_query *link, *outcome;
} linker;

static uint64_t key_of(const ev_event *e, uint32_t group, uint32_t root,
                       int32_t month)
{
    uint32_t parts[] = {group, (uint32_t)(e->reality == EV_PLANNED),
                        e->denied, root, (uint32_t)month};
    return dln_hash(parts, sizeof parts, 0);
}

static int32_t month_of(int32_t day)
{
    dln_ymd d = dln_ymd_of(day);
    return d.year * 12 + d.month;
}

static bool add(linker *l, uint32_t event)
{
    const ev_event *e = &l->k->events.at[event];
    int32_t month = ev_dated(e->core) ? month_of(e->core.start) : 0;
    for (uint32_t i = 0; i < e->root_count; i++) {
        uint32_t fresh = l->entries.count;
        uint32_t *first = dln_rec__hashes_at(
            &l->lists, key_of(e, e->group, e->roots[i], month), fresh);
        entry *n = DLN_VEC_PUSH(l->k->c->arena, &l->entries);
        if (!first || !n)
            return false;
        *n = (entry){event, *first == fresh ? DLN_NONE : *first};
        *first = fresh;
    }
    return true;
}

static uint32_t common(const ev_event *a, const ev_event *b)
{
    uint32_t both = 0;
    for (uint32_t i = 0; i < a->root_count; i++)
        for (uint32_t n = 0; n < b->root_count; n++)
            both += a->roots[i] == b->roots[n];
    return both;
}

/* Days between two events, 0 when they overlap; -1 when unknown. */
static int32_t days_apart(const ev_event *a, const ev_event *b)
{
    if (!ev_dated(a->core) || !ev_dated(b->core))
        return -1;
    if (a->core.start > b->core.end)
        return a->core.start - b->core.end;
    if (b->core.start > a->core.end)
        return b->core.start - a->core.end;
    return 0;
}

/* How well `b` answers to `a`; 0: not at all. */
typedef int match(const linker *l, const ev_event *a, const ev_event *b);

/* Did the plan `a` come true as `b`? All who were to come came, or the day
 * and the place are the same. */
static int came_true(const linker *l, const ev_event *a, const ev_event *b)
{
    if (b->reality != EV_REAL || b->denied)
        return 0;
    uint32_t both = common(a, b);
    int32_t apart = days_apart(a, b);
    ev_nearness near = ev_places_near(l->k, a->place, b->place);
    if (near == EV_APART || apart < 0 || apart > SHIFT || !both)
        return 0;
    if (both < a->root_count && (apart || near != EV_SAME || both < 2))
        return 0;
    if (apart && (near == EV_UNKNOWN || both < 2))
        return 0;
    return 100 - 10 * apart + (int)both + (near == EV_SAME ? 5 : 0);
}

static int denies(const linker *l, const ev_event *a, const ev_event *b)
{
    uint32_t both = common(a, b);
    int32_t apart = days_apart(a, b);
    ev_nearness near = ev_places_near(l->k, a->place, b->place);
    if (b->denied || near == EV_APART || !both || apart > 1)
        return 0;
    if (apart < 0 && both < 2 && near != EV_SAME)
        return 0;
    return 10 + 5 * (apart >= 0) + (int)both + 3 * (near == EV_SAME);
}

static int reached_at(const linker *l, const ev_event *a, const ev_event *b)
{
    ev_nearness near = ev_places_near(l->k, a->place, b->place);
    if (b->reality != EV_REAL || b->denied || near == EV_APART
        || common(a, b) < 2 || days_apart(a, b) != 0
        || ev_days(a->core) > 2)
        return 0;
    return 10 + (int)common(a, b);
}

/* The best answer to `event` among those of `group`. */
static uint32_t find(const linker *l, uint32_t event, uint32_t group,
                     bool denied, match *f)
{
    const ev_event *e = &l->k->events.at[event];
    ev_event probe = *e;
    uint32_t best = DLN_NONE;
    int most = 0;
    probe.denied = denied;
    probe.reality = EV_REAL;
    int32_t from = ev_dated(e->core) ? month_of(e->core.start - SHIFT) : 0;
    int32_t to = ev_dated(e->core) ? month_of(e->core.end + SHIFT) : 0;
    to = to > from + 14 ? from + 14 : to;
    for (int32_t m = from; m <= to; m++)
        for (uint32_t i = 0; i < e->root_count; i++) {
            uint32_t at = dln_rec__hashes_get(
                &l->lists, key_of(&probe, group, e->roots[i], m));
            for (uint32_t n = 0; at != DLN_NONE && n < LIST; n++) {
                uint32_t other = l->entries.at[at].event;
                at = l->entries.at[at].next;
                int score = other == event
                                ? 0 : f(l, e, &l->k->events.at[other]);
                if (score > most || (score && score == most
                                     && other < best)) {
                    most = score;
                    best = other;
                }
            }
        }
    return best;
}

/* What a plan became: an event of its type, or of one that PLOVER calls so
 * while it is still to come (talks to be held are an agreement to meet). */
static uint32_t find_deed(const linker *l, uint32_t event)
{
    ev_case *k = l->k;
    uint32_t type = k->events.at[event].type;
    dln_str name = k->words.at[type].key;
    for (uint32_t i = 0; i < dln_plover_count(k->plover); i++) {
        const dln_plover_type *t = dln_plover_at(k->plover, i);
        if (!dln_str_eq(t->future, name) || dln_str_eq(t->name, name))
            continue;
        uint32_t to = find(l, event, dln_map_intern(&k->words, t->name),
                           false, came_true);
        if (to != DLN_NONE)
            return to;
    }
    return find(l, event, k->events.at[event].group, false, came_true);
}

static dln_status link_event(linker *l, uint32_t event, uint32_t talks,
                             uint32_t agree)
{
    const ev_event *e = &l->k->events.at[event];
    uint32_t to;
    if (!l->ids[event].len)     /* not written */
        return DLN_OK;
    if (e->denied) {
        to = find(l, event, e->group, false, denies);
        return to == DLN_NONE ? DLN_OK
            : dln_query_run(l->link, "sszz", l->ids[event], l->ids[to],
                            "contradicts", "a denial of the same kind of "
                            "event, sides and time");
    }
    if (e->reality == EV_PLANNED) {
        to = find_deed(l, event);
        return to == DLN_NONE ? DLN_OK
            : dln_query_run(l->link, "sszz", l->ids[to], l->ids[event],
                            "planned_as", "the same sides met about the "
                            "planned day");
    }
    if (e->reality == EV_REAL && e->group == agree && ev_dated(e->core)) {
        to = find(l, event, talks, false, reached_at);
        if (to == DLN_NONE)
            return DLN_OK;
        DLN_TRY(dln_query_run(l->link, "sszz", l->ids[event], l->ids[to],
                              "part_of", "agreed by the same sides on the "
                              "day of their talks"));
        return dln_query_run(l->outcome, "ss", l->ids[to], l->ids[event]);
    }
    return DLN_OK;
}

/* The next planned meeting that a report of this one speaks of, with two
 * of its sides. The first 64 plans of a report are looked at, so that a
 * report of nothing but meetings and plans costs no square. */
static const char next_dates[] =
    "CREATE TEMP TABLE told AS SELECT DISTINCT event_id, report_id "
    "FROM event_mention WHERE event_id NOT NULL;"
    "CREATE INDEX temp.told_event ON told(event_id);"
    "CREATE TEMP TABLE due AS SELECT report_id, event_id, date_start FROM "
    "(SELECT *, row_number() OVER (PARTITION BY report_id "
    "ORDER BY date_start, event_id) AS n FROM (SELECT DISTINCT "
    "q.report_id, q.event_id, p.date_start FROM event p "
    "JOIN told q ON q.event_id = p.id WHERE p.type IN "
    "('CONSULT', 'AGREE') AND p.status = 'planned' "
    "AND p.polarity = 'asserted' AND p.date_start NOT NULL)) WHERE n <= 64;"
    "CREATE INDEX temp.due_report ON due(report_id);"
    "UPDATE meeting SET next_due = (SELECT min(p.date_start) "
    "FROM told m JOIN due p ON p.report_id = m.report_id "
    "JOIN event e ON e.id = m.event_id "
    "WHERE m.event_id = meeting.event_id AND p.date_start > "
    "coalesce(e.date_end, e.date_start) AND (SELECT count(*) FROM "
    "event_party x JOIN event_party y ON y.actor_id = x.actor_id WHERE "
    "x.event_id = p.event_id AND y.event_id = e.id AND x.role = "
    "'participant' AND y.role = 'participant') >= 2) WHERE event_id IN "
    "(SELECT id FROM event WHERE status <> 'planned');"
    "DROP TABLE temp.due; DROP TABLE temp.told";

dln_status ev_write_links(ev_case *k, const dln_str *ids)
{
    dln_case *c = k->c;
    linker l = {.k = k, .ids = ids};
    uint32_t talks = dln_map_intern(&k->words, DLN_STR("CONSULT"));
    uint32_t agree = dln_map_intern(&k->words, DLN_STR("AGREE"));
    dln_rec__hashes_init(&l.lists, c->arena);
    for (uint32_t i = 0; i < k->events.count; i++)
        if (ids[i].len && !add(&l, i))
            return dln_fail(c->error, DLN_NOMEM, "out of memory");
    dln_status status = dln_query_open(
        c->store, &l.link, "INSERT OR IGNORE INTO event_link "
        "VALUES (?,?,?,?)", c->error);
    if (status == DLN_OK)
        status = dln_query_open(
            c->store, &l.outcome, "UPDATE meeting SET outcome = (SELECT "
            "summary FROM event WHERE id = ?2) WHERE event_id = ?1",
            c->error);
    for (uint32_t i = 0; status == DLN_OK && i < k->events.count; i++)
        status = link_event(&l, i, talks, agree);
    dln_query_close(l.link);
    dln_query_close(l.outcome);
    return status == DLN_OK ? dln_store_exec(c->store, next_dates, c->error)
                            : status;
}

dln_status dln_rec__events(dln_case *c)
{
    ev_case k = {.c = c};
    dln_map_init(&k.words, c->arena);
    dln_map_init(&k.place_of, c->arena);
    DLN_TRY(dln_plover_open(&k.plover, dln_onto_datadir(c->onto),
                            c->error));
    dln_status status = ev_read(&k);
    if (status == DLN_OK)
        status = ev_join(&k);
    if (status == DLN_OK)
        status = ev_write(&k);
    dln_plover_close(k.plover);
    return status;
}
