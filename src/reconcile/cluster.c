/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Agglomerative clustering by average link over a sparse graph. A pair of
 * groups is one record with the sum and number of the edges between them; a
 * heap gives the best pair; of a merge's two groups the one with fewer
 * records is moved into the other. Sums are integers, so the order of
 * addition changes nothing; equal averages go by the smallest members.
 *
 * Cost: E log E for E edges, however large the groups become.
 */
#include <stdlib.h>

#include "reconcile/stories_p.h"

typedef struct tie {        /* what lies between two groups */
    uint32_t a, b;
    int64_t sum;
    uint32_t edges;
    bool dead;
} tie;

typedef struct link_ {      /* a tie in a group's list */
    uint32_t tie, next;
} link_;

typedef struct offer {      /* in the heap; old ones are skipped */
    double average;
    uint32_t low, high;     /* smallest members */
    uint32_t tie;
} offer;

typedef struct cluster {
    dln_arena *arena;
    int32_t missing, least;
    DLN_VEC(tie) ties;
    DLN_VEC(link_) links;
    DLN_VEC(offer) heap;
    rec_hashes tie_of;
    uint32_t *first;        /* [group] its links */
    uint32_t *degree, *size, *into, *smallest;
} cluster;

static uint64_t pair_key(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static double average(const cluster *k, const tie *t)
{
    double pairs = (double)k->size[t->a] * k->size[t->b];
    return ((double)t->sum + (pairs - t->edges) * k->missing) / pairs;
}

static bool before(const offer *x, const offer *y)
{
    if (x->average != y->average)
        return x->average > y->average;
    return x->low != y->low ? x->low < y->low : x->high < y->high;
}

static offer offer_of(const cluster *k, uint32_t at)
{
    const tie *t = &k->ties.at[at];
    uint32_t x = k->smallest[t->a], y = k->smallest[t->b];
    return (offer){average(k, t), x < y ? x : y, x < y ? y : x, at};
}

static bool push(cluster *k, uint32_t at)
{
    offer o = offer_of(k, at);
    if (o.average < k->least)
        return true;
    if (!DLN_VEC_PUSH(k->arena, &k->heap))
        return false;
    uint32_t i = k->heap.count - 1;
    while (i && before(&o, &k->heap.at[(i - 1) / 2])) {
        k->heap.at[i] = k->heap.at[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    k->heap.at[i] = o;
    return true;
}

static offer pop(cluster *k)
{
    offer top = k->heap.at[0], last = k->heap.at[--k->heap.count];
    uint32_t i = 0, n = k->heap.count;
    while (n) {
        uint32_t child = 2 * i + 1;
        if (child + 1 < n
            && before(&k->heap.at[child + 1], &k->heap.at[child]))
            child++;
        if (child >= n || !before(&k->heap.at[child], &last))
            break;
        k->heap.at[i] = k->heap.at[child];
        i = child;
    }
    if (n)
        k->heap.at[i] = last;
    return top;
}

static bool link_to(cluster *k, uint32_t group, uint32_t at)
{
    link_ *l = DLN_VEC_PUSH(k->arena, &k->links);
    if (!l)
        return false;
    *l = (link_){at, k->first[group]};
    k->first[group] = k->links.count - 1;
    k->degree[group]++;
    return true;
}

static bool add_tie(cluster *k, uint32_t a, uint32_t b, int64_t sum,
                    uint32_t edges, uint32_t *out)
{
    uint32_t fresh = k->ties.count;
    uint32_t *at = dln_rec__hashes_at(&k->tie_of, pair_key(a, b), fresh);
    if (!at)
        return false;
    *out = *at;
    if (*at != fresh && !k->ties.at[*at].dead) {
        k->ties.at[*at].sum += sum;
        k->ties.at[*at].edges += edges;
        return true;
    }
    *at = *out = fresh;
    tie *t = DLN_VEC_PUSH(k->arena, &k->ties);
    if (!t)
        return false;
    *t = (tie){a, b, sum, edges, false};
    return link_to(k, a, fresh) && link_to(k, b, fresh);
}

/* Group `from` into `to`: its ties become ties of `to`. */
static bool merge(cluster *k, uint32_t to, uint32_t from)
{
    k->into[from] = to;
    k->size[to] += k->size[from];
    if (k->smallest[from] < k->smallest[to])
        k->smallest[to] = k->smallest[from];
    for (uint32_t l = k->first[from]; l != DLN_NONE; l = k->links.at[l].next) {
        tie *t = &k->ties.at[k->links.at[l].tie];
        uint32_t other = t->a == from ? t->b : t->a, at;
        if (t->dead)
            continue;
        t->dead = true;
        if (other != to && !add_tie(k, to, other, t->sum, t->edges, &at))
            return false;
    }
    k->first[from] = DLN_NONE;
    /* The group grew, so all its averages changed. Dead links go. */
    uint32_t *at = &k->first[to];
    while (*at != DLN_NONE) {
        link_ *l = &k->links.at[*at];
        if (k->ties.at[l->tie].dead) {
            *at = l->next;
            k->degree[to]--;
            continue;
        }
        if (!push(k, l->tie))
            return false;
        at = &l->next;
    }
    return true;
}

static bool load(cluster *k, const rec_edge *edges, uint32_t count)
{
    uint32_t at;
    for (uint32_t i = 0; i < count; i++)
        if (edges[i].a != edges[i].b
            && !add_tie(k, edges[i].a, edges[i].b, edges[i].score, 1, &at))
            return false;
    for (uint32_t i = 0; i < k->ties.count; i++)
        if (!push(k, i))
            return false;
    return true;
}

static bool run(cluster *k)
{
    while (k->heap.count) {
        offer o = pop(k);
        const tie *t = &k->ties.at[o.tie];
        if (t->dead || average(k, t) != o.average)
            continue;
        bool swap = k->degree[t->a] < k->degree[t->b];
        if (!merge(k, swap ? t->b : t->a, swap ? t->a : t->b))
            return false;
    }
    return true;
}

dln_status dln_rec__cluster(const rec_edge *edges, uint32_t edge_count,
                            uint32_t count, int32_t missing, int32_t least,
                            uint32_t *labels, dln_arena *arena)
{
    cluster k = {.arena = arena, .missing = missing, .least = least};
    uint32_t *rows = dln_arena_array(arena, 5 * ((size_t)count + 1),
                                     sizeof *rows);
    if (!rows)
        return DLN_NOMEM;
    k.first = rows;
    k.degree = k.first + count;
    k.size = k.degree + count;
    k.into = k.size + count;
    k.smallest = k.into + count;
    dln_rec__hashes_init(&k.tie_of, arena);
    for (uint32_t i = 0; i < count; i++) {
        k.first[i] = DLN_NONE;
        k.size[i] = 1;
        k.into[i] = k.smallest[i] = i;
    }
    if (!load(&k, edges, edge_count) || !run(&k))
        return DLN_NOMEM;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t g = i;
        while (k.into[g] != g)
            g = k.into[g];
        for (uint32_t n = i, next; k.into[n] != n; n = next) {
            next = k.into[n];
            k.into[n] = g;
        }
        labels[i] = k.smallest[g];
    }
    return DLN_OK;
}
