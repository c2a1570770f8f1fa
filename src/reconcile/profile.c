/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A report → what it is about. Words weigh by how rare they are in news at
 * large (data/lang/CODE/word-weights.txt), not in this record: the weights
 * of two reports then do not change when a third is added. What the title
 * and the lead say weighs more.
 *
 * Limits: the heaviest MAX_TERMS words, MAX_WORDS read.
 */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "reconcile/stories_p.h"

#define MAX_WORDS 20000u    /* of a report that are read */
#define MAX_TERMS 192u
#define MAX_SPOTS 12u
#define MAX_PERSONS 24u
#define MAX_DAYS 24u
#define LEAD 600u           /* bytes of the text that weigh more */
#define LEAD_WEIGHT 1.5
#define UNSEEN 8.0          /* weight of a word that the list lacks */
#define NAME_WEIGHT 3.0     /* of words that count as names */
#define RARE 6.0            /* of words that few reports share */
#define LONGEST 31          /* days of an interval that dates something */

typedef struct word {
    uint32_t hash;
    uint16_t title, body;   /* times */
    bool lead, name;
    float rarity, weight;
} word;

typedef struct profiler {
    dln_case *c;
    rec_hashes slot;        /* of one report: word → place in `words` */
    DLN_VEC(word) words;
} profiler;

static uint64_t hash_of(dln_str folded)
{
    return dln_hash(folded.data, folded.len, 0);
}

static dln_status load_rarity(dln_case *c)
{
    const dln_table *list;
    DLN_TRY(dln_lang_list(c->lang, "word-weights", &list, c->error));
    dln_rec__hashes_init(&c->rarity, c->arena);
    for (uint32_t i = 0; i < list->count; i++) {
        dln_str words = dln_row_field(&list->rows[i], 1), one;
        uint32_t fifths = 0;
        for (size_t n = 0; n < list->rows[i].field[0].len; n++)
            fifths = fifths * 10
                     + (uint32_t)(list->rows[i].field[0].data[n] - '0');
        while (dln_str_cut(&words, ' ', &one))
            if (!dln_rec__hashes_at(&c->rarity, hash_of(one), fifths))
                return dln_fail(c->error, DLN_NOMEM, "out of memory");
    }
    return DLN_OK;
}

double dln_rec__rarity(const dln_case *c, uint64_t hash)
{
    uint32_t fifths = dln_rec__hashes_get(&c->rarity, hash);
    return fifths == DLN_NONE ? UNSEEN : fifths ? fifths * 0.2 : 0.01;
}

static word *word_at(profiler *p, uint64_t hash)
{
    uint32_t *at = dln_rec__hashes_at(&p->slot, hash, p->words.count);
    if (!at)
        return NULL;
    if (*at < p->words.count)
        return &p->words.at[*at];
    word *w = DLN_VEC_PUSH(p->c->scratch, &p->words);
    if (w)
        *w = (word){.hash = (uint32_t)(hash ^ hash >> 32) & ~7u,
                    .rarity = (float)dln_rec__rarity(p->c, hash)};
    return w;
}

static void count_words(profiler *p, dln_str text, bool title, size_t lead)
{
    size_t at = 0;
    uint64_t hash;
    dln_str found;
    for (uint32_t n = 0; n < MAX_WORDS
                         && dln_rec__word(text, &at, &hash, &found); n++) {
        word *w = word_at(p, hash);
        if (!w)
            return;
        w->lead = w->lead || at <= lead;
        if (title && w->title < 1000)
            w->title++;
        else if (!title && w->body < 1000)
            w->body++;
    }
}

/* Words with a capital within a sentence are names of something. */
static void mark_names(profiler *p, dln_str text)
{
    size_t at = 0, from = 0;
    uint64_t hash;
    dln_str found;
    for (uint32_t n = 0; n < MAX_WORDS
                         && dln_rec__word(text, &at, &hash, &found); n++) {
        size_t start = (size_t)(found.data - text.data), len, back = start;
        int32_t c = dln_utf8_at(text, start, &len);
        bool first = from == 0;
        from = at;
        if (first || !dln_utf8_is_upper(c))
            continue;
        while (back && dln_is_space(text.data[back - 1]))
            back--;
        if (back == start || !back
            || memchr(".!?:\"", text.data[back - 1], 5)
            || (unsigned char)text.data[back - 1] >= 0x80
            || memchr(text.data + back, '\n', start - back))
            continue;
        dln_str folded = dln_utf8_fold(p->c->scratch, found);
        uint32_t slot = dln_rec__hashes_get(&p->slot, hash_of(folded));
        if (slot != DLN_NONE && p->words.at[slot].rarity > NAME_WEIGHT)
            p->words.at[slot].name = true;
    }
}

static int heavier(const void *a, const void *b)
{
    const word *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

static int by_term(const void *a, const void *b)
{
    uint32_t x = story_word(*(const story_term *)a);
    uint32_t y = story_word(*(const story_term *)b);
    return (x > y) - (x < y);
}

static uint16_t share(double part, double whole)
{
    double x = whole > 0 ? 65535 * part / whole : 0;
    return (uint16_t)(x < 65535 ? x + 0.5 : 65535);
}

static bool keep_terms(profiler *p, story_profile *out)
{
    double norm = 0, title = 0;
    uint32_t count = p->words.count;
    for (uint32_t i = 0; i < count; i++) {
        word *w = &p->words.at[i];
        double times = 1 + log(w->title + w->body);
        w->weight = (float)(times * w->rarity
                            * (w->lead ? LEAD_WEIGHT : 1));
        norm += (double)w->weight * w->weight;
        title += w->title ? (double)w->rarity * w->rarity : 0;
    }
    if (count)
        qsort(p->words.at, count, sizeof *p->words.at, heavier);
    count = count < MAX_TERMS ? count : MAX_TERMS;
    dln_arena *arena = p->c->arena;
    uint32_t keys = count < STORY_KEYS ? count : STORY_KEYS;
    out->terms = dln_arena_array(arena, count + 1, sizeof *out->terms);
    out->keys = dln_arena_array(arena, keys + 1, sizeof *out->keys);
    if (!out->terms || !out->keys)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const word *w = &p->words.at[i];
        out->terms[i] = (story_term){
            w->hash | (w->name ? STORY_NAME : 0u)
                | (w->rarity > RARE ? STORY_RARE : 0u),
            share(w->weight, sqrt(norm)),
            w->title ? share(w->rarity, sqrt(title)) : 0};
    }
    out->term_count = (uint16_t)count;
    qsort(out->terms, count, sizeof *out->terms, by_term);
    for (uint32_t i = 0; i < keys; i++) {
        story_term key = {p->words.at[i].hash, 0, 0};
        const story_term *t = bsearch(&key, out->terms, count,
                                      sizeof *out->terms, by_term);
        out->keys[i] = (uint16_t)(t - out->terms);
    }
    out->key_count = (uint16_t)keys;
    return true;
}

static dln_status read_words(profiler *p)
{
    dln_case *c = p->c;
    dln_query *q;
    DLN_TRY(dln_query_open(c->store, &q, "SELECT id, title, text "
                           "FROM report ORDER BY id", c->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        uint32_t r = dln_map_get(&c->report_of, dln_query_str(q, 0));
        if (r == DLN_NONE)
            continue;
        dln_arena_reset(c->scratch);
        dln_rec__hashes_init(&p->slot, c->scratch);
        p->words.at = NULL;
        p->words.count = p->words.cap = 0;
        dln_str text = dln_query_str(q, 2);
        size_t lead = dln_utf8_fold(c->scratch,
                                    dln_str_sub(text, 0, LEAD)).len;
        dln_str title = dln_utf8_fold(c->scratch, dln_query_str(q, 1));
        count_words(p, title, true, title.len);
        count_words(p, dln_utf8_fold(c->scratch, text), false, lead);
        mark_names(p, text);
        if (!keep_terms(p, &c->profiles[r]) || dln_arena_oom(c->scratch))
            status = DLN_NOMEM;
        if (status != DLN_OK)
            break;
    }
    dln_query_close(q);
    if (status == DLN_NOMEM)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    return status == DLN_END ? DLN_OK : status;
}

/* One more of an array that holds at most `most`; rows of one report come
 * together, so the last array of the arena grows rarely. */
static void *one_more(dln_case *c, void *at, uint16_t *count, uint32_t most,
                      size_t size)
{
    if (*count == most)
        return NULL;
    if ((*count & (*count - 1)) == 0) {     /* 0, 1, 2, 4, 8 ... */
        void *more = dln_arena_array(c->arena, *count ? 2u * *count : 1u,
                                     size);
        if (!more)
            return NULL;
        if (*count)
            memcpy(more, *(void **)at, *count * size);
        *(void **)at = more;
    }
    ++*count;
    return (char *)*(void **)at + (size_t)(*count - 1) * size;
}

static void take_person(void *user, uint32_t report, const dln_query *q)
{
    dln_case *c = user;
    story_profile *s = &c->profiles[report];
    dln_str key = dln_query_str(q, 1);
    if (!memchr(key.data, ' ', key.len) || memchr(key.data, '#', key.len))
        return;
    uint32_t *at = one_more(c, &s->persons, &s->person_count,
                            MAX_PERSONS, sizeof *at);
    if (at)
        *at = (uint32_t)hash_of(key);
}

static void take_spot(void *user, uint32_t report, const dln_query *q)
{
    dln_case *c = user;
    story_profile *s = &c->profiles[report];
    story_spot *at = one_more(c, &s->spots, &s->spot_count, MAX_SPOTS,
                              sizeof *at);
    if (at)
        *at = (story_spot){(float)dln_query_double(q, 1),
                           (float)dln_query_double(q, 2)};
}

static void take_days(void *user, uint32_t report, const dln_query *q)
{
    dln_case *c = user;
    story_profile *s = &c->profiles[report];
    dln_interval when = dln_query_interval(q, 1);
    int32_t end = when.end == DLN_NO_DAY ? when.start : when.end;
    if (when.start == DLN_NO_DAY || end < when.start
        || end - when.start > LONGEST)
        return;
    story_days *at = one_more(c, &s->days, &s->day_count, MAX_DAYS,
                              sizeof *at);
    if (at)
        *at = (story_days){when.start, end};
}

/* Rows come by votes, the most first. */
static void take_main(void *user, uint32_t report, const dln_query *q)
{
    dln_case *c = user;
    story_profile *s = &c->profiles[report];
    dln_interval when = dln_query_interval(q, 1);
    if (s->main == DLN_NO_DAY && when.start == when.end)
        s->main = when.start;
}

dln_status dln_rec__profiles(dln_case *c)
{
    profiler p = {.c = c};
    uint32_t count = c->reports.count;
    c->profiles = dln_arena_array(c->arena, count + 1, sizeof *c->profiles);
    if (!c->profiles)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    for (uint32_t i = 0; i < count; i++)
        c->profiles[i].main = DLN_NO_DAY;
    DLN_TRY(load_rarity(c));
    DLN_TRY(read_words(&p));
    DLN_TRY(dln_rec__each(c, "SELECT report_id, key FROM report_actor WHERE "
                      "kind = 'person' ORDER BY report_id, n",
                      take_person, c));
    DLN_TRY(dln_rec__each(c, "SELECT m.report_id, p.lat, p.lon "
                      "FROM place_mention m JOIN place p ON p.id = "
                      "m.place_id WHERE p.lat IS NOT NULL AND p.precision "
                      "IN ('city', 'point', 'near') GROUP BY m.report_id, "
                      "p.id ORDER BY m.report_id, min(m.span_start)",
                      take_spot, c));
    DLN_TRY(dln_rec__each(c, "SELECT report_id, date_start, date_end, "
                      "date_precision FROM time_mention WHERE date_start "
                      "IS NOT NULL AND type = 'DATE' GROUP BY report_id, "
                      "date_start, date_end "
                      "ORDER BY report_id, min(span_start)", take_days, c));
    return dln_rec__each(c, "SELECT report_id, date_start, date_end, "
                     "date_precision FROM event_mention WHERE polarity = "
                     "'asserted' AND date_start IS NOT NULL AND date_end = "
                     "date_start GROUP BY report_id, date_start "
                     "ORDER BY report_id, count(*) DESC, min(span_start)",
                     take_main, c);
}
