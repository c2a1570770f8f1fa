/* SPDX-License-Identifier: Apache-2.0 */
/* Megabytes a second of the figures room alone, on given tokens. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "engine/engine.h"
#include "figures/figures.h"

static const char text[] =
    "More than 6,000 people, including 24 children, were killed in the war, "
    "which ended in 2020. Some 53,000 refugees have returned to their homes. "
    "The mission of 2,000 troops will cost up to $1.5bn over five years.";

int main(void)
{
    char data[4096], models[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error;
    dln_lang *lang = NULL;
    dln_figures *figures = NULL;
    dln_engine *engine = NULL;
    dln_worker worker;
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    snprintf(models, sizeof models, "%s/models", root ? root : ".");
    dln_engine_options options = {.size = sizeof options,
                                  .datadir = data,
                                  .models = models};
    if (dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_figures_open(&figures, lang, &error) != DLN_OK
        || dln_engine_open(&engine, &options, &error) != DLN_OK
        || dln_worker_init(&worker) != DLN_OK)
        return 1;
    worker.doc->text = dln_str_of(text);
    if (dln_engine_analyse(engine, DLN_STAGE_STATEMENTS, &worker, &error)
        != DLN_OK)
        return 1;
    enum { ROUNDS = 4000 };
    clock_t start = clock();
    for (int i = 0; i < ROUNDS; i++) {
        worker.doc->figures.count = 0;
        if (dln_figures_run(figures, worker.doc, worker.scratch) != DLN_OK)
            return 1;
        dln_arena_reset(worker.scratch);
    }
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("figures speed %.2f MB/s\n",
           (double)ROUNDS * sizeof text / 1e6 / (seconds > 0 ? seconds : 1));
    dln_worker_release(&worker);
    dln_engine_close(engine);
    dln_figures_close(figures);
    dln_lang_close(lang);
    return 0;
}
