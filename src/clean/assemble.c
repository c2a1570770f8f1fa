/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks that are left → the clean text; blocks and pieces that are not →
 * removed spans of the input.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "clean/clean_p.h"

/* Characters that HTML writes by name and pages forget to read. */
static const struct { const char *name; int32_t c; } entities[] = {
    {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&lt;", '<'},
    {"&gt;", '>'}, {"&nbsp;", ' '}, {"&rsquo;", 0x2019},
    {"&lsquo;", 0x2018}, {"&ldquo;", 0x201C}, {"&rdquo;", 0x201D},
    {"&ndash;", 0x2013}, {"&mdash;", 0x2014}, {"&hellip;", 0x2026},
    {"&eacute;", 0xE9},
};

/* The character that an entity at s[at] stands for, or -1. */
static int32_t entity_at(dln_str s, size_t at, size_t *len)
{
    dln_str rest = dln_str_sub(s, at, at + 12);
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        dln_str name = dln_str_of(entities[i].name);
        if (dln_str_starts(rest, name)) {
            *len = name.len;
            return entities[i].c;
        }
    }
    if (!dln_str_starts(rest, DLN_STR("&#")))
        return -1;
    int32_t c = 0;
    bool hex = rest.len > 2 && (rest.data[2] | 0x20) == 'x';
    size_t i = hex ? 3 : 2;
    for (; i < rest.len && rest.data[i] != ';'; i++) {
        char d = rest.data[i];
        int32_t v = dln_is_digit(d) ? d - '0'
                    : hex && (d | 0x20) >= 'a' && (d | 0x20) <= 'f'
                        ? (d | 0x20) - 'a' + 10 : -1;
        if (v < 0 || c > 0x10FFFF)
            return -1;
        c = c * (hex ? 16 : 10) + v;
    }
    if (i == rest.len || c < 0x20 || c > 0x10FFFF
        || (c >= 0xD800 && c < 0xE000) || (c >= 0x7F && c < 0xA0))
        return -1;
    *len = i + 1;
    return c;
}

/* Bytes of a tag such as <br/>, </p>, <a href="...">; 0 without. */
static size_t tag_at(dln_str s, size_t at)
{
    static const char *const names[] = {"br", "p", "b", "i", "em", "strong",
                                        "span", "div", "a", "u", "li", "ul",
                                        "sup", "sub", "img", "h2", "h3"};
    size_t i = at + 1, start;
    i += i < s.len && s.data[i] == '/';
    for (start = i; i < s.len && (dln_is_alpha(s.data[i])
                                  || dln_is_digit(s.data[i])); i++)
        ;
    dln_str name = dln_str_sub(s, start, i);
    bool known = false;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        known |= dln_str_ieq(name, dln_str_of(names[k]));
    if (!known || i >= s.len || (s.data[i] != '>' && s.data[i] != '/'
                                 && s.data[i] != ' '))
        return 0;
    for (size_t most = i + 300; i < s.len && i < most; i++)
        if (s.data[i] == '>')
            return i + 1 - at;
    return 0;
}

typedef struct writer {
    char *to;
    size_t n;
} writer;

static bool ordinary(char c)
{
    return c > ' ' && !(c & 0x80) && c != '*' && c != '<' && c != '&';
}

/* One piece of the page: white space becomes one space, tags, entities and
 * ** go. Never longer than the piece. */
static void write_plain(writer *w, dln_str s)
{
    size_t start = w->n;
    for (size_t i = 0, len; i < s.len; i += len) {
        char c = s.data[i];
        len = 1;
        int32_t made = -1;
        for (; i + len <= s.len && ordinary(s.data[i + len - 1]); len++)
            ;
        if (--len) {
            memcpy(w->to + w->n, s.data + i, len);
            w->n += len;
            continue;
        }
        len = 1;
        if (c == '*' && i + 1 < s.len && s.data[i + 1] == '*') {
            len = 2;
            continue;
        }
        if (c == '<' && (len = tag_at(s, i)) > 0)
            c = ' ';
        else if (c == '&')
            made = entity_at(s, i, &len);
        if (!len || (c == '&' && made < 0))
            len = 1;
        if (c & 0x80) {
            int32_t u = dln_utf8_at(s, i, &len);
            if (dln_utf8_is_space(u))
                c = ' ';
        }
        if (made == ' ' || made == 0xA0 || (made < 0 && dln_is_space(c))) {
            bool hyphen = c == '\n' && w->n > start + 1
                          && w->to[w->n - 1] == '-'
                          && dln_is_lower(w->to[w->n - 2]);
            if (w->n > start && w->to[w->n - 1] != ' ' && !hyphen)
                w->to[w->n++] = ' ';
        } else if (made >= 0) {
            w->n += dln_utf8_put(made, w->to + w->n);
        } else {
            memcpy(w->to + w->n, s.data + i, len);
            w->n += len;
        }
    }
    while (w->n > start && w->to[w->n - 1] == ' ')
        w->n--;
}

dln_str dln_clean__plain(dln_arena *arena, dln_str s)
{
    writer w = {dln_arena_alloc(arena, s.len + 4), 0};
    if (!w.to)
        return DLN_STR("");
    write_plain(&w, s);
    return dln_utf8_nfc(arena, (dln_str){w.to, w.n});
}

static int by_place(const void *a, const void *b)
{
    const dln_removed *x = a, *y = b;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return x->span.end < y->span.end ? -1 : x->span.end > y->span.end;
}

static void add_removed(dln_page *page, dln_span span, const char *reason)
{
    dln_removed *r = DLN_VEC_PUSH(page->doc->arena, &page->doc->removed);
    if (!r)
        return;
    if (page->from)
        span = (dln_span){page->from[span.start], page->from[span.end]};
    *r = (dln_removed){span, reason};
}

static void list_removed(dln_page *page)
{
    dln_doc *doc = page->doc;
    for (uint32_t i = 0; i < page->blocks.count; i++)
        if (page->blocks.at[i].reason)
            add_removed(page, page->blocks.at[i].span,
                        page->blocks.at[i].reason);
    for (uint32_t i = 0; i < page->cuts.count; i++)
        add_removed(page, page->cuts.at[i].span, page->cuts.at[i].reason);
    /* blocks are in order already */
    if (page->cuts.count && doc->removed.count)
        qsort(doc->removed.at, doc->removed.count, sizeof *doc->removed.at,
              by_place);
}

void dln_clean__assemble(dln_page *page)
{
    dln_doc *doc = page->doc;
    writer w = {dln_arena_alloc(page->scratch, page->text.len + 4), 0};
    if (!w.to)
        return;
    for (uint32_t i = 0; i < page->blocks.count; i++) {
        const dln_block *b = &page->blocks.at[i];
        if (b->reason)
            continue;
        size_t before = w.n;
        if (before)
            w.to[w.n++] = b->joined ? ' ' : '\n';
        size_t start = w.n;
        write_plain(&w, dln_block_str(page, b));
        if (w.n == start)
            w.n = before;
    }
    doc->text = dln_utf8_nfc(doc->arena, (dln_str){w.to, w.n});
    list_removed(page);
}
