/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reports → pairs of reports that may tell of one thing, each with how alike
 * they are: a logistic model over a few signs (words, names and titles in
 * common, rare words, persons, whether they speak of the same days or of
 * towns far apart, and the days between them). A later report that names the
 * day of an earlier one's events is like it however much later it is
 * (trials, anniversaries).
 *
 * Candidates: the LIST reports before it under each of a report's heaviest
 * words, in the order of publication, of which the MAX_EDGES with most in
 * common are compared. So cost is linear, and what is said of two reports
 * depends on them and what lies between them, and on which words are in a
 * fifth of all reports: those are not looked at.
 *
 * Source: Miranda and others 2018 (sparse vectors and time, a learned linear
 * score), with fixed word weights. The model's weights were fitted on two
 * sets of labelled stories (eval/SCORES.md), rounded. Limits: English.
 */
#include <math.h>
#include <stdlib.h>

#include "reconcile/stories_p.h"

#define LIST 64u
#define COMMON 5u           /* of so many reports one: a word tells nothing */
#define FEW 20u             /* reports, of few in all */
#define MAX_EDGES 24u
#define MIN_COMMON 0.02     /* cosine over key words, to be compared */
#define NEAR_TOWN 80.0      /* km */
#define SOON 2              /* days; later reports tell of a day gone by */
#define LATE 20
#define APART 30            /* days; another episode, if it looks not back */

/* The model, in thousandths. */
enum {
    W_BASE = -3100, W_WORDS = 1000, W_NAMES = 4400, W_TITLE = 2000,
    W_RARE = 1500, W_PERSON = 1000, W_FAR = -600, W_SAME_DAY = 600,
    W_OTHER_DAY = -1300, W_BACK = 3000, W_BACK_MONTH = 2400, W_DAYS = -900,
    W_UNDATED = -1350, W_APART = -2500
};

typedef struct likeness {
    double words, names, title;
    uint32_t rare, persons;
    bool far, same_day, other_day, back, back_month;
    int32_t days;           /* between them, or -1 */
} likeness;

typedef struct entry {
    uint32_t report, next;
} entry;

typedef struct finder {
    dln_case *c;
    rec_hashes first;       /* word → latest entry */
    DLN_VEC(entry) entries;
    float *common;          /* [report] */
    DLN_VEC(uint32_t) touched;
    DLN_VEC(rec_edge) edges;
} finder;

/* Does each name towns, and none near one of the other's? */
static bool far_apart(const story_profile *a, const story_profile *b)
{
    const double degree = 111.2, turn = 3.14159265358979 / 180;
    for (uint32_t i = 0; i < a->spot_count; i++)
        for (uint32_t n = 0; n < b->spot_count; n++) {
            double y = (double)a->spots[i].lat - b->spots[n].lat;
            double x = fabs((double)a->spots[i].lon - b->spots[n].lon);
            x = (x > 180 ? 360 - x : x)
                * cos(turn * (double)a->spots[i].lat);
            if (degree * sqrt(x * x + y * y) < NEAR_TOWN)
                return false;
        }
    return a->spot_count && b->spot_count;
}

static void compare_words(const story_profile *a, const story_profile *b,
                          likeness *out)
{
    uint32_t i = 0, k = 0;
    uint64_t words = 0, names = 0, title = 0, mine = 0, theirs = 0;
    for (uint32_t n = 0; n < a->term_count; n++)
        if ((a->terms[n].word & (STORY_NAME | STORY_COMMON)) == STORY_NAME)
            mine += (uint64_t)a->terms[n].weight * a->terms[n].weight;
    for (uint32_t n = 0; n < b->term_count; n++)
        if ((b->terms[n].word & (STORY_NAME | STORY_COMMON)) == STORY_NAME)
            theirs += (uint64_t)b->terms[n].weight * b->terms[n].weight;
    while (i < a->term_count && k < b->term_count) {
        const story_term *x = &a->terms[i], *y = &b->terms[k];
        if (story_word(*x) < story_word(*y)) {
            i++;
        } else if (story_word(*x) > story_word(*y)) {
            k++;
        } else if (x->word & STORY_COMMON) {
            i++;
            k++;
        } else {
            uint64_t both = (uint64_t)x->weight * y->weight;
            words += both;
            names += x->word & y->word & STORY_NAME ? both : 0;
            title += (uint64_t)x->title * y->weight
                     + (uint64_t)y->title * x->weight;
            out->rare += (x->word & STORY_RARE) != 0;
            i++;
            k++;
        }
    }
    const double unit = 65535.0 * 65535.0;
    out->words = (double)words / unit;
    out->title = 1.5 * (double)title / unit;
    out->names = mine && theirs ? (double)names
                                      / sqrt((double)mine * (double)theirs)
                                : 0;
}

/* Does `later` speak of the day that `earlier` is about? */
static void look_back(const dln_case *c, uint32_t earlier,
                      const story_profile *a, const story_profile *b,
                      likeness *out)
{
    int32_t day = a->main != DLN_NO_DAY ? a->main
                                        : c->reports.at[earlier].day;
    int32_t gap = out->days;
    if (gap <= SOON || day == DLN_NO_DAY)
        return;
    for (uint32_t i = 0; i < b->day_count; i++) {
        bool one = b->days[i].start == b->days[i].end;
        bool within = b->days[i].start - 1 <= day
                      && day <= b->days[i].end + 1;
        out->back = out->back || (one && within);
        out->back_month = out->back_month
                          || (!one && within && gap > LATE);
    }
}

/* When it was published, else the day it tells most of. */
static int32_t day_of(const dln_case *c, uint32_t report)
{
    int32_t day = c->reports.at[report].day;
    return day != DLN_NO_DAY ? day : c->profiles[report].main;
}

static likeness compare(const dln_case *c, uint32_t x, uint32_t y)
{
    int32_t s = day_of(c, x), t = day_of(c, y);
    bool dated = s != DLN_NO_DAY && t != DLN_NO_DAY;
    bool swap = dated && s > t;
    uint32_t earlier = swap ? y : x;
    const story_profile *a = &c->profiles[earlier];
    const story_profile *b = &c->profiles[swap ? x : y];
    likeness out = {.days = !dated ? -1 : s > t ? s - t : t - s};
    compare_words(a, b, &out);
    out.persons = dln_rec__in_both(a->persons, a->person_count,
                                   b->persons, b->person_count);
    out.far = far_apart(a, b);
    if (a->main != DLN_NO_DAY && b->main != DLN_NO_DAY) {
        out.same_day = a->main == b->main;
        out.other_day = abs(a->main - b->main) > 1;
    }
    look_back(c, earlier, a, b, &out);
    return out;
}

static int32_t score_of(const likeness *l)
{
    double rare = log1p(0.7 * l->rare);
    double score = W_BASE + W_WORDS * l->words + W_NAMES * l->names
                   + W_TITLE * l->title + W_RARE * (rare < 4 ? rare : 4)
                   + W_PERSON * (l->persons < 2 ? l->persons : 2)
                   + (l->far ? W_FAR : 0) + (l->same_day ? W_SAME_DAY : 0)
                   + (l->other_day ? W_OTHER_DAY : 0)
                   + (l->back ? W_BACK : l->back_month ? W_BACK_MONTH : 0)
                   + (l->days > APART && !l->back && !l->back_month ? W_APART
                                                                    : 0)
                   + (l->days < 0 ? W_UNDATED : W_DAYS * log1p(l->days));
    return score > STORY_MOST ? STORY_MOST
           : score < -STORY_MOST ? -STORY_MOST : (int32_t)score;
}

/* What a pair has in common, for people. */
dln_str dln_rec__likeness(const dln_case *c, const rec_edge *e)
{
    likeness l = compare(c, e->a, e->b);
    return dln_arena_printf(
        c->scratch, "score %.1f: words %.2f, names %.2f, titles %.2f, "
        "%u rare words, %u persons in common%s%s", e->score / 1000.0,
        l.words, l.names, l.title, l.rare, l.persons,
        l.far ? ", towns far apart" : "",
        l.same_day ? ", the same day"
        : l.other_day ? ", other days" : l.back || l.back_month
        ? ", one looks back at the other's day" : "");
}

static bool file(finder *k, uint32_t report)
{
    const story_profile *s = &k->c->profiles[report];
    for (uint32_t i = 0; i < s->key_count; i++) {
        if (s->terms[s->keys[i]].word & STORY_COMMON)
            continue;
        uint32_t fresh = k->entries.count;
        uint32_t *first = dln_rec__hashes_at(
            &k->first, story_word(s->terms[s->keys[i]]), fresh);
        entry *e = DLN_VEC_PUSH(k->c->arena, &k->entries);
        if (!first || !e)
            return false;
        *e = (entry){report, *first == fresh ? DLN_NONE : *first};
        *first = fresh;
    }
    return true;
}

static void find(finder *k, uint32_t report)
{
    const story_profile *s = &k->c->profiles[report];
    k->touched.count = 0;
    for (uint32_t i = 0; i < s->key_count; i++) {
        const story_term *t = &s->terms[s->keys[i]];
        uint32_t at = dln_rec__hashes_get(&k->first, story_word(*t));
        if (t->word & STORY_COMMON)
            continue;
        for (uint32_t n = 0; at != DLN_NONE && n < LIST; n++) {
            uint32_t other = k->entries.at[at].report;
            if (k->common[other] <= 0) {
                uint32_t *new = DLN_VEC_PUSH(k->c->arena, &k->touched);
                if (new)
                    *new = other;
            }
            k->common[other] += (float)t->weight * (float)t->weight;
            at = k->entries.at[at].next;
        }
    }
}

typedef struct near_ {
    float common;
    uint32_t report;
} near_;

static int nearer(const void *a, const void *b)
{
    const near_ *x = a, *y = b;
    if (x->common < y->common || x->common > y->common)
        return x->common > y->common ? -1 : 1;
    return (x->report > y->report) - (x->report < y->report);
}

static bool add_edge(finder *k, uint32_t a, uint32_t b, int32_t score)
{
    rec_edge *e = DLN_VEC_PUSH(k->c->arena, &k->edges);
    if (e)
        *e = (rec_edge){a < b ? a : b, a < b ? b : a, score};
    return e != NULL;
}

static bool link_report(finder *k, uint32_t report)
{
    const rec_report *r = &k->c->reports.at[report];
    near_ *all = dln_arena_array(k->c->scratch, k->touched.count + 1,
                                 sizeof *all);
    uint32_t count = 0;
    if (!all)
        return false;
    for (uint32_t i = 0; i < k->touched.count; i++) {
        uint32_t other = k->touched.at[i];
        float common = k->common[other] / (65535.0F * 65535.0F);
        k->common[other] = 0;
        if (common > (float)MIN_COMMON)
            all[count++] = (near_){common, other};
    }
    if (count)
        qsort(all, count, sizeof *all, nearer);
    count = count < MAX_EDGES ? count : MAX_EDGES;
    bool fine = true;
    for (uint32_t i = 0; i < count && fine; i++) {
        likeness l = compare(k->c, report, all[i].report);
        if (all[i].report != r->copy_of || *r->copy_kind == 'p')
            fine = add_edge(k, report, all[i].report, score_of(&l));
    }
    bool copy = r->copy_of != DLN_NONE && *r->copy_kind != 'p';
    return fine && (!copy || add_edge(k, report, r->copy_of, STORY_MOST));
}

/* In a record of one process its names are in all reports and tell no
 * story from another. */
static bool mark_common(dln_case *c)
{
    rec_hashes reports = {0};
    uint32_t most = c->reports.count / COMMON;
    dln_rec__hashes_init(&reports, c->arena);
    most = most > FEW ? most : FEW;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t r = 0; r < c->reports.count; r++)
            for (uint32_t i = 0; i < c->profiles[r].term_count; i++) {
                story_term *t = &c->profiles[r].terms[i];
                uint32_t *n = dln_rec__hashes_at(&reports, story_word(*t),
                                                 0);
                if (!n)
                    return false;
                if (pass == 0)
                    ++*n;
                else if (*n > most)
                    t->word |= STORY_COMMON;
            }
    return true;
}

dln_status dln_rec__pairs(dln_case *c)
{
    finder f = {.c = c}, *k = &f;
    DLN_TRY(dln_rec__profiles(c));
    if (!mark_common(c))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    dln_rec__hashes_init(&k->first, c->arena);
    k->common = dln_arena_array(c->arena, c->reports.count + 1,
                                sizeof *k->common);
    if (!k->common)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    for (uint32_t r = 0; r < c->reports.count; r++) {
        dln_arena_reset(c->scratch);
        find(k, r);
        if (!link_report(k, r) || !file(k, r))
            return dln_fail(c->error, DLN_NOMEM, "out of memory");
    }
    c->pairs = k->edges.at;
    c->pair_count = k->edges.count;
    return DLN_OK;
}
