/* SPDX-License-Identifier: Apache-2.0 */
/*
 * anaphora: he, she, it, they and their forms → the actor they stand for.
 *
 * Candidates are the mentions of this and the three sentences before that
 * agree in number and gender; each is weighed by distance, by being a
 * subject, by how often its actor is named. Two arguments of one verb are
 * different actors. Source: salience of Lappin and Leass 1994, with the
 * agreement and distance rules of the sieves (Lee et al. 2013). "It" is
 * resolved only to the subject before it; whatever else stays unresolved.
 */
#include "link/link_p.h"

#define MAX_SENTENCES 3
#define MAX_CANDIDATES 96
#define MAX_CHAIN 64
#define CHAIN_BONUS 15
#define MAX_FRONT 24        /* tokens of a phrase before the subject */
#define NO_WEIGHT (-1000)

typedef struct anaphor {
    uint32_t token, sentence, verb;
    char gender;            /* 'm', 'f', 'n', or 0 */
    uint32_t chained;       /* actor of its chain, or DLN_NONE */
    bool plural, possessive, reflexive, relative, subject, quoted;
} anaphor;

static anaphor read_anaphor(const dln_linking *l, const dln_part *part)
{
    const dln_row *row = &l->link->pronouns->rows[part->index];
    const dln_token *token = &l->doc->tokens.at[part->begin];
    dln_str gender = dln_row_field(row, 1), use = dln_row_field(row, 3);
    dln_deprel base = dln_deprel_base((dln_deprel)token->deprel);
    anaphor a = {.token = part->begin, .sentence = token->sentence,
                 .verb = token->head, .chained = DLN_NONE,
                 .gender = gender.data[0] == '-' ? (char)0 : gender.data[0],
                 .plural = dln_str_is(dln_row_field(row, 2), "pl"),
                 .possessive = dln_str_is(use, "possessive"),
                 .reflexive = dln_str_is(use, "reflexive"),
                 .relative = dln_str_is(use, "relative"),
                 .quoted = l->words[part->begin].quoted};
    if (l->parsed) {
        a.subject = base == DLN_REL_nsubj;
        /* "her" before a verb's end is no possessive. */
        if (a.possessive && (base == DLN_REL_obj || base == DLN_REL_iobj
                             || base == DLN_REL_obl))
            a.possessive = false;
    }
    return a;
}

static bool agrees(const dln_actor *actor, const anaphor *a)
{
    bool person = actor->kind == DLN_ACTOR_PERSON;
    bool crowd = actor->plural || actor->member_count > 1
                 || actor->kind == DLN_ACTOR_POPULATION;
    if (a->plural)
        return crowd || (!person && actor->kind != DLN_ACTOR_COUNTRY);
    if (crowd)
        return false;
    if (a->gender == 'n')
        return !person;
    return person && (!actor->gender || actor->gender == a->gender);
}

/* The actor that the words of a reference name; the members' set when it is
 * several side by side; or DLN_NONE. */
static uint32_t referent(dln_linking *l, const dln_reference *r)
{
    uint32_t members[DLN_SET_MAX], count = 0;
    uint32_t end = r->group ? r->token_end : r->token_end < r->head + 8
                                                 ? r->token_end
                                                 : r->head + 8;
    for (uint32_t t = r->group ? r->token_begin : r->head; t < end; t++) {
        const dln_token *token = &l->doc->tokens.at[t];
        uint32_t p = l->part_at[t];
        bool named = t == r->head
                     || (token->head == r->head
                         && (token->deprel == DLN_REL_flat
                             || (r->group && token->deprel
                                                 == DLN_REL_conj)));
        if (!named || p == DLN_NONE || l->parts.at[p].actor == DLN_NONE)
            continue;
        if (!r->group)
            return l->parts.at[p].actor;
        if (count < DLN_SET_MAX)
            members[count++] = l->parts.at[p].actor;
    }
    return count > 1 ? dln_link__set_actor(l, members, count) : DLN_NONE;
}

/* What the pronoun's chain (room coref) stands for: true when words before
 * it tell; *actor is DLN_NONE when they are no actor's. */
static bool by_chain(dln_linking *l, uint32_t token, uint32_t *actor)
{
    const dln_doc *doc = l->doc;
    uint32_t low = dln_first_from(doc->references.at, doc->references.count,
                                  sizeof(dln_reference),
                                  offsetof(dln_reference, token_begin),
                                  token);
    *actor = DLN_NONE;
    while (low < doc->references.count
           && doc->references.at[low].token_begin == token
           && doc->references.at[low].form != DLN_FORM_PRONOUN)
        low++;
    if (low == doc->references.count
        || doc->references.at[low].head != token)
        return false;
    uint32_t r = doc->references.at[low].before;
    for (unsigned n = 0; r != DLN_NONE && n < MAX_CHAIN; n++) {
        const dln_reference *reference = &doc->references.at[r];
        if (reference->form != DLN_FORM_PRONOUN) {
            *actor = referent(l, reference);
            return true;
        }
        r = reference->before;
    }
    return false;
}

/* The verb of the clause a token stands in. */
static uint32_t clause_of(const dln_linking *l, uint32_t token)
{
    for (unsigned n = 0; token != DLN_NONE && n < 16; n++) {
        const dln_token *t = &l->doc->tokens.at[token];
        if (t->upos == DLN_UPOS_VERB || t->head == DLN_NONE)
            return token;
        token = t->head;
    }
    return DLN_NONE;
}

static int weigh(const dln_linking *l, uint32_t m, const anaphor *a)
{
    const dln_mention *mention = &l->doc->mentions.at[m];
    const dln_seen *seen = &l->seen.at[m];
    if (mention->actor == DLN_NONE || mention->form == DLN_FORM_DEMONYM
        || !(agrees(&l->doc->actors.at[mention->actor], a)
             || (mention->form == DLN_FORM_TITLE && seen->office
                 && !a->plural && a->gender != 'n'))
        || seen->sentence > a->sentence
        || mention->token_end > a->token)
        return NO_WEIGHT;
    int distance = (int)(a->sentence - seen->sentence);
    bool arguments = l->parsed && seen->verb != DLN_NONE
                     && seen->verb == a->verb && !a->possessive;
    if (a->reflexive)
        return !distance && seen->subject ? 100 : NO_WEIGHT;
    if (arguments)
        return NO_WEIGHT;
    /* A bloc may be "they" when it was the subject; agencies in passing
     * are not. */
    if (a->plural && l->doc->actors.at[mention->actor].kind
                         == DLN_ACTOR_ORGANISATION
        && !l->doc->actors.at[mention->actor].plural && !seen->subject)
        return NO_WEIGHT;
    int weight = 100 - 22 * distance;
    weight += seen->subject ? 24 : 0;
    weight += seen->root ? 8 : 0;
    weight -= seen->inner ? 10 : 0;
    if (a->possessive && !distance && l->parsed && seen->subject
        && clause_of(l, a->token) == seen->verb)
        weight += 12;
    if (l->doc->actors.at[mention->actor].gender == a->gender
        && a->gender != 'n')
        weight += 6;
    /* Who is quoted speaks of others as he. */
    if (a->quoted && !seen->quoted && !distance)
        weight -= 40;
    if (mention->actor == a->chained)
        weight += CHAIN_BONUS;
    return weight;
}

/* "Aliyev, whose army": who is named right before. */
static uint32_t relative(const dln_linking *l, uint32_t token)
{
    uint32_t end = token;
    if (end && dln_str_is(dln_token_str(l->doc, end - 1), ","))
        end--;
    for (uint32_t m = l->doc->mentions.count, n = 0; m-- > 0 && n < 16; n++)
        if (l->doc->mentions.at[m].token_end == end)
            return l->doc->mentions.at[m].actor;
    return DLN_NONE;
}

/* "For his part, Aliyev said": the person named right behind the comma that
 * ends the sentence's first phrase, when the pronoun stands in it. */
static uint32_t forward(dln_linking *l, const anaphor *a)
{
    const dln_sentence *s = &l->doc->sentences.at[a->sentence];
    uint32_t limit = s->token_begin + MAX_FRONT < s->token_end
                         ? s->token_begin + MAX_FRONT : s->token_end;
    uint32_t first = s->token_begin;
    if (!a->gender || a->gender == 'n' || a->quoted || a->reflexive)
        return DLN_NONE;
    while (first < a->token && !l->words[first].key.len)
        first++;
    if (!l->tagged || (l->doc->tokens.at[first].upos != DLN_UPOS_ADP
                       && l->doc->tokens.at[first].upos != DLN_UPOS_SCONJ))
        return DLN_NONE;
    for (uint32_t t = first; t + 1 < limit; t++) {
        if (!dln_str_is(dln_token_str(l->doc, t), ","))
            continue;
        if (t < a->token)
            return DLN_NONE;
        dln_part *part = dln_link__part_from(l, t + 1);
        for (unsigned n = 0; part && n < 4
                             && (part->kind == DLN_PART_ADJECTIVE
                                 || part->kind == DLN_PART_TITLE); n++)
            part = dln_link__part_from(l, part->end);
        if (!part || part->kind != DLN_PART_NAME
            || part->name != DLN_NAME_PERSON)
            return DLN_NONE;
        uint32_t actor = dln_link__part_actor(l, part);
        return actor != DLN_NONE && agrees(&l->doc->actors.at[actor], a)
                   ? actor : DLN_NONE;
    }
    return DLN_NONE;
}

/* Whether a noun that is no actor is the likelier antecedent of "it": the
 * subject of this clause's sentence, or of the sentence before. */
static bool is_blocked(const dln_linking *l, const anaphor *a,
                       uint32_t sentence)
{
    const dln_doc *doc = l->doc;
    const dln_sentence *s = &doc->sentences.at[sentence];
    uint32_t end = s->token_end < a->token ? s->token_end : a->token;
    for (uint32_t t = end; t-- > s->token_begin;) {
        const dln_token *token = &doc->tokens.at[t];
        if (dln_deprel_base((dln_deprel)token->deprel) != DLN_REL_nsubj
            || token->upos == DLN_UPOS_PRON)
            continue;
        uint32_t p = l->part_at[t];
        bool actor = p != DLN_NONE && l->parts.at[p].actor != DLN_NONE;
        return !actor && token->xpos != DLN_XPOS_NNS;
    }
    return false;
}

static uint32_t best_actor(const dln_linking *l, const anaphor *a)
{
    uint32_t best = DLN_NONE;
    int most = a->gender != 'n' ? 40 : a->possessive ? 85 : 100;
    for (uint32_t m = l->doc->mentions.count, n = 0;
         m-- > 0 && n < MAX_CANDIDATES; n++) {
        if (l->seen.at[m].sentence + MAX_SENTENCES < a->sentence)
            break;
        int weight = weigh(l, m, a);
        if (weight > most) {
            most = weight;
            best = l->doc->mentions.at[m].actor;
        }
    }
    return best;
}

/* "They": two or more named side by side. */
static uint32_t best_set(dln_linking *l, const anaphor *a)
{
    dln_link__sets(l);
    if (!l->sets.count)
        return DLN_NONE;
    const dln_set set = l->sets.at[l->sets.count - 1];
    if (set.sentence + 2 < a->sentence)
        return DLN_NONE;
    for (uint32_t m = set.mention; l->parsed && m < l->doc->mentions.count
                                   && m < set.mention + 16; m++)
        if (l->doc->mentions.at[m].actor == set.actors[0]
            && l->seen.at[m].sentence == a->sentence
            && l->seen.at[m].verb == a->verb && !a->possessive)
            return DLN_NONE;
    return dln_link__set_actor(l, set.actors, set.count);
}

void dln_link__pronoun(dln_linking *l, const dln_part *part)
{
    anaphor a = read_anaphor(l, part);
    const dln_token *token = &l->doc->tokens.at[part->begin];
    bool it = a.gender == 'n';
    uint32_t actor = DLN_NONE;
    if (token->deprel == DLN_REL_expl && l->parsed)
        return;
    if (it) {
        if (!l->parsed || (!a.possessive && !a.subject)
            || is_blocked(l, &a, a.sentence)
            || (a.sentence && !a.possessive
                && is_blocked(l, &a, a.sentence - 1)))
            return;
    }
    bool chained = by_chain(l, a.token, &a.chained);
    actor = a.relative ? relative(l, a.token) : forward(l, &a);
    if (a.relative && actor == DLN_NONE)
        return;
    if (a.plural && chained && actor == DLN_NONE) {
        if (a.chained != DLN_NONE
            && agrees(&l->doc->actors.at[a.chained], &a))
            actor = a.chained;
    } else {
        if (actor == DLN_NONE)
            actor = best_actor(l, &a);
        if (a.plural && actor == DLN_NONE)
            actor = best_set(l, &a);
    }
    if (it && actor == DLN_NONE)
        return;
    uint32_t m = dln_link__mention(
        l, part->begin, part->end, part->begin, DLN_FORM_PRONOUN, actor,
        actor == DLN_NONE ? "a pronoun without a clear antecedent"
                          : "the likeliest antecedent of a pronoun");
    l->parts.at[l->part_at[part->begin]].actor = actor;
    l->parts.at[l->part_at[part->begin]].mention = m;
}
