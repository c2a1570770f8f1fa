/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the analysers and the trainer share: a token's surface as numbers,
 * the features of each task, and the parser's transition system. The
 * trainer calls the very functions that run later, so features cannot
 * drift apart.
 */
#ifndef DLN_ANALYSE_MODEL_P_H
#define DLN_ANALYSE_MODEL_P_H

#include "analyse/analyse_p.h"
#include "model/linear.h"
#include "model/weights.h"

/* Surface of a token: hashes, 0 for none. */
typedef struct dln_lexeme {
    uint32_t word;      /* lower case, digits as 0; unknown words by shape */
    uint32_t form;      /* the same, but with its case and never unknown */
    uint32_t low;       /* as word, but never unknown */
    uint32_t suffix[4]; /* last 1..4 characters, lower case */
    uint32_t prefix[3];
    uint32_t shape;     /* Xx, dd-dd ... */
    uint32_t cluster;   /* of words used alike; 0 unknown */
    uint8_t flags;
    uint8_t lists;      /* bits: lists of names that hold the word */
} dln_lexeme;

enum {
    DLN_LEX_UPPER = 1,      /* begins with a capital */
    DLN_LEX_ALL_UPPER = 2,
    DLN_LEX_DIGIT = 4,
    DLN_LEX_HYPHEN = 8,
    DLN_LEX_ALPHA = 16      /* has a letter */
};

/* `vocabulary` may be NULL: every word is then known. */
void dln_analyse__lexeme(dln_lexeme *out, dln_str form,
                         const dln_hashed *vocabulary);
/* A word's value in the vocabulary: its cluster, a bit for words the
 * treebanks do not know, and the bits of the lists that hold it. */
enum {
    DLN_VOCAB_CLUSTER = 0xFFFF,
    DLN_VOCAB_STRANGE = 0x10000,
    DLN_VOCAB_LISTS = 17
};

/* The key of a word in the vocabulary. */
static inline uint64_t dln_analyse__key(uint32_t low)
{
    return dln_mix(0x1234567, low);
}

/* Tags. A class is a pair of XPOS and UPOS. */
#define DLN_TAG_FEATURES 40
/* Classes of the tokens before `i` are in `tags` (class + 1, 0 before the
 * sentence). */
uint32_t dln_analyse__tag_features(const dln_lexeme *lex, uint32_t count,
                                   uint32_t i, const uint8_t *tags,
                                   uint64_t *out);

/* Lemmas: a script says how many characters to take off the end and what
 * to add; whether the word keeps its capitals. */
typedef struct dln_lemmas {
    dln_hashed table;       /* key → script */
    const unsigned char *scripts;
    uint32_t count;
    size_t len;
    const dln_hashed *vocabulary;   /* NULL: no word is known */
    const dln_table *irregular;     /* NULL: none */
} dln_lemmas;

#define DLN_LEMMA_SUFFIX 6
uint64_t dln_analyse__lemma_key(dln_str lower, uint32_t suffix,
                                unsigned xpos);
dln_str dln_analyse__apply(dln_arena *arena, dln_str form, dln_str lower,
                           dln_str script);
/* The lemma in `arena`. */
dln_str dln_analyse__lemma(const dln_lemmas *lemmas, dln_arena *arena,
                           dln_str form, unsigned xpos);

/* Parsing: arc-eager, the root behind the last token. */
typedef enum dln_action {
    DLN_SHIFT,
    DLN_REDUCE,
    DLN_LEFT,               /* buffer's first is head of the stack's top */
    DLN_RIGHT               /* stack's top is head of the buffer's first */
} dln_action;

typedef struct dln_move {
    uint8_t action, label;
} dln_move;

/* Per token what the parser's features read. */
typedef struct dln_node {
    uint32_t word, cluster, suffix;
    uint32_t tag;           /* class + 1 */
} dln_node;

/* All arrays have count + 1 places, the last for the root. DLN_NONE: no
 * token. */
typedef struct dln_state {
    const dln_node *nodes;
    uint32_t count;         /* tokens; index `count` is the root */
    uint32_t *stack;
    uint32_t depth;
    uint32_t next;          /* first of the buffer */
    uint32_t *head;
    uint8_t *label;
    uint32_t (*left)[2];    /* outermost and next left child */
    uint32_t (*right)[2];
    uint8_t *left_count, *right_count;
    uint64_t *left_set, *right_set;     /* labels of the children */
} dln_state;

/* Room for sentences of up to `most` tokens; false: out of memory. */
bool dln_analyse__state(dln_state *state, uint32_t most, dln_arena *arena);
/* Begins a sentence. */
void dln_analyse__start(dln_state *state, const dln_node *nodes,
                        uint32_t count);
/* Bit mask (1 << action) of what may be done. 0: finished. */
unsigned dln_analyse__valid(const dln_state *state);
void dln_analyse__do(dln_state *state, dln_move move);
#define DLN_PARSE_FEATURES 112
uint32_t dln_analyse__parse_features(const dln_state *state, uint64_t *out);
/* Makes one tree with one root of what the moves left. */
void dln_analyse__one_root(dln_state *state);
/* Takes what hangs on punctuation up to its head, in the sentence's tokens
 * with tags and heads. */
void dln_analyse__lift(dln_doc *doc, const dln_sentence *sentence);

/* Entities. Label 0 is outside; 1 + 4 * kind + part is within. */
enum {
    DLN_BILOU_BEGIN,
    DLN_BILOU_IN,
    DLN_BILOU_LAST,
    DLN_BILOU_UNIT,
    DLN_BILOU_CLASSES = 1 + 4 * DLN_ENT_COUNT
};
#define DLN_ENTITY_FEATURES 72
bool dln_analyse__may_follow(uint8_t before, uint8_t label, bool last);
uint32_t dln_analyse__entity_features(const dln_lexeme *lex,
                                      const dln_node *nodes, uint32_t count,
                                      uint32_t i, const uint8_t *labels,
                                      uint64_t *out);
/* The best label that may stand behind `before`. */
uint8_t dln_analyse__entity_best(const int32_t *scores, uint32_t classes,
                                 uint8_t before, bool last);
void dln_analyse__label(const dln_linear *model, const dln_lexeme *lex,
                        const dln_node *nodes, uint32_t count,
                        uint8_t *labels);
/* Labels of tokens from `token_begin` on → doc->entities. */
void dln_analyse__entities(dln_doc *doc, uint32_t token_begin,
                           const uint8_t *labels, uint32_t count);

/* The opened sections of a model file. */
typedef struct dln_models {
    dln_weights weights;
    dln_hashed vocabulary;
    dln_linear tag;
    const unsigned char *tags;  /* [tag.classes] pairs of XPOS and UPOS */
    dln_linear parse;
    const unsigned char *moves; /* [parse.classes] dln_move */
    dln_lemmas lemmas;
    dln_linear entity;
} dln_models;

/* Checks that the sections fit each other. Keeps `weights`. */
DLN_NODISCARD dln_status dln_analyse__models(dln_models *out,
                                             const dln_weights *weights,
                                             dln_error *error);
/* Fills tags[count] with class + 1. */
void dln_analyse__tag(const dln_linear *model, const dln_lexeme *lex,
                      uint32_t count, uint8_t *tags);
/* Parses nodes[count]; heads and labels are in the state then. */
void dln_analyse__parse(const dln_linear *model, const unsigned char *moves,
                        dln_state *state);
dln_node dln_analyse__node(const dln_lexeme *lex, uint8_t tag);

#endif
