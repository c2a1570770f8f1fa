/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Suspected rewrites: a report told again in other words, sentence by
 * sentence, as spinning programs do. Shingles miss these (a paraphrase keeps
 * about a tenth of them); what stays is the order of sentences, the names
 * and the numbers. Independent reports of one event share facts too, but not
 * their order.
 *
 * For every origin: the CANDIDATES origins most like it (the pairs that make
 * stories) within WINDOW days; of each, the share of the shorter one's
 * sentences whose best match by weighed cosine is above MATCH, whether the
 * matches keep their order (longest increasing run of them), and the share
 * of its numbers that the other has. High on all: copy_kind "rewrite", one
 * lineage. Word weights are those of the language, not of the record, so
 * what is said of two reports is not changed by a third.
 *
 * Source: the measures that separate spun copies from other reports of the
 * same event are sentence-level best match and order (Silcock and others
 * 2023 on noisy copies; own measurements). Limits: MIN_SENTENCES; a rewrite
 * that also shuffles its sentences is not found.
 */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "reconcile/stories_p.h"

#define CANDIDATES 8u       /* read and compared */
#define LEAST (-3000)       /* score of such a pair */
#define WINDOW 10           /* days between the two */
#define MIN_SENTENCES 3u
#define MIN_MATCHES 3u
#define MAX_SENTENCES 120u
#define MAX_TERMS 80u       /* of a sentence */
#define MATCH 0.25          /* cosine of a sentence with its rewrite */
#define ORDER 0.7           /* of matches in order */
#define NUMBERS 0.5         /* of numbers kept */
#define ENOUGH 0.65         /* of evidence, and FEW / matches more */
#define FEW 1.3

typedef struct term {
    uint64_t hash;
    double weight;
} term;

typedef struct vector {
    term *at;               /* [count], by hash */
    uint32_t count;
} vector;

typedef struct told {       /* a report as the comparison sees it */
    vector *sentences;
    uint32_t count;
    uint64_t *numbers;      /* [number_count], distinct, ascending */
    uint32_t number_count;
} told;

typedef struct rewrites {
    dln_case *c;
    uint32_t *first;        /* [report + 1] its pairs in `near` */
    rec_edge *near;         /* of each report with earlier ones */
} rewrites;

static int by_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint32_t distinct(uint64_t *at, uint32_t count)
{
    uint32_t kept = 0;
    if (count)
        qsort(at, count, sizeof *at, by_hash);
    for (uint32_t i = 0; i < count; i++)
        if (!i || at[i] != at[i - 1])
            at[kept++] = at[i];
    return kept;
}

static bool near_in_time(const rewrites *k, uint32_t a, uint32_t b)
{
    int32_t x = k->c->reports.at[a].day, y = k->c->reports.at[b].day;
    return x == DLN_NO_DAY || y == DLN_NO_DAY
           || (x - y <= WINDOW && y - x <= WINDOW);
}

static void make_vector(rewrites *k, dln_str sentence, vector *out,
                        told *whole, uint32_t number_cap)
{
    dln_arena *arena = k->c->scratch;
    dln_str folded = dln_utf8_fold(arena, sentence), word;
    uint64_t hashes[MAX_TERMS], hash;
    uint32_t count = 0;
    size_t at = 0;
    while (dln_rec__word(folded, &at, &hash, &word)) {
        if (dln_is_digit(word.data[0]) && whole->number_count < number_cap)
            whole->numbers[whole->number_count++] = hash;
        if (count < MAX_TERMS)
            hashes[count++] = hash;
    }
    count = distinct(hashes, count);
    out->at = dln_arena_array(arena, count + 1, sizeof *out->at);
    double norm = 0;
    for (uint32_t i = 0; out->at && i < count; i++) {
        double w = dln_rec__rarity(k->c, hashes[i]);
        out->at[i] = (term){hashes[i], w};
        norm += w * w;
    }
    out->count = out->at ? count : 0;
    norm = norm > 0 ? 1 / sqrt(norm) : 0;
    for (uint32_t i = 0; i < out->count; i++)
        out->at[i].weight *= norm;
}

/* Sentences of a report as vectors, in scratch. */
static dln_status read_told(rewrites *k, uint32_t report, told *out)
{
    dln_case *c = k->c;
    dln_query *q;
    dln_str text;
    enum { NUMBERS_MAX = 256 };
    DLN_TRY(dln_rec__text(c, report, c->scratch, &text));
    *out = (told){
        .sentences = dln_arena_array(c->scratch, MAX_SENTENCES,
                                     sizeof(vector)),
        .numbers = dln_arena_array(c->scratch, NUMBERS_MAX,
                                   sizeof(uint64_t)),
    };
    if (!out->sentences || !out->numbers)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    DLN_TRY(dln_query_open(c->store, &q, "SELECT span_start, span_end FROM "
                           "sentence WHERE report_id = ? ORDER BY n LIMIT ?",
                           c->error));
    dln_query_bind(q, "sn", c->reports.at[report].id,
                   (int64_t)MAX_SENTENCES);
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        vector v;
        make_vector(k, dln_str_at(text, dln_query_span(q, 0)), &v, out,
                    NUMBERS_MAX);
        if (v.count >= 4)
            out->sentences[out->count++] = v;
    }
    dln_query_close(q);
    out->number_count = distinct(out->numbers, out->number_count);
    return status == DLN_END ? DLN_OK : status;
}

static double cosine(const vector *a, const vector *b)
{
    double sum = 0;
    uint32_t i = 0, k = 0;
    while (i < a->count && k < b->count) {
        if (a->at[i].hash == b->at[k].hash)
            sum += a->at[i++].weight * b->at[k++].weight;
        else if (a->at[i].hash < b->at[k].hash)
            i++;
        else
            k++;
    }
    return sum;
}

/* Length of the longest run that never goes back (patience sorting); two
 * sentences may have become one. */
static uint32_t in_order(const uint32_t *at, uint32_t count)
{
    uint32_t tails[MAX_SENTENCES], piles = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t p = 0;
        while (p < piles && tails[p] <= at[i])
            p++;
        tails[p] = at[i];
        piles += p == piles;
    }
    return piles;
}

typedef struct likeness {
    uint32_t matches;
    double share, order, numbers;
} likeness;

static double share_of(uint32_t part, uint32_t whole, double none)
{
    return whole ? (double)part / whole : none;
}

/* The shorter is looked up in the longer: a rewrite drops, or adds. */
static likeness compare(const told *x, const told *y)
{
    const told *few = x->count <= y->count ? x : y;
    const told *many = few == x ? y : x;
    uint32_t to[MAX_SENTENCES], matched = 0, equal = 0;
    for (uint32_t i = 0; i < few->count; i++) {
        double best = MATCH;
        uint32_t at = DLN_NONE;
        for (uint32_t k = 0; k < many->count; k++) {
            double like = cosine(&few->sentences[i], &many->sentences[k]);
            if (like > best) {
                best = like;
                at = k;
            }
        }
        if (at != DLN_NONE)
            to[matched++] = at;
    }
    for (uint32_t i = 0; i < few->number_count; i++)
        equal += many->number_count
                 && bsearch(&few->numbers[i], many->numbers,
                            many->number_count, sizeof(uint64_t), by_hash)
                        != NULL;
    return (likeness){matched, share_of(matched, few->count, 0),
                      share_of(in_order(to, matched), matched, 0),
                      share_of(equal, few->number_count, 1)};
}

static dln_status judge(rewrites *k, uint32_t report,
                        const uint32_t *candidates, uint32_t count)
{
    dln_case *c = k->c;
    rec_report *r = &c->reports.at[report];
    told mine, other;
    double best = 0;
    dln_arena_reset(c->scratch);
    DLN_TRY(read_told(k, report, &mine));
    if (mine.count < MIN_SENTENCES)
        return DLN_OK;
    for (uint32_t i = 0; i < count; i++) {
        DLN_TRY(read_told(k, candidates[i], &other));
        if (other.count < MIN_SENTENCES)
            continue;
        likeness like = compare(&mine, &other);
        double evidence = like.share * like.order * sqrt(like.numbers);
        if (like.matches < MIN_MATCHES || like.order < ORDER
            || like.numbers < NUMBERS || evidence <= best
            || evidence < ENOUGH + FEW / like.matches)
            continue;
        best = evidence;
        r->copy_of = candidates[i];
        r->copy_kind = "rewrite";
        r->origin = c->reports.at[candidates[i]].origin;
        r->share = like.share;
        r->why = dln_arena_printf(
            c->arena, "%.0f%% of the shorter one's sentences tell one of the "
            "other, %.0f%% of these in the same order, with %.0f%% of its "
            "numbers",
            100 * like.share, 100 * like.order, 100 * like.numbers);
    }
    return DLN_OK;
}

static int stronger(const void *a, const void *b)
{
    const rec_edge *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->a > y->a) - (x->a < y->a);
}

static dln_status one(rewrites *k, uint32_t report)
{
    uint32_t candidates[CANDIDATES], count = 0;
    rec_edge *near = k->near + k->first[report];
    uint32_t pairs = k->first[report + 1] - k->first[report];
    if (pairs)
        qsort(near, pairs, sizeof *near, stronger);
    for (uint32_t i = 0; i < pairs && count < CANDIDATES; i++)
        if (near[i].score >= LEAST
            && *k->c->reports.at[near[i].a].copy_kind != 'r'
            && near_in_time(k, near[i].a, report))
            candidates[count++] = near[i].a;
    return count ? judge(k, report, candidates, count) : DLN_OK;
}

/* Every pair at its later report. */
static bool sort_pairs(rewrites *k)
{
    const dln_case *c = k->c;
    uint32_t count = c->reports.count;
    k->first = dln_arena_array(c->arena, (size_t)count + 2,
                               sizeof *k->first);
    k->near = dln_arena_array(c->arena, (size_t)c->pair_count + 1,
                              sizeof *k->near);
    if (!k->first || !k->near)
        return false;
    for (uint32_t i = 0; i < c->pair_count; i++)
        k->first[c->pairs[i].b + 2]++;
    for (uint32_t r = 2; r < count + 2; r++)
        k->first[r] += k->first[r - 1];
    for (uint32_t i = 0; i < c->pair_count; i++)
        k->near[k->first[c->pairs[i].b + 1]++] = c->pairs[i];
    return true;
}

/* A copy of what turned out to be a rewrite is of that lineage too. */
static void follow(dln_case *c)
{
    for (uint32_t r = 0; r < c->reports.count; r++) {
        uint32_t *origin = &c->reports.at[r].origin;
        for (int n = 0; n < 8 && c->reports.at[*origin].origin != *origin;
             n++)
            *origin = c->reports.at[*origin].origin;
    }
}

dln_status dln_rec__rewrites(dln_case *c)
{
    rewrites k = {.c = c};
    if (!sort_pairs(&k))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    for (uint32_t r = 0; r < c->reports.count; r++)
        if (c->reports.at[r].origin == r)
            DLN_TRY(one(&k, r));
    follow(c);
    return DLN_OK;
}
