/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words around a pact → whether it is in being, since when and where,
 * who is bound, who brokered it.
 *
 * In being: the report dates it, says that it was signed, or speaks of it as
 * of something known. Not: it hangs on a hope, a wish or a negotiation. When
 * both speak, what stands closest decides: the words of the phrase, then the
 * verbs of its own clauses, then the verb or noun it hangs on.
 */
#include "accord/accord_p.h"

typedef struct cast {
    dln_party at[DLN_ACC_PARTIES * 2];
    uint32_t count;
} cast;

static void add_party(dln_accwork *w, cast *c, uint32_t actor,
                      dln_party_role role, dln_span span)
{
    dln_accactors all = {0};
    dln_acc__add(w->doc, &all, actor);
    for (uint32_t i = 0; i < all.count; i++) {
        bool known = !dln_acc__political(w->doc, all.at[i]);
        for (uint32_t k = 0; k < c->count && !known; k++)
            known = c->at[k].actor == all.at[i];
        if (!known && c->count < DLN_ACC_PARTIES * 2)
            c->at[c->count++] = (dln_party){role, all.at[i], span};
    }
}

/* All actors that the phrase of `token` names. */
static void add_phrase(dln_accwork *w, cast *c, uint32_t token,
                       dln_party_role role)
{
    dln_accactors all = {0};
    uint32_t begin, end;
    dln_acc__actors(w, token, &all);
    dln_subtree(w->doc, token, &begin, &end);
    for (uint32_t i = 0; i < all.count; i++)
        add_party(w, c, all.at[i], role,
                  dln_tokens_span(w->doc, token, token + 1));
}

/* "Moscow-brokered", in one token or three. */
static void read_broker(dln_accwork *w, const dln_pact *p, cast *c)
{
    static const char *const words[] = {"brokered", "mediated", "sponsored",
                                        "broker", NULL};
    for (uint32_t t = p->token_begin; t < p->head; t++) {
        dln_str word = dln_token_str(w->doc, t);
        uint32_t who = DLN_NONE;
        if (dln_acc__any(w, t, words) && t > 1
            && dln_acc__tok(w, t - 1)->xpos == DLN_XPOS_HYPH)
            who = t - 2;
        else if (dln_str_ends(word, DLN_STR("-brokered"))
                 || dln_str_ends(word, DLN_STR("-mediated")))
            who = t;
        if (who == DLN_NONE)
            continue;
        uint32_t at = dln_acc__tok(w, who)->span.start;
        for (uint32_t m = dln_mentions_behind(w->doc, who);
             m-- > 0 && w->doc->mentions.at[m].token_end + 4 > who;)
            if (w->doc->mentions.at[m].span.start <= at
                && w->doc->mentions.at[m].span.end > at)
                add_party(w, c, w->doc->mentions.at[m].actor,
                          DLN_PARTY_MEDIATOR, w->doc->mentions.at[m].span);
    }
}

/* "Armenia-Azerbaijan peace deal": names before the noun. */
static void read_names(dln_accwork *w, const dln_pact *p, cast *c)
{
    const dln_doc *doc = w->doc;
    for (uint32_t m = dln_mentions_behind(doc, p->token_begin
                                                   ? p->token_begin - 1 : 0),
                  n = 0;
         m < doc->mentions.count && n < DLN_ACC_REACH; m++, n++) {
        const dln_mention *at = &doc->mentions.at[m];
        if (at->token_begin >= p->head)
            break;
        if (at->token_begin >= p->token_begin && at->token_end <= p->head
            && at->form != DLN_FORM_PRONOUN)
            add_party(w, c, at->actor, DLN_PARTY_PARTY, at->span);
    }
}

static bool past(const dln_accwork *w, uint32_t verb)
{
    const dln_token *t = dln_acc__tok(w, verb);
    uint32_t n = 0;
    if (dln_acc__negated(w, verb) || dln_acc__unreal(w, verb))
        return false;
    for (uint32_t c = t->child; c != DLN_NONE && n < DLN_ACC_REACH;
         c = dln_acc__tok(w, c)->sibling, n++)
        if (dln_acc__is(w, c, "will") || dln_acc__is(w, c, "to")
            || dln_acc__is(w, c, "shall"))
            return false;
    return t->xpos == DLN_XPOS_VBD || t->xpos == DLN_XPOS_VBN;
}

/* Effect of a verb, as accord-verbs says: 'm', 'h', 's' or 0. */
static char effect_of(const dln_accwork *w, uint32_t verb)
{
    const dln_row *row = dln_acc__word(w->a->verbs, w, verb);
    return row ? row->field[1].data[0] : 0;
}

typedef struct facts {
    dln_pact *p;
    cast cast;
    char word, own, above;  /* what each says: 'm' in being, 's' not, 0 */
    const char *why;
} facts;

static void take_time(dln_accwork *w, dln_pact *p, uint32_t verb)
{
    if (p->when.start != DLN_NO_DAY)
        return;
    uint32_t time = dln_acc__time(w, verb, DLN_TIME_DATE);
    if (time != DLN_NONE)
        p->when = w->doc->times.at[time].when;
}

/* The event that is coded at a token gives its day, place and sides. */
static void take_event(dln_accwork *w, facts *f, uint32_t token)
{
    const dln_doc *doc = w->doc;
    uint32_t i = w->event_of[token];
    const dln_event *e = i == DLN_NONE ? NULL : &doc->events.at[i];
    if (!e || e->polarity != DLN_ASSERTED
        || !(dln_str_is(e->type, "AGREE") || dln_str_is(e->type, "COOPERATE")
             || dln_str_is(e->type, "SUPPORT")
             || dln_str_is(e->type, "CONCEDE")))
        return;
    if (f->p->place == DLN_NONE)
        f->p->place = e->place;
    for (uint32_t k = 0; k < e->party_count; k++)
        add_party(w, &f->cast, e->parties[k].actor,
                  e->parties[k].role == DLN_PARTY_MEDIATOR
                      ? DLN_PARTY_MEDIATOR : DLN_PARTY_PARTY,
                  e->parties[k].span);
}

/* A clause of the noun's own: "signed in Moscow", "that Russia brokered". */
static void read_clause(dln_accwork *w, facts *f, uint32_t verb)
{
    static const char *const by[] = {"broker", "mediate", "sponsor",
                                     "facilitate", NULL};
    char effect = effect_of(w, verb);
    dln_str lemma = dln_acc__tok(w, verb)->lemma;
    bool brokers = false;
    for (size_t i = 0; by[i]; i++)
        brokers |= dln_str_is(lemma, by[i]);
    if ((effect == 'm' || effect == 'h') && past(w, verb)) {
        f->own = 'm';
        if (effect == 'm')
            take_time(w, f->p, verb);
    } else if (effect == 's' && f->own != 'm') {
        f->own = 's';
    }
    uint32_t who = dln_child(w->doc, verb, DLN_REL_nsubj);
    uint32_t n = 0;
    if (who == DLN_NONE)
        who = dln_child(w->doc, verb, DLN_REL_obl_agent);
    for (uint32_t c = dln_acc__tok(w, verb)->child;
         who == DLN_NONE && c != DLN_NONE && n < DLN_ACC_REACH;
         c = dln_acc__tok(w, c)->sibling, n++) {
        uint32_t prep = dln_child(w->doc, c, DLN_REL_case);
        if (prep != DLN_NONE && dln_acc__is(w, prep, "by"))
            who = c;
    }
    if (who != DLN_NONE && effect == 'm'
        && dln_acc__tok(w, who)->upos != DLN_UPOS_PRON)
        add_phrase(w, &f->cast, who, brokers ? DLN_PARTY_MEDIATOR
                                             : DLN_PARTY_PARTY);
}

static void read_children(dln_accwork *w, facts *f)
{
    uint32_t n = 0;
    for (uint32_t c = dln_acc__tok(w, f->p->head)->child;
         c != DLN_NONE && n < DLN_ACC_REACH * 2;
         c = dln_acc__tok(w, c)->sibling, n++) {
        const dln_token *t = dln_acc__tok(w, c);
        uint32_t prep = dln_child(w->doc, c, DLN_REL_case);
        if (t->deprel == DLN_REL_acl || t->deprel == DLN_REL_acl_relcl)
            read_clause(w, f, c);
        else if (c > f->p->head && prep != DLN_NONE
                 && (dln_acc__is(w, prep, "between")
                     || dln_acc__is(w, prep, "with")
                     || dln_acc__is(w, prep, "among")))
            add_phrase(w, &f->cast, c, DLN_PARTY_PARTY);
    }
}

/* The verb or noun above it. */
static void read_above(dln_accwork *w, facts *f)
{
    uint32_t above = dln_acc__tok(w, f->p->head)->head, low = f->p->head;
    /* "a ceasefire and an exchange": the first one's head counts */
    for (int i = 0; i < 4 && above != DLN_NONE
         && dln_acc__tok(w, low)->deprel == DLN_REL_conj; i++) {
        low = above;
        above = dln_acc__tok(w, low)->head;
    }
    if (above == DLN_NONE)
        return;
    const dln_token *t = dln_acc__tok(w, above);
    if (t->upos == DLN_UPOS_NOUN) {
        if (dln_list_has(w->a->hopes, t->lemma))
            f->above = 's';
        return;
    }
    if (t->upos != DLN_UPOS_VERB)
        return;
    char effect = effect_of(w, above);
    uint8_t rel = dln_acc__tok(w, low)->deprel;
    if (effect == 'h')
        f->above = 'h';
    else if (effect == 's')
        f->above = 's';
    else if (effect == 'm')
        f->above = past(w, above) ? 'm' : 's';
    if (f->above != 'm')
        return;
    take_time(w, f->p, above);
    take_event(w, f, above);
    uint32_t subject = rel == DLN_REL_obj || rel == DLN_REL_obl
                           ? dln_acc__subject(w, above) : DLN_NONE;
    if (subject != DLN_NONE && !dln_str_is(t->lemma, "end")
        && subject != f->p->head)
        add_phrase(w, &f->cast, subject,
                   dln_str_is(t->lemma, "broker")
                       || dln_str_is(t->lemma, "mediate")
                       || dln_str_is(t->lemma, "announce")
                       ? DLN_PARTY_MEDIATOR : DLN_PARTY_PARTY);
}

static void read_words(dln_accwork *w, facts *f)
{
    const dln_table *table = w->a->modifiers;
    const dln_pact *p = f->p;
    uint32_t begin = p->token_begin, n;
    if (begin > 0 && dln_acc__tok(w, begin - 1)->sentence
                         == dln_acc__tok(w, p->head)->sentence)
        begin--;
    for (uint32_t t = begin; t < p->head; t += n) {
        const dln_row *row = dln_acc__phrase(table, w, t, p->head, &n);
        for (; row; row = row->next == DLN_NONE ? NULL
                                                : &table->rows[row->next]) {
            if (dln_str_is(row->field[1], "made"))
                f->word = 'm';
            else if (dln_str_is(row->field[1], "sought") && f->word != 'm')
                f->word = 's';
        }
    }
    uint32_t time = dln_acc__time_in(w, p->token_begin, p->token_end);
    if (time != DLN_NONE && w->doc->times.at[time].type == DLN_TIME_DATE)
        f->p->when = w->doc->times.at[time].when;
}

/* A joint statement without a day of its own was made at the talks that the
 * report tells of just before. */
static void date_by_talks(dln_accwork *w, facts *f)
{
    const dln_doc *doc = w->doc;
    dln_pact *p = f->p;
    const dln_event *best = NULL;
    if (!dln_str_is(p->kind, "statement") || p->when.start != DLN_NO_DAY
        || f->above != 'm')
        return;
    for (uint32_t i = 0; i < doc->events.count && i < DLN_ACC_MAX; i++) {
        const dln_event *e = &doc->events.at[i];
        if (e->trigger.start > p->span.start)
            break;
        if (dln_str_is(e->type, "CONSULT") && e->polarity == DLN_ASSERTED
            && e->status == DLN_EVENT_ACTUAL && e->party_count > 1
            && e->when.start != DLN_NO_DAY && e->when.start == e->when.end
            && (!best || e->when.start >= best->when.start))
            best = e;
    }
    if (!best || (doc->published.start != DLN_NO_DAY
                  && doc->published.start - best->when.start > 7))
        return;
    p->when = best->when;
    if (p->place == DLN_NONE)
        p->place = best->place;
    for (uint32_t k = 0; k < best->party_count; k++)
        add_party(w, &f->cast, best->parties[k].actor, DLN_PARTY_PARTY,
                  best->parties[k].span);
}

static void settle(dln_accwork *w, facts *f, bool definite)
{
    dln_pact *p = f->p;
    bool dated = p->when.start != DLN_NO_DAY;
    bool future = dated && w->doc->published.start != DLN_NO_DAY
                  && p->when.start > w->doc->published.end;
    const char *why = "nothing says that it was made";
    bool known = definite && (dln_str_is(p->kind, "ceasefire") || dated
                              || p->named || f->cast.count);
    if (future) {
        why = "it is to come";
    } else if (f->word == 's') {
        why = "a word before it";
    } else if (f->own) {
        p->made = f->own == 'm';
        why = "its own clause";
    } else if (f->above == 's' && !(definite && dated)) {
        why = "what it hangs on";
    } else {
        p->made = f->word == 'm' || f->above == 'm' || dated || known
                  || (f->above == 'h' && definite) || p->named;
    }
    p->why = dln_str_of(why);
}

void dln_acc__facts(dln_accwork *w, dln_pact *p, bool definite)
{
    facts f = {.p = p};
    read_words(w, &f);
    read_broker(w, p, &f.cast);
    read_children(w, &f);
    read_above(w, &f);
    take_event(w, &f, p->head);
    read_names(w, p, &f.cast);
    if (f.cast.count && !f.word)
        for (uint32_t i = 0; i < f.cast.count; i++)
            if (f.cast.at[i].role == DLN_PARTY_MEDIATOR && !f.own)
                f.word = 'm';
    date_by_talks(w, &f);
    settle(w, &f, definite);
    dln_party *parties = dln_arena_array(w->doc->arena, f.cast.count + 1u,
                                         sizeof *parties);
    if (!parties)
        return;
    memcpy(parties, f.cast.at, f.cast.count * sizeof *parties);
    p->parties = parties;
    p->party_count = f.cast.count;
}
