/* SPDX-License-Identifier: Apache-2.0 */
/* Average link over few edges. */
#include "reconcile/stories_p.h"

#include <stdlib.h>

#include "tap.h"

static void check(const rec_edge *edges, uint32_t count, uint32_t things,
                  const uint32_t *want)
{
    uint32_t labels[32];
    dln_arena *arena = dln_arena_new(0);
    ok(dln_rec__cluster(edges, count, things, -4000, -1000, labels, arena)
       == DLN_OK);
    for (uint32_t i = 0; i < things; i++)
        is_int(labels[i], want[i]);
    dln_arena_free(arena);
}

int main(void)
{
    /* 0-1-2 all alike; 3 is like 2 alone, which is not enough for three:
     * (2000 - 4000 - 4000) / 3 < -1000. */
    const rec_edge chain[] = {{0, 1, 3000}, {1, 2, 3000}, {0, 2, 2500},
                              {2, 3, 2000}};
    check(chain, 4, 4, (uint32_t[]){0, 0, 0, 3});
    /* The order of edges and of their ends changes nothing. */
    const rec_edge turned[] = {{3, 2, 2000}, {2, 0, 2500}, {2, 1, 3000},
                               {1, 0, 3000}};
    check(turned, 4, 4, (uint32_t[]){0, 0, 0, 3});
    /* Two pairs, and weak edges between them. */
    const rec_edge pairs[] = {{0, 2, 1000}, {1, 3, 900}, {0, 1, -2000},
                              {2, 3, -2000}, {0, 3, -3000}};
    check(pairs, 5, 5, (uint32_t[]){0, 1, 0, 1, 4});
    /* Equal averages go by the smallest members. */
    const rec_edge equal[] = {{1, 2, 0}, {0, 1, 0}};
    check(equal, 2, 3, (uint32_t[]){0, 0, 2});
    check(NULL, 0, 3, (uint32_t[]){0, 1, 2});
    /* A long chain of two hundred thousand joins in no square time. */
    enum { MANY = 200000 };
    dln_arena *arena = dln_arena_new(0);
    rec_edge *edges = calloc(MANY, sizeof *edges);
    uint32_t *labels = calloc(MANY + 1, sizeof *labels);
    for (uint32_t i = 0; i < MANY; i++)
        edges[i] = (rec_edge){i, i + 1, 5000};
    ok(dln_rec__cluster(edges, MANY, MANY + 1, 5000, -1000, labels, arena)
       == DLN_OK);
    is_int(labels[MANY], 0);
    free(edges);
    free(labels);
    dln_arena_free(arena);
    return done();
}
