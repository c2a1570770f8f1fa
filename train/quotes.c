/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quotes: trains the weights that tell cues and the parts of statements.
 *
 *     quotes DATA MODELS GOLD GROUPS OUT [FOLD/FOLDS]
 *
 * GOLD has lines {"text", "statements": [{"source", "cue", "content": [[start,
 * end]...]}]}, in bytes. The text is analysed with the models of the folder
 * MODELS, so clues are read off what the program will see. Cues are a
 * logistic model over words; each part is a softmax over the stretches that
 * the weights of the time put first, and the right one. AdaGrad steps, one
 * thread, a fixed order: the same data give the same bytes. FOLD/FOLDS leaves
 * out the documents whose number is FOLD modulo FOLDS.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "told.h"

#define PLACE_BITS 23
#define PLACES ((size_t)1 << PLACE_BITS)
#define CUE_EPOCHS 6
#define CUE_RATE 0.1
#define PART_EPOCHS 6
#define PART_RATE 0.1
#define DECAY 1e-5
/* A clue counts so much where it is right; with less in all it drops out. */
#define RIGHT_WORTH 8
#define CUE_DROP 0.4        /* share of the clues left out of each step */
#define PART_DROP 0.25
#define AVERAGE_FROM 2      /* weights behind this epoch and later ones */
#define CUE_LEAST 16
#define PART_LEAST 32
#define SMALLEST 24         /* weights nearer to 0 are dropped */

typedef struct slot {
    uint64_t key;               /* the clue first seen there */
    float weight, square;
    float sum;                  /* of the weights behind each epoch */
    uint32_t count;
} slot;

typedef struct model {
    slot *slots;                /* [PLACES] */
    uint32_t least;
    double drop;                /* share of the clues left out */
    uint64_t seed, mask;
    uint32_t averaged;          /* epochs summed up */
} model;

static inline slot *slot_of(const model *m, uint64_t key)
{
    return &m->slots[key >> (64 - PLACE_BITS)];
}

static void count_clues(model *m, const dln_quote_clues *clues,
                        uint32_t worth)
{
    for (uint32_t i = 0; i < clues->count; i++) {
        slot *s = slot_of(m, clues->at[i]);
        if (!s->key)
            s->key = clues->at[i];
        if (s->key == clues->at[i])
            s->count += worth;
    }
}

/* In each step clues are left out at random, so that the others learn to do
 * without them (Srivastava and others 2014); one mask holds for the step. */
static inline bool is_dropped(const model *m, uint64_t key)
{
    return m->drop > 0
           && (double)(((key ^ m->mask) * 0xff51afd7ed558ccdu) >> 40)
                  < m->drop * 16777216.0;
}

static void next_mask(model *m)
{
    m->seed = m->seed * 6364136223846793005u + 1442695040888963407u;
    m->mask = m->seed ^ (m->seed >> 29);
}

static double score(const model *m, const dln_quote_clues *clues)
{
    double sum = 0;
    for (uint32_t i = 0; i < clues->count; i++) {
        const slot *s = slot_of(m, clues->at[i]);
        if (s->key == clues->at[i] && !is_dropped(m, s->key))
            sum += (double)s->weight;
    }
    return sum / (1 - m->drop);
}

static int32_t weigh(const void *m, const dln_quote_clues *clues)
{
    return (int32_t)lround(score(m, clues) * JUDGE_SCALE);
}

static void step(const model *m, const dln_quote_clues *clues,
                 double gradient, double rate)
{
    for (uint32_t i = 0; i < clues->count; i++) {
        slot *s = slot_of(m, clues->at[i]);
        if (s->key != clues->at[i] || s->count < m->least
            || is_dropped(m, s->key))
            continue;
        double g = gradient + DECAY * (double)s->weight;
        s->square += (float)(g * g);
        s->weight -= (float)(rate * g / sqrt((double)s->square + 1e-2));
    }
}

/* Texts come far apart, and in another order each time. */
static size_t turn_of(const texts *all, uint32_t i, unsigned epoch)
{
    return ((size_t)i * (all->count % 37 ? 37 : 41) + epoch * 11u)
           % all->count;
}

static double cue_pass(model *m, texts *all, double rate, unsigned epoch)
{
    double loss = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        text *t = &all->at[turn_of(all, i, epoch)];
        dln_judged *j = judged_of(t);
        for (uint32_t k = 0; k < t->worker.doc->tokens.count; k++) {
            dln_quote_clues clues;
            if (!dln_quote__cue_like(j, k))
                continue;
            dln_quote__cue_clues(j, k, &clues);
            next_mask(m);
            if (rate <= 0) {
                count_clues(m, &clues, t->is_cue[k] ? RIGHT_WORTH : 1);
                continue;
            }
            double odds = 1 / (1 + exp(-score(m, &clues)));
            double y = t->is_cue[k];
            loss -= log((y != 0 ? odds : 1 - odds) + 1e-9);
            if (fabs(odds - y) > 1e-3)
                step(m, &clues, odds - y, rate);
        }
    }
    return loss;
}

static bool same(dln_quote_words a, dln_quote_words b)
{
    return a.begin == b.begin && a.end == b.end;
}

/* Adds the right stretch when the weights did not put it forward; its
 * number, or DLN_NONE when it cannot be had. */
static uint32_t right_one(const dln_judged *j, const model *m,
                          dln_quote_part part, dln_quote_words want,
                          dln_quote_option *options, uint32_t *count)
{
    dln_quote_clues clues;
    for (uint32_t k = 0; k < *count; k++)
        if (same(options[k].words, want))
            return k;
    if (want.begin == DLN_NONE || want.begin < j->begin
        || want.end > j->end || *count == JUDGE_MAX_OPTIONS)
        return DLN_NONE;
    bool around = want.begin <= j->cue && j->cue < want.end;
    if ((part == PART_SOURCE && around) || (part == PART_CUE && !around))
        return DLN_NONE;
    dln_quote__begin_clues(j, part, want.begin, &clues);
    int32_t sum = weigh(m, &clues);
    dln_quote__end_clues(j, part, want.end, &clues);
    sum += weigh(m, &clues);
    options[*count] = (dln_quote_option){want, sum};
    return (*count)++;
}

/* One part of one cue: moves the weights, and tells the loss. */
static double part_step(model *m, const dln_judged *j, dln_quote_part part,
                        dln_quote_words want, double rate, bool *hit)
{
    static dln_quote_clues clues[JUDGE_MAX_OPTIONS];
    static dln_quote_option options[JUDGE_MAX_OPTIONS];
    double p[JUDGE_MAX_OPTIONS], top = -1e30, sum = 0;
    dln_quote_clues edge;
    next_mask(m);
    uint32_t count = dln_quote__options(j, part, weigh, m, options);
    uint32_t right = right_one(j, m, part, want, options, &count);
    if (right == DLN_NONE)
        return 0;
    uint32_t best = 0;
    for (uint32_t k = 0; k < count; k++) {
        dln_quote__words_clues(j, part, options[k].words, &clues[k]);
        p[k] = (double)options[k].score / JUDGE_SCALE + score(m, &clues[k]);
        best = p[k] > p[best] ? k : best;
    }
    *hit = best == right;
    for (uint32_t k = 0; k < count; k++)
        if (k != right)
            p[k] += 1.0;        /* a margin */
    for (uint32_t k = 0; k < count; k++)
        top = p[k] > top ? p[k] : top;
    for (uint32_t k = 0; k < count; k++)
        sum += p[k] = exp(p[k] - top);
    double loss = -log(p[right] / sum + 1e-12);
    for (uint32_t k = 0; k < count; k++) {
        p[k] = p[k] / sum - (k == right);
        if (fabs(p[k]) > 1e-3)
            step(m, &clues[k], p[k], rate);
    }
    /* Beginnings and ends get the sum of their stretches. */
    for (int ends = 0; ends < 2; ends++)
        for (uint32_t k = 0; k < count; k++) {
            uint32_t at = ends ? options[k].words.end
                               : options[k].words.begin;
            double g = 0;
            bool first = at != DLN_NONE;
            for (uint32_t o = 0; o < count && first; o++)
                if ((ends ? options[o].words.end : options[o].words.begin)
                    == at) {
                    first = o >= k;
                    g += p[o];
                }
            if (!first || fabs(g) < 1e-3)
                continue;
            if (ends)
                dln_quote__end_clues(j, part, at, &edge);
            else
                dln_quote__begin_clues(j, part, at, &edge);
            step(m, &edge, g, rate);
        }
    return loss;
}

/* Counts the clues of the right stretch much, those of others once. */
static void part_count(model *m, const dln_judged *j, dln_quote_part part,
                       dln_quote_words want)
{
    dln_quote_clues clues;
    uint32_t near = 0;
    for (uint32_t t = j->begin; t < j->end; t++) {
        if (dln_quote__may_begin(j, t)) {
            dln_quote__begin_clues(j, part, t, &clues);
            count_clues(m, &clues, t == want.begin ? RIGHT_WORTH : 1);
        }
        if (dln_quote__may_end(j, t + 1)) {
            dln_quote__end_clues(j, part, t + 1, &clues);
            count_clues(m, &clues, t + 1 == want.end ? RIGHT_WORTH : 1);
        }
    }
    dln_quote__words_clues(j, part, want, &clues);
    count_clues(m, &clues, RIGHT_WORTH);
    if (want.begin == DLN_NONE)
        return;
    /* Stretches that are nearly right stand for the wrong ones. */
    for (uint32_t t = j->begin; t < j->end && near < 24; t++) {
        dln_quote_words low = {t, want.end}, high = {want.begin, t + 1};
        if (t < want.end && t != want.begin && dln_quote__may_begin(j, t)) {
            dln_quote__words_clues(j, part, low, &clues);
            count_clues(m, &clues, 1);
        }
        if (t >= want.begin && t + 1 != want.end
            && dln_quote__may_end(j, t + 1)) {
            dln_quote__words_clues(j, part, high, &clues);
            count_clues(m, &clues, 1);
        }
    }
}

static void part_pass(model *m, texts *all, double rate, unsigned epoch)
{
    double loss[3] = {0};
    uint32_t hits[3] = {0}, n[3] = {0};
    for (uint32_t i = 0; i < all->count; i++) {
        text *t = &all->at[turn_of(all, i, epoch)];
        dln_judged *j = judged_of(t);
        for (uint32_t k = 0; k < t->gold_count; k++) {
            const gold *g = &t->gold[k];
            if (j->r->doc->sentences.at[j->r->doc->tokens.at[g->cue]
                                            .sentence].token_end
                    - j->r->doc->sentences.at[j->r->doc->tokens.at[g->cue]
                                                  .sentence].token_begin
                > JUDGE_MAX_TOKENS)
                continue;
            dln_quote__turn(j, g->cue);
            for (int part = 0; part < 3; part++) {
                bool hit = false;
                if (rate > 0)
                    loss[part] += part_step(m, j, (dln_quote_part)part,
                                            g->part[part], rate, &hit);
                else
                    part_count(m, j, (dln_quote_part)part, g->part[part]);
                hits[part] += hit;
                n[part]++;
                j->part[part] = g->part[part];
            }
        }
    }
    if (rate > 0)
        for (int part = 0; part < 3; part++)
            printf("part %d epoch %u: loss %.0f, right %.1f%%\n", part,
                   epoch, loss[part],
                   100.0 * hits[part] / (n[part] ? n[part] : 1));
    fflush(stdout);
}

/* The slots that this pass may move are those it counted: the weights of
 * cues and of parts have keys of their own. */
static void add_up(model *m)
{
    m->averaged++;
    for (size_t k = 0; k < PLACES; k++)
        if (m->slots[k].count >= m->least)
            m->slots[k].sum += m->slots[k].weight;
}

/* The weights become the mean of those behind the epochs added up. */
static void average(model *m)
{
    for (size_t k = 0; k < PLACES; k++) {
        slot *s = &m->slots[k];
        if (s->count >= m->least && m->averaged)
            s->weight = s->sum / (float)m->averaged;
        s->sum = 0;
        s->count = 0;
    }
    m->averaged = 0;
}

/* Lines "fine TAB coarse TAB word" as a table. */
static void read_groups(const char *path, dln_buf *out)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t size = 0;
    pack_table table = {0};
    if (!in)
        pack_stop("%s: cannot be read", path);
    while (getline(&line, &size, in) > 0) {
        unsigned fine, coarse;
        char word[128];
        if (sscanf(line, "%u\t%u\t%127[^\n]", &fine, &coarse, word) != 3
            || fine > 0xffff || coarse > 0xffff)
            pack_stop("%s: bad line: %s", path, line);
        pack_add(&table, dln_quote__word_key(dln_str_of(word)),
                 fine | coarse << 16);
    }
    free(line);
    fclose(in);
    dln_buf_init(out, 0);
    pack_table_write(&table, out);
}

static void write_model(const model *m, const dln_buf *groups,
                        const char *path)
{
    pack_file file = {.count = 0};
    dln_buf_str(pack_section(&file, "groups"), dln_buf_view(groups));
    dln_buf *section = pack_section(&file, "quote");
    pack_table table = {0};
    double least = pack_setting("SMALLEST", SMALLEST);
    for (size_t k = 0; k < PLACES; k++)
        pack_weight(&table, m->slots[k].key, (double)m->slots[k].weight,
                    JUDGE_SCALE, JUDGE_ZERO, least);
    uint32_t used = table.count;
    pack_table_write(&table, section);
    printf("%u weights\n", used);
    pack_file_write(&file, path);
}

int main(int argc, char **argv)
{
    dln_error error = {DLN_OK, ""};
    dln_engine *engine;
    dln_lang *lang;
    dln_quote *quote;
    dln_buf groups;
    texts all = {0};
    unsigned fold = 1, folds = 1;
    if (argc < 6 || argc > 7
        || (argc == 7 && sscanf(argv[6], "%u/%u", &fold, &folds) != 2)
        || !folds)
        pack_stop("usage: quotes DATA MODELS GOLD GROUPS OUT [FOLD/FOLDS]");
    dln_engine_options options = {.size = sizeof options,
                                  .datadir = argv[1],
                                  .models = argv[2]};
    if (dln_engine_open(&engine, &options, &error) != DLN_OK
        || dln_lang_open(&lang, argv[1], "en", &error) != DLN_OK
        || dln_quote_open(&quote, lang, NULL, &error) != DLN_OK)
        pack_stop("%s", error.text);
    size_t used;
    read_groups(argv[4], &groups);
    if (dln_hashed_open(&quote->groups, dln_buf_view(&groups), &used,
                        &error) != DLN_OK)
        pack_stop("%s", error.text);
    read_texts(&all, engine, quote, argv[3], fold, folds);
    uint32_t total = 0;
    for (uint32_t i = 0; i < all.count; i++)
        total += all.at[i].gold_count;
    printf("%u texts, %u statements\n", all.count, total);
    fflush(stdout);
    model m = {.slots = pack_array(PLACES, sizeof(slot)), .seed = 1};
    m.least = (uint32_t)pack_setting("CUE_LEAST", CUE_LEAST);
    cue_pass(&m, &all, 0, 0);
    m.drop = pack_setting("CUE_DROP", CUE_DROP);
    int epochs = (int)pack_setting("CUE_EPOCHS", CUE_EPOCHS);
    for (int e = 0; e < epochs; e++) {
        printf("cue epoch %d: loss %.0f\n", e,
               cue_pass(&m, &all, pack_setting("CUE_RATE", CUE_RATE),
                        (unsigned)e));
        fflush(stdout);
        if (e >= (int)pack_setting("AVERAGE_FROM", AVERAGE_FROM))
            add_up(&m);
    }
    average(&m);
    m.least = (uint32_t)pack_setting("PART_LEAST", PART_LEAST);
    m.drop = 0;
    part_pass(&m, &all, 0, 0);
    m.drop = pack_setting("PART_DROP", PART_DROP);
    epochs = (int)pack_setting("PART_EPOCHS", PART_EPOCHS);
    for (int e = 0; e < epochs; e++) {
        part_pass(&m, &all, pack_setting("PART_RATE", PART_RATE), (unsigned)e);
        if (e >= (int)pack_setting("AVERAGE_FROM", AVERAGE_FROM))
            add_up(&m);
    }
    average(&m);
    write_model(&m, &groups, argv[5]);
    return 0;
}
