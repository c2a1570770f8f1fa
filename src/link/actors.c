/* SPDX-License-Identifier: Apache-2.0 */
/*
 * actors: one actor a key; mentions and sets as they are found.
 */
#include "link/link_p.h"

uint32_t dln_link__actor(dln_linking *l, dln_actor_kind kind, dln_str tail,
                         dln_str name)
{
    dln_doc *doc = l->doc;
    dln_str key = dln_arena_printf(doc->arena, "%s:%.*s",
                                   dln_actor_kind_text(kind),
                                   DLN_ARG(tail));
    uint32_t at = dln_map_get(&l->actors, key);
    if (at != DLN_NONE || !tail.len)
        return at;
    at = doc->actors.count;
    dln_actor *actor = DLN_VEC_PUSH(doc->arena, &doc->actors);
    if (!actor)
        return DLN_NONE;
    *actor = (dln_actor){.key = key, .name = name, .kind = kind,
                         .parent = DLN_NONE,
                         .gender = kind == DLN_ACTOR_PERSON ? (char)0 : 'n',
                         .plural = kind == DLN_ACTOR_POPULATION};
    dln_map_set(&l->actors, key, at);
    return at;
}

uint32_t dln_link__country(dln_linking *l, uint32_t country)
{
    const dln_country *c = dln_onto_country(l->onto, country);
    uint32_t at = dln_link__actor(l, DLN_ACTOR_COUNTRY, dln_str_of(c->iso3),
                                  c->name);
    if (at != DLN_NONE) {
        dln_actor *actor = &l->doc->actors.at[at];
        memcpy(actor->iso3, c->iso3, sizeof actor->iso3);
        actor->sector = DLN_STR("GOV");
        dln_map_set(&l->countries, dln_str_of(c->iso3), at);
    }
    return at;
}

uint32_t dln_link__country_of(dln_linking *l, uint32_t actor)
{
    if (actor == DLN_NONE)
        return DLN_NONE;
    const dln_actor *a = &l->doc->actors.at[actor];
    uint32_t known = dln_map_get(&l->countries, dln_str_of(a->iso3));
    if (known != DLN_NONE)
        return known;
    const dln_country *c = dln_onto_iso3(l->onto, dln_str_of(a->iso3));
    if (a->kind == DLN_ACTOR_COUNTRY || !c)
        return a->kind == DLN_ACTOR_COUNTRY ? actor : DLN_NONE;
    for (uint32_t i = 0; i < dln_onto_country_count(l->onto); i++)
        if (dln_onto_country(l->onto, i) == c)
            return dln_link__country(l, i);
    return DLN_NONE;
}

static dln_actor_kind group_kind(dln_str kind)
{
    static const dln_actor_kind kinds[] = {
        DLN_ACTOR_ORGANISATION, DLN_ACTOR_ARMED_GROUP, DLN_ACTOR_BODY,
        DLN_ACTOR_POPULATION};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (dln_str_is(kind, dln_actor_kind_text(kinds[k])))
            return kinds[k];
    return DLN_ACTOR_ORGANISATION;
}

uint32_t dln_link__group(dln_linking *l, uint32_t group)
{
    const dln_group *g = dln_onto_group(l->onto, group);
    uint32_t at = dln_link__actor(l, group_kind(g->kind),
                                  dln_onto_key(l->scratch, g->name),
                                  g->name);
    if (at != DLN_NONE && !l->doc->actors.at[at].sector.len) {
        dln_actor *actor = &l->doc->actors.at[at];
        memcpy(actor->iso3, g->iso3, sizeof actor->iso3);
        actor->sector = g->sector;
        if (*g->iso3) {
            uint32_t parent = dln_link__country_of(l, at);
            l->doc->actors.at[at].parent = parent;
        }
    }
    return at;
}

static dln_str tail_of(dln_str key)
{
    return dln_str_sub(key, dln_str_find(key, DLN_STR(":"), 0) + 1, key.len);
}

/* Adds an actor, or a group's members, by key and each once. */
static uint32_t add_member(const dln_linking *l, uint32_t actor,
                           uint32_t *sorted, uint32_t count)
{
    const dln_actor *actors = l->doc->actors.at;
    for (uint32_t i = 0; i < actors[actor].member_count; i++)
        count = add_member(l, actors[actor].members[i], sorted, count);
    if (actors[actor].member_count || count == DLN_SET_MAX)
        return count;
    uint32_t at = count;
    for (uint32_t i = 0; i < count; i++)
        if (sorted[i] == actor)
            return count;
    for (; at && dln_str_cmp(actors[actor].key,
                             actors[sorted[at - 1]].key) < 0; at--)
        sorted[at] = sorted[at - 1];
    sorted[at] = actor;
    return count + 1;
}

uint32_t dln_link__set_actor(dln_linking *l, const uint32_t *members,
                             uint32_t given)
{
    uint32_t sorted[DLN_SET_MAX], count = 0;
    dln_doc *doc = l->doc;
    for (uint32_t i = 0; i < given; i++)
        count = add_member(l, members[i], sorted, count);
    if (!count)
        return DLN_NONE;
    if (count == 1)
        return sorted[0];
    dln_str tail = tail_of(doc->actors.at[sorted[0]].key);
    dln_str name = doc->actors.at[sorted[0]].name;
    for (uint32_t i = 1; i < count; i++) {
        dln_str next = tail_of(doc->actors.at[sorted[i]].key);
        tail = dln_arena_printf(l->scratch, "%.*s+%.*s", DLN_ARG(tail),
                                DLN_ARG(next));
        name = dln_arena_printf(doc->arena, "%.*s%s%.*s", DLN_ARG(name),
                                i + 1 < count ? ", " : " and ",
                                DLN_ARG(doc->actors.at[sorted[i]].name));
    }
    dln_actor_kind kind = doc->actors.at[sorted[0]].kind;
    uint32_t at = dln_link__actor(l, kind, tail, name);
    if (at == DLN_NONE || doc->actors.at[at].members)
        return at;
    uint32_t *own = dln_arena_array(doc->arena, count, sizeof *own);
    if (!own)
        return DLN_NONE;
    memcpy(own, sorted, count * sizeof *own);
    dln_actor *actor = &doc->actors.at[at];
    actor->members = own;
    actor->member_count = count;
    actor->plural = true;
    actor->gender = 0;
    actor->sector = doc->actors.at[sorted[0]].sector;
    return at;
}

uint32_t dln_link__head(const dln_linking *l, uint32_t begin, uint32_t end)
{
    const dln_doc *doc = l->doc;
    for (uint32_t t = begin; l->parsed && t < end; t++) {
        const dln_token *token = &doc->tokens.at[t];
        dln_deprel base = dln_deprel_base((dln_deprel)token->deprel);
        if (token->head != DLN_NONE && token->head >= begin
            && token->head < end)
            continue;
        if (base != DLN_REL_punct && base != DLN_REL_case
            && base != DLN_REL_det)
            return t;
    }
    uint32_t t = end - 1;
    while (t > begin && !l->words[t].key.len)
        t--;
    return t;
}

static dln_seen look(const dln_linking *l, uint32_t head, uint32_t begin)
{
    const dln_doc *doc = l->doc;
    dln_seen seen = {.sentence = doc->tokens.at[begin].sentence,
                     .verb = DLN_NONE, .quoted = l->words[begin].quoted};
    if (!l->parsed) {
        uint32_t before = doc->mentions.count;
        seen.subject = !before
                       || l->seen.at[before - 1].sentence != seen.sentence;
        seen.root = seen.subject;
        return seen;
    }
    uint32_t t = head;
    for (unsigned hops = 0; hops < 8; hops++) {
        dln_deprel base =
            dln_deprel_base((dln_deprel)doc->tokens.at[t].deprel);
        if ((base != DLN_REL_conj && base != DLN_REL_flat
             && base != DLN_REL_appos)
            || doc->tokens.at[t].head == DLN_NONE)
            break;
        t = doc->tokens.at[t].head;
    }
    dln_deprel base = dln_deprel_base((dln_deprel)doc->tokens.at[t].deprel);
    seen.verb = doc->tokens.at[t].head;
    seen.subject = base == DLN_REL_nsubj;
    seen.inner = base == DLN_REL_nmod || base == DLN_REL_compound
                 || base == DLN_REL_amod;
    seen.root = seen.subject && seen.verb != DLN_NONE
                && (doc->tokens.at[seen.verb].head == DLN_NONE
                    || doc->tokens.at[seen.verb].deprel
                           == DLN_REL_parataxis);
    return seen;
}

uint32_t dln_link__mention(dln_linking *l, uint32_t begin, uint32_t end,
                           uint32_t head, dln_mention_form form,
                           uint32_t actor, const char *why)
{
    dln_doc *doc = l->doc;
    dln_seen seen = look(l, head, begin);
    uint32_t at = doc->mentions.count;
    dln_mention *mention = DLN_VEC_PUSH(doc->arena, &doc->mentions);
    dln_seen *slot = DLN_VEC_PUSH(l->scratch, &l->seen);
    if (!mention || !slot)
        return DLN_NONE;
    *slot = seen;
    *mention = (dln_mention){
        .span = dln_tokens_span(doc, begin, end), .token_begin = begin,
        .token_end = end, .head = head, .form = form, .actor = actor,
        .entity = doc->tokens.at[head].entity, .why = dln_str_of(why)};
    if (actor != DLN_NONE)
        dln_map_set(&l->last, doc->actors.at[actor].key, at);
    return at;
}

static bool is_between(const dln_linking *l, uint32_t a, uint32_t b)
{
    uint32_t words = 0;
    for (uint32_t t = a; t < b; t++) {
        dln_str text = dln_token_str(l->doc, t);
        if (dln_str_is(text, "and") || dln_str_is(text, "&")
            || dln_str_is(text, ",") || dln_str_is(text, "or")
            || dln_str_is(text, "the"))
            words++;
        else
            return false;
    }
    return words > 0 && words <= 3;
}

/* The mentions from `from` on that lie in no other, in text order. */
static uint32_t outer_mentions(const dln_linking *l, uint32_t from,
                               uint32_t *out)
{
    const dln_mention *at = l->doc->mentions.at;
    uint32_t count = 0, kept = 0, end = 0;
    for (uint32_t m = from; m < l->doc->mentions.count; m++) {
        uint32_t i = count++;
        for (; i && (at[m].token_begin < at[out[i - 1]].token_begin
                     || (at[m].token_begin == at[out[i - 1]].token_begin
                         && at[m].token_end > at[out[i - 1]].token_end));
             i--)
            out[i] = out[i - 1];
        out[i] = m;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (at[out[i]].token_begin < end)
            continue;
        end = at[out[i]].token_end;
        out[kept++] = out[i];
    }
    return kept;
}

static void end_set(dln_linking *l, dln_set *set)
{
    if (set->count > 1) {
        dln_set *slot = DLN_VEC_PUSH(l->scratch, &l->sets);
        if (slot)
            *slot = *set;
    }
    set->count = 0;
}

static bool goes_on(const dln_linking *l, const dln_set *set, uint32_t end,
                    const dln_mention *m)
{
    const dln_actor *actors = l->doc->actors.at;
    if (!set->count || set->count == DLN_SET_MAX || m->actor == DLN_NONE
        || !is_between(l, end, m->token_begin)
        || actors[m->actor].kind != actors[set->actors[0]].kind)
        return false;
    for (uint32_t i = 0; i < set->count; i++)
        if (set->actors[i] == m->actor)
            return false;
    return true;
}

void dln_link__sets(dln_linking *l)
{
    const dln_doc *doc = l->doc;
    uint32_t from = l->sets_done;
    l->sets_done = doc->mentions.count;
    dln_set set = {.count = 0};
    if (from == doc->mentions.count)
        return;
    uint32_t *outer = dln_arena_array(l->scratch, doc->mentions.count - from,
                                      sizeof *outer);
    uint32_t count = outer ? outer_mentions(l, from, outer) : 0;
    for (uint32_t i = 0, end = 0; i < count; i++) {
        const dln_mention *m = &doc->mentions.at[outer[i]];
        if (!goes_on(l, &set, end, m)) {
            /* "Turkey, Iran and the UN" is no set of two countries. */
            if (set.count && is_between(l, end, m->token_begin))
                set.count = 0;
            end_set(l, &set);
        }
        end = m->token_end;
        if (m->actor == DLN_NONE || doc->actors.at[m->actor].members)
            continue;
        if (!set.count) {
            set.sentence = l->seen.at[outer[i]].sentence;
            set.mention = outer[i];
        }
        set.actors[set.count++] = m->actor;
    }
    end_set(l, &set);
}
