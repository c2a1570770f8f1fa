/* SPDX-License-Identifier: Apache-2.0 */
/* Coder alone: sentences a second over a tree read once. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "coder/coder.h"
#include "doc/conllu.h"

#define ROUNDS 4000

static const char sentences[] =
    "1\tPeru\tPeru\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n"
    "2\tagreed\tagree\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "3\tto\tto\tPART\tTO\t_\t4\tmark\t_\t_\n"
    "4\thold\thold\tVERB\tVB\t_\t2\txcomp\t_\t_\n"
    "5\ttalks\ttalk\tNOUN\tNNS\t_\t4\tobj\t_\t_\n"
    "6\twith\twith\tADP\tIN\t_\t7\tcase\t_\t_\n"
    "7\tChile\tChile\tPROPN\tNNP\t_\t4\tobl\t_\t_\n"
    "8\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n"
    "1\tChile\tChile\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n"
    "2\tshelled\tshell\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "3\tthe\tthe\tDET\tDT\t_\t4\tdet\t_\t_\n"
    "4\ttown\ttown\tNOUN\tNN\t_\t2\tobj\t_\t_\n"
    "5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

int main(void)
{
    char path[4096];
    dln_error error = {DLN_OK, ""};
    dln_lang *lang;
    dln_onto *onto;
    dln_coder *coder;
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    const char *root = getenv("DATELINE_SOURCE");
    snprintf(path, sizeof path, "%s/data", root ? root : ".");
    if (!doc || !scratch || dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_onto_open(&onto, path, &error) != DLN_OK
        || dln_coder_open(&coder, lang, onto, NULL, &error) != DLN_OK
        || dln_conllu_read(doc, dln_str_of(sentences), &error) != DLN_OK) {
        printf("%s\n", error.text);
        return 1;
    }
    dln_doc_link_children(doc);
    clock_t start = clock();
    for (int i = 0; i < ROUNDS; i++) {
        doc->events.count = 0;
        if (dln_coder_run(coder, doc, scratch) < DLN_WARN)
            return 1;
        dln_arena_reset(scratch);
    }
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("coder speed %.0f sentences/s\n", 2.0 * ROUNDS / seconds);
    dln_coder_close(coder);
    dln_onto_close(onto);
    dln_lang_close(lang);
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return 0;
}
