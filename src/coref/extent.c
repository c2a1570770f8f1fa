/* SPDX-License-Identifier: Apache-2.0 */
/*
 * extent: where the phrases begin and end. A phrase is a noun, name, pronoun
 * or number with what hangs on it, relative clauses included; without its
 * preposition, apposition, what stands beside it ("and ..."), and, when it
 * is what somebody is said to be, without subject and copula. Several side
 * by side are a phrase more. This follows the guidelines of the treebank
 * the weights are learnt from (GUM: maximal noun phrases).
 */
#include <stdlib.h>

#include "coref/coref_p.h"

static bool may_head(const dln_corefs *c, uint32_t token)
{
    uint8_t role = dln_coref_role(c, token);
    if (role == DLN_REL_flat || role == DLN_REL_fixed
        || role == DLN_REL_goeswith || role == DLN_REL_punct)
        return false;
    switch (dln_coref_token(c, token)->upos) {
    case DLN_UPOS_NOUN: case DLN_UPOS_PROPN: case DLN_UPOS_PRON:
    case DLN_UPOS_NUM: case DLN_UPOS_SYM:
        return true;
    case DLN_UPOS_DET:
        return role != DLN_REL_det;
    case DLN_UPOS_ADJ:
        return role == DLN_REL_nsubj || role == DLN_REL_obj
               || role == DLN_REL_obl || role == DLN_REL_conj
               || role == DLN_REL_nmod;
    case DLN_UPOS_ADV:
        return role == DLN_REL_obl || role == DLN_REL_nmod;
    default:
        return role == DLN_REL_csubj;
    }
}

/* Ends of all subtrees, without recursion: the leftmost and rightmost token
 * of each is handed up to its head once its own children are done. */
static void subtrees(dln_corefs *c)
{
    const dln_doc *doc = c->doc;
    uint32_t count = doc->tokens.count;
    for (uint32_t t = 0; t < count; t++)
        c->left[t] = c->right[t] = t;
    for (uint32_t root = 0; root < count; root++) {
        if (doc->tokens.at[root].head < count)
            continue;
        uint32_t at = root;
        while (doc->tokens.at[at].child != DLN_NONE)
            at = doc->tokens.at[at].child;
        while (at != root) {
            uint32_t head = doc->tokens.at[at].head;
            if (c->left[at] < c->left[head])
                c->left[head] = c->left[at];
            if (c->right[at] > c->right[head])
                c->right[head] = c->right[at];
            at = doc->tokens.at[at].sibling;
            if (at == DLN_NONE)
                at = head;
            else
                while (doc->tokens.at[at].child != DLN_NONE)
                    at = doc->tokens.at[at].child;
        }
    }
}

/* Does this child of the head stay out of its phrase? */
static bool stays_out(const dln_corefs *c, uint32_t head, uint32_t child,
                      bool predicate)
{
    switch (dln_coref_role(c, child)) {
    case DLN_REL_case:
        return child < head;
    case DLN_REL_cc: case DLN_REL_mark: case DLN_REL_conj:
    case DLN_REL_appos: case DLN_REL_parataxis: case DLN_REL_punct:
    case DLN_REL_cop: case DLN_REL_aux: case DLN_REL_nsubj:
    case DLN_REL_csubj: case DLN_REL_discourse: case DLN_REL_vocative:
    case DLN_REL_reparandum: case DLN_REL_orphan: case DLN_REL_dislocated:
    case DLN_REL_list: case DLN_REL_expl:
        return true;
    case DLN_REL_advmod: case DLN_REL_advcl: case DLN_REL_obl:
    case DLN_REL_ccomp:
        return predicate;
    default:
        return false;
    }
}

static bool is_mark(const dln_corefs *c, uint32_t token)
{
    return dln_coref_role(c, token) == DLN_REL_punct
           || dln_coref_token(c, token)->upos == DLN_UPOS_PUNCT;
}

static void trim(const dln_corefs *c, uint32_t head, uint32_t *left,
                 uint32_t *right)
{
    while (*left < head && is_mark(c, *left))
        ++*left;
    while (*right > head && is_mark(c, *right))
        --*right;
}

static dln_coref_phrase *add(dln_corefs *c, uint32_t head, uint32_t left,
                             uint32_t right, bool group)
{
    trim(c, head, &left, &right);
    const dln_sentence *s =
        &c->doc->sentences.at[dln_coref_token(c, head)->sentence];
    dln_coref_phrase *p = DLN_VEC_PUSH(c->scratch, &c->phrases);
    if (!p)
        return NULL;
    *p = (dln_coref_phrase){.cut = DLN_NONE,
                            .begin = left,
                            .end = right + 1,
                            .head = head,
                            .sentence = dln_coref_token(c, head)->sentence,
                            .paragraph = s->paragraph, .group = group,
                            .chain = DLN_NONE};
    dln_coref__traits(c, p);
    return p;
}

/* The other extents: without what hangs on it last, with appositions. */
static void other_extents(dln_corefs *c, uint32_t head, uint32_t left,
                          uint32_t right)
{
    uint32_t last[2] = {DLN_NONE, DLN_NONE}, apposed = right;
    for (uint32_t k = dln_coref_token(c, head)->child; k != DLN_NONE;
         k = dln_coref_token(c, k)->sibling) {
        uint8_t role = dln_coref_role(c, k);
        if (k < head)
            continue;
        if (role == DLN_REL_appos && c->right[k] > apposed)
            apposed = c->right[k];
        if (k <= right
            && (role == DLN_REL_nmod || role == DLN_REL_acl
                || role == DLN_REL_advcl || role == DLN_REL_obl
                || role == DLN_REL_advmod || role == DLN_REL_dep
                || role == DLN_REL_nummod || role == DLN_REL_compound)) {
            last[1] = last[0];
            last[0] = k;
        }
    }
    for (uint32_t i = 0; i < 2 && last[i] != DLN_NONE; i++) {
        if (c->left[last[i]] <= head || c->left[last[i]] > right)
            return;
        dln_coref_phrase *p = add(c, head, left, c->left[last[i]] - 1,
                                  false);
        if (p) {
            p->extent = (uint8_t)(i ? DLN_COREF_LEAST : DLN_COREF_LESS);
            p->cut = last[i];
        }
    }
    if (apposed > right) {
        dln_coref_phrase *p = add(c, head, left, apposed, false);
        if (p)
            p->extent = DLN_COREF_APPOSED;
    }
}

static void phrase_of(dln_corefs *c, uint32_t head)
{
    uint32_t left = head, right = head, cut = DLN_NONE, whole = head;
    bool predicate = dln_child(c->doc, head, DLN_REL_cop) != DLN_NONE;
    for (uint32_t k = dln_coref_token(c, head)->child; k != DLN_NONE;
         k = dln_coref_token(c, k)->sibling) {
        uint8_t role = dln_coref_role(c, k);
        if (role == DLN_REL_conj && k > head) {
            const dln_token *t = dln_coref_token(c, k);
            if (t->upos == DLN_UPOS_NOUN || t->upos == DLN_UPOS_PROPN
                || t->upos == DLN_UPOS_PRON)
                whole = c->right[k];
        }
        if (stays_out(c, head, k, predicate)) {
            if (k > head && cut == DLN_NONE
                && (role == DLN_REL_conj || role == DLN_REL_cc))
                cut = k;
            continue;
        }
        if (k < head && c->left[k] < left)
            left = c->left[k];
        if (k > head && cut == DLN_NONE && c->right[k] > right)
            right = c->right[k];
    }
    if (whole > right && !predicate
        && dln_coref_role(c, head) != DLN_REL_conj)
        add(c, head, left, whole, true);
    add(c, head, left, right, false);
    other_extents(c, head, left, right);
}

static int by_position(const void *a, const void *b)
{
    const dln_coref_phrase *x = a, *y = b;
    if (x->begin != y->begin)
        return x->begin < y->begin ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    if (x->extent != y->extent)
        return x->extent < y->extent ? -1 : 1;
    return x->head < y->head ? -1 : x->head > y->head;
}

void dln_coref__phrases(dln_corefs *c)
{
    subtrees(c);
    for (uint32_t t = 0; t < c->doc->tokens.count; t++)
        if (may_head(c, t))
            phrase_of(c, t);
    if (c->phrases.count > 1)
        qsort(c->phrases.at, c->phrases.count, sizeof *c->phrases.at,
              by_position);
    /* The same words twice: the one whose head stands first. */
    uint32_t kept = 0;
    for (uint32_t p = 0; p < c->phrases.count; p++) {
        const dln_coref_phrase *x = &c->phrases.at[p];
        if (!kept || c->phrases.at[kept - 1].begin != x->begin
            || c->phrases.at[kept - 1].end != x->end)
            c->phrases.at[kept++] = *x;
    }
    c->phrases.count = kept;
}
