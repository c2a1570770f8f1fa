/* SPDX-License-Identifier: Apache-2.0 */
/*
 * coref: trains the weights that keep phrases and choose antecedents.
 *
 *     coref DATA MODELS GOLD.jsonl OUT [FOLD/FOLDS]
 *
 * GOLD is what `eval/coref.py --text` writes: {"text", "gold": [[start, end,
 * chain]...]}. The text is analysed with MODELS/en.dlm, so clues are
 * read off what the program will see. Keeping is a logistic model; the
 * choice is a softmax over the candidates and "new", all right antecedents
 * together being the answer, with costs for the kinds of errors (Durrett
 * and Klein 2013, section 5); AdaGrad steps. FOLD/FOLDS leaves out the
 * documents whose number is FOLD modulo FOLDS.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyse/analyse.h"
#include "base/io.h"
#include "coref/coref_p.h"
#include "pack.h"

#define PLACE_BITS 23
#define PLACES ((size_t)1 << PLACE_BITS)
#define SCALE 512.0
#define KEEP_EPOCHS 6
#define KEEP_RATE 0.1
#define KEEP_BIAS 0.0       /* of the odds at which a phrase is kept */
#define KEEP_LEAST 2
#define RANK_LEAST 8
#define RANK_EPOCHS 6
#define RANK_RATE 0.05
#define SMALLEST 20         /* weights nearer to 0 are dropped */
#define DECAY 2e-5

typedef struct text {
    dln_doc *doc;
    dln_arena *scratch;
    dln_corefs c;
    uint32_t *gold;         /* [phrases] chain, or DLN_NONE */
    bool *is_gold;          /* [phrases] */
} text;

typedef struct texts {
    text *at;
    uint32_t count, cap;
} texts;

typedef struct model {
    float *weights, *squares;   /* [PLACES] */
    uint64_t *keys;             /* [PLACES] the clue first seen there */
    uint8_t *counts;            /* [PLACES] how often, up to 255 */
} model;

static inline size_t place(uint64_t key)
{
    return (size_t)(key >> (64 - PLACE_BITS));
}

static void count_clues(model *m, const dln_coref_clues *clues)
{
    for (uint32_t i = 0; i < clues->count; i++) {
        size_t k = place(clues->at[i]);
        if (!m->keys[k])
            m->keys[k] = clues->at[i];
        if (m->keys[k] == clues->at[i] && m->counts[k] < 255)
            m->counts[k]++;
    }
}

/* Clues that are too rare, or whose place is another's, drop out. */
static void frequent(const model *m, dln_coref_clues *clues,
                     uint8_t least)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < clues->count; i++) {
        size_t k = place(clues->at[i]);
        if (m->keys[k] == clues->at[i] && m->counts[k] >= least)
            clues->at[kept++] = clues->at[i];
    }
    clues->count = kept;
}

static double score(const model *m, const dln_coref_clues *clues)
{
    double sum = 0;
    for (uint32_t i = 0; i < clues->count; i++)
        sum += (double)m->weights[place(clues->at[i])];
    return sum;
}

static void step(model *m, const dln_coref_clues *clues, double gradient,
                 double rate)
{
    static double decay = -1;
    if (decay < 0)
        decay = pack_setting("DECAY", DECAY);
    for (uint32_t i = 0; i < clues->count; i++) {
        size_t k = place(clues->at[i]);
        double g = gradient + decay * (double)m->weights[k];
        m->squares[k] += (float)(g * g);
        m->weights[k] -= (float)(rate * g
                                 / sqrt((double)m->squares[k] + 1e-2));
    }
}

/* The chain of gold that has just this span. */
static void label(text *t, json_t *gold)
{
    dln_map spans;
    json_t *item;
    size_t n;
    dln_map_init(&spans, t->scratch);
    uint32_t count = t->c.phrases.count;
    t->gold = dln_arena_array(t->scratch, count + 1, sizeof *t->gold);
    t->is_gold = dln_arena_array(t->scratch, count + 1, sizeof *t->is_gold);
    json_array_foreach(gold, n, item) {
        dln_str key = dln_arena_printf(
            t->scratch, "%lld-%lld",
            (long long)json_integer_value(json_array_get(item, 0)),
            (long long)json_integer_value(json_array_get(item, 1)));
        dln_map_set(&spans, key,
                    (uint32_t)json_integer_value(json_array_get(item, 2)));
    }
    for (uint32_t p = 0; p < count; p++) {
        const dln_coref_phrase *x = &t->c.phrases.at[p];
        dln_span s = dln_tokens_span(t->doc, x->begin, x->end);
        t->gold[p] = dln_map_get(&spans,
                                 dln_arena_printf(t->scratch, "%u-%u",
                                                  s.start, s.end));
        t->is_gold[p] = t->gold[p] != DLN_NONE;
    }
}

static void read_text(texts *all, const dln_analyse *analyse,
                      const dln_coref *room, const char *line)
{
    json_t *object = json_loads(line, 0, NULL);
    const char *words = json_string_value(json_object_get(object, "text"));
    if (!words)
        pack_stop("a line without text");
    if (all->count == all->cap) {
        all->cap = all->cap ? all->cap * 2 : 64;
        all->at = pack_resize(all->at, all->cap, sizeof *all->at);
    }
    text *t = &all->at[all->count++];
    dln_arena *scratch = dln_arena_new(0);
    *t = (text){.doc = dln_doc_new(0), .scratch = dln_arena_new(0)};
    dln_analyse_cache *cache = dln_analyse_cache_new();
    if (!t->doc || !t->scratch || !scratch || !cache)
        pack_stop("out of memory");
    t->doc->text = t->doc->input = dln_arena_str(t->doc->arena,
                                                 dln_str_of(words));
    dln_doc_split_paragraphs(t->doc);
    if (dln_analyse_run(analyse, t->doc, cache, scratch) < DLN_WARN)
        pack_stop("analysis failed");
    t->c = (dln_corefs){.room = room, .doc = t->doc, .scratch = t->scratch};
    if (!dln_coref__begin(&t->c))
        pack_stop("no phrases");
    label(t, json_object_get(object, "gold"));
    json_decref(object);
    dln_analyse_cache_free(cache);
    dln_arena_free(scratch);
}

static void train_keep(model *m, texts *all)
{
    double rate = pack_setting("KEEP_RATE", KEEP_RATE);
    uint8_t least = (uint8_t)pack_setting("KEEP_LEAST", KEEP_LEAST);
    int epochs = (int)pack_setting("KEEP_EPOCHS", KEEP_EPOCHS);
    dln_coref_clues clues;
    for (uint32_t i = 0; i < all->count; i++)
        for (uint32_t p = 0; p < all->at[i].c.phrases.count; p++) {
            const dln_corefs *c = &all->at[i].c;
            dln_coref__keep_clues(c, &c->phrases.at[p], &clues);
            count_clues(m, &clues);
        }
    for (int epoch = 0; epoch < epochs; epoch++) {
        double loss = 0;
        for (uint32_t i = 0; i < all->count; i++) {
            text *t = &all->at[i];
            for (uint32_t p = 0; p < t->c.phrases.count; p++) {
                dln_coref__keep_clues(&t->c, &t->c.phrases.at[p], &clues);
                frequent(m, &clues, least);
                double odds = 1 / (1 + exp(-score(m, &clues)));
                double y = t->is_gold[p];
                loss -= log((y != 0 ? odds : 1 - odds) + 1e-9);
                step(m, &clues, odds - y, rate);
            }
        }
        printf("keep %d: %.0f\n", epoch, loss);
    }
}

/* As the program will drop them. */
static void drop(const model *m, texts *all)
{
    double bias = pack_setting("KEEP_BIAS", KEEP_BIAS);
    uint8_t least = (uint8_t)pack_setting("KEEP_LEAST", KEEP_LEAST);
    for (uint32_t i = 0; i < all->count; i++) {
        text *t = &all->at[i];
        uint32_t count = t->c.phrases.count, kept = 0;
        bool *keep = dln_arena_array(t->scratch, count + 1, sizeof *keep);
        int32_t *scores = dln_arena_array(t->scratch, count + 1,
                                          sizeof *scores);
        dln_coref_clues clues;
        for (uint32_t p = 0; p < count; p++) {
            dln_coref__keep_clues(&t->c, &t->c.phrases.at[p], &clues);
            frequent(m, &clues, least);
            scores[p] = (int32_t)lround((score(m, &clues) + bias) * SCALE);
        }
        dln_coref__choose(&t->c, scores, keep);
        for (uint32_t p = 0; p < count; p++)
            if (keep[p])
                t->gold[kept++] = t->gold[p];
        dln_coref__drop(&t->c, keep);
    }
}

/* One phrase: moves the weights, and tells the loss. Without `rate` it only
 * counts the clues. */
static double rank(model *m, text *t, uint32_t p, double rate)
{
    uint8_t least = (uint8_t)pack_setting("RANK_LEAST", RANK_LEAST);
    static dln_coref_clues clues[DLN_COREF_MAX_CANDIDATES + 1];
    uint32_t candidates[DLN_COREF_MAX_CANDIDATES];
    uint32_t rivals[DLN_COREF_MAX_CANDIDATES];
    double scores[DLN_COREF_MAX_CANDIDATES + 1], costs;
    bool right[DLN_COREF_MAX_CANDIDATES + 1];
    bool any = false;
    uint32_t n = dln_coref__candidates(&t->c, p, candidates, rivals);
    for (uint32_t k = 0; k < n; k++) {
        right[k] = t->gold[p] != DLN_NONE
                   && t->gold[candidates[k]] == t->gold[p];
        any |= right[k];
        dln_coref__pair_clues(&t->c, p, candidates[k], rivals[k],
                              &clues[k]);
        if (rate > 0)
            frequent(m, &clues[k], least);
        else
            count_clues(m, &clues[k]);
        scores[k] = score(m, &clues[k]);
    }
    dln_coref__new_clues(&t->c, p, &clues[n]);
    if (rate <= 0) {
        count_clues(m, &clues[n]);
        return 0;
    }
    frequent(m, &clues[n], least);
    scores[n] = score(m, &clues[n]);
    right[n] = !any;
    double false_link = pack_setting("FALSE_LINK", 0.5);
    double false_new = pack_setting("FALSE_NEW", 2.0);
    double top = -1e30, good = -1e30, all_sum = 0, good_sum = 0;
    double raised[DLN_COREF_MAX_CANDIDATES + 1];
    for (uint32_t k = 0; k <= n; k++) {
        costs = right[k] ? 0 : k == n ? false_new : any ? 1.0 : false_link;
        raised[k] = scores[k] + costs;
        top = raised[k] > top ? raised[k] : top;
        good = right[k] && raised[k] > good ? raised[k] : good;
    }
    for (uint32_t k = 0; k <= n; k++) {
        all_sum += exp(raised[k] - top);
        good_sum += right[k] ? exp(raised[k] - good) : 0;
    }
    for (uint32_t k = 0; k <= n; k++) {
        double g = exp(raised[k] - top) / all_sum
                   - (right[k] ? exp(raised[k] - good) / good_sum : 0);
        if (fabs(g) > 1e-3)
            step(m, &clues[k], g, rate);
    }
    return log(all_sum) + top - log(good_sum) - good;
}

static void train_rank(model *m, texts *all)
{
    double rate = pack_setting("RANK_RATE", RANK_RATE);
    int epochs = (int)pack_setting("RANK_EPOCHS", RANK_EPOCHS);
    for (int epoch = -1; epoch < epochs; epoch++) {
        double loss = 0;
        for (uint32_t i = 0; i < all->count; i++) {
            text *t = &all->at[(i * 37u + (uint32_t)(epoch + 1) * 11u)
                               % all->count];
            uint32_t count = t->c.phrases.count, *last;
            dln_map chains;
            t->c.chains.count = 0;
            t->c.leader = DLN_NONE;
            dln_map_init(&t->c.by_word, t->scratch);
            dln_map_init(&t->c.by_text, t->scratch);
            dln_map_init(&chains, t->scratch);
            last = dln_arena_array(t->scratch, count + 1, sizeof *last);
            for (uint32_t p = 0; p < count; p++)
                t->c.phrases.at[p].chain = DLN_NONE;
            for (uint32_t p = 0; p < count; p++) {
                uint32_t before = DLN_NONE;
                loss += rank(m, t, p, epoch < 0 ? 0 : rate);
                if (t->gold[p] != DLN_NONE) {
                    dln_str key = {(const char *)&t->gold[p], 4};
                    before = dln_map_get(&chains, key);
                    dln_map_set(&chains, key, p);
                }
                dln_coref__join(&t->c, p, before);
            }
        }
        printf("rank %d: %.0f\n", epoch, loss);
        fflush(stdout);
    }
}

static void write_model(const model *m, const char *path)
{
    pack_file file = {.count = 0};
    dln_buf *section = pack_section(&file, "coref");
    pack_table table = {0};
    double least = pack_setting("SMALLEST", SMALLEST);
    for (size_t k = 0; k < PLACES; k++)
        pack_weight(&table, m->keys[k], (double)m->weights[k], SCALE,
                    DLN_COREF_ZERO, least);
    uint32_t used = table.count;
    pack_table_write(&table, section);
    printf("%u weights\n", used);
    pack_file_write(&file, path);
}

int main(int argc, char **argv)
{
    dln_error error = {DLN_OK, ""};
    dln_lang *lang;
    dln_onto *onto;
    dln_analyse *analyse;
    dln_coref *room;
    texts all = {0};
    unsigned fold = 1, folds = 1, n = 0;
    char model_path[4096], towns[4096];
    if (argc < 5 || argc > 6
        || (argc == 6 && sscanf(argv[5], "%u/%u", &fold, &folds) != 2)
        || !folds)
        pack_stop("usage: coref DATA MODELS GOLD.jsonl OUT [FOLD/FOLDS]");
    snprintf(model_path, sizeof model_path, "%s/en.dlm", argv[2]);
    snprintf(towns, sizeof towns, "%s/places.dlm", argv[2]);
    if (dln_lang_open(&lang, argv[1], "en", &error) != DLN_OK
        || dln_onto_open(&onto, argv[1], &error) != DLN_OK
        || dln_onto_add_towns(onto, towns, &error) != DLN_OK
        || dln_analyse_open(&analyse, lang, model_path, &error) != DLN_OK
        || dln_coref_open(&room, lang, onto, NULL, &error) != DLN_OK)
        pack_stop("%s", error.text);
    FILE *in = fopen(argv[3], "r");
    char *line = NULL;
    size_t size = 0;
    if (!in)
        pack_stop("%s: cannot be read", argv[3]);
    while (getline(&line, &size, in) > 0)
        if (n++ % folds != fold)
            read_text(&all, analyse, room, line);
    free(line);
    fclose(in);
    model m = {pack_array(PLACES, sizeof(float)),
               pack_array(PLACES, sizeof(float)),
               pack_array(PLACES, sizeof(uint64_t)),
               pack_array(PLACES, sizeof(uint8_t))};
    train_keep(&m, &all);
    drop(&m, &all);
    train_rank(&m, &all);
    write_model(&m, argv[4]);
    return 0;
}
