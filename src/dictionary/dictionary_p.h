/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private to the dictionary room.
 *
 *   files → entries (phrases with codes), blocks (verbs with patterns), sets
 *   document → words → entities (phrases with a code) → events
 */
#ifndef DLN_DICTIONARY_DICTIONARY_P_H
#define DLN_DICTIONARY_DICTIONARY_P_H

#include "base/buf.h"
#include "dictionary/dictionary.h"

#define DLN_DICT_MAX_ENTRIES 1000000u   /* phrases, patterns, sets: each */
#define DLN_DICT_MAX_ITEMS 24u          /* of one phrase or pattern */
#define DLN_DICT_MAX_DEPTH 4            /* sets inside sets */
#define DLN_DICT_GAP 24u                /* words a pattern may pass over */
#define DLN_DICT_MAX_SENTENCE 600u
#define DLN_DICT_MAX_ENTITIES 64u       /* of a sentence */
#define DLN_DICT_MAX_EVENTS 5000u

typedef enum dln_dict_kind {
    DLN_DICT_WORD,
    DLN_DICT_SET,           /* &NAME, or { a | b } */
    DLN_DICT_VERB,          /* *: the verb itself */
    DLN_DICT_SOURCE,        /* $ */
    DLN_DICT_TARGET,        /* + */
    DLN_DICT_SKIP,          /* ^: an actor who is neither */
    DLN_DICT_COMPOUND       /* %: several who act on each other */
} dln_dict_kind;

typedef struct dln_dict_item {
    dln_str word;           /* lower case */
    uint32_t set;
    dln_dict_kind kind;
    bool exact;             /* no other form of the word */
    bool glued;             /* the next item follows at once */
} dln_dict_item;

typedef struct dln_dict_phrase {
    const dln_dict_item *items;     /* [count] */
    uint32_t count;
    uint32_t next;          /* of the same set, or first word; DLN_NONE */
    uint32_t owner;         /* entry or block it belongs to */
} dln_dict_phrase;

/* A code and the days it holds. */
typedef struct dln_dict_code {
    dln_str code;
    int32_t from, to;       /* DLN_NO_DAY: open */
    uint32_t next;          /* of the same entry */
} dln_dict_code;

typedef struct dln_dict_entry {
    uint32_t code;          /* first, or DLN_NONE */
    bool agent;             /* its code goes behind an actor's */
    bool ahead;             /* an agent's that goes before it */
} dln_dict_entry;

typedef struct dln_dict_pattern {
    dln_dict_phrase phrase;
    dln_str code;
    uint32_t verb;          /* item that is the verb */
    uint32_t weight;        /* how much it asks for */
    uint32_t line, file;
    uint32_t next;          /* of the same block */
} dln_dict_pattern;

/* Verbs that share a code and patterns. */
typedef struct dln_dict_block {
    dln_str code;           /* "" or "---": patterns alone */
    uint32_t pattern;       /* first */
    uint32_t like;          /* block whose patterns it has */
    uint32_t line, file;
} dln_dict_block;

/* What a code is in PLOVER. */
typedef struct dln_dict_meaning {
    const dln_plover_type *type;
    dln_str mode;
} dln_dict_meaning;

struct dln_dictionary {
    dln_arena *arena;
    const dln_onto *onto;
    dln_plover *plover;
    bool stems;             /* TABARI: a word stands for all it begins */
    bool alone;             /* no frames, no actors but its own */
    char mark;              /* begins a comment */
    DLN_VEC(dln_str) files;
    DLN_VEC(dln_dict_phrase) phrases;
    DLN_VEC(dln_dict_entry) entries;
    DLN_VEC(dln_dict_code) codes;
    DLN_VEC(dln_dict_block) blocks;
    DLN_VEC(dln_dict_pattern) patterns;
    DLN_VEC(uint32_t) sets;     /* first phrase of each */
    dln_map set_names;
    dln_map markers;            /* "!PERSON!" -> set */
    dln_map names;              /* first word of an entry -> phrase */
    dln_map verbs;              /* first word of a verb -> phrase */
    dln_map discards;           /* first word -> phrase; owner 1: story */
    DLN_VEC(dln_dict_meaning) meanings;
    dln_map code_names;         /* code -> meaning */
    DLN_VEC(dln_str) odd;       /* lines passed over, and why */
    /* While a file is read. */
    uint32_t file, line;
};

/* read.c: lines and phrases. */
typedef dln_status dln_dict_line(dln_dictionary *d, dln_str line,
                                 void *state, dln_error *error);
/* Every line of `text` without its comment and the white space around it,
 * to `take`; "<!-- -->" is passed over. */
dln_status dln_dict__lines(dln_dictionary *d, dln_str text,
                           dln_dict_line *take, void *state,
                           dln_error *error);
dln_status dln_dict__bad(const dln_dictionary *d, dln_error *error,
                         const char *what, dln_str word);
/* Items of a phrase or pattern. */
dln_status dln_dict__phrase(dln_dictionary *d, dln_str text,
                            dln_dict_phrase *out, dln_error *error);
/* Adds a phrase to the chain at its first word. */
dln_status dln_dict__add(dln_dictionary *d, dln_map *map, dln_str text,
                         uint32_t owner, dln_error *error);
/* The set of this name, made when new. */
uint32_t dln_dict__set(dln_dictionary *d, dln_str name);
dln_status dln_dict__set_add(dln_dictionary *d, uint32_t set, dln_str text,
                             dln_error *error);
/* The text in [...] from `at` on, without them: false when there is none. */
bool dln_dict__brackets(dln_str line, size_t at, dln_str *code,
                        size_t *begin, size_t *end);

/* names.c, verb_file.c */
dln_status dln_dict__actors(dln_dictionary *d, dln_str text,
                            dln_error *error);
dln_status dln_dict__agents(dln_dictionary *d, dln_str text,
                            dln_error *error);
dln_status dln_dict__discards(dln_dictionary *d, dln_str text,
                              dln_error *error);
dln_status dln_dict__verbs(dln_dictionary *d, dln_str text,
                           dln_error *error);

/* What is said in a sentence. */
typedef struct dln_dict_word {
    dln_str text, lemma;    /* lower case */
    uint32_t token;
    bool verb;
} dln_dict_word;

typedef struct dln_dict_entity {
    uint32_t begin, end;    /* words */
    uint32_t group;         /* those named side by side share it */
    dln_str code;           /* "" when no dictionary knows it */
    uint32_t actor;         /* of the document, or DLN_NONE yet */
} dln_dict_entity;

typedef struct dln_dict_sentence {
    const dln_dictionary *d;
    dln_doc *doc;
    dln_arena *scratch;
    uint32_t sentence;
    int32_t day;            /* it was published, or DLN_NO_DAY */
    dln_dict_word *words;   /* [count] */
    uint32_t count;
    dln_dict_entity *entities;  /* [entity_count], in text order */
    uint32_t entity_count;
    uint32_t *entity_at;    /* [count] or DLN_NONE */
    bool *used;             /* [count] words a pattern has taken */
} dln_dict_sentence;

/* match.c */
/* Words that `item` takes at `at`, 0 none. */
uint32_t dln_dict__fits(const dln_dict_sentence *s,
                        const dln_dict_item *item, uint32_t at, int depth);
/* The longest phrase of `map` that begins at `at`: its words in *len. */
const dln_dict_phrase *dln_dict__longest(const dln_dict_sentence *s,
                                         const dln_map *map, uint32_t at,
                                         uint32_t *len);
/* Where a pattern finds its source, target: entities, or DLN_NONE. */
typedef struct dln_dict_found {
    uint32_t source, target, compound;
    uint32_t first, last;   /* words it spans */
} dln_dict_found;
/* The pattern of `block` that asks for most of what stands around the verb
 * at words [begin, end), or NULL. */
const dln_dict_pattern *dln_dict__pattern(const dln_dict_sentence *s,
                                          const dln_dict_block *block,
                                          uint32_t begin, uint32_t end,
                                          dln_dict_found *found);

/* entities.c */
void dln_dict__entities(dln_dict_sentence *s);
/* parties.c: who does it and to whom by tree and order. */
void dln_dict__parties(const dln_dict_sentence *s, uint32_t begin,
                       uint32_t end, const dln_dict_found *found,
                       uint32_t *source, uint32_t *target);
/* What a code means, or NULL. */
const dln_dict_meaning *dln_dict__meaning(const dln_dictionary *d,
                                          dln_str code);

#endif
