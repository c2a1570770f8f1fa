/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segment: treebanks → the weights that part paragraphs into sentences
 * (src/analyse/boundary_p.h), as a model file with the one section
 * "segment". See train/README.md.
 *
 *     segment DATADIR OUT CLUSTERS TEXT TREEBANK.conllu... LINES...
 *
 * A file of any other name than .conllu has a sentence a line; they are put
 * together to paragraphs. Texts are rebuilt from the treebanks and cut by
 * the program's own tokenizer; a gap counts as a sentence's end when a gold
 * sentence ends in it. The learner is an averaged perceptron with a margin
 * that sees a part of the features only, drawn anew at every step. With -
 * for OUT it cross-validates and prints scores.
 */
#include <stdio.h>
#include <stdlib.h>

#include "analyse/boundary_p.h"
#include "base/io.h"
#include "base/map.h"
#include "corpus.h"
#include "doc/conllu.h"

enum { BLOCK = 40, MAX_BANKS = 8, LINES = 5, TIGHT = 2 };

typedef struct bank {
    const char *path;
    dln_doc *doc;
    uint32_t *first;        /* [paragraphs + 1] sentence they begin with */
} bank;

typedef struct place {
    uint32_t bank, paragraph;
} place;

typedef struct trainer {
    dln_words lists;
    dln_arena *scratch;
    bank banks[MAX_BANKS];
    uint32_t bank_count;
    place *places;          /* every paragraph */
    uint32_t place_count;
    dln_buf words;          /* the table of the section */
    uint32_t bits, epochs, folds, updates, drop;
    int32_t margin;
} trainer;

/* The weights while they are learned. */
typedef struct sum {
    int32_t *weight, *updates;
    int64_t *total;         /* of updates times their step */
    int64_t step;
    uint64_t seed;
} sum;

typedef struct tally {
    uint32_t right, out, gold;
} tally;

static void read_file(dln_buf *out, const char *path)
{
    dln_error error = {DLN_OK, ""};
    dln_buf_init(out, 0);
    if (dln_io_read(out, path, &error) != DLN_OK)
        pack_stop("%s", error.text);
}

/* How often words stand in lower case and with a capital behind a word in
 * lower case. */
static void count_case(dln_map *lower, dln_map *upper, const char *path)
{
    dln_buf text;
    dln_str line, word;
    read_file(&text, path);
    dln_str rest = dln_buf_view(&text);
    while (dln_str_cut(&rest, '\n', &line)) {
        bool plain = false;
        while (dln_str_cut(&line, ' ', &word)) {
            char key[17];
            char last = word.len ? word.data[word.len - 1] : '.';
            while (word.len && strchr(".,;:!?\"')",
                                      word.data[word.len - 1]))
                word.len--;
            if (word.len && plain) {
                dln_map *map = dln_is_upper(word.data[0]) ? upper : lower;
                snprintf(key, sizeof key, "%016llx",
                         (unsigned long long)dln_analyse__gap_key(word));
                uint32_t n = dln_map_get(map, dln_str_of(key));
                dln_map_set(map, dln_str_of(key), n == DLN_NONE ? 1 : n + 1);
            }
            plain = word.len && dln_is_lower(word.data[0])
                    && (dln_is_lower(last) || last == ',');
        }
    }
    dln_buf_release(&text);
}

static uint32_t use_of(const dln_map *lower, const dln_map *upper,
                       dln_str key)
{
    uint32_t low = dln_map_get(lower, key), up = dln_map_get(upper, key);
    low = low == DLN_NONE ? 0 : low;
    up = up == DLN_NONE ? 0 : up;
    if (low + up < 10)
        return 0;
    return low >= 19 * (uint64_t)up ? DLN_USE_LOWER
           : up >= 19 * (uint64_t)low ? DLN_USE_NAME : DLN_USE_MIXED;
}

/* The table of words: lines "class TAB word", and how the text writes
 * them. */
static void make_words(trainer *t, const char *clusters, const char *text)
{
    dln_arena *arena = dln_arena_new((size_t)4 << 30);
    dln_map lower, upper, seen;
    pack_table table = {0};
    dln_buf file;
    dln_str line, number, word;
    if (!arena)
        pack_stop("out of memory");
    dln_map_init(&lower, arena);
    dln_map_init(&upper, arena);
    dln_map_init(&seen, arena);
    count_case(&lower, &upper, text);
    read_file(&file, clusters);
    dln_str rest = dln_buf_view(&file);
    while (dln_str_cut(&rest, '\n', &line)) {
        char key[17];
        if (!dln_str_cut(&line, '\t', &number)
            || !dln_str_cut(&line, '\t', &word))
            continue;
        uint64_t k = dln_analyse__gap_key(word);
        snprintf(key, sizeof key, "%016llx", (unsigned long long)k);
        if (dln_map_get(&seen, dln_str_of(key)) != DLN_NONE)
            continue;
        dln_map_set(&seen, dln_str_of(key), 1);
        uint32_t group = (uint32_t)strtoul(number.data, NULL, 10) % 255 + 1;
        pack_add(&table, k, group | use_of(&lower, &upper,
                                           dln_str_of(key)));
    }
    fprintf(stderr, "%u words\n", table.count);
    dln_buf_init(&t->words, 0);
    pack_table_write(&table, &t->words);
    dln_buf_release(&file);
    dln_arena_free(arena);
}

/* Lines → paragraphs of one to LINES sentences. Now and then the space
 * between two is lost, as it is on pages. */
static void read_lines(dln_doc *doc, dln_str rest)
{
    dln_buf text;
    dln_str line;
    uint64_t seed = 7;
    uint32_t left = 0;
    dln_buf_init(&text, 0);
    while (dln_str_cut(&rest, '\n', &line)) {
        if (!line.len)
            continue;
        dln_sentence *s = DLN_VEC_PUSH(doc->arena, &doc->sentences);
        if (!s)
            pack_stop("out of memory");
        bool tight = !dln_is_digit(line.data[0])
                     && corpus_random(&seed) % 100 < TIGHT;
        if (!left) {
            left = corpus_random(&seed) % LINES + 1;
            dln_buf_char(&text, '\n');
        } else if (!tight) {
            dln_buf_char(&text, ' ');
        }
        left--;
        s->span.start = (uint32_t)text.len;
        dln_buf_str(&text, line);
        s->span.end = (uint32_t)text.len;
    }
    doc->text = dln_arena_str(doc->arena, dln_buf_view(&text));
    dln_doc_split_paragraphs(doc);
    dln_buf_release(&text);
}

static void read_bank(trainer *t, const char *path)
{
    dln_error error = {DLN_OK, ""};
    dln_buf text;
    if (t->bank_count == MAX_BANKS)
        pack_stop("too many treebanks");
    bank *b = &t->banks[t->bank_count];
    *b = (bank){.path = path, .doc = dln_doc_new((size_t)4 << 30)};
    read_file(&text, path);
    if (!b->doc)
        pack_stop("out of memory");
    if (!dln_str_ends(dln_str_of(path), DLN_STR(".conllu")))
        read_lines(b->doc, dln_buf_view(&text));
    else if (dln_conllu_read(b->doc, dln_buf_view(&text), &error) != DLN_OK)
        pack_stop("%s: %s", path, error.text);
    dln_buf_release(&text);
    uint32_t n = b->doc->paragraphs.count, s = 0;
    b->first = pack_array(n + 1, sizeof *b->first);
    t->places = pack_resize(t->places, t->place_count + n,
                            sizeof *t->places);
    for (uint32_t i = 0; i < n; i++) {
        while (s < b->doc->sentences.count
               && b->doc->sentences.at[s].span.end
                      <= b->doc->paragraphs.at[i].span.start)
            s++;
        b->first[i] = s;
        t->places[t->place_count++] = (place){t->bank_count, i};
    }
    b->first[n] = b->doc->sentences.count;
    t->bank_count++;
}

/* The gold end in the gap behind piece `i`, if any; *s the sentence that
 * was reached. */
static bool is_end(const dln_doc *doc, const dln_pieces *p, uint32_t i,
                   uint32_t *s)
{
    while (*s < doc->sentences.count
           && doc->sentences.at[*s].span.end < p->at[i].span.end)
        ++*s;
    return *s < doc->sentences.count
           && doc->sentences.at[*s].span.end <= p->at[i + 1].span.start;
}

static void update(sum *l, const uint32_t *features, uint32_t n, int by)
{
    for (uint32_t i = 0; i < n; i++) {
        l->weight[features[i]] += by;
        l->total[features[i]] += by * l->step;
        l->updates[features[i]]++;
    }
}

/* Walks a paragraph: learns from it, or (`l` NULL) counts what the weights
 * of `model` get right. */
static void walk(trainer *t, place at, const dln_boundary *model, sum *l,
                 tally *score)
{
    uint32_t features[DLN_GAP_FEATURES], begin = 0, gold_begin = 0;
    const bank *b = &t->banks[at.bank];
    dln_pieces pieces = {0};
    dln_gaps gaps;
    uint32_t s = b->first[at.paragraph];
    dln_arena_reset(t->scratch);
    dln_analyse__tokenize(&t->lists, b->doc->text,
                          b->doc->paragraphs.at[at.paragraph].span,
                          t->scratch, &pieces);
    dln_analyse__gaps(&gaps, &t->lists, model, b->doc->text, &pieces);
    while (dln_analyse__gap_next(&gaps)) {
        uint32_t n = dln_analyse__gap_features(&gaps, features);
        bool gold = is_end(b->doc, &pieces, gaps.at, &s), guess;
        if (l) {
            int32_t total = 0;
            uint32_t kept = 0;
            for (uint32_t i = 0; i < n; i++)
                if (corpus_random(&l->seed) % 100 >= t->drop)
                    features[kept++] = features[i];
            n = kept;
            for (uint32_t i = 0; i < n; i++)
                total += l->weight[features[i]];
            guess = total > 0;
            if ((gold ? total : -total) <= t->margin)
                update(l, features, n, gold ? 1 : -1);
            l->step++;
        } else {
            guess = dln_analyse__gap_score(model, features, n) > 0;
        }
        if (guess)
            dln_analyse__gap_end(&gaps);
        score->out += guess;
        score->gold += gold;
        if (guess && gold && begin == gold_begin)
            score->right++;
        if (guess)
            begin = gaps.at + 1;
        if (gold)
            gold_begin = gaps.at + 1;
    }
    score->out++;
    score->gold++;
    score->right += begin == gold_begin;
}

static void write_section(const trainer *t, const sum *l, dln_buf *out)
{
    size_t n = (size_t)1 << t->bits;
    double most = 1e-9;
    double *mean = pack_array(n, sizeof *mean);
    for (size_t i = 0; i < n; i++) {
        mean[i] = (double)l->weight[i]
                  - (double)l->total[i] / (double)l->step;
        if (l->updates[i] < (int32_t)t->updates)
            mean[i] = 0;
        most = mean[i] > most ? mean[i] : -mean[i] > most ? -mean[i] : most;
    }
    dln_buf_init(out, 0);
    dln_buf_str(out, dln_buf_view(&t->words));
    pack_u32(out, t->bits);
    pack_u32(out, 0);
    for (size_t i = 0; i < n; i++) {
        double scaled = mean[i] * 32767 / most;
        int16_t w = (int16_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        dln_buf_add(out, &w, sizeof w);
    }
    free(mean);
}

static void open_section(dln_boundary *model, const dln_buf *section)
{
    dln_error error = {DLN_OK, ""};
    if (dln_analyse__boundary_of(model, dln_buf_view(section), &error)
        != DLN_OK)
        pack_stop("%s", error.text);
}

/* Learns from all paragraphs but those of `fold` (folds 0: all). */
static void learn(trainer *t, uint32_t fold, uint32_t folds, dln_buf *out)
{
    size_t n = (size_t)1 << t->bits;
    sum l = {pack_array(n, sizeof *l.weight),
             pack_array(n, sizeof *l.updates),
             pack_array(n, sizeof *l.total), 1, 6};
    dln_boundary model;
    uint32_t *order = pack_array(t->place_count, sizeof *order);
    uint64_t seed = 5;
    write_section(t, &l, out);
    open_section(&model, out);
    for (uint32_t e = 0; e < t->epochs; e++) {
        tally s = {0, 0, 0};
        corpus_shuffle(order, t->place_count, &seed);
        for (uint32_t i = 0; i < t->place_count; i++)
            if (!folds || order[i] / BLOCK % folds != fold)
                walk(t, t->places[order[i]], &model, &l, &s);
        fprintf(stderr, "epoch %u: F1 %.4f\n", e + 1,
                2.0 * s.right / (s.out + s.gold));
    }
    dln_buf_release(out);
    write_section(t, &l, out);
    free(l.weight);
    free(l.updates);
    free(l.total);
    free(order);
}

static void cross_validate(trainer *t)
{
    tally s[MAX_BANKS] = {{0, 0, 0}};
    for (uint32_t f = 0; f < t->folds; f++) {
        dln_buf section;
        dln_boundary model;
        learn(t, f, t->folds, &section);
        open_section(&model, &section);
        for (uint32_t i = 0; i < t->place_count; i++)
            if (i / BLOCK % t->folds == f)
                walk(t, t->places[i], &model, NULL,
                     &s[t->places[i].bank]);
        dln_buf_release(&section);
    }
    for (uint32_t i = 0; i < t->bank_count; i++)
        printf("%s: sentences F1 %.4f (p %.4f r %.4f of %u)\n",
               t->banks[i].path, 2.0 * s[i].right / (s[i].out + s[i].gold),
               1.0 * s[i].right / s[i].out, 1.0 * s[i].right / s[i].gold,
               s[i].gold);
}

int main(int argc, char **argv)
{
    static trainer t;
    static pack_file file;
    dln_lang *lang;
    dln_error error = {DLN_OK, ""};
    if (argc < 6)
        pack_stop("usage: segment DATADIR OUT CLUSTERS TEXT TREEBANK...");
    if (dln_lang_open(&lang, argv[1], "en", &error) != DLN_OK
        || dln_analyse__words(&t.lists, lang, &error) != DLN_OK)
        pack_stop("%s", error.text);
    t.scratch = dln_arena_new(0);
    t.bits = (uint32_t)pack_setting("SEGMENT_BITS", 18);
    t.epochs = (uint32_t)pack_setting("SEGMENT_EPOCHS", 8);
    t.folds = (uint32_t)pack_setting("SEGMENT_FOLDS", 5);
    t.updates = (uint32_t)pack_setting("SEGMENT_UPDATES", 2);
    t.drop = (uint32_t)pack_setting("SEGMENT_DROP", 30);
    t.margin = (int32_t)pack_setting("SEGMENT_MARGIN", 20);
    make_words(&t, argv[3], argv[4]);
    for (int i = 5; i < argc; i++)
        read_bank(&t, argv[i]);
    if (dln_str_is(dln_str_of(argv[2]), "-")) {
        cross_validate(&t);
        return 0;
    }
    learn(&t, 0, 0, pack_section(&file, "segment"));
    pack_file_write(&file, argv[2]);
    return 0;
}
