/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an incomplete date is anchored on: the tense of its clause, and
 * whether its paragraph tells news (anchored on the day of publication) or
 * history (anchored on the last date of the story itself).
 *
 * Tense: the nearest verb before the expression in its sentence decides,
 * else the nearest behind (HeidelTime's rule); tags are used where there
 * are any, word lists and shapes elsewhere.
 *
 * History is decided paragraph by paragraph. A past year at the head of a
 * sentence ("In 1994 ...") makes the paragraph history from there on, unless
 * it refers to the publication (today, last week, a bare weekday). Where the
 * whole text is full of past years and hardly names a day by its distance
 * from publication, every paragraph is history.
 */
#include "timex/timex_p.h"

typedef struct reader {
    const dln_timex *t;
    const dln_doc *doc;
    const dln_timex_words *words;
} reader;

static bool stop_at(const reader *r, uint32_t i)
{
    return r->words->at[i].classes & DLN_TX_BIT(STOP);
}

static bool shaped_past(const reader *r, const dln_timex_word *w)
{
    dln_str s = dln_str_sub(r->doc->text, w->start, w->end);
    return s.len > 4 && dln_is_lower(s.data[0])
           && dln_str_ends(s, DLN_STR("ed"));
}

/* A participle: "be held" leaves the question to what stands before "be". */
static dln_timex_tense participle(const reader *r, uint32_t i)
{
    uint32_t low = i > 3 ? i - 3 : 0;
    for (uint32_t k = i; k-- > low && !stop_at(r, k);)
        if (r->words->at[k].classes & DLN_TX_BIT(BE)) {
            int32_t bare = 0;
            (void)dln_timex__is(r->t, &r->words->at[k], DLN_TX_BE, &bare);
            return bare ? DLN_TENSE_NONE : DLN_TENSE_PAST;
        }
    return DLN_TENSE_PAST;
}

/* "It had been due to end on Friday": it is over. */
static bool had_been(const reader *r, uint32_t i)
{
    if (i < 2 || !(r->words->at[i - 1].classes & DLN_TX_BIT(BE)))
        return false;
    const dln_timex_word *w = &r->words->at[i - 2];
    return w->tag == DLN_XPOS_VBD
           || (w->tag == DLN_XPOS_NONE && w->classes & DLN_TX_BIT(PAST));
}

static dln_timex_tense tense_of(const reader *r, uint32_t i)
{
    const dln_timex_word *w = &r->words->at[i];
    if (w->classes & DLN_TX_BIT(FUT))
        return had_been(r, i) ? DLN_TENSE_PAST : DLN_TENSE_FUTURE;
    switch (w->tag) {
    case DLN_XPOS_VBD: return DLN_TENSE_PAST;
    case DLN_XPOS_VBN: return participle(r, i);
    case DLN_XPOS_VBP:
    case DLN_XPOS_VBZ: return DLN_TENSE_PRESENT;
    case DLN_XPOS_NONE: break;
    default: return DLN_TENSE_NONE;
    }
    if (w->classes & DLN_TX_BIT(PAST))
        return DLN_TENSE_PAST;
    if (w->classes & DLN_TX_BIT(PRES))
        return DLN_TENSE_PRESENT;
    if (w->lexeme == DLN_NONE && shaped_past(r, w))
        return participle(r, i);
    return DLN_TENSE_NONE;
}

/* "is to meet", "set to meet", "agreed to meet". */
static bool future_to(const reader *r, uint32_t i)
{
    const dln_timex_word *w = &r->words->at[i];
    if (w->end - w->start != 2 || !i
        || !dln_str_is(dln_str_sub(r->doc->text, w->start, w->end), "to"))
        return false;
    return r->words->at[i - 1].classes
               & (DLN_TX_BIT(FUT) | DLN_TX_BIT(TOFUT))
           && !had_been(r, i - 1);
}

static dln_timex_tense tense_at(const reader *r, uint32_t begin, uint32_t end)
{
    enum { REACH = 60 }; /* words; a sentence without end costs no more */
    for (uint32_t i = begin, n = 0; i-- > 0 && n < REACH; n++) {
        if (stop_at(r, i))
            break;
        dln_timex_tense tense = future_to(r, i) ? DLN_TENSE_FUTURE
                                                : tense_of(r, i);
        if (tense != DLN_TENSE_NONE)
            return tense;
    }
    for (uint32_t i = end, n = 0; i < r->words->count && n < REACH;
         i++, n++) {
        if (stop_at(r, i))
            break;
        dln_timex_tense tense = tense_of(r, i);
        if (tense != DLN_TENSE_NONE)
            return tense;
    }
    return DLN_TENSE_NONE;
}

/* Does it say its year, and one before the publication? */
static bool past_year(const dln_timex_found *f, const dln_doc *doc)
{
    const dln_timex_slots *s = &f->part.slots;
    if (f->rule->op != DLN_TX_OP_CAL)
        return false;
    if (s->has & (DLN_TX_BIT(BC) | DLN_TX_BIT(DECADE)))
        return true;
    if (!(s->has & DLN_TX_BIT(YEAR)))
        return false;
    return doc->published.start == DLN_NO_DAY
           || s->at[DLN_TX_YEAR] < dln_ymd_of(doc->published.start).year;
}

/* Does it speak from the day of publication? */
static bool of_the_day(const dln_timex_found *f)
{
    const dln_timex_slots *s = &f->part.slots;
    switch (f->rule->op) {
    case DLN_TX_OP_CAL:
        return !(s->has & (DLN_TX_BIT(YEAR) | DLN_TX_BIT(RUN)))
               && s->has & (DLN_TX_BIT(OFFSET) | DLN_TX_BIT(WDAY)
                            | DLN_TX_BIT(REL))
               && !(s->has & DLN_TX_BIT(MONTH));
    case DLN_TX_OP_UNIT:
        return !(s->has & DLN_TX_BIT(RUN)) && s->has & DLN_TX_BIT(REL)
               && f->part.end - f->part.begin < 3;
    case DLN_TX_OP_SHIFT: return !(s->has & DLN_TX_BIT(RUN));
    default: return false;
    }
}

/* Does it name a day by its distance from publication? Histories do not. */
static bool of_the_week(const dln_timex_found *f)
{
    return f->rule->op == DLN_TX_OP_CAL && of_the_day(f)
           && f->part.slots.has & (DLN_TX_BIT(OFFSET) | DLN_TX_BIT(WDAY));
}

/* Does it stand at the head of its sentence? "In 1994 the two sides ..." */
static bool at_head(const reader *r, const dln_timex_found *f)
{
    enum { HEAD = 3 };
    uint32_t i = f->part.begin;
    for (uint32_t n = 0; n < HEAD; n++, i--)
        if (!i || stop_at(r, i - 1))
            return true;
    return false;
}

static uint32_t start_of(const reader *r, const dln_timex_found *f)
{
    return r->words->at[f->part.begin].start;
}

static void stories(const reader *r, dln_timex_found *found, uint32_t count)
{
    uint32_t years = 0, days = 0, week = 0;
    for (uint32_t i = 0; i < count; i++) {
        years += past_year(&found[i], r->doc);
        days += of_the_day(&found[i]);
        week += of_the_week(&found[i]);
    }
    bool history = years >= 5 && years > days && years > 8 * week;
    uint32_t i = 0;
    for (uint32_t p = 0; i < count; p++) {
        uint32_t end = p < r->doc->paragraphs.count
                           ? r->doc->paragraphs.at[p].span.end : DLN_NONE;
        bool day = false;
        uint32_t k = i;
        for (; k < count && start_of(r, &found[k]) < end; k++)
            day |= of_the_day(&found[k]);
        dln_timex_story story = history ? DLN_STORY_TEXT : DLN_STORY_NONE;
        for (; i < k; i++) {
            if (!story && !day && past_year(&found[i], r->doc)
                && found[i].head && found[i].tense == DLN_TENSE_PAST)
                story = DLN_STORY_PARAGRAPH;
            found[i].story = story;
        }
    }
}

/* "met on 30 January": hangs, with "on" or nothing, on a verb in the past
 * tense, "had" or "was" before a participle included. */
static bool told_done(const reader *r, const dln_timex_found *f)
{
    const dln_doc *doc = r->doc;
    uint32_t at = dln_token_at(doc, r->words->at[f->part.begin].start);
    uint32_t end = r->words->at[f->part.end - 1].end;
    bool bare = true;
    for (int step = 0; at < doc->tokens.count; step++) {
        const dln_token *t = &doc->tokens.at[at];
        for (uint32_t c = t->child; c != DLN_NONE && bare;
             c = doc->tokens.at[c].sibling)
            if (doc->tokens.at[c].deprel == DLN_REL_case)
                bare = dln_str_is(dln_token_str(doc, c), "on")
                       || dln_str_is(dln_token_str(doc, c), "On");
        if (t->head >= doc->tokens.count || step == 6 || !bare)
            return false;
        bool outside = doc->tokens.at[t->head].span.start >= end
                       || t->head < dln_token_at(
                              doc, r->words->at[f->part.begin].start);
        at = t->head;
        if (outside)
            break;
    }
    if (at >= doc->tokens.count || doc->tokens.at[at].upos != DLN_UPOS_VERB)
        return false;
    if (doc->tokens.at[at].xpos == DLN_XPOS_VBD)
        return true;
    for (uint32_t c = doc->tokens.at[at].child; c != DLN_NONE;
         c = doc->tokens.at[c].sibling) {
        dln_str word = dln_token_str(doc, c);
        if (dln_str_is(word, "had") || dln_str_is(word, "was")
            || dln_str_is(word, "were"))
            return doc->tokens.at[at].xpos == DLN_XPOS_VBN;
    }
    return false;
}

/* "will", and no other tense nearer before it. */
static bool certain(const reader *r, const dln_timex_found *f)
{
    enum { REACH = 30 };
    for (uint32_t i = f->part.begin, n = 0; i-- > 0 && n < REACH; n++) {
        int32_t value = 0;
        if (stop_at(r, i))
            return false;
        if (r->words->at[i].classes & DLN_TX_BIT(FUT))
            return dln_timex__is(r->t, &r->words->at[i], DLN_TX_FUT, &value)
                   && value == 1;
        if (tense_of(r, i) != DLN_TENSE_NONE)
            return false;
    }
    return false;
}

void dln_timex__tenses(const dln_timex *t, const dln_doc *doc,
                       const dln_timex_words *words, dln_timex_found *found,
                       uint32_t count)
{
    reader r = {t, doc, words};
    for (uint32_t i = 0; i < count; i++) {
        found[i].tense = found[i].part.slots.has & DLN_TX_BIT(FUT)
                             ? DLN_TENSE_FUTURE
                             : tense_at(&r, found[i].part.begin,
                                        found[i].part.end);
        found[i].head = at_head(&r, &found[i]);
        found[i].told = told_done(&r, &found[i]);
        found[i].certain = found[i].tense == DLN_TENSE_FUTURE
                           && certain(&r, &found[i]);
    }
    stories(&r, found, count);
}
