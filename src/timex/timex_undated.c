/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When was an undated report written? Only what the text itself says for
 * certain counts; what is found is an interval, never a guess at a day.
 *
 *   "today, 11 January 2021"                          that day
 *   "the war, which began on 24 February 2022,
 *    has entered its ninth month"                     that month of the war
 *   "the first anniversary of the 9 November 2020
 *    ceasefire", early in the text                    a month around it
 *   "two years ago, in November 2020",
 *   "nine months into the war, which began on ..."    half a unit around it
 *   a day told as past, another as still to come      between them
 *
 * The days told as past and as still to come bound all others; clues that
 * contradict each other or a bound date nothing. A history dates nothing.
 * Relative dates then hold where the first and the last day of the interval
 * agree on them (timex.c).
 */
#include "timex/timex_p.h"

#define AROUND 31           /* days on which an anniversary is news */
#define LEAD 6              /* paragraphs in which these are the news */
#define WIDEST 460          /* days; a wider interval says too little */
#define BOUNDS 92           /* days, when nothing but bounds is known */
#define SENTENCE 40         /* words to look for the date of a clue */

typedef struct writing {
    const dln_timex *t;
    dln_doc *doc;
    const dln_timex_words *words;
    const dln_timex_found *found;
    uint32_t count;
    dln_arena *scratch;
    dln_interval when;
    uint32_t clue;          /* the one that narrowed it last, or DLN_NONE */
    bool against;           /* clues contradict each other */
} writing;

/* Days of a date that says its year; none for any other expression. */
static dln_interval full_days(const writing *w, uint32_t i)
{
    const dln_timex_found *f = &w->found[i];
    dln_timex_anchor none = {.timex = w->t, .said_year = DLN_NO_YEAR};
    dln_time time = {.when = DLN_NO_INTERVAL};
    none.published.year = none.running.year = DLN_NO_YEAR;
    if (f->rule->op != DLN_TX_OP_CAL
        || !(f->part.slots.has
             & (DLN_TX_BIT(YEAR) | DLN_TX_BIT(DATE) | DLN_TX_BIT(MONTHNUM)))
        || !dln_timex__resolve(&none, f, w->scratch, &time))
        return DLN_NO_INTERVAL;
    return time.when;
}

static uint64_t classes_at(const writing *w, uint32_t word)
{
    return word < w->words->count ? w->words->at[word].classes : 0;
}

/* No end of a sentence between the words, and not too many of them. */
static bool together(const writing *w, uint32_t from, uint32_t to)
{
    if (to < from || to - from > SENTENCE)
        return false;
    for (uint32_t i = from; i < to; i++)
        if (classes_at(w, i) & DLN_TX_BIT(STOP))
            return false;
    return true;
}

/* "began on", "since", "signed in": does it say when a thing began? */
static bool of_beginning(const writing *w, uint32_t i)
{
    uint32_t at = w->found[i].part.begin;
    for (uint32_t n = 1; n <= 3 && n <= at; n++) {
        uint64_t classes = classes_at(w, at - n);
        if (classes & DLN_TX_BIT(BEGAN))
            return true;
        if (classes & DLN_TX_BIT(STOP))
            return false;
    }
    return false;
}

/* "the 9 November 2020 ceasefire": no preposition before it. */
static bool of_thing(const writing *w, uint32_t i)
{
    uint32_t at = w->found[i].part.begin;
    return at && !(classes_at(w, at - 1) & DLN_TX_BIT(AT))
           && !w->words->at[at - 1].mark;
}

/* The one full date in the sentence of clue `i` that tells a beginning;
 * DLN_NONE when there is none, or another full date beside it. */
static uint32_t beginning_of(const writing *w, uint32_t i, bool after)
{
    uint32_t best = DLN_NONE;
    uint32_t low = i > 4 ? i - 4 : 0, high = i + 5;
    for (uint32_t k = low; k < w->count && k < high; k++) {
        const dln_timex_part *a = &w->found[k < i ? k : i].part;
        const dln_timex_part *b = &w->found[k < i ? i : k].part;
        if (k == i || !together(w, a->end, b->begin)
            || full_days(w, k).start == DLN_NO_DAY)
            continue;
        if (best != DLN_NONE || (after && k < i))
            return DLN_NONE;
        best = k;
    }
    if (best == DLN_NONE || of_beginning(w, best)
        || (after && of_thing(w, best)))
        return best;
    return DLN_NONE;
}

/* The full date beside `i`, with a comma, a bracket, "on", "in" or nothing
 * between. */
static uint32_t beside(const writing *w, uint32_t i)
{
    for (int side = 0; side < 2; side++) {
        if (side ? i + 1 >= w->count : !i)
            continue;
        uint32_t k = side ? i + 1 : i - 1;
        uint32_t from = w->found[side ? i : k].part.end;
        uint32_t to = w->found[side ? k : i].part.begin;
        bool near = together(w, from, to) && to - from <= 2;
        for (uint32_t n = from; n < to && near; n++) {
            int32_t at = 0;
            near = w->words->at[n].mark
                   || (dln_timex__is(w->t, &w->words->at[n], DLN_TX_AT, &at)
                       && at == 1);
        }
        if (near && full_days(w, k).start != DLN_NO_DAY)
            return k;
    }
    return DLN_NONE;
}

/* `day` moved by n units; DLN_NO_DAY when that is no day. */
static int32_t moved(int32_t day, int32_t unit, int32_t n)
{
    dln_ymd d = dln_ymd_of(day);
    int32_t months = d.year * 12 + d.month - 1;
    if (n < 0 || n > 500)
        return DLN_NO_DAY;
    switch (unit) {
    case 'D': return day + n;
    case 'W': return day + 7 * n;
    case 'M': months += n; break;
    case 'Y': months += 12 * n; break;
    default: return DLN_NO_DAY;
    }
    int32_t last = dln_days_in_month(months / 12, months % 12 + 1);
    return dln_day_of(months / 12, months % 12 + 1,
                      d.day < last ? d.day : last);
}

/* The date follows the anniversary it is of. */
void dln_timex__anniversaries(const dln_timex *t, dln_doc *doc,
                              const dln_timex_words *words,
                              dln_timex_found *found, uint32_t count,
                              dln_arena *scratch)
{
    writing w = {t, doc, words, found, count, scratch, DLN_NO_INTERVAL,
                 DLN_NONE, false};
    for (uint32_t i = 0; i < count; i++) {
        if (found[i].rule->op != DLN_TX_OP_ANNIV)
            continue;
        uint32_t date = beginning_of(&w, i, true);
        found[i].of = date == DLN_NONE ? NULL : &found[date];
    }
}

static int32_t half_of(int32_t unit)
{
    return unit == 'Y' ? 183 : unit == 'M' ? 15 : unit == 'W' ? 3 : 0;
}

/* What clue `i` says of the day of writing; none when nothing. */
static dln_interval said_by(const writing *w, uint32_t i)
{
    const dln_timex_found *f = &w->found[i];
    const dln_timex_slots *s = &f->part.slots;
    int32_t unit = s->has & DLN_TX_BIT(UNIT) ? s->at[DLN_TX_UNIT] : 0;
    int32_t n = s->has & DLN_TX_BIT(NUM) ? s->at[DLN_TX_NUM] : 0;
    int32_t before = 0, after = 0;
    uint32_t date = DLN_NONE;
    bool count = s->has & DLN_TX_BIT(CLUE) && s->has & DLN_TX_BIT(ORD);
    if (f->rule->op == DLN_TX_OP_ANNIV) {
        date = f->of ? (uint32_t)(f->of - w->found) : DLN_NONE;
        n = s->at[DLN_TX_ORD];
        unit = 'Y';
        before = after = AROUND;
    } else if (count) {
        date = beginning_of(w, i, false);
        n = s->at[DLN_TX_ORD] - 1;
    } else if (s->has & DLN_TX_BIT(CLUE)) {
        date = beginning_of(w, i, false);
        before = after = half_of(unit);
    } else if (f->rule->op == DLN_TX_OP_SHIFT
               && !(s->has & (DLN_TX_BIT(RUN) | DLN_TX_BIT(VAGUE)))) {
        date = beside(w, i);
        before = after = half_of(unit);
    } else if (f->rule->op == DLN_TX_OP_CAL && s->has & DLN_TX_BIT(OFFSET)
               && !(s->has & DLN_TX_BIT(RUN))) {
        date = beside(w, i);
        unit = 'D';
        before = s->at[DLN_TX_OFFSET];
        after = -before;
    }
    if (date == DLN_NONE || f->story)
        return DLN_NO_INTERVAL;
    dln_interval days = full_days(w, date);
    if (unit == 'D' && days.start != days.end)
        return DLN_NO_INTERVAL;
    int32_t start = moved(days.start, unit, n);
    int32_t end = moved(days.end, unit, n + count);
    if (start == DLN_NO_DAY || end == DLN_NO_DAY)
        return DLN_NO_INTERVAL;
    return (dln_interval){start - before, end + after - count,
                          DLN_PREC_UNKNOWN};
}

/* Is there a quotation mark in the paragraph? What is said in it may have
 * been said long ago. */
static bool quoted(const writing *w, uint32_t paragraph)
{
    dln_span span = w->doc->paragraphs.at[paragraph].span;
    dln_str s = dln_str_sub(w->doc->text, span.start, span.end);
    return dln_str_find(s, DLN_STR("\""), 0) < s.len
           || dln_str_find(s, DLN_STR("\xE2\x80\x9C"), 0) < s.len;
}

static void narrow(writing *w, dln_interval by, uint32_t clue)
{
    dln_interval *when = &w->when;
    if (when->start == DLN_NO_DAY) {
        *when = by;
    } else if (by.start > when->end || by.end < when->start) {
        w->against = true;
    } else {
        when->start = by.start > when->start ? by.start : when->start;
        when->end = by.end < when->end ? by.end : when->end;
    }
    w->clue = clue;
}

static dln_precision precision_of(const dln_interval *when)
{
    int32_t days = when->end - when->start + 1;
    return days == 1 ? DLN_PREC_DAY : days <= 7 ? DLN_PREC_WEEK
           : days <= 31 ? DLN_PREC_MONTH : days <= 92 ? DLN_PREC_SEASON
                                                      : DLN_PREC_YEAR;
}

/* Clues in `w`, and the last day told as past and the first to come. */
static void read_clues(writing *w, int32_t *past, int32_t *coming)
{
    uint32_t paragraph = 0;
    bool quotes = w->doc->paragraphs.count && quoted(w, 0);
    for (uint32_t i = 0; i < w->count; i++) {
        const dln_timex_found *f = &w->found[i];
        uint32_t start = w->words->at[f->part.begin].start;
        while (paragraph + 1 < w->doc->paragraphs.count
               && w->doc->paragraphs.at[paragraph].span.end <= start)
            quotes = quoted(w, ++paragraph);
        dln_interval said = said_by(w, i);
        if (said.start != DLN_NO_DAY && !quotes
            && (paragraph < LEAD
                || (f->rule->op != DLN_TX_OP_ANNIV
                    && !(f->part.slots.has & DLN_TX_BIT(CLUE)))))
            narrow(w, said, i);
        dln_interval days = full_days(w, i);
        if (days.start == DLN_NO_DAY)
            continue;
        if (f->told && (*past == DLN_NO_DAY || days.start > *past))
            *past = days.start;
        if (f->certain && !quotes
            && (*coming == DLN_NO_DAY || days.end < *coming))
            *coming = days.end;
    }
}

void dln_timex__date_report(const dln_timex *t, dln_doc *doc,
                            const dln_timex_words *words,
                            const dln_timex_found *found, uint32_t count,
                            dln_arena *scratch)
{
    writing w = {t, doc, words, found, count, scratch, DLN_NO_INTERVAL,
                 DLN_NONE, false};
    int32_t past = DLN_NO_DAY, coming = DLN_NO_DAY;
    if (!count || found[0].story == DLN_STORY_TEXT)
        return;
    read_clues(&w, &past, &coming);
    if (w.against)
        return;
    bool clue = w.when.start != DLN_NO_DAY;
    if (!clue && past != DLN_NO_DAY && coming != DLN_NO_DAY
        && coming >= past && coming - past < BOUNDS)
        w.when = (dln_interval){past, coming, DLN_PREC_UNKNOWN};
    if (w.when.start == DLN_NO_DAY)
        return;
    if (past != DLN_NO_DAY && past > w.when.start)
        w.when.start = past;
    if (coming != DLN_NO_DAY && coming < w.when.end)
        w.when.end = coming;
    if (w.when.end < w.when.start || w.when.end - w.when.start >= WIDEST)
        return;
    w.when.precision = precision_of(&w.when);
    doc->published = w.when;
    doc->published_basis = DLN_BASIS_INFERRED;
    char from[11], to[11];
    dln_day_text(from, w.when.start);
    dln_day_text(to, w.when.end);
    dln_span span = DLN_NO_SPAN;
    if (clue) {
        span = (dln_span){words->at[found[w.clue].part.begin].start,
                          words->at[found[w.clue].part.end - 1].end};
        doc->published_text = dln_doc_str(doc, span);
    }
    dln_doc_note(doc, "timex", DLN_NOTE_INFO, span,
                 "written between %s and %s, by %s", from, to,
                 clue ? "what the words say of a date in the text"
                      : "the last day told as past and the first to come");
}
