/* SPDX-License-Identifier: Apache-2.0 */
/*
 * subject: heads and relations → per word its subject, object and
 * auxiliaries, in one pass, so that rules which look at the verb above do
 * not walk its dependents again for each verb below (linear cost).
 */
#include "analyse/analyse_p.h"

static void fill(dln_clause *clause, const dln_doc *doc, uint32_t t)
{
    const dln_token *token = &doc->tokens.at[t];
    switch (dln_deprel_base((dln_deprel)token->deprel)) {
    case DLN_REL_nsubj:
        if (clause->subject == DLN_NONE)
            clause->subject = t;
        break;
    case DLN_REL_obj:
        if (clause->object == DLN_NONE)
            clause->object = t;
        break;
    case DLN_REL_aux:
        if (token->deprel == DLN_REL_aux_pass)
            clause->passive = true;
        else if (t < token->head)
            clause->auxiliary = dln_str_is(token->lemma, "have")
                                    ? DLN_AUXILIARY_HAVE
                                    : DLN_AUXILIARY_OTHER;
        break;
    case DLN_REL_conj:
        clause->several = true;
        break;
    default:
        break;
    }
}

dln_clause *dln_analyse__clauses(const dln_doc *doc, dln_arena *scratch)
{
    uint32_t n = doc->tokens.count;
    dln_clause *out = dln_arena_array(scratch, n ? n : 1, sizeof *out);
    for (uint32_t t = 0; out && t < n; t++)
        out[t] = (dln_clause){.subject = DLN_NONE, .object = DLN_NONE};
    for (uint32_t t = 0; out && t < n; t++)
        if (doc->tokens.at[t].head < n)
            fill(&out[doc->tokens.at[t].head], doc, t);
    return out;
}
