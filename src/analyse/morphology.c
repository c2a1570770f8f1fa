/* SPDX-License-Identifier: Apache-2.0 */
/*
 * morphology: tags and tree → features of Universal Dependencies, by rule:
 * what the Penn tag says, closed words from a list (morphology.txt), and
 * person and number of finite verbs from their subject. For models that do
 * not tell features themselves. Limits: imperatives with a subject and
 * subjunctives are read as other forms.
 */
#include "analyse/analyse_p.h"

/* What a tag alone tells. */
static const uint8_t by_tag[DLN_XPOS_COUNT] = {
    [DLN_XPOS_JJ] = DLN_FEATS_Pos,
    [DLN_XPOS_JJR] = DLN_FEATS_Cmp,
    [DLN_XPOS_JJS] = DLN_FEATS_Sup,
    [DLN_XPOS_MD] = DLN_FEATS_Fin,
    [DLN_XPOS_NN] = DLN_FEATS_Sing,
    [DLN_XPOS_NNP] = DLN_FEATS_Sing,
    [DLN_XPOS_NNPS] = DLN_FEATS_Plur,
    [DLN_XPOS_NNS] = DLN_FEATS_Plur,
    [DLN_XPOS_RBR] = DLN_FEATS_Cmp,
    [DLN_XPOS_RBS] = DLN_FEATS_Sup,
    [DLN_XPOS_VB] = DLN_FEATS_Inf,
    [DLN_XPOS_VBG] = DLN_FEATS_Pres_Part,
    [DLN_XPOS_VBN] = DLN_FEATS_Past_Part,
    [DLN_XPOS_VBZ] = DLN_FEATS_Ind_Sing_3_Pres_Fin,
};

static dln_feats number_feats(dln_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (word.data[i] == '/')
            return DLN_FEATS_Digit_Frac;
        if (dln_is_digit(word.data[i]))
            return DLN_FEATS_Digit_Card;
    }
    return DLN_FEATS_Word_Card;
}

/* The list's features of a closed word with this tag, NONE if it has none.
 * Of a pronoun's two cases the subject's stands first. */
static dln_feats closed_feats(const dln_table *closed, const dln_doc *doc,
                              const dln_token *token)
{
    dln_str word = dln_doc_str(doc, token->span);
    dln_deprel rel = dln_deprel_base((dln_deprel)token->deprel);
    bool subject = rel == DLN_REL_nsubj || rel == DLN_REL_expl
                   || rel == DLN_REL_root;
    dln_feats feats = DLN_FEATS_NONE;
    for (const dln_row *row = dln_analyse__row(closed, word); row;
         row = row->next == DLN_NONE ? NULL : &closed->rows[row->next]) {
        if (!dln_str_is(row->field[1], dln_xpos_text(token->xpos)))
            continue;
        if (feats == DLN_FEATS_NONE || !subject)
            feats = dln_feats_of(row->field[2]);
    }
    return feats;
}

/* The subject of a finite verb: its own, its head's when it is auxiliary or
 * copula, or that of the verb it is coordinated with. */
static uint32_t subject_of(const dln_doc *doc, const dln_clause *clauses,
                           uint32_t verb)
{
    for (int steps = 0; verb != DLN_NONE && steps < 8; steps++) {
        const dln_token *token = &doc->tokens.at[verb];
        dln_deprel rel = dln_deprel_base((dln_deprel)token->deprel);
        if (clauses[verb].subject != DLN_NONE)
            return clauses[verb].subject;
        if (rel != DLN_REL_aux && rel != DLN_REL_cop && rel != DLN_REL_conj)
            return DLN_NONE;
        verb = token->head;
    }
    return DLN_NONE;
}

/* Person 1 to 3, and 3 more when plural. `closed` knows the pronouns. */
static unsigned person_of(const dln_table *closed, const dln_doc *doc,
                          const dln_clause *clauses, uint32_t subject)
{
    const dln_token *token = &doc->tokens.at[subject];
    dln_feats feats = closed_feats(closed, doc, token);
    if (feats == DLN_FEATS_NONE)
        feats = (dln_feats)by_tag[token->xpos];
    dln_str person = dln_feats_value(feats, DLN_STR("Person"));
    dln_str number = dln_feats_value(feats, DLN_STR("Number"));
    unsigned n = person.len ? (unsigned)(person.data[0] - '0') : 3;
    bool plural = dln_str_is(number, "Plur");
    return n + (plural || clauses[subject].several ? 3 : 0);
}

static dln_feats finite_feats(const dln_table *closed, const dln_doc *doc,
                              const dln_clause *clauses, uint32_t verb,
                              bool past)
{
    static const uint8_t present[7] = {
        0,
        DLN_FEATS_Ind_Sing_1_Pres_Fin, DLN_FEATS_Ind_Sing_2_Pres_Fin,
        DLN_FEATS_Ind_Plur_3_Pres_Fin, DLN_FEATS_Ind_Plur_1_Pres_Fin,
        DLN_FEATS_Ind_Plur_2_Pres_Fin, DLN_FEATS_Ind_Plur_3_Pres_Fin};
    static const uint8_t told[7] = {
        0,
        DLN_FEATS_Ind_Sing_1_Past_Fin, DLN_FEATS_Ind_Sing_2_Past_Fin,
        DLN_FEATS_Ind_Sing_3_Past_Fin, DLN_FEATS_Ind_Plur_1_Past_Fin,
        DLN_FEATS_Ind_Sing_2_Past_Fin, DLN_FEATS_Ind_Plur_3_Past_Fin};
    uint32_t subject = subject_of(doc, clauses, verb);
    unsigned person = subject == DLN_NONE
                          ? 3 : person_of(closed, doc, clauses, subject);
    return (dln_feats)(past ? told : present)[person];
}

/* A bare form that nothing makes an infinitive. */
static bool is_imperative(const dln_doc *doc, const dln_clause *clauses,
                          uint32_t verb)
{
    const dln_token *token = &doc->tokens.at[verb];
    const dln_clause *clause = &clauses[verb];
    dln_deprel rel = (dln_deprel)token->deprel;
    if (clause->subject != DLN_NONE
        || clause->auxiliary != DLN_AUXILIARY_NONE
        || dln_child(doc, verb, DLN_REL_mark) != DLN_NONE)
        return false;
    if (rel == DLN_REL_conj)
        return token->head != DLN_NONE
               && doc->tokens.at[token->head].feats == DLN_FEATS_Imp_Fin;
    return rel == DLN_REL_root || rel == DLN_REL_parataxis;
}

/* Past participles: passive unless "have" governs them. */
static dln_feats participle_feats(const dln_token *token,
                                  const dln_clause *clause)
{
    if (token->upos == DLN_UPOS_AUX)
        return DLN_FEATS_Past_Part;
    return clause->passive || clause->auxiliary != DLN_AUXILIARY_HAVE
               ? DLN_FEATS_Past_Part_Pass : DLN_FEATS_Past_Part;
}

static dln_feats gerund_feats(const dln_token *token)
{
    switch (dln_deprel_base((dln_deprel)token->deprel)) {
    case DLN_REL_acl: case DLN_REL_amod: case DLN_REL_compound:
    case DLN_REL_csubj: case DLN_REL_nsubj: case DLN_REL_obj:
    case DLN_REL_obl: case DLN_REL_nmod: case DLN_REL_xcomp:
        return token->deprel == DLN_REL_acl_relcl ? DLN_FEATS_Pres_Part
                                                  : DLN_FEATS_Ger;
    default:
        return DLN_FEATS_Pres_Part;
    }
}

static dln_feats open_feats(const dln_table *closed, const dln_doc *doc,
                            const dln_clause *clauses, uint32_t t)
{
    const dln_token *token = &doc->tokens.at[t];
    switch ((dln_xpos)token->xpos) {
    case DLN_XPOS_VBD:
        return finite_feats(closed, doc, clauses, t, true);
    case DLN_XPOS_VBP:
        return finite_feats(closed, doc, clauses, t, false);
    case DLN_XPOS_VBN:
        return participle_feats(token, &clauses[t]);
    case DLN_XPOS_VBG:
        return gerund_feats(token);
    case DLN_XPOS_VB:
        return is_imperative(doc, clauses, t) ? DLN_FEATS_Imp_Fin
                                              : DLN_FEATS_Inf;
    case DLN_XPOS_NNP:
        return token->upos == DLN_UPOS_ADJ ? DLN_FEATS_Pos : DLN_FEATS_Sing;
    default:
        return (dln_feats)by_tag[token->xpos];
    }
}

void dln_analyse__morphology(const dln_table *closed, dln_doc *doc,
                             const dln_clause *clauses)
{
    for (uint32_t t = 0; t < doc->tokens.count; t++) {
        dln_token *token = &doc->tokens.at[t];
        dln_feats feats = closed_feats(closed, doc, token);
        if (feats == DLN_FEATS_NONE && token->xpos == DLN_XPOS_CD)
            feats = number_feats(dln_token_str(doc, t));
        else if (feats == DLN_FEATS_NONE)
            feats = open_feats(closed, doc, clauses, t);
        token->feats = (uint8_t)feats;
    }
}
