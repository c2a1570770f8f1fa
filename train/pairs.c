/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pairs: trains the weights that choose an event type for a given pair.
 *
 *     pairs DATA MODELS ROWS.jsonl OUT     trains on all rows
 *     pairs DATA MODELS ROWS.jsonl -       cross-validates, five folds
 *
 * A row is {"text", "source": [s, e], "target": [s, e], "type"}; YIELD
 * stands for CONCEDE and RETREAT. An averaged perceptron with a margin.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "coder/pair_p.h"
#include "engine/engine.h"
#include "learner.h"
#include "pack.h"

#define FOLDS 5
#define EPOCHS 20
#define MARGIN 60

typedef struct row {
    uint64_t *features;
    uint32_t count, gold, frames;
} row;

typedef struct rows {
    row *at;
    uint32_t count, cap;
} rows;

static dln_str type_of(const dln_item *item, json_t **keep)
{
    *keep = json_loadb(item->line.data, item->line.len, 0, NULL);
    const char *type = json_string_value(json_object_get(*keep, "type"));
    return dln_str_of(type ? type : "");
}

static void read_row(const dln_engine *engine, const dln_coder *coder,
                     dln_worker *worker, const dln_item *item, rows *out)
{
    static uint64_t features[DLN_PAIR_MAX_FEATURES];
    dln_error error = {DLN_OK, ""};
    json_t *keep;
    uint32_t gold = dln_pair_class_of(type_of(item, &keep));
    json_decref(keep);
    dln_doc_reset(worker->doc);
    if (gold == DLN_NONE
        || dln_item_fill(item, worker->doc, &error) < DLN_WARN)
        pack_stop("bad row: %s", error.text);
    worker->doc->text = worker->doc->input;
    if (dln_engine_analyse(engine, DLN_STAGE_FIGURES, worker, &error)
        < DLN_WARN)
        pack_stop("%s", error.text);
    dln_coder_hit *hits;
    uint32_t count = dln_coder__pair_hits(coder, worker->doc,
                                          worker->scratch, &hits);
    uint32_t n = dln_pair_features(coder, worker->doc, hits, count, features,
                                   DLN_PAIR_MAX_FEATURES);
    if (out->count == out->cap) {
        out->cap = out->cap ? out->cap * 2 : 256;
        out->at = pack_resize(out->at, out->cap, sizeof *out->at);
    }
    row *r = &out->at[out->count++];
    *r = (row){pack_array(n, sizeof *r->features), n, gold,
               dln_pair_by_frames(coder, worker->doc, hits, count)};
    memcpy(r->features, features, n * sizeof *features);
    dln_arena_reset(worker->scratch);
}

static uint32_t best_of(const int32_t *scores, uint32_t but)
{
    uint32_t best = DLN_NONE;
    for (uint32_t i = 0; i < DLN_PAIR_CLASSES; i++)
        if (i != but && (best == DLN_NONE || scores[i] > scores[best]))
            best = i;
    return best;
}

static uint64_t random_of(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Rows whose number is `fold` modulo FOLDS are left out. */
static void learn(learner *l, const rows *all, uint32_t fold)
{
    uint64_t seed = 88172645463325252u;
    uint32_t *order = pack_array(all->count, sizeof *order);
    for (uint32_t i = 0; i < all->count; i++)
        order[i] = i;
    learner_init(l, DLN_PAIR_CLASSES);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (uint32_t i = all->count; i > 1; i--) {
            uint32_t k = (uint32_t)(random_of(&seed) % i);
            uint32_t swap = order[i - 1];
            order[i - 1] = order[k];
            order[k] = swap;
        }
        for (uint32_t i = 0; i < all->count; i++) {
            const row *r = &all->at[order[i]];
            int32_t scores[DLN_PAIR_CLASSES] = {0};
            if (order[i] % FOLDS == fold)
                continue;
            learner_score(l, r->features, r->count, scores);
            uint32_t other = best_of(scores, r->gold);
            if (scores[r->gold] < scores[other] + MARGIN)
                learner_update(l, r->features, r->count, r->gold, other);
            else
                learner_step(l);
        }
    }
    free(order);
}

static double macro(uint32_t (*table)[DLN_PAIR_CLASSES + 1], const char *name)
{
    double sum = 0;
    uint32_t right = 0, all = 0;
    for (uint32_t c = 0; c < DLN_PAIR_CLASSES; c++) {
        uint32_t gold = 0, said = 0;
        for (uint32_t k = 0; k < DLN_PAIR_CLASSES; k++) {
            gold += table[c][k];
            said += table[k][c];
        }
        double f = gold + said ? 2.0 * table[c][c] / (gold + said) : 0;
        printf("%s %.*s gold %u said %u F1 %.3f\n", name,
               DLN_ARG(dln_pair_class(c)), gold, said, f);
        sum += f;
        right += table[c][c];
        all += gold;
    }
    printf("%s accuracy %.3f macro-F1 %.3f\n", name,
           all ? (double)right / all : 0, sum / DLN_PAIR_CLASSES);
    return sum / DLN_PAIR_CLASSES;
}

/* Scores with the weights as they would be written. */
static void judge(const learner *l, const rows *all, uint32_t fold,
                  uint32_t (*table)[DLN_PAIR_CLASSES + 1])
{
    dln_buf section;
    dln_linear linear;
    dln_error error;
    dln_buf_init(&section, 0);
    learner_write(l, 1, &section);
    if (dln_linear_open(&linear, dln_buf_view(&section), &error) != DLN_OK)
        pack_stop("%s", error.text);
    for (uint32_t i = fold; i < all->count; i += FOLDS) {
        const row *r = &all->at[i];
        int32_t scores[DLN_LINEAR_MAX_CLASSES + 1] = {0};
        uint64_t *copy = pack_array(r->count, sizeof *copy);
        memcpy(copy, r->features, r->count * sizeof *copy);
        dln_linear_score(&linear, copy, r->count, scores);
        table[r->gold][best_of(scores, DLN_NONE)]++;
        free(copy);
    }
    dln_buf_release(&section);
}

static void validate(const rows *all)
{
    static uint32_t model[DLN_PAIR_CLASSES][DLN_PAIR_CLASSES + 1];
    static uint32_t frames[DLN_PAIR_CLASSES][DLN_PAIR_CLASSES + 1];
    for (uint32_t i = 0; i < all->count; i++)
        frames[all->at[i].gold][all->at[i].frames]++;
    for (uint32_t fold = 0; fold < FOLDS; fold++) {
        learner l;
        learn(&l, all, fold);
        judge(&l, all, fold, model);
        learner_release(&l);
    }
    macro(frames, "frames");
    macro(model, "model");
}

static void write_model(const rows *all, const char *path)
{
    pack_file file = {.count = 0};
    learner l;
    learn(&l, all, FOLDS);
    learner_write(&l, 2, pack_section(&file, "pairs"));
    printf("%u rows\n", all->count);
    pack_file_write(&file, path);
    learner_release(&l);
}

int main(int argc, char **argv)
{
    dln_error error = {DLN_OK, ""};
    dln_engine *engine;
    dln_lang *lang;
    dln_onto *onto;
    dln_coder *coder;
    dln_worker worker;
    dln_ingest *ingest;
    dln_item item;
    rows all = {0};
    if (argc != 5)
        pack_stop("usage: pairs DATA MODELS ROWS.jsonl OUT|-");
    char towns[4096];
    snprintf(towns, sizeof towns, "%s/places.dlm", argv[2]);
    dln_engine_options options = {.size = sizeof options,
                                  .datadir = argv[1],
                                  .models = argv[2]};
    dln_ingest_options in = {.size = sizeof in, .lines = true};
    const char *inputs[] = {argv[3]};
    if (dln_engine_open(&engine, &options, &error) != DLN_OK
        || dln_lang_open(&lang, argv[1], "en", &error) != DLN_OK
        || dln_onto_open(&onto, argv[1], &error) != DLN_OK
        || dln_onto_add_towns(onto, towns, &error) != DLN_OK
        || dln_coder_open(&coder, lang, onto, NULL, &error) != DLN_OK
        || dln_worker_init(&worker) != DLN_OK
        || dln_ingest_open(&ingest, inputs, 1, &in, &error) != DLN_OK)
        pack_stop("%s", error.text);
    dln_status status;
    while ((status = dln_ingest_next(ingest, &item, &error)) != DLN_END) {
        if (status != DLN_OK)
            pack_stop("%s", error.text);
        read_row(engine, coder, &worker, &item, &all);
    }
    if (dln_str_is(dln_str_of(argv[4]), "-"))
        validate(&all);
    else
        write_model(&all, argv[4]);
    for (uint32_t i = 0; i < all.count; i++)
        free(all.at[i].features);
    free(all.at);
    dln_ingest_close(ingest);
    dln_worker_release(&worker);
    dln_coder_close(coder);
    dln_onto_close(onto);
    dln_lang_close(lang);
    dln_engine_close(engine);
    return 0;
}
