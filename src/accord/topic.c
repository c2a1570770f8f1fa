/* SPDX-License-Identifier: Apache-2.0 */
/*
 * statements → topics: the issues a statement speaks of, by the words of
 * issue-words.txt, and how the speaker stands to them. The act of the
 * statement decides where it says enough (a demand demands); else the first
 * words of stance-words.txt; else the stance stays unknown.
 */
#include "accord/accord_p.h"

#define ISSUES 4u           /* of one statement */

/* The stance that the words of [begin, end) tell. */
static const dln_row *told(const dln_accwork *w, uint32_t begin,
                           uint32_t end)
{
    uint32_t n;
    for (uint32_t t = begin; t < end; t += n) {
        const dln_row *row = dln_acc__phrase(w->a->stances, w, t, end, &n);
        if (row)
            return row;
    }
    return NULL;
}

static dln_str stance_of(const dln_accwork *w, const dln_statement *s,
                         uint32_t begin, uint32_t end, const char **why)
{
    static const char *const acts[DLN_ACT_COUNT] = {
        [DLN_ACT_DEMAND] = "demands", [DLN_ACT_ACCUSE] = "accuses",
        [DLN_ACT_PROMISE] = "accepts", [DLN_ACT_AGREE] = "accepts",
        [DLN_ACT_REJECT] = "rejects", [DLN_ACT_PROPOSE] = "proposes",
        [DLN_ACT_THREATEN] = "threatens", [DLN_ACT_DENY] = "denies",
    };
    if (acts[s->act]) {
        *why = "the act of the statement";
        return dln_str_of(acts[s->act]);
    }
    const dln_row *row = told(w, begin, end);
    *why = row ? "a word of stance-words" : "no stance told";
    return row ? row->field[1] : (dln_str){NULL, 0};
}

static void read_content(dln_accwork *w, uint32_t statement, dln_span span)
{
    dln_doc *doc = w->doc;
    const dln_statement *s = &doc->statements.at[statement];
    uint32_t begin = dln_token_at(doc, span.start), end = begin, n;
    uint32_t first = doc->topics.count;
    while (end < doc->tokens.count && end - begin < DLN_ACC_SENTENCE
           && doc->tokens.at[end].span.start < span.end)
        end++;
    const char *why = "";
    dln_str stance = stance_of(w, s, begin, end, &why);
    for (uint32_t t = begin; t < end; t += n) {
        const dln_row *row = dln_acc__phrase(w->a->issues, w, t, end, &n);
        bool known = !row;
        for (uint32_t i = first; i < doc->topics.count && !known; i++)
            known = dln_str_eq(doc->topics.at[i].issue, row->field[1]);
        if (known || doc->topics.count - first >= ISSUES
            || doc->topics.count >= DLN_ACC_MAX)
            continue;
        dln_topic *topic = DLN_VEC_PUSH(doc->arena, &doc->topics);
        if (!topic)
            return;
        *topic = (dln_topic){
            .statement = statement, .issue = row->field[1],
            .span = dln_tokens_span(doc, t, t + n), .stance = stance,
            .why = dln_arena_printf(doc->arena, "issue-words: %.*s; "
                                    "stance: %s", DLN_ARG(row->field[0]),
                                    why),
        };
    }
}

void dln_acc__topics(dln_accwork *w)
{
    for (uint32_t i = 0; i < w->doc->statements.count; i++) {
        const dln_statement *s = &w->doc->statements.at[i];
        if (s->speaker_count && s->content_count)
            read_content(w, i, (dln_span){
                s->contents[0].start,
                s->contents[s->content_count - 1].end});
    }
}
