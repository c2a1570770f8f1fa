/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The room's entry: reads the lists, then for each document finds quoted
 * stretches, cues and their clauses, joins them, and settles statements.
 */
#include "quote/quote.h"

#include <stdlib.h>

#include "quote/opinion_p.h"

static uint32_t frame_of(dln_str word)
{
    static const struct {
        const char *text;
        uint32_t frame;
    } frames[] = {
        {"q", FRAME_Q}, {"that", FRAME_THAT}, {"wh", FRAME_WH},
        {"to", FRAME_TO}, {"o", FRAME_O}, {"o-to", FRAME_O_TO},
        {"o-of", FRAME_O_PREP}, {"o-for", FRAME_O_PREP},
        {"o-with", FRAME_O_PREP}, {"o-as", FRAME_O_PREP},
        {"o-o", FRAME_O_O}, {"addr", FRAME_HEARER},
    };
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (dln_str_is(word, frames[i].text))
            return frames[i].frame;
    return dln_str_starts(word, DLN_STR("p:")) ? FRAME_P : 0;
}

static dln_status bad_row(const dln_table *table, const dln_row *row,
                          const char *what, dln_error *error)
{
    return dln_fail(error, DLN_BADDATA, "%.*s:%u: bad %s",
                    DLN_ARG(table->file), row->line, what);
}

static dln_status read_verbs(dln_quote *q, dln_error *error)
{
    q->verb = dln_arena_array(q->arena, q->verbs->count + 1,
                              sizeof *q->verb);
    if (!q->verb)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    for (uint32_t i = 0; i < q->verbs->count; i++) {
        const dln_row *row = &q->verbs->rows[i];
        dln_verb *verb = &q->verb[i];
        dln_act act = dln_act_of(dln_row_field(row, 1));
        dln_str rest = verb->preps = dln_row_field(row, 2), word;
        dln_str strength = dln_row_field(row, 3);
        if (act == DLN_ACT_COUNT)
            return bad_row(q->verbs, row, "act", error);
        while (dln_str_cut(&rest, ' ', &word)) {
            uint32_t frame = frame_of(word);
            if (!frame)
                return bad_row(q->verbs, row, "frame", error);
            verb->frames |= frame;
        }
        if (strength.len != 1 || strength.data[0] < '1'
            || strength.data[0] > '3')
            return bad_row(q->verbs, row, "strength", error);
        verb->act = (uint8_t)act;
        verb->strength = (uint8_t)(strength.data[0] - '0');
    }
    return DLN_OK;
}

static dln_status read_nouns(dln_quote *q, dln_error *error)
{
    q->noun_act = dln_arena_alloc(q->arena, q->nouns->count + 1u);
    q->noun_text = dln_arena_array(q->arena, q->nouns->count + 1,
                                   sizeof *q->noun_text);
    if (!q->noun_act || !q->noun_text)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    for (uint32_t i = 0; i < q->nouns->count; i++) {
        const dln_row *row = &q->nouns->rows[i];
        dln_act act = dln_act_of(dln_row_field(row, 1));
        if (act == DLN_ACT_COUNT)
            return bad_row(q->nouns, row, "act", error);
        q->noun_act[i] = (uint8_t)act;
        q->noun_text[i] = dln_str_is(dln_row_field(row, 2), "text");
    }
    for (uint32_t i = 0; i < q->phrases->count; i++)
        if (dln_act_of(dln_row_field(&q->phrases->rows[i], 1))
            == DLN_ACT_COUNT)
            return bad_row(q->phrases, &q->phrases->rows[i], "act", error);
    return DLN_OK;
}

static dln_status open_lists(dln_quote *q, const dln_lang *lang,
                             dln_error *error)
{
    DLN_TRY(dln_lang_list(lang, "reporting-verbs", &q->verbs, error));
    DLN_TRY(dln_lang_list(lang, "reporting-nouns", &q->nouns, error));
    DLN_TRY(dln_lang_list(lang, "reporting-phrases", &q->phrases, error));
    DLN_TRY(dln_lang_list(lang, "first-person", &q->first_person, error));
    DLN_TRY(read_verbs(q, error));
    return read_nouns(q, error);
}

/* Without the file the rules decide alone. */
static dln_status open_weights(dln_quote *q, const char *model,
                               dln_error *error)
{
    dln_str section;
    size_t used;
    dln_status status = dln_weights_open(&q->file, model, error);
    if (status == DLN_NOINPUT)
        return DLN_OK;
    DLN_TRY(status);
    q->opened = true;
    DLN_TRY(dln_weights_section(&q->file, "quote", &section, error));
    DLN_TRY(dln_hashed_open(&q->weights, section, &used, error));
    if (used != section.len)
        return dln_fail(error, DLN_BADDATA, "%s: bytes behind the weights",
                        model);
    DLN_TRY(dln_weights_section(&q->file, "groups", &section, error));
    DLN_TRY(dln_hashed_open(&q->groups, section, &used, error));
    if (used != section.len)
        return dln_fail(error, DLN_BADDATA, "%s: bytes behind the groups",
                        model);
    DLN_TRY(dln_weights_section(&q->file, "opinion", &section, error));
    q->opinion = dln_arena_array(q->arena, 1, sizeof *q->opinion);
    if (!q->opinion)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    DLN_TRY(dln_quote__opinion_open(q->opinion, section, error));
    q->weighs = true;
    return DLN_OK;
}

dln_status dln_quote_open(dln_quote **out, const dln_lang *lang,
                          const char *model, dln_error *error)
{
    *out = NULL;
    dln_quote *q = calloc(1, sizeof *q);
    if (q)
        q->arena = dln_arena_new(0);
    dln_status status = q && q->arena
                            ? open_lists(q, lang, error)
                            : dln_fail(error, DLN_NOMEM, "out of memory");
    if (status == DLN_OK && model)
        status = open_weights(q, model, error);
    if (status < DLN_WARN) {
        dln_quote_close(q);
        return status;
    }
    *out = q;
    return DLN_OK;
}

void dln_quote_close(dln_quote *quote)
{
    if (!quote)
        return;
    if (quote->opened)
        dln_weights_close(&quote->file);
    dln_arena_free(quote->arena);
    free(quote);
}

/* Innermost stretch of every token, by one sweep over both. */
static void mark_inside(dln_reading *r)
{
    uint32_t next = 0, open = DLN_NONE;
    for (uint32_t t = 0; t < r->doc->tokens.count; t++) {
        uint32_t at = r->doc->tokens.at[t].span.start;
        while (next < r->stretches.count
               && r->stretches.at[next].outer.start <= at)
            open = next++;
        while (open != DLN_NONE && r->stretches.at[open].outer.end <= at)
            open = r->stretches.at[open].parent;
        r->inside[t] = open;
    }
}

/* Token ranges of all subtrees of a sentence, children before parents. */
static void measure(dln_reading *r, const dln_sentence *s)
{
    const dln_token *tokens = r->doc->tokens.at;
    for (uint32_t t = s->token_begin; t < s->token_end; t++) {
        r->low[t] = t;
        r->high[t] = t + 1;
    }
    for (uint32_t root = s->token_begin; root < s->token_end; root++) {
        if (tokens[root].head != DLN_NONE)
            continue;
        uint32_t at = root;
        for (;;) {
            if (tokens[at].child != DLN_NONE) {
                at = tokens[at].child;
                continue;
            }
            while (at != root) {
                uint32_t up = tokens[at].head;
                if (r->low[at] < r->low[up])
                    r->low[up] = r->low[at];
                if (r->high[at] > r->high[up])
                    r->high[up] = r->high[at];
                if (tokens[at].sibling != DLN_NONE)
                    break;
                at = up;
            }
            if (at == root)
                break;
            at = tokens[at].sibling;
        }
    }
}

static dln_candidate *add_candidate(dln_reading *r, const dln_cue *cue)
{
    dln_candidate *c = DLN_VEC_PUSH(r->scratch, &r->candidates);
    if (!c)
        return NULL;
    *c = (dln_candidate){.cue = *cue, .source_begin = DLN_NONE,
                         .source_end = DLN_NONE, .source_head = DLN_NONE,
                         .hearer = DLN_NONE, .statement = DLN_NONE,
                         .rule = ""};
    r->at_token[cue->token] = r->candidates.count - 1;
    return c;
}

static void read_sentence(dln_reading *r, const dln_sentence *s)
{
    bool short_enough = s->token_end - s->token_begin <= QUOTE_MAX_TOKENS;
    if (short_enough)
        measure(r, s);
    for (uint32_t t = s->token_begin; t < s->token_end; t++) {
        dln_cue cue;
        if (dln_quote__verb_cue(r, t, &cue)) {
            dln_candidate *c = add_candidate(r, &cue);
            if (c && short_enough && !dln_quote__between(r, c))
                dln_quote__clause(r, c);
        } else if (short_enough && dln_quote__phrase_cue(r, t, &cue)) {
            dln_candidate *c = add_candidate(r, &cue);
            if (c && !dln_quote__phrase(r, c))
                c->score = -1;
        } else if (short_enough && dln_quote__noun_cue(r, t, &cue)) {
            dln_candidate c = {.cue = cue, .source_begin = DLN_NONE,
                               .source_end = DLN_NONE,
                               .source_head = DLN_NONE,
                               .hearer = DLN_NONE, .statement = DLN_NONE,
                               .rule = ""};
            dln_candidate *new = NULL;
            if (dln_quote__noun(r, &c))
                new = add_candidate(r, &cue);
            if (new)
                *new = c;
        }
    }
}

bool dln_quote__read(const dln_quote *quote, dln_doc *doc,
                     dln_arena *scratch, dln_reading *r)
{
    uint32_t count = doc->tokens.count + 1;
    *r = (dln_reading){.quote = quote, .doc = doc, .scratch = scratch};
    r->inside = dln_arena_array(scratch, count, sizeof *r->inside);
    r->low = dln_arena_array(scratch, count, sizeof *r->low);
    r->high = dln_arena_array(scratch, count, sizeof *r->high);
    r->at_token = dln_arena_array(scratch, count, sizeof *r->at_token);
    if (dln_arena_oom(scratch))
        return false;
    memset(r->at_token, 0xff, count * sizeof *r->at_token);
    dln_quote__stretches(doc, scratch, &r->stretches);
    mark_inside(r);
    for (uint32_t s = 0; s < doc->sentences.count; s++)
        read_sentence(r, &doc->sentences.at[s]);
    dln_quote__join(r);
    for (uint32_t i = 0; i < r->candidates.count; i++) {
        dln_candidate *c = &r->candidates.at[i];
        if (!c->content_count)
            dln_quote__surface_content(r, c);
        else if (c->mendable)
            dln_quote__mend(r, c);
    }
    dln_quote__choose(r);
    return !dln_arena_oom(scratch);
}

dln_status dln_quote_run(const dln_quote *quote, dln_doc *doc,
                         dln_arena *scratch)
{
    dln_reading r;
    if (dln_quote__read(quote, doc, scratch, &r)) {
        dln_quote__judge(&r);
        dln_quote__settle(&r);
    }
    return dln_arena_oom(scratch) || dln_arena_oom(doc->arena) ? DLN_NOMEM
                                                               : DLN_OK;
}
