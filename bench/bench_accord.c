/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens a second through the room, on one sentence of a deal repeated. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "accord/accord.h"
#include "base/buf.h"
#include "doc/conllu.h"

static const char sentence[] =
    "1\tArland\tArland\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n"
    "2\tagreed\tagree\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "3\tto\tto\tPART\tTO\t_\t4\tmark\t_\t_\n"
    "4\twithdraw\twithdraw\tVERB\tVB\t_\t2\txcomp\t_\t_\n"
    "5\ttroops\ttroop\tNOUN\tNNS\t_\t4\tobj\t_\t_\n"
    "6\tunder\tunder\tADP\tIN\t_\t9\tcase\t_\t_\n"
    "7\ta\ta\tDET\tDT\t_\t9\tdet\t_\t_\n"
    "8\tpeace\tpeace\tNOUN\tNN\t_\t9\tcompound\t_\t_\n"
    "9\tdeal\tdeal\tNOUN\tNN\t_\t4\tobl\t_\tSpaceAfter=No\n"
    "10\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

int main(void)
{
    char data[4096];
    dln_error error = {DLN_OK, ""};
    dln_lang *lang;
    dln_accord *accord;
    const char *root = getenv("DATELINE_SOURCE");
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    if (dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_accord_open(&accord, lang, &error) != DLN_OK) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    dln_buf conllu;
    dln_buf_init(&conllu, 0);
    for (int i = 0; i < 5000; i++)
        dln_buf_str(&conllu, dln_str_of(sentence));
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    if (dln_conllu_read(doc, dln_buf_view(&conllu), &error) != DLN_OK)
        return 1;
    dln_doc_link_children(doc);
    clock_t start = clock();
    for (int i = 0; i < 10; i++) {
        doc->pacts.count = doc->commitments.count = 0;
        doc->mandates.count = 0;
        if (dln_accord_run(accord, doc, scratch) < DLN_WARN)
            return 1;
        dln_arena_reset(scratch);
    }
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("accord speed %.0f tokens/s\n",
           10.0 * doc->tokens.count / (seconds > 0 ? seconds : 1e-9));
    dln_buf_release(&conllu);
    dln_arena_free(scratch);
    dln_doc_free(doc);
    dln_accord_close(accord);
    dln_lang_close(lang);
    return 0;
}
