/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Training of the lemmatizer. For each suffix and tag the edit script that
 * fits most words; a longer suffix or a whole word is kept only where the
 * shorter ones would choose another script.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "corpus.h"

typedef struct fact {       /* a word with its tag and script */
    dln_str lower;
    uint32_t script, times;
    uint8_t xpos;
} fact;

typedef struct vote {
    uint32_t script, times, words, total;
} vote;

typedef struct lemma_trainer {
    dln_arena *arena;
    dln_map scripts;        /* bytes → number */
    dln_map fact_ids;
    DLN_VEC(fact) facts;
} lemma_trainer;

/* The script that makes `lemma` of `form`. */
static dln_str script_of(dln_arena *arena, dln_str form, dln_str lower,
                         dln_str lemma)
{
    size_t low = 0, high = 0;
    while (low < lower.len && low < lemma.len
           && lower.data[low] == lemma.data[low])
        low++;
    while (high < form.len && high < lemma.len
           && form.data[high] == lemma.data[high])
        high++;
    bool keep = high > low;
    size_t same = keep ? high : low;
    while (same > 0 && same < lemma.len
           && ((unsigned char)lemma.data[same] & 0xC0) == 0x80)
        same--;
    dln_str tail = dln_str_sub(lemma, same, lemma.len);
    char *bytes = dln_arena_alloc(arena, tail.len + 2);
    if (!bytes)
        pack_stop("out of memory");
    bytes[0] = keep;
    bytes[1] = (char)((keep ? form.len : lower.len) - same);
    if (tail.len)
        memcpy(bytes + 2, tail.data, tail.len);
    return (dln_str){bytes, tail.len + 2};
}

static void collect(lemma_trainer *t, const corpus *c)
{
    for (uint32_t i = 0; i < c->count; i++) {
        const corpus_sentence *s = &c->at[i];
        for (uint32_t k = 0; k < s->count; k++) {
            if (s->form[k].len > DLN_WORD_MAX || !s->lemma[k].len
                || (dln_str_is(s->lemma[k], "_")
                    && !dln_str_is(s->form[k], "_")))
                continue;
            dln_str lower = dln_utf8_lower(t->arena, s->form[k]);
            dln_str bytes = script_of(t->arena, s->form[k], lower,
                                      s->lemma[k]);
            uint32_t script = dln_map_intern(&t->scripts, bytes);
            dln_str key = dln_arena_printf(t->arena, "%u %u %.*s",
                                           s->xpos[k], script,
                                           DLN_ARG(lower));
            uint32_t id = dln_map_intern(&t->fact_ids, key);
            if (id == t->facts.count) {
                fact *f = DLN_VEC_PUSH(t->arena, &t->facts);
                if (!f)
                    pack_stop("out of memory");
                *f = (fact){lower, script, 0, s->xpos[k]};
            }
            t->facts.at[id].times++;
        }
    }
}

static int by_key(const void *a, const void *b)
{
    const pack_pair *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

/* What the table so far says of a fact, trying suffixes up to `longest`. */
static uint32_t say(const pack_table *chosen, const uint32_t *ends,
                    const fact *f, uint32_t longest)
{
    for (uint32_t n = longest; n > 0; n--) {
        if (n >= f->lower.len)
            continue;
        pack_pair want = {dln_analyse__lemma_key(f->lower, n, f->xpos), 0};
        uint32_t a = ends[n - 1], b = ends[n];
        while (a < b) {
            uint32_t mid = a + (b - a) / 2;
            if (chosen->at[mid].key < want.key)
                a = mid + 1;
            else
                b = mid;
        }
        if (a < ends[n] && chosen->at[a].key == want.key)
            return chosen->at[a].value;
    }
    return DLN_NONE;
}

/* Adds the winners among facts for suffixes of length `n` (0: words). */
static void level(lemma_trainer *t, pack_table *chosen, uint32_t *ends,
                  uint32_t n)
{
    pack_table all = {0};
    uint32_t below = n ? n - 1 : DLN_LEMMA_SUFFIX;
    for (uint32_t i = 0; i < t->facts.count; i++) {
        const fact *f = &t->facts.at[i];
        if (!n || n < f->lower.len)
            pack_add(&all, dln_analyse__lemma_key(f->lower, n, f->xpos), i);
    }
    qsort(all.at, all.count, sizeof *all.at, by_key);
    for (uint32_t i = 0; i < all.count;) {
        vote votes[32] = {{0}};
        uint32_t kinds = 0, best = 0, differ = 0, end = i, weight = 0;
        for (; end < all.count && all.at[end].key == all.at[i].key; end++) {
            const fact *f = &t->facts.at[all.at[end].value];
            uint32_t v = 0, w = n ? 1 : f->times;
            while (v < kinds && votes[v].script != f->script)
                v++;
            if (v == 32)
                continue;
            if (v == kinds)
                votes[kinds++].script = f->script;
            votes[v].times += w;
            weight += w;
            differ += say(chosen, ends, f, below) != f->script ? w : 0;
        }
        for (uint32_t v = 1; v < kinds; v++)
            if (votes[v].times > votes[best].times)
                best = v;
        const fact *any = &t->facts.at[all.at[i].value];
        bool news = say(chosen, ends, any, below) != votes[best].script;
        bool sure = n == 0 || n == 1
                    || (votes[best].times >= 2
                        && votes[best].times * 10 >= weight * 7);
        if (news && sure && differ)
            pack_add(chosen, all.at[i].key, votes[best].script);
        i = end;
    }
    free(all.at);
}

static void write_scripts(const dln_map *scripts, dln_buf *out)
{
    uint32_t at = (scripts->count + 1) * 4;
    for (uint32_t i = 0; i <= scripts->count; i++) {
        pack_u32(out, at);
        if (i < scripts->count)
            at += (uint32_t)scripts->at[i].key.len;
    }
    for (uint32_t i = 0; i < scripts->count; i++)
        dln_buf_str(out, scripts->at[i].key);
}

void train_lemmas(const corpus *c, dln_buf *table, dln_buf *scripts)
{
    lemma_trainer t = {.arena = dln_arena_new(0)};
    pack_table chosen = {0};
    uint32_t ends[DLN_LEMMA_SUFFIX + 2] = {0};
    if (!t.arena)
        pack_stop("out of memory");
    dln_map_init(&t.scripts, t.arena);
    dln_map_init(&t.fact_ids, t.arena);
    collect(&t, c);
    for (uint32_t n = 1; n <= DLN_LEMMA_SUFFIX; n++) {
        level(&t, &chosen, ends, n);
        ends[n] = chosen.count;
    }
    level(&t, &chosen, ends, 0);
    fprintf(stderr, "lemmas: %u words, %u scripts, %u rules\n",
            t.facts.count, t.scripts.count, chosen.count);
    write_scripts(&t.scripts, scripts);
    pack_table_write(&chosen, table);
    dln_arena_free(t.arena);
}
