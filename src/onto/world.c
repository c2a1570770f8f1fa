/* SPDX-License-Identifier: Apache-2.0 */
/*
 * world: rows of the ontology's files → countries, groups, titles, places.
 *
 * A field of several values separates them with ';'; "-" stands for nothing.
 * A row that cannot be right is refused with its file and line, so that a
 * slip of the pen does not become knowledge.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "onto/onto_p.h"

static dln_str value(const dln_row *row, uint32_t i)
{
    dln_str field = dln_row_field(row, i);
    return dln_str_is(field, "-") ? (dln_str){NULL, 0} : field;
}

static dln_status bad(const dln_table *table, const dln_row *row,
                      const char *what, dln_error *error)
{
    return dln_fail(error, DLN_BADDATA, "%.*s:%u: %s: %.*s",
                    DLN_ARG(table->file), row->line, what,
                    DLN_ARG(row->field[0]));
}

static void add_all(dln_onto *onto, dln_str values, dln_sense_kind kind,
                    uint32_t index)
{
    dln_str one;
    while (dln_str_cut(&values, ';', &one))
        dln_onto__add(onto, dln_str_trim(one), kind, index);
}

static bool is_code(dln_str s, size_t len)
{
    for (size_t i = 0; i < s.len; i++)
        if (!dln_is_upper(s.data[i]))
            return false;
    return s.len == len;
}

dln_status dln_onto__countries(dln_onto *onto, const dln_table *table,
                               dln_error *error)
{
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        if (dln_onto__is_hidden(onto, table, row))
            continue;
        dln_str iso3 = value(row, 0), iso2 = value(row, 10);
        dln_str adjectives = value(row, 3), adjective = {NULL, 0};
        if (!is_code(iso3, 3) || !is_code(iso2, 2) || !value(row, 1).len)
            return bad(table, row, "not a country's codes and name", error);
        if (dln_map_get(&onto->iso3, iso3) != DLN_NONE)
            return bad(table, row, "country twice", error);
        uint32_t index = onto->countries.count;
        dln_country *c = DLN_VEC_PUSH(onto->arena, &onto->countries);
        if (!c)
            return dln_fail(error, DLN_NOMEM, "out of memory");
        dln_str rest = adjectives;
        dln_str_cut(&rest, ';', &adjective);
        *c = (dln_country){.name = value(row, 1), .adjective = adjective,
                           .cow = value(row, 7), .gw = value(row, 8),
                           .fips = value(row, 9)};
        memcpy(c->iso3, iso3.data, 3);
        memcpy(c->iso2, iso2.data, 2);
        dln_map_set(&onto->iso3, iso3, index);
        dln_onto__add(onto, value(row, 1), DLN_SENSE_COUNTRY, index);
        add_all(onto, value(row, 2), DLN_SENSE_COUNTRY, index);
        add_all(onto, adjectives, DLN_SENSE_ADJECTIVE, index);
        add_all(onto, value(row, 4), DLN_SENSE_PEOPLE, index);
        add_all(onto, value(row, 5), DLN_SENSE_CAPITAL, index);
        add_all(onto, value(row, 6), DLN_SENSE_GOVERNMENT, index);
    }
    return DLN_OK;
}

/* "-" or the code of a known country, into out[4]. */
static bool read_iso3(const dln_onto *onto, dln_str iso3, char out[4])
{
    if (!iso3.len)
        return true;
    if (dln_map_get(&onto->iso3, iso3) == DLN_NONE)
        return false;
    memcpy(out, iso3.data, 3);
    return true;
}

dln_status dln_onto__groups(dln_onto *onto, const dln_table *table,
                            dln_error *error)
{
    static const char *const kinds[] = {"organisation", "armed_group",
                                        "body", "population"};
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        if (dln_onto__is_hidden(onto, table, row))
            continue;
        dln_group group = {.name = value(row, 0), .kind = value(row, 2),
                           .sector = value(row, 3)};
        bool known = false;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            known |= dln_str_is(group.kind, kinds[k]);
        if (!known)
            return bad(table, row, "kind not known", error);
        if (group.sector.len && !is_code(group.sector, 3))
            return bad(table, row, "not a sector", error);
        if (!read_iso3(onto, value(row, 4), group.iso3))
            return bad(table, row, "country not known", error);
        uint32_t index = onto->groups.count;
        dln_group *slot = DLN_VEC_PUSH(onto->arena, &onto->groups);
        if (!slot)
            return dln_fail(error, DLN_NOMEM, "out of memory");
        *slot = group;
        dln_onto__add(onto, group.name, DLN_SENSE_GROUP, index);
        add_all(onto, value(row, 1), DLN_SENSE_GROUP, index);
    }
    return DLN_OK;
}

/* "presidents", "heads of state", "spokesmen", "envoys". */
static dln_str plural(dln_arena *arena, dln_str title)
{
    size_t end = dln_str_find(title, DLN_STR(" of "), 0);
    dln_str head = dln_str_sub(title, 0, end);
    dln_str rest = dln_str_sub(title, end, title.len);
    const char *add = "s";
    if (dln_str_ends(head, DLN_STR("man"))) {
        head.len -= 2;
        add = "en";
    } else if (dln_str_ends(head, DLN_STR("wife"))) {
        head.len -= 2;
        add = "ves";
    } else if (dln_str_ends(head, DLN_STR("s"))
               || dln_str_ends(head, DLN_STR("ch"))) {
        add = "es";
    } else if (dln_str_ends(head, DLN_STR("ary"))) {
        head.len -= 1;
        add = "ies";
    }
    return dln_arena_printf(arena, "%.*s%s%.*s", DLN_ARG(head), add,
                            DLN_ARG(rest));
}

dln_status dln_onto__titles(dln_onto *onto, const dln_table *table,
                            dln_error *error)
{
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        if (dln_onto__is_hidden(onto, table, row))
            continue;
        dln_str gender = value(row, 3), use = value(row, 4), many;
        if (gender.len && !dln_str_is(gender, "m")
            && !dln_str_is(gender, "f"))
            return bad(table, row, "gender is m, f or -", error);
        if (use.len && !dln_str_is(use, "noun"))
            return bad(table, row, "use is noun or -", error);
        uint32_t index = onto->titles.count;
        dln_title *slot = DLN_VEC_PUSH(onto->arena, &onto->titles);
        if (!slot)
            return dln_fail(error, DLN_NOMEM, "out of memory");
        *slot = (dln_title){value(row, 0), value(row, 1), value(row, 2),
                            gender.len ? gender.data[0] : (char)0,
                            !use.len};
        many = plural(onto->arena, slot->name);
        dln_onto__add(onto, slot->name, DLN_SENSE_TITLE, index);
        dln_onto__add(onto, many, DLN_SENSE_TITLES, index);
    }
    return DLN_OK;
}

/* A number of at most 20 characters; NAN for "-"; false when it is none or
 * out of [-max, max]. */
static bool read_number(dln_str s, double max, double *out)
{
    char text[21];
    char *end;
    *out = NAN;
    if (!s.len)
        return true;
    if (s.len >= sizeof text)
        return false;
    snprintf(text, sizeof text, "%.*s", DLN_ARG(s));
    *out = strtod(text, &end);
    return *end == '\0' && *out >= -max && *out <= max;
}

dln_status dln_onto__places(dln_onto *onto, const dln_table *table,
                            dln_error *error)
{
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        if (dln_onto__is_hidden(onto, table, row))
            continue;
        double id, population;
        dln_gazetteer place = {.name = value(row, 0), .kind = value(row, 2),
                               .sector = value(row, 8), .listed = true,
                               .region = DLN_NONE};
        if (!place.kind.len)
            return bad(table, row, "no kind", error);
        if (!read_iso3(onto, value(row, 3), place.country))
            return bad(table, row, "country not known", error);
        if (!read_number(value(row, 4), 90, &place.lat)
            || !read_number(value(row, 5), 180, &place.lon)
            || isnan(place.lat) != isnan(place.lon))
            return bad(table, row, "not a latitude and longitude", error);
        if (!read_number(value(row, 6), 4e9, &id)
            || !read_number(value(row, 7), 4e9, &population)
            || id < 0 || population < 0)
            return bad(table, row, "not a number", error);
        place.geonameid = isnan(id) ? DLN_NONE : (uint32_t)id;
        place.population = isnan(population) ? 0 : (uint32_t)population;
        uint32_t index = onto->places.count;
        dln_gazetteer *slot = DLN_VEC_PUSH(onto->arena, &onto->places);
        if (!slot)
            return dln_fail(error, DLN_NOMEM, "out of memory");
        *slot = place;
        dln_onto__add(onto, place.name, DLN_SENSE_PLACE, index);
        add_all(onto, value(row, 1), DLN_SENSE_PLACE, index);
    }
    return DLN_OK;
}

uint32_t dln_onto_country_count(const dln_onto *onto)
{
    return onto->countries.count;
}

const dln_country *dln_onto_country(const dln_onto *onto, uint32_t index)
{
    return &onto->countries.at[index];
}

const dln_group *dln_onto_group(const dln_onto *onto, uint32_t index)
{
    return &onto->groups.at[index];
}

const dln_title *dln_onto_title(const dln_onto *onto, uint32_t index)
{
    return &onto->titles.at[index];
}

const dln_country *dln_onto_iso3(const dln_onto *onto, dln_str iso3)
{
    uint32_t at = dln_map_get(&onto->iso3, iso3);
    return at == DLN_NONE ? NULL : &onto->countries.at[at];
}
