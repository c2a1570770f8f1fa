/* SPDX-License-Identifier: Apache-2.0 */
/* Event mentions of all reports into memory, small, in an order that their
 * content alone gives: the most exact dates first, then those with more
 * sides, then as reported. */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "reconcile/events_p.h"

#define MAX_PARTIES 64u     /* of a mention, groups opened */

const char *const ev_statuses[5] = {"actual", "ongoing", "historical",
                                    "planned", "hypothetical"};

ev_reality ev_reality_of(uint8_t status)
{
    return status < 3 ? EV_REAL : status == 3 ? EV_PLANNED
                                              : EV_HYPOTHETICAL;
}

static double radians(double degrees)
{
    return degrees * 3.14159265358979323846 / 180;
}

/* Kilometres between two places (haversine). */
static double distance(const ev_place *a, const ev_place *b)
{
    double x = sin(radians(b->lat - a->lat) / 2);
    double y = sin(radians(b->lon - a->lon) / 2);
    double h = x * x + cos(radians(a->lat)) * cos(radians(b->lat)) * y * y;
    return 2 * 6371 * asin(sqrt(h < 1 ? h : 1));
}

ev_nearness ev_places_near(const ev_case *k, uint32_t a, uint32_t b)
{
    if (a == DLN_NONE || b == DLN_NONE)
        return EV_UNKNOWN;
    if (a == b)
        return EV_SAME;
    const ev_place *p = &k->places.at[a], *q = &k->places.at[b];
    bool countries = *p->country && *q->country;
    if (countries && strcmp(p->country, q->country))
        return p->wide && q->wide && !p->is_country && !q->is_country
                   ? EV_UNKNOWN : EV_APART;
    if (p->is_country || q->is_country)
        return countries ? EV_CONTAINS : EV_UNKNOWN;
    if (isnan(p->lat) || isnan(q->lat))
        return p->wide || q->wide || p->spot != q->spot ? EV_UNKNOWN
                                                        : EV_APART;
    double far = p->wide || q->wide ? 150 : 15;
    return distance(p, q) <= far ? EV_CONTAINS : EV_APART;
}

static void text_into(char *out, size_t size, dln_str text)
{
    size_t len = text.len < size - 1 ? text.len : size - 1;
    memcpy(out, text.data, len);
    out[len] = '\0';
}

static dln_status read_places(ev_case *k)
{
    dln_case *c = k->c;
    dln_query *q;
    DLN_TRY(dln_query_open(c->store, &q, "SELECT id, name, country, lat, "
                           "lon, kind, precision FROM place ORDER BY id",
                           c->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        ev_place *p = DLN_VEC_PUSH(c->arena, &k->places);
        if (!p)
            break;
        dln_str precision = dln_query_str(q, 6);
        *p = (ev_place){.id = dln_arena_str(c->arena, dln_query_str(q, 0)),
                        .name = dln_arena_str(c->arena,
                                              dln_query_str(q, 1)),
                        .lat = dln_query_double(q, 3),
                        .lon = dln_query_double(q, 4)};
        text_into(p->country, sizeof p->country, dln_query_str(q, 2));
        p->is_country = dln_str_is(precision, "country")
                        || dln_str_is(dln_query_str(q, 5), "country");
        p->spot = dln_str_is(precision, "point");
        p->wide = p->is_country || dln_str_is(precision, "region")
                  || dln_str_is(precision, "district")
                  || dln_str_is(precision, "unknown");
        dln_map_set(&k->place_of, p->id, k->places.count - 1);
    }
    dln_query_close(q);
    return status == DLN_END ? DLN_OK : status;
}

static uint8_t index_of(dln_str text, const char *const *names,
                        uint8_t count)
{
    for (uint8_t i = 0; i < count; i++)
        if (dln_str_is(text, names[i]))
            return i;
    return 0;
}

static void read_mention(ev_case *k, const dln_query *q, dln_str text,
                         ev_mention *m)
{
    static const char *const polarities[] = {"asserted", "negated",
                                             "denied"};
    dln_case *c = k->c;
    dln_str mode = dln_query_str(q, 4), value = dln_query_str(q, 11);
    dln_span span = {dln_query_index(q, 12), dln_query_index(q, 13)};
    dln_str trigger = dln_utf8_fold(c->scratch, dln_str_at(text, span));
    *m = (ev_mention){
        .id = dln_arena_str(c->arena, dln_query_str(q, 0)),
        .report = dln_map_get(&c->report_of, dln_query_str(q, 1)),
        .start = dln_query_index(q, 2),
        .type = dln_map_intern(&k->words, dln_query_str(q, 3)),
        .mode = mode.len ? dln_map_intern(&k->words, mode) : DLN_NONE,
        .status = index_of(dln_query_str(q, 5), ev_statuses, 5),
        .polarity = index_of(dln_query_str(q, 6), polarities, 3),
        .when = dln_query_interval(q, 7),
        .place = dln_map_get(&k->place_of, dln_query_str(q, 10)),
        .trigger = dln_hash(trigger.data, trigger.len, 0),
        .event = DLN_NONE, .next = DLN_NONE,
    };
    const dln_str weekday = DLN_STR("XXXX-WXX-");
    if (!ev_dated(m->when) && dln_str_starts(value, weekday)
        && value.len > weekday.len && value.data[weekday.len] >= '1'
        && value.data[weekday.len] <= '7')
        m->weekday = (uint8_t)(value.data[weekday.len] - '0');
}

static void take_weekday(void *user, uint32_t report, const dln_query *q)
{
    uint8_t *weekdays = user;
    weekdays[report] = (uint8_t)dln_query_int(q, 1);
}

/* The weekday that most of an undated report's bare weekdays name, the
 * first told of equals: the day it speaks from. It dates nothing; it only
 * keeps a Monday's talks from being joined to a Friday's. */
static dln_status read_weekdays(ev_case *k, uint8_t *weekdays)
{
    return dln_rec__each(
        k->c, "SELECT t.report_id, CAST(substr(t.value, 10, 1) AS "
        "INTEGER) AS day, count(*) AS times, min(t.span_start) AS start "
        "FROM time_mention t JOIN report r ON r.id = t.report_id "
        "WHERE (r.published IS NULL OR r.published_basis = 'inferred') "
        "AND t.value GLOB 'XXXX-WXX-[1-7]' "
        "GROUP BY t.report_id, day ORDER BY t.report_id, times, start DESC",
        take_weekday, weekdays);
}

/* The mentions that `q` gives, those of one report one after another, so
 * that its text is fetched once and not for every mention. */
static dln_status keep_mentions(ev_case *k, dln_query *q, dln_query *report,
                                const uint8_t *weekdays)
{
    dln_case *c = k->c;
    dln_status status;
    uint32_t last = DLN_NONE;
    dln_str text = {"", 0};
    while ((status = dln_query_step(q)) == DLN_OK) {
        uint32_t at = dln_map_get(&c->report_of, dln_query_str(q, 1));
        if (at == DLN_NONE)
            continue;
        if (at != last) {
            dln_query_bind(report, "s", c->reports.at[at].id);
            text = dln_query_step(report) == DLN_OK
                       ? dln_query_str(report, 0) : (dln_str){"", 0};
            last = at;
        }
        dln_arena_reset(c->scratch);
        ev_mention *m = DLN_VEC_PUSH(c->arena, &k->mentions);
        if (!m)
            break;
        read_mention(k, q, text, m);
        if (!m->weekday && !ev_dated(m->when)
            && ev_reality_of(m->status) == EV_REAL)
            m->weekday = weekdays[m->report];
    }
    return status == DLN_END ? DLN_OK : status;
}

static dln_status read_mentions(ev_case *k)
{
    dln_case *c = k->c;
    dln_query *q = NULL, *report;
    uint8_t *weekdays = dln_arena_array(c->arena, c->reports.count + 1, 1);
    if (!weekdays)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    DLN_TRY(read_weekdays(k, weekdays));
    DLN_TRY(dln_query_open(c->store, &report, "SELECT text FROM report "
                           "WHERE id = ?", c->error));
    dln_status status = dln_query_open(
        c->store, &q, "SELECT m.id, m.report_id, m.span_start, m.type, "
        "m.mode, m.status, m.polarity, m.date_start, m.date_end, "
        "m.date_precision, m.place_id, t.value, m.trigger_start, "
        "m.trigger_end FROM event_mention m "
        "LEFT JOIN time_mention t ON t.id = m.time_id ORDER BY m.id",
        c->error);
    if (status == DLN_OK)
        status = keep_mentions(k, q, report, weekdays);
    dln_query_close(q);
    dln_query_close(report);
    return status;
}

static const char *role_of(dln_str text)
{
    static const char *const roles[] = {"actor", "recipient", "mediator",
                                        "host", "participant"};
    return roles[index_of(text, roles, 5)];
}

static void add_party(ev_case *k, ev_mention *m, uint32_t actor,
                      const char *role)
{
    if (actor == DLN_NONE || m->party_count == MAX_PARTIES)
        return;
    for (uint32_t i = 0; i < m->party_count; i++) {
        const ev_party *p = &k->parties.at[m->party_begin + i];
        if (p->actor == actor && p->role == role)
            return;
    }
    ev_party *p = DLN_VEC_PUSH(k->c->arena, &k->parties);
    if (!p)
        return;
    *p = (ev_party){actor, role};
    m->party_count++;
}

/* Parties come in the order of mention ids, as the mentions do. "Both
 * leaders" stands for its members. */
static dln_status read_parties(ev_case *k)
{
    dln_case *c = k->c;
    dln_query *q, *member;
    DLN_TRY(dln_query_open(
        c->store, &member, "SELECT actor_id FROM report_actor "
        "WHERE report_id = ? AND n = ?", c->error));
    dln_status status = dln_query_open(
        c->store, &q, "SELECT p.mention_id, p.role, p.actor_id, a.members "
        "FROM event_mention_party p "
        "JOIN event_mention m ON m.id = p.mention_id "
        "JOIN report_actor a ON a.report_id = m.report_id "
        "AND a.n = p.actor_n ORDER BY p.mention_id, p.n", c->error);
    uint32_t at = 0;
    if (status != DLN_OK) {
        dln_query_close(member);
        return status;
    }
    while ((status = dln_query_step(q)) == DLN_OK) {
        dln_str id = dln_query_str(q, 0), members = dln_query_str(q, 3), one;
        while (at < k->mentions.count
               && dln_str_cmp(k->mentions.at[at].id, id) < 0)
            at++;
        if (at == k->mentions.count
            || !dln_str_eq(k->mentions.at[at].id, id))
            continue;
        ev_mention *m = &k->mentions.at[at];
        if (!m->party_count)
            m->party_begin = k->parties.count;
        const char *role = role_of(dln_query_str(q, 1));
        if (!members.len)
            add_party(k, m, dln_map_get(&c->actor_of, dln_query_str(q, 2)),
                      role);
        while (dln_str_cut(&members, ',', &one)) {
            dln_query_bind(member, "ss", c->reports.at[m->report].id, one);
            if (dln_query_step(member) == DLN_OK)
                add_party(k, m, dln_map_get(&c->actor_of,
                                            dln_query_str(member, 0)),
                          role);
        }
    }
    dln_query_close(q);
    dln_query_close(member);
    return status == DLN_END ? DLN_OK : status;
}

static int canonical(const void *a, const void *b)
{
    const ev_mention *x = a, *y = b;
    bool dated = ev_dated(x->when), other = ev_dated(y->when);
    if (dated != other)
        return dated ? -1 : 1;
    if (dated && ev_days(x->when) != ev_days(y->when))
        return ev_days(x->when) < ev_days(y->when) ? -1 : 1;
    if (x->party_count != y->party_count)
        return x->party_count > y->party_count ? -1 : 1;
    if (x->report != y->report)
        return x->report < y->report ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return dln_str_cmp(x->id, y->id);
}

dln_status ev_read(ev_case *k)
{
    DLN_TRY(read_places(k));
    DLN_TRY(read_mentions(k));
    DLN_TRY(read_parties(k));
    if (k->mentions.count)
        qsort(k->mentions.at, k->mentions.count, sizeof *k->mentions.at,
              canonical);
    return dln_arena_oom(k->c->arena)
               ? dln_fail(k->c->error, DLN_NOMEM, "out of memory") : DLN_OK;
}
