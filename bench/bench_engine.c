/* SPDX-License-Identifier: Apache-2.0 */
/* engine: tokens a second from text through each stage with all before it,
 * over varied reports (reports.h): bench_engine [FILE]. */
#include <time.h>

#include "engine/engine.h"
#include "reports.h"

/* Tokens a second. */
static double measure(const dln_engine *engine, dln_stage last,
                      const dln_buf *reports)
{
    dln_error error = {DLN_OK, ""};
    dln_worker worker;
    double tokens = 0;
    size_t at = 0;
    if (dln_worker_init(&worker) != DLN_OK)
        return 0;
    clock_t start = clock();
    while (clock() - start < CLOCKS_PER_SEC) {
        dln_doc_reset(worker.doc);
        worker.doc->text = next_report(reports, &at);
        worker.doc->published = (dln_interval){18638, 18638, DLN_PREC_DAY};
        if (dln_engine_analyse(engine, last, &worker, &error) != DLN_OK)
            fprintf(stderr, "%s\n", error.text);
        tokens += worker.doc->tokens.count;
    }
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    dln_worker_release(&worker);
    return tokens / seconds;
}

int main(int argc, char **argv)
{
    static const char *const names[DLN_STAGE_COUNT] = {
        [DLN_STAGE_PARSE] = "parse", [DLN_STAGE_TIMES] = "times",
        [DLN_STAGE_STATEMENTS] = "statements",
        [DLN_STAGE_FIGURES] = "figures", [DLN_STAGE_EVENTS] = "events"};
    char data[4096], models[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error = {DLN_OK, ""};
    dln_engine *engine;
    dln_buf reports;
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    snprintf(models, sizeof models, "%s/models", root ? root : ".");
    dln_engine_options options = {.size = sizeof options,
                                  .datadir = data,
                                  .models = models};
    if (!read_reports(&reports, argc > 1 ? argv[1] : NULL))
        return 1;
    if (dln_engine_open(&engine, &options, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    for (int stage = DLN_STAGE_PARSE; stage < DLN_STAGE_COUNT; stage++)
        printf("engine text_to_%s %.0f tokens/s\n", names[stage],
               measure(engine, (dln_stage)stage, &reports));
    dln_engine_close(engine);
    dln_buf_release(&reports);
    return 0;
}
