/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as actors, agents and verbs (a third each), over one sentence
 * with their words. */
#include <stdio.h>
#include <stdlib.h>

#include "dictionary/dictionary.h"
#include "doc/conllu.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char sentence[] =
    "1\tMillers\tmiller\tNOUN\t_\t_\t2\tnsubj\t_\t_\n"
    "2\tshut\tshut\tVERB\t_\t_\t0\troot\t_\t_\n"
    "3\tweirs\tweir\tNOUN\t_\t_\t2\tobj\t_\t_\n"
    "4\tto\tto\tADP\t_\t_\t5\tcase\t_\t_\n"
    "5\tTobin\tTobin\tPROPN\t_\t_\t2\tobl\t_\t_\n\n";

static void apply(const dln_dictionary *d)
{
    dln_error error;
    dln_doc *doc = dln_doc_new((size_t)64 << 20);
    dln_arena *scratch = dln_arena_new((size_t)64 << 20);
    if (doc && scratch
        && dln_conllu_read(doc, dln_str_of(sentence), &error) == DLN_OK) {
        dln_doc_link_children(doc);
        if (dln_dictionary_run(d, doc, scratch) != DLN_OK)
            abort();
    }
    dln_arena_free(scratch);
    dln_doc_free(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dln_onto *onto;
    char path[4096];
    dln_error error;
    dln_str text = {(const char *)data, size};
    const char *source = getenv("DATELINE_SOURCE");
    snprintf(path, sizeof path, "%s/data", source ? source : ".");
    if (!onto && dln_onto_open(&onto, path, &error) != DLN_OK)
        abort();
    size_t a = size / 3, b = 2 * (size / 3);
    for (int stems = 0; stems < 2; stems++) {
        dln_dictionary *d;
        if (dln_dictionary_parse(&d, onto, stems, dln_str_sub(text, 0, a),
                                 dln_str_sub(text, a, b),
                                 dln_str_sub(text, b, size), &error)
            != DLN_OK)
            continue;
        apply(d);
        dln_dictionary_close(d);
    }
    return 0;
}
