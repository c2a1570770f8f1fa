/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slices of a page → text: character references undone (WHATWG 13.2.5.72 to
 * 80), white space run together.
 *
 * A no-break space counts as white space; zero-width marks and soft hyphens
 * are left to those who mend text.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "extract/html.h"

typedef struct entity {
    const char *name, *text;
    int bare;           /* also without ';' */
} entity;

static const entity entities[] = {
#include "extract/entities.inc"
};

enum { ENTITIES = sizeof entities / sizeof *entities, LONGEST = 32 };

/* Code points 0x80 to 0x9F of careless pages are Windows-1252. */
static const uint16_t windows[32] = {
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

static const entity *find_entity(const char *name, size_t len)
{
    size_t low = 0, high = ENTITIES;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strncmp(name, entities[middle].name, len);
        if (!order && entities[middle].name[len])
            order = -1;
        if (!order)
            return &entities[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* "&#8217;" and "&#x2019;"; returns its bytes, 0 if it is none. */
static size_t number(dln_str s, size_t at, char out[4], size_t *made)
{
    size_t i = at + 2;
    bool hex = i < s.len && (s.data[i] == 'x' || s.data[i] == 'X');
    uint32_t c = 0;
    i += hex;
    size_t first = i;
    for (; i < s.len; i++) {
        char d = s.data[i];
        uint32_t v;
        if (dln_is_digit(d))
            v = (uint32_t)(d - '0');
        else if (hex && dln_lower(d) >= 'a' && dln_lower(d) <= 'f')
            v = (uint32_t)(dln_lower(d) - 'a' + 10);
        else
            break;
        if (c <= 0x110000)
            c = c * (hex ? 16u : 10u) + v;
    }
    if (i == first)
        return 0;
    if (c >= 0x80 && c < 0xA0)
        c = windows[c - 0x80];
    if (!c || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        c = 0xFFFD;
    *made = dln_utf8_put((int32_t)c, out);
    return i - at + (i < s.len && s.data[i] == ';');
}

/* The reference at s[at] ('&'): its bytes, or 0; its text in *text. */
static size_t reference(dln_str s, size_t at, char out[4], dln_str *text)
{
    if (at + 1 < s.len && s.data[at + 1] == '#') {
        *text = (dln_str){out, 0};
        return number(s, at, out, &text->len);
    }
    size_t end = at + 1;
    while (end < s.len && end - at <= LONGEST
           && (dln_is_alpha(s.data[end]) || dln_is_digit(s.data[end])))
        end++;
    bool closed = end < s.len && s.data[end] == ';';
    for (size_t n = end - at - 1; n > 1; n--) {
        const entity *e = find_entity(s.data + at + 1, n);
        bool whole = closed && at + 1 + n == end;
        if (e && (whole || e->bare)) {
            *text = dln_str_of(e->text);
            return 1 + n + whole;
        }
        if (n > 8)      /* names without ';' are short */
            n = 8;
    }
    return 0;
}

static void put_space(dln_buf *out, size_t start)
{
    if (out->len > start && out->data[out->len - 1] != ' ')
        dln_buf_char(out, ' ');
}

static void put(dln_buf *out, size_t start, dln_str text)
{
    if (text.len == 1 && dln_is_space(text.data[0]))
        put_space(out, start);
    else if (text.len == 2 && !memcmp(text.data, "\xC2\xA0", 2))
        put_space(out, start);
    else
        dln_buf_str(out, text);
}

static bool plain(char c)
{
    return (unsigned char)c > ' ' && c != '&' && c != '\xC2';
}

void dln_html_add(dln_buf *out, size_t start, dln_str s)
{
    char made[4];
    for (size_t i = 0, from; i < s.len;) {
        for (from = i; i < s.len && plain(s.data[i]); i++)
            ;
        dln_buf_add(out, s.data + from, i - from);
        if (i == s.len)
            return;
        char c = s.data[i];
        dln_str text;
        size_t n;
        if (c == '&' && (n = reference(s, i, made, &text)) > 0) {
            put(out, start, text);
            i += n;
        } else if (c == '\xC2' && i + 1 < s.len
                   && s.data[i + 1] == '\xA0') {
            put_space(out, start);
            i += 2;
        } else if (dln_is_space(c)) {
            put_space(out, start);
            i++;
        } else {
            if ((unsigned char)c >= ' ')    /* no control bytes */
                dln_buf_char(out, c);
            i++;
        }
    }
}

dln_str dln_html_plain(dln_arena *arena, dln_str s)
{
    dln_buf out;
    dln_buf_init(&out, 0);
    dln_html_add(&out, 0, s);
    dln_str text = dln_arena_str(arena, dln_str_trim(dln_buf_view(&out)));
    dln_buf_release(&out);
    return text;
}

/* End of the innermost block that holds `i`, below `top`. */
static uint32_t block_end(const dln_html *html, uint32_t i, uint32_t top)
{
    while (i != DLN_NONE && i > top
           && !dln_tag_is_block(html->nodes.at[i].tag))
        i = html->nodes.at[i].parent;
    return i != DLN_NONE && i > top ? html->nodes.at[i].end : DLN_NONE;
}

dln_str dln_html_inner(const dln_html *html, dln_arena *arena,
                       uint32_t node, size_t most)
{
    dln_buf out;
    size_t read = 0;
    uint32_t border = DLN_NONE;     /* end of the innermost open block */
    dln_buf_init(&out, 0);
    for (uint32_t i = node; i < html->nodes.at[node].end && read < most;
         i++) {
        const dln_node *n = &html->nodes.at[i];
        if (i >= border) {
            put_space(&out, 0);
            border = block_end(html, n->parent, node);
        }
        if (n->tag == DLN_TAG_TEXT && !(n->flags & DLN_NODE_MUTE)) {
            dln_str s = dln_str_sub(html->page, n->at, n->at + n->len);
            read += s.len;
            dln_html_add(&out, 0, dln_str_sub(s, 0, most));
        } else if (i > node && (n->tag == DLN_TAG_BR
                                || dln_tag_is_block(n->tag))) {
            put_space(&out, 0);
            if (n->tag != DLN_TAG_BR && n->end > i + 1)
                border = n->end;
        }
    }
    dln_str text = dln_arena_str(arena, dln_str_trim(dln_buf_view(&out)));
    dln_buf_release(&out);
    return text;
}
