/* SPDX-License-Identifier: Apache-2.0 */
#include "model/weights.h"

#define HEADER 32
#define ENTRY 24

/* Eight bytes at a time; every step can be undone, so that no single
 * altered byte goes unseen. */
static uint64_t sum(const unsigned char *p, size_t len)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ len;
    size_t i = 0;
    for (; i + 8 <= len; i += 8) {
        h = (h ^ dln_get_u64(p + i)) * 0xff51afd7ed558ccdu;
        h ^= h >> 29;
    }
    uint64_t tail = 0;
    memcpy(&tail, p + i, len - i);
    h = (h ^ tail) * 0xc4ceb9fe1a85ec53u;
    return h ^ (h >> 32);
}

uint64_t dln_weights_checksum(const unsigned char *data, size_t len)
{
    return sum(data, 24) + sum(data + HEADER, len - HEADER);
}

static dln_status bad(const char *name, const char *what, dln_error *error)
{
    return dln_fail(error, DLN_BADDATA, "%s: %s", name, what);
}

dln_status dln_weights_parse(dln_weights *out, const unsigned char *data,
                             size_t len, const char *name, dln_error *error)
{
    *out = (dln_weights){.data = data, .len = len};
    if (len < HEADER || memcmp(data, "DLNMODEL", 8))
        return bad(name, "not a model file", error);
    if (dln_get_u32(data + 8) != DLN_WEIGHTS_VERSION)
        return bad(name, "model file of another version", error);
    out->sections = dln_get_u32(data + 12);
    if (dln_get_u64(data + 16) != len
        || out->sections > DLN_WEIGHTS_MAX_SECTIONS
        || HEADER + (size_t)out->sections * ENTRY > len)
        return bad(name, "model file is cut", error);
    if (dln_get_u64(data + 24) != dln_weights_checksum(data, len))
        return bad(name, "model file is damaged (checksum)", error);
    for (uint32_t i = 0; i < out->sections; i++) {
        const unsigned char *entry = data + HEADER + (size_t)i * ENTRY;
        uint64_t at = dln_get_u64(entry + 8), size = dln_get_u64(entry + 16);
        if (at % 8 || at > len || size > len - at)
            return bad(name, "a section lies outside the model file", error);
    }
    return DLN_OK;
}

dln_status dln_weights_open(dln_weights *out, const char *path,
                            dln_error *error)
{
    dln_mapping map;
    *out = (dln_weights){0};
    DLN_TRY(dln_io_map(&map, path, error));
    dln_status status = dln_weights_parse(out, map.data, map.len, path,
                                          error);
    out->map = map;
    out->mapped = true;
    if (status != DLN_OK)
        dln_weights_close(out);
    return status;
}

void dln_weights_close(dln_weights *weights)
{
    if (weights->mapped)
        dln_io_unmap(&weights->map);
    *weights = (dln_weights){0};
}

dln_str dln_weights_at(const dln_weights *weights, uint32_t i, char name[9])
{
    const unsigned char *entry = weights->data + HEADER + (size_t)i * ENTRY;
    memcpy(name, entry, 8);
    name[8] = '\0';
    return (dln_str){(const char *)weights->data + dln_get_u64(entry + 8),
                     (size_t)dln_get_u64(entry + 16)};
}

dln_status dln_weights_section(const dln_weights *weights, const char *name,
                               dln_str *out, dln_error *error)
{
    for (uint32_t i = 0; i < weights->sections; i++) {
        char here[9];
        *out = dln_weights_at(weights, i, here);
        if (!strncmp(here, name, 8))
            return DLN_OK;
    }
    return dln_fail(error, DLN_BADDATA, "the model has no section %s", name);
}
