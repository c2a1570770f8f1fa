/* SPDX-License-Identifier: Apache-2.0 */
/*
 * speaker: the words of a source → the actors who speak.
 *
 * The mention layer says who a word stands for; groups are unfolded into
 * their members, coordinated names are taken one by one. A text that speaks
 * ("the statement said") speaks for those who issued it: its owner, or the
 * speakers of the statement that brought it up. First-person pronouns inside
 * quotation marks are the speaker's and are filled in when nobody else has.
 */
#include "quote/quote_p.h"

static const dln_token *tok(const dln_reading *r, uint32_t t)
{
    return &r->doc->tokens.at[t];
}

static uint32_t add_actor(const dln_doc *doc, uint32_t actor, uint32_t count,
                          uint32_t out[QUOTE_MAX_SPEAKERS], int depth)
{
    if (actor >= doc->actors.count || count >= QUOTE_MAX_SPEAKERS)
        return count;
    const dln_actor *a = &doc->actors.at[actor];
    if (a->member_count && depth < 4) {
        for (uint32_t i = 0; i < a->member_count; i++)
            count = add_actor(doc, a->members[i], count, out, depth + 1);
        return count;
    }
    for (uint32_t i = 0; i < count; i++)
        if (out[i] == actor)
            return count;
    out[count] = actor;
    return count + 1;
}

/* Of mentions with one head the longest: "Armenian Prime Minister Orlov",
 * not "Armenian", when the parser made that the head. */
static uint32_t widest(const dln_doc *doc, uint32_t m)
{
    uint32_t best = m, head = doc->mentions.at[m].head;
    uint32_t from = m > 8 ? m - 8 : 0;
    uint32_t to = m + 8 < doc->mentions.count ? m + 8 : doc->mentions.count;
    for (uint32_t i = from; i < to; i++) {
        const dln_mention *k = &doc->mentions.at[i];
        const dln_mention *b = &doc->mentions.at[best];
        if (k->head == head && k->actor != DLN_NONE
            && k->token_end - k->token_begin > b->token_end - b->token_begin)
            best = i;
    }
    return best;
}

/* The mention that stands for `token` itself, not one around it that has
 * another head. */
static uint32_t mention_of(const dln_reading *r, uint32_t token)
{
    uint32_t m = dln_mention_at(r->doc, token);
    if (m == DLN_NONE)
        return DLN_NONE;
    uint32_t head = r->doc->mentions.at[m].head;
    if (head == token)
        return widest(r->doc, m);
    /* Flat names: any word of the name will do. */
    if (r->doc->mentions.at[m].form == DLN_FORM_NAME
        && (tok(r, token)->head == head || tok(r, head)->head == token)
        && dln_deprel_base((dln_deprel)tok(r, token)->deprel)
               != DLN_REL_conj)
        return m;
    return DLN_NONE;
}

uint32_t dln_quote__actor_of(const dln_reading *r, uint32_t token)
{
    if (token == DLN_NONE)
        return DLN_NONE;
    uint32_t m = mention_of(r, token);
    if (m != DLN_NONE)
        return r->doc->mentions.at[m].actor;
    return DLN_NONE;
}

/* Name in apposition: "the president, Ilham Aliyev". */
static uint32_t apposed(const dln_reading *r, uint32_t token)
{
    for (uint32_t k = tok(r, token)->child; k != DLN_NONE;
         k = tok(r, k)->sibling) {
        dln_deprel d = dln_deprel_base((dln_deprel)tok(r, k)->deprel);
        if (d == DLN_REL_appos || d == DLN_REL_flat) {
            uint32_t a = dln_quote__actor_of(r, k);
            if (a != DLN_NONE)
                return a;
        }
    }
    return DLN_NONE;
}

/* "Armenian Prime Minister Nikol Pashinyan" with the adjective for a head:
 * the last name or office before a preposition, comma or possessive. */
static uint32_t within(const dln_reading *r, const dln_candidate *c)
{
    uint32_t found = DLN_NONE;
    for (uint32_t t = c->source_begin; t < c->source_end; t++) {
        if (tok(r, t)->upos == DLN_UPOS_ADP
            || tok(r, t)->upos == DLN_UPOS_PUNCT
            || tok(r, t)->upos == DLN_UPOS_CCONJ
            || tok(r, t)->xpos == DLN_XPOS_POS)
            break;
        uint32_t m = dln_mention_at(r->doc, t);
        if (m != DLN_NONE && r->doc->mentions.at[m].head == t
            && r->doc->mentions.at[m].actor != DLN_NONE
            && r->doc->mentions.at[m].form <= DLN_FORM_TITLE)
            found = r->doc->mentions.at[m].actor;
    }
    return found;
}

/* The head is only an adjective of the phrase, or stands for nobody. */
static bool needs_rescue(const dln_reading *r, uint32_t head, uint32_t actor)
{
    uint32_t m = dln_mention_at(r->doc, head);
    return actor == DLN_NONE
           || tok(r, head)->upos == DLN_UPOS_ADJ
           || (m != DLN_NONE && r->doc->mentions.at[m].form
                                    == DLN_FORM_DEMONYM);
}

static bool is_text_noun(const dln_reading *r, uint32_t token)
{
    const dln_row *row = dln_table_find(r->quote->nouns,
                                        tok(r, token)->lemma);
    return tok(r, token)->upos == DLN_UPOS_NOUN && row
           && r->quote->noun_text[row - r->quote->nouns->rows];
}

/* "Aliyev's statement", "a statement by the ministry". */
static uint32_t owner(const dln_reading *r, uint32_t token)
{
    for (uint32_t k = tok(r, token)->child; k != DLN_NONE;
         k = tok(r, k)->sibling) {
        if (dln_deprel_base((dln_deprel)tok(r, k)->deprel) != DLN_REL_nmod)
            continue;
        uint32_t c = dln_child(r->doc, k, DLN_REL_case);
        bool by = c != DLN_NONE && (dln_quote__is(r->doc, c, "by")
                                    || dln_quote__is(r->doc, c, "from"));
        if (by || tok(r, k)->deprel == DLN_REL_nmod_poss)
            return k;
    }
    return DLN_NONE;
}

/* Who issued the text: the last statement before whose cue or source words
 * hold the same noun. */
static uint32_t issuers(const dln_reading *r, const dln_candidate *c,
                        uint32_t out[QUOTE_MAX_SPEAKERS])
{
    const dln_doc *doc = r->doc;
    dln_str noun = tok(r, c->source_head)->lemma;
    uint32_t at = tok(r, c->source_head)->span.start, looked = 0;
    for (uint32_t i = doc->statements.count; i-- > 0 && looked < 12;
         looked++) {
        const dln_statement *s = &doc->statements.at[i];
        if (s->span.start >= at || !s->speaker_count)
            continue;
        dln_span near = dln_span_has(s->cue) ? s->cue : s->source;
        dln_str words = dln_str_at(doc->text, near);
        if (dln_str_find(words, noun, 0) == words.len)
            continue;
        uint32_t n = 0;
        for (; n < s->speaker_count && n < QUOTE_MAX_SPEAKERS; n++)
            out[n] = s->speakers[n];
        return n;
    }
    return 0;
}

uint32_t dln_quote__speakers(const dln_reading *r, const dln_candidate *c,
                             uint32_t out[QUOTE_MAX_SPEAKERS])
{
    uint32_t count = 0, head = c->source_head;
    if (head == DLN_NONE)
        return 0;
    if (is_text_noun(r, head)) {
        uint32_t by = owner(r, head);
        if (by == DLN_NONE)
            return issuers(r, c, out);
        head = by;
    }
    uint32_t actor = dln_quote__actor_of(r, head);
    if (actor == DLN_NONE)
        actor = apposed(r, head);
    if (head == c->source_head && needs_rescue(r, head, actor)) {
        uint32_t better = within(r, c);
        actor = better == DLN_NONE ? actor : better;
    }
    count = add_actor(r->doc, actor, count, out, 0);
    for (uint32_t k = tok(r, head)->child; k != DLN_NONE;
         k = tok(r, k)->sibling)
        if (tok(r, k)->deprel == DLN_REL_conj) {
            actor = dln_quote__actor_of(r, k);
            if (actor == DLN_NONE)
                actor = apposed(r, k);
            count = add_actor(r->doc, actor, count, out, 0);
        }
    return count;
}
