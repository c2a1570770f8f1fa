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
        .xpos = dln_arena_array(c->arena, n, 1),
    };
    if (dln_arena_oom(c->arena))
        pack_stop("out of memory");
    for (uint32_t i = 0; i < n; i++) {
        const dln_token *t = &doc->tokens.at[sent->token_begin + i];
        s->form[i] = dln_arena_str(c->arena, dln_str_at(doc->text, t->span));
        s->lemma[i] = dln_arena_str(c->arena, t->lemma);
        s->xpos[i] = t->xpos;
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

/* Lines "number TAB word"; others are passed over. Of words that look the
 * same to us (digits) the first counts. */
static void read_numbers(dln_map *out, const char *path)
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
        if (dln_map_get(out, dln_str_of(key)) == DLN_NONE)
            dln_map_set(out, dln_str_of(key),
                        (uint32_t)strtoul(number.data, NULL, 10));
    }
    dln_buf_release(&text);
}

typedef struct word_table {
    dln_map words, rows, lists;     /* low as text → count, row, bits */
    pack_table table;
} word_table;

static uint32_t get(const dln_map *map, dln_str key)
{
    uint32_t value = dln_map_get(map, key);
    return value == DLN_NONE ? 0 : value;
}

/* Adds the words of one of the maps that no map before it brought. */
static void add_words(word_table *v, const dln_map *from)
{
    for (uint32_t i = 0; i < from->count; i++) {
        dln_str key = from->at[i].key;
        bool seen = get(&v->words, key) >= 2;
        bool before = from != &v->words
                      && (seen || (from == &v->lists && get(&v->rows, key)));
        if (before || (from == &v->words && !seen))
            continue;
        uint32_t low = (uint32_t)strtoul(key.data, NULL, 16);
        pack_add(&v->table, dln_analyse__key(low),
                 (get(&v->rows, key) & DLN_VOCAB_ROW)
                     | (seen ? DLN_VOCAB_SEEN : 0)
                     | get(&v->lists, key) << DLN_VOCAB_LISTS);
    }
}

void corpus_vocabulary(const corpus *c, const char *rows, const char *lists,
                       dln_buf *out)
{
    dln_arena *arena = dln_arena_new(0);
    word_table v = {.table = {0}};
    if (!arena)
        pack_stop("out of memory");
    dln_map_init(&v.words, arena);
    dln_map_init(&v.rows, arena);
    dln_map_init(&v.lists, arena);
    count_words(c, &v.words);
    read_numbers(&v.rows, rows);
    read_numbers(&v.lists, lists);
    add_words(&v, &v.words);
    add_words(&v, &v.rows);
    add_words(&v, &v.lists);
    pack_table_write(&v.table, out);
    dln_arena_free(arena);
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
