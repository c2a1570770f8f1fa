/* SPDX-License-Identifier: Apache-2.0 */
/* Any page: the clean text is UTF-8 without empty lines, what was removed
 * lies in the input in order, and cleaning again takes no crash either. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "clean/clean.h"
#include "ingest/ingest.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dln_clean *the_room(void)
{
    static dln_lang *lang;
    static dln_clean *clean;
    char path[4096];
    dln_error error = {DLN_OK, ""};
    const char *root = getenv("DATELINE_SOURCE");
    if (clean)
        return clean;
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_clean_open(&clean, lang, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
    return clean;
}

static void check(const dln_doc *doc)
{
    uint32_t before = 0;
    assert(dln_utf8_valid(doc->text));
    assert(dln_utf8_valid(doc->title) && dln_utf8_valid(doc->byline));
    assert(dln_utf8_valid(doc->agency) && dln_utf8_valid(doc->outlet));
    for (size_t i = 0; i < doc->text.len; i++)
        assert(doc->text.data[i] != '\n'
               || (i && i + 1 < doc->text.len
                   && doc->text.data[i + 1] != '\n'));
    for (uint32_t i = 0; i < doc->removed.count; i++) {
        dln_span span = doc->removed.at[i].span;
        assert(span.start >= before && span.end >= span.start);
        assert(span.end <= doc->input.len && doc->removed.at[i].reason);
        before = span.start;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_doc *doc = dln_doc_new((size_t)256 << 20);
    dln_arena *scratch = dln_arena_new((size_t)256 << 20);
    dln_error error;
    dln_item item = {.text = {(const char *)data, size}, .utf8 = true,
                     .source = DLN_NO_SPAN, .target = DLN_NO_SPAN};
    for (int round = 0; doc && scratch && round < 2; round++) {
        dln_doc_reset(doc);
        dln_arena_reset(scratch);
        item.utf8 = round == 0;
        if (dln_item_fill(&item, doc, &error) >= DLN_WARN
            && dln_clean_run(the_room(), doc, scratch) >= DLN_WARN)
            check(doc);
    }
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return 0;
}
