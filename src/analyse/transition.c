/* SPDX-License-Identifier: Apache-2.0 */
/*
 * transition: the arc-eager transition system (Nivre 2008) with the root
 * behind the last token (Ballesteros and Nivre 2013). A move is an action
 * and a label; 2n moves make a tree of n tokens.
 */
#include "analyse/model_p.h"

bool dln_analyse__state(dln_state *s, uint32_t most, dln_arena *arena)
{
    uint32_t n = most + 1;
    *s = (dln_state){
        .stack = dln_arena_array(arena, n, sizeof *s->stack),
        .head = dln_arena_array(arena, n, sizeof *s->head),
        .label = dln_arena_array(arena, n, sizeof *s->label),
        .left = dln_arena_array(arena, n, sizeof *s->left),
        .right = dln_arena_array(arena, n, sizeof *s->right),
        .left_count = dln_arena_array(arena, n, 1),
        .right_count = dln_arena_array(arena, n, 1),
        .left_set = dln_arena_array(arena, n, sizeof *s->left_set),
        .right_set = dln_arena_array(arena, n, sizeof *s->right_set),
    };
    return !dln_arena_oom(arena);
}

void dln_analyse__start(dln_state *s, const dln_node *nodes, uint32_t count)
{
    s->nodes = nodes;
    s->count = count;
    s->depth = s->next = 0;
    for (uint32_t i = 0; i <= count; i++) {
        s->head[i] = DLN_NONE;
        s->left[i][0] = s->left[i][1] = DLN_NONE;
        s->right[i][0] = s->right[i][1] = DLN_NONE;
        s->label[i] = s->left_count[i] = s->right_count[i] = 0;
        s->left_set[i] = s->right_set[i] = 0;
    }
}

unsigned dln_analyse__valid(const dln_state *s)
{
    unsigned valid = 0;
    if (s->next < s->count)
        valid |= 1u << DLN_SHIFT;
    if (!s->depth)
        return valid;
    if (s->next < s->count)
        valid |= 1u << DLN_RIGHT;
    if (s->head[s->stack[s->depth - 1]] == DLN_NONE)
        valid |= 1u << DLN_LEFT;
    else
        valid |= 1u << DLN_REDUCE;
    return valid;
}

static void attach(dln_state *s, uint32_t head, uint32_t child,
                   uint8_t label)
{
    s->head[child] = head;
    s->label[child] = label;
    if (child < head) {
        s->left[head][1] = s->left[head][0];
        s->left[head][0] = child;
        if (s->left_count[head] < 7)
            s->left_count[head]++;
        s->left_set[head] |= (uint64_t)1 << (label & 63);
    } else {
        s->right[head][1] = s->right[head][0];
        s->right[head][0] = child;
        if (s->right_count[head] < 7)
            s->right_count[head]++;
        s->right_set[head] |= (uint64_t)1 << (label & 63);
    }
}

void dln_analyse__do(dln_state *s, dln_move move)
{
    switch ((dln_action)move.action) {
    case DLN_SHIFT:
        s->stack[s->depth++] = s->next++;
        break;
    case DLN_REDUCE:
        s->depth--;
        break;
    case DLN_LEFT:
        attach(s, s->next, s->stack[s->depth - 1], move.label);
        s->depth--;
        break;
    case DLN_RIGHT:
        attach(s, s->stack[s->depth - 1], s->next, move.label);
        s->stack[s->depth++] = s->next++;
        break;
    }
}

void dln_analyse__one_root(dln_state *s)
{
    uint32_t root = DLN_NONE;
    for (uint32_t i = 0; i < s->count; i++)
        if (s->head[i] >= s->count
            && (root == DLN_NONE || s->label[root] == DLN_REL_punct))
            root = i;
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->head[i] < s->count)
            continue;
        s->head[i] = i == root ? DLN_NONE : root;
        if (i == root)
            s->label[i] = DLN_REL_root;
        else if (s->label[i] == DLN_REL_root)
            s->label[i] = DLN_REL_parataxis;
    }
}

/*
 * Features: Zhang and Nivre (2011), table 1 and 2, with word clusters, the
 * element below the stack's top and the token before the buffer.
 */
typedef struct view {
    uint64_t w, p, c, l;    /* word, tag, cluster, label */
} view;

static view see(const dln_state *s, uint32_t i)
{
    if (i == DLN_NONE)
        return (view){0, 0, 0, 0};
    if (i >= s->count)
        return (view){1, 255, 1, 0};
    const dln_node *n = &s->nodes[i];
    return (view){n->word, n->tag, n->cluster,
                  s->head[i] == DLN_NONE ? 0 : s->label[i] + 1u};
}

typedef struct adder {
    uint64_t *out;
    uint32_t n;
} adder;

static inline void add(adder *a, uint64_t x, uint64_t y, uint64_t z)
{
    uint64_t key = dln_mix(dln_mix(dln_feature(5000 + a->n), x), y);
    a->out[a->n++] = dln_mix(dln_mix(key, z), 11);
}

static uint64_t distance(uint32_t from, uint32_t to)
{
    uint32_t d = to - from;
    return d < 6 ? d : d < 11 ? 6 : d < 21 ? 7 : 8;
}

typedef struct focus {
    view s0, s1, n0, n1, n2, before;
    view s0h, s0h2, s0l, s0l2, s0r, s0r2, n0l, n0l2;
    uint64_t d, s0vl, s0vr, n0vl, s0sl, s0sr, n0sl;
    uint64_t s0suf, n0suf, state;
} focus;

static void look(const dln_state *s, focus *f)
{
    uint32_t s0 = s->depth ? s->stack[s->depth - 1] : DLN_NONE;
    uint32_t s1 = s->depth > 1 ? s->stack[s->depth - 2] : DLN_NONE;
    uint32_t n0 = s->next;
    memset(f, 0, sizeof *f);
    f->s0 = see(s, s0);
    f->s1 = see(s, s1);
    f->n0 = see(s, n0);
    f->n1 = see(s, n0 < s->count ? n0 + 1 : DLN_NONE);
    f->n2 = see(s, n0 + 1 < s->count ? n0 + 2 : DLN_NONE);
    f->before = see(s, n0 ? n0 - 1 : DLN_NONE);
    if (s0 != DLN_NONE) {
        uint32_t h = s->head[s0];
        f->s0h = see(s, h);
        f->s0h2 = see(s, h < s->count ? s->head[h] : DLN_NONE);
        f->s0l = see(s, s->left[s0][0]);
        f->s0l2 = see(s, s->left[s0][1]);
        f->s0r = see(s, s->right[s0][0]);
        f->s0r2 = see(s, s->right[s0][1]);
        f->s0vl = s->left_count[s0] + 1u;
        f->s0vr = s->right_count[s0] + 1u;
        f->s0sl = s->left_set[s0];
        f->s0sr = s->right_set[s0];
        f->d = distance(s0, n0);
        f->s0suf = s->nodes[s0].suffix;
        f->state = h == DLN_NONE ? 1 : 2;
    }
    f->n0l = see(s, s->left[n0][0]);
    f->n0l2 = see(s, s->left[n0][1]);
    f->n0vl = s->left_count[n0] + 1u;
    f->n0sl = s->left_set[n0];
    f->n0suf = n0 < s->count ? s->nodes[n0].suffix : 0;
}

static void add_words(adder *a, const focus *f)
{
    const view s0 = f->s0, n0 = f->n0, n1 = f->n1, n2 = f->n2;
    add(a, f->state, 0, 0);
    add(a, s0.w, s0.p, 0);
    add(a, s0.w, 0, f->state);
    add(a, s0.p, 0, f->state);
    add(a, n0.w, n0.p, 0);
    add(a, n0.w, 0, 0);
    add(a, n0.p, 0, 0);
    add(a, n1.w, n1.p, 0);
    add(a, n1.w, 0, 0);
    add(a, n1.p, 0, 0);
    add(a, n2.w, n2.p, 0);
    add(a, n2.w, 0, 0);
    add(a, n2.p, 0, 0);
    add(a, s0.w << 8 | s0.p, n0.w, n0.p);
    add(a, s0.w << 8 | s0.p, n0.w, 0);
    add(a, s0.w, n0.w, n0.p);
    add(a, s0.w << 8 | s0.p, n0.p, 0);
    add(a, s0.p, n0.w, n0.p);
    add(a, s0.w, n0.w, f->state);
    add(a, s0.p, n0.p, f->state);
    add(a, n0.p, n1.p, 0);
    add(a, n0.p, n1.p, n2.p);
    add(a, s0.p, n0.p, n1.p);
    add(a, s0.p, n0.w, n1.p);
    add(a, s0.w, n0.p, n1.p);
    add(a, f->s0h.p, s0.p, n0.p);
    add(a, s0.p, f->s0l.p, n0.p);
    add(a, s0.p, f->s0r.p, n0.p);
    add(a, s0.p, n0.p, f->n0l.p);
    add(a, s0.w, f->d, 0);
    add(a, s0.p, f->d, 0);
    add(a, n0.w, f->d, 0);
    add(a, n0.p, f->d, 0);
    add(a, s0.w, n0.w, f->d);
    add(a, s0.p, n0.p, f->d);
    add(a, s0.w, f->s0vr, 0);
    add(a, s0.p, f->s0vr, 0);
    add(a, s0.w, f->s0vl, 0);
    add(a, s0.p, f->s0vl, 0);
    add(a, n0.w, f->n0vl, 0);
    add(a, n0.p, f->n0vl, 0);
}

static void add_tree(adder *a, const focus *f)
{
    const view s0 = f->s0, n0 = f->n0;
    add(a, f->s0h.w, 0, 0);
    add(a, f->s0h.p, 0, 0);
    add(a, s0.l, f->state, 0);
    add(a, f->s0l.w, 0, 0);
    add(a, f->s0l.p, 0, 0);
    add(a, f->s0l.l, 0, 0);
    add(a, f->s0r.w, 0, 0);
    add(a, f->s0r.p, 0, 0);
    add(a, f->s0r.l, 0, 0);
    add(a, f->n0l.w, 0, 0);
    add(a, f->n0l.p, 0, 0);
    add(a, f->n0l.l, 0, 0);
    add(a, f->s0h2.w, 0, 0);
    add(a, f->s0h2.p, 0, 0);
    add(a, f->s0h.l, s0.l, n0.p);
    add(a, f->s0l2.w, 0, 0);
    add(a, f->s0l2.p, f->s0l2.l, 0);
    add(a, f->s0r2.w, 0, 0);
    add(a, f->s0r2.p, f->s0r2.l, 0);
    add(a, f->n0l2.w, 0, 0);
    add(a, f->n0l2.p, f->n0l2.l, 0);
    add(a, s0.p, f->s0l.p, f->s0l2.p);
    add(a, s0.p, f->s0r.p, f->s0r2.p);
    add(a, s0.p, f->s0h.p, f->s0h2.p);
    add(a, n0.p, f->n0l.p, f->n0l2.p);
    add(a, s0.w, f->s0sr, 0);
    add(a, s0.p, f->s0sr, n0.p);
    add(a, s0.w, f->s0sl, 0);
    add(a, s0.p, f->s0sl, 0);
    add(a, n0.w, f->n0sl, 0);
    add(a, n0.p, f->n0sl, s0.p);
    add(a, f->s1.w, f->s1.p, 0);
    add(a, f->s1.p, s0.p, n0.p);
    add(a, f->s1.w, n0.w, 0);
    add(a, f->s1.p, n0.p, 0);
    add(a, f->s1.l, s0.l, n0.p);
    add(a, f->before.p, n0.p, s0.p);
    add(a, f->before.w, n0.p, s0.p);
    add(a, s0.w, s0.l, n0.p);
    add(a, f->s0h.w, s0.w, n0.p);
    add(a, f->s0r.w, n0.p, s0.p);
    add(a, f->s0r.l, n0.w, s0.p);
    add(a, f->s0r.w, n0.w, 0);
    add(a, f->s0h.w, n0.w, 0);
    add(a, s0.w, f->n0l.w, n0.p);
    add(a, f->s0suf, n0.p, f->state);
    add(a, f->n0suf, s0.p, 0);
    add(a, f->s0suf, f->n0suf, 0);
    add(a, f->s0l.w, s0.p, n0.p);
}

static void add_clusters(adder *a, const focus *f)
{
    const view s0 = f->s0, n0 = f->n0;
    add(a, s0.c, n0.c, 0);
    add(a, s0.c, n0.p, 0);
    add(a, s0.p, n0.c, 0);
    add(a, s0.c, n0.w, 0);
    add(a, s0.w, n0.c, 0);
    add(a, s0.c, 0, f->d);
    add(a, n0.c, 0, f->d);
    add(a, f->s0h.c, s0.c, n0.c);
    add(a, s0.c, n0.c, f->n1.c);
    add(a, f->s1.c, n0.c, 0);
    add(a, f->n1.c, n0.p, s0.p);
    add(a, f->s0r.c, n0.c, s0.p);
}

uint32_t dln_analyse__parse_features(const dln_state *s, uint64_t *out)
{
    focus f;
    adder a = {out, 0};
    look(s, &f);
    add_words(&a, &f);
    add_tree(&a, &f);
    add_clusters(&a, &f);
    return a.n;
}
