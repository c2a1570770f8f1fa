/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as one sentence without tags: every figure found must lie in
 * the text and have a value that is a number or open. */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "figures/figures.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dln_figures *open_figures(void)
{
    static dln_figures *figures;
    static dln_lang *lang;
    char path[4096];
    dln_error error;
    const char *root = getenv("DATELINE_SOURCE");
    if (figures)
        return figures;
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_figures_open(&figures, lang, &error) != DLN_OK)
        abort();
    return figures;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_str text = {(const char *)data, size};
    dln_doc *doc = dln_doc_new((size_t)256 << 20);
    dln_arena *scratch = dln_arena_new((size_t)256 << 20);
    if (doc && scratch && size < ((size_t)1 << 20) && dln_utf8_valid(text)) {
        doc->text = text;
        dln_sentence *s = DLN_VEC_PUSH(doc->arena, &doc->sentences);
        if (s)
            s->span = (dln_span){0, (uint32_t)size};
        dln_status status = dln_figures_run(open_figures(), doc, scratch);
        assert(status == DLN_OK);
        for (uint32_t i = 0; i < doc->figures.count; i++) {
            const dln_figure *f = &doc->figures.at[i];
            assert(f->span.start < f->span.end && f->span.end <= size);
            assert(f->number.start < f->number.end);
            assert(isnan(f->low) || isnan(f->high) || f->low <= f->high);
            assert(!isnan(f->low) || !isnan(f->high));
        }
    }
    dln_doc_free(doc);
    dln_arena_free(scratch);
    return 0;
}
