/* SPDX-License-Identifier: Apache-2.0 */
/* The packed gazetteer: what it knows, and files that must be refused. */
#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "onto/onto.h"
#include "onto/towns.h"
#include "tap.h"

static dln_arena *scratch;

/* The record of a name in a country, or DLN_NONE. */
static uint32_t find(const dln_towns *t, const char *name,
                     const char *country, dln_town *out)
{
    bool other;
    dln_str key = dln_onto_key(scratch, dln_str_of(name));
    for (uint32_t at = dln_towns_find(t, key); at != DLN_NONE;
         at = dln_towns_next(t, at)) {
        uint32_t record = dln_towns_record(t, at, &other);
        if (dln_towns_get(t, record, out)
            && dln_str_is(dln_str_of(country), out->country))
            return record;
    }
    return DLN_NONE;
}

static void test_known(const dln_towns *t)
{
    dln_town town, region;
    ok(t->towns > 130000);
    ok(find(t, "Gori", "GEO", &town) != DLN_NONE);
    is_int(town.geonameid, 614455);
    ok(fabs(town.lat - 41.98) < 0.02 && fabs(town.lon - 44.11) < 0.02);
    ok(find(t, "Maiduguri", "NGA", &town) != DLN_NONE);
    ok(dln_towns_get(t, town.region, &region));
    is_str(region.name, "Borno State");
    ok(region.kind == DLN_TOWN_REGION && region.region == DLN_NONE);
    /* Other names, diacritics, hyphens. */
    ok(find(t, "Saigon", "VNM", &town) != DLN_NONE);
    is_int(town.geonameid, 1566083);
    ok(find(t, "Sloviansk", "UKR", &town) != DLN_NONE);
    uint32_t a = find(t, "São Paulo", "BRA", &town);
    ok(a != DLN_NONE && a == find(t, "sao paulo", "BRA", &town));
    ok(find(t, "Deir ez-Zor", "SYR", &town) != DLN_NONE);
    ok(find(t, "North Darfur", "SDN", &town) != DLN_NONE);
    ok(town.kind == DLN_TOWN_REGION);
    is_int(dln_towns_find(t, DLN_STR("qqxqqx")), DLN_NONE);
    is_int(dln_towns_find(t, DLN_STR("")), DLN_NONE);
    ok(dln_towns_words_from(t, DLN_STR("sao")) >= 3);
    is_int(dln_towns_words_from(t, DLN_STR("qqxqqx")), 0);
    ok(!dln_towns_get(t, t->count, &town));
    is_int(dln_towns_next(t, DLN_NONE), DLN_NONE);
    ok(t->source.len > 20);
}

static void refuse(unsigned char *data, size_t len, const char *want)
{
    dln_towns t;
    dln_error error = {DLN_OK, ""};
    is_int(dln_towns_parse(&t, data, len, "p.dlm", &error), DLN_BADDATA);
    is_str(dln_str_of(error.text), want);
}

static void resum(unsigned char *data, size_t len)
{
    uint64_t sum = dln_weights_checksum(data, len);
    memcpy(data + 24, &sum, 8);
}

static void test_refused(const char *path)
{
    dln_buf file;
    dln_towns t;
    dln_error error = {DLN_OK, ""};
    dln_buf_init(&file, (size_t)1 << 26);
    is_int(dln_io_read(&file, path, &error), DLN_OK);
    unsigned char *data = (unsigned char *)file.data;
    refuse(data, 20, "p.dlm: not a model file");
    refuse(data, file.len / 2, "p.dlm: model file is cut");
    data[file.len / 3] ^= 1;
    refuse(data, file.len, "p.dlm: model file is damaged (checksum)");
    data[file.len / 3] ^= 1;
    is_int(dln_towns_parse(&t, data, file.len, "p.dlm", &error), DLN_OK);
    size_t head = 0;
    for (uint32_t i = 0; i < t.file.sections; i++) {
        char name[9];
        dln_str s = dln_weights_at(&t.file, i, name);
        if (!strcmp(name, "head"))
            head = (size_t)(s.data - file.data);
    }
    data[head]++;
    resum(data, file.len);
    refuse(data, file.len, "p.dlm: gazetteer of another layout");
    data[head]--;
    data[head + 4]++;
    resum(data, file.len);
    refuse(data, file.len,
           "p.dlm: a section of the gazetteer has a wrong size");
    data[head + 4]--;
    dln_buf_release(&file);
    is_int(dln_towns_open(&t, "/no/such/places.dlm", &error), DLN_NOINPUT);
}

int main(void)
{
    char path[4096];
    dln_towns towns;
    dln_error error = {DLN_OK, ""};
    scratch = dln_arena_new(0);
    snprintf(path, sizeof path, "%s/models/places.dlm",
             getenv("DATELINE_SOURCE"));
    is_int(dln_towns_open(&towns, path, &error), DLN_OK);
    test_known(&towns);
    dln_towns_close(&towns);
    test_refused(path);
    dln_arena_free(scratch);
    return done();
}
