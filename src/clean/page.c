/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Text → blocks: paragraphs as the page shows them.
 *
 * Most pages have one paragraph a line. Old wire copy and mail is wrapped at
 * a fixed width instead; there a paragraph ends at a blank line, at an
 * indent, or at a line that stops well before the margin.
 */
#include "base/utf8.h"
#include "clean/clean_p.h"

bool dln_clean__word(dln_str *rest, dln_str *word)
{
    size_t a = 0;
    while (a < rest->len && dln_is_space(rest->data[a]))
        a++;
    size_t b = a;
    while (b < rest->len && !dln_is_space(rest->data[b]))
        b++;
    *word = dln_str_sub(*rest, a, b);
    *rest = dln_str_sub(*rest, b, rest->len);
    return word->len > 0;
}

uint32_t dln_clean__words(dln_str s, uint32_t most)
{
    uint32_t n = 0;
    bool space = true;
    for (size_t i = 0; i < s.len && n < most; i++) {
        bool now = dln_is_space(s.data[i]);
        n += space && !now;
        space = now;
    }
    return n;
}

/* The last character that is no closing quote, bracket or asterisk. */
static int32_t last_char(dln_str s)
{
    for (size_t len; s.len; s.len -= len) {
        int32_t c = dln_utf8_before(s, s.len, &len);
        if (!dln_utf8_is_quote(c) && c != ')' && c != ']' && c != '*'
            && !dln_utf8_is_space(c))
            return c;
    }
    return -1;
}

/* "U.S.", "Calif.": the stop belongs to the word. */
static bool ends_in_initials(dln_str s)
{
    return s.len >= 4 && s.data[s.len - 1] == '.'
           && dln_is_upper(s.data[s.len - 2]) && s.data[s.len - 3] == '.';
}

void dln_clean__measure(const dln_page *page, dln_block *block)
{
    dln_str s = dln_block_str(page, block);
    int32_t c = last_char(s);
    block->words = dln_clean__words(s, UINT32_MAX);
    block->stop = c == '.' || c == '?' || c == '!' || c == 0x2026
                  || c == ':' || c == ';' || c == 0x3002;
    if (block->stop && block->words <= 20 && ends_in_initials(s))
        block->stop = false;
    block->prose = (block->stop && block->words >= 6) || block->words >= 45;
}

static void add_block(dln_page *page, size_t start, size_t end)
{
    dln_str s = dln_str_sub(page->text, start, end);
    size_t len;
    while (s.len && dln_utf8_is_space(dln_utf8_at(s, 0, &len)))
        s = dln_str_sub(s, len, s.len);
    while (s.len && dln_utf8_is_space(dln_utf8_before(s, s.len, &len)))
        s.len -= len;
    if (!s.len)
        return;
    dln_block *block = DLN_VEC_PUSH(page->scratch, &page->blocks);
    if (!block)
        return;
    *block = (dln_block){.span = dln_clean__span(page, s)};
    dln_clean__measure(page, block);
}

bool dln_clean__split_block(dln_page *page, uint32_t block, uint32_t at)
{
    if (!DLN_VEC_PUSH(page->scratch, &page->blocks))
        return false;
    dln_block *b = page->blocks.at;
    for (uint32_t i = page->blocks.count - 1; i > block; i--)
        b[i] = b[i - 1];
    b[block].span.end = at;
    b[block + 1].span.start = at;
    for (uint32_t i = block; i < block + 2; i++) {
        dln_str s = dln_str_trim(dln_block_str(page, &b[i]));
        b[i].span = dln_clean__span(page, s);
        dln_clean__measure(page, &b[i]);
    }
    return true;
}

typedef struct line {
    size_t start, end;      /* without white space at the ends */
} line;

static bool next_line(dln_str text, size_t *at, line *out)
{
    if (*at >= text.len)
        return false;
    size_t end = dln_str_find(text, DLN_STR("\n"), *at);
    size_t start = *at, stop = end;
    *at = end + 1;
    while (stop > start && dln_is_space(text.data[stop - 1]))
        stop--;
    while (start < stop && dln_is_space(text.data[start]))
        start++;
    *out = (line){start, stop};
    return true;
}

/* The margin of a text wrapped at a fixed width, or 0. A line counts when
 * another follows it directly. */
static size_t margin(dln_str text)
{
    size_t at = 0, counted = 0, open = 0, widest = 0, total = 0;
    line one, before = {0};
    bool any = false;
    while (next_line(text, &at, &one)) {
        size_t width = before.end - before.start;
        if (any && width >= 40 && one.end > one.start) {
            char c = text.data[before.end - 1];
            counted++;
            total += width;
            open += c != '.' && c != '?' && c != '!' && c != '"'
                    && c != ':';
            if (width > widest)
                widest = width;
        }
        before = one;
        any = true;
    }
    bool wrapped = counted >= 4 && open * 10 >= counted * 6
                   && widest <= 110 && total * 10 >= counted * widest * 7;
    return wrapped ? widest : 0;
}

void dln_clean__split(dln_page *page)
{
    size_t width = margin(page->text), at = 0, start = 0, end = 0;
    line one;
    bool open = false;
    while (next_line(page->text, &at, &one)) {
        size_t length = one.end - one.start;
        bool indented = one.start > 0
                        && (page->text.data[one.start - 1] == ' '
                            || page->text.data[one.start - 1] == '\t');
        if (open && (!length || !width || indented)) {
            add_block(page, start, end);
            open = false;
        }
        if (!length)
            continue;
        if (!open)
            start = one.start;
        end = one.end;
        open = true;
        if (length * 10 < width * 6) {
            add_block(page, start, end);
            open = false;
        }
    }
    if (open)
        add_block(page, start, end);
}
