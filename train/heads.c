/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Training of the parser with the dynamic oracle of the arc-eager system
 * (Goldberg and Nivre 2012): from any state, however wrong, the moves that
 * lose fewest gold arcs are right; after the first pass the parser goes its
 * own way.
 */
#include <stdio.h>
#include <stdlib.h>

#include "corpus.h"
#include "learner.h"

typedef struct move_set {
    dln_move at[DLN_LINEAR_MAX_CLASSES];
    uint32_t count;
    uint8_t id[4][DLN_REL_COUNT];   /* class + 1, 0: never seen */
} move_set;

static void add_move(move_set *m, dln_action action, uint8_t label)
{
    if (m->id[action][label])
        return;
    if (m->count == DLN_LINEAR_MAX_CLASSES)
        pack_stop("too many moves");
    m->at[m->count++] = (dln_move){(uint8_t)action, label};
    m->id[action][label] = (uint8_t)m->count;
}

static void find_moves(move_set *m, const corpus *c)
{
    static uint32_t seen[2][DLN_REL_COUNT];
    memset(seen, 0, sizeof seen);
    *m = (move_set){.count = 0};
    add_move(m, DLN_SHIFT, 0);
    add_move(m, DLN_REDUCE, 0);
    add_move(m, DLN_LEFT, DLN_REL_root);
    for (uint32_t i = 0; i < c->count; i++)
        for (uint32_t t = 0; t < c->at[i].count; t++)
            if (c->at[i].head[t] < c->at[i].count)
                seen[c->at[i].head[t] < t][c->at[i].label[t]]++;
    for (uint32_t label = 0; label < DLN_REL_COUNT; label++) {
        if (label == DLN_REL_root)
            continue;
        if (seen[0][label] >= 5 || label == DLN_REL_dep)
            add_move(m, DLN_LEFT, (uint8_t)label);
        if (seen[1][label] >= 5 || label == DLN_REL_dep)
            add_move(m, DLN_RIGHT, (uint8_t)label);
    }
}

/* Gold arcs lost by each action, labels apart. */
static void costs(const dln_state *s, const corpus_sentence *gold,
                  uint32_t cost[4])
{
    uint32_t n0 = s->next, n = s->count;
    uint32_t s0 = s->depth ? s->stack[s->depth - 1] : DLN_NONE;
    uint32_t n0_head = n0 < n ? gold->head[n0] : DLN_NONE;
    memset(cost, 0, 4 * sizeof *cost);
    for (uint32_t i = 0; i < s->depth; i++) {
        uint32_t k = s->stack[i];
        bool child = s->head[k] == DLN_NONE && gold->head[k] == n0;
        cost[DLN_SHIFT] += child || n0_head == k;
        if (k != s0)
            cost[DLN_RIGHT] += n0_head == k;
        cost[DLN_RIGHT] += child;
    }
    if (s0 == DLN_NONE)
        return;
    if (n0_head != s0 && n0_head > n0 && n0_head != DLN_NONE)
        cost[DLN_RIGHT]++;
    uint32_t s0_head = gold->head[s0];
    if (s->head[s0] == DLN_NONE && s0_head > n0)
        cost[DLN_LEFT]++;
    for (uint32_t b = n0; b < n; b++) {
        cost[DLN_LEFT] += gold->head[b] == s0;
        cost[DLN_REDUCE] += gold->head[b] == s0;
    }
}

/* Is a move right (0), does it lose (1), or can it not be done (2)? */
static unsigned judge(const dln_state *s, const corpus_sentence *gold,
                      dln_move move, unsigned valid, const uint32_t cost[4],
                      uint32_t least)
{
    uint32_t child = DLN_NONE;
    if (move.action > DLN_RIGHT || !(valid >> move.action & 1))
        return 2;
    if (move.action == DLN_LEFT
        && (s->next == s->count) != (move.label == DLN_REL_root))
        return 2;
    if (cost[move.action] != least)
        return 1;
    if (move.action == DLN_LEFT)
        child = s->stack[s->depth - 1];
    else if (move.action == DLN_RIGHT)
        child = s->next;
    if (child == DLN_NONE || move.label == DLN_REL_root)
        return 0;
    return gold->label[child] != move.label;
}

typedef struct tally {
    uint32_t heads, labels, tokens;
} tally;

static void train_sentence(learner *l, const move_set *moves, dln_state *s,
                           const corpus_sentence *gold, uint32_t epoch,
                           uint64_t *seed, tally *sum)
{
    static dln_node nodes[4096];
    uint64_t features[DLN_PARSE_FEATURES];
    unsigned valid;
    for (uint32_t i = 0; i < gold->count; i++)
        nodes[i] = dln_analyse__node(&gold->lex[i], gold->tags[i]);
    dln_analyse__start(s, nodes, gold->count);
    while ((valid = dln_analyse__valid(s)) != 0) {
        int32_t scores[DLN_LINEAR_MAX_CLASSES] = {0};
        uint32_t cost[4], least = UINT32_MAX;
        uint32_t best = DLN_NONE, right = DLN_NONE;
        if (s->next == s->count) {  /* no choice is left */
            dln_analyse__do(s, (dln_move){valid >> DLN_LEFT & 1
                                              ? DLN_LEFT : DLN_REDUCE,
                                          DLN_REL_root});
            continue;
        }
        costs(s, gold, cost);
        for (int a = 0; a < 4; a++)
            if (valid >> a & 1 && cost[a] < least)
                least = cost[a];
        uint32_t n = dln_analyse__parse_features(s, features);
        learner_score(l, features, n, scores);
        for (uint32_t c = 0; c < moves->count; c++) {
            unsigned j = judge(s, gold, moves->at[c], valid, cost, least);
            if (j == 2)
                continue;
            if (best == DLN_NONE || scores[c] > scores[best])
                best = c;
            if (j == 0 && (right == DLN_NONE || scores[c] > scores[right]))
                right = c;
        }
        if (right == DLN_NONE)      /* a label without a class */
            right = best;
        learner_update(l, features, n, right, best);
        bool explore = epoch > 0 && corpus_random(seed) % 10 != 0;
        dln_analyse__do(s, moves->at[explore ? best : right]);
    }
    for (uint32_t i = 0; i < gold->count; i++) {
        uint32_t head = s->head[i] == DLN_NONE ? gold->count : s->head[i];
        sum->heads += head == gold->head[i];
        sum->labels += head == gold->head[i]
                       && s->label[i] == gold->label[i];
    }
    sum->tokens += gold->count;
}

void train_parser(const corpus *c, uint32_t epochs, uint32_t updates,
                  dln_buf *model, dln_buf *classes)
{
    static move_set moves;
    learner l;
    dln_state state;
    uint64_t seed = 7;
    uint32_t *order = pack_array(c->count, sizeof *order);
    find_moves(&moves, c);
    learner_init(&l, moves.count);
    if (!dln_analyse__state(&state, 4096, c->arena))
        pack_stop("out of memory");
    for (uint32_t e = 0; e < epochs; e++) {
        tally sum = {0};
        corpus_shuffle(order, c->count, &seed);
        for (uint32_t i = 0; i < c->count; i++)
            if (c->at[order[i]].count < 300)
                train_sentence(&l, &moves, &state, &c->at[order[i]], e,
                               &seed, &sum);
        fprintf(stderr, "parse epoch %u: heads %.2f%% labelled %.2f%% "
                "rows %u\n", e + 1, 100.0 * sum.heads / sum.tokens,
                100.0 * sum.labels / sum.tokens, l.row_count);
    }
    for (uint32_t i = 0; i < moves.count; i++) {
        dln_buf_char(classes, (char)moves.at[i].action);
        dln_buf_char(classes, (char)moves.at[i].label);
    }
    learner_write(&l, updates, model);
    learner_release(&l);
    free(order);
}
