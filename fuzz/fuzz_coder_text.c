/* SPDX-License-Identifier: Apache-2.0 */
/* CoNLL-U trees of any shape through the coder, with and without a pair:
 * spans must lie in the text and triggers in their clauses. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "coder/coder.h"
#include "doc/conllu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dln_coder *coder;

static void open_once(void)
{
    /* Kept for the whole run, where leak checkers see them. */
    static char path[4096];
    static dln_lang *lang;
    static dln_onto *onto;
    dln_error error;
    const char *root = getenv("DATELINE_SOURCE");
    if (coder)
        return;
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_onto_open(&onto, path, &error) != DLN_OK
        || dln_coder_open(&coder, lang, onto, NULL, &error) != DLN_OK)
        abort();
}

/* Every proper noun is an actor, so that parties are found. */
static void add_mentions(dln_doc *doc)
{
    for (uint32_t t = 0; t < doc->tokens.count; t++) {
        if (doc->tokens.at[t].upos != DLN_UPOS_PROPN)
            continue;
        dln_actor *a = DLN_VEC_PUSH(doc->arena, &doc->actors);
        dln_mention *m = DLN_VEC_PUSH(doc->arena, &doc->mentions);
        if (!a || !m)
            return;
        *a = (dln_actor){.parent = DLN_NONE};
        *m = (dln_mention){.span = doc->tokens.at[t].span, .token_begin = t,
                           .token_end = t + 1, .head = t,
                           .actor = doc->actors.count - 1};
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_doc *doc = dln_doc_new((size_t)256 << 20);
    dln_arena *scratch = dln_arena_new((size_t)256 << 20);
    dln_error error;
    open_once();
    if (doc && scratch
        && dln_conllu_read(doc, (dln_str){(const char *)data, size}, &error)
               == DLN_OK) {
        dln_doc_link_children(doc);
        add_mentions(doc);
        for (int round = 0; round < 2; round++) {
            doc->events.count = 0;
            if (dln_coder_run(coder, doc, scratch) < DLN_WARN)
                break;
            for (uint32_t i = 0; i < doc->events.count; i++) {
                const dln_event *e = &doc->events.at[i];
                assert(e->span.end <= doc->text.len || round);
                assert(e->span.start <= e->trigger.start);
                assert(e->trigger.end <= e->span.end);
            }
            assert(!round || doc->events.count == 1);
            doc->pair_source = (dln_span){0, (uint32_t)(size % 40)};
            doc->pair_target = (dln_span){(uint32_t)(size % 90),
                                          (uint32_t)(size % 90) + 4};
            dln_arena_reset(scratch);
        }
    }
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return 0;
}
