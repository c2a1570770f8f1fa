/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parse: tokens with tags → one labelled tree a sentence, greedily with an
 * averaged perceptron trained with a dynamic oracle (Goldberg and Nivre
 * 2012, 2013). The transition system and its features are in transition.c.
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
