/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tag: part-of-speech tags, left to right with an averaged perceptron
 * (Collins 2002; features after Ratnaparkhi 1996 and Honnibal 2013). A
 * class is a pair of Penn and universal tag, so both come in one step.
 */
#include "analyse/model_p.h"

typedef struct adder {
    uint64_t *out;
    uint32_t n;
} adder;

static inline void add(adder *a, uint64_t one, uint64_t two)
{
    uint64_t key = dln_mix(dln_mix(dln_feature(1000 + a->n), one), two);
    a->out[a->n++] = dln_mix(key, 7);
}

uint32_t dln_analyse__tag_features(const dln_lexeme *lex, uint32_t count,
                                   uint32_t i, const uint8_t *tags,
                                   uint64_t *out)
{
    static const dln_lexeme none;
    const dln_lexeme *w = &lex[i];
    const dln_lexeme *p = i > 0 ? w - 1 : &none;
    const dln_lexeme *pp = i > 1 ? w - 2 : &none;
    const dln_lexeme *n = i + 1 < count ? w + 1 : &none;
    const dln_lexeme *nn = i + 2 < count ? w + 2 : &none;
    uint64_t t1 = i > 0 ? tags[i - 1] : 0, t2 = i > 1 ? tags[i - 2] : 0;
    uint64_t first = i == 0 || !(p->flags & DLN_LEX_ALPHA);
    adder a = {out, 0};
    add(&a, w->word, 0);
    add(&a, w->form, 0);
    add(&a, w->suffix[0], w->shape);
    add(&a, w->suffix[1], 0);
    add(&a, w->suffix[2], 0);
    add(&a, w->suffix[3], 0);
    add(&a, w->prefix[0], 0);
    add(&a, w->prefix[2], 0);
    add(&a, w->shape, first);
    add(&a, (uint64_t)w->flags, first);
    add(&a, w->suffix[2], w->flags);
    add(&a, t1, 0);
    add(&a, t1, t2);
    add(&a, t1, w->word);
    add(&a, t1, w->suffix[1]);
    add(&a, t1 << 8 | t2, w->word);
    add(&a, p->word, 0);
    add(&a, p->suffix[2], 0);
    add(&a, p->word, w->word);
    add(&a, pp->word, 0);
    add(&a, pp->word, p->word);
    add(&a, n->word, 0);
    add(&a, n->suffix[2], 0);
    add(&a, n->shape, 0);
    add(&a, n->word, w->word);
    add(&a, n->word, t1);
    add(&a, n->suffix[1], w->suffix[1]);
    add(&a, nn->word, 0);
    add(&a, n->word, nn->word);
    add(&a, w->cluster, 0);
    add(&a, w->cluster, t1);
    add(&a, p->cluster, w->cluster);
    add(&a, n->cluster, w->cluster);
    add(&a, n->cluster, t1);
    add(&a, n->flags, w->flags);
    add(&a, nn->suffix[1], n->suffix[1]);
    return a.n;
}

void dln_analyse__tag(const dln_linear *model, const dln_lexeme *lex,
                      uint32_t count, uint8_t *tags)
{
    uint64_t features[DLN_TAG_FEATURES];
    for (uint32_t i = 0; i < count; i++) {
        int32_t scores[DLN_LINEAR_MAX_CLASSES] = {0};
        uint32_t n = dln_analyse__tag_features(lex, count, i, tags,
                                               features);
        dln_linear_score(model, features, n, scores);
        uint32_t best = 0;
        for (uint32_t c = 1; c < model->classes; c++)
            if (scores[c] > scores[best])
                best = c;
        tags[i] = (uint8_t)(best + 1);
    }
}
