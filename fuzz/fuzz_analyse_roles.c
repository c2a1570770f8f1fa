/* SPDX-License-Identifier: Apache-2.0 */
/* Any tree with tags: features and roles by rule. Predicates come in order,
 * and each argument is another word of the predicate's sentence; then the
 * whole must come out as CoNLL-U that reads back. */
#include <stdio.h>
#include <stdlib.h>

#include "analyse/analyse_p.h"
#include "doc/conllu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const dln_words *word_lists(void)
{
    static dln_words words;
    static dln_lang *lang;
    char path[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error;
    if (lang)
        return &words;
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_analyse__words(&words, lang, &error) != DLN_OK)
        abort();
    return &words;
}

static void check(const dln_doc *doc)
{
    for (uint32_t i = 0; i < doc->predicates.count; i++) {
        const dln_predicate *p = &doc->predicates.at[i];
        if (i && p->token <= p[-1].token)
            abort();
        for (uint32_t k = 0; k < p->argument_count; k++) {
            uint32_t token = p->arguments[k].token;
            if (token == p->token
                || doc->tokens.at[token].sentence
                       != doc->tokens.at[p->token].sentence)
                abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_doc *doc = dln_doc_new((size_t)256 << 20);
    dln_arena *scratch = dln_arena_new((size_t)256 << 20);
    dln_error error;
    dln_buf out;
    dln_buf_init(&out, 0);
    if (doc && scratch && size < 1 << 20
        && dln_conllu_read(doc, (dln_str){(const char *)data, size}, &error)
               == DLN_OK) {
        const dln_clause *clauses = dln_analyse__clauses(doc, scratch);
        dln_analyse__morphology(word_lists()->morphology, doc, clauses);
        dln_analyse__roles(word_lists()->roles, doc, clauses);
        check(doc);
        dln_conllu_write(doc, &out);
        dln_doc_reset(doc);
        (void)!dln_conllu_read(doc, dln_buf_view(&out), &error);
    }
    dln_buf_release(&out);
    dln_doc_free(doc);
    dln_arena_free(scratch);
    return 0;
}
