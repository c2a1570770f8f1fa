/* SPDX-License-Identifier: Apache-2.0 */
/* Edges from anybody, three bytes each (two ends, how alike): the groups do
 * not depend on the order of the edges, a label is the smallest member of
 * its group, and nothing is joined that no edge touches. */
#include <assert.h>

#include "reconcile/stories_p.h"

#define THINGS 64u
#define EDGES 512u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    rec_edge there[EDGES], back[EDGES];
    uint32_t one[THINGS], two[THINGS], count = 0;
    bool touched[THINGS] = {false};
    for (; size >= 3 && count < EDGES; data += 3, size -= 3) {
        uint32_t a = data[0] % THINGS, b = data[1] % THINGS;
        int32_t score = 50 * (data[2] - 128);
        there[count++] = (rec_edge){a, b, score};
        touched[a] = touched[b] = true;
    }
    for (uint32_t i = 0; i < count; i++)
        back[i] = (rec_edge){there[count - 1 - i].b, there[count - 1 - i].a,
                             there[count - 1 - i].score};
    dln_arena *arena = dln_arena_new(0);
    if (!arena)
        return 0;
    assert(dln_rec__cluster(there, count, THINGS, -4000, -1000, one, arena)
           == DLN_OK);
    assert(dln_rec__cluster(back, count, THINGS, -4000, -1000, two, arena)
           == DLN_OK);
    for (uint32_t i = 0; i < THINGS; i++) {
        assert(one[i] == two[i]);
        assert(one[i] <= i && one[one[i]] == one[i]);
        assert(touched[i] || one[i] == i);
    }
    dln_arena_free(arena);
    return 0;
}
