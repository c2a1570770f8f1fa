/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ud: the closed vocabularies of Universal Dependencies v2 and of the Penn
 * tags, as numbers. Lists are the ones of the English treebanks.
 */
#ifndef DLN_DOC_UD_H
#define DLN_DOC_UD_H

#include "base/str.h"

#define DLN_UPOS_LIST(X)                                                \
    X(OTHER) X(ADJ) X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN)    \
    X(NUM) X(PART) X(PRON) X(PROPN) X(PUNCT) X(SCONJ) X(SYM) X(VERB)

typedef enum dln_upos {
#define X(name) DLN_UPOS_##name,
    DLN_UPOS_LIST(X)
#undef X
    DLN_UPOS_COUNT
} dln_upos;

/* Penn tags as the treebanks write them; the id suffix where the text is
 * no C name. */
#define DLN_XPOS_LIST(X)                                                \
    X(NONE, "_") X(ADD, "ADD") X(AFX, "AFX") X(CC, "CC") X(CD, "CD")    \
    X(DT, "DT") X(EX, "EX") X(FW, "FW") X(GW, "GW") X(HYPH, "HYPH")     \
    X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS") X(LRB, "-LRB-") \
    X(LS, "LS") X(MD, "MD") X(NFP, "NFP") X(NN, "NN") X(NNP, "NNP")     \
    X(NNPS, "NNPS") X(NNS, "NNS") X(PDT, "PDT") X(POS, "POS")           \
    X(PRP, "PRP") X(PRPS, "PRP$") X(RB, "RB") X(RBR, "RBR")             \
    X(RBS, "RBS") X(RP, "RP") X(RRB, "-RRB-") X(SYM, "SYM") X(TO, "TO") \
    X(UH, "UH") X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN")   \
    X(VBP, "VBP") X(VBZ, "VBZ") X(WDT, "WDT") X(WP, "WP")               \
    X(WPS, "WP$") X(WRB, "WRB") X(XX, "XX") X(COMMA, ",")               \
    X(STOP, ".") X(COLON, ":") X(OPEN, "``") X(CLOSE, "''")             \
    X(DOLLAR, "$")

typedef enum dln_xpos {
#define X(name, text) DLN_XPOS_##name,
    DLN_XPOS_LIST(X)
#undef X
    DLN_XPOS_COUNT
} dln_xpos;

#define DLN_DEPREL_LIST(X)                                              \
    X(dep, "dep") X(acl, "acl") X(acl_relcl, "acl:relcl")               \
    X(advcl, "advcl") X(advcl_relcl, "advcl:relcl")                     \
    X(advmod, "advmod") X(amod, "amod") X(appos, "appos")               \
    X(aux, "aux") X(aux_pass, "aux:pass") X(case, "case") X(cc, "cc")   \
    X(cc_preconj, "cc:preconj") X(ccomp, "ccomp") X(clf, "clf")         \
    X(compound, "compound") X(compound_prt, "compound:prt")             \
    X(conj, "conj") X(cop, "cop") X(csubj, "csubj")                     \
    X(csubj_outer, "csubj:outer") X(csubj_pass, "csubj:pass")           \
    X(det, "det") X(det_predet, "det:predet")                           \
    X(discourse, "discourse") X(dislocated, "dislocated")               \
    X(expl, "expl") X(fixed, "fixed") X(flat, "flat")                   \
    X(flat_foreign, "flat:foreign") X(goeswith, "goeswith")             \
    X(iobj, "iobj") X(list, "list") X(mark, "mark") X(nmod, "nmod")     \
    X(nmod_desc, "nmod:desc") X(nmod_poss, "nmod:poss")                 \
    X(nmod_unmarked, "nmod:unmarked") X(nsubj, "nsubj")                 \
    X(nsubj_outer, "nsubj:outer") X(nsubj_pass, "nsubj:pass")           \
    X(nummod, "nummod") X(obj, "obj") X(obl, "obl")                     \
    X(obl_agent, "obl:agent") X(obl_unmarked, "obl:unmarked")           \
    X(orphan, "orphan") X(parataxis, "parataxis") X(punct, "punct")     \
    X(reparandum, "reparandum") X(root, "root") X(vocative, "vocative") \
    X(xcomp, "xcomp")

typedef enum dln_deprel {
#define X(name, text) DLN_REL_##name,
    DLN_DEPREL_LIST(X)
#undef X
    DLN_REL_COUNT
} dln_deprel;

/* Text of a value; never NULL. Out of range gives "X", "_", "dep". */
const char *dln_upos_text(unsigned upos);
const char *dln_xpos_text(unsigned xpos);
const char *dln_deprel_text(unsigned deprel);
/* Value of a text; unknown gives X, NONE, and for a deprel the relation
 * without its subtype, else dep. */
dln_upos dln_upos_of(dln_str text);
dln_xpos dln_xpos_of(dln_str text);
dln_deprel dln_deprel_of(dln_str text);
/* The universal relation without its subtype: acl:relcl → acl. */
dln_deprel dln_deprel_base(dln_deprel deprel);

#endif
