/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parties: dependents with a role → actors of the document.
 *
 * A dependent that is no actor itself ("condemned the killing of civilians
 * by Turkish forces") stands for the one it belongs to: its agent, owner or
 * the people it is named after. Coordinations and groups give all of their
 * members. Places where something happens are never parties.
 */
#include "coder/coder_p.h"

static const dln_token *tok(const dln_doc *doc, uint32_t i)
{
    return &doc->tokens.at[i];
}

typedef struct party_list {
    dln_party at[DLN_CODER_MAX_PARTIES];    /* [count] */
    uint32_t count;
} party_list;

static const uint8_t role_of_bit[] = {DLN_PARTY_ACTOR, DLN_PARTY_RECIPIENT,
                                      DLN_PARTY_MEDIATOR, DLN_PARTY_HOST};

static void push(party_list *list, dln_party_role role, uint32_t actor,
                 dln_span span)
{
    for (uint32_t i = 0; i < list->count; i++) {
        const dln_party *p = &list->at[i];
        if (p->role == role
            && (actor == DLN_NONE ? p->span.start == span.start
                                  : p->actor == actor))
            return;
    }
    if (list->count < DLN_CODER_MAX_PARTIES)
        list->at[list->count++] = (dln_party){role, actor, span};
}

static void push_actor(const dln_doc *doc, party_list *list, uint32_t roles,
                       uint32_t actor, dln_span span)
{
    for (uint32_t bit = 0; bit < 4; bit++) {
        if (!(roles & (1u << bit)))
            continue;
        const dln_actor *a = actor < doc->actors.count
                                 ? &doc->actors.at[actor] : NULL;
        if (!a || !a->member_count)
            push(list, (dln_party_role)role_of_bit[bit], actor, span);
        for (uint32_t i = 0; a && i < a->member_count; i++)
            push(list, (dln_party_role)role_of_bit[bit], a->members[i],
                 span);
    }
}

/* The mention that `token` heads or is part of the name of. */
static uint32_t mention_of(const dln_doc *doc, uint32_t token)
{
    uint32_t m = dln_mention_at(doc, token);
    if (m == DLN_NONE)
        return DLN_NONE;
    const dln_mention *mention = &doc->mentions.at[m];
    if (mention->head == token || tok(doc, token)->upos == DLN_UPOS_PROPN
        || (mention->token_begin <= token && token < mention->token_end
            && dln_is_below(doc, mention->head, token)))
        return mention->form == DLN_FORM_DEMONYM ? dln_coder__whole(doc, m)
                                                 : m;
    return DLN_NONE;
}

static bool is_place_only(const dln_doc *doc, uint32_t token)
{
    return dln_coder__place_at(doc, token) != DLN_NONE;
}

/* Order in which a noun's dependents say whose it is. */
static int belonging(const dln_doc *doc, uint32_t child)
{
    switch (tok(doc, child)->deprel) {
    case DLN_REL_appos: return 1;   /* "the leader of the foe, Peru" */
    case DLN_REL_nmod_poss: return 2;
    case DLN_REL_amod: case DLN_REL_compound: return 3;
    case DLN_REL_nmod: case DLN_REL_obl: case DLN_REL_obl_agent: {
        dln_str prep = dln_coder__case(doc, child);
        if (dln_str_is(prep, "by"))
            return 1;
        if (dln_str_is(prep, "of") || dln_str_is(prep, "from"))
            return 4;
        return 0;
    }
    default:
        return 0;
    }
}

static bool is_time(const dln_doc *doc, uint32_t token)
{
    return dln_coder__first_time(doc, token) != DLN_NONE;
}

/* Words that name somebody the actor layer does not know. */
static bool push_words(const dln_doc *doc, uint32_t token, uint32_t roles,
                       party_list *list)
{
    if (tok(doc, token)->upos != DLN_UPOS_PROPN || is_place_only(doc, token)
        || is_time(doc, token))
        return false;
    uint32_t begin = token, end = token + 1;
    while (begin > 0 && tok(doc, begin - 1)->upos == DLN_UPOS_PROPN
           && tok(doc, begin - 1)->sentence == tok(doc, token)->sentence)
        begin--;
    while (end < doc->tokens.count
           && tok(doc, end)->upos == DLN_UPOS_PROPN
           && tok(doc, end)->sentence == tok(doc, token)->sentence)
        end++;
    push_actor(doc, list, roles, DLN_NONE,
               dln_tokens_span(doc, begin, end));
    return true;
}

static bool resolve(const dln_doc *doc, uint32_t token, uint32_t roles,
                    int depth, party_list *list)
{
    uint32_t m = mention_of(doc, token);
    bool found = false;
    if (m != DLN_NONE && doc->mentions.at[m].actor != DLN_NONE) {
        push_actor(doc, list, roles, doc->mentions.at[m].actor,
                   doc->mentions.at[m].span);
        found = true;
    } else {
        found = push_words(doc, token, roles, list);
    }
    for (int rank = 1; rank <= 4 && !found && depth < 3; rank++)
        for (uint32_t c = tok(doc, token)->child; c != DLN_NONE;
             c = tok(doc, c)->sibling)
            if (belonging(doc, c) == rank)
                found |= resolve(doc, c, roles, depth + 1, list);
    /* "Kenya, Uganda and Chad" hang on the first, or each on the last. */
    for (uint32_t c = tok(doc, token)->child; c != DLN_NONE && depth < 6;
         c = tok(doc, c)->sibling)
        if (tok(doc, c)->deprel == DLN_REL_conj
            && tok(doc, c)->upos != DLN_UPOS_VERB)
            found |= resolve(doc, c, roles, depth < 3 ? 3 : depth + 1, list);
    return found;
}

static bool lemma_in(const dln_doc *doc, uint32_t token,
                     const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (dln_str_is(tok(doc, token)->lemma, words[i]))
            return true;
    return false;
}

static const char *const hosting[] = {"host", "organize", "organise",
                                      "convene", "arrange", "chair"};
static const char *const mediating[] = {"mediate", "broker", "facilitate",
                                        "sponsor", "moderate", "lead"};

static const char *const helping[] = {"help", "mediation", "assistance",
                                      "support", "participation",
                                      "facilitation", "aid"};
#define IN(doc, token, list) \
    lemma_in(doc, token, list, sizeof list / sizeof *list)

static void push_mention(const dln_doc *doc, uint32_t mention, uint32_t roles,
                         party_list *list)
{
    push_actor(doc, list, roles, doc->mentions.at[mention].actor,
               doc->mentions.at[mention].span);
}

static void push_chain(const dln_doc *doc, const dln_coder_chain *chain,
                       uint32_t roles, party_list *list)
{
    for (uint32_t i = 0; i < chain->count; i++)
        push_mention(doc, chain->at[i], roles, list);
}

/* A square is where people rally, not whom they rally against. */
static bool is_whereabouts(dln_str prep)
{
    static const char *const words[] = {"in", "at", "to", "along", "around",
                                        "near", "outside", "between"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dln_str_ieq(prep, dln_str_of(words[i])))
            return true;
    return false;
}

/* "condemned the bombing": what an act is done to is kept by its words when
 * nobody known is in them; from its article to its head. */
static void push_phrase(const dln_doc *doc, uint32_t token, uint32_t roles,
                        party_list *list)
{
    uint32_t begin = token;
    if (tok(doc, token)->upos != DLN_UPOS_NOUN || is_time(doc, token)
        || is_place_only(doc, token))
        return;
    for (uint32_t c = tok(doc, token)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling) {
        uint8_t rel = tok(doc, c)->deprel;
        if (c < begin && (rel == DLN_REL_det || rel == DLN_REL_amod
                          || rel == DLN_REL_compound
                          || rel == DLN_REL_nummod))
            begin = c;
    }
    push_actor(doc, list, roles, DLN_NONE,
               dln_tokens_span(doc, begin, token + 1));
}

/* "imposed a curfew on Basra", "withdrew from Sinai": a town to which it is
 * done is named by its words; where it is done ("in Basra"), it is not. */
static void push_town(const dln_doc *doc, const dln_coder_arg *arg,
                      party_list *list)
{
    static const char *const onto[] = {"on", "upon", "against", "over",
                                       "to", "from", "into"};
    uint32_t place = dln_coder__place_at(doc, arg->token);
    bool done_to = arg->slot == DLN_SLOT_OBJ;
    for (size_t i = 0; i < sizeof onto / sizeof *onto; i++)
        done_to |= arg->slot == DLN_SLOT_PREP
                   && dln_str_ieq(arg->prep, dln_str_of(onto[i]));
    if (done_to && place != DLN_NONE && tok(doc, arg->token)->upos
                                            == DLN_UPOS_PROPN)
        push_actor(doc, list, DLN_ROLE_RECIPIENT, DLN_NONE,
                   doc->places.at[place].span);
}

static void add_role(const dln_doc *doc, uint32_t trigger,
                     const dln_coder_arg *arg, uint32_t roles,
                     party_list *list, dln_buf *why)
{
    static const char *const names[] = {"actor", "recipient", "mediator",
                                        "host"};
    uint32_t before = list->count;
    if (tok(doc, arg->token)->upos == DLN_UPOS_VERB)
        return;
    /* "with the help of the union": it helped, it did not talk. */
    if (dln_str_is(arg->prep, "with") && roles == DLN_ROLE_ACTOR
        && IN(doc, arg->token, helping))
        roles = DLN_ROLE_MEDIATOR;
    resolve(doc, arg->token, roles, 0, list);
    uint32_t m = mention_of(doc, arg->token);
    if (m != DLN_NONE && arg->slot != DLN_SLOT_MOD) {
        dln_coder_chain chain = {.count = 0};
        dln_coder__chain(doc, m, trigger, &chain);
        push_chain(doc, &chain, roles, list);
    }
    if (list->count == before && roles == DLN_ROLE_RECIPIENT
        && arg->slot != DLN_SLOT_MOD && !is_whereabouts(arg->prep))
        push_phrase(doc, arg->token, roles, list);
    if (list->count == before && roles == DLN_ROLE_RECIPIENT)
        push_town(doc, arg, list);
    if (list->count == before || why->len > 300)
        return;
    for (uint32_t bit = 0; bit < 4; bit++)
        if (roles & (1u << bit))
            dln_buf_printf(why, "; %s: %s %.*s", names[bit], arg->how,
                           DLN_ARG(arg->prep));
}

/* A modifier that names no party: "Moscow-brokered", "the Moscow talks". */
static bool is_no_party(const dln_doc *doc, uint32_t token)
{
    uint32_t place = dln_coder__place_at(doc, token);
    if (IN(doc, token, hosting) || IN(doc, token, mediating))
        return true;
    return place != DLN_NONE && tok(doc, token)->deprel == DLN_REL_compound
           && doc->places.at[place].precision != DLN_PLACE_COUNTRY;
}

static void by_frame(const dln_coder *coder, const dln_doc *doc,
                     uint32_t trigger, const dln_frame *frame,
                     const dln_coder_args *args, party_list *list,
                     uint32_t *place, dln_buf *why)
{
    for (uint32_t i = 0; i < frame->arg_count; i++) {
        const dln_frame_arg *item = &frame->args[i];
        if (!item->roles)
            continue;
        for (uint32_t k = 0; k < args->count; k++) {
            if (!dln_coder__fits(coder, doc, frame, item, &args->at[k]))
                continue;
            if (item->roles & DLN_ROLE_PLACE && *place == DLN_NONE)
                *place = dln_coder__place_at(doc, args->at[k].token);
            if (item->roles & ~DLN_ROLE_PLACE
                && !(args->at[k].slot == DLN_SLOT_MOD
                     && is_no_party(doc, args->at[k].token)))
                add_role(doc, trigger, &args->at[k], item->roles, list, why);
        }
    }
}

/* "a meeting hosted in Brussels by Charles Michel", "Moscow-brokered" */
static void brokers(const dln_coder *coder, const dln_doc *doc,
                    uint32_t noun, party_list *list, dln_buf *why)
{
    for (uint32_t c = tok(doc, noun)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling) {
        uint8_t rel = tok(doc, c)->deprel;
        if (rel != DLN_REL_acl && rel != DLN_REL_acl_relcl
            && rel != DLN_REL_amod)
            continue;
        uint32_t role = 0;
        if (IN(doc, c, hosting))
            role = DLN_ROLE_HOST;
        else if (IN(doc, c, mediating))
            role = DLN_ROLE_MEDIATOR;
        if (!role)
            continue;
        dln_coder_args args;
        uint32_t before = list->count;
        dln_coder__args(coder, doc, c, &args);
        for (uint32_t i = 0; i < args.count; i++)
            if ((args.at[i].slot == DLN_SLOT_SUBJ && rel != DLN_REL_amod)
                || dln_str_is(args.at[i].prep, "by"))
                add_role(doc, c, &args.at[i], role, list, why);
        if (list->count == before) {
            static const char *const by[] = {"by"};
            dln_coder_chain chain = {.count = 0};
            dln_coder__behind(doc, c, by, 1, 8, &chain);
            push_chain(doc, &chain, role, list);
        }
        for (uint32_t k = tok(doc, c)->child; k != DLN_NONE
                 && rel == DLN_REL_amod; k = tok(doc, k)->sibling) {
            dln_coder_arg arg = {DLN_SLOT_MOD, {"", 0}, k, "compound",
                                 false};
            if (tok(doc, k)->upos == DLN_UPOS_PROPN
                || tok(doc, k)->upos == DLN_UPOS_ADJ)
                add_role(doc, c, &arg, role, list, why);
        }
    }
}

/* "After talks in the Kremlin, Putin said": whoever acts around a meeting
 * took part in it, when the words give nobody else but those he met. */
static void understood(const dln_coder *coder, const dln_doc *doc,
                       const dln_coder_hit *hit, party_list *list,
                       dln_buf *why)
{
    static const char *const around[] = {"after", "before", "during",
                                         "following", "at", "in"};
    uint32_t noun = dln_coder__stands(coder, doc, hit->token);
    uint32_t head = tok(doc, noun)->head;
    dln_str prep = dln_coder__case(doc, noun);
    bool fits = false;
    for (size_t i = 0; i < sizeof around / sizeof *around; i++)
        fits |= dln_str_ieq(prep, dln_str_of(around[i]));
    for (uint32_t i = 0; i < hit->args.count && fits; i++)
        if (dln_str_is(hit->args.at[i].prep, "between")
            || dln_str_is(hit->args.at[i].prep, "of")
            || hit->args.at[i].slot == DLN_SLOT_POSS)
            fits = false;
    if (!fits)
        return;
    uint32_t begin = doc->sentences.at[tok(doc, noun)->sentence].token_begin;
    if (noun <= begin + 4) {
        uint32_t m = dln_coder__clause_subject(doc, hit->token);
        if (m != DLN_NONE) {
            push_mention(doc, m, DLN_ROLE_ACTOR, list);
            return;
        }
    }
    if (head >= doc->tokens.count || tok(doc, head)->upos != DLN_UPOS_VERB)
        return;
    dln_coder_args args;
    dln_coder__args(coder, doc, head, &args);
    for (uint32_t i = 0; i < args.count; i++)
        if (args.at[i].slot == DLN_SLOT_SUBJ) {
            args.at[i].how = "subject of the clause";
            add_role(doc, head, &args.at[i], DLN_ROLE_ACTOR, list, why);
        }
}

/* Those met, when the tree has lost them: "met in Moscow with A and B". */
static void met_with(const dln_doc *doc, const dln_coder_hit *hit,
                     party_list *list, dln_buf *why)
{
    static const char *const preps[] = {"with", "between"};
    dln_coder_chain chain = {.count = 0};
    uint32_t before = list->count;
    for (uint32_t i = 0; i < hit->args.count; i++)
        if (hit->args.at[i].slot == DLN_SLOT_OBJ
            && mention_of(doc, hit->args.at[i].token) != DLN_NONE)
            return;
    dln_coder__behind(doc, hit->token, preps, 2, 16, &chain);
    /* "Their next meeting is planned for May in Oslo, with A and B" */
    if (!chain.count && hit->verb > hit->token)
        dln_coder__behind(doc, hit->verb, preps, 2, 16, &chain);
    push_chain(doc, &chain, DLN_ROLE_ACTOR, list);
    if (list->count > before)
        dln_buf_printf(why, "; actor: list behind the trigger");
}

/* "A ceasefire between A and B came into force" */
static void between(const dln_doc *doc, uint32_t trigger, uint32_t noun,
                    party_list *list, dln_buf *why)
{
    for (uint32_t c = tok(doc, noun)->child; c != DLN_NONE;
         c = tok(doc, c)->sibling) {
        dln_coder_arg arg = {DLN_SLOT_PREP, DLN_STR("between"), c,
                             "its subject's", false};
        if (tok(doc, c)->deprel == DLN_REL_nmod
            && dln_str_ieq(dln_coder__case(doc, c), arg.prep))
            add_role(doc, trigger, &arg, DLN_ROLE_ACTOR, list, why);
    }
}

static bool has_role(const party_list *list, dln_party_role role)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->at[i].role == role)
            return true;
    return false;
}

/* "agreed to send aid to Peru", "threatened to shell the base": whoever the
 * promised or threatened act is done to. */
static void of_content(const dln_coder *coder, const dln_doc *doc,
                       const dln_coder_hit *hit, party_list *list,
                       dln_buf *why)
{
    for (uint32_t i = 0; i < hit->args.count; i++) {
        dln_coder_hit content;
        uint32_t verb = hit->args.at[i].token;
        bool clause = hit->args.at[i].slot == DLN_SLOT_COMP
                      && tok(doc, verb)->upos == DLN_UPOS_VERB;
        /* "cancelled a visit to Peru" */
        bool noun = hit->args.at[i].slot == DLN_SLOT_OBJ
                    && tok(doc, verb)->upos == DLN_UPOS_NOUN;
        if ((!clause && !noun)
            || !dln_coder__match(coder, doc, verb, &content))
            continue;
        for (uint32_t k = 0; k < content.frame->arg_count; k++) {
            const dln_frame_arg *item = &content.frame->args[k];
            /* "refused to meet the envoy": whom they would have met. */
            if (!(item->roles & DLN_ROLE_RECIPIENT)
                && !(item->roles & DLN_ROLE_ACTOR))
                continue;
            bool met = !(item->roles & DLN_ROLE_RECIPIENT);
            for (uint32_t n = 0; n < content.args.count; n++)
                if (dln_coder__fits(coder, doc, content.frame, item,
                                    &content.args.at[n])
                    && (!met || content.args.at[n].slot == DLN_SLOT_OBJ
                        || dln_str_is(content.args.at[n].prep, "with")))
                    add_role(doc, verb, &content.args.at[n],
                             DLN_ROLE_RECIPIENT, list, why);
        }
        if (has_role(list, DLN_PARTY_RECIPIENT))
            return;
    }
}

void dln_coder__parties(const dln_coder *coder, dln_doc *doc,
                        const dln_coder_hit *hit, dln_event *event,
                        uint32_t *place, dln_buf *why)
{
    party_list list = {.count = 0};
    bool consult = dln_str_is(dln_plover_at(coder->plover,
                                            hit->frame->type)->name,
                              "CONSULT");
    if (hit->light)
        by_frame(coder, doc, hit->verb, hit->light, &hit->light_args, &list,
                 place, why);
    by_frame(coder, doc, hit->token, hit->frame, &hit->args, &list, place,
             why);
    brokers(coder, doc, hit->token, &list, why);
    for (uint32_t i = 0; i < hit->args.count; i++)
        if (hit->args.at[i].slot == DLN_SLOT_OBJ)
            brokers(coder, doc, hit->args.at[i].token, &list, why);
    for (uint32_t i = 0; i < hit->args.count; i++)
        if (hit->args.at[i].slot == DLN_SLOT_SUBJ)
            between(doc, hit->token, hit->args.at[i].token, &list, why);
    if (consult && !dln_str_is(hit->frame->mode, "visit"))
        met_with(doc, hit, &list, why);
    if (consult && tok(doc, hit->token)->upos != DLN_UPOS_VERB
        && (!hit->light || dln_is_below(doc, hit->verb, hit->token)))
        understood(coder, doc, hit, &list, why);
    if (!consult && !has_role(&list, DLN_PARTY_RECIPIENT))
        of_content(coder, doc, hit, &list, why);
    dln_party *parties = dln_arena_array(doc->arena, list.count,
                                         sizeof *parties);
    if (parties)
        memcpy(parties, list.at, list.count * sizeof *parties);
    event->parties = parties;
    event->party_count = parties ? list.count : 0;
}
