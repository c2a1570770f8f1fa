/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nouns: actors spoken of by common nouns: "Russian peacekeepers", "the
 * foreign ministry", "both sides", "his country", "a trilateral working
 * group". What each noun is, the list actor_nouns says.
 */
#include "link/link_p.h"

#define MAX_SEARCH 300      /* mentions looked back through */
#define MAX_SET_AGE 12      /* sentences a set is remembered */

static dln_str text_of(const dln_linking *l, uint32_t begin, uint32_t end)
{
    return dln_doc_str(l->doc, dln_tokens_span(l->doc, begin, end));
}

uint32_t dln_link__named_group(dln_linking *l, uint32_t begin, uint32_t end)
{
    dln_str name = text_of(l, begin, end);
    return dln_link__actor(l, DLN_ACTOR_ORGANISATION,
                           dln_onto_key(l->scratch, name), name);
}

uint32_t dln_link__region(dln_linking *l, uint32_t place)
{
    dln_gazetteer g = dln_onto_place(l->onto, place);
    if (!g.sector.len)
        return DLN_NONE;
    uint32_t at = dln_link__actor(l, DLN_ACTOR_ORGANISATION,
                                  dln_onto_key(l->scratch, g.name),
                                  g.name);
    if (at != DLN_NONE) {
        dln_actor *actor = &l->doc->actors.at[at];
        memcpy(actor->iso3, g.country, sizeof actor->iso3);
        actor->sector = g.sector;
    }
    return at;
}

static void set_side(dln_linking *l, uint32_t actor, uint32_t side)
{
    uint32_t country = dln_link__country_of(l, side);
    dln_actor *a = &l->doc->actors.at[actor];
    if (a->parent == DLN_NONE && side != actor)
        a->parent = side;
    if (!*a->iso3 && country != DLN_NONE)
        memcpy(a->iso3, l->doc->actors.at[country].iso3, sizeof a->iso3);
}

/* The words a side's crowd goes by: "armenian". */
static dln_str side_word(const dln_linking *l, uint32_t side)
{
    const dln_actor *a = &l->doc->actors.at[side];
    const dln_country *c = a->kind == DLN_ACTOR_COUNTRY
                               ? dln_onto_iso3(l->onto, dln_str_of(a->iso3))
                               : NULL;
    return dln_onto_key(l->scratch, c && c->adjective.len ? c->adjective
                                                          : a->name);
}

/* Does a word tell one crowd from another? "Ethnic" and "border" do, "many",
 * "better equipped" and "2,000" do not. */
static bool is_telling(const dln_linking *l, uint32_t t)
{
    const dln_token *token = &l->doc->tokens.at[t];
    const dln_word *word = &l->words[t];
    uint32_t p = l->part_at[t];
    if (p != DLN_NONE)
        return l->parts.at[p].kind != DLN_PART_PRONOUN;
    if (!word->key.len || dln_is_digit(word->key.data[0])
        || token->upos == DLN_UPOS_NUM
        || dln_link__word_is(l, t, "quantity")
        || dln_link__word_is(l, t, "count")
        || dln_list_has(l->link->not_names, word->key))
        return false;
    bool joined = t + 1 < l->doc->tokens.count && l->words[t + 1].hyphen;
    return !l->tagged || word->capital || joined
           || dln_link__word_is(l, t, "modifier")
           || token->upos == DLN_UPOS_NOUN || token->upos == DLN_UPOS_PROPN;
}

/* Where the phrase's own words begin, without articles and numbers. */
static uint32_t skip_count(const dln_linking *l, const dln_noun_phrase *np)
{
    uint32_t t = np->begin;
    while (t < np->head && !is_telling(l, t))
        t++;
    return t;
}

/* The name people are shown: "Russian peacekeepers" for "Russia's 2,000
 * peacekeepers" and for "its peacekeepers"; "Kenya's police" as it is. */
static dln_str crowd_name(const dln_linking *l, const dln_noun_phrase *np,
                          uint32_t begin)
{
    dln_str words = text_of(l, begin, np->end);
    if (np->side_count != 1 || np->ethnic || np->backed)
        return words;
    const dln_actor *side = &l->doc->actors.at[np->side];
    const dln_country *c = side->kind == DLN_ACTOR_COUNTRY
        ? dln_onto_iso3(l->onto, dln_str_of(side->iso3)) : NULL;
    if (!c || !c->adjective.len || np->end != np->head + 1)
        return np->owner == DLN_NONE ? words
            : dln_arena_printf(l->doc->arena, "%.*s %.*s",
                               DLN_ARG(side->name), DLN_ARG(words));
    uint32_t own = np->side_end > begin && np->side_end <= np->head
                       ? np->side_end : begin;
    bool clean = own == np->side_end && l->part_at[begin] != DLN_NONE
                 && l->parts.at[l->part_at[begin]].kind != DLN_PART_NAME;
    while (own < np->head && !is_telling(l, own)) {
        own++;
        clean = false;
    }
    if (clean || (own == np->head && l->part_at[own] != DLN_NONE
                  && l->parts.at[l->part_at[own]].kind == DLN_PART_PEOPLE))
        return words;
    return dln_arena_printf(l->doc->arena, "%.*s %.*s",
                            DLN_ARG(c->adjective),
                            DLN_ARG(text_of(l, own, np->end)));
}

/* The words that tell this crowd from others: "armenian border guards". */
static dln_str crowd_tail(dln_linking *l, const dln_noun_phrase *np,
                          uint32_t begin, dln_str noun)
{
    dln_str whole = dln_link__key(l, begin, np->end);
    if (np->side_count != 1 || np->ethnic || np->backed) {
        uint32_t p = l->part_at[np->head];
        return noun.len && !np->side_count && np->end == np->head + 1
                       && p != DLN_NONE && begin == l->parts.at[p].begin
                   ? dln_onto_key(l->scratch, noun) : whole;
    }
    if (!noun.len)
        noun = np->side_end > begin && np->side_end <= np->head
                   ? dln_link__key(l, np->side_end, np->head + 1)
                   : dln_link__key(l, begin, np->head + 1);
    return dln_arena_printf(l->scratch, "%.*s %.*s",
                            DLN_ARG(side_word(l, np->side)), DLN_ARG(noun));
}

uint32_t dln_link__crowd(dln_linking *l, const dln_noun_phrase *np,
                         dln_actor_kind kind, dln_str sector, dln_str noun)
{
    uint32_t begin = skip_count(l, np);
    bool sided = np->side_count == 1 && !np->ethnic && !np->backed;
    uint32_t at = dln_link__actor(l, kind, crowd_tail(l, np, begin, noun),
                                  crowd_name(l, np, begin));
    if (at == DLN_NONE)
        return at;
    l->doc->actors.at[at].sector = sector;
    bool named = np->side_count > 0;
    for (uint32_t t = begin; t < np->end; t++)
        named |= l->words[t].capital;
    l->doc->actors.at[at].nameless = !named;
    if (sided)
        set_side(l, at, np->side);
    return at;
}

/* The subject of the clause, which "the two leaders" told, met or thanked
 * by him do not contain. */
uint32_t dln_link__other_subject(const dln_linking *l,
                                 const dln_noun_phrase *np)
{
    const dln_doc *doc = l->doc;
    uint32_t sentence = doc->tokens.at[np->begin].sentence;
    uint32_t verb = doc->tokens.at[np->head].head;
    if (l->parsed && dln_deprel_base(
            (dln_deprel)doc->tokens.at[np->head].deprel) == DLN_REL_nsubj)
        return DLN_NONE;
    for (uint32_t m = doc->mentions.count, n = 0; m-- > 0 && n < 64; n++) {
        if (l->seen.at[m].sentence != sentence)
            break;
        if (l->seen.at[m].subject
            && (!l->parsed || l->seen.at[m].verb == verb))
            return doc->mentions.at[m].actor;
    }
    return DLN_NONE;
}

/* `actor` as the kind that is asked for. */
static uint32_t as_member(dln_linking *l, uint32_t actor, bool persons,
                          const dln_title *title)
{
    dln_actor_kind kind = l->doc->actors.at[actor].kind;
    if (persons) {
        if (kind == DLN_ACTOR_COUNTRY)
            return title ? dln_link__holder(l, title, actor, DLN_NONE)
                         : DLN_NONE;
        return kind == DLN_ACTOR_PERSON
                       && (!title
                           || dln_link__has_role(l, actor, title, DLN_NONE))
                   ? actor : DLN_NONE;
    }
    if (kind == DLN_ACTOR_PERSON || kind == DLN_ACTOR_COUNTRY)
        return dln_link__country_of(l, actor);
    return kind == DLN_ACTOR_ARMED_GROUP ? actor : DLN_NONE;
}

/* Does the person hold no office that is known, when a leader is asked
 * for? "Xi and Li met. The two leaders ..." */
static bool may_lead(const dln_linking *l, uint32_t actor,
                     const dln_title *title)
{
    const dln_actor *a = &l->doc->actors.at[actor];
    return a->kind == DLN_ACTOR_PERSON && !a->nameless
           && (!title || (dln_str_is(title->rank, "leader")
                          && !dln_link__has_office(l, actor)));
}

static uint32_t from_sets(dln_linking *l, const dln_noun_phrase *np,
                          bool persons, bool loose, const dln_title *title,
                          uint32_t except, uint32_t *out)
{
    uint32_t sentence = l->doc->tokens.at[np->begin].sentence;
    for (uint32_t s = l->sets.count, n = 0; s-- > 0 && n < 64; n++) {
        const dln_set set = l->sets.at[s];
        if (set.sentence + MAX_SET_AGE < sentence)
            break;
        if (np->number && np->number != set.count)
            continue;
        uint32_t count = 0;
        for (uint32_t i = 0; i < set.count; i++) {
            uint32_t a = as_member(l, set.actors[i], persons, title);
            if (a == DLN_NONE && loose && may_lead(l, set.actors[i], title))
                a = set.actors[i];
            if (a == DLN_NONE || a == except)
                break;
            out[count++] = a;
        }
        if (count == set.count)
            return count;
    }
    return 0;
}

typedef struct search {
    const dln_noun_phrase *np;
    const dln_title *title;
    bool persons, loose;    /* loose: offices that stand for countries,
                               persons without an office */
    uint32_t except, except_country;
    uint32_t *out;
    uint32_t count;
} search;

static void consider(dln_linking *l, search *s, uint32_t actor, bool office)
{
    uint32_t found = as_member(l, actor, s->persons, s->title);
    const dln_actor *a = &l->doc->actors.at[actor];
    if (found == DLN_NONE && s->loose
        && ((office && a->kind == DLN_ACTOR_COUNTRY)
            || may_lead(l, actor, s->title)))
        found = actor;
    if (found == DLN_NONE || found == s->except
        || s->count == s->np->number)
        return;
    uint32_t country = dln_link__country_of(l, found);
    if (s->persons && found == country && country == s->except_country)
        return;
    for (uint32_t i = 0; i < s->count; i++)
        if (s->out[i] == found
            || (s->loose && country != DLN_NONE
                && dln_link__country_of(l, s->out[i]) == country))
            return;
    s->out[s->count++] = found;
}

/* As many as are asked for, back through the mentions. */
static uint32_t search_back(dln_linking *l, search *s)
{
    s->count = 0;
    for (uint32_t m = l->doc->mentions.count, n = 0;
         m-- > 0 && n < MAX_SEARCH && s->count < s->np->number; n++) {
        uint32_t actor = l->doc->mentions.at[m].actor;
        bool office = l->seen.at[m].office;
        if (actor == DLN_NONE)
            continue;
        const dln_actor *a = &l->doc->actors.at[actor];
        const uint32_t *members = a->members;
        uint32_t count = a->member_count;
        for (uint32_t i = 0; i < count; i++)
            consider(l, s, members[i], office);
        if (!count)
            consider(l, s, actor, office);
    }
    return s->count == s->np->number ? s->count : 0;
}

uint32_t dln_link__members(dln_linking *l, const dln_noun_phrase *np,
                           bool persons, const dln_title *title,
                           uint32_t *out)
{
    uint32_t except = dln_link__other_subject(l, np), count;
    search s = {.np = np, .title = title, .persons = persons, .out = out,
                .except = except,
                .except_country = dln_link__country_of(l, except)};
    if (!persons && except != DLN_NONE)
        s.except = s.except_country;
    bool counted = np->number > 1 && np->number <= DLN_SET_MAX;
    count = from_sets(l, np, persons, false, title, s.except, out);
    if (!count && counted)
        count = search_back(l, &s);
    if (count || !persons)
        return count;
    count = from_sets(l, np, true, true, title, except, out);
    if (!count && title)
        count = from_sets(l, np, false, false, NULL, s.except_country, out);
    s.loose = true;
    return count || !counted ? count : search_back(l, &s);
}

/* The country last spoken of, in this sentence or the one before. */
static uint32_t last_country(const dln_linking *l, uint32_t begin)
{
    uint32_t sentence = l->doc->tokens.at[begin].sentence;
    uint32_t found = DLN_NONE;
    for (uint32_t m = l->doc->mentions.count, n = 0; m-- > 0 && n < 64;
         n++) {
        uint32_t actor = l->doc->mentions.at[m].actor;
        if (l->seen.at[m].sentence + 1 < sentence)
            break;
        if (actor == DLN_NONE
            || l->doc->actors.at[actor].kind != DLN_ACTOR_COUNTRY
            || l->doc->mentions.at[m].form == DLN_FORM_DEMONYM)
            continue;
        if (l->seen.at[m].subject)
            return actor;
        if (found == DLN_NONE)
            found = actor;
    }
    return found;
}

/* The organisation last named, at most three sentences back. */
static uint32_t last_organisation(const dln_linking *l, uint32_t begin)
{
    uint32_t sentence = l->doc->tokens.at[begin].sentence;
    for (uint32_t m = l->doc->mentions.count, n = 0; m-- > 0 && n < 64;
         n++) {
        uint32_t actor = l->doc->mentions.at[m].actor;
        if (l->seen.at[m].sentence + 3 < sentence)
            break;
        if (actor == DLN_NONE)
            continue;
        dln_actor_kind kind = l->doc->actors.at[actor].kind;
        if (kind == DLN_ACTOR_ORGANISATION || kind == DLN_ACTOR_BODY
            || kind == DLN_ACTOR_ARMED_GROUP)
            return actor;
    }
    return DLN_NONE;
}

/* Capitalised words before a capitalised noun are its name: "Eurasia
 * Foundation", "Home Affairs Committee". */
static uint32_t named(dln_linking *l, const dln_part *part,
                      dln_noun_phrase *np)
{
    dln_part *before = dln_link__part_to(l, part->begin);
    if (!l->words[part->begin].capital || !before
        || (before->kind != DLN_PART_NAME
            && before->kind != DLN_PART_PLACE)
        || before->name == DLN_NAME_PERSON)
        return DLN_NONE;
    if (np->begin > before->begin)
        np->begin = before->begin;
    before->done = true;
    return dln_link__named_group(l, before->begin, part->end);
}

/* The noun it is another form of, or itself. */
static dln_str spelled(const dln_row *row)
{
    dln_str same = dln_row_field(row, 5);
    return same.len ? same : dln_row_field(row, 0);
}

static uint32_t of_class(dln_linking *l, const dln_part *part,
                         const dln_row *row, dln_noun_phrase *np)
{
    dln_str noun = dln_row_field(row, 0), class = dln_row_field(row, 1);
    dln_str kind_text = dln_row_field(row, 2);
    dln_str sector = dln_row_field(row, 3);
    uint32_t members[DLN_SET_MAX];
    dln_actor_kind kind = DLN_ACTOR_POPULATION;
    bool sided = np->side_count == 1;
    if (sided && l->doc->actors.at[np->side].kind == DLN_ACTOR_PERSON
        && dln_link__country_of(l, np->side) != DLN_NONE)
        np->side = dln_link__country_of(l, np->side);
    if (dln_str_is(sector, "-"))
        sector.len = 0;
    for (int k = 0; k < DLN_ACTOR_KIND_COUNT; k++)
        if (dln_str_is(kind_text, dln_actor_kind_text((dln_actor_kind)k)))
            kind = (dln_actor_kind)k;
    if (dln_str_is(class, "member")) {
        if (np->article != 'd' && !np->number)
            return DLN_NONE;
        uint32_t count = np->side_count > 1 || sided ? 0
            : dln_link__members(l, np, kind == DLN_ACTOR_PERSON, NULL,
                                members);
        return dln_link__set_actor(l, members, count);
    }
    if (dln_str_is(class, "government") || dln_str_is(class, "party")) {
        uint32_t country = sided && !np->ethnic && !np->backed
                               ? dln_link__country_of(l, np->side)
                               : DLN_NONE;
        if (country != DLN_NONE
            && l->doc->actors.at[np->side].kind != DLN_ACTOR_ORGANISATION)
            return country;
        return sided && l->doc->actors.at[np->side].kind
                            != DLN_ACTOR_PERSON ? np->side : DLN_NONE;
    }
    if (dln_str_is(class, "country")) {
        if (np->owner != DLN_NONE && sided)
            return dln_link__country_of(l, np->side);
        return np->article == 'd' && !np->side_count
                       && part->begin == np->begin + 1
                       && (dln_str_is(noun, "country")
                           || dln_str_is(noun, "nation"))
                   ? last_country(l, np->begin) : DLN_NONE;
    }
    uint32_t actor = named(l, part, np);
    if (actor != DLN_NONE) {
        l->doc->actors.at[actor].sector = sector;
        return actor;
    }
    if (dln_str_is(class, "military") || dln_str_is(class, "police")) {
        /* A ministry's troops are its country's. */
        const dln_actor *of = sided ? &l->doc->actors.at[np->side] : NULL;
        if (of && of->kind == DLN_ACTOR_ORGANISATION && *of->iso3
            && (dln_str_is(of->sector, "GOV")
                || dln_str_is(of->sector, "MIL")))
            np->side = np->sides[0] = dln_link__country_of(l, np->side);
        if (!np->side_count && skip_count(l, np) == part->begin)
            return DLN_NONE;
        return dln_link__crowd(l, np, np->ethnic || np->backed
                                          ? DLN_ACTOR_ARMED_GROUP : kind,
                               np->ethnic || np->backed ? DLN_STR("UAF")
                                                        : sector, class);
    }
    if (dln_str_is(class, "people"))
        return dln_link__crowd(l, np, kind, sector, spelled(row));
    bool bare = !sided && part->begin <= np->begin + 1;
    if (bare && np->article != 'i') {
        actor = dln_map_get(&l->nominals, l->words[np->head].key);
        if (actor == DLN_NONE && dln_str_is(class, "organisation"))
            actor = last_organisation(l, np->begin);
        if (actor != DLN_NONE)
            return actor;
    }
    if (dln_str_is(class, "organisation") || bare)
        return DLN_NONE;
    if (dln_str_is(class, "organ"))
        return dln_link__crowd(l, np, kind, sector, spelled(row));
    return dln_link__crowd(l, np, kind, sector, (dln_str){NULL, 0});
}

void dln_link__noun(dln_linking *l, dln_part *part)
{
    const dln_row *row = &l->link->actor_nouns.table->rows[part->index];
    const dln_part *next = dln_link__part_from(l, part->end);
    /* A foe named right behind, or a noun before another. */
    if (next && (next->kind == DLN_PART_COUNTRY
                 || next->kind == DLN_PART_TITLE
                 || next->kind == DLN_PART_TITLES
                 || next->kind == DLN_PART_NOUN
                 || next->kind == DLN_PART_AREA))
        return;
    dln_link__sets(l);
    dln_noun_phrase np = dln_link__noun_phrase(l, part);
    uint32_t actor = of_class(l, part, row, &np);
    dln_str class = dln_row_field(row, 1);
    part->actor = actor;
    if (actor == DLN_NONE) {
        if (dln_str_is(class, "organ"))
            dln_link__mention(l, np.begin, np.end,
                              dln_link__head(l, np.begin, np.end),
                              DLN_FORM_NOMINAL, DLN_NONE,
                              "an organ without its country");
        return;
    }
    if (dln_str_is(class, "organ") || dln_str_is(class, "body")
        || dln_str_is(class, "organisation"))
        dln_map_set(&l->nominals, l->words[np.head].key, actor);
    part->mention = dln_link__mention(
        l, np.begin, np.end, dln_link__head(l, np.begin, np.end),
        DLN_FORM_NOMINAL, actor, "a noun for an actor and its side");
    l->doc->actors.at[actor].plural |=
        dln_str_is(dln_row_field(row, 4), "pl")
        && l->doc->actors.at[actor].kind != DLN_ACTOR_COUNTRY;
}
