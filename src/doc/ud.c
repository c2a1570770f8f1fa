/* SPDX-License-Identifier: Apache-2.0 */
#include "doc/ud.h"

static const char *const upos_texts[DLN_UPOS_COUNT] = {
#define X(name) #name,
    DLN_UPOS_LIST(X)
#undef X
};

static const char *const xpos_texts[DLN_XPOS_COUNT] = {
#define X(name, text) text,
    DLN_XPOS_LIST(X)
#undef X
};

static const char *const deprel_texts[DLN_REL_COUNT] = {
#define X(name, text) text,
    DLN_DEPREL_LIST(X)
#undef X
};

const char *dln_upos_text(unsigned upos)
{
    if (upos == DLN_UPOS_OTHER || upos >= DLN_UPOS_COUNT)
        return "X";
    return upos_texts[upos];
}

const char *dln_xpos_text(unsigned xpos)
{
    return xpos < DLN_XPOS_COUNT ? xpos_texts[xpos] : "_";
}

const char *dln_deprel_text(unsigned deprel)
{
    return deprel < DLN_REL_COUNT ? deprel_texts[deprel] : "dep";
}

static unsigned find(const char *const *texts, unsigned count, dln_str text,
                     unsigned none)
{
    for (unsigned i = 0; i < count; i++)
        if (dln_str_is(text, texts[i]))
            return i;
    return none;
}

dln_upos dln_upos_of(dln_str text)
{
    return (dln_upos)find(upos_texts, DLN_UPOS_COUNT, text, DLN_UPOS_OTHER);
}

dln_xpos dln_xpos_of(dln_str text)
{
    return (dln_xpos)find(xpos_texts, DLN_XPOS_COUNT, text, DLN_XPOS_NONE);
}

dln_deprel dln_deprel_of(dln_str text)
{
    unsigned full = find(deprel_texts, DLN_REL_COUNT, text, DLN_REL_COUNT);
    if (full == DLN_REL_COUNT) {
        size_t colon = dln_str_find(text, DLN_STR(":"), 0);
        full = find(deprel_texts, DLN_REL_COUNT,
                    dln_str_sub(text, 0, colon), DLN_REL_dep);
    }
    return (dln_deprel)full;
}

dln_deprel dln_deprel_base(dln_deprel deprel)
{
    static const dln_deprel bases[DLN_REL_COUNT] = {
        [DLN_REL_acl_relcl] = DLN_REL_acl,
        [DLN_REL_advcl_relcl] = DLN_REL_advcl,
        [DLN_REL_aux_pass] = DLN_REL_aux,
        [DLN_REL_cc_preconj] = DLN_REL_cc,
        [DLN_REL_compound_prt] = DLN_REL_compound,
        [DLN_REL_csubj_outer] = DLN_REL_csubj,
        [DLN_REL_csubj_pass] = DLN_REL_csubj,
        [DLN_REL_det_predet] = DLN_REL_det,
        [DLN_REL_flat_foreign] = DLN_REL_flat,
        [DLN_REL_nmod_desc] = DLN_REL_nmod,
        [DLN_REL_nmod_poss] = DLN_REL_nmod,
        [DLN_REL_nmod_unmarked] = DLN_REL_nmod,
        [DLN_REL_nsubj_outer] = DLN_REL_nsubj,
        [DLN_REL_nsubj_pass] = DLN_REL_nsubj,
        [DLN_REL_obl_agent] = DLN_REL_obl,
        [DLN_REL_obl_unmarked] = DLN_REL_obl,
    };
    dln_deprel base = deprel < DLN_REL_COUNT ? bases[deprel] : DLN_REL_dep;
    return base == DLN_REL_dep ? deprel : base;
}
