/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entity: names in the text, with their kind, left to right with an
 * averaged perceptron over BILOU labels (Ratinov and Roth 2009): Begin,
 * Inside, Last, Outside, Unit. A label that cannot follow the one before is
 * never chosen, so every entity is whole.
 */
#include "analyse/model_p.h"

typedef struct adder {
    uint64_t *out;
    uint32_t n;
} adder;

static inline void add(adder *a, uint64_t x, uint64_t y, uint64_t z)
{
    uint64_t key = dln_mix(dln_mix(dln_feature(9000 + a->n), x), y);
    a->out[a->n++] = dln_mix(dln_mix(key, z), 13);
}

bool dln_analyse__may_follow(uint8_t before, uint8_t label, bool last)
{
    unsigned part = label ? (label - 1u) % 4 : DLN_BILOU_UNIT;
    bool goes_on = before && (before - 1u) % 4 <= DLN_BILOU_IN;
    bool inside = label && (part == DLN_BILOU_IN || part == DLN_BILOU_LAST);
    if (last && label && part <= DLN_BILOU_IN)
        return false;
    if (goes_on)
        return inside && (before - 1u) / 4 == (label - 1u) / 4;
    return !inside;
}

uint32_t dln_analyse__entity_features(const dln_lexeme *lex,
                                      const dln_node *nodes, uint32_t count,
                                      uint32_t i, const uint8_t *labels,
                                      uint64_t *out)
{
    static const dln_lexeme none;
    static const dln_node no_node;
    adder a = {out, 0};
    const dln_lexeme *w[5];
    const dln_node *t[5];
    for (int d = -2; d <= 2; d++) {
        int64_t at = (int64_t)i + d;
        bool is = at >= 0 && at < (int64_t)count;
        w[d + 2] = is ? &lex[at] : &none;
        t[d + 2] = is ? &nodes[at] : &no_node;
    }
    uint64_t l1 = i > 0 ? labels[i - 1] + 1u : 0;
    uint64_t l2 = i > 1 ? labels[i - 2] + 1u : 0;
    uint64_t first = i == 0 || !(w[1]->flags & DLN_LEX_ALPHA);
    const dln_lexeme *me = w[2];
    for (int k = 0; k < 5; k++) {
        add(&a, w[k]->low, 0, 0);
        add(&a, w[k]->cluster, 0, 0);
        add(&a, w[k]->shape, 0, 0);
        add(&a, t[k]->tag, 0, 0);
        add(&a, w[k]->cluster, l1, 0);
    }
    add(&a, l1, 0, 0);
    add(&a, l1, l2, 0);
    add(&a, me->form, 0, 0);
    add(&a, me->form, l1, 0);
    add(&a, me->low, l1, 0);
    add(&a, me->shape, first, l1);
    add(&a, me->shape, t[2]->tag, l1);
    add(&a, me->flags, first, l1);
    for (int k = 0; k < 4; k++)
        add(&a, me->suffix[k], 0, 0);
    for (int k = 0; k < 3; k++)
        add(&a, me->prefix[k], 0, 0);
    add(&a, me->suffix[2], me->shape, l1);
    add(&a, me->suffix[1], me->shape, 0);
    add(&a, w[1]->low, me->low, 0);
    add(&a, me->low, w[3]->low, 0);
    add(&a, w[1]->low, w[3]->low, 0);
    add(&a, w[0]->low, w[1]->low, 0);
    add(&a, w[3]->low, w[4]->low, 0);
    add(&a, w[1]->cluster, me->cluster, l1);
    add(&a, me->cluster, w[3]->cluster, l1);
    add(&a, w[1]->low, me->shape, l1);
    add(&a, w[3]->low, me->shape, l1);
    add(&a, w[1]->cluster, me->shape, 0);
    add(&a, w[3]->cluster, me->shape, 0);
    add(&a, w[0]->cluster, w[1]->cluster, me->shape);
    add(&a, w[1]->shape, me->shape, w[3]->shape);
    add(&a, t[1]->tag, t[2]->tag, l1);
    add(&a, t[2]->tag, t[3]->tag, l1);
    add(&a, t[1]->tag, t[2]->tag, t[3]->tag);
    add(&a, w[3]->suffix[2], me->shape, 0);
    add(&a, w[3]->form, l1, 0);
    for (int k = 1; k < 4; k++)
        add(&a, w[k]->lists, w[k]->flags, 0);
    add(&a, w[1]->lists, me->lists, w[3]->lists);
    add(&a, me->lists, me->shape, l1);
    add(&a, me->lists, t[2]->tag, first);
    add(&a, w[3]->lists, me->shape, l1);
    return a.n;
}

uint8_t dln_analyse__entity_best(const int32_t *scores, uint32_t classes,
                                 uint8_t before, bool last)
{
    uint32_t best = DLN_NONE;
    for (uint32_t c = 0; c < classes; c++)
        if (dln_analyse__may_follow(before, (uint8_t)c, last)
            && (best == DLN_NONE || scores[c] > scores[best]))
            best = c;
    return (uint8_t)(best == DLN_NONE ? 0 : best);
}

void dln_analyse__label(const dln_linear *model, const dln_lexeme *lex,
                        const dln_node *nodes, uint32_t count,
                        uint8_t *labels)
{
    uint64_t features[DLN_ENTITY_FEATURES];
    for (uint32_t i = 0; i < count; i++) {
        int32_t scores[DLN_LINEAR_MAX_CLASSES] = {0};
        uint32_t n = dln_analyse__entity_features(lex, nodes, count, i,
                                                  labels, features);
        dln_linear_score(model, features, n, scores);
        labels[i] = dln_analyse__entity_best(scores, DLN_BILOU_CLASSES,
                                             i ? labels[i - 1] : 0,
                                             i + 1 == count);
    }
}

/* Can the token stand at the edge of a name? Possessive endings, quotation
 * marks, commas and the like cannot. */
static bool is_edge(const dln_doc *doc, uint32_t token)
{
    unsigned xpos = doc->tokens.at[token].xpos;
    return xpos != DLN_XPOS_POS && xpos != DLN_XPOS_COMMA
           && xpos != DLN_XPOS_COLON && xpos != DLN_XPOS_STOP
           && xpos != DLN_XPOS_OPEN && xpos != DLN_XPOS_CLOSE
           && xpos != DLN_XPOS_LRB && xpos != DLN_XPOS_RRB
           && xpos != DLN_XPOS_HYPH;
}

static void add_entity(dln_doc *doc, uint32_t begin, uint32_t end,
                       dln_entity_kind kind)
{
    while (begin < end && !is_edge(doc, begin))
        begin++;
    while (end > begin && !is_edge(doc, end - 1))
        end--;
    if (begin == end)
        return;
    dln_entity *entity = DLN_VEC_PUSH(doc->arena, &doc->entities);
    if (!entity)
        return;
    *entity = (dln_entity){
        .span = dln_tokens_span(doc, begin, end),
        .token_begin = begin,
        .token_end = end,
        .kind = kind,
        .mention = DLN_NONE,
    };
    for (uint32_t t = begin; t < end; t++)
        doc->tokens.at[t].entity = doc->entities.count - 1;
}

void dln_analyse__entities(dln_doc *doc, uint32_t token_begin,
                           const uint8_t *labels, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t end = i + 1;
        if (!labels[i])
            continue;
        while (end < count && (labels[end - 1] - 1u) % 4 <= DLN_BILOU_IN)
            end++;
        add_entity(doc, token_begin + i, token_begin + end,
                   (dln_entity_kind)((labels[i] - 1u) / 4));
        i = end - 1;
    }
}
