/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figures: sentences → doc->figures.
 *
 * Opens the word lists figure-*.txt and runs each sentence through the
 * steps of figures_p.h. Method: number and bound lexicons as in CoreNLP's
 * QuantifiableEntityNormalizer and CQE (Almasian et al. 2023), the class of
 * a toll by patterns around it. Works on words and tags; a parse is not
 * needed. Limits: sums over sentences only of persons of different ages and
 * of a killer with those he killed; no comparisons ("twice as many").
 */
#include "figures/figures.h"

#include <stdlib.h>

#include "figures/figures_p.h"

#define TITLE_MAX 500u      /* bytes; a longer one is none */

dln_status dln_figures_open(dln_figures **out, const dln_lang *lang,
                            dln_error *error)
{
    *out = NULL;
    dln_figures *f = calloc(1, sizeof *f);
    if (!f)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    const dln_list_wanted lists[] = {
        {"figure-numbers", &f->numbers, 3},
        {"figure-bounds", &f->bounds, 3},
        {"figure-units", &f->units, 4},
        {"figure-people", &f->people, 4},
        {"figure-frames", &f->frames, 4},
        {"figure-marks", &f->marks, 2},
        {"figure-deeds", &f->deeds, 3},
    };
    dln_status status = dln_lang_lists(
        lang, lists, sizeof lists / sizeof *lists, error);
    if (status != DLN_OK) {
        free(f);
        return status;
    }
    *out = f;
    return DLN_OK;
}

void dln_figures_close(dln_figures *figures)
{
    free(figures);
}

/* One sentence, or a piece of a very long one. */
static void read_piece(dln_figwork *w)
{
    w->draft_count = 0;
    for (uint32_t i = 0; i < w->count;) {
        dln_numeral n;
        if (!dln_figures__numeral(w, i, &n)) {
            i++;
            continue;
        }
        if (dln_figures__measure(w, &n, &w->drafts[w->draft_count]))
            w->draft_count++;
        i = n.end;
    }
    dln_figures__frames(w);
    dln_figures__victims(w, w->room);
    dln_figures__sums(w);
    for (uint32_t i = 0; i < w->draft_count; i++)
        dln_figures__keep(w, &w->drafts[i]);
}

/* Atoms that the longest sentence can give, at most DLN_FIG_ATOMS. */
static uint32_t longest_sentence(const dln_doc *doc)
{
    uint32_t most = 1;
    for (uint32_t s = 0; s < doc->sentences.count; s++) {
        dln_span span = doc->sentences.at[s].span;
        if (span.end - span.start > most)
            most = span.end - span.start;
    }
    return most < DLN_FIG_ATOMS ? most : DLN_FIG_ATOMS;
}

static void read_all(dln_figwork *w)
{
    for (uint32_t s = 0; s < w->doc->sentences.count; s++) {
        uint32_t at = w->doc->sentences.at[s].span.start;
        uint32_t end = w->doc->sentences.at[s].span.end;
        while (at < end && w->doc->figures.count < DLN_FIG_MAX) {
            dln_figures__cut(w, &at, end);
            if (w->count)
                read_piece(w);
        }
    }
    dln_figures__settle(w);
}

/* The title is no part of the text: read apart, without tags. */
static void read_title(dln_figwork *work)
{
    dln_doc title = {.arena = work->scratch, .text = work->doc->title,
                     .published = DLN_NO_INTERVAL};
    uint32_t size = (uint32_t)title.text.len;
    if (!size || size > TITLE_MAX || size > work->room)
        return;
    dln_sentence *whole = DLN_VEC_PUSH(title.arena, &title.sentences);
    if (!whole)
        return;
    *whole = (dln_sentence){.span = {0, size}};
    dln_figwork w = *work;
    w.doc = &title;
    w.told.count = w.told.cap = 0;
    w.told.at = NULL;
    w.violent = true;
    read_all(&w);
    /* Only numbers: "Man killed in raid" need not be the whole toll. */
    for (uint32_t i = 0; i < w.told.count; i++)
        if (w.told.at[i].victim && w.told.at[i].figure != DLN_NONE)
            title.figures.at[w.told.at[i].figure].scope = DLN_SCOPE_SUBSET;
    dln_figures__title(work->doc, &title);
}

dln_status dln_figures_run(const dln_figures *figures, dln_doc *doc,
                           dln_arena *scratch)
{
    dln_figwork w = {.f = figures, .doc = doc, .scratch = scratch};
    w.room = longest_sentence(doc);
    w.atoms = dln_arena_array(scratch, w.room, sizeof *w.atoms);
    w.drafts = dln_arena_array(scratch, w.room + 1, sizeof *w.drafts);
    w.words = dln_arena_array(scratch, w.room, DLN_FIG_WORD);
    if (!w.atoms || !w.drafts || !w.words)
        return DLN_NOMEM;
    read_all(&w);
    read_title(&w);
    if (doc->figures.count >= DLN_FIG_MAX)
        dln_doc_note(doc, "figures", DLN_NOTE_WARN, DLN_NO_SPAN,
                     "more than %u figures; the rest is not read",
                     DLN_FIG_MAX);
    return dln_arena_oom(doc->arena) || dln_arena_oom(scratch) ? DLN_NOMEM
                                                              : DLN_OK;
}
