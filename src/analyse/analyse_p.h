/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_ANALYSE_ANALYSE_P_H
#define DLN_ANALYSE_ANALYSE_P_H

#include "analyse/analyse.h"
#include "model/kernels.h"

/* The word lists the tokenizer and the splitter read. */
typedef struct dln_words {
    const dln_table *abbreviations;
    const dln_table *prefixes;
    const dln_table *contractions;
    const dln_table *irregular;
} dln_words;

/* A token before sentences are known. */
typedef struct dln_piece {
    dln_span span;
    bool space_after;
} dln_piece;

typedef DLN_VEC(dln_piece) dln_pieces;

/* Longest sentence the parser takes; a longer one is cut. */
#define DLN_SENTENCE_MAX 400

/* Bytes of a word that are ever looked up or turned into features. */
#define DLN_WORD_MAX 48

DLN_NODISCARD dln_status dln_analyse__words(dln_words *out,
                                            const dln_lang *lang,
                                            dln_error *error);
/* The row of `word` in lower case (ASCII), or NULL. Words longer than
 * DLN_WORD_MAX have none. */
const dln_row *dln_analyse__row(const dln_table *table, dln_str word);

/* For tests and measuring: reads with these kernels from now on. False when
 * the CPU has not got them. */
bool dln_analyse__force(dln_analyse *analyse, dln_kernel_set set);

/* Appends the tokens of text[span] to `out`, which lives in `scratch`. */
void dln_analyse__tokenize(const dln_words *words, dln_str text,
                           dln_span span, dln_arena *scratch,
                           dln_pieces *out);

#endif
