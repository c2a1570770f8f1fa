/* SPDX-License-Identifier: Apache-2.0 */
/* Megabytes a second of the timex room alone, on plain text. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "timex/timex.h"

static const char prose[] =
    "The two ministers met on Monday for the second time in three weeks, "
    "officials said, and agreed to open the road that has been closed since "
    "the war of 2020. The governor, who was elected last year, will visit "
    "the district on Thursday. About 2,000 soldiers are posted there; their "
    "mandate ends in November 2025. Residents told reporters that shelling "
    "had damaged houses, a school and the water supply of the village.\n";
static const char dense[] = "May the last 3 of one Monday, 5 May or the ";

static double speed(const dln_timex *timex, const char *unit, int rounds)
{
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    dln_buf text;
    dln_buf_init(&text, 0);
    while (text.len < 1000000)
        dln_buf_str(&text, dln_str_of(unit));
    doc->text = dln_buf_view(&text);
    doc->published = (dln_interval){18638, 18638, DLN_PREC_DAY};
    dln_doc_split_paragraphs(doc);
    clock_t start = clock();
    for (int i = 0; i < rounds; i++) {
        doc->times.count = doc->notes.count = 0;
        if (dln_timex_run(timex, doc, scratch) < DLN_WARN)
            return 0;
        dln_arena_reset(scratch);
    }
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    double size = (double)text.len * rounds / 1e6;
    dln_buf_release(&text);
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return size / (seconds > 0 ? seconds : 1);
}

int main(void)
{
    char data[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error;
    dln_lang *lang = NULL;
    dln_timex *timex = NULL;
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_timex_open(&timex, lang, &error) != DLN_OK)
        return 1;
    printf("timex speed_prose %.2f MB/s\n", speed(timex, prose, 10));
    printf("timex speed_dense %.2f MB/s\n", speed(timex, dense, 1));
    dln_timex_close(timex);
    dln_lang_close(lang);
    return 0;
}
