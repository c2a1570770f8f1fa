/* SPDX-License-Identifier: Apache-2.0 */
/*
 * offices: who holds which office, as this report tells.
 *
 * Learned before anything is resolved, from the whole report: titles before
 * names ("Armenian Prime Minister Nikol Pashinyan"), appositions ("Pedro
 * Alvarado, the president of Colombia"), "the Front, led by Hamid Daglo".
 * Then "the Armenian leader" finds its person wherever he is named. Method:
 * the precise constructs of Lee et al. 2013, run as a first pass.
 */
#include "link/link_p.h"

#define MAX_ROLES 256

void dln_link__role(dln_linking *l, uint32_t actor, dln_str title,
                    uint32_t of, bool former, uint32_t begin, uint32_t end)
{
    dln_doc *doc = l->doc;
    for (uint32_t r = 0; r < doc->roles.count && r < MAX_ROLES; r++)
        if (doc->roles.at[r].actor == actor && doc->roles.at[r].of == of
            && dln_str_ieq(doc->roles.at[r].title, title))
            return;
    dln_role *role = DLN_VEC_PUSH(doc->arena, &doc->roles);
    uint32_t *sense = DLN_VEC_PUSH(l->scratch, &l->role_titles);
    if (role && sense) {
        *role = (dln_role){actor, title, of, former,
                           dln_tokens_span(doc, begin, end)};
        *sense = dln_onto_sense(l->onto, dln_onto_key(l->scratch, title),
                                DLN_SENSE_TITLE);
    }
}

bool dln_link__is_rank(const dln_title *title, const char *const *ranks)
{
    for (; *ranks; ranks++)
        if (dln_str_is(title->rank, *ranks))
            return true;
    return false;
}

/* May `title` speak of who holds `office`? "Leader" of any head of state or
 * of any chief of a movement, "minister" of a foreign minister, "president"
 * of who is called a leader elsewhere. */
static bool covers(const dln_title *title, const dln_title *office,
                   bool state)
{
    static const char *const heads[] = {"head", "leader", "royal", NULL};
    static const char *const chiefs[] = {
        "head", "leader", "royal", "chair", "rebel", "military",
        "opposition", "religious", NULL};
    if (dln_str_eq(title->name, office->name))
        return true;
    if (dln_str_is(title->rank, "leader"))
        return dln_link__is_rank(office, state ? heads : chiefs);
    if (dln_str_is(title->rank, "head")
        && dln_str_is(office->rank, "leader"))
        return true;
    if (dln_str_is(title->rank, "military")
        && dln_str_eq(title->rank, office->rank))
        return true;
    return dln_str_eq(title->rank, office->rank)
           && (dln_str_ends(office->name, title->name)
               || dln_str_starts(office->name, title->name));
}

static const dln_title *title_of(const dln_linking *l, uint32_t role)
{
    uint32_t t = l->role_titles.at[role];
    return t == DLN_NONE ? NULL : dln_onto_title(l->onto, t);
}

bool dln_link__has_role(const dln_linking *l, uint32_t actor,
                        const dln_title *title, uint32_t of)
{
    const dln_doc *doc = l->doc;
    bool state = of == DLN_NONE
                 || doc->actors.at[of].kind == DLN_ACTOR_COUNTRY;
    for (uint32_t r = 0; r < doc->roles.count && r < MAX_ROLES; r++) {
        const dln_role *role = &doc->roles.at[r];
        const dln_title *office = title_of(l, r);
        if (role->actor == actor && !role->former && office
            && (of == DLN_NONE || role->of == of)
            && covers(title, office, state))
            return true;
    }
    return false;
}

bool dln_link__has_office(const dln_linking *l, uint32_t actor)
{
    for (uint32_t r = 0; r < l->doc->roles.count && r < MAX_ROLES; r++)
        if (l->doc->roles.at[r].actor == actor)
            return true;
    return false;
}

const dln_title *dln_link__office(const dln_linking *l, uint32_t actor)
{
    for (uint32_t r = l->doc->roles.count; r-- > 0;)
        if (l->doc->roles.at[r].actor == actor
            && !l->doc->roles.at[r].former && title_of(l, r))
            return title_of(l, r);
    return NULL;
}

static uint32_t last_named(const dln_linking *l, uint32_t actor)
{
    uint32_t at = dln_map_get(&l->last, l->doc->actors.at[actor].key);
    return at == DLN_NONE ? 0 : at + 1;
}

/* How well a role answers "TITLE of OF": 0 not at all. */
static int rate(const dln_linking *l, uint32_t r, const dln_title *title,
                uint32_t of)
{
    const dln_doc *doc = l->doc;
    const dln_role *role = &doc->roles.at[r];
    const dln_title *office = title_of(l, r);
    const dln_actor *person = &doc->actors.at[role->actor];
    bool state = of == DLN_NONE
                 || doc->actors.at[of].kind == DLN_ACTOR_COUNTRY;
    if (role->former || !office || person->kind != DLN_ACTOR_PERSON
        || person->nameless || !covers(title, office, state))
        return 0;
    int exact = dln_str_eq(title->name, office->name) ? 2 : 0;
    if (of == DLN_NONE)
        return 3 + exact;
    if (role->of == of)
        return 5 + exact;
    const char *iso3 = doc->actors.at[of].iso3;
    if (role->of != DLN_NONE || !state || !*iso3)
        return 0;
    return !*person->iso3 ? 0 + (exact ? 1 : 0)
           : !strcmp(person->iso3, iso3) ? 2 + exact : 0;
}

uint32_t dln_link__holder(const dln_linking *l, const dln_title *title,
                          uint32_t of, uint32_t except)
{
    uint32_t best = DLN_NONE;
    int most = 0;
    bool tie = false;
    for (uint32_t r = 0; r < l->doc->roles.count && r < MAX_ROLES; r++) {
        uint32_t actor = l->doc->roles.at[r].actor;
        int rating = actor == except ? 0 : rate(l, r, title, of);
        if (!rating || rating < most)
            continue;
        if (rating == 1 && most == 1 && best != actor)
            tie = true;
        if (rating > most || last_named(l, actor) > last_named(l, best))
            best = actor;
        most = rating;
    }
    /* One without a country of his own may be anybody's president, when
     * there is just one. */
    return most == 1 && tie ? DLN_NONE : best;
}

static bool is_stop(const dln_linking *l, uint32_t t)
{
    if (t >= l->doc->tokens.count)
        return true;
    dln_str s = dln_token_str(l->doc, t);
    return dln_str_is(s, ",") || dln_str_is(s, ".") || dln_str_is(s, ";")
           || dln_str_is(s, ")") || dln_str_is(s, ":")
           || dln_str_is(s, "\xE2\x80\x94") || dln_str_is(s, "?")
           || dln_str_is(s, "!");
}

void dln_link__learn(dln_linking *l, uint32_t actor, const dln_title *title,
                     const dln_noun_phrase *np, uint32_t begin, uint32_t end)
{
    if (dln_str_is(title->rank, "address")) {
        if (!l->doc->actors.at[actor].gender)
            l->doc->actors.at[actor].gender = title->gender;
        return;
    }
    uint32_t of = np->side_count == 1 ? np->side : DLN_NONE;
    uint32_t country = dln_link__country_of(l, of);
    dln_actor *a = &l->doc->actors.at[actor];
    dln_str words = dln_doc_str(l->doc, dln_tokens_span(l->doc, begin, end));
    uint32_t said = dln_onto_sense(l->onto, dln_onto_key(l->scratch, words),
                                   DLN_SENSE_TITLE);
    if (said != DLN_NONE
        && dln_str_is(dln_onto_title(l->onto, said)->rank, "counterpart"))
        words = title->name;
    if (!a->gender)
        a->gender = title->gender;
    if (np->former) {
        dln_link__role(l, actor, words, of, true, begin, end);
        return;
    }
    if (!a->sector.len) {
        bool state = of == DLN_NONE
                     || l->doc->actors.at[of].kind == DLN_ACTOR_COUNTRY;
        a->sector = state || !l->doc->actors.at[of].sector.len
                        ? title->sector : l->doc->actors.at[of].sector;
    }
    if (a->parent == DLN_NONE && of != actor)
        a->parent = of;
    if (!*a->iso3 && country != DLN_NONE)
        memcpy(a->iso3, l->doc->actors.at[country].iso3, sizeof a->iso3);
    if (!dln_str_is(title->rank, "counterpart"))
        dln_link__role(l, actor, words, of, false, begin, end);
}

/* The titles right before a name, leftmost first; NULL when there is
 * none. */
dln_part *dln_link__title_before(dln_linking *l, uint32_t begin)
{
    dln_part *found = NULL;
    for (unsigned n = 0; n < 3; n++) {
        dln_part *part = dln_link__part_to(l, begin);
        if (!part || part->kind != DLN_PART_TITLE
            || !dln_onto_title(l->onto, part->index)->before)
            break;
        found = part;
        begin = part->begin;
    }
    return found;
}

/* A title that stands before a name; "Presidents X and Y" too. */
static void learn_before(dln_linking *l, uint32_t actor,
                         const dln_part *title, const dln_part *name)
{
    dln_noun_phrase np = dln_link__noun_phrase(l, title);
    dln_noun_phrase after = {.end = name->end, .head = name->end - 1,
                             .side = DLN_NONE};
    if (!np.side_count)
        dln_link__complement(l, &after, false);
    if (after.side_count == 1)
        dln_link__add_side(l, &np, after.side);
    if (np.side_count > 1)
        np.side_count = 0;
    dln_link__learn(l, actor, dln_onto_title(l->onto, title->index), &np,
                    title->begin, title->end);
}

/* The plural title before "X and Y", when `name` is one of them. */
static const dln_part *titles_before(dln_linking *l, const dln_part *name)
{
    uint32_t t = name->begin;
    for (unsigned n = 0; n < DLN_SET_MAX && t; n++) {
        const dln_part *before = dln_link__part_to(l, t);
        if (before && before->kind == DLN_PART_TITLES)
            return before;
        dln_str text = dln_token_str(l->doc, t - 1);
        if (n && (!before || before->kind != DLN_PART_NAME))
            return NULL;
        if (before && before->kind == DLN_PART_NAME)
            t = before->begin;
        else if (dln_str_is(text, ",") || dln_str_is(text, "and"))
            t--;
        else
            return NULL;
        if (!before)
            n--;
    }
    return NULL;
}

void dln_link__person_roles(dln_linking *l, const dln_part *part)
{
    uint32_t person = dln_link__person_of(l, part);
    const dln_part *title = dln_link__title_before(l, part->begin);
    if (person == DLN_NONE)
        return;
    uint32_t actor = dln_link__person_actor(l, person);
    if (actor == DLN_NONE)
        return;
    if (!title)
        title = titles_before(l, part);
    if (title) {
        learn_before(l, actor, title, part);
    } else if (part->begin) {
        const dln_part *side = dln_link__part_to(
            l, part->begin - (l->words[part->begin - 1].possessive));
        dln_actor *a = &l->doc->actors.at[actor];
        if (side && !*a->iso3 && (side->kind == DLN_PART_COUNTRY
                                  || side->kind == DLN_PART_ADJECTIVE))
            memcpy(a->iso3, dln_onto_country(l->onto, side->index)->iso3,
                   sizeof a->iso3);
    }
}

static bool is_person(const dln_part *part)
{
    return part && part->kind == DLN_PART_NAME
           && part->name == DLN_NAME_PERSON;
}

/* The person named from `t` on, behind any titles. */
static dln_part *person_from(dln_linking *l, uint32_t t)
{
    dln_part *part = dln_link__part_from(l, t);
    for (unsigned n = 0; n < 3 && part && part->kind == DLN_PART_TITLE; n++)
        part = dln_link__part_from(l, part->end);
    return is_person(part) ? part : NULL;
}

dln_part *dln_link__apposition(dln_linking *l, const dln_noun_phrase *np)
{
    dln_part *name = NULL;
    uint32_t tokens = l->doc->tokens.count;
    if (np->begin
        && dln_str_is(dln_token_str(l->doc, np->begin - 1), ",")) {
        name = dln_link__part_to(l, np->begin - 1);
        /* "foreign minister of Bulgaria since 2019," too */
        bool ends = is_stop(l, np->end)
                    || (l->parsed && is_stop(l, np->end + 2)
                        && l->doc->tokens.at[np->end].upos
                               == DLN_UPOS_ADP);
        if (is_person(name) && ends)
            return name;
    }
    if (np->article != 'i' && np->end < tokens
        && dln_str_is(dln_token_str(l->doc, np->end), ",")) {
        name = person_from(l, np->end + 1);
        if (name && is_stop(l, name->end))
            return name;
    }
    return NULL;
}

/* "the Front, led by Hamid Daglo": the person is its leader. */
static void learn_led(dln_linking *l, const dln_part *part)
{
    const dln_table *words = l->link->name_words;
    uint32_t t = part->end, tokens = l->doc->tokens.count;
    if (t < tokens && dln_str_is(dln_token_str(l->doc, t), ","))
        t++;
    if (t + 1 >= tokens || !dln_link__word_is(l, t, "led"))
        return;
    dln_part *name = person_from(l, t + 2);
    uint32_t person = name ? dln_link__person_of(l, name) : DLN_NONE;
    uint32_t actor = person == DLN_NONE
                         ? DLN_NONE : dln_link__person_actor(l, person);
    const dln_row *row = dln_table_find(words, l->words[t].key);
    while (row && !dln_str_is(dln_row_field(row, 1), "led"))
        row = row->next == DLN_NONE ? NULL : &words->rows[row->next];
    if (actor == DLN_NONE || !row
        || !dln_str_is(l->words[t + 1].key, "by"))
        return;
    uint32_t of = dln_link__part_actor(l, part);
    dln_actor *a = &l->doc->actors.at[actor];
    if (of == DLN_NONE || of == actor)
        return;
    if (a->parent == DLN_NONE)
        a->parent = of;
    if (!*a->iso3)
        memcpy(a->iso3, l->doc->actors.at[of].iso3, sizeof a->iso3);
    if (!a->sector.len)
        a->sector = l->doc->actors.at[of].sector;
    dln_link__role(l, actor, dln_row_field(row, 2), of, false, t, t + 2);
}

bool dln_link__contradicts(const dln_linking *l, uint32_t actor,
                           const dln_noun_phrase *np)
{
    const dln_actor *a = &l->doc->actors.at[actor];
    return np->side != DLN_NONE && *a->iso3
           && *l->doc->actors.at[np->side].iso3
           && strcmp(a->iso3, l->doc->actors.at[np->side].iso3) != 0;
}

static void learn_beside(dln_linking *l, const dln_part *part)
{
    const dln_title *title = dln_onto_title(l->onto, part->index);
    const dln_part *next = dln_link__part_from(l, part->end);
    if (dln_str_is(title->rank, "address")
        || dln_str_is(title->rank, "counterpart")
        || (next && (is_person(next) || next->kind == DLN_PART_TITLE)))
        return;
    dln_noun_phrase np = dln_link__noun_phrase(l, part);
    dln_part *name = dln_link__apposition(l, &np);
    uint32_t actor = name ? dln_link__part_actor(l, name) : DLN_NONE;
    if (actor != DLN_NONE && np.side_count == 1
        && !dln_link__contradicts(l, actor, &np))
        dln_link__learn(l, actor, title, &np, part->begin, part->end);
}

void dln_link__offices(dln_linking *l)
{
    l->learning = true;
    for (uint32_t p = 0; p < l->parts.count; p++)
        if (l->parts.at[p].kind == DLN_PART_NAME)
            dln_link__person_roles(l, &l->parts.at[p]);
    for (uint32_t p = 0; p < l->parts.count; p++) {
        const dln_part *part = &l->parts.at[p];
        if (part->kind == DLN_PART_TITLE) {
            learn_beside(l, part);
            dln_link__learn_told(l, part);
        }
        if (part->kind == DLN_PART_GROUP
                 || (part->kind == DLN_PART_NAME
                     && part->name == DLN_NAME_ORGANISATION))
            learn_led(l, part);
    }
    l->learning = false;
}
