/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arena: memory that is freed whole. Three lifetimes use it: the program
 * (ontology), a document, and a worker's scratch between two stages.
 *
 * An arena has a limit and a sticky `oom`: after a refused allocation it
 * refuses all others, so a stage allocates plainly and asks once at its end.
 * Built with -Darena=malloc every allocation is a malloc of its own, so that
 * AddressSanitizer sees inside. One thread at a time.
 */
#ifndef DLN_BASE_ARENA_H
#define DLN_BASE_ARENA_H

#include "base/status.h"
#include "base/str.h"

typedef struct dln_arena dln_arena;

/* `limit` in bytes, 0 for the default (1 GiB). NULL when out of memory. */
dln_arena *dln_arena_new(size_t limit);
/* Frees all; NULL is fine. */
void dln_arena_free(dln_arena *arena);
/* Empties it, keeping one block for reuse; clears `oom`. */
void dln_arena_reset(dln_arena *arena);

/* Zeroed, aligned to 16 bytes; NULL (and sticky oom) when refused. */
void *dln_arena_alloc(dln_arena *arena, size_t size);
/* Zeroed array; refuses on overflow of count * size. */
void *dln_arena_array(dln_arena *arena, size_t count, size_t size);
/* A copy with a NUL behind it (not counted). Empty string when refused. */
dln_str dln_arena_str(dln_arena *arena, dln_str s);
/* printf into the arena; NUL behind it. */
dln_str dln_arena_printf(dln_arena *arena, const char *format, ...)
    DLN_PRINTF(2, 3);

bool dln_arena_oom(const dln_arena *arena);
/* Bytes handed out, and the most that were ever held from the system. */
size_t dln_arena_used(const dln_arena *arena);

/*
 * vec: a growable array in an arena. Declare `DLN_VEC(T) name;`, zeroed.
 *
 *     DLN_VEC(dln_span) spans = {0};
 *     dln_span *s = DLN_VEC_PUSH(arena, &spans);   // zeroed, or NULL
 *     spans.at[0], spans.count
 *
 * Growing moves the elements: pointers into `at` die at the next push.
 */
#define DLN_VEC(T)                                                      \
    struct {                                                            \
        T *at;          /* [count] */                                   \
        uint32_t count;                                                 \
        uint32_t cap;                                                   \
    }

#define DLN_VEC_PUSH(arena, vec)                                        \
    ((vec)->at = dln_vec_room((arena), (vec)->at, (vec)->count,         \
                              &(vec)->cap, sizeof *(vec)->at),          \
     (vec)->count < (vec)->cap ? &(vec)->at[(vec)->count++] : NULL)

/* Room for one more of `size` bytes; on refusal returns `at` and leaves
 * *cap == count. Use through DLN_VEC_PUSH. */
void *dln_vec_room(dln_arena *arena, void *at, uint32_t count,
                   uint32_t *cap, size_t size);

#endif
