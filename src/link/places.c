/* SPDX-License-Identifier: Apache-2.0 */
/*
 * places: parts → places: whether a place is meant at all.
 *
 * A capital is its government unless a preposition, a noun ("the city of")
 * or a country behind it says that the place is meant. Which place of its
 * name it is, is settled at the end (toponyms.c).
 */
#include <math.h>

#include "link/link_p.h"

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

static dln_place *add(dln_linking *l, uint32_t begin, uint32_t end,
                      dln_str name, dln_str kind, const char *why,
                      dln_toponym **toponym)
{
    dln_doc *doc = l->doc;
    dln_toponym *slot = DLN_VEC_PUSH(l->scratch, &l->toponyms);
    dln_place *place = slot ? DLN_VEC_PUSH(doc->arena, &doc->places) : NULL;
    if (!place)
        return NULL;
    *slot = (dln_toponym){.bearing = NAN};
    if (toponym)
        *toponym = slot;
    *place = (dln_place){
        .span = begin < end ? dln_tokens_span(doc, begin, end) : DLN_NO_SPAN,
        .token_begin = begin, .token_end = end,
        .key = dln_arena_printf(doc->arena, "place:%.*s",
                                DLN_ARG(dln_onto_key(l->scratch, name))),
        .name = name, .kind = kind, .lat = NAN, .lon = NAN,
        .precision = dln_link__precision(l, kind), .geonameid = DLN_NONE,
        .why = dln_str_of(why)};
    return place;
}

static dln_str text_of(const dln_linking *l, uint32_t begin, uint32_t end)
{
    return dln_doc_str(l->doc, dln_tokens_span(l->doc, begin, end));
}

void dln_link__place(dln_linking *l, dln_part *part)
{
    const dln_country *c = part->kind == DLN_PART_CAPITAL
                               || part->kind == DLN_PART_GOVERNMENT
                               ? dln_onto_country(l->onto, part->index)
                               : NULL;
    bool capital = c && part->kind == DLN_PART_CAPITAL;
    dln_toponym *toponym;
    dln_place *place = add(
        l, part->begin, part->end, text_of(l, part->begin, part->end),
        !c        ? (dln_str){NULL, 0}
        : capital ? DLN_STR("city") : DLN_STR("building"),
        c ? "a seat of government, as a place"
          : "a name where a place is expected", &toponym);
    part->done = true;
    if (!place)
        return;
    if (c) {
        memcpy(place->country, c->iso3, sizeof place->country);
        toponym->only = c->iso3;
    }
    toponym->key = dln_link__key(l, part->begin, part->end);
    dln_link__whereabouts(l, part->begin, part->end, toponym);
    /* "Tripoli, Lebanon", "Paris, Texas" */
    if (c && toponym->bound
        && !dln_str_is(toponym->country, c->iso3)) {
        toponym->only = NULL;
        *place->country = '\0';
    }
}

void dln_link__country_place(dln_linking *l, const dln_part *part)
{
    const dln_country *c = dln_onto_country(l->onto, part->index);
    dln_place *place = add(l, part->begin, part->end, c->name,
                           DLN_STR("country"), "a country as a place", NULL);
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
    dln_toponym *toponym;
    dln_place *place = add(l, begin, end, text_of(l, begin, end),
                           dln_row_field(row, 1),
                           "a name and its noun of place", &toponym);
    if (place) {
        toponym->key = dln_link__key(l, part->begin, part->end);
        dln_link__whereabouts(l, begin, end, toponym);
        toponym->noun = dln_row_field(row, 1);
        toponym->area = true;
    }
    noun->done = part->done = true;
    return true;
}

void dln_link__dateline(dln_linking *l)
{
    dln_doc *doc = l->doc;
    dln_str name = doc->dateline_place;
    size_t comma = dln_str_find(name, DLN_STR(","), 0);
    if (!name.len)
        return;
    dln_str town = dln_str_trim(dln_str_sub(name, 0, comma));
    dln_str rest = dln_str_trim(dln_str_sub(name, comma + 1, name.len));
    dln_str beside = dln_onto_key(l->scratch, rest);
    dln_toponym *toponym;
    uint32_t at = doc->places.count;
    dln_place *place = add(l, 0, 0, town, (dln_str){NULL, 0}, "the dateline",
                           &toponym);
    if (!place)
        return;
    toponym->key = dln_onto_key(l->scratch, town);
    if (beside.len) {
        uint32_t c = dln_onto_sense(l->onto, beside, DLN_SENSE_COUNTRY);
        if (c != DLN_NONE)
            toponym->country =
                dln_str_of(dln_onto_country(l->onto, c)->iso3);
        toponym->region = beside;
    } else {
        uint32_t c = dln_onto_sense(l->onto, toponym->key,
                                    DLN_SENSE_CAPITAL);
        if (c != DLN_NONE) {
            toponym->only = dln_onto_country(l->onto, c)->iso3;
            memcpy(place->country, toponym->only, sizeof place->country);
        }
    }
    doc->dateline_place_index = at;
}
