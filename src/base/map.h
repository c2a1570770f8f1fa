/* SPDX-License-Identifier: Apache-2.0 */
/*
 * map: strings to 32-bit values, in an arena. Keys are copied. Iteration is
 * in order of insertion, so nothing depends on the hash.
 */
#ifndef DLN_BASE_MAP_H
#define DLN_BASE_MAP_H

#include "base/arena.h"

typedef struct dln_map_entry {
    dln_str key;
    uint32_t value;
} dln_map_entry;

typedef struct dln_map {
    dln_arena *arena;
    dln_map_entry *at;  /* [count], in order of insertion */
    uint32_t count, cap;
    uint64_t *slots;    /* [slot_count], hash << 32 | index into `at` + 1;
                           0 is empty */
    uint32_t slot_count;
} dln_map;

void dln_map_init(dln_map *map, dln_arena *arena);
/* The value of `key`, or DLN_NONE. */
uint32_t dln_map_get(const dln_map *map, dln_str key);
/* Sets `key`; returns its entry's index, or DLN_NONE when out of memory. */
uint32_t dln_map_set(dln_map *map, dln_str key, uint32_t value);
/* Value of `key`, which is set to map->count first if it is new: interning.
 * DLN_NONE when out of memory. */
uint32_t dln_map_intern(dln_map *map, dln_str key);
/* Index of the entry in `at`, or DLN_NONE. */
uint32_t dln_map_index(const dln_map *map, dln_str key);

#endif
