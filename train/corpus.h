/* SPDX-License-Identifier: Apache-2.0 */
/* corpus: treebank sentences as the analysers see them. */
#ifndef DLN_TRAIN_CORPUS_H
#define DLN_TRAIN_CORPUS_H

#include "analyse/model_p.h"
#include "pack.h"

typedef struct corpus_sentence {
    uint32_t count;
    dln_str *form, *lemma;
    dln_lexeme *lex;
    uint8_t *xpos, *upos;
    uint8_t *gold;          /* tag class + 1 */
    uint8_t *tags;          /* predicted class + 1, for the parser */
    uint32_t *head;         /* `count` is the root */
    uint8_t *label;
} corpus_sentence;

typedef struct corpus {
    dln_arena *arena;
    corpus_sentence *at;    /* [count] */
    uint32_t count, cap;
    uint32_t tokens;
    uint8_t classes[254][2];    /* of tags: XPOS, UPOS */
    uint32_t class_count;
} corpus;

/* Adds the sentences of a CoNLL-U file. */
void corpus_read(corpus *c, const char *path);
/* The vocabulary (words seen at least twice), as a section. Words of the
 * cluster file, lines "cluster TAB word", get their cluster, words of the
 * lists' file, lines "bits TAB word", the bits of their lists. */
void corpus_vocabulary(const corpus *c, const char *clusters,
                       const char *lists, dln_buf *out);
/* Fills lex and gold. Rare pairs of tags go to the usual one of the XPOS. */
void corpus_prepare(corpus *c, const dln_hashed *vocabulary);

/* A generator of numbers for shuffling, the same everywhere. */
static inline uint32_t corpus_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}
void corpus_shuffle(uint32_t *order, uint32_t count, uint64_t *seed);

/* The trainers; each appends its section. `epochs` passes; features
 * that were updated fewer than `updates` times are dropped. */
void train_tags(corpus *c, uint32_t epochs, uint32_t folds, dln_buf *out);
void train_lemmas(const corpus *c, dln_buf *table, dln_buf *scripts);
void train_parser(const corpus *c, uint32_t epochs, uint32_t updates,
                  dln_buf *model, dln_buf *moves);
/* From the column file `path`; tags come from `tagger`. */
void train_names(const char *path, const dln_words *lists,
                 const dln_hashed *vocabulary, const dln_linear *tagger,
                 uint32_t epochs, uint32_t updates, dln_buf *out);

#endif
