/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the names of classes and ids say of an element.
 *
 * Names are cut into words at every border there is in them ("entry-content",
 * "articleBody", "related_posts_2"), and words, or pairs of them, looked up
 * in data/lang/CODE/page-markup.txt: sites differ, their words do not.
 */
#include <stdlib.h>

#include "extract/extract_p.h"

#define MAX_NAMES 400   /* bytes of a class attribute that are read */

static uint32_t kind_of(dln_str name)
{
    static const struct { const char *name; uint32_t kind; } kinds[] = {
        {"drop", DLN_MARK_DROP}, {"soft", DLN_MARK_SOFT},
        {"body", DLN_MARK_BODY}, {"meta", DLN_MARK_META},
        {"byline", DLN_MARK_BYLINE}, {"date", DLN_MARK_DATE},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dln_str_is(name, kinds[i].name))
            return kinds[i].kind;
    return 0;
}

static void add_mark(dln_map *map, dln_str name, uint32_t kind)
{
    uint32_t now = dln_map_get(map, name);
    dln_map_set(map, name, now == DLN_NONE ? kind : now | kind);
}

dln_status dln_extract__read_marks(dln_extract *extract,
                                   const dln_lang *lang, dln_error *error)
{
    const dln_table *table;
    DLN_TRY(dln_lang_list(lang, "page-markup", &table, error));
    dln_map_init(&extract->marks, extract->arena);
    for (uint32_t i = 0; i < table->count; i++) {
        const dln_row *row = &table->rows[i];
        uint32_t kind = kind_of(dln_row_field(row, 1));
        if (!kind)
            return dln_fail(error, DLN_BADDATA, "%.*s:%u: no such kind",
                            DLN_ARG(table->file), row->line);
        add_mark(&extract->marks, row->field[0], kind);
        size_t space = dln_str_find(row->field[0], DLN_STR(" "), 0);
        if (space < row->field[0].len)
            add_mark(&extract->marks, dln_str_sub(row->field[0], 0, space),
                     DLN_MARK_FIRST);
    }
    return DLN_OK;
}

/* The next word of `names` from *at, in lower case; its length, 0 at the
 * end. */
static size_t next_word(dln_str names, size_t *at, char out[32])
{
    size_t i = *at, n = 0;
    while (i < names.len && !dln_is_alpha(names.data[i]))
        i++;
    for (; i < names.len && dln_is_alpha(names.data[i]); i++) {
        if (n && dln_is_upper(names.data[i])
            && dln_is_lower(names.data[i - 1]))
            break;
        if (n < 31)
            out[n++] = dln_lower(names.data[i]);
    }
    *at = i;
    return n;
}

static uint32_t marks_in(const dln_extract *extract, dln_str names)
{
    char pair[64];
    size_t at = 0, before = 0, n;
    uint32_t all = 0, last = 0;
    bool first = true;
    names = dln_str_sub(names, 0, MAX_NAMES);
    while ((n = next_word(names, &at, pair + (first ? 0 : before + 1)))) {
        char *word = pair + (first ? 0 : before + 1);
        if (!first && (last & DLN_MARK_FIRST)) {
            pair[before] = ' ';
            uint32_t both = dln_map_get(&extract->marks,
                                        (dln_str){pair, before + 1 + n});
            if (both != DLN_NONE)
                all |= both;
        }
        uint32_t mark = dln_map_get(&extract->marks, (dln_str){word, n});
        last = mark == DLN_NONE ? 0 : mark;
        all |= last;
        memmove(pair, word, n);
        before = n;
        first = false;
    }
    return all & ~(uint32_t)DLN_MARK_FIRST;
}

static uint32_t role_marks(dln_str role)
{
    static const char *const dropped[] = {
        "navigation", "complementary", "banner", "contentinfo", "dialog",
        "search", "alert", "menu", "menubar", "toolbar", "alertdialog"};
    if (dln_str_ieq(role, DLN_STR("main"))
        || dln_str_ieq(role, DLN_STR("article")))
        return DLN_MARK_KEEP;
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        if (dln_str_ieq(role, dln_str_of(dropped[i])))
            return DLN_MARK_SOFT;
    return 0;
}

/* "display: none" and the like in a style attribute. */
static bool is_hidden(dln_str style)
{
    char flat[160];
    size_t n = 0;
    for (size_t i = 0; i < style.len && n < sizeof flat; i++)
        if (!dln_is_space(style.data[i]))
            flat[n++] = dln_lower(style.data[i]);
    dln_str s = {flat, n};
    return dln_str_find(s, DLN_STR("display:none"), 0) < n
           || dln_str_find(s, DLN_STR("visibility:hidden"), 0) < n;
}

uint8_t dln_extract__marks(const dln_extract *extract, const dln_html *html,
                           uint32_t node)
{
    const dln_node *n = &html->nodes.at[node];
    uint32_t all = 0;
    switch (n->tag) {
    case DLN_TAG_FOOTER: case DLN_TAG_ASIDE: case DLN_TAG_FIGCAPTION:
        all |= DLN_MARK_DROP;
        break;
    case DLN_TAG_NAV: case DLN_TAG_FORM: case DLN_TAG_LABEL:
    case DLN_TAG_MENU: case DLN_TAG_FIELDSET: case DLN_TAG_LEGEND:
        all |= DLN_MARK_SOFT;
        break;
    default: break;
    }
    for (uint32_t i = 0; i < n->attr_count; i++) {
        const dln_attr *a = &html->attrs.at[n->attrs + i];
        dln_str value = dln_str_sub(html->page, a->at, a->at + a->len);
        switch ((dln_attr_name)a->name) {
        case DLN_ATTR_CLASS: case DLN_ATTR_ID:
            all |= marks_in(extract, value);
            break;
        case DLN_ATTR_ITEMPROP:
            if (dln_str_ieq(value, DLN_STR("articleBody")))
                all |= DLN_MARK_BODY | DLN_MARK_KEEP;
            break;
        case DLN_ATTR_ROLE: all |= role_marks(value); break;
        case DLN_ATTR_HIDDEN: all |= DLN_MARK_SOFT; break;
        case DLN_ATTR_ARIA_HIDDEN:
            if (dln_str_ieq(value, DLN_STR("true")))
                all |= DLN_MARK_SOFT;
            break;
        case DLN_ATTR_STYLE:
            if (is_hidden(value))
                all |= DLN_MARK_SOFT;
            break;
        default: break;
        }
    }
    return (uint8_t)all;
}
