/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parse: tokens with tags → one labelled tree a sentence, greedily with an
 * averaged perceptron trained with a dynamic oracle (Goldberg and Nivre
 * 2012, 2013). The transition system and its features are in transition.c.
 * Afterwards no word hangs on a punctuation mark (UD's rule).
 */
#include "analyse/model_p.h"

dln_node dln_analyse__node(const dln_lexeme *lex, uint8_t tag)
{
    return (dln_node){lex->word, lex->cluster, lex->suffix[2], tag};
}

/* The best move that may be done. At the end of the buffer all that is left
 * hangs on the root, and nothing else does. */
static dln_move choose(const dln_linear *model, const unsigned char *moves,
                       const dln_state *s, unsigned valid)
{
    uint64_t features[DLN_PARSE_FEATURES];
    int32_t scores[DLN_LINEAR_MAX_CLASSES] = {0};
    bool at_root = s->next == s->count;
    dln_move best = {0};
    int32_t high = INT32_MIN;
    uint32_t n = dln_analyse__parse_features(s, features);
    dln_linear_score(model, features, n, scores);
    for (uint32_t c = 0; c < model->classes; c++) {
        dln_move move = {moves[2 * c], moves[2 * c + 1]};
        if (!(valid >> move.action & 1) || scores[c] <= high)
            continue;
        if (move.action == DLN_LEFT
            && at_root != (move.label == DLN_REL_root))
            continue;
        high = scores[c];
        best = move;
    }
    return best;
}

void dln_analyse__parse(const dln_linear *model, const unsigned char *moves,
                        dln_state *s)
{
    unsigned valid;
    while ((valid = dln_analyse__valid(s)) != 0) {
        dln_move move = {0};
        if (valid == 1u << DLN_LEFT)    /* the buffer is empty */
            move = (dln_move){DLN_LEFT, DLN_REL_root};
        else if (valid & (valid - 1))
            move = choose(model, moves, s, valid);
        else
            move.action = valid == 1u << DLN_REDUCE ? DLN_REDUCE : DLN_SHIFT;
        dln_analyse__do(s, move);
    }
    dln_analyse__one_root(s);
}

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
