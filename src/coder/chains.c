/* SPDX-License-Identifier: Apache-2.0 */
/*
 * chains: parties by the order of the words, where the tree lets them go.
 *
 * Long titles before names break coordinations and prepositions in the tree
 * ("with Azerbaijani President A and Armenian Prime Minister B"). Mentions
 * are found without the tree, so a list of them joined by commas and "and"
 * is read as one, and a preposition is looked for behind the trigger as long
 * as no verb comes between. Limit: 40 tokens either way.
 */
#include "coder/coder_p.h"

#define MAX_REACH 40

static const dln_token *tok(const dln_doc *doc, uint32_t i)
{
    return &doc->tokens.at[i];
}

static const dln_sentence *sentence_of(const dln_doc *doc, uint32_t token)
{
    return &doc->sentences.at[tok(doc, token)->sentence];
}

/* The longest mention of an actor that begins at `token`, or with an article
 * between; DLN_NONE. */
static uint32_t starting(const dln_doc *doc, uint32_t token)
{
    uint32_t best = DLN_NONE;
    if (token < doc->tokens.count && tok(doc, token)->upos == DLN_UPOS_DET
        && token + 1 < doc->tokens.count) {
        uint32_t with = DLN_NONE;
        for (uint32_t i = dln_mentions_behind(doc, token), n = 0;
             i-- > 0 && n < 12
             && doc->mentions.at[i].token_begin == token; n++)
            with = i;
        if (with == DLN_NONE)
            token++;
    }
    for (uint32_t i = dln_mentions_behind(doc, token), n = 0; i-- > 0 && n < 12;
         n++) {
        const dln_mention *m = &doc->mentions.at[i];
        if (m->token_begin != token)
            break;
        if (m->actor != DLN_NONE
            && (best == DLN_NONE
                || m->token_end > doc->mentions.at[best].token_end))
            best = i;
    }
    return best;
}

/* The longest mention of an actor that ends with `token`. */
static uint32_t ending(const dln_doc *doc, uint32_t token)
{
    uint32_t best = DLN_NONE;
    for (uint32_t i = dln_mentions_behind(doc, token), n = 0; i-- > 0 && n < 24;
         n++) {
        const dln_mention *m = &doc->mentions.at[i];
        if (m->token_end == token + 1 && m->actor != DLN_NONE
            && (best == DLN_NONE
                || m->token_begin < doc->mentions.at[best].token_begin))
            best = i;
    }
    return best;
}

/* "Azerbaijan's President A": the owner gives way to the owned. */
static uint32_t owned(const dln_doc *doc, uint32_t mention)
{
    for (int step = 0; step < 3 && mention != DLN_NONE; step++) {
        uint32_t end = doc->mentions.at[mention].token_end;
        if (end + 1 >= doc->tokens.count
            || tok(doc, end)->xpos != DLN_XPOS_POS)
            break;
        uint32_t next = starting(doc, end + 1);
        if (next == DLN_NONE)
            break;
        mention = next;
    }
    return mention;
}

uint32_t dln_coder__whole(const dln_doc *doc, uint32_t mention)
{
    const dln_mention *m = &doc->mentions.at[mention];
    uint32_t longer = starting(doc, m->token_begin);
    /* "Azerbaijani" of "Azerbaijani President A" */
    return longer != DLN_NONE
                   && doc->mentions.at[longer].token_end > m->token_end
               ? longer : mention;
}

static bool is_and(const dln_doc *doc, uint32_t token)
{
    return tok(doc, token)->upos == DLN_UPOS_CCONJ
           && dln_coder__word_is(doc, token, "and");
}

/* A verb with a subject of its own begins: "and Chad said". */
static bool begins_clause(const dln_doc *doc, uint32_t token, uint32_t end)
{
    while (token < end && tok(doc, token)->upos == DLN_UPOS_ADV)
        token++;
    if (token >= end)
        return false;
    uint8_t x = tok(doc, token)->xpos;
    return tok(doc, token)->upos == DLN_UPOS_AUX || x == DLN_XPOS_VBD
           || x == DLN_XPOS_VBZ || x == DLN_XPOS_VBP || x == DLN_XPOS_MD;
}

static void add(dln_coder_chain *chain, uint32_t mention)
{
    for (uint32_t i = 0; i < chain->count; i++)
        if (chain->at[i] == mention)
            return;
    if (chain->count < DLN_CODER_CHAIN)
        chain->at[chain->count++] = mention;
}

/* Mentions listed behind `mention`; commas count once an "and" follows. */
static void forward(const dln_doc *doc, uint32_t mention, uint32_t end,
                    bool guard, dln_coder_chain *chain)
{
    uint32_t pending[DLN_CODER_CHAIN], count = 0;
    uint32_t at = doc->mentions.at[mention].token_end;
    while (at + 1 < end && count < DLN_CODER_CHAIN) {
        bool comma = dln_coder__word_is(doc, at, ",");
        if (!comma && !is_and(doc, at))
            return;
        bool last = !comma;
        at++;
        if (comma && is_and(doc, at)) {
            last = true;
            at++;
        }
        uint32_t next = owned(doc, starting(doc, at));
        if (next == DLN_NONE)
            return;
        at = doc->mentions.at[next].token_end;
        if (guard && begins_clause(doc, at, end))
            return;
        pending[count++] = next;
        if (last) {
            for (uint32_t i = 0; i < count; i++)
                add(chain, pending[i]);
            count = 0;
        }
    }
}

static void backward(const dln_doc *doc, uint32_t mention, uint32_t begin,
                     dln_coder_chain *chain)
{
    uint32_t at = doc->mentions.at[mention].token_begin;
    bool joined = false;
    for (int step = 0; step < DLN_CODER_CHAIN; step++) {
        while (at > begin && tok(doc, at - 1)->upos == DLN_UPOS_DET)
            at--;
        if (at < begin + 2)
            return;
        uint32_t link = at - 1;
        if (is_and(doc, link)) {
            joined = true;
            if (link > begin && dln_coder__word_is(doc, link - 1, ","))
                link--;
        } else if (!joined || !dln_coder__word_is(doc, link, ",")) {
            return;
        }
        uint32_t before = link > begin ? ending(doc, link - 1) : DLN_NONE;
        if (before == DLN_NONE)
            return;
        add(chain, before);
        at = doc->mentions.at[before].token_begin;
    }
}

void dln_coder__chain(const dln_doc *doc, uint32_t mention, uint32_t trigger,
                      dln_coder_chain *chain)
{
    const dln_sentence *s = sentence_of(doc, trigger);
    const dln_mention *m = &doc->mentions.at[mention];
    /* A longer mention may begin or end with this one. */
    uint32_t first = starting(doc, m->token_begin);
    uint32_t last = ending(doc, m->token_end - 1);
    first = first == DLN_NONE ? mention : first;
    last = last == DLN_NONE ? mention : last;
    if (m->token_begin < trigger) {
        backward(doc, last, s->token_begin, chain);
        forward(doc, last, trigger < s->token_end ? trigger : s->token_end,
                false, chain);
    } else {
        forward(doc, first, s->token_end, true, chain);
    }
}

void dln_coder__behind(const dln_doc *doc, uint32_t trigger,
                       const char *const *preps, uint32_t prep_count,
                       uint32_t reach, dln_coder_chain *chain)
{
    uint32_t end = sentence_of(doc, trigger)->token_end;
    if (reach > MAX_REACH)
        reach = MAX_REACH;
    for (uint32_t t = trigger + 1; t < end && t <= trigger + reach; t++) {
        uint8_t upos = tok(doc, t)->upos;
        if (upos == DLN_UPOS_VERB || upos == DLN_UPOS_AUX
            || dln_coder__word_is(doc, t, ";"))
            return;
        for (uint32_t i = 0; i < prep_count; i++) {
            if (!dln_coder__word_is(doc, t, preps[i]))
                continue;
            uint32_t first = owned(doc, starting(doc, t + 1));
            if (first == DLN_NONE)
                return;
            add(chain, first);
            forward(doc, first, end, true, chain);
            return;
        }
    }
}

uint32_t dln_coder__clause_subject(const dln_doc *doc, uint32_t token)
{
    const dln_sentence *s = sentence_of(doc, token);
    for (uint32_t t = token + 1; t + 2 < s->token_end
                                 && t <= token + MAX_REACH; t++) {
        if (!dln_coder__word_is(doc, t, ","))
            continue;
        uint32_t m = starting(doc, t + 1);
        if (m != DLN_NONE
            && begins_clause(doc, doc->mentions.at[m].token_end,
                             s->token_end))
            return m;
    }
    return DLN_NONE;
}
