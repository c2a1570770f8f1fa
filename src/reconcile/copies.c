/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who copied whom, word for word. Reports in canonical order; each is
 * compared with those before it by its shingles, hashes of five words in a
 * row, of which every fourth is kept (by its own bits, so all reports keep
 * the same ones; short reports keep all for the comparison, and pairs near
 * the threshold are counted on all). An index of the shingles names the
 * candidates; the larger containment of the two decides. What is nearly the
 * same as an earlier report is not indexed, so a text that went round ten
 * thousand times costs one entry. Average link over the pairs makes the
 * lineages, for chains of parts would join what has nothing in common.
 *
 * Containment, not Jaccard: a brief inside a long report is a copy, whichever
 * of the two came first (Alonso, Fetterly and Manasse 2013; shingling after
 * Broder 1997).
 *
 * Limits: reports below MIN_WORDS are copies only when equal; a paragraph
 * that is less than half of both reports makes no copy.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "reconcile/stories_p.h"

#define SHINGLE 5u
#define MIN_WORDS 20u
#define SHORT 256u          /* shingles: keep all */
#define MAX_POSTINGS 64u    /* origins that share a shingle: it is a phrase */
#define SAME 500            /* thousandths contained that make a copy */
#define RELATED 200         /* that are kept as a pair */
#define APART 400           /* of pairs that were not compared */
#define TWIN 900            /* of both: not indexed again */
#define MARGIN 120          /* around SAME: counted on all shingles */
#define MAX_EXACT 12u       /* such counts a report */

typedef struct sketch {
    uint64_t whole;         /* of all words in order */
    uint32_t words;
    uint64_t *hashes;       /* [count], ascending, distinct */
    uint32_t count;
    uint32_t sampled;       /* of them that every report keeps */
    bool all;               /* also those only short reports keep */
} sketch;

typedef struct overlap {    /* thousandths of each that the other has */
    int32_t mine, theirs;
} overlap;

typedef struct posting {
    uint32_t report, next;
} posting;

typedef struct copies {
    dln_case *c;
    sketch *of;             /* [report]; hashes of those indexed */
    rec_hashes whole;       /* text → its first report */
    rec_hashes first;       /* shingle → first posting */
    DLN_VEC(posting) postings;
    uint32_t *hits;         /* [report] shared sampled shingles */
    uint32_t *twin;         /* [report] that it is nearly the same as */
    DLN_VEC(uint32_t) touched;
    DLN_VEC(rec_edge) edges;
    DLN_VEC(overlap) overlaps;  /* of edges; mine is the later report's */
} copies;

bool dln_rec__word(dln_str text, size_t *at, uint64_t *hash, dln_str *word)
{
    size_t i = *at;
    while (i < text.len && (unsigned char)text.data[i] < 0x80
           && !dln_is_alpha(text.data[i]) && !dln_is_digit(text.data[i]))
        i++;
    size_t start = i;
    while (i < text.len
           && ((unsigned char)text.data[i] >= 0x80
               || dln_is_alpha(text.data[i]) || dln_is_digit(text.data[i])
               || ((text.data[i] == ',' || text.data[i] == '.')
                   && i > start && dln_is_digit(text.data[i - 1])
                   && i + 1 < text.len && dln_is_digit(text.data[i + 1]))))
        i++;
    *at = i;
    if (i == start)
        return false;
    *word = (dln_str){text.data + start, i - start};
    *hash = dln_hash(word->data, word->len, 0);
    return true;
}

static bool sampled(uint64_t hash)
{
    return (hash * 0x9E3779B97F4A7C15u) >> 62 == 0;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Sorted, each once; those every report keeps counted. */
static void tidy(sketch *s)
{
    uint32_t kept = 0;
    if (s->count)
        qsort(s->hashes, s->count, sizeof *s->hashes, by_value);
    for (uint32_t i = 0; i < s->count; i++) {
        if (i && s->hashes[i] == s->hashes[i - 1])
            continue;
        s->hashes[kept++] = s->hashes[i];
        s->sampled += sampled(s->hashes[i]);
    }
    s->count = kept;
}

static void sketch_text(sketch *out, dln_arena *arena, dln_str text,
                        bool whole)
{
    DLN_VEC(uint64_t) words = {0};
    size_t at = 0;
    uint64_t hash;
    dln_str word, folded = dln_utf8_fold(arena, text);
    *out = (sketch){0};
    while (dln_rec__word(folded, &at, &hash, &word)) {
        uint64_t *w = DLN_VEC_PUSH(arena, &words);
        if (!w)
            return;
        *w = hash;
        out->whole = (out->whole ^ hash) * 0x100000001B3u + 1;
    }
    out->words = words.count;
    if (words.count < MIN_WORDS)
        return;
    uint32_t shingles = words.count - SHINGLE + 1;
    out->all = whole || shingles <= SHORT;
    out->hashes = dln_arena_array(arena, shingles, sizeof *out->hashes);
    for (uint32_t i = 0; out->hashes && i < shingles; i++) {
        hash = 0;
        for (uint32_t k = 0; k < SHINGLE; k++)
            hash = (hash << 13 | hash >> 51) * 0x9E3779B97F4A7C15u
                   + words.at[i + k];
        hash ^= hash >> 31;
        if (out->all || sampled(hash))
            out->hashes[out->count++] = hash;
    }
    tidy(out);
}

static overlap overlap_of(const sketch *a, const sketch *b)
{
    bool all = a->all && b->all;
    uint32_t both = 0, i = 0, k = 0;
    uint32_t mine = all ? a->count : a->sampled;
    uint32_t theirs = all ? b->count : b->sampled;
    while (i < a->count && k < b->count) {
        if (a->hashes[i] == b->hashes[k]) {
            both += all || sampled(a->hashes[i]);
            i++;
            k++;
        } else if (a->hashes[i] < b->hashes[k]) {
            i++;
        } else {
            k++;
        }
    }
    return (overlap){(int32_t)(1000 * (uint64_t)both / (mine ? mine : 1)),
                     (int32_t)(1000 * (uint64_t)both
                               / (theirs ? theirs : 1))};
}

static int32_t larger(overlap o)
{
    return o.mine > o.theirs ? o.mine : o.theirs;
}

static bool add_sketch(copies *k, uint32_t report, const sketch *found)
{
    dln_arena *arena = k->c->arena;
    sketch *s = &k->of[report];
    *s = *found;
    s->hashes = dln_arena_array(arena, found->count ? found->count : 1,
                                sizeof *s->hashes);
    if (!s->hashes)
        return false;
    if (found->count)
        memcpy(s->hashes, found->hashes,
               found->count * sizeof *s->hashes);
    for (uint32_t i = 0; i < s->count; i++) {
        if (!sampled(s->hashes[i]))
            continue;
        uint32_t none = k->postings.count;
        uint32_t *first = dln_rec__hashes_at(&k->first, s->hashes[i], none);
        posting *p = DLN_VEC_PUSH(arena, &k->postings);
        if (!first || !p)
            return false;
        *p = (posting){report, *first == none ? DLN_NONE : *first};
        *first = none;
    }
    return true;
}

/* Counts, for every report indexed, the shingles it shares with `s`. */
static void count_hits(copies *k, const sketch *s)
{
    k->touched.count = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        if (!sampled(s->hashes[i]))
            continue;
        uint32_t at = dln_rec__hashes_get(&k->first, s->hashes[i]);
        for (uint32_t n = 0; at != DLN_NONE && n < MAX_POSTINGS; n++) {
            uint32_t report = k->postings.at[at].report;
            at = k->postings.at[at].next;
            if (k->hits[report]++ == 0) {
                uint32_t *t = DLN_VEC_PUSH(k->c->arena, &k->touched);
                if (t)
                    *t = report;
            }
        }
    }
}

/* Both reports' shingles, all of them. */
static dln_status count_all(copies *k, dln_str text, uint32_t other,
                            overlap *out)
{
    sketch a, b;
    dln_str its;
    DLN_TRY(dln_rec__text(k->c, other, k->c->scratch, &its));
    sketch_text(&a, k->c->scratch, text, true);
    sketch_text(&b, k->c->scratch, its, true);
    *out = overlap_of(&a, &b);
    return DLN_OK;
}

static dln_status add_pair(copies *k, uint32_t other, uint32_t report,
                           overlap found)
{
    rec_edge *e = DLN_VEC_PUSH(k->c->arena, &k->edges);
    overlap *o = DLN_VEC_PUSH(k->c->arena, &k->overlaps);
    if (!e || !o)
        return dln_fail(k->c->error, DLN_NOMEM, "out of memory");
    *e = (rec_edge){other, report, larger(found)};
    *o = found;
    return DLN_OK;
}

/* Pairs with all earlier reports that share enough; its twin, if any. */
static dln_status pair_up(copies *k, uint32_t report, const sketch *s,
                          dln_str text)
{
    uint32_t exact = 0;
    int32_t closest = TWIN;
    for (uint32_t i = 0; i < k->touched.count; i++) {
        uint32_t other = k->touched.at[i], hits = k->hits[other];
        const sketch *o = &k->of[other];
        uint32_t least = s->sampled < o->sampled ? s->sampled : o->sampled;
        k->hits[other] = 0;
        if (hits * 6 < least)
            continue;
        overlap found = overlap_of(s, o);
        bool rough = !s->all || !o->all;
        if (rough && abs(larger(found) - SAME) < MARGIN
            && exact++ < MAX_EXACT)
            DLN_TRY(count_all(k, text, other, &found));
        int32_t least_of = found.mine < found.theirs ? found.mine
                                                     : found.theirs;
        if (larger(found) >= RELATED)
            DLN_TRY(add_pair(k, other, report, found));
        if (least_of > closest
            || (least_of == closest && other < k->twin[report])) {
            closest = least_of;
            k->twin[report] = other;
        }
    }
    k->touched.count = 0;
    return DLN_OK;
}

static void set_copy(copies *k, uint32_t report, uint32_t with, overlap o)
{
    rec_report *r = &k->c->reports.at[report];
    r->copy_of = with;
    r->copy_kind = o.mine >= SAME && o.theirs >= SAME ? "near" : "partial";
    r->share = o.mine / 1000.0;
    r->why = dln_arena_printf(
        k->c->arena, "%d%% of its words stand so in the other, which has "
        "%d%% of its own here", o.mine / 10, o.theirs / 10);
}

static dln_status one(copies *k, uint32_t report)
{
    dln_case *c = k->c;
    dln_str text;
    sketch s;
    dln_arena_reset(c->scratch);
    DLN_TRY(dln_rec__text(c, report, c->scratch, &text));
    sketch_text(&s, c->scratch, text, false);
    if (s.words < SHINGLE)
        return DLN_OK;
    uint32_t *same = dln_rec__hashes_at(&k->whole, s.whole, report);
    if (!same)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    if (*same != report) {
        rec_report *r = &c->reports.at[report];
        k->twin[report] = r->copy_of = *same;
        r->copy_kind = "exact";
        r->share = 1;
        r->why = DLN_STR("every word is the same");
        return DLN_OK;
    }
    count_hits(k, &s);
    DLN_TRY(pair_up(k, report, &s, text));
    if (k->twin[report] == DLN_NONE && s.count
        && !add_sketch(k, report, &s))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    return DLN_OK;
}

/* Lineages of those that are no twins; twins follow. Each copy is of the
 * earlier report of its lineage that it has most in common with. */
static dln_status settle(copies *k)
{
    dln_case *c = k->c;
    uint32_t count = c->reports.count, kept = 0;
    uint32_t *labels = dln_arena_array(c->arena, count + 1, sizeof *labels);
    int32_t *best = dln_arena_array(c->arena, count + 1, sizeof *best);
    rec_edge *edges = dln_arena_array(c->arena, k->edges.count + 1,
                                      sizeof *edges);
    if (!labels || !best || !edges)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    for (uint32_t i = 0; i < k->edges.count; i++)
        if (k->twin[k->edges.at[i].b] == DLN_NONE)
            edges[kept++] = k->edges.at[i];
    if (dln_rec__cluster(edges, kept, count, APART, SAME, labels, c->arena)
        != DLN_OK)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    for (uint32_t r = 0; r < count; r++)
        c->reports.at[r].origin = k->twin[r] == DLN_NONE
            ? labels[r] : c->reports.at[k->twin[r]].origin;
    for (uint32_t i = 0; i < k->edges.count; i++) {
        const rec_edge *e = &k->edges.at[i];
        if (c->reports.at[e->a].origin != c->reports.at[e->b].origin
            || e->score <= best[e->b])
            continue;
        best[e->b] = e->score;
        set_copy(k, e->b, e->a, k->overlaps.at[i]);
    }
    return DLN_OK;
}

dln_status dln_rec__copies(dln_case *c)
{
    copies k = {.c = c};
    uint32_t count = c->reports.count;
    dln_rec__hashes_init(&k.whole, c->arena);
    dln_rec__hashes_init(&k.first, c->arena);
    k.of = dln_arena_array(c->arena, count + 1, sizeof *k.of);
    k.hits = dln_arena_array(c->arena, count + 1, sizeof *k.hits);
    k.twin = dln_arena_array(c->arena, count + 1, sizeof *k.twin);
    if (!k.of || !k.hits || !k.twin)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    memset(k.twin, 0xFF, count * sizeof *k.twin);
    for (uint32_t i = 0; i < count; i++)
        DLN_TRY(one(&k, i));
    return settle(&k);
}
