/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opinion, inside; shared with its trainer (train/opinions.c): a small
 * network over the encoder's states (doc->states) that says how likely a
 * word is a cue, and where a cue's parts begin and end. The judge adds what
 * it says to the weights of clues.
 *
 * Two gated linear recurrences (as in network.c) run over each piece of a
 * paragraph. A pair of a cue and a word is read from
 *
 *     relu(word's layer + cue's layer + rows of a table)
 *
 * where the rows tell how the word lies to the cue in the text, the tree,
 * the quotation marks and the rules' verdict (Dozat and Manning 2017 for
 * reading pairs; Pareti 2015 for what is looked at).
 */
#ifndef DLN_QUOTE_OPINION_P_H
#define DLN_QUOTE_OPINION_P_H

#include "model/tensors.h"
#include "quote/judge_p.h"


/* Tokens that the recurrences run over at once. */
#define OPINION_PIECE 512
/* Rows of the table that a pair, or a word, is read with. */
#define OPINION_PAIR_ROWS 11
#define OPINION_WORD_ROWS 4
#define OPINION_ROWS 4096
/* What is said of a pair: begins and ends a part, for the three parts; and,
 * of the cue with itself, that there is no such part. */
#define OPINION_SAID 9
#define OPINION_NONE 6

typedef struct dln_opinion_net {
    const dln_kernels *kernels;
    dln_tensors tensors;
    uint32_t width, run, hidden;    /* of states, recurrences, pairs */
    dln_dense first, second, of_run, of_state, cue, pair;
    const float *first_norm, *second_norm;      /* [2][run] */
    dln_codes rows;                 /* [OPINION_ROWS][hidden] */
} dln_opinion_net;

/* What the network says of one piece; all of it scratch. */
typedef struct dln_opinion {
    const dln_opinion_net *net;
    uint32_t begin, end;        /* tokens of the piece */
    float *said;                /* [PIECE][3][hidden]: as a word, as a cue
                                 * with words, as a cue alone */
    float *x, *y, *z;
    uint8_t *bytes;
    float *steps;
} dln_opinion;

/* Checks that the tensors of `section` fit each other. */
DLN_NODISCARD dln_status dln_quote__opinion_open(dln_opinion_net *out,
                                                 dln_str section,
                                                 dln_error *error);
/* Room for reading `doc`; NULL without states that fit or memory. */
dln_opinion *dln_quote__opinion(const dln_opinion_net *net,
                                const dln_doc *doc, dln_arena *scratch);
/* Reads the piece that begins with `sentence`, if it is short enough. */
void dln_quote__hear(dln_opinion *o, const dln_doc *doc, uint32_t sentence);
/* The odds (log) of the words of a sentence being cues: odds[token -
 * token_begin]. False: the piece was not read. */
bool dln_quote__cue_odds(dln_opinion *o, const dln_judged *j,
                         const dln_sentence *s, float *odds);
/* Fills j->lean for the cue that `j` was turned to. */
void dln_quote__lean(dln_opinion *o, dln_judged *j);

/* The piece that holds the sentence: whole sentences of one paragraph. The
 * number of the last sentence + 1. */
uint32_t dln_quote__piece(const dln_doc *doc, uint32_t sentence);
/* Rows for the word `t` seen from the cue that `j` was turned to. */
void dln_quote__pair_rows(const dln_judged *j, uint32_t t,
                          uint32_t out[OPINION_PAIR_ROWS]);
/* Rows for a word that may be a cue. */
void dln_quote__word_rows(const dln_judged *j, uint32_t t,
                          uint32_t out[OPINION_WORD_ROWS]);

#endif
