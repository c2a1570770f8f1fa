/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge, inside; shared with its trainer (train/quotes.c): which words are
 * cues, and how far cue, source and content reach, by weights of clues.
 *
 *   tokens -> cues or not -> of each cue its span, its source, its content
 *
 * A stretch of words is scored by clues of where it begins, of where it
 * ends, and of both together.
 */
#ifndef DLN_QUOTE_JUDGE_P_H
#define DLN_QUOTE_JUDGE_P_H

#include "model/linear.h"
#include "quote/quote_p.h"

#define JUDGE_MAX_CLUES 320
/* Beginnings and ends that are weighed with each other. */
#define JUDGE_ENDS 12
#define JUDGE_MAX_OPTIONS (JUDGE_ENDS * JUDGE_ENDS + 4)
/* Tokens on each side of a cue that are looked at. */
#define JUDGE_REACH 60
/* Sentences with more tokens are left to the rules. */
#define JUDGE_MAX_TOKENS 200
/* Cues looked at: in a sentence one in so many tokens and as many more, at
 * most so many; in a text one in so many tokens and some more. */
#define JUDGE_CUE_EVERY 6
#define JUDGE_SENTENCE_CUES 16
#define JUDGE_TEXT_EVERY 16
#define JUDGE_TEXT_CUES 64
/* A weight of 0, as it is kept, and of 1. */
#define JUDGE_ZERO (1u << 30)
#define JUDGE_SCALE 512

typedef struct dln_quote_clues {
    uint64_t at[JUDGE_MAX_CLUES];
    uint32_t count;
} dln_quote_clues;

typedef enum dln_quote_part {
    PART_CUE,
    PART_SOURCE,
    PART_CONTENT
} dln_quote_part;

/* Tokens [begin, end); both DLN_NONE: nothing. */
typedef struct dln_quote_words {
    uint32_t begin, end;
} dln_quote_words;

/* What the clues see: a document, and one cue of it. */
typedef struct dln_judged {
    const dln_reading *r;
    uint64_t *word, *lemma;     /* [tokens] hashes, lower case */
    uint32_t *group;            /* [tokens] fine group + coarse << 16 */
    uint32_t *place;            /* [tokens] where it hangs, from the cue */
    uint8_t *deep;              /* [tokens] how far below that branch */
    uint8_t *label;             /* [tokens] the cue's role + 1, or 0 */
    uint32_t cue;               /* token */
    uint32_t begin, end;        /* tokens looked at */
    const dln_candidate *rule;  /* what the rules found here, or NULL */
    dln_quote_words by_rule[3]; /* the rules' parts, in the sentence */
    dln_quote_words part[3];    /* parts decided */
    /* What the network adds to the weights, in their scale: of beginning
     * [0] and end [1] of each part at token begin + i, of there being no
     * such part. Set by dln_quote__lean. */
    int32_t (*lean)[2][2 * JUDGE_REACH];    /* [3], or NULL */
    int32_t lean_none[3];
} dln_judged;

/* Sum of the clues' weights. */
typedef int32_t dln_quote_weigh(const void *model,
                                const dln_quote_clues *clues);

/* A stretch of words and the score of its beginning and end. */
typedef struct dln_quote_option {
    dln_quote_words words;
    int32_t score;
} dln_quote_option;

/* Key of a word in the table of groups. */
uint64_t dln_quote__word_key(dln_str word);
/* Memory for a document's clues; false when there is none. */
bool dln_quote__judged(dln_judged *j, const dln_reading *r);
/* May this token be a cue at all? */
bool dln_quote__cue_like(const dln_judged *j, uint32_t token);
void dln_quote__cue_clues(const dln_judged *j, uint32_t token,
                          dln_quote_clues *out);
/* The first cue in [begin, end), other than `token`, in whose content, by
 * the rules, it stands; or DLN_NONE. */
uint32_t dln_quote__told_by(const dln_reading *r, uint32_t token,
                            uint32_t begin, uint32_t end);
/* The token highest in the tree whose words begin (or end) at `t`. */
uint32_t dln_quote__highest(const dln_reading *r, uint32_t t, bool ends);
/* Turns to the cue at `token`. */
void dln_quote__turn(dln_judged *j, uint32_t token);

/* clues of one part */
void dln_quote__begin_clues(const dln_judged *j, dln_quote_part part,
                            uint32_t begin, dln_quote_clues *out);
void dln_quote__end_clues(const dln_judged *j, dln_quote_part part,
                          uint32_t end, dln_quote_clues *out);
void dln_quote__words_clues(const dln_judged *j, dln_quote_part part,
                            dln_quote_words words, dln_quote_clues *out);

/* May a part begin at this token; may it end before `end`? */
bool dln_quote__may_begin(const dln_judged *j, uint32_t token);
bool dln_quote__may_end(const dln_judged *j, uint32_t end);
/* The best beginnings with the best ends, and "nothing" where it may be.
 * Returns their number. */
uint32_t dln_quote__options(const dln_judged *j, dln_quote_part part,
                            dln_quote_weigh *weigh, const void *model,
                            dln_quote_option out[JUDGE_MAX_OPTIONS]);
/* The best of all. */
dln_quote_words dln_quote__decide(const dln_judged *j, dln_quote_part part,
                                  dln_quote_weigh *weigh, const void *model);
/* The hole that cue and source leave in a content around them. */
dln_quote_words dln_quote__hole(const dln_judged *j, dln_quote_words content);

/* Everything up to the rules' choice (quote.c). */
bool dln_quote__read(const dln_quote *quote, dln_doc *doc,
                     dln_arena *scratch, dln_reading *r);
/* Judges all sentences of a reading the rules have chosen from. */
void dln_quote__judge(dln_reading *r);

#endif
