/* SPDX-License-Identifier: Apache-2.0 */
/*
 * feats: the morphology of a word, as a bundle of features of Universal
 * Dependencies: "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin".
 * English needs few bundles, so a word has a number in this table. It holds
 * those that the English treebanks use at least ten times, without spelling
 * mistakes and dialect (Typo, Style): 99.3 % of the words that have any.
 *
 * Models know a bundle by its place here: put new ones in order of their
 * text and train anew.
 */
#ifndef DLN_DOC_FEATS_H
#define DLN_DOC_FEATS_H

#include "base/str.h"

#define DLN_FEATS_LIST(X)                                               \
    X(NONE, "_") X(Abbr, "Abbr=Yes")                                    \
    X(Abbr_Word_Card, "Abbr=Yes|NumForm=Word|NumType=Card")             \
    X(Abbr_Plur, "Abbr=Yes|Number=Plur")                                \
    X(Abbr_Sing, "Abbr=Yes|Number=Sing")                                \
    X(Abbr_Past_Part_Pass,                                              \
      "Abbr=Yes|Tense=Past|VerbForm=Part|Voice=Pass")                   \
    X(Acc_Fem_Sing_3_Prs,                                               \
      "Case=Acc|Gender=Fem|Number=Sing|Person=3|PronType=Prs")          \
    X(Acc_Masc_Sing_3_Prs,                                              \
      "Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs")         \
    X(Acc_Masc_Sing_3_Prs_Reflex,                                       \
      "Case=Acc|Gender=Masc|Number=Sing|Person=3|PronType=Prs|Reflex=Yes") \
    X(Acc_Neut_Sing_3_Emp_Reflex,                                       \
      "Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Emp|Reflex=Yes") \
    X(Acc_Neut_Sing_3_Prs,                                              \
      "Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Prs")         \
    X(Acc_Neut_Sing_3_Prs_Reflex,                                       \
      "Case=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Prs|Reflex=Yes") \
    X(Acc_Plur_1_Prs, "Case=Acc|Number=Plur|Person=1|PronType=Prs")     \
    X(Acc_Plur_2_Prs, "Case=Acc|Number=Plur|Person=2|PronType=Prs")     \
    X(Acc_Plur_3_Emp_Reflex,                                            \
      "Case=Acc|Number=Plur|Person=3|PronType=Emp|Reflex=Yes")          \
    X(Acc_Plur_3_Prs, "Case=Acc|Number=Plur|Person=3|PronType=Prs")     \
    X(Acc_Plur_3_Prs_Reflex,                                            \
      "Case=Acc|Number=Plur|Person=3|PronType=Prs|Reflex=Yes")          \
    X(Acc_Sing_1_Prs, "Case=Acc|Number=Sing|Person=1|PronType=Prs")     \
    X(Acc_Sing_1_Prs_Reflex,                                            \
      "Case=Acc|Number=Sing|Person=1|PronType=Prs|Reflex=Yes")          \
    X(Acc_Sing_2_Prs, "Case=Acc|Number=Sing|Person=2|PronType=Prs")     \
    X(Acc_Sing_2_Prs_Reflex,                                            \
      "Case=Acc|Number=Sing|Person=2|PronType=Prs|Reflex=Yes")          \
    X(Acc_2_Prs, "Case=Acc|Person=2|PronType=Prs")                      \
    X(Gen_Fem_Sing_3_Poss_Prs,                                          \
      "Case=Gen|Gender=Fem|Number=Sing|Person=3|Poss=Yes|PronType=Prs") \
    X(Gen_Masc_Sing_3_Poss_Prs,                                         \
      "Case=Gen|Gender=Masc|Number=Sing|Person=3|Poss=Yes|PronType=Prs") \
    X(Gen_Neut_Sing_3_Poss_Prs,                                         \
      "Case=Gen|Gender=Neut|Number=Sing|Person=3|Poss=Yes|PronType=Prs") \
    X(Gen_Plur_1_Poss_Prs,                                              \
      "Case=Gen|Number=Plur|Person=1|Poss=Yes|PronType=Prs")            \
    X(Gen_Plur_3_Poss_Prs,                                              \
      "Case=Gen|Number=Plur|Person=3|Poss=Yes|PronType=Prs")            \
    X(Gen_Sing_1_Poss_Prs,                                              \
      "Case=Gen|Number=Sing|Person=1|Poss=Yes|PronType=Prs")            \
    X(Gen_Sing_2_Poss_Prs,                                              \
      "Case=Gen|Number=Sing|Person=2|Poss=Yes|PronType=Prs")            \
    X(Gen_2_Poss_Prs, "Case=Gen|Person=2|Poss=Yes|PronType=Prs")        \
    X(Nom_Fem_Sing_3_Prs,                                               \
      "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs")          \
    X(Nom_Masc_Sing_3_Prs,                                              \
      "Case=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs")         \
    X(Nom_Neut_Sing_3_Prs,                                              \
      "Case=Nom|Gender=Neut|Number=Sing|Person=3|PronType=Prs")         \
    X(Nom_Plur_1_Prs, "Case=Nom|Number=Plur|Person=1|PronType=Prs")     \
    X(Nom_Plur_2_Prs, "Case=Nom|Number=Plur|Person=2|PronType=Prs")     \
    X(Nom_Plur_3_Prs, "Case=Nom|Number=Plur|Person=3|PronType=Prs")     \
    X(Nom_Sing_1_Prs, "Case=Nom|Number=Sing|Person=1|PronType=Prs")     \
    X(Nom_Sing_2_Prs, "Case=Nom|Number=Sing|Person=2|PronType=Prs")     \
    X(Nom_2_Prs, "Case=Nom|Person=2|PronType=Prs")                      \
    X(Def_Art, "Definite=Def|PronType=Art")                             \
    X(Ind_Art, "Definite=Ind|PronType=Art") X(Cmp, "Degree=Cmp")        \
    X(Cmp_ExtADV, "Degree=Cmp|ExtPos=ADV") X(Pos, "Degree=Pos")         \
    X(Pos_ExtADP, "Degree=Pos|ExtPos=ADP")                              \
    X(Pos_ExtSCONJ, "Degree=Pos|ExtPos=SCONJ")                          \
    X(Pos_Combi_Ord, "Degree=Pos|NumForm=Combi|NumType=Ord")            \
    X(Pos_Word_Ord, "Degree=Pos|NumForm=Word|NumType=Ord")              \
    X(Pos_Neg, "Degree=Pos|Polarity=Neg") X(Sup, "Degree=Sup")          \
    X(ExtADP, "ExtPos=ADP")                                             \
    X(ExtADP_Pres_Part, "ExtPos=ADP|Tense=Pres|VerbForm=Part")          \
    X(ExtADV, "ExtPos=ADV") X(ExtADV_Sing, "ExtPos=ADV|Number=Sing")    \
    X(ExtCCONJ, "ExtPos=CCONJ")                                         \
    X(ExtPRON_Rcp, "ExtPos=PRON|PronType=Rcp")                          \
    X(ExtPROPN, "ExtPos=PROPN")                                         \
    X(ExtPROPN_Digit_Card, "ExtPos=PROPN|NumForm=Digit|NumType=Card")   \
    X(ExtSCONJ, "ExtPos=SCONJ") X(Foreign, "Foreign=Yes")               \
    X(Foreign_Sing, "Foreign=Yes|Number=Sing")                          \
    X(Imp_2_Fin, "Mood=Imp|Person=2|VerbForm=Fin")                      \
    X(Imp_Fin, "Mood=Imp|VerbForm=Fin")                                 \
    X(Ind_Plur_1_Past_Fin,                                              \
      "Mood=Ind|Number=Plur|Person=1|Tense=Past|VerbForm=Fin")          \
    X(Ind_Plur_1_Pres_Fin,                                              \
      "Mood=Ind|Number=Plur|Person=1|Tense=Pres|VerbForm=Fin")          \
    X(Ind_Plur_2_Pres_Fin,                                              \
      "Mood=Ind|Number=Plur|Person=2|Tense=Pres|VerbForm=Fin")          \
    X(Ind_Plur_3_Past_Fin,                                              \
      "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin")          \
    X(Ind_Plur_3_Pres_Fin,                                              \
      "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin")          \
    X(Ind_Sing_1_Past_Fin,                                              \
      "Mood=Ind|Number=Sing|Person=1|Tense=Past|VerbForm=Fin")          \
    X(Ind_Sing_1_Pres_Fin,                                              \
      "Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin")          \
    X(Ind_Sing_2_Past_Fin,                                              \
      "Mood=Ind|Number=Sing|Person=2|Tense=Past|VerbForm=Fin")          \
    X(Ind_Sing_2_Pres_Fin,                                              \
      "Mood=Ind|Number=Sing|Person=2|Tense=Pres|VerbForm=Fin")          \
    X(Ind_Sing_3_Past_Fin,                                              \
      "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin")          \
    X(Ind_Sing_3_Pres_Fin,                                              \
      "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin")          \
    X(Sub_Sing_2_Pres_Fin,                                              \
      "Mood=Sub|Number=Sing|Person=2|Tense=Pres|VerbForm=Fin")          \
    X(Sub_Sing_3_Pres_Fin,                                              \
      "Mood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin")          \
    X(Digit_Card, "NumForm=Digit|NumType=Card")                         \
    X(Digit_Frac, "NumForm=Digit|NumType=Frac")                         \
    X(Roman_Card, "NumForm=Roman|NumType=Card")                         \
    X(Word_Card, "NumForm=Word|NumType=Card")                           \
    X(Word_Frac_Ind, "NumForm=Word|NumType=Frac|PronType=Ind")          \
    X(Word_Mult, "NumForm=Word|NumType=Mult")                           \
    X(Word_Ord, "NumForm=Word|NumType=Ord") X(Plur, "Number=Plur")      \
    X(Plur_Dem, "Number=Plur|PronType=Dem") X(Ptan, "Number=Ptan")      \
    X(Ptan_Combi_Card, "Number=Ptan|NumForm=Combi|NumType=Card")        \
    X(Sing, "Number=Sing")                                              \
    X(Sing_Combi_Ord, "Number=Sing|NumForm=Combi|NumType=Ord")          \
    X(Sing_Word_Frac, "Number=Sing|NumForm=Word|NumType=Frac")          \
    X(Sing_1_Poss_Prs, "Number=Sing|Person=1|Poss=Yes|PronType=Prs")    \
    X(Sing_3_Prs, "Number=Sing|Person=3|PronType=Prs")                  \
    X(Sing_Dem, "Number=Sing|PronType=Dem")                             \
    X(Sing_Ind, "Number=Sing|PronType=Ind")                             \
    X(Sing_PronNeg, "Number=Sing|PronType=Neg")                         \
    X(Sing_Tot, "Number=Sing|PronType=Tot")                             \
    X(2_Inf, "Person=2|VerbForm=Inf") X(Neg, "Polarity=Neg")            \
    X(PolarPos, "Polarity=Pos") X(Poss_Rel, "Poss=Yes|PronType=Rel")    \
    X(Dem, "PronType=Dem") X(Ind, "PronType=Ind")                       \
    X(Int, "PronType=Int") X(PronNeg, "PronType=Neg")                   \
    X(Rel, "PronType=Rel") X(Tot, "PronType=Tot")                       \
    X(Past_Part, "Tense=Past|VerbForm=Part")                            \
    X(Past_Part_Pass, "Tense=Past|VerbForm=Part|Voice=Pass")            \
    X(Pres_Part, "Tense=Pres|VerbForm=Part") X(Fin, "VerbForm=Fin")     \
    X(Ger, "VerbForm=Ger") X(Inf, "VerbForm=Inf")

typedef enum dln_feats {
#define X(name, text) DLN_FEATS_##name,
    DLN_FEATS_LIST(X)
#undef X
    DLN_FEATS_COUNT
} dln_feats;

/* Text of a bundle, never NULL; "_" for none and out of range. */
const char *dln_feats_text(unsigned feats);
/* The bundle of a text. One the table lacks is looked for without Typo,
 * Style, Abbr and ExtPos, in this order; then it is NONE. */
dln_feats dln_feats_of(dln_str text);
/* Value of a feature in a bundle ("Number" → "Plur"), empty when it has
 * none. */
dln_str dln_feats_value(unsigned feats, dln_str name);

#endif
