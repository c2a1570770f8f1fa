/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Source and target of a verb, where its pattern does not say: subject and
 * what stands below the verb by the tree; where the tree has none, by the
 * order of words, as TABARI did it.
 */
#include "dictionary/dictionary_p.h"

static const dln_token *tok(const dln_dict_sentence *s, uint32_t t)
{
    return &s->doc->tokens.at[t];
}

/* First entity of words [from, to) whose token is below `top` (DLN_NONE:
 * anywhere) and that is not of `group`. */
static uint32_t first_in(const dln_dict_sentence *s, uint32_t from,
                         uint32_t to, uint32_t top, uint32_t group)
{
    for (uint32_t e = 0; e < s->entity_count; e++) {
        const dln_dict_entity *n = &s->entities[e];
        if (n->begin < from || n->begin >= to || n->group == group)
            continue;
        for (uint32_t w = n->begin; w < n->end; w++)
            if (top == DLN_NONE
                || dln_is_below(s->doc, s->words[w].token, top))
                return e;
    }
    return DLN_NONE;
}

static uint32_t word_from(const dln_dict_sentence *s, uint32_t token)
{
    uint32_t w = 0;
    while (w < s->count && s->words[w].token < token)
        w++;
    return w;
}

/* The entity that a pronoun stands for, when it is in this sentence. */
static uint32_t antecedent(const dln_dict_sentence *s, uint32_t token)
{
    const dln_doc *doc = s->doc;
    for (uint32_t r = 0; r < doc->references.count; r++) {
        if (doc->references.at[r].head != token)
            continue;
        uint32_t back = doc->references.at[r].before;
        for (unsigned n = 0; back != DLN_NONE && n < 8; n++) {
            const dln_reference *ref = &doc->references.at[back];
            uint32_t e = first_in(s, word_from(s, ref->token_begin),
                                  word_from(s, ref->token_end), DLN_NONE,
                                  DLN_NONE);
            if (e != DLN_NONE)
                return e;
            back = ref->before;
        }
    }
    return DLN_NONE;
}

/* Who is meant by the noun phrase at `token`. */
static uint32_t entity_of(const dln_dict_sentence *s, uint32_t token)
{
    uint32_t begin, end;
    dln_subtree(s->doc, token, &begin, &end);
    if (tok(s, token)->upos == DLN_UPOS_PRON)
        return antecedent(s, token);
    uint32_t w = word_from(s, token);
    if (w < s->count && s->words[w].token == token
        && s->entity_at[w] != DLN_NONE)
        return s->entity_at[w];
    /* Not what a clause inside tells. */
    for (uint32_t c = tok(s, token)->child; c != DLN_NONE;
         c = tok(s, c)->sibling)
        if ((tok(s, c)->deprel == DLN_REL_acl_relcl
             || tok(s, c)->deprel == DLN_REL_acl) && c > token && c < end)
            end = c;
    return first_in(s, word_from(s, begin), word_from(s, end), token,
                    DLN_NONE);
}

/* The subject of `verb`, its own or that of the verb above it. `told`: there
 * is one, whoever it may be, so that nobody else is. */
static uint32_t subject_of(const dln_dict_sentence *s, uint32_t verb,
                           bool *passive, bool *told)
{
    *told = false;
    *passive = dln_child(s->doc, verb, DLN_REL_aux_pass) != DLN_NONE;
    for (unsigned n = 0; n < 6 && verb != DLN_NONE; n++) {
        uint32_t t = dln_child(s->doc, verb, DLN_REL_nsubj);
        uint32_t p = dln_child(s->doc, verb, DLN_REL_nsubj_pass);
        uint8_t rel = tok(s, verb)->deprel;
        uint32_t head = tok(s, verb)->head;
        if (t == DLN_NONE)
            t = p;
        *passive |= !n && p != DLN_NONE;
        if (t != DLN_NONE && t != verb) {
            uint32_t e = entity_of(s, t);
            bool relative = rel == DLN_REL_acl_relcl
                            && tok(s, t)->upos == DLN_UPOS_PRON;
            if (e == DLN_NONE && relative && head != DLN_NONE)
                e = entity_of(s, head);
            *told = e == DLN_NONE && tok(s, t)->upos != DLN_UPOS_PRON;
            if (e != DLN_NONE || *told)
                return e;
        }
        if (rel == DLN_REL_acl && head != DLN_NONE
            && tok(s, head)->upos != DLN_UPOS_VERB)
            return entity_of(s, head);
        if (head == DLN_NONE)
            break;
        verb = head;
    }
    return DLN_NONE;
}

/* "by Osgiliath" */
static uint32_t agent_of(const dln_dict_sentence *s, uint32_t verb)
{
    for (uint32_t c = tok(s, verb)->child; c != DLN_NONE;
         c = tok(s, c)->sibling)
        if (tok(s, c)->deprel == DLN_REL_obl_agent
            || tok(s, c)->deprel == DLN_REL_obl) {
            uint32_t by = dln_child(s->doc, c, DLN_REL_case);
            if (by != DLN_NONE && dln_str_is(tok(s, by)->lemma, "by"))
                return entity_of(s, c);
        }
    return DLN_NONE;
}

static uint32_t group_of(const dln_dict_sentence *s, uint32_t e)
{
    return e == DLN_NONE ? DLN_NONE : s->entities[e].group;
}

void dln_dict__parties(const dln_dict_sentence *s, uint32_t begin,
                       uint32_t end, const dln_dict_found *found,
                       uint32_t *source, uint32_t *target)
{
    uint32_t verb = s->words[begin].token;
    bool passive, told;
    uint32_t subject = subject_of(s, verb, &passive, &told);
    *source = found->source;
    *target = found->target;
    if (found->compound != DLN_NONE) {
        *source = *target = found->compound;
        return;
    }
    if (*source == DLN_NONE && passive)
        *source = agent_of(s, verb);
    if (passive && *target == DLN_NONE && subject != *source)
        *target = subject;
    else if (!passive && *source == DLN_NONE
             && (*target == DLN_NONE
                 || group_of(s, subject) != group_of(s, *target)))
        *source = subject;
    else if (!passive && *target == DLN_NONE && *source != DLN_NONE
             && group_of(s, subject) != group_of(s, *source))
        *target = subject;
    if (told && found->source == DLN_NONE && found->target == DLN_NONE)
        return;
    if (*source == DLN_NONE && !passive)
        *source = first_in(s, 0, begin, DLN_NONE, group_of(s, *target));
    uint32_t *open = *target == DLN_NONE ? target
                     : *source == DLN_NONE ? source : NULL;
    if (!open)
        return;
    uint32_t other = group_of(s, open == target ? *source : *target);
    *open = first_in(s, end, s->count, verb, other);
    bool own = dln_child(s->doc, verb, DLN_REL_nsubj) != DLN_NONE;
    if (*open == DLN_NONE && !own)
        *open = first_in(s, end, s->count, DLN_NONE, other);
    if (*open == DLN_NONE && !own)
        *open = first_in(s, 0, begin, DLN_NONE, other);
}
