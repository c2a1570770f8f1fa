/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inaugurations: offices told of by verbs: "X was elected president in May",
 * "Y, who was sworn in as mayor", "Z resigned as minister".
 *
 * Verbs are data (office_verbs). What is negated or only may or will be is
 * not learned: nobody holds an office before he does.
 */
#include "link/link_p.h"

static const dln_token *tok(const dln_linking *l, uint32_t t)
{
    return &l->doc->tokens.at[t];
}

/* Is it told as done: no "not", no "will"? Infinitives are not. */
static bool is_done(const dln_linking *l, uint32_t verb)
{
    if (dln_str_is(dln_feats_value(tok(l, verb)->feats, DLN_STR("VerbForm")),
                   "Inf"))
        return false;
    for (uint32_t c = tok(l, verb)->child; c != DLN_NONE;
         c = tok(l, c)->sibling)
        if (tok(l, c)->xpos == DLN_XPOS_MD
            || dln_str_is(dln_feats_value(tok(l, c)->feats,
                                          DLN_STR("Polarity")), "Neg"))
            return false;
    return true;
}

/* The verb that the title hangs on, and what it tells; NULL when none. */
static const char *told_by(const dln_linking *l, uint32_t title,
                           uint32_t *verb)
{
    uint8_t rel = tok(l, title)->deprel;
    *verb = tok(l, title)->head;
    if (*verb == DLN_NONE
        || (rel != DLN_REL_xcomp && rel != DLN_REL_obl
            && rel != DLN_REL_obj && rel != DLN_REL_ccomp
            && rel != DLN_REL_nmod))
        return NULL;
    const dln_row *row = dln_table_find(l->link->office_verbs,
                                        tok(l, *verb)->lemma);
    if (!row || !is_done(l, *verb))
        return NULL;
    uint32_t as = dln_child(l->doc, title, DLN_REL_case);
    if ((rel == DLN_REL_obl || rel == DLN_REL_nmod)
        && (as == DLN_NONE
            || !dln_link__word_is(l, as, "office")))
        return NULL;
    static const char *const kinds[] = {"gets", "given", "leaves", "loses"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (dln_str_is(dln_row_field(row, 1), kinds[i]))
            return kinds[i];
    return NULL;
}

/* The person named by the phrase of `token`; DLN_NONE. */
static uint32_t person_at(dln_linking *l, uint32_t token)
{
    if (token == DLN_NONE)
        return DLN_NONE;
    uint32_t at = l->part_at[token];
    if (at == DLN_NONE && tok(l, token)->upos == DLN_UPOS_PROPN) {
        uint32_t flat = dln_child(l->doc, token, DLN_REL_flat);
        at = flat == DLN_NONE ? DLN_NONE : l->part_at[flat];
    }
    if (at == DLN_NONE || l->parts.at[at].kind != DLN_PART_NAME
        || l->parts.at[at].name != DLN_NAME_PERSON)
        return DLN_NONE;
    return dln_link__part_actor(l, &l->parts.at[at]);
}

/* Who is elected, resigns: by what the verb tells and its voice. */
static uint32_t holder_of(dln_linking *l, uint32_t verb, uint32_t title,
                          const char *kind)
{
    uint32_t passive = dln_child(l->doc, verb, DLN_REL_nsubj_pass);
    uint32_t subject = dln_child(l->doc, verb, DLN_REL_nsubj);
    uint32_t object = dln_child(l->doc, verb, DLN_REL_obj), head;
    bool given = !strcmp(kind, "given") || !strcmp(kind, "loses");
    if (given && passive == DLN_NONE && object != title)
        return person_at(l, object);
    head = given ? passive : subject;
    /* "who was elected": whoever the clause is about. */
    if (head != DLN_NONE && tok(l, head)->upos == DLN_UPOS_PRON
        && tok(l, verb)->deprel == DLN_REL_acl_relcl)
        head = tok(l, verb)->head;
    if (head == DLN_NONE && given && tok(l, verb)->deprel == DLN_REL_acl)
        head = tok(l, verb)->head;
    return person_at(l, head);
}

uint32_t dln_link__learn_told(dln_linking *l, const dln_part *part)
{
    const dln_title *title = dln_onto_title(l->onto, part->index);
    uint32_t head = part->end - 1, verb;
    const char *kind = l->parsed ? told_by(l, head, &verb) : NULL;
    if (!kind || dln_str_is(title->rank, "address")
        || dln_str_is(title->rank, "counterpart"))
        return DLN_NONE;
    uint32_t actor = holder_of(l, verb, head, kind);
    if (actor == DLN_NONE)
        return DLN_NONE;
    dln_noun_phrase np = dln_link__noun_phrase(l, part);
    if (!np.side_count)
        dln_link__complement(l, &np, false);
    np.former |= !strcmp(kind, "leaves") || !strcmp(kind, "loses");
    if (np.side_count > 1 || dln_link__contradicts(l, actor, &np))
        return DLN_NONE;
    dln_link__learn(l, actor, title, &np, part->begin, part->end);
    return np.former ? DLN_NONE : actor;
}
