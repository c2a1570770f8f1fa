/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any CoNLL-U: trees of any shape; references lie inside the text and their
 * chains hang together.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "coref/coref.h"
#include "doc/conllu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dln_lang *lang;
static dln_onto *onto;
static dln_coref *coref;

static void open_once(void)
{
    char path[4096], model[4096];
    dln_error error;
    const char *source = getenv("DATELINE_SOURCE");
    if (coref)
        return;
    snprintf(path, sizeof path, "%s/data", source ? source : ".");
    snprintf(model, sizeof model, "%s/models/coref.dlm",
             source ? source : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_onto_open(&onto, path, &error) != DLN_OK
        || dln_coref_open(&coref, lang, onto, model, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        abort();
    }
}

static void check(const dln_doc *doc)
{
    for (uint32_t i = 0; i < doc->references.count; i++) {
        const dln_reference *r = &doc->references.at[i];
        assert(r->token_begin < r->token_end
               && r->token_end <= doc->tokens.count);
        assert(r->head >= r->token_begin && r->head < r->token_end);
        assert(r->chain < doc->chains.count);
        assert(r->before == DLN_NONE || r->before < i);
        assert(!i || r[-1].token_begin <= r->token_begin);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_error error;
    open_once();
    dln_doc *doc = dln_doc_new((size_t)512 << 20);
    dln_arena *scratch = dln_arena_new((size_t)512 << 20);
    if (doc && scratch && size < (1u << 20)
        && dln_conllu_read(doc, (dln_str){(const char *)data, size}, &error)
               == DLN_OK) {
        for (uint32_t t = 0; t < doc->tokens.count; t++)
            doc->tokens.at[t].entity = DLN_NONE;
        dln_doc_link_children(doc);
        dln_coref_run(coref, doc, scratch);
        check(doc);
    }
    dln_doc_free(doc);
    dln_arena_free(scratch);
    return 0;
}
