/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a paragraph: tokens in order, none empty, and every byte that
 * is no space in one of them. */
#include <stdio.h>
#include <stdlib.h>

#include "analyse/boundary_p.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dln_boundary boundary;

static const dln_words *word_lists(void)
{
    static dln_words words;
    static dln_lang *lang;
    static dln_weights weights;
    char path[4096], model[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error;
    if (lang)
        return &words;
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    snprintf(model, sizeof model, "%s/models/en.dlm", root ? root : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_analyse__words(&words, lang, &error) != DLN_OK
        || dln_weights_open(&weights, model, &error) != DLN_OK
        || dln_analyse__boundary(&boundary, &weights, &error) != DLN_OK)
        abort();
    return &words;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_doc *doc = dln_doc_new((size_t)256 << 20);
    dln_arena *scratch = dln_arena_new((size_t)256 << 20);
    if (!doc || !scratch || size > 1 << 20)
        goto out;
    doc->text = dln_arena_str(doc->arena, (dln_str){(const char *)data,
                                                    size});
    dln_doc_split_paragraphs(doc);
    const dln_words *words = word_lists();
    dln_pieces pieces = {0};
    uint32_t at = 0;
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        pieces.count = 0;
        dln_analyse__tokenize(words, doc->text,
                              doc->paragraphs.at[i].span, scratch, &pieces);
        dln_analyse__segment(words, &boundary, doc, i, &pieces);
    }
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        dln_span span = doc->tokens.at[i].span;
        if (span.start < at || span.end <= span.start
            || span.end > doc->text.len)
            abort();
        at = span.end;
    }
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        if (doc->sentences.at[i].token_begin
            >= doc->sentences.at[i].token_end)
            abort();
out:
    dln_doc_free(doc);
    dln_arena_free(scratch);
    return 0;
}
