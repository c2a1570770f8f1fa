/* SPDX-License-Identifier: Apache-2.0 */
/*
 * opinion: states of a piece -> odds of cues -> for one cue, where its parts
 * begin and end (opinion_p.h has the method).
 */
#include "quote/opinion_p.h"

#include <math.h>

/* Where the kinds of rows begin in the table. */
enum {
    ROWS_PLACE = 0,             /* of the word */
    ROWS_FIRST = 1024,          /* of the highest word that begins here */
    ROWS_LAST = 2048,           /* ... that ends here */
    ROWS_ROLE = 3072,           /* role and depth */
    ROWS_FAR = 3328,
    ROWS_RULES = 3392,          /* 3 parts of 16 */
    ROWS_MARKS = 3440,
    ROWS_NEXT = 3456,           /* mark behind, mark before */
    ROWS_VERDICT = 3520,
    ROWS_TOLD = 3648,
    ROWS_QUOTED = 3656,
    ROWS_STRENGTH = 3664
};

#define FAR 31
#define PLACE_NONE 1023u

static const dln_token *tok(const dln_judged *j, uint32_t t)
{
    return &j->r->doc->tokens.at[t];
}

uint32_t dln_quote__piece(const dln_doc *doc, uint32_t sentence)
{
    const dln_sentence *all = doc->sentences.at;
    uint32_t end = sentence + 1;
    while (end < doc->sentences.count
           && all[end].paragraph == all[sentence].paragraph
           && all[end].token_end - all[sentence].token_begin
                  <= OPINION_PIECE)
        end++;
    return end;
}

/* Clue places: on the way up to the root 0x10000 | step << 8 | relation,
 * beside it (2 step + side) << 8 | relation. */
static uint32_t place_row(const dln_judged *j, uint32_t t)
{
    uint32_t place = j->place[t];
    if (place == 0xffffu)
        return PLACE_NONE;
    uint32_t way = place >> 16 ? 8 + (place >> 8 & 3) : place >> 8 & 7;
    return way << 6 | (place & 63);
}

/* Where `t` lies seen from some words. */
static uint32_t against(dln_quote_words w, uint32_t t)
{
    if (w.begin == DLN_NONE)
        return 0;
    if (t < w.begin || t >= w.end)
        return t < w.begin ? 1 : 2;
    return 3u + (t == w.begin ? 1u : 0) + (t + 1 == w.end ? 2u : 0);
}

/* A mark's kind, or that there is none. */
static uint32_t mark_at(const dln_judged *j, uint32_t t)
{
    const dln_doc *doc = j->r->doc;
    if (t >= doc->tokens.count
        || tok(j, t)->sentence != tok(j, j->cue)->sentence)
        return 1;
    switch (tok(j, t)->xpos) {
    case DLN_XPOS_COMMA: return 2;
    case DLN_XPOS_COLON: return 3;
    default:
        return tok(j, t)->upos == DLN_UPOS_PUNCT ? 4
               : tok(j, t)->upos == DLN_UPOS_CCONJ ? 5
               : tok(j, t)->upos == DLN_UPOS_SCONJ ? 6 : 0;
    }
}

void dln_quote__pair_rows(const dln_judged *j, uint32_t t,
                          uint32_t out[OPINION_PAIR_ROWS])
{
    const dln_reading *r = j->r;
    uint32_t far = t > j->cue ? t - j->cue : j->cue - t, n = 0;
    uint32_t first = dln_quote__highest(r, t, false);
    uint32_t last = dln_quote__highest(r, t, true);
    uint32_t count = r->doc->tokens.count;
    uint32_t kept = j->rule && j->rule->kept;
    uint32_t before = t ? r->inside[t - 1] : DLN_NONE;
    uint32_t behind = t + 1 < count ? r->inside[t + 1] : DLN_NONE;
    uint32_t deep = j->deep[t] & 3;
    far = far > FAR ? FAR : far;
    out[n++] = ROWS_PLACE + place_row(j, t);
    out[n++] = ROWS_FIRST + place_row(j, first);
    out[n++] = ROWS_LAST + place_row(j, last);
    out[n++] = ROWS_ROLE + (j->label[t] & 63u) * 4 + deep;
    out[n++] = ROWS_FAR + (t > j->cue ? 32 + far : far);
    for (uint32_t part = 0; part < 3; part++)
        out[n++] = ROWS_RULES + part * 16 + kept * 8
                   + against(j->by_rule[part], t);
    out[n++] = ROWS_MARKS + (r->inside[t] == r->inside[j->cue] ? 1u : 0)
               + 2u * (r->inside[t] != DLN_NONE)
               + 4u * (before != r->inside[t])
               + 8u * (behind != r->inside[t]);
    out[n++] = ROWS_NEXT + mark_at(j, t + 1);
    out[n++] = ROWS_NEXT + 8 + mark_at(j, t - 1);
}

void dln_quote__word_rows(const dln_judged *j, uint32_t t,
                          uint32_t out[OPINION_WORD_ROWS])
{
    const dln_reading *r = j->r;
    uint32_t at = r->at_token[t], verdict = 0, strength = 0, told = 0;
    if (at != DLN_NONE) {
        const dln_candidate *c = &r->candidates.at[at];
        verdict = 16 * (c->cue.kind + 1u) + 8u * c->kept
                  + 4u * (c->content_count > 0) + 2u * c->quoted
                  + (c->source_begin != DLN_NONE ? 1u : 0);
        strength = c->cue.strength & 3u;
    }
    const dln_sentence *s = &r->doc->sentences.at[tok(j, t)->sentence];
    uint32_t from = t > s->token_begin + 40 ? t - 40 : s->token_begin;
    uint32_t to = t + 40 < s->token_end ? t + 40 : s->token_end;
    uint32_t cue = dln_quote__told_by(r, t, from, to);
    if (cue != DLN_NONE)
        told = cue < t ? 2 : 1;
    out[0] = ROWS_VERDICT + verdict;
    out[1] = ROWS_TOLD + told;
    out[2] = ROWS_QUOTED + (r->inside[t] != DLN_NONE);
    out[3] = ROWS_STRENGTH + strength;
}

dln_status dln_quote__opinion_open(dln_opinion_net *out, dln_str section,
                                   dln_error *error)
{
    const dln_tensors *t = &out->tensors;
    uint32_t rows, cols;
    *out = (dln_opinion_net){.kernels = dln_kernels_pick(DLN_KERNELS_BEST)};
    DLN_TRY(dln_tensors_open(&out->tensors, section, error));
    DLN_TRY(dln_tensors_shape(t, "first", &rows, &out->width, error));
    DLN_TRY(dln_tensors_shape(t, "second", &rows, &out->run, error));
    DLN_TRY(dln_tensors_shape(t, "rows", &rows, &out->hidden, error));
    if (rows != OPINION_ROWS || out->run % DLN_RECUR || !out->run
        || out->hidden % DLN_LANES || !out->hidden)
        return dln_fail(error, DLN_BADDATA, "opinion: wrong shapes");
    cols = out->run;
    DLN_TRY(dln_tensors_dense(t, &out->first, "first", 3 * cols, out->width,
                              error));
    DLN_TRY(dln_tensors_dense(t, &out->second, "second", 3 * cols, cols,
                              error));
    DLN_TRY(dln_tensors_floats(t, &out->first_norm, "first.norm", 2, cols,
                               error));
    DLN_TRY(dln_tensors_floats(t, &out->second_norm, "second.norm", 2, cols,
                               error));
    DLN_TRY(dln_tensors_dense(t, &out->of_run, "of_run", 3 * out->hidden,
                              cols, error));
    DLN_TRY(dln_tensors_dense(t, &out->of_state, "of_state",
                              3 * out->hidden, out->width, error));
    DLN_TRY(dln_tensors_dense(t, &out->cue, "cue", 1, out->hidden, error));
    DLN_TRY(dln_tensors_dense(t, &out->pair, "pair", OPINION_SAID,
                              out->hidden, error));
    return dln_tensors_codes(t, &out->rows, "rows", out->hidden, error);
}

dln_opinion *dln_quote__opinion(const dln_opinion_net *net,
                                const dln_doc *doc, dln_arena *scratch)
{
    if (!net || doc->states.width != net->width)
        return NULL;
    dln_opinion *o = dln_arena_array(scratch, 1, sizeof *o);
    size_t wide = 3 * (net->run > net->hidden ? net->run : net->hidden);
    if (!o)
        return NULL;
#define ROOM(count) dln_arena_array(scratch, OPINION_PIECE * (count), \
                                    sizeof(float))
    *o = (dln_opinion){
        .net = net, .said = ROOM(3 * (size_t)net->hidden), .x = ROOM(wide),
        .y = ROOM(wide), .z = ROOM(wide), .steps = ROOM((size_t)1),
        .bytes = dln_arena_alloc(scratch, OPINION_PIECE * wide)};
#undef ROOM
    return dln_arena_oom(scratch) ? NULL : o;
}

static void dense(const dln_opinion *o, float *y, const float *x,
                  uint32_t rows, const dln_dense *layer)
{
    const dln_kernels *k = o->net->kernels;
    k->quantise(o->bytes, o->steps, x, rows, layer->in);
    k->dense(y, o->bytes, o->steps, rows, layer);
}

/* z = the recurrence over bytes. */
static void run(const dln_opinion *o, const uint8_t *bytes,
                const float *steps, uint32_t rows, const dln_dense *layer)
{
    const dln_kernels *k = o->net->kernels;
    uint32_t width = o->net->run;
    size_t plane = (size_t)rows * DLN_RECUR;
    for (uint32_t at = 0; at < width; at += DLN_RECUR) {
        dln_kernels_gates(k, o->y, bytes, steps, rows, layer, width, at);
        k->recur(o->z, o->y, plane, rows, width, at);
    }
}

void dln_quote__hear(dln_opinion *o, const dln_doc *doc, uint32_t sentence)
{
    const dln_opinion_net *n = o->net;
    const dln_kernels *k = n->kernels;
    const dln_sentence *all = doc->sentences.at;
    o->begin = all[sentence].token_begin;
    o->end = all[dln_quote__piece(doc, sentence) - 1].token_end;
    if (o->end - o->begin > OPINION_PIECE)
        o->end = o->begin;
    uint32_t rows = o->end - o->begin;
    const uint8_t *states = doc->states.bytes + (size_t)o->begin * n->width;
    const float *steps = doc->states.steps + o->begin;
    if (!rows)
        return;
    run(o, states, steps, rows, &n->first);
    memcpy(o->x, o->z, (size_t)rows * n->run * sizeof *o->x);
    k->normalise(o->x, n->first_norm, n->first_norm + n->run, rows, n->run);
    k->quantise(o->bytes, o->steps, o->x, rows, n->run);
    run(o, o->bytes, o->steps, rows, &n->second);
    k->add(o->x, o->z, (size_t)rows * n->run);
    k->normalise(o->x, n->second_norm, n->second_norm + n->run, rows,
                 n->run);
    dense(o, o->said, o->x, rows, &n->of_run);
    k->dense(o->y, states, steps, rows, &n->of_state);
    k->add(o->said, o->y, (size_t)rows * 3 * n->hidden);
}

/* What is said of token `t`: 0 as a word, 1 as its cue, 2 as a cue. */
static const float *said_of(const dln_opinion *o, uint32_t t, uint32_t as)
{
    return o->said + ((size_t)(t - o->begin) * 3 + as) * o->net->hidden;
}

static void add_rows(const dln_opinion *o, float *x, const uint32_t *rows,
                     uint32_t count)
{
    const dln_codes *codes = &o->net->rows;
    for (uint32_t i = 0; i < count; i++)
        o->net->kernels->add_codes(
            x, codes->codes + (size_t)rows[i] * codes->cols,
            codes->step[rows[i]], codes->cols);
}

static bool heard(const dln_opinion *o, uint32_t begin, uint32_t end)
{
    return o->begin <= begin && end <= o->end;
}

bool dln_quote__cue_odds(dln_opinion *o, const dln_judged *j,
                         const dln_sentence *s, float *odds)
{
    uint32_t hidden = o->net->hidden, count = 0;
    uint32_t rows[OPINION_WORD_ROWS];
    if (!heard(o, s->token_begin, s->token_end))
        return false;
    for (uint32_t t = s->token_begin; t < s->token_end; t++) {
        float *x = o->x + (size_t)count * hidden;
        if (!dln_quote__cue_like(j, t))
            continue;
        memcpy(x, said_of(o, t, 2), hidden * sizeof *x);
        dln_quote__word_rows(j, t, rows);
        add_rows(o, x, rows, OPINION_WORD_ROWS);
        count++;
    }
    o->net->kernels->relu(o->x, (size_t)count * hidden);
    dense(o, o->y, o->x, count, &o->net->cue);
    count = 0;
    for (uint32_t t = s->token_begin; t < s->token_end; t++)
        odds[t - s->token_begin] =
            dln_quote__cue_like(j, t) ? o->y[count++ * DLN_LANES] : 0;
    return true;
}

static int32_t scaled(float score)
{
    return (int32_t)lrintf(score * JUDGE_SCALE);
}

void dln_quote__lean(dln_opinion *o, dln_judged *j)
{
    uint32_t hidden = o->net->hidden, count = j->end - j->begin;
    uint32_t rows[OPINION_PAIR_ROWS];
    const dln_kernels *k = o->net->kernels;
    for (uint32_t i = 0; i < count; i++) {
        float *x = o->x + (size_t)i * hidden;
        memcpy(x, said_of(o, j->begin + i, 0), hidden * sizeof *x);
        k->add(x, said_of(o, j->cue, 1), hidden);
        dln_quote__pair_rows(j, j->begin + i, rows);
        add_rows(o, x, rows, OPINION_PAIR_ROWS);
    }
    k->relu(o->x, (size_t)count * hidden);
    dense(o, o->y, o->x, count, &o->net->pair);
    for (uint32_t part = 0; part < 3; part++) {
        /* Of the cue's own words the weights know more. */
        bool mute = part == PART_CUE;
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t edge = 0; edge < 2; edge++)
                j->lean[part][edge][i] = mute ? 0
                    : scaled(o->y[i * DLN_LANES + 2 * part + edge]);
        j->lean_none[part] =
            2 * scaled(o->y[(j->cue - j->begin) * DLN_LANES + OPINION_NONE
                            + part]);
    }
}
