/* SPDX-License-Identifier: Apache-2.0 */
#include "link/link.h"

#include <stdlib.h>

#include "link/link_p.h"

static void read_phrases(dln_phrases *out, const dln_table *table,
                         dln_arena *arena)
{
    out->table = table;
    dln_map_init(&out->rows, arena);
    dln_map_init(&out->first_words, arena);
    for (uint32_t i = 0; i < table->count; i++) {
        dln_str key = dln_onto_key(arena, table->rows[i].field[0]);
        dln_str first = dln_str_sub(key, 0,
                                    dln_str_find(key, DLN_STR(" "), 0));
        uint32_t words = 1;
        for (size_t c = 0; c < key.len; c++)
            words += key.data[c] == ' ';
        uint32_t before = dln_map_get(&out->first_words, first);
        if (dln_map_get(&out->rows, key) == DLN_NONE)
            dln_map_set(&out->rows, key, i);
        if (before == DLN_NONE || before < words)
            dln_map_set(&out->first_words, first, words);
    }
}

/* Rows whose fields cannot be right. */
static dln_status check_list(const dln_table *table, uint32_t fields,
                             dln_error *error)
{
    for (uint32_t i = 0; i < table->count; i++)
        if (table->rows[i].count < fields)
            return dln_fail(error, DLN_BADDATA,
                            "%.*s:%u: expected %u fields, found %u",
                            DLN_ARG(table->file), table->rows[i].line,
                            fields, table->rows[i].count);
    return DLN_OK;
}

static dln_status read_lists(dln_link *link, dln_error *error)
{
    const dln_table *actors, *places;
    const struct {
        const char *name;
        const dln_table **out;
        uint32_t fields;
    } lists[] = {
        {"actor_nouns", &actors, 5},
        {"place_nouns", &places, 3},
        {"thing_nouns", &link->thing_nouns, 1},
        {"not_names", &link->not_names, 1},
        {"name_words", &link->name_words, 2},
        {"given_names", &link->given_names, 2},
        {"office_verbs", &link->office_verbs, 2},
        {"pronouns", &link->pronouns, 4},
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        DLN_TRY(dln_lang_list(link->lang, lists[i].name, lists[i].out,
                              error));
        DLN_TRY(check_list(*lists[i].out, lists[i].fields, error));
    }
    read_phrases(&link->actor_nouns, actors, link->arena);
    read_phrases(&link->place_nouns, places, link->arena);
    return dln_arena_oom(link->arena)
               ? dln_fail(error, DLN_NOMEM, "out of memory") : DLN_OK;
}

dln_status dln_link_open(dln_link **out, const dln_lang *lang,
                         const dln_onto *onto, dln_error *error)
{
    *out = NULL;
    dln_link *link = calloc(1, sizeof *link);
    if (link)
        link->arena = dln_arena_new(0);
    if (!link || !link->arena) {
        free(link);
        return dln_fail(error, DLN_NOMEM, "out of memory");
    }
    link->lang = lang;
    link->onto = onto;
    dln_status status = read_lists(link, error);
    if (status != DLN_OK) {
        dln_link_close(link);
        return status;
    }
    *out = link;
    return DLN_OK;
}

void dln_link_close(dln_link *link)
{
    if (!link)
        return;
    dln_arena_free(link->arena);
    free(link);
}

static bool begin_run(dln_linking *l)
{
    uint32_t tokens = l->doc->tokens.count;
    l->words = dln_arena_array(l->scratch, tokens, sizeof *l->words);
    l->part_at = dln_arena_array(l->scratch, tokens, sizeof *l->part_at);
    l->titlecase = dln_arena_array(l->scratch, l->doc->sentences.count,
                                   sizeof *l->titlecase);
    l->country_count = dln_arena_array(l->scratch,
                                       dln_onto_country_count(l->onto),
                                       sizeof *l->country_count);
    if (!l->words || !l->part_at || !l->titlecase || !l->country_count)
        return false;
    for (uint32_t t = 0; t < tokens; t++)
        l->part_at[t] = DLN_NONE;
    l->named = l->doc->entities.count > 0;
    dln_map *maps[] = {&l->surnames, &l->name_words, &l->recent, &l->actors,
                       &l->acronyms, &l->nominals, &l->countries, &l->last};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        dln_map_init(maps[i], l->scratch);
    return true;
}

static void count_countries(dln_linking *l)
{
    for (uint32_t p = 0; p < l->parts.count; p++)
        if (l->parts.at[p].kind >= DLN_PART_COUNTRY
            && l->parts.at[p].kind <= DLN_PART_GOVERNMENT)
            l->country_count[l->parts.at[p].index]++;
}

static int by_position(const void *a, const void *b)
{
    const dln_mention *x = a, *y = b;
    if (x->token_begin != y->token_begin)
        return x->token_begin < y->token_begin ? -1 : 1;
    if (x->token_end != y->token_end)
        return x->token_end > y->token_end ? -1 : 1;
    return 0;
}

static int by_place(const void *a, const void *b)
{
    const dln_place *x = a, *y = b;
    if (x->token_begin != y->token_begin)
        return x->token_begin < y->token_begin ? -1 : 1;
    return 0;
}

/* Sorts the layers; what lies inside another mention comes behind it. */
static void end_run(dln_linking *l)
{
    dln_doc *doc = l->doc;
    dln_link__dateline(l);
    dln_link__settle(l);
    if (doc->mentions.count)
        qsort(doc->mentions.at, doc->mentions.count,
              sizeof *doc->mentions.at, by_position);
    /* The dateline's place has no words in the text; it stays last. */
    uint32_t places = doc->places.count
                      - (doc->dateline_place_index != DLN_NONE);
    if (places)
        qsort(doc->places.at, places, sizeof *doc->places.at, by_place);
    for (uint32_t m = 0; m < doc->mentions.count; m++) {
        uint32_t e = doc->mentions.at[m].entity;
        if (e != DLN_NONE && doc->entities.at[e].mention == DLN_NONE)
            doc->entities.at[e].mention = m;
    }
}

dln_status dln_link_run(const dln_link *link, dln_doc *doc,
                        dln_arena *scratch)
{
    dln_linking run = {.link = link, .onto = link->onto, .doc = doc,
                       .scratch = scratch};
    dln_linking *l = &run;
    for (uint32_t e = 0; e < doc->entities.count; e++)
        doc->entities.at[e].mention = DLN_NONE;
    if (doc->tokens.count && begin_run(l)) {
        dln_link__words(l);
        dln_link__parts(l);
        count_countries(l);
        dln_link__persons(l);
        dln_link__offices(l);
        dln_link__phrases(l);
        end_run(l);
    }
    return dln_arena_oom(scratch) || dln_arena_oom(doc->arena) ? DLN_NOMEM
                                                               : DLN_OK;
}
