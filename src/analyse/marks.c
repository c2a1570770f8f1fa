/* SPDX-License-Identifier: Apache-2.0 */
/* marks: no word hangs on a punctuation mark (UD's rule); what does is taken
 * up to its head. */
#include "analyse/model_p.h"

static bool is_mark(const dln_doc *doc, uint32_t token)
{
    return doc->tokens.at[token].upos == DLN_UPOS_PUNCT;
}

/* Gives the sentence the root `word` instead of the mark `mark`. */
static void set_root(dln_doc *doc, const dln_sentence *sentence,
                     uint32_t mark, uint32_t word)
{
    for (uint32_t t = sentence->token_begin; t < sentence->token_end; t++)
        if (doc->tokens.at[t].head == mark)
            doc->tokens.at[t].head = word;
    doc->tokens.at[word].head = DLN_NONE;
    doc->tokens.at[word].deprel = DLN_REL_root;
    doc->tokens.at[mark].head = word;
    doc->tokens.at[mark].deprel = DLN_REL_punct;
}

void dln_analyse__lift(dln_doc *doc, const dln_sentence *sentence)
{
    uint32_t word = DLN_NONE, root = DLN_NONE;
    for (uint32_t t = sentence->token_begin; t < sentence->token_end; t++) {
        dln_token *token = &doc->tokens.at[t];
        /* Sentences are short, so climbing anew each time is no harm. */
        while (token->head != DLN_NONE && is_mark(doc, token->head)
               && doc->tokens.at[token->head].head != DLN_NONE)
            token->head = doc->tokens.at[token->head].head;
        if (token->head == DLN_NONE)
            root = t;
    }
    if (root == DLN_NONE || !is_mark(doc, root))
        return;
    for (uint32_t t = sentence->token_end; t-- > sentence->token_begin;)
        if (doc->tokens.at[t].head == root && !is_mark(doc, t))
            word = t;
    if (word != DLN_NONE)
        set_root(doc, sentence, root, word);
}
