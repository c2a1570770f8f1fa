/* SPDX-License-Identifier: Apache-2.0 */
/* corpus: the words of treebanks. */
#ifndef DLN_TRAIN_CORPUS_H
#define DLN_TRAIN_CORPUS_H

#include "analyse/model_p.h"
#include "pack.h"

typedef struct corpus_sentence {
    uint32_t count;
    dln_str *form, *lemma;
    uint8_t *xpos;
} corpus_sentence;

typedef struct corpus {
    dln_arena *arena;
    corpus_sentence *at;    /* [count] */
    uint32_t count, cap;
    uint32_t tokens;
} corpus;

/* Adds the sentences of a CoNLL-U file. */
void corpus_read(corpus *c, const char *path);
/* The vocabulary, as a section: words that occur at least twice, words of
 * the file of rows, lines "row TAB word", with their row, and words of the
 * lists' file, lines "bits TAB word", with the bits of their lists. */
void corpus_vocabulary(const corpus *c, const char *rows, const char *lists,
                       dln_buf *out);

/* A generator of numbers for shuffling, the same everywhere. */
static inline uint32_t corpus_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}
void corpus_shuffle(uint32_t *order, uint32_t count, uint64_t *seed);

/* Both sections of the lemmatizer. */
void train_lemmas(const corpus *c, dln_buf *table, dln_buf *scripts);

#endif
