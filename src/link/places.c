/* SPDX-License-Identifier: Apache-2.0 */
/*
 * places: which place a name is, and whether a place is meant at all.
 *
 * A capital is its government unless a preposition, a noun ("the city of")
 * or a country behind it says that the place is meant. Among places of one
 * name the larger wins, the country the report speaks of before that, and
 * the country behind a comma before all. Method: the usual baseline of
 * geocoding (population and co-mention; Leidner 2007); limits: no reasoning
 * on distances, US states only by name.
 */
#include <math.h>

#include "link/link_p.h"

#define MAX_SENSES 48

static bool is_linked(const dln_linking *l, uint32_t t)
{
    dln_str text = dln_token_str(l->doc, t);
    return dln_str_is(text, ",") || dln_str_is(text, "and")
           || dln_str_is(text, "or");
}

bool dln_link__is_locative(const dln_linking *l, uint32_t begin)
{
    uint32_t sentence = begin < l->doc->tokens.count
                            ? l->doc->tokens.at[begin].sentence : DLN_NONE;
    bool of = false;
    for (unsigned n = 0; n < 6 && begin; n++) {
        uint32_t t = begin - 1, p = l->part_at[t];
        const dln_part *part = p == DLN_NONE ? NULL : &l->parts.at[p];
        if (l->doc->tokens.at[t].sentence != sentence)
            return false;
        if (part && part->kind == DLN_PART_AREA) {
            if (of || !n)
                return true;
            begin = part->begin;
        } else if (part && part->kind == DLN_PART_ADJECTIVE) {
            begin = part->begin;
        } else if (dln_str_is(l->words[t].key, "of")) {
            of = true;
            begin = t;
        } else if (dln_link__word_is(l, t, "locative")) {
            return !of;
        } else if (!part && (dln_str_is(l->words[t].key, "the")
                             || dln_link__word_is(l, t, "modifier"))) {
            begin = t;
        } else {
            return false;
        }
    }
    return false;
}

bool dln_link__continues_places(const dln_linking *l, uint32_t begin)
{
    if (!begin || !is_linked(l, begin - 1) || !l->doc->places.count)
        return false;
    const dln_place *last = &l->doc->places.at[l->doc->places.count - 1];
    return last->token_end == begin - 1
           || (begin > 1 && last->token_end == begin - 2
               && is_linked(l, begin - 2));
}

static dln_place_precision precision_of(const dln_linking *l, dln_str kind)
{
    static const char *const names[] = {"point", "city", "district",
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

static dln_place *add(dln_linking *l, uint32_t begin, uint32_t end,
                      dln_str name, dln_str kind, const char *why)
{
    dln_doc *doc = l->doc;
    dln_place *place = DLN_VEC_PUSH(doc->arena, &doc->places);
    if (!place)
        return NULL;
    *place = (dln_place){
        .span = begin < end ? dln_tokens_span(doc, begin, end) : DLN_NO_SPAN,
        .token_begin = begin, .token_end = end,
        .key = dln_arena_printf(doc->arena, "place:%.*s",
                                DLN_ARG(dln_onto_key(l->scratch, name))),
        .name = name, .kind = kind, .lat = NAN, .lon = NAN,
        .precision = precision_of(l, kind), .geonameid = DLN_NONE,
        .why = dln_str_of(why)};
    return place;
}

static void fill(dln_linking *l, dln_place *place, const dln_gazetteer *g)
{
    memcpy(place->country, g->country, sizeof place->country);
    place->lat = g->lat;
    place->lon = g->lon;
    place->geonameid = g->geonameid;
    if (g->geonameid != DLN_NONE)
        place->key = dln_arena_printf(l->doc->arena, "geo:%u",
                                      (unsigned)g->geonameid);
}

/* The country named right behind "NAME," or right before NAME. */
static dln_str country_beside(dln_linking *l, uint32_t begin, uint32_t end)
{
    const dln_part *beside = NULL;
    if (end + 1 < l->doc->tokens.count
        && dln_str_is(dln_token_str(l->doc, end), ","))
        beside = dln_link__part_from(l, end + 1);
    if (!beside || beside->kind > DLN_PART_PEOPLE)
        beside = dln_link__part_to(l, begin);
    if (beside && (beside->kind == DLN_PART_COUNTRY
                   || beside->kind == DLN_PART_ADJECTIVE))
        return dln_str_of(dln_onto_country(l->onto, beside->index)->iso3);
    return (dln_str){NULL, 0};
}

/* How often a country is named in the report. */
static uint32_t mentioned(const dln_linking *l, const char *iso3)
{
    const dln_country *c = dln_onto_iso3(l->onto, dln_str_of(iso3));
    return c ? l->country_count[c - dln_onto_country(l->onto, 0)] : 0;
}

static double weigh(const dln_linking *l, const dln_gazetteer *g,
                    dln_str beside)
{
    uint32_t named = mentioned(l, g->country);
    double weight = g->population ? log10(g->population) : 4.5;
    weight += named ? 3 + 0.3 * (named > 5 ? 5 : named) : 0;
    return weight + (dln_str_is(beside, g->country) ? 8 : 0);
}

/* The likeliest place of these senses, of one country when `iso3` is
 * given; NULL when there is none. */
static const dln_gazetteer *likeliest(const dln_linking *l,
                                      const dln_sense *senses,
                                      const char *iso3, dln_str beside)
{
    const dln_gazetteer *best = NULL;
    double most = 0;
    unsigned n = 0;
    for (const dln_sense *s = senses; s && n < MAX_SENSES;
         s = dln_onto_next(l->onto, s)) {
        if (s->kind != DLN_SENSE_PLACE)
            continue;
        n++;
        const dln_gazetteer *g = dln_onto_place(l->onto, s->index);
        if (iso3 && !dln_str_is(dln_str_of(iso3), g->country))
            continue;
        double weight = weigh(l, g, beside);
        if (!best || weight > most) {
            best = g;
            most = weight;
        }
    }
    return best;
}

static dln_str text_of(const dln_linking *l, uint32_t begin, uint32_t end)
{
    return dln_doc_str(l->doc, dln_tokens_span(l->doc, begin, end));
}

/* Where the place's noun stands before: "the village of Sotk". */
static dln_str noun_before(dln_linking *l, uint32_t begin)
{
    if (begin && dln_str_is(l->words[begin - 1].key, "of"))
        begin--;
    const dln_part *part = dln_link__part_to(l, begin);
    if (!part || part->kind != DLN_PART_AREA)
        return (dln_str){NULL, 0};
    return dln_row_field(&l->link->place_nouns.table->rows[part->index], 1);
}

void dln_link__place(dln_linking *l, dln_part *part)
{
    const dln_country *c = part->kind == DLN_PART_CAPITAL
                               || part->kind == DLN_PART_GOVERNMENT
                               ? dln_onto_country(l->onto, part->index)
                               : NULL;
    dln_str beside = country_beside(l, part->begin, part->end);
    const dln_gazetteer *g = likeliest(l, part->sense, c ? c->iso3 : NULL,
                                       beside);
    dln_str kind = noun_before(l, part->begin);
    dln_place *place;
    if (g) {
        place = add(l, part->begin, part->end, g->name, g->kind,
                    "the ontology's place of this name");
        if (place)
            fill(l, place, g);
    } else {
        dln_str base = c ? c->adjective.len && part->kind == DLN_PART_CAPITAL
                           ? DLN_STR("city") : DLN_STR("building")
                         : kind;
        place = add(l, part->begin, part->end,
                    text_of(l, part->begin, part->end), base,
                    c ? "a seat of government, as a place"
                      : "a name where a place is expected");
        if (place && c)
            memcpy(place->country, c->iso3, sizeof place->country);
    }
    part->done = true;
}

void dln_link__country_place(dln_linking *l, const dln_part *part)
{
    const dln_country *c = dln_onto_country(l->onto, part->index);
    dln_place *place = add(l, part->begin, part->end, c->name,
                           DLN_STR("country"), "a country as a place");
    if (place)
        memcpy(place->country, c->iso3, sizeof place->country);
}

static bool may_name_area(const dln_part *part)
{
    switch (part->kind) {
    case DLN_PART_PLACE:
    case DLN_PART_CAPITAL:
        return true;
    case DLN_PART_NAME:
        return part->name != DLN_NAME_PERSON
               && part->name != DLN_NAME_ORGANISATION;
    default:
        return false;
    }
}

bool dln_link__area(dln_linking *l, dln_part *part)
{
    dln_part *noun = dln_link__part_from(l, part->end);
    dln_part *before = dln_link__part_to(l, part->begin);
    uint32_t begin = part->begin, end = part->end;
    if (!may_name_area(part))
        return false;
    if (noun && noun->kind == DLN_PART_AREA) {
        end = noun->end;
    } else if (before && before->kind == DLN_PART_AREA
               && l->words[before->begin].capital && !before->done) {
        noun = before;
        begin = before->begin;
    } else {
        return false;
    }
    const dln_row *row = &l->link->place_nouns.table->rows[noun->index];
    const dln_gazetteer *g = likeliest(
        l, part->sense, NULL, country_beside(l, part->begin, part->end));
    dln_place *place = add(l, begin, end, text_of(l, begin, end),
                           dln_row_field(row, 1),
                           "a name and its noun of place");
    if (place && g) {
        memcpy(place->country, g->country, sizeof place->country);
        place->lat = g->lat;
        place->lon = g->lon;
    }
    noun->done = part->done = true;
    return true;
}

void dln_link__dateline(dln_linking *l)
{
    dln_doc *doc = l->doc;
    dln_str name = doc->dateline_place, beside = {NULL, 0};
    size_t comma = dln_str_find(name, DLN_STR(","), 0);
    if (!name.len)
        return;
    dln_str rest = dln_str_trim(dln_str_sub(name, comma + 1, name.len));
    uint32_t c = dln_onto_sense(l->onto, dln_onto_key(l->scratch, rest),
                                DLN_SENSE_COUNTRY);
    if (rest.len && c != DLN_NONE)
        beside = dln_str_of(dln_onto_country(l->onto, c)->iso3);
    dln_str town = dln_str_trim(dln_str_sub(name, 0, comma));
    dln_str key = dln_onto_key(l->scratch, town);
    uint32_t capital = dln_onto_sense(l->onto, key, DLN_SENSE_CAPITAL);
    const char *iso3 = capital == DLN_NONE || beside.len ? NULL
                           : dln_onto_country(l->onto, capital)->iso3;
    const dln_gazetteer *g = likeliest(l, dln_onto_find(l->onto, key), iso3,
                                       beside);
    uint32_t at = doc->places.count;
    dln_place *place = add(l, 0, 0, g ? g->name : town,
                           g ? g->kind : (dln_str){NULL, 0}, "the dateline");
    if (!place)
        return;
    if (g)
        fill(l, place, g);
    else if (iso3)
        memcpy(place->country, iso3, sizeof place->country);
    doc->dateline_place_index = at;
}
