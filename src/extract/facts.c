/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tree → claims: <title>, <meta>, <link>, JSON-LD, microdata, and elements
 * that are named for what they hold.
 */
#include <stdlib.h>

#include "extract/claims.h"

/* Names of <meta>, in lower case, sorted: what they tell. A date of the last
 * change is taken only for want of any other. */
static const struct dln_meta {
    const char *name;
    dln_field field;
    int rank;
} metas[] = {
    {"application-name", DLN_FIELD_OUTLET, DLN_RANK_LOOSE},
    {"article.created", DLN_FIELD_DATE, DLN_RANK_META + 3},
    {"article.published", DLN_FIELD_DATE, DLN_RANK_META + 1},
    {"article:author", DLN_FIELD_AUTHOR, DLN_RANK_LOOSE},
    {"article:author_name", DLN_FIELD_AUTHOR, DLN_RANK_META},
    {"article:modified_time", DLN_FIELD_DATE, DLN_RANK_CHANGE},
    {"article:published", DLN_FIELD_DATE, DLN_RANK_META},
    {"article:published_time", DLN_FIELD_DATE, DLN_RANK_META},
    {"article_date_original", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"author", DLN_FIELD_AUTHOR, DLN_RANK_META + 1},
    {"bt:pubdate", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"byl", DLN_FIELD_AUTHOR, DLN_RANK_META + 1},
    {"byline", DLN_FIELD_AUTHOR, DLN_RANK_META + 1},
    {"citation_author", DLN_FIELD_AUTHOR, DLN_RANK_META + 2},
    {"citation_date", DLN_FIELD_DATE, DLN_RANK_META + 3},
    {"citation_online_date", DLN_FIELD_DATE, DLN_RANK_META + 3},
    {"citation_publication_date", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"citation_title", DLN_FIELD_TITLE, DLN_RANK_META + 2},
    {"content-language", DLN_FIELD_LANGUAGE, DLN_RANK_META},
    {"cxenseparse:recs:publishtime", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"date", DLN_FIELD_DATE, DLN_RANK_LOOSE},
    {"date_published", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"datepublished", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"dc.creator", DLN_FIELD_AUTHOR, DLN_RANK_META + 3},
    {"dc.date", DLN_FIELD_DATE, DLN_RANK_LOOSE},
    {"dc.date.created", DLN_FIELD_DATE, DLN_RANK_META + 4},
    {"dc.date.issued", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"dc.title", DLN_FIELD_TITLE, DLN_RANK_META + 3},
    {"dcterms.created", DLN_FIELD_DATE, DLN_RANK_META + 4},
    {"dcterms.creator", DLN_FIELD_AUTHOR, DLN_RANK_META + 3},
    {"dcterms.date", DLN_FIELD_DATE, DLN_RANK_LOOSE},
    {"dcterms.issued", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"dcterms.title", DLN_FIELD_TITLE, DLN_RANK_META + 3},
    {"headline", DLN_FIELD_TITLE, DLN_RANK_META + 1},
    {"iso-8601-publish-date", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"og:article:published_time", DLN_FIELD_DATE, DLN_RANK_META},
    {"og:locale", DLN_FIELD_LANGUAGE, DLN_RANK_LOOSE},
    {"og:published_time", DLN_FIELD_DATE, DLN_RANK_META},
    {"og:site_name", DLN_FIELD_OUTLET, DLN_RANK_LD - 1},
    {"og:title", DLN_FIELD_TITLE, DLN_RANK_META},
    {"og:updated_time", DLN_FIELD_DATE, DLN_RANK_CHANGE + 1},
    {"og:url", DLN_FIELD_ADDRESS, DLN_RANK_META},
    {"originalpublicationdate", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"parsely-author", DLN_FIELD_AUTHOR, DLN_RANK_META},
    {"parsely-pub-date", DLN_FIELD_DATE, DLN_RANK_META + 1},
    {"parsely-title", DLN_FIELD_TITLE, DLN_RANK_META + 1},
    {"pdate", DLN_FIELD_DATE, DLN_RANK_META + 3},
    {"ptime", DLN_FIELD_DATE, DLN_RANK_META + 3},
    {"pubdate", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"publication_date", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"publish-date", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"publish_date", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"publishdate", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"published", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"published_date", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"rnews:datepublished", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"sailthru.author", DLN_FIELD_AUTHOR, DLN_RANK_META},
    {"sailthru.date", DLN_FIELD_DATE, DLN_RANK_META + 2},
    {"sailthru.title", DLN_FIELD_TITLE, DLN_RANK_META + 1},
    {"title", DLN_FIELD_TITLE, DLN_RANK_LOOSE},
    {"twitter:title", DLN_FIELD_TITLE, DLN_RANK_META + 4},
};

void dln_claims_add(dln_claims *claims, dln_field field, int rank,
                    uint32_t node, dln_str value, const char *why)
{
    value = dln_str_trim(value);
    if (!value.len || claims->list.count >= DLN_CLAIMS_MAX)
        return;
    dln_claim *c = DLN_VEC_PUSH(claims->scratch, &claims->list);
    if (c)
        *c = (dln_claim){field, rank, node, value, false, why};
}

/* A name with a row of `metas`, which begins with one. */
static int by_name(const void *name, const void *row)
{
    return strcmp(name, *(const char *const *)row);
}

/* A field of publication by its name, for the many that are in no list:
 * "cdc:first_published", "published-date". */
static bool tells_publication(const char *low)
{
    return (strstr(low, "publish") || strstr(low, "pubdate"))
           && (strstr(low, "date") || strstr(low, "time")
               || strstr(low, "first_pub"))
           && !strstr(low, "modif") && !strstr(low, "updat")
           && !strstr(low, "publisher") && !strstr(low, "expir");
}

static void read_meta(dln_claims *claims, const dln_html *html,
                      uint32_t node)
{
    static const dln_attr_name keys[] = {DLN_ATTR_PROPERTY, DLN_ATTR_NAME,
                                         DLN_ATTR_ITEMPROP};
    dln_str content = dln_html_attr(html, node, DLN_ATTR_CONTENT);
    if (!content.len || content.len > 4000)
        return;
    for (size_t k = 0; k < 3; k++) {
        char low[40];
        dln_str key = dln_str_trim(dln_html_attr(html, node, keys[k]));
        if (!key.len || key.len >= sizeof low)
            continue;
        for (size_t i = 0; i < key.len; i++)
            low[i] = dln_lower(key.data[i]);
        low[key.len] = '\0';
        const struct dln_meta *m =
            bsearch(low, metas, sizeof metas / sizeof *metas, sizeof *metas,
                    by_name);
        if (!m && tells_publication(low))
            dln_claims_add(claims, DLN_FIELD_DATE, DLN_RANK_META + 5, node,
                           dln_html_plain(claims->scratch, content),
                           "a <meta> of publication");
        /* "Written by" in label1, the name in data1 */
        if (!strcmp(low, "twitter:label1"))
            claims->labelled = dln_str_ieq(content, DLN_STR("Written by"));
        if (!strcmp(low, "twitter:data1") && claims->labelled)
            dln_claims_add(claims, DLN_FIELD_AUTHOR, DLN_RANK_META + 4, node,
                           dln_html_plain(claims->scratch, content),
                           "twitter:data1");
        if (!m)
            continue;
        dln_claims_add(claims, m->field, m->rank, node,
                       dln_html_plain(claims->scratch, content), m->name);
        return;
    }
}

/* Is `word` one of the words of an attribute? */
static bool has_word(dln_str value, const char *word)
{
    dln_str field;
    while (dln_str_cut(&value, ' ', &field))
        if (dln_str_ieq(field, dln_str_of(word)))
            return true;
    return false;
}

static uint32_t words_in(const dln_view *view, uint32_t node)
{
    uint32_t end = view->html.nodes.at[node].end;
    return view->words[end] - view->words[node];
}

/* What an element says by its attribute or else by its text. */
static dln_str said(const dln_view *view, uint32_t node)
{
    static const dln_attr_name keys[] = {DLN_ATTR_CONTENT,
                                         DLN_ATTR_DATETIME};
    for (size_t i = 0; i < 2; i++) {
        dln_str value = dln_html_attr(&view->html, node, keys[i]);
        if (value.len)
            return dln_html_plain(view->scratch,
                                  dln_str_sub(value, 0, 400));
    }
    return dln_html_inner(&view->html, view->scratch, node, 400);
}

static void read_item(dln_claims *claims, dln_view *view, uint32_t node)
{
    dln_str prop = dln_html_attr(&view->html, node, DLN_ATTR_ITEMPROP);
    if (!prop.len || words_in(view, node) > 40)
        return;
    if (has_word(prop, "headline"))
        dln_claims_add(claims, DLN_FIELD_TITLE, DLN_RANK_ITEM, node,
                       said(view, node), "microdata");
    else if (has_word(prop, "datePublished"))
        dln_claims_add(claims, DLN_FIELD_DATE, DLN_RANK_ITEM, node,
                       said(view, node), "microdata");
    else if (has_word(prop, "author"))
        dln_claims_add(claims, DLN_FIELD_AUTHOR, DLN_RANK_ITEM, node,
                       said(view, node), "microdata");
}

/* Does a class name speak of a change after publication? */
static bool is_change(dln_str names)
{
    static const char *const words[] = {"modified", "updated", "update"};
    for (size_t i = 0; i < 3; i++) {
        dln_str w = dln_str_of(words[i]);
        for (size_t at = 0; at + w.len <= names.len; at++)
            if (dln_str_ieq(dln_str_sub(names, at, at + w.len), w))
                return true;
    }
    return false;
}

static void read_time(dln_claims *claims, dln_view *view, uint32_t node)
{
    dln_str names = dln_html_attr(&view->html, node, DLN_ATTR_CLASS);
    dln_str prop = dln_html_attr(&view->html, node, DLN_ATTR_ITEMPROP);
    bool published = dln_str_find(names, DLN_STR("publish"), 0) < names.len
                     || has_word(names, "entry-date");
    bool change = has_word(prop, "dateModified")
                  || (is_change(names) && !published);
    dln_claims_add(claims, DLN_FIELD_DATE,
                   change ? DLN_RANK_CHANGE
                          : DLN_RANK_ELEMENT + (published ? 0 : 2), node,
                   said(view, node),
                   change ? "its last change, a <time> on the page"
                          : "a <time> on the page");
}

/* Small elements whose class names a date or a writer. */
static void read_named(dln_claims *claims, dln_view *view, uint32_t node)
{
    uint32_t words = words_in(view, node);
    if (!words || words > 25)
        return;
    dln_str names = dln_html_attr(&view->html, node, DLN_ATTR_CLASS);
    dln_str rel = dln_html_attr(&view->html, node, DLN_ATTR_REL);
    if (has_word(rel, "author"))
        dln_claims_add(claims, DLN_FIELD_AUTHOR, DLN_RANK_ELEMENT, node,
                       said(view, node), "rel=author");
    if (view->html.nodes.at[node].tag == DLN_TAG_A && words <= 6) {
        dln_str href = dln_html_attr(&view->html, node, DLN_ATTR_HREF);
        static const char *const paths[] = {"/author", "/contributor",
                                            "/staff/", "/reporter",
                                            "/journalist", "/by/"};
        for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
            if (dln_str_find(href, dln_str_of(paths[i]), 0) < href.len)
                dln_claims_add(claims, DLN_FIELD_AUTHOR,
                               DLN_RANK_ELEMENT + 5, node,
                               said(view, node), "a link to the writer");
    }
    if (!names.len)
        return;
    uint8_t marks = dln_extract__marks(view->room, &view->html, node);
    if (marks & DLN_MARK_BYLINE)
        dln_claims_add(claims, DLN_FIELD_AUTHOR, DLN_RANK_CLASS, node,
                       said(view, node), "an element named for the writer");
    bool change = is_change(names);
    if ((marks & DLN_MARK_DATE) || change)
        dln_claims_add(claims, DLN_FIELD_DATE,
                       change ? DLN_RANK_CHANGE : DLN_RANK_CLASS, node,
                       said(view, node), "an element named for the date");
}

static void read_script(dln_claims *claims, const dln_html *html,
                        uint32_t node)
{
    dln_str type = dln_html_attr(html, node, DLN_ATTR_TYPE);
    const dln_node *n = &html->nodes.at[node];
    if (!dln_str_ieq(dln_str_sub(type, 0, 19),
                     DLN_STR("application/ld+json")) || n->end == node + 1)
        return;
    const dln_node *text = &html->nodes.at[node + 1];
    dln_claims_read_ld(claims, dln_str_sub(html->page, text->at,
                                           text->at + text->len));
}

static void read_link(dln_claims *claims, const dln_html *html,
                      uint32_t node)
{
    if (has_word(dln_html_attr(html, node, DLN_ATTR_REL), "canonical"))
        dln_claims_add(claims, DLN_FIELD_ADDRESS, DLN_RANK_LD, node,
                       dln_html_plain(claims->scratch,
                                      dln_html_attr(html, node,
                                                    DLN_ATTR_HREF)),
                       "canonical");
}

/* "By Ann Miller": a capital, and few words. */
static bool is_by(dln_str s)
{
    if (s.len < 6 || !dln_str_ieq(dln_str_sub(s, 0, 3), DLN_STR("by "))
        || !dln_is_upper(s.data[3]))
        return false;
    uint32_t words = 0;
    for (size_t i = 0; i < s.len; i++)
        words += s.data[i] == ' ';
    return words <= 5;
}

/* "By", "Written by" alone: the name follows. */
static bool is_by_alone(dln_str s)
{
    static const char *const forms[] = {"by", "by:", "written by",
                                        "written by:", "posted by",
                                        "story by", "words by", "author:"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (dln_str_ieq(s, dln_str_of(forms[i])))
            return true;
    return false;
}

static bool is_label_of_change(dln_str s)
{
    return dln_str_find(s, DLN_STR("pdated"), 0) < s.len
           || dln_str_find(s, DLN_STR("odified"), 0) < s.len
           || dln_str_find(s, DLN_STR("eviewed"), 0) < s.len;
}

enum {
    BELOW = 220,            /* words below the title that are looked at */
    BEFORE = 25,            /* words above it */
    BY_TITLE = 60,          /* what stands this close is by it */
    DATE_ALONE = 40         /* bytes of a line that is but a date */
};

/* What is printed above and below the title: a date, "By ...". */
static void read_printed(dln_claims *claims, dln_view *view, uint32_t title)
{
    const dln_html *html = &view->html;
    bool change = false, by = false;
    uint32_t from = title;
    while (from > 0 && view->words[title] - view->words[from] < BEFORE)
        from--;
    for (uint32_t i = from; i < html->nodes.count
         && (i <= title || view->words[i] - view->words[title] < BELOW);
         i++) {
        const dln_node *n = &html->nodes.at[i];
        if (n->tag != DLN_TAG_TEXT || n->len > 300
            || (n->flags & (DLN_NODE_MUTE | DLN_NODE_SPACE)))
            continue;
        dln_str s = dln_html_plain(claims->scratch,
                                   dln_str_sub(html->page, n->at,
                                               n->at + n->len));
        if (s.len > 90) {
            by = false;
            continue;
        }
        bool label = is_label_of_change(s);
        if (i > title && (is_by(s) || (by && dln_is_upper(s.data[0]))))
            dln_claims_add(claims, DLN_FIELD_AUTHOR, DLN_RANK_LAST, i, s,
                           "printed below the title");
        if (s.len >= 8 && (i > title || s.len <= DATE_ALONE))
            dln_claims_add(claims, DLN_FIELD_DATE,
                           label || change ? DLN_RANK_CHANGE
                                           : DLN_RANK_LAST, i, s,
                           i > title ? "printed below the title"
                                     : "printed above the title");
        change = label;
        by = i > title && is_by_alone(s);
    }
}

/* What stands by the title belongs to the report, and not to one of the
 * links around it. */
static void prefer_near(dln_claims *claims, const dln_view *view,
                        uint32_t title)
{
    uint32_t at = view->words[title];
    for (uint32_t i = 0; i < claims->list.count; i++) {
        dln_claim *c = &claims->list.at[i];
        if (c->node == DLN_NONE || c->rank < DLN_RANK_ELEMENT
            || c->rank >= DLN_RANK_CHANGE
            || (c->field != DLN_FIELD_DATE && c->field != DLN_FIELD_AUTHOR))
            continue;
        uint32_t words = view->words[c->node];
        c->near = c->node > title ? words - at < BY_TITLE
                                  : at - words < BEFORE;
        /* A date alone, not one of a sentence. */
        c->near &= c->field != DLN_FIELD_DATE || c->value.len <= DATE_ALONE;
        if (c->near)
            c->rank -= DLN_RANK_NEARER;
    }
}

/* The heading that the page calls its title. */
static uint32_t title_of(const dln_claims *claims)
{
    uint32_t first = DLN_NONE;
    for (uint32_t i = 0; i < claims->list.count; i++) {
        const dln_claim *c = &claims->list.at[i];
        if (c->field != DLN_FIELD_TITLE || c->rank != DLN_RANK_ELEMENT)
            continue;
        if (first == DLN_NONE)
            first = c->node;
        for (uint32_t k = 0; k < claims->list.count; k++) {
            const dln_claim *o = &claims->list.at[k];
            if (o->field == DLN_FIELD_TITLE && o->rank != DLN_RANK_ELEMENT
                && dln_extract__alike(o->value, c->value))
                return c->node;
        }
    }
    return first;
}

void dln_claims_read(dln_claims *claims, dln_view *view)
{
    const dln_html *html = &view->html;
    for (uint32_t i = 0; i < html->nodes.count; i++) {
        const dln_node *n = &html->nodes.at[i];
        switch (n->tag) {
        case DLN_TAG_TEXT: continue;
        case DLN_TAG_META: read_meta(claims, html, i); continue;
        case DLN_TAG_LINK: read_link(claims, html, i); continue;
        case DLN_TAG_SCRIPT: read_script(claims, html, i); continue;
        case DLN_TAG_HTML:
            dln_claims_add(claims, DLN_FIELD_LANGUAGE, DLN_RANK_LD, i,
                           dln_html_attr(html, i, DLN_ATTR_LANG),
                           "html lang");
            continue;
        case DLN_TAG_TITLE:
            if (html->nodes.at[n->parent].tag != DLN_TAG_SVG)
                dln_claims_add(claims, DLN_FIELD_TITLE, DLN_RANK_LAST, i,
                               dln_html_inner(html, claims->scratch, i,
                                              1000), "title");
            continue;
        case DLN_TAG_H1:
            dln_claims_add(claims, DLN_FIELD_TITLE, DLN_RANK_ELEMENT, i,
                           dln_html_inner(html, claims->scratch, i, 2000),
                           "h1");
            break;
        case DLN_TAG_TIME: read_time(claims, view, i); break;
        default: break;
        }
        if (n->attr_count) {
            read_item(claims, view, i);
            read_named(claims, view, i);
        }
    }
    uint32_t title = title_of(claims);
    if (title == DLN_NONE)
        return;
    read_printed(claims, view, title);
    prefer_near(claims, view, title);
}
