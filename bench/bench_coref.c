/* SPDX-License-Identifier: Apache-2.0 */
/* coref: tokens a second from trees to chains, the trees those of varied
 * reports (reports.h): bench_coref [FILE]. */
#include <time.h>

#include "analyse/analyse.h"
#include "coref/coref.h"
#include "engine/engine.h"
#include "reports.h"

static bool run(const dln_analyse *analyse, const dln_coref *coref,
                const dln_buf *reports)
{
    double tokens = 0, seconds = 0;
    dln_worker worker;
    size_t at = 0;
    bool fine = dln_worker_init(&worker) == DLN_OK;
    while (fine && seconds < 0.5) {
        dln_doc_reset(worker.doc);
        dln_arena_reset(worker.scratch);
        worker.doc->text = next_report(reports, &at);
        dln_doc_split_paragraphs(worker.doc);
        fine = dln_analyse_run(analyse, worker.doc, worker.cache,
                               worker.scratch) >= DLN_WARN;
        dln_arena_reset(worker.scratch);
        clock_t start = clock();
        fine = fine && dln_coref_run(coref, worker.doc, worker.scratch)
                           == DLN_OK;
        seconds += (double)(clock() - start) / CLOCKS_PER_SEC;
        tokens += worker.doc->tokens.count;
    }
    printf("coref speed %.0f tokens/s\n", tokens / seconds);
    dln_worker_release(&worker);
    return fine;
}

int main(int argc, char **argv)
{
    char data[4096], model[4096], weights[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_error error = {DLN_OK, ""};
    dln_lang *lang = NULL;
    dln_onto *onto = NULL;
    dln_analyse *analyse = NULL;
    dln_coref *coref = NULL;
    dln_buf reports;
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    snprintf(model, sizeof model, "%s/models/en.dlm", root ? root : ".");
    snprintf(weights, sizeof weights, "%s/models/coref.dlm",
             root ? root : ".");
    if (!read_reports(&reports, argc > 1 ? argv[1] : NULL)
        || dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_onto_open(&onto, data, &error) != DLN_OK
        || dln_analyse_open(&analyse, lang, model, &error) != DLN_OK
        || dln_coref_open(&coref, lang, onto, weights, &error) != DLN_OK
        || !run(analyse, coref, &reports)) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    dln_coref_close(coref);
    dln_analyse_close(analyse);
    dln_onto_close(onto);
    dln_lang_close(lang);
    dln_buf_release(&reports);
    return 0;
}
