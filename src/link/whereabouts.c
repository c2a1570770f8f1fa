/* SPDX-License-Identifier: Apache-2.0 */
/*
 * whereabouts: what the words around a place's name tell of it.
 *
 *   "Gori, Georgia", "Gwoza, Borno State, Nigeria", "Homs in Syria"
 *   "Nigeria's Borno state", "the Syrian city of Homs"
 *   "near Gori", "12 km (7 miles) south of Gori"
 *
 * A country or region said with a comma, a genitive or a noun of place binds
 * the name: it is there or nowhere. One said with "in" or an adjective alone
 * only speaks for it. Read from the words, so that a wrong tree does no
 * harm.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "link/link_p.h"

#define MAX_STEPS 12

static bool is_text(const dln_linking *l, uint32_t t, const char *text)
{
    return t < l->doc->tokens.count
           && dln_str_is(dln_token_str(l->doc, t), text);
}

static bool is_word(const dln_linking *l, uint32_t t, const char *key)
{
    return t < l->doc->tokens.count && dln_str_is(l->words[t].key, key);
}

/* The number beside a word of this use in the list, or NAN. */
static double value_of(const dln_linking *l, uint32_t t, const char *use)
{
    const dln_table *table = l->link->name_words;
    for (const dln_row *row = dln_table_find(table, l->words[t].key); row;
         row = row->next == DLN_NONE ? NULL : &table->rows[row->next])
        if (dln_str_is(dln_row_field(row, 1), use)) {
            char text[16];
            dln_str s = dln_row_field(row, 2);
            snprintf(text, sizeof text, "%.*s", DLN_ARG(s));
            return strtod(text, NULL);
        }
    return NAN;
}

static bool names_region(const dln_linking *l, dln_str key)
{
    unsigned n = 0;
    for (dln_sense s = dln_onto_find(l->onto, key); s.kind && n < 48;
         s = dln_onto_next(l->onto, s)) {
        n++;
        if (s.kind == DLN_SENSE_PLACE
            && dln_onto_place(l->onto, s.index).division)
            return true;
    }
    return false;
}

/* Takes what the part says; false when it says nothing of where. */
static bool take(dln_linking *l, const dln_part *part, bool bound,
                 dln_toponym *out)
{
    if (part->kind == DLN_PART_COUNTRY || part->kind == DLN_PART_ADJECTIVE)
        out->country =
            dln_str_of(dln_onto_country(l->onto, part->index)->iso3);
    else if (part->kind != DLN_PART_PLACE && part->kind != DLN_PART_NAME)
        return false;
    dln_str key = dln_link__key(l, part->begin, part->end);
    bool region = part->kind != DLN_PART_ADJECTIVE && names_region(l, key);
    if (region && !out->region.len)
        out->region = key;
    if (bound && (region || part->kind < DLN_PART_PEOPLE))
        out->bound = true;
    return region || part->kind == DLN_PART_COUNTRY
           || part->kind == DLN_PART_ADJECTIVE;
}

/* "In Homs, Turkey said": no country of Homs's. */
static bool is_followed_by_verb(const dln_linking *l, const dln_part *part)
{
    if (!l->tagged || part->end >= l->doc->tokens.count)
        return false;
    uint8_t upos = l->doc->tokens.at[part->end].upos;
    return upos == DLN_UPOS_VERB || upos == DLN_UPOS_AUX;
}

/* ", Georgia", ", Borno State, Nigeria", "(Ukraine)", "in northern Mali" */
static void read_behind(dln_linking *l, uint32_t end, dln_toponym *out)
{
    for (unsigned n = 0; n < 2; n++) {
        bool bound = is_text(l, end, ",") || is_text(l, end, "(");
        if (!bound && !is_word(l, end, "in"))
            return;
        uint32_t t = end + 1;
        while (!bound && t < l->doc->tokens.count && t < end + 4
               && (is_word(l, t, "the")
                   || dln_link__word_is(l, t, "modifier")))
            t++;
        const dln_part *part = dln_link__part_from(l, t);
        if (!part || part->kind == DLN_PART_ADJECTIVE
            || (bound && is_followed_by_verb(l, part))
            || l->doc->tokens.at[t].sentence
                   != l->doc->tokens.at[end].sentence
            || !take(l, part, bound, out) || out->country.len)
            return;
        end = part->end;
        part = dln_link__part_from(l, end);
        if (part && part->kind == DLN_PART_AREA)
            end = part->end;
    }
}

/* "the Syrian city of", "Nigeria's northern", "Nigeria's" */
static void read_before(dln_linking *l, uint32_t begin, dln_toponym *out)
{
    uint32_t t = begin;
    bool of = t && is_word(l, t - 1, "of");
    const dln_part *part = dln_link__part_to(l, of ? t - 1 : t);
    if (part && part->kind == DLN_PART_AREA) {
        /* "the capital of South Darfur" is not South Darfur. */
        if (of && is_word(l, part->end - 1, "capital"))
            return;
        out->noun = dln_row_field(
            &l->link->place_nouns.table->rows[part->index], 1);
        t = part->begin;
    } else if (of) {
        return;
    }
    for (unsigned n = 0; t && n < 4; n++) {
        part = dln_link__part_to(l, t);
        if (l->words[t - 1].possessive) {
            part = dln_link__part_to(l, t - 1);
            if (part)
                take(l, part, true, out);
            return;
        }
        if (part && part->kind == DLN_PART_ADJECTIVE) {
            if (!out->country.len)
                take(l, part, out->noun.len > 0, out);
            return;
        }
        if (part || !dln_link__word_is(l, t - 1, "modifier"))
            return;
        t--;
    }
}

/* "12 km (7 miles)" or "some 30 kilometres", that ends before `t`. */
static double way_before(const dln_linking *l, uint32_t t)
{
    if (t && is_text(l, t - 1, ")")) {
        unsigned n = 0;
        while (t && !is_text(l, t, "(") && n++ < 6)
            t--;
    }
    if (t < 2)
        return 0;
    double unit = value_of(l, t - 1, "distance");
    dln_str number = dln_token_str(l->doc, t - 2);
    char text[16];
    if (isnan(unit) || !number.len || !dln_is_digit(number.data[0]))
        return 0;
    snprintf(text, sizeof text, "%.*s", DLN_ARG(number));
    double km = strtod(text, NULL) * unit;
    return km > 0 && km <= 300 ? km : 0;
}

/* "south", "north-east": the degrees; *t moves to its first word. */
static double bearing_before(const dln_linking *l, uint32_t *t)
{
    double last = *t ? value_of(l, *t - 1, "direction") : NAN, first;
    if (isnan(last))
        return NAN;
    *t -= 1;
    if (*t < 2 || !l->words[*t - 1].hyphen
        || isnan(first = value_of(l, *t - 2, "direction")))
        return last;
    *t -= 2;
    if (fabs(first - last) > 180)
        *(first < last ? &first : &last) += 360;
    return fmod((first + last) / 2, 360);
}

/* "near", "outside", "south of", "12 km south of", "12 km from" */
static void read_near(dln_linking *l, uint32_t begin, dln_toponym *out)
{
    uint32_t t = begin;
    for (unsigned n = 0; t && n < MAX_STEPS; n++) {
        const dln_part *part = dln_link__part_to(l, t);
        if (part && (part->kind == DLN_PART_AREA
                     || part->kind == DLN_PART_ADJECTIVE))
            t = part->begin;
        else if (is_word(l, t - 1, "the")
                 || dln_link__word_is(l, t - 1, "modifier")
                 || (is_word(l, t - 1, "of") && t > 1
                     && dln_link__part_to(l, t - 1)
                     && dln_link__part_to(l, t - 1)->kind
                            == DLN_PART_AREA))
            t--;
        else
            break;
    }
    if (!t)
        return;
    if (dln_link__word_is(l, t - 1, "near")
        || (is_word(l, t - 1, "to") && t > 1 && is_word(l, t - 2, "close"))) {
        out->near = true;
        return;
    }
    bool of = is_word(l, t - 1, "of") || is_word(l, t - 1, "from");
    uint32_t end = t - 1;
    double bearing = of ? bearing_before(l, &end) : NAN;
    if (of && !isnan(bearing)) {
        out->near = true;
        out->bearing = bearing;
        if (end && is_word(l, end - 1, "the"))
            end--;
        if (end && is_word(l, end - 1, "to"))
            end--;
        out->km = way_before(l, end);
    } else if (is_word(l, t - 1, "from") && way_before(l, t - 1) > 0) {
        out->near = true;
    }
}

void dln_link__whereabouts(dln_linking *l, uint32_t begin, uint32_t end,
                           dln_toponym *out)
{
    out->article = begin && is_word(l, begin - 1, "the");
    read_before(l, begin, out);
    read_behind(l, end, out);
    read_near(l, begin, out);
}

/* Largest population among towns of this name in the country, or in the
 * state: where "Gori, Georgia" can lie. */
static void largest(const dln_linking *l, dln_sense senses,
                    const char *country, uint32_t state, double *in_country,
                    double *in_state)
{
    unsigned n = 0;
    *in_country = *in_state = -1;
    for (dln_sense s = senses; s.kind && n < 48;
         s = dln_onto_next(l->onto, s)) {
        n++;
        if (s.kind != DLN_SENSE_PLACE)
            continue;
        dln_gazetteer g = dln_onto_place(l->onto, s.index);
        if (dln_str_is(dln_str_of(country), g.country)
            && g.population > *in_country)
            *in_country = g.population;
        if (g.region == state && g.population > *in_state)
            *in_state = g.population;
    }
}

bool dln_link__is_state(dln_linking *l, const dln_part *part)
{
    uint32_t state = DLN_NONE;
    const dln_country *c = dln_onto_country(l->onto, part->index);
    unsigned n = 0;
    for (dln_sense s = part->sense; s.kind && n < 48;
         s = dln_onto_next(l->onto, s)) {
        n++;
        if (s.kind != DLN_SENSE_PLACE)
            continue;
        dln_gazetteer g = dln_onto_place(l->onto, s.index);
        if (g.division && !dln_str_is(dln_str_of(g.country), c->iso3)
            && dln_str_is(dln_str_of(g.country), "USA"))
            state = s.index;
    }
    if (state == DLN_NONE)
        return false;
    const dln_part *town = NULL;
    if (part->begin > 1
        && (is_text(l, part->begin - 1, ",")
            || is_word(l, part->begin - 1, "in")))
        town = dln_link__part_to(l, part->begin - 1);
    if (!town || (town->kind == DLN_PART_CAPITAL
                  && town->index == part->index))
        return false;
    double in_country, in_state;
    largest(l, dln_onto_find(l->onto,
                             dln_link__key(l, town->begin, town->end)),
            c->iso3, state, &in_country, &in_state);
    return in_state >= 0 && in_state > in_country;
}
