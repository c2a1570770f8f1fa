/* SPDX-License-Identifier: Apache-2.0 */
#include "model/linear.h"

#include <stdlib.h>

#include "model/weights.h"

#define MAX_SLOTS (1u << 26)
#define LINEAR_HEADER (8 + 256 * 4)

static dln_status bad(dln_error *error)
{
    return dln_fail(error, DLN_BADDATA, "the model file has a bad table");
}

dln_status dln_hashed_open(dln_hashed *out, dln_str section, size_t *used,
                           dln_error *error)
{
    *out = (dln_hashed){0};
    if (section.len < 8)
        return bad(error);
    uint32_t count = dln_get_u32(section.data);
    if (!count || count > MAX_SLOTS || (section.len - 8) / 8 < count)
        return bad(error);
    *out = (dln_hashed){(const unsigned char *)section.data + 8, count};
    *used = 8 + (size_t)8 * count;
    /* An empty slot must exist, else looking up would not end. */
    for (size_t i = 0; i < count; i++)
        if (!dln_get_u32(out->slots + 8 * i))
            return DLN_OK;
    return bad(error);
}

uint32_t dln_hashed_get(const dln_hashed *table, uint64_t key)
{
    const unsigned char *slot = dln_hashed_slot(table, key);
    const unsigned char *end = table->slots + (size_t)8 * table->count;
    uint32_t mark = dln_hashed_mark(key);
    for (;;) {
        uint32_t here = dln_get_u32(slot);
        if (here == mark)
            return dln_get_u32(slot + 4);
        if (!here)
            return DLN_NONE;
        slot += 8;
        if (slot == end)
            slot = table->slots;
    }
}

dln_status dln_filter_open(dln_filter *out, const dln_hashed *table,
                           dln_error *error)
{
    uint32_t bits = 1 << 10;
    while (bits < 8 * (uint64_t)table->count)
        bits *= 2;
    *out = (dln_filter){calloc(bits / 64, sizeof *out->bits), bits - 1};
    if (!out->bits)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    for (size_t i = 0; i < table->count; i++) {
        uint32_t mark = dln_get_u32(table->slots + 8 * i);
        if (mark)
            out->bits[(mark & out->mask) / 64] |= (uint64_t)1 << mark % 64;
    }
    return DLN_OK;
}

void dln_filter_close(dln_filter *filter)
{
    free(filter->bits);
    *filter = (dln_filter){0};
}

dln_status dln_linear_open(dln_linear *out, dln_str section,
                           dln_error *error)
{
    size_t used;
    *out = (dln_linear){0};
    if (section.len < LINEAR_HEADER)
        return bad(error);
    out->classes = dln_get_u32(section.data);
    size_t len = dln_get_u32(section.data + 4);
    out->values = (const unsigned char *)section.data + 8;
    if (!out->classes || out->classes > DLN_LINEAR_MAX_CLASSES)
        return bad(error);
    for (int i = 0; i < 256; i++) {
        int32_t v = (int32_t)dln_get_u32(out->values + 4 * i);
        if (v > 1 << 16 || v < -(1 << 16))
            return bad(error);
    }
    dln_str rest = dln_str_sub(section, LINEAR_HEADER, section.len);
    DLN_TRY(dln_hashed_open(&out->table, rest, &used, error));
    if (rest.len - used < len)
        return bad(error);
    out->rows = (const unsigned char *)rest.data + used;
    for (size_t i = 0; i < out->table.count; i++) {
        const unsigned char *slot = out->table.slots + 8 * i;
        size_t at = dln_get_u32(slot + 4);
        if (!dln_get_u32(slot))
            continue;
        if (at >= len || len - at - 1 < 2 * (size_t)out->rows[at])
            return bad(error);
        for (size_t k = 0; k < out->rows[at]; k++)
            if (out->rows[at + 1 + 2 * k] >= out->classes)
                return bad(error);
    }
    return DLN_OK;
}

/* In three passes, so that the memory of all slots and then of all rows is
 * under way at once. */
void dln_linear_score(const dln_linear *model, uint64_t *features,
                      uint32_t count, int32_t *scores)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < count; i++)
        dln_hashed_fetch(&model->table, features[i]);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = dln_hashed_get(&model->table, features[i]);
        if (at == DLN_NONE)
            continue;
        __builtin_prefetch(model->rows + at);
        features[found++] = at;
    }
    for (uint32_t i = 0; i < found; i++) {
        const unsigned char *row = model->rows + features[i];
        for (uint32_t n = *row++; n > 0; n--, row += 2)
            scores[row[0]] += (int32_t)dln_get_u32(model->values
                                                   + 4 * row[1]);
    }
}
