/* SPDX-License-Identifier: Apache-2.0 */
/* Decoding and mending 8 MiB of a page in Windows-1252 and in UTF-8. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "ingest/ingest.h"

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void measure(const char *name, const char *sentence)
{
    dln_buf text;
    dln_error error;
    dln_doc *doc = dln_doc_new(0);
    dln_buf_init(&text, 0);
    while (text.len + 200 < DLN_DOC_MAX_BYTES)
        dln_buf_str(&text, dln_str_of(sentence));
    dln_item item = {.text = dln_buf_view(&text)};
    double start = seconds();
    if (doc && dln_item_fill(&item, doc, &error) == DLN_OK)
        printf("ingest %s %.0f MB/s\n", name,
               (double)text.len / 1e6 / (seconds() - start));
    dln_buf_release(&text);
    dln_doc_free(doc);
}

int main(void)
{
    measure("windows", "He said \x93no\x94 \x96 in a caf\xE9, twice.\r\n");
    measure("utf8", "He said “no” – in a café, and more than once.\n");
    return 0;
}
