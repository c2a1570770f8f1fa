/* SPDX-License-Identifier: Apache-2.0 */
/* References and chains over given trees, so that nothing hangs on the
 * parser; with the weights, and without: then every phrase is kept alone. */
#include <stdlib.h>

#include "coref/coref.h"
#include "doc/conllu.h"
#include "tap.h"

static const char sample[] =
    "# newpar\n"
    "1\tThe\tthe\tDET\tDT\t_\t3\tdet\t_\t_\n"
    "2\tyoung\tyoung\tADJ\tJJ\t_\t3\tamod\t_\t_\n"
    "3\tqueen\tqueen\tNOUN\tNN\t_\t8\tnsubj\t_\t_\n"
    "4\tof\tof\tADP\tIN\t_\t5\tcase\t_\t_\n"
    "5\tTonga\tTonga\tPROPN\tNNP\t_\t3\tnmod\t_\tSpaceAfter=No\n"
    "6\t,\t,\tPUNCT\t,\t_\t7\tpunct\t_\t_\n"
    "7\tSalote\tSalote\tPROPN\tNNP\t_\t3\tappos\t_\t_\n"
    "8\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "9\therders\therder\tNOUN\tNNS\t_\t8\tobj\t_\t_\n"
    "10\tand\tand\tCCONJ\tCC\t_\t11\tcc\t_\t_\n"
    "11\tfishers\tfisher\tNOUN\tNNS\t_\t9\tconj\t_\tSpaceAfter=No\n"
    "12\t.\t.\tPUNCT\t.\t_\t8\tpunct\t_\t_\n\n"
    "1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
    "2\tthanked\tthank\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "3\tthem\tthey\tPRON\tPRP\t_\t2\tobj\t_\t_\n"
    "4\tfor\tfor\tADP\tIN\t_\t6\tcase\t_\t_\n"
    "5\ttheir\ttheir\tPRON\tPRP$\t_\t6\tnmod:poss\t_\t_\n"
    "6\tgifts\tgift\tNOUN\tNNS\t_\t2\tobl\t_\tSpaceAfter=No\n"
    "7\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

static const dln_reference *ref(const dln_doc *doc, const char *words)
{
    for (uint32_t i = 0; i < doc->references.count; i++)
        if (dln_str_is(dln_doc_str(doc, doc->references.at[i].span), words))
            return &doc->references.at[i];
    printf("# no reference: %s\n", words);
    static const dln_reference none = {.head = DLN_NONE, .chain = DLN_NONE};
    return &none;
}

static void run(const dln_coref *coref, dln_doc *doc, dln_arena *scratch)
{
    dln_error error;
    dln_doc_reset(doc);
    dln_arena_reset(scratch);
    is_int(dln_conllu_read(doc, dln_str_of(sample), &error), DLN_OK);
    for (uint32_t t = 0; t < doc->tokens.count; t++)
        doc->tokens.at[t].entity = DLN_NONE;
    dln_doc_link_children(doc);
    is_int(dln_coref_run(coref, doc, scratch), DLN_OK);
}

static void without_weights(const dln_doc *doc)
{
    const dln_reference *queen = ref(doc, "The young queen of Tonga");
    is_int(queen->head, 2);
    is_int(queen->form, DLN_FORM_NOMINAL);
    is_int(queen->gender, 'f');
    is_int(queen->animate, 'y');
    is_int(queen->number, 's');
    is_int(ref(doc, "Tonga")->form, DLN_FORM_NAME);
    is_int(ref(doc, "herders and fishers")->group, true);
    is_int(ref(doc, "herders")->group, false);
    is_int(ref(doc, "She")->form, DLN_FORM_PRONOUN);
    is_int(ref(doc, "She")->gender, 'f');
    is_int(ref(doc, "them")->number, 'p');
    is_int(ref(doc, "their gifts")->head, 17);
    is_int(doc->chains.count, doc->references.count);
}

static void with_weights(const dln_doc *doc)
{
    const dln_reference *she = ref(doc, "She");
    is_int(she->chain, ref(doc, "The young queen of Tonga")->chain);
    is_int(ref(doc, "their")->chain, ref(doc, "them")->chain);
    ok(ref(doc, "them")->chain != she->chain);
    uint32_t members = 0;
    for (uint32_t k = 0; k < doc->chains.count; k++) {
        const dln_chain *chain = &doc->chains.at[k];
        uint32_t n = 0, last = DLN_NONE;
        for (uint32_t i = chain->first; i != DLN_NONE;
             i = doc->references.at[i].behind, n++) {
            is_int(doc->references.at[i].chain, k);
            is_int(doc->references.at[i].before, last);
            last = i;
        }
        is_int(n, chain->count);
        is_int(last, chain->last);
        members += n;
    }
    is_int(members, doc->references.count);
}

int main(void)
{
    char data[4096], model[4096];
    dln_error error = {DLN_OK, ""};
    dln_lang *lang = NULL;
    dln_onto *onto = NULL;
    dln_coref *plain = NULL, *coref = NULL, *none = NULL;
    const char *source = getenv("DATELINE_SOURCE");
    snprintf(data, sizeof data, "%s/data", source);
    snprintf(model, sizeof model, "%s/models/coref.dlm", source);
    is_int(dln_lang_open(&lang, data, "en", &error), DLN_OK);
    is_int(dln_onto_open(&onto, data, &error), DLN_OK);
    is_int(dln_coref_open(&plain, lang, onto, NULL, &error), DLN_OK);
    is_int(dln_coref_open(&coref, lang, onto, model, &error), DLN_OK);
    is_int(dln_coref_open(&none, lang, onto, "/no/such", &error),
           DLN_NOINPUT);
    ok(none == NULL);
    snprintf(model, sizeof model, "%s/models/pair.dlm", source);
    is_int(dln_coref_open(&none, lang, onto, model, &error), DLN_BADDATA);

    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    run(plain, doc, scratch);
    without_weights(doc);
    run(coref, doc, scratch);
    with_weights(doc);

    dln_doc_reset(doc);
    is_int(dln_coref_run(coref, doc, scratch), DLN_OK);
    is_int(doc->references.count, 0);

    dln_doc_free(doc);
    dln_arena_free(scratch);
    dln_coref_close(plain);
    dln_coref_close(coref);
    dln_coref_close(NULL);
    dln_onto_close(onto);
    dln_lang_close(lang);
    return done();
}
