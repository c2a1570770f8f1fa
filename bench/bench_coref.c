/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens a second from trees to chains, over one tree said many times. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "coref/coref.h"
#include "doc/conllu.h"

#define TIMES 2000

static const char sentence[] =
    "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n"
    "2\tminister\tminister\tNOUN\tNN\t_\t3\tnsubj\t_\t_\n"
    "3\tsent\tsend\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "4\ther\ther\tPRON\tPRP$\t_\t5\tnmod:poss\t_\t_\n"
    "5\tdriver\tdriver\tNOUN\tNN\t_\t3\tobj\t_\t_\n"
    "6\tto\tto\tADP\tIN\t_\t7\tcase\t_\t_\n"
    "7\tRabat\tRabat\tPROPN\tNNP\t_\t3\tobl\t_\t_\n\n";

int main(void)
{
    char path[4096], model[4096];
    dln_error error = {DLN_OK, ""};
    dln_lang *lang = NULL;
    dln_onto *onto = NULL;
    dln_coref *coref = NULL;
    struct timespec a, b;
    dln_buf text;
    const char *source = getenv("DATELINE_SOURCE");
    snprintf(path, sizeof path, "%s/data", source ? source : ".");
    snprintf(model, sizeof model, "%s/models/coref.dlm",
             source ? source : ".");
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    dln_buf_init(&text, 0);
    for (int i = 0; i < TIMES; i++)
        dln_buf_add(&text, sentence, sizeof sentence - 1);
    if (!doc || !scratch
        || dln_lang_open(&lang, path, "en", &error) != DLN_OK
        || dln_onto_open(&onto, path, &error) != DLN_OK
        || dln_coref_open(&coref, lang, onto, model, &error) != DLN_OK
        || dln_conllu_read(doc, dln_buf_view(&text), &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    for (uint32_t t = 0; t < doc->tokens.count; t++)
        doc->tokens.at[t].entity = DLN_NONE;
    dln_doc_link_children(doc);
    clock_gettime(CLOCK_MONOTONIC, &a);
    dln_coref_run(coref, doc, scratch);
    clock_gettime(CLOCK_MONOTONIC, &b);
    double seconds = (double)(b.tv_sec - a.tv_sec)
                     + (double)(b.tv_nsec - a.tv_nsec) / 1e9;
    printf("coref speed %.0f tokens/s\n", doc->tokens.count / seconds);
    dln_coref_close(coref);
    dln_onto_close(onto);
    dln_lang_close(lang);
    dln_buf_release(&text);
    dln_arena_free(scratch);
    dln_doc_free(doc);
    return 0;
}
