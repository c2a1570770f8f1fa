/* SPDX-License-Identifier: Apache-2.0 */
/*
 * boundary: the gaps between a paragraph's tokens → what is seen there →
 * whether a sentence ends.
 *
 * Each gap is decided by itself from left to right, by a linear model over
 * hashed features (Weinberger et al. 2009): the words, groups and looks of
 * the tokens on both sides, the last terminal mark behind closing quotes
 * and brackets, the first word behind opening ones, the sentence so far,
 * and the paragraph as a whole. Only a few tokens around the gap are held,
 * so any paragraph takes the same memory.
 */
#include "analyse/boundary_p.h"
#include "base/utf8.h"

#define MIN_BITS 8
#define MAX_BITS 24
#define CUE_BYTES 32        /* of a word that are looked at */
#define FAR 255             /* no distance is told beyond */

dln_status dln_analyse__boundary_of(dln_boundary *out, dln_str section,
                                    dln_error *error)
{
    size_t used;
    *out = (dln_boundary){.bits = 0};
    DLN_TRY(dln_hashed_open(&out->words, section, &used, error));
    dln_str rest = dln_str_sub(section, used, section.len);
    uint32_t bits = rest.len >= 8 ? dln_get_u32(rest.data) : 0;
    if (bits < MIN_BITS || bits > MAX_BITS
        || rest.len - 8 != (size_t)2 << bits)
        return dln_fail(error, DLN_BADDATA,
                        "the model's section segment does not fit");
    out->bits = bits;
    out->weights = (const unsigned char *)rest.data + 8;
    return DLN_OK;
}

dln_status dln_analyse__boundary(dln_boundary *out,
                                 const dln_weights *weights,
                                 dln_error *error)
{
    dln_str section;
    DLN_TRY(dln_weights_section(weights, "segment", &section, error));
    return dln_analyse__boundary_of(out, section, error);
}

static dln_str piece_str(const dln_gaps *g, uint32_t i)
{
    return dln_str_at(g->text, g->p->at[i].span);
}

/* Lower case, digits as 0, the first bytes only. */
static uint32_t fold(dln_str s, char out[CUE_BYTES])
{
    uint32_t n = 0;
    for (; n < s.len && n < CUE_BYTES; n++)
        out[n] = dln_is_digit(s.data[n]) ? '0' : dln_lower(s.data[n]);
    return n;
}

uint64_t dln_analyse__gap_key(dln_str form)
{
    char low[CUE_BYTES];
    return dln_hash(low, fold(form, low), 11);
}

/* Looks of words: letters and digits counted over their first bytes. */
static dln_look word_look(dln_str s)
{
    uint32_t upper = 0, lower = 0, digit = 0, n = 0;
    bool first = false;
    for (size_t i = 0, len; i < s.len && n < CUE_BYTES; i += len, n++) {
        int32_t c = dln_utf8_at(s, i, &len);
        bool up = dln_utf8_is_upper(c);
        first = first || (i == 0 && up);
        upper += up;
        lower += !up && dln_utf8_is_letter(c);
        digit += dln_utf8_is_digit(c);
        if (c == '@' || (c == ':' && dln_str_starts(
                             dln_str_sub(s, i, s.len), DLN_STR("://")))
            || (i == 0 && dln_str_starts(s, DLN_STR("www."))))
            return DLN_LOOK_ADDRESS;
    }
    if (digit)
        return upper + lower ? DLN_LOOK_CODE : DLN_LOOK_NUMBER;
    if (!upper && !lower)
        return DLN_LOOK_OTHER;
    if (s.data[s.len - 1] == '.')
        return s.len == 2 ? DLN_LOOK_INITIAL
               : first ? DLN_LOOK_SHORTENED : DLN_LOOK_SHORT_LOWER;
    if (s.data[0] == '\'' || (lower && !dln_is_alpha(s.data[0])
                              && !(s.data[0] & 0x80)))
        return DLN_LOOK_CLITIC;
    if (!upper)
        return DLN_LOOK_LOWER;
    if (!lower)
        return upper == 1 ? DLN_LOOK_LETTER : DLN_LOOK_UPPER;
    return first && upper == 1 ? DLN_LOOK_CAPITAL : DLN_LOOK_MIXED;
}

static dln_look sign_look(dln_str s, int32_t c, size_t len)
{
    char last = s.data[s.len - 1];
    bool more = s.len > len;
    switch (c) {
    case '.': return more ? last == '?' ? DLN_LOOK_ASK : DLN_LOOK_DOTS
                          : DLN_LOOK_STOP;
    case '?': return DLN_LOOK_ASK;
    case '!': return DLN_LOOK_CRY;
    case 0x2026: return DLN_LOOK_DOTS;
    case ',': return DLN_LOOK_COMMA;
    case ':': return more ? DLN_LOOK_SMILEY : DLN_LOOK_COLON;
    case ';': return more ? DLN_LOOK_SMILEY : DLN_LOOK_SEMICOLON;
    case 0x2013: case 0x2014: return DLN_LOOK_DASH;
    case '(': case '[': case '{':
        return more ? DLN_LOOK_RULE : DLN_LOOK_OPEN;
    case ')': case ']': case '}':
        return more ? DLN_LOOK_RULE : DLN_LOOK_CLOSE;
    case '"': return DLN_LOOK_QUOTE;
    case '\'': return DLN_LOOK_QUOTE;
    case '`': case 0x201C: case 0x2018: case 0xAB: case 0x201E:
        return DLN_LOOK_QUOTE_OPEN;
    case 0x201D: case 0x2019: case 0xBB: return DLN_LOOK_QUOTE_CLOSE;
    case '-': case '*': case '=': case '_': case '#': case '~': case '+':
    case '>': case '<': case '|':
        if (s.len >= 4)
            return DLN_LOOK_RULE;
        return c == '-' ? DLN_LOOK_DASH : DLN_LOOK_BULLET;
    case 0x2022: case 0xB7: case 0x25CF: return DLN_LOOK_BULLET;
    default: return DLN_LOOK_OTHER;
    }
}

static dln_look look_of(dln_str s)
{
    size_t len;
    int32_t c = s.len ? dln_utf8_at(s, 0, &len) : -1;
    if (c < 0)
        return DLN_LOOK_NONE;
    bool word = dln_utf8_is_letter(c) || dln_utf8_is_digit(c);
    if (word || (s.len > len && (c == '\'' || c == 0x2019)
                 && (s.data[s.len - 1] & 0x80 || dln_is_alpha(s.data[s.len - 1])
                     || dln_is_digit(s.data[s.len - 1]))))
        return word_look(s);
    dln_look look = sign_look(s, c, len);
    return look == DLN_LOOK_OTHER ? word_look(s) : look;
}

/* The kinds of the list of abbreviations, numbered. */
enum { KIND_TITLE = 1, KIND_NUMBER, KIND_NAME, KIND_END };

static uint8_t kind_of(const dln_words *words, dln_str s)
{
    const dln_row *row = dln_analyse__row(words->abbreviations, s);
    dln_str kind = row ? dln_row_field(row, 1) : DLN_STR("");
    return dln_str_is(kind, "title") ? KIND_TITLE
           : dln_str_is(kind, "number") ? KIND_NUMBER
           : dln_str_is(kind, "name") ? KIND_NAME
           : dln_str_is(kind, "end") ? KIND_END : 0;
}

static void make_cue(const dln_gaps *g, uint32_t i, dln_cue *cue)
{
    char low[CUE_BYTES];
    dln_str s = piece_str(g, i);
    uint32_t n = fold(s, low);
    uint64_t key = dln_hash(low, n, 11);
    *cue = (dln_cue){.word = (uint32_t)(key >> 32), .look = (uint8_t)look_of(s),
                     .space = g->p->at[i].space_after};
    cue->tail = (uint32_t)dln_hash(low + (n > 3 ? n - 3 : 0),
                                   n > 3 ? 3 : n, 13);
    if (cue->look <= DLN_LOOK_CODE || cue->look >= DLN_LOOK_INITIAL) {
        uint32_t value = dln_hashed_get(&g->model->words, key);
        if (value != DLN_NONE) {
            cue->group = (uint8_t)value;
            cue->use = (value >> 8) & 3;
        }
    }
    if (cue->look >= DLN_LOOK_INITIAL && cue->look <= DLN_LOOK_SHORT_LOWER)
        cue->kind = kind_of(g->words, s);
}

static const dln_cue nothing;

/* The cue of piece `i`, which lies near the gap; out of the paragraph, or
 * beyond what is held, none. */
static const dln_cue *cue_at(dln_gaps *g, int64_t i)
{
    if (i < 0 || i >= g->p->count || i + DLN_GAP_RING < g->known)
        return &nothing;
    while (g->known <= i) {
        make_cue(g, g->known, &g->ring[g->known % DLN_GAP_RING]);
        g->known++;
    }
    return &g->ring[i % DLN_GAP_RING];
}

static bool is_terminal(unsigned look)
{
    return look >= DLN_LOOK_STOP && look <= DLN_LOOK_DOTS;
}

static bool is_closing(unsigned look)
{
    return look == DLN_LOOK_CLOSE || look == DLN_LOOK_QUOTE
           || look == DLN_LOOK_QUOTE_CLOSE;
}

static bool is_opening(unsigned look)
{
    return look == DLN_LOOK_OPEN || look == DLN_LOOK_QUOTE
           || look == DLN_LOOK_QUOTE_OPEN || look == DLN_LOOK_QUOTE_CLOSE;
}

/* A terminal mark, told by its first and last byte. */
static bool ends_like_stop(dln_str s)
{
    if (!s.len)
        return false;
    char last = s.data[s.len - 1];
    return last == '!' || last == '?'
           || (s.data[0] == '.' && last == '.')
           || dln_str_is(s, "\xE2\x80\xA6");
}

/* One pass over the paragraph for what is told of it as a whole. */
static void survey(dln_gaps *g)
{
    bool stop = false;
    for (uint32_t i = 0; i < g->p->count; i++) {
        dln_str s = piece_str(g, i);
        if (!s.len)
            continue;
        g->plain += stop && dln_is_lower(s.data[0]);
        g->small_i += s.len == 1 && s.data[0] == 'i';
        g->addresses += s.len > 4 && memchr(s.data, '@', s.len < 64
                                                ? s.len : 64) != NULL;
        stop = ends_like_stop(s);
        g->stops += stop;
        if (stop)
            g->closed = i + 3 >= g->p->count;
        stop = stop && g->p->at[i].space_after;
    }
}

void dln_analyse__gaps(dln_gaps *g, const dln_words *words,
                       const dln_boundary *model, dln_str text,
                       const dln_pieces *pieces)
{
    *g = (dln_gaps){.words = words, .model = model, .text = text,
                    .p = pieces, .at = DLN_NONE};
    survey(g);
}

/* Takes piece `i` into what is known of the sentence so far. */
static void pass(dln_gaps *g, uint32_t i)
{
    const dln_cue *cue = cue_at(g, i);
    if (i == g->begin)
        g->first = cue->word;
    if (cue->look == DLN_LOOK_OPEN)
        g->depth++;
    else if (cue->look == DLN_LOOK_CLOSE && g->depth > 0)
        g->depth--;
    else if (cue->look == DLN_LOOK_QUOTE && piece_str(g, i).data[0] == '"')
        g->quote = !g->quote;
    else if (cue->look == DLN_LOOK_QUOTE_OPEN)
        g->quote = true;
    else if (cue->look == DLN_LOOK_QUOTE_CLOSE)
        g->quote = false;
}

/* May a sentence end behind piece `i`? Never behind a title, nor inside a
 * run without space but at a mark, and never before a closing one there. */
static bool may_end(dln_gaps *g, uint32_t i)
{
    const dln_cue *left = cue_at(g, i), *right = cue_at(g, (int64_t)i + 1);
    if (left->kind == KIND_TITLE)
        return false;
    if (left->space)
        return true;
    return left->look >= DLN_LOOK_STOP
           && (right->look < DLN_LOOK_STOP || is_opening(right->look));
}

bool dln_analyse__gap_next(dln_gaps *g)
{
    for (;;) {
        g->at++;            /* from DLN_NONE to 0 at first */
        if (g->at + 1 >= g->p->count || g->at + 1 == 0)
            return false;
        pass(g, g->at);
        if (may_end(g, g->at))
            break;
    }
    if (g->stop <= g->at) {
        uint32_t i = g->at + 1;
        while (i < g->p->count && !ends_like_stop(piece_str(g, i)))
            i++;
        g->stop = i;
    }
    return true;
}

void dln_analyse__gap_end(dln_gaps *g)
{
    g->begin = g->at + 1;
    g->depth = 0;
    g->quote = false;
    g->first = 0;
}

typedef struct sink {
    uint32_t *out;
    uint32_t count, shift;
} sink;

static inline void add(sink *s, uint32_t template, uint64_t a, uint64_t b)
{
    uint64_t h = dln_feature(template);
    h = dln_mix(h, a);
    h = dln_mix(h, b) * 0xff51afd7ed558ccdu;
    s->out[s->count++] = (uint32_t)(h >> s->shift);
}

static uint32_t step_of(uint32_t n)
{
    return n < 4 ? n : n < 6 ? 4 : n < 10 ? 5 : n < 16 ? 6 : n < 25 ? 7
           : n < 40 ? 8 : n < 70 ? 9 : 10;
}

static uint64_t pack4(unsigned a, unsigned b, unsigned c, unsigned d)
{
    return a | (uint64_t)b << 8 | (uint64_t)c << 16 | (uint64_t)d << 24;
}

static uint64_t pair(uint32_t a, uint32_t b)
{
    return (uint64_t)a << 32 | b;
}

/* Words and looks on both sides. */
static void add_window(sink *s, const dln_cue *const c[9], bool space)
{
    const dln_cue *l3 = c[1], *l2 = c[2], *l1 = c[3];
    const dln_cue *r1 = c[4], *r2 = c[5], *r3 = c[6];
    unsigned gap = space;
    add(s, 0, gap, 0);
    add(s, 1, l1->word, gap);
    add(s, 2, r1->word, pair(r1->look, gap));
    add(s, 3, pair(l1->word, r1->word), r1->look);
    add(s, 4, pair(l2->word, l1->word), 0);
    add(s, 5, pair(r1->word, r2->word), 0);
    add(s, 6, l2->word, l1->look);
    add(s, 7, r2->word, r1->look);
    add(s, 8, l3->word, 0);
    add(s, 9, r3->word, 0);
    add(s, 10, pack4(l1->look, r1->look, gap, 0), 0);
    add(s, 11, pack4(l2->look, l1->look, r1->look, gap), 0);
    add(s, 12, pack4(l1->look, r1->look, r2->look, gap), 0);
    add(s, 13, pack4(l2->look, l1->look, r1->look, r2->look), gap);
    add(s, 14, pack4(l3->look, l2->look, l1->look, r1->look),
        pack4(r2->look, gap, 0, 0));
    add(s, 15, pack4(l2->look, l1->look, r1->look, r2->look),
        pack4(r3->look, gap, c[7]->look, 0));
    add(s, 16, pack4(l1->group, r1->group, r1->look, gap), 0);
    add(s, 17, pack4(l1->group, r1->group, r2->group, 0), r1->look);
    add(s, 18, pack4(l2->group, l1->group, r1->group, 0), r1->look);
    add(s, 19, l1->word, pack4(r1->look, gap, 0, 0));
    add(s, 20, r1->word, pack4(l1->look, r1->look, gap, 0));
    add(s, 21, l1->word, pack4(r1->group, r1->look, 0, 0));
    add(s, 22, r1->word, pack4(l1->group, r1->look, 0, 0));
    add(s, 23, pack4(l1->look, r1->look, r1->use, gap), r1->group);
    add(s, 24, pack4(r1->group, r2->group, r1->look, r2->look), 0);
    add(s, 25, pack4(l2->group, l1->group, l2->look, l1->look), 0);
    add(s, 26, l1->tail, r1->look);
    add(s, 27, r1->tail, pair(l1->look, r1->look));
    add(s, 28, pack4(r1->group, r2->group, r3->group, l1->look), 0);
    add(s, 29, pack4(c[0]->look, l3->look, l2->look, l1->look), r1->look);
    add(s, 30, pack4(r1->look, r2->look, r3->look, c[7]->look), c[8]->look);
    add(s, 31, l2->group, pack4(l1->look, r1->look, 0, 0));
    add(s, 32, r2->group, pack4(l1->look, r1->look, 1, 0));
    add(s, 33, pack4(l3->group, l1->look, r1->look, 0), 0);
    add(s, 34, pack4(r3->group, l1->look, r1->look, 0), 0);
    add(s, 50, r2->word, pack4(l1->look, r1->look, gap, 0));
    add(s, 51, l2->word, pack4(l1->look, r1->look, gap, 0));
}

/* The mark that rules the gap, and the word that would open the next
 * sentence, past quotes and brackets. */
static void add_marks(sink *s, dln_gaps *g, uint32_t since)
{
    int64_t i = g->at, h = (int64_t)g->at + 1;
    while (i + 3 > g->at && i > g->begin && is_closing(cue_at(g, i)->look))
        i--;
    const dln_cue *right = cue_at(g, h);
    if (!is_terminal(cue_at(g, i)->look) && i < g->at
        && cue_at(g, i)->look == DLN_LOOK_NUMBER
        && cue_at(g, i - 1)->look == DLN_LOOK_OPEN
        && is_terminal(cue_at(g, i - 2)->look))
        i -= 2;
    for (int k = 0; k < 2 && is_opening(right->look); k++)
        right = cue_at(g, ++h);
    const dln_cue *mark = cue_at(g, i), *before = cue_at(g, i - 1);
    unsigned behind = (unsigned)(g->at - i), ahead = (unsigned)(h - g->at);
    unsigned m = mark->look, r = right->look;
    unsigned inside = g->quote | (g->depth > 0 ? 2u : 0);
    unsigned space = cue_at(g, g->at)->space;
    uint64_t base = pack4(m, r, space, behind << 4 | ahead);
    add(s, 35, base, 0);
    add(s, 36, base, pair(right->use, right->group));
    add(s, 37, pack4(m, r, space, inside), 0);
    add(s, 38, pack4(m, r, space, inside), pair(behind, ahead));
    add(s, 39, pair(right->word, m), r);
    add(s, 40, pair(before->word, m), r);
    add(s, 41, pack4(m, r, before->look, mark->kind), right->use);
    add(s, 42, pack4(m, r, before->group, mark->kind), 0);
    add(s, 43, pack4(m, r, mark->kind, cue_at(g, h + 1)->look),
        right->use);
    add(s, 44, pack4(m, r, step_of(since), 0), 0);
    add(s, 45, pair(mark->word, m), pair(r, right->use));
    add(s, 46, pair(mark->word, right->word), 1);
    unsigned style = (g->plain > 1 ? 2u : g->plain) | (g->small_i ? 4u : 0);
    add(s, 47, pack4(m, r, style, space), 0);
    add(s, 48, pack4(m, r, style, space), right->group);
    add(s, 49, pack4(m, r, style, step_of(since)), right->use);
}

/* Lengths, the sentence so far, the paragraph. */
static void add_frame(sink *s, dln_gaps *g, uint32_t since)
{
    const dln_cue *l1 = cue_at(g, g->at);
    const dln_cue *r1 = cue_at(g, (int64_t)g->at + 1);
    uint32_t left = g->p->count - g->at - 1;
    uint32_t stop = g->stop - g->at;
    unsigned frame = g->closed | (g->stops ? 2u : 0)
                     | (g->addresses ? 4u : 0);
    unsigned none = g->stop >= g->p->count;
    unsigned l = l1->look, r = r1->look;
    add(s, 60, pack4(l, r, step_of(since), 0), 0);
    add(s, 61, pack4(l, r, step_of(left), 0), 0);
    add(s, 62, pack4(l, r, step_of(stop), none), 0);
    add(s, 63, pack4(l, r, frame, step_of(g->p->count)), 0);
    add(s, 64, pack4(l, r, frame, step_of(since)), step_of(stop));
    add(s, 65, pair(g->first, step_of(since)), pair(l, r));
    add(s, 66, pair(g->first, r1->word), 0);
    add(s, 67, pack4(l, r, r1->group, step_of(since)), 0);
    add(s, 68, pack4(l, r, l1->group, step_of(since)), 0);
    add(s, 69, pack4(l, r, step_of(since), step_of(left)),
        pair(frame, none));
    add(s, 70, pack4(l, r, r1->use, g->quote | (g->depth > 0 ? 2u : 0)),
        step_of(since));
    add(s, 71, g->first, pair(l, r));
}

uint32_t dln_analyse__gap_features(dln_gaps *g, uint32_t *out)
{
    sink s = {out, 0, 64 - g->model->bits};
    const dln_cue *c[9];
    uint32_t since = g->at + 1 - g->begin;
    for (int k = 0; k < 9; k++) {
        int64_t i = (int64_t)g->at + k - 3;
        c[k] = cue_at(g, i);
    }
    add_window(&s, c, c[3]->space);
    add_marks(&s, g, since > FAR ? FAR : since);
    add_frame(&s, g, since > FAR ? FAR : since);
    return s.count;
}

int32_t dln_analyse__gap_score(const dln_boundary *model,
                               const uint32_t *features, uint32_t count)
{
    int32_t sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        int16_t w;
        memcpy(&w, model->weights + 2 * (size_t)features[i], sizeof w);
        sum += w;
    }
    return sum;
}
