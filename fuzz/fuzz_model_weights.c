/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model file, hostile behind a right checksum: it is refused, or all that
 * reads it stays within its tables and ends, and every set of kernels
 * decides the same.
 */
#include <stdlib.h>

#include "analyse/network_p.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char text[] = "The Leaders met in Xyz-9 . Ceasefire , they said";

static void add_tokens(dln_doc *doc)
{
    dln_str rest = doc->text, word;
    while (dln_str_cut(&rest, ' ', &word)) {
        dln_token *token = DLN_VEC_PUSH(doc->arena, &doc->tokens);
        if (!token)
            abort();
        uint32_t start = (uint32_t)(word.data - doc->text.data);
        token->span = (dln_span){start, start + (uint32_t)word.len};
    }
}

static void check(const dln_doc *doc, const dln_span *parts)
{
    for (int p = 0; p < 2; p++) {
        unsigned roots = 0;
        for (uint32_t t = parts[p].start; t < parts[p].end; t++) {
            uint32_t at = t, steps = 0;
            while (at != DLN_NONE && steps++ < 20)
                at = doc->tokens.at[at].head;
            if (at != DLN_NONE)
                abort();
            roots += doc->tokens.at[t].head == DLN_NONE;
        }
        if (roots != 1)
            abort();
    }
}

/* Reads two sentences; the sum of what was decided. */
static uint64_t use(const dln_network *net, const dln_lemmas *lemmas)
{
    dln_analyse_cache *cache = dln_analyse_cache_new();
    dln_doc *doc = dln_doc_new((size_t)64 << 20);
    dln_arena *scratch = dln_arena_new((size_t)64 << 20);
    const dln_span parts[2] = {{0, 6}, {6, 10}};
    dln_reader reader;
    uint64_t sum = 0;
    if (!cache || !doc || !scratch)
        abort();
    doc->text = dln_str_of(text);
    add_tokens(doc);
    for (int round = 0; round < 2; round++)
        if (dln_analyse__reader(&reader, net, cache, 10, scratch)
            && dln_analyse__read(&reader, doc, parts, 2))
            check(doc, parts);
    for (uint32_t t = 0; t < doc->tokens.count; t++) {
        const dln_token *token = &doc->tokens.at[t];
        dln_analyse__lemma(lemmas, doc->arena, dln_token_str(doc, t),
                           token->xpos);
        sum = dln_mix(dln_mix(sum, token->head),
                      (uint64_t)token->upos << 24
                          | (uint64_t)token->xpos << 16
                          | (uint64_t)token->deprel << 8 | token->feats);
    }
    sum = dln_mix(sum, doc->entities.count);
    for (uint32_t i = 0; i < doc->predicates.count; i++)
        sum = dln_mix(dln_mix(sum, doc->predicates.at[i].token),
                      doc->predicates.at[i].argument_count);
    dln_analyse_cache_free(cache);
    dln_doc_free(doc);
    dln_arena_free(scratch);
    return sum;
}

static void open_and_use(const unsigned char *data, size_t size)
{
    dln_weights weights;
    dln_lemmas lemmas;
    dln_network net;
    dln_error error;
    uint64_t first = 0;
    if (dln_weights_parse(&weights, data, size, "fuzz", &error) != DLN_OK
        || dln_analyse__lemmas(&lemmas, &weights, &error) != DLN_OK)
        return;
    for (int set = DLN_KERNELS_PLAIN; set < DLN_KERNELS_COUNT; set++) {
        if (!dln_kernels_pick((dln_kernel_set)set)
            || dln_analyse__network(&net, &weights, (dln_kernel_set)set,
                                    &error) != DLN_OK)
            continue;
        lemmas.vocabulary = &net.vocabulary;
        uint64_t sum = use(&net, &lemmas);
        if (set == DLN_KERNELS_PLAIN)
            first = sum;
        else if (sum != first)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 32 || size > 1 << 20)
        return 0;
    unsigned char *copy = malloc(size);
    if (copy) {
        uint64_t len = size;
        memcpy(copy, data, size);
        memcpy(copy + 16, &len, 8);
        uint64_t sum = dln_weights_checksum(copy, size);
        memcpy(copy + 24, &sum, 8);
        open_and_use(copy, size);
    }
    free(copy);
    return 0;
}
