/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Suspected rewrites: a report told again in other words, sentence by
 * sentence, as spinning programs do. Shingles miss these (a paraphrase keeps
 * about a tenth of them); what stays is the order of sentences, the names
 * and the numbers. Independent reports of one event share facts too, but not
 * their order.
 *
 * For every origin: candidates are earlier origins that share rare words
 * (names, numbers) within WINDOW days; of each, the share of sentences whose
 * best match by tf-idf cosine is above MATCH, whether the matches keep their
 * order (longest increasing run of them), and the share of its numbers that
 * the other has. High on all three: copy_kind "rewrite", one lineage.
 *
 * Source: the measures that separate spun copies from other reports of the
 * same event are sentence-level best match and order (Silcock and others
 * 2023 on noisy copies; own measurements). Limits: MIN_SENTENCES; a rewrite
 * that also shuffles its sentences is not found.
 */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "reconcile/reconcile_p.h"

#define ANCHORS 32u         /* rare words kept of a report */
#define MIN_ANCHORS 4u      /* shared, to be looked at */
#define MAX_LIST 48u        /* reports looked up under one anchor */
#define CANDIDATES 4u       /* read and compared */
#define WINDOW 10           /* days between the two */
#define MIN_SENTENCES 6u
#define MIN_MATCHES 6u
#define MAX_SENTENCES 120u
#define MAX_TERMS 80u       /* of a sentence */
#define MATCH 0.25          /* cosine of a sentence with its rewrite */
#define SHARE 0.5           /* of sentences that must match */
#define ORDER 0.8          /* of matches in order */
#define NUMBERS 0.6         /* of numbers kept */

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

typedef struct entry {
    uint32_t report, next;
} entry;

typedef struct rewrites {
    dln_case *c;
    rec_hashes df;          /* word → reports that have it */
    uint32_t origins;
    rec_hashes first;       /* anchor → first entry */
    DLN_VEC(entry) entries;
    double *score;          /* [report] */
    uint8_t *hits;          /* [report] anchors shared */
    DLN_VEC(uint32_t) touched;
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

/* Distinct words of a report, by hash. */
static uint32_t words_of(dln_arena *arena, dln_str text, uint64_t **out)
{
    DLN_VEC(uint64_t) words = {0};
    dln_str folded = dln_utf8_fold(arena, text), word;
    size_t at = 0;
    uint64_t hash;
    while (dln_rec__word(folded, &at, &hash, &word)) {
        uint64_t *w = DLN_VEC_PUSH(arena, &words);
        if (w)
            *w = hash;
    }
    *out = words.at;
    return distinct(words.at, words.count);
}

static double idf(const rewrites *k, uint64_t hash)
{
    uint32_t df = dln_rec__hashes_get(&k->df, hash);
    return log(1 + (double)k->origins / (df == DLN_NONE ? 1 : df));
}

static dln_status count_words(rewrites *k)
{
    dln_case *c = k->c;
    for (uint32_t r = 0; r < c->reports.count; r++) {
        dln_str text;
        uint64_t *words;
        if (c->reports.at[r].origin != r)
            continue;
        k->origins++;
        dln_arena_reset(c->scratch);
        DLN_TRY(dln_rec__text(c, r, c->scratch, &text));
        uint32_t count = words_of(c->scratch, text, &words);
        for (uint32_t i = 0; i < count; i++) {
            uint32_t *df = dln_rec__hashes_at(&k->df, words[i], 0);
            if (!df)
                return dln_fail(c->error, DLN_NOMEM, "out of memory");
            ++*df;
        }
    }
    return DLN_OK;
}

static int by_weight(const void *a, const void *b)
{
    const term *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* The rarest words that another report has too. */
static uint32_t anchors_of(rewrites *k, uint64_t *words, uint32_t count,
                           term out[ANCHORS])
{
    term *all = dln_arena_array(k->c->scratch, count + 1, sizeof *all);
    uint32_t kept = 0, most = k->origins / 20 > 8 ? k->origins / 20 : 8;
    for (uint32_t i = 0; all && i < count; i++) {
        uint32_t df = dln_rec__hashes_get(&k->df, words[i]);
        if (df >= 2 && df <= most)
            all[kept++] = (term){words[i], idf(k, words[i])};
    }
    if (kept)
        qsort(all, kept, sizeof *all, by_weight);
    kept = kept < ANCHORS ? kept : ANCHORS;
    if (kept)
        memcpy(out, all, kept * sizeof *all);
    return kept;
}

static bool near_in_time(const rewrites *k, uint32_t a, uint32_t b)
{
    int32_t x = k->c->reports.at[a].day, y = k->c->reports.at[b].day;
    return x == DLN_NO_DAY || y == DLN_NO_DAY
           || (x - y <= WINDOW && y - x <= WINDOW);
}

static void score_earlier(rewrites *k, uint32_t report, const term *anchors,
                          uint32_t count)
{
    k->touched.count = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = dln_rec__hashes_get(&k->first, anchors[i].hash);
        for (uint32_t n = 0; at != DLN_NONE && n < MAX_LIST; n++) {
            uint32_t other = k->entries.at[at].report;
            at = k->entries.at[at].next;
            if (!near_in_time(k, report, other))
                continue;
            if (k->hits[other] == 0) {
                uint32_t *t = DLN_VEC_PUSH(k->c->arena, &k->touched);
                if (t)
                    *t = other;
            }
            if (k->hits[other] < 255)
                k->hits[other]++;
            k->score[other] += anchors[i].weight;
        }
    }
}

/* The best few of `touched`, whose counts are cleared. */
static uint32_t pick(rewrites *k, uint32_t out[CANDIDATES])
{
    double scores[CANDIDATES];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < k->touched.count; i++) {
        uint32_t r = k->touched.at[i];
        double score = k->hits[r] >= MIN_ANCHORS ? k->score[r] : 0;
        k->hits[r] = 0;
        k->score[r] = 0;
        uint32_t at = kept;
        while (at && (score > scores[at - 1]
                      || (score == scores[at - 1] && r < out[at - 1])))
            at--;
        if (score <= 0 || at == CANDIDATES)
            continue;
        kept += kept < CANDIDATES;
        for (uint32_t m = kept - 1; m > at; m--) {
            scores[m] = scores[m - 1];
            out[m] = out[m - 1];
        }
        scores[at] = score;
        out[at] = r;
    }
    return kept;
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
        double w = idf(k, hashes[i]);
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

/* Length of the longest increasing subsequence (patience sorting). */
static uint32_t in_order(const uint32_t *at, uint32_t count)
{
    uint32_t tails[MAX_SENTENCES], piles = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t p = 0;
        while (p < piles && tails[p] < at[i])
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

static likeness compare(const told *mine, const told *other)
{
    uint32_t to[MAX_SENTENCES], matched = 0, equal = 0;
    for (uint32_t i = 0; i < mine->count; i++) {
        double best = MATCH;
        uint32_t at = DLN_NONE;
        for (uint32_t k = 0; k < other->count; k++) {
            double like = cosine(&mine->sentences[i], &other->sentences[k]);
            if (like > best) {
                best = like;
                at = k;
            }
        }
        if (at != DLN_NONE)
            to[matched++] = at;
    }
    for (uint32_t i = 0; i < mine->number_count; i++)
        equal += other->number_count
                 && bsearch(&mine->numbers[i], other->numbers,
                            other->number_count, sizeof(uint64_t), by_hash)
                        != NULL;
    return (likeness){
        matched,
        mine->count ? (double)matched / mine->count : 0,
        matched ? (double)in_order(to, matched) / matched : 0,
        mine->number_count ? (double)equal / mine->number_count : 1,
    };
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
        if (like.matches < MIN_MATCHES || like.share < SHARE
            || like.order < ORDER || like.numbers < NUMBERS
            || like.share * like.order <= best)
            continue;
        best = like.share * like.order;
        r->copy_of = candidates[i];
        r->copy_kind = "rewrite";
        r->origin = c->reports.at[candidates[i]].origin;
        r->share = like.share;
        r->why = dln_arena_printf(
            c->arena, "%.0f%% of its sentences tell a sentence of the other, "
            "%.0f%% of these in the same order, with %.0f%% of its numbers",
            100 * like.share, 100 * like.order, 100 * like.numbers);
    }
    return DLN_OK;
}

static bool add_anchors(rewrites *k, uint32_t report, const term *anchors,
                        uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t fresh = k->entries.count;
        uint32_t *first = dln_rec__hashes_at(&k->first, anchors[i].hash,
                                             fresh);
        entry *e = DLN_VEC_PUSH(k->c->arena, &k->entries);
        if (!first || !e)
            return false;
        *e = (entry){report, *first == fresh ? DLN_NONE : *first};
        *first = fresh;
    }
    return true;
}

static dln_status one(rewrites *k, uint32_t report)
{
    dln_case *c = k->c;
    dln_str text;
    uint64_t *words;
    term anchors[ANCHORS];
    uint32_t candidates[CANDIDATES];
    dln_arena_reset(c->scratch);
    DLN_TRY(dln_rec__text(c, report, c->scratch, &text));
    uint32_t count = words_of(c->scratch, text, &words);
    count = anchors_of(k, words, count, anchors);
    score_earlier(k, report, anchors, count);
    uint32_t found = pick(k, candidates);
    if (found)
        DLN_TRY(judge(k, report, candidates, found));
    if (c->reports.at[report].origin == report
        && !add_anchors(k, report, anchors, count))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    return DLN_OK;
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
    dln_rec__hashes_init(&k.df, c->arena);
    dln_rec__hashes_init(&k.first, c->arena);
    k.score = dln_arena_array(c->arena, c->reports.count + 1,
                              sizeof *k.score);
    k.hits = dln_arena_array(c->arena, c->reports.count + 1,
                             sizeof *k.hits);
    if (!k.score || !k.hits)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    DLN_TRY(count_words(&k));
    for (uint32_t r = 0; r < c->reports.count; r++)
        if (c->reports.at[r].origin == r)
            DLN_TRY(one(&k, r));
    follow(c);
    return DLN_OK;
}
