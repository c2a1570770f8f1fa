/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CoNLL-U through the room, then every statement's spans must lie in the
 * text and in order. The text part of the input is whatever the tokens say,
 * so marks of all kinds come up.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "doc/conllu.h"
#include "quote/quote.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dln_quote *open_room(void)
{
    static dln_quote *quote;
    dln_lang *lang;
    dln_error error;
    char folder[4096], model[4096];
    const char *root = getenv("DATELINE_SOURCE");
    if (quote)
        return quote;
    snprintf(folder, sizeof folder, "%s/data", root ? root : ".");
    snprintf(model, sizeof model, "%s/models/quote.dlm", root ? root : ".");
    if (dln_lang_open(&lang, folder, "en", &error) != DLN_OK
        || dln_quote_open(&quote, lang, model, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        abort();
    }
    return quote;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const dln_quote *quote = open_room();
    dln_doc *doc = dln_doc_new((size_t)256 << 20);
    dln_arena *scratch = dln_arena_new((size_t)256 << 20);
    dln_error error;
    if (doc && scratch
        && dln_conllu_read(doc, (dln_str){(const char *)data, size}, &error)
               >= DLN_WARN) {
        dln_doc_link_children(doc);
        dln_status status = dln_quote_run(quote, doc, scratch);
        assert(status == DLN_OK || status == DLN_NOMEM);
        for (uint32_t i = 0; i < doc->statements.count; i++) {
            const dln_statement *s = &doc->statements.at[i];
            assert(s->span.end <= doc->text.len);
            assert(s->inside == DLN_NONE || s->inside < i);
            for (uint32_t k = 0; k < s->content_count; k++) {
                assert(s->contents[k].start < s->contents[k].end);
                assert(s->contents[k].end <= doc->text.len);
                assert(!k || s->contents[k - 1].end <= s->contents[k].start);
            }
        }
    }
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return 0;
}
