/* SPDX-License-Identifier: Apache-2.0 */
/* segment: time a token to cut text into tokens and sentences, for varied
 * reports (reports.h) and for a long paragraph without a stop:
 * bench_segment [FILE]. */
#include <time.h>

#include "analyse/boundary_p.h"
#include "reports.h"

static const char flat[] = "no stop and no line end in all these words ";

static void measure(const dln_words *words, const dln_boundary *model,
                    const char *name, const dln_buf *text)
{
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    double tokens = 0;
    size_t at = 0;
    clock_t start = clock();
    while (doc && scratch && clock() - start < CLOCKS_PER_SEC / 2) {
        dln_pieces pieces = {0};
        dln_doc_reset(doc);
        dln_arena_reset(scratch);
        doc->text = next_report(text, &at);
        dln_doc_split_paragraphs(doc);
        for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
            pieces.count = 0;
            dln_analyse__tokenize(words, doc->text,
                                  doc->paragraphs.at[i].span, scratch,
                                  &pieces);
            dln_analyse__segment(words, model, doc, i, &pieces);
        }
        tokens += doc->tokens.count;
    }
    printf("segment %s %.0f ns/token\n", name,
           1e9 * (double)(clock() - start) / CLOCKS_PER_SEC / tokens);
    dln_doc_free(doc);
    dln_arena_free(scratch);
}

int main(int argc, char **argv)
{
    char data[4096], path[4096];
    const char *root = getenv("DATELINE_SOURCE");
    dln_lang *lang;
    dln_words words;
    dln_weights weights;
    dln_boundary model;
    dln_error error;
    dln_buf reports;
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    snprintf(path, sizeof path, "%s/models/en.dlm", root ? root : ".");
    if (!read_reports(&reports, argc > 1 ? argv[1] : NULL))
        return 1;
    if (dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_analyse__words(&words, lang, &error) != DLN_OK
        || dln_weights_open(&weights, path, &error) != DLN_OK
        || dln_analyse__boundary(&model, &weights, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    measure(&words, &model, "news", &reports);
    dln_buf_clear(&reports);
    while (reports.len < 10000)
        dln_buf_str(&reports, dln_str_of(flat));
    measure(&words, &model, "flat", &reports);
    dln_buf_release(&reports);
    dln_weights_close(&weights);
    dln_lang_close(lang);
    return 0;
}
