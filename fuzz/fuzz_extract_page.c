/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a page: what comes out is UTF-8, and a tree is a tree. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "extract/extract.h"
#include "extract/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dln_extract *the_room(void)
{
    static dln_lang *lang;
    static dln_extract *extract;
    char path[4096];
    dln_error error = {DLN_OK, ""};
    const char *root = getenv("DATELINE_SOURCE");
    if (extract)
        return extract;
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_extract_open(&extract, lang, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        exit(1);
    }
    return extract;
}

static void check_tree(dln_str bytes, dln_arena *arena)
{
    dln_html html;
    dln_html_read(&html, arena, bytes);
    for (uint32_t i = 1; i < html.nodes.count; i++) {
        const dln_node *n = &html.nodes.at[i];
        assert(n->parent < i && n->end > i);
        assert(n->end <= html.nodes.at[n->parent].end);
        assert((size_t)n->at + n->len <= bytes.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dln_extract *extract = the_room();
    dln_arena *arena = dln_arena_new(0), *scratch = dln_arena_new(0);
    dln_error error = {DLN_OK, ""};
    dln_article article;
    dln_web_page page = {
        .bytes = {(const char *)data, size},
        .content_type = DLN_STR("text/html"),
        .uri = DLN_STR("https://a.example/2020/01/02/x"),
        .fetched = DLN_NO_DAY,
    };
    if (arena && scratch) {
        check_tree(page.bytes, scratch);
        if (dln_extract_page(extract, &page, &article, arena, scratch,
                             &error) >= DLN_WARN) {
            assert(dln_utf8_valid(article.text));
            assert(dln_utf8_valid(article.title));
            assert(dln_utf8_valid(article.byline));
            assert(dln_utf8_valid(article.outlet));
            assert(dln_utf8_valid(article.canonical));
            assert(dln_utf8_valid(article.published));
        }
    }
    dln_arena_free(arena);
    dln_arena_free(scratch);
    return 0;
}
