/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cue: tokens → words that report a saying, with their span.
 *
 * A cue is a verb of the list (its particle may be part of the name: "call
 * for"), a phrase such as "according to", or a noun of saying with a clause.
 * The span takes in the auxiliaries, adverbs and negation before the verb
 * and an outer verb that only carries it ("declined to say").
 */
#include "quote/quote_p.h"

/* Words of the longest name in the lists. */
#define NAME_WORDS 4

static bool add_word(char *key, size_t *len, size_t max, dln_str word)
{
    if (*len + word.len + 2 > max)
        return false;
    if (*len)
        key[(*len)++] = ' ';
    for (size_t i = 0; i < word.len; i++)
        key[(*len)++] = dln_lower(word.data[i]);
    return true;
}

/* Row of the longest name made of `first` and the tokens behind `token`;
 * *end is the token behind its last word. */
static uint32_t longest_row(const dln_doc *doc, const dln_table *table,
                            dln_str first, uint32_t token, uint32_t *end)
{
    char key[96];
    size_t len = 0;
    uint32_t found = DLN_NONE;
    uint32_t stop = doc->sentences.at[doc->tokens.at[token].sentence]
                        .token_end;
    for (uint32_t n = 0; n < NAME_WORDS && token + n < stop; n++) {
        dln_str word = n ? dln_token_str(doc, token + n) : first;
        if (!add_word(key, &len, sizeof key, word))
            break;
        const dln_row *row = dln_table_find(table, (dln_str){key, len});
        if (row) {
            found = (uint32_t)(row - table->rows);
            *end = token + n + 1;
        }
    }
    return found;
}

/* "call" ... "out": a particle the parser found further right. */
static uint32_t particle_row(const dln_doc *doc, const dln_table *table,
                             uint32_t token)
{
    char key[96];
    size_t len = 0;
    uint32_t particle = dln_child(doc, token, DLN_REL_compound_prt);
    if (particle == DLN_NONE
        || !add_word(key, &len, sizeof key, doc->tokens.at[token].lemma)
        || !add_word(key, &len, sizeof key, dln_token_str(doc, particle)))
        return DLN_NONE;
    const dln_row *row = dln_table_find(table, (dln_str){key, len});
    return row ? (uint32_t)(row - table->rows) : DLN_NONE;
}

bool dln_quote__is(const dln_doc *doc, uint32_t token, const char *word)
{
    return dln_str_ieq(dln_token_str(doc, token), dln_str_of(word));
}

static bool is_negation(const dln_doc *doc, uint32_t token)
{
    return dln_str_is(doc->tokens.at[token].lemma, "not")
           || dln_str_is(doc->tokens.at[token].lemma, "never")
           || dln_quote__is(doc, token, "n't")
           || dln_quote__is(doc, token, "n’t")
           || dln_quote__is(doc, token, "never");
}

/* Auxiliaries, adverbs and negation to the left. */
static uint32_t group_begin(const dln_reading *r, uint32_t token,
                            bool *negated)
{
    const dln_doc *doc = r->doc;
    uint32_t begin = token;
    uint32_t first = doc->sentences.at[doc->tokens.at[token].sentence]
                         .token_begin;
    while (begin > first) {
        const dln_token *t = &doc->tokens.at[begin - 1];
        bool to = dln_quote__is(doc, begin - 1, "to");
        if (t->upos != DLN_UPOS_AUX && t->upos != DLN_UPOS_ADV
            && !is_negation(doc, begin - 1) && !to)
            break;
        if (t->upos == DLN_UPOS_ADV && t->xpos == DLN_XPOS_WRB)
            break;
        if (r->inside[begin - 1] != r->inside[token])
            break;
        *negated |= is_negation(doc, begin - 1);
        begin--;
    }
    /* An adverb that opens the group and the sentence is not part of it. */
    while (begin < token && doc->tokens.at[begin].upos == DLN_UPOS_ADV
           && !is_negation(doc, begin)
           && (begin == first
               || doc->tokens.at[begin - 1].upos == DLN_UPOS_PUNCT))
        begin++;
    return begin;
}

/* "went on to say", "declined to answer": the verb that carries `token`. */
static uint32_t carrier(const dln_doc *doc, uint32_t token, uint32_t begin)
{
    const dln_token *t = &doc->tokens.at[token];
    if (t->deprel != DLN_REL_xcomp || t->head == DLN_NONE
        || t->head >= begin || begin == token
        || doc->tokens.at[t->head].upos != DLN_UPOS_VERB
        || begin - t->head > 1)
        return DLN_NONE;
    return t->head;
}

bool dln_quote__verb_cue(const dln_reading *r, uint32_t token, dln_cue *out)
{
    const dln_doc *doc = r->doc;
    const dln_token *t = &doc->tokens.at[token];
    if (t->upos != DLN_UPOS_VERB)
        return false;
    uint32_t end = token + 1;
    uint32_t row = longest_row(doc, r->quote->verbs, t->lemma, token, &end);
    if (row == DLN_NONE)
        row = longest_row(doc, r->quote->verbs, dln_token_str(doc, token),
                          token, &end);
    if (end == token + 1) {
        uint32_t other = particle_row(doc, r->quote->verbs, token);
        row = other == DLN_NONE ? row : other;
    }
    if (row == DLN_NONE)
        return false;
    const dln_verb *verb = &r->quote->verb[row];
    *out = (dln_cue){.kind = CUE_VERB, .token = token, .begin = token,
                     .end = end, .row = row, .act = (dln_act)verb->act,
                     .strength = verb->strength};
    out->begin = group_begin(r, token, &out->negated);
    uint32_t outer = carrier(doc, token, out->begin);
    if (outer != DLN_NONE)
        out->begin = group_begin(r, outer, &out->negated);
    if (outer != DLN_NONE && (dln_str_is(doc->tokens.at[outer].lemma,
                                         "refuse")
                              || dln_str_is(doc->tokens.at[outer].lemma,
                                            "decline")))
        out->act = DLN_ACT_REJECT;
    if (out->negated && out->act == DLN_ACT_AGREE)
        out->act = DLN_ACT_REJECT;
    else if (out->negated)
        out->act = DLN_ACT_SAY;
    return true;
}

bool dln_quote__phrase_cue(const dln_reading *r, uint32_t token, dln_cue *out)
{
    const dln_table *phrases = r->quote->phrases;
    uint32_t end = token;
    uint32_t row = longest_row(r->doc, phrases, dln_token_str(r->doc, token),
                               token, &end);
    if (row == DLN_NONE)
        return false;
    *out = (dln_cue){.kind = CUE_PHRASE, .token = token, .begin = token,
                     .end = end, .row = row, .strength = 3,
                     .act = dln_act_of(dln_row_field(&phrases->rows[row],
                                                     1))};
    return true;
}

bool dln_quote__noun_cue(const dln_reading *r, uint32_t token, dln_cue *out)
{
    const dln_table *nouns = r->quote->nouns;
    const dln_token *t = &r->doc->tokens.at[token];
    if (t->upos != DLN_UPOS_NOUN)
        return false;
    const dln_row *row = dln_table_find(nouns, t->lemma);
    if (!row)
        return false;
    uint32_t i = (uint32_t)(row - nouns->rows);
    *out = (dln_cue){.kind = CUE_NOUN, .token = token, .begin = token,
                     .end = token + 1, .row = i, .strength = 2,
                     .act = (dln_act)r->quote->noun_act[i]};
    return true;
}
