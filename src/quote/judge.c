/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge: what the rules found, and the weights -> which cues stand, which
 * the rules did not know, and how far each part of a statement reaches.
 *
 * Every word that may be a cue is weighed (logistic). Of a cue the best
 * beginnings and the best ends are paired, and the pair with the best score
 * of beginning, end and both wins: first for the words of the cue, then for
 * the source, then for the content. A content around its cue is cut in two
 * by it.
 *
 * To the weights a small network over the encoder's states adds its own odds
 * (opinion.c), where the states were kept.
 *
 * Quotations that the rules read by their marks alone stay in any case.
 */
#include "quote/opinion_p.h"

#include <math.h>

/* Odds at which a cue counts, times JUDGE_SCALE. */
#define CUE_ODDS (-300)
/* The same for what the rules found and the labels often leave out, though
 * the record wants it: what stands in somebody's words, and acts that are
 * more than saying. */
#define NESTED_ODDS (-1000)
#define ACT_ODDS (-1500)            /* a promise, an accusation ... */
#define NESTED_ACT_ODDS (-2500)
/* "We have agreed on a ceasefire," he said: told of seldom enough that the
 * weights know little of it, and what a record of talks is after. */
#define NESTED_AGREED_ODDS (-8000)
/* For a cue whose speaker is nowhere named. */
#define NOBODY_ODDS 400
/* Tenths of the odds of a cue that the network has; the rest, the weights. */
#define HEARD_TENTHS 6
#define NOT_CUE INT32_MIN
/* A stretch that closes behind so many marks belongs to the content. */
#define MARKS_MAX 3

static const dln_token *tok(const dln_judged *j, uint32_t t)
{
    return &j->r->doc->tokens.at[t];
}

bool dln_quote__may_begin(const dln_judged *j, uint32_t token)
{
    return tok(j, token)->upos != DLN_UPOS_PUNCT;
}

bool dln_quote__may_end(const dln_judged *j, uint32_t end)
{
    return tok(j, end - 1)->upos != DLN_UPOS_PUNCT;
}

/* Keeps the best, the better first; of equals the earlier. */
static void keep_best(dln_quote_option *best, uint32_t *count, uint32_t at,
                      int32_t score)
{
    uint32_t i = *count;
    if (i == JUDGE_ENDS && best[i - 1].score >= score)
        return;
    if (i < JUDGE_ENDS)
        (*count)++;
    else
        i--;
    while (i > 0 && best[i - 1].score < score) {
        best[i] = best[i - 1];
        i--;
    }
    best[i] = (dln_quote_option){{at, at}, score};
}

/* What the network adds. */
static int32_t lean(const dln_judged *j, dln_quote_part part, int edge,
                    uint32_t t)
{
    return j->lean ? j->lean[part][edge][t - j->begin] : 0;
}

uint32_t dln_quote__options(const dln_judged *j, dln_quote_part part,
                            dln_quote_weigh *weigh, const void *model,
                            dln_quote_option out[JUDGE_MAX_OPTIONS])
{
    dln_quote_option begins[JUDGE_ENDS], ends[JUDGE_ENDS];
    uint32_t begin_count = 0, end_count = 0, count = 0;
    dln_quote_clues clues;
    for (uint32_t t = j->begin; t < j->end; t++) {
        if (dln_quote__may_begin(j, t)
            && (part != PART_CUE || t <= j->cue)) {
            dln_quote__begin_clues(j, part, t, &clues);
            keep_best(begins, &begin_count, t,
                      weigh(model, &clues) + lean(j, part, 0, t));
        }
        if (dln_quote__may_end(j, t + 1)
            && (part != PART_CUE || t >= j->cue)) {
            dln_quote__end_clues(j, part, t + 1, &clues);
            keep_best(ends, &end_count, t + 1,
                      weigh(model, &clues) + lean(j, part, 1, t));
        }
    }
    for (uint32_t b = 0; b < begin_count; b++)
        for (uint32_t e = 0; e < end_count; e++) {
            dln_quote_words w = {begins[b].words.begin, ends[e].words.end};
            bool around = w.begin <= j->cue && j->cue < w.end;
            dln_quote_words source = j->part[PART_SOURCE];
            dln_quote_words cue = j->part[PART_CUE];
            /* "put it": the cue's own words are no content. */
            if (part == PART_CONTENT && w.begin >= cue.begin
                && w.end <= cue.end)
                continue;
            if (w.begin >= w.end || (part == PART_SOURCE && around)
                || (part == PART_CONTENT && source.begin != DLN_NONE
                    && w.begin >= source.begin && w.end <= source.end))
                continue;
            out[count++] = (dln_quote_option){
                w, begins[b].score + ends[e].score};
        }
    /* A content may lie outside of the sentence; a source may be none. */
    if (part == PART_SOURCE
        || (part == PART_CONTENT && j->rule && j->rule->content_count
            && j->by_rule[PART_CONTENT].begin == DLN_NONE))
        out[count++] = (dln_quote_option){
            {DLN_NONE, DLN_NONE}, j->lean ? j->lean_none[part] : 0};
    return count;
}

dln_quote_words dln_quote__decide(const dln_judged *j, dln_quote_part part,
                                  dln_quote_weigh *weigh, const void *model)
{
    dln_quote_option options[JUDGE_MAX_OPTIONS];
    dln_quote_words best = {DLN_NONE, DLN_NONE};
    uint32_t count = dln_quote__options(j, part, weigh, model, options);
    int32_t most = INT32_MIN;
    for (uint32_t i = 0; i < count; i++) {
        dln_quote_clues clues;
        dln_quote__words_clues(j, part, options[i].words, &clues);
        int32_t score = options[i].score + weigh(model, &clues);
        if (score > most) {
            most = score;
            best = options[i].words;
        }
    }
    return best;
}

static bool is_mark(const dln_judged *j, uint32_t t)
{
    return tok(j, t)->upos == DLN_UPOS_PUNCT;
}

dln_quote_words dln_quote__hole(const dln_judged *j, dln_quote_words w)
{
    dln_quote_words hole = j->part[PART_CUE], source = j->part[PART_SOURCE];
    if (source.begin != DLN_NONE && source.begin >= w.begin
        && source.end <= w.end) {
        hole.begin = source.begin < hole.begin ? source.begin : hole.begin;
        hole.end = source.end > hole.end ? source.end : hole.end;
    }
    /* "X, he said on Tuesday, Y": up to the mark. */
    if (hole.begin > w.begin && is_mark(j, hole.begin - 1)) {
        uint32_t end = hole.end;
        while (end < w.end && !is_mark(j, end))
            end++;
        if (end < w.end && end - hole.end < 12)
            hole.end = end;
    }
    while (hole.begin > w.begin && is_mark(j, hole.begin - 1))
        hole.begin--;
    while (hole.end < w.end && is_mark(j, hole.end))
        hole.end++;
    hole.begin = hole.begin < w.begin ? w.begin : hole.begin;
    hole.end = hole.end > w.end ? w.end : hole.end;
    return hole;
}

/* The span of words that begin or end at quotation marks: with all of the
 * stretch when they enter it from outside, else what is between its marks. */
static dln_span finished(const dln_judged *j, uint32_t begin, uint32_t end)
{
    const dln_reading *r = j->r;
    dln_span span = dln_tokens_span(r->doc, begin, end);
    uint32_t first = r->inside[begin], last = r->inside[end - 1];
    if (last != DLN_NONE && last != r->inside[j->cue]) {
        const dln_stretch *s = &r->stretches.at[last];
        uint32_t t = end;
        while (t < r->doc->tokens.count && t - end < MARKS_MAX
               && tok(j, t)->span.start < s->outer.end && is_mark(j, t))
            t++;
        if (t >= r->doc->tokens.count
            || tok(j, t)->span.start >= s->outer.end)
            span.end = span.start < s->outer.start ? s->outer.end
                                                   : s->inner.end;
    }
    if (first != DLN_NONE && first != r->inside[j->cue]) {
        const dln_stretch *s = &r->stretches.at[first];
        if (dln_token_at(r->doc, s->inner.start) == begin)
            span.start = span.end > s->outer.end ? s->outer.start
                                                 : s->inner.start;
    }
    return span.end > span.start ? span : dln_tokens_span(r->doc, begin, end);
}

/* The rules' contents that lie outside of the cue's sentence stay. */
static uint32_t keep_outside(const dln_judged *j, dln_candidate *c)
{
    const dln_sentence *s =
        &j->r->doc->sentences.at[tok(j, j->cue)->sentence];
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->content_count; i++) {
        dln_span k = c->contents[i];
        if (k.start < s->span.start && k.end > s->span.start)
            k.end = s->span.start;
        if (k.start < s->span.end && k.end > s->span.end)
            k.start = s->span.end;
        if (k.end > k.start
            && (k.end <= s->span.start || k.start >= s->span.end))
            c->contents[n++] = k;
    }
    return n;
}

/* Quotations that the rules tell by their marks alone. */
static bool by_marks(const dln_candidate *c)
{
    return c->kept && c->quoted && c->by_marks;
}

/* Does all of it lie in the cue's sentence? */
static bool is_inside(const dln_judged *j, const dln_candidate *c)
{
    const dln_sentence *s =
        &j->r->doc->sentences.at[tok(j, j->cue)->sentence];
    for (uint32_t i = 0; i < c->content_count; i++)
        if (c->contents[i].start < s->span.start
            || c->contents[i].end > s->span.end)
            return false;
    return true;
}

static void set_contents(const dln_judged *j, dln_candidate *c,
                         dln_quote_words w)
{
    bool same = w.begin == j->by_rule[PART_CONTENT].begin
                && w.end == j->by_rule[PART_CONTENT].end;
    bool around = w.begin <= j->cue && j->cue < w.end;
    if (w.begin == DLN_NONE || (by_marks(c) && !is_inside(j, c))
        || (same && (around || c->content_count == 1)))
        return;
    c->content_count = c->content_count ? keep_outside(j, c) : 0;
    dln_quote_words hole = {w.end, w.end};
    if (around)
        hole = dln_quote__hole(j, w);
    if (hole.begin > w.begin)
        dln_quote__add_content(c, finished(j, w.begin, hole.begin));
    if (w.end > hole.end)
        dln_quote__add_content(c, finished(j, hole.end, w.end));
    c->rule = "words chosen by the statement model";
}

static void set_source(const dln_judged *j, dln_candidate *c,
                       dln_quote_words w)
{
    if (w.begin == j->by_rule[PART_SOURCE].begin
        && w.end == j->by_rule[PART_SOURCE].end)
        return;
    c->source_begin = w.begin;
    c->source_end = w.end;
    uint32_t head = DLN_NONE;
    for (uint32_t t = w.begin; w.begin != DLN_NONE && t < w.end; t++) {
        uint32_t h = tok(j, t)->head;
        if (!is_mark(j, t) && (h == DLN_NONE || h < w.begin || h >= w.end)) {
            head = t;
            break;
        }
    }
    if (c->source_head == DLN_NONE || w.begin == DLN_NONE
        || c->source_head < w.begin || c->source_head >= w.end)
        c->source_head = head;
}

/* The lists know the act of many a word that is no cue by the rules. */
static dln_act act_of(const dln_reading *r, uint32_t token)
{
    const dln_quote *q = r->quote;
    dln_str lemma = r->doc->tokens.at[token].lemma;
    const dln_row *row = dln_table_find(q->verbs, lemma);
    if (row && r->doc->tokens.at[token].upos == DLN_UPOS_VERB)
        return (dln_act)q->verb[row - q->verbs->rows].act;
    row = dln_table_find(q->nouns, lemma);
    return row ? (dln_act)q->noun_act[row - q->nouns->rows] : DLN_ACT_SAY;
}

static dln_candidate *candidate_of(dln_reading *r, uint32_t token)
{
    if (r->at_token[token] != DLN_NONE)
        return &r->candidates.at[r->at_token[token]];
    dln_candidate *c = DLN_VEC_PUSH(r->scratch, &r->candidates);
    if (!c)
        return NULL;
    *c = (dln_candidate){
        .cue = {.kind = CUE_LEARNED, .token = token, .begin = token,
                .end = token + 1, .row = DLN_NONE, .act = act_of(r, token),
                .strength = 2},
        .source_begin = DLN_NONE, .source_end = DLN_NONE,
        .source_head = DLN_NONE, .hearer = DLN_NONE, .statement = DLN_NONE,
        .rule = "words chosen by the statement model"};
    r->at_token[token] = r->candidates.count - 1;
    return c;
}

static void judge_cue(dln_judged *j, dln_opinion *o, dln_reading *r,
                      uint32_t token, dln_quote_weigh *weigh,
                      const void *model)
{
    int32_t leans[3][2][2 * JUDGE_REACH];
    dln_quote__turn(j, token);
    j->lean = NULL;
    if (o && o->begin <= j->begin && j->end <= o->end) {
        j->lean = leans;
        dln_quote__lean(o, j);
    }
    for (int part = 0; part < 3; part++)
        j->part[part] = dln_quote__decide(j, (dln_quote_part)part, weigh,
                                          model);
    dln_candidate *c = candidate_of(r, token);
    if (!c)
        return;
    bool by_rules = c->kept && c->quoted;
    j->rule = c;
    c->cue.begin = j->part[PART_CUE].begin;
    c->cue.end = j->part[PART_CUE].end;
    set_source(j, c, j->part[PART_SOURCE]);
    set_contents(j, c, j->part[PART_CONTENT]);
    c->kept = c->content_count > 0;
    /* Nobody's words: it takes more to be a statement. */
    if (c->source_begin == DLN_NONE && !by_rules
        && r->odds[token] < NOBODY_ODDS)
        c->kept = false;
    c->learned = true;
    c->odds = r->odds[token];
}

static int32_t weigh_hashed(const void *model, const dln_quote_clues *clues)
{
    const dln_hashed *weights = model;
    int32_t sum = 0;
    for (uint32_t i = 0; i < clues->count; i++) {
        uint32_t value = dln_hashed_get(weights, clues->at[i]);
        if (value < 2 * JUDGE_ZERO)
            sum += (int32_t)value - (int32_t)JUDGE_ZERO;
    }
    return sum;
}

/* Of cues that share words the likelier stands. */
static void part_cues(dln_reading *r, const dln_sentence *s)
{
    uint32_t last = DLN_NONE;
    for (uint32_t t = s->token_begin; t < s->token_end; t++) {
        uint32_t at = r->at_token[t];
        if (at == DLN_NONE || !r->candidates.at[at].kept
            || !r->candidates.at[at].learned)
            continue;
        dln_candidate *c = &r->candidates.at[at];
        dln_candidate *b = last == DLN_NONE ? NULL : &r->candidates.at[last];
        if (!b || b->cue.end <= c->cue.begin) {
            last = at;
        } else if (b->odds > c->odds) {
            c->kept = false;
        } else {
            b->kept = false;
            last = at;
        }
    }
}

/* Do the rules find a verb of speech with its speaker there? */
static bool is_told(const dln_candidate *c)
{
    return c && c->kept && c->cue.kind == CUE_VERB
           && c->cue.strength >= (c->cue.act == DLN_ACT_SAY ? 3 : 2)
           && c->source_begin != DLN_NONE;
}

/* Does it stand in another's words? */
static bool is_nested(const dln_reading *r, const dln_candidate *c)
{
    uint32_t t = c->cue.token;
    const dln_sentence *s =
        &r->doc->sentences.at[r->doc->tokens.at[t].sentence];
    return dln_quote__told_by(r, t, s->token_begin, s->token_end)
           != DLN_NONE;
}

static int32_t odds_needed(const dln_reading *r, uint32_t at)
{
    const dln_candidate *c = at == DLN_NONE ? NULL : &r->candidates.at[at];
    if (c && c->cue.act == DLN_ACT_DENY && !is_told(c))
        return NESTED_ODDS;     /* "denied this" */
    if (!is_told(c))
        return CUE_ODDS;
    if (c->cue.act == DLN_ACT_SAY)
        return is_nested(r, c) ? NESTED_ODDS : CUE_ODDS;
    if (!is_nested(r, c))
        return ACT_ODDS;
    return c->cue.act == DLN_ACT_AGREE && c->cue.strength == 3
               ? NESTED_AGREED_ODDS : NESTED_ACT_ODDS;
}

/* Odds by the weights and by the network, weighed against each other. */
static int32_t both(int32_t odds, float said)
{
    return (odds * (10 - HEARD_TENTHS)
            + (int32_t)lrintf(said * JUDGE_SCALE) * HEARD_TENTHS) / 10;
}

static void judge_sentence(dln_judged *j, dln_opinion *o, dln_reading *r,
                           const dln_sentence *s, uint32_t *all_left)
{
    float said[JUDGE_MAX_TOKENS];
    bool hears = o && dln_quote__cue_odds(o, j, s, said);
    const dln_hashed *weights = &r->quote->weights;
    uint32_t left = (s->token_end - s->token_begin) / JUDGE_CUE_EVERY
                    + JUDGE_CUE_EVERY;
    left = left > JUDGE_SENTENCE_CUES ? JUDGE_SENTENCE_CUES : left;
    left = left > *all_left ? *all_left : left;
    for (uint32_t t = s->token_begin; t < s->token_end; t++) {
        uint32_t at = r->at_token[t];
        dln_quote_clues clues;
        int32_t odds = NOT_CUE;
        bool out = !left;       /* the rules' word stands then */
        if (left && dln_quote__cue_like(j, t)) {
            dln_quote__cue_clues(j, t, &clues);
            odds = weigh_hashed(weights, &clues);
            if (hears) {
                int32_t heard = both(odds, said[t - s->token_begin]);
                /* Nested and other than saying, the labels lack it and the
                 * network never heard of it: no word against the rules. */
                if (odds_needed(r, at) == CUE_ODDS || heard > odds)
                    odds = heard;
            }
            if (odds < odds_needed(r, at))
                odds = NOT_CUE;
        }
        r->odds[t] = odds;
        left -= odds != NOT_CUE;
        *all_left -= odds != NOT_CUE;
        dln_candidate *c = at == DLN_NONE ? NULL : &r->candidates.at[at];
        if (c && odds == NOT_CUE && !out && !by_marks(c)
            && c->cue.kind != CUE_COLON)
            c->kept = false;
    }
    for (uint32_t t = s->token_begin; t < s->token_end; t++)
        if (r->odds[t] != NOT_CUE)
            judge_cue(j, o, r, t, weigh_hashed, weights);
    part_cues(r, s);
}

void dln_quote__judge(dln_reading *r)
{
    dln_judged j;
    if (!r->quote->weighs || !dln_quote__judged(&j, r))
        return;
    r->odds = dln_arena_array(r->scratch, r->doc->tokens.count + 1,
                              sizeof *r->odds);
    if (!r->odds)
        return;
    uint32_t left = r->doc->tokens.count / JUDGE_TEXT_EVERY
                    + JUDGE_TEXT_CUES;
    dln_opinion *o = dln_quote__opinion(r->quote->opinion, r->doc,
                                        r->scratch);
    for (uint32_t i = 0, piece = 0; i < r->doc->sentences.count; i++) {
        const dln_sentence *s = &r->doc->sentences.at[i];
        if (o && i == piece) {
            dln_quote__hear(o, r->doc, i);
            piece = dln_quote__piece(r->doc, i);
        }
        if (s->token_end - s->token_begin <= JUDGE_MAX_TOKENS)
            judge_sentence(&j, o, r, s, &left);
    }
}
