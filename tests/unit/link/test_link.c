/* SPDX-License-Identifier: Apache-2.0 */
/* Linking over given trees, so that nothing hangs on the parser. */
#include <stdlib.h>

#include "doc/conllu.h"
#include "link/link.h"
#include "tap.h"

static const char sample[] =
    "# newpar\n"
    "1\tKenyan\tKenyan\tADJ\tJJ\t_\t2\tamod\t_\t_\n"
    "2\tPresident\tPresident\tPROPN\tNNP\t_\t5\tnsubj\t_\t_\n"
    "3\tAmina\tAmina\tPROPN\tNNP\t_\t2\tflat\t_\t_\n"
    "4\tOdhiambo\tOdhiambo\tPROPN\tNNP\t_\t2\tflat\t_\t_\n"
    "5\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "6\tJean\tJean\tPROPN\tNNP\t_\t5\tobj\t_\t_\n"
    "7\tDubreuil\tDubreuil\tPROPN\tNNP\t_\t6\tflat\t_\t_\n"
    "8\tin\tin\tADP\tIN\t_\t9\tcase\t_\t_\n"
    "9\tNairobi\tNairobi\tPROPN\tNNP\t_\t5\tobl\t_\tSpaceAfter=No\n"
    "10\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_\n\n"
    "1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n"
    "2\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    "3\this\this\tPRON\tPRP$\t_\t4\tnmod:poss\t_\t_\n"
    "4\ttroops\ttroop\tNOUN\tNNS\t_\t5\tnsubj\t_\t_\n"
    "5\tleft\tleave\tVERB\tVBD\t_\t2\tccomp\t_\tSpaceAfter=No\n"
    "6\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";

static dln_str key_at(const dln_doc *doc, uint32_t token)
{
    uint32_t m = dln_mention_at(doc, token);
    if (m == DLN_NONE || doc->mentions.at[m].actor == DLN_NONE)
        return DLN_STR("");
    return doc->actors.at[doc->mentions.at[m].actor].key;
}

int main(void)
{
    char data[4096];
    dln_error error = {DLN_OK, ""};
    dln_lang *lang = NULL;
    dln_onto *onto = NULL;
    dln_link *link = NULL;
    snprintf(data, sizeof data, "%s/data", getenv("DATELINE_SOURCE"));
    is_int(dln_lang_open(&lang, data, "en", &error), DLN_OK);
    is_int(dln_onto_open(&onto, data, &error), DLN_OK);
    snprintf(data, sizeof data, "%s/models/places.dlm",
             getenv("DATELINE_SOURCE"));
    is_int(dln_onto_add_towns(onto, data, &error), DLN_OK);
    is_int(dln_link_open(&link, lang, onto, &error), DLN_OK);
    dln_doc *doc = dln_doc_new(0);
    dln_arena *scratch = dln_arena_new(0);
    is_int(dln_conllu_read(doc, dln_str_of(sample), &error), DLN_OK);
    for (uint32_t t = 0; t < doc->tokens.count; t++)
        doc->tokens.at[t].entity = DLN_NONE;
    doc->dateline_place = DLN_STR("NAIROBI, Kenya");
    is_int(dln_link_run(link, doc, scratch), DLN_OK);

    is_str(key_at(doc, 0), "country:KEN");
    is_str(key_at(doc, 1), "person:amina odhiambo");
    is_str(key_at(doc, 3), "person:amina odhiambo");
    is_str(key_at(doc, 6), "person:jean dubreuil");
    is_str(key_at(doc, 8), "");
    is_str(key_at(doc, 10), "person:amina odhiambo");
    is_str(key_at(doc, 12), "person:jean dubreuil");
    is_int(doc->roles.count, 1);
    is_str(doc->roles.at[0].title, "President");
    is_str(doc->actors.at[doc->roles.at[0].of].key, "country:KEN");
    const dln_actor *she =
        &doc->actors.at[doc->mentions.at[dln_mention_at(doc, 1)].actor];
    is_str(dln_str_of(she->iso3), "KEN");
    is_str(she->sector, "GOV");
    is_int(she->gender, 'f');
    is_int(doc->places.count, 2);
    is_str(doc->places.at[0].name, "Nairobi");
    is_int(doc->places.at[0].precision, DLN_PLACE_CITY);
    is_int(doc->dateline_place_index, 1);
    is_str(dln_str_of(doc->places.at[1].country), "KEN");
    dln_doc_free(doc);
    dln_arena_free(scratch);
    dln_link_close(link);
    dln_onto_close(onto);
    dln_lang_close(lang);
    return done();
}
