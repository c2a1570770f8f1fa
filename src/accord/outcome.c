/* SPDX-License-Identifier: Apache-2.0 */
/*
 * phrases of meeting-outcomes.txt and durations → outcomes of the meetings
 * that a report tells of.
 *
 * A phrase goes to the meeting of its own sentence, else to the last one
 * told before it, else to the first behind it; a duration to the meeting of
 * its own sentence. Limits: a report on several meetings may mix them up.
 */
#include <stdlib.h>

#include "accord/accord_p.h"

#define NEAR 4u             /* sentences a phrase may be off */

typedef struct meetings {
    uint32_t *of;           /* [sentence]: event, or DLN_NONE */
} meetings;

static bool is_meeting(const dln_event *e)
{
    return dln_str_is(e->type, "CONSULT") && e->polarity == DLN_ASSERTED
           && (e->status == DLN_EVENT_ACTUAL
               || e->status == DLN_EVENT_ONGOING);
}

static uint32_t nearest(const dln_accwork *w, const meetings *m, uint32_t s)
{
    for (uint32_t n = 0; n <= NEAR && n <= s; n++)
        if (m->of[s - n] != DLN_NONE)
            return m->of[s - n];
    for (uint32_t n = 1; n <= NEAR && s + n < w->doc->sentences.count; n++)
        if (m->of[s + n] != DLN_NONE)
            return m->of[s + n];
    return DLN_NONE;
}

static void keep(dln_accwork *w, uint32_t event, dln_span span,
                 dln_str outcome, dln_str duration, const char *why)
{
    dln_doc *doc = w->doc;
    dln_outcome *o = doc->outcomes.count < DLN_ACC_MAX
                         ? DLN_VEC_PUSH(doc->arena, &doc->outcomes) : NULL;
    if (o)
        *o = (dln_outcome){event, span, outcome, duration, dln_str_of(why)};
}

static void read_sentence(dln_accwork *w, const meetings *m, uint32_t s)
{
    const dln_doc *doc = w->doc;
    const dln_sentence *at = &doc->sentences.at[s];
    uint32_t event = DLN_NONE, n;
    for (uint32_t t = at->token_begin; t < at->token_end; t += n) {
        const dln_row *row = dln_acc__phrase(w->a->outcomes, w, t,
                                             at->token_end, &n);
        if (!row)
            continue;
        if (event == DLN_NONE)
            event = nearest(w, m, s);
        if (event != DLN_NONE)
            keep(w, event, dln_tokens_span(doc, t, t + n), row->field[1],
                 (dln_str){NULL, 0}, "meeting-outcomes, nearest meeting");
    }
    uint32_t i = m->of[s] == DLN_NONE
        ? DLN_NONE : dln_acc__time_in(w, at->token_begin, at->token_end);
    if (i == DLN_NONE)
        return;
    for (; i < doc->times.count
           && doc->times.at[i].token_begin < at->token_end; i++) {
        const dln_time *time = &doc->times.at[i];
        bool lasted = false;
        for (uint32_t t = time->token_begin;
             t > at->token_begin && time->token_begin - t < 4; t--)
            lasted |= dln_acc__is(w, t - 1, "lasted")
                      || dln_acc__is(w, t - 1, "lasting");
        if (time->type == DLN_TIME_DURATION && lasted)
            keep(w, m->of[s], time->span, (dln_str){NULL, 0}, time->value,
                 "how long it lasted");
    }
}

void dln_acc__outcomes(dln_accwork *w)
{
    const dln_doc *doc = w->doc;
    meetings m;
    if (!doc->sentences.count)
        return;
    m.of = dln_arena_array(w->scratch, doc->sentences.count, sizeof *m.of);
    if (!m.of)
        return;
    memset(m.of, 0xFF, doc->sentences.count * sizeof *m.of);
    for (uint32_t i = 0; i < doc->events.count; i++) {
        const dln_event *e = &doc->events.at[i];
        if (!is_meeting(e) || e->token >= doc->tokens.count)
            continue;
        uint32_t *of = &m.of[doc->tokens.at[e->token].sentence];
        if (*of == DLN_NONE
            || e->party_count > doc->events.at[*of].party_count)
            *of = i;
    }
    for (uint32_t s = 0; s < doc->sentences.count; s++)
        if (doc->sentences.at[s].token_end
                - doc->sentences.at[s].token_begin <= DLN_ACC_SENTENCE)
            read_sentence(w, &m, s);
}
