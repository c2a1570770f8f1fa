/* SPDX-License-Identifier: Apache-2.0 */
/*
 * measure: a number → a draft: is it a figure at all, how is it bounded,
 * what does it count?
 *
 * Refused are numbers that name something: years, dates, clock times, ages
 * set between commas, scores, telephone numbers, addresses, "Category 4",
 * "iPhone 11", "one another". Bounds stand before ("more than") or behind
 * ("or more") and are data (figure-bounds). The counted noun is the last
 * noun of the run of adjectives and nouns behind the number; without tags,
 * the first listed noun of people or plural.
 */
#include <math.h>

#include "figures/figures_p.h"

#define NOUN_REACH 8u

static bool marked(const dln_figwork *w, uint32_t i, const char *kind)
{
    return dln_figures__mark(w, i, kind);
}

static bool function_word(const dln_figwork *w, uint32_t i)
{
    static const char *const kinds[] = {"prep", "aux", "subord", "article",
                                        "bridge", "stop"};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (marked(w, i, kinds[k]))
            return true;
    return false;
}

static const dln_row *people_row(const dln_figwork *w, uint32_t i)
{
    return i < w->count && w->atoms[i].word.len
               ? dln_table_find(w->f->people, w->atoms[i].word) : NULL;
}

static bool plural(const dln_figwork *w, uint32_t i)
{
    unsigned xpos = dln_figures__xpos(w, i);
    dln_str word = dln_atom_word(w, i);
    if (xpos == DLN_XPOS_NNS || xpos == DLN_XPOS_NNPS || people_row(w, i))
        return true;
    return (xpos == DLN_XPOS_NONE || xpos == DLN_XPOS_NNP) && word.len > 3
           && dln_str_ends(word, DLN_STR("s"))
           && !dln_str_ends(word, DLN_STR("ss"));
}

/* May atom i stand in the noun phrase behind a number? */
static bool in_phrase(const dln_figwork *w, uint32_t i)
{
    const dln_atom *atom = &w->atoms[i];
    if (atom->kind == DLN_ATOM_MARK)
        return atom->glued && (dln_str_is(atom->word, "-")
                               || dln_str_is(atom->word, "'"))
               && i + 1 < w->count && w->atoms[i + 1].glued;
    if (atom->kind != DLN_ATOM_WORD)
        return false;
    if (people_row(w, i) && dln_figures__upos(w, i) != DLN_UPOS_VERB)
        return true;
    if (function_word(w, i)
        || (atom->upper && (marked(w, i, "weekday")
                            || marked(w, i, "month"))))
        return false;
    switch (dln_figures__upos(w, i)) {
    case DLN_UPOS_ADJ:
    case DLN_UPOS_NOUN:
    case DLN_UPOS_PROPN:
        return true;
    case DLN_UPOS_OTHER:
        return true;
    case DLN_UPOS_PART:
        return dln_figures__xpos(w, i) == DLN_XPOS_POS;
    case DLN_UPOS_ADV:
    case DLN_UPOS_VERB:
    case DLN_UPOS_NUM: {
        unsigned next = dln_figures__upos(w, i + 1);
        unsigned xpos = dln_figures__xpos(w, i);
        return (next == DLN_UPOS_NOUN || next == DLN_UPOS_ADJ
                || next == DLN_UPOS_PROPN)
               && (xpos == DLN_XPOS_VBN || xpos == DLN_XPOS_VBG
                   || xpos == DLN_XPOS_RB || xpos == DLN_XPOS_CD)
               && !marked(w, i, "aux");
    }
    default:
        return false;
    }
}

uint32_t dln_figures__noun(const dln_figwork *w, uint32_t i, uint32_t *end)
{
    uint32_t head = DLN_NONE, at = i, person = DLN_NONE;
    if (dln_atom_is(w, at, "-"))
        at++;
    *end = i;
    if (dln_atom_is(w, at, "of")) {
        if (marked(w, at + 1, "pronoun"))
            return DLN_NONE;
        at++;
        while (marked(w, at, "article"))
            at++;
    }
    while (marked(w, at, "mod"))
        at++;
    uint32_t stop = at + NOUN_REACH;
    for (; at < w->count && at < stop && in_phrase(w, at); at++) {
        unsigned upos = dln_figures__upos(w, at);
        if (w->atoms[at].kind != DLN_ATOM_WORD)
            continue;
        if (person != DLN_NONE && !people_row(w, at)
            && upos == DLN_UPOS_OTHER)
            break;
        if (people_row(w, at))
            person = at;
        if (upos == DLN_UPOS_NOUN || upos == DLN_UPOS_PROPN
            || people_row(w, at)) {
            head = at;
        } else if (upos == DLN_UPOS_OTHER) {
            head = at;
            if (plural(w, at) && !people_row(w, at + 1))
                break;
        }
    }
    if (head != DLN_NONE)
        *end = head + 1;
    return head;
}

/* ---- what is no figure ---- */

static bool inside_date(const dln_figwork *w, const dln_numeral *n,
                        const dln_draft *d)
{
    dln_span span = w->atoms[n->begin].span;
    if ((n->unit && !dln_str_is(n->unit->field[2], "duration"))
        || (d->bound && d->noun != DLN_NONE && plural(w, d->noun)))
        return false;
    uint32_t lo = 0, hi = w->doc->times.count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (w->doc->times.at[mid].span.end <= span.start)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == w->doc->times.count)
        return false;
    const dln_time *time = &w->doc->times.at[lo];
    return time->span.start <= span.start
           && (time->type == DLN_TIME_DATE || time->type == DLN_TIME_TIME);
}

/* Digits that are part of an address of the net. */
static bool in_link(const dln_figwork *w, const dln_atom *atom)
{
    if (atom->token == DLN_NONE)
        return false;
    dln_str s = dln_token_str(w->doc, atom->token);
    if (s.len < 5)
        return false;
    return dln_str_find(s, DLN_STR("://"), 0) < s.len
           || dln_str_find(s, DLN_STR("www."), 0) < s.len
           || dln_str_find(s, DLN_STR("@"), 0) < s.len;
}

static bool digits_at(const dln_figwork *w, uint32_t i)
{
    return i < w->count && (w->atoms[i].kind == DLN_ATOM_DIGITS
                            || w->atoms[i].kind == DLN_ATOM_JUNK);
}

/* Clock times, dates, scores, telephone numbers, codes. */
static bool is_code(const dln_figwork *w, const dln_numeral *n)
{
    uint32_t b = n->begin, e = n->end;
    const dln_atom *before = b ? &w->atoms[b - 1] : NULL;
    if (before && w->atoms[b].glued) {
        bool dash = dln_str_is(before->word, "-");
        /* RM23.50 is money of some kind, A2 is a name. */
        bool money = before->kind == DLN_ATOM_WORD && before->upper
                     && before->word.len <= 3 && w->atoms[b].point;
        if ((before->kind == DLN_ATOM_WORD && !money)
            || digits_at(w, b - 1) || dln_str_is(before->word, "×")
            || dln_str_is(before->word, "#") || dln_str_is(before->word, ":"))
            return true;
        if (dash && b > 1 && w->atoms[b - 2].upper
            && w->atoms[b - 2].kind == DLN_ATOM_WORD)
            return true;
        if ((dash || dln_str_is(before->word, "/")) && before->glued && b > 1
            && (w->atoms[b - 2].kind == DLN_ATOM_WORD
                || digits_at(w, b - 2))
            && !dln_str_is(w->atoms[b - 2].word, "sub"))
            return true;
    }
    if (e >= w->count)
        return false;
    const dln_atom *behind = &w->atoms[e];
    if (marked(w, e, "clock"))
        return true;
    if (dln_str_is(behind->word, ")") && digits_at(w, e + 1)
        && dln_atom_is(w, e + 2, "-"))
        return true;
    if (!behind->glued || n->unit)
        return false;
    if (behind->kind == DLN_ATOM_WORD)
        return true;
    return (dln_str_is(behind->word, ":") || dln_str_is(behind->word, "-")
            || dln_str_is(behind->word, "/"))
           && digits_at(w, e + 1) && w->atoms[e + 1].glued;
}

static bool near_month(const dln_figwork *w, const dln_numeral *n)
{
    uint32_t b = n->begin, e = n->end;
    if (b && dln_atom_is(w, b - 1, "."))
        b--;
    if (b && marked(w, b - 1, "month") && w->atoms[b - 1].upper)
        return true;
    return marked(w, e, "month") && w->atoms[e].upper;
}

static bool is_year(const dln_figwork *w, const dln_numeral *n,
                    const dln_draft *d)
{
    const dln_atom *atom = &w->atoms[n->begin];
    if (n->scaled || n->unit || n->worded || atom->comma || atom->point
        || n->low < 1000 || n->high > 2150 || n->low != floor(n->low))
        return false;
    if (d->noun == DLN_NONE || !plural(w, d->noun))
        return !d->bound;
    if (d->bound)
        return false;
    if (n->begin && marked(w, n->begin - 1, "yearcue"))
        return true;
    return n->low >= 1900 && n->high <= 2100 && !d->people;
}

/* Part of a name or address, or a label: Fortune 100, 9 Elm Street. */
static bool is_name(const dln_figwork *w, const dln_numeral *n,
                    const dln_draft *d)
{
    uint32_t b = n->begin, e = n->end;
    bool named = b && !n->worded && w->atoms[b - 1].upper
                 && dln_figures__upos(w, b - 1) == DLN_UPOS_PROPN;
    bool counts = n->unit || n->scaled || d->people
                  || w->atoms[b].point || w->atoms[b].comma
                  || (d->noun != DLN_NONE && plural(w, d->noun) && !named);
    for (uint32_t k = e; k < e + 4 && k < w->count; k++) {
        if (!w->atoms[k].upper && !digits_at(w, k))
            break;
        if (marked(w, k, "street") && w->atoms[k].upper && !n->unit)
            return true;
    }
    if (dln_atom_is(w, e, "block") || dln_atom_is(w, e + 1, "block"))
        return true;
    if (counts || n->range)
        return false;
    if (b && (marked(w, b - 1, "label")
              || (b > 1 && dln_atom_is(w, b - 1, ".")
                  && dln_atom_is(w, b - 2, "no"))))
        return true;
    if (b && w->atoms[b - 1].upper && w->atoms[b - 1].kind == DLN_ATOM_WORD
        && !d->bound
        && (b > 1 || dln_figures__upos(w, b - 1) == DLN_UPOS_PROPN))
        return true;
    return e < w->count && w->atoms[e].upper && !n->worded
           && w->atoms[e].kind == DLN_ATOM_WORD;
}

/* Is atom i a person of some age: a name, "Jr.", "a man", "two women"? */
static bool may_be_aged(const dln_figwork *w, uint32_t i)
{
    const dln_row *who = people_row(w, i);
    if (dln_atom_is(w, i, ".") && i > 0)
        i--;
    return w->atoms[i].upper || marked(w, i, "increment")
           || dln_atom_is(w, i, "other")
           || (who && !dln_str_is(who->field[1], "animal")
               && !dln_str_is(who->field[3], "killed")
               && !dln_str_is(who->field[3], "wounded"));
}

/* End of "25 and 30", "16, 17 and 21" that begins at atom i. */
static uint32_t numbers_end(const dln_figwork *w, uint32_t i)
{
    uint32_t end = i;
    for (uint32_t k = i; k < w->count && k < i + 12; k++) {
        if (w->atoms[k].kind == DLN_ATOM_DIGITS && w->atoms[k].value <= 120)
            end = k + 1;
        else if (!dln_atom_is(w, k, ",") && !dln_atom_is(w, k, "and")
                 && !dln_atom_is(w, k, "-"))
            break;
    }
    return end;
}

/* "Smith, 65, said"; "Smith, 27."; "two men, 25 and 30, were"; "boys, 16
 * and 17 years old". */
static bool is_age(const dln_figwork *w, const dln_numeral *n)
{
    uint32_t b = n->begin, e = n->end;
    if (n->high > 120 || n->unit || n->worded || b < 2)
        return false;
    uint32_t end = numbers_end(w, b);
    if (end > e && !n->range) {
        uint32_t unit = end + (dln_atom_is(w, end, "-") ? 1 : 0);
        uint32_t old = unit + (dln_atom_is(w, unit + 1, "-") ? 2 : 1);
        if (marked(w, unit, "ageunit")
            && (dln_atom_is(w, old, "old") || dln_atom_is(w, old, "olds")))
            return true;
    }
    while (b > 2 && n->begin - b < 12
           && (w->atoms[b - 1].kind == DLN_ATOM_DIGITS
               || dln_atom_is(w, b - 1, "and")
               || (dln_atom_is(w, b - 1, ",")
                   && w->atoms[b - 2].kind == DLN_ATOM_DIGITS)))
        b--;
    if (b < 2 || !dln_atom_is(w, b - 1, ",") || (n->range && end != e)
        || (n->range && !marked(w, n->begin + 1, "bridge")))
        return false;
    bool list = end > e || b < n->begin;
    bool closed = end >= w->count || marked(w, end, "ageclose");
    bool from = !list && (dln_atom_is(w, end, "of")
                          || dln_atom_is(w, end, "from"))
                && w->atoms[b - 2].upper;
    return (closed || from) && may_be_aged(w, b - 2);
}

/* The word "one" where it counts nothing. */
static bool is_pronoun(const dln_figwork *w, const dln_numeral *n,
                       const dln_draft *d)
{
    unsigned xpos = dln_figures__xpos(w, n->begin);
    if (!n->bare_one)
        return false;
    if (n->end < w->count && w->atoms[n->end].kind == DLN_ATOM_DIGITS)
        return true;
    if (n->unit)
        return marked(w, n->end - 1, "oneafter") && !d->bound;
    bool of = dln_atom_is(w, n->end, "of");
    if (((xpos == DLN_XPOS_PRP || xpos == DLN_XPOS_NN)
         && d->noun == DLN_NONE && !of)
        || (n->begin && marked(w, n->begin - 1, "onebefore"))
        || marked(w, n->end, "oneafter"))
        return true;
    return d->noun == DLN_NONE && !of && xpos != DLN_XPOS_CD;
}

static bool refused(const dln_figwork *w, const dln_numeral *n,
                    const dln_draft *d)
{
    const dln_atom *atom = &w->atoms[n->begin];
    if (in_link(w, atom))
        return true;
    if (n->money)
        return false;
    if (n->worded) {
        bool name = atom->upper && n->begin > 0 && n->end < w->count
                    && w->atoms[n->end].upper && !d->people
                    && w->atoms[n->begin - 1].kind == DLN_ATOM_WORD;
        if (dln_str_is(atom->word, "both") && !d->people)
            return true;
        return name || is_pronoun(w, n, d) || is_name(w, n, d)
               || inside_date(w, n, d);
    }
    if (n->begin == 0 && !n->unit
        && (dln_atom_is(w, n->end, ")")
            || (dln_atom_is(w, n->end, ".") && n->end + 1 < w->count)))
        return true;
    return is_code(w, n) || near_month(w, n) || is_year(w, n, d)
           || is_name(w, n, d) || is_age(w, n)
           || inside_date(w, n, d);
}

/* ---- bounds ---- */

static const dln_row *placed(const dln_table *table, const dln_row *row,
                             const char *place)
{
    while (row && !dln_str_is(row->field[1], place))
        row = row->next == DLN_NONE ? NULL : &table->rows[row->next];
    return row;
}

static void find_noun(const dln_figwork *w, dln_draft *d, uint32_t from)
{
    uint32_t end;
    d->noun = dln_figures__noun(w, from, &end);
    if (d->noun != DLN_NONE) {
        d->end = end;
        d->people = people_row(w, d->noun);
    }
}

static void find_bound(const dln_figwork *w, dln_draft *d)
{
    uint32_t at = d->begin, edge = at;
    bool increment = false;
    for (int steps = 0; steps < 3 && at > 0; steps++) {
        const dln_row *row = placed(
            w->f->bounds,
            dln_figures__phrase_to(w, w->f->bounds, at, &edge), "before");
        if (row) {
            d->bound = row;
            d->begin = edge;
            return;
        }
        bool more = marked(w, at - 1, "increment");
        bool article = dln_atom_is(w, at - 1, "a")
                       || dln_atom_is(w, at - 1, "an");
        if (!more && !article)
            break;
        at--;
        increment |= more;
        if (increment)
            d->begin = at;
    }
    uint32_t ends[2] = {d->n.end, d->end};
    for (int k = 0; k < 2; k++) {
        if (ends[k] >= w->count)
            continue;
        const dln_row *row = placed(
            w->f->bounds,
            dln_figures__phrase_from(w, w->f->bounds, ends[k], &edge),
            "behind");
        if (row && !w->atoms[ends[k]].upper && !dln_atom_is(w, edge, "than")
            && (w->atoms[ends[k]].kind == DLN_ATOM_WORD
                || w->atoms[ends[k]].glued)) {
            d->bound = row;
            if (edge > d->end)
                d->end = edge;
            /* "a dozen or more militants" */
            if (d->noun == DLN_NONE && !d->n.unit && !d->n.money)
                find_noun(w, d, edge);
            return;
        }
    }
}

static void set_relation(dln_draft *d)
{
    dln_numeral *n = &d->n;
    d->relation = d->bound ? dln_relation_of(d->bound->field[2])
                           : DLN_RELATION_EXACTLY;
    if (d->relation >= DLN_RELATION_COUNT)
        d->relation = DLN_RELATION_EXACTLY;
    bool open = d->relation != DLN_RELATION_EXACTLY
                && d->relation != DLN_RELATION_ABOUT;
    if (n->low < n->high && !(n->vague && open))
        d->relation = DLN_RELATION_BETWEEN;
    switch (d->relation) {
    case DLN_RELATION_MORE_THAN:
    case DLN_RELATION_AT_LEAST:
        n->high = NAN;
        break;
    case DLN_RELATION_LESS_THAN:
    case DLN_RELATION_AT_MOST:
        n->low = NAN;
        break;
    default:
        break;
    }
}

/* "aged 16, 17 and 21", "over the age of 21". */
static bool aged(const dln_figwork *w, uint32_t i)
{
    uint32_t floor = i > 12 ? i - 12 : 0;
    while (i-- > floor) {
        if (marked(w, i, "agecue"))
            return true;
        if (w->atoms[i].kind != DLN_ATOM_DIGITS && !marked(w, i, "bridge")
            && !dln_atom_is(w, i, "of") && !dln_atom_is(w, i, "-"))
            return false;
    }
    return false;
}

/* "in his 20's", "children under 15", "who recently turned 16". */
static bool lifetime(const dln_figwork *w, const dln_numeral *n)
{
    uint32_t b = n->begin;
    if (n->worded || n->high > 120 || b < 2)
        return false;
    bool decade = dln_atom_is(w, n->end, "s") || dln_atom_is(w, n->end, "'");
    if (dln_atom_is(w, b - 2, "in") && decade)
        return marked(w, b - 1, "article");
    bool over = dln_atom_is(w, b - 1, "under") || dln_atom_is(w, b - 1, "over");
    return ((over && people_row(w, b - 2)) || marked(w, b - 1, "ageverb"))
           && (n->end >= w->count || function_word(w, n->end));
}

/* "-year-old", "years of age". */
static bool old_behind(const dln_figwork *w, uint32_t i)
{
    uint32_t at = i + (dln_atom_is(w, i, "-") ? 1 : 0);
    return dln_atom_is(w, at, "old") || dln_atom_is(w, at, "olds")
           || (dln_atom_is(w, at, "of") && dln_atom_is(w, at + 1, "age"));
}

bool dln_figures__measure(const dln_figwork *w, const dln_numeral *n,
                          dln_draft *d)
{
    *d = (dln_draft){.n = *n, .begin = n->begin, .end = n->end,
                     .noun = DLN_NONE, .quantity = DLN_QTY_OTHER};
    if (n->unit || n->money)
        d->age = n->unit && old_behind(w, n->end)
                 && dln_str_is(n->unit->field[2], "duration");
    else if (aged(w, n->begin) || lifetime(w, n))
        d->age = true;
    else
        find_noun(w, d, n->end);
    find_bound(w, d);
    const dln_draft *last = w->draft_count ? &w->drafts[w->draft_count - 1]
                                           : NULL;
    /* "under 10 miles (16 km)": the same said in another unit. */
    if (!d->bound && last && last->end + 1 == n->begin
        && (n->unit || n->money)
        && (last->n.unit || last->n.money)
        && (dln_atom_is(w, last->end, "(")
            || dln_atom_is(w, last->end, "/")))
        d->bound = last->bound;
    if (d->begin == n->begin && n->range && n->begin
        && (dln_atom_is(w, n->begin - 1, "between")
            || dln_atom_is(w, n->begin - 1, "from")))
        d->begin--;
    if (refused(w, n, d))
        return false;
    d->preposed = d->begin > 0 && marked(w, d->begin - 1, "prep");
    set_relation(d);
    return true;
}
