/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Any text with the simplest tokens, tagged and hung by a hash of the words,
 * so that odd trees are tried too; what is found must lie inside.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "link/link.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_TOKENS 4000u
#define MAX_SENTENCE 60u

static dln_lang *lang;
static dln_onto *onto;
static dln_link *linker;

static void open_once(void)
{
    char path[4096];
    dln_error error;
    const char *source = getenv("DATELINE_SOURCE");
    if (linker)
        return;
    snprintf(path, sizeof path, "%s/data", source ? source : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_onto_open(&onto, path, &error) != DLN_OK
        || dln_link_open(&linker, lang, onto, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        abort();
    }
}

static void add_token(dln_doc *doc, uint32_t start, uint32_t end)
{
    uint64_t hash = dln_hash(doc->text.data + start, end - start, 0);
    if (!doc->sentences.count
        || doc->tokens.count
                   - doc->sentences.at[doc->sentences.count - 1].token_begin
               >= MAX_SENTENCE) {
        dln_sentence *s = DLN_VEC_PUSH(doc->arena, &doc->sentences);
        s->token_begin = doc->tokens.count;
        s->span.start = start;
    }
    dln_sentence *s = &doc->sentences.at[doc->sentences.count - 1];
    uint32_t index = doc->tokens.count;
    dln_token *t = DLN_VEC_PUSH(doc->arena, &doc->tokens);
    *t = (dln_token){.span = {start, end}, .entity = DLN_NONE,
                     .sentence = doc->sentences.count - 1,
                     .child = DLN_NONE, .sibling = DLN_NONE,
                     .head = index == s->token_begin ? DLN_NONE
                         : s->token_begin
                               + (uint32_t)(hash % (index - s->token_begin)),
                     .upos = (uint8_t)(hash / 7 % DLN_UPOS_COUNT),
                     .deprel = (uint8_t)(hash / 77 % DLN_REL_COUNT),
                     .space_after = end < doc->text.len
                                    && dln_is_space(doc->text.data[end])};
    s->token_end = index + 1;
    s->span.end = end;
}

static void tokenize(dln_doc *doc)
{
    dln_str text = doc->text;
    for (uint32_t at = 0; at < text.len
                          && doc->tokens.count < MAX_TOKENS;) {
        uint32_t end = at;
        while (end < text.len && (dln_is_alpha(text.data[end])
                                  || dln_is_digit(text.data[end])
                                  || (unsigned char)text.data[end] >= 0x80))
            end++;
        if (end == at && dln_is_space(text.data[at])) {
            at++;
            continue;
        }
        end = end == at ? at + 1 : end;
        add_token(doc, at, end);
        at = end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    open_once();
    dln_doc *doc = dln_doc_new((size_t)512 << 20);
    dln_arena *scratch = dln_arena_new((size_t)512 << 20);
    if (doc && scratch && size < (1u << 20)) {
        doc->text = dln_arena_str(doc->arena,
                                  (dln_str){(const char *)data, size});
        doc->dateline_place = dln_str_sub(doc->text, 0, 20);
        dln_doc_split_paragraphs(doc);
        tokenize(doc);
        dln_doc_link_children(doc);
        dln_link_run(linker, doc, scratch);
        for (uint32_t m = 0; m < doc->mentions.count; m++) {
            const dln_mention *x = &doc->mentions.at[m];
            assert(x->token_begin < x->token_end
                   && x->token_end <= doc->tokens.count);
            assert(x->head >= x->token_begin && x->head < x->token_end);
            assert(x->actor == DLN_NONE || x->actor < doc->actors.count);
            assert(!m || x[-1].token_begin <= x->token_begin);
        }
        for (uint32_t r = 0; r < doc->roles.count; r++)
            assert(doc->roles.at[r].actor < doc->actors.count);
        assert(doc->dateline_place_index == DLN_NONE
               || doc->dateline_place_index < doc->places.count);
    }
    dln_doc_free(doc);
    dln_arena_free(scratch);
    return 0;
}
