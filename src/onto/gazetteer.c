/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gazetteer: places, listed by hand or packed (towns.h), as one list.
 *
 * A place of places.txt is a packed one when one of its names leads there,
 * the country is the same and it lies within a few kilometres of a town, or
 * in the region. It keeps its own names and position and takes the rest.
 */
#include <math.h>

#include "onto/onto_p.h"

#define TOWN_KM 25.0
#define REGION_KM 300.0
#define BIG_TOWN 50000u
#define SMALL_TOWN 5000u

/* Kilometres, near enough for short ways. */
static double distance(double lat, double lon, const dln_town *town)
{
    double x = fabs(town->lon - lon);
    double y = town->lat - lat;
    x = (x > 180 ? 360 - x : x) * cos(lat * 0.01745329251994330);
    return 111.2 * sqrt(x * x + y * y);
}

static bool is_town(const dln_gazetteer *place)
{
    return dln_str_is(place->kind, "town") || dln_str_is(place->kind, "city")
           || dln_str_is(place->kind, "village");
}

static bool is_region(const dln_gazetteer *place)
{
    return dln_str_is(place->kind, "region")
           || dln_str_is(place->kind, "state")
           || dln_str_is(place->kind, "province");
}

static void take(dln_onto *onto, dln_gazetteer *place, const dln_town *town)
{
    dln_str id = {(const char *)&town->geonameid, sizeof town->geonameid};
    if (dln_map_get(&onto->by_id, id) != DLN_NONE)
        return;
    place->geonameid = town->geonameid;
    place->population = town->population;
    place->seat = (dln_seat)(town->kind < DLN_TOWN_REGION ? town->kind : 0);
    place->division = town->kind == DLN_TOWN_REGION;
    place->region = town->region == DLN_NONE
                        ? DLN_NONE : onto->places.count + town->region;
    dln_map_set(&onto->by_id, id, (uint32_t)(place - onto->places.at));
}

/* The packed place that `key` names and that is this listed one. */
static void match(dln_onto *onto, dln_gazetteer *place, dln_str key)
{
    dln_town best = {0};
    double least = HUGE_VAL;
    bool town = is_town(place), region = is_region(place), other;
    if ((!town && !region) || isnan(place->lat) || !key.len)
        return;
    uint32_t n = 0;
    for (uint32_t at = dln_towns_find(&onto->towns, key);
         at != DLN_NONE && n < 64; at = dln_towns_next(&onto->towns, at)) {
        dln_town t;
        n++;
        if (!dln_towns_get(&onto->towns,
                           dln_towns_record(&onto->towns, at, &other), &t)
            || t.geonameid == DLN_NONE
            || (t.kind == DLN_TOWN_REGION) != region
            || (place->geonameid != DLN_NONE
                && place->geonameid != t.geonameid)
            || !dln_str_is(dln_str_of(place->country), t.country))
            continue;
        double far = distance(place->lat, place->lon, &t);
        if (far <= (town ? TOWN_KM : REGION_KM) && far < least) {
            least = far;
            best = t;
        }
    }
    if (least < HUGE_VAL)
        take(onto, place, &best);
}

/* "luhansk region" → "luhansk"; "" for a name without such a noun. */
static dln_str without_noun(dln_str key)
{
    static const char *const nouns[] = {" region", " oblast", " province",
                                        " state"};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (dln_str_ends(key, dln_str_of(nouns[i])))
            return dln_str_sub(key, 0, key.len - strlen(nouns[i]));
    return (dln_str){NULL, 0};
}

void dln_onto__match_towns(dln_onto *onto)
{
    for (uint32_t k = 0; k < onto->keys.count; k++)
        for (uint32_t s = onto->keys.at[k].value; s != DLN_NONE;
             s = onto->senses.at[s].next)
            if (onto->senses.at[s].kind == DLN_SENSE_PLACE) {
                dln_gazetteer *place =
                    &onto->places.at[onto->senses.at[s].index];
                dln_str key = onto->keys.at[k].key;
                bool own = dln_str_eq(dln_onto_key(onto->arena, place->name),
                                      key);
                if (own || is_town(place))
                    match(onto, place, key);
                if (own)
                    match(onto, place, without_noun(key));
            }
}

static dln_str kind_of(const dln_town *town)
{
    if (town->kind == DLN_TOWN_REGION)
        return DLN_STR("region");
    if (town->kind >= DLN_TOWN_SEAT || town->population >= BIG_TOWN)
        return DLN_STR("city");
    return town->population >= SMALL_TOWN || town->kind >= DLN_TOWN_SEAT2
               ? DLN_STR("town") : DLN_STR("village");
}

dln_gazetteer dln_onto_place(const dln_onto *onto, uint32_t index)
{
    dln_town t;
    if (index < onto->places.count)
        return onto->places.at[index];
    if (!dln_towns_get(&onto->towns, index - onto->places.count, &t))
        return (dln_gazetteer){.geonameid = DLN_NONE, .region = DLN_NONE,
                               .lat = NAN, .lon = NAN};
    dln_str id = {(const char *)&t.geonameid, sizeof t.geonameid};
    uint32_t listed = t.geonameid == DLN_NONE
                          ? DLN_NONE : dln_map_get(&onto->by_id, id);
    if (listed != DLN_NONE)
        return onto->places.at[listed];
    dln_gazetteer place = {
        .name = t.name, .kind = kind_of(&t), .lat = t.lat, .lon = t.lon,
        .geonameid = t.geonameid, .population = t.population,
        .region = t.region == DLN_NONE ? DLN_NONE
                                       : onto->places.count + t.region,
        .seat = (dln_seat)(t.kind < DLN_TOWN_REGION ? t.kind : 0),
        .division = t.kind == DLN_TOWN_REGION};
    memcpy(place.country, t.country, sizeof place.country);
    return place;
}
