/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define BLOCK_SIZE ((size_t)256 * 1024)
#define DEFAULT_LIMIT ((size_t)1 << 30)
#define ALIGN 16u

typedef struct block block;
struct block {
    block *next;
    size_t size, used;  /* bytes behind this header */
    size_t pad;         /* keeps the bytes 16-aligned */
};

struct dln_arena {
    block *head;
    size_t limit, used, held;
    bool oom;
};

dln_arena *dln_arena_new(size_t limit)
{
    dln_arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->limit = limit ? limit : DEFAULT_LIMIT;
    return arena;
}

static void free_blocks(block *b)
{
    while (b) {
        block *next = b->next;
        free(b);
        b = next;
    }
}

void dln_arena_free(dln_arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->head);
    free(arena);
}

void dln_arena_reset(dln_arena *arena)
{
    block *keep = arena->head;
    /* An outsized block is given back, so one huge report does not stay. */
    while (keep && keep->size > BLOCK_SIZE) {
        block *next = keep->next;
        free(keep);
        keep = next;
    }
    if (keep) {
        free_blocks(keep->next);
        keep->next = NULL;
        keep->used = 0;
    }
    arena->head = keep;
    arena->held = keep ? keep->size : 0;
    arena->used = 0;
    arena->oom = false;
}

void *dln_arena_alloc(dln_arena *arena, size_t size)
{
    if (arena->oom || size > arena->limit - arena->used) {
        arena->oom = true;
        return NULL;
    }
    size_t need = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (need < size || need == 0)
        need = ALIGN;
#ifdef DLN_ARENA_MALLOC
    bool fits = false;
    size_t room = need;
#else
    bool fits = arena->head && arena->head->size - arena->head->used >= need;
    size_t room = need > BLOCK_SIZE / 4 ? need : BLOCK_SIZE;
#endif
    if (!fits) {
        block *b = malloc(sizeof *b + room);
        if (!b) {
            arena->oom = true;
            return NULL;
        }
        b->size = room;
        b->used = 0;
        /* A large block goes behind the head, which keeps its free room. */
        if (room != BLOCK_SIZE && arena->head) {
            b->next = arena->head->next;
            arena->head->next = b;
            b->used = need;
            arena->held += room;
            arena->used += need;
            return memset((char *)(b + 1), 0, need);
        }
        b->next = arena->head;
        arena->head = b;
        arena->held += room;
    }
    char *p = (char *)(arena->head + 1) + arena->head->used;
    arena->head->used += need;
    arena->used += need;
    return memset(p, 0, need);
}

void *dln_arena_array(dln_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) {
        arena->oom = true;
        return NULL;
    }
    return dln_arena_alloc(arena, count * size);
}

dln_str dln_arena_str(dln_arena *arena, dln_str s)
{
    char *p = s.len < SIZE_MAX ? dln_arena_alloc(arena, s.len + 1) : NULL;
    if (!p)
        return DLN_STR("");
    if (s.len)
        memcpy(p, s.data, s.len);
    return (dln_str){p, s.len};
}

dln_str dln_arena_printf(dln_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = n >= 0 ? dln_arena_alloc(arena, (size_t)n + 1) : NULL;
    if (!p)
        return DLN_STR("");
    va_start(args, format);
    vsnprintf(p, (size_t)n + 1, format, args);
    va_end(args);
    return (dln_str){p, (size_t)n};
}

bool dln_arena_oom(const dln_arena *arena)
{
    return arena->oom;
}

size_t dln_arena_used(const dln_arena *arena)
{
    return arena->used;
}

void *dln_vec_room(dln_arena *arena, void *at, uint32_t count,
                   uint32_t *cap, size_t size)
{
    if (count < *cap)
        return at;
    uint32_t more = *cap ? *cap * 2 : 8;
    if (more <= *cap)
        return at;
    void *grown = dln_arena_array(arena, more, size);
    if (!grown)
        return at;
    if (count)
        memcpy(grown, at, (size_t)count * size);
    *cap = more;
    return grown;
}
