/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the analysers and those who make models share: a token's surface as
 * numbers, lemmas, the labels of entities.
 */
#ifndef DLN_ANALYSE_MODEL_P_H
#define DLN_ANALYSE_MODEL_P_H

#include "analyse/analyse_p.h"
#include "model/linear.h"
#include "model/weights.h"

/* Surface of a token: hashes, 0 for none. */
typedef struct dln_lexeme {
    uint32_t form;      /* digits as 0 */
    uint32_t low;       /* the same in lower case */
    uint32_t suffix[4]; /* last 1..4 characters, lower case */
    uint32_t prefix[3];
    uint32_t shape;     /* Xx, dd-dd ... */
    uint32_t row;       /* of its word vector, 0 for none */
    uint8_t flags;
    uint8_t lists;      /* bits: lists of names that hold the word */
} dln_lexeme;

enum {
    DLN_LEX_UPPER = 1,      /* begins with a capital */
    DLN_LEX_ALL_UPPER = 2,
    DLN_LEX_DIGIT = 4,
    DLN_LEX_HYPHEN = 8,
    DLN_LEX_ALPHA = 16      /* has a letter */
};

/* `vocabulary` may be NULL: no row and no lists then. */
void dln_analyse__lexeme(dln_lexeme *out, dln_str form,
                         const dln_hashed *vocabulary);
/* A word's value in the vocabulary: its row among the word vectors, a bit
 * for words that the treebanks have, the bits of the lists that hold it. */
enum {
    DLN_VOCAB_ROW = 0xFFFFF,
    DLN_VOCAB_SEEN = 0x100000,
    DLN_VOCAB_LISTS = 24
};
/* Bits of a word that the network reads: 5 flags, 5 lists. */
#define DLN_TYPE_BITS 10

/* The key of a word in the vocabulary. */
static inline uint64_t dln_analyse__key(uint32_t low)
{
    return dln_mix(0x1234567, low);
}

/* Lemmas: a script says how many characters to take off the end and what
 * to add; whether the word keeps its capitals. */
typedef struct dln_lemmas {
    dln_hashed table;       /* key → script */
    const unsigned char *scripts;
    uint32_t count;
    size_t len;
    const dln_hashed *vocabulary;   /* NULL: no word is known */
    const dln_table *irregular;     /* NULL: none */
} dln_lemmas;

#define DLN_LEMMA_SUFFIX 6
uint64_t dln_analyse__lemma_key(dln_str lower, uint32_t suffix,
                                unsigned xpos);
dln_str dln_analyse__apply(dln_arena *arena, dln_str form, dln_str lower,
                           dln_str script);
/* The lemma in `arena`. */
dln_str dln_analyse__lemma(const dln_lemmas *lemmas, dln_arena *arena,
                           dln_str form, unsigned xpos);

/* Takes what hangs on punctuation up to its head, in the sentence's tokens
 * with tags and heads. */
void dln_analyse__lift(dln_doc *doc, const dln_sentence *sentence);

/* Labels of names. 0 is outside, 1 + 4 * kind + part within. */
enum {
    DLN_BILOU_BEGIN,
    DLN_BILOU_IN,
    DLN_BILOU_LAST,
    DLN_BILOU_UNIT
};
/* The best sequence of labels that is valid: scores[count][stride], of 1 + 4
 * kinds labels → labels[count]. back[count][1 + 4 kinds] is overwritten. */
void dln_analyse__bilou(const float *scores, size_t stride, uint32_t count,
                        uint32_t kinds, uint8_t *labels, uint8_t *back);
/* Labels of tokens from `token_begin` on → doc->entities; kinds[kind] is the
 * dln_entity_kind that a label's kind stands for. */
void dln_analyse__entities(dln_doc *doc, uint32_t token_begin,
                           const uint8_t *labels, const uint8_t *kinds,
                           uint32_t count);

/* Makes the entities agree over the document: drops those that are no names,
 * gives the same name the same kind, adds names that were missed. Tags are
 * known. Out of memory shows in the arenas. */
void dln_analyse__names(dln_doc *doc, dln_arena *scratch);

/* The sections that lemmas need. */
DLN_NODISCARD dln_status dln_analyse__lemmas(dln_lemmas *out,
                                             const dln_weights *weights,
                                             dln_error *error);

#endif
