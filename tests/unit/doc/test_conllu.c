/* SPDX-License-Identifier: Apache-2.0 */
/* CoNLL-U there and back: ids, paragraphs, spaces, multiword tokens,
 * features, predicates; features and predicates as layers. */
#include "doc/conllu.h"
#include "tap.h"

static const char sample[] =
    "# newdoc id = talks\n# newpar\n# sent_id = talks-a\n"
    "# text = The envoys' aides don't say \"when\".\n"
    "1\tThe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t2\tdet\t_\t"
    "TokenRange=0:3\n"
    "2-3\tenvoys'\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tenvoys\tenvoy\tNOUN\tNNS\tNumber=Plur\t4\tnmod:poss\t_\t"
    "TokenRange=4:10\n"
    "3\t'\t's\tPART\tPOS\t_\t2\tcase\t_\tTokenRange=10:11\n"
    "4\taides\taide\tNOUN\tNNS\tNumber=Plur\t7\tnsubj\t_\t"
    "TokenRange=12:17\n"
    "5-6\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "5\tdo\tdo\tAUX\tVBP\t"
    "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin\t7\taux\t_\t"
    "TokenRange=18:20\n"
    "6\tn't\tnot\tPART\tRB\tPolarity=Neg\t7\tadvmod\t_\tTokenRange=20:23\n"
    "7\tsay\tsay\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t"
    "TokenRange=24:27|Predicate=Yes|Arguments=4:ARG0,6:ARGM-NEG,9:ARG1\n"
    "8\t\"\t\"\tPUNCT\t``\t_\t9\tpunct\t_\tTokenRange=28:29|SpaceAfter=No\n"
    "9\twhen\twhen\tADV\tWRB\tPronType=Int\t7\tccomp\t_\t"
    "TokenRange=29:33|SpaceAfter=No\n"
    "10\t\"\t\"\tPUNCT\t''\t_\t9\tpunct\t_\tTokenRange=33:34|SpaceAfter=No\n"
    "11\t.\t.\tPUNCT\t.\t_\t7\tpunct\t_\tTokenRange=34:35\n\n"
    "# newpar\n# sent_id = talks-b\n# text = Nobody came\n"
    "1\tNobody\tnobody\tPRON\tNN\tNumber=Sing|PronType=Neg\t2\tnsubj\t_\t"
    "TokenRange=36:42\n"
    "2\tcame\tcome\tVERB\tVBD\t"
    "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin\t0\troot\t_\t"
    "TokenRange=43:47|Predicate=Yes\n\n";

static dln_doc *doc;
static dln_error error;

static void round_trip(void)
{
    dln_buf out;
    dln_buf_init(&out, 0);
    is_int(dln_conllu_read(doc, dln_str_of(sample), &error), DLN_OK);
    is_str(doc->id, "talks");
    is_str(doc->text,
           "The envoys' aides don't say \"when\".\nNobody came");
    ok(!doc->tokens.at[1].space_after);
    ok(doc->tokens.at[2].space_after);
    is_int(doc->tokens.at[5].feats, DLN_FEATS_Neg);
    dln_conllu_write(doc, &out);
    is_str(dln_buf_view(&out), sample);
    dln_buf_release(&out);
}

static void layers(void)
{
    is_int(doc->predicates.count, 2);
    uint32_t say = dln_predicate_at(doc, 6);
    is_int(say, 0);
    is_int(dln_predicate_at(doc, 12), 1);
    is_int(dln_predicate_at(doc, 3), DLN_NONE);
    is_int(dln_argument_of(doc, say, DLN_ARG0), 3);
    is_int(dln_argument_of(doc, say, DLN_ARGM_NEG), 5);
    is_int(dln_argument_of(doc, say, DLN_ARGM_TMP), DLN_NONE);
    is_int(dln_argument_of(doc, 1, DLN_ARG0), DLN_NONE);
    is_int(dln_argument_of(doc, DLN_NONE, DLN_ARG0), DLN_NONE);
    dln_argument two[] = {{12, DLN_ARG1}, {11, DLN_ARGM_TMP}};
    dln_doc_set_arguments(doc, 1, two, 2);
    is_int(doc->predicates.at[1].arguments[0].token, 11);
    is_int(dln_argument_of(doc, 1, DLN_ARG1), 12);
    is_int(dln_argument_label_of(DLN_STR("ARGM-PRP")), DLN_ARGM_PRP);
    is_int(dln_argument_label_of(DLN_STR("ARGM-XYZ")), DLN_ARGUMENT_COUNT);
}

static void features(void)
{
    for (unsigned i = 0; i < DLN_FEATS_COUNT; i++)
        if (dln_feats_of(dln_str_of(dln_feats_text(i))) != i)
            is_int(dln_feats_of(dln_str_of(dln_feats_text(i))), i);
    is_str(dln_str_of(dln_feats_text(DLN_FEATS_NONE)), "_");
    is_str(dln_str_of(dln_feats_text(9999)), "_");
    is_int(dln_feats_of(DLN_STR("Number=Sing|Typo=Yes")), DLN_FEATS_Sing);
    is_int(dln_feats_of(DLN_STR("Style=Coll|VerbForm=Inf")), DLN_FEATS_Inf);
    is_int(dln_feats_of(DLN_STR("Typo=Yes")), DLN_FEATS_NONE);
    is_int(dln_feats_of(DLN_STR("Abbr=Yes|Number=Plur|Typo=Yes")),
           DLN_FEATS_Abbr_Plur);
    is_int(dln_feats_of(DLN_STR("Colour=Red")), DLN_FEATS_NONE);
    is_int(dln_feats_of(DLN_STR("")), DLN_FEATS_NONE);
    is_int(dln_feats_of(DLN_STR("|||")), DLN_FEATS_NONE);
    is_int(dln_feats_of(DLN_STR("Typo=Yes|VerbForm=Inf")), DLN_FEATS_Inf);
    is_str(dln_feats_value(DLN_FEATS_Ind_Sing_3_Pres_Fin,
                           DLN_STR("Person")), "3");
    is_int(dln_feats_value(DLN_FEATS_Sing, DLN_STR("Num")).len, 0);
}

static void refused(const char *misc)
{
    char text[200];
    snprintf(text, sizeof text,
             "1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t%s\n", misc);
    dln_doc_reset(doc);
    is_int(dln_conllu_read(doc, dln_str_of(text), &error), DLN_BADDATA);
}

int main(void)
{
    doc = dln_doc_new(0);
    round_trip();
    layers();
    features();
    refused("Arguments=2:ARG0");
    refused("Arguments=0:ARG0");
    refused("Arguments=ARG0");
    refused("Arguments=1");
    dln_doc_reset(doc);
    is_int(dln_conllu_read(
               doc, DLN_STR("1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t"
                            "Arguments=1:ARGM-REC\n"), &error), DLN_OK);
    is_int(doc->predicates.count, 1);
    is_int(doc->predicates.at[0].argument_count, 0);
    dln_doc_free(doc);
    return done();
}
