/* SPDX-License-Identifier: Apache-2.0 */
/*
 * linear: sparse linear models over hashed features, and the hash table
 * they share with the lexicons. Read-only views of sections of the model
 * file.
 *
 * A table: u32 n, u32 zero, then n slots of u32 mark, u32 value; mark 0 is
 * an empty slot. A key's slot is the first whose mark is the key's low half
 * (0 is read as 1), from slot (key >> 32) * n >> 32 on, round the end.
 *
 * A linear model: u32 classes (at most 255), u32 bytes of rows, 256 i32
 * (the values a code stands for), a table, the rows. The table's value is
 * the place of the feature's row: a byte n, then n pairs of class and code.
 * Eight-bit codes with a table of values keep small weights apart that a
 * linear scale would merge.
 */
#ifndef DLN_MODEL_LINEAR_H
#define DLN_MODEL_LINEAR_H

#include "base/status.h"
#include "base/str.h"

#define DLN_LINEAR_MAX_CLASSES 255

typedef struct dln_hashed {
    const unsigned char *slots; /* [count] of 8 bytes */
    uint32_t count;
} dln_hashed;

typedef struct dln_linear {
    dln_hashed table;
    const unsigned char *rows;
    const unsigned char *values;    /* [256] i32 */
    uint32_t classes;
} dln_linear;

/* Checks the table at the front of `section`; *used its bytes. */
DLN_NODISCARD dln_status dln_hashed_open(dln_hashed *out, dln_str section,
                                         size_t *used, dln_error *error);
static inline uint32_t dln_hashed_mark(uint64_t key)
{
    return (uint32_t)key | !(uint32_t)key;
}

/* Where the key is looked for first. */
static inline const unsigned char *dln_hashed_slot(const dln_hashed *table,
                                                   uint64_t key)
{
    return table->slots + (((key >> 32) * table->count) >> 32) * 8;
}

/* Has the key's memory fetched, for a dln_hashed_get that comes soon: the
 * memory of many keys is under way at once. */
static inline void dln_hashed_fetch(const dln_hashed *table, uint64_t key)
{
    __builtin_prefetch(dln_hashed_slot(table, key));
}

/* A bit for every mark of a table, small enough to stay near the CPU: of the
 * keys that are not in the table nearly all are seen without it. */
typedef struct dln_filter {
    uint64_t *bits;             /* [(mask + 1) / 64] */
    uint32_t mask;
} dln_filter;

DLN_NODISCARD dln_status dln_filter_open(dln_filter *out,
                                         const dln_hashed *table,
                                         dln_error *error);
void dln_filter_close(dln_filter *filter);

/* False: the key is not in the table. */
static inline bool dln_filter_may(const dln_filter *filter, uint64_t key)
{
    uint32_t at = dln_hashed_mark(key) & filter->mask;
    return filter->bits[at / 64] >> at % 64 & 1;
}

/* The key's value, or DLN_NONE. */
uint32_t dln_hashed_get(const dln_hashed *table, uint64_t key);

/* Checks all rows and classes. */
DLN_NODISCARD dln_status dln_linear_open(dln_linear *out, dln_str section,
                                         dln_error *error);
/* scores[class] += weights of the features. `features` is overwritten. */
void dln_linear_score(const dln_linear *model, uint64_t *features,
                      uint32_t count, int32_t *scores);

/* Mixes a value into a feature's key. */
static inline uint64_t dln_mix(uint64_t key, uint64_t value)
{
    key = (key ^ value) * 0x9e3779b97f4a7c15u;
    return key ^ (key >> 32);
}

/* Where a feature template's keys begin. Templates are spread over all bits
 * first, else small values mixed in would make one of another. */
static inline uint64_t dln_feature(uint64_t template)
{
    return (template + 1) * 0xd6e8feb86659fd93u;
}

#endif
