/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/engine.h"

#include <stdio.h>
#include <stdlib.h>

#include "accord/accord.h"
#include "analyse/analyse.h"
#include "clean/clean.h"
#include "coder/coder.h"
#include "coref/coref.h"
#include "dictionary/dictionary.h"
#include "engine/engine_p.h"
#include "extract/extract.h"
#include "figures/figures.h"
#include "link/link.h"
#include "quote/quote.h"
#include "timex/timex.h"

struct dln_engine {
    dln_lang *lang;
    dln_onto *onto;
    dln_extract *extract;
    dln_clean *clean;
    dln_analyse *analyse;
    dln_coref *coref;
    dln_link *link;
    dln_timex *timex;
    dln_quote *quote;
    dln_figures *figures;
    dln_coder *coder;
    dln_dictionary *dictionary;     /* NULL: the user has none */
    dln_accord *accord;
    char models[4096];      /* folder with the weights */
};

/* Path of a weights file; `path` has 4,096 bytes. */
static bool file_of(char *path, const dln_engine_options *options,
                    const char *name)
{
    int n = snprintf(path, 4096, "%s/%s", options->models, name);
    return n >= 0 && n < 4096;
}

static dln_status open_rooms(dln_engine *e, const dln_engine_options *options,
                             dln_error *error)
{
    char model[4096], coref[4096], pairs[4096], quotes[4096], towns[4096];
    if (!file_of(model, options, "en.dlm")
        || !file_of(coref, options, "coref.dlm")
        || !file_of(pairs, options, "pair.dlm")
        || !file_of(quotes, options, "quote.dlm")
        || !file_of(towns, options, "places.dlm"))
        return dln_fail(error, DLN_BADARG, "path too long");
    snprintf(e->models, sizeof e->models, "%s", options->models);
    DLN_TRY(dln_lang_open(&e->lang, options->datadir, "en", error));
    DLN_TRY(dln_onto_open_over(&e->onto, options->datadir,
                               options->ontology, error));
    DLN_TRY(dln_onto_add_towns(e->onto, towns, error));
    DLN_TRY(dln_extract_open(&e->extract, e->lang, error));
    DLN_TRY(dln_clean_open(&e->clean, e->lang, error));
    DLN_TRY(dln_analyse_open(&e->analyse, e->lang, model, error));
    DLN_TRY(dln_coref_open(&e->coref, e->lang, e->onto, coref, error));
    DLN_TRY(dln_link_open(&e->link, e->lang, e->onto, error));
    DLN_TRY(dln_timex_open(&e->timex, e->lang, error));
    DLN_TRY(dln_quote_open(&e->quote, e->lang, quotes, error));
    DLN_TRY(dln_figures_open(&e->figures, e->lang, error));
    DLN_TRY(dln_coder_open(&e->coder, e->lang, e->onto, pairs, error));
    DLN_TRY(dln_dictionary_open(&e->dictionary, e->onto, error));
    DLN_TRY(dln_accord_open(&e->accord, e->lang, error));
    return DLN_OK;
}

dln_status dln_engine_open(dln_engine **out,
                           const dln_engine_options *options,
                           dln_error *error)
{
    *out = NULL;
    dln_engine *e = calloc(1, sizeof *e);
    if (!e)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = open_rooms(e, options, error);
    if (status != DLN_OK) {
        dln_engine_close(e);
        return status;
    }
    *out = e;
    return DLN_OK;
}

void dln_engine_close(dln_engine *e)
{
    if (!e)
        return;
    dln_dictionary_close(e->dictionary);
    dln_accord_close(e->accord);
    dln_coder_close(e->coder);
    dln_figures_close(e->figures);
    dln_quote_close(e->quote);
    dln_timex_close(e->timex);
    dln_link_close(e->link);
    dln_coref_close(e->coref);
    dln_analyse_close(e->analyse);
    dln_clean_close(e->clean);
    dln_extract_close(e->extract);
    dln_onto_close(e->onto);
    dln_lang_close(e->lang);
    free(e);
}

dln_status dln_engine_check_ontology(const dln_engine_options *options,
                                     void odd(const char *line),
                                     dln_error *error)
{
    dln_engine *e = calloc(1, sizeof *e);
    if (!e)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = dln_lang_open(&e->lang, options->datadir, "en",
                                      error);
    if (status == DLN_OK)
        status = dln_onto_open_over(&e->onto, options->datadir,
                                    options->ontology, error);
    if (status == DLN_OK)
        status = dln_coder_open(&e->coder, e->lang, e->onto, NULL, error);
    if (status == DLN_OK)
        status = dln_dictionary_open(&e->dictionary, e->onto, error);
    const char *line;
    for (uint32_t n = 0; (line = dln_dictionary_odd(e->dictionary, n)); n++)
        odd(line);
    dln_engine_close(e);
    return status;
}

dln_status dln_worker_init(dln_worker *worker)
{
    *worker = (dln_worker){dln_doc_new(0), dln_arena_new(0),
                           dln_analyse_cache_new()};
    if (worker->doc && worker->scratch && worker->cache)
        return DLN_OK;
    dln_worker_release(worker);
    return DLN_NOMEM;
}

void dln_worker_release(dln_worker *worker)
{
    dln_doc_free(worker->doc);
    dln_arena_free(worker->scratch);
    dln_analyse_cache_free(worker->cache);
    *worker = (dln_worker){0};
}

dln_stage dln_stage_of(dln_str name)
{
    static const char *const names[DLN_STAGE_COUNT] = {
        "extract", "clean", "parse", "times", "statements",
        "figures", "events", "agreements"};
    for (int i = 0; i < DLN_STAGE_COUNT; i++)
        if (dln_str_is(name, names[i]))
            return (dln_stage)i;
    return DLN_STAGE_COUNT;
}

/* A stage that ran out of memory loses the report, not the run. */
#define STAGE(call)                                                     \
    do {                                                                \
        dln_status stage_ = (call);                                     \
        dln_arena_reset(worker->scratch);                               \
        if (stage_ < DLN_WARN || dln_arena_oom(worker->doc->arena))     \
            return dln_fail(error, DLN_FAILED, "%s",                    \
                            dln_status_text(stage_ < DLN_WARN           \
                                                ? stage_ : DLN_NOMEM)); \
    } while (0)

dln_status dln_engine_analyse(const dln_engine *e, dln_stage last,
                              dln_worker *worker, dln_error *error)
{
    dln_doc *doc = worker->doc;
    dln_arena *scratch = worker->scratch;
    dln_doc_split_paragraphs(doc);
    STAGE(dln_analyse_run(e->analyse, doc, worker->cache, scratch));
    STAGE(dln_coref_run(e->coref, doc, scratch));
    STAGE(dln_link_run(e->link, doc, scratch));
    if (last >= DLN_STAGE_TIMES)
        STAGE(dln_timex_run(e->timex, doc, scratch));
    if (last >= DLN_STAGE_STATEMENTS)
        STAGE(dln_quote_run(e->quote, doc, scratch));
    if (last >= DLN_STAGE_FIGURES)
        STAGE(dln_figures_run(e->figures, doc, scratch));
    if (last >= DLN_STAGE_EVENTS) {
        STAGE(dln_coder_run(e->coder, doc, scratch));
        STAGE(dln_dictionary_run(e->dictionary, doc, scratch));
    }
    if (last >= DLN_STAGE_AGREEMENTS)
        STAGE(dln_accord_run(e->accord, doc, scratch));
    return DLN_OK;
}

dln_status dln_engine_tokens(const dln_engine *e, dln_worker *worker,
                             dln_error *error)
{
    STAGE(dln_analyse_tokens(e->analyse, worker->doc, worker->cache,
                             worker->scratch));
    STAGE(dln_coref_run(e->coref, worker->doc, worker->scratch));
    STAGE(dln_link_run(e->link, worker->doc, worker->scratch));
    return DLN_OK;
}

/* What a page says of itself, where whoever gave it did not. */
static void take_facts(dln_doc *doc, const dln_article *a)
{
    dln_str *const to[] = {&doc->title, &doc->byline, &doc->outlet,
                           &doc->language, &doc->canonical};
    const dln_str from[] = {a->title, a->byline, a->outlet, a->language,
                            a->canonical};
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
        if (!to[i]->len)
            *to[i] = from[i];
    if (!doc->published_text.len && a->published.len
        && dln_interval_parse(a->published, &doc->published)) {
        doc->published_text = a->published;
        doc->published_basis = DLN_BASIS_METADATA;
    }
    if (a->crowded)
        dln_doc_note(doc, "extract", DLN_NOTE_WARN, DLN_NO_SPAN,
                     "more markup than is read: the end may lack");
    if (a->published.len)
        dln_doc_note(doc, "extract", DLN_NOTE_INFO, DLN_NO_SPAN,
                     "the page gives the date %.*s: %s",
                     DLN_ARG(a->published), a->published_why);
}

dln_status dln_engine_extract(const dln_engine *e, dln_worker *worker,
                               dln_error *error)
{
    dln_doc *doc = worker->doc;
    dln_article article;
    dln_web_page page = {.bytes = doc->page, .utf8 = doc->page_utf8,
                         .content_type = doc->page_type, .uri = doc->uri,
                         .fetched = doc->fetched, .whole = doc->page_whole};
    dln_status status = dln_extract_page(e->extract, &page, &article,
                                         doc->arena, worker->scratch, error);
    dln_arena_reset(worker->scratch);
    if (status < DLN_WARN)
        return DLN_FAILED;
    doc->input = article.text;
    take_facts(doc, &article);
    return DLN_OK;
}

/* What is stored but not analysed: another language, notes to editors. */
static bool is_no_report(dln_doc *doc)
{
    dln_str status = doc->wire_status;
    if (doc->language.len && !dln_str_is(doc->language, "en")) {
        dln_doc_note(doc, "engine", DLN_NOTE_WARN, DLN_NO_SPAN,
                     "not analysed: its language is \"%.*s\", and English "
                     "is read", DLN_ARG(doc->language));
        return true;
    }
    if (dln_str_is(status, DLN_WIRE_KILLED)
        || dln_str_is(status, DLN_WIRE_WITHHELD)
        || dln_str_is(status, DLN_WIRE_ADVISORY)) {
        dln_doc_note(doc, "engine", DLN_NOTE_WARN, DLN_NO_SPAN,
                     "not analysed: the agency does not give it for use "
                     "(%.*s)", DLN_ARG(status));
        return true;
    }
    return false;
}

dln_status dln_engine_read(const dln_engine *e, dln_worker *worker,
                           dln_error *error)
{
    if (worker->doc->page.len) {
        DLN_TRY(dln_engine_extract(e, worker, error));
        if (!worker->doc->input.len)
            return dln_fail(error, DLN_FAILED, "the page has no text");
    }
    STAGE(dln_clean_run(e->clean, worker->doc, worker->scratch));
    if (is_no_report(worker->doc))
        return DLN_OK;
    return dln_engine_analyse(e, DLN_STAGE_AGREEMENTS, worker, error);
}

dln_status dln_engine__clean(const dln_engine *e, dln_worker *worker,
                             dln_error *error)
{
    STAGE(dln_clean_run(e->clean, worker->doc, worker->scratch));
    return DLN_OK;
}

const dln_lang *dln_engine__lang(const dln_engine *engine)
{
    return engine->lang;
}

const dln_onto *dln_engine__onto(const dln_engine *engine)
{
    return engine->onto;
}

const char *dln_engine__models(const dln_engine *engine)
{
    return engine->models;
}
