/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verbs and nouns → compliances: an agreement or a duty that is kept,
 * broken, or not begun, by whom, and who says so.
 *
 * Words of compliance-words.txt with an agreement or a duty as their object,
 * "has yet to VERB", "failed to VERB". Limits: only one object a verb.
 */
#include "accord/accord_p.h"

/* The agreement or duty that is the object of `verb`; DLN_NONE. */
static uint32_t object_of(const dln_accwork *w, uint32_t verb)
{
    uint32_t n = 0, steps;
    for (uint32_t c = dln_acc__tok(w, verb)->child;
         c != DLN_NONE && n < DLN_ACC_REACH * 2;
         c = dln_acc__tok(w, c)->sibling, n++) {
        uint8_t rel = dln_acc__tok(w, c)->deprel;
        uint32_t at = c;
        if (rel != DLN_REL_obj && rel != DLN_REL_obl
            && rel != DLN_REL_nmod && rel != DLN_REL_nsubj_pass)
            continue;
        /* "the terms of the armistice": what the terms are of */
        for (steps = 0; steps < 3; steps++) {
            if (w->pact_of[at] != DLN_NONE)
                return at;
            uint32_t of = dln_child(w->doc, at, DLN_REL_nmod);
            if (of == DLN_NONE)
                break;
            at = of;
        }
        if (dln_list_has(w->a->duties, dln_acc__tok(w, c)->lemma)
            || dln_list_has(w->a->nouns, dln_acc__tok(w, c)->lemma))
            return c;
    }
    return DLN_NONE;
}

/* Who does or does not: the subject, or the one accused. */
static uint32_t debtor_of(const dln_accwork *w, uint32_t verb)
{
    uint32_t subject = DLN_NONE;
    const dln_token *t = dln_acc__tok(w, verb);
    if (t->head != DLN_NONE
        && (t->deprel == DLN_REL_advcl || t->deprel == DLN_REL_xcomp
            || t->deprel == DLN_REL_acl || t->deprel == DLN_REL_obl)) {
        uint32_t mark = dln_child(w->doc, verb, DLN_REL_mark);
        bool of = mark != DLN_NONE && dln_acc__is(w, mark, "of");
        if (of)
            subject = dln_child(w->doc, t->head, DLN_REL_obj);
        if (of && subject == DLN_NONE)
            subject = dln_child(w->doc, t->head, DLN_REL_nsubj_pass);
        if (of && subject == DLN_NONE)
            return DLN_NONE;
    }
    if (subject == DLN_NONE)
        subject = dln_acc__subject(w, verb);
    uint32_t m = subject == DLN_NONE ? DLN_NONE
                                     : dln_mention_at(w->doc, subject);
    uint32_t actor = m == DLN_NONE ? DLN_NONE
                                   : w->doc->mentions.at[m].actor;
    return dln_acc__political(w->doc, actor) ? actor : DLN_NONE;
}

/* Who says so: the speaker, or the subject of "accused". */
static uint32_t claimant_of(const dln_accwork *w, uint32_t verb,
                            uint32_t debtor)
{
    uint32_t speaker = dln_acc__speaker(w, verb);
    uint32_t head = dln_acc__tok(w, verb)->head;
    for (int i = 0; speaker == DLN_NONE && head != DLN_NONE && i < 3; i++) {
        uint32_t m = dln_child(w->doc, head, DLN_REL_nsubj);
        m = m == DLN_NONE ? DLN_NONE : dln_mention_at(w->doc, m);
        if (m != DLN_NONE && w->doc->mentions.at[m].actor != debtor)
            speaker = w->doc->mentions.at[m].actor;
        head = dln_acc__tok(w, head)->head;
    }
    return speaker;
}

static void keep(dln_accwork *w, uint32_t verb, uint32_t object, int level,
                 dln_str act, const char *why)
{
    dln_doc *doc = w->doc;
    uint32_t begin, end;
    uint32_t debtor = debtor_of(w, verb);
    uint32_t pact = object == DLN_NONE ? DLN_NONE : w->pact_of[object];
    if (doc->compliances.count >= DLN_ACC_MAX)
        return;
    dln_subtree(doc, verb, &begin, &end);
    if (end > verb + DLN_ACC_REACH * 2)
        end = verb + DLN_ACC_REACH * 2;
    while (end > verb + 1
           && dln_acc__tok(w, end - 1)->upos == DLN_UPOS_PUNCT)
        end--;
    if (end <= verb)
        return;
    dln_str issue = dln_acc__issue(w, verb, end);
    if (debtor == DLN_NONE || (pact == DLN_NONE && !issue.len))
        return;
    dln_compliance *c = DLN_VEC_PUSH(doc->arena, &doc->compliances);
    if (!c)
        return;
    *c = (dln_compliance){
        .span = dln_tokens_span(doc, verb, end), .level = level,
        .debtor = debtor, .pact = pact, .act = act, .issue = issue,
        .claimed_by = claimant_of(w, verb, debtor),
        .when = DLN_NO_INTERVAL,
        .why = dln_arena_printf(doc->arena, "%s: %.*s", why,
                                DLN_ARG(dln_token_str(doc, verb))),
    };
    uint32_t time = dln_acc__time(w, verb, DLN_TIME_DATE);
    if (time != DLN_NONE)
        c->when = doc->times.at[time].when;
}

static bool to_come(const dln_accwork *w, uint32_t verb)
{
    uint32_t n = 0;
    for (uint32_t c = dln_acc__tok(w, verb)->child;
         c != DLN_NONE && n < DLN_ACC_REACH;
         c = dln_acc__tok(w, c)->sibling, n++)
        if (c < verb && (dln_acc__is(w, c, "will") || dln_acc__is(w, c, "to")
                         || dln_acc__is(w, c, "must")))
            return true;
    return false;
}

static void read_word(dln_accwork *w, uint32_t t, const dln_row *row)
{
    dln_str frame = row->field[2];
    int level = row->field[1].data[0] == '-' ? -1
                                             : row->field[1].data[0] - '0';
    bool verb = dln_acc__tok(w, t)->upos == DLN_UPOS_VERB;
    if (dln_str_is(frame, "fail")) {
        uint32_t act = verb ? dln_child(w->doc, t, DLN_REL_xcomp)
                            : DLN_NONE;
        /* without a duty it is anybody's failure: "failed to deliver" */
        if (act != DLN_NONE && object_of(w, act) != DLN_NONE
            && !dln_acc__negated(w, t)
            && !dln_acc__unreal(w, t) && !to_come(w, t))
            keep(w, t, object_of(w, act), 0, dln_acc__tok(w, act)->lemma,
                 "not done");
        return;
    }
    uint32_t object = object_of(w, t);
    bool is_verb_frame = dln_str_is(frame, "pact");
    if (object == DLN_NONE || is_verb_frame != verb || to_come(w, t)
        || dln_acc__unreal(w, t))
        return;
    /* "fail to implement": told at the verb above */
    const dln_token *k = dln_acc__tok(w, t);
    if (k->deprel == DLN_REL_xcomp && k->head != DLN_NONE)
        return;
    if (verb && dln_acc__negated(w, t)) {
        if (level < 0)
            return;
        level = 0;
    }
    keep(w, t, object, level, (dln_str){NULL, 0}, "compliance-words");
}

/* "has yet to release", "has not withdrawn" */
static void read_undone(dln_accwork *w, uint32_t verb)
{
    const dln_token *t = dln_acc__tok(w, verb);
    bool yet = verb > 2 && dln_acc__is(w, verb - 1, "to")
               && dln_acc__is(w, verb - 2, "yet");
    bool has = false;
    uint32_t n = 0;
    for (uint32_t c = t->child; c != DLN_NONE && n < DLN_ACC_REACH;
         c = dln_acc__tok(w, c)->sibling, n++)
        has |= dln_acc__is(w, c, "has") || dln_acc__is(w, c, "have");
    if (dln_acc__unreal(w, verb))
        return;
    if (yet || (has && t->xpos == DLN_XPOS_VBN && dln_acc__negated(w, verb)))
        keep(w, verb, object_of(w, verb), 0, t->lemma, "not done yet");
}

static void read_token(dln_accwork *w, uint32_t t, uint32_t end)
{
    uint8_t upos = dln_acc__tok(w, t)->upos;
    (void)end;
    if (upos != DLN_UPOS_VERB && upos != DLN_UPOS_NOUN)
        return;
    const dln_row *row = dln_acc__word(w->a->compliance, w, t);
    if (row)
        read_word(w, t, row);
    else if (upos == DLN_UPOS_VERB)
        read_undone(w, t);
}

void dln_acc__compliances(dln_accwork *w)
{
    dln_acc__each(w, read_token);
}
