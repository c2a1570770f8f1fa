/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tokens → pacts: nouns for an agreement with what stands before them, what
 * kind of agreement that is, and which of them are one in this report.
 *
 * A noun like "ceasefire" is enough; "deal" needs a sign of a peace process
 * (a word before it, a mediator, sides that fight, an issue it is about), or
 * an earlier mention that it takes up ("the deal"). Words of trade, sport
 * and contracts refuse. Limits: an agreement known only by a pronoun is not
 * found.
 */
#include <stdlib.h>

#include "accord/accord_p.h"

#define TAKEN_UP 24u        /* sentences back that "the deal" may reach */

typedef struct phrase {
    uint32_t begin, end, head;  /* begin: behind the article */
    bool definite, proper, peace, other, joint, capital;
    dln_str kind, stage, word;
} phrase;

static bool in_phrase(const dln_accwork *w, uint32_t t)
{
    const dln_token *k = dln_acc__tok(w, t);
    switch (k->upos) {
    case DLN_UPOS_ADJ: case DLN_UPOS_NOUN: case DLN_UPOS_PROPN:
    case DLN_UPOS_NUM:
        return true;
    case DLN_UPOS_VERB:
        return (k->xpos == DLN_XPOS_VBN || k->xpos == DLN_XPOS_VBG)
               && (k->deprel == DLN_REL_amod
                   || k->deprel == DLN_REL_compound);
    default:
        return k->xpos == DLN_XPOS_HYPH || k->xpos == DLN_XPOS_POS
               || (k->xpos == DLN_XPOS_VBN && k->deprel == DLN_REL_amod);
    }
}

/* Where the noun phrase of `head` begins, and whether it is definite. */
static void reach_left(const dln_accwork *w, phrase *p)
{
    static const char *const definite[] = {"the", "this", "that", "these",
                                           "those", "its", "their", "both",
                                           "his", "her", "our", NULL};
    const dln_sentence *s =
        &w->doc->sentences.at[dln_acc__tok(w, p->head)->sentence];
    p->begin = p->head;
    while (p->begin > s->token_begin && p->head - p->begin < DLN_ACC_REACH
           && in_phrase(w, p->begin - 1)) {
        p->begin--;
        p->definite |= dln_acc__tok(w, p->begin)->xpos == DLN_XPOS_POS;
    }
    if (p->begin > s->token_begin)
        p->definite |= dln_acc__any(w, p->begin - 1, definite);
    while (p->begin < p->head
           && (dln_acc__tok(w, p->begin)->xpos == DLN_XPOS_HYPH
               || dln_acc__tok(w, p->begin)->xpos == DLN_XPOS_POS))
        p->begin++;
}

static void take_modifier(phrase *p, const dln_row *row)
{
    dln_str effect = row->field[1];
    p->peace |= dln_str_is(effect, "peace");
    p->joint |= dln_str_is(effect, "joint");
    p->other |= dln_str_is(effect, "other");
    if (!dln_str_is(row->field[2], "-") && !p->kind.len)
        p->kind = row->field[2];
    if (!dln_str_is(row->field[3], "-") && !p->stage.len)
        p->stage = row->field[3];
    if (dln_str_is(effect, "peace"))
        p->word = row->field[0];
}

static void read_modifiers(const dln_accwork *w, phrase *p)
{
    const dln_table *table = w->a->modifiers;
    uint32_t n;
    for (uint32_t t = p->begin; t < p->head; t += n) {
        const dln_row *row = dln_acc__phrase(table, w, t, p->head, &n);
        for (; row; row = row->next == DLN_NONE ? NULL
                                                : &table->rows[row->next])
            take_modifier(p, row);
        if (dln_acc__tok(w, t)->upos == DLN_UPOS_PROPN)
            p->proper = true;
    }
    dln_str head = dln_token_str(w->doc, p->head);
    p->capital = head.len && dln_is_upper(head.data[0])
                 && dln_acc__tok(w, p->head)->upos == DLN_UPOS_PROPN;
}

/* Is a place among the words before the noun? */
static bool names_place(const dln_accwork *w, const phrase *p)
{
    dln_span span = dln_tokens_span(w->doc, p->begin, p->head + 1);
    for (uint32_t i = 0; i < w->doc->places.count; i++) {
        dln_span at = w->doc->places.at[i].span;
        if (dln_span_has(at) && at.start >= span.start && at.end <= span.end)
            return true;
    }
    return false;
}

/* Sides that could make peace with each other: "between X and Y", or one
 * that is armed: "with the rebels". */
static bool between_sides(const dln_accwork *w, uint32_t head)
{
    uint32_t n = 0;
    for (uint32_t c = dln_acc__tok(w, head)->child;
         c != DLN_NONE && n < DLN_ACC_REACH;
         c = dln_acc__tok(w, c)->sibling, n++) {
        uint32_t prep = dln_child(w->doc, c, DLN_REL_case);
        dln_accactors sides = {0};
        uint32_t political = 0, armed = 0;
        if (prep == DLN_NONE || !(dln_acc__is(w, prep, "between")
                                  || dln_acc__is(w, prep, "with")))
            continue;
        dln_acc__actors(w, c, &sides);
        for (uint32_t i = 0; i < sides.count; i++) {
            const dln_actor *a = &w->doc->actors.at[sides.at[i]];
            political += dln_acc__political(w->doc, sides.at[i]);
            armed += a->kind == DLN_ACTOR_ARMED_GROUP;
        }
        if (armed && political == sides.count)
            return true;
    }
    return false;
}

/* The issue that the noun's own words behind it tell: "a deal to swap
 * prisoners", "agreement on the return of refugees". */
static dln_str issue_behind(const dln_accwork *w, uint32_t head)
{
    uint32_t begin, end;
    dln_subtree(w->doc, head, &begin, &end);
    if (end > head + DLN_ACC_REACH)
        end = head + DLN_ACC_REACH;
    return end > head + 1 ? dln_acc__issue(w, head + 1, end)
                          : (dln_str){NULL, 0};
}

static bool brokered(const dln_accwork *w, const phrase *p)
{
    static const char *const words[] = {"brokered", "mediated", "broker",
                                        "sponsored", NULL};
    for (uint32_t t = p->begin; t < p->head; t++) {
        dln_str word = dln_token_str(w->doc, t);
        if (dln_acc__any(w, t, words)
            || dln_str_ends(word, DLN_STR("-brokered"))
            || dln_str_ends(word, DLN_STR("-mediated")))
            return true;
    }
    return false;
}

/* What makes it one of a peace process; NULL: nothing does. */
static const char *sign_of(const dln_accwork *w, const phrase *p,
                           dln_str need)
{
    if (dln_str_is(need, "joint"))
        return (p->joint || (p->peace && p->capital)) && !p->other
                   ? "said jointly" : NULL;
    if (dln_str_is(need, "strong"))
        return "the noun";
    if (p->peace)
        return "a word before it";
    if (p->other)
        return NULL;
    if (brokered(w, p))
        return "a mediator";
    if (p->proper && names_place(w, p)
        && (p->capital || dln_acc__tok(w, p->head)->xpos == DLN_XPOS_NNS))
        return "named after a place";
    if (between_sides(w, p->head))
        return "sides that fight";
    dln_str issue = issue_behind(w, p->head);
    if (issue.len && !dln_str_is(issue, "resources")
        && !dln_str_is(issue, "sanctions") && !dln_str_is(issue, "elections")
        && !dln_str_is(issue, "reconstruction")
        && !dln_str_is(issue, "constitution") && !dln_str_is(issue, "arms")
        && !dln_str_is(issue, "heritage") && !dln_str_is(issue, "justice"))
        return "what it is about";
    return NULL;
}

static bool agree_in_kind(dln_str a, dln_str b)
{
    bool text_a = dln_str_is(a, "statement") || dln_str_is(a, "declaration");
    bool text_b = dln_str_is(b, "statement") || dln_str_is(b, "declaration");
    return text_a == text_b && (!a.len || !b.len || dln_str_eq(a, b)
                                || !(dln_str_is(a, "treaty")
                                     || dln_str_is(b, "treaty")));
}

static bool apart(dln_interval a, dln_interval b)
{
    return a.start != DLN_NO_DAY && b.start != DLN_NO_DAY
           && a.end != DLN_NO_DAY && b.end != DLN_NO_DAY
           && (a.end < b.start || b.end < a.start);
}

static bool share_party(const dln_pact *a, const dln_pact *b,
                        dln_party_role role, bool *both)
{
    bool shared = false, has_a = false, has_b = false;
    for (uint32_t i = 0; i < a->party_count; i++) {
        has_a |= a->parties[i].role == role;
        for (uint32_t k = 0; k < b->party_count; k++) {
            has_b |= b->parties[k].role == role;
            shared |= a->parties[i].role == role
                      && b->parties[k].role == role
                      && a->parties[i].actor == b->parties[k].actor;
        }
    }
    *both = has_a && has_b;
    return shared;
}

/* Could they be one? `taken_up`: a bare "the deal" needs no more. */
static bool may_be_one(const dln_pact *a, const dln_pact *b, bool taken_up)
{
    bool both_med, both_part;
    bool mediator = share_party(a, b, DLN_PARTY_MEDIATOR, &both_med);
    bool party = share_party(a, b, DLN_PARTY_PARTY, &both_part);
    if (!agree_in_kind(a->kind, b->kind) || apart(a->when, b->when)
        || (both_part && !party) || a->made != b->made)
        return false;
    if (a->named && b->named)
        return true;
    if (a->when.start != DLN_NO_DAY && b->when.start != DLN_NO_DAY)
        return true;
    return mediator || taken_up
           || (dln_str_eq(a->kind, b->kind) && a->kind.len && !both_med);
}

/* The earlier pact that this one is, if any. */
static uint32_t find_same(const dln_accwork *w, const dln_pact *p,
                          bool taken_up)
{
    const dln_doc *doc = w->doc;
    uint32_t sentence = doc->tokens.at[p->head].sentence;
    for (uint32_t i = doc->pacts.count, n = 0; i-- > 0 && n < 64; n++) {
        const dln_pact *q = &doc->pacts.at[i];
        uint32_t distance = sentence - doc->tokens.at[q->head].sentence;
        if (p->named && q->named
            && !dln_str_ieq(dln_doc_str(doc, p->span),
                            dln_doc_str(doc, q->span)))
            continue;
        if ((!taken_up || distance <= TAKEN_UP)
            && may_be_one(p, q, taken_up))
            return q->same == DLN_NONE ? i : q->same;
    }
    return DLN_NONE;
}

static bool can_take_up(dln_str lemma)
{
    static const char *const words[] = {"agreement", "deal", "accord",
                                        "pact", "treaty", "ceasefire",
                                        "truce", "armistice", "statement",
                                        NULL};
    for (const char *const *word = words; *word; word++)
        if (dln_str_is(lemma, *word))
            return true;
    return false;
}

/* What a bare "the deal" takes up knows more than it does. */
static void inherit(dln_pact *p, const dln_pact *from)
{
    p->made = from->made;
    if (!p->kind.len)
        p->kind = from->kind;
    if (!p->stage.len)
        p->stage = from->stage;
}

static void keep(dln_accwork *w, dln_pact *p)
{
    dln_pact *to = w->doc->pacts.count < DLN_ACC_MAX
                       ? DLN_VEC_PUSH(w->doc->arena, &w->doc->pacts) : NULL;
    if (!to)
        return;
    *to = *p;
    w->pact_of[p->head] = w->doc->pacts.count - 1;
}

/* "Treaty of Lausanne", "agreement of 10 November". */
static uint32_t reach_right(const dln_accwork *w, const phrase *p)
{
    uint32_t end = p->head + 1;
    const dln_sentence *s =
        &w->doc->sentences.at[dln_acc__tok(w, p->head)->sentence];
    if (end + 1 >= s->token_end || !dln_acc__is(w, end, "of"))
        return end;
    uint32_t time = dln_acc__time_in(w, end + 1, s->token_end);
    if (time != DLN_NONE && w->doc->times.at[time].token_begin <= end + 2
        && w->doc->times.at[time].type == DLN_TIME_DATE)
        return w->doc->times.at[time].token_end;
    if (!p->capital)
        return end;
    uint32_t t = end + 1;
    while (t < s->token_end
           && dln_acc__tok(w, t)->upos == DLN_UPOS_PROPN)
        t++;
    return t > end + 1 ? t : end;
}

static void read_noun(dln_accwork *w, uint32_t head, const dln_row *noun)
{
    dln_doc *doc = w->doc;
    phrase p = {.head = head};
    reach_left(w, &p);
    read_modifiers(w, &p);
    p.end = reach_right(w, &p);
    const char *sign = sign_of(w, &p, noun->field[2]);
    dln_pact pact = {
        .token_begin = p.begin, .token_end = p.end, .head = head,
        .span = dln_tokens_span(doc, p.begin, p.end),
        .same = DLN_NONE, .when = DLN_NO_INTERVAL, .place = DLN_NONE,
        .stage = p.stage,
    };
    if (!dln_str_is(noun->field[1], "-"))
        pact.kind = noun->field[1];
    if (p.kind.len && !pact.kind.len)
        pact.kind = p.kind;
    if (dln_str_is(pact.kind, "ceasefire") && !pact.stage.len)
        pact.stage = DLN_STR("ceasefire");
    pact.named = p.capital && p.proper && p.end - p.begin > 1;
    bool bare = p.begin == head && p.end == head + 1;
    bool taken = bare && p.definite && can_take_up(noun->field[0]);
    if (!sign && !taken)
        return;
    dln_acc__facts(w, &pact, p.definite);
    bool made = pact.made;
    pact.made |= taken;
    bool plain = p.definite && can_take_up(noun->field[0]) && !pact.named
                 && pact.when.start == DLN_NO_DAY && !pact.party_count;
    pact.same = find_same(w, &pact, taken || plain);
    if (taken && pact.same == DLN_NONE) {
        pact.made = made;
        pact.same = find_same(w, &pact, true);
        if (pact.same == DLN_NONE && !sign)
            return;
    }
    if (pact.same != DLN_NONE)
        inherit(&pact, &doc->pacts.at[pact.same]);
    dln_str reason = pact.made ? (dln_str){NULL, 0} : pact.why;
    pact.why = dln_arena_printf(
        doc->arena, "%.*s by accord-nouns (%s); %s%.*s",
        DLN_ARG(noun->field[0]), sign ? sign : "takes up an earlier one",
        pact.made ? "in being" : "not in being: ", DLN_ARG(reason));
    keep(w, &pact);
}

static void read_token(dln_accwork *w, uint32_t t, uint32_t end)
{
    const dln_token *k = dln_acc__tok(w, t);
    if (k->upos != DLN_UPOS_NOUN && k->upos != DLN_UPOS_PROPN)
        return;
    const dln_row *noun = dln_acc__word(w->a->nouns, w, t);
    /* "ceasefire talks", "peace deal text": not its head */
    bool inner = t + 1 < end
        && (k[1].upos == DLN_UPOS_NOUN || k[1].upos == DLN_UPOS_PROPN
            || k[1].xpos == DLN_XPOS_HYPH);
    if (noun && !inner)
        read_noun(w, t, noun);
}

void dln_acc__pacts(dln_accwork *w)
{
    dln_acc__each(w, read_token);
}
