/* SPDX-License-Identifier: Apache-2.0 */
/* Extraction from a page of usual make and size (190 kB: scripts, menus,
 * forty paragraphs), and from hostile ones of 8 MiB. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "extract/extract.h"

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void repeat(dln_buf *page, const char *piece, int times)
{
    for (int i = 0; i < times; i++)
        dln_buf_str(page, dln_str_of(piece));
}

static void measure(const dln_extract *extract, const char *name,
                    const dln_buf *bytes, int times)
{
    dln_arena *arena = dln_arena_new(0), *scratch = dln_arena_new(0);
    dln_web_page page = {.bytes = dln_buf_view(bytes),
                         .fetched = DLN_NO_DAY};
    dln_article article;
    dln_error error;
    double start = seconds();
    for (int i = 0; arena && scratch && i < times; i++) {
        dln_arena_reset(arena);
        dln_arena_reset(scratch);
        if (dln_extract_page(extract, &page, &article, arena, scratch,
                             &error) != DLN_OK)
            printf("extract %s failed\n", name);
    }
    double took = seconds() - start;
    printf("extract %s %.0f MB/s\n", name,
           (double)bytes->len * times / 1e6 / took);
    if (times > 1)
        printf("extract %s %.0f pages/s\n", name, times / took);
    dln_arena_free(arena);
    dln_arena_free(scratch);
}

int main(void)
{
    dln_lang *lang = NULL;
    dln_extract *extract = NULL;
    dln_error error = {DLN_OK, ""};
    dln_buf page;
    char path[4096];
    const char *root = getenv("DATELINE_SOURCE");
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_extract_open(&extract, lang, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    dln_buf_init(&page, 0);
    repeat(&page, "<!DOCTYPE html><html lang=en><head><title>Talks</title>"
                  "<meta property=og:title content=Talks>", 1);
    repeat(&page, "<script>window.a = function (x) { return x < 3 && x > 1; "
                  "};</script><style>.a { color: red }</style>", 500);
    repeat(&page, "</head><body>", 1);
    repeat(&page, "<li class=\"menu-item nav-item\"><a class=\"nav-link\" "
                  "href=\"/section/page\"><span class=x>Word</span></a>",
           600);
    repeat(&page, "<div class=\"entry-content\">", 1);
    repeat(&page, "<p class=\"paragraph\">The two delegations met for three "
                  "hours in the <a href=\"/x\">old customs house</a> and "
                  "parted without a paper, the mediator said &amp; left."
                  "</p>", 40);
    repeat(&page, "<div class=\"card teaser\"><a href=x><img src=y><h3>Other "
                  "report</h3></a></div>", 400);
    measure(extract, "page", &page, 200);
    dln_buf_clear(&page);
    repeat(&page, "<div>", (8 << 20) / 5);
    measure(extract, "deep", &page, 1);
    dln_buf_clear(&page);
    repeat(&page, "<b>x</i>", (8 << 20) / 8);
    measure(extract, "misnested", &page, 1);
    dln_buf_release(&page);
    dln_extract_close(extract);
    dln_lang_close(lang);
    return 0;
}
