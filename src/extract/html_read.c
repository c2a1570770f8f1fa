/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes → tree: a reader of HTML as browsers take it, in one pass.
 *
 * Follows the WHATWG standard (13.2.5 tokens, 13.2.6 tree) in what decides
 * where a piece of text belongs: raw text elements, comments and their
 * quirks, end tags implied by start tags, scopes, misnested formatting. Left
 * out is what does not: frame sets, foreign content, the order in which
 * misplaced content of tables is put before them, clones of formatting
 * elements. The libraries at hand were tried: see docs/design/extract.md.
 *
 * Limits: depth (deeper elements are read flat), number of nodes and
 * attributes (text beyond goes to the last element).
 */
#include <string.h>

#include "extract/html.h"

#define MAX_DEPTH 400u
#define MAX_NODES (1u << 20)
#define MAX_ATTRS (1u << 20)

enum { B = 1, P = 2, V = 4, R = 8, S = 16, N = 32, F = 64 };

static const uint8_t tag_flags[DLN_TAG_COUNT] = {
#define X(id, name, flags) [DLN_TAG_##id] = (flags),
    DLN_TAG_LIST(X)
#undef X
};

static const char *const tag_names[DLN_TAG_COUNT] = {
    [DLN_TAG_TEXT] = "", [DLN_TAG_OTHER] = "",
#define X(id, name, flags) [DLN_TAG_##id] = name,
    DLN_TAG_LIST(X)
#undef X
};

static const char *const attr_names[DLN_ATTR_COUNT] = {
#define X(id, name) [DLN_ATTR_##id] = name,
    DLN_ATTR_LIST(X)
#undef X
};

bool dln_tag_is_block(uint8_t tag)
{
    return tag_flags[tag] & B;
}

/* The first eight characters of a name as a number that sorts as it does. */
static uint64_t key_of(const char *name)
{
    uint64_t key = 0;
    for (int i = 0; i < 8; i++) {
        key = key << 8 | (unsigned char)*name;
        name += *name != '\0';
    }
    return key;
}

/* Place of a name in a sorted list, or `high`. */
static int find_name(const char *const *names, const uint64_t *keys, int low,
                     int high, const char *name, uint64_t key)
{
    int none = high;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = key < keys[middle] ? -1 : key > keys[middle];
        if (!order && (key & 0xFF))     /* eight and perhaps more */
            order = strcmp(name, names[middle]);
        if (!order)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return none;
}

typedef struct reader {
    dln_html *html;
    dln_arena *arena;
    dln_str s;
    size_t at;
    uint32_t open[MAX_DEPTH];       /* nodes, outermost first */
    uint32_t depth;
    uint32_t count[DLN_TAG_COUNT];  /* open ones by tag */
    uint32_t mute;                  /* open ones that nothing is read of */
    bool full;
    uint64_t tag_keys[DLN_TAG_COUNT], attr_keys[DLN_ATTR_COUNT];
} reader;

static dln_node *node_at(reader *r, uint32_t i)
{
    return &r->html->nodes.at[i];
}

static uint8_t tag_of(reader *r, uint32_t level)
{
    return node_at(r, r->open[level])->tag;
}

static uint32_t add_node(reader *r, uint8_t tag)
{
    if (r->html->nodes.count >= MAX_NODES) {
        r->html->crowded = true;
        return DLN_NONE;
    }
    dln_node *n = DLN_VEC_PUSH(r->arena, &r->html->nodes);
    if (!n) {
        r->full = true;
        return DLN_NONE;
    }
    uint32_t i = r->html->nodes.count - 1;
    *n = (dln_node){
        .parent = r->depth ? r->open[r->depth - 1] : i ? 0 : DLN_NONE,
        .end = i + 1,
        .attrs = r->html->attrs.count,
        .tag = tag,
    };
    return i;
}

static void add_text(reader *r, size_t from, size_t to)
{
    if (from >= to)
        return;
    uint32_t i = add_node(r, DLN_TAG_TEXT);
    if (i == DLN_NONE)
        return;
    dln_node *n = node_at(r, i);
    size_t at = from;
    while (at < to && dln_is_space(r->s.data[at]))
        at++;
    n->at = (uint32_t)from;
    n->len = (uint32_t)(to - from);
    n->flags = (uint8_t)((r->count[DLN_TAG_A] ? DLN_NODE_LINK : 0)
                         | (r->mute ? DLN_NODE_MUTE : 0)
                         | (at == to ? DLN_NODE_SPACE : 0));
}

/* ---- open elements ---- */

static void forget(reader *r, uint32_t level)
{
    uint8_t tag = tag_of(r, level);
    r->count[tag]--;
    r->mute -= (tag_flags[tag] & N) != 0;
}

static void push(reader *r, uint32_t node)
{
    uint8_t tag = node_at(r, node)->tag;
    if (r->depth == MAX_DEPTH)
        return;
    r->open[r->depth++] = node;
    r->count[tag]++;
    r->mute += (tag_flags[tag] & N) != 0;
}

static void pop_to(reader *r, uint32_t level)
{
    while (r->depth > level)
        forget(r, --r->depth);
}

/* Takes one element off the open ones; those inside it stay open. */
static void take_out(reader *r, uint32_t level)
{
    forget(r, level);
    r->depth--;
    memmove(&r->open[level], &r->open[level + 1],
            (r->depth - level) * sizeof *r->open);
}

/* Level of the innermost open `tag` before a scope ends; depth if none. */
static uint32_t find_open(reader *r, uint8_t tag)
{
    if (!r->count[tag])
        return r->depth;
    for (uint32_t i = r->depth; i-- > 0;) {
        uint8_t t = tag_of(r, i);
        if (t == tag)
            return i;
        if (tag_flags[t] & S)
            break;
    }
    return r->depth;
}

static void close_if_open(reader *r, uint8_t tag)
{
    uint32_t level = find_open(r, tag);
    if (level < r->depth)
        pop_to(r, level);
}

/* A new item closes the one before it, up to its own list. */
static void close_item(reader *r, uint8_t tag, uint8_t other)
{
    for (uint32_t i = r->depth; i-- > 0;) {
        uint8_t t = tag_of(r, i);
        if (t == tag || t == other) {
            pop_to(r, i);
            return;
        }
        if ((tag_flags[t] & (B | S)) && t != DLN_TAG_DIV
            && t != DLN_TAG_P && t != DLN_TAG_ADDRESS)
            return;
    }
}

/* Closes rows and cells up to the table. */
static void close_table_parts(reader *r, uint8_t tag)
{
    for (uint32_t i = r->depth; i-- > 0;) {
        uint8_t t = tag_of(r, i);
        if (t == DLN_TAG_TABLE || t == DLN_TAG_TEMPLATE)
            return;
        bool cell = t == DLN_TAG_TD || t == DLN_TAG_TH
                    || t == DLN_TAG_CAPTION;
        bool row = t == DLN_TAG_TR;
        bool group = t == DLN_TAG_TBODY || t == DLN_TAG_THEAD
                     || t == DLN_TAG_TFOOT;
        if (cell || (row && tag != DLN_TAG_TD && tag != DLN_TAG_TH)
            || (group && tag != DLN_TAG_TD && tag != DLN_TAG_TH
                && tag != DLN_TAG_TR))
            pop_to(r, i);
        else if (row || group)
            return;
    }
}

/* What a start tag closes before it opens. */
static void imply(reader *r, uint8_t tag)
{
    if (tag_flags[tag] & P)
        close_if_open(r, DLN_TAG_P);
    switch (tag) {
    case DLN_TAG_LI: close_item(r, DLN_TAG_LI, DLN_TAG_LI); break;
    case DLN_TAG_DD: case DLN_TAG_DT:
        close_item(r, DLN_TAG_DD, DLN_TAG_DT);
        break;
    case DLN_TAG_H1: case DLN_TAG_H2: case DLN_TAG_H3: case DLN_TAG_H4:
    case DLN_TAG_H5: case DLN_TAG_H6:
        if (r->depth && dln_tag_is_heading(tag_of(r, r->depth - 1)))
            pop_to(r, r->depth - 1);
        break;
    case DLN_TAG_TD: case DLN_TAG_TH: case DLN_TAG_TR: case DLN_TAG_TBODY:
    case DLN_TAG_THEAD: case DLN_TAG_TFOOT: case DLN_TAG_CAPTION:
        if (r->count[DLN_TAG_TABLE])
            close_table_parts(r, tag);
        break;
    case DLN_TAG_A: {
        uint32_t level = find_open(r, DLN_TAG_A);
        if (level < r->depth)
            take_out(r, level);
        break;
    }
    case DLN_TAG_OPTION: close_if_open(r, DLN_TAG_OPTION); break;
    case DLN_TAG_BODY: close_if_open(r, DLN_TAG_HEAD); break;
    default: break;
    }
}

/* Content that only a body has ends a head that was left open. */
static void leave_head(reader *r, uint8_t tag)
{
    if (r->count[DLN_TAG_HEAD] && (tag_flags[tag] & B)
        && tag != DLN_TAG_HEAD && tag != DLN_TAG_HTML)
        close_if_open(r, DLN_TAG_HEAD);
}

static void end_tag(reader *r, uint8_t tag)
{
    if (tag == DLN_TAG_BR)
        (void)add_node(r, DLN_TAG_BR);
    if (tag == DLN_TAG_OTHER || (tag_flags[tag] & V)
        || tag == DLN_TAG_BODY || tag == DLN_TAG_HTML)
        return;
    if (dln_tag_is_heading(tag)) {      /* any heading's end ends one */
        for (uint8_t t = DLN_TAG_H1; !r->count[tag] && t <= DLN_TAG_H6; t++)
            if (r->count[t])
                tag = t;
    }
    uint32_t level = r->depth;
    if (tag_flags[tag] & S) {
        for (uint32_t i = r->depth; r->count[tag] && i-- > 0;)
            if (tag_of(r, i) == tag) {
                level = i;
                break;
            }
    } else {
        level = find_open(r, tag);
    }
    if (level == r->depth)
        return;
    if (tag_flags[tag] & F) {
        for (uint32_t i = level + 1; i < r->depth; i++)
            if (tag_flags[tag_of(r, i)] & (B | S)) {
                take_out(r, level);
                return;
            }
    }
    pop_to(r, level);
}

/* ---- tokens ---- */

/* Lower-cased name at r->at, which moves behind it; cut to 15 bytes. */
static void read_name(reader *r, char name[16], bool attribute)
{
    size_t n = 0;
    for (; r->at < r->s.len; r->at++) {
        char c = r->s.data[r->at];
        if (dln_is_space(c) || c == '>' || c == '/'
            || (attribute && c == '='))
            break;
        if (n < 15)
            name[n] = dln_lower(c);
        n++;
    }
    name[n < 15 ? n : 15] = '\0';
    if (n > 15)
        name[0] = '\0';
}

static void skip_space(reader *r)
{
    while (r->at < r->s.len && dln_is_space(r->s.data[r->at]))
        r->at++;
}

/* The value behind an attribute's name. */
static dln_span read_value(reader *r)
{
    const char *s = r->s.data;
    skip_space(r);
    if (r->at >= r->s.len || s[r->at] != '=')
        return (dln_span){(uint32_t)r->at, (uint32_t)r->at};
    r->at++;
    skip_space(r);
    size_t start = r->at, end;
    if (start < r->s.len && (s[start] == '"' || s[start] == '\'')) {
        start++;
        const char *close = memchr(s + start, s[start - 1],
                                   r->s.len - start);
        end = close ? (size_t)(close - s) : r->s.len;
        r->at = end + (close != NULL);
    } else {
        for (end = start; end < r->s.len && !dln_is_space(s[end])
                          && s[end] != '>'; end++)
            ;
        r->at = end;
    }
    return (dln_span){(uint32_t)start, (uint32_t)end};
}

/* Attributes up to and with '>'; kept if `node` is one. */
static void read_attributes(reader *r, uint32_t node)
{
    char name[16];
    while (r->at < r->s.len) {
        skip_space(r);
        if (r->at >= r->s.len)
            return;
        char c = r->s.data[r->at];
        if (c == '>') {
            r->at++;
            return;
        }
        if (c == '/') {
            r->at++;
            continue;
        }
        size_t before = r->at;
        read_name(r, name, true);
        if (r->at == before)    /* a stray '=' */
            r->at++;
        dln_span value = read_value(r);
        if (node == DLN_NONE || !name[0])
            continue;
        int which = find_name(attr_names, r->attr_keys, 0, DLN_ATTR_COUNT,
                              name, key_of(name));
        if (which == DLN_ATTR_COUNT || node_at(r, node)->attr_count == 32
            || r->html->attrs.count >= MAX_ATTRS)
            continue;
        dln_attr *a = DLN_VEC_PUSH(r->arena, &r->html->attrs);
        if (!a) {
            r->full = true;
            return;
        }
        *a = (dln_attr){value.start, value.end - value.start,
                        (uint32_t)which};
        node_at(r, node)->attr_count++;
    }
}

/* Raw content runs to "</name". One that is never closed ends at the page's
 * end, but a title at the next tag. */
static void read_raw(reader *r, uint8_t tag)
{
    const char *name = tag_names[tag], *s = r->s.data;
    size_t len = strlen(name), start = r->at, n = r->s.len;
    for (size_t at = start; at < n;) {
        const char *lt = memchr(s + at, '<', n - at);
        if (!lt)
            break;
        size_t i = (size_t)(lt - s);
        at = i + 1;
        if (tag == DLN_TAG_TITLE && i + 1 < n && s[i + 1] != '/'
            && dln_is_alpha(s[i + 1]) && i - start > 500) {
            add_text(r, start, i);
            r->at = i;
            return;
        }
        if (i + 2 + len >= n || s[i + 1] != '/')
            continue;
        char c = s[i + 2 + len];
        if ((c == '>' || c == '/' || dln_is_space(c))
            && dln_str_ieq((dln_str){s + i + 2, len},
                           (dln_str){name, len})) {
            add_text(r, start, i);
            r->at = i + 2 + len;
            read_attributes(r, DLN_NONE);
            return;
        }
    }
    add_text(r, start, n);
    r->at = n;
}

static void start_tag(reader *r)
{
    char name[16];
    read_name(r, name, false);
    int which = name[0] ? find_name(tag_names, r->tag_keys,
                                    DLN_TAG_OTHER + 1, DLN_TAG_COUNT, name,
                                    key_of(name)) : DLN_TAG_COUNT;
    uint8_t tag = which == DLN_TAG_COUNT ? DLN_TAG_OTHER : (uint8_t)which;
    bool once = tag == DLN_TAG_HTML || tag == DLN_TAG_BODY
                || tag == DLN_TAG_HEAD;
    leave_head(r, tag);
    if (once && r->count[tag]) {
        read_attributes(r, DLN_NONE);
        return;
    }
    imply(r, tag);
    uint32_t node = add_node(r, tag);
    read_attributes(r, node);
    if (node == DLN_NONE || (tag_flags[tag] & V)
        || tag == DLN_TAG_OTHER)
        return;
    uint32_t level = r->depth;
    push(r, node);
    if (tag_flags[tag] & R) {
        read_raw(r, tag);
        pop_to(r, level);
    }
}

/* "<!" and "<?": comments and what is taken for one. */
static void skip_markup(reader *r)
{
    const char *s = r->s.data;
    size_t n = r->s.len, i = r->at;
    if (n - i >= 4 && !memcmp(s + i, "<!--", 4)) {
        i += 4;
        if (i < n && (s[i] == '>' || (s[i] == '-' && i + 1 < n
                                      && s[i + 1] == '>'))) {
            r->at = i + (s[i] == '>' ? 1 : 2);
            return;
        }
        for (;;) {
            const char *gt = i < n ? memchr(s + i, '>', n - i) : NULL;
            if (!gt)
                break;
            size_t k = (size_t)(gt - s);
            bool ends = (s[k - 1] == '-' && s[k - 2] == '-')
                        || (s[k - 1] == '!' && s[k - 2] == '-'
                            && s[k - 3] == '-');
            i = k + 1;
            if (ends && k >= r->at + 6) {
                r->at = i;
                return;
            }
        }
        r->at = n;
        return;
    }
    const char *gt = memchr(s + i, '>', n - i);
    r->at = gt ? (size_t)(gt - s) + 1 : n;
}

static void end_mark(reader *r)
{
    char name[16];
    r->at += 2;
    read_name(r, name, false);
    int which = name[0] ? find_name(tag_names, r->tag_keys,
                                    DLN_TAG_OTHER + 1, DLN_TAG_COUNT, name,
                                    key_of(name)) : DLN_TAG_COUNT;
    read_attributes(r, DLN_NONE);
    end_tag(r, which == DLN_TAG_COUNT ? DLN_TAG_OTHER : (uint8_t)which);
}

static void read_all(reader *r)
{
    const char *s = r->s.data;
    size_t n = r->s.len, text = 0;
    while (r->at < n && !r->full) {
        const char *lt = memchr(s + r->at, '<', n - r->at);
        if (!lt)
            break;
        size_t i = (size_t)(lt - s);
        char c = i + 1 < n ? s[i + 1] : ' ';
        bool end = c == '/' && i + 2 < n && dln_is_alpha(s[i + 2]);
        if (!dln_is_alpha(c) && c != '!' && c != '?' && !end && c != '/') {
            r->at = i + 1;      /* a plain '<' */
            continue;
        }
        add_text(r, text, i);
        r->at = i;
        if (end) {
            end_mark(r);
        } else if (dln_is_alpha(c)) {
            r->at++;
            start_tag(r);
        } else {
            skip_markup(r);
        }
        text = r->at;
    }
    if (!r->full)
        add_text(r, text, n);
}

void dln_html_read(dln_html *html, dln_arena *arena, dln_str page)
{
    reader r = {.html = html, .arena = arena, .s = page};
    *html = (dln_html){.page = page};
    for (int i = 0; i < DLN_TAG_COUNT; i++)
        r.tag_keys[i] = key_of(tag_names[i]);
    for (int i = 0; i < DLN_ATTR_COUNT; i++)
        r.attr_keys[i] = key_of(attr_names[i]);
    /* Room for a usual page at once: growing leaves holes in the arena. */
    html->nodes.cap = 64;
    html->nodes.at = dln_arena_array(arena, html->nodes.cap,
                                     sizeof *html->nodes.at);
    if (!html->nodes.at)
        html->nodes.cap = 0;
    (void)add_node(&r, DLN_TAG_OTHER);
    read_all(&r);
    /* Elements taken out early may end before what they hold. */
    for (uint32_t i = html->nodes.count; i-- > 1;) {
        const dln_node *n = &html->nodes.at[i];
        dln_node *parent = &html->nodes.at[n->parent];
        if (parent->end < n->end)
            parent->end = n->end;
    }
}

dln_str dln_html_attr(const dln_html *html, uint32_t node,
                      dln_attr_name name)
{
    const dln_node *n = &html->nodes.at[node];
    for (uint32_t i = 0; i < n->attr_count; i++) {
        const dln_attr *a = &html->attrs.at[n->attrs + i];
        if (a->name == name)
            return dln_str_sub(html->page, a->at, a->at + a->len);
    }
    return (dln_str){NULL, 0};
}
