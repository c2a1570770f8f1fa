/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tree → runs: the text between two borders of blocks, without what its
 * markup says is no part of the report.
 */
#include "base/utf8.h"
#include "extract/extract_p.h"

#define MAX_OPEN 1024u
#ifndef SOFT_WORDS
#define SOFT_WORDS 120  /* outside links: more is prose */
#endif

static uint32_t words_of(dln_str s)
{
    uint32_t n = 0;
    bool space = true;
    for (size_t i = 0; i < s.len; i++) {
        bool now = (unsigned char)s.data[i] <= ' ';
        n += space && !now;
        space = now;
    }
    return n;
}

static void sum_words(dln_view *view)
{
    const dln_html *html = &view->html;
    uint32_t n = html->nodes.count, words = 0, links = 0;
    view->words = dln_arena_array(view->scratch, n + 1, sizeof(uint32_t));
    view->links = dln_arena_array(view->scratch, n + 1, sizeof(uint32_t));
    view->marks = dln_arena_array(view->scratch, n + 1, 1);
    if (!view->words || !view->links || !view->marks)
        return;
    for (uint32_t i = 0; i < n; i++) {
        const dln_node *node = &html->nodes.at[i];
        view->words[i] = words;
        view->links[i] = links;
        if (node->tag != DLN_TAG_TEXT
            || (node->flags & (DLN_NODE_MUTE | DLN_NODE_SPACE)))
            continue;
        uint32_t w = words_of(dln_str_sub(html->page, node->at,
                                          node->at + node->len));
        words += w;
        links += node->flags & DLN_NODE_LINK ? w : 0;
    }
    view->words[n] = words;
    view->links[n] = links;
}

/* Words outside links in a subtree. */
static uint32_t plain_words(const dln_view *view, uint32_t node)
{
    uint32_t end = view->html.nodes.at[node].end;
    return view->words[end] - view->words[node]
           - (view->links[end] - view->links[node]);
}

/* Is the element no part of the report? Never one that holds much of the
 * page: then its words are about all of it ("has-sidebar"). */
static bool dropped(const dln_view *view, uint32_t node)
{
    const dln_node *n = &view->html.nodes.at[node];
    uint8_t marks = view->marks[node];
    if (view->whole || !(marks & (DLN_MARK_DROP | DLN_MARK_SOFT))
        || (marks & (DLN_MARK_KEEP | DLN_MARK_BODY))
        || n->tag == DLN_TAG_BODY || n->tag == DLN_TAG_HTML
        || n->tag == DLN_TAG_MAIN || n->tag == DLN_TAG_ARTICLE)
        return false;
    uint32_t words = plain_words(view, node);
    if (!(marks & DLN_MARK_DROP) && words >= SOFT_WORDS)
        return false;
    return words * 5 < plain_words(view, 0) * 2;
}

/* Does the text end as a sentence does? */
static bool stops(dln_str s)
{
    size_t len;
    for (; s.len; s.len -= len) {
        int32_t c = dln_utf8_before(s, s.len, &len);
        if (c == '.' || c == '?' || c == '!' || c == ':' || c == 0x2026
            || c == 0x3002 || c == ';')
            return true;
        if (!dln_utf8_is_quote(c) && c != ')' && c != ']'
            && !dln_utf8_is_space(c))
            return false;
    }
    return false;
}

typedef struct walk {
    dln_view *view;
    uint32_t open[MAX_OPEN];    /* block elements */
    uint32_t depth;
    bool cut;                   /* a border lies before the next text */
    uint32_t breaks;            /* <br> since the last text */
} walk;

static void leave(walk *w, uint32_t node)
{
    const dln_html *html = &w->view->html;
    while (w->depth && html->nodes.at[w->open[w->depth - 1]].end <= node) {
        w->depth--;
        w->cut = true;
    }
}

static void take_text(walk *w, uint32_t i)
{
    dln_view *view = w->view;
    const dln_node *n = &view->html.nodes.at[i];
    dln_str s = dln_str_sub(view->html.page, n->at, n->at + n->len);
    if (n->flags & DLN_NODE_SPACE)
        return;
    dln_run *run = view->runs.count && !w->cut && w->breaks < 2
                       ? &view->runs.at[view->runs.count - 1] : NULL;
    if (!run) {
        run = DLN_VEC_PUSH(view->scratch, &view->runs);
        if (!run)
            return;
        *run = (dln_run){.first = i,
                         .block = w->depth ? w->open[w->depth - 1] : 0};
    }
    uint32_t words = view->words[i + 1] - view->words[i];
    run->end = i + 1;
    run->words += words;
    run->links += n->flags & DLN_NODE_LINK ? words : 0;
    run->stop = stops(s);
    w->cut = false;
    w->breaks = 0;
}

void dln_extract__runs(dln_view *view)
{
    walk w = {.view = view, .cut = true};
    const dln_html *html = &view->html;
    sum_words(view);
    if (dln_arena_oom(view->scratch))
        return;
    for (uint32_t i = 0; i < html->nodes.count;) {
        const dln_node *n = &html->nodes.at[i];
        leave(&w, i);
        if (n->tag == DLN_TAG_TEXT) {
            if (!(n->flags & DLN_NODE_MUTE))
                take_text(&w, i);
            i++;
            continue;
        }
        if (view->words[n->end] == view->words[i]) {  /* nothing in it */
            w.breaks += n->tag == DLN_TAG_BR;
            w.cut |= dln_tag_is_block(n->tag);
            i = n->end;
            continue;
        }
        bool block = dln_tag_is_block(n->tag);
        view->marks[i] = dln_extract__marks(view->room, html, i);
        if (dropped(view, i) || n->tag == DLN_TAG_HEAD
            || n->tag == DLN_TAG_TITLE) {
            w.cut |= block;
            i = n->end;
            continue;
        }
        if (block) {
            w.cut = true;
            if (w.depth < MAX_OPEN)
                w.open[w.depth++] = i;
        }
        i++;
    }
}
