/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a text: every time lies in it, in order, and its days are
 * an interval. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "timex/timex.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dln_timex *open_room(void)
{
    static dln_lang *lang;
    static dln_timex *timex;
    char path[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error;
    if (timex)
        return timex;
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_timex_open(&timex, lang, &error) != DLN_OK)
        abort();
    return timex;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_timex *timex = open_room();
    dln_doc *doc = dln_doc_new((size_t)256 << 20);
    dln_arena *scratch = dln_arena_new((size_t)256 << 20);
    if (!doc || !scratch)
        abort();
    doc->text = (dln_str){(const char *)data, size};
    /* the first byte chooses between a dated and an undated report */
    if (size && data[0] & 1)
        doc->published = (dln_interval){18638, 18638, DLN_PREC_DAY};
    dln_doc_split_paragraphs(doc);
    if (dln_timex_run(timex, doc, scratch) >= DLN_WARN) {
        uint32_t end = 0;
        for (uint32_t i = 0; i < doc->times.count; i++) {
            const dln_time *t = &doc->times.at[i];
            assert(t->span.start >= end && t->span.start < t->span.end);
            assert(t->span.end <= size && t->value.len && t->why.len);
            assert((t->when.start == DLN_NO_DAY)
                   == (t->when.end == DLN_NO_DAY));
            assert(t->when.start <= t->when.end);
            end = t->span.end;
        }
    }
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return 0;
}
