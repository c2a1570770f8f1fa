/* SPDX-License-Identifier: Apache-2.0 */
/* Names and what they stand for; rows that cannot be right. */
#define _GNU_SOURCE
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/io.h"
#include "onto/onto_p.h"
#include "tap.h"

static dln_arena *scratch;

static const dln_country *country_of(const dln_onto *onto, const char *name,
                                     dln_sense_kind kind)
{
    static const dln_country none;
    uint32_t at = dln_onto_sense(
        onto, dln_onto_key(scratch, dln_str_of(name)), kind);
    return at == DLN_NONE ? &none : dln_onto_country(onto, at);
}

static void test_keys(void)
{
    is_str(dln_onto_key(scratch, DLN_STR("the U.S.")), "us");
    is_str(dln_onto_key(scratch, DLN_STR("Nagorno-Karabakh")),
           "nagorno karabakh");
    is_str(dln_onto_key(scratch, DLN_STR("Côte d'Ivoire")),
           "cote divoire");
    is_str(dln_onto_key(scratch, DLN_STR("Şuşa")), "susa");
    is_str(dln_onto_key(scratch, DLN_STR("- . -")), "");
}

static void test_countries(const dln_onto *onto)
{
    is_int(dln_onto_country_count(onto), 250);
    is_str(dln_str_of(country_of(onto, "Armenia", DLN_SENSE_COUNTRY)->iso3),
           "ARM");
    is_str(dln_str_of(country_of(onto, "Azeri", DLN_SENSE_ADJECTIVE)->iso3),
           "AZE");
    is_str(dln_str_of(country_of(onto, "Turks", DLN_SENSE_PEOPLE)->iso3),
           "TUR");
    is_str(dln_str_of(country_of(onto, "Yerevan", DLN_SENSE_CAPITAL)->iso3),
           "ARM");
    is_str(dln_str_of(country_of(onto, "the Kremlin",
                                 DLN_SENSE_GOVERNMENT)->iso3), "RUS");
    is_str(dln_str_of(country_of(onto, "Sudanese",
                                 DLN_SENSE_ADJECTIVE)->iso3), "SDN");
    is_str(dln_str_of(country_of(onto, "Paris",
                                 DLN_SENSE_COUNTRY)->iso3), "");
    const dln_country *deu = dln_onto_iso3(onto, DLN_STR("DEU"));
    is_str(deu->cow, "255");
    is_str(deu->gw, "260");
    is_str(deu->fips, "GM");
    is_str(dln_str_of(deu->iso2), "DE");
    ok(!dln_onto_iso3(onto, DLN_STR("ZZZ")));
    ok(dln_onto_find(onto, DLN_STR("us")).capitals);
    ok(!dln_onto_find(onto, DLN_STR("armenia")).capitals);
}

static void test_others(const dln_onto *onto)
{
    dln_sense s = dln_onto_find(onto, DLN_STR("european union"));
    is_int((int)s.kind, DLN_SENSE_GROUP);
    is_str(dln_onto_group(onto, s.index)->sector, "IGO");
    s = dln_onto_find(onto, DLN_STR("farc"));
    is_str(dln_onto_group(onto, s.index)->kind, "armed_group");
    is_str(dln_str_of(dln_onto_group(onto, s.index)->iso3), "COL");
    uint32_t t = dln_onto_sense(onto, DLN_STR("prime minister"),
                                DLN_SENSE_TITLE);
    is_str(dln_onto_title(onto, t)->rank, "head");
    is_int(dln_onto_sense(onto, DLN_STR("prime ministers"),
                          DLN_SENSE_TITLES), t);
    is_int(dln_onto_sense(onto, DLN_STR("heads of state"), DLN_SENSE_TITLES),
           dln_onto_sense(onto, DLN_STR("head of state"), DLN_SENSE_TITLE));
    ok(dln_onto_sense(onto, DLN_STR("spokesmen"), DLN_SENSE_TITLES)
       != DLN_NONE);
    uint32_t p = dln_onto_sense(onto, DLN_STR("stepanakert"),
                                DLN_SENSE_PLACE);
    is_str(dln_str_of(dln_onto_place(onto, p).country), "AZE");
    ok(fabs(dln_onto_place(onto, p).lat - 39.82) < 0.05);
    p = dln_onto_sense(onto, DLN_STR("london"), DLN_SENSE_PLACE);
    is_int(dln_onto_place(onto, p).geonameid, 2643743);
    ok(dln_onto_words_from(onto, DLN_STR("organization")) >= 7);
    ok(dln_onto_words_from(onto, DLN_STR("khan")) >= 2);
    is_int(dln_onto_words_from(onto, DLN_STR("qqq")), 1);
    is_int(strlen(dln_onto_hash(onto)), 16);
}

/* Listed places are towns of the packed file: one name, one key. */
static void test_towns(const dln_onto *onto)
{
    dln_gazetteer listed = dln_onto_place(
        onto, dln_onto_sense(onto, DLN_STR("khankendi"), DLN_SENSE_PLACE));
    is_str(listed.name, "Stepanakert");
    ok(listed.listed && listed.geonameid != DLN_NONE);
    ok(listed.population > 30000);
    unsigned homs = 0, regions = 0;
    for (dln_sense s = dln_onto_find(onto, DLN_STR("homs")); s.kind;
         s = dln_onto_next(onto, s)) {
        dln_gazetteer g = dln_onto_place(onto, s.index);
        if (!dln_str_is(dln_str_of(g.country), "SYR"))
            continue;
        homs += g.seat == DLN_SEAT_REGION && !s.other;
        regions += g.division;
        if (g.seat == DLN_SEAT_REGION)
            is_str(dln_onto_place(onto, g.region).name, "Homs");
    }
    is_int(homs, 1);
    is_int(regions, 1);
    dln_sense s = dln_onto_find(onto, DLN_STR("kiev"));
    bool other = false;
    for (; s.kind; s = dln_onto_next(onto, s))
        other |= s.kind == DLN_SENSE_PLACE && s.other
                 && dln_onto_place(onto, s.index).seat == DLN_SEAT_COUNTRY;
    ok(other);
}

/* A small ontology to read bad rows into. */
static void refuse(dln_onto *onto,
                   dln_status read(dln_onto *, const dln_table *,
                                   dln_error *),
                   const char *row, const char *want)
{
    dln_table table;
    dln_error error = {DLN_OK, ""};
    dln_str text = dln_arena_printf(onto->arena, "# version: 1\n%s\n", row);
    is_int(dln_table_parse(&table, onto->arena, DLN_STR("t.txt"), text, 3,
                           &error), DLN_OK);
    is_int(read(onto, &table, &error), DLN_BADDATA);
    is_str(dln_str_of(error.text), want);
}

static void test_refused(void)
{
    dln_onto onto = {.arena = dln_arena_new(0)};
    dln_map_init(&onto.keys, onto.arena);
    dln_map_init(&onto.first_words, onto.arena);
    dln_map_init(&onto.iso3, onto.arena);
    refuse(&onto, dln_onto__countries, "arm\tArmenia\t-",
           "t.txt:2: not a country's codes and name: arm");
    refuse(&onto, dln_onto__groups, "Red Army\t-\tcult",
           "t.txt:2: kind not known: Red Army");
    refuse(&onto, dln_onto__groups, "Red Army\t-\tbody\trebels",
           "t.txt:2: not a sector: Red Army");
    refuse(&onto, dln_onto__groups, "Red Army\t-\tbody\tREB\tZZZ",
           "t.txt:2: country not known: Red Army");
    refuse(&onto, dln_onto__titles, "duke\troyal\tGOV\tx",
           "t.txt:2: gender is m, f or -: duke");
    refuse(&onto, dln_onto__places, "Talish\t-\tvillage\t-\t95\t1\t-",
           "t.txt:2: not a latitude and longitude: Talish");
    refuse(&onto, dln_onto__places, "Talish\t-\tvillage\t-\t5\t-\t-",
           "t.txt:2: not a latitude and longitude: Talish");
    refuse(&onto, dln_onto__places, "Talish\t-\tvillage\t-\t-\t-\t-\tmany",
           "t.txt:2: not a number: Talish");
    dln_arena_free(onto.arena);
}

/* One file of a user's folder, with a text or none. */
static void put(const char *folder, const char *name, const char *text)
{
    char path[200];
    dln_error error;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    remove(path);
    if (text)
        is_int(dln_io_write(path, dln_str_of(text), &error), DLN_OK);
}

static void refuse_folder(const char *data, const char *folder,
                          const char *want)
{
    dln_onto *onto;
    dln_error error = {DLN_OK, ""};
    is_int(dln_onto_open_over(&onto, data, folder, &error), DLN_BADDATA);
    ok_(strstr(error.text, want) != NULL, want, __FILE__, __LINE__);
    is_int(onto == NULL, 1);
}

static void test_overlay(const char *data)
{
    char folder[] = "/tmp/overlay.XXXXXX";
    dln_onto *onto, *plain;
    dln_error error = {DLN_OK, ""};
    ok(mkdtemp(folder) != NULL);
    put(folder, "armed-groups.txt",
        "# version: 1\nTaliban\tTalibs\torganisation\tOPP\tPAK\n"
        "Somali National Army\tSNA\torganisation\tMIL\tSOM\n");
    put(folder, "README.md", "passed over");
    is_int(dln_onto_open_over(&onto, data, folder, &error), DLN_OK);
    is_int(dln_onto_open(&plain, data, &error), DLN_OK);
    if (onto && plain) {
        /* The row in the place of the shipped one, none of its names left;
         * a name that a shipped row has too means the user's first. */
        uint32_t at = dln_onto_sense(onto, DLN_STR("taliban"),
                                     DLN_SENSE_GROUP);
        is_str(dln_onto_group(onto, at)->sector, "OPP");
        is_int(dln_onto_sense(onto, DLN_STR("talibs"), DLN_SENSE_GROUP), at);
        is_int(dln_onto_sense(onto, DLN_STR("afghan taliban"),
                              DLN_SENSE_GROUP), DLN_NONE);
        at = dln_onto_sense(onto, DLN_STR("sna"), DLN_SENSE_GROUP);
        is_str(dln_onto_group(onto, at)->name, "Somali National Army");
        ok(strcmp(dln_onto_hash(onto), dln_onto_hash(plain)) != 0);
        is_str(dln_str_of(dln_onto_folder(onto)), folder);
        ok(!dln_onto_folder(plain));
    }
    dln_onto_close(onto);
    dln_onto_close(plain);
    put(folder, "armed-groups.txt", "# version: 1\n\nX\t-\tband\tREB\t-\n");
    refuse_folder(data, folder, "armed-groups.txt:3: kind not known: X");
    put(folder, "armed-groups.txt", "X\t-\tbody\tREB\t-\n");
    refuse_folder(data, folder, "no line '# version: N'");
    put(folder, "armed-groups.txt", "# version: 1\nX\xff\t-\tbody\t-\t-\n");
    refuse_folder(data, folder, "not UTF-8");
    put(folder, "armed-groups.txt", NULL);
    put(folder, "organizations.txt", "");
    refuse_folder(data, folder, "organizations.txt: no such file");
    put(folder, "organizations.txt", NULL);
    put(folder, "README.md", NULL);
    rmdir(folder);
    is_int(dln_onto_open_over(&onto, data, folder, &error), DLN_NOINPUT);
}

int main(void)
{
    char data[4096];
    dln_error error = {DLN_OK, ""};
    dln_onto *onto = NULL;
    scratch = dln_arena_new(0);
    snprintf(data, sizeof data, "%s/data", getenv("DATELINE_SOURCE"));
    is_int(dln_onto_open(&onto, data, &error), DLN_OK);
    snprintf(data, sizeof data, "%s/models/places.dlm",
             getenv("DATELINE_SOURCE"));
    if (onto)
        is_int(dln_onto_add_towns(onto, data, &error), DLN_OK);
    if (!onto) {
        printf("# %s\n", error.text);
        return done();
    }
    test_keys();
    test_countries(onto);
    test_others(onto);
    test_towns(onto);
    test_refused();
    snprintf(data, sizeof data, "%s/data", getenv("DATELINE_SOURCE"));
    test_overlay(data);
    dln_onto_close(onto);
    is_int(dln_onto_open(&onto, "/no/such", &error), DLN_NOINPUT);
    dln_arena_free(scratch);
    return done();
}
