/* SPDX-License-Identifier: Apache-2.0 */
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "doc/conllu.h"

static void add(corpus *c, const dln_doc *doc, const dln_sentence *sent)
{
    uint32_t n = sent->token_end - sent->token_begin;
    if (c->count == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 4096;
        c->at = pack_resize(c->at, c->cap, sizeof *c->at);
    }
    corpus_sentence *s = &c->at[c->count++];
    *s = (corpus_sentence){
        .count = n,
        .form = dln_arena_array(c->arena, n, sizeof *s->form),
        .lemma = dln_arena_array(c->arena, n, sizeof *s->lemma),
        .lex = dln_arena_array(c->arena, n, sizeof *s->lex),
        .xpos = dln_arena_array(c->arena, n, 1),
        .upos = dln_arena_array(c->arena, n, 1),
        .gold = dln_arena_array(c->arena, n, 1),
        .tags = dln_arena_array(c->arena, n, 1),
        .head = dln_arena_array(c->arena, n, sizeof *s->head),
        .label = dln_arena_array(c->arena, n, 1),
    };
    if (dln_arena_oom(c->arena))
        pack_stop("out of memory");
    for (uint32_t i = 0; i < n; i++) {
        const dln_token *t = &doc->tokens.at[sent->token_begin + i];
        s->form[i] = dln_arena_str(c->arena, dln_str_at(doc->text, t->span));
        s->lemma[i] = dln_arena_str(c->arena, t->lemma);
        s->xpos[i] = t->xpos;
        s->upos[i] = t->upos;
        s->head[i] = t->head == DLN_NONE ? n : t->head - sent->token_begin;
        s->label[i] = t->deprel;
    }
    c->tokens += n;
}

void corpus_read(corpus *c, const char *path)
{
    dln_error error = {DLN_OK, ""};
    dln_buf text;
    dln_buf_init(&text, 0);
    dln_doc *doc = dln_doc_new(0);
    if (!c->arena)
        c->arena = dln_arena_new(0);
    if (!doc || !c->arena)
        pack_stop("out of memory");
    if (dln_io_read(&text, path, &error) != DLN_OK
        || dln_conllu_read(doc, dln_buf_view(&text), &error) != DLN_OK)
        pack_stop("%s: %s", path, error.text);
    for (uint32_t i = 0; i < doc->sentences.count; i++)
        add(c, doc, &doc->sentences.at[i]);
    dln_doc_free(doc);
    dln_buf_release(&text);
}

/* How often each word occurs. */
static void count_words(const corpus *c, dln_map *words)
{
    char key[9];
    for (uint32_t i = 0; i < c->count; i++) {
        for (uint32_t t = 0; t < c->at[i].count; t++) {
            dln_lexeme lex;
            dln_analyse__lexeme(&lex, c->at[i].form[t], NULL);
            snprintf(key, sizeof key, "%08x", lex.low);
            uint32_t n = dln_map_get(words, dln_str_of(key));
            dln_map_set(words, dln_str_of(key), n == DLN_NONE ? 1 : n + 1);
        }
    }
}

static void read_clusters(dln_map *clusters, const char *path)
{
    dln_error error = {DLN_OK, ""};
    dln_buf text;
    dln_str line, number, word;
    char key[9];
    dln_buf_init(&text, 0);
    if (dln_io_read(&text, path, &error) != DLN_OK)
        pack_stop("%s", error.text);
    dln_str rest = dln_buf_view(&text);
    while (dln_str_cut(&rest, '\n', &line)) {
        dln_lexeme lex;
        if (!dln_str_cut(&line, '\t', &number)
            || !dln_str_cut(&line, '\t', &word))
            continue;
        dln_analyse__lexeme(&lex, word, NULL);
        snprintf(key, sizeof key, "%08x", lex.low);
        dln_map_set(clusters, dln_str_of(key),
                    (uint32_t)strtoul(number.data, NULL, 10) & 0xFFFF);
    }
    dln_buf_release(&text);
}

void corpus_vocabulary(const corpus *c, const char *clusters, dln_buf *out)
{
    dln_arena *arena = dln_arena_new(0);
    dln_map words, groups;
    pack_table table = {0};
    if (!arena)
        pack_stop("out of memory");
    dln_map_init(&words, arena);
    dln_map_init(&groups, arena);
    count_words(c, &words);
    if (clusters)
        read_clusters(&groups, clusters);
    for (uint32_t i = 0; i < words.count; i++) {
        if (words.at[i].value < 2)
            continue;
        uint32_t low = (uint32_t)strtoul(words.at[i].key.data, NULL, 16);
        uint32_t group = dln_map_get(&groups, words.at[i].key);
        pack_add(&table, dln_analyse__key(low),
                 group == DLN_NONE ? 0 : group);
    }
    for (uint32_t i = 0; i < groups.count; i++) {
        uint32_t n = dln_map_get(&words, groups.at[i].key);
        if (n != DLN_NONE && n >= 2)
            continue;
        uint32_t low = (uint32_t)strtoul(groups.at[i].key.data, NULL, 16);
        pack_add(&table, dln_analyse__key(low),
                 0x10000 | groups.at[i].value);
    }
    pack_table_write(&table, out);
    dln_arena_free(arena);
}

static void find_classes(corpus *c)
{
    static uint32_t seen[DLN_XPOS_COUNT][DLN_UPOS_COUNT];
    memset(seen, 0, sizeof seen);
    for (uint32_t i = 0; i < c->count; i++)
        for (uint32_t t = 0; t < c->at[i].count; t++)
            seen[c->at[i].xpos[t]][c->at[i].upos[t]]++;
    for (unsigned x = 0; x < DLN_XPOS_COUNT; x++)
        for (unsigned u = 0; u < DLN_UPOS_COUNT; u++)
            if (seen[x][u] >= 10 && c->class_count < 254) {
                c->classes[c->class_count][0] = (uint8_t)x;
                c->classes[c->class_count++][1] = (uint8_t)u;
            }
}

static uint8_t class_of(const corpus *c, uint8_t xpos, uint8_t upos)
{
    uint8_t near = 0;
    for (uint32_t i = 0; i < c->class_count; i++) {
        if (c->classes[i][0] != xpos)
            continue;
        if (c->classes[i][1] == upos)
            return (uint8_t)(i + 1);
        near = (uint8_t)(i + 1);
    }
    return near ? near : 1;
}

void corpus_prepare(corpus *c, const dln_hashed *vocabulary)
{
    find_classes(c);
    for (uint32_t i = 0; i < c->count; i++) {
        corpus_sentence *s = &c->at[i];
        for (uint32_t t = 0; t < s->count; t++) {
            dln_analyse__lexeme(&s->lex[t], s->form[t], vocabulary);
            s->gold[t] = class_of(c, s->xpos[t], s->upos[t]);
        }
    }
}

void corpus_shuffle(uint32_t *order, uint32_t count, uint64_t *seed)
{
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    for (uint32_t i = count; i > 1; i--) {
        uint32_t k = corpus_random(seed) % i, swap = order[i - 1];
        order[i - 1] = order[k];
        order[k] = swap;
    }
}
