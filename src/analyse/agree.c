/* SPDX-License-Identifier: Apache-2.0 */
/*
 * agree: entities sentence by sentence → entities that agree over the whole
 * document. A name that is clear in one sentence decides the same name
 * elsewhere (Ratinov and Roth 2009, section 5.1: context aggregation; Gale,
 * Church and Yarowsky 1992: one sense per discourse). Kinds are voted on by
 * name: its words as written, without an article before them; the last word
 * of a person's full name speaks for that word, an organisation for the
 * acronym in brackets behind it. Dates and sums of money are left alone.
 * Each token and each entity is looked at a fixed number of times.
 */
#include "analyse/model_p.h"
#include "base/map.h"
#include "base/utf8.h"

/* Longest name that votes, in bytes and tokens. */
#define NAME_BYTES 120
#define NAME_TOKENS 12
/* What a full name or an expanded acronym counts against a bare one. */
#define FULL_NAME 2

typedef struct ballot {
    uint32_t votes[DLN_ENT_COUNT];
    dln_entity_kind first;  /* kind that it was seen with first */
    bool surname;           /* of a full name in the document */
} ballot;

typedef struct names {
    dln_doc *doc;
    dln_map index;          /* name → its number in `at` */
    DLN_VEC(ballot) at;
    dln_arena *scratch;
} names;

static bool is_name_kind(unsigned kind)
{
    return kind != DLN_ENT_DATE && kind != DLN_ENT_MONEY;
}

/* Words of these tags alone are nobody's name ("We", "he"). */
static bool is_function_word(unsigned upos)
{
    switch (upos) {
    case DLN_UPOS_PRON: case DLN_UPOS_DET: case DLN_UPOS_ADP:
    case DLN_UPOS_AUX: case DLN_UPOS_CCONJ: case DLN_UPOS_SCONJ:
    case DLN_UPOS_PART: case DLN_UPOS_ADV: case DLN_UPOS_VERB:
    case DLN_UPOS_INTJ: case DLN_UPOS_PUNCT: case DLN_UPOS_SYM:
        return true;
    default:
        return false;
    }
}

/* A web address. */
static bool is_address(dln_str s)
{
    return dln_str_find(s, DLN_STR("://"), 0) < s.len
           || dln_str_starts(s, DLN_STR("www."));
}

static bool is_named(const dln_doc *doc, const dln_entity *entity)
{
    if (!is_name_kind(entity->kind))
        return true;
    for (uint32_t t = entity->token_begin; t < entity->token_end; t++)
        if (!is_function_word(doc->tokens.at[t].upos)
            && !is_address(dln_token_str(doc, t)))
            return true;
    return false;
}

static void drop_unnamed(dln_doc *doc)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < doc->entities.count; i++) {
        dln_entity entity = doc->entities.at[i];
        bool named = is_named(doc, &entity);
        for (uint32_t t = entity.token_begin; t < entity.token_end; t++)
            doc->tokens.at[t].entity = named ? kept : DLN_NONE;
        if (named)
            doc->entities.at[kept++] = entity;
    }
    doc->entities.count = kept;
}

/* Its words without an article before them; empty when they are too many to
 * be of use. */
static dln_str name_of(const dln_doc *doc, uint32_t begin, uint32_t end)
{
    if (end - begin > 1 && doc->tokens.at[begin].upos == DLN_UPOS_DET)
        begin++;
    if (end - begin > NAME_TOKENS)
        return (dln_str){NULL, 0};
    dln_str words = dln_doc_str(doc, dln_tokens_span(doc, begin, end));
    return words.len > NAME_BYTES ? (dln_str){NULL, 0} : words;
}

static ballot *find(const names *n, dln_str words)
{
    /* Out of memory, the index may be a name ahead. */
    uint32_t at = words.len ? dln_map_get(&n->index, words) : DLN_NONE;
    return at < n->at.count ? &n->at.at[at] : NULL;
}

static ballot *vote(names *n, dln_str words, dln_entity_kind kind,
                  uint32_t votes)
{
    ballot *found = find(n, words);
    if (!found && words.len) {
        if (dln_map_intern(&n->index, words) == DLN_NONE)
            return NULL;
        found = DLN_VEC_PUSH(n->scratch, &n->at);
        if (found)
            found->first = kind;
    }
    if (found)
        found->votes[kind] += votes;
    return found;
}

static bool is_capitalised(const dln_doc *doc, uint32_t token)
{
    size_t len;
    return dln_utf8_is_upper(dln_utf8_at(dln_token_str(doc, token), 0,
                                         &len));
}

/* "UN", "M23", "AU": two capitals or digits at least, nothing else. */
static bool is_acronym(dln_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!dln_is_upper(s.data[i]) && !dln_is_digit(s.data[i]))
            return false;
    return s.len >= 2 && s.len <= 10 && dln_is_upper(s.data[0]);
}

/* The acronym in brackets behind the tokens up to `end`, or nothing. */
static dln_str acronym_behind(const dln_doc *doc, uint32_t end)
{
    if (end + 2 >= doc->tokens.count
        || !dln_str_is(dln_token_str(doc, end), "(")
        || !dln_str_is(dln_token_str(doc, end + 2), ")")
        || !is_acronym(dln_token_str(doc, end + 1)))
        return (dln_str){NULL, 0};
    return dln_token_str(doc, end + 1);
}

static void vote_all(names *n)
{
    const dln_doc *doc = n->doc;
    for (uint32_t i = 0; i < doc->entities.count; i++) {
        const dln_entity *e = &doc->entities.at[i];
        if (!is_name_kind(e->kind))
            continue;
        vote(n, name_of(doc, e->token_begin, e->token_end), e->kind, 1);
        if (e->kind == DLN_ENT_ORG && e->token_end - e->token_begin > 1)
            vote(n, acronym_behind(doc, e->token_end), DLN_ENT_ORG,
                 FULL_NAME);
        uint32_t last = e->token_end - 1;
        if (e->kind == DLN_ENT_PERSON && last > e->token_begin
            && is_capitalised(doc, last)) {
            ballot *surname = vote(n, name_of(doc, last, last + 1),
                                   DLN_ENT_PERSON, FULL_NAME);
            if (surname)
                surname->surname = true;
        }
    }
}

static dln_entity_kind decide(const ballot *name)
{
    dln_entity_kind best = name->surname ? DLN_ENT_PERSON : name->first;
    for (unsigned k = 0; k < DLN_ENT_COUNT; k++)
        if (name->votes[k] > name->votes[best])
            best = (dln_entity_kind)k;
    return best;
}

static void relabel(names *n)
{
    for (uint32_t i = 0; i < n->doc->entities.count; i++) {
        dln_entity *e = &n->doc->entities.at[i];
        const ballot *name = find(n, name_of(n->doc, e->token_begin,
                                           e->token_end));
        if (name && is_name_kind(e->kind))
            e->kind = decide(name);
    }
}

static bool is_run(const dln_doc *doc, uint32_t token, uint32_t sentence)
{
    const dln_token *t = &doc->tokens.at[token];
    return t->upos == DLN_UPOS_PROPN && t->sentence == sentence
           && is_capitalised(doc, token);
}

/* The end of the run of capitalised proper nouns from `begin` on; whether
 * it is outside of all entities. */
static uint32_t run_end(const dln_doc *doc, uint32_t begin, bool *outside)
{
    uint32_t end = begin, sentence = doc->tokens.at[begin].sentence;
    *outside = true;
    for (; end < doc->tokens.count && is_run(doc, end, sentence); end++)
        *outside = *outside && doc->tokens.at[end].entity == DLN_NONE;
    return end;
}

typedef DLN_VEC(dln_entity) found_names;

/* Known names outside of entities, in text order. */
static void find_missed(const names *n, found_names *out)
{
    const dln_doc *doc = n->doc;
    for (uint32_t t = 0, end; t < doc->tokens.count; t = end) {
        bool outside;
        end = run_end(doc, t, &outside);
        if (end == t) {
            end++;
            continue;
        }
        const ballot *name = outside ? find(n, name_of(doc, t, end)) : NULL;
        if (!name)
            continue;
        dln_entity *entity = DLN_VEC_PUSH(n->scratch, out);
        if (!entity)
            return;
        *entity = (dln_entity){
            .span = dln_tokens_span(doc, t, end),
            .token_begin = t,
            .token_end = end,
            .kind = decide(name),
            .mention = DLN_NONE,
        };
    }
}

/* Puts `found` among the document's entities, from the back so that none is
 * overwritten before it is moved. */
static void merge(dln_doc *doc, const found_names *found)
{
    uint32_t old = doc->entities.count, more = found->count;
    for (uint32_t i = 0; i < more; i++)
        if (!DLN_VEC_PUSH(doc->arena, &doc->entities)) {
            doc->entities.count = old;
            return;
        }
    dln_entity *at = doc->entities.at;
    for (uint32_t to = old + more; to-- > 0;) {
        bool new = more && (!old || found->at[more - 1].token_begin
                                        > at[old - 1].token_begin);
        at[to] = new ? found->at[--more] : at[--old];
        for (uint32_t t = at[to].token_begin; t < at[to].token_end; t++)
            doc->tokens.at[t].entity = to;
    }
}

void dln_analyse__names(dln_doc *doc, dln_arena *scratch)
{
    names n = {.doc = doc, .scratch = scratch};
    found_names found = {0};
    drop_unnamed(doc);
    dln_map_init(&n.index, scratch);
    vote_all(&n);
    relabel(&n);
    find_missed(&n, &found);
    merge(doc, &found);
}
