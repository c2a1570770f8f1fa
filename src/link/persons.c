/* SPDX-License-Identifier: Apache-2.0 */
/*
 * persons: who is called by name in this report.
 *
 * First all full names are gathered, the longer of two forms kept ("Tayyip
 * Erdogan", "Recep Tayyip Erdogan"); then a single word finds its person
 * whether the full name stands before it or behind. Source of the method:
 * the name sieves of Lee et al. 2013 (Computational Linguistics 39:4).
 */
#include "link/link_p.h"

#define MANY (DLN_NONE - 1) /* a word of several persons' names */
#define MAX_CHAIN 32

static dln_str last_word(dln_str key)
{
    size_t at = key.len;
    while (at && key.data[at - 1] != ' ')
        at--;
    return dln_str_sub(key, at, key.len);
}

static uint32_t count_words(dln_str key)
{
    uint32_t n = key.len > 0;
    for (size_t i = 0; i < key.len; i++)
        n += key.data[i] == ' ';
    return n;
}

/* The key of a name without its joints: "bashar assad". */
static dln_str name_key(dln_linking *l, const dln_part *part)
{
    uint32_t begin = part->begin;
    while (begin + 1 < part->end && !l->words[begin].capital)
        begin++;
    return dln_link__key(l, begin, part->end);
}

static bool last_in(const dln_linking *l, const dln_table *list,
                    const dln_part *part)
{
    return dln_list_has(list, l->words[part->end - 1].key);
}

static dln_name_kind by_entity(const dln_linking *l, const dln_part *part)
{
    uint32_t e = l->doc->tokens.at[part->end - 1].entity;
    if (e == DLN_NONE)
        return DLN_NAME_UNKNOWN;
    switch (l->doc->entities.at[e].kind) {
    case DLN_ENT_PERSON:
        return DLN_NAME_PERSON;
    case DLN_ENT_ORG:
        return DLN_NAME_ORGANISATION;
    case DLN_ENT_GPE:
    case DLN_ENT_LOC:
    case DLN_ENT_FAC:
        return DLN_NAME_PLACE;
    default:
        return DLN_NAME_THING;
    }
}

static bool has_area_noun(const dln_linking *l, const dln_part *part)
{
    return dln_map_get(&l->link->place_nouns.rows,
                       l->words[part->end - 1].key) != DLN_NONE;
}

static bool behind_title(dln_linking *l, const dln_part *part)
{
    const dln_part *title = dln_link__part_to(l, part->begin);
    return title && title->kind == DLN_PART_TITLE
           && dln_onto_title(l->onto, title->index)->before;
}

/* Two or three words that nothing speaks against, where a sentence names
 * somebody: no "the" before, and no capital behind. */
static bool looks_personal(const dln_linking *l, const dln_part *part)
{
    uint32_t words = 0;
    for (uint32_t t = part->begin; t < part->end; t++) {
        words += l->words[t].key.len > 0;
        if (l->words[t].capitals && l->words[t].key.len > 1)
            return false;
    }
    if (words < 2 || words > 4
        || l->titlecase[l->doc->tokens.at[part->begin].sentence])
        return false;
    return !part->begin
           || !dln_str_is(l->words[part->begin - 1].key, "the");
}

static dln_name_kind classify(dln_linking *l, const dln_part *part)
{
    bool several = part->end > part->begin + 1;
    if (last_in(l, l->link->thing_nouns, part))
        return DLN_NAME_THING;
    if (several && has_area_noun(l, part))
        return DLN_NAME_PLACE;
    if (behind_title(l, part))
        return DLN_NAME_PERSON;
    if (several && dln_list_has(l->link->given_names,
                                l->words[part->begin].key))
        return DLN_NAME_PERSON;
    dln_name_kind kind = by_entity(l, part);
    if (kind != DLN_NAME_UNKNOWN)
        return kind;
    if (!l->named && looks_personal(l, part))
        return DLN_NAME_PERSON;
    return DLN_NAME_UNKNOWN;
}

/* Is every word of `part` a word of `whole`, or its initial? */
static bool is_within(dln_str whole, dln_str part)
{
    dln_str want, have;
    while (dln_str_cut(&part, ' ', &want)) {
        bool found = false;
        dln_str rest = whole;
        while (!found && dln_str_cut(&rest, ' ', &have))
            found = dln_str_eq(want, have)
                    || (want.len == 1 && dln_str_starts(have, want));
        if (!found)
            return false;
    }
    return true;
}

static char gender_of(const dln_linking *l, const dln_part *part)
{
    const dln_row *row = dln_table_find(l->link->given_names,
                                        l->words[part->begin].key);
    dln_str gender = row ? dln_row_field(row, 1) : (dln_str){NULL, 0};
    return dln_str_is(gender, "m") ? 'm' : dln_str_is(gender, "f") ? 'f' : 0;
}

static void index_words(dln_linking *l, dln_str key, uint32_t person)
{
    dln_str word;
    while (dln_str_cut(&key, ' ', &word)) {
        if (word.len < 2 || dln_table_find(l->link->name_words, word))
            continue;
        uint32_t old = dln_map_get(&l->name_words, word);
        if (old == DLN_NONE)
            dln_map_set(&l->name_words, word, person);
        else if (old != person)
            dln_map_set(&l->name_words, word, MANY);
    }
}

/* The person of a full name; a new one when nobody has it. */
static uint32_t register_name(dln_linking *l, const dln_part *part)
{
    dln_str key = name_key(l, part), surname = last_word(key);
    uint32_t words = count_words(key);
    uint32_t first = dln_map_get(&l->surnames, surname), seen = 0;
    for (uint32_t p = first; p != DLN_NONE && seen < MAX_CHAIN;
         p = l->persons.at[p].next, seen++) {
        dln_person *person = &l->persons.at[p];
        if (is_within(person->key, key))
            return p;
        if (person->words < words && is_within(key, person->key)) {
            person->key = key;
            person->words = words;
            person->name = dln_doc_str(
                l->doc, dln_tokens_span(l->doc, part->begin, part->end));
            if (!person->gender)
                person->gender = gender_of(l, part);
            index_words(l, key, p);
            return p;
        }
    }
    uint32_t at = l->persons.count;
    dln_person *person = DLN_VEC_PUSH(l->scratch, &l->persons);
    if (!person)
        return DLN_NONE;
    *person = (dln_person){
        .name = dln_doc_str(l->doc, dln_tokens_span(l->doc, part->begin,
                                                    part->end)),
        .key = key, .words = words, .next = first, .actor = DLN_NONE,
        .gender = words > 1 ? gender_of(l, part) : (char)0};
    dln_map_set(&l->surnames, surname, at);
    index_words(l, key, at);
    return at;
}

static bool is_single(const dln_linking *l, const dln_part *part)
{
    uint32_t words = 0;
    for (uint32_t t = part->begin; t < part->end; t++)
        words += l->words[t].key.len > 0 && l->words[t].capital;
    return words == 1;
}

/* A word of a name: whose? The one last called in full, else the only. */
static uint32_t find_word(const dln_linking *l, dln_str word)
{
    uint32_t person = dln_map_get(&l->recent, word);
    if (person == DLN_NONE)
        person = dln_map_get(&l->name_words, word);
    return person == MANY ? DLN_NONE : person;
}

/* Called "Pashinyan" somewhere and nowhere in full: behind a title, or by
 * the entity finder's word. */
static void register_single(dln_linking *l, dln_part *part)
{
    dln_str key = name_key(l, part);
    if (dln_map_get(&l->name_words, key) == DLN_NONE
        && (behind_title(l, part)
            || by_entity(l, part) == DLN_NAME_PERSON))
        register_name(l, part);
}

void dln_link__persons(dln_linking *l)
{
    for (uint32_t p = 0; p < l->parts.count; p++) {
        dln_part *part = &l->parts.at[p];
        if (part->kind != DLN_PART_NAME || is_single(l, part))
            continue;
        part->name = classify(l, part);
        if (part->name == DLN_NAME_PERSON)
            part->person = register_name(l, part);
    }
    for (uint32_t p = 0; p < l->parts.count; p++)
        if (l->parts.at[p].kind == DLN_PART_NAME
            && is_single(l, &l->parts.at[p]))
            register_single(l, &l->parts.at[p]);
    for (uint32_t p = 0; p < l->parts.count; p++) {
        dln_part *part = &l->parts.at[p];
        if (part->kind != DLN_PART_NAME || !is_single(l, part))
            continue;
        part->name = find_word(l, name_key(l, part)) != DLN_NONE
                         || dln_map_get(&l->name_words, name_key(l, part))
                                == MANY
                         ? DLN_NAME_PERSON : classify(l, part);
    }
}

uint32_t dln_link__person_of(dln_linking *l, const dln_part *part)
{
    if (part->kind != DLN_PART_NAME || part->name != DLN_NAME_PERSON)
        return DLN_NONE;
    dln_str key = name_key(l, part), word;
    if (part->person == DLN_NONE)
        return find_word(l, last_word(key));
    dln_str rest = key;
    while (dln_str_cut(&rest, ' ', &word))
        dln_map_set(&l->recent, word, part->person);
    return part->person;
}

uint32_t dln_link__person_actor(dln_linking *l, uint32_t person)
{
    dln_person *p = &l->persons.at[person];
    if (p->actor == DLN_NONE) {
        p->actor = dln_link__actor(l, DLN_ACTOR_PERSON, p->key, p->name);
        if (p->actor != DLN_NONE)
            l->doc->actors.at[p->actor].gender = p->gender;
    }
    return p->actor;
}
