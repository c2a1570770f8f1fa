/* SPDX-License-Identifier: Apache-2.0 */
/* Cleaning of pages of usual size, and of hostile ones of 8 MiB: the speed
 * must be of one order. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "clean/clean.h"

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void measure(const dln_clean *clean, const char *name, dln_str page,
                    int times)
{
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    double start = seconds();
    for (int i = 0; doc && scratch && i < times; i++) {
        dln_doc_reset(doc);
        dln_arena_reset(scratch);
        doc->input = page;
        if (dln_clean_run(clean, doc, scratch) != DLN_OK)
            printf("clean %s failed\n", name);
    }
    printf("clean %s %.0f MB/s\n", name,
           (double)page.len * times / 1e6 / (seconds() - start));
    dln_arena_free(scratch);
    dln_doc_free(doc);
}

static void repeat(dln_buf *page, const char *piece, size_t size)
{
    dln_buf_clear(page);
    while (page->len < size)
        dln_buf_str(page, dln_str_of(piece));
}

int main(void)
{
    dln_lang *lang = NULL;
    dln_clean *clean = NULL;
    dln_error error = {DLN_OK, ""};
    dln_buf page;
    char path[4096];
    const char *root = getenv("DATELINE_SOURCE");
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_clean_open(&clean, lang, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    dln_buf_init(&page, 0);
    dln_buf_str(&page, DLN_STR("Talks end\n\nBy Ann Miller for AFP\n\nMarch "
                               "9, 2018\n\nROME (AP) — They met.\n\n"));
    for (int i = 0; i < 12; i++)
        dln_buf_str(&page, DLN_STR("The two delegations met for three hours "
                                   "in the old customs house, the envoy “of "
                                   "both shores” said, and parted without a "
                                   "paper.\n\n- Advertisement -\n\n"));
    measure(clean, "page", dln_buf_view(&page), 10000);
    size_t large = DLN_DOC_MAX_BYTES - 100;
    repeat(&page, "no stop and no line end ", large);
    measure(clean, "one_line", dln_buf_view(&page), 3);
    repeat(&page, "Short line\n", large);
    measure(clean, "short_lines", dln_buf_view(&page), 2);
    repeat(&page, "((((**//--:", large);
    measure(clean, "marks", dln_buf_view(&page), 3);
    repeat(&page, "Embed:\nRelated Stories\n", large);
    measure(clean, "dirt", dln_buf_view(&page), 2);
    repeat(&page, "By 1 May 2020 | (AP) — Ann/EPA\n", large);
    measure(clean, "heads", dln_buf_view(&page), 2);
    dln_buf_release(&page);
    dln_clean_close(clean);
    dln_lang_close(lang);
    return 0;
}
