/* SPDX-License-Identifier: Apache-2.0 */
#include "learner.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "pack.h"

/* The largest weight is written as at most this; the reader adds many. */
#define LARGEST 60000.0

void learner_init(learner *l, uint32_t classes)
{
    *l = (learner){.classes = classes, .slot_bits = 20, .step = 1};
    l->slots = pack_array((size_t)1 << l->slot_bits, sizeof *l->slots);
}

void learner_release(learner *l)
{
    for (uint32_t i = 0; i < l->row_count; i++)
        free(l->rows[i].at);
    free(l->rows);
    free(l->slots);
}

static uint32_t *slot_of(const learner *l, uint64_t key)
{
    size_t mask = ((size_t)1 << l->slot_bits) - 1;
    size_t at = (size_t)(key >> (64 - l->slot_bits));
    while (l->slots[at] && l->rows[l->slots[at] - 1].key != key)
        at = (at + 1) & mask;
    return &l->slots[at];
}

static void grow(learner *l)
{
    if (l->row_count == l->row_cap) {
        l->row_cap = l->row_cap ? l->row_cap * 2 : 1 << 16;
        l->rows = pack_resize(l->rows, l->row_cap, sizeof *l->rows);
    }
    if (((size_t)l->row_count + 1) * 2 < (size_t)1 << l->slot_bits)
        return;
    free(l->slots);
    l->slot_bits++;
    l->slots = pack_array((size_t)1 << l->slot_bits, sizeof *l->slots);
    for (uint32_t i = 0; i < l->row_count; i++)
        *slot_of(l, l->rows[i].key) = i + 1;
}

void learner_score(const learner *l, const uint64_t *features, uint32_t n,
                   int32_t *scores)
{
    for (uint32_t i = 0; i < n; i++)
        __builtin_prefetch(&l->slots[features[i] >> (64 - l->slot_bits)]);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t row = *slot_of(l, features[i]);
        if (!row)
            continue;
        const learner_row *r = &l->rows[row - 1];
        for (uint32_t k = 0; k < r->count; k++)
            scores[r->at[k].class] += r->at[k].weight;
    }
}

static void change(learner *l, learner_row *r, uint32_t class, int by)
{
    uint32_t k = 0;
    while (k < r->count && r->at[k].class != class)
        k++;
    if (k == r->count) {
        if (r->count == r->cap) {
            r->cap = (uint16_t)(r->cap ? r->cap * 2 : 2);
            r->at = pack_resize(r->at, r->cap, sizeof *r->at);
        }
        r->at[r->count++] = (learner_entry){
            .stamp = l->step, .class = (uint8_t)class};
    }
    learner_entry *e = &r->at[k];
    e->total += (int64_t)e->weight * (l->step - e->stamp);
    e->stamp = l->step;
    e->weight += by;
    if (e->updates < UINT16_MAX)
        e->updates++;
}

void learner_update(learner *l, const uint64_t *features, uint32_t n,
                    uint32_t good, uint32_t bad)
{
    l->step++;
    if (good == bad)
        return;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *slot = slot_of(l, features[i]);
        if (!*slot) {
            grow(l);
            slot = slot_of(l, features[i]);
            l->rows[l->row_count] = (learner_row){.key = features[i]};
            *slot = ++l->row_count;
        }
        learner_row *r = &l->rows[*slot - 1];
        change(l, r, good, 1);
        change(l, r, bad, -1);
    }
}

static double average(const learner *l, const learner_entry *e)
{
    return ((double)e->total + (double)e->weight * (l->step - e->stamp))
           / l->step;
}

/* Rows are kept or dropped whole: a class that lost its weights alone would
 * win or lose against the others. */
static uint32_t most_updates(const learner_row *r)
{
    uint32_t most = 0;
    for (uint32_t k = 0; k < r->count; k++)
        if (r->at[k].updates > most)
            most = r->at[k].updates;
    return most;
}

/* Code of a weight: its root, so that small ones are told apart. */
static int code_of(double weight, double most)
{
    int code = (int)lround(127.0 * sqrt(fabs(weight) / most));
    code = code > 127 ? 127 : code;
    return weight < 0 ? -code : code;
}

void learner_write(const learner *l, uint32_t updates, dln_buf *out)
{
    double most = 1e-9;
    pack_table table = {0};
    dln_buf rows;
    dln_buf_init(&rows, 0);
    for (uint32_t i = 0; i < l->row_count; i++)
        for (uint32_t k = 0; k < l->rows[i].count; k++)
            most = fmax(most, fabs(average(l, &l->rows[i].at[k])));
    double scale = fmin(1024.0, LARGEST / most);
    for (uint32_t i = 0; i < l->row_count; i++) {
        const learner_row *r = &l->rows[i];
        size_t at = rows.len;
        unsigned char n = 0;
        if (most_updates(r) < updates)
            continue;
        dln_buf_char(&rows, 0);
        for (uint32_t k = 0; k < r->count; k++) {
            int code = code_of(average(l, &r->at[k]), most);
            if (!code)
                continue;
            dln_buf_char(&rows, (char)r->at[k].class);
            dln_buf_char(&rows, (char)(code & 255));
            n++;
        }
        rows.data[at] = (char)n;
        if (n)
            pack_add(&table, r->key, (uint32_t)at);
        else
            rows.len = at;
    }
    pack_u32(out, l->classes);
    pack_u32(out, (uint32_t)rows.len);
    for (int i = 0; i < 256; i++) {
        double q = (i < 128 ? i : i - 256) / 127.0;
        pack_u32(out, (uint32_t)(int32_t)lround(q * fabs(q) * most * scale));
    }
    fprintf(stderr, "largest weight %.2f\n", most);
    pack_table_write(&table, out);
    dln_buf_str(out, dln_buf_view(&rows));
    dln_buf_release(&rows);
}
