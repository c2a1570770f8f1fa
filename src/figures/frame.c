/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frame: what happened to those a figure counts, and is it all of them?
 *
 * Units settle money, durations and areas. People are classed by the
 * nearest listed phrase (figure-frames) on its side of the figure, inside
 * the clause: "killed N", "N were killed", "death toll rose to N". Behind a
 * relative pronoun a later verb wins ("N people who fled have returned").
 * Figures of one list share what is said once: "N soldiers and N civilians
 * were killed". Without a frame the noun's own class stands.
 *
 * All distances are bounded, so the cost is linear in the sentence.
 */
#include <stdlib.h>

#include "figures/figures_p.h"

#define REACH 16u

static bool marked(const dln_figwork *w, uint32_t i, const char *kind)
{
    return dln_figures__mark(w, i, kind);
}

bool dln_figures__option(const dln_row *row, const char *option)
{
    return dln_str_is(dln_row_field(row, 4), option);
}

static uint32_t gap_of(const dln_row *row)
{
    dln_str s = row->field[3];
    uint32_t gap = 0;
    for (size_t i = 0; i < s.len && dln_is_digit(s.data[i]); i++)
        gap = gap * 10 + (uint32_t)(s.data[i] - '0');
    return gap;
}

/* Draft that begins at atom i, or DLN_NONE; `from` is where to look. */
static uint32_t draft_at(const dln_figwork *w, uint32_t i, uint32_t from)
{
    for (uint32_t d = from; d < w->draft_count && d < from + 4; d++)
        if (w->drafts[d].begin <= i && i < w->drafts[d].end)
            return d;
    return DLN_NONE;
}

static bool military(const dln_draft *d)
{
    return d->people && dln_str_is(d->people->field[2], "military");
}

/* "shot at officers", "at him", not "at a park". */
static bool shoots_at(const dln_figwork *w, uint32_t i)
{
    if (!dln_atom_is(w, i, "at"))
        return false;
    i++;
    while (marked(w, i, "article")
           || dln_figures__upos(w, i) == DLN_UPOS_ADJ
           || dln_figures__upos(w, i) == DLN_UPOS_NUM)
        i++;
    return marked(w, i, "pronoun") || marked(w, i, "himher")
           || (i < w->count && w->atoms[i].word.len
               && dln_table_find(w->f->people, w->atoms[i].word));
}

/* A participle with an object behind it is active: "N soldiers killed 3". */
static bool takes_object(const dln_figwork *w, uint32_t verb, uint32_t end,
                         uint32_t from)
{
    for (uint32_t k = verb; k > 0 && k + 4 > verb; k--)
        if (marked(w, k - 1, "aux"))
            return false;
    unsigned next = dln_figures__upos(w, end);
    /* "slain officers": an adjective. */
    if (next == DLN_UPOS_NOUN
        && dln_figures__upos(w, verb) == DLN_UPOS_ADJ)
        return true;
    if (dln_figures__xpos(w, verb) == DLN_XPOS_VBD
        && (next == DLN_UPOS_NOUN || next == DLN_UPOS_ADJ
            || next == DLN_UPOS_DET || next == DLN_UPOS_PRON))
        return true;
    return marked(w, end, "article")
           || draft_at(w, end, from) != DLN_NONE
           || (end < w->count && w->atoms[end].upper
               && dln_figures__upos(w, end) == DLN_UPOS_PROPN)
           || dln_figures__upos(w, end) == DLN_UPOS_NUM
           || shoots_at(w, end) || dln_atom_is(w, end, "more");
}

/* The row of this place at atom i that fits the draft. */
static const dln_row *fitting(const dln_figwork *w, const dln_row *row,
                              const dln_draft *d, const char *place,
                              uint32_t gap)
{
    while (row) {
        if (dln_str_is(row->field[2], place) && gap <= gap_of(row)
            && (!dln_figures__option(row, "military") || military(d)))
            return row;
        row = row->next == DLN_NONE ? NULL : &w->f->frames->rows[row->next];
    }
    return NULL;
}

/* Is the noun known as no person? */
static bool no_person(const dln_draft *d)
{
    return d->people && dln_str_is(d->people->field[1], "animal");
}

/* May frames speak of this draft? People, names of peoples, bare numbers. */
static bool counts_people(const dln_figwork *w, const dln_draft *d)
{
    if (d->n.unit || d->n.money || d->age || d->n.fraction || no_person(d))
        return false;
    if (d->people || d->noun == DLN_NONE)
        return true;
    unsigned xpos = dln_figures__xpos(w, d->noun);
    dln_str word = dln_atom_word(w, d->noun);
    return w->atoms[d->noun].upper
           && (xpos == DLN_XPOS_NNPS || xpos == DLN_XPOS_NNS
               || dln_str_ends(word, DLN_STR("s")));
}

/* Nearest frame behind the figure; *gap its distance. */
static const dln_row *frame_behind(const dln_figwork *w, uint32_t index,
                                   uint32_t *gap)
{
    const dln_draft *d = &w->drafts[index];
    const dln_row *weak = NULL;
    bool relative = false, crossed = false, part = false;
    uint32_t skipped = 0;
    for (uint32_t i = d->end; i < w->count && i < d->end + REACH; i++) {
        uint32_t edge, other = draft_at(w, i, index + 1);
        if (other != DLN_NONE) {
            const dln_draft *o = &w->drafts[other];
            bool subset = o->begin > 0 && marked(w, o->begin - 1, "subset");
            if (!o->preposed && !subset && o->people)
                break;
            if (!o->preposed && !subset && !o->n.unit)
                break;
            crossed |= !subset && counts_people(w, o);
            skipped += o->end - i;
            i = o->end - 1;
            continue;
        }
        if (marked(w, i, "stop"))
            break;
        if (marked(w, i, "subord")) {
            bool opens = marked(w, i, "relative") && i <= d->end + 1;
            if (!opens && !relative)
                break;
            relative = true;
        }
        if (marked(w, i, "prep") || marked(w, i, "article")
            || dln_atom_is(w, i, ","))
            skipped++;
        /* "six were hit, including the boy killed": said of the boy. */
        if (marked(w, i, "inside"))
            part = true;
        else if (dln_atom_is(w, i, ","))
            part = false;
        const dln_row *row = dln_figures__phrase_from(w, w->f->frames, i,
                                                      &edge);
        uint32_t distance = i - d->end;
        distance = distance > skipped ? distance - skipped : 0;
        bool aux = i > 0 && marked(w, i - 1, "aux");
        if (relative && aux)
            distance = 0;
        row = row ? fitting(w, row, d, "behind", distance) : NULL;
        /* "ten men asked for two men held": the second are held. */
        if ((crossed || part) && !aux)
            continue;
        if (!row || ((dln_figures__option(row, "passive")
                      || dln_figures__option(row, "weak"))
                     && takes_object(w, i, edge, index + 1)))
            continue;
        for (uint32_t k = d->end; k < i; k++)
            if (marked(w, k, "not"))
                return weak;
        *gap = i - d->end;
        if (!relative)
            return row;
        if (weak && aux)
            return row;
        if (!weak)
            weak = row;
    }
    return weak;
}

static const dln_row *frame_before(const dln_figwork *w, uint32_t index,
                                   uint32_t *gap)
{
    const dln_draft *d = &w->drafts[index];
    uint32_t floor = index ? w->drafts[index - 1].end : 0;
    bool prep = false;
    for (uint32_t i = d->begin; i > floor && i + 9 > d->begin; i--) {
        uint32_t edge;
        if (i < d->begin) {
            if ((marked(w, i, "stop") && i + 1 != d->begin)
                || marked(w, i, "subord") || dln_atom_is(w, i, "and")
                || dln_atom_is(w, i, "or"))
                break;
            prep |= marked(w, i, "prep") && !dln_atom_is(w, i, "of")
                    && !dln_atom_is(w, i, "to");
        }
        const dln_row *row = dln_figures__phrase_to(w, w->f->frames, i,
                                                    &edge);
        row = row ? fitting(w, row, d, "before", d->begin - i) : NULL;
        if (row && edge > 0 && marked(w, edge - 1, "not"))
            break;
        if (!row || (prep && gap_of(row) <= 4))
            continue;
        *gap = d->begin - i;
        return row;
    }
    return NULL;
}

/* The frame of the verb that the parse gives the counted noun to: for
 * subjects far from their verb. */
static const dln_row *frame_by_tree(const dln_figwork *w, uint32_t index)
{
    const dln_draft *d = &w->drafts[index];
    uint32_t at = d->noun == DLN_NONE ? d->n.begin : d->noun, edge;
    uint32_t token = w->atoms[at].token;
    if (token == DLN_NONE || w->doc->tokens.at[token].head == DLN_NONE)
        return NULL;
    dln_deprel rel = (dln_deprel)w->doc->tokens.at[token].deprel;
    bool subject = dln_deprel_base(rel) == DLN_REL_nsubj;
    if (!subject && rel != DLN_REL_obj)
        return NULL;
    uint32_t verb = dln_figures__atom_of(
        w, w->doc->tokens.at[token].head, at);
    if (verb == DLN_NONE || (verb > 0 && marked(w, verb - 1, "not")))
        return NULL;
    const dln_row *row = subject
        ? dln_figures__phrase_from(w, w->f->frames, verb, &edge)
        : dln_figures__phrase_to(w, w->f->frames, verb + 1, &edge);
    row = row ? fitting(w, row, d, subject ? "behind" : "before", 0) : NULL;
    bool passive = row && (dln_figures__option(row, "passive")
                           || dln_figures__option(row, "weak"));
    return passive && subject && rel != DLN_REL_nsubj_pass ? NULL : row;
}

/* "1,200 dead soldiers", "12 missing miners": said by a word between the
 * number and its noun. */
static const dln_row *frame_inside(const dln_figwork *w, const dln_draft *d)
{
    for (uint32_t i = d->n.end; d->noun != DLN_NONE && i < d->noun; i++) {
        uint32_t edge;
        const dln_row *row = dln_figures__phrase_from(w, w->f->frames, i,
                                                      &edge);
        row = row && edge <= d->noun ? fitting(w, row, d, "behind", 0)
                                     : NULL;
        if (row)
            return row;
    }
    return NULL;
}

/* Why the figure tells no toll: "a father of four", "19 deaths per 100,000",
 * "could have killed 20", "none of the other eight was hurt"; or NULL. */
static const char *no_count(const dln_figwork *w, const dln_draft *d)
{
    uint32_t b = d->begin;
    if (b > 1 && dln_atom_is(w, b - 1, "of") && marked(w, b - 2, "parent"))
        return "a parent's children";
    if (marked(w, d->end, "rate"))
        return "a rate";
    uint32_t floor = b > 6 ? b - 6 : 0;
    for (uint32_t i = b; i-- > floor;) {
        if (marked(w, i, "stop") || dln_atom_is(w, i, ","))
            break;
        if (marked(w, i, "unreal") && (dln_atom_is(w, i + 1, "have")
                                       || dln_atom_is(w, i + 2, "ve")))
            return "what might have been";
        if (marked(w, i, "deny") && dln_atom_is(w, i + 1, "of")
            && b - i <= 5)
            return "none of them";
    }
    return NULL;
}

static void own_frame(dln_figwork *w, uint32_t index)
{
    dln_draft *d = &w->drafts[index];
    const dln_row *unit = d->n.money ? d->n.money : d->n.unit;
    if (d->age && !unit) {
        d->how = "age";
        return;
    }
    if (unit) {
        d->quantity = d->age ? DLN_QTY_OTHER
                             : dln_quantity_of(unit->field[2]);
        d->how = d->age ? "age" : "unit";
        return;
    }
    if ((d->how = no_count(w, d)))
        return;
    bool people = counts_people(w, d);
    if (!people && (d->noun == DLN_NONE || no_person(d)
                    || d->n.fraction || marked(w, d->noun, "thing")))
        return;
    /* "N dead", "N fatalities": said by the noun itself. */
    if (d->people && (dln_str_is(d->people->field[3], "killed")
                      || dln_str_is(d->people->field[3], "wounded"))
        && !dln_atom_is(w, d->noun, "lives"))
        return;
    uint32_t behind = 0, before = 0;
    const dln_row *b = frame_behind(w, index, &behind);
    const dln_row *a = frame_before(w, index, &before);
    d->frame = people ? frame_inside(w, d) : NULL;
    if (!d->frame)
        d->frame = a && (!b || before <= behind) ? a : b;
    if (!d->frame)
        d->frame = frame_by_tree(w, index);
    /* Of unlisted nouns only deaths and wounds are believed. */
    if (!people && d->frame) {
        dln_quantity q = dln_quantity_of(d->frame->field[1]);
        if ((q != DLN_QTY_KILLED && q != DLN_QTY_WOUNDED)
            || dln_figures__option(d->frame, "weak"))
            d->frame = NULL;
    }
    if (d->frame) {
        d->quantity = dln_quantity_of(d->frame->field[1]);
        d->weak = dln_figures__option(d->frame, "weak")
                  || dln_figures__option(d->frame, "state");
    }
}

/* Nothing but commas and conjunctions between two drafts? */
static bool listed(const dln_figwork *w, const dln_draft *a,
                   const dln_draft *b)
{
    if (b->begin < a->end || b->begin > a->end + 4)
        return false;
    for (uint32_t i = a->end; i < b->begin; i++)
        if (!marked(w, i, "list") && !marked(w, i, "subset")
            && !dln_atom_is(w, i, "as") && !dln_atom_is(w, i, "well"))
            return false;
    return true;
}

static void share(const dln_figwork *w, dln_draft *d, const dln_draft *from)
{
    bool subset = d->begin > 0 && marked(w, d->begin - 1, "subset");
    if (d->frame || !from->frame || !counts_people(w, d))
        return;
    if (dln_figures__option(from->frame, "military") && !military(d))
        return;
    if (d->people && !subset && !dln_str_is(d->people->field[3], "-")
        && !dln_str_is(d->people->field[3], "troops"))
        return;
    d->frame = from->frame;
    d->quantity = from->quantity;
    d->weak = from->weak;
}

static void own_noun(dln_draft *d)
{
    if (d->frame || d->how || !d->people)
        return;
    d->quantity = dln_quantity_of(d->people->field[3]);
    if (d->quantity >= DLN_QTY_COUNT)
        d->quantity = DLN_QTY_OTHER;
    d->how = "noun";
}

static bool is_people_quantity(dln_quantity q)
{
    return q <= DLN_QTY_RETURNED;
}

/* The people quantity last spoken of before draft `index`. */
static dln_quantity spoken(const dln_figwork *w, uint32_t index)
{
    while (index-- > 0)
        if (is_people_quantity(w->drafts[index].quantity))
            return w->drafts[index].quantity;
    for (uint32_t i = w->doc->figures.count, n = 0; i-- > 0 && n < 8; n++)
        if (is_people_quantity(w->doc->figures.at[i].quantity))
            return w->doc->figures.at[i].quantity;
    return DLN_QTY_COUNT;
}

static void find_scope(const dln_figwork *w, uint32_t index)
{
    dln_draft *d = &w->drafts[index];
    uint32_t b = d->begin, e = d->n.end;
    bool more = marked(w, e, "mod") && !dln_atom_is(w, e, "new")
                && !dln_atom_is(w, e, "fresh");
    for (uint32_t k = b; k < d->n.begin; k++)
        more |= marked(w, k, "increment");
    more |= b > 0 && marked(w, b - 1, "increment");
    bool others = dln_atom_is(w, e, "others") || dln_atom_is(w, e, "other");
    more |= others;
    d->others = others;
    bool subset = b > 0 && marked(w, b - 1, "subset");
    subset |= dln_atom_is(w, e, "of")
              && (dln_atom_is(w, e + 1, "them")
                  || dln_atom_is(w, e + 1, "whom"));
    if (subset && spoken(w, index) == d->quantity) {
        d->scope = DLN_SCOPE_SUBSET;
    } else if (more && is_people_quantity(d->quantity)) {
        dln_quantity last = spoken(w, index);
        if (last == d->quantity || (last == DLN_QTY_COUNT && !others))
            d->scope = DLN_SCOPE_INCREMENT;
    }
}

/* "killed two men and himself": with the one who died by his own hand. */
static void sum_self(dln_figwork *w, uint32_t count)
{
    for (uint32_t i = 0; i < count && w->draft_count < w->room; i++) {
        const dln_draft *most = NULL, *self = &w->drafts[i];
        bool part = false;
        if (!self->self)
            continue;
        for (uint32_t d = 0; d < w->draft_count; d++) {
            const dln_draft *x = &w->drafts[d];
            if (x->quantity == DLN_QTY_KILLED && !x->self && x->n.low > 0
                && x->relation == DLN_RELATION_EXACTLY
                && x->scope == DLN_SCOPE_TOTAL
                && (!most || x->n.low > most->n.low))
                most = x;
        }
        /* "four, including his wife, before he shot himself": no part. */
        for (uint32_t k = 0; k < self->begin; k++)
            part = !marked(w, k, "subord") && (part || marked(w, k, "subset"));
        if (!most || part || marked(w, most->begin, "heshe"))
            return;
        dln_draft sum = *most;
        sum.n.low = sum.n.high = most->n.low + 1;
        if (self->end > sum.end)
            sum.n.end = sum.end = self->end;
        if (self->begin < sum.begin)
            sum.n.begin = sum.begin = self->begin;
        sum.victim = sum.weak = false;
        sum.how = "sum with the one who died by his own hand";
        w->drafts[w->draft_count++] = sum;
        return;
    }
}

static bool summable(const dln_draft *d)
{
    return (d->quantity == DLN_QTY_KILLED || d->quantity == DLN_QTY_WOUNDED)
           && d->scope == DLN_SCOPE_TOTAL && d->n.low > 0
           && d->relation == DLN_RELATION_EXACTLY && !d->n.fraction;
}

static bool same_status(const dln_draft *a, const dln_draft *b)
{
    dln_str x = a->people ? a->people->field[2] : DLN_STR("-");
    dln_str y = b->people ? b->people->field[2] : DLN_STR("-");
    return dln_str_eq(x, y);
}

/* The next draft that is no age, or draft_count. */
static uint32_t next_person(const dln_figwork *w, uint32_t i)
{
    while (i < w->draft_count && w->drafts[i].age)
        i++;
    return i;
}

void dln_figures__sums(dln_figwork *w)
{
    uint32_t count = w->draft_count;
    for (uint32_t i = 0; i < count;) {
        dln_draft sum = w->drafts[i];
        uint32_t last = i, next = next_person(w, i + 1);
        while (summable(&w->drafts[last]) && next < count
               && summable(&w->drafts[next])
               && w->drafts[next].quantity == sum.quantity
               && same_status(&w->drafts[next], &sum)
               && w->drafts[next].begin > w->drafts[last].end
               && w->drafts[next].deed == sum.deed
               && listed(w, &w->drafts[last], &w->drafts[next])) {
            sum.n.low += w->drafts[next].n.low;
            last = next;
            next = next_person(w, last + 1);
        }
        if (last > i && count < w->room && w->draft_count < w->room) {
            sum.n.high = sum.n.low;
            sum.n.end = sum.end = w->drafts[last].end;
            sum.victim = false;
            sum.weak |= w->drafts[last].weak;
            sum.frame = NULL;
            sum.how = "sum of a list";
            w->drafts[w->draft_count++] = sum;
        }
        i = last + 1;
    }
    sum_self(w, count);
}

void dln_figures__frames(dln_figwork *w)
{
    for (uint32_t i = 0; i < w->draft_count; i++)
        own_frame(w, i);
    for (uint32_t i = 1; i < w->draft_count; i++)
        if (listed(w, &w->drafts[i - 1], &w->drafts[i])
            && w->drafts[i - 1].frame
            && dln_str_is(w->drafts[i - 1].frame->field[2], "before"))
            share(w, &w->drafts[i], &w->drafts[i - 1]);
    for (uint32_t i = w->draft_count; i-- > 1;)
        if (listed(w, &w->drafts[i - 1], &w->drafts[i]))
            share(w, &w->drafts[i - 1], &w->drafts[i]);
    for (uint32_t i = 1; i < w->draft_count; i++)
        if (listed(w, &w->drafts[i - 1], &w->drafts[i]))
            share(w, &w->drafts[i], &w->drafts[i - 1]);
    for (uint32_t i = 0; i < w->draft_count; i++) {
        own_noun(&w->drafts[i]);
        find_scope(w, i);
    }
}
