/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_ANALYSE_ANALYSE_P_H
#define DLN_ANALYSE_ANALYSE_P_H

#include "analyse/analyse.h"

/* The word lists the tokenizer and the splitter read. */
typedef struct dln_words {
    const dln_table *abbreviations;
    const dln_table *prefixes;
    const dln_table *contractions;
    const dln_table *irregular;
    const dln_table *morphology;
    const dln_table *roles;
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

/* Appends the tokens of text[span] to `out`, which lives in `scratch`. */
void dln_analyse__tokenize(const dln_words *words, dln_str text,
                           dln_span span, dln_arena *scratch,
                           dln_pieces *out);

/* What the rules of morphology and roles ask again and again of a word and
 * its dependents. */
enum { DLN_AUXILIARY_NONE, DLN_AUXILIARY_OTHER, DLN_AUXILIARY_HAVE };

typedef struct dln_clause {
    uint32_t subject, object;   /* first of its dependents, or DLN_NONE */
    uint8_t auxiliary;          /* the last one before it */
    bool passive;               /* has aux:pass */
    bool several;               /* has a conj */
} dln_clause;

/* For each token, in `scratch`; NULL when out of memory. */
dln_clause *dln_analyse__clauses(const dln_doc *doc, dln_arena *scratch);
/* Features of all tokens by rule. `closed`: the list morphology. */
void dln_analyse__morphology(const dln_table *closed, dln_doc *doc,
                             const dln_clause *clauses);
/* Predicates by rule, with their arguments; only the arguments when there
 * are predicates already. `words`: the list role-words. */
void dln_analyse__roles(const dln_table *words, dln_doc *doc,
                        const dln_clause *clauses);

#endif
