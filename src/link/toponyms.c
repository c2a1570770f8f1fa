/* SPDX-License-Identifier: Apache-2.0 */
/*
 * toponyms: names of places → which places they are.
 *
 * All senses of a name are weighed, in two rounds: first the names with a
 * country or region beside them, then the others in the light of what the
 * report speaks of. What counts: what is said beside the name; the same
 * name's sense elsewhere in the report; regions and countries the report
 * names; places chosen already that lie near; what the place is the seat of;
 * its population. A small town needs one of the former, or it stays a name
 * without a position: no city is made up.
 *
 * Method: population, containment and one sense in a discourse (Leidner
 * 2007, "Toponym resolution in text", ch. 3); the weights are set by hand.
 * Limits: outlines of regions are not known, only the middle of their towns.
 */
#include <math.h>

#include "link/link_p.h"

#define MAX_SENSES 48
#define MAX_REGIONS 64
#define MAX_ANCHORS 24
#define BIG_TOWN 50000u
#define DISTRICT_SEAT 5000u
#define ALONE 15000u        /* people a town needs with nothing to speak for
                               it */
#define GREAT 500000u
#define NEAR_KM 150.0
#define RADIAN 57.29577951308232

typedef struct context {
    dln_linking *l;
    double *countries;      /* [countries] how much the report is about */
    double total;
    uint32_t regions[MAX_REGIONS];  /* places: first divisions named */
    uint32_t region_count;
    struct {
        double lat, lon;
    } anchors[MAX_ANCHORS];
    uint32_t anchor_count;
    dln_map chosen;         /* key -> place already settled */
} context;

typedef struct choice {
    dln_gazetteer g;
    double weight;
    const char *why;
    unsigned senses;        /* places of this name */
    bool found;
} choice;

bool dln_link__is_weak(const dln_gazetteer *g)
{
    if (g->listed)
        return false;
    if (g->division)
        return true;
    return g->seat < DLN_SEAT_REGION && g->population < BIG_TOWN
           && (g->seat != DLN_SEAT_DISTRICT
               || g->population < DISTRICT_SEAT);
}

dln_place_precision dln_link__precision(const dln_linking *l, dln_str kind)
{
    static const char *const names[] = {"point", "near", "city", "district",
                                        "region", "country"};
    uint32_t row = dln_map_get(&l->link->place_nouns.rows, kind);
    if (row == DLN_NONE)
        return DLN_PLACE_UNKNOWN;
    dln_str text = dln_row_field(&l->link->place_nouns.table->rows[row], 2);
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (dln_str_is(text, names[i]))
            return (dln_place_precision)(i + 1);
    return DLN_PLACE_UNKNOWN;
}

static uint32_t country_at(const dln_linking *l, const char *iso3)
{
    const dln_country *c = dln_onto_iso3(l->onto, dln_str_of(iso3));
    return c ? (uint32_t)(c - dln_onto_country(l->onto, 0)) : DLN_NONE;
}

static void count_country(context *c, const char *iso3, double weight)
{
    uint32_t at = country_at(c->l, iso3);
    if (at == DLN_NONE)
        return;
    c->countries[at] += weight;
    c->total += weight;
}

static bool is_region_named(const context *c, uint32_t region)
{
    for (uint32_t i = 0; region != DLN_NONE && i < c->region_count; i++)
        if (c->regions[i] == region)
            return true;
    return false;
}

static void add_regions(context *c, dln_str key)
{
    unsigned n = 0;
    for (dln_sense s = dln_onto_find(c->l->onto, key);
         s.kind && n < MAX_SENSES && c->region_count < MAX_REGIONS;
         s = dln_onto_next(c->l->onto, s)) {
        n++;
        if (s.kind == DLN_SENSE_PLACE && !is_region_named(c, s.index)
            && dln_onto_place(c->l->onto, s.index).division)
            c->regions[c->region_count++] = s.index;
    }
}

/* Does the region's name beside the toponym stand for this region? */
static bool is_beside(const context *c, dln_str key, uint32_t region)
{
    unsigned n = 0;
    if (!key.len || region == DLN_NONE)
        return false;
    for (dln_sense s = dln_onto_find(c->l->onto, key);
         s.kind && n < MAX_SENSES; s = dln_onto_next(c->l->onto, s)) {
        n++;
        if (s.kind == DLN_SENSE_PLACE && s.index == region)
            return true;
    }
    return false;
}

static double distance(double lat, double lon, double to_lat, double to_lon)
{
    double x = fabs(to_lon - lon), y = to_lat - lat;
    x = (x > 180 ? 360 - x : x) * cos(lat / RADIAN);
    return 111.2 * sqrt(x * x + y * y);
}

static bool is_near_anchor(const context *c, const dln_gazetteer *g)
{
    for (uint32_t i = 0; i < c->anchor_count; i++)
        if (distance(g->lat, g->lon, c->anchors[i].lat, c->anchors[i].lon)
            <= NEAR_KM)
            return true;
    return false;
}

static bool is_regional(const dln_gazetteer *g)
{
    return g->division || (g->listed && !dln_str_is(g->kind, "city")
                           && !dln_str_is(g->kind, "town")
                           && !dln_str_is(g->kind, "village"));
}

/* May the noun beside the name stand for this place? */
static bool fits(const context *c, const dln_toponym *t,
                 const dln_gazetteer *g)
{
    if (t->only && !dln_str_is(dln_str_of(t->only), g->country))
        return false;
    if (!t->noun.len)
        return true;
    switch (dln_link__precision(c->l, t->noun)) {
    case DLN_PLACE_CITY:
        return !is_regional(g);
    case DLN_PLACE_REGION:
        return is_regional(g) || g->seat >= DLN_SEAT_REGION || g->listed;
    default:
        return true;
    }
}

/* How much speaks for a place: adds to the weight, names the reason. */
static void speak(const context *c, const dln_toponym *t,
                  const dln_gazetteer *g, choice *out)
{
    const dln_linking *l = c->l;
    uint32_t country = country_at(l, g->country);
    uint32_t before = dln_map_get(&c->chosen, t->key);
    bool beside_country = t->country.len
                          && dln_str_is(t->country, g->country);
    bool beside_region = is_beside(c, t->region, g->region);
    double said = country == DLN_NONE || c->total <= 0
                      ? 0 : c->countries[country] / c->total;
    out->why = NULL;
    if (said > 0) {
        out->weight += 0.5 + 3 * said;
        out->why = "the report speaks of its country";
    }
    if (!isnan(g->lat) && is_near_anchor(c, g)) {
        out->weight += 1;
        out->why = "other places of the report lie near";
    }
    if (is_region_named(c, g->region)
        && !is_beside(c, t->key, g->region)) {
        out->weight += 2.5;
        out->why = "the report speaks of its region";
    }
    if (before != DLN_NONE
        && l->doc->places.at[before].geonameid == g->geonameid
        && g->geonameid != DLN_NONE) {
        out->weight += 6;
        out->why = "the same name in this report is this place";
    }
    if (beside_country || beside_region) {
        out->weight += beside_country && beside_region ? 12 : 8;
        out->why = beside_region ? "its region is named beside it"
                                 : "its country is named beside it";
    }
}

static choice weigh(const context *c, const dln_toponym *t,
                    const dln_gazetteer *g, bool other)
{
    choice out = {.g = *g, .found = true};
    out.weight = g->population ? log10(g->population)
                 : g->listed   ? 4.5 : 2.5;
    out.weight -= other ? 0.7 : 0;
    out.weight += g->seat == DLN_SEAT_COUNTRY  ? 1.5
                  : g->seat == DLN_SEAT_REGION ? 0.5 : 0;
    if (g->division && !g->listed && !t->noun.len)
        out.weight -= 2;
    if (t->noun.len && dln_link__precision(c->l, t->noun) >= DLN_PLACE_DISTRICT
        && is_regional(g))
        out.weight += 4;
    speak(c, t, g, &out);
    return out;
}

/* May a place be meant by its name alone? A small town never, nor a town
 * by one of its other names if it is not great. */
static bool speaks_for_itself(const dln_gazetteer *g, bool other)
{
    if (g->listed)
        return true;
    if (other && g->seat < DLN_SEAT_COUNTRY && g->population < GREAT)
        return false;
    return !dln_link__is_weak(g) || g->population >= ALONE;
}

/* The likeliest sense of a name; not found when none will do. */
static choice choose(const context *c, const dln_toponym *t)
{
    choice best = {.found = false};
    unsigned n = 0, places = 0;
    for (dln_sense s = dln_onto_find(c->l->onto, t->key);
         s.kind && n < MAX_SENSES; s = dln_onto_next(c->l->onto, s)) {
        n++;
        if (s.kind != DLN_SENSE_PLACE)
            continue;
        dln_gazetteer g = dln_onto_place(c->l->onto, s.index);
        if (!g.name.len || !fits(c, t, &g))
            continue;
        places++;
        bool there = (t->country.len && dln_str_is(t->country, g.country))
                     || is_beside(c, t->region, g.region);
        if (t->bound && !there && !g.listed)
            continue;
        choice one = weigh(c, t, &g, s.other);
        if (!one.why && !speaks_for_itself(&g, s.other))
            continue;
        if (t->article && !t->noun.len && dln_link__is_weak(&g))
            continue;
        if (!best.found || one.weight > best.weight)
            best = one;
    }
    best.senses = places;
    if (best.found && !best.why)
        best.why = best.senses == 1 ? "the only place of this name known"
                                    : "the largest place of this name";
    return best;
}

static void set_country(dln_place *place, const char *country)
{
    if (*country)
        memcpy(place->country, country, sizeof place->country);
}

/* Moves a position by so many kilometres; bearing in degrees from north. */
static void move(dln_place *place, double km, double bearing)
{
    double lat = place->lat;
    place->lat += km / 111.2 * cos(bearing / RADIAN);
    double wide = cos(lat / RADIAN);
    if (wide > 0.01)
        place->lon += km / 111.2 * sin(bearing / RADIAN) / wide;
    if (place->lat > 90 || place->lat < -90 || place->lon > 180
        || place->lon < -180) {
        place->lat = lat;
        place->lon = NAN;
        place->lat = NAN;
    }
}

static const char *direction_of(double bearing)
{
    static const char *const names[] = {
        "north", "northeast", "east", "southeast", "south", "southwest",
        "west", "northwest"};
    return names[(unsigned)(bearing / 45 + 0.5) % 8];
}

/* A place beside a place: its own key, since it is not the town. */
static void set_near(dln_linking *l, dln_place *place, const dln_toponym *t)
{
    dln_arena *arena = l->doc->arena;
    if (place->geonameid == DLN_NONE
        || (place->precision != DLN_PLACE_POINT
            && place->precision != DLN_PLACE_CITY))
        return;
    unsigned id = (unsigned)place->geonameid;
    if (isnan(t->bearing)) {
        place->key = dln_arena_printf(arena, "near:%u", id);
        place->name = dln_arena_printf(arena, "near %.*s",
                                       DLN_ARG(place->name));
    } else if (t->km > 0) {
        place->key = dln_arena_printf(arena, "near:%u:%.0f:%.0f", id, t->km,
                                      t->bearing);
        place->name = dln_arena_printf(arena, "%.0f km %s of %.*s", t->km,
                                       direction_of(t->bearing),
                                       DLN_ARG(place->name));
        move(place, t->km, t->bearing);
    } else {
        place->key = dln_arena_printf(arena, "near:%u:%.0f", id, t->bearing);
        place->name = dln_arena_printf(arena, "%s of %.*s",
                                       direction_of(t->bearing),
                                       DLN_ARG(place->name));
    }
    place->precision = DLN_PLACE_NEAR;
    place->geonameid = DLN_NONE;
    place->why = dln_arena_printf(arena, "%.*s; beside it, not in it",
                                  DLN_ARG(place->why));
}

/* Kinds that lie in the town they are called after. */
static bool is_in_town(dln_str kind)
{
    static const char *const kinds[] = {
        "airport", "base", "camp", "port", "checkpoint", "site", "square",
        "district", "area", "zone", "province", "region", "state"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dln_str_is(kind, kinds[i]))
            return true;
    return false;
}

/* Is the place itself meant, or something called after it? */
static bool is_itself(const context *c, const dln_toponym *t,
                      const dln_gazetteer *g)
{
    if (!t->noun.len)
        return true;
    switch (dln_link__precision(c->l, t->noun)) {
    case DLN_PLACE_CITY:
        return true;
    case DLN_PLACE_REGION:
    case DLN_PLACE_DISTRICT:
        return is_regional(g) || !t->area;
    default:
        return false;
    }
}

static void fill(context *c, uint32_t at, const dln_toponym *t, choice *best)
{
    dln_linking *l = c->l;
    dln_arena *arena = l->doc->arena;
    dln_place *place = &l->doc->places.at[at];
    dln_gazetteer *g = &best->g;
    /* "Luhansk province", by another of the town's names: its region. */
    bool region = t->noun.len && !is_regional(g)
                  && dln_link__precision(l, t->noun) == DLN_PLACE_REGION
                  && g->region != DLN_NONE && g->seat >= DLN_SEAT_REGION;
    if (region)
        *g = dln_onto_place(l->onto, g->region);
    if (is_itself(c, t, g)) {
        place->name = g->name;
        place->kind = g->kind;
        place->precision = dln_link__precision(l, g->kind);
        place->geonameid = g->geonameid;
        place->key = g->geonameid != DLN_NONE
            ? dln_arena_printf(arena, "geo:%u", (unsigned)g->geonameid)
            : dln_arena_printf(arena, "place:%.*s",
                               DLN_ARG(dln_onto_key(l->scratch, g->name)));
    }
    if (is_itself(c, t, g) || is_in_town(t->noun)) {
        set_country(place, g->country);
        place->lat = g->lat;
        place->lon = g->lon;
    }
    place->why = dln_arena_printf(
        arena, best->senses > 1 ? "%s: %s (of %u places so called)"
                                : "%s: %s",
        region ? "the region of its seat"
        : is_itself(c, t, g)
            ? g->listed ? "a place of the ontology" : "the gazetteer"
            : "called after a place", best->why, best->senses);
    if (t->near)
        set_near(l, place, t);
}

static void settle(context *c, uint32_t at)
{
    dln_linking *l = c->l;
    const dln_toponym *t = &l->toponyms.at[at];
    dln_place *place = &l->doc->places.at[at];
    choice best = choose(c, t);
    if (best.found)
        fill(c, at, t, &best);
    else if (t->country.len == 3 && t->bound)
        memcpy(place->country, t->country.data, 3);
    if (!best.found)
        return;
    if (dln_map_get(&c->chosen, t->key) == DLN_NONE)
        dln_map_set(&c->chosen, t->key, at);
}

/* What is settled by words beside it helps with the others. */
static void add_anchor(context *c, const dln_place *place)
{
    count_country(c, place->country, 1);
    if (isnan(place->lat) || c->anchor_count == MAX_ANCHORS)
        return;
    c->anchors[c->anchor_count].lat = place->lat;
    c->anchors[c->anchor_count++].lon = place->lon;
}

static bool has_evidence(const dln_toponym *t)
{
    return t->country.len || t->region.len || t->only;
}

void dln_link__settle(dln_linking *l)
{
    uint32_t n = dln_onto_country_count(l->onto);
    context c = {.l = l, .countries = dln_arena_array(
                             l->scratch, n, sizeof *c.countries)};
    if (!c.countries || l->toponyms.count != l->doc->places.count)
        return;
    dln_map_init(&c.chosen, l->scratch);
    for (uint32_t i = 0; i < n; i++) {
        c.countries[i] = l->country_count[i];
        c.total += l->country_count[i];
    }
    for (uint32_t i = 0; i < l->toponyms.count; i++) {
        const dln_toponym *t = &l->toponyms.at[i];
        if (t->region.len)
            add_regions(&c, t->region);
        else if (t->key.len)
            add_regions(&c, t->key);
    }
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < l->toponyms.count; i++) {
            const dln_toponym *t = &l->toponyms.at[i];
            if (!t->key.len || has_evidence(t) == (round == 1))
                continue;
            settle(&c, i);
            if (!round)
                add_anchor(&c, &l->doc->places.at[i]);
        }
}
