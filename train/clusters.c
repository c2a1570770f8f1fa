/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clusters: groups of words that stand between the same neighbours, from
 * plain text: the exchange algorithm (Martin, Liermann and Ney 1998) in its
 * predictive form (Uszkoreit and Brants 2008), looking at the word before
 * and the word behind.
 *
 *     clusters DATADIR OUT CLASSES TEXT...
 *
 * Text is one paragraph a line. OUT has lines "class TAB word" for the
 * WORDS most frequent words.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "corpus.h"

#define WORDS 60000
#define CONTEXTS 10000
#define PASSES 6

typedef struct word {
    dln_str form;
    uint32_t count, low;
} word;

typedef struct link {       /* a word and a neighbour, how often */
    uint32_t word, context, count;
} link;

typedef struct clusters {
    dln_words lists;
    dln_arena *arena, *scratch;
    uint32_t *slots;
    word *words;
    uint32_t count, cap;
    uint32_t *text;         /* [length] word numbers, 0 ends a sentence */
    size_t length, room;
} clusters;

enum { SLOTS = 1 << 22 };

static uint32_t intern(clusters *c, dln_str form)
{
    dln_lexeme lex;
    dln_analyse__lexeme(&lex, form, NULL);
    uint32_t at = lex.low & (SLOTS - 1);
    while (c->slots[at] && c->words[c->slots[at] - 1].low != lex.low)
        at = (at + 1) & (SLOTS - 1);
    if (!c->slots[at]) {
        if (c->count + 1 >= SLOTS / 2)
            return 0;
        if (c->count == c->cap) {
            c->cap = c->cap ? c->cap * 2 : 1 << 16;
            c->words = pack_resize(c->words, c->cap, sizeof *c->words);
        }
        c->words[c->count] = (word){dln_arena_str(c->arena, form), 0,
                                    lex.low};
        c->slots[at] = ++c->count;
    }
    c->words[c->slots[at] - 1].count++;
    return c->slots[at];
}

static void push(clusters *c, uint32_t id)
{
    if (c->length == c->room) {
        c->room = c->room ? c->room * 2 : 1 << 20;
        c->text = pack_resize(c->text, c->room, sizeof *c->text);
    }
    c->text[c->length++] = id;
}

static void read_text(clusters *c, const char *path)
{
    dln_error error = {DLN_OK, ""};
    dln_buf file;
    dln_str line;
    dln_buf_init(&file, 0);
    if (dln_io_read(&file, path, &error) != DLN_OK)
        pack_stop("%s", error.text);
    dln_str rest = dln_buf_view(&file);
    while (dln_str_cut(&rest, '\n', &line)) {
        dln_pieces pieces = {0};
        if (line.len < 20 || line.len > 1000000)
            continue;
        dln_analyse__tokenize(&c->lists, line,
                              (dln_span){0, (uint32_t)line.len}, c->scratch,
                              &pieces);
        for (uint32_t i = 0; i < pieces.count; i++) {
            dln_str s = dln_str_at(line, pieces.at[i].span);
            push(c, s.len < DLN_WORD_MAX ? intern(c, s) : 0);
            if (dln_str_is(s, "."))
                push(c, 0);
        }
        push(c, 0);
        dln_arena_reset(c->scratch);
    }
    dln_buf_release(&file);
}

static const word *sorting;

static int by_count(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    if (sorting[x].count != sorting[y].count)
        return sorting[x].count > sorting[y].count ? -1 : 1;
    return x < y ? -1 : x > y;
}

static int by_link(const void *a, const void *b)
{
    const link *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    return x->context < y->context ? -1 : x->context > y->context;
}

/* Pairs of word and neighbour, sorted and counted. Contexts before are
 * even, behind are odd. */
static size_t find_links(const clusters *c, const uint32_t *rank,
                         uint32_t words, link **out)
{
    size_t n = 0, merged = 0, cap = (size_t)1 << 20;
    link *links = pack_array(cap, sizeof *links);
    for (size_t i = 1; i + 1 < c->length; i++) {
        uint32_t w = rank[c->text[i]];
        if (!c->text[i] || w >= words)
            continue;
        for (int side = 0; side < 2; side++) {
            uint32_t id = c->text[side ? i + 1 : i - 1], v = rank[id];
            if (id && v >= CONTEXTS)
                continue;
            if (n == cap) {     /* make room by counting what is there */
                cap *= 2;
                links = pack_resize(links, cap, sizeof *links);
            }
            links[n++] = (link){w, v * 2 + (uint32_t)side, 1};
        }
    }
    qsort(links, n, sizeof *links, by_link);
    for (size_t i = 0; i < n; i++) {
        if (merged && !by_link(&links[merged - 1], &links[i]))
            links[merged - 1].count++;
        else
            links[merged++] = links[i];
    }
    *out = links;
    return merged;
}

typedef struct exchange {
    const link *links;
    const size_t *first;    /* [words + 1] */
    float *xlogx;           /* [LOGS] */
    uint32_t *with;         /* [contexts][classes] */
    uint32_t *total;        /* [classes] of links */
    uint32_t classes;
} exchange;

enum { LOGS = 1 << 16 };

static inline float xlogx(const exchange *e, uint32_t n)
{
    return n < LOGS ? e->xlogx[n] : (float)(n * log(n));
}

static void move(exchange *e, uint32_t w, uint32_t class, int by)
{
    for (size_t k = e->first[w]; k < e->first[w + 1]; k++) {
        uint32_t n = e->links[k].count * (uint32_t)by;
        e->with[(size_t)e->links[k].context * e->classes + class] += n;
        e->total[class] += n;
    }
}

/* The class that w (now in none) fits best. */
static uint32_t best_class(const exchange *e, uint32_t w, float *gain)
{
    uint32_t sum = 0, best = 0;
    memset(gain, 0, e->classes * sizeof *gain);
    for (size_t k = e->first[w]; k < e->first[w + 1]; k++) {
        const uint32_t *row = e->with
                              + (size_t)e->links[k].context * e->classes;
        uint32_t n = e->links[k].count;
        sum += n;
        for (uint32_t c = 0; c < e->classes; c++)
            gain[c] += xlogx(e, row[c] + n) - xlogx(e, row[c]);
    }
    for (uint32_t c = 0; c < e->classes; c++) {
        gain[c] -= (float)((double)(e->total[c] + sum)
                               * log((double)e->total[c] + sum)
                           - (double)e->total[c]
                                 * log(e->total[c] ? e->total[c] : 1));
        if (gain[c] > gain[best])
            best = c;
    }
    return best;
}

static void run(exchange *e, uint32_t words, uint16_t *class)
{
    float *gain = pack_array(e->classes, sizeof *gain);
    e->xlogx = pack_array(LOGS, sizeof *e->xlogx);
    for (uint32_t i = 1; i < LOGS; i++)
        e->xlogx[i] = (float)(i * log(i));
    for (uint32_t w = 0; w < words; w++) {
        class[w] = (uint16_t)(w % e->classes);
        move(e, w, class[w], 1);
    }
    for (int pass = 0; pass < PASSES; pass++) {
        uint32_t moved = 0;
        for (uint32_t w = 0; w < words; w++) {
            move(e, w, class[w], -1);
            uint32_t best = best_class(e, w, gain);
            moved += best != class[w];
            class[w] = (uint16_t)best;
            move(e, w, best, 1);
        }
        fprintf(stderr, "pass %d: %u moved\n", pass + 1, moved);
    }
    free(gain);
    free(e->xlogx);
}

static void cluster(clusters *c, uint32_t classes, const char *path)
{
    uint32_t *order = pack_array(c->count + 1, sizeof *order);
    uint32_t *rank = pack_array(c->count + 1, sizeof *rank);
    uint32_t words = 0;
    link *links;
    dln_buf out;
    dln_error error;
    for (uint32_t i = 0; i < c->count; i++)
        order[i] = i;
    sorting = c->words;
    qsort(order, c->count, sizeof *order, by_count);
    while (words < WORDS && words < c->count
           && c->words[order[words]].count >= 10)
        words++;
    for (uint32_t i = 0; i < c->count; i++)
        rank[order[i] + 1] = i;
    rank[0] = CONTEXTS;     /* a sentence's end is a context, no word */
    size_t n = find_links(c, rank, words, &links), at = 0;
    size_t *first = pack_array(words + 1, sizeof *first);
    for (uint32_t w = 0; w <= words; w++) {
        while (at < n && links[at].word < w)
            at++;
        first[w] = at;
    }
    fprintf(stderr, "%zu tokens, %u words, %zu links\n", c->length, words,
            n);
    uint16_t *class = pack_array(words, sizeof *class);
    exchange e = {.links = links, .first = first, .classes = classes};
    e.with = pack_array((size_t)(CONTEXTS + 1) * 2 * classes,
                        sizeof *e.with);
    e.total = pack_array(classes, sizeof *e.total);
    run(&e, words, class);
    dln_buf_init(&out, 0);
    for (uint32_t w = 0; w < words; w++)
        dln_buf_printf(&out, "%u\t%.*s\n", class[w] + 1u,
                       DLN_ARG(c->words[order[w]].form));
    if (dln_io_write(path, dln_buf_view(&out), &error) != DLN_OK)
        pack_stop("%s", error.text);
}

int main(int argc, char **argv)
{
    static clusters c;
    dln_lang *lang;
    dln_error error = {DLN_OK, ""};
    if (argc < 5)
        pack_stop("usage: clusters DATADIR OUT CLASSES TEXT...");
    c.arena = dln_arena_new(0);
    c.scratch = dln_arena_new(0);
    c.slots = pack_array(SLOTS, sizeof *c.slots);
    if (!c.arena || !c.scratch)
        pack_stop("out of memory");
    if (dln_lang_open(&lang, argv[1], "en", &error) != DLN_OK
        || dln_analyse__words(&c.lists, lang, &error) != DLN_OK)
        pack_stop("%s", error.text);
    for (int i = 4; i < argc; i++)
        read_text(&c, argv[i]);
    cluster(&c, (uint32_t)strtoul(argv[3], NULL, 10), argv[2]);
    return 0;
}
