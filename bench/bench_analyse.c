/* SPDX-License-Identifier: Apache-2.0 */
/* analyse: tokens a second of the whole stage on one core. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "analyse/analyse.h"

static const char sample[] =
    "The foreign ministers of the two countries met on Tuesday in the "
    "capital, where they agreed to extend the ceasefire by three months, "
    "officials said. \"We are closer than a year ago,\" the minister told "
    "reporters after the talks.\n"
    "At least 12 soldiers were killed near the border last week, according "
    "to the defence ministry, which blamed the other side for shelling "
    "villages in the north-east of the province.\n";

int main(void)
{
    char data[4096], model[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_lang *lang;
    dln_analyse *analyse;
    dln_error error;
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    dln_analyse_cache *cache = dln_analyse_cache_new();
    double tokens = 0;
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    snprintf(model, sizeof model, "%s/models/en.dlm", root ? root : ".");
    if (!doc || !scratch || !cache
        || dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_analyse_open(&analyse, lang, model, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    clock_t start = clock();
    while (clock() - start < CLOCKS_PER_SEC) {
        dln_doc_reset(doc);
        dln_arena_reset(scratch);
        for (int i = 0; i < 10; i++)
            doc->text = dln_arena_printf(doc->arena, "%.*s%s",
                                         DLN_ARG(doc->text), sample);
        dln_doc_split_paragraphs(doc);
        if (dln_analyse_run(analyse, doc, cache, scratch) < DLN_WARN)
            return 1;
        tokens += doc->tokens.count;
    }
    printf("analyse speed %.0f tokens/s\n",
           tokens * CLOCKS_PER_SEC / (double)(clock() - start));
    dln_analyse_cache_free(cache);
    dln_analyse_close(analyse);
    dln_lang_close(lang);
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return 0;
}
