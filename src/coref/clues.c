/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clues: what speaks for keeping a phrase, for its being new, for its
 * standing for the same as one before. Each clue is a key whose top bits
 * are its place in the weights. Clues are joined with the forms of the
 * phrases. Source: the surface features of Durrett and Klein 2013 ("Easy
 * victories and uphill battles in coreference resolution", section 3), and
 * the attributes of the sieves (Lee et al. 2013, section 3.3).
 */
#include "coref/coref_p.h"

static void put(dln_coref_clues *out, uint64_t key)
{
    if (out->count < DLN_COREF_MAX_CLUES)
        out->at[out->count++] = dln_mix(key, 0x5bd1e995u);
}

/* The clue alone and with the forms `a` and `b` of the phrases. */
static void joined(dln_coref_clues *out, uint32_t template, uint64_t value,
                   uint32_t a, uint32_t b)
{
    uint64_t key = dln_mix(dln_feature(template), value);
    put(out, key);
    put(out, dln_mix(key, a + 101));
    put(out, dln_mix(dln_mix(key, a + 101), b + 301));
}

static void plain(dln_coref_clues *out, uint32_t template, uint64_t value)
{
    put(out, dln_mix(dln_feature(template), value));
}

static void with_form(dln_coref_clues *out, uint32_t template,
                      uint64_t value, uint32_t a)
{
    uint64_t key = dln_mix(dln_feature(template), value);
    put(out, key);
    put(out, dln_mix(key, a + 101));
}

static uint64_t form_at(const dln_corefs *c, uint32_t token)
{
    return token < c->doc->tokens.count ? c->token_forms[token] : 1;
}

static uint64_t word_at(const dln_corefs *c, uint32_t token)
{
    return token < c->doc->tokens.count ? c->token_words[token] : 1;
}

static uint32_t bucket(uint32_t n)
{
    return n < 5 ? n : n < 8 ? 5 : n < 12 ? 6 : n < 20 ? 7 : n < 40 ? 8 : 9;
}

static uint32_t deprel_at(const dln_corefs *c, uint32_t token)
{
    return token < c->doc->tokens.count
               ? dln_coref_token(c, token)->deprel : DLN_REL_COUNT;
}

static uint32_t upos_at(const dln_corefs *c, uint32_t token)
{
    return token < c->doc->tokens.count ? dln_coref_token(c, token)->upos
                                        : DLN_UPOS_COUNT;
}

/* Which relations hang on the head, as a set. */
static uint64_t shape(const dln_corefs *c, uint32_t head)
{
    uint64_t set = 0;
    for (uint32_t k = dln_coref_token(c, head)->child; k != DLN_NONE;
         k = dln_coref_token(c, k)->sibling)
        switch (dln_coref_role(c, k)) {
        case DLN_REL_det: set |= 1; break;
        case DLN_REL_amod: set |= 2; break;
        case DLN_REL_nmod: set |= 4; break;
        case DLN_REL_acl: set |= 8; break;
        case DLN_REL_compound: set |= 16; break;
        case DLN_REL_case: set |= 32; break;
        case DLN_REL_cop: set |= 64; break;
        case DLN_REL_nummod: set |= 128; break;
        case DLN_REL_conj: set |= 256; break;
        case DLN_REL_appos: set |= 512; break;
        case DLN_REL_flat: set |= 1024; break;
        default: break;
        }
    return set;
}

void dln_coref__keep_clues(const dln_corefs *c, const dln_coref_phrase *p,
                           dln_coref_clues *out)
{
    const dln_token *head = dln_coref_token(c, p->head);
    uint64_t tag = dln_mix(head->xpos, head->deprel);
    uint64_t up = upos_at(c, head->head);
    uint64_t word = c->token_words[p->head];
    out->count = 0;
    plain(out, 1, p->group);
    plain(out, 2, tag);
    plain(out, 3, word);
    plain(out, 4, dln_mix(word, head->deprel));
    plain(out, 5, dln_mix(tag, p->kind));
    plain(out, 6, dln_mix(tag, up));
    plain(out, 7, dln_mix(tag, shape(c, p->head)));
    plain(out, 8, dln_mix(word_at(c, head->head), head->deprel));
    plain(out, 9, dln_mix(tag, bucket(p->end - p->begin)));
    plain(out, 10, dln_mix(head->deprel, form_at(c, p->begin)));
    plain(out, 11, dln_mix(head->deprel, form_at(c, p->begin - 1)));
    plain(out, 12, dln_mix(head->deprel, form_at(c, p->end)));
    plain(out, 13, dln_mix(tag, deprel_at(c, head->head)));
    plain(out, 14, dln_mix(p->group, dln_mix(tag, p->type)));
    plain(out, 15, dln_mix(word, word_at(c, head->head)));
    plain(out, 16, p->text);
    plain(out, 17, dln_mix(form_at(c, p->head), head->upos));
    dln_str form = dln_token_str(c->doc, p->head);
    plain(out, 18, dln_mix(tag, form.len && dln_is_upper(form.data[0])));
    plain(out, 19, dln_mix(tag, p->class));
    uint64_t cut = p->cut == DLN_NONE ? 0
                   : dln_mix(dln_coref_token(c, p->cut)->deprel,
                             form_at(c, c->left[p->cut]));
    plain(out, 21, dln_mix(p->extent, cut));
    plain(out, 22, dln_mix(p->extent, dln_mix(cut, word)));
    plain(out, 23, dln_mix(p->extent, p->kind));
    plain(out, 24, dln_mix(p->extent, tag));
    plain(out, 25, dln_mix(p->extent, dln_mix(cut, c->right[p->head]
                                                   >= p->end)));
    plain(out, 26, dln_mix(p->extent, dln_mix(head->deprel,
                                              form_at(c, p->end))));
    plain(out, 20, dln_mix(p->group, bucket(p->end - p->begin)));
}

void dln_coref__new_clues(const dln_corefs *c, uint32_t phrase,
                          dln_coref_clues *out)
{
    const dln_coref_phrase *p = &c->phrases.at[phrase];
    const dln_token *head = dln_coref_token(c, p->head);
    uint32_t f = p->type;
    uint32_t seen = (dln_map_get(&c->by_text,
                                 (dln_str){(const char *)&p->text, 8})
                     != DLN_NONE)
                    + 2u * (dln_map_get(&c->by_word,
                                        (dln_str){(const char *)&p->word, 8})
                            != DLN_NONE);
    out->count = 0;
    with_form(out, 30, seen, f);
    with_form(out, 31, p->word, f);
    with_form(out, 32, form_at(c, p->begin), f);
    with_form(out, 33, form_at(c, p->end - 1), f);
    with_form(out, 34, form_at(c, p->begin - 1), f);
    with_form(out, 35, form_at(c, p->end), f);
    with_form(out, 36, head->deprel, f);
    with_form(out, 37, bucket(p->end - p->begin), f);
    with_form(out, 38, p->kind, f);
    with_form(out, 39, p->class, f);
    with_form(out, 40, dln_mix(seen, shape(c, p->head)), f);
    with_form(out, 41, dln_mix((uint64_t)p->number, p->group), f);
    with_form(out, 42, p->quote != 0, f);
    with_form(out, 43, p->sentence < 3 ? p->sentence : 3, f);
    with_form(out, 44, dln_mix(seen, head->deprel), f);
    with_form(out, 45, dln_mix(head->deprel, word_at(c, head->head)), f);
    with_form(out, 46, bucket(phrase), f);
    with_form(out, 47, dln_mix(seen, p->kind), f);
}

/* Words of `a` that `b` has too, its head's among them. */
static uint32_t shared(const dln_coref_phrase *a, const dln_coref_phrase *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->word_count; i++) {
        bool found = a->words[i] == b->word;
        for (uint32_t k = 0; k < b->word_count && !found; k++)
            found = a->words[i] == b->words[k];
        n += found;
    }
    return n;
}

static bool has_word(const dln_coref_phrase *p, uint64_t word)
{
    for (uint32_t i = 0; i < p->word_count; i++)
        if (p->words[i] == word)
            return true;
    return false;
}

static uint64_t words_clue(const dln_corefs *c, const dln_coref_phrase *p,
                           const dln_coref_phrase *a)
{
    bool head = p->word == a->word;
    uint32_t mine = shared(p, a), its = shared(a, p);
    uint64_t clue = head;
    clue |= (uint64_t)(p->text == a->text) << 1;
    clue |= (uint64_t)has_word(a, p->word) << 2;
    clue |= (uint64_t)has_word(p, a->word) << 3;
    clue |= (uint64_t)(mine == p->word_count ? 0 : mine ? 1 : 2) << 4;
    clue |= (uint64_t)(its == a->word_count ? 0 : its ? 1 : 2) << 6;
    clue |= (uint64_t)(p->number_word != DLN_NONE
                       && a->number_word != DLN_NONE
                       && c->token_words[p->number_word]
                              != c->token_words[a->number_word]) << 8;
    clue |= (uint64_t)(p->acronym && p->acronym == a->acronym) << 9;
    return clue;
}

/* How the one stands to the other in the sentence. */
static uint64_t place_clue(const dln_corefs *c, const dln_coref_phrase *p,
                           const dln_coref_phrase *a)
{
    const dln_token *head = dln_coref_token(c, p->head);
    if (p->sentence != a->sentence)
        return 0;
    if (p->begin >= a->begin && p->end <= a->end)
        return p->verb == a->head ? 2 : 1;
    if (a->begin >= p->begin && a->end <= p->end)
        return 3;
    if (p->verb == a->head)
        return dln_coref_role(c, p->head) == DLN_REL_appos ? 4
               : dln_coref_role(c, p->head) == DLN_REL_conj ? 5 : 6;
    if (a->verb == p->head)
        return a->role == DLN_REL_nsubj ? 7 : 8;
    if (p->verb != DLN_NONE && p->verb == a->verb)
        return dln_mix(9, dln_mix(head->deprel, a->role));
    return 10;
}

/* Which clause `a` stands in, seen from the sentence of `p`: the main one,
 * one that hangs on it, one said or told. */
static uint32_t clause(const dln_corefs *c, const dln_coref_phrase *p,
                       const dln_coref_phrase *a)
{
    uint32_t at = a->verb, steps = 0;
    while (at < c->doc->tokens.count && steps++ < 16
           && dln_coref_token(c, at)->upos != DLN_UPOS_VERB
           && dln_coref_token(c, at)->head != DLN_NONE)
        at = dln_coref_token(c, at)->head;
    uint32_t same = p->sentence == a->sentence;
    if (at >= c->doc->tokens.count)
        return same;
    return dln_coref_role(c, at) * 8u + same + (a->begin < at ? 2u : 0u);
}

static bool is_speaker(const dln_corefs *c, const dln_coref_phrase *p,
                       const dln_coref_phrase *a)
{
    return p->quote && p->quote != a->quote
           && c->speakers.at[p->quote] == a->head;
}

/* Persons of the two, and who speaks. */
static uint64_t voice_clue(const dln_corefs *c, const dln_coref_phrase *p,
                           const dln_coref_phrase *a)
{
    uint64_t clue = (uint64_t)(p->person - '0') * 4
                    + (uint64_t)(a->person - '0');
    clue = clue * 4 + (!p->quote && !a->quote ? 0u
                       : p->quote == a->quote ? 1u : p->quote ? 2u : 3u);
    uint32_t mine = p->quote ? c->speakers.at[p->quote] : DLN_NONE;
    uint32_t its = a->quote ? c->speakers.at[a->quote] : DLN_NONE;
    return clue * 4 + (is_speaker(c, p, a) ? 1u
                       : mine != DLN_NONE && mine == its ? 2u
                       : mine != DLN_NONE && its != DLN_NONE ? 3u : 0u);
}

static const dln_coref_chain *chain_of(const dln_corefs *c,
                                       const dln_coref_phrase *a)
{
    return a->chain < c->chains.count ? &c->chains.at[a->chain] : NULL;
}

static void distance_clues(const dln_coref_phrase *p,
                           const dln_coref_phrase *a, uint32_t apart,
                           uint32_t rivals, dln_coref_clues *out)
{
    uint32_t f = p->type, g = a->type;
    uint32_t lines = bucket(p->sentence - a->sentence);
    joined(out, 60, lines, f, g);
    joined(out, 61, bucket(apart), f, g);
    joined(out, 62, dln_mix(p->role, dln_mix(a->role, lines < 3 ? lines
                                                                : 3)),
           f, g);
    joined(out, 63, dln_mix(bucket(rivals), lines < 3 ? lines : 3), f, g);
    joined(out, 64, dln_mix(a->role, bucket(rivals)), f, g);
    joined(out, 65, p->paragraph - a->paragraph < 3
                        ? p->paragraph - a->paragraph : 3, f, g);
}

static void chain_clues(const dln_corefs *c, const dln_coref_phrase *p,
                        const dln_coref_phrase *a, dln_coref_clues *out)
{
    const dln_coref_chain *k = chain_of(c, a);
    uint32_t f = p->type, g = a->type;
    char gender = k ? k->gender : a->gender;
    char number = k ? k->number : a->number;
    char animate = k ? k->animate : a->animate;
    uint8_t class = k ? k->class : a->class;
    joined(out, 80, dln_mix((uint64_t)p->gender, (uint64_t)gender), f, g);
    joined(out, 81, dln_mix((uint64_t)p->number, (uint64_t)number), f, g);
    joined(out, 82, dln_mix((uint64_t)p->animate, (uint64_t)animate), f, g);
    joined(out, 83, dln_mix(p->class, class), f, g);
    joined(out, 84, dln_mix(k ? bucket(k->count) : 0, k && k->named), f, g);
    joined(out, 87, dln_mix(k && a->chain == c->leader,
                            p->gender == 'm' || p->gender == 'f'), f, g);
    const dln_coref_phrase *first = k ? &c->phrases.at[k->first] : a;
    if (f < DLN_COREF_PRONOUN)
        joined(out, 85, words_clue(c, p, first), f, first->type);
    else
        joined(out, 86, first->word, f, first->type);
}

void dln_coref__pair_clues(const dln_corefs *c, uint32_t phrase,
                           uint32_t before, uint32_t rivals,
                           dln_coref_clues *out)
{
    const dln_coref_phrase *p = &c->phrases.at[phrase];
    const dln_coref_phrase *a = &c->phrases.at[before];
    uint32_t f = p->type, g = a->type;
    uint64_t words = words_clue(c, p, a);
    out->count = 0;
    distance_clues(p, a, phrase - before, rivals, out);
    chain_clues(c, p, a, out);
    joined(out, 100, words, f, g);
    joined(out, 101, dln_mix(words & 3,
                             bucket(p->sentence - a->sentence)), f, g);
    joined(out, 102, place_clue(c, p, a), f, g);
    joined(out, 103, voice_clue(c, p, a), f, g);
    joined(out, 104, dln_mix(p->kind, a->kind), f, g);
    joined(out, 105, dln_mix(p->group, a->group), f, g);
    joined(out, 106, p->country == a->country && p->country != DLN_NONE, f,
           g);
    joined(out, 116, dln_mix(a->role, upos_at(c, a->verb)), f, g);
    joined(out, 117, dln_mix(p->role, dln_mix(a->role,
                                              clause(c, p, a))), f, g);
    with_form(out, 107, a->word, f);
    with_form(out, 108, dln_mix(p->word, a->word), f);
    with_form(out, 109, dln_mix(a->role, word_at(c, a->verb)), f);
    with_form(out, 110, dln_mix(words & 3, p->word), f);
    with_form(out, 111, dln_mix(p->role, dln_mix(word_at(c, p->verb),
                                                 a->class)), f);
    with_form(out, 112, dln_mix(word_at(c, p->verb), a->word), f);
    with_form(out, 113, form_at(c, a->begin), f);
    with_form(out, 114, dln_mix(words & 3, shape(c, p->head)), f);
    with_form(out, 115, dln_mix(words & 3, shape(c, a->head)), f);
}
