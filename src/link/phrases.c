/* SPDX-License-Identifier: Apache-2.0 */
/*
 * phrases: parts → mentions, actors and places, in text order.
 */
#include "link/link_p.h"

static uint32_t name_mention(dln_linking *l, dln_part *part, uint32_t actor,
                             dln_mention_form form, const char *why)
{
    part->actor = actor;
    part->mention = dln_link__mention(
        l, part->begin, part->end,
        dln_link__head(l, part->begin, part->end), form, actor, why);
    return part->mention;
}

static bool is_before_noun(dln_linking *l, const dln_part *part)
{
    const dln_part *next = dln_link__part_from(l, part->end);
    return next && (next->kind == DLN_PART_TITLE
                    || next->kind == DLN_PART_TITLES
                    || next->kind == DLN_PART_NOUN
                    || (next->kind == DLN_PART_NAME
                        && next->name == DLN_NAME_PERSON));
}

static void country(dln_linking *l, dln_part *part)
{
    if (part->kind == DLN_PART_COUNTRY && dln_link__is_state(l, part)) {
        dln_part place = *part;
        place.kind = DLN_PART_PLACE;
        dln_link__place(l, &place);
        part->done = true;
        return;
    }
    bool adjective = part->kind == DLN_PART_ADJECTIVE;
    name_mention(l, part, dln_link__country(l, part->index),
                 adjective ? DLN_FORM_DEMONYM : DLN_FORM_NAME,
                 adjective ? "a country's adjective" : "a country's name");
    if (!adjective && !is_before_noun(l, part)
        && (dln_link__is_locative(l, part->begin)
            || dln_link__continues_places(l, part->begin)))
        dln_link__country_place(l, part);
}

static void people(dln_linking *l, dln_part *part)
{
    dln_noun_phrase np = dln_link__noun_phrase(l, part);
    uint32_t side = dln_link__country(l, part->index);
    np.sides[0] = np.side = side;
    np.side_count = 1;
    bool ethnic = np.ethnic;
    np.ethnic = np.backed = false;
    uint32_t actor = dln_link__crowd(l, &np, DLN_ACTOR_POPULATION,
                                     DLN_STR("CVL"),
                                     ethnic ? DLN_STR("ethnic")
                                            : DLN_STR("people"));
    part->actor = actor;
    part->mention = dln_link__mention(
        l, np.begin, part->end, dln_link__head(l, np.begin, part->end),
        DLN_FORM_DEMONYM, actor, "a country's people");
}

/* "Moscow talks", "MOSCOW (AP)", "Yerevan, Armenia". */
static bool is_scene(dln_linking *l, const dln_part *part)
{
    const dln_doc *doc = l->doc;
    const dln_token *last = &doc->tokens.at[part->end - 1];
    if (dln_link__is_locative(l, part->begin)
        || dln_link__continues_places(l, part->begin))
        return true;
    if (part->end >= doc->tokens.count || is_before_noun(l, part))
        return false;
    dln_str next = dln_token_str(doc, part->end);
    if (part->begin == doc->sentences.at[last->sentence].token_begin
        && (dln_str_is(next, "(") || dln_str_is(next, "\xE2\x80\x94")))
        return true;
    if (dln_str_is(next, ",")) {
        const dln_part *beside = dln_link__part_from(l, part->end + 1);
        return beside && beside->kind == DLN_PART_COUNTRY
               && beside->index == part->index
               && doc->tokens.at[beside->begin].sentence == last->sentence;
    }
    return l->parsed && last->head == part->end
           && dln_deprel_base((dln_deprel)last->deprel) == DLN_REL_compound
           && !l->words[part->end].hyphen;
}

static void seat(dln_linking *l, dln_part *part)
{
    if (dln_link__area(l, part))
        return;
    if (is_scene(l, part)) {
        dln_link__place(l, part);
        return;
    }
    name_mention(l, part, dln_link__country(l, part->index), DLN_FORM_NAME,
                 part->kind == DLN_PART_CAPITAL
                     ? "a capital for its government"
                     : "a seat of government for the government");
}

static bool is_place_like(dln_linking *l, const dln_part *part)
{
    uint32_t e = l->doc->tokens.at[part->begin].entity;
    dln_gazetteer g = dln_onto_place(l->onto, part->index);
    if (part->end > part->begin + 1 || g.listed || dln_link__is_weak(&g)
        || dln_link__is_locative(l, part->begin)
        || dln_link__continues_places(l, part->begin))
        return true;
    if (e != DLN_NONE) {
        dln_entity_kind kind = l->doc->entities.at[e].kind;
        return kind == DLN_ENT_GPE || kind == DLN_ENT_LOC
               || kind == DLN_ENT_FAC;
    }
    if (part->end < l->doc->tokens.count
        && dln_str_is(dln_token_str(l->doc, part->end), ",")) {
        const dln_part *next = dln_link__part_from(l, part->end + 1);
        if (next && next->kind == DLN_PART_COUNTRY
            && dln_str_is(dln_str_of(g.country),
                          dln_onto_country(l->onto, next->index)->iso3))
            return true;
    }
    return g.population >= 150000
           && !dln_list_has(l->link->given_names,
                            l->words[part->begin].key);
}

/* Does the region act? It is the subject of a verb of doing: not of "is",
 * "lies" or a passive. */
static bool is_acting(const dln_linking *l, uint32_t head)
{
    const dln_token *token = &l->doc->tokens.at[head];
    for (unsigned n = 0; token->deprel == DLN_REL_conj && n < 8
                         && token->head != DLN_NONE; n++)
        token = &l->doc->tokens.at[token->head];
    if (token->deprel != DLN_REL_nsubj || token->head == DLN_NONE)
        return false;
    uint32_t verb = token->head;
    dln_str lemma = l->doc->tokens.at[verb].lemma;
    const dln_table *words = l->link->name_words;
    if (l->doc->tokens.at[verb].upos != DLN_UPOS_VERB
        || dln_child(l->doc, verb, DLN_REL_aux_pass) != DLN_NONE)
        return false;
    for (const dln_row *row = dln_table_find(words, lemma); row;
         row = row->next == DLN_NONE ? NULL : &words->rows[row->next])
        if (dln_str_is(dln_row_field(row, 1), "stative"))
            return false;
    return true;
}

static void place(dln_linking *l, dln_part *part)
{
    dln_part name = *part;
    name.kind = DLN_PART_NAME;
    name.name = DLN_NAME_PERSON;
    name.person = DLN_NONE;
    if (dln_link__area(l, part))
        return;
    if (!dln_link__is_locative(l, part->begin)
        && !dln_onto_place(l->onto, part->index).listed
        && dln_link__person_of(l, &name) != DLN_NONE) {
        part->kind = DLN_PART_NAME;
        part->name = DLN_NAME_PERSON;
        dln_link__titled_person(l, part);
        return;
    }
    if (!is_place_like(l, part))
        return;
    uint32_t actor = dln_link__region(l, part->index);
    uint32_t head = dln_link__head(l, part->begin, part->end);
    if (actor != DLN_NONE && l->parsed && is_acting(l, head)
        && !dln_link__is_locative(l, part->begin))
        name_mention(l, part, actor, DLN_FORM_NAME,
                     "a region for those who govern it");
    dln_link__place(l, part);
}

/* "(CSTO)" behind a name, and later alone. */
static void acronym(dln_linking *l, const dln_part *part)
{
    uint32_t t = part->end + 1;
    if (t + 1 < l->doc->tokens.count && part->actor != DLN_NONE
        && dln_str_is(dln_token_str(l->doc, part->end), "(")
        && dln_str_is(dln_token_str(l->doc, t + 1), ")")
        && l->words[t].capitals)
        dln_map_set(&l->acronyms, l->words[t].key, part->actor);
}

static void name(dln_linking *l, dln_part *part)
{
    uint32_t known = part->end == part->begin + 1
                         ? dln_map_get(&l->acronyms,
                                       l->words[part->begin].key)
                         : DLN_NONE;
    if (known != DLN_NONE) {
        name_mention(l, part, known, DLN_FORM_NAME, "an acronym of a name");
    } else if (part->name == DLN_NAME_PERSON) {
        dln_link__titled_person(l, part);
    } else if (dln_link__area(l, part)) {
        return;
    } else if (part->name == DLN_NAME_ORGANISATION) {
        const dln_part *next = dln_link__part_from(l, part->end);
        if (!next || next->kind != DLN_PART_NOUN
            || !l->words[next->begin].capital)
            name_mention(l, part,
                         dln_link__named_group(l, part->begin, part->end),
                         DLN_FORM_NAME, "an organisation's name");
    } else if (part->name == DLN_NAME_PLACE
               || (part->name == DLN_NAME_UNKNOWN
                   && !l->titlecase[l->doc->tokens.at[part->begin].sentence]
                   && dln_link__is_locative(l, part->begin)
                   && (!l->tagged
                       || l->doc->tokens.at[part->end - 1].upos
                              == DLN_UPOS_PROPN))) {
        dln_link__place(l, part);
    }
}

/* The agency of a dateline: "MOSCOW (AP)". */
static bool is_credit(const dln_linking *l, const dln_part *part)
{
    return dln_str_is(dln_onto_group(l->onto, part->index)->sector, "JRN")
           && part->begin && part->end < l->doc->tokens.count
           && dln_str_is(dln_token_str(l->doc, part->begin - 1), "(")
           && dln_str_is(dln_token_str(l->doc, part->end), ")");
}

static void phrase(dln_linking *l, dln_part *part)
{
    switch (part->kind) {
    case DLN_PART_COUNTRY:
    case DLN_PART_ADJECTIVE:
        country(l, part);
        break;
    case DLN_PART_PEOPLE:
        people(l, part);
        break;
    case DLN_PART_CAPITAL:
    case DLN_PART_GOVERNMENT:
        seat(l, part);
        break;
    case DLN_PART_GROUP:
        if (!is_credit(l, part))
            name_mention(l, part, dln_link__group(l, part->index),
                         DLN_FORM_NAME,
                         "the ontology's group of this name");
        break;
    case DLN_PART_PLACE:
        place(l, part);
        break;
    case DLN_PART_NAME:
        name(l, part);
        break;
    case DLN_PART_TITLE:
        dln_link__title(l, part);
        break;
    case DLN_PART_TITLES:
        dln_link__titles(l, part);
        break;
    case DLN_PART_NOUN:
        dln_link__noun(l, part);
        break;
    case DLN_PART_AREA:
        break;
    case DLN_PART_PRONOUN:
        dln_link__pronoun(l, part);
        break;
    }
}

void dln_link__phrases(dln_linking *l)
{
    uint32_t sentence = DLN_NONE;
    for (uint32_t p = 0; p < l->parts.count; p++) {
        dln_part *part = &l->parts.at[p];
        uint32_t s = l->doc->tokens.at[part->begin].sentence;
        if (s != sentence)
            dln_link__sets(l);
        sentence = s;
        if (!part->done)
            phrase(l, part);
        acronym(l, part);
    }
    dln_link__sets(l);
}
