/* SPDX-License-Identifier: Apache-2.0 */
/* analyse: tokens a second of the whole stage on one core, for each set of
 * kernels, over text that does not repeat:
 *
 *     bench_analyse [FILE]     text of reports; without it some are made */
#include <time.h>

#include "analyse/analyse_p.h"
#include "engine/engine.h"
#include "model/kernels.h"
#include "reports.h"

/* Reads reports of the text for about 10,000 tokens; tokens a second. */
static double pass(const dln_analyse *analyse, const dln_buf *reports,
                   size_t *at, dln_worker *worker)
{
    double tokens = 0;
    clock_t start = clock();
    while (tokens < 10000) {
        dln_doc_reset(worker->doc);
        dln_arena_reset(worker->scratch);
        worker->doc->text = next_report(reports, at);
        dln_doc_split_paragraphs(worker->doc);
        if (dln_analyse_run(analyse, worker->doc, worker->cache,
                            worker->scratch) < DLN_WARN)
            return 0;
        tokens += worker->doc->tokens.count;
    }
    return tokens * CLOCKS_PER_SEC / (double)(clock() - start);
}

/* The middle and the best of some passes: what else the machine does can
 * only slow them. */
static bool run(const dln_analyse *analyse, const dln_buf *reports,
                const char *name)
{
    enum { PASSES = 61 };
    double speed[PASSES];
    dln_worker worker;
    size_t at = 0;
    if (dln_worker_init(&worker) != DLN_OK)
        return false;
    for (int i = 0; i < PASSES; i++) {
        double here = pass(analyse, reports, &at, &worker);
        int k = i;
        for (; k > 0 && speed[k - 1] > here; k--)
            speed[k] = speed[k - 1];
        speed[k] = here;
    }
    printf("analyse speed_%s %.0f tokens/s\n", name, speed[PASSES / 2]);
    printf("analyse best_%s %.0f tokens/s\n", name, speed[PASSES - 1]);
    dln_worker_release(&worker);
    return speed[0] > 0;
}

int main(int argc, char **argv)
{
    static const dln_kernel_set sets[] = {DLN_KERNELS_AVX2,
                                          DLN_KERNELS_VNNI};
    char data[4096], model[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_lang *lang;
    dln_analyse *analyse;
    dln_error error;
    dln_buf reports;
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    snprintf(model, sizeof model, "%s/models/en.dlm", root ? root : ".");
    if (!read_reports(&reports, argc > 1 ? argv[1] : NULL))
        return 1;
    if (dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_analyse_open(&analyse, lang, model, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        const dln_kernels *k = dln_kernels_pick(sets[i]);
        if (k && (!dln_analyse__force(analyse, sets[i])
                  || !run(analyse, &reports, k->name)))
            return 1;
    }
    dln_analyse_close(analyse);
    dln_lang_close(lang);
    dln_buf_release(&reports);
    return 0;
}
