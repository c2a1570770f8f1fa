/* SPDX-License-Identifier: Apache-2.0 */
/*
 * told: marked statements -> tokens of cues and of their parts (told.h).
 */
#include "told.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"

static dln_span span_of(json_t *list)
{
    return (dln_span){
        (uint32_t)json_integer_value(json_array_get(list, 0)),
        (uint32_t)json_integer_value(json_array_get(list, 1))};
}

/* Words from the first to the last that the spans touch, in tokens [begin,
 * end), without marks at the ends. */
static dln_quote_words words_of(const dln_doc *doc, json_t *spans,
                                uint32_t begin, uint32_t end)
{
    dln_quote_words w = {DLN_NONE, DLN_NONE};
    json_t *item;
    size_t n;
    json_array_foreach(spans, n, item) {
        dln_span s = span_of(item);
        for (uint32_t t = dln_token_at(doc, s.start);
             t < end && doc->tokens.at[t].span.start < s.end; t++) {
            if (t < begin || doc->tokens.at[t].upos == DLN_UPOS_PUNCT)
                continue;
            w.begin = t < w.begin ? t : w.begin;
            w.end = w.end == DLN_NONE || t + 1 > w.end ? t + 1 : w.end;
        }
    }
    return w;
}

/* The word of the cue that the judge would take: the rules', or the one the
 * others hang on, or its infinitive. */
static uint32_t cue_token(const text *t, dln_quote_words w)
{
    const dln_doc *doc = t->worker.doc;
    uint32_t root = DLN_NONE;
    for (uint32_t k = w.begin; k < w.end; k++) {
        uint32_t c = t->reading.at_token[k];
        if (c != DLN_NONE && t->reading.candidates.at[c].kept
            && t->reading.candidates.at[c].cue.kind != CUE_COLON)
            return k;
    }
    for (uint32_t k = w.begin; k < w.end && root == DLN_NONE; k++) {
        uint32_t h = doc->tokens.at[k].head;
        if ((h == DLN_NONE || h < w.begin || h >= w.end)
            && dln_quote__cue_like(&t->judged, k))
            root = k;
    }
    while (root != DLN_NONE) {
        uint32_t x = dln_child(doc, root, DLN_REL_xcomp);
        if (x == DLN_NONE || x < w.begin || x >= w.end
            || !dln_quote__cue_like(&t->judged, x))
            break;
        root = x;
    }
    return root;
}

static void add_gold(text *t, json_t *item)
{
    const dln_doc *doc = t->worker.doc;
    dln_quote_words cue = words_of(doc, json_object_get(item, "cue"), 0,
                                   doc->tokens.count);
    json_t *content = json_object_get(item, "content");
    if (cue.begin == DLN_NONE || !json_array_size(content))
        return;
    uint32_t token = cue_token(t, cue);
    if (token == DLN_NONE || t->is_cue[token])
        return;
    const dln_sentence *s =
        &doc->sentences.at[doc->tokens.at[token].sentence];
    gold *g = &t->gold[t->gold_count++];
    t->is_cue[token] = true;
    g->cue = token;
    g->part[PART_CUE] = words_of(doc, json_object_get(item, "cue"),
                                 s->token_begin, s->token_end);
    g->part[PART_SOURCE] = words_of(doc, json_object_get(item, "source"),
                                    s->token_begin, s->token_end);
    g->part[PART_CONTENT] = words_of(doc, content, s->token_begin,
                                     s->token_end);
}

static void read_text(texts *all, const dln_engine *engine,
                      const dln_quote *quote, const char *line)
{
    json_t *object = json_loads(line, 0, NULL), *item;
    const char *words = json_string_value(json_object_get(object, "text"));
    dln_error error = {DLN_OK, ""};
    size_t n;
    if (!words)
        pack_stop("a line without text");
    if (all->count == all->cap) {
        all->cap = all->cap ? all->cap * 2 : 64;
        all->at = pack_resize(all->at, all->cap, sizeof *all->at);
    }
    text *t = &all->at[all->count++];
    *t = (text){.scratch = dln_arena_new(0)};
    if (!t->scratch || dln_worker_init(&t->worker) != DLN_OK)
        pack_stop("out of memory");
    dln_doc *doc = t->worker.doc;
    doc->text = doc->input = dln_arena_str(doc->arena, dln_str_of(words));
    if (dln_engine_analyse(engine, DLN_STAGE_TIMES, &t->worker, &error)
        < DLN_WARN)
        pack_stop("%s", error.text);
    if (!dln_quote__read(quote, doc, t->scratch, &t->reading)
        || !dln_quote__judged(&t->judged, &t->reading))
        pack_stop("no reading");
    dln_analyse_cache_free(t->worker.cache);
    t->worker.cache = NULL;
    json_t *statements = json_object_get(object, "statements");
    t->gold = dln_arena_array(t->scratch, json_array_size(statements) + 1,
                              sizeof *t->gold);
    t->is_cue = dln_arena_array(t->scratch, doc->tokens.count + 1,
                                sizeof *t->is_cue);
    if (!t->gold || !t->is_cue)
        pack_stop("out of memory");
    json_array_foreach(statements, n, item)
        add_gold(t, item);
    json_decref(object);
}

void read_texts(texts *all, const dln_engine *engine, const dln_quote *quote,
                const char *path, unsigned fold, unsigned folds)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    unsigned n = 0;
    if (!in)
        pack_stop("%s: cannot be read", path);
    while (getline(&line, &size, in) > 0)
        if (n++ % folds != fold)
            read_text(all, engine, quote, line);
    free(line);
    fclose(in);
}

dln_judged *judged_of(text *t)
{
    t->judged.r = &t->reading;
    return &t->judged;
}
