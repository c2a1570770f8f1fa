/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opens the word lists and runs the steps in their order.
 *
 * Definitions: agreements, stages and issues as PA-X has them (Bell and
 * Badanjak 2019), obligations with a status of 0-3 as the Peace Accords
 * Matrix (Joshi, Quinn and Regan 2015). Method: word lists around nouns and
 * verbs, on the parse, the mentions and the times of the layers before.
 * Limits: English; one commitment a verb; an agreement without a date, a
 * name or a mediator is told from others only within its report.
 */
#include <stdlib.h>

#include "accord/accord_p.h"

dln_status dln_accord_open(dln_accord **out, const dln_lang *lang,
                           dln_error *error)
{
    *out = NULL;
    dln_accord *a = calloc(1, sizeof *a);
    if (!a)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    const dln_list_wanted lists[] = {
        {"accord-nouns", &a->nouns, 3},
        {"accord-modifiers", &a->modifiers, 4},
        {"accord-verbs", &a->verbs, 2},
        {"accord-hopes", &a->hopes, 1},
        {"commitment-verbs", &a->commits, 3},
        {"compliance-words", &a->compliance, 3},
        {"duty-nouns", &a->duties, 1},
        {"body-nouns", &a->bodies, 2},
        {"task-verbs", &a->tasks, 1},
        {"issue-words", &a->issues, 2},
        {"stance-words", &a->stances, 2},
        {"meeting-outcomes", &a->outcomes, 2},
    };
    dln_status status = dln_lang_lists(
        lang, lists, sizeof lists / sizeof *lists, error);
    if (status != DLN_OK) {
        free(a);
        return status;
    }
    *out = a;
    return DLN_OK;
}

void dln_accord_close(dln_accord *accord)
{
    free(accord);
}

/* Marks every token with the innermost statement it is said in. */
static void mark_statements(dln_accwork *w)
{
    const dln_doc *doc = w->doc;
    uint64_t steps = (uint64_t)doc->tokens.count * 16;
    for (uint32_t i = 0; i < doc->statements.count; i++) {
        const dln_statement *s = &doc->statements.at[i];
        for (uint32_t c = 0; c < s->content_count; c++) {
            uint32_t t = dln_token_at(doc, s->contents[c].start);
            for (; t < doc->tokens.count && steps
                   && doc->tokens.at[t].span.start < s->contents[c].end;
                 t++, steps--) {
                uint32_t old = w->statement_of[t];
                const dln_span *o = old == DLN_NONE
                    ? NULL : &doc->statements.at[old].span;
                if (!o || s->span.end - s->span.start < o->end - o->start)
                    w->statement_of[t] = i;
            }
        }
    }
}

void dln_acc__each(dln_accwork *w, dln_acc_read *read)
{
    for (uint32_t s = 0; s < w->doc->sentences.count; s++) {
        const dln_sentence *at = &w->doc->sentences.at[s];
        if (at->token_end - at->token_begin > DLN_ACC_SENTENCE)
            continue;
        for (uint32_t t = at->token_begin; t < at->token_end; t++)
            read(w, t, at->token_end);
    }
}

dln_status dln_accord_run(const dln_accord *accord, dln_doc *doc,
                          dln_arena *scratch)
{
    dln_accwork w = {.a = accord, .doc = doc, .scratch = scratch};
    size_t bytes = (doc->tokens.count + 1u) * sizeof(uint32_t);
    w.pact_of = dln_arena_alloc(scratch, bytes);
    w.statement_of = dln_arena_alloc(scratch, bytes);
    w.event_of = dln_arena_alloc(scratch, bytes);
    if (!w.pact_of || !w.statement_of || !w.event_of)
        return DLN_NOMEM;
    memset(w.pact_of, 0xFF, bytes);
    memset(w.event_of, 0xFF, bytes);
    for (uint32_t i = doc->events.count; i-- > 0;)
        if (doc->events.at[i].token < doc->tokens.count)
            w.event_of[doc->events.at[i].token] = i;
    memset(w.statement_of, 0xFF, bytes);
    mark_statements(&w);
    dln_acc__pacts(&w);
    dln_acc__commitments(&w);
    dln_acc__compliances(&w);
    dln_acc__mandates(&w);
    dln_acc__topics(&w);
    dln_acc__outcomes(&w);
    if (doc->pacts.count >= DLN_ACC_MAX
        || doc->commitments.count >= DLN_ACC_MAX)
        dln_doc_note(doc, "accord", DLN_NOTE_WARN, DLN_NO_SPAN,
                     "more than %u agreements or duties; the rest is not "
                     "read", DLN_ACC_MAX);
    return dln_arena_oom(doc->arena) || dln_arena_oom(scratch) ? DLN_NOMEM
                                                              : DLN_OK;
}
