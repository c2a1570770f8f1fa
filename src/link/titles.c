/* SPDX-License-Identifier: Apache-2.0 */
/*
 * titles: offices, before names and alone: "Armenian Prime Minister Nikol
 * Pashinyan", "the Azerbaijani leader", "the leaders of both countries".
 *
 * An office is learned from the words beside a name, and then stands for
 * whoever holds it in this report. Nothing is known of office holders
 * beforehand, so that nothing goes stale.
 */
#include "link/link_p.h"

void dln_link__titled_person(dln_linking *l, dln_part *part)
{
    uint32_t person = dln_link__person_of(l, part);
    dln_part *title = dln_link__title_before(l, part->begin);
    uint32_t begin = part->begin;
    uint32_t actor = person == DLN_NONE ? DLN_NONE
                         : dln_link__person_actor(l, person);
    if (title) {
        dln_noun_phrase np = dln_link__noun_phrase(l, title);
        begin = np.possessive || np.owner != DLN_NONE ? title->begin
                                                      : np.begin;
    }
    part->actor = actor;
    part->mention = dln_link__mention(
        l, begin, part->end, dln_link__head(l, begin, part->end),
        DLN_FORM_NAME, actor,
        actor == DLN_NONE ? "a name that several persons have"
        : part->person == DLN_NONE ? "part of a full name in this report"
                                   : "a person's full name");
    for (uint32_t t = begin; t < part->begin; t++) {
        dln_part *before = dln_link__part_from(l, t);
        if (before && before->kind == DLN_PART_TITLE)
            before->done = true;
    }
}

/* The subject of "X is the president". */
static uint32_t predicated(const dln_linking *l, const dln_part *part)
{
    uint32_t head = part->end - 1;
    if (!l->parsed || dln_child(l->doc, head, DLN_REL_cop) == DLN_NONE)
        return DLN_NONE;
    uint32_t subject = dln_child(l->doc, head, DLN_REL_nsubj);
    for (uint32_t m = l->doc->mentions.count, n = 0;
         subject != DLN_NONE && m-- > 0 && n < 16; n++)
        if (l->doc->mentions.at[m].head == subject)
            return l->doc->mentions.at[m].actor;
    return DLN_NONE;
}

/* Offices of which a country has one; the others may be anybody's. */
static bool is_unique(const dln_title *title)
{
    bool several = dln_str_find(title->name, DLN_STR(" "), 0)
                   < title->name.len;
    return dln_str_is(title->rank, "head")
           || dln_str_is(title->rank, "leader")
           || (dln_str_is(title->rank, "minister") && several);
}

/* Somebody without a name: an office's holder, or a person of this report
 * alone. */
static uint32_t unnamed(dln_linking *l, const dln_title *title,
                        const dln_noun_phrase *np)
{
    dln_doc *doc = l->doc;
    uint32_t begin = np->begin;
    if (np->article && np->owner == DLN_NONE && !np->possessive)
        begin++;
    dln_str name = dln_doc_str(doc, dln_tokens_span(doc, begin, np->end));
    dln_str tail;
    if (is_unique(title) && np->side_count == 1 && np->article != 'i'
        && !np->former)
        tail = dln_arena_printf(
            l->scratch, "%.*s of %.*s", DLN_ARG(title->name),
            DLN_ARG(dln_onto_key(l->scratch,
                                 doc->actors.at[np->side].name)));
    else
        tail = dln_arena_printf(
            l->scratch, "%.*s#%.*s.%u", DLN_ARG(dln_onto_key(l->scratch,
                                                             name)),
            DLN_ARG(doc->id), (unsigned)doc->tokens.at[begin].span.start);
    uint32_t actor = dln_link__actor(l, DLN_ACTOR_PERSON, tail, name);
    if (actor == DLN_NONE)
        return actor;
    dln_actor *a = &doc->actors.at[actor];
    uint32_t side = np->side_count == 1 ? np->side : DLN_NONE;
    uint32_t country = dln_link__country_of(l, side);
    a = &doc->actors.at[actor];
    a->nameless = true;
    a->gender = title->gender;
    a->sector = title->sector;
    if (side != actor)
        a->parent = side;
    if (country != DLN_NONE)
        memcpy(a->iso3, doc->actors.at[country].iso3, sizeof a->iso3);
    return actor;
}

/* An office whose holder the report does not name stands for those who
 * have the office: the country, the organisation. */
static uint32_t stands_for(const dln_linking *l, const dln_title *title,
                           const dln_noun_phrase *np)
{
    static const char *const state[] = {
        "head", "leader", "royal", "minister", "deputy", "chair",
        "spokesperson", "counterpart", NULL};
    if (np->side_count != 1 || np->former || np->ethnic || np->backed
        || !dln_link__is_rank(title, state)
        || (np->article != 'd' && !l->words[np->begin].capital
            && np->begin == np->head))
        return DLN_NONE;
    switch (l->doc->actors.at[np->side].kind) {
    case DLN_ACTOR_COUNTRY:
    case DLN_ACTOR_ORGANISATION:
    case DLN_ACTOR_ARMED_GROUP:
    case DLN_ACTOR_BODY:
        return np->side;
    default:
        return DLN_NONE;
    }
}

/* "Their Turkish counterpart" holds the office that they hold. */
static const dln_title *counterpart(const dln_linking *l,
                                    const dln_title *title,
                                    const dln_noun_phrase *np)
{
    const dln_part *owner = NULL;
    if (!dln_str_is(title->rank, "counterpart"))
        return title;
    if (np->owner != DLN_NONE)
        owner = &l->parts.at[l->part_at[np->owner]];
    if (!owner || owner->actor == DLN_NONE)
        return title;
    const dln_actor *a = &l->doc->actors.at[owner->actor];
    const dln_title *office = dln_link__office(
        l, a->member_count ? a->members[0] : owner->actor);
    return office ? office : title;
}

static dln_mention_form form_of(const dln_title *title)
{
    static const char *const plain[] = {"expert", "activist", "media",
                                        "citizen", NULL};
    return dln_link__is_rank(title, plain) ? DLN_FORM_NOMINAL : DLN_FORM_TITLE;
}

void dln_link__title(dln_linking *l, dln_part *part)
{
    const dln_title *title = dln_onto_title(l->onto, part->index);
    dln_part *next = dln_link__part_from(l, part->end);
    if (next && next->kind == DLN_PART_NAME && title->before
        && next->name == DLN_NAME_PERSON)
        return;
    if (dln_str_is(title->rank, "address")
        || (next && (next->kind == DLN_PART_TITLE
                     || next->kind == DLN_PART_NOUN)))
        return;
    dln_link__sets(l);
    dln_noun_phrase np = dln_link__noun_phrase(l, part);
    uint32_t side = np.side_count == 1 ? np.side : DLN_NONE, actor;
    const char *why = "an apposition";
    const dln_title *office = counterpart(l, title, &np);
    dln_part *name = dln_link__apposition(l, &np);
    actor = name ? dln_link__part_actor(l, name) : DLN_NONE;
    if (actor != DLN_NONE && dln_link__contradicts(l, actor, &np))
        actor = DLN_NONE;
    if (actor == DLN_NONE) {
        actor = predicated(l, part);
        why = "told of a person by the verb to be";
        if (actor != DLN_NONE
            && l->doc->actors.at[actor].kind != DLN_ACTOR_PERSON)
            return;
    }
    if (actor == DLN_NONE) {
        actor = dln_link__learn_told(l, part);
        why = "told of a person by a verb";
    }
    if (actor != DLN_NONE) {
        dln_link__learn(l, actor, office, &np, part->begin, part->end);
    } else if (np.article != 'i' && !np.unread && !np.former
               && (office->rank.len && !dln_str_is(office->rank,
                                                   "counterpart"))) {
        actor = dln_link__holder(l, office, side,
                                 dln_link__other_subject(l, &np));
        why = "the office's holder in this report";
        if (actor == DLN_NONE && side == DLN_NONE)
            actor = dln_map_get(&l->nominals, title->name);
    }
    bool for_side = false;
    if (actor == DLN_NONE && np.article != 'i') {
        actor = stands_for(l, title, &np);
        for_side = actor != DLN_NONE;
        why = "an office for those who have it";
    }
    if (actor == DLN_NONE && np.side_count < 2
        && !dln_str_is(title->rank, "counterpart")) {
        actor = unnamed(l, title, &np);
        why = "a person without a name";
    }
    if (actor != DLN_NONE && !for_side)
        dln_map_set(&l->nominals, title->name, actor);
    part->actor = actor;
    part->mention = dln_link__mention(
        l, np.begin, np.end, dln_link__head(l, np.begin, np.end),
        form_of(title), actor, why);
    if (part->mention != DLN_NONE)
        l->seen.at[part->mention].office = for_side;
}

/* The holders of an office in one or more countries: persons where they are
 * known, else the countries. */
static uint32_t holders(dln_linking *l, const dln_title *title,
                        const dln_noun_phrase *np, bool *named)
{
    uint32_t members[DLN_SET_MAX], count = np->side_count;
    for (uint32_t i = 0; i < count; i++) {
        members[i] = dln_link__holder(l, title, np->sides[i], DLN_NONE);
        *named &= members[i] != DLN_NONE;
    }
    for (uint32_t i = 0; i < count && !*named; i++)
        members[i] = np->sides[i];
    dln_set *set = count > 1 ? DLN_VEC_PUSH(l->scratch, &l->sets) : NULL;
    if (set) {
        *set = (dln_set){.count = count,
                         .sentence = l->doc->tokens.at[np->begin].sentence,
                         .mention = l->doc->mentions.count};
        memcpy(set->actors, members, count * sizeof *members);
    }
    return dln_link__set_actor(l, members, count);
}

static uint32_t plural_actor(dln_linking *l, const dln_title *title,
                             const dln_noun_phrase *np, bool *named)
{
    static const char *const state[] = {"official", "head", "leader",
                                        "minister", "deputy", "envoy",
                                        "chair", "royal", "spokesperson",
                                        "counterpart", NULL};
    uint32_t members[DLN_SET_MAX];
    *named = true;
    if (np->side_count > 1 && dln_link__is_rank(title, state))
        return holders(l, title, np, named);
    if (np->side_count == 1) {
        if (dln_link__is_rank(title, state)
            && l->doc->actors.at[np->side].kind != DLN_ACTOR_PERSON)
            return np->side;
    } else if (!np->side_count && (np->article == 'd' || np->number)) {
        uint32_t count = dln_link__members(l, np, true, title, members);
        if (count)
            return dln_link__set_actor(l, members, count);
    }
    if (np->unread || (!np->side_count && dln_link__is_rank(title, state)
                       && !dln_str_is(title->rank, "official")
                       && !dln_str_is(title->rank, "envoy")))
        return DLN_NONE;
    return dln_link__crowd(l, np, DLN_ACTOR_POPULATION, title->sector,
                           (dln_str){NULL, 0});
}

void dln_link__titles(dln_linking *l, dln_part *part)
{
    const dln_title *title = dln_onto_title(l->onto, part->index);
    const dln_part *next = dln_link__part_from(l, part->end);
    bool named;
    if (next && next->kind == DLN_PART_NAME && title->before
        && next->name == DLN_NAME_PERSON)
        return;
    dln_link__sets(l);
    dln_noun_phrase np = dln_link__noun_phrase(l, part);
    part->actor = plural_actor(l, title, &np, &named);
    part->mention = dln_link__mention(
        l, np.begin, np.end, dln_link__head(l, np.begin, np.end),
        DLN_FORM_NOMINAL, part->actor,
        named ? "people of an office" : "an office for those who have it");
    if (part->mention != DLN_NONE)
        l->seen.at[part->mention].office = !named;
}
