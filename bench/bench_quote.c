/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens a second through the room, on one quoting sentence repeated. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "doc/conllu.h"
#include "quote/quote.h"

static const char sentence[] =
    "1\t\"\t\"\tPUNCT\t``\t_\t3\tpunct\t_\tSpaceAfter=No\n"
    "2\tWe\twe\tPRON\tPRP\t_\t3\tnsubj\t_\t_\n"
    "3\tgo\tgo\tVERB\tVBP\t_\t0\troot\t_\tSpaceAfter=No\n"
    "4\t,\t,\tPUNCT\t,\t_\t3\tpunct\t_\tSpaceAfter=No\n"
    "5\t\"\t\"\tPUNCT\t''\t_\t3\tpunct\t_\t_\n"
    "6\tOrlov\tOrlov\tPROPN\tNNP\t_\t7\tnsubj\t_\t_\n"
    "7\tsaid\tsay\tVERB\tVBD\t_\t3\tparataxis\t_\t_\n"
    "8\tas\tas\tSCONJ\tIN\t_\t10\tmark\t_\t_\n"
    "9\the\the\tPRON\tPRP\t_\t10\tnsubj\t_\t_\n"
    "10\tleft\tleave\tVERB\tVBD\t_\t7\tadvcl\t_\tSpaceAfter=No\n"
    "11\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n";

int main(void)
{
    char data[4096], model[4096];
    dln_error error = {DLN_OK, ""};
    dln_lang *lang;
    dln_quote *quote;
    const char *root = getenv("DATELINE_SOURCE");
    snprintf(data, sizeof data, "%s/data", root ? root : ".");
    snprintf(model, sizeof model, "%s/models/quote.dlm", root ? root : ".");
    if (dln_lang_open(&lang, data, "en", &error) != DLN_OK
        || dln_quote_open(&quote, lang, model, &error) != DLN_OK) {
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
        doc->statements.count = 0;
        if (dln_quote_run(quote, doc, scratch) != DLN_OK)
            return 1;
        dln_arena_reset(scratch);
    }
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    printf("quote speed %.0f tokens/s\n",
           10.0 * doc->tokens.count / (seconds > 0 ? seconds : 1e-9));
    dln_buf_release(&conllu);
    dln_arena_free(scratch);
    dln_doc_free(doc);
    dln_quote_close(quote);
    dln_lang_close(lang);
    return 0;
}
