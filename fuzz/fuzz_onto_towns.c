/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A packed gazetteer, hostile behind a right checksum: it is refused, or
 * looking up ends and stays inside.
 */
#include <stdlib.h>

#include "onto/towns.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {"gori", "a", "new york", "homs",
                                    "khan younis", "zz"};

static void look_up(const dln_towns *t, dln_str name)
{
    uint32_t steps = 0;
    bool other;
    dln_town town;
    for (uint32_t at = dln_towns_find(t, name); at != DLN_NONE;
         at = dln_towns_next(t, at)) {
        if (steps++ > t->list_count)
            abort();
        uint32_t record = dln_towns_record(t, at, &other);
        if (!dln_towns_get(t, record, &town))
            continue;
        if (!(town.lat >= -90 && town.lat <= 90)
            || town.name.len > t->names.len
            || (town.region != DLN_NONE && town.region >= t->count))
            abort();
    }
    if (dln_towns_words_from(t, name) > DLN_TOWN_MAX_WORDS)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_towns towns;
    dln_error error;
    unsigned char *copy = malloc(size ? size : 1);
    if (!copy)
        return 0;
    if (size)
        memcpy(copy, data, size);
    if (size >= 32) {
        uint64_t len = size, sum;
        memcpy(copy + 16, &len, 8);
        sum = dln_weights_checksum(copy, size);
        memcpy(copy + 24, &sum, 8);
    }
    if (dln_towns_parse(&towns, copy, size, "fuzz", &error) == DLN_OK) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            look_up(&towns, dln_str_of(names[i]));
        for (uint32_t i = 0; i < 64; i++) {
            dln_town town;
            dln_towns_get(&towns, i, &town);
        }
        dln_towns_close(&towns);
    }
    free(copy);
    return 0;
}
