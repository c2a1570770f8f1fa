/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clue: what speaks for a word being a cue, and for a part of a statement
 * beginning or ending somewhere: words, tags, the tree as seen from the cue,
 * roles, marks, and what the rules made of it. A clue is a key of the
 * weights.
 *
 * The parts' places after Pareti (2015, "PARC 3.0", features of cue and
 * content spans) and Newell, Cowlishaw and Man (2018, Citron).
 */
#include "quote/judge_p.h"

#define CLIMB_MAX 40
#define NO_WORD 0x5eedu

static const dln_token *tok(const dln_judged *j, uint32_t t)
{
    return &j->r->doc->tokens.at[t];
}

uint64_t dln_quote__word_key(dln_str s)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)dln_lower(s.data[i]))
               * 0x100000001b3u;
    return dln_mix(hash, s.len);
}

static void put(dln_quote_clues *c, uint64_t template, uint64_t a,
                uint64_t b)
{
    if (c->count < JUDGE_MAX_CLUES)
        c->at[c->count++] = dln_mix(dln_mix(dln_feature(template), a), b);
}

bool dln_quote__judged(dln_judged *j, const dln_reading *r)
{
    uint32_t count = r->doc->tokens.count + 1;
    *j = (dln_judged){.r = r};
    j->word = dln_arena_array(r->scratch, count, sizeof *j->word);
    j->lemma = dln_arena_array(r->scratch, count, sizeof *j->lemma);
    j->group = dln_arena_array(r->scratch, count, sizeof *j->group);
    j->place = dln_arena_array(r->scratch, count, sizeof *j->place);
    j->deep = dln_arena_alloc(r->scratch, count);
    j->label = dln_arena_alloc(r->scratch, count);
    if (!j->word || !j->lemma || !j->group || !j->place || !j->deep
        || !j->label)
        return false;
    memset(j->label, 0, count);
    for (uint32_t t = 0; t + 1 < count; t++) {
        j->word[t] = dln_quote__word_key(dln_token_str(r->doc, t));
        j->lemma[t] = dln_quote__word_key(tok(j, t)->lemma);
        j->group[t] = r->quote->groups.slots
                          ? dln_hashed_get(&r->quote->groups, j->lemma[t])
                          : DLN_NONE;
    }
    return true;
}

static const dln_sentence *sentence_of(const dln_judged *j, uint32_t t)
{
    return &j->r->doc->sentences.at[tok(j, t)->sentence];
}

/* Word, tag and relation of a token that may lie outside the sentence. */
static uint64_t word_at(const dln_judged *j, const dln_sentence *s,
                        uint32_t t)
{
    return t < s->token_begin || t >= s->token_end ? NO_WORD : j->word[t];
}

static uint64_t xpos_at(const dln_judged *j, const dln_sentence *s,
                        uint32_t t)
{
    return t < s->token_begin || t >= s->token_end ? 99 : tok(j, t)->xpos;
}

static uint64_t upos_at(const dln_judged *j, const dln_sentence *s,
                        uint32_t t)
{
    return t < s->token_begin || t >= s->token_end ? 99 : tok(j, t)->upos;
}

static uint64_t rel_at(const dln_judged *j, const dln_sentence *s,
                       uint32_t t)
{
    return t < s->token_begin || t >= s->token_end ? 99 : tok(j, t)->deprel;
}

static uint32_t bucket(uint32_t n)
{
    static const uint8_t steps[] = {0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22,
                                    30, 45};
    uint32_t i = 0;
    while (i + 1 < sizeof steps && n >= steps[i + 1])
        i++;
    return i;
}

bool dln_quote__cue_like(const dln_judged *j, uint32_t token)
{
    switch (tok(j, token)->upos) {
    case DLN_UPOS_VERB: case DLN_UPOS_NOUN: case DLN_UPOS_ADJ:
    case DLN_UPOS_ADP: case DLN_UPOS_ADV: case DLN_UPOS_SCONJ:
    case DLN_UPOS_PROPN: case DLN_UPOS_AUX:
        return true;
    default:
        return false;
    }
}

static uint64_t entity_at(const dln_judged *j, uint32_t t)
{
    uint32_t e = tok(j, t)->entity;
    return e == DLN_NONE ? DLN_ENT_COUNT : j->r->doc->entities.at[e].kind;
}

/* The rules' verdict on a token. */
static uint64_t verdict(const dln_judged *j, uint32_t t)
{
    uint32_t at = j->r->at_token[t];
    if (at == DLN_NONE)
        return 0;
    const dln_candidate *c = &j->r->candidates.at[at];
    uint64_t v = dln_mix(c->cue.kind + 1u, c->cue.strength);
    v = dln_mix(v, c->kept);
    v = dln_mix(v, c->content_count ? 1 : 0);
    return dln_mix(v, (uint64_t)c->quoted * 2
                          + (c->source_begin != DLN_NONE));
}

static void children_clues(const dln_judged *j, uint32_t t,
                           dln_quote_clues *out)
{
    uint64_t set = 0, n = 0;
    for (uint32_t k = tok(j, t)->child; k != DLN_NONE && n < 16;
         k = tok(j, k)->sibling, n++) {
        uint64_t d = tok(j, k)->deprel;
        uint64_t side = k > t;
        put(out, 200, d * 2 + side, 0);
        put(out, 201, d, j->lemma[k]);
        put(out, 202, d * 2 + side, j->lemma[t]);
        put(out, 203, d, tok(j, k)->xpos);
        if (d == DLN_REL_nsubj || d == DLN_REL_nsubj_pass
            || d == DLN_REL_obj)
            put(out, 204, d, entity_at(j, k));
        if (d == DLN_REL_ccomp || d == DLN_REL_xcomp || d == DLN_REL_acl
            || d == DLN_REL_advcl || d == DLN_REL_obl
            || d == DLN_REL_nmod) {
            uint32_t m = dln_child(j->r->doc, k, DLN_REL_mark);
            if (m == DLN_NONE)
                m = dln_child(j->r->doc, k, DLN_REL_case);
            uint64_t mark = m == DLN_NONE ? 0 : j->lemma[m];
            put(out, 205, d, mark);
            put(out, 206, mark, dln_mix(j->lemma[t], d));
        }
        if (d != DLN_REL_punct)
            set |= (uint64_t)1 << (d % 64);
    }
    put(out, 207, set, 0);
    put(out, 208, set, j->lemma[t]);
}

static uint64_t fine(const dln_judged *j, uint32_t t)
{
    return j->group[t] == DLN_NONE ? 0xffff : j->group[t] & 0xffff;
}

static uint64_t coarse(const dln_judged *j, uint32_t t)
{
    return j->group[t] == DLN_NONE ? 0xffff : j->group[t] >> 16;
}

/* The same with words of like meaning for the word itself. */
static void group_clues(const dln_judged *j, const dln_sentence *s,
                        uint32_t t, dln_quote_clues *out)
{
    const dln_token *token = tok(j, t);
    uint64_t f = dln_mix(fine(j, t), token->upos);
    uint64_t c = dln_mix(coarse(j, t), token->upos), n = 0;
    put(out, 300, f, 0);
    put(out, 301, c, 0);
    put(out, 302, f, token->deprel);
    put(out, 303, c, token->deprel);
    put(out, 304, f, word_at(j, s, t + 1));
    put(out, 305, c, word_at(j, s, t + 1));
    put(out, 306, f, word_at(j, s, t - 1));
    put(out, 307, f, verdict(j, t));
    put(out, 308, f, token->xpos);
    if (token->head != DLN_NONE) {
        put(out, 309, fine(j, token->head), token->deprel);
        put(out, 310, fine(j, token->head), f);
        put(out, 311, coarse(j, token->head), c);
    }
    for (uint32_t k = token->child; k != DLN_NONE && n < 12;
         k = tok(j, k)->sibling, n++) {
        uint64_t d = tok(j, k)->deprel;
        if (d == DLN_REL_punct || d == DLN_REL_det)
            continue;
        put(out, 320, d, f);
        put(out, 321, d, c);
        if (tok(j, k)->upos == DLN_UPOS_AUX
            || tok(j, k)->upos == DLN_UPOS_ADP)
            continue;
        put(out, 322, d, fine(j, k));
        put(out, 323, d, dln_mix(f, coarse(j, k)));
        uint32_t m = dln_child(j->r->doc, k, DLN_REL_mark);
        if (m == DLN_NONE)
            m = dln_child(j->r->doc, k, DLN_REL_case);
        if (m != DLN_NONE)
            put(out, 324, dln_mix(d, j->lemma[m]), f);
    }
}

static void suffix_clues(const dln_judged *j, uint32_t t,
                         dln_quote_clues *out)
{
    dln_str w = tok(j, t)->lemma;
    for (size_t n = 2; n <= 4; n++)
        if (w.len > n)
            put(out, 210 + n,
                dln_quote__word_key(dln_str_sub(w, w.len - n, w.len)),
                tok(j, t)->upos);
}

static void role_clues(const dln_judged *j, uint32_t t, dln_quote_clues *out)
{
    const dln_doc *doc = j->r->doc;
    uint32_t p = dln_predicate_at(doc, t);
    uint64_t set = 0;
    if (p != DLN_NONE)
        for (uint32_t i = 0; i < doc->predicates.at[p].argument_count; i++) {
            const dln_argument *a = &doc->predicates.at[p].arguments[i];
            set |= (uint64_t)1 << (a->label % 63);
            put(out, 220, a->label, tok(j, a->token)->deprel);
            put(out, 221, a->label, j->lemma[a->token]);
            put(out, 222, a->label, entity_at(j, a->token));
            put(out, 223, a->label,
                dln_mix(j->lemma[t], tok(j, a->token)->upos));
        }
    put(out, 224, set, p != DLN_NONE);
    put(out, 225, set, j->lemma[t]);
}

uint32_t dln_quote__told_by(const dln_reading *r, uint32_t token,
                            uint32_t begin, uint32_t end)
{
    uint32_t place = r->doc->tokens.at[token].span.start;
    for (uint32_t t = begin; t < end; t++) {
        uint32_t at = t == token ? DLN_NONE : r->at_token[t];
        if (at == DLN_NONE || !r->candidates.at[at].kept)
            continue;
        const dln_candidate *c = &r->candidates.at[at];
        for (uint32_t i = 0; i < c->content_count; i++)
            if (c->contents[i].start <= place && place < c->contents[i].end)
                return t;
    }
    return DLN_NONE;
}

/* Quotation marks and rules' cues near by. */
static void around_clues(const dln_judged *j, const dln_sentence *s,
                         uint32_t t, dln_quote_clues *out)
{
    const dln_reading *r = j->r;
    uint64_t here = r->inside[t] != DLN_NONE, quotes = 0, others = 0;
    uint32_t from = t > s->token_begin + 40 ? t - 40 : s->token_begin;
    uint32_t to = t + 40 < s->token_end ? t + 40 : s->token_end;
    for (uint32_t k = from; k < to; k++) {
        if (r->inside[k] != r->inside[t])
            quotes |= k < t ? 1 : 2;
        uint32_t at = k == t ? DLN_NONE : r->at_token[k];
        if (at != DLN_NONE && r->candidates.at[at].kept)
            others |= k < t ? 1 : 2;
    }
    put(out, 230, quotes, here);
    put(out, 231, quotes * 2 + here, j->lemma[t]);
    put(out, 232, others, verdict(j, t));
    put(out, 233, others, dln_mix(tok(j, t)->deprel, tok(j, t)->upos));
    put(out, 234, bucket(t - s->token_begin), tok(j, t)->upos);
    put(out, 235, bucket(s->token_end - t), tok(j, t)->upos);
    put(out, 236, s->paragraph < 2, tok(j, t)->upos);
    put(out, 237, bucket(s->token_end - s->token_begin), quotes);
    /* Is it told in what the rules took for somebody's words? */
    uint32_t cue = dln_quote__told_by(r, t, from, to);
    uint64_t told = cue == DLN_NONE ? 0 : 1 + (cue < t);
    put(out, 238, told, verdict(j, t));
    put(out, 239, told, j->lemma[t]);
}

void dln_quote__cue_clues(const dln_judged *j, uint32_t t,
                          dln_quote_clues *out)
{
    const dln_sentence *s = sentence_of(j, t);
    const dln_token *token = tok(j, t);
    uint32_t head = token->head;
    uint64_t l = j->lemma[t], x = token->xpos, d = token->deprel;
    uint64_t hl = head == DLN_NONE ? NO_WORD : j->lemma[head];
    uint64_t hx = head == DLN_NONE ? 99 : tok(j, head)->xpos;
    uint64_t before = word_at(j, s, t - 1), after = word_at(j, s, t + 1);
    uint64_t after2 = word_at(j, s, t + 2), before2 = word_at(j, s, t - 2);
    uint64_t v = verdict(j, t);
    out->count = 0;
    put(out, 100, 0, 0);
    put(out, 101, l, token->upos);
    put(out, 102, j->word[t], 0);
    put(out, 103, x, d);
    put(out, 104, l, d);
    put(out, 105, hl, d);
    put(out, 106, hl, l);
    put(out, 107, hx, dln_mix(d, x));
    put(out, 108, before, l);
    put(out, 109, after, l);
    put(out, 110, after, after2);
    put(out, 111, after, x);
    put(out, 112, before, x);
    put(out, 113, dln_mix(after, after2), l);
    put(out, 114, before2, before);
    put(out, 115, xpos_at(j, s, t + 1), dln_mix(x, xpos_at(j, s, t - 1)));
    put(out, 116, xpos_at(j, s, t + 1), l);
    put(out, 117, xpos_at(j, s, t - 1), l);
    put(out, 118, v, 0);
    put(out, 119, v, l);
    put(out, 120, v, x);
    put(out, 121, v, d);
    put(out, 122, xpos_at(j, s, t + 1),
        dln_mix(xpos_at(j, s, t + 2), x));
    put(out, 123, xpos_at(j, s, t - 1),
        dln_mix(xpos_at(j, s, t - 2), x));
    put(out, 124, before, after);
    uint32_t at = j->r->at_token[t];
    if (at != DLN_NONE) {
        const dln_candidate *c = &j->r->candidates.at[at];
        uint64_t rule = dln_hash(c->rule, strlen(c->rule), 0);
        put(out, 125, rule, c->kept);
        put(out, 126, rule, l);
        put(out, 127, c->cue.act, c->kept);
        put(out, 128, c->cue.negated, c->kept);
        if (c->source_head != DLN_NONE) {
            put(out, 129, j->lemma[c->source_head], 0);
            put(out, 130, entity_at(j, c->source_head),
                tok(j, c->source_head)->xpos);
        }
    }
    group_clues(j, s, t, out);
    children_clues(j, t, out);
    suffix_clues(j, t, out);
    role_clues(j, t, out);
    around_clues(j, s, t, out);
}

/* Gives every token below `top` but not below `but` its place. */
static void place_below(dln_judged *j, const dln_sentence *s, uint32_t top,
                        uint32_t but, uint32_t up)
{
    for (uint32_t c = tok(j, top)->child; c != DLN_NONE;
         c = tok(j, c)->sibling) {
        if (c == but || c < s->token_begin || c >= s->token_end)
            continue;
        uint32_t at = c, depth = 0;
        uint32_t place = ((up * 2 + (c > j->cue)) << 8)
                         | tok(j, c)->deprel;
        for (;;) {
            j->place[at] = place;
            j->deep[at] = (uint8_t)(depth > 3 ? 3 : depth);
            if (tok(j, at)->child != DLN_NONE) {
                at = tok(j, at)->child;
                depth++;
                continue;
            }
            while (at != c && tok(j, at)->sibling == DLN_NONE) {
                at = tok(j, at)->head;
                depth--;
            }
            if (at == c)
                break;
            at = tok(j, at)->sibling;
        }
    }
}

static dln_quote_words in_sentence(const dln_judged *j, dln_span span,
                                   const dln_sentence *s)
{
    const dln_quote_words none = {DLN_NONE, DLN_NONE};
    if (!dln_span_has(span) || span.start >= s->span.end
        || span.end <= s->span.start)
        return none;
    uint32_t begin = s->token_begin, end = s->token_end;
    while (begin < end && (tok(j, begin)->span.end <= span.start
                           || tok(j, begin)->upos == DLN_UPOS_PUNCT))
        begin++;
    while (end > begin && (tok(j, end - 1)->span.start >= span.end
                           || tok(j, end - 1)->upos == DLN_UPOS_PUNCT))
        end--;
    return begin < end ? (dln_quote_words){begin, end} : none;
}

void dln_quote__turn(dln_judged *j, uint32_t cue)
{
    const dln_doc *doc = j->r->doc;
    const dln_sentence *s = sentence_of(j, cue);
    const dln_quote_words none = {DLN_NONE, DLN_NONE};
    uint32_t at = j->r->at_token[cue], up = 0;
    j->cue = cue;
    j->begin = cue - s->token_begin > JUDGE_REACH ? cue - JUDGE_REACH
                                                  : s->token_begin;
    j->end = s->token_end - cue > JUDGE_REACH ? cue + JUDGE_REACH
                                              : s->token_end;
    for (uint32_t t = s->token_begin; t < s->token_end; t++) {
        j->place[t] = 0xffffu;
        j->deep[t] = j->label[t] = 0;
    }
    for (uint32_t a = cue, but = DLN_NONE; a != DLN_NONE;
         but = a, a = tok(j, a)->head, up++) {
        uint32_t step = up > 3 ? 3 : up;
        j->place[a] = 0x10000u | (step << 8)
                      | (but == DLN_NONE ? 0 : tok(j, but)->deprel);
        place_below(j, s, a, but, step);
        if (up > CLIMB_MAX)
            break;
    }
    uint32_t p = dln_predicate_at(doc, cue);
    if (p != DLN_NONE)
        for (uint32_t i = 0; i < doc->predicates.at[p].argument_count; i++) {
            const dln_argument *a = &doc->predicates.at[p].arguments[i];
            j->label[a->token] = (uint8_t)(a->label + 1);
        }
    for (int i = 0; i < 3; i++)
        j->by_rule[i] = j->part[i] = none;
    j->rule = at == DLN_NONE ? NULL : &j->r->candidates.at[at];
    j->by_rule[PART_CUE] = (dln_quote_words){cue, cue + 1};
    if (!j->rule)
        return;
    j->by_rule[PART_CUE] = (dln_quote_words){j->rule->cue.begin,
                                             j->rule->cue.end};
    if (j->rule->source_begin != DLN_NONE)
        j->by_rule[PART_SOURCE] = in_sentence(
            j, dln_tokens_span(doc, j->rule->source_begin,
                               j->rule->source_end), s);
    for (uint32_t i = 0; i < j->rule->content_count; i++) {
        dln_quote_words w = in_sentence(j, j->rule->contents[i], s);
        dln_quote_words *all = &j->by_rule[PART_CONTENT];
        if (w.begin == DLN_NONE)
            continue;
        if (all->begin == DLN_NONE || w.begin < all->begin)
            all->begin = w.begin;
        if (all->end == DLN_NONE || w.end > all->end)
            all->end = w.end;
    }
}

/* Where `t` lies seen from some words. */
static uint64_t against(dln_quote_words w, uint32_t t)
{
    if (w.begin == DLN_NONE)
        return 0;
    return t < w.begin ? 1 : t == w.begin ? 2 : t < w.end ? 3
                           : t == w.end ? 4 : 5;
}

/* Distance and side from the cue. */
static uint64_t distance(const dln_judged *j, uint32_t t)
{
    return t <= j->cue ? bucket(j->cue - t) : 32 + bucket(t - j->cue);
}

/* Commas, verbs and other marks between the cue and `t`. */
static void between_clues(const dln_judged *j, uint64_t base, uint32_t t,
                          dln_quote_clues *out)
{
    uint32_t from = t < j->cue ? t : j->cue + 1;
    uint32_t to = t < j->cue ? j->cue : t;
    uint64_t commas = 0, verbs = 0, marks = 0, words = 0;
    for (uint32_t k = from; k < to; k++) {
        commas += tok(j, k)->xpos == DLN_XPOS_COMMA;
        verbs += tok(j, k)->upos == DLN_UPOS_VERB;
        marks |= tok(j, k)->xpos == DLN_XPOS_COLON ? 1 : 0;
        marks |= tok(j, k)->upos == DLN_UPOS_CCONJ ? 2 : 0;
        marks |= j->r->inside[k] != j->r->inside[j->cue] ? 4 : 0;
        if (to - from <= 3)
            words = dln_mix(words, j->word[k]);
    }
    commas = commas > 3 ? 3 : commas;
    verbs = verbs > 3 ? 3 : verbs;
    uint64_t side = t > j->cue;
    put(out, base, commas * 2 + side, verbs);
    put(out, base + 1, commas * 2 + side, marks);
    put(out, base + 2, dln_mix(verbs * 2 + side, commas),
        j->lemma[j->cue]);
    if (to - from <= 3) {
        put(out, base + 3, words, side);
        put(out, base + 4, words, j->lemma[j->cue]);
    }
}

/* Where `t` stands to the parts decided and to the rules'. */
static void part_clues(const dln_judged *j, uint64_t base,
                       dln_quote_part part, uint32_t t, uint64_t near,
                       dln_quote_clues *out)
{
    uint64_t rule = j->rule ? dln_hash(j->rule->rule,
                                       strlen(j->rule->rule), 0) : 0;
    uint64_t cue = against(j->part[PART_CUE].begin == DLN_NONE
                               ? j->by_rule[PART_CUE] : j->part[PART_CUE],
                           t);
    uint64_t source = against(j->part[PART_SOURCE].begin == DLN_NONE
                                  ? j->by_rule[PART_SOURCE]
                                  : j->part[PART_SOURCE], t);
    uint64_t mine = against(j->by_rule[part], t);
    uint64_t content = against(j->by_rule[PART_CONTENT], t);
    uint64_t kept = j->rule && j->rule->kept;
    put(out, base, mine, rule);
    put(out, base + 1, mine, j->lemma[j->cue]);
    put(out, base + 2, mine, near);
    put(out, base + 3, mine, kept);
    put(out, base + 4, cue, source);
    put(out, base + 5, dln_mix(cue, source), content);
    put(out, base + 6, dln_mix(cue, source), near);
    put(out, base + 7, dln_mix(mine, cue), tok(j, j->cue)->xpos);
}

uint32_t dln_quote__highest(const dln_reading *r, uint32_t t, bool ends)
{
    for (int i = 0; i < CLIMB_MAX; i++) {
        uint32_t h = r->doc->tokens.at[t].head;
        if (h == DLN_NONE
            || (ends ? r->high[h] != r->high[t] : r->low[h] != r->low[t]))
            break;
        t = h;
    }
    return t;
}

/* Clues of a boundary whose word on the inner side is `in`, on the outer
 * side `out`; two more on each side. */
static void edge_clues(const dln_judged *j, uint64_t base, uint32_t in,
                       uint32_t outer, int step, uint32_t top,
                       dln_quote_clues *out)
{
    const dln_sentence *s = sentence_of(j, j->cue);
    uint32_t in2 = in + (uint32_t)step, outer2 = outer - (uint32_t)step;
    bool there = outer >= s->token_begin && outer < s->token_end;
    uint64_t w = j->word[in], wo = word_at(j, s, outer);
    uint64_t x = tok(j, in)->xpos, xo = xpos_at(j, s, outer);
    uint64_t p = j->place[in], po = there ? j->place[outer] : 0xfffe;
    uint64_t l = j->lemma[j->cue], cx = tok(j, j->cue)->xpos;
    uint64_t tp = dln_mix(j->place[top], j->deep[top]);
    uint64_t d = distance(j, in), quotes;
    uint64_t label = j->label[top];
    quotes = (uint64_t)(j->r->inside[in] != j->r->inside[j->cue]) * 2
             + (there && j->r->inside[outer] != j->r->inside[in]);
    put(out, base, w, x);
    put(out, base + 1, wo, xo);
    put(out, base + 2, x, xo);
    put(out, base + 3, w, wo);
    put(out, base + 4, p, j->deep[in]);
    put(out, base + 5, p, po);
    put(out, base + 6, tp, tok(j, top)->deprel);
    put(out, base + 7, label, x);
    put(out, base + 8, l, p);
    put(out, base + 9, l, wo);
    put(out, base + 10, l, w);
    put(out, base + 11, d, 0);
    put(out, base + 12, d, l);
    put(out, base + 13, d, wo);
    put(out, base + 14, cx, tp);
    put(out, base + 15, dln_mix(cx, tok(j, j->cue)->deprel), tp);
    put(out, base + 16, upos_at(j, s, outer2),
        dln_mix(upos_at(j, s, outer), tok(j, in)->upos));
    put(out, base + 17, upos_at(j, s, in2),
        dln_mix(upos_at(j, s, outer), tok(j, in)->upos));
    put(out, base + 18, quotes, d);
    put(out, base + 19, quotes, dln_mix(x, xo));
    put(out, base + 20, there, in > j->cue);
    put(out, base + 21, there, tp);
    put(out, base + 22, tok(j, in)->deprel, rel_at(j, s, outer));
    put(out, base + 23, word_at(j, s, in2), w);
    put(out, base + 24, word_at(j, s, outer2), wo);
    put(out, base + 25, p, wo);
    put(out, base + 26, po, w);
    put(out, base + 27, tp, wo);
    put(out, base + 28, dln_mix(tp, po), xo);
    put(out, base + 29, label, l);
    put(out, base + 30, entity_at(j, in),
        there && tok(j, outer)->entity == tok(j, in)->entity);
    put(out, base + 31, dln_mix(l, tp), wo);
    put(out, base + 32, dln_mix(tp, d), xo);
    put(out, base + 33, dln_mix(po, xo), wo);
    put(out, base + 34, fine(j, j->cue), tp);
    put(out, base + 35, fine(j, j->cue), wo);
    put(out, base + 36, fine(j, j->cue), d);
    put(out, base + 37, fine(j, in), tp);
    put(out, base + 38, coarse(j, j->cue), dln_mix(tp, wo));
}

void dln_quote__begin_clues(const dln_judged *j, dln_quote_part part,
                            uint32_t begin, dln_quote_clues *out)
{
    uint64_t base = 1000 + 1000u * part;
    out->count = 0;
    uint32_t top = dln_quote__highest(j->r, begin, false);
    edge_clues(j, base, begin, begin - 1, 1, top, out);
    between_clues(j, base + 40, begin, out);
    part_clues(j, base + 50, part, begin,
               dln_mix(tok(j, begin)->xpos,
                       xpos_at(j, sentence_of(j, j->cue), begin - 1)), out);
}

void dln_quote__end_clues(const dln_judged *j, dln_quote_part part,
                          uint32_t end, dln_quote_clues *out)
{
    uint64_t base = 1100 + 1000u * part;
    out->count = 0;
    uint32_t top = dln_quote__highest(j->r, end - 1, true);
    edge_clues(j, base, end - 1, end, -1, top, out);
    between_clues(j, base + 40, end, out);
    part_clues(j, base + 50, part, end,
               dln_mix(tok(j, end - 1)->xpos,
                       xpos_at(j, sentence_of(j, j->cue), end)), out);
}

static uint64_t how_they_lie(dln_quote_words a, dln_quote_words b)
{
    if (a.begin == DLN_NONE || b.begin == DLN_NONE)
        return 0 + (uint64_t)(a.begin == b.begin);
    if (a.begin == b.begin && a.end == b.end)
        return 2;
    if (a.end <= b.begin)
        return a.end == b.begin ? 3 : 4;
    if (b.end <= a.begin)
        return b.end == a.begin ? 5 : 6;
    if (a.begin >= b.begin && a.end <= b.end)
        return a.begin == b.begin ? 7 : a.end == b.end ? 8 : 9;
    if (b.begin >= a.begin && b.end <= a.end)
        return a.begin == b.begin ? 10 : a.end == b.end ? 11 : 12;
    return a.begin < b.begin ? 13 : 14;
}

/* How the words lie to the quotation marks: each end outside, at the mark,
 * or amid the quoted words, of one stretch or of two. */
static uint64_t to_marks(const dln_judged *j, dln_quote_words w)
{
    const dln_reading *r = j->r;
    uint32_t here = r->inside[j->cue];
    uint32_t first = r->inside[w.begin], last = r->inside[w.end - 1];
    uint32_t t = w.end;
    while (t < r->doc->tokens.count && t < w.end + 3
           && r->inside[t] == last && tok(j, t)->upos == DLN_UPOS_PUNCT)
        t++;
    uint64_t begin = first == here || first == DLN_NONE ? 0
                     : tok(j, w.begin)->span.start
                               <= r->stretches.at[first].inner.start ? 1 : 2;
    uint64_t end = last == here || last == DLN_NONE ? 0
                   : t < r->doc->tokens.count && r->inside[t] == last ? 2
                                                                      : 1;
    return (begin * 3 + end) * 2 + (first == last);
}

static void nothing_clues(const dln_judged *j, uint64_t base,
                          dln_quote_part part, dln_quote_clues *out)
{
    const dln_token *cue = tok(j, j->cue);
    uint64_t l = j->lemma[j->cue], set = 0;
    for (uint32_t k = cue->child; k != DLN_NONE; k = tok(j, k)->sibling)
        if (tok(j, k)->deprel != DLN_REL_punct)
            set |= (uint64_t)1 << (tok(j, k)->deprel % 64);
    uint64_t has = j->by_rule[part].begin != DLN_NONE;
    put(out, base + 60, 0, 0);
    put(out, base + 61, l, 0);
    put(out, base + 62, cue->xpos, cue->deprel);
    put(out, base + 63, set, 0);
    put(out, base + 64, set, cue->xpos);
    put(out, base + 65, has, j->rule != NULL);
    put(out, base + 66, has, cue->xpos);
    put(out, base + 67, has, l);
    put(out, base + 68, cue->xpos, l);
    put(out, base + 69, fine(j, j->cue), cue->xpos);
    put(out, base + 70, fine(j, j->cue), set);
}

/* What is left out beyond an end of the words: how it hangs, and whether on
 * one of them. */
static void beyond_clues(const dln_judged *j, uint64_t base,
                         dln_quote_words w, bool behind, uint64_t tp,
                         dln_quote_clues *out)
{
    const dln_sentence *s = sentence_of(j, j->cue);
    uint32_t t = behind ? w.end : w.begin - 1;
    uint64_t mark = 0;
    if (behind ? t < s->token_end : t >= s->token_begin
                                        && t < s->token_end)
        mark = tok(j, t)->upos == DLN_UPOS_PUNCT ? j->word[t] : 0;
    if (mark)
        t = behind ? t + 1 : t - 1;
    if (t < s->token_begin || t >= s->token_end) {
        put(out, base, mark, tp);
        return;
    }
    uint32_t top = dln_quote__highest(j->r, t, !behind), h = tok(j, top)->head;
    uint64_t on = h == DLN_NONE ? 2 : h >= w.begin && h < w.end;
    uint64_t how = dln_mix(dln_mix(tok(j, top)->deprel, on), mark);
    put(out, base + 1, how, behind);
    put(out, base + 2, how, tp);
    put(out, base + 3, how, j->lemma[j->cue]);
    put(out, base + 4, how, j->lemma[t]);
    put(out, base + 5, how, tok(j, top)->xpos);
    put(out, base + 6, how, top == j->cue ? 1 : h == j->cue ? 2 : 0);
    if (on == 1)
        put(out, base + 7, how, tok(j, h)->deprel);
}

void dln_quote__words_clues(const dln_judged *j, dln_quote_part part,
                            dln_quote_words w, dln_quote_clues *out)
{
    const dln_sentence *s = sentence_of(j, j->cue);
    const dln_reading *r = j->r;
    uint64_t base = 1200 + 1000u * part, l = j->lemma[j->cue];
    uint32_t roots = 0, root = w.begin, commas = 0, verbs = 0, quoted = 0;
    out->count = 0;
    if (w.begin == DLN_NONE) {
        nothing_clues(j, base, part, out);
        return;
    }
    uint64_t balance = 0;
    for (uint32_t t = w.begin; t < w.end; t++) {
        uint32_t h = tok(j, t)->head;
        if ((h == DLN_NONE || h < w.begin || h >= w.end)
            && tok(j, t)->deprel != DLN_REL_punct) {
            if (!roots)
                root = t;
            roots++;
        }
        commas += tok(j, t)->xpos == DLN_XPOS_COMMA;
        verbs += tok(j, t)->upos == DLN_UPOS_VERB;
        quoted += r->inside[t] != r->inside[j->cue];
        if (tok(j, t)->xpos == DLN_XPOS_OPEN
            || tok(j, t)->xpos == DLN_XPOS_CLOSE)
            balance ^= 1;
    }
    uint64_t tp = dln_mix(j->place[root], j->deep[root]);
    uint64_t cover = w.begin <= j->cue && j->cue < w.end;
    uint64_t many = roots > 3 ? 3 : roots;
    uint64_t whole = (uint64_t)(r->low[root] == w.begin) * 2
                     + (r->high[root] == w.end);
    uint64_t size = bucket(w.end - w.begin);
    uint64_t with_rule = how_they_lie(w, j->by_rule[part]);
    uint64_t ends = (uint64_t)(w.begin == s->token_begin) * 2
                    + (w.end + 1 >= s->token_end);
    uint64_t all = !quoted ? 0 : quoted == w.end - w.begin ? 1 : 2;
    uint64_t rule = j->rule ? dln_hash(j->rule->rule,
                                       strlen(j->rule->rule), 0) : 0;
    dln_quote_words source = j->part[PART_SOURCE];
    uint64_t mark = dln_child(r->doc, root, DLN_REL_mark);
    mark = mark == DLN_NONE ? 0 : j->lemma[mark];
    commas = commas > 3 ? 3 : commas;
    verbs = verbs > 3 ? 3 : verbs;
    put(out, base, tp, many);
    put(out, base + 1, tp, whole);
    put(out, base + 2, l, dln_mix(tp, whole));
    put(out, base + 3, many, whole);
    put(out, base + 4, cover, ends);
    put(out, base + 5, cover, l);
    put(out, base + 6, dln_mix(cover, ends), tok(j, j->cue)->deprel);
    put(out, base + 7, size, many);
    put(out, base + 8, size, l);
    put(out, base + 9, j->place[w.begin], j->place[w.end - 1]);
    put(out, base + 10, tok(j, w.begin)->xpos, tok(j, w.end - 1)->xpos);
    put(out, base + 11, word_at(j, s, w.begin - 1), word_at(j, s, w.end));
    put(out, base + 12, j->word[w.begin], word_at(j, s, w.end));
    put(out, base + 13, with_rule, rule);
    put(out, base + 14, with_rule, j->rule && j->rule->kept);
    put(out, base + 15, with_rule, l);
    put(out, base + 16, dln_mix(with_rule, rule), size);
    put(out, base + 17, how_they_lie(w, source), part);
    put(out, base + 18, how_they_lie(w, source), cover);
    put(out, base + 19, how_they_lie(w, j->part[PART_CUE]), cover);
    put(out, base + 20, all, balance);
    put(out, base + 21, dln_mix(all, balance), ends);
    put(out, base + 22, j->label[root], many);
    put(out, base + 23, j->label[root], dln_mix(whole, l));
    put(out, base + 24, mark, tp);
    put(out, base + 25, mark, l);
    put(out, base + 26, tok(j, root)->xpos, tp);
    put(out, base + 27, tok(j, root)->xpos, l);
    put(out, base + 28, commas, dln_mix(verbs, many));
    put(out, base + 29, commas, size);
    put(out, base + 30, verbs, tp);
    put(out, base + 31, entity_at(j, root), tok(j, root)->xpos);
    put(out, base + 32, dln_mix(many, whole), word_at(j, s, w.end));
    put(out, base + 33, dln_mix(many, whole),
        word_at(j, s, w.begin - 1));
    put(out, base + 34, how_they_lie(w, j->by_rule[PART_CONTENT]),
        how_they_lie(w, j->by_rule[PART_SOURCE]));
    put(out, base + 46, fine(j, j->cue), dln_mix(tp, whole));
    put(out, base + 47, fine(j, j->cue), dln_mix(mark, tp));
    put(out, base + 48, fine(j, j->cue), dln_mix(cover, ends));
    put(out, base + 49, fine(j, root), tp);
    put(out, base + 50, coarse(j, root), coarse(j, j->cue));
    uint64_t marks = to_marks(j, w);
    put(out, base + 40, marks, 0);
    put(out, base + 41, marks, cover);
    put(out, base + 42, marks, l);
    put(out, base + 43, marks, with_rule);
    put(out, base + 44, tp, size);
    put(out, base + 45, dln_mix(tp, many), dln_mix(whole, commas));
    beyond_clues(j, base + 70, w, true, tp, out);
    beyond_clues(j, base + 80, w, false, tp, out);
    if (part != PART_CONTENT) {
        uint64_t text = 0;
        for (uint32_t t = w.begin; t < w.end && t < w.begin + 5; t++)
            text = dln_mix(text, j->word[t]);
        put(out, base + 35, text, 0);
        put(out, base + 36, text, l);
        put(out, base + 37, j->lemma[root], tp);
    }
}
