/* SPDX-License-Identifier: Apache-2.0 */
/*
 * learner: an averaged perceptron (Freund and Schapire 1999; Collins 2002)
 * over hashed features, with whole numbers so that training gives the same
 * bytes everywhere. Rows hold only classes that were ever updated.
 */
#ifndef DLN_TRAIN_LEARNER_H
#define DLN_TRAIN_LEARNER_H

#include "base/buf.h"

typedef struct learner_entry {
    int64_t total;          /* weight times steps, up to `stamp` */
    int32_t weight;
    uint32_t stamp;
    uint16_t updates;
    uint8_t class;
} learner_entry;

typedef struct learner_row {
    uint64_t key;
    learner_entry *at;
    uint16_t count, cap;
} learner_row;

typedef struct learner {
    learner_row *rows;      /* [row_count] */
    uint32_t row_count, row_cap;
    uint32_t *slots;        /* row + 1, 0 empty */
    uint32_t slot_bits;
    uint32_t classes, step;
} learner;

void learner_init(learner *l, uint32_t classes);
void learner_release(learner *l);
/* scores[class] += weights of the features. */
void learner_score(const learner *l, const uint64_t *features, uint32_t n,
                   int32_t *scores);
/* One step of training: weights of `good` up, of `bad` down. */
void learner_update(learner *l, const uint64_t *features, uint32_t n,
                    uint32_t good, uint32_t bad);
/* Counts a step in which nothing was wrong. */
static inline void learner_step(learner *l) { l->step++; }

/* The averaged weights as a section of a model file (model/linear.h);
 * features none of whose classes had `updates` updates are dropped. */
void learner_write(const learner *l, uint32_t updates, dln_buf *out);

#endif
