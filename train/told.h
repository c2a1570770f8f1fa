/* SPDX-License-Identifier: Apache-2.0 */
/*
 * told: texts whose statements people have marked, read as the program will
 * read them, for the trainers of src/quote.
 */
#ifndef DLN_TRAIN_TOLD_H
#define DLN_TRAIN_TOLD_H

#include "engine/engine.h"
#include "pack.h"
#include "quote/judge_p.h"

typedef struct gold {
    uint32_t cue;               /* token */
    dln_quote_words part[3];    /* content: as far as in the sentence */
    bool outside;               /* content lies elsewhere */
} gold;

typedef struct text {
    dln_worker worker;
    dln_arena *scratch;
    dln_reading reading;
    dln_judged judged;
    gold *gold;                 /* [gold_count] */
    uint32_t gold_count;
    bool *is_cue;               /* [tokens] */
} text;

typedef struct texts {
    text *at;
    uint32_t count, cap;
} texts;

/* GOLD has lines {"text", "statements": [{"source", "cue", "content":
 * [[start, end]...]}]}, in bytes. Leaves out the lines whose number is
 * `fold` modulo `folds`. Stops the program when it cannot be read. */
void read_texts(texts *all, const dln_engine *engine, const dln_quote *quote,
                const char *path, unsigned fold, unsigned folds);
/* Judging needs what the turn to a cue leaves behind, which is the text's
 * own; the reading is put back since texts move while they are read. */
dln_judged *judged_of(text *t);

#endif
