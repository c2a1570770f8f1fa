/* SPDX-License-Identifier: Apache-2.0 */
/*
 * coder: sentences with tags, heads, actors, times, places and statements →
 * PLOVER event mentions.
 *
 * For each sentence: every token that triggers a frame is matched against
 * its dependents (match.c); events that are only the content of another one
 * are dropped ("agreed to meet" is AGREE); what is left gets its status and
 * polarity (mood.c), parties (parties.c), date, place and source
 * (setting.c), mode and contexts (topics.c). Asked about a pair, pair.c
 * leaves one event.
 *
 * The method is the pattern coder of KEDS/TABARI and PETRARCH (Schrodt
 * 2006) on dependency trees, as UniversalPetrarch (Lu and Roy 2017) does,
 * with status, dates and places of each event added. Limits: sentences of at
 * most 600 tokens, 20,000 events.
 */
#include "coder/pair_p.h"

#include <stdio.h>
#include <stdlib.h>

#include "onto/overlay.h"

static dln_status table_at(dln_coder *coder, dln_table *out,
                           const char *datadir, const char *name,
                           uint32_t fields, dln_error *error)
{
    char path[4096];
    int n = snprintf(path, sizeof path, "%s/onto/%s", datadir, name);
    if (n < 0 || (size_t)n >= sizeof path)
        return dln_fail(error, DLN_BADARG, "path too long");
    return dln_table_read(out, coder->arena, path, fields, error);
}

static dln_status check_contexts(const dln_coder *coder,
                                 const dln_table *table, dln_error *error)
{
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        if (!dln_plover_has_context(coder->plover, row->field[1]))
            return dln_fail(error, DLN_BADDATA, "%.*s:%u: no such context",
                            DLN_ARG(table->file), row->line);
    }
    return DLN_OK;
}

static dln_status check_tables(const dln_coder *coder, dln_error *error)
{
    for (uint32_t i = 0; i < coder->mood.count; i++) {
        const dln_row *row = &coder->mood.rows[i];
        if (dln_effect_of(row->field[1]) == DLN_EFFECT_COUNT
            || (row->count > 2
                && dln_effect_of(row->field[2]) == DLN_EFFECT_COUNT))
            return dln_fail(error, DLN_BADDATA, "%.*s:%u: no such effect",
                            DLN_ARG(coder->mood.file), row->line);
    }
    for (uint32_t i = 0; i < coder->modes.count; i++) {
        const dln_row *row = &coder->modes.rows[i];
        const dln_plover_type *type = dln_plover_find(coder->plover,
                                                      row->field[1]);
        if (!type || !dln_plover_mode_find(type, row->field[2]))
            return dln_fail(error, DLN_BADDATA, "%.*s:%u: no such mode",
                            DLN_ARG(coder->modes.file), row->line);
    }
    return check_contexts(coder, &coder->contexts, error);
}

static dln_status open_data(dln_coder *coder, const dln_onto *onto,
                            dln_error *error)
{
    const char *datadir = dln_onto_datadir(onto);
    const char *folder = dln_onto_folder(onto);
    DLN_TRY(dln_plover_open(&coder->plover, datadir, error));
    DLN_TRY(dln_frames_open(&coder->frames, datadir, folder, coder->plover,
                            error));
    DLN_TRY(table_at(coder, &coder->mood, datadir, "verbs/mood.txt", 2,
                     error));
    DLN_TRY(table_at(coder, &coder->modes, datadir, "verbs/modes.txt", 3,
                     error));
    DLN_TRY(table_at(coder, &coder->blocks, datadir, "verbs/blocks.txt", 2,
                     error));
    DLN_TRY(table_at(coder, &coder->contexts, datadir, "contexts.txt", 2,
                     error));
    DLN_TRY(check_tables(coder, error));
    dln_table own;
    DLN_TRY(dln_overlay_table(&own, coder->arena, folder, "contexts.txt", 2,
                              error));
    DLN_TRY(check_contexts(coder, &own, error));
    return own.count ? dln_overlay_merge(&coder->contexts, &own,
                                         coder->arena, error) : DLN_OK;
}

static dln_status open_weights(dln_coder *coder, const char *model,
                               dln_error *error)
{
    dln_str section;
    dln_error missing = {DLN_OK, ""};
    if (!model)
        return DLN_OK;
    dln_status status = dln_weights_open(&coder->weights, model, &missing);
    if (status == DLN_NOINPUT)
        return DLN_OK;
    if (status != DLN_OK)
        return dln_fail(error, status, "%s", missing.text);
    DLN_TRY(dln_weights_section(&coder->weights, "pairs", &section, error));
    DLN_TRY(dln_linear_open(&coder->linear, section, error));
    if (coder->linear.classes != DLN_PAIR_CLASSES)
        return dln_fail(error, DLN_BADDATA, "%s: not %d classes", model,
                        DLN_PAIR_CLASSES);
    coder->pairs = &coder->linear;
    return DLN_OK;
}

dln_status dln_coder_open(dln_coder **out, const dln_lang *lang,
                          const dln_onto *onto, const char *model,
                          dln_error *error)
{
    dln_coder *coder = *out = calloc(1, sizeof *coder);
    if (coder)
        coder->arena = dln_arena_new(0);
    if (!coder || !coder->arena) {
        dln_coder_close(coder);
        *out = NULL;
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    coder->lang = lang;
    dln_status status = open_data(coder, onto, error);
    if (status >= DLN_WARN)
        status = open_weights(coder, model, error);
    if (status < DLN_WARN) {
        dln_coder_close(coder);
        *out = NULL;
        return status;
    }
    return DLN_OK;
}

void dln_coder_close(dln_coder *coder)
{
    if (!coder)
        return;
    dln_weights_close(&coder->weights);
    dln_frames_close(coder->frames);
    dln_plover_close(coder->plover);
    dln_arena_free(coder->arena);
    free(coder);
}

/* A sentence being coded. */
typedef struct coding {
    const dln_coder *coder;
    dln_doc *doc;
    dln_coder_hit *hits;    /* [count], by token */
    uint32_t count;
} coding;

static const dln_token *tok(const dln_doc *doc, uint32_t i)
{
    return &doc->tokens.at[i];
}

static dln_str type_of(const coding *c, const dln_coder_hit *hit)
{
    return dln_plover_at(c->coder->plover, hit->frame->type)->name;
}

static dln_coder_hit *hit_at(const coding *c, uint32_t token)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (c->hits[i].token == token)
            return &c->hits[i];
    return NULL;
}

/* Does the frame ask for this very word ("sign an agreement")? */
static bool worded(const coding *c, const dln_coder_hit *hit, uint32_t token)
{
    for (uint32_t i = 0; i < hit->args.count; i++)
        for (uint32_t k = 0; k < hit->frame->arg_count; k++) {
            const dln_frame_arg *item = &hit->frame->args[k];
            if (hit->args.at[i].token == token && item->worded
                && !item->forbidden
                && dln_coder__fits(c->coder, c->doc, hit->frame, item,
                                   &hit->args.at[i]))
                return true;
        }
    return false;
}

static bool is_content_type(dln_str type)
{
    return dln_str_is(type, "AGREE") || dln_str_is(type, "REQUEST")
           || dln_str_is(type, "REJECT") || dln_str_is(type, "THREATEN")
           || dln_str_is(type, "CONCEDE");
}

/* Words around an act rather than its content. */
static bool is_adjunct(dln_str prep)
{
    static const char *const words[] = {
        "at", "in", "during", "after", "before", "following", "amid",
        "despite", "since", "while", "when", "as", "because", "because of",
        "ahead of", "near", "outside", "by", "under", "if", "unless",
        "where", "although", "though"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dln_str_ieq(prep, dln_str_of(words[i])))
            return true;
    return false;
}

/* What the event at `at` is to its head. */
typedef enum step_kind { STEP_STOP, STEP_CONTENT, STEP_ADJUNCT } step_kind;

static step_kind step_of(const dln_doc *doc, uint32_t at)
{
    switch (tok(doc, at)->deprel) {
    case DLN_REL_xcomp: case DLN_REL_ccomp: case DLN_REL_obj:
    case DLN_REL_conj: case DLN_REL_nsubj_pass: case DLN_REL_compound:
        return STEP_CONTENT;
    case DLN_REL_obl: case DLN_REL_nmod:
        return is_adjunct(dln_coder__case(doc, at)) ? STEP_ADJUNCT
                                                    : STEP_CONTENT;
    case DLN_REL_advcl: case DLN_REL_acl: {
        uint32_t mark = dln_child(doc, at, DLN_REL_mark);
        if (mark == DLN_NONE)
            return STEP_STOP;
        return is_adjunct(tok(doc, mark)->lemma) ? STEP_ADJUNCT
                                                 : STEP_CONTENT;
    }
    default:
        return STEP_STOP;
    }
}

/* Drops a hit that is the content, or another name, of one above it. */
static void subordinate(const coding *c, dln_coder_hit *hit)
{
    uint32_t at = hit->verb == hit->token
                      ? dln_coder__stands(c->coder, c->doc, hit->token)
                      : hit->verb;
    if (tok(c->doc, hit->token)->deprel == DLN_REL_compound
        && hit->verb == hit->token) {
        /* "the ceasefire talks": the first word is no event of its own */
        dln_coder_hit *head = hit_at(c, tok(c->doc, hit->token)->head);
        if (head) {
            hit->dropped = true;
            return;
        }
    }
    /* A light verb with a frame of its own: "impose sanctions" is one event,
     * the verb's when its frame names the noun. */
    dln_coder_hit *verb = hit->light ? hit_at(c, hit->verb) : NULL;
    if (verb) {
        uint32_t noun = dln_coder__stands(c->coder, c->doc, hit->token);
        bool named = worded(c, verb, noun) || worded(c, verb, hit->token);
        if (named || hit->frame->type == verb->frame->type)
            (named ? hit : verb)->dropped = true;
        if (named)
            return;
    }
    dln_str type = type_of(c, hit);
    for (int i = 0; i < DLN_CODER_MAX_STEPS; i++) {
        uint32_t head = tok(c->doc, at)->head;
        if (head >= c->doc->tokens.count)
            return;
        step_kind kind = step_of(c->doc, at);
        bool conj = tok(c->doc, at)->deprel == DLN_REL_conj;
        dln_coder_hit *above = hit_at(c, head);
        if (above && above != hit && !conj) {
            dln_str over = type_of(c, above);
            if (worded(c, above, at)
                || (kind == STEP_CONTENT && is_content_type(over))
                || (kind != STEP_STOP && dln_str_eq(over, type)
                    && tok(c->doc, hit->token)->upos != DLN_UPOS_VERB)) {
                hit->dropped = true;
                return;
            }
            if (kind == STEP_CONTENT && dln_str_is(over, "ACCUSE")
                && dln_str_is(above->frame->mode, "allege")) {
                hit->reporter = (uint32_t)(above - c->hits);
                return;
            }
        }
        if (kind != STEP_CONTENT)
            return;
        at = head;
    }
}

static void find_hits(coding *c, const dln_sentence *s)
{
    c->count = 0;
    for (uint32_t t = s->token_begin; t < s->token_end; t++)
        if (dln_coder__match(c->coder, c->doc, t, &c->hits[c->count]))
            c->count++;
    for (uint32_t i = 0; i < c->count; i++)
        subordinate(c, &c->hits[i]);
}

static void date_status(const dln_doc *doc, const dln_event *event,
                        dln_coder_mood *mood)
{
    dln_interval when = event->when, now = doc->published;
    if (when.start == DLN_NO_DAY || now.start == DLN_NO_DAY
        || mood->polarity != DLN_ASSERTED)
        return;
    if (mood->status == DLN_EVENT_ACTUAL || mood->status == DLN_EVENT_ONGOING) {
        if (when.start > now.end) {
            mood->status = DLN_EVENT_PLANNED;
            mood->word = DLN_STR("its date");
        } else if (when.end != DLN_NO_DAY
                   && when.end + DLN_CODER_PAST_DAYS < now.start) {
            mood->status = DLN_EVENT_HISTORICAL;
            mood->word = DLN_STR("its date");
        }
    }
}

/* "had met": background, unless reported speech or a recent date explain
 * the tense. */
static void perfect_status(const dln_event *event, dln_coder_mood *mood)
{
    if (mood->perfect && mood->status == DLN_EVENT_ACTUAL
        && event->when.start == DLN_NO_DAY && event->statement == DLN_NONE) {
        mood->status = DLN_EVENT_HISTORICAL;
        mood->word = DLN_STR("past perfect");
    }
}

/* The codebook's rules for what is still to come or refused. */
static const dln_plover_type *final_type(const coding *c,
                                         const dln_coder_hit *hit,
                                         dln_coder_mood *mood,
                                         dln_str *mode)
{
    const dln_plover *plover = c->coder->plover;
    const dln_plover_type *type = dln_plover_at(plover, hit->frame->type);
    const dln_plover_type *reject = dln_plover_find(plover,
                                                    DLN_STR("REJECT"));
    if (mood->refusal && type->quad <= 2 && reject) {
        *mode = dln_str_is(type->name, "CONSULT") ? DLN_STR("meet")
                                                  : (dln_str){"", 0};
        mood->polarity = DLN_ASSERTED;
        mood->status = DLN_EVENT_ACTUAL;
        return reject;
    }
    if (mood->status != DLN_EVENT_PLANNED || mood->polarity != DLN_ASSERTED)
        return type;
    const dln_plover_type *future = dln_plover_find(plover, type->future);
    if (future && future != type) {
        *mode = (dln_str){"", 0};
        return future;
    }
    return type;
}

/* An event of nobody ("the talks", "to be attacked") says nothing: it must
 * have a party, a place, a subject whoever that is ("they agreed") or,
 * unless it is a noun alone, a date. */
static bool says_something(const coding *c, const dln_coder_hit *hit,
                           const dln_event *event)
{
    uint8_t upos = tok(c->doc, hit->token)->upos;
    bool alone = (upos == DLN_UPOS_NOUN || upos == DLN_UPOS_PROPN)
                 && !hit->light;
    bool subject = false;
    for (uint32_t i = 0; i < hit->args.count; i++)
        subject |= hit->args.at[i].slot == DLN_SLOT_SUBJ;
    return event->party_count || event->place != DLN_NONE
           || (!alone && (subject || event->time != DLN_NONE));
}

static dln_span clause_of(const coding *c, const dln_coder_hit *hit)
{
    uint32_t begin, end, b, e;
    dln_subtree(c->doc, hit->verb, &begin, &end);
    dln_subtree(c->doc, hit->token, &b, &e);
    return dln_tokens_span(c->doc, b < begin ? b : begin, e > end ? e : end);
}

static void emit(const coding *c, const dln_coder_hit *hit)
{
    static const char *const status_of[] = {"actual", "ongoing", "planned",
                                            "hypothetical", "historical"};
    dln_doc *doc = c->doc;
    dln_event event = {.span = clause_of(c, hit), .token = hit->token,
                       .trigger = tok(doc, hit->token)->span,
                       .when = DLN_NO_INTERVAL};
    dln_coder_setting setting;
    dln_coder_mood mood;
    dln_buf why;
    dln_buf_init(&why, 600);
    dln_buf_printf(&why, "%s:%u %.*s", hit->frame->file, hit->frame->line,
                   DLN_ARG(hit->frame->trigger));
    if (hit->light)
        dln_buf_printf(&why, " with %.*s (%s:%u)",
                       DLN_ARG(hit->light->trigger), hit->light->file,
                       hit->light->line);
    dln_coder__setting(c->coder, doc, hit, &setting);
    dln_coder__parties(c->coder, doc, hit, &event, &setting.place, &why);
    event.time = setting.time;
    event.place = setting.place;
    event.statement = setting.statement;
    event.attributed_to = setting.attributed_to;
    if (event.time != DLN_NONE)
        event.when = doc->times.at[event.time].when;
    if (!says_something(c, hit, &event)) {
        dln_buf_release(&why);
        return;
    }
    dln_coder__mood(c->coder, doc, hit, &mood);
    date_status(doc, &event, &mood);
    perfect_status(&event, &mood);
    event.mode = dln_coder__mode(c->coder, doc, hit);
    event.type = final_type(c, hit, &mood, &event.mode)->name;
    event.status = mood.status;
    event.polarity = mood.polarity;
    dln_coder__contexts(c->coder, doc, tok(doc, hit->token)->sentence,
                        &event);
    if (mood.word.len)
        dln_buf_printf(&why, "; %s: %.*s", status_of[event.status],
                       DLN_ARG(mood.word));
    event.why = dln_arena_str(doc->arena, dln_buf_view(&why));
    dln_buf_release(&why);
    dln_event *slot = DLN_VEC_PUSH(doc->arena, &doc->events);
    if (slot)
        *slot = event;
}

/* Events alleged in an accusation are the accuser's word. */
static void attribute(const coding *c, const dln_coder_hit *hit,
                      uint32_t first)
{
    if (hit->reporter == DLN_NONE || !c->doc->events.count)
        return;
    dln_event *event = &c->doc->events.at[c->doc->events.count - 1];
    if (event->token != hit->token || event->attributed_to != DLN_NONE)
        return;
    uint32_t token = c->hits[hit->reporter].token;
    for (uint32_t i = first; i < c->doc->events.count; i++)
        if (c->doc->events.at[i].token == token)
            for (uint32_t k = 0; k < c->doc->events.at[i].party_count; k++)
                if (c->doc->events.at[i].parties[k].role == DLN_PARTY_ACTOR
                    && event->attributed_to == DLN_NONE)
                    event->attributed_to =
                        c->doc->events.at[i].parties[k].actor;
}

static void code_sentence(coding *c, uint32_t sentence)
{
    const dln_sentence *s = &c->doc->sentences.at[sentence];
    uint32_t first = c->doc->events.count;
    if (s->token_end - s->token_begin > DLN_CODER_MAX_SENTENCE) {
        dln_doc_note(c->doc, "coder", DLN_NOTE_WARN, s->span,
                     "sentence of more than %d tokens not coded",
                     DLN_CODER_MAX_SENTENCE);
        return;
    }
    if (dln_coder__blocked(c->coder, c->doc, sentence))
        return;
    find_hits(c, s);
    for (uint32_t i = 0; i < c->count; i++) {
        if (c->hits[i].dropped
            || c->doc->events.count >= DLN_CODER_MAX_EVENTS)
            continue;
        emit(c, &c->hits[i]);
        attribute(c, &c->hits[i], first);
    }
}

/* Hits of the sentences that hold the pair, however long. */
uint32_t dln_coder__pair_hits(const dln_coder *coder, dln_doc *doc,
                              dln_arena *scratch, dln_coder_hit **out)
{
    uint32_t a = dln_token_at(doc, doc->pair_source.start);
    uint32_t b = dln_token_at(doc, doc->pair_target.start);
    uint32_t sentences[2], n = 0, count = 0;
    dln_coder_hit *all = dln_arena_array(scratch,
                                         2 * DLN_CODER_MAX_SENTENCE + 2,
                                         sizeof *all);
    *out = all;
    if (a != DLN_NONE)
        sentences[n++] = tok(doc, a)->sentence;
    if (b != DLN_NONE && (!n || tok(doc, b)->sentence != sentences[0]))
        sentences[n++] = tok(doc, b)->sentence;
    for (uint32_t i = 0; i < n && all; i++) {
        const dln_sentence *s = &doc->sentences.at[sentences[i]];
        coding c = {.coder = coder, .doc = doc, .hits = all + count};
        if (s->token_end - s->token_begin <= DLN_CODER_MAX_SENTENCE)
            find_hits(&c, s);
        count += c.count;
    }
    return count;
}

dln_status dln_coder_run(const dln_coder *coder, dln_doc *doc,
                         dln_arena *scratch)
{
    coding c = {.coder = coder, .doc = doc};
    c.hits = dln_arena_array(scratch, DLN_CODER_MAX_SENTENCE + 1,
                             sizeof *c.hits);
    if (!c.hits)
        return DLN_NOMEM;
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        code_sentence(&c, i);
    if (dln_span_has(doc->pair_source) && dln_span_has(doc->pair_target)) {
        dln_coder_hit *hits;
        uint32_t count = dln_coder__pair_hits(coder, doc, scratch, &hits);
        if (hits)
            dln_coder__pair(coder, doc, hits, count, scratch);
    }
    return dln_arena_oom(doc->arena) || dln_arena_oom(scratch) ? DLN_NOMEM
                                                               : DLN_OK;
}
