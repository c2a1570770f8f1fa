/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entity: scores of BILOU labels (Ratinov and Roth 2009: Begin, Inside,
 * Last, Outside, Unit) → names in the text, with their kind. Of all
 * sequences in which every name is whole the one with the best sum of scores
 * is taken (Viterbi).
 */
#include "analyse/model_p.h"

static uint8_t label_of(uint32_t kind, unsigned part)
{
    return (uint8_t)(1 + 4 * kind + part);
}

/* The best label of those that end a name or are outside. */
static uint8_t best_end(const float *sum, uint32_t kinds)
{
    uint8_t best = 0;
    for (uint32_t k = 0; k < kinds; k++)
        for (unsigned part = DLN_BILOU_LAST; part <= DLN_BILOU_UNIT; part++)
            if (sum[label_of(k, part)] > sum[best])
                best = label_of(k, part);
    return best;
}

/* Sums up to a word, `before` those up to the one before it; `back` gets the
 * label before each. */
static void step(float *sum, uint8_t *back, const float *before,
                 const float *scores, uint32_t kinds)
{
    uint8_t end = best_end(before, kinds);
    sum[0] = before[end] + scores[0];
    back[0] = end;
    for (uint32_t k = 0; k < kinds; k++) {
        uint8_t begin = label_of(k, DLN_BILOU_BEGIN);
        uint8_t within = before[begin + 1] > before[begin]
                             ? (uint8_t)(begin + 1) : begin;
        for (unsigned part = 0; part < 4; part++) {
            uint8_t label = label_of(k, part);
            bool inside = part == DLN_BILOU_IN || part == DLN_BILOU_LAST;
            back[label] = inside ? within : end;
            sum[label] = before[back[label]] + scores[label];
        }
    }
}

void dln_analyse__bilou(const float *scores, size_t stride, uint32_t count,
                        uint32_t kinds, uint8_t *labels, uint8_t *back)
{
    enum { MOST = 1 + 4 * DLN_ENT_COUNT };
    float sum[2][MOST];
    size_t classes = 1 + 4 * (size_t)kinds;
    if (!count)
        return;
    /* Before the first word all is outside. */
    for (size_t c = 0; c < classes; c++)
        sum[0][c] = c ? -1e30f : 0;
    for (uint32_t i = 0; i < count; i++)
        step(sum[(i + 1) % 2], back + i * classes, sum[i % 2],
             scores + i * stride, kinds);
    uint8_t label = best_end(sum[count % 2], kinds);
    for (uint32_t i = count; i-- > 0;) {
        labels[i] = label;
        label = back[i * classes + label];
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
                           const uint8_t *labels, const uint8_t *kinds,
                           uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t end = i + 1;
        if (!labels[i])
            continue;
        while (end < count && (labels[end - 1] - 1u) % 4 <= DLN_BILOU_IN)
            end++;
        add_entity(doc, token_begin + i, token_begin + end,
                   (dln_entity_kind)kinds[(labels[i] - 1u) / 4]);
        i = end - 1;
    }
}
