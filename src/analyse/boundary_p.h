/* SPDX-License-Identifier: Apache-2.0 */
/*
 * boundary: where a paragraph's tokens may part into sentences, what can be
 * seen there, and the weights that decide. The trainer walks the gaps with
 * the very functions that run later.
 */
#ifndef DLN_ANALYSE_BOUNDARY_P_H
#define DLN_ANALYSE_BOUNDARY_P_H

#include "analyse/analyse_p.h"
#include "model/linear.h"
#include "model/weights.h"

/*
 * The section "segment": a table (model/linear.h) from words to what the
 * trainer's text says of them, then u32 bits (8 to 24), u32 zero, and
 * 1 << bits signed 16-bit weights. A feature's weight stands at the upper
 * bits of its hash; features may share one.
 */
typedef struct dln_boundary {
    dln_hashed words;
    const unsigned char *weights;
    uint32_t bits;
} dln_boundary;

/* A word's value in the table: its group (1 to 255; 0 unknown) and how it
 * is written inside sentences. */
enum {
    DLN_USE_LOWER = 1 << 8,     /* nearly always in lower case */
    DLN_USE_MIXED = 2 << 8,
    DLN_USE_NAME = 3 << 8       /* nearly always with a capital */
};

/* What a token looks like. */
typedef enum dln_look {
    DLN_LOOK_NONE,          /* before the paragraph or behind it */
    DLN_LOOK_LOWER, DLN_LOOK_CAPITAL, DLN_LOOK_UPPER, DLN_LOOK_LETTER,
    DLN_LOOK_MIXED, DLN_LOOK_NUMBER, DLN_LOOK_CODE, DLN_LOOK_ADDRESS,
    DLN_LOOK_INITIAL, DLN_LOOK_SHORTENED, DLN_LOOK_SHORT_LOWER,
    DLN_LOOK_STOP, DLN_LOOK_ASK, DLN_LOOK_CRY, DLN_LOOK_DOTS,
    DLN_LOOK_COMMA, DLN_LOOK_COLON, DLN_LOOK_SEMICOLON, DLN_LOOK_DASH,
    DLN_LOOK_OPEN, DLN_LOOK_CLOSE, DLN_LOOK_QUOTE, DLN_LOOK_QUOTE_OPEN,
    DLN_LOOK_QUOTE_CLOSE, DLN_LOOK_BULLET, DLN_LOOK_RULE, DLN_LOOK_SMILEY,
    DLN_LOOK_CLITIC, DLN_LOOK_OTHER
} dln_look;

typedef struct dln_cue {
    uint32_t word;          /* hash: lower case, digits as 0 */
    uint32_t tail;          /* of its last three bytes */
    uint8_t look;
    uint8_t group;
    uint8_t use;            /* 0 unknown, then as above, shifted down */
    uint8_t kind;           /* of abbreviation, 0 none */
    bool space;             /* white space behind it */
} dln_cue;

#define DLN_GAP_FEATURES 96
#define DLN_GAP_RING 16

/* A walk over the gaps of one paragraph, with the sentence so far. */
typedef struct dln_gaps {
    const dln_words *words;
    const dln_boundary *model;
    dln_str text;
    const dln_pieces *p;
    dln_cue ring[DLN_GAP_RING];
    uint32_t known;         /* cues made so far: of the last RING of these */
    uint32_t at;            /* the gap lies behind this piece */
    uint32_t begin;         /* first piece of the sentence */
    uint32_t stop;          /* next terminal mark behind the gap */
    uint32_t first;         /* word that opens the sentence */
    int32_t depth;          /* brackets open */
    bool quote;             /* an odd number of quotation marks */
    /* The paragraph as a whole. */
    uint32_t stops, plain;  /* terminal marks; lower case behind them */
    uint32_t small_i, addresses;
    bool closed;            /* ends with a terminal mark */
} dln_gaps;

/* Opens the section of a model file, which must outlive `out`. */
DLN_NODISCARD dln_status dln_analyse__boundary(dln_boundary *out,
                                               const dln_weights *weights,
                                               dln_error *error);
/* The same for the section's bytes. */
DLN_NODISCARD dln_status dln_analyse__boundary_of(dln_boundary *out,
                                                  dln_str section,
                                                  dln_error *error);
/* The key of a word in the section's table. */
uint64_t dln_analyse__gap_key(dln_str form);

void dln_analyse__gaps(dln_gaps *g, const dln_words *words,
                       const dln_boundary *model, dln_str text,
                       const dln_pieces *pieces);
/* Steps to the next gap where a sentence may end; false behind the last. */
bool dln_analyse__gap_next(dln_gaps *g);
/* What is seen at the gap: places in the weights. Returns how many. */
uint32_t dln_analyse__gap_features(dln_gaps *g, uint32_t *out);
/* The sentence ends at the gap. */
void dln_analyse__gap_end(dln_gaps *g);
/* Sum of weights; above 0 the sentence ends. */
int32_t dln_analyse__gap_score(const dln_boundary *model,
                               const uint32_t *features, uint32_t count);

/* One paragraph's tokens → doc->tokens and doc->sentences (segment.c). */
void dln_analyse__segment(const dln_words *words, const dln_boundary *model,
                          dln_doc *doc, uint32_t paragraph,
                          const dln_pieces *pieces);

#endif
