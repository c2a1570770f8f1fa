/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines that belong to the page and not to the report, by the patterns of
 * page-dirt.txt, and by shape (a number, an address, a row of dashes).
 *
 * A pattern is looked up by its first word, so the cost of a line does not
 * grow with the list. Long paragraphs are compared by their beginning only.
 */
#include "base/utf8.h"
#include "clean/clean_p.h"

/* Words of the longest line that is searched for patterns inside. */
#define MAX_HAS 60

static bool ornament(char c)
{
    return c == ' ' || c == '-' || c == '*' || c == '|' || c == '>'
           || c == '<' || c == '[' || c == ']' || c == '(' || c == ')'
           || c == '_' || c == '=' || c == '~' || c == '.' || c == '!'
           || c == ':' || c == '#' || c == ',' || c == '/' || c == '+';
}

/* The ASCII look of a mark, or 0. */
static char plain_mark(int32_t c)
{
    if (c >= 0x2018 && c <= 0x201B)
        return '\'';
    if (c >= 0x201C && c <= 0x201F)
        return '"';
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2022 || c == 0xB7
        || c == 0x25CF || c == 0x25AA)
        return '-';
    if (c == 0xAB || c == 0xBB || c == 0x203A || (c >= 0x2190 && c <= 0x21FF)
        || (c >= 0x25B6 && c <= 0x25BA))
        return '>';
    if (c == 0x2026)
        return '.';
    return dln_utf8_is_space(c) ? ' ' : 0;
}

dln_str dln_clean__key(char out[DLN_CLEAN_KEY], dln_str line)
{
    size_t n = 0;
    for (size_t i = 0, len; i < line.len && n + 5 < DLN_CLEAN_KEY;
         i += len) {
        char byte = line.data[i];
        len = 1;
        if (dln_is_alpha(byte)) {
            out[n++] = dln_lower(byte);
            continue;
        }
        int32_t c = dln_utf8_at(line, i, &len);
        char mark = c < 0x80 ? (char)c : plain_mark(c);
        if (mark && dln_is_space(mark))
            mark = ' ';
        if (dln_is_digit(mark))
            mark = '0';
        bool again = n && (mark == ' ' || mark == '0') && out[n - 1] == mark;
        if (mark && !again && (n || !ornament(mark)))
            out[n++] = mark;
        else if (!mark) {
            memcpy(out + n, line.data + i, len);
            n += len;
        }
    }
    while (n && ornament(out[n - 1]))
        n--;
    return (dln_str){out, n};
}

bool dln_clean__is(const dln_clean *clean, dln_str word, const char *kind,
                   dln_str *value)
{
    char low[40];
    size_t n = 0;
    while (word.len && (ornament(word.data[word.len - 1])
                        || word.data[word.len - 1] == '\''))
        word.len--;
    if (!word.len || word.len >= sizeof low)
        return false;
    for (; n < word.len; n++)
        low[n] = dln_lower(word.data[n]);
    const dln_row *row = dln_table_find(clean->words, (dln_str){low, n});
    while (row) {
        if (dln_str_is(dln_row_field(row, 1), kind)) {
            if (value)
                *value = dln_row_field(row, 2);
            return true;
        }
        row = row->next == DLN_NONE ? NULL : &clean->words->rows[row->next];
    }
    return false;
}

/* Key without a leading article. */
static dln_str name_key(char out[DLN_CLEAN_KEY], dln_str line)
{
    if (line.len > 100)
        return DLN_STR("");
    dln_str key = dln_clean__key(out, line);
    if (dln_str_starts(key, DLN_STR("the ")))
        key = dln_str_sub(key, 4, key.len);
    return key;
}

dln_str dln_clean__agency(const dln_clean *clean, dln_str form)
{
    char buffer[DLN_CLEAN_KEY];
    uint32_t at = dln_map_get(&clean->agencies, name_key(buffer, form));
    return at == DLN_NONE ? DLN_STR("") : clean->agency_names[at];
}

bool dln_clean__is_place(const dln_clean *clean, dln_str name)
{
    char buffer[DLN_CLEAN_KEY];
    return dln_map_get(&clean->places, name_key(buffer, name)) != DLN_NONE;
}

/* "World", "World | Caucasus", "Home > News > Europe". */
bool dln_clean__is_section(const dln_clean *clean, dln_str line)
{
    char buffer[DLN_CLEAN_KEY];
    if (line.len > 80)
        return false;
    dln_str key = name_key(buffer, line);
    if (dln_map_get(&clean->sections, key) != DLN_NONE)
        return true;
    for (size_t i = 1; i < key.len; i++)
        if (key.data[i] == '|' || key.data[i] == '>' || key.data[i] == '/')
            return dln_map_get(&clean->sections,
                               dln_str_trim(dln_str_sub(key, 0, i)))
                   != DLN_NONE;
    return false;
}

bool dln_clean__is_outlet(const dln_clean *clean, dln_str line)
{
    dln_str rest = line, word, last = {NULL, 0};
    uint32_t n = 0;
    while (n <= 6 && dln_clean__word(&rest, &word)) {
        size_t len;
        int32_t c = dln_utf8_at(word, 0, &len);
        if (!dln_utf8_is_upper(c) && !dln_utf8_is_digit(c)
            && !dln_clean__is(clean, word, "small", NULL))
            return false;
        if (n > 0 && last.data[last.len - 1] == ',')
            return false;
        last = word;
        n++;
    }
    if (n < 1 || n > 6 || rest.len)
        return false;
    if (n >= 2 && dln_clean__is(clean, last, "outlet", NULL))
        return true;
    if (n == 1 && dln_clean__is(clean, last, "station", NULL))
        return true;
    /* a web address: "example.com", "Example.net" */
    size_t dot = dln_str_find(last, DLN_STR("."), 1);
    return n == 1 && dot + 2 < last.len && !dln_str_ends(last, DLN_STR("."));
}

static bool fits(const dln_dirt *d, dln_str key, size_t at)
{
    size_t end = at + d->pattern.len;
    if (d->match == DLN_MATCH_WHOLE)
        return at == 0 && dln_str_eq(key, d->pattern);
    if (!dln_str_eq(dln_str_sub(key, at, end), d->pattern))
        return false;
    char next = end < key.len ? key.data[end] : ' ';
    if ((d->pattern.data[d->pattern.len - 1] & 0x80) != 0)
        next = ' ';     /* a sign needs no white space behind it */
    if (dln_is_alpha(next) || dln_is_digit(next) || next == '\'')
        return false;
    switch (d->match) {
    case DLN_MATCH_START: return at == 0;
    case DLN_MATCH_LABEL:
        while (end < key.len && key.data[end] == ' ')
            end++;
        return at == 0 && (end == key.len || key.data[end] == ':'
                           || key.data[end] == '|' || key.data[end] == '-'
                           || key.data[end] == '>');
    case DLN_MATCH_END: return end == key.len;
    default: return true;
    }
}

static const dln_dirt *match_at(const dln_clean *clean, dln_str key,
                                size_t at, uint32_t words)
{
    size_t end = at;
    while (end < key.len && key.data[end] != ' ' && key.data[end] != ':'
           && key.data[end] != ',' && key.data[end] != '|')
        end++;
    uint32_t i = dln_map_get(&clean->first_words,
                             dln_str_sub(key, at, end));
    for (; i != DLN_NONE; i = clean->dirt[i].next) {
        const dln_dirt *d = &clean->dirt[i];
        if ((!d->words || words <= d->words) && fits(d, key, at))
            return d;
    }
    return NULL;
}

static const dln_dirt *match(const dln_clean *clean, dln_str line,
                             uint32_t words)
{
    char buffer[DLN_CLEAN_KEY];
    dln_str key = dln_clean__key(buffer, words > MAX_HAS
                                             ? dln_str_sub(line, 0, 160)
                                             : line);
    const dln_dirt *hit = key.len ? match_at(clean, key, 0, words) : NULL;
    if (hit || words > MAX_HAS)
        return hit;
    for (size_t i = 1; i + 1 < key.len && !hit; i++)
        if ((key.data[i - 1] == ' ' || key.data[i - 1] == '|')
            && dln_clean__may_begin(clean, key, i))
            hit = match_at(clean, key, i, words);
    return hit;
}

static bool address(dln_str s)
{
    if (!dln_str_starts(s, DLN_STR("http://"))
        && !dln_str_starts(s, DLN_STR("https://"))
        && !dln_str_starts(s, DLN_STR("www.")))
        return false;
    /* page breaks put a space into long ones */
    return dln_clean__words(s, 4) <= 3 && s.len < 1000;
}

/* Reason of a line that is dirt by its shape alone, or NULL. */
static const char *by_shape(const dln_clean *clean, dln_str s)
{
    size_t letters = 0, digits = 0;
    if (address(s))
        return "web address";
    if (s.len > 200)
        return NULL;
    for (size_t i = 0, len; i < s.len; i += len) {
        int32_t c = dln_utf8_at(s, i, &len);
        letters += dln_utf8_is_letter(c);
        digits += dln_utf8_is_digit(c);
    }
    if (letters)
        return NULL;
    if (digits)
        return s.len <= 12 && !dln_clean__date(clean, s).date.len
                   ? "page number" : NULL;
    return "ornament";
}

/* "15 December 2020 | 2 min read", "Follow us | 12 comments": dirt when a
 * piece is and all others are, or are dates. */
static const dln_dirt *by_pieces(dln_page *page, dln_str line)
{
    const dln_dirt *found = NULL;
    dln_str piece, rest = line;
    if (line.len > 200 || dln_str_find(line, DLN_STR("|"), 0) == line.len)
        return NULL;
    while (dln_str_cut(&rest, '|', &piece)) {
        piece = dln_str_trim(piece);
        const dln_dirt *d = match(page->clean, piece,
                                  dln_clean__words(piece, 61));
        if (d && d->zone == DLN_ZONE_ANY)
            found = d;
        else if (piece.len)
            return NULL;
    }
    return found;
}

/* Name and handle of an embedded post: "— Name (@name) January 11, 2021" */
static bool post_end(const dln_page *page, const dln_block *b)
{
    dln_str s = dln_block_str(page, b);
    size_t len;
    int32_t c = dln_utf8_at(s, 0, &len);
    return (c == '-' || c == 0x2014 || c == 0x2013)
           && dln_str_find(s, DLN_STR("(@"), 0) < s.len && b->words <= 16;
}

static bool has_link(dln_str s)
{
    return dln_str_find(s, DLN_STR("pic.twitter.com/"), 0) < s.len
           || dln_str_find(s, DLN_STR("://t.co/"), 0) < s.len
           || dln_str_starts(s, DLN_STR("#"))
           || dln_str_starts(s, DLN_STR("RT @"));
}

static void mark(dln_block *b, const char *reason)
{
    if (!b->reason)
        b->reason = reason;
}

/* The post that begins at block `i` ends with its author. */
static void mark_post(dln_page *page, uint32_t i, const char *reason)
{
    dln_block *b = page->blocks.at;
    uint32_t end = i;
    while (end < page->blocks.count && end < i + 6
           && !post_end(page, &b[end]))
        end++;
    if (end == page->blocks.count || end == i + 6) {
        if (i < page->blocks.count && has_link(dln_block_str(page, &b[i])))
            mark(&b[i], reason);
        return;
    }
    for (; i <= end; i++)
        mark(&b[i], reason);
}

/* *done: blocks below it were reached by a "rest" before. */
static void spread(dln_page *page, uint32_t i, uint32_t *done)
{
    dln_block *b = page->blocks.at;
    uint32_t count = page->blocks.count;
    const dln_dirt *d = b[i].dirt;
    if (d->reach == DLN_REACH_NEXT && i + 1 < count && !b[i + 1].prose)
        mark(&b[i + 1], d->reason);
    if (d->reach == DLN_REACH_EMBED)
        mark_post(page, i + 1, d->reason);
    if (d->reach == DLN_REACH_REST && i >= *done) {
        uint32_t k = i + 1;
        for (; k < count && !b[k].prose; k++)
            mark(&b[k], d->reason);
        *done = k;
    }
}

void dln_clean__mark_dirt(dln_page *page)
{
    dln_block *b = page->blocks.at;
    uint32_t count = page->blocks.count, first = count, last = 0;
    uint32_t done = 0;
    for (uint32_t i = 0; i < count; i++) {
        dln_str s = dln_block_str(page, &b[i]);
        b[i].dirt = match(page->clean, s, b[i].words);
        if (!b[i].dirt)
            b[i].dirt = by_pieces(page, s);
        if (b[i].prose && !b[i].dirt) {
            if (i < first)
                first = i;
            last = i;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        const dln_dirt *d = b[i].dirt;
        if (d && ((d->zone == DLN_ZONE_HEAD && i >= first)
                  || (d->zone == DLN_ZONE_TAIL && i < last)))
            b[i].dirt = d = NULL;
        if (d)
            mark(&b[i], d->reason);
        else
            mark(&b[i], by_shape(page->clean, dln_block_str(page, &b[i])));
        if (d && d->reach != DLN_REACH_LINE)
            spread(page, i, &done);
        if (!d && i > 0 && post_end(page, &b[i])) {
            mark(&b[i], "embedded post");
            if (b[i - 1].words <= 80)
                mark(&b[i - 1], "embedded post");
        }
    }
}
