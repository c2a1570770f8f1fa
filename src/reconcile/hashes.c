/* SPDX-License-Identifier: Apache-2.0 */
/* A map of hashes: open addressing, linear probing, at most half full. */
#include "reconcile/reconcile_p.h"

void dln_rec__hashes_init(rec_hashes *map, dln_arena *arena)
{
    *map = (rec_hashes){.arena = arena};
}

static uint32_t slot_of(const rec_hashes *map, uint64_t key)
{
    uint32_t mask = map->cap - 1;
    uint32_t s = (uint32_t)((key * 0x9E3779B97F4A7C15u) >> 32) & mask;
    while (map->values[s] != DLN_NONE && map->keys[s] != key)
        s = (s + 1) & mask;
    return s;
}

static bool grow(rec_hashes *map)
{
    if (map->cap >= 1u << 31)
        return false;
    rec_hashes more = *map;
    more.cap = map->cap ? map->cap * 2 : 64;
    more.keys = dln_arena_array(map->arena, more.cap, sizeof *more.keys);
    more.values = dln_arena_array(map->arena, more.cap,
                                  sizeof *more.values);
    if (!more.keys || !more.values)
        return false;
    memset(more.values, 0xFF, more.cap * sizeof *more.values);
    for (uint32_t i = 0; i < map->cap; i++) {
        if (map->values[i] == DLN_NONE)
            continue;
        uint32_t s = slot_of(&more, map->keys[i]);
        more.keys[s] = map->keys[i];
        more.values[s] = map->values[i];
    }
    *map = more;
    return true;
}

uint32_t *dln_rec__hashes_at(rec_hashes *map, uint64_t key, uint32_t fresh)
{
    if (map->count >= map->cap / 2 && !grow(map))
        return NULL;
    uint32_t s = slot_of(map, key);
    if (map->values[s] == DLN_NONE) {
        map->keys[s] = key;
        map->values[s] = fresh;
        map->count++;
    }
    return &map->values[s];
}

uint32_t dln_rec__hashes_get(const rec_hashes *map, uint64_t key)
{
    return map->cap ? map->values[slot_of(map, key)] : DLN_NONE;
}
