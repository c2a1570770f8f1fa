/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tree: scores of heads → the best tree that has one root.
 *
 * The best head of each word is taken first; nearly always that is a tree.
 * When it is not, the best spanning arborescence is found: Chu and Liu
 * (1965), Edmonds (1967), for dense graphs in O(n^2) by growing one path of
 * best edges and contracting the cycles that it runs into (Gabow, Galil,
 * Spencer and Tarjan 1986), the way Zmigrod, Vieira and Cotterell (2020)
 * describe for parsers. Edges from the root are made so dear that no tree
 * with two of them can win.
 */
#include "analyse/network_p.h"

enum { NEW, ON_PATH, FINISHED };

/* Is there one root, and does every word lead to it? */
static bool is_tree(const uint32_t *head, uint32_t n, uint32_t *seen)
{
    uint32_t roots = 0;
    memset(seen, 0, n * sizeof *seen);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = i;
        roots += head[i] == DLN_NONE;
        while (at != DLN_NONE && !seen[at]) {
            seen[at] = i + 1;
            at = head[at];
        }
        if (at != DLN_NONE && seen[at] == i + 1)
            return false;
    }
    return roots == 1;
}

static bool make_room(dln_graph *g, dln_arena *scratch)
{
    size_t n = g->most, two = 2 * n;
    if (g->edges)
        return true;
    g->of = dln_arena_array(scratch, n, sizeof *g->of);
    g->parent = dln_arena_array(scratch, two, sizeof *g->parent);
    g->row = dln_arena_array(scratch, two, sizeof *g->row);
    g->from = dln_arena_array(scratch, two, sizeof *g->from);
    g->to = dln_arena_array(scratch, two, sizeof *g->to);
    g->gain = dln_arena_array(scratch, two, sizeof *g->gain);
    g->path = dln_arena_array(scratch, n, sizeof *g->path);
    g->state = dln_arena_array(scratch, two, 1);
    g->edges = dln_arena_array(scratch, n * (n + 1), sizeof *g->edges);
    return !dln_arena_oom(scratch);
}

static void fill(dln_graph *g, const float *score, size_t stride, uint32_t n)
{
    double least = 0, most = 0;
    g->n = g->count = n;
    memset(g->parent, 0, 2 * (size_t)n * sizeof *g->parent);
    memset(g->state, NEW, 2 * (size_t)n);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j <= n; j++) {
            double v = (double)score[i * stride + (j + 1) % (n + 1)];
            v = v > -1e9 ? v : -1e9;
            v = v < 1e9 ? v : 1e9;
            least = v < least ? v : least;
            most = v > most ? v : most;
            g->edges[(size_t)i * (n + 1) + j] = (dln_edge){v, i};
        }
    for (uint32_t i = 0; i < n; i++) {
        g->of[i] = g->row[i] = i;
        g->edges[(size_t)i * (n + 1) + n].gain -= (most - least + 1) * n;
    }
}

/* Chooses the best edge into component c; returns where it comes from, n
 * for the root. */
static uint32_t choose(dln_graph *g, uint32_t c)
{
    const dln_edge *row = g->edges + (size_t)g->row[c] * (g->n + 1);
    uint32_t best = g->n;
    for (uint32_t j = 0; j < g->n; j++)
        if (g->of[j] != c && row[j].gain > row[best].gain)
            best = j;
    g->from[c] = best;
    g->to[c] = row[best].to;
    g->gain[c] = row[best].gain;
    return best;
}

/* Makes one component of those at the end of the path from `begin` on. */
static uint32_t contract(dln_graph *g, uint32_t begin, uint32_t end)
{
    uint32_t whole = g->count++, first = g->path[begin];
    dln_edge *into = g->edges + (size_t)g->row[first] * (g->n + 1);
    for (uint32_t j = 0; j <= g->n; j++)
        into[j].gain -= g->gain[first];
    for (uint32_t k = begin; k < end; k++) {
        uint32_t c = g->path[k];
        const dln_edge *row = g->edges + (size_t)g->row[c] * (g->n + 1);
        g->parent[c] = whole;
        for (uint32_t j = 0; k > begin && j <= g->n; j++)
            if (row[j].gain - g->gain[c] > into[j].gain)
                into[j] = (dln_edge){row[j].gain - g->gain[c], row[j].to};
    }
    for (uint32_t i = 0; i < g->n; i++)
        if (g->parent[g->of[i]] == whole)
            g->of[i] = whole;
    g->row[whole] = g->row[first];
    return whole;
}

/* Follows best edges from component c until they lead to the root or to
 * what is finished. */
static void grow(dln_graph *g, uint32_t c)
{
    uint32_t depth = 0;
    for (;;) {
        g->path[depth++] = c;
        g->state[c] = ON_PATH;
        uint32_t from = choose(g, c);
        if (from == g->n || g->state[g->of[from]] == FINISHED)
            break;
        c = g->of[from];
        if (g->state[c] == ON_PATH) {
            uint32_t begin = depth;
            while (g->path[--begin] != c)
                ;
            c = contract(g, begin, depth);
            depth = begin;
        }
    }
    while (depth > 0)
        g->state[g->path[--depth]] = FINISHED;
}

static void repair(dln_graph *g, uint32_t n, uint32_t *head)
{
    for (uint32_t i = 0; i < n; i++)
        if (g->state[g->of[i]] == NEW)
            grow(g, g->of[i]);
    /* A cycle's own entrance displaces the edge of the word it enters. */
    for (uint32_t c = g->count; c-- > n;) {
        uint32_t in = g->to[c];
        while (g->parent[in] != c)
            in = g->parent[in];
        g->from[in] = g->from[c];
        g->to[in] = g->to[c];
    }
    for (uint32_t i = 0; i < n; i++)
        head[i] = g->from[i] == n ? DLN_NONE : g->from[i];
}

bool dln_analyse__tree(dln_graph *room, const float *score, size_t stride,
                       uint32_t n, uint32_t *head, uint32_t *work,
                       dln_arena *scratch)
{
    for (uint32_t i = 0; i < n; i++) {
        const float *row = score + i * stride;
        uint32_t best = 0;
        for (uint32_t j = 1; j <= n; j++)
            if (j != i + 1 && row[j] > row[best])
                best = j;
        head[i] = best ? best - 1 : DLN_NONE;
    }
    if (is_tree(head, n, work))
        return true;
    if (!make_room(room, scratch))
        return false;
    fill(room, score, stride, n);
    repair(room, n, head);
    return true;
}
