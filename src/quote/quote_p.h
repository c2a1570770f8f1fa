/* SPDX-License-Identifier: Apache-2.0 */
/*
 * quote, inside: quotation marks → quoted stretches; tokens → cues; cues and
 * stretches → candidates; candidates → statements. Candidates carry a score,
 * so that another judge can be put in front of the choice between them.
 */
#ifndef DLN_QUOTE_QUOTE_P_H
#define DLN_QUOTE_QUOTE_P_H

#include "base/map.h"
#include "model/linear.h"
#include "model/weights.h"
#include "quote/quote.h"

/* A quotation longer than this has lost its closing mark. */
#define QUOTE_MAX_BYTES 20000
/* An unclosed one is taken for this long at most. */
#define QUOTE_MAX_UNCLOSED 2000
/* Deepest nesting followed. */
#define QUOTE_MAX_DEPTH 8
/* Sentences with more tokens are read by their quotation marks alone. */
#define QUOTE_MAX_TOKENS 500
/* Content fragments of one statement. */
#define QUOTE_MAX_CONTENTS 12
/* Members a group of speakers may have. */
#define QUOTE_MAX_SPEAKERS 32

/* A stretch of text between quotation marks, within one paragraph. */
typedef struct dln_stretch {
    dln_span outer;         /* with its marks */
    dln_span inner;         /* without, white space trimmed */
    uint32_t parent;        /* stretch around it, or DLN_NONE */
    uint32_t before;        /* stretch of the last paragraph which this one
                             * goes on from, or DLN_NONE */
    bool closed;            /* has its closing mark */
    bool single;            /* ‘...’ */
} dln_stretch;

typedef DLN_VEC(dln_stretch) dln_stretches;

/* Finds the quoted stretches of all paragraphs, sorted by start; a stretch
 * stands before those inside it. */
void dln_quote__stretches(const dln_doc *doc, dln_arena *scratch,
                          dln_stretches *out);

/* What the content of a reporting verb may be. */
enum {
    FRAME_Q = 1 << 0,       /* quotation */
    FRAME_THAT = 1 << 1,    /* clause */
    FRAME_WH = 1 << 2,
    FRAME_TO = 1 << 3,      /* infinitive */
    FRAME_O = 1 << 4,       /* object */
    FRAME_O_TO = 1 << 5,    /* object and infinitive */
    FRAME_O_PREP = 1 << 6,  /* object and phrase: accuse X of Y */
    FRAME_O_O = 1 << 7,     /* object and its name: call it a crisis */
    FRAME_P = 1 << 8,       /* phrase with a preposition of the row */
    FRAME_HEARER = 1 << 9   /* the object is the hearer */
};

typedef struct dln_verb {
    uint32_t frames;
    uint8_t strength;
    uint8_t act;            /* dln_act */
    dln_str preps;          /* the row's frames, for p:X */
} dln_verb;

typedef enum dln_cue_kind {
    CUE_VERB,
    CUE_NOUN,               /* "his claim that" */
    CUE_PHRASE,             /* "according to" */
    CUE_COLON,              /* "Headline: Minister" */
    CUE_LEARNED             /* in no list; by the weights */
} dln_cue_kind;

typedef struct dln_cue {
    dln_cue_kind kind;
    uint32_t token;         /* the verb, noun, or first word */
    uint32_t begin, end;    /* tokens of the cue's span */
    uint32_t row;           /* in the list of its kind */
    dln_act act;
    uint8_t strength;
    bool negated;
} dln_cue;

typedef struct dln_candidate {
    dln_cue cue;            /* kind CUE_COLON and token DLN_NONE: no cue */
    uint32_t source_begin, source_end;  /* tokens; DLN_NONE: none */
    uint32_t source_head;   /* token or DLN_NONE */
    uint32_t hearer;        /* token or DLN_NONE */
    dln_span contents[QUOTE_MAX_CONTENTS];
    uint32_t content_count;
    int score;              /* higher is surer; below 0 is dropped */
    bool mendable;          /* its last content may have been cut short */
    bool quoted;            /* got its content from quotation marks */
    bool by_marks;          /* and nothing else is its content */
    bool kept;              /* becomes a statement */
    bool learned;           /* the weights had the last word */
    int32_t odds;           /* of its cue, by them */
    uint32_t statement;     /* it became, or DLN_NONE */
    const char *rule;       /* static: what decided */
} dln_candidate;

typedef DLN_VEC(dln_candidate) dln_candidates;

struct dln_quote {
    dln_arena *arena;
    const dln_table *verbs, *nouns, *phrases, *first_person;
    dln_verb *verb;         /* [verbs->count] */
    uint8_t *noun_act;      /* [nouns->count] */
    bool *noun_text;        /* [nouns->count]: written, not said */
    dln_weights file;
    bool opened, weighs;    /* is there a file, does it hold weights */
    struct dln_opinion_net *opinion;    /* opinion_p.h */
    dln_hashed weights;     /* value: weight + JUDGE_ZERO */
    dln_hashed groups;      /* words of like meaning: by hash, see judge_p.h */
};

/* Working state of one run. */
typedef struct dln_reading {
    const dln_quote *quote;
    dln_doc *doc;
    dln_arena *scratch;
    dln_stretches stretches;
    dln_candidates candidates;
    uint32_t *inside;       /* [tokens] innermost stretch, or DLN_NONE */
    uint32_t *low, *high;   /* [tokens] subtree range [low, high) */
    uint32_t *at_token;     /* [tokens] candidate whose cue it is */
    int32_t *odds;          /* [tokens] of being a cue, by the weights */
} dln_reading;

/* Is the token this word, letter case aside? */
bool dln_quote__is(const dln_doc *doc, uint32_t token, const char *word);

/* Is there a cue at `token`? */
bool dln_quote__verb_cue(const dln_reading *r, uint32_t token, dln_cue *out);
bool dln_quote__phrase_cue(const dln_reading *r, uint32_t token,
                           dln_cue *out);
bool dln_quote__noun_cue(const dln_reading *r, uint32_t token, dln_cue *out);

/* Fills source, hearer and contents of a verb cue from the tree; false when
 * no content was found there. */
bool dln_quote__clause(const dln_reading *r, dln_candidate *c);
void dln_quote__add_content(dln_candidate *c, dln_span span);

/* A source beside the cue by word classes, if it has none yet. */
void dln_quote__surface_source(const dln_reading *r, dln_candidate *c);

/* Lets a content that the tree cut short go on to the end of its phrase. */
void dln_quote__mend(const dln_reading *r, dln_candidate *c);
/* "X, he said" and "he said that X" by the order of words alone. */
void dln_quote__surface_content(dln_reading *r, dln_candidate *c);
/* "X, he said, Y": true when the cue stands so. */
bool dln_quote__between(const dln_reading *r, dln_candidate *c);
/* Source and content around a phrase such as "according to". */
bool dln_quote__phrase(const dln_reading *r, dln_candidate *c);
/* Source and content of a noun of saying. */
bool dln_quote__noun(const dln_reading *r, dln_candidate *c);

/* Gives stretches to candidates or new ones: quote-first attribution. */
void dln_quote__join(dln_reading *r);

/* The actors that the source of `c` stands for: count, into out. */
uint32_t dln_quote__speakers(const dln_reading *r, const dln_candidate *c,
                             uint32_t out[QUOTE_MAX_SPEAKERS]);
uint32_t dln_quote__actor_of(const dln_reading *r, uint32_t token);

/* Which candidates stand, by the rules. */
void dln_quote__choose(dln_reading *r);
/* Those kept → statements: form, speakers, nesting, time. */
void dln_quote__settle(dln_reading *r);

#endif
