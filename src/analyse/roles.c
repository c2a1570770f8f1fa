/* SPDX-License-Identifier: Apache-2.0 */
/*
 * roles: tree → predicates and their arguments in PropBank's terms, by rule
 * and word list (role-words.txt). For models that tell no roles themselves,
 * and the measure for those that do.
 *
 * Predicates are verbs and copulas; given ones (CoNLL-U) may be any word,
 * and keep their place. An argument is a dependent of the predicate, its
 * antecedent in a relative clause, or the subject it shares with the verb
 * above it. Limits: which verbs' subject undergoes is a list, and ARG2 to
 * ARG4 are guesses from the preposition, since there is no lexicon of
 * frames.
 */
#include "analyse/analyse_p.h"

typedef struct roler {
    const dln_table *words;     /* role-words */
    const dln_clause *clauses;  /* [tokens] */
    dln_doc *doc;
    uint32_t predicate;
    dln_argument found[DLN_ARGUMENTS_MAX];
    uint32_t count;
} roler;

static const dln_token *at(const roler *r, uint32_t t)
{
    return &r->doc->tokens.at[t];
}

static dln_deprel rel_of(const roler *r, uint32_t t)
{
    return dln_deprel_base((dln_deprel)at(r, t)->deprel);
}

/* What the list says of a word in this use; COUNT: nothing. */
static dln_argument_label listed(const roler *r, dln_str word,
                                 const char *use)
{
    for (const dln_row *row = dln_analyse__row(r->words, word); row;
         row = row->next == DLN_NONE ? NULL : &r->words->rows[row->next])
        if (dln_str_is(row->field[1], use))
            return dln_argument_label_of(row->field[2]);
    return DLN_ARGUMENT_COUNT;
}

static void add(roler *r, uint32_t token, dln_argument_label label)
{
    if (label >= DLN_ARGUMENT_COUNT || r->count == DLN_ARGUMENTS_MAX
        || token == DLN_NONE || token == r->predicate)
        return;
    for (uint32_t i = 0; i < r->count; i++)
        if (r->found[i].token == token)
            return;
    r->found[r->count++] = (dln_argument){token, label};
}

static bool is_passive(const roler *r, uint32_t verb)
{
    const dln_clause *clause = &r->clauses[verb];
    return at(r, verb)->xpos == DLN_XPOS_VBN
           && (clause->passive || clause->auxiliary != DLN_AUXILIARY_HAVE);
}

/* What the subject of this verb is to it. */
static dln_argument_label subject_label(const roler *r, uint32_t verb)
{
    if (is_passive(r, verb))
        return DLN_ARG1;
    dln_argument_label label = listed(r, at(r, verb)->lemma, "subject");
    return label == DLN_ARGUMENT_COUNT
               || r->clauses[verb].object != DLN_NONE
               ? DLN_ARG0 : label;
}

/* First word of `token` in this relation. */
static dln_str marker(const roler *r, uint32_t token, dln_deprel rel)
{
    uint32_t mark = dln_child(r->doc, token, rel);
    return mark == DLN_NONE ? (dln_str){NULL, 0} : at(r, mark)->lemma;
}

static bool is_time(const roler *r, uint32_t token)
{
    uint32_t entity = at(r, token)->entity;
    if (entity != DLN_NONE
        && r->doc->entities.at[entity].kind == DLN_ENT_DATE)
        return true;
    return listed(r, at(r, token)->lemma, "time") != DLN_ARGUMENT_COUNT;
}

static dln_argument_label oblique_label(const roler *r, uint32_t token)
{
    if (at(r, token)->deprel == DLN_REL_obl_agent)
        return DLN_ARG0;
    if (is_time(r, token) || at(r, token)->deprel == DLN_REL_obl_unmarked)
        return DLN_ARGM_TMP;
    dln_str word = marker(r, token, DLN_REL_case);
    if (dln_str_is(word, "by") && is_passive(r, r->predicate))
        return DLN_ARG0;
    return listed(r, word, "preposition");
}

static dln_argument_label adverb_label(const roler *r, uint32_t token)
{
    dln_str word = at(r, token)->lemma;
    dln_argument_label label = listed(r, word, "adverb");
    if (label != DLN_ARGUMENT_COUNT)
        return label;
    return dln_str_ends(word, DLN_STR("ly")) ? DLN_ARGM_MNR : DLN_ARGM_ADV;
}

static dln_argument_label clause_label(const roler *r, uint32_t token)
{
    dln_str word = marker(r, token, DLN_REL_mark);
    uint32_t adverb = dln_child(r->doc, token, DLN_REL_advmod);
    if (!word.len && adverb != DLN_NONE
        && at(r, adverb)->xpos == DLN_XPOS_WRB)
        word = at(r, adverb)->lemma;
    dln_argument_label label = listed(r, word, "marker");
    return label == DLN_ARGUMENT_COUNT ? DLN_ARGM_ADV : label;
}

/* Modal, negation, adverbs, times, clauses: what goes with any predicate
 * that has a clause. */
static dln_argument_label modifier_label(const roler *r, uint32_t token)
{
    switch (rel_of(r, token)) {
    case DLN_REL_aux:
        return at(r, token)->xpos == DLN_XPOS_MD ? DLN_ARGM_MOD
                                                 : DLN_ARGUMENT_COUNT;
    case DLN_REL_advmod:
        return adverb_label(r, token);
    case DLN_REL_advcl:
        return clause_label(r, token);
    case DLN_REL_discourse: case DLN_REL_vocative:
        return DLN_ARGM_DIS;
    default:
        return DLN_ARGUMENT_COUNT;
    }
}

static dln_argument_label verb_label(const roler *r, uint32_t token)
{
    switch (rel_of(r, token)) {
    case DLN_REL_nsubj:
        return at(r, token)->deprel == DLN_REL_nsubj_pass
                   ? DLN_ARG1 : subject_label(r, r->predicate);
    case DLN_REL_csubj: case DLN_REL_obj: case DLN_REL_ccomp:
        return DLN_ARG1;
    case DLN_REL_xcomp:
        return r->clauses[r->predicate].object == DLN_NONE
                   ? DLN_ARG1 : DLN_ARG2;
    case DLN_REL_iobj:
        return DLN_ARG2;
    case DLN_REL_obl:
        return oblique_label(r, token);
    default:
        return modifier_label(r, token);
    }
}

static bool is_relative(const roler *r, uint32_t token)
{
    unsigned tag = at(r, token)->xpos;
    return tag == DLN_XPOS_WDT || tag == DLN_XPOS_WP;
}

/* The subject a verb without one shares with the verb above it: of an
 * infinitive or adverbial clause (the object before the subject), of a
 * coordinated verb. */
static uint32_t shared_subject(const roler *r, uint32_t verb)
{
    for (int steps = 0; steps < 8; steps++) {
        dln_deprel rel = rel_of(r, verb);
        uint32_t head = at(r, verb)->head;
        if (head == DLN_NONE || (rel != DLN_REL_xcomp && rel != DLN_REL_conj
                                 && rel != DLN_REL_advcl))
            return DLN_NONE;
        if (rel == DLN_REL_xcomp && r->clauses[head].object != DLN_NONE)
            return r->clauses[head].object;
        if (r->clauses[head].subject != DLN_NONE)
            return r->clauses[head].subject;
        verb = head;
    }
    return DLN_NONE;
}

/* What a relative clause or participle says of the noun it hangs on. */
static void antecedent(roler *r, bool repeated)
{
    const dln_token *verb = at(r, r->predicate);
    const dln_clause *clause = &r->clauses[r->predicate];
    if (repeated || verb->head == DLN_NONE)
        return;
    if (verb->deprel == DLN_REL_acl_relcl) {
        if (clause->subject != DLN_NONE && clause->object == DLN_NONE)
            add(r, verb->head, DLN_ARG1);
    } else if (verb->deprel == DLN_REL_acl
               && verb->xpos != DLN_XPOS_VB) {
        add(r, verb->head, subject_label(r, r->predicate));
    } else if (verb->deprel == DLN_REL_amod) {
        add(r, verb->head, DLN_ARG1);
    }
}

static void verb_roles(roler *r)
{
    bool repeated = false;
    const dln_token *verb = at(r, r->predicate);
    for (uint32_t c = verb->child; c != DLN_NONE; c = at(r, c)->sibling) {
        dln_argument_label label = verb_label(r, c);
        if (verb->deprel == DLN_REL_acl_relcl && is_relative(r, c)) {
            add(r, verb->head, label);
            repeated = true;
        } else {
            add(r, c, label);
        }
    }
    antecedent(r, repeated);
    if (r->clauses[r->predicate].subject == DLN_NONE)
        add(r, shared_subject(r, r->predicate),
            subject_label(r, r->predicate));
}

/* The copula's arguments hang on the word it joins to its subject. */
static void copula_roles(roler *r)
{
    uint32_t head = at(r, r->predicate)->head;
    if (head == DLN_NONE)
        return;
    add(r, head, DLN_ARG2);
    for (uint32_t c = at(r, head)->child; c != DLN_NONE;
         c = at(r, c)->sibling) {
        dln_deprel rel = rel_of(r, c);
        if (rel == DLN_REL_nsubj || rel == DLN_REL_csubj) {
            bool repeats = at(r, head)->deprel == DLN_REL_acl_relcl
                           && is_relative(r, c);
            add(r, repeats ? at(r, head)->head : c, DLN_ARG1);
        } else if (rel == DLN_REL_obl && is_time(r, c)) {
            add(r, c, DLN_ARGM_TMP);
        } else if (rel == DLN_REL_advmod
                   && listed(r, at(r, c)->lemma, "adverb")
                          == DLN_ARGM_EXT) {
            continue;       /* "very good": of the adjective */
        } else {
            add(r, c, modifier_label(r, c));
        }
    }
    if (r->clauses[head].subject == DLN_NONE)
        add(r, shared_subject(r, head), DLN_ARG1);
}

static dln_argument_label noun_label(const roler *r, uint32_t token)
{
    switch (rel_of(r, token)) {
    case DLN_REL_amod:
        return DLN_ARGM_ADJ;
    case DLN_REL_compound:
        return is_time(r, token) ? DLN_ARGM_TMP : DLN_ARG1;
    case DLN_REL_acl:
        return at(r, token)->deprel == DLN_REL_acl ? DLN_ARG1
                                                   : DLN_ARGM_ADJ;
    case DLN_REL_det:
        return dln_str_is(at(r, token)->lemma, "no") ? DLN_ARGM_NEG
                                                     : DLN_ARGUMENT_COUNT;
    case DLN_REL_nmod:
        if (at(r, token)->deprel == DLN_REL_nmod_poss)
            return DLN_ARG0;
        if (is_time(r, token))
            return DLN_ARGM_TMP;
        return listed(r, marker(r, token, DLN_REL_case),
                      "noun-preposition");
    default:
        return DLN_ARGUMENT_COUNT;
    }
}

static void noun_roles(roler *r)
{
    const dln_token *noun = at(r, r->predicate);
    for (uint32_t c = noun->child; c != DLN_NONE; c = at(r, c)->sibling)
        add(r, c, noun_label(r, c));
    if (noun->deprel != DLN_REL_obj || noun->head == DLN_NONE
        || listed(r, at(r, noun->head)->lemma, "light")
               == DLN_ARGUMENT_COUNT)
        return;
    add(r, noun->head, DLN_ARGM_LVB);
    uint32_t subject = r->clauses[noun->head].subject;
    add(r, subject != DLN_NONE ? subject : shared_subject(r, noun->head),
        DLN_ARG0);
}

static dln_argument_label adjective_label(const roler *r, uint32_t token)
{
    switch (rel_of(r, token)) {
    case DLN_REL_nsubj: case DLN_REL_csubj: case DLN_REL_ccomp:
        return DLN_ARG1;
    case DLN_REL_xcomp:
        return DLN_ARG2;
    case DLN_REL_obl:
        return is_time(r, token) ? DLN_ARGM_TMP : DLN_ARG2;
    default:
        return modifier_label(r, token);
    }
}

static void adjective_roles(roler *r)
{
    const dln_token *word = at(r, r->predicate);
    for (uint32_t c = word->child; c != DLN_NONE; c = at(r, c)->sibling)
        add(r, c, adjective_label(r, c));
    if (r->clauses[r->predicate].subject == DLN_NONE)
        add(r, shared_subject(r, r->predicate), DLN_ARG1);
}

static void roles(roler *r, uint32_t predicate)
{
    r->predicate = predicate;
    r->count = 0;
    if (at(r, predicate)->deprel == DLN_REL_cop)
        copula_roles(r);
    else if (at(r, predicate)->upos == DLN_UPOS_NOUN
             || at(r, predicate)->upos == DLN_UPOS_PROPN)
        noun_roles(r);
    else if (at(r, predicate)->upos == DLN_UPOS_ADJ)
        adjective_roles(r);
    else
        verb_roles(r);
}

static bool is_predicate(const roler *r, uint32_t token)
{
    switch (rel_of(r, token)) {
    case DLN_REL_aux: case DLN_REL_case: case DLN_REL_mark:
    case DLN_REL_fixed: case DLN_REL_amod: case DLN_REL_compound:
    case DLN_REL_flat:
        return false;
    default:
        return at(r, token)->upos == DLN_UPOS_VERB
               || at(r, token)->upos == DLN_UPOS_AUX;
    }
}

void dln_analyse__roles(const dln_table *words, dln_doc *doc,
                        const dln_clause *clauses)
{
    roler r = {.words = words, .clauses = clauses, .doc = doc};
    uint32_t given = doc->predicates.count;
    for (uint32_t i = 0; i < given; i++) {
        uint32_t token = doc->predicates.at[i].token;
        roles(&r, token);
        dln_doc_set_arguments(doc, i, r.found, r.count);
    }
    for (uint32_t t = 0; !given && t < doc->tokens.count; t++) {
        if (!is_predicate(&r, t))
            continue;
        roles(&r, t);
        dln_doc_predicate(doc, t, r.found, r.count);
    }
}
