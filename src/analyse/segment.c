/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segment: a paragraph's tokens → sentences.
 *
 * A paragraph end always ends a sentence, so headlines and captions need no
 * stop. Inside, the model decides at every gap (boundary.c). Sentences of
 * more than DLN_SENTENCE_MAX tokens are cut, with a note.
 */
#include "analyse/boundary_p.h"

static void add_token(dln_doc *doc, dln_span span, bool space)
{
    dln_token *token = DLN_VEC_PUSH(doc->arena, &doc->tokens);
    if (token)
        *token = (dln_token){
            .span = span,
            .head = DLN_NONE,
            .sentence = doc->sentences.count,
            .entity = DLN_NONE,
            .child = DLN_NONE,
            .sibling = DLN_NONE,
            .space_after = space,
        };
}

/* "etc." gives up its stop at a sentence's end; "p.m." and "U.S." do not. */
static bool gives_stop(dln_str s)
{
    return s.len > 2 && s.data[s.len - 1] == '.'
           && dln_is_lower(s.data[s.len - 2])
           && dln_str_find(s, DLN_STR("."), 0) == s.len - 1;
}

static void add_sentence(dln_doc *doc, uint32_t paragraph,
                         const dln_pieces *p, uint32_t begin, uint32_t end)
{
    uint32_t first = doc->tokens.count;
    for (uint32_t i = begin; i < end; i++) {
        dln_span span = p->at[i].span;
        if (i + 1 == end && gives_stop(dln_str_at(doc->text, p->at[i].span))) {
            add_token(doc, (dln_span){span.start, span.end - 1}, false);
            span.start = span.end - 1;
        }
        add_token(doc, span, p->at[i].space_after);
    }
    if (doc->tokens.count == first)
        return;
    dln_sentence *sentence = DLN_VEC_PUSH(doc->arena, &doc->sentences);
    if (sentence)
        *sentence = (dln_sentence){
            dln_tokens_span(doc, first, doc->tokens.count), first,
            doc->tokens.count, paragraph};
}

/* Pieces [begin, end) as a sentence, or as several when they are many. */
static void add_cut(dln_doc *doc, uint32_t paragraph, const dln_pieces *p,
                    uint32_t begin, uint32_t end)
{
    while (end - begin > DLN_SENTENCE_MAX) {
        uint32_t next = begin + DLN_SENTENCE_MAX;
        dln_doc_note(doc, "analyse", DLN_NOTE_WARN,
                     (dln_span){p->at[begin].span.start,
                                p->at[next - 1].span.end},
                     "sentence longer than %d tokens, cut",
                     DLN_SENTENCE_MAX);
        add_sentence(doc, paragraph, p, begin, next);
        begin = next;
    }
    add_sentence(doc, paragraph, p, begin, end);
}

void dln_analyse__segment(const dln_words *words, const dln_boundary *model,
                          dln_doc *doc, uint32_t paragraph,
                          const dln_pieces *p)
{
    uint32_t features[DLN_GAP_FEATURES], begin = 0;
    dln_gaps gaps;
    dln_analyse__gaps(&gaps, words, model, doc->text, p);
    while (dln_analyse__gap_next(&gaps)) {
        uint32_t n = dln_analyse__gap_features(&gaps, features);
        if (dln_analyse__gap_score(model, features, n) <= 0)
            continue;
        dln_analyse__gap_end(&gaps);
        add_cut(doc, paragraph, p, begin, gaps.begin);
        begin = gaps.begin;
    }
    add_cut(doc, paragraph, p, begin, p->count);
}
