/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Slices of a page → text: character references undone (WHATWG 13.2.5.72 to
 * 80), white space run together.
 *
 * A no-break space counts as white space; zero-width marks and soft hyphens
 * are left to those who mend text.
 */
#include "base/charref.h"
#include "base/utf8.h"
#include "extract/html.h"

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
        if (c == '&' && (n = dln_charref(s, i, made, &text)) > 0) {
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
