/* SPDX-License-Identifier: Apache-2.0 */
/* A line as JSON and as the bytes of a file: whatever is taken is UTF-8. */
#include <assert.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "ingest/ingest_p.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fill(dln_item *item, dln_doc *doc)
{
    dln_error error;
    dln_doc_reset(doc);
    if (dln_item_fill(item, doc, &error) < DLN_WARN)
        return;
    assert(dln_utf8_valid(doc->input));
    assert(!memchr(doc->input.data, '\0', doc->input.len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_doc *doc = dln_doc_new((size_t)256 << 20);
    dln_arena *arena = dln_arena_new((size_t)256 << 20);
    dln_str line = {(const char *)data, size};
    dln_error error;
    dln_item item;
    if (doc && arena) {
        if (dln_ingest__json(&item, arena, line, false, &error) == DLN_OK)
            fill(&item, doc);
        item = (dln_item){.text = line};
        fill(&item, doc);
    }
    dln_arena_free(arena);
    dln_doc_free(doc);
    return 0;
}
