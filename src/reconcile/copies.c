/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who copied whom, word for word. Reports in canonical order; each is
 * compared with the origins before it by its shingles, hashes of five words
 * in a row, of which every fourth is kept (by its own bits, so all reports
 * keep the same ones; short reports keep all for the comparison). An index
 * of the origins' shingles names the candidates; containment both ways
 * decides. A copy joins its origin and is not indexed, so copies never chain
 * and a text that went round ten thousand times costs one entry.
 *
 * Containment, not Jaccard: a brief inside a long report is a copy (Alonso,
 * Fetterly and Manasse 2013; shingling after Broder 1997).
 *
 * Limits: reports below MIN_WORDS are copies only when equal; one that
 * prints another in full beside as much text of its own counts as
 * independent (copy_of says what it holds).
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "reconcile/reconcile_p.h"

#define SHINGLE 5u
#define MIN_WORDS 20u
#define SHORT 256u          /* shingles: keep all */
#define MAX_POSTINGS 64u    /* origins that share a shingle: it is a phrase */
#define SAME 0.5            /* containment that makes a copy */

typedef struct sketch {
    uint64_t whole;         /* of all words in order */
    uint32_t words;
    uint64_t *hashes;       /* [count], ascending, distinct */
    uint32_t count;
    uint32_t sampled;       /* of them that every report keeps */
    bool all;               /* also those only short reports keep */
} sketch;

typedef struct posting {
    uint32_t report, next;
} posting;

typedef struct copies {
    dln_case *c;
    sketch *of;             /* [report]; hashes of origins only */
    rec_hashes whole;       /* text → its first report */
    rec_hashes first;       /* shingle → first posting */
    DLN_VEC(posting) postings;
    uint32_t *hits;         /* [report] shared sampled shingles */
    DLN_VEC(uint32_t) touched;
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

static void sketch_text(sketch *out, dln_arena *arena, dln_str text)
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
    out->all = shingles <= SHORT;
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

/* Shingles in both, of those both keep. */
static uint32_t shared(const sketch *a, const sketch *b, uint32_t *of_a,
                       uint32_t *of_b)
{
    bool all = a->all && b->all;
    uint32_t both = 0, i = 0, k = 0;
    *of_a = all ? a->count : a->sampled;
    *of_b = all ? b->count : b->sampled;
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
    return both;
}

static bool add_origin(copies *k, uint32_t report, const sketch *found)
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

/* Counts, for every origin, the shingles it shares with `s`. */
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

static void join(copies *k, uint32_t report, uint32_t with,
                 const char *kind, double mine, double theirs, bool lineage)
{
    rec_report *r = &k->c->reports.at[report];
    r->copy_of = with;
    r->copy_kind = kind;
    r->share = mine;
    if (lineage)
        r->origin = k->c->reports.at[with].origin;
    r->why = dln_arena_printf(
        k->c->arena, "%.0f%% of its words stand so in the other, which has "
        "%.0f%% of its own here", 100 * mine, 100 * theirs);
}

/* The origin that holds most of `s`, or that `s` holds most of. */
static void decide(copies *k, uint32_t report, const sketch *s)
{
    double best = 0, best_mine = 0, best_theirs = 0;
    uint32_t with = DLN_NONE;
    for (uint32_t i = 0; i < k->touched.count; i++) {
        uint32_t other = k->touched.at[i], mine, theirs;
        uint32_t hits = k->hits[other];
        k->hits[other] = 0;
        const sketch *o = &k->of[other];
        uint32_t least = s->sampled < o->sampled ? s->sampled : o->sampled;
        if (hits * 4 < least)
            continue;
        double both = shared(s, o, &mine, &theirs);
        double in_other = both / (mine ? mine : 1);
        double of_other = both / (theirs ? theirs : 1);
        double score = in_other > of_other ? in_other : of_other;
        score += 0.001 * (in_other + of_other);
        if (score > best || (score == best && other < with)) {
            best = score;
            best_mine = in_other;
            best_theirs = of_other;
            with = other;
        }
    }
    k->touched.count = 0;
    if (with == DLN_NONE)
        return;
    if (best_mine >= SAME && best_theirs >= SAME)
        join(k, report, with, "near", best_mine, best_theirs, true);
    else if (best_mine >= SAME)
        join(k, report, with, "partial", best_mine, best_theirs, true);
    else if (best_theirs >= SAME)
        join(k, report, with, "partial", best_mine, best_theirs, false);
}

static dln_status one(copies *k, uint32_t report)
{
    dln_case *c = k->c;
    dln_str text;
    sketch s;
    dln_arena_reset(c->scratch);
    DLN_TRY(dln_rec__text(c, report, c->scratch, &text));
    sketch_text(&s, c->scratch, text);
    if (s.words < SHINGLE)
        return DLN_OK;
    uint32_t *same = dln_rec__hashes_at(&k->whole, s.whole, report);
    if (!same)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    if (*same != report) {
        rec_report *r = &c->reports.at[report];
        r->copy_of = *same;
        r->copy_kind = "exact";
        r->origin = c->reports.at[*same].origin;
        r->share = 1;
        r->why = DLN_STR("every word is the same");
        return DLN_OK;
    }
    count_hits(k, &s);
    decide(k, report, &s);
    if (c->reports.at[report].origin == report && s.count
        && !add_origin(k, report, &s))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
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
    if (!k.of || !k.hits)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    for (uint32_t i = 0; i < count; i++)
        DLN_TRY(one(&k, i));
    return DLN_OK;
}
