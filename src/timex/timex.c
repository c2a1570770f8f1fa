/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text, tokens and tags → doc->times. See timex_p.h for the way.
 * Linear in the text: one pass makes words, one matches rules, one resolves.
 */
#include "timex/timex_p.h"

#include <stdlib.h>

#define MAX_TIMES 50000 /* a document; the rest is noted and left out */

dln_status dln_timex_open(dln_timex **out, const dln_lang *lang,
                          dln_error *error)
{
    *out = NULL;
    dln_timex *t = calloc(1, sizeof *t);
    if (!t)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    t->lang = lang;
    t->arena = dln_arena_new(0);
    dln_status status = t->arena ? dln_timex__load(t, error)
                                 : dln_fail(error, DLN_NOMEM,
                                            "out of memory");
    if (status != DLN_OK) {
        dln_timex_close(t);
        return status;
    }
    *out = t;
    return DLN_OK;
}

void dln_timex_close(dln_timex *t)
{
    if (!t)
        return;
    dln_arena_free(t->arena);
    free(t);
}

typedef DLN_VEC(dln_timex_found) found_list;

/* The first word from `i` on where a rule may begin: one with a word of
 * time in its reach and sentence. *core is kept between calls. */
static uint32_t next_start(const dln_timex_words *words, uint32_t i,
                           uint32_t *core)
{
    enum { REACH = 14 };
    if (*core < i)
        *core = i;
    while (*core < words->count) {
        uint64_t classes = words->at[*core].classes;
        if (classes & DLN_TX_BIT(STOP))
            i = *core + 1;
        else if (classes & DLN_TIMEX_CORE)
            break;
        ++*core;
    }
    if (*core >= words->count)
        return words->count;
    return *core - i > REACH ? *core - REACH : i;
}

/* "from December 5 to January 10, 2021": the year is the second date's. */
static void settle_years(dln_timex_match *m)
{
    dln_timex_slots *a = &m->parts[0].slots;
    const dln_timex_slots *b = &m->parts[m->part_count - 1].slots;
    uint64_t both = DLN_TX_BIT(YEAR) | DLN_TX_BIT(MONTH);
    if (m->rule->share && (a->has & both) == both && (b->has & both) == both
        && a->at[DLN_TX_YEAR] == b->at[DLN_TX_YEAR]
        && a->at[DLN_TX_MONTH] > b->at[DLN_TX_MONTH])
        a->at[DLN_TX_YEAR]--;
}

static dln_status find_all(const dln_timex *t, dln_doc *doc,
                           const dln_timex_words *words, dln_arena *scratch,
                           found_list *found)
{
    uint32_t core = 0;
    for (uint32_t i = 0;
         (i = next_start(words, i, &core)) < words->count;) {
        dln_timex_match m;
        if (!dln_timex__match(t, words, i, &m)) {
            i++;
            continue;
        }
        i = m.end;
        if (m.rule->op == DLN_TX_OP_SKIP)
            continue;
        i = m.parts[m.part_count - 1].end;
        settle_years(&m);
        for (uint32_t p = 0; p < m.part_count; p++) {
            if (found->count == MAX_TIMES) {
                dln_doc_note(doc, "timex", DLN_NOTE_WARN, DLN_NO_SPAN,
                             "more than %d time expressions; the rest is "
                             "left out", MAX_TIMES);
                return DLN_WARN;
            }
            dln_timex_found *f = DLN_VEC_PUSH(scratch, found);
            if (!f)
                return DLN_NOMEM;
            *f = (dln_timex_found){.rule = m.rule, .part = m.parts[p]};
        }
    }
    return DLN_OK;
}

static void set_tokens(const dln_doc *doc, dln_time *time)
{
    time->token_begin = time->token_end = DLN_NONE;
    uint32_t begin = dln_token_at(doc, time->span.start);
    uint32_t last = dln_token_at(doc, time->span.end - 1);
    if (begin == DLN_NONE || last == DLN_NONE)
        return;
    time->token_begin = begin;
    time->token_end = last + 1;
}

static dln_timex_anchor anchor_of(const dln_timex *t, const dln_doc *doc)
{
    dln_timex_anchor a = {.timex = t};
    a.running.year = a.published.year = a.said_year = DLN_NO_YEAR;
    if (doc->published.start == DLN_NO_DAY)
        return a;
    dln_timex_grain grain = doc->published.precision == DLN_PREC_YEAR
                                ? DLN_GRAIN_YEAR
                            : doc->published.precision == DLN_PREC_MONTH
                                ? DLN_GRAIN_MONTH
                            : doc->published.start == doc->published.end
                                ? DLN_GRAIN_DAY : DLN_GRAIN_NONE;
    if (grain != DLN_GRAIN_NONE)
        a.published = dln_timex__point(grain, doc->published.start);
    return a;
}

/* An inferred publication is an interval: what its first and its last day
 * agree on holds, the rest stays as it is without any. */
typedef struct anchors {
    dln_timex_anchor at[3];     /* first day, last day, none */
    uint32_t count;             /* 1: the publication is known, or nothing */
} anchors;

static anchors anchors_of(const dln_timex *t, const dln_doc *doc)
{
    anchors a = {.count = 1};
    a.at[0] = anchor_of(t, doc);
    if (doc->published_basis != DLN_BASIS_INFERRED
        || doc->published.start == DLN_NO_DAY)
        return a;
    a.count = doc->published.start == doc->published.end ? 1 : 3;
    for (uint32_t i = 0; i < 3; i++) {
        a.at[i] = (dln_timex_anchor){.timex = t, .inferred = true,
                                     .said_year = DLN_NO_YEAR};
        a.at[i].running.year = a.at[i].published.year = DLN_NO_YEAR;
        if (i < 2)
            a.at[i].published = dln_timex__point(
                DLN_GRAIN_DAY,
                i ? doc->published.end : doc->published.start);
    }
    return a;
}

static bool resolve(anchors *a, const dln_timex_found *f, dln_doc *doc,
                    dln_time *out)
{
    bool ok = dln_timex__resolve(&a->at[0], f, doc->arena, out);
    if (a->count == 1)
        return ok;
    dln_time last = {0}, none = {0};
    bool last_ok = dln_timex__resolve(&a->at[1], f, doc->arena, &last);
    bool none_ok = dln_timex__resolve(&a->at[2], f, doc->arena, &none);
    if (ok && last_ok && dln_str_eq(out->value, last.value))
        return true;
    *out = none;
    return none_ok;
}

dln_status dln_timex_run(const dln_timex *t, dln_doc *doc,
                         dln_arena *scratch)
{
    dln_timex_words words;
    found_list found = {0};
    dln_timex__words(t, doc, scratch, &words);
    if (dln_arena_oom(scratch))
        return DLN_NOMEM;
    dln_status status = find_all(t, doc, &words, scratch, &found);
    if (status < DLN_WARN)
        return status;
    dln_timex__tenses(t, doc, &words, found.at, found.count);
    dln_timex__anniversaries(t, doc, &words, found.at, found.count, scratch);
    if (doc->published.start == DLN_NO_DAY && !doc->published_text.len)
        dln_timex__date_report(t, doc, &words, found.at, found.count,
                               scratch);
    anchors from = anchors_of(t, doc);
    for (uint32_t i = 0; i < found.count; i++) {
        dln_time time = {0};
        if (!resolve(&from, &found.at[i], doc, &time))
            continue;
        time.span = (dln_span){
            words.at[found.at[i].part.begin].start,
            words.at[found.at[i].part.end - 1].end};
        set_tokens(doc, &time);
        dln_time *kept = DLN_VEC_PUSH(doc->arena, &doc->times);
        if (!kept)
            return DLN_NOMEM;
        *kept = time;
    }
    return dln_arena_oom(doc->arena) ? DLN_NOMEM : status;
}
