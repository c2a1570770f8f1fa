/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numeral: atoms → numbers, ranges of two numbers, their unit or currency.
 *
 *     number  := [minus] digits [fraction] [scale...] | worded | plural
 *     worded  := ["a"] (unit | tens ["-" unit]) [scale] ["and"] worded ...
 *     plural  := ("dozens" | "tens of thousands" | "several hundred")
 *     share   := "half" | "a third" | "two thirds" | "one in five" | 1/16
 *     money   := currency number | number currency
 *     range   := money ("-" | "to") money, "between" x "and" y, x "or" y
 *
 * The words are data (figure-numbers, figure-units). A scale said once
 * covers a range ("33-35 billion"). An indefinite plural is a range of one
 * order of magnitude by convention ("dozens": 12 to 120), as in Almasian et
 * al., CQE (2023). Limits: 999 trillion; no roman numerals.
 */
#include <math.h>
#include <stdlib.h>

#include "figures/figures_p.h"

#define MAX_VALUE 1e15

static const dln_row *number_row(const dln_figwork *w, uint32_t i,
                                 const char *kind)
{
    if (i >= w->count || w->atoms[i].kind != DLN_ATOM_WORD)
        return NULL;
    const dln_row *row = dln_table_find(w->f->numbers, w->atoms[i].word);
    return row && (!kind || dln_str_is(row->field[1], kind)) ? row : NULL;
}

static double field_value(const dln_row *row, uint32_t field)
{
    dln_str s = dln_row_field(row, field);
    char text[32];
    if (!s.len || s.len >= sizeof text)
        return 0;
    memcpy(text, s.data, s.len);
    text[s.len] = '\0';
    return strtod(text, NULL);
}

static bool dash_at(const dln_figwork *w, uint32_t i)
{
    return dln_atom_is(w, i, "-") && w->atoms[i].glued;
}

/* Scales behind a number: "million", "hundred thousand", glued "bn", "k".
 * `money`: a lower "m" means million. */
static uint32_t read_scale(const dln_figwork *w, uint32_t i, dln_numeral *n,
                           bool money)
{
    for (int more = 0; more < 2; more++) {
        uint32_t at = i + (dash_at(w, i) ? 1 : 0);
        const dln_row *row = number_row(w, at, "scale");
        if (!row && at == i && i < w->count && w->atoms[i].glued
            && (row = number_row(w, i, "glued"))) {
            bool m = dln_str_is(row->field[0], "m")
                     || dln_str_is(row->field[0], "t")
                     || dln_str_is(row->field[0], "b");
            if (m && !money && !w->atoms[i].upper)
                row = NULL;
        }
        if (!row)
            break;
        n->scale *= field_value(row, 2);
        n->scaled = true;
        i = at + 1;
    }
    return i;
}

/* 1/16, 3/4: glued, a small denominator of measures. 0 for none. */
static uint32_t read_ratio(const dln_figwork *w, uint32_t i, double *value)
{
    if (i + 2 >= w->count || !dln_atom_is(w, i + 1, "/")
        || !w->atoms[i + 1].glued || !w->atoms[i + 2].glued
        || w->atoms[i].kind != DLN_ATOM_DIGITS
        || w->atoms[i + 2].kind != DLN_ATOM_DIGITS
        || dln_atom_is(w, i + 3, "/"))
        return 0;
    double a = w->atoms[i].value, b = w->atoms[i + 2].value;
    static const int fine[] = {2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 128};
    for (size_t k = 0; k < sizeof fine / sizeof *fine; k++) {
        if (b == fine[k] && a < b && a > 0) {
            *value = a / b;
            return i + 3;
        }
    }
    return 0;
}

static uint32_t read_digits(const dln_figwork *w, uint32_t i, dln_numeral *n,
                            bool money)
{
    double part;
    uint32_t at = read_ratio(w, i, &part);
    n->mantissa = at ? part : w->atoms[i].value;
    n->fraction = at != 0;
    if (!at) {
        at = i + 1;
        uint32_t next = at + (dash_at(w, at) ? 1 : 0);
        uint32_t behind = read_ratio(w, next, &part);
        if (!behind && at < w->count
            && w->atoms[at].kind == DLN_ATOM_DIGITS && w->atoms[at].glued
            && w->atoms[at].point) {
            part = w->atoms[at].value;      /* 2½ */
            behind = at + 1;
        }
        if (behind && !w->atoms[i].point) {
            n->mantissa += part;
            at = behind;
        }
    }
    return read_scale(w, at, n, money);
}

/* "dozens", "tens of thousands", "several hundred". */
static uint32_t read_plural(const dln_figwork *w, uint32_t i, dln_numeral *n)
{
    const dln_row *row = number_row(w, i, "plural"), *next;
    if (row) {
        n->low = field_value(row, 2);
        n->high = field_value(row, 3);
        i++;
        /* "hundreds of thousands of millions" is as far as it goes. */
        for (int more = 0; more < 2 && dln_atom_is(w, i, "of")
             && (next = number_row(w, i + 1, "plural")); more++) {
            n->low *= field_value(next, 2);
            n->high = n->low * 10;
            i += 2;
        }
    } else if ((row = number_row(w, i, "times"))
               && (next = number_row(w, i + 1, "scale"))) {
        n->low = field_value(row, 2) * field_value(next, 2);
        n->high = field_value(row, 3) * field_value(next, 2);
        i += 2;
    } else {
        return 0;
    }
    n->vague = n->worded = n->scaled = true;
    return i;
}

/* One group below a scale: "two hundred and fifty-three". */
static uint32_t read_group(const dln_figwork *w, uint32_t i, double *value)
{
    const dln_row *row;
    double group = 0;
    uint32_t at = i;
    bool tens = false, any = false;
    for (;;) {
        uint32_t next = at;
        if (any && (dln_atom_is(w, at, "and") || dash_at(w, at)))
            next++;
        if ((row = number_row(w, next, "tens"))) {
            if (tens || (any && fmod(group, 100) > 0)
                || (any && group < 100))
                break;
            tens = true;
        } else if ((row = number_row(w, next, "unit"))) {
            double v = field_value(row, 2);
            bool joined = tens && v > 0 && v < 10
                          && !dln_atom_is(w, at, "and");
            bool behind = !tens && group >= 100 && v > 0;
            if (any && !joined && !behind)
                break;
            group += v;
            at = next + 1;
            any = true;
            if (!dln_atom_is(w, at, "hundred"))
                break;
            group *= 100;
            at++;
            continue;
        } else {
            break;
        }
        group += field_value(row, 2);
        at = next + 1;
        any = true;
    }
    *value = group;
    return any ? at : 0;
}

static uint32_t read_worded(const dln_figwork *w, uint32_t i, dln_numeral *n)
{
    double total = 0, group = 0, smallest = INFINITY;
    uint32_t at = i;
    for (int rounds = 0; rounds < 4; rounds++) {
        uint32_t next = at;
        if (rounds && dln_atom_is(w, at, "and"))
            next++;
        uint32_t behind = read_group(w, next, &group);
        if (!behind && !rounds
            && (dln_atom_is(w, i, "a") || dln_atom_is(w, i, "an"))
            && number_row(w, i + 1, "scale")) {
            group = 1;
            behind = i + 1;
        }
        if (!behind)
            break;
        if (dln_atom_is(w, behind, "and") && dln_atom_is(w, behind + 1, "a")
            && dln_atom_is(w, behind + 2, "half")) {
            group += 0.5;
            behind += 3;
        }
        dln_numeral scaled = {.scale = 1};
        uint32_t end = read_scale(w, behind, &scaled, false);
        if (scaled.scale >= smallest)
            break;
        total += group * scaled.scale;
        n->scaled |= scaled.scaled;
        at = end;
        smallest = scaled.scale;
        if (smallest <= 1)
            break;
    }
    if (at == i)
        return 0;
    n->worded = true;
    n->mantissa = total;
    n->bare_one = at == i + 1 && total == 1;
    return at;
}

/* "half", "half a million", "a third", "two thirds", "one in five". */
static uint32_t read_share(const dln_figwork *w, uint32_t i, dln_numeral *n)
{
    const dln_row *row;
    double count = 1;
    uint32_t at = i;
    n->worded = true;
    if (dln_atom_is(w, at, "half") || (dln_atom_is(w, at, "a")
                                       && dln_atom_is(w, at + 1, "half"))) {
        at += dln_atom_is(w, at, "a") ? 2 : 1;
        uint32_t next = at + (dln_atom_is(w, at, "a") ? 1 : 0);
        n->mantissa = 0.5;
        if (dash_at(w, next))
            next++;
        if (number_row(w, next, "scale"))
            return read_scale(w, next, n, false);
        n->fraction = true;
        bool of = dln_atom_is(w, at, "of") || dln_atom_is(w, at, "the")
                  || dln_atom_is(w, at, "its") || dln_atom_is(w, at, "their");
        return of ? at : 0;
    }
    if (dln_atom_is(w, i, "a"))
        at++;
    else if (!(at = read_group(w, i, &count)))
        return 0;
    if (dash_at(w, at))
        at++;
    if ((row = number_row(w, at, "part"))) {
        n->mantissa = count * field_value(row, 2);
        n->fraction = true;
        bool ends = dln_str_ends(w->atoms[at].word, DLN_STR("s"));
        return n->mantissa <= 1 && (ends || dln_atom_is(w, at + 1, "of"))
                   ? at + 1 : 0;
    }
    /* one in five, one out of three */
    double whole = 0;
    uint32_t in = dln_atom_is(w, at, "in") ? at + 1
                  : dln_atom_is(w, at, "out")
                            && dln_atom_is(w, at + 1, "of") ? at + 2 : 0;
    uint32_t end = in ? read_group(w, in, &whole) : 0;
    if (!end || whole <= count || whole > 20 || count < 1
        || (w->atoms[in - 1].word.len == 2
            && dln_str_is(w->atoms[in - 1].word, "in") && count > 9))
        return 0;
    n->mantissa = count / whole;
    n->fraction = true;
    return end;
}

/* "a couple of", "a pair of", "both". */
static uint32_t read_pair(const dln_figwork *w, uint32_t i, dln_numeral *n)
{
    uint32_t at = i + (dln_atom_is(w, i, "a") ? 1 : 0);
    const dln_row *row = number_row(w, at, "pair");
    if (row && at > i && dln_atom_is(w, at + 1, "of"))
        at += 2;
    else if ((row = number_row(w, i, "both")))
        at = i + 1;
    else
        return 0;
    n->mantissa = field_value(row, 2);
    n->worded = true;
    return at;
}

/* One number, no currency, no range; its end, or 0. */
static uint32_t read_number(const dln_figwork *w, uint32_t i, dln_numeral *n,
                            bool money)
{
    static uint32_t (*const worded[])(const dln_figwork *, uint32_t,
                                      dln_numeral *) = {
        read_plural, read_share, read_pair, read_worded};
    uint32_t at = i, end = 0;
    bool minus = false;
    if (at + 1 < w->count
        && (dln_atom_is(w, at, "minus")
            || (dln_atom_is(w, at, "-") && w->atoms[at + 1].glued
                && w->atoms[at + 1].kind == DLN_ATOM_DIGITS
                && (at == 0 || !w->atoms[at - 1].upper || money)
                && (!w->atoms[at].glued || money)))) {
        minus = true;
        at++;
        if (dash_at(w, at))
            at++;
    }
    if (at >= w->count)
        return 0;
    dln_numeral one = {.scale = 1, .begin = i};
    if (w->atoms[at].kind == DLN_ATOM_DIGITS)
        end = read_digits(w, at, &one, money);
    for (size_t k = 0; !end && k < sizeof worded / sizeof *worded
                       && w->atoms[at].kind == DLN_ATOM_WORD; k++) {
        one = (dln_numeral){.scale = 1, .begin = i};
        end = worded[k](w, at, &one);
    }
    if (!end)
        return 0;
    one.end = end;
    if (!one.vague)
        one.low = one.high = one.mantissa * one.scale;
    if (minus)
        one.low = one.high = -one.high;
    if (!(one.high <= MAX_VALUE))
        return 0;
    *n = one;
    return end;
}

static bool place_fits(const dln_row *row, const char *place)
{
    return dln_str_is(row->field[3], place)
           || dln_str_is(row->field[3], "both");
}

/* Currency at i, before a number: its end, or 0. */
static uint32_t read_currency(const dln_figwork *w, uint32_t i,
                              const dln_row **row)
{
    uint32_t end = 0;
    *row = dln_figures__phrase_from(w, w->f->units, i, &end);
    /* "a $5 fine" is no Australian dollar. */
    if (*row && end == i + 2 && w->atoms[i].word.len == 1
        && !w->atoms[i + 1].glued) {
        *row = NULL;
    }
    if (!*row || !place_fits(*row, "before")
        || !dln_str_is((*row)->field[2], "money") || end >= w->count)
        return 0;
    bool word = w->atoms[end - 1].kind == DLN_ATOM_WORD;
    bool digits = w->atoms[end].kind == DLN_ATOM_DIGITS
                  || dln_atom_is(w, end, "-");
    return digits || (!word && number_row(w, end, NULL)) ? end : 0;
}

/* Unit behind a number at i; its end, or i. A one-letter unit must be
 * written onto the number. */
static uint32_t read_unit(const dln_figwork *w, uint32_t i,
                          const dln_row **row)
{
    uint32_t end = i;
    uint32_t at = i + (dash_at(w, i) ? 1 : 0);
    *row = NULL;
    if (at >= w->count)
        return i;
    const dln_row *unit = dln_figures__phrase_from(w, w->f->units, at, &end);
    if (!unit || !place_fits(unit, "behind"))
        return i;
    if (unit->field[0].len == 1 && w->atoms[at].kind == DLN_ATOM_WORD
        && !w->atoms[at].glued && !w->atoms[at].upper)
        return i;
    *row = unit;
    return end;
}

/* A number with its currency and unit; its end, or 0. */
static uint32_t read_amount(const dln_figwork *w, uint32_t i, dln_numeral *n)
{
    const dln_row *money = NULL, *unit = NULL;
    uint32_t at = read_currency(w, i, &money);
    uint32_t end = read_number(w, at ? at : i, n, at != 0);
    if (!end)
        return 0;
    n->begin = i;
    n->money = at ? money : NULL;
    end = read_unit(w, end, &unit);
    if (unit && at && !dln_str_is(unit->field[2], "money")) {
        end = n->end;
        unit = NULL;
    }
    n->unit = unit;
    n->end = end;
    return end;
}

static const dln_row *unit_of(const dln_numeral *n)
{
    return n->money ? n->money : n->unit;
}

static bool same_unit(const dln_row *a, const dln_row *b)
{
    return a && b && dln_str_eq(a->field[1], b->field[1]);
}

/* Are the two numbers one range? The word between them is at `join`. */
static bool joins(const dln_figwork *w, const dln_numeral *a,
                  const dln_numeral *b, uint32_t join)
{
    const dln_row *ua = unit_of(a), *ub = unit_of(b);
    uint32_t before = a->begin;
    bool between = before > 0 && dln_atom_is(w, before - 1, "between");
    bool from = before > 0 && dln_atom_is(w, before - 1, "from");
    if (a->vague || b->vague || (ua && ub && !same_unit(ua, ub)))
        return false;
    if (a->money && !ub && b->low < a->low)
        return false;
    if (dln_atom_is(w, join, "and"))
        return between;
    if (dln_atom_is(w, join, "or"))
        return b->low > a->low && b->low <= a->low * 2 + 2 && !a->bare_one
               && !(ua && !ub);
    if (dln_atom_is(w, join, "-"))
        return (b->mantissa > a->mantissa || b->high > a->high)
               && a->low >= 0;
    /* to */
    if (from || between)
        return true;
    if (ua && before > 0 && dln_figures__mark(w, before - 1, "change"))
        return ub && b->low > a->low && b->low <= 2 * a->low;
    if (ua && !ub)
        return false;
    return b->high > a->high || b->mantissa > a->mantissa;
}

static void join(dln_numeral *a, const dln_numeral *b)
{
    double scale = 1;
    if (b->scaled && !a->scaled && !b->fraction
        && (a->mantissa < b->mantissa
            || (a->mantissa < 1000 && a->mantissa >= b->mantissa
                && !a->money && b->mantissa >= a->mantissa / 10)))
        scale = b->scale;
    double first = a->low * scale;
    a->low = first < b->low ? first : b->low;
    a->high = first < b->high ? b->high : first;
    a->range = a->low < a->high;
    a->scaled |= b->scaled;
    a->worded &= b->worded;
    a->bare_one = false;
    if (!a->unit)
        a->unit = b->unit;
    if (!a->money)
        a->money = b->money;
    a->end = b->end;
}

bool dln_figures__numeral(const dln_figwork *w, uint32_t i, dln_numeral *out)
{
    dln_numeral second;
    if (!read_amount(w, i, out))
        return false;
    uint32_t at = out->end;
    bool dash = dln_atom_is(w, at, "-");
    if (dash && dln_atom_is(w, at + 1, "to"))
        at++;
    if ((dash || dln_atom_is(w, at, "to") || dln_atom_is(w, at, "and")
         || dln_atom_is(w, at, "or"))) {
        uint32_t next = at + 1;
        if (dln_atom_is(w, at, "to") && dash_at(w, next))
            next++;
        if (read_amount(w, next, &second)
            && (w->atoms[next].kind == DLN_ATOM_DIGITS || !dash
                || second.worded)
            && joins(w, out, &second, at))
            join(out, &second);
    }
    return true;
}
