/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Training of the entity finder on a column file that entities.py makes:
 * lines "token TAB label" with BIO labels, an empty line behind each
 * sentence, and lines "# ignore KIND..." that name what the following
 * sentences leave unlabelled. Label "?" says that nothing is known.
 */
#include <stdio.h>
#include <stdlib.h>

#include "corpus.h"
#include "learner.h"

enum { UNKNOWN = 255, LONGEST = 300 };

typedef struct name_sentence {
    uint32_t count;
    uint32_t ignore;        /* bit per kind */
    dln_lexeme *lex;
    dln_node *nodes;
    uint8_t *gold;          /* BILOU label or UNKNOWN */
} name_sentence;

typedef struct names {
    const dln_words *lists;
    const dln_hashed *vocabulary;
    const dln_linear *tagger;
    dln_arena *arena, *scratch;
    name_sentence *at;      /* [count] */
    uint32_t count, cap, tokens;
    /* The sentence being read. */
    dln_lexeme lex[LONGEST];
    uint8_t kind[LONGEST];  /* 0 outside, 1 + kind, or UNKNOWN */
    bool begins[LONGEST];
    uint32_t n, ignore;
} names;

static void end_sentence(names *s)
{
    static uint8_t tags[LONGEST];
    uint32_t n = s->n;
    s->n = 0;
    if (!n)
        return;
    if (s->count == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 4096;
        s->at = pack_resize(s->at, s->cap, sizeof *s->at);
    }
    name_sentence *out = &s->at[s->count++];
    *out = (name_sentence){
        n, s->ignore, dln_arena_array(s->arena, n, sizeof *out->lex),
        dln_arena_array(s->arena, n, sizeof *out->nodes),
        dln_arena_array(s->arena, n, 1)};
    if (dln_arena_oom(s->arena))
        pack_stop("out of memory");
    memcpy(out->lex, s->lex, n * sizeof *out->lex);
    dln_analyse__tag(s->tagger, out->lex, n, tags);
    for (uint32_t i = 0; i < n; i++) {
        out->nodes[i] = dln_analyse__node(&out->lex[i], tags[i]);
        uint8_t kind = s->kind[i];
        bool more = i + 1 < n && s->kind[i + 1] == kind && !s->begins[i + 1];
        bool first = i == 0 || s->kind[i - 1] != kind || s->begins[i];
        unsigned part = first ? more ? DLN_BILOU_BEGIN : DLN_BILOU_UNIT
                              : more ? DLN_BILOU_IN : DLN_BILOU_LAST;
        out->gold[i] = kind == 0 || kind == UNKNOWN
                           ? kind : (uint8_t)(1 + 4 * (kind - 1u) + part);
    }
    s->tokens += n;
}

static uint32_t kinds_of(dln_str line)
{
    uint32_t kinds = 0;
    dln_str word;
    while (dln_str_cut(&line, ' ', &word)) {
        dln_entity_kind kind = dln_entity_of(word);
        if (kind < DLN_ENT_COUNT)
            kinds |= 1u << kind;
    }
    return kinds;
}

/* A token of the file may be several of ours. */
static void add_token(names *s, dln_str token, dln_str label)
{
    dln_pieces pieces = {0};
    uint8_t kind = 0;
    if (dln_str_is(label, "?"))
        kind = UNKNOWN;
    else if (label.len > 2)
        kind = (uint8_t)(1 + dln_entity_of(dln_str_sub(label, 2,
                                                       label.len)));
    if (kind != UNKNOWN && kind > DLN_ENT_COUNT)
        pack_stop("unknown label %.*s", DLN_ARG(label));
    dln_analyse__tokenize(s->lists, token,
                          (dln_span){0, (uint32_t)token.len}, s->scratch,
                          &pieces);
    for (uint32_t i = 0; i < pieces.count && s->n < LONGEST; i++) {
        dln_analyse__lexeme(&s->lex[s->n],
                            dln_str_at(token, pieces.at[i].span),
                            s->vocabulary);
        s->begins[s->n] = i == 0 && label.len && label.data[0] == 'B';
        s->kind[s->n++] = kind;
    }
    dln_arena_reset(s->scratch);
}

static void read_names(names *s, const char *path)
{
    dln_error error = {DLN_OK, ""};
    dln_buf file;
    dln_str line, token, label;
    dln_buf_init(&file, 0);
    if (dln_io_read(&file, path, &error) != DLN_OK)
        pack_stop("%s", error.text);
    dln_str rest = dln_buf_view(&file);
    while (dln_str_cut(&rest, '\n', &line)) {
        if (!line.len)
            end_sentence(s);
        else if (dln_str_starts(line, DLN_STR("# ignore")))
            s->ignore = kinds_of(line);
        else if (dln_str_cut(&line, '\t', &token)
                 && dln_str_cut(&line, '\t', &label))
            add_token(s, token, label);
    }
    end_sentence(s);
    dln_buf_release(&file);
}

static uint32_t train_sentence(learner *l, const name_sentence *s)
{
    uint64_t features[DLN_ENTITY_FEATURES];
    uint8_t labels[LONGEST];
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        int32_t scores[DLN_LINEAR_MAX_CLASSES] = {0};
        uint32_t n = dln_analyse__entity_features(s->lex, s->nodes, s->count,
                                                  i, labels, features);
        learner_score(l, features, n, scores);
        uint8_t before = i ? labels[i - 1] : 0;
        bool last = i + 1 == s->count;
        uint8_t best = dln_analyse__entity_best(scores, l->classes, before,
                                                last);
        uint8_t gold = s->gold[i];
        bool may = gold != UNKNOWN
                   && dln_analyse__may_follow(before, gold, last);
        bool free = gold == UNKNOWN
                    || (gold == 0 && best
                        && s->ignore >> ((best - 1u) / 4) & 1);
        labels[i] = best;
        wrong += !free && best != gold;
        /* Where the gold label cannot stand there is nothing to learn. */
        if (free || !may)
            continue;
        learner_update(l, features, n, gold, best);
        /* A wrong label is not followed to where gold cannot go on. */
        if (best != gold && i + 1 < s->count && s->gold[i + 1] != UNKNOWN
            && !dln_analyse__may_follow(best, s->gold[i + 1],
                                        i + 2 == s->count))
            labels[i] = gold;
    }
    return wrong;
}

/* Says how the written model does on its own data. */
static void check(const names *s, const dln_buf *section)
{
    dln_linear model;
    dln_error error = {DLN_OK, ""};
    uint8_t labels[LONGEST];
    uint32_t wrong = 0;
    if (dln_linear_open(&model, dln_buf_view(section), &error) != DLN_OK)
        pack_stop("%s", error.text);
    for (uint32_t i = 0; i < s->count; i++) {
        const name_sentence *n = &s->at[i];
        dln_analyse__label(&model, n->lex, n->nodes, n->count, labels);
        for (uint32_t t = 0; t < n->count; t++)
            wrong += n->gold[t] != UNKNOWN && labels[t] != n->gold[t];
    }
    fprintf(stderr, "entity model: %u wrong of %u\n", wrong, s->tokens);
}

void train_names(const char *path, const dln_words *lists,
                 const dln_hashed *vocabulary, const dln_linear *tagger,
                 uint32_t epochs, uint32_t updates, dln_buf *out)
{
    static names s;
    learner l;
    uint64_t seed = 3;
    s = (names){.lists = lists, .vocabulary = vocabulary, .tagger = tagger,
                .arena = dln_arena_new((size_t)4 << 30),
                .scratch = dln_arena_new(0)};
    if (!s.arena || !s.scratch)
        pack_stop("out of memory");
    read_names(&s, path);
    uint32_t *order = pack_array(s.count, sizeof *order);
    learner_init(&l, DLN_BILOU_CLASSES);
    for (uint32_t e = 0; e < epochs; e++) {
        uint32_t wrong = 0;
        corpus_shuffle(order, s.count, &seed);
        for (uint32_t i = 0; i < s.count; i++)
            wrong += train_sentence(&l, &s.at[order[i]]);
        fprintf(stderr, "entity epoch %u: %u wrong of %u\n", e + 1, wrong,
                s.tokens);
    }
    learner_write(&l, updates, out);
    check(&s, out);
    learner_release(&l);
    free(order);
    free(s.at);
    dln_arena_free(s.arena);
    dln_arena_free(s.scratch);
}
