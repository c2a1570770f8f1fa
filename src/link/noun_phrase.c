/* SPDX-License-Identifier: Apache-2.0 */
/*
 * noun_phrase: the words around a noun or title that tell whose it is.
 *
 * Before it stand articles, numbers, adjectives, demonyms and possessors;
 * behind it "of", with names side by side or with nouns of their own: "of
 * regional rivals Armenia and Azerbaijan", "of the two former Soviet
 * states", "of his country's arch foe Azerbaijan". Read from the words, so
 * that a wrong tree does no harm; the tree only keeps verbs out.
 */
#include "link/link_p.h"

#define MAX_BACK 8          /* tokens before a noun that may belong to it */
#define MAX_AHEAD 14        /* tokens of a complement */

uint32_t dln_link__part_actor(dln_linking *l, const dln_part *part)
{
    uint32_t person;
    if (part->actor != DLN_NONE)
        return part->actor;
    switch (part->kind) {
    case DLN_PART_COUNTRY:
    case DLN_PART_ADJECTIVE:
    case DLN_PART_PEOPLE:
    case DLN_PART_CAPITAL:
    case DLN_PART_GOVERNMENT:
        return dln_link__country(l, part->index);
    case DLN_PART_GROUP:
        return dln_link__group(l, part->index);
    case DLN_PART_PLACE:
        return dln_link__region(l, part->index);
    case DLN_PART_NAME:
        if (part->name == DLN_NAME_ORGANISATION)
            return dln_link__named_group(l, part->begin, part->end);
        person = dln_link__person_of(l, part);
        return person == DLN_NONE ? DLN_NONE
                                  : dln_link__person_actor(l, person);
    default:
        return DLN_NONE;
    }
}

void dln_link__add_side(dln_linking *l, dln_noun_phrase *np, uint32_t actor)
{
    const dln_actor *a = actor == DLN_NONE ? NULL : &l->doc->actors.at[actor];
    for (uint32_t i = 0; a && i < a->member_count; i++)
        dln_link__add_side(l, np, a->members[i]);
    if (!a || a->member_count || np->side_count == DLN_SET_MAX)
        return;
    for (uint32_t i = 0; i < np->side_count; i++)
        if (np->sides[i] == actor)
            return;
    if (!np->side_count)
        np->side = actor;
    np->sides[np->side_count++] = actor;
}

static uint32_t number_of(const dln_linking *l, uint32_t t)
{
    const dln_table *table = l->link->name_words;
    dln_str text = l->words[t].key;
    for (const dln_row *row = dln_table_find(table, text); row;
         row = row->next == DLN_NONE ? NULL : &table->rows[row->next])
        if (dln_str_is(dln_row_field(row, 1), "count"))
            return (uint32_t)(dln_row_field(row, 2).data[0] - '0');
    return text.len == 1 && dln_is_digit(text.data[0])
               ? (uint32_t)(text.data[0] - '0') : 0;
}

static bool is_and(const dln_linking *l, uint32_t t)
{
    return dln_str_is(l->words[t].key, "and");
}

static bool is_comma(const dln_linking *l, uint32_t t)
{
    return dln_str_is(dln_token_str(l->doc, t), ",");
}

static bool is_modifier(const dln_linking *l, uint32_t t, uint32_t head)
{
    const dln_token *token = &l->doc->tokens.at[t];
    if (l->words[t].hyphen || dln_link__word_is(l, t, "modifier")
        || dln_link__word_is(l, t, "former"))
        return true;
    if (!l->parsed || token->head == DLN_NONE)
        return l->tagged && token->upos == DLN_UPOS_ADJ;
    /* "shelling civilians" is no sort of civilians; "armed groups" is one
     * of groups. */
    if (token->upos == DLN_UPOS_VERB
        && (token->deprel != DLN_REL_amod || token->xpos == DLN_XPOS_VBG
            || token->head != head))
        return false;
    return (token->upos == DLN_UPOS_ADJ || token->upos == DLN_UPOS_NOUN
            || token->upos == DLN_UPOS_PROPN || token->upos == DLN_UPOS_NUM
            || token->upos == DLN_UPOS_VERB || token->upos == DLN_UPOS_ADV)
           && token->head > t && dln_is_below(l->doc, t, head);
}

/* "Armenian and Azerbaijani leaders", "Chad's and Niger's presidents": the
 * names before the one at hand. */
static void more_sides(dln_linking *l, dln_noun_phrase *np,
                       const dln_part *first)
{
    dln_part_kind kind = first->kind;
    for (unsigned n = 0; np->plural && n + 1 < DLN_SET_MAX; n++) {
        uint32_t t = np->begin;
        bool and = t && is_and(l, t - 1);
        t -= and;
        bool comma = t && is_comma(l, t - 1);
        t -= comma;
        if (t && l->words[t - 1].possessive && np->possessive)
            t--;
        dln_part *part = and || (comma && n) ? dln_link__part_to(l, t)
                                             : NULL;
        if (!part || part->kind != kind || kind > DLN_PART_GROUP)
            return;
        uint32_t actor = dln_link__part_actor(l, part);
        if (actor == DLN_NONE
            || l->doc->actors.at[actor].kind
                   != l->doc->actors.at[np->side].kind)
            return;
        dln_link__add_side(l, np, actor);
        np->begin = part->begin;
    }
}

/* One step to the left; false where the noun phrase begins. */
static bool step_back(dln_linking *l, dln_noun_phrase *np, bool *backed)
{
    uint32_t t = np->begin - 1;
    dln_part *part = dln_link__part_to(l, np->begin);
    dln_str key = l->words[t].key;
    if (l->words[t].possessive) {
        part = dln_link__part_to(l, t);
        uint32_t actor = part ? dln_link__part_actor(l, part) : DLN_NONE;
        if (actor == DLN_NONE)
            return false;
        dln_link__add_side(l, np, actor);
        np->side_end = np->begin;
        np->begin = part->mention != DLN_NONE
                        ? l->doc->mentions.at[part->mention].token_begin
                        : part->begin;
        more_sides(l, np, part);
        np->possessive = true;
        np->article = 'd';
        return false;
    }
    if (dln_str_is(key, "the") || dln_str_is(key, "these")
        || dln_str_is(key, "this") || dln_str_is(key, "those")) {
        np->article = 'd';
        np->begin = t;
        if (t && dln_str_is(l->words[t - 1].key, "both")) {
            np->number = 2;
            np->begin = t - 1;
        }
        return false;
    }
    if (dln_str_is(key, "a") || dln_str_is(key, "an")
        || dln_str_is(key, "another") || dln_str_is(key, "one")
        || dln_str_is(key, "some")) {
        np->article = 'i';
        np->begin = t;
        return false;
    }
    if (part && part->kind == DLN_PART_PRONOUN) {
        const dln_row *row = &l->link->pronouns->rows[part->index];
        if (!dln_str_is(dln_row_field(row, 3), "possessive")
            && !dln_str_is(dln_row_field(row, 3), "relative"))
            return false;
        np->owner = t;
        np->begin = t;
        np->article = 'd';
        return false;
    }
    uint32_t number = number_of(l, t);
    if (number || dln_link__word_is(l, t, "quantity")
        || (l->tagged && l->doc->tokens.at[t].upos == DLN_UPOS_NUM)) {
        if (number)
            np->number = number;
        np->begin = t;
        np->counted = true;
        if (dln_str_is(key, "both"))
            np->article = 'd';
        return true;
    }
    if (part && (part->kind <= DLN_PART_GROUP
                 || part->kind == DLN_PART_PLACE)
        && part->end == np->begin) {
        if (part->kind == DLN_PART_NAME
            && part->name != DLN_NAME_ORGANISATION)
            return false;
        if (!*backed && !np->side_count) {
            dln_link__add_side(l, np, dln_link__part_actor(l, part));
            np->side_end = np->begin;
            np->begin = part->begin;
            more_sides(l, np, part);
        }
        if (np->begin > part->begin)
            np->begin = part->begin;
        *backed = false;
        return true;
    }
    if (part && part->kind == DLN_PART_NOUN && !part->done
        && !np->organ) {
        np->organ = part->begin + 1;
        np->begin = part->begin;
        return true;
    }
    if (np->counted || !is_modifier(l, t, np->head))
        return false;
    np->former |= dln_link__word_is(l, t, "former");
    np->ethnic |= dln_str_is(key, "ethnic");
    *backed = l->words[t].hyphen && t + 1 < l->doc->tokens.count
              && dln_link__word_is(l, t + 1, "backed");
    np->backed |= *backed;
    np->begin = t;
    return true;
}

typedef struct complement {
    uint32_t at, limit;     /* token to read, end of what may be read */
    uint32_t number;
    const dln_part *noun;   /* of a country or a set of them, or NULL */
    const dln_part *owner;  /* possessive pronoun, or NULL */
    bool plural;            /* of a plural noun: may name several */
} complement;

static bool is_country_noun(const dln_linking *l, const dln_part *part)
{
    if (!part || part->kind != DLN_PART_NOUN)
        return false;
    dln_str class = dln_row_field(
        &l->link->actor_nouns.table->rows[part->index], 1);
    return dln_str_is(class, "country") || dln_str_is(class, "member");
}

/* Is the name a modifier of a noun for countries: "Soviet states"? */
static bool is_inner(dln_linking *l, const dln_part *part)
{
    if (part->kind > DLN_PART_GROUP && part->kind != DLN_PART_PLACE)
        return false;
    uint32_t next = part->end;
    if (next < l->doc->tokens.count && l->words[next].possessive)
        next++;
    while (next < l->doc->tokens.count && next < part->end + 4
           && dln_link__word_is(l, next, "modifier"))
        next++;
    return is_country_noun(l, dln_link__part_from(l, next));
}

/* Words before the names themselves: "the two former Soviet", "his
 * country's arch foe". */
static void skip_inner(dln_linking *l, complement *c)
{
    while (c->at < c->limit) {
        dln_part *part = dln_link__part_from(l, c->at);
        uint32_t number = number_of(l, c->at);
        bool adjective = l->tagged && !part
                         && l->doc->tokens.at[c->at].upos == DLN_UPOS_ADJ;
        if (number)
            c->number = number;
        if (part && part->kind == DLN_PART_PRONOUN) {
            const dln_row *row = &l->link->pronouns->rows[part->index];
            if (!dln_str_is(dln_row_field(row, 3), "possessive"))
                return;
            c->owner = part;
            c->at++;
        } else if (is_country_noun(l, part)) {
            c->noun = part;
            c->at = part->end;
        } else if (part && is_inner(l, part)) {
            c->at = part->end;
        } else if (number || dln_str_is(l->words[c->at].key, "the")
                   || dln_str_is(l->words[c->at].key, "these")
                   || dln_link__word_is(l, c->at, "modifier")
                   || dln_link__word_is(l, c->at, "former")
                   || (c->noun && l->words[c->at].possessive) || adjective) {
            c->at++;
        } else {
            return;
        }
    }
}

/* No name followed: the countries the noun stands for. */
static void read_noun(dln_linking *l, dln_noun_phrase *np,
                      const complement *c)
{
    uint32_t members[DLN_SET_MAX], count = 0;
    dln_str class = dln_row_field(
        &l->link->actor_nouns.table->rows[c->noun->index], 1);
    if (dln_str_is(class, "member")) {
        dln_noun_phrase set = *np;
        set.number = c->number;
        count = dln_link__members(l, &set, false, NULL, members);
    } else if (!l->learning && c->owner
               && c->noun->begin == c->owner->end) {
        dln_part *owner = &l->parts.at[l->part_at[c->owner->begin]];
        if (!owner->done)
            dln_link__pronoun(l, owner);
        owner->done = true;
        members[0] = dln_link__country_of(l, owner->actor);
        count = members[0] != DLN_NONE;
    }
    for (uint32_t i = 0; i < count; i++)
        dln_link__add_side(l, np, members[i]);
    if (count)
        np->end = c->noun->end;
}

/* Names side by side from `c->at` on. A comma joins two of them only when
 * an "and" or another comma follows. */
static void read_names(dln_linking *l, dln_noun_phrase *np, complement *c,
                       bool of)
{
    bool comma = false, last = false;
    while (c->at < c->limit && np->side_count < DLN_SET_MAX) {
        dln_part *part = dln_link__part_from(l, c->at);
        if (!part || part->kind == DLN_PART_ADJECTIVE
            || (!of && part->kind == DLN_PART_NAME))
            return;
        uint32_t t = part->end;
        bool more = c->plural && !last && t < c->limit;
        bool next_comma = more && is_comma(l, t);
        bool next_and = more && (is_and(l, t)
                                 || (next_comma && t + 1 < c->limit
                                     && is_and(l, t + 1)));
        if ((comma && !last && !next_comma && !next_and)
            || (t < c->limit && l->words[t].possessive))
            return;
        uint32_t actor = dln_link__part_actor(l, part);
        if (actor == DLN_NONE
            || (np->side_count
                && l->doc->actors.at[actor].kind
                       != l->doc->actors.at[np->side].kind))
            return;
        dln_link__add_side(l, np, actor);
        np->end = t;
        if (!next_comma && !next_and)
            return;
        comma = next_comma;
        last = next_and;
        c->at = t + 1 + (next_comma && next_and);
        while (c->at < c->limit && dln_str_is(l->words[c->at].key, "the"))
            c->at++;
    }
}

/* "of the UN mission", "of Sudan's armed forces": another noun with a side
 * of its own. */
static bool read_inner(dln_linking *l, dln_noun_phrase *np,
                       const complement *c)
{
    dln_part *part = NULL;
    for (uint32_t t = c->at; t < c->limit;) {
        part = dln_link__part_from(l, t);
        if (part && part->kind == DLN_PART_NOUN)
            break;
        if (part ? part->kind > DLN_PART_GROUP : !l->words[t].possessive
                       && !dln_link__word_is(l, t, "modifier"))
            return false;
        t = part ? part->end : t + 1;
        part = NULL;
    }
    if (!part || is_country_noun(l, part)
        || dln_str_is(dln_row_field(
               &l->link->actor_nouns.table->rows[part->index], 1), "people"))
        return false;
    if (l->learning)
        return true;
    if (!part->done)
        dln_link__noun(l, part);
    part->done = true;
    dln_link__add_side(l, np, part->actor);
    if (np->side_count)
        np->end = part->end;
    return true;
}

void dln_link__complement(dln_linking *l, dln_noun_phrase *np, bool plural)
{
    const dln_sentence *s =
        &l->doc->sentences.at[l->doc->tokens.at[np->head].sentence];
    complement c = {.at = np->end, .limit = s->token_end, .plural = plural};
    if (c.limit > np->end + MAX_AHEAD)
        c.limit = np->end + MAX_AHEAD;
    if (c.at >= c.limit)
        return;
    dln_str key = l->words[c.at].key;
    bool of = dln_str_is(key, "of");
    bool from = plural && dln_str_is(key, "from");
    if (!of && !from && !dln_str_is(key, "for"))
        return;
    c.at++;
    skip_inner(l, &c);
    if (of && read_inner(l, np, &c))
        return;
    read_names(l, np, &c, of);
    if (!np->side_count && c.noun)
        read_noun(l, np, &c);
}

/* A side told by who owns it: "his troops", "whose army". */
static void read_owner(dln_linking *l, dln_noun_phrase *np)
{
    dln_part *owner = np->owner == DLN_NONE
                          ? NULL : dln_link__part_from(l, np->owner);
    if (!owner || np->side_count || owner->actor == DLN_NONE)
        return;
    const dln_actor *a = &l->doc->actors.at[owner->actor];
    if (a->kind != DLN_ACTOR_POPULATION || *a->iso3)
        dln_link__add_side(l, np, owner->actor);
}

dln_noun_phrase dln_link__noun_phrase(dln_linking *l, const dln_part *part)
{
    const dln_sentence *s =
        &l->doc->sentences.at[l->doc->tokens.at[part->begin].sentence];
    dln_noun_phrase np = {.begin = part->begin, .end = part->end,
                          .head = part->end - 1, .side = DLN_NONE,
                          .owner = DLN_NONE};
    bool backed = false;
    np.plural = part->kind != DLN_PART_TITLE;
    for (unsigned n = 0; n < MAX_BACK && np.begin > s->token_begin; n++)
        if (!step_back(l, &np, &backed))
            break;
    while (np.begin < part->begin && !l->words[np.begin].key.len)
        np.begin++;
    if (!np.side_count && np.owner == DLN_NONE) {
        dln_link__complement(l, &np, np.plural);
        np.unread = !np.side_count && np.end < s->token_end
                    && dln_str_is(l->words[np.end].key, "of");
    }
    read_owner(l, &np);
    return np;
}
