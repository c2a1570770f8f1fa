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

#define MAX_BACK 8          /* tokens before a noun that may belong to it */
#define MAX_SEARCH 400      /* mentions looked back through */

/* The actor a part names by itself, without its context; or DLN_NONE. */
static uint32_t actor_of(dln_linking *l, const dln_part *part)
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

static void add_side(dln_noun_phrase *np, uint32_t actor)
{
    if (actor == DLN_NONE || np->side_count == DLN_SET_MAX)
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

static bool is_modifier(const dln_linking *l, uint32_t t, uint32_t head)
{
    const dln_token *token = &l->doc->tokens.at[t];
    if (l->words[t].hyphen || dln_link__word_is(l, t, "modifier")
        || dln_link__word_is(l, t, "former"))
        return true;
    if (!l->parsed || token->head == DLN_NONE)
        return l->tagged && token->upos == DLN_UPOS_ADJ;
    return (token->upos == DLN_UPOS_ADJ || token->upos == DLN_UPOS_NOUN
            || token->upos == DLN_UPOS_PROPN || token->upos == DLN_UPOS_NUM
            || token->upos == DLN_UPOS_VERB)
           && token->head > t && dln_is_below(l->doc, t, head);
}

/* One step to the left; false where the noun phrase begins. */
static bool step_back(dln_linking *l, dln_noun_phrase *np, bool *backed)
{
    uint32_t t = np->begin - 1;
    dln_part *part = dln_link__part_to(l, np->begin);
    dln_str key = l->words[t].key;
    if (l->words[t].possessive) {
        part = dln_link__part_to(l, t);
        uint32_t actor = part ? actor_of(l, part) : DLN_NONE;
        if (actor == DLN_NONE)
            return false;
        const dln_actor *a = &l->doc->actors.at[actor];
        for (uint32_t i = 0; i < a->member_count; i++)
            add_side(np, a->members[i]);
        if (!a->member_count)
            add_side(np, actor);
        np->side_end = np->begin;
        np->begin = part->begin;
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
        if (!dln_str_is(dln_row_field(row, 3), "possessive"))
            return false;
        np->owner = t;
        np->begin = t;
        np->article = 'd';
        return false;
    }
    uint32_t number = number_of(l, t);
    if (number) {
        np->number = number;
        np->begin = t;
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
            add_side(np, actor_of(l, part));
            np->side_end = np->begin;
        }
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
    if (!is_modifier(l, t, np->head))
        return false;
    np->former |= dln_link__word_is(l, t, "former");
    np->ethnic |= dln_str_is(key, "ethnic");
    *backed = l->words[t].hyphen;
    np->backed |= *backed;
    np->begin = t;
    return true;
}

/* "of Armenia and Azerbaijan", "of the European Council", "for Karabakh". */
static void read_of(dln_linking *l, dln_noun_phrase *np, uint32_t limit)
{
    uint32_t t = np->end;
    if (t >= limit || (!dln_str_is(l->words[t].key, "of")
                       && !dln_str_is(l->words[t].key, "for")))
        return;
    bool of = dln_str_is(l->words[t].key, "of");
    for (unsigned n = 0; n < DLN_SET_MAX && t + 1 < limit; n++) {
        t++;
        while (t + 1 < limit && (dln_str_is(l->words[t].key, "the")
                                 || dln_link__word_is(l, t, "modifier")))
            t++;
        dln_part *part = dln_link__part_from(l, t);
        if (!part || part->kind == DLN_PART_ADJECTIVE
            || (!of && part->kind == DLN_PART_NAME))
            return;
        uint32_t actor = actor_of(l, part);
        if (actor == DLN_NONE
            || (np->side_count && l->doc->actors.at[actor].kind
                                      != l->doc->actors.at[np->side].kind))
            return;
        add_side(np, actor);
        np->end = t = part->end;
        if (t >= limit || (!dln_str_is(dln_token_str(l->doc, t), ",")
                           && !dln_str_is(l->words[t].key, "and")))
            return;
        if (dln_str_is(dln_token_str(l->doc, t), ",") && t + 1 < limit
            && dln_str_is(l->words[t + 1].key, "and"))
            t++;
    }
}

dln_noun_phrase dln_link__noun_phrase(dln_linking *l, const dln_part *part)
{
    const dln_sentence *s =
        &l->doc->sentences.at[l->doc->tokens.at[part->begin].sentence];
    dln_noun_phrase np = {.begin = part->begin, .end = part->end,
                          .head = part->end - 1, .side = DLN_NONE,
                          .owner = DLN_NONE};
    bool backed = false;
    for (unsigned n = 0; n < MAX_BACK && np.begin > s->token_begin; n++)
        if (!step_back(l, &np, &backed))
            break;
    while (np.begin < part->begin && !l->words[np.begin].key.len)
        np.begin++;
    if (!np.side_count) {
        read_of(l, &np, s->token_end);
        np.unread = !np.side_count && np.end < s->token_end
                    && dln_str_is(l->words[np.end].key, "of");
    }
    if (np.owner != DLN_NONE) {
        const dln_part *owner = dln_link__part_from(l, np.owner);
        if (owner && owner->actor != DLN_NONE)
            add_side(&np, owner->actor);
    }
    return np;
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

/* What an office tells of who holds it. */
static void learn(dln_linking *l, uint32_t actor, const dln_title *title,
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
    if (!a->gender)
        a->gender = title->gender;
    if (np->former) {
        dln_link__role(l, actor, dln_doc_str(l->doc, dln_tokens_span(
                                     l->doc, begin, end)),
                       of, true, begin, end);
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
    dln_link__role(l, actor,
                   dln_doc_str(l->doc, dln_tokens_span(l->doc, begin, end)),
                   of, false, begin, end);
}

/* The titles right before a name, leftmost first; NULL when there is
 * none. */
static dln_part *title_before(dln_linking *l, uint32_t begin)
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

void dln_link__person_roles(dln_linking *l, const dln_part *part)
{
    uint32_t person = dln_link__person_of(l, part);
    dln_part *title = title_before(l, part->begin);
    if (person == DLN_NONE)
        return;
    uint32_t actor = dln_link__person_actor(l, person);
    if (actor == DLN_NONE)
        return;
    if (title) {
        dln_noun_phrase np = dln_link__noun_phrase(l, title);
        dln_noun_phrase after = {.end = part->end, .side = DLN_NONE};
        if (!np.side_count)
            read_of(l, &after, l->doc->sentences.at[
                        l->doc->tokens.at[part->begin].sentence].token_end);
        if (after.side_count == 1)
            add_side(&np, after.side);
        learn(l, actor, dln_onto_title(l->onto, title->index), &np,
              title->begin, title->end);
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

void dln_link__titled_person(dln_linking *l, dln_part *part)
{
    uint32_t person = dln_link__person_of(l, part);
    dln_part *title = title_before(l, part->begin);
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

/* The person beside a comma: "X, the Y of Z," or "the Y of Z, X,". */
static dln_part *apposition(dln_linking *l, const dln_noun_phrase *np)
{
    dln_part *name = NULL;
    if (np->begin
        && dln_str_is(dln_token_str(l->doc, np->begin - 1), ",")) {
        name = dln_link__part_to(l, np->begin - 1);
        if (name && name->kind == DLN_PART_NAME
            && name->name == DLN_NAME_PERSON && is_stop(l, np->end))
            return name;
    }
    if (np->article != 'i' && np->end < l->doc->tokens.count
        && dln_str_is(dln_token_str(l->doc, np->end), ",")) {
        name = dln_link__part_from(l, np->end + 1);
        if (name && name->kind == DLN_PART_NAME
            && name->name == DLN_NAME_PERSON && is_stop(l, name->end))
            return name;
    }
    return NULL;
}

/* Does the person hold an office of another country already? */
static bool contradicts(const dln_linking *l, uint32_t actor,
                        const dln_noun_phrase *np)
{
    const dln_actor *a = &l->doc->actors.at[actor];
    return np->side != DLN_NONE && *a->iso3
           && *l->doc->actors.at[np->side].iso3
           && strcmp(a->iso3, l->doc->actors.at[np->side].iso3) != 0;
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

/* Who in the report holds this office: the last one called so. */
static uint32_t holder(const dln_linking *l, const dln_title *title,
                       uint32_t of)
{
    const dln_doc *doc = l->doc;
    for (uint32_t m = doc->mentions.count, n = 0; m-- > 0 && n < MAX_SEARCH;
         n++) {
        uint32_t actor = doc->mentions.at[m].actor;
        if (actor != DLN_NONE
            && doc->actors.at[actor].kind == DLN_ACTOR_PERSON
            && dln_link__has_role(l, actor, title, of))
            return actor;
    }
    for (uint32_t r = 0; r < doc->roles.count && r < 64; r++)
        if (dln_link__has_role(l, doc->roles.at[r].actor, title, of))
            return doc->roles.at[r].actor;
    return DLN_NONE;
}

static bool is_rank(const dln_title *title, const char *const *ranks)
{
    for (; *ranks; ranks++)
        if (dln_str_is(title->rank, *ranks))
            return true;
    return false;
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
    if (actor != DLN_NONE)
        l->doc->actors.at[actor].nameless = true;
    if (actor != DLN_NONE)
        learn(l, actor, title, np, np->head + 1 > begin ? begin : np->begin,
              np->end);
    return actor;
}

static dln_mention_form form_of(const dln_title *title)
{
    static const char *const plain[] = {"expert", "activist", "media",
                                        "citizen", NULL};
    return is_rank(title, plain) ? DLN_FORM_NOMINAL : DLN_FORM_TITLE;
}

void dln_link__title(dln_linking *l, dln_part *part)
{
    const dln_title *title = dln_onto_title(l->onto, part->index);
    dln_part *next = dln_link__part_from(l, part->end);
    if (next && next->kind == DLN_PART_NAME && title->before
        && next->name == DLN_NAME_PERSON)
        return;
    if (dln_str_is(title->rank, "address")
        || (next && next->kind == DLN_PART_TITLE))
        return;
    dln_noun_phrase np = dln_link__noun_phrase(l, part);
    uint32_t side = np.side_count == 1 ? np.side : DLN_NONE, actor;
    const char *why = "an apposition";
    dln_part *name = apposition(l, &np);
    actor = name ? actor_of(l, name) : DLN_NONE;
    if (actor != DLN_NONE && contradicts(l, actor, &np))
        actor = DLN_NONE;
    if (actor == DLN_NONE) {
        actor = predicated(l, part);
        why = "told of a person by the verb to be";
        if (actor != DLN_NONE
            && l->doc->actors.at[actor].kind != DLN_ACTOR_PERSON)
            return;
    }
    if (actor != DLN_NONE) {
        learn(l, actor, title, &np, part->begin, part->end);
    } else if (np.article != 'i' && !np.unread) {
        actor = holder(l, title, side);
        why = "the office's holder in this report";
        if (actor == DLN_NONE && side == DLN_NONE)
            actor = dln_map_get(&l->nominals, title->name);
    }
    if (actor == DLN_NONE && np.side_count < 2) {
        actor = unnamed(l, title, &np);
        why = "a person without a name";
    }
    if (actor != DLN_NONE)
        dln_map_set(&l->nominals, title->name, actor);
    part->actor = actor;
    part->mention = dln_link__mention(
        l, np.begin, np.end, dln_link__head(l, np.begin, np.end),
        form_of(title), actor, why);
}

/* The holders of an office in several countries: persons where they are
 * known, else the countries. */
static uint32_t holders(dln_linking *l, const dln_title *title,
                        const dln_noun_phrase *np)
{
    uint32_t members[DLN_SET_MAX], count = 0;
    bool known = true;
    for (uint32_t i = 0; i < np->side_count; i++) {
        members[i] = holder(l, title, np->sides[i]);
        known &= members[i] != DLN_NONE;
    }
    for (uint32_t i = 0; i < np->side_count; i++) {
        uint32_t member = known ? members[i] : np->sides[i];
        bool twice = false;
        for (uint32_t j = 0; j < count; j++)
            twice |= members[j] == member;
        if (!twice)
            members[count++] = member;
    }
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
                             const dln_noun_phrase *np)
{
    uint32_t members[DLN_SET_MAX];
    dln_doc *doc = l->doc;
    if (np->side_count > 1)
        return holders(l, title, np);
    if (np->side_count == 1) {
        static const char *const state[] = {"official", "head", "leader",
                                            "minister", "deputy", "envoy",
                                            NULL};
        if (is_rank(title, state)
            && doc->actors.at[np->side].kind != DLN_ACTOR_PERSON)
            return np->side;
    } else if (np->article == 'd' || np->number) {
        uint32_t count = dln_link__members(l, np, true, title, members);
        if (count)
            return dln_link__set_actor(l, members, count);
    }
    static const char *const known[] = {"head", "leader", "minister",
                                        "deputy", "royal", NULL};
    if (np->unread || (!np->side_count && is_rank(title, known)))
        return DLN_NONE;
    return dln_link__crowd(l, np, DLN_ACTOR_POPULATION, title->sector,
                           (dln_str){NULL, 0});
}

void dln_link__titles(dln_linking *l, dln_part *part)
{
    const dln_title *title = dln_onto_title(l->onto, part->index);
    dln_link__sets(l);
    dln_noun_phrase np = dln_link__noun_phrase(l, part);
    part->actor = plural_actor(l, title, &np);
    part->mention = dln_link__mention(
        l, np.begin, np.end, dln_link__head(l, np.begin, np.end),
        DLN_FORM_NOMINAL, part->actor, "people of an office");
}
