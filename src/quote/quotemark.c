/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quotemark: text → stretches between quotation marks.
 *
 * One pass over each paragraph with a stack of open marks. A mark's shape
 * (what stands on its two sides) says whether it opens or closes; its glyph
 * breaks ties, since curly marks are often turned the wrong way. A mark that
 * stays open ends at the paragraph, where the next paragraph may go on with
 * a repeated opening mark; it never runs further.
 *
 * Single marks are told from apostrophes by their surroundings: one opens
 * only before a word and behind white space or a mark, and only when a mark
 * that may close it stands within reach.
 *
 * Limits: an unclosed stretch is cut at a sentence end; feet and inch signs
 * behind digits are no marks.
 */
#include "quote/quote_p.h"

#include "base/utf8.h"

/* How far ahead a single mark looks for its end. */
#define SINGLE_REACH 300

typedef enum glyph {
    GLYPH_NONE,
    GLYPH_DOUBLE,           /* " and '' and ``, either way */
    GLYPH_DOUBLE_OPEN,
    GLYPH_DOUBLE_CLOSE,
    GLYPH_SINGLE,           /* ' */
    GLYPH_SINGLE_OPEN,
    GLYPH_SINGLE_CLOSE
} glyph;

typedef struct mark {
    glyph glyph;
    uint32_t start, end;
    int32_t before, after;  /* characters beside it; ' ' at the ends */
} mark;

typedef struct mark_stack {
    uint32_t open[QUOTE_MAX_DEPTH];     /* stretches */
    uint32_t count;
} mark_stack;

static glyph glyph_of(dln_str text, size_t at, size_t *len)
{
    int32_t c = dln_utf8_at(text, at, len);
    switch (c) {
    case '"': case 0xff02: return GLYPH_DOUBLE;
    case 0x201c: case 0x201e: case 0x201f: case 0xab:
        return GLYPH_DOUBLE_OPEN;
    case 0x201d: case 0xbb: return GLYPH_DOUBLE_CLOSE;
    case '\'':
        if (at + 1 < text.len && text.data[at + 1] == '\'') {
            *len = 2;
            return GLYPH_DOUBLE;
        }
        return GLYPH_SINGLE;
    case '`':
        if (at + 1 < text.len && text.data[at + 1] == '`') {
            *len = 2;
            return GLYPH_DOUBLE_OPEN;
        }
        return GLYPH_SINGLE_OPEN;
    case 0x2018: case 0x201a: case 0x2039: return GLYPH_SINGLE_OPEN;
    case 0x2019: case 0x203a: return GLYPH_SINGLE_CLOSE;
    default: return GLYPH_NONE;
    }
}

static bool next_mark(dln_str text, dln_span within, uint32_t at, mark *out)
{
    while (at < within.end) {
        unsigned char byte = (unsigned char)text.data[at];
        size_t len = 1;
        glyph g = byte == '"' || byte == '\'' || byte == '`' || byte >= 0xc2
                      ? glyph_of(text, at, &len) : GLYPH_NONE;
        if (g == GLYPH_NONE) {
            at += (uint32_t)len;
            continue;
        }
        size_t skip;
        *out = (mark){g, at, at + (uint32_t)len, ' ', ' '};
        if (at > within.start)
            out->before = dln_utf8_before(text, at, &skip);
        if (out->end < within.end)
            out->after = dln_utf8_at(text, out->end, &skip);
        return true;
    }
    return false;
}

static bool opens_after(int32_t c)
{
    return dln_utf8_is_space(c) || c == '(' || c == '[' || c == '{'
           || c == 0x2014 || c == 0x2013 || c == '-' || c == '/'
           || dln_utf8_is_quote(c) || c == '`';
}

static bool is_word(int32_t c)
{
    return dln_utf8_is_letter(c) || dln_utf8_is_digit(c);
}

static bool closes_before(int32_t c)
{
    return !is_word(c);
}

/* +1 opens, -1 closes, 0 may do either. */
static int shape(const mark *m)
{
    bool space_before = opens_after(m->before);
    bool space_after = dln_utf8_is_space(m->after);
    if (space_before && !space_after
        && (is_word(m->after) || !closes_before(m->after)))
        return 1;
    if (dln_utf8_is_space(m->before) && !space_after)
        return 1;
    if (!dln_utf8_is_space(m->before) && !opens_after(m->before)
        && closes_before(m->after))
        return -1;
    if (m->glyph == GLYPH_DOUBLE_OPEN || m->glyph == GLYPH_SINGLE_OPEN)
        return 1;
    if (m->glyph == GLYPH_DOUBLE_CLOSE || m->glyph == GLYPH_SINGLE_CLOSE)
        return -1;
    return 0;
}

static bool is_single(glyph g)
{
    return g >= GLYPH_SINGLE;
}

/* May this single mark close a quotation? Not the apostrophe of "don't",
 * and hardly that of "the leaders' talks". */
static bool single_closes(const mark *m, bool *sure)
{
    if (m->glyph == GLYPH_SINGLE_OPEN || dln_utf8_is_space(m->before)
        || is_word(m->after))
        return false;
    *sure = !(m->before == 's' && dln_utf8_is_space(m->after));
    return true;
}

/* End of the quotation that a single mark opens, or DLN_NONE. */
static uint32_t single_end(dln_str text, dln_span within, uint32_t at)
{
    uint32_t unsure = DLN_NONE;
    mark m;
    if (within.end - at > SINGLE_REACH)
        within.end = at + SINGLE_REACH;
    while (next_mark(text, within, at, &m)) {
        bool sure = false;
        at = m.end;
        if (!is_single(m.glyph) || !single_closes(&m, &sure))
            continue;
        if (sure)
            return m.start;
        if (unsure == DLN_NONE)
            unsure = m.start;
    }
    return unsure;
}

static dln_span trimmed(dln_str text, dln_span s)
{
    size_t len;
    while (s.start < s.end
           && dln_utf8_is_space(dln_utf8_at(text, s.start, &len)))
        s.start += (uint32_t)len;
    while (s.end > s.start
           && dln_utf8_is_space(dln_utf8_before(text, s.end, &len)))
        s.end -= (uint32_t)len;
    return s.start < s.end ? s : (dln_span){s.start, s.start};
}

/* Where an unclosed stretch ends: its paragraph when it began that or goes
 * on in the next, else its sentence. */
static uint32_t unclosed_end(const dln_doc *doc, const dln_stretch *s,
                             dln_span paragraph, uint32_t stop, bool goes_on)
{
    uint32_t end = stop;
    if (goes_on && end - s->outer.start <= QUOTE_MAX_BYTES)
        return end;
    if (s->outer.start > paragraph.start || end - s->outer.start
                                                > QUOTE_MAX_UNCLOSED) {
        uint32_t token = dln_token_at(doc, s->inner.start);
        if (token != DLN_NONE) {
            dln_span sentence =
                doc->sentences.at[doc->tokens.at[token].sentence].span;
            if (sentence.end < end && sentence.end > s->inner.start)
                end = sentence.end;
        }
    }
    if (end - s->outer.start > QUOTE_MAX_UNCLOSED)
        end = s->outer.start + QUOTE_MAX_UNCLOSED;
    while (end > s->inner.start && end < doc->text.len
           && ((unsigned char)doc->text.data[end] & 0xc0) == 0x80)
        end--;
    return end;
}

static void close_stretch(const dln_doc *doc, dln_stretch *s, uint32_t start,
                          uint32_t end, bool closed)
{
    s->closed = closed;
    s->outer.end = end;
    s->inner = trimmed(doc->text, (dln_span){s->inner.start, start});
}

/* `end`: where its closing mark is expected, if that is known. */
static void open_stretch(dln_arena *scratch, dln_stretches *out,
                         mark_stack *stack, const mark *m, uint32_t end)
{
    if (stack->count == QUOTE_MAX_DEPTH)
        return;
    dln_stretch *s = DLN_VEC_PUSH(scratch, out);
    if (!s)
        return;
    uint32_t parent = stack->count ? stack->open[stack->count - 1] : DLN_NONE;
    *s = (dln_stretch){.outer = {m->start, m->end}, .inner = {m->end, end},
                       .parent = parent, .before = DLN_NONE,
                       .single = is_single(m->glyph)};
    stack->open[stack->count++] = out->count - 1;
}

/* Ends all that is open from `depth` on without a closing mark, at `stop`
 * at the latest. */
static void give_up(const dln_doc *doc, dln_stretches *out, mark_stack *stack,
                    uint32_t depth, dln_span paragraph, uint32_t stop,
                    bool goes_on)
{
    while (stack->count > depth) {
        dln_stretch *s = &out->at[stack->open[--stack->count]];
        uint32_t end = unclosed_end(doc, s, paragraph, stop, goes_on);
        close_stretch(doc, s, end, end, false);
    }
}

static void take_single(const dln_doc *doc, dln_arena *scratch,
                        dln_stretches *out, mark_stack *stack, const mark *m,
                        dln_span paragraph, uint32_t depth)
{
    if (depth) {
        dln_stretch *s = &out->at[stack->open[depth - 1]];
        if (m->start != s->inner.end)
            return;
        give_up(doc, out, stack, depth, paragraph, m->start, false);
        stack->count--;
        close_stretch(doc, s, m->start, m->end, true);
        return;
    }
    if (!opens_after(m->before) || !is_word(m->after)
        || m->glyph == GLYPH_SINGLE_CLOSE || dln_utf8_is_digit(m->after))
        return;
    uint32_t end = single_end(doc->text, paragraph, m->end);
    if (end != DLN_NONE)
        open_stretch(scratch, out, stack, m, end);
}

static void take_mark(const dln_doc *doc, dln_arena *scratch,
                      dln_stretches *out, mark_stack *stack, const mark *m,
                      dln_span paragraph)
{
    int turn = shape(m);
    uint32_t depth = stack->count;
    while (depth
           && out->at[stack->open[depth - 1]].single != is_single(m->glyph))
        depth--;
    if (is_single(m->glyph)) {
        take_single(doc, scratch, out, stack, m, paragraph, depth);
        return;
    }
    /* Inches and seconds: 5'10". */
    if (m->glyph == GLYPH_DOUBLE && !depth && dln_utf8_is_digit(m->before))
        return;
    if (depth && turn == 1) {
        /* A second opening: nested, or the first one's end was lost. */
        if (m->glyph != GLYPH_DOUBLE_OPEN)
            give_up(doc, out, stack, depth - 1, paragraph, m->start, false);
        open_stretch(scratch, out, stack, m, m->end);
    } else if (depth) {
        dln_stretch *s = &out->at[stack->open[depth - 1]];
        give_up(doc, out, stack, depth, paragraph, m->start, false);
        stack->count--;
        bool sane = m->end - s->outer.start <= QUOTE_MAX_BYTES;
        uint32_t end = sane ? m->start : unclosed_end(doc, s, paragraph,
                                                      m->start, false);
        close_stretch(doc, s, end, sane ? m->end : end, sane);
    } else if (turn >= 0 || m->glyph == GLYPH_DOUBLE_OPEN) {
        open_stretch(scratch, out, stack, m, m->end);
    }
}

/* Takes stretches out of those that turned out to end before them, and out
 * of unclosed ones: there the outer mark was the broken one. */
static void settle_parents(const dln_doc *doc, dln_stretches *out,
                           uint32_t first)
{
    for (uint32_t i = first; i < out->count; i++) {
        dln_stretch *s = &out->at[i];
        while (s->parent != DLN_NONE) {
            dln_stretch *p = &out->at[s->parent];
            bool broken = !p->closed && s->closed && !s->single
                          && !p->single;
            if (broken && p->outer.end > s->outer.start)
                close_stretch(doc, p, s->outer.start, s->outer.start, false);
            else if (p->outer.end >= s->outer.end && !broken)
                break;
            s->parent = p->parent;
        }
    }
}

/* Does the paragraph behind `p` begin with an opening mark? */
static bool opens_next(const dln_doc *doc, uint32_t p)
{
    mark m;
    if (p + 1 >= doc->paragraphs.count)
        return false;
    dln_span next = doc->paragraphs.at[p + 1].span;
    return next_mark(doc->text, (dln_span){next.start, next.start + 1},
                     next.start, &m)
           && !is_single(m.glyph);
}

void dln_quote__stretches(const dln_doc *doc, dln_arena *scratch,
                          dln_stretches *out)
{
    uint32_t open = DLN_NONE;
    for (uint32_t p = 0; p < doc->paragraphs.count; p++) {
        dln_span paragraph = doc->paragraphs.at[p].span;
        uint32_t first = out->count, at = paragraph.start;
        mark_stack stack = {.count = 0};
        mark m;
        while (next_mark(doc->text, paragraph, at, &m)) {
            at = m.end;
            take_mark(doc, scratch, out, &stack, &m, paragraph);
        }
        uint32_t left = stack.count ? stack.open[0] : DLN_NONE;
        bool goes_on = left != DLN_NONE && opens_next(doc, p);
        give_up(doc, out, &stack, 0, paragraph, paragraph.end, goes_on);
        settle_parents(doc, out, first);
        if (open != DLN_NONE && first < out->count
            && out->at[first].outer.start == paragraph.start)
            out->at[first].before = open;
        open = goes_on && out->at[left].outer.end == paragraph.end
                   ? left : DLN_NONE;
    }
}
