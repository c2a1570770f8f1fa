/* SPDX-License-Identifier: Apache-2.0 */
#include "base/map.h"

void dln_map_init(dln_map *map, dln_arena *arena)
{
    *map = (dln_map){.arena = arena};
}

/* The half of the hash that is kept beside the index, so that probing and
 * growing seldom touch the keys. */
static uint32_t hash_of(dln_str key)
{
    return (uint32_t)dln_hash(key.data, key.len, 0);
}

static uint32_t index_of(uint64_t slot)
{
    return (uint32_t)slot - 1;
}

/* Slot where `key` is, or where it would go (linear probing). */
static uint32_t slot_of(const dln_map *map, dln_str key, uint32_t hash)
{
    uint32_t mask = map->slot_count - 1;
    uint32_t s = hash & mask;
    while (map->slots[s]
           && ((uint32_t)(map->slots[s] >> 32) != hash
               || !dln_str_eq(map->at[index_of(map->slots[s])].key, key)))
        s = (s + 1) & mask;
    return s;
}

uint32_t dln_map_index(const dln_map *map, dln_str key)
{
    if (!map->slot_count)
        return DLN_NONE;
    uint64_t slot = map->slots[slot_of(map, key, hash_of(key))];
    return slot ? index_of(slot) : DLN_NONE;
}

uint32_t dln_map_get(const dln_map *map, dln_str key)
{
    uint32_t at = dln_map_index(map, key);
    return at == DLN_NONE ? DLN_NONE : map->at[at].value;
}

static bool grow(dln_map *map)
{
    if (map->slot_count && map->count < map->slot_count / 2)
        return true;
    if (map->slot_count >= (1u << 30))
        return false;
    uint32_t more = map->slot_count ? map->slot_count * 2 : 16;
    uint64_t *slots = dln_arena_array(map->arena, more, sizeof *slots);
    if (!slots)
        return false;
    for (uint32_t i = 0; i < map->slot_count; i++) {
        if (!map->slots[i])
            continue;
        uint32_t s = (uint32_t)(map->slots[i] >> 32) & (more - 1);
        while (slots[s])
            s = (s + 1) & (more - 1);
        slots[s] = map->slots[i];
    }
    map->slots = slots;
    map->slot_count = more;
    return true;
}

uint32_t dln_map_set(dln_map *map, dln_str key, uint32_t value)
{
    uint32_t found = dln_map_index(map, key);
    if (found != DLN_NONE) {
        map->at[found].value = value;
        return found;
    }
    if (!grow(map))
        return DLN_NONE;
    map->at = dln_vec_room(map->arena, map->at, map->count, &map->cap,
                           sizeof *map->at);
    if (map->count >= map->cap)
        return DLN_NONE;
    dln_str copy = dln_arena_str(map->arena, key);
    if (dln_arena_oom(map->arena))
        return DLN_NONE;
    uint32_t hash = hash_of(key), slot = slot_of(map, key, hash);
    map->at[map->count] = (dln_map_entry){copy, value};
    map->slots[slot] = (uint64_t)hash << 32 | ++map->count;
    return map->count - 1;
}

uint32_t dln_map_intern(dln_map *map, dln_str key)
{
    uint32_t found = dln_map_get(map, key);
    if (found != DLN_NONE)
        return found;
    uint32_t value = map->count;
    return dln_map_set(map, key, value) == DLN_NONE ? DLN_NONE : value;
}
