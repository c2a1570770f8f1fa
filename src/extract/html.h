/* SPDX-License-Identifier: Apache-2.0 */
/*
 * html: a page as a tree of nodes in document order.
 *
 * Nodes lie in one array; the subtree of node i is the contiguous range
 * [i, nodes[i].end), so anything that is a sum over a subtree is the
 * difference of two prefix sums. Text and attribute values are slices of the
 * page as it came: entities are undone when a piece is wanted.
 */
#ifndef DLN_EXTRACT_HTML_H
#define DLN_EXTRACT_HTML_H

#include "base/arena.h"
#include "base/buf.h"

/* Elements the reader knows, sorted by name; what else there is is OTHER.
 *   B  begins a block              P  its start tag closes an open <p>
 *   V  void: has no content        R  raw: content is text up to its end tag
 *   S  a scope: end tags inside do not close what is outside
 *   N  nothing in it is read       F  formatting, may be nested wrongly */
#define DLN_TAG_LIST(X)                                                 \
    X(A, "a", F) X(ABBR, "abbr", 0) X(ADDRESS, "address", B | P)        \
    X(AREA, "area", V) X(ARTICLE, "article", B | P)                     \
    X(ASIDE, "aside", B | P) X(AUDIO, "audio", N) X(B, "b", F)          \
    X(BASE, "base", V) X(BLOCKQUOTE, "blockquote", B | P)               \
    X(BODY, "body", B) X(BR, "br", V) X(BUTTON, "button", N | S)        \
    X(CANVAS, "canvas", N) X(CAPTION, "caption", B | S)                 \
    X(CENTER, "center", B | P) X(CITE, "cite", 0) X(CODE, "code", F)    \
    X(COL, "col", V) X(DATALIST, "datalist", N)                         \
    X(DD, "dd", B | P) X(DETAILS, "details", B | P)                     \
    X(DIALOG, "dialog", B | P | N) X(DIV, "div", B | P)                 \
    X(DL, "dl", B | P) X(DT, "dt", B | P) X(EM, "em", F)                \
    X(EMBED, "embed", V) X(FIELDSET, "fieldset", B | P)                 \
    X(FIGCAPTION, "figcaption", B | P) X(FIGURE, "figure", B | P)       \
    X(FONT, "font", F) X(FOOTER, "footer", B | P)                       \
    X(FORM, "form", B | P) X(H1, "h1", B | P) X(H2, "h2", B | P)        \
    X(H3, "h3", B | P) X(H4, "h4", B | P) X(H5, "h5", B | P)            \
    X(H6, "h6", B | P) X(HEAD, "head", B) X(HEADER, "header", B | P)    \
    X(HR, "hr", B | P | V) X(HTML, "html", B | S) X(I, "i", F)          \
    X(IFRAME, "iframe", R | N) X(IMG, "img", V) X(INPUT, "input", V)    \
    X(INS, "ins", 0) X(LABEL, "label", 0) X(LEGEND, "legend", B)        \
    X(LI, "li", B | P) X(LINK, "link", V) X(MAIN, "main", B | P)        \
    X(MENU, "menu", B | P) X(META, "meta", V) X(NAV, "nav", B | P)      \
    X(NOEMBED, "noembed", R | N) X(NOFRAMES, "noframes", R | N)         \
    X(NOSCRIPT, "noscript", 0) X(OBJECT, "object", N | S)               \
    X(OL, "ol", B | P) X(OPTGROUP, "optgroup", N)                       \
    X(OPTION, "option", N) X(P, "p", B | P) X(PARAM, "param", V)        \
    X(PICTURE, "picture", N) X(PRE, "pre", B | P)                       \
    X(S, "s", F) X(SCRIPT, "script", R | N)                             \
    X(SECTION, "section", B | P) X(SELECT, "select", N | S)             \
    X(SMALL, "small", F) X(SOURCE, "source", V) X(SPAN, "span", 0)      \
    X(STRONG, "strong", F) X(STYLE, "style", R | N)                     \
    X(SUMMARY, "summary", B | P) X(SVG, "svg", N)                       \
    X(TABLE, "table", B | P | S) X(TBODY, "tbody", B)                   \
    X(TD, "td", B | S) X(TEMPLATE, "template", N | S)                   \
    X(TEXTAREA, "textarea", R | N) X(TFOOT, "tfoot", B)                 \
    X(TH, "th", B | S) X(THEAD, "thead", B) X(TIME, "time", 0)          \
    X(TITLE, "title", R) X(TR, "tr", B) X(TRACK, "track", V)            \
    X(TT, "tt", F) X(U, "u", F) X(UL, "ul", B | P)                      \
    X(VIDEO, "video", N) X(WBR, "wbr", V) X(XMP, "xmp", R | B)

typedef enum dln_tag {
    DLN_TAG_TEXT,           /* a piece of text */
    DLN_TAG_OTHER,
#define X(id, name, flags) DLN_TAG_##id,
    DLN_TAG_LIST(X)
#undef X
    DLN_TAG_COUNT
} dln_tag;

/* Attributes that are kept, sorted by name. */
#define DLN_ATTR_LIST(X)                                                \
    X(ARIA_HIDDEN, "aria-hidden") X(CLASS, "class")                     \
    X(CONTENT, "content") X(DATETIME, "datetime") X(HIDDEN, "hidden")   \
    X(HREF, "href") X(ID, "id") X(ITEMPROP, "itemprop")                 \
    X(ITEMTYPE, "itemtype") X(LANG, "lang") X(NAME, "name")             \
    X(PROPERTY, "property") X(REL, "rel") X(ROLE, "role")               \
    X(STYLE, "style") X(TITLE, "title") X(TYPE, "type")

typedef enum dln_attr_name {
#define X(id, name) DLN_ATTR_##id,
    DLN_ATTR_LIST(X)
#undef X
    DLN_ATTR_COUNT
} dln_attr_name;

enum {
    DLN_NODE_LINK = 1,      /* text inside <a> */
    DLN_NODE_MUTE = 2,      /* text of an element nothing is read of */
    DLN_NODE_SPACE = 4      /* text of white space alone */
};

typedef struct dln_node {
    uint32_t parent;        /* DLN_NONE for the first */
    uint32_t end;           /* one behind its last descendant */
    uint32_t at, len;       /* text: slice of the page */
    uint32_t attrs;         /* first one in attrs */
    uint8_t attr_count;
    uint8_t tag;            /* dln_tag */
    uint8_t flags;
} dln_node;

typedef struct dln_attr {
    uint32_t at, len;       /* value, a slice of the page */
    uint32_t name;          /* dln_attr_name */
} dln_attr;

typedef struct dln_html {
    dln_str page;                   /* UTF-8 */
    DLN_VEC(dln_node) nodes;        /* [0] holds all */
    DLN_VEC(dln_attr) attrs;
    bool crowded;                   /* more nodes than are kept */
} dln_html;

/* Reads any bytes as a page. Linear; memory in `arena`. */
void dln_html_read(dln_html *html, dln_arena *arena, dln_str page);

/* The attribute's value as it is written, or data NULL. */
dln_str dln_html_attr(const dln_html *html, uint32_t node,
                      dln_attr_name name);
bool dln_tag_is_block(uint8_t tag);
/* Tag of a heading h1..h6? */
static inline bool dln_tag_is_heading(uint8_t tag)
{
    return tag >= DLN_TAG_H1 && tag <= DLN_TAG_H6;
}

/* ---- html_text.c ---- */
/* Adds `s` with entities undone and each run of white space one space; no
 * space at the beginning of `out` (from `start`) or behind another. */
void dln_html_add(dln_buf *out, size_t start, dln_str s);
/* `s` with entities undone, white space as above and none at the ends. */
dln_str dln_html_plain(dln_arena *arena, dln_str s);
/* Text of a subtree but for what is mute; trimmed. At most `most` bytes of
 * the page are read. */
dln_str dln_html_inner(const dln_html *html, dln_arena *arena,
                       uint32_t node, size_t most);

#endif
