/* SPDX-License-Identifier: Apache-2.0 */
/*
 * args: a token of the parse → its dependents by slot, undoing what syntax
 * does to them: passive voice, coordination, control ("agreed to meet"),
 * relative and participle clauses.
 *
 * Slots follow enhanced Universal Dependencies (Schuster and Manning 2016),
 * computed here from the basic tree for the one token asked about. Limits:
 * 40 dependents, 10 steps up.
 */
#include "coder/coder_p.h"

static const dln_token *tok(const dln_doc *doc, uint32_t i)
{
    return &doc->tokens.at[i];
}

bool dln_coder__word_is(const dln_doc *doc, uint32_t token, const char *word)
{
    return dln_str_ieq(dln_token_str(doc, token), dln_str_of(word));
}

static void add(dln_coder_args *out, dln_slot slot, dln_str prep,
                uint32_t token, const char *how)
{
    if (out->count == DLN_CODER_MAX_ARGS || token == DLN_NONE)
        return;
    for (uint32_t i = 0; i < out->count; i++)
        if (out->at[i].slot == slot && out->at[i].token == token
            && dln_str_eq(out->at[i].prep, prep))
            return;
    out->at[out->count++] = (dln_coder_arg){slot, prep, token, how,
                                                   false};
}

static bool has(const dln_coder_args *args, dln_slot slot)
{
    for (uint32_t i = 0; i < args->count; i++)
        if (args->at[i].slot == slot)
            return true;
    return false;
}

dln_str dln_coder__case(const dln_doc *doc, uint32_t token)
{
    static const struct {
        const char *first, *second, *name;
    } pairs[] = {
        {"ahead", "of", "ahead of"}, {"because", "of", "because of"},
        {"instead", "of", "instead of"}, {"according", "to", "according to"},
        {"along", "with", "along with"}, {"together", "with", "with"},
        {"prior", "to", "before"}, {"out", "of", "out of"},
        {"due", "to", "because of"}, {"as", "of", "as of"},
        {"in", "front", "in front of"}, {"on", "behalf", "on behalf of"},
    };
    for (uint32_t c = tok(doc, token)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling) {
        if (tok(doc, c)->deprel != DLN_REL_case
            || dln_str_starts(dln_token_str(doc, c), DLN_STR("'"))
            || dln_str_starts(dln_token_str(doc, c), DLN_STR("\xe2")))
            continue;
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
            if (dln_coder__word_is(doc, c, pairs[i].first)
                && c + 1 < doc->tokens.count
                && dln_coder__word_is(doc, c + 1, pairs[i].second))
                return dln_str_of(pairs[i].name);
        dln_str lemma = tok(doc, c)->lemma;
        return lemma.len ? lemma : dln_token_str(doc, c);
    }
    return (dln_str){"", 0};
}

static bool is_passive(const dln_doc *doc, uint32_t token)
{
    uint32_t at = token;
    for (int step = 0; step < 4; step++) {
        for (uint32_t c = tok(doc, at)->child; c != DLN_NONE;
             c = tok(doc, c)->sibling) {
            uint8_t rel = tok(doc, c)->deprel;
            if (rel == DLN_REL_aux_pass || rel == DLN_REL_nsubj_pass)
                return true;
            if (rel == DLN_REL_nsubj || rel == DLN_REL_obj)
                return false;
        }
        /* "was arrested and charged" */
        if (tok(doc, at)->deprel != DLN_REL_conj
            || tok(doc, at)->xpos != DLN_XPOS_VBN
            || tok(doc, at)->head >= doc->tokens.count)
            break;
        at = tok(doc, at)->head;
    }
    return tok(doc, token)->xpos == DLN_XPOS_VBN
           && tok(doc, token)->deprel == DLN_REL_acl;
}

static bool is_relative(const dln_doc *doc, uint32_t token)
{
    return dln_coder__word_is(doc, token, "who")
           || dln_coder__word_is(doc, token, "which")
           || dln_coder__word_is(doc, token, "that")
           || dln_coder__word_is(doc, token, "whom");
}

/* A relative pronoun gives way to what it stands for. */
static uint32_t antecedent(const dln_doc *doc, uint32_t token, uint32_t verb)
{
    if (!is_relative(doc, token))
        return token;
    for (int i = 0; i < DLN_CODER_MAX_STEPS; i++) {
        uint8_t rel = tok(doc, verb)->deprel;
        uint32_t head = tok(doc, verb)->head;
        if (head >= doc->tokens.count)
            return token;
        if (rel == DLN_REL_acl_relcl || rel == DLN_REL_acl)
            return head;
        if (rel != DLN_REL_conj && rel != DLN_REL_xcomp)
            return token;
        verb = head;
    }
    return token;
}

/* By an actor, not "by Monday" or "by train". */
static bool by_someone(const dln_doc *doc, uint32_t token)
{
    return dln_coder__first_time(doc, token) == DLN_NONE
           && tok(doc, token)->upos != DLN_UPOS_VERB;
}

static bool is_particle(const dln_doc *doc, uint32_t token)
{
    static const char *const words[] = {"out", "back", "away", "down", "up",
                                        "off", "in", "together", "home",
                                        "over", "apart", "free", "aside",
                                        "forward", "guilty", "open"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dln_coder__word_is(doc, token, words[i]))
            return true;
    return false;
}

/* "told him to leave" has `to` beside its `comp`, "told him that" not. */
static void to_clause(const dln_doc *doc, uint32_t clause,
                      dln_coder_args *out)
{
    uint32_t mark = dln_child(doc, clause, DLN_REL_mark);
    if (mark != DLN_NONE && dln_coder__word_is(doc, mark, "to"))
        add(out, DLN_SLOT_PREP, DLN_STR("to"), clause, "to-clause");
}

static void verb_child(const dln_doc *doc, uint32_t verb, uint32_t c,
                       bool passive, dln_coder_args *out)
{
    const dln_str none = {"", 0};
    switch (tok(doc, c)->deprel) {
    case DLN_REL_nsubj: case DLN_REL_csubj: case DLN_REL_nsubj_outer:
        add(out, passive ? DLN_SLOT_OBJ : DLN_SLOT_SUBJ, none,
            antecedent(doc, c, verb), "subject");
        break;
    case DLN_REL_nsubj_pass: case DLN_REL_csubj_pass:
        add(out, DLN_SLOT_OBJ, none, antecedent(doc, c, verb),
            "passive subject");
        break;
    case DLN_REL_obj:
        add(out, DLN_SLOT_OBJ, none, antecedent(doc, c, verb), "object");
        break;
    case DLN_REL_iobj:
        add(out, DLN_SLOT_IOBJ, none, antecedent(doc, c, verb),
            "indirect object");
        /* "warned them of it" has but the one. */
        if (dln_child(doc, verb, DLN_REL_obj) == DLN_NONE)
            add(out, DLN_SLOT_OBJ, none, antecedent(doc, c, verb),
                "indirect object");
        break;
    case DLN_REL_obl_agent:
        add(out, DLN_SLOT_SUBJ, none, c, "agent");
        break;
    case DLN_REL_obl: case DLN_REL_nmod: {
        dln_str prep = dln_coder__case(doc, c);
        if (dln_str_is(prep, "by") && passive && by_someone(doc, c))
            add(out, DLN_SLOT_SUBJ, none, c, "agent");
        else if (prep.len)
            add(out, DLN_SLOT_PREP, prep, antecedent(doc, c, verb),
                "preposition");
        break;
    }
    case DLN_REL_xcomp: case DLN_REL_ccomp:
        /* "found guilty", "set free" are adverbs in meaning. */
        add(out, is_particle(doc, c) ? DLN_SLOT_PRT : DLN_SLOT_COMP, none, c,
            "complement");
        to_clause(doc, c, out);
        break;
    case DLN_REL_advcl: {
        uint32_t mark = dln_child(doc, c, DLN_REL_mark);
        if (mark == DLN_NONE)
            break;
        if (dln_coder__word_is(doc, mark, "to")) {
            add(out, DLN_SLOT_COMP, none, c, "purpose");
            to_clause(doc, c, out);
        } else
            add(out, DLN_SLOT_PREP, tok(doc, mark)->lemma, c, "clause");
        break;
    }
    case DLN_REL_compound_prt:
        add(out, DLN_SLOT_PRT, none, c, "particle");
        break;
    case DLN_REL_advmod:
        if (is_particle(doc, c))
            add(out, DLN_SLOT_PRT, none, c, "particle");
        break;
    default:
        break;
    }
}

static void children_of_verb(const dln_doc *doc, uint32_t verb,
                             dln_coder_args *out)
{
    bool passive = is_passive(doc, verb);
    for (uint32_t c = tok(doc, verb)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling)
        verb_child(doc, verb, c, passive, out);
}

/* Objects of the verb a controlled clause hangs on, else its subjects. */
static uint32_t controller(const dln_doc *doc, uint32_t governor,
                           bool object_first)
{
    static const uint8_t order[2][5] = {
        {DLN_REL_nsubj, DLN_REL_nsubj_pass, DLN_REL_obj, DLN_REL_iobj,
         DLN_REL_nsubj},
        {DLN_REL_iobj, DLN_REL_obj, DLN_REL_nsubj_pass, DLN_REL_nsubj,
         DLN_REL_nsubj},
    };
    for (int i = 0; i < 5; i++)
        for (uint32_t c = tok(doc, governor)->child; c != DLN_NONE;
             c = tok(doc, c)->sibling)
            if (tok(doc, c)->deprel == order[object_first][i])
                return antecedent(doc, c, governor);
    return DLN_NONE;
}

/* "called on Russia to withdraw": the one called on withdraws. */
static uint32_t urged(const dln_doc *doc, uint32_t governor)
{
    for (uint32_t c = tok(doc, governor)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling) {
        dln_str prep = tok(doc, c)->deprel == DLN_REL_obl
                           ? dln_coder__case(doc, c) : (dln_str){"", 0};
        if (dln_str_is(prep, "on") || dln_str_is(prep, "upon"))
            return c;
    }
    return DLN_NONE;
}

static bool is_subject_control(const dln_doc *doc, uint32_t governor)
{
    static const char *const words[] = {"promise", "threaten", "vow",
                                        "pledge", "agree", "offer"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dln_str_is(tok(doc, governor)->lemma, words[i]))
            return true;
    return false;
}

/* Who is understood to do it, when the verb has no subject of its own. */
static void missing_subject(const dln_doc *doc, uint32_t verb,
                            dln_coder_args *out)
{
    const dln_str none = {"", 0};
    uint32_t at = verb;
    for (int step = 0; step < DLN_CODER_MAX_STEPS; step++) {
        uint32_t head = tok(doc, at)->head;
        uint32_t found = DLN_NONE;
        if (head >= doc->tokens.count)
            return;
        switch (tok(doc, at)->deprel) {
        case DLN_REL_acl: case DLN_REL_acl_relcl:
            if (tok(doc, head)->upos == DLN_UPOS_VERB)
                break;
            if (dln_child(doc, at, DLN_REL_mark) != DLN_NONE) {
                /* "its plan to attack": the owner of the plan */
                found = dln_child(doc, head, DLN_REL_nmod_poss);
                at = head;
                if (found == DLN_NONE
                    && tok(doc, head)->head < doc->tokens.count)
                    found = controller(doc, tok(doc, head)->head, false);
            } else {
                found = head;
            }
            break;
        case DLN_REL_xcomp: case DLN_REL_advcl: {
            bool object = tok(doc, at)->deprel == DLN_REL_xcomp;
            uint32_t mark = dln_child(doc, at, DLN_REL_mark);
            if (mark != DLN_NONE && !dln_coder__word_is(doc, mark, "to"))
                object = true;  /* "accused Russia of shelling" */
            if (is_subject_control(doc, head))
                object = false;
            found = object ? urged(doc, head) : DLN_NONE;
            if (found == DLN_NONE)
                found = controller(doc, head, object);
            break;
        }
        case DLN_REL_conj: {
            dln_coder_args first = {.count = 0};
            children_of_verb(doc, head, &first);
            for (uint32_t i = 0; i < first.count; i++)
                if (first.at[i].slot == DLN_SLOT_SUBJ)
                    found = first.at[i].token;
            break;
        }
        default:
            return;
        }
        if (found != DLN_NONE) {
            add(out, DLN_SLOT_SUBJ, none, found, "understood subject");
            return;
        }
        at = head;
    }
}

static void args_of_verb(const dln_doc *doc, uint32_t verb,
                         dln_coder_args *out)
{
    const dln_str none = {"", 0};
    children_of_verb(doc, verb, out);
    bool passive = is_passive(doc, verb);
    uint8_t rel = tok(doc, verb)->deprel;
    uint32_t head = tok(doc, verb)->head;
    if (passive && !has(out, DLN_SLOT_OBJ) && head < doc->tokens.count) {
        /* "troops withdrawn from", "was arrested and charged" */
        if (rel == DLN_REL_acl || rel == DLN_REL_acl_relcl) {
            add(out, DLN_SLOT_OBJ, none, head, "modified noun");
        } else if (rel == DLN_REL_conj || rel == DLN_REL_xcomp) {
            uint32_t c = controller(doc, head, true);
            add(out, DLN_SLOT_OBJ, none, c, "shared object");
        }
    }
    if (!passive && rel == DLN_REL_acl_relcl && has(out, DLN_SLOT_SUBJ)
        && !has(out, DLN_SLOT_OBJ) && head < doc->tokens.count
        && !has(out, DLN_SLOT_COMP)) {
        /* "the town they shelled"; not when the pronoun was the subject */
        bool used = false;
        for (uint32_t i = 0; i < out->count; i++)
            used |= out->at[i].token == head;
        if (!used)
            add(out, DLN_SLOT_OBJ, none, head, "antecedent");
    }
    if (!passive && !has(out, DLN_SLOT_SUBJ))
        missing_subject(doc, verb, out);
    /* "killed and wounded 20": the object of the last verb is shared. */
    if (!passive && !has(out, DLN_SLOT_OBJ))
        for (uint32_t c = tok(doc, verb)->child; c != DLN_NONE;
             c = tok(doc, c)->sibling)
            if (tok(doc, c)->deprel == DLN_REL_conj && c <= verb + 2
                && tok(doc, c)->upos == DLN_UPOS_VERB)
                add(out, DLN_SLOT_OBJ, none,
                    dln_child(doc, c, DLN_REL_obj), "shared object");
}

uint32_t dln_coder__stands(const dln_coder *coder, const dln_doc *doc,
                           uint32_t token)
{
    (void)coder;
    static const char *const parts[] = {"round", "series", "wave", "spate",
                                        "number", "day", "hour", "week",
                                        "string", "barrage", "campaign",
                                        "act", "kind", "form", "set",
                                        "dozen", "hundred", "scene"};
    for (int step = 0; step < DLN_CODER_MAX_STEPS; step++) {
        uint32_t head = tok(doc, token)->head;
        if (head >= doc->tokens.count)
            return token;
        if (tok(doc, token)->deprel == DLN_REL_conj
            && tok(doc, head)->upos != DLN_UPOS_VERB) {
            token = head;
            continue;
        }
        if (dln_deprel_base((dln_deprel)tok(doc, token)->deprel)
                != DLN_REL_nmod
            || !dln_str_is(dln_coder__case(doc, token), "of"))
            return token;
        bool part = false;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            part |= dln_str_is(tok(doc, head)->lemma, parts[i]);
        if (!part)
            return token;
        token = head;
    }
    return token;
}

static void noun_child(const dln_doc *doc, uint32_t c, dln_coder_args *out)
{
    const dln_str none = {"", 0};
    switch (tok(doc, c)->deprel) {
    case DLN_REL_nmod_poss:
        add(out, DLN_SLOT_POSS, none, c, "possessor");
        break;
    case DLN_REL_amod: case DLN_REL_compound: case DLN_REL_nmod_desc:
    case DLN_REL_flat: case DLN_REL_nmod_unmarked:
        add(out, DLN_SLOT_MOD, none, c, "modifier");
        break;
    case DLN_REL_nmod: case DLN_REL_obl: case DLN_REL_obl_agent: {
        dln_str prep = dln_coder__case(doc, c);
        if (prep.len)
            add(out, DLN_SLOT_PREP, prep, c, "preposition");
        break;
    }
    case DLN_REL_acl: {
        uint32_t mark = dln_child(doc, c, DLN_REL_mark);
        if (mark != DLN_NONE)
            add(out, DLN_SLOT_COMP, none, c, "complement");
        break;
    }
    case DLN_REL_nsubj: case DLN_REL_nsubj_outer:
        add(out, DLN_SLOT_SUBJ, none, c, "subject");
        break;
    default:
        break;
    }
}

void dln_coder__args(const dln_coder *coder, const dln_doc *doc,
                     uint32_t token, dln_coder_args *out)
{
    out->count = 0;
    if (tok(doc, token)->upos == DLN_UPOS_VERB
        || tok(doc, token)->upos == DLN_UPOS_AUX) {
        args_of_verb(doc, token, out);
        return;
    }
    if (tok(doc, token)->upos == DLN_UPOS_ADJ) {
        children_of_verb(doc, token, out);
        if (!has(out, DLN_SLOT_SUBJ))
            missing_subject(doc, token, out);
        return;
    }
    uint32_t stands = dln_coder__stands(coder, doc, token);
    for (uint32_t at = token;; at = stands) {
        for (uint32_t c = tok(doc, at)->child; c != DLN_NONE;
             c = tok(doc, c)->sibling)
            if (c != token)
                noun_child(doc, c, out);
        if (at == stands)
            return;
    }
}
