/* SPDX-License-Identifier: Apache-2.0 */
/*
 * victim: the dead and hurt told without a number → drafts.
 *
 *   "a man was shot and killed"      the person before the verb
 *   "killing a woman"                the person behind it
 *   "the boy's death"                the owner of a death
 *   "he was pronounced dead"         he or she
 *   "Maria Silva, 31, was killed"    a name
 *   "a double homicide"              a deed that tells its toll
 *   "nobody was hurt", "no deaths"   none: 0
 *
 * A number of its own always wins; negated and merely possible deaths are
 * left out. Persons joined by "and" count together.
 */
#include "figures/figures_p.h"

#define REACH 14u
#define PHRASE 8u

static bool marked(const dln_figwork *w, uint32_t i, const char *kind)
{
    return dln_figures__mark(w, i, kind);
}

static const dln_row *person_row(const dln_figwork *w, uint32_t i)
{
    const dln_row *row = i < w->count && w->atoms[i].word.len
        ? dln_table_find(w->f->people, w->atoms[i].word) : NULL;
    return row && dln_str_is(dln_row_field(row, 4), "1") ? row : NULL;
}

/* End of the counted people that atom i is among, or DLN_NONE. The drafts
 * are in text order and do not overlap, but for a few victims. */
static uint32_t draft_end(const dln_figwork *w, uint32_t i)
{
    uint32_t lo = 0, hi = w->draft_count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (w->drafts[mid].begin <= i)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (uint32_t n = 0; lo-- > 0 && n < 8; n++) {
        const dln_draft *d = &w->drafts[lo];
        if (i < d->end && !d->victim && !d->age && !d->n.unit)
            return d->end;
    }
    return DLN_NONE;
}

static bool in_draft(const dln_figwork *w, uint32_t i)
{
    return draft_end(w, i) != DLN_NONE;
}

/* First atom of the noun phrase that ends with atom i, DLN_NONE when its
 * article says that it is not one new person. */
static uint32_t phrase_begin(const dln_figwork *w, uint32_t i)
{
    uint32_t at = i;
    while (at > 0 && i - at < PHRASE) {
        const dln_atom *atom = &w->atoms[at - 1];
        if (marked(w, at - 1, "article"))
            return at - 1;
        if (marked(w, at - 1, "deny"))
            return DLN_NONE;
        bool glue = atom->kind == DLN_ATOM_MARK
                    && dln_str_is(atom->word, "-");
        if (!glue && atom->kind != DLN_ATOM_DIGITS
            && (atom->kind != DLN_ATOM_WORD || marked(w, at - 1, "prep")
                || marked(w, at - 1, "aux") || marked(w, at - 1, "bridge")
                || marked(w, at - 1, "subord")))
            break;
        at--;
    }
    return at;
}

static bool name_at(const dln_figwork *w, uint32_t i)
{
    return i < w->count && w->atoms[i].kind == DLN_ATOM_WORD
           && w->atoms[i].upper && w->atoms[i].word.len > 1
           && !marked(w, i, "month")
           && dln_figures__upos(w, i) == DLN_UPOS_PROPN
           && !marked(w, i, "article") && !marked(w, i, "prep")
           && !marked(w, i, "subord") && !marked(w, i, "aux");
}

/* A name of two words or more, or one with an age behind it, or one that
 * is known as a person's ("Moravec was killed"). */
static uint32_t name_begin(const dln_figwork *w, uint32_t i)
{
    uint32_t at = i;
    while (at > 0 && i - at < 4 && name_at(w, at - 1))
        at--;
    bool aged = dln_atom_is(w, i + 1, ",") && i + 2 < w->count
                && w->atoms[i + 2].kind == DLN_ATOM_DIGITS
                && w->atoms[i + 2].value < 110
                && dln_atom_is(w, i + 3, ",");
    if (!name_at(w, i))
        return DLN_NONE;
    uint32_t token = w->atoms[i].token;
    uint32_t entity = token == DLN_NONE ? DLN_NONE
                                        : w->doc->tokens.at[token].entity;
    if (entity != DLN_NONE && entity < w->doc->entities.count
        && w->doc->entities.at[entity].kind != DLN_ENT_PERSON)
        return DLN_NONE;
    return (entity != DLN_NONE && entity < w->doc->entities.count) || aged
               ? at : DLN_NONE;
}

/* Is atom i the end of somebody? Fills the begin of his noun phrase. */
static bool person_at(const dln_figwork *w, uint32_t i, uint32_t *begin)
{
    if (in_draft(w, i))
        return false;
    /* "12-year-old" alone is a child. */
    bool old = dln_atom_is(w, i, "old") && i > 2
               && (dln_atom_is(w, i - 1, "-")
                   || dln_atom_is(w, i - 1, "year"))
               && !name_at(w, i + 1)
               && !person_row(w, i + 1);
    if (person_row(w, i) || old) {
        /* "police officer", "guerrilla strikes": no head. */
        if (!old && (person_row(w, i + 1)
                     || dln_figures__upos(w, i + 1) == DLN_UPOS_NOUN))
            return false;
        *begin = phrase_begin(w, i);
        return *begin != DLN_NONE;
    }
    unsigned next = dln_figures__upos(w, i + 1);
    if (marked(w, i, "heshe")
        || (marked(w, i, "someone") && next != DLN_UPOS_NOUN
            && next != DLN_UPOS_ADJ && next != DLN_UPOS_NUM
            && next != DLN_UPOS_PROPN)) {
        *begin = i;
        return true;
    }
    *begin = name_begin(w, i);
    return *begin != DLN_NONE;
}

static bool denied(const dln_figwork *w, uint32_t from, uint32_t verb)
{
    for (uint32_t i = from; i < verb; i++)
        if (marked(w, i, "not"))
            return true;
    return false;
}

static bool merely_possible(const dln_figwork *w, uint32_t verb)
{
    uint32_t from = verb > 3 ? verb - 3 : 0;
    for (uint32_t i = from; i < verb; i++)
        if (marked(w, i, "modal") || marked(w, i, "attempt")
            || dln_atom_is(w, i, "if"))
            return true;
    return false;
}

static void insert(dln_figwork *w, uint32_t max, dln_draft draft)
{
    if (w->draft_count >= max)
        return;
    uint32_t at = w->draft_count;
    while (at > 0 && w->drafts[at - 1].begin > draft.begin)
        at--;
    if (at < w->draft_count)
        memmove(&w->drafts[at + 1], &w->drafts[at],
                (w->draft_count - at) * sizeof *w->drafts);
    w->drafts[at] = draft;
    w->draft_count++;
}

/* "a 12-year-old boy", "Maria Silva, 31,": years, 0 when not told. */
static double years_of(const dln_figwork *w, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i + 1 < end && i < begin + PHRASE; i++) {
        uint32_t unit = i + (dln_atom_is(w, i + 1, "-") ? 2 : 1);
        if (w->atoms[i].kind == DLN_ATOM_DIGITS
            && (dln_atom_is(w, unit, "year")
                || dln_atom_is(w, unit, "years")))
            return w->atoms[i].value;
    }
    return end + 2 < w->count && dln_atom_is(w, end, ",")
                   && w->atoms[end + 1].kind == DLN_ATOM_DIGITS
                   && dln_atom_is(w, end + 2, ",")
               ? w->atoms[end + 1].value : 0;
}

static dln_draft told(const dln_figwork *w, uint32_t begin, uint32_t end,
                      const dln_row *frame, double count)
{
    return (dln_draft){
        .n = {.begin = begin, .end = end, .low = count, .high = count},
        .begin = begin,
        .end = end,
        .noun = end - 1,
        .people = person_row(w, end - 1),
        .relation = DLN_RELATION_EXACTLY,
        .quantity = frame ? dln_quantity_of(frame->field[1])
                          : DLN_QTY_KILLED,
        .frame = frame,
        .victim = true,
        .weak = frame && (dln_figures__option(frame, "weak")
                          || dln_figures__option(frame, "state")),
        .mild = frame && dln_figures__option(frame, "mild"),
        .years = years_of(w, begin, end),
    };
}

static bool had(const dln_figwork *w, uint32_t begin, dln_quantity quantity)
{
    for (uint32_t d = w->draft_count, n = 0; d-- > 0 && n < 64; n++)
        if (w->drafts[d].victim && w->drafts[d].quantity == quantity
            && w->drafts[d].begin <= begin && begin < w->drafts[d].end)
            return true;
    return false;
}

/* Begin of ", 31," or, when `comma` will do, "," before atom i; else i. */
static uint32_t skip_age_back(const dln_figwork *w, uint32_t i, bool comma)
{
    uint32_t at = i > 0 && dln_atom_is(w, i - 1, ",") ? i - 1 : i;
    if (at > 2 && w->atoms[at - 1].kind == DLN_ATOM_DIGITS
        && w->atoms[at - 1].value <= 120 && dln_atom_is(w, at - 2, ","))
        return at - 2;
    return comma ? at : i;
}

/* "a mother and her son", "a nurse, 31, a guard and his wife": persons
 * joined before `begin`. */
static double joined_before(const dln_figwork *w, uint32_t *begin)
{
    double count = 1;
    uint32_t other;
    while (count < 12 && *begin >= 2) {
        uint32_t at = *begin - 1;
        bool and = dln_atom_is(w, at, "and") || dln_atom_is(w, at, "&");
        if (!and && (count < 2 || !dln_atom_is(w, at, ",")))
            break;
        at = skip_age_back(w, and ? at : *begin, !and || count > 1);
        if (at < 1 || !person_at(w, at - 1, &other))
            break;
        count++;
        *begin = other;
    }
    return count;
}

/* Behind the rest of a name and its age: "Ana [Lopez, 31,]". */
static uint32_t name_end(const dln_figwork *w, uint32_t end)
{
    if (end == 0 || !name_at(w, end - 1))
        return end;
    while (name_at(w, end))
        end++;
    if (dln_atom_is(w, end, ",") && end + 1 < w->count
        && w->atoms[end + 1].kind == DLN_ATOM_DIGITS
        && w->atoms[end + 1].value <= 120)
        end += dln_atom_is(w, end + 2, ",") ? 3 : 2;
    return end;
}

/* "a boy, a woman and a guard": persons joined behind *end and before
 * `limit`. Commas join only when an "and" comes too. */
static double joined_behind(const dln_figwork *w, uint32_t *end,
                            uint32_t limit)
{
    double count = 1, listed = 1;
    uint32_t at = *end, begin;
    while (count < 12 && at < limit) {
        bool and = dln_atom_is(w, at, "and")
                   || (dln_atom_is(w, at, ",")
                       && dln_atom_is(w, at + 1, "and"));
        if (!and && !dln_atom_is(w, at, ","))
            break;
        uint32_t from = at + (and && dln_atom_is(w, at, ",") ? 2 : 1);
        uint32_t i = from;
        while (i < limit && i < from + PHRASE
               && !(person_at(w, i, &begin) && begin == from))
            i++;
        if (i >= limit || i >= from + PHRASE)
            break;
        at = name_end(w, i + 1);
        listed++;
        if (and) {
            count = listed;
            *end = at;
        }
    }
    return count;
}

/* The person whom the parse gives the verb as subject, or DLN_NONE. */
static uint32_t subject_of(const dln_figwork *w, uint32_t verb,
                           uint32_t *begin)
{
    uint32_t token = w->atoms[verb].token;
    uint32_t subject = token == DLN_NONE
                           ? DLN_NONE
                           : dln_child(w->doc, token, DLN_REL_nsubj);
    uint32_t at = subject == DLN_NONE
                      ? DLN_NONE : dln_figures__atom_of(w, subject, verb);
    return at != DLN_NONE && at < verb && person_at(w, at, begin)
               ? at : DLN_NONE;
}

/* Does the verb of [verb, edge) tell what befell its subject, surely? */
static bool said_of(const dln_figwork *w, const dln_row *row, uint32_t verb,
                    uint32_t edge)
{
    if (!dln_figures__option(row, "passive")
        && !dln_figures__option(row, "weak"))
        return true;
    for (uint32_t k = verb; k > 0 && k + 4 > verb; k--)
        if (marked(w, k - 1, "aux"))
            return true;
    return marked(w, edge, "self");
}

/* The person of whom the verb at [verb, edge) is said. */
static void before_verb(dln_figwork *w, uint32_t max, const dln_row *row,
                        uint32_t verb, uint32_t edge)
{
    uint32_t begin;
    bool paren = false;
    uint32_t subject = subject_of(w, verb, &begin);
    uint32_t from = subject == DLN_NONE ? verb : subject + 1;
    uint32_t floor = subject != DLN_NONE ? subject
                     : verb > REACH ? verb - REACH : 0;
    for (uint32_t i = from; i-- > floor;) {
        if (marked(w, i, "stop") || in_draft(w, i)
            || (marked(w, i, "subord") && !marked(w, i, "relative")))
            return;
        if (dln_atom_is(w, i, ",")) {
            paren = !paren;
            continue;
        }
        if (!person_at(w, i, &begin))
            continue;
        /* Behind a preposition he is not the subject, but of "who": go on. */
        if (paren || (begin > 0 && marked(w, begin - 1, "prep")
                      && !marked(w, i + 1, "relative")))
            continue;
        uint32_t end = i + 1;
        /* "he shot at them" */
        if (marked(w, i, "heshe") && !said_of(w, row, verb, edge))
            return;
        double count = joined_before(w, &begin);
        if (subject == i) {
            uint32_t whole = name_end(w, end);
            double more = joined_behind(w, &whole, verb) - 1;
            if (more > 0)
                end = whole;
            count += more;
            while (end < verb && name_at(w, end))   /* "his son Milo" */
                end++;
        }
        if (!denied(w, end, verb)
            && !had(w, begin, dln_quantity_of(row->field[1]))) {
            dln_draft d = told(w, begin, end, row, count);
            d.self = marked(w, edge, "self");
            insert(w, max, d);
        }
        return;
    }
}

/* The person to whom the verb that ends at `edge` is done. */
static void behind_verb(dln_figwork *w, uint32_t max, const dln_row *row,
                        uint32_t edge)
{
    uint32_t begin;
    /* "killing him" */
    if (marked(w, edge, "himher") && !in_draft(w, edge)
        && dln_figures__upos(w, edge + 1) != DLN_UPOS_NOUN
        && dln_figures__upos(w, edge + 1) != DLN_UPOS_ADJ
        && dln_figures__upos(w, edge + 1) != DLN_UPOS_NUM
        && !had(w, edge, dln_quantity_of(row->field[1]))) {
        insert(w, max, told(w, edge, edge + 1, row, 1));
        return;
    }
    for (uint32_t i = edge; i < w->count && i < edge + PHRASE; i++) {
        /* "three men and a woman" */
        uint32_t counted = draft_end(w, i);
        if (counted != DLN_NONE && dln_atom_is(w, counted, "and")) {
            edge = counted + 1;
            i = counted;
            continue;
        }
        if (marked(w, i, "stop") || counted != DLN_NONE
            || dln_atom_is(w, i, ",") || marked(w, i, "subord"))
            return;
        if (!person_at(w, i, &begin) || marked(w, i, "heshe"))
            continue;
        if (begin != edge)
            return;
        uint32_t end = name_end(w, i + 1);
        double count = joined_behind(w, &end, w->count);
        if (!had(w, begin, dln_quantity_of(row->field[1])))
            insert(w, max, told(w, begin, end, row, count));
        return;
    }
}

static bool casualty(const dln_row *row)
{
    dln_quantity q = dln_quantity_of(row->field[1]);
    return q == DLN_QTY_KILLED || q == DLN_QTY_WOUNDED
           || q == DLN_QTY_MISSING;
}

/* Is the participle at `verb` a passive, or a bare headline? */
static bool passive(const dln_figwork *w, uint32_t verb, uint32_t edge)
{
    for (uint32_t k = verb; k > 0 && k + 4 > verb; k--)
        if (marked(w, k - 1, "aux"))
            return true;
    unsigned next = dln_figures__upos(w, edge);
    if (marked(w, edge, "self"))
        return true;
    if (person_row(w, edge))        /* "the wounded child" */
        return false;
    return !marked(w, edge, "article") && !name_at(w, edge)
           && next != DLN_UPOS_PRON && next != DLN_UPOS_DET
           && !(edge < w->count && w->atoms[edge].kind == DLN_ATOM_DIGITS)
           && dln_figures__upos(w, edge) != DLN_UPOS_NUM
           && !in_draft(w, edge);
}

static void by_verb(dln_figwork *w, uint32_t max, uint32_t i)
{
    uint32_t edge;
    const dln_row *row = dln_figures__phrase_from(w, w->f->frames, i, &edge);
    bool subject = false, object = false;
    if (!row || merely_possible(w, i) || in_draft(w, i)
        || (dln_atom_is(w, edge, "-") && w->atoms[edge].glued))
        return;
    while (row) {
        bool behind = dln_str_is(row->field[2], "behind");
        if (casualty(row) && behind && !subject
            && (dln_figures__option(row, "active")
                || dln_figures__option(row, "state")
                || dln_figures__option(row, "mild")
                || passive(w, i, edge))) {
            before_verb(w, max, row, i, edge);
            subject = true;
        } else if (casualty(row) && !behind && !object
                   && row->field[3].len == 1
                   && row->field[3].data[0] < '5' && !marked(w, i, "base")) {
            behind_verb(w, max, row, edge);
            object = true;
        }
        row = row->next == DLN_NONE ? NULL : &w->f->frames->rows[row->next];
    }
}

/* "the boy's death", "his killing". */
static void by_owner(dln_figwork *w, uint32_t max, uint32_t i)
{
    uint32_t begin;
    if (!marked(w, i, "deadnoun") || i < 3)
        return;
    for (uint32_t k = i - 1; k > 1 && k + 4 > i; k--) {
        if (!dln_atom_is(w, k, "s") || !w->atoms[k].glued
            || !dln_atom_is(w, k - 1, "'"))
            continue;
        if (person_at(w, k - 2, &begin)
            && !had(w, begin, DLN_QTY_KILLED))
            insert(w, max, told(w, begin, k - 1, NULL, 1));
        return;
    }
}

static void by_deed(dln_figwork *w, uint32_t max, uint32_t i)
{
    uint32_t edge;
    const dln_row *row = dln_figures__phrase_from(w, w->f->deeds, i, &edge);
    if (!row || in_draft(w, i) || marked(w, edge, "of")
        || merely_possible(w, i)
        || (i > 0 && (marked(w, i - 1, "not")
                      || marked(w, i - 1, "attempt")
                      || dln_atom_is(w, i - 1, "-"))))
        return;
    dln_draft d = told(w, i, edge, NULL, 1);
    d.deed = true;
    d.quantity = dln_quantity_of(row->field[1]);
    d.n.low = d.n.high = row->field[2].data[0] - '0';
    d.weak = d.quantity == DLN_QTY_WOUNDED;
    d.self = dln_str_is(dln_row_field(row, 3), "self");
    d.mild = d.self;
    if (d.self || dln_figures__upos(w, edge - 1) == DLN_UPOS_VERB)
        d.noun = DLN_NONE;
    d.people = NULL;
    insert(w, max, d);
}

/* "no casualties", "nobody was hurt", "no one died": none. */
static void by_denial(dln_figwork *w, uint32_t max, uint32_t i)
{
    uint32_t edge, noun;
    if (!marked(w, i, "deny"))
        return;
    noun = i + 1;
    if (dln_atom_is(w, i, "no") && noun + 1 < w->count
        && !marked(w, noun, "casualtyless"))
        noun++;
    dln_draft d = told(w, i, i + 1, NULL, 0);
    if (dln_atom_is(w, i, "no") && !marked(w, noun, "casualtyless"))
        return;
    if (dln_atom_is(w, i, "no"))
        d.end = d.n.end = noun + 1;
    d.quantity = DLN_QTY_COUNT;
    d.noun = DLN_NONE;
    const dln_row *people = dln_table_find(w->f->people,
                                           w->atoms[d.end - 1].word);
    d.people = people;
    if (dln_atom_is(w, d.end - 1, "casualties"))
        d.quantity = DLN_QTY_KILLED;
    else if (dln_atom_is(w, d.end - 1, "injuries"))
        d.quantity = DLN_QTY_WOUNDED;
    else if (people)
        d.quantity = dln_quantity_of(people->field[3]);
    for (uint32_t k = d.end; d.quantity >= DLN_QTY_COUNT && k < d.end + 5
                             && k < w->count; k++) {
        const dln_row *row = dln_figures__phrase_from(w, w->f->frames, k,
                                                      &edge);
        if (marked(w, k, "stop") || marked(w, k, "subord"))
            break;
        if (row && casualty(row))
            d.quantity = dln_quantity_of(row->field[1]);
    }
    if (d.quantity < DLN_QTY_COUNT && !had(w, d.begin, d.quantity))
        insert(w, max, d);
}

void dln_figures__victims(dln_figwork *w, uint32_t max)
{
    for (uint32_t i = 0; i < w->count; i++) {
        if (w->atoms[i].kind != DLN_ATOM_WORD)
            continue;
        w->violent |= marked(w, i, "violent");
        by_verb(w, max, i);
        by_owner(w, max, i);
        by_deed(w, max, i);
        by_denial(w, max, i);
    }
}
