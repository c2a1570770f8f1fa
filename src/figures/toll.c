/* SPDX-License-Identifier: Apache-2.0 */
/*
 * toll: what the parts of one report say together.
 *
 * Somebody who "was shot" counts as wounded until the report tells that he
 * died: then the wound is dropped. Persons told one by one with different
 * ages are added up (at least so many). A toll dated well before the report
 * belongs to another event when it is years old, or when the report also
 * has a toll of its own days; so does one larger than the toll that title
 * and text both tell.
 */
#include <math.h>
#include <stdlib.h>

#include "figures/figures_p.h"

#define BACKGROUND_DAYS 300
#define HISTORY_DAYS 1461       /* four years */
#define MAX_TOLD 512u
#define SUM_REACH 400u          /* bytes between two persons */

static double toll(const dln_figure *f)
{
    return isnan(f->low) ? f->high : f->low;
}

static double largest(const dln_doc *doc, dln_quantity quantity)
{
    double most = 0;
    for (uint32_t i = 0; i < doc->figures.count; i++) {
        const dln_figure *f = &doc->figures.at[i];
        if (f->quantity == quantity && f->scope == DLN_SCOPE_TOTAL
            && toll(f) > most)
            most = toll(f);
    }
    return most;
}

/* Do the nouns of two persons differ in a field ("-" and "" say nothing)? */
static bool differ(const dln_told *a, const dln_told *b, uint32_t field)
{
    dln_str x = a->who ? dln_row_field(a->who, field) : (dln_str){NULL, 0};
    dln_str y = b->who ? dln_row_field(b->who, field) : (dln_str){NULL, 0};
    return x.len && y.len && !dln_str_is(x, "-") && !dln_str_is(y, "-")
           && !dln_str_eq(x, y);
}

static bool same_person(const dln_told *a, const dln_told *b)
{
    if (a->age > 0 && b->age > 0)
        return a->age == b->age;
    return !differ(a, b, 5) && !differ(a, b, 6);
}

/* Does the report tell the death of the one that `weak` tells hurt? */
static bool died(const dln_figwork *w, uint32_t weak, double dead)
{
    const dln_told *hurt = &w->told.at[weak];
    const dln_figure *f = &w->doc->figures.at[hurt->figure];
    if (!hurt->victim)
        return !hurt->apart && dead > 0 && toll(f) <= dead;
    bool known = false;
    for (uint32_t i = 0; i < w->told.count; i++) {
        const dln_told *other = &w->told.at[i];
        if (w->doc->figures.at[other->figure].quantity != DLN_QTY_KILLED
            || !other->victim || toll(&w->doc->figures.at[other->figure])
                                     <= 0)
            continue;
        known = true;
        if (same_person(hurt, other))
            return true;
    }
    return !known && dead >= 1;
}

/* Of N who were shot, `dead` may be among the dead. */
static void soften(dln_figwork *w, double dead)
{
    for (uint32_t i = 0; i < w->told.count; i++) {
        dln_figure *f = &w->doc->figures.at[w->told.at[i].figure];
        if (!w->told.at[i].weak || w->told.at[i].victim
            || w->told.at[i].apart
            || isnan(f->low) || isnan(f->high) || f->low <= dead
            || f->quantity != DLN_QTY_WOUNDED)
            continue;
        f->low -= dead;
        f->relation = DLN_RELATION_BETWEEN;
        f->why = dln_arena_printf(w->doc->arena,
                                  "hit, and up to %.0f of them told dead; "
                                  "%.*s", dead, DLN_ARG(f->why));
    }
}

static void drop_weak(dln_figwork *w)
{
    dln_doc *doc = w->doc;
    double dead = largest(doc, DLN_QTY_KILLED);
    uint32_t kept = 0, next = 0;
    bool *drop = dln_arena_array(w->scratch, doc->figures.count + 1, 1);
    if (!drop || dead <= 0)
        return;
    soften(w, dead);
    for (uint32_t i = 0; i < w->told.count && i < MAX_TOLD; i++)
        if ((w->told.at[i].weak && died(w, i, dead))
            || (w->told.at[i].mild && !w->violent))
            drop[w->told.at[i].figure] = true;
    for (uint32_t i = 0; i < doc->figures.count; i++) {
        for (; next < w->told.count && w->told.at[next].figure <= i; next++)
            if (w->told.at[next].figure == i && !drop[i])
                w->told.at[next].figure = kept;
            else if (w->told.at[next].figure == i)
                w->told.at[next].figure = DLN_NONE;
        if (!drop[i])
            doc->figures.at[kept++] = doc->figures.at[i];
    }
    doc->figures.count = kept;
}

/* Told within some sentences and not of different days? */
static bool near(const dln_figure *a, const dln_figure *b)
{
    return b->span.start - a->span.end < SUM_REACH
           && (a->as_of.start == DLN_NO_DAY || b->as_of.start == DLN_NO_DAY
               || a->as_of.start == b->as_of.start);
}

/* Adds persons of one fate who are told apart by their ages. */
static void add_up(dln_figwork *w, dln_quantity quantity)
{
    double ages[16];
    uint32_t count = 0, last = DLN_NONE, first = DLN_NONE;
    for (uint32_t i = 0; i < w->told.count; i++) {
        const dln_told *t = &w->told.at[i];
        if (t->figure == DLN_NONE || !t->victim || t->age <= 0
            || w->doc->figures.at[t->figure].quantity != quantity
            || w->doc->figures.at[t->figure].scope != DLN_SCOPE_TOTAL
            || count == sizeof ages / sizeof *ages)
            continue;
        const dln_figure *f = &w->doc->figures.at[t->figure];
        if (last != DLN_NONE && !near(&w->doc->figures.at[last], f))
            continue;
        bool new = true;
        for (uint32_t k = 0; k < count; k++)
            new &= ages[k] != t->age;
        if (!new)
            continue;
        ages[count++] = t->age;
        if (first == DLN_NONE)
            first = t->figure;
        last = t->figure;
    }
    if (count < 2 || largest(w->doc, quantity) >= count)
        return;
    dln_figure sum = w->doc->figures.at[last];
    sum.span.start = sum.number.start =
        w->doc->figures.at[first].span.start;
    sum.number.end = sum.span.end;
    sum.token_begin = w->doc->figures.at[first].token_begin;
    sum.relation = DLN_RELATION_AT_LEAST;
    sum.low = count;
    sum.high = NAN;
    sum.why = dln_arena_printf(w->doc->arena,
                               "sum of %u persons of different ages told "
                               "one by one", count);
    dln_figure *slot = DLN_VEC_PUSH(w->doc->arena, &w->doc->figures);
    if (slot)
        *slot = sum;
}

static int64_t age_of(const dln_doc *doc, const dln_figure *f)
{
    return doc->published.start != DLN_NO_DAY && f->as_of.end != DLN_NO_DAY
               ? (int64_t)doc->published.start - f->as_of.end : -1;
}

static void find_background(dln_doc *doc)
{
    bool recent[DLN_QTY_COUNT] = {false};
    for (uint32_t i = 0; i < doc->figures.count; i++) {
        int64_t age = age_of(doc, &doc->figures.at[i]);
        if (age >= 0 && age <= BACKGROUND_DAYS)
            recent[doc->figures.at[i].quantity] = true;
    }
    for (uint32_t i = 0; i < doc->figures.count; i++) {
        dln_figure *f = &doc->figures.at[i];
        int64_t age = age_of(doc, f);
        if (f->quantity <= DLN_QTY_TROOPS && f->scope == DLN_SCOPE_TOTAL
            && (age > HISTORY_DAYS
                || (age > BACKGROUND_DAYS && recent[f->quantity])))
            f->scope = DLN_SCOPE_OTHER_EVENT;
    }
}

/* "N others" adds to nothing when no figure of its kind goes before, or
 * only one that was dropped: then it is the total. Else the sum with the
 * one person told just before is added. */
static void add_others(dln_figwork *w)
{
    dln_doc *doc = w->doc;
    uint32_t told = w->told.count;
    for (uint32_t t = 0; t < told && t < MAX_TOLD; t++) {
        if (!w->told.at[t].others || w->told.at[t].figure == DLN_NONE)
            continue;
        uint32_t i = w->told.at[t].figure, j = i;
        dln_figure *f = &doc->figures.at[i];
        if (f->scope != DLN_SCOPE_INCREMENT)
            continue;
        while (j > 0 && i - j < 16
               && (doc->figures.at[j - 1].quantity != f->quantity
                   || doc->figures.at[j - 1].scope != DLN_SCOPE_TOTAL))
            j--;
        if (j == 0 || i - j >= 16) {
            f->scope = DLN_SCOPE_TOTAL;
            continue;
        }
        const dln_figure *first = &doc->figures.at[j - 1];
        dln_str before = dln_str_at(doc->text, (dln_span){0, f->span.start});
        if (!near(first, f) || first->low > 1
            || dln_str_ends(before, DLN_STR("the "))
            || first->relation != DLN_RELATION_EXACTLY
            || f->relation != DLN_RELATION_EXACTLY || first->low <= 0)
            continue;
        dln_figure sum = *first;
        sum.low = sum.high = first->low + f->low;
        sum.span.end = sum.number.end = f->span.end;
        sum.token_end = f->token_end;
        sum.why = dln_arena_printf(doc->arena, "sum of %.0f and %.0f others",
                                   first->low, f->low);
        dln_figure *slot = DLN_VEC_PUSH(doc->arena, &doc->figures);
        if (slot)
            *slot = sum;
    }
}

/* "... killed four people. ... The gunman shot himself": five are dead.
 * Only the object of a killing leaves the killer out, and no larger total
 * may be told. */
static void add_self(dln_figwork *w)
{
    dln_doc *doc = w->doc;
    double most = largest(doc, DLN_QTY_KILLED);
    uint32_t self = DLN_NONE, object = DLN_NONE;
    for (uint32_t i = 0; i < w->told.count && i < MAX_TOLD; i++) {
        const dln_told *t = &w->told.at[i];
        if (t->figure == DLN_NONE)
            continue;
        const dln_figure *f = &doc->figures.at[t->figure];
        if (f->quantity != DLN_QTY_KILLED || f->scope != DLN_SCOPE_TOTAL)
            continue;
        if (t->self && self == DLN_NONE)
            self = t->figure;
        if (t->object && object == DLN_NONE && f->low >= most
            && f->relation == DLN_RELATION_EXACTLY)
            object = t->figure;
    }
    if (self == DLN_NONE || object == DLN_NONE)
        return;
    const dln_figure *a = &doc->figures.at[self < object ? self : object];
    const dln_figure *b = &doc->figures.at[self < object ? object : self];
    if (!near(a, b))
        return;
    dln_figure sum = *a;
    sum.span.end = sum.number.end = b->span.end;
    sum.token_end = b->token_end;
    sum.low = sum.high = most + 1;
    sum.why = dln_arena_printf(doc->arena, "sum of the %.0f killed and the "
                               "one who died by his own hand", most);
    dln_figure *slot = DLN_VEC_PUSH(doc->arena, &doc->figures);
    if (slot)
        *slot = sum;
}

void dln_figures__settle(dln_figwork *w)
{
    find_background(w->doc);
    drop_weak(w);
    add_others(w);
    add_self(w);
    add_up(w, DLN_QTY_KILLED);
    add_up(w, DLN_QTY_WOUNDED);
}

void dln_figures__title(dln_doc *doc, const dln_doc *title)
{
    static const dln_quantity kinds[] = {DLN_QTY_KILLED, DLN_QTY_WOUNDED};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        double told = largest(title, kinds[k]);
        /* A headline's toll may leave the killer's own death out. */
        double slack = kinds[k] == DLN_QTY_KILLED;
        bool both = false;
        if (told <= 0)
            continue;
        for (uint32_t i = 0; i < doc->figures.count; i++) {
            const dln_figure *f = &doc->figures.at[i];
            both |= f->quantity == kinds[k] && f->low == told
                    && f->scope == DLN_SCOPE_TOTAL;
        }
        for (uint32_t i = 0; both && i < doc->figures.count; i++) {
            dln_figure *f = &doc->figures.at[i];
            if (f->quantity != kinds[k] || f->scope == DLN_SCOPE_INCREMENT
                || toll(f) <= told + slack || f->scope == DLN_SCOPE_OTHER_EVENT)
                continue;
            f->scope = DLN_SCOPE_OTHER_EVENT;
            f->why = dln_arena_printf(doc->arena, "the title tells %.0f; "
                                      "%.*s", told, DLN_ARG(f->why));
        }
    }
}
