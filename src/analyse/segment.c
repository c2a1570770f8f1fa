/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segment: a paragraph's tokens → sentences.
 *
 * A paragraph end always ends a sentence, so headlines and captions need no
 * stop. Inside, a terminal mark with its closing quotes and brackets ends a
 * sentence unless what follows shows that it goes on (lower case; after an
 * abbreviation, anything but a usual sentence opener). Sentences of more
 * than DLN_SENTENCE_MAX tokens are cut, with a note.
 */
#include "analyse/analyse_p.h"
#include "base/utf8.h"

typedef enum mark {
    MARK_NONE,
    MARK_STOP,              /* . */
    MARK_CRY,               /* ! ? */
    MARK_DOTS,              /* ... */
    MARK_ABBREVIATION       /* a word that keeps its stop */
} mark;

static dln_str piece_str(const dln_doc *doc, const dln_piece *piece)
{
    return dln_str_at(doc->text, piece->span);
}

static mark mark_of(dln_str s)
{
    char last = s.len ? s.data[s.len - 1] : '\0';
    if (s.len == 1 && last == '.')
        return MARK_STOP;
    if (last == '!' || last == '?')
        return s.len < 8 && !dln_is_alpha(s.data[0]) ? MARK_CRY : MARK_NONE;
    if (dln_str_starts(s, DLN_STR("..")) || dln_str_is(s, "\xE2\x80\xA6"))
        return MARK_DOTS;
    if (last == '.' && s.len > 1)
        return MARK_ABBREVIATION;
    return MARK_NONE;
}

static bool is_closer(dln_str s)
{
    size_t len;
    int32_t c = s.len ? dln_utf8_at(s, 0, &len) : -1;
    if (dln_str_is(s, "''"))
        return true;
    return c >= 0 && len == s.len
           && (c == ')' || c == ']' || c == '}' || c == '"' || c == '\''
               || c == 0x201D || c == 0x2019 || c == 0xBB || c == 0x203A);
}

static bool is_opener(dln_str s)
{
    size_t len;
    int32_t c = s.len ? dln_utf8_at(s, 0, &len) : -1;
    if (dln_str_is(s, "``"))
        return true;
    return c >= 0 && len == s.len
           && (c == '(' || c == '[' || c == '{' || dln_utf8_is_quote(c));
}

/* Pieces [i, end) that are a footnote mark: "[17]". 0 when none. */
static uint32_t footnote(const dln_doc *doc, const dln_pieces *p, uint32_t i)
{
    if (i + 2 >= p->count || !dln_str_is(piece_str(doc, &p->at[i]), "[")
        || !dln_is_digit(piece_str(doc, &p->at[i + 1]).data[0])
        || !dln_str_is(piece_str(doc, &p->at[i + 2]), "]"))
        return 0;
    return i + 3;
}

/* First word at or behind piece `i`, openers skipped, or count. */
static uint32_t next_word(const dln_doc *doc, const dln_pieces *p,
                          uint32_t i)
{
    while (i < p->count && is_opener(piece_str(doc, &p->at[i])))
        i++;
    return i;
}

/* Does a sentence end behind piece `i`, a terminal `m`, when the next piece
 * behind its closers is `next`? `quoted`: a closing quote stands between. */
static bool ends(const dln_words *words, const dln_doc *doc,
                 const dln_pieces *p, uint32_t i, mark m, uint32_t next,
                 bool quoted)
{
    if (next >= p->count)
        return true;
    bool space = p->at[next - 1].space_after;
    uint32_t w = next_word(doc, p, next);
    dln_str word = w < p->count ? piece_str(doc, &p->at[w]) : DLN_STR("");
    size_t len;
    int32_t c = word.len ? dln_utf8_at(word, 0, &len) : -1;
    bool upper = dln_utf8_is_upper(c);
    bool letter = dln_utf8_is_letter(c);
    if (letter && !upper && dln_utf8_is_lower(c))
        return false;
    if (!letter && !dln_utf8_is_digit(c) && w == next
        && (c == ',' || c == ';' || c == ':' || c == 0x2014
            || c == 0x2013 || c == '-'))
        return m == MARK_STOP && c == 0x2014 && space && !quoted;
    if (m == MARK_ABBREVIATION) {
        dln_str self = piece_str(doc, &p->at[i]);
        const dln_row *row = dln_analyse__row(words->abbreviations, self);
        if (row && !dln_str_is(dln_row_field(row, 1), "end"))
            return false;
        if (self.len == 2 && !quoted)
            return false;
        return quoted ? upper
                      : upper && word.len
                            && dln_analyse__row(words->starters, word);
    }
    if (!space)
        return upper && m == MARK_STOP && w + 1 < p->count;
    return true;
}

static void add_token(dln_doc *doc, dln_span span, bool space)
{
    dln_token *token = DLN_VEC_PUSH(doc->arena, &doc->tokens);
    if (token)
        *token = (dln_token){
            .span = span,
            .head = DLN_NONE,
            .sentence = doc->sentences.count,
            .entity = DLN_NONE,
            .child = DLN_NONE,
            .sibling = DLN_NONE,
            .space_after = space,
        };
}

/* "etc." and "p.m." give up their stop at a sentence's end; "U.S." does
 * not. */
static bool gives_stop(dln_str s)
{
    return s.len > 2 && s.data[s.len - 1] == '.'
           && dln_is_lower(s.data[s.len - 2])
           && mark_of(s) == MARK_ABBREVIATION;
}

static void add_sentence(dln_doc *doc, uint32_t paragraph,
                         const dln_pieces *p, uint32_t begin, uint32_t end)
{
    uint32_t first = doc->tokens.count;
    for (uint32_t i = begin; i < end; i++) {
        dln_span span = p->at[i].span;
        if (i + 1 == end && gives_stop(piece_str(doc, &p->at[i]))) {
            add_token(doc, (dln_span){span.start, span.end - 1}, false);
            span.start = span.end - 1;
        }
        add_token(doc, span, p->at[i].space_after);
    }
    if (doc->tokens.count == first)
        return;
    dln_sentence *sentence = DLN_VEC_PUSH(doc->arena, &doc->sentences);
    if (sentence)
        *sentence = (dln_sentence){
            dln_tokens_span(doc, first, doc->tokens.count), first,
            doc->tokens.count, paragraph};
}

/* Is there only a list number ("1.", "(a)") in [begin, end)? */
static bool only_number(const dln_doc *doc, const dln_pieces *p,
                        uint32_t begin, uint32_t end)
{
    if (end - begin > 4)
        return false;
    for (uint32_t i = begin; i < end; i++) {
        dln_str s = piece_str(doc, &p->at[i]);
        if (s.len > 3 || (s.len > 1 && dln_is_alpha(s.data[0])
                          && dln_is_alpha(s.data[1])))
            return false;
    }
    return true;
}

void dln_analyse__segment(const dln_words *words, dln_doc *doc,
                          uint32_t paragraph, const dln_pieces *p)
{
    uint32_t begin = 0;
    for (uint32_t i = 0; i < p->count;) {
        mark m = mark_of(piece_str(doc, &p->at[i]));
        uint32_t next = i + 1;
        bool quoted = false, end = false;
        while (m != MARK_NONE && next < p->count
               && !p->at[next - 1].space_after
               && is_closer(piece_str(doc, &p->at[next]))) {
            quoted = true;
            next++;
        }
        uint32_t note = m != MARK_NONE ? footnote(doc, p, next) : 0;
        if (note)
            next = note;
        if (m != MARK_NONE)
            end = ends(words, doc, p, i, m, next, quoted)
                  && !only_number(doc, p, begin, i + 1);
        if (!end && next - begin >= DLN_SENTENCE_MAX) {
            end = true;
            dln_doc_note(doc, "analyse", DLN_NOTE_WARN,
                         (dln_span){p->at[begin].span.start,
                                    p->at[next - 1].span.end},
                         "sentence longer than %d tokens, cut",
                         DLN_SENTENCE_MAX);
        }
        if (end) {
            add_sentence(doc, paragraph, p, begin, next);
            begin = next;
        }
        i = next;
    }
    add_sentence(doc, paragraph, p, begin, p->count);
}
