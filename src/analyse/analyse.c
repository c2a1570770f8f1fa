/* SPDX-License-Identifier: Apache-2.0 */
/*
 * analyse: opens the lists and the model, and takes a document through
 * tokens and sentences (tokenize.c, segment.c), then a few sentences
 * at a time through the network (network.c) and each word to its lemma.
 */
#include "analyse/analyse.h"

#include <stdlib.h>

#include "analyse/boundary_p.h"
#include "analyse/network_p.h"

struct dln_analyse {
    dln_words words;
    dln_weights weights;
    dln_boundary boundary;
    dln_network network;
    dln_lemmas lemmas;
};

dln_status dln_analyse__words(dln_words *out, const dln_lang *lang,
                              dln_error *error)
{
    DLN_TRY(dln_lang_list(lang, "abbreviations", &out->abbreviations,
                          error));
    DLN_TRY(dln_lang_list(lang, "bound_prefixes", &out->prefixes, error));
    DLN_TRY(dln_lang_list(lang, "contractions", &out->contractions, error));
    return dln_lang_list(lang, "irregular", &out->irregular, error);
}

dln_status dln_analyse_open(dln_analyse **out, const dln_lang *lang,
                            const char *model, dln_error *error)
{
    *out = NULL;
    dln_analyse *analyse = calloc(1, sizeof *analyse);
    if (!analyse)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = dln_analyse__words(&analyse->words, lang, error);
    if (status == DLN_OK)
        status = dln_weights_open(&analyse->weights, model, error);
    if (status == DLN_OK)
        status = dln_analyse__network(&analyse->network, &analyse->weights,
                                      DLN_KERNELS_BEST, error);
    if (status == DLN_OK)
        status = dln_analyse__lemmas(&analyse->lemmas, &analyse->weights,
                                     error);
    if (status == DLN_OK)
        status = dln_analyse__boundary(&analyse->boundary,
                                       &analyse->weights, error);
    if (status != DLN_OK) {
        dln_analyse_close(analyse);
        return status;
    }
    analyse->lemmas.vocabulary = &analyse->network.vocabulary;
    analyse->lemmas.irregular = analyse->words.irregular;
    *out = analyse;
    return DLN_OK;
}

bool dln_analyse__force(dln_analyse *analyse, dln_kernel_set set)
{
    const dln_kernels *kernels = dln_kernels_pick(set);
    if (kernels)
        analyse->network.kernels = kernels;
    return kernels != NULL;
}

void dln_analyse_close(dln_analyse *analyse)
{
    if (!analyse)
        return;
    dln_weights_close(&analyse->weights);
    free(analyse);
}

/* Words that go through the network together: enough to be fast, few enough
 * to stay in the CPU's cache. */
#define TOGETHER 160

/* Tokens of a report that are read: more than prose of the greatest size
 * has. */
#define TOKENS_MAX (2u << 20)

/* Of longer reports the network's states are not kept. */
#define STATES_MAX (1u << 16)

typedef DLN_VEC(dln_span) dln_parts;

/* Cuts sentences into parts no longer than the network takes. */
static bool cut_parts(const dln_doc *doc, dln_arena *scratch, dln_parts *out)
{
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        const dln_sentence *s = &doc->sentences.at[i];
        for (uint32_t at = s->token_begin; at < s->token_end;) {
            uint32_t left = s->token_end - at;
            dln_span *part = DLN_VEC_PUSH(scratch, out);
            if (!part)
                return false;
            part->start = at;
            at += left < DLN_SENTENCE_MAX ? left : DLN_SENTENCE_MAX;
            part->end = at;
        }
    }
    return true;
}

/* Makes one tree of the parts of a sentence that was cut. */
static void join_parts(dln_doc *doc, const dln_sentence *sentence)
{
    uint32_t root = DLN_NONE;
    for (uint32_t t = sentence->token_begin; t < sentence->token_end; t++) {
        dln_token *token = &doc->tokens.at[t];
        if (token->head != DLN_NONE)
            continue;
        if (root == DLN_NONE) {
            root = t;
            continue;
        }
        token->head = root;
        token->deprel = DLN_REL_parataxis;
    }
}

/* Room for the states, unless the report is too long. */
static bool make_states(dln_doc *doc, uint32_t width)
{
    size_t count = doc->tokens.count;
    doc->states.width = 0;
    if (count == 0 || count > STATES_MAX)
        return true;
    doc->states.bytes = dln_arena_alloc(doc->arena, count * width);
    doc->states.steps = dln_arena_array(doc->arena, count,
                                        sizeof *doc->states.steps);
    if (!doc->states.bytes || !doc->states.steps)
        return false;
    doc->states.width = width;
    return true;
}

static bool read_parts(const dln_analyse *analyse, dln_doc *doc,
                       dln_analyse_cache *cache, dln_arena *scratch)
{
    dln_parts parts = {0};
    dln_reader reader;
    uint32_t most = TOGETHER;
    if (!cut_parts(doc, scratch, &parts))
        return false;
    for (uint32_t i = 0; i < parts.count; i++) {
        uint32_t len = parts.at[i].end - parts.at[i].start;
        most = most > len ? most : len;
    }
    if (!dln_analyse__reader(&reader, &analyse->network, cache, most,
                             scratch))
        return false;
    if (!make_states(doc, analyse->network.width))
        return false;
    reader.given = doc->predicates.count > 0;
    for (uint32_t i = 0, end; i < parts.count; i = end) {
        uint32_t first = parts.at[i].start;
        for (end = i + 1; end < parts.count
                          && parts.at[end].end - first <= most; end++)
            ;
        if (!dln_analyse__read(&reader, doc, parts.at + i, end - i))
            return false;
    }
    return true;
}

dln_status dln_analyse_tokens(const dln_analyse *analyse, dln_doc *doc,
                              dln_analyse_cache *cache, dln_arena *scratch)
{
    if (!read_parts(analyse, doc, cache, scratch))
        return DLN_NOMEM;
    for (uint32_t i = 0; i < doc->sentences.count; i++) {
        join_parts(doc, &doc->sentences.at[i]);
        dln_analyse__lift(doc, &doc->sentences.at[i]);
    }
    for (uint32_t t = 0; t < doc->tokens.count; t++)
        doc->tokens.at[t].lemma =
            dln_analyse__lemma(&analyse->lemmas, doc->arena,
                               dln_token_str(doc, t),
                               doc->tokens.at[t].xpos);
    dln_doc_link_children(doc);
    dln_analyse__names(doc, scratch);
    return dln_arena_oom(scratch) || dln_arena_oom(doc->arena) ? DLN_NOMEM
                                                               : DLN_OK;
}

/* The paragraphs from `first` on are not read. */
static void leave_out(dln_doc *doc, uint32_t first)
{
    if (first < doc->paragraphs.count)
        dln_doc_note(doc, "analyse", DLN_NOTE_WARN,
                     (dln_span){doc->paragraphs.at[first].span.start,
                                (uint32_t)doc->text.len},
                     "more than %u words, the rest is not read", TOKENS_MAX);
    doc->paragraphs.count = first;
}

dln_status dln_analyse_run(const dln_analyse *analyse, dln_doc *doc,
                           dln_analyse_cache *cache, dln_arena *scratch)
{
    dln_pieces pieces = {0};
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        pieces.count = 0;
        dln_analyse__tokenize(&analyse->words, doc->text,
                              doc->paragraphs.at[i].span, scratch, &pieces);
        dln_analyse__segment(&analyse->words, &analyse->boundary, doc, i,
                             &pieces);
        if (doc->tokens.count > TOKENS_MAX)
            leave_out(doc, i + 1);
    }
    if (dln_arena_oom(scratch) || dln_arena_oom(doc->arena))
        return DLN_NOMEM;
    return dln_analyse_tokens(analyse, doc, cache, scratch);
}
