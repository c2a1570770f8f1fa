/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private to the coref room and its trainer (train/coref.c): one run's
 * phrases, the clues read off them, and the choice of an antecedent.
 *
 *   tokens → phrases (extent.c) with traits (traits.c) → kept or not, then
 *   left to right: an antecedent or none (antecedent.c, by clues.c) → chains
 */
#ifndef DLN_COREF_COREF_P_H
#define DLN_COREF_COREF_P_H

#include "coref/coref.h"
#include "model/linear.h"
#include "model/weights.h"

#define DLN_COREF_MAX_CLUES 160
#define DLN_COREF_ZERO (1u << 30)    /* a weight of 0, as it is kept */
/* Phrases before one that are weighed as its antecedent. */
#define DLN_COREF_WINDOW 60
#define DLN_COREF_MAX_CANDIDATES (DLN_COREF_WINDOW + 2)

struct dln_coref {
    const dln_lang *lang;
    const dln_onto *onto;
    const dln_table *pronouns, *first_person, *given_names, *actor_nouns,
        *people, *person_nouns, *speech;
    dln_weights file;
    bool opened;
    dln_hashed weights;     /* value: weight + DLN_COREF_ZERO */
    dln_filter known;       /* of the weights */
};

typedef enum dln_coref_type {
    DLN_COREF_NAME,
    DLN_COREF_DEFINITE,     /* the leader */
    DLN_COREF_DEMONSTRATIVE,
    DLN_COREF_POSSESSIVE,   /* his country, Chad's army */
    DLN_COREF_INDEFINITE,
    DLN_COREF_BARE,
    DLN_COREF_NUMBER,       /* in figures, dates */
    DLN_COREF_PRONOUN       /* + which: he, she ... see traits.c */
} dln_coref_type;

typedef enum dln_coref_class {
    DLN_COREF_UNKNOWN,
    DLN_COREF_PERSON,
    DLN_COREF_PEOPLE,       /* a plural or group of persons */
    DLN_COREF_ORGANISATION,
    DLN_COREF_PLACE,
    DLN_COREF_TIME,
    DLN_COREF_THING
} dln_coref_class;

/* Where trees may err, a head has several extents; one is kept. */
typedef enum dln_coref_extent {
    DLN_COREF_WHOLE,
    DLN_COREF_LESS,         /* without the last that hangs on it */
    DLN_COREF_LEAST,        /* without the last two */
    DLN_COREF_APPOSED       /* with its apposition: "Goma, Congo" */
} dln_coref_extent;

#define DLN_COREF_WORDS 12

typedef struct dln_coref_phrase {
    uint32_t begin, end, head;
    uint32_t sentence, paragraph;
    uint32_t verb;          /* token its head hangs on, or DLN_NONE */
    uint32_t quote;         /* quotation it stands in, 0 none */
    uint8_t type;           /* dln_coref_type, or PRONOUN + which */
    uint8_t class;          /* dln_coref_class */
    uint8_t role;           /* base relation of its head */
    uint8_t kind;           /* dln_entity_kind, or DLN_ENT_COUNT */
    char number, gender, animate;
    char person;            /* '1', '2', '3' */
    bool group;             /* several side by side */
    uint8_t extent;         /* dln_coref_extent */
    uint32_t cut;           /* child of the head it ends before, or NONE */
    uint32_t country;       /* named or of whose adjective; DLN_NONE */
    uint64_t text, word;    /* of its words; of its head word */
    uint64_t acronym;       /* of the capitals it begins its words with */
    /* Words of meaning, the head's left out. */
    uint64_t words[DLN_COREF_WORDS];
    uint32_t word_count;
    uint32_t number_word;   /* token of a numeral before the head */
    uint32_t chain;         /* while they are made; DLN_NONE: new, alone */
    uint32_t before;        /* phrase it was joined to, or DLN_NONE */
} dln_coref_phrase;

/* A weight that was asked for lately. */
typedef struct dln_coref_recent {
    uint64_t clue;
    int32_t weight;
} dln_coref_recent;
#define DLN_COREF_RECENT 2048

/* What is known of a chain while it grows. */
typedef struct dln_coref_chain {
    uint32_t first, last, count;
    char number, gender, animate;
    uint8_t class;
    bool named;
} dln_coref_chain;

typedef struct dln_corefs {
    const dln_coref *room;
    dln_doc *doc;
    dln_arena *scratch;
    uint64_t *token_words;  /* [tokens] hash of the lower case lemma */
    uint64_t *token_forms;  /* [tokens] hash of the lower case form */
    uint32_t *quotes;       /* [tokens] quotation it stands in, 0 none */
    uint32_t *left, *right; /* [tokens] ends of its subtree, inclusive */
    DLN_VEC(uint32_t) speakers;     /* by quotation: a token or DLN_NONE */
    DLN_VEC(dln_coref_phrase) phrases;
    DLN_VEC(dln_coref_chain) chains;
    uint32_t leader;        /* chain of a being, most spoken of so far */
    dln_map by_word, by_text;       /* hash -> phrase + 1 seen last */
    dln_coref_recent *recent;       /* [DLN_COREF_RECENT] */
} dln_corefs;

typedef struct dln_coref_clues {
    uint64_t at[DLN_COREF_MAX_CLUES];
    uint32_t count;
} dln_coref_clues;

/* coref.c */
/* Everything before the choice: words, quotations, phrases. */
bool dln_coref__begin(dln_corefs *c);
void dln_coref__write(dln_corefs *c);

/* extent.c */
void dln_coref__phrases(dln_corefs *c);

/* traits.c */
void dln_coref__traits(dln_corefs *c, dln_coref_phrase *p);

/* clues.c: keys of the weights. */
void dln_coref__keep_clues(const dln_corefs *c, const dln_coref_phrase *p,
                           dln_coref_clues *out);
void dln_coref__new_clues(const dln_corefs *c, uint32_t phrase,
                          dln_coref_clues *out);
/* `rivals`: how many that agree stand between. */
void dln_coref__pair_clues(const dln_corefs *c, uint32_t phrase,
                           uint32_t before, uint32_t rivals,
                           dln_coref_clues *out);

/* antecedent.c */
/* Drops the phrases that are not kept, by `keep` ([phrases]). */
void dln_coref__drop(dln_corefs *c, const bool *keep);
/* What speaks for keeping a phrase, by the weights. */
int32_t dln_coref__keep_score(const dln_corefs *c,
                              const dln_coref_phrase *p);
/* Which phrases are kept: score above 0, and of several extents of one
 * head the best. */
void dln_coref__choose(const dln_corefs *c, const int32_t *scores,
                       bool *keep);
/* Candidates before a phrase, the nearest first; their number. */
uint32_t dln_coref__candidates(const dln_corefs *c, uint32_t phrase,
                               uint32_t *out, uint32_t *rivals);
/* Is it clear that they are two: gender, number, nested? */
bool dln_coref__agrees(const dln_corefs *c, uint32_t phrase,
                       uint32_t before);
/* Puts a phrase into the chain of `before` (DLN_NONE: a new one). */
void dln_coref__join(dln_corefs *c, uint32_t phrase, uint32_t before);
void dln_coref__resolve(dln_corefs *c);

static inline const dln_token *dln_coref_token(const dln_corefs *c,
                                               uint32_t token)
{
    return &c->doc->tokens.at[token];
}

static inline uint8_t dln_coref_role(const dln_corefs *c, uint32_t token)
{
    return (uint8_t)dln_deprel_base(
        (dln_deprel)dln_coref_token(c, token)->deprel);
}

#endif
