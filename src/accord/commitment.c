/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verbs → commitments: who must do what, by when, under which condition.
 *
 * Verbs of commitment-verbs.txt say who is bound (subject, object) and how
 * (agreed, promised, demanded); "under the deal, X will" and "X must" bind
 * too. Only states, armed groups and bodies are debtors, and what they owe
 * must touch an issue or stand under an agreement: other promises are daily
 * business. Limits: what is owed as a noun alone ("agreed a pullback") is
 * kept with that noun as its act.
 */
#include <stdio.h>

#include "accord/accord_p.h"

#define MAX_OBJECT 40u      /* tokens */
#define MAX_ACTS 4u         /* verbs side by side: "to stop and withdraw" */

typedef struct owed {
    uint32_t verb;          /* what binds; DLN_NONE: a modal alone */
    uint32_t act;
    dln_accactors debtors;
    const char *basis, *why;
    uint32_t pact;
} owed;

static bool is_relation(const dln_accwork *w, uint32_t t, dln_deprel rel)
{
    return dln_acc__tok(w, t)->deprel == rel;
}

/* A pact in the sentence, before `token`, that binds: "under the deal". */
static uint32_t pact_before(const dln_accwork *w, uint32_t token)
{
    static const char *const preps[] = {"under", "by", "in", "per", NULL};
    uint32_t begin =
        w->doc->sentences.at[dln_acc__tok(w, token)->sentence].token_begin;
    if (token - begin > DLN_ACC_REACH * 2)
        begin = token - DLN_ACC_REACH * 2;
    for (uint32_t t = begin; t < token; t++) {
        uint32_t pact = w->pact_of[t];
        if (pact == DLN_NONE)
            continue;
        uint32_t prep = dln_child(w->doc, t, DLN_REL_case);
        if (prep != DLN_NONE && dln_acc__any(w, prep, preps))
            return pact;
    }
    return DLN_NONE;
}

static bool political(const dln_accwork *w, const dln_accactors *all)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < all->count; i++)
        n += dln_acc__political(w->doc, all->at[i]);
    return n > 0 && n == all->count;
}

/* Days by which it is due: a day to come, or "within 72 hours" from the
 * agreement, else from the report. */
static dln_interval due_of(const dln_accwork *w, const owed *o,
                           uint32_t begin, uint32_t end)
{
    static const char *const by[] = {"by", "before", "until", "within",
                                     "on", "in", "till", "from", "through",
                                     NULL};
    const dln_doc *doc = w->doc;
    int32_t base = doc->published.start;
    if (o->pact != DLN_NONE
        && doc->pacts.at[o->pact].when.start != DLN_NO_DAY)
        base = doc->pacts.at[o->pact].when.start;
    for (uint32_t t = begin; t < end; t++) {
        uint32_t i = dln_acc__time_in(w, t, end);
        if (i == DLN_NONE)
            return DLN_NO_INTERVAL;
        const dln_time *time = &doc->times.at[i];
        uint32_t first = time->token_begin;
        bool bound = dln_acc__any(w, first, by)
                     || (first > 0 && dln_acc__any(w, first - 1, by));
        bool within = dln_acc__is(w, first, "within")
                      || (first > 0 && dln_acc__is(w, first - 1, "within"));
        int32_t days = dln_acc__days(time->value);
        if (time->type == DLN_TIME_DURATION && within && days
            && base != DLN_NO_DAY)
            return (dln_interval){base, base + days, DLN_PREC_DAY};
        if ((time->type == DLN_TIME_DATE || time->type == DLN_TIME_TIME)
            && time->when.end != DLN_NO_DAY && bound
            && (base == DLN_NO_DAY || time->when.end >= base))
            return time->when;
        t = time->token_begin;
    }
    return DLN_NO_INTERVAL;
}

/* "if", "once", "in exchange for": the words of the condition. */
static dln_span condition_of(const dln_accwork *w, uint32_t act)
{
    static const char *const marks[] = {"if", "once", "unless", "provided",
                                        "after", "when", "until", NULL};
    uint32_t n = 0, begin, end;
    for (uint32_t c = dln_acc__tok(w, act)->child;
         c != DLN_NONE && n < DLN_ACC_REACH * 2;
         c = dln_acc__tok(w, c)->sibling, n++) {
        uint32_t mark = dln_child(w->doc, c, DLN_REL_mark);
        bool clause = is_relation(w, c, DLN_REL_advcl) && mark != DLN_NONE
                      && dln_acc__any(w, mark, marks);
        uint32_t prep = dln_child(w->doc, c, DLN_REL_case);
        bool trade = prep != DLN_NONE && dln_acc__is(w, prep, "in")
                     && (dln_acc__is(w, prep + 1, "exchange")
                         || dln_acc__is(w, prep + 1, "return"));
        if (!clause && !trade)
            continue;
        dln_subtree(w->doc, c, &begin, &end);
        return dln_tokens_span(w->doc, begin, end);
    }
    return DLN_NO_SPAN;
}

static uint32_t clip_end(const dln_accwork *w, uint32_t begin, uint32_t end)
{
    if (end > begin + MAX_OBJECT)
        end = begin + MAX_OBJECT;
    while (end > begin && dln_acc__tok(w, end - 1)->upos == DLN_UPOS_PUNCT)
        end--;
    return end;
}

/* To whom: "return the bodies to Chad", "guarantee residents safety". */
static uint32_t beneficiary_of(const dln_accwork *w, const owed *o)
{
    uint32_t n = 0;
    for (uint32_t c = dln_acc__tok(w, o->act)->child;
         c != DLN_NONE && n < DLN_ACC_REACH;
         c = dln_acc__tok(w, c)->sibling, n++) {
        uint32_t prep = dln_child(w->doc, c, DLN_REL_case);
        bool to = prep != DLN_NONE && (dln_acc__is(w, prep, "to")
                                       || dln_acc__is(w, prep, "for"));
        if (!is_relation(w, c, DLN_REL_iobj) && !to)
            continue;
        uint32_t m = dln_mention_at(w->doc, c);
        if (m == DLN_NONE || w->doc->mentions.at[m].actor == DLN_NONE)
            continue;
        dln_accactors all = {0};
        dln_acc__actors(w, c, &all);
        if (all.count && !(o->debtors.count
                           && all.at[0] == o->debtors.at[0]))
            return w->doc->mentions.at[m].actor;
    }
    return DLN_NONE;
}

static void keep(dln_accwork *w, owed *o)
{
    dln_doc *doc = w->doc;
    uint32_t begin, end;
    const dln_token *act = dln_acc__tok(w, o->act);
    if (doc->commitments.count >= DLN_ACC_MAX || !o->debtors.count
        || !political(w, &o->debtors))
        return;
    dln_subtree(doc, o->act, &begin, &end);
    if (end <= o->act)
        return;
    if (end > o->act + MAX_OBJECT)
        end = o->act + MAX_OBJECT;
    dln_str issue = dln_acc__issue(w, o->act, end);
    if (!issue.len && o->pact == DLN_NONE)
        return;
    uint32_t from = o->verb != DLN_NONE && o->verb < o->act ? o->verb
                                                             : o->act;
    end = clip_end(w, o->act + 1, end);
    bool no = dln_acc__negated(w, o->act);
    dln_str word = dln_token_str(doc, o->verb == DLN_NONE ? o->act
                                                          : o->verb);
    dln_commitment *c = DLN_VEC_PUSH(doc->arena, &doc->commitments);
    if (!c)
        return;
    *c = (dln_commitment){
        .span = dln_tokens_span(doc, from, end > o->act ? end : o->act + 1),
        .token = o->act, .basis = o->basis,
        .act = dln_arena_printf(doc->arena, "%s%.*s", no ? "not " : "",
                                DLN_ARG(act->lemma)),
        .object = end > o->act + 1 ? dln_tokens_span(doc, o->act + 1, end)
                                   : DLN_NO_SPAN,
        .debtors = dln_acc__copy(doc->arena, &o->debtors),
        .debtor_count = o->debtors.count,
        .beneficiary = beneficiary_of(w, o),
        .due = due_of(w, o, from, end), .condition = condition_of(w, o->act),
        .issue = issue, .pact = o->pact,
        .claimed_by = dln_acc__speaker(w, o->act),
        .why = dln_arena_printf(doc->arena, "%s: %.*s", o->why,
                                DLN_ARG(word)),
    };
    if (!c->debtors)
        doc->commitments.count--;
}

/* The act, and verbs coordinated with it. */
static void keep_acts(dln_accwork *w, owed *o)
{
    uint32_t n = 0, kept = 0, first = o->act;
    keep(w, o);
    for (uint32_t c = dln_acc__tok(w, first)->child;
         c != DLN_NONE && n < DLN_ACC_REACH * 2 && kept < MAX_ACTS;
         c = dln_acc__tok(w, c)->sibling, n++) {
        if (!is_relation(w, c, DLN_REL_conj)
            || dln_acc__tok(w, c)->upos != DLN_UPOS_VERB
            || dln_child(w->doc, c, DLN_REL_nsubj) != DLN_NONE)
            continue;
        o->act = c;
        keep(w, o);
        kept++;
    }
}

/* First verb below that is bound: "to VERB", "that X will VERB". */
static uint32_t clause_of(const dln_accwork *w, uint32_t verb)
{
    uint32_t n = 0;
    for (uint32_t c = dln_acc__tok(w, verb)->child;
         c != DLN_NONE && n < DLN_ACC_REACH * 2;
         c = dln_acc__tok(w, c)->sibling, n++)
        if (c > verb && (is_relation(w, c, DLN_REL_xcomp)
                         || is_relation(w, c, DLN_REL_ccomp)))
            return c;
    return DLN_NONE;
}

static bool had_agreed(const dln_accwork *w, uint32_t verb, bool demand)
{
    static const char *const hopes[] = {"will", "to", NULL};
    uint32_t n = 0;
    if (dln_acc__negated(w, verb) || dln_acc__unreal(w, verb))
        return false;
    for (uint32_t c = dln_acc__tok(w, verb)->child;
         c != DLN_NONE && n < DLN_ACC_REACH && !demand;
         c = dln_acc__tok(w, c)->sibling, n++)
        if (c < verb && dln_acc__any(w, c, hopes))
            return false;
    return true;
}

static void by_subject(dln_accwork *w, owed *o, uint32_t clause)
{
    uint32_t own = dln_acc__tok(w, clause)->deprel == DLN_REL_ccomp
        ? dln_child(w->doc, clause, DLN_REL_nsubj) : DLN_NONE;
    uint32_t subject = own != DLN_NONE ? own
                                       : dln_acc__subject(w, o->verb);
    if (subject == DLN_NONE)
        return;
    if (w->pact_of[subject] != DLN_NONE)
        return;
    dln_acc__actors(w, subject, &o->debtors);
    o->act = clause;
    keep_acts(w, o);
}

/* "urged X to VERB", "requires X to VERB": the object must. */
static void by_object(dln_accwork *w, owed *o, uint32_t clause)
{
    uint32_t object = dln_child(w->doc, o->verb, DLN_REL_obj);
    if (object == DLN_NONE)
        object = dln_child(w->doc, o->verb, DLN_REL_iobj);
    if (object == DLN_NONE)
        object = dln_child(w->doc, clause, DLN_REL_nsubj);
    if (object == DLN_NONE)
        return;
    dln_acc__actors(w, object, &o->debtors);
    o->act = clause;
    keep_acts(w, o);
}

/* "called on X to VERB" */
static void by_call(dln_accwork *w, owed *o, uint32_t clause)
{
    uint32_t n = 0;
    for (uint32_t c = dln_acc__tok(w, o->verb)->child;
         c != DLN_NONE && n < DLN_ACC_REACH * 2;
         c = dln_acc__tok(w, c)->sibling, n++) {
        uint32_t prep = dln_child(w->doc, c, DLN_REL_case);
        if (c < o->verb || c > clause || prep == DLN_NONE
            || !(dln_acc__is(w, prep, "on") || dln_acc__is(w, prep, "upon")
                 || dln_acc__is(w, prep, "to")))
            continue;
        dln_acc__actors(w, c, &o->debtors);
        o->act = clause;
        keep_acts(w, o);
        return;
    }
}

static void read_verb(dln_accwork *w, uint32_t verb, const dln_row *row)
{
    owed o = {.verb = verb, .pact = DLN_NONE, .why = "commitment-verbs"};
    dln_str frame = row->field[2];
    bool demand = dln_str_is(row->field[1], "demanded");
    o.basis = demand ? "demanded"
              : dln_str_is(row->field[1], "agreed") ? "agreed" : "promised";
    uint32_t clause = clause_of(w, verb);
    if (clause == DLN_NONE || !had_agreed(w, verb, demand)
        || dln_acc__tok(w, clause)->upos != DLN_UPOS_VERB)
        return;
    uint32_t subject = dln_acc__subject(w, verb);
    if (subject != DLN_NONE)
        o.pact = w->pact_of[subject];
    if (dln_str_is(frame, "self"))
        by_subject(w, &o, clause);
    else if (dln_str_is(frame, "that"))
        by_subject(w, &o, clause);
    else if (dln_str_is(frame, "call"))
        by_call(w, &o, clause);
    else if (dln_str_is(frame, "text") ? o.pact != DLN_NONE : true)
        by_object(w, &o, clause);
}

/* "Under the deal, X will withdraw", "X must release", and what a body is
 * to do by a day. */
static void read_modal(dln_accwork *w, uint32_t modal)
{
    static const char *const duty[] = {"must", "shall", NULL};
    static const char *const future[] = {"will", "would", "is", "are", "was",
                                         "were", NULL};
    const dln_token *t = dln_acc__tok(w, modal);
    uint32_t act = t->head;
    if (act == DLN_NONE || act < modal
        || dln_acc__tok(w, act)->upos != DLN_UPOS_VERB
        || t->deprel != DLN_REL_aux)
        return;
    owed o = {.verb = DLN_NONE, .act = act, .why = "a modal verb"};
    bool must = dln_acc__any(w, modal, duty);
    if (!must && !dln_acc__any(w, modal, future))
        return;
    uint32_t subject = dln_child(w->doc, act, DLN_REL_nsubj);
    if (subject == DLN_NONE)
        return;
    dln_acc__actors(w, subject, &o.debtors);
    o.pact = pact_before(w, act);
    o.basis = "agreed";
    if (o.pact != DLN_NONE) {
        o.why = "under an agreement";
        keep_acts(w, &o);
        return;
    }
    uint32_t begin, end;
    dln_subtree(w->doc, act, &begin, &end);
    bool body = o.debtors.count == 1
        && w->doc->actors.at[o.debtors.at[0]].kind == DLN_ACTOR_BODY;
    if (must) {
        o.basis = "demanded";
        if (dln_acc__speaker(w, act) != DLN_NONE)
            keep_acts(w, &o);
    } else if (dln_acc__is(w, modal, "will")
               && due_of(w, &o, modal, end).start != DLN_NO_DAY
               && (body || dln_acc__speaker(w, act) != DLN_NONE)) {
        o.basis = "promised";
        o.why = "a day by which it will be done";
        keep_acts(w, &o);
    }
}

static void read_token(dln_accwork *w, uint32_t t, uint32_t end)
{
    uint8_t upos = dln_acc__tok(w, t)->upos;
    (void)end;
    if (upos == DLN_UPOS_AUX)
        read_modal(w, t);
    if (upos != DLN_UPOS_VERB)
        return;
    const dln_row *row = dln_acc__word(w->a->commits, w, t);
    if (row)
        read_verb(w, t, row);
}

void dln_acc__commitments(dln_accwork *w)
{
    dln_acc__each(w, read_token);
}
