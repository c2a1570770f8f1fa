/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pack_places: GeoNames' towns and first divisions → the packed gazetteer
 * (onto/towns.h).
 *
 *     pack_places CITIES ADMIN1 SUBDIVISIONS COUNTRIES SOURCE OUT
 *
 * CITIES: cities500.txt; ADMIN1: names of the first divisions (JSON, code
 * and name); SUBDIVISIONS: a table with their codes and geonameids in its
 * third and fourth columns; COUNTRIES: data/onto/countries.txt; SOURCE: one
 * line saying what they are. tools/pack_places.sh fetches and calls.
 *
 * Kept: towns of 1,000 people and seats of divisions down to the third
 * level; no parts of towns and no abandoned places. Other names are kept
 * when a newspaper in Latin letters could print them. A division lies in
 * the middle of its towns; one without towns is left out. The same input
 * gives the same bytes.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../train/pack.h"
#include "base/table.h"
#include "base/utf8.h"
#include "onto/onto.h"
#include "onto/towns.h"

#define MIN_PEOPLE 1000
#define RADIAN 57.29577951308232

typedef struct record {
    dln_str name;
    uint32_t id, people, region;
    uint32_t country;           /* row of the list of countries */
    double lat, lon;
    dln_town_kind kind;
    dln_str others;             /* names, separated by commas */
    double x, y, z;             /* of a region: sum of its towns */
} record;

typedef struct posting {
    uint32_t sense, next;
} posting;

static dln_arena *arena;
static dln_table countries;
static dln_map iso2, divisions, keys, firsts;
static DLN_VEC(record) towns, regions;
static DLN_VEC(posting) postings;

static dln_str read_file(const char *path)
{
    dln_buf buf;
    dln_error error = {DLN_OK, ""};
    dln_buf_init(&buf, (size_t)1 << 30);
    if (dln_io_read(&buf, path, &error) != DLN_OK)
        pack_stop("%s", error.text);
    return dln_buf_view(&buf);
}

static uint32_t number(dln_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len && dln_is_digit(s.data[i]); i++)
        n = n * 10 + (uint32_t)(s.data[i] - '0');
    return n;
}

static double decimal(dln_str s)
{
    char text[32];
    snprintf(text, sizeof text, "%.*s", DLN_ARG(s));
    return strtod(text, NULL);
}

static uint32_t split(dln_str line, char by, dln_str *fields, uint32_t max)
{
    uint32_t n = 0;
    while (n < max) {
        const char *end = memchr(line.data, by, line.len);
        size_t len = end ? (size_t)(end - line.data) : line.len;
        fields[n++] = dln_str_sub(line, 0, len);
        if (!end)
            break;
        line = dln_str_sub(line, len + 1, line.len);
    }
    return n;
}

/* A capitalised name in Latin letters, longer than an airport's code. */
static bool is_usable(dln_str name)
{
    size_t len, letters = 0, lower = 0;
    for (size_t at = 0; at < name.len; at += len) {
        int32_t c = dln_utf8_at(name, at, &len);
        bool joint = c == ' ' || c == '-' || c == '\'' || c == 0x2019
                     || c == 0x2018 || c == 0x2BB || c == 0x2BC;
        bool latin = (c < 0x250 || (c >= 0x1E00 && c < 0x1F00))
                     && dln_utf8_is_letter(c);
        if ((!joint && !latin) || (!at && !dln_utf8_is_upper(c)))
            return false;
        letters++;
        lower += dln_utf8_is_lower(c);
    }
    dln_str key = dln_onto_key(arena, name);
    size_t vowels = 0;
    for (size_t i = 0; i < key.len; i++)
        vowels += strchr("aeiouy", key.data[i]) != NULL;
    return letters >= 4 && letters <= 40 && lower && vowels;
}

static void add_first(dln_str key)
{
    uint32_t words = 1;
    for (size_t i = 0; i < key.len; i++)
        words += key.data[i] == ' ';
    dln_str first = dln_str_sub(key, 0,
                                dln_str_find(key, DLN_STR(" "), 0));
    uint32_t before = dln_map_get(&firsts, first);
    if (words > DLN_TOWN_MAX_WORDS)
        words = DLN_TOWN_MAX_WORDS;
    if (words > 1 && (before == DLN_NONE || before < words))
        dln_map_set(&firsts, first, words);
}

static void add_name(dln_str name, uint32_t at, bool other)
{
    dln_str key = dln_onto_key(arena, name);
    if (key.len < 3)
        return;
    uint32_t head = dln_map_get(&keys, key), last = DLN_NONE;
    for (uint32_t p = head; p != DLN_NONE; p = postings.at[p].next) {
        if ((postings.at[p].sense & DLN_TOWN_INDEX) == at)
            return;
        last = p;
    }
    uint32_t index = postings.count;
    posting *p = DLN_VEC_PUSH(arena, &postings);
    if (!p)
        pack_stop("out of memory");
    *p = (posting){at | (other ? DLN_TOWN_OTHER : 0), DLN_NONE};
    if (last != DLN_NONE)
        postings.at[last].next = index;
    else
        dln_map_set(&keys, key, index);
    add_first(key);
}

/* Towns of these countries have one name in English news; the others only
 * mislead. */
static bool is_english(dln_str code)
{
    static const char *const codes[] = {"AU", "CA", "GB", "IE", "NZ", "US"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (dln_str_is(code, codes[i]))
            return true;
    return false;
}

static dln_town_kind kind_of(dln_str feature)
{
    return dln_str_is(feature, "PPLC")    ? DLN_TOWN_CAPITAL
           : dln_str_is(feature, "PPLA")  ? DLN_TOWN_SEAT
           : dln_str_is(feature, "PPLA2") ? DLN_TOWN_SEAT2
           : dln_str_is(feature, "PPLA3") ? DLN_TOWN_SEAT3
                                          : DLN_TOWN_PLAIN;
}

static bool is_wanted(dln_str feature, uint32_t people)
{
    static const char *const unwanted[] = {"PPLX", "PPLH", "PPLQ", "PPLW"};
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++)
        if (dln_str_is(feature, unwanted[i]))
            return false;
    return people >= MIN_PEOPLE || kind_of(feature) != DLN_TOWN_PLAIN;
}

static void count_in(record *region, const record *town)
{
    double lat = town->lat / RADIAN, lon = town->lon / RADIAN;
    region->x += cos(lat) * cos(lon);
    region->y += cos(lat) * sin(lon);
    region->z += sin(lat);
    region->people += town->people;
}

/* A scholar's spelling ("Khān Yūnis"), which no newspaper prints? */
static bool is_learned(dln_str name)
{
    size_t len;
    for (size_t at = 0; at < name.len; at += len) {
        int32_t c = dln_utf8_at(name, at, &len);
        bool macron = c == 0x100 || c == 0x101 || c == 0x112 || c == 0x113
                      || c == 0x12A || c == 0x12B || c == 0x14C || c == 0x14D
                      || c == 0x16A || c == 0x16B;
        if (macron || (c >= 0x1E00 && c < 0x1EA0) || c == 0x2018
            || c == 0x2019 || c == 0x2BB || c == 0x2BC || c == 0x2BF
            || (c >= 0x300 && c < 0x370))
            return true;
    }
    return false;
}

/* Countries that write macrons. */
static bool is_lettish(dln_str code)
{
    return dln_str_is(code, "LV") || dln_str_is(code, "LT")
           || dln_str_is(code, "NZ");
}

static void read_towns(const char *path)
{
    dln_str text = read_file(path), line, f[16];
    while (dln_str_cut(&text, '\n', &line)) {
        if (split(line, '\t', f, 16) < 16)
            continue;
        uint32_t people = number(f[14]);
        uint32_t country = dln_map_get(&iso2, f[8]);
        if (!is_wanted(f[7], people) || country == DLN_NONE
            || f[1].len > 255)
            continue;
        record *t = DLN_VEC_PUSH(arena, &towns);
        if (!t)
            pack_stop("out of memory");
        bool plain = is_learned(f[1]) && !is_lettish(f[8]);
        *t = (record){.name = f[plain ? 2 : 1], .id = number(f[0]),
                      .people = people, .country = country,
                      .lat = decimal(f[4]),
                      .lon = decimal(f[5]), .kind = kind_of(f[7])};
        if (!is_english(f[8]) || t->kind == DLN_TOWN_CAPITAL)
            t->others = f[3];
        t->region = dln_map_get(&divisions,
                                dln_arena_printf(arena, "%.*s.%.*s",
                                                 DLN_ARG(f[8]),
                                                 DLN_ARG(f[10])));
        if (t->region != DLN_NONE)
            count_in(&regions.at[t->region], t);
    }
}

static void read_divisions(const char *names, const char *ids)
{
    json_error_t error;
    json_t *all = json_load_file(names, 0, &error);
    size_t i;
    json_t *one;
    if (!all)
        pack_stop("%s:%d: %s", names, error.line, error.text);
    json_array_foreach(all, i, one) {
        dln_str code = dln_str_of(json_string_value(json_object_get(
                                      one, "code")));
        dln_str name = dln_str_of(json_string_value(json_object_get(
                                      one, "name")));
        uint32_t country = dln_map_get(&iso2, dln_str_sub(code, 0, 2));
        if (country == DLN_NONE || name.len > 255)
            continue;
        dln_map_set(&divisions, code, regions.count);
        record *r = DLN_VEC_PUSH(arena, &regions);
        if (!r)
            pack_stop("out of memory");
        *r = (record){.name = dln_arena_str(arena, name),
                      .country = country, .kind = DLN_TOWN_REGION,
                      .region = DLN_NONE};
    }
    json_decref(all);
    dln_str text = read_file(ids), line, f[8];
    while (dln_str_cut(&text, '\n', &line)) {
        if (split(line, '\t', f, 8) < 8)
            continue;
        uint32_t at = dln_map_get(&divisions, f[2]);
        if (at != DLN_NONE)
            regions.at[at].id = number(f[3]);
    }
}

static int by_people(const void *a, const void *b)
{
    const record *x = a, *y = b;
    if (x->people != y->people)
        return x->people > y->people ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* "Borno State" → "Borno"; the words at either end that say what it is. */
static dln_str bare(dln_str name)
{
    static const char *const behind[] = {
        " State", " Province", " Oblast", " Region", " Governorate",
        " District", " Rayon", " Raion", " Prefecture", " County",
        " Department", " Municipality", " City", " Republic", " Krai",
        " Okrug", " Voivodeship", " Division", " Parish", " Canton",
        " Autonomous", " Autonomous Region", " Federal District",
        " Regional State", " Territory", " Atoll", " Sahari"};
    static const char *const before[] = {
        "Republic of ", "Muhafazat ", "Wilaya de ", "Wilaya ",
        "Provincia de ", "Province of ", "Departamento de ", "Estado de ",
        "State of ", "Region of ", "Departement de ", "Canton of ",
        "Governorate of ", "Sheng ", "Oblast ", "Judetul ", "Republika "};
    size_t i = 0;
    while (i < sizeof behind / sizeof *behind) {
        dln_str end = dln_str_of(behind[i++]);
        if (name.len > end.len + 2 && dln_str_ends(name, end)) {
            name.len -= end.len;
            i = 0;
        }
    }
    for (i = 0; i < sizeof before / sizeof *before; i++) {
        dln_str start = dln_str_of(before[i]);
        if (name.len > start.len + 2 && dln_str_starts(name, start))
            return dln_str_sub(name, start.len, name.len);
    }
    return name;
}

/* "Northern Darfur" is "North Darfur" too, and the other way round. */
static void add_turned(dln_str name, uint32_t at)
{
    static const char *const points[] = {"North", "South", "East", "West"};
    for (size_t i = 0; i < 4; i++) {
        dln_str point = dln_str_of(points[i]);
        if (!dln_str_starts(name, point))
            continue;
        dln_str rest = dln_str_sub(name, point.len, name.len);
        if (dln_str_starts(rest, DLN_STR("ern ")))
            add_name(dln_arena_printf(arena, "%s%.*s", points[i],
                                      DLN_ARG(dln_str_sub(rest, 3,
                                                          rest.len))),
                     at, true);
        else if (dln_str_starts(rest, DLN_STR(" ")))
            add_name(dln_arena_printf(arena, "%sern%.*s", points[i],
                                      DLN_ARG(rest)), at, true);
    }
}

static void name_all(void)
{
    for (uint32_t i = 0; i < towns.count; i++) {
        dln_str rest = towns.at[i].others, other;
        add_name(towns.at[i].name, i, false);
        while (dln_str_cut(&rest, ',', &other))
            if (is_usable(other))
                add_name(other, i, true);
    }
    for (uint32_t i = 0; i < regions.count; i++) {
        record *r = &regions.at[i];
        double length = sqrt(r->x * r->x + r->y * r->y + r->z * r->z);
        if (length <= 0)
            continue;
        r->lat = asin(r->z / length) * RADIAN;
        r->lon = atan2(r->y, r->x) * RADIAN;
        add_name(r->name, towns.count + i, false);
        add_name(bare(r->name), towns.count + i, false);
        add_turned(bare(r->name), towns.count + i);
    }
}

static void put(dln_buf *out, uint32_t v, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        dln_buf_char(out, (char)(v >> 8 * i & 0xff));
}

static void write_record(dln_buf *out, const record *r, dln_buf *names,
                         dln_map *seen)
{
    uint32_t at = dln_map_get(seen, r->name);
    if (at == DLN_NONE) {
        at = (uint32_t)names->len;
        dln_map_set(seen, r->name, at);
        dln_buf_str(names, r->name);
    }
    put(out, r->id, 4);
    put(out, r->people, 4);
    put(out, (uint32_t)lrint(r->lat * 1e4), 3);
    put(out, (uint32_t)lrint(r->lon * 1e4), 3);
    put(out, at, 3);
    put(out, (uint32_t)r->name.len, 1);
    put(out, r->region == DLN_NONE ? DLN_TOWN_NO_REGION : r->region, 2);
    put(out, r->country, 1);
    put(out, r->kind, 1);
}

static void write_records(pack_file *file)
{
    dln_buf *records = pack_section(file, "records");
    dln_buf *names = pack_section(file, "names");
    dln_buf *codes = pack_section(file, "codes");
    dln_map seen;
    dln_map_init(&seen, arena);
    for (uint32_t i = 0; i < towns.count; i++)
        write_record(records, &towns.at[i], names, &seen);
    for (uint32_t i = 0; i < regions.count; i++)
        write_record(records, &regions.at[i], names, &seen);
    for (uint32_t i = 0; i < countries.count; i++)
        dln_buf_str(codes, dln_str_sub(countries.rows[i].field[0], 0, 3));
    if (names->len >= 1u << 24 || countries.count > 256
        || regions.count >= DLN_TOWN_NO_REGION)
        pack_stop("too many names, countries or regions");
}

static int by_hash(const void *a, const void *b)
{
    const pack_pair *x = a, *y = b;
    if (dln_town_bucket(x->key) != dln_town_bucket(y->key))
        return dln_town_bucket(x->key) < dln_town_bucket(y->key) ? -1 : 1;
    if (dln_town_mark(x->key) != dln_town_mark(y->key))
        return dln_town_mark(x->key) < dln_town_mark(y->key) ? -1 : 1;
    return 0;
}

static void write_keys(pack_file *file)
{
    dln_buf *index = pack_section(file, "index");
    dln_buf *out = pack_section(file, "keys");
    dln_buf *lists = pack_section(file, "lists");
    pack_pair *all = pack_array(keys.count, sizeof *all);
    for (uint32_t i = 0; i < keys.count; i++)
        all[i] = (pack_pair){dln_hash(keys.at[i].key.data,
                                      keys.at[i].key.len, 0),
                             keys.at[i].value};
    qsort(all, keys.count, sizeof *all, by_hash);
    for (uint32_t i = 0, bucket = 0; i < keys.count; i++) {
        const posting *p = &postings.at[all[i].value];
        if (i && !by_hash(&all[i - 1], &all[i]))
            pack_stop("two names with the same 48 bits");
        for (; bucket <= dln_town_bucket(all[i].key); bucket++)
            pack_u32(index, i);
        pack_u32(out, dln_town_mark(all[i].key));
        if (p->next == DLN_NONE) {
            pack_u32(out, p->sense);
            continue;
        }
        pack_u32(out, (uint32_t)(lists->len / 4) | DLN_TOWN_LIST);
        for (; p; p = p->next == DLN_NONE ? NULL : &postings.at[p->next])
            pack_u32(lists, p->sense | (p->next == DLN_NONE
                                            ? DLN_TOWN_LAST : 0));
    }
    while (index->len < (DLN_TOWN_BUCKETS + 1) * (size_t)4)
        pack_u32(index, keys.count);
    free(all);
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Of two first words with the same hash bits the larger number is kept. */
static void write_firsts(pack_file *file)
{
    dln_buf *out = pack_section(file, "firsts");
    uint32_t *all = pack_array(firsts.count, sizeof *all);
    for (uint32_t i = 0; i < firsts.count; i++)
        all[i] = dln_town_first(dln_hash(firsts.at[i].key.data,
                                         firsts.at[i].key.len, 0))
                 | firsts.at[i].value;
    qsort(all, firsts.count, sizeof *all, ascending);
    for (uint32_t i = 0; i < firsts.count; i++)
        if (i + 1 == firsts.count || all[i] >> 3 != all[i + 1] >> 3)
            pack_u32(out, all[i]);
    free(all);
}

static void read_countries(const char *path)
{
    dln_error error = {DLN_OK, ""};
    if (dln_table_read(&countries, arena, path, 11, &error) != DLN_OK)
        pack_stop("%s", error.text);
    for (uint32_t i = 0; i < countries.count; i++)
        dln_map_set(&iso2, countries.rows[i].field[10], i);
}

int main(int argc, char **argv)
{
    static pack_file file;
    dln_map *maps[] = {&iso2, &divisions, &keys, &firsts};
    if (argc != 7)
        pack_stop("usage: pack_places CITIES ADMIN1 SUBDIVISIONS COUNTRIES "
                  "SOURCE OUT");
    arena = dln_arena_new((size_t)4 << 30);
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        dln_map_init(maps[i], arena);
    read_countries(argv[4]);
    read_divisions(argv[2], argv[3]);
    read_towns(argv[1]);
    qsort(towns.at, towns.count, sizeof *towns.at, by_people);
    name_all();
    dln_buf *head = pack_section(&file, "head");
    pack_u32(head, DLN_TOWNS_LAYOUT);
    pack_u32(head, towns.count + regions.count);
    pack_u32(head, towns.count);
    pack_u32(head, keys.count);
    dln_buf_str(pack_section(&file, "source"), dln_str_of(argv[5]));
    write_records(&file);
    write_keys(&file);
    write_firsts(&file);
    if (dln_arena_oom(arena))
        pack_stop("out of memory");
    printf("%u towns, %u regions, %u names\n", towns.count, regions.count,
           keys.count);
    pack_file_write(&file, argv[6]);
    dln_arena_free(arena);
    return 0;
}
