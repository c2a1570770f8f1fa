/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who is named in a sentence: actors of the dictionaries with the agents
 * beside them ("Arnor's foreign minister", "security officials from Arnor"),
 * and what link found where no dictionary knows better.
 */
#include "dictionary/dictionary_p.h"

typedef struct hit {
    uint32_t begin, end;    /* words */
    const dln_dict_entry *entry;
    bool taken;
} hit;

/* The code that holds on the day; the one without days otherwise. */
static dln_str code_on(const dln_dictionary *d, const dln_dict_entry *entry,
                       int32_t day)
{
    dln_str plain = {NULL, 0};
    for (uint32_t c = entry->code; c != DLN_NONE; c = d->codes.at[c].next) {
        const dln_dict_code *code = &d->codes.at[c];
        if (code->from == DLN_NO_DAY && code->to == DLN_NO_DAY) {
            plain = code->code;
            continue;
        }
        if (day != DLN_NO_DAY
            && (code->from == DLN_NO_DAY || day >= code->from)
            && (code->to == DLN_NO_DAY || day <= code->to))
            return code->code;
    }
    return plain;
}

static uint32_t find_hits(const dln_dict_sentence *s, hit *hits, uint32_t max)
{
    uint32_t count = 0, len;
    for (uint32_t w = 0; w < s->count && count < max; w++) {
        const dln_dict_phrase *p = dln_dict__longest(s, &s->d->names, w,
                                                     &len);
        if (!p)
            continue;
        hits[count++] = (hit){w, w + len, &s->d->entries.at[p->owner],
                              false};
        w += len - 1;
    }
    return count;
}

static const dln_token *token_of(const dln_dict_sentence *s, uint32_t word)
{
    return &s->doc->tokens.at[s->words[word].token];
}

/* Words that may stand between an agent and its actor. */
static bool is_near(const dln_dict_sentence *s, uint32_t from, uint32_t to,
                    bool behind)
{
    if (to < from || to - from > 4)
        return false;
    /* Words are not there for what stands between tokens: a comma. */
    for (uint32_t w = from; w < to; w++) {
        uint8_t pos = token_of(s, w)->upos;
        bool link = behind && pos == DLN_UPOS_ADP;
        if (pos != DLN_UPOS_ADJ && pos != DLN_UPOS_NOUN
            && pos != DLN_UPOS_PROPN && pos != DLN_UPOS_DET
            && pos != DLN_UPOS_NUM && pos != DLN_UPOS_PART && !link)
            return false;
    }
    return true;
}

/* A comma or dash between two words. */
static bool is_parted(const dln_dict_sentence *s, uint32_t a, uint32_t b)
{
    for (uint32_t t = s->words[a].token + 1; t < s->words[b].token; t++)
        if (s->doc->tokens.at[t].upos == DLN_UPOS_PUNCT
            && !dln_str_is(dln_token_str(s->doc, t), "-"))
            return true;
    return false;
}

/* A verb, or a "to", between: not one phrase. */
static bool has_adp(const dln_dict_sentence *s, uint32_t from, uint32_t to)
{
    for (uint32_t w = from; w < to; w++)
        if (token_of(s, w)->upos == DLN_UPOS_ADP)
            return true;
    return false;
}

typedef struct code_parts {
    dln_str parts[8];
    uint32_t count;
} code_parts;

/* Codes are made of threes: none twice. */
static void add_part(code_parts *c, dln_str part)
{
    for (uint32_t i = 0; i < c->count; i++)
        for (size_t k = 0; k + part.len <= c->parts[i].len; k += 3)
            if (dln_str_eq(dln_str_sub(c->parts[i], k, k + part.len), part))
                return;
    if (part.len && c->count < 8)
        c->parts[c->count++] = part;
}

static dln_str joined(const dln_dict_sentence *s, const code_parts *c)
{
    dln_buf text;
    dln_buf_init(&text, 256);
    for (uint32_t i = 0; i < c->count; i++)
        dln_buf_str(&text, c->parts[i]);
    dln_str out = dln_arena_str(s->doc->arena, dln_buf_view(&text));
    dln_buf_release(&text);
    return out;
}

/* Its code goes to `codes`, or to `ahead` when it stands before an actor's. */
static void take_agent(const dln_dict_sentence *s, hit *agent,
                       code_parts *codes, dln_str *ahead)
{
    dln_str code = code_on(s->d, agent->entry, s->day);
    agent->taken = true;
    if (agent->entry->ahead)
        *ahead = code;
    else
        add_part(codes, code);
}

/* The agents that belong to the actor hits[a]; widens [*begin, *end). */
static void take_agents(const dln_dict_sentence *s, hit *hits,
                        uint32_t count, uint32_t a, code_parts *codes,
                        uint32_t *begin, uint32_t *end)
{
    dln_str ahead = {NULL, 0};
    for (uint32_t h = a + 1; h < count && hits[h].entry->agent
                             && !hits[h].taken; h++) {
        if (is_parted(s, *end - 1, hits[h].begin)
            || !is_near(s, *end, hits[h].begin, false))
            break;
        take_agent(s, &hits[h], codes, &ahead);
        *end = hits[h].end;
    }
    for (uint32_t h = a; h-- > 0 && hits[h].entry->agent
                         && !hits[h].taken;) {
        if (is_parted(s, hits[h].end - 1, *begin)
            || !is_near(s, hits[h].end, *begin, true)
            || (!has_adp(s, hits[h].end, *begin)
                && hits[h].end != *begin))
            break;
        take_agent(s, &hits[h], codes, &ahead);
        *begin = hits[h].begin;
    }
    uint32_t before = codes->count;
    add_part(codes, ahead);
    if (codes->count > before) {
        memmove(codes->parts + 1, codes->parts,
                before * sizeof *codes->parts);
        codes->parts[0] = ahead;
    }
}

static void add_entity(dln_dict_sentence *s, uint32_t begin, uint32_t end,
                       dln_str code, uint32_t actor)
{
    if (s->entity_count >= DLN_DICT_MAX_ENTITIES)
        return;
    s->entities[s->entity_count] = (dln_dict_entity){
        begin, end, s->entity_count, code, actor};
    for (uint32_t w = begin; w < end; w++)
        s->entity_at[w] = s->entity_count;
    s->entity_count++;
}

/* "[ELR/GAL]": one for each. */
static void add_coded(dln_dict_sentence *s, uint32_t begin, uint32_t end,
                      dln_str code)
{
    dln_str one;
    uint32_t group = s->entity_count;
    char sep = s->d->stems ? '/' : '\0';
    while (dln_str_cut(&code, sep, &one)) {
        if (!one.len || dln_str_starts(one, DLN_STR("---")))
            continue;
        add_entity(s, begin, end, one, DLN_NONE);
        if (s->entity_count)
            s->entities[s->entity_count - 1].group = group;
    }
}

/* Only what stands in a list may be between two of a group, and a last
 * "and". */
static bool is_list_gap(const dln_dict_sentence *s, uint32_t from,
                        uint32_t to, bool *joins)
{
    *joins = false;
    if (from > to || s->words[to].token - s->words[from - 1].token > 8)
        return false;
    for (uint32_t t = s->words[from - 1].token + 1; t < s->words[to].token;
         t++) {
        const dln_token *token = &s->doc->tokens.at[t];
        dln_str text = dln_token_str(s->doc, t);
        switch (token->upos) {
        case DLN_UPOS_CCONJ: *joins = true; break;
        case DLN_UPOS_PUNCT:
            if (!dln_str_is(text, ",") && !dln_str_is(text, "("))
                return false;
            break;
        case DLN_UPOS_DET: case DLN_UPOS_ADJ: case DLN_UPOS_PART:
        case DLN_UPOS_NOUN: case DLN_UPOS_PROPN: case DLN_UPOS_ADV:
            break;
        case DLN_UPOS_ADP:  /* "in Arnor and in Gondor" */
            if (!*joins)
                return false;
            break;
        default: return false;
        }
    }
    return true;
}

static void find_groups(dln_dict_sentence *s)
{
    uint32_t first = 0;
    for (uint32_t e = 1; e < s->entity_count; e++) {
        dln_dict_entity *a = &s->entities[e - 1], *b = &s->entities[e];
        bool joins;
        if (b->group == a->group)
            continue;
        if (!is_list_gap(s, a->end, b->begin, &joins)) {
            first = e;
            continue;
        }
        if (joins)
            for (uint32_t k = first; k <= e; k++)
                s->entities[k].group = s->entities[first].group;
        if (s->words[a->end - 1].token + 1 == s->words[b->begin].token)
            first = e;      /* two names without anything between */
    }
}

/* What link found where no entity is. */
static void add_linked(dln_dict_sentence *s)
{
    const dln_doc *doc = s->doc;
    dln_dict_entity old[DLN_DICT_MAX_ENTITIES];
    uint32_t count = s->entity_count, k = 0;
    memcpy(old, s->entities, count * sizeof *old);
    s->entity_count = 0;
    for (uint32_t w = 0; w < s->count; w++)
        s->entity_at[w] = DLN_NONE;
    for (uint32_t w = 0; w < s->count; w++) {
        while (k < count && old[k].begin == w) {
            uint32_t group = s->entity_count;
            add_entity(s, old[k].begin, old[k].end, old[k].code,
                       old[k].actor);
            if (k && old[k].group == old[k - 1].group && group)
                s->entities[group].group = s->entities[group - 1].group;
            k++;
        }
        if (s->entity_at[w] != DLN_NONE)
            continue;
        uint32_t m = dln_mention_at(doc, s->words[w].token);
        if (m == DLN_NONE || doc->mentions.at[m].actor == DLN_NONE
            || doc->mentions.at[m].token_begin != s->words[w].token)
            continue;
        uint32_t end = w;
        while (end < s->count && s->words[end].token
                                     < doc->mentions.at[m].token_end
               && (k >= count || end < old[k].begin))
            end++;
        add_entity(s, w, end, (dln_str){NULL, 0},
                   doc->mentions.at[m].actor);
    }
}

void dln_dict__entities(dln_dict_sentence *s)
{
    hit hits[DLN_DICT_MAX_ENTITIES];
    uint32_t count = find_hits(s, hits, DLN_DICT_MAX_ENTITIES);
    s->entity_count = 0;
    for (uint32_t w = 0; w < s->count; w++)
        s->entity_at[w] = DLN_NONE;
    for (uint32_t h = 0; h < count; h++) {
        code_parts codes = {.count = 0};
        uint32_t begin = hits[h].begin, end = hits[h].end;
        if (hits[h].entry->agent || hits[h].taken)
            continue;
        dln_str code = code_on(s->d, hits[h].entry, s->day);
        if (!code.len)
            continue;
        add_part(&codes, code);
        take_agents(s, hits, count, h, &codes, &begin, &end);
        /* "Bree Prime Minister Romendacil": the first says who it is. */
        for (uint32_t n = h + 1; n < count; n++) {
            if (hits[n].taken)
                continue;
            if (hits[n].entry->agent
                || s->words[end - 1].token + 1
                       != s->words[hits[n].begin].token)
                break;
            hits[n].taken = true;
            end = hits[n].end;
        }
        add_coded(s, begin, end, joined(s, &codes));
    }
    if (!s->d->alone)
        add_linked(s);
    find_groups(s);
}
