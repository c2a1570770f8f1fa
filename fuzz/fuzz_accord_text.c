/* SPDX-License-Identifier: Apache-2.0 */
/* CoNLL-U through the room; every finding's span must lie in the text. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "accord/accord.h"
#include "doc/conllu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dln_accord *open_room(void)
{
    static dln_accord *accord;
    dln_lang *lang;
    dln_error error;
    char folder[4096];
    const char *root = getenv("DATELINE_SOURCE");
    if (accord)
        return accord;
    snprintf(folder, sizeof folder, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, folder, "en", &error) != DLN_OK
        || dln_accord_open(&accord, lang, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        abort();
    }
    return accord;
}

static void inside(const dln_doc *doc, dln_span span)
{
    assert(!dln_span_has(span)
           || (span.start <= span.end && span.end <= doc->text.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const dln_accord *accord = open_room();
    dln_doc *doc = dln_doc_new((size_t)256 << 20);
    dln_arena *scratch = dln_arena_new((size_t)256 << 20);
    dln_error error;
    if (doc && scratch
        && dln_conllu_read(doc, (dln_str){(const char *)data, size}, &error)
               >= DLN_WARN) {
        dln_doc_link_children(doc);
        dln_status status = dln_accord_run(accord, doc, scratch);
        assert(status >= DLN_WARN || status == DLN_NOMEM);
        for (uint32_t i = 0; i < doc->pacts.count; i++) {
            inside(doc, doc->pacts.at[i].span);
            assert(doc->pacts.at[i].same == DLN_NONE
                   || doc->pacts.at[i].same < i);
        }
        for (uint32_t i = 0; i < doc->commitments.count; i++)
            inside(doc, doc->commitments.at[i].span);
        for (uint32_t i = 0; i < doc->mandates.count; i++)
            inside(doc, doc->mandates.at[i].span);
    }
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return 0;
}
