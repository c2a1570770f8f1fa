/* SPDX-License-Identifier: Apache-2.0 */
#include "analyse/analyse.h"

#include <stdlib.h>

#include "analyse/analyse_p.h"

struct dln_analyse {
    dln_words words;
};

dln_status dln_analyse__words(dln_words *out, const dln_lang *lang,
                              dln_error *error)
{
    DLN_TRY(dln_lang_list(lang, "abbreviations", &out->abbreviations,
                          error));
    DLN_TRY(dln_lang_list(lang, "bound_prefixes", &out->prefixes, error));
    DLN_TRY(dln_lang_list(lang, "contractions", &out->contractions, error));
    return dln_lang_list(lang, "sentence_starters", &out->starters, error);
}

dln_status dln_analyse_open(dln_analyse **out, const dln_lang *lang,
                            const char *model, dln_error *error)
{
    (void)model;
    *out = NULL;
    dln_analyse *analyse = calloc(1, sizeof *analyse);
    if (!analyse)
        return dln_fail(error, DLN_NOMEM, "out of memory");
    dln_status status = dln_analyse__words(&analyse->words, lang, error);
    if (status != DLN_OK) {
        dln_analyse_close(analyse);
        return status;
    }
    *out = analyse;
    return DLN_OK;
}

void dln_analyse_close(dln_analyse *analyse)
{
    free(analyse);
}

/* Tags by shape, until there is a model. */
static void guess(dln_doc *doc)
{
    for (uint32_t i = 0; i < doc->tokens.count; i++) {
        dln_token *t = &doc->tokens.at[i];
        dln_str s = dln_token_str(doc, i);
        uint32_t first = doc->sentences.at[t->sentence].token_begin;
        t->lemma = s;
        t->head = i == first ? DLN_NONE : first;
        t->deprel = i == first ? DLN_REL_root : DLN_REL_dep;
        t->upos = DLN_UPOS_NOUN;
        t->xpos = DLN_XPOS_NN;
        if (dln_is_digit(s.data[0]))
            t->upos = DLN_UPOS_NUM, t->xpos = DLN_XPOS_CD;
        else if (dln_is_upper(s.data[0]))
            t->upos = DLN_UPOS_PROPN, t->xpos = DLN_XPOS_NNP;
        else if (!dln_is_alpha(s.data[0]))
            t->upos = DLN_UPOS_PUNCT, t->xpos = DLN_XPOS_STOP;
        else if (dln_str_ends(s, DLN_STR("ed")))
            t->upos = DLN_UPOS_VERB, t->xpos = DLN_XPOS_VBD;
    }
}

dln_status dln_analyse_run(const dln_analyse *analyse, dln_doc *doc,
                           dln_arena *scratch)
{
    dln_pieces pieces = {0};
    for (uint32_t i = 0; i < doc->paragraphs.count; i++) {
        pieces.count = 0;
        dln_analyse__tokenize(&analyse->words, doc->text,
                              doc->paragraphs.at[i].span, scratch, &pieces);
        dln_analyse__segment(&analyse->words, doc, i, &pieces);
    }
    if (dln_arena_oom(scratch) || dln_arena_oom(doc->arena))
        return DLN_NOMEM;
    guess(doc);
    dln_doc_link_children(doc);
    return DLN_OK;
}
