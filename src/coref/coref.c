/* SPDX-License-Identifier: Apache-2.0 */
#include "coref/coref.h"

#include <stdlib.h>

#include "coref/coref_p.h"

#define MAX_QUOTE_TOKENS 400    /* a mark that is never closed */

static dln_status read_lists(dln_coref *coref, dln_error *error)
{
    const struct {
        const char *name;
        const dln_table **out;
    } lists[] = {
        {"pronouns", &coref->pronouns},
        {"first-person", &coref->first_person},
        {"given_names", &coref->given_names},
        {"actor_nouns", &coref->actor_nouns},
        {"figure-people", &coref->people},
        {"person-nouns", &coref->person_nouns},
        {"reporting-verbs", &coref->speech},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        DLN_TRY(dln_lang_list(coref->lang, lists[i].name, lists[i].out,
                              error));
    return DLN_OK;
}

static dln_status read_weights(dln_coref *coref, const char *model,
                               dln_error *error)
{
    dln_str section;
    DLN_TRY(dln_weights_open(&coref->file, model, error));
    coref->opened = true;
    DLN_TRY(dln_weights_section(&coref->file, "coref", &section, error));
    size_t used;
    DLN_TRY(dln_hashed_open(&coref->weights, section, &used, error));
    if (used != section.len)
        return dln_fail(error, DLN_BADDATA, "%s: bytes behind the weights",
                        model);
    return dln_filter_open(&coref->known, &coref->weights, error);
}

dln_status dln_coref_open(dln_coref **out, const dln_lang *lang,
                          const dln_onto *onto, const char *model,
                          dln_error *error)
{
    *out = NULL;
    dln_coref *coref = calloc(1, sizeof *coref);
    if (!coref)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    coref->lang = lang;
    coref->onto = onto;
    dln_status status = read_lists(coref, error);
    if (status == DLN_OK && model)
        status = read_weights(coref, model, error);
    if (status != DLN_OK) {
        dln_coref_close(coref);
        return status;
    }
    *out = coref;
    return DLN_OK;
}

void dln_coref_close(dln_coref *coref)
{
    if (!coref)
        return;
    dln_filter_close(&coref->known);
    if (coref->opened)
        dln_weights_close(&coref->file);
    free(coref);
}

static uint64_t hash_lower(dln_str s)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)dln_lower(s.data[i]))
               * 0x100000001b3u;
    return dln_mix(hash, s.len);
}

static char mark_of(dln_str form)
{
    if (dln_str_is(form, "\xe2\x80\x9c") || dln_str_is(form, "``"))
        return 'o';
    if (dln_str_is(form, "\xe2\x80\x9d") || dln_str_is(form, "''"))
        return 'c';
    return dln_str_is(form, "\"") ? 'b' : (char)0;
}

/* Numbers the quotations; a paragraph that ends inside one ends it. */
static void quotations(dln_corefs *c)
{
    uint32_t open = 0, since = 0, paragraph = DLN_NONE;
    uint32_t *none = DLN_VEC_PUSH(c->scratch, &c->speakers);
    if (none)
        *none = DLN_NONE;
    for (uint32_t t = 0; t < c->doc->tokens.count; t++) {
        uint32_t p = c->doc->sentences
                         .at[dln_coref_token(c, t)->sentence].paragraph;
        char mark = mark_of(dln_token_str(c->doc, t));
        if (open && (p != paragraph || t - since > MAX_QUOTE_TOKENS))
            open = 0;
        paragraph = p;
        if (mark && open && mark != 'o') {
            open = 0;
        } else if (mark && !open && mark != 'c') {
            uint32_t *speaker = DLN_VEC_PUSH(c->scratch, &c->speakers);
            if (!speaker)
                return;
            *speaker = DLN_NONE;
            open = c->speakers.count - 1;
            since = t;
        } else {
            c->quotes[t] = open;
        }
    }
}

/* Who speaks: the subject of a verb of saying in a sentence the quotation
 * touches, outside of it; else of the one before. */
static void speakers(dln_corefs *c)
{
    uint32_t last = DLN_NONE, last_sentence = DLN_NONE;
    const dln_doc *doc = c->doc;
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        const dln_sentence *line = &doc->sentences.at[s];
        uint32_t found = DLN_NONE;
        for (uint32_t t = line->token_begin;
             t < line->token_end && found == DLN_NONE; t++) {
            const dln_token *token = dln_coref_token(c, t);
            if (dln_coref_role(c, t) == DLN_REL_nsubj && !c->quotes[t]
                && token->head != DLN_NONE
                && dln_list_has(c->room->speech,
                                dln_coref_token(c, token->head)->lemma))
                found = t;
        }
        if (found == DLN_NONE && last != DLN_NONE && last_sentence + 1 == s)
            found = last;
        bool quoted = false;
        for (uint32_t t = line->token_begin; t < line->token_end; t++)
            if (c->quotes[t]) {
                quoted = true;
                if (c->speakers.at[c->quotes[t]] == DLN_NONE)
                    c->speakers.at[c->quotes[t]] = found;
            }
        if (quoted || found != DLN_NONE) {
            last = found;
            last_sentence = s;
        }
    }
}

bool dln_coref__begin(dln_corefs *c)
{
    uint32_t count = c->doc->tokens.count;
    uint64_t **words[] = {&c->token_words, &c->token_forms};
    uint32_t **places[] = {&c->quotes, &c->left, &c->right};
    for (size_t i = 0; i < 2; i++)
        *words[i] = dln_arena_array(c->scratch, count, sizeof **words[i]);
    for (size_t i = 0; i < 3; i++)
        *places[i] = dln_arena_array(c->scratch, count, sizeof **places[i]);
    c->recent = dln_arena_array(c->scratch, DLN_COREF_RECENT,
                                sizeof *c->recent);
    if (dln_arena_oom(c->scratch))
        return false;
    for (uint32_t t = 0; t < count; t++) {
        c->token_words[t] = hash_lower(dln_coref_token(c, t)->lemma);
        c->token_forms[t] = hash_lower(dln_token_str(c->doc, t));
    }
    dln_map_init(&c->by_word, c->scratch);
    dln_map_init(&c->by_text, c->scratch);
    c->leader = DLN_NONE;
    quotations(c);
    if (dln_arena_oom(c->scratch))
        return false;
    speakers(c);
    dln_coref__phrases(c);
    return !dln_arena_oom(c->scratch);
}

/* What the two have in common beside the weights that joined them. */
static dln_str why_of(const dln_corefs *c, const dln_coref_phrase *p)
{
    if (p->before >= c->phrases.count)
        return DLN_STR("coreference model: first of its chain");
    const dln_coref_phrase *a = &c->phrases.at[p->before];
    if (p->type >= DLN_COREF_PRONOUN)
        return DLN_STR("coreference model: pronoun for what is before");
    if (p->text == a->text)
        return DLN_STR("coreference model: same words as before");
    if (p->word == a->word)
        return DLN_STR("coreference model: same head word as before");
    if (p->acronym && p->acronym == a->acronym)
        return DLN_STR("coreference model: same initials as before");
    if (p->country != DLN_NONE && p->country == a->country)
        return DLN_STR("coreference model: same country as before");
    return DLN_STR("coreference model: weights alone");
}

void dln_coref__write(dln_corefs *c)
{
    dln_doc *doc = c->doc;
    for (uint32_t k = 0; k < c->chains.count; k++) {
        dln_chain *chain = DLN_VEC_PUSH(doc->arena, &doc->chains);
        if (!chain)
            return;
        *chain = (dln_chain){DLN_NONE, DLN_NONE, 0};
    }
    for (uint32_t i = 0; i < c->phrases.count; i++) {
        const dln_coref_phrase *p = &c->phrases.at[i];
        dln_reference *r = DLN_VEC_PUSH(doc->arena, &doc->references);
        if (!r)
            return;
        dln_chain *chain = &doc->chains.at[p->chain];
        *r = (dln_reference){
            .span = dln_tokens_span(doc, p->begin, p->end),
            .token_begin = p->begin, .token_end = p->end, .head = p->head,
            .form = p->type >= DLN_COREF_PRONOUN ? DLN_FORM_PRONOUN
                    : p->type == DLN_COREF_NAME ? DLN_FORM_NAME
                                                : DLN_FORM_NOMINAL,
            .kind = (dln_entity_kind)p->kind, .number = p->number,
            .gender = p->gender, .animate = p->animate, .group = p->group,
            .chain = p->chain, .before = chain->last, .behind = DLN_NONE,
            .why = why_of(c, p)};
        if (chain->last != DLN_NONE)
            doc->references.at[chain->last].behind = i;
        else
            chain->first = i;
        chain->last = i;
        chain->count++;
    }
}

dln_status dln_coref_run(const dln_coref *coref, dln_doc *doc,
                         dln_arena *scratch)
{
    dln_corefs c = {.room = coref, .doc = doc, .scratch = scratch};
    if (doc->tokens.count && dln_coref__begin(&c)) {
        bool *keep = dln_arena_array(scratch, c.phrases.count + 1,
                                     sizeof *keep);
        int32_t *scores = dln_arena_array(scratch, c.phrases.count + 1,
                                          sizeof *scores);
        if (!keep || !scores)
            return DLN_NOMEM;
        for (uint32_t p = 0; p < c.phrases.count; p++)
            scores[p] = dln_coref__keep_score(&c, &c.phrases.at[p]);
        dln_coref__choose(&c, scores, keep);
        dln_coref__drop(&c, keep);
        dln_coref__resolve(&c);
        if (!dln_arena_oom(scratch))
            dln_coref__write(&c);
    }
    return dln_arena_oom(scratch) || dln_arena_oom(doc->arena) ? DLN_NOMEM
                                                               : DLN_OK;
}
