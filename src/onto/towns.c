/* SPDX-License-Identifier: Apache-2.0 */
#include "onto/towns.h"

static dln_status bad(const char *name, const char *what, dln_error *error)
{
    return dln_fail(error, DLN_BADDATA, "%s: %s", name, what);
}

static const unsigned char *bytes(dln_str s)
{
    return (const unsigned char *)s.data;
}

static dln_status read_sections(dln_towns *t, const char *name,
                                dln_error *error)
{
    dln_str head, records, index, keys, lists, firsts;
    const struct {
        const char *name;
        dln_str *out;
    } sections[] = {{"head", &head}, {"source", &t->source},
                    {"records", &records}, {"codes", &t->codes},
                    {"names", &t->names}, {"index", &index},
                    {"keys", &keys}, {"lists", &lists},
                    {"firsts", &firsts}};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        DLN_TRY(dln_weights_section(&t->file, sections[i].name,
                                    sections[i].out, error));
    if (head.len < 16 || dln_get_u32(head.data) != DLN_TOWNS_LAYOUT)
        return bad(name, "gazetteer of another layout", error);
    t->count = dln_get_u32(head.data + 4);
    t->towns = dln_get_u32(head.data + 8);
    t->key_count = dln_get_u32(head.data + 12);
    if (t->count > DLN_TOWN_INDEX || t->towns > t->count
        || records.len != (size_t)t->count * DLN_TOWN_RECORD
        || index.len != (DLN_TOWN_BUCKETS + 1) * (size_t)4
        || keys.len != (size_t)t->key_count * 8
        || lists.len % 4 || firsts.len % 4)
        return bad(name, "a section of the gazetteer has a wrong size",
                   error);
    t->records = bytes(records);
    t->index = bytes(index);
    t->keys = bytes(keys);
    t->lists = bytes(lists);
    t->firsts = bytes(firsts);
    t->list_count = (uint32_t)(lists.len / 4);
    t->first_count = (uint32_t)(firsts.len / 4);
    return DLN_OK;
}

dln_status dln_towns_parse(dln_towns *out, const unsigned char *data,
                           size_t len, const char *name, dln_error *error)
{
    *out = (dln_towns){0};
    DLN_TRY(dln_weights_parse(&out->file, data, len, name, error));
    dln_status status = read_sections(out, name, error);
    if (status != DLN_OK)
        *out = (dln_towns){0};
    return status;
}

dln_status dln_towns_open(dln_towns *out, const char *path, dln_error *error)
{
    *out = (dln_towns){0};
    DLN_TRY(dln_weights_open(&out->file, path, error));
    dln_status status = read_sections(out, path, error);
    if (status != DLN_OK)
        dln_towns_close(out);
    return status;
}

void dln_towns_close(dln_towns *towns)
{
    dln_weights_close(&towns->file);
    *towns = (dln_towns){0};
}

static uint32_t at_u32(const unsigned char *array, uint32_t i)
{
    return dln_get_u32(array + (size_t)i * 4);
}

/* A sense from `lists` at `at`, as a cursor. */
static uint32_t in_list(const dln_towns *t, uint32_t at)
{
    return at < t->list_count ? at | DLN_TOWN_LIST : DLN_NONE;
}

uint32_t dln_towns_find(const dln_towns *t, dln_str key)
{
    if (!t->key_count || !key.len)
        return DLN_NONE;
    uint64_t hash = dln_hash(key.data, key.len, 0);
    uint32_t mark = dln_town_mark(hash), bucket = dln_town_bucket(hash);
    uint32_t low = at_u32(t->index, bucket);
    uint32_t high = at_u32(t->index, bucket + 1), end = high;
    if (low > high || high > t->key_count)
        return DLN_NONE;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (at_u32(t->keys, middle * 2) < mark)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == end || at_u32(t->keys, low * 2) != mark)
        return DLN_NONE;
    uint32_t sense = at_u32(t->keys, low * 2 + 1);
    if (sense & DLN_TOWN_LIST)
        return in_list(t, sense & ~DLN_TOWN_LIST);
    return sense & (DLN_TOWN_INDEX | DLN_TOWN_OTHER);
}

uint32_t dln_towns_next(const dln_towns *t, uint32_t at)
{
    if (!(at & DLN_TOWN_LIST) || at == DLN_NONE)
        return DLN_NONE;
    at &= ~DLN_TOWN_LIST;
    if (at >= t->list_count || at_u32(t->lists, at) & DLN_TOWN_LAST)
        return DLN_NONE;
    return in_list(t, at + 1);
}

uint32_t dln_towns_record(const dln_towns *t, uint32_t at, bool *other)
{
    *other = false;
    if (at == DLN_NONE)
        return DLN_NONE;
    if (at & DLN_TOWN_LIST) {
        at &= ~DLN_TOWN_LIST;
        if (at >= t->list_count)
            return DLN_NONE;
        at = at_u32(t->lists, at);
    }
    *other = at & DLN_TOWN_OTHER;
    at &= DLN_TOWN_INDEX;
    return at < t->count ? at : DLN_NONE;
}

static uint32_t u24(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16;
}

static double degrees(const unsigned char *p)
{
    int32_t v = (int32_t)u24(p);
    return (v >= 0x800000 ? v - 0x1000000 : v) / 1e4;
}

bool dln_towns_get(const dln_towns *t, uint32_t record, dln_town *out)
{
    *out = (dln_town){.geonameid = DLN_NONE, .region = DLN_NONE};
    if (record >= t->count)
        return false;
    const unsigned char *p = t->records + (size_t)record * DLN_TOWN_RECORD;
    uint32_t name = u24(p + 14), region = (uint32_t)p[18] | p[19] * 256u;
    if (name > t->names.len || p[17] > t->names.len - name
        || p[21] >= DLN_TOWN_KIND_COUNT)
        return false;
    uint32_t id = dln_get_u32(p);
    out->geonameid = id ? id : DLN_NONE;
    out->population = dln_get_u32(p + 4);
    out->lat = degrees(p + 8);
    out->lon = degrees(p + 11);
    if (out->lat < -90 || out->lat > 90 || out->lon < -180
        || out->lon > 180)
        return false;
    out->name = dln_str_sub(t->names, name, name + p[17]);
    if (region != DLN_TOWN_NO_REGION && region < t->count - t->towns
        && record < t->towns)
        out->region = t->towns + region;
    if ((size_t)p[20] * 3 + 3 <= t->codes.len)
        memcpy(out->country, t->codes.data + (size_t)p[20] * 3, 3);
    out->kind = (dln_town_kind)p[21];
    return true;
}

uint32_t dln_towns_words_from(const dln_towns *t, dln_str word)
{
    uint32_t want = dln_town_first(dln_hash(word.data, word.len, 0));
    uint32_t low = 0, high = t->first_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (at_u32(t->firsts, middle) < want)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == t->first_count)
        return 0;
    uint32_t found = at_u32(t->firsts, low);
    return (found & ~7u) == want ? found & 7u : 0;
}
