/* SPDX-License-Identifier: Apache-2.0 */
/* Training of the tagger, and tags for the parser to learn on: each fold of
 * the sentences is tagged by a tagger that has not seen it. */
#include <stdio.h>
#include <stdlib.h>

#include "corpus.h"
#include "learner.h"

static uint32_t train_sentence(learner *l, const corpus_sentence *s,
                               uint8_t *tags)
{
    uint64_t features[DLN_TAG_FEATURES];
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        int32_t scores[DLN_LINEAR_MAX_CLASSES] = {0};
        uint32_t best = 0;
        uint32_t n = dln_analyse__tag_features(s->lex, s->count, i, tags,
                                               features);
        learner_score(l, features, n, scores);
        for (uint32_t c = 1; c < l->classes; c++)
            if (scores[c] > scores[best])
                best = c;
        wrong += best + 1 != s->gold[i];
        learner_update(l, features, n, s->gold[i] - 1u, best);
        tags[i] = (uint8_t)(best + 1);
    }
    return wrong;
}

/* Trains on all sentences but those of `fold` (of `folds`). */
static void train(const corpus *c, uint32_t epochs, uint32_t fold,
                  uint32_t folds, uint32_t updates, dln_buf *out)
{
    learner l;
    uint64_t seed = 1;
    uint32_t *order = pack_array(c->count, sizeof *order);
    uint8_t *tags = pack_array(c->tokens, 1);
    learner_init(&l, c->class_count);
    for (uint32_t e = 0; e < epochs; e++) {
        uint32_t wrong = 0;
        corpus_shuffle(order, c->count, &seed);
        for (uint32_t i = 0; i < c->count; i++)
            if (!folds || order[i] % folds != fold)
                wrong += train_sentence(&l, &c->at[order[i]], tags);
        fprintf(stderr, "tag epoch %u: %u wrong of %u\n", e + 1, wrong,
                c->tokens);
    }
    learner_write(&l, updates, out);
    learner_release(&l);
    free(order);
    free(tags);
}

static void apply(corpus *c, uint32_t fold, uint32_t folds,
                  const dln_buf *section)
{
    dln_linear model;
    dln_error error = {DLN_OK, ""};
    uint32_t right = 0, total = 0;
    if (dln_linear_open(&model, dln_buf_view(section), &error) != DLN_OK)
        pack_stop("%s", error.text);
    for (uint32_t i = fold; i < c->count; i += folds) {
        corpus_sentence *s = &c->at[i];
        dln_analyse__tag(&model, s->lex, s->count, s->tags);
        for (uint32_t t = 0; t < s->count; t++)
            right += s->tags[t] == s->gold[t];
        total += s->count;
    }
    fprintf(stderr, "fold %u: %.2f%% right\n", fold,
            100.0 * right / (total ? total : 1));
}

void train_tags(corpus *c, uint32_t epochs, uint32_t folds, dln_buf *out)
{
    for (uint32_t f = 0; f < folds; f++) {
        dln_buf section;
        dln_buf_init(&section, 0);
        train(c, epochs > 4 ? epochs - 3 : epochs, f, folds, 2, &section);
        apply(c, f, folds, &section);
        dln_buf_release(&section);
    }
    train(c, epochs, 0, 0, 2, out);
}
