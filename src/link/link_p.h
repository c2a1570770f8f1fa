/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Private to the link room: the state of one run, and the steps in order.
 *
 *   words → parts (names, nouns, titles, pronouns as the lists know them)
 *     → persons (who is called by a full name) → phrases, in text order:
 *     mentions, actors, roles, places → pronouns
 *
 * All of it lives in the worker's scratch, but for what goes into the
 * document.
 */
#ifndef DLN_LINK_LINK_P_H
#define DLN_LINK_LINK_P_H

#include "link/link.h"

/* A list whose names are looked up word by word in folded form. */
typedef struct dln_phrases {
    const dln_table *table;
    dln_map rows;           /* key -> row */
    dln_map first_words;    /* first word -> words of the longest */
} dln_phrases;

struct dln_link {
    dln_arena *arena;
    const dln_lang *lang;
    const dln_onto *onto;
    dln_phrases actor_nouns, place_nouns;
    const dln_table *thing_nouns, *not_names, *name_words, *given_names,
        *pronouns, *office_verbs;
};

typedef struct dln_word {
    dln_str key;            /* folded; "" for what is no word */
    bool capital;           /* begins with a capital */
    bool capitals;          /* two letters or more, all capital */
    bool possessive;        /* the 's or ' of a genitive */
    bool hyphen;
    bool quoted;            /* inside quotation marks */
    bool initial;           /* first word of a sentence or quotation */
} dln_word;

typedef enum dln_part_kind {
    DLN_PART_NAME,          /* capitalised words no list knows */
    DLN_PART_COUNTRY,       /* index: country, as of the next four */
    DLN_PART_ADJECTIVE,
    DLN_PART_PEOPLE,
    DLN_PART_CAPITAL,
    DLN_PART_GOVERNMENT,
    DLN_PART_GROUP,         /* index: group of the ontology */
    DLN_PART_PLACE,         /* index: place of the ontology */
    DLN_PART_TITLE,         /* index: title of the ontology */
    DLN_PART_TITLES,
    DLN_PART_NOUN,          /* index: row of actor_nouns */
    DLN_PART_AREA,          /* index: row of place_nouns */
    DLN_PART_PRONOUN        /* index: row of pronouns */
} dln_part_kind;

typedef enum dln_name_kind {
    DLN_NAME_UNKNOWN,
    DLN_NAME_PERSON,
    DLN_NAME_ORGANISATION,
    DLN_NAME_PLACE,
    DLN_NAME_THING
} dln_name_kind;

typedef struct dln_part {
    uint32_t begin, end;    /* tokens */
    dln_part_kind kind;
    uint32_t index;
    dln_sense sense;        /* the first of all senses of the words */
    dln_name_kind name;     /* of a DLN_PART_NAME */
    uint32_t person;        /* index in persons, or DLN_NONE */
    uint32_t mention;       /* made of it, or DLN_NONE */
    uint32_t actor;         /* of that mention, or DLN_NONE */
    bool done;              /* taken by a phrase already */
} dln_part;

/* Somebody called by name. */
typedef struct dln_person {
    dln_str name;           /* fullest, as printed */
    dln_str key;
    uint32_t words;
    uint32_t next;          /* of the same surname, or DLN_NONE */
    uint32_t actor;
    char gender;
    bool titled;            /* seen behind a title */
} dln_person;

/* What is known of a mention besides what the document keeps. */
typedef struct dln_seen {
    uint32_t sentence;
    uint32_t verb;          /* token its head hangs on, or DLN_NONE */
    bool subject, root;     /* subject of a clause; of the main one */
    bool inner;             /* inside another noun phrase */
    bool office;            /* by an office whose holder is not named */
    bool quoted;
} dln_seen;

/* What is known of a place's name until all of the report is read: its
 * senses are weighed then (toponyms.c). Parallel to doc->places. */
typedef struct dln_toponym {
    dln_str key;            /* folded name; "": nothing to look up */
    dln_str country;        /* code of the country said beside it, or "" */
    dln_str region;         /* key of the region said beside it, or "" */
    const char *only;       /* the country it must be in, or NULL */
    dln_str noun;           /* kind by the noun with it: "province", or "" */
    bool bound;             /* it is where that says, or nowhere */
    bool area;              /* the noun is part of the name's words */
    bool article;           /* "the" before it: no town's name */
    bool near;              /* "near", "south of" */
    double km, bearing;     /* "12 km south of": else 0, NAN */
} dln_toponym;

#define DLN_SET_MAX 8

/* Actors named side by side: "Armenia and Azerbaijan". */
typedef struct dln_set {
    uint32_t actors[DLN_SET_MAX];
    uint32_t count;
    uint32_t sentence;
    uint32_t mention;       /* its first */
} dln_set;

typedef struct dln_linking {
    const dln_link *link;
    const dln_onto *onto;
    dln_doc *doc;
    dln_arena *scratch;
    bool tagged, parsed, named; /* there are tags, heads, entities */
    dln_word *words;            /* [tokens] */
    uint32_t *part_at;          /* [tokens], or DLN_NONE */
    uint32_t *country_count;    /* [countries], how often each is named */
    bool *titlecase;            /* [sentences] a headline */
    DLN_VEC(dln_toponym) toponyms;
    DLN_VEC(dln_part) parts;
    DLN_VEC(dln_person) persons;
    DLN_VEC(dln_seen) seen;     /* parallel to doc->mentions */
    DLN_VEC(dln_set) sets;
    uint32_t sets_done;         /* mentions the sets were gathered from */
    dln_map surnames;           /* last word -> first person */
    dln_map name_words;         /* any word -> person, or DLN_NONE - 1 */
    dln_map recent;             /* any word -> person last called in full */
    dln_map actors;             /* key -> actor */
    dln_map acronyms;           /* key -> actor */
    dln_map nominals;           /* noun -> actor last called so */
    dln_map countries;          /* iso3 -> actor */
    dln_map last;               /* key -> mention last made of the actor */
    DLN_VEC(uint32_t) role_titles; /* parallel to doc->roles: titles */
    bool learning;              /* offices are read; nothing is mentioned */
} dln_linking;

/* parts.c */
void dln_link__words(dln_linking *l);
void dln_link__parts(dln_linking *l);
/* Folded text of tokens [begin, end), words apart. */
dln_str dln_link__key(dln_linking *l, uint32_t begin, uint32_t end);
/* Does `word` stand in name_words with this use? */
bool dln_link__word_is(const dln_linking *l, uint32_t token,
                       const char *use);
/* The part that begins at `token` or, `end`, that ends before it. */
dln_part *dln_link__part_from(dln_linking *l, uint32_t token);
dln_part *dln_link__part_to(dln_linking *l, uint32_t token);

/* persons.c */
void dln_link__persons(dln_linking *l);
/* The person a name part calls, or DLN_NONE. */
uint32_t dln_link__person_of(dln_linking *l, const dln_part *part);
/* The actor of a person, made when first asked for. */
uint32_t dln_link__person_actor(dln_linking *l, uint32_t person);

/* actors.c */
uint32_t dln_link__actor(dln_linking *l, dln_actor_kind kind, dln_str tail,
                         dln_str name);
uint32_t dln_link__country(dln_linking *l, uint32_t country);
/* The country actor `actor` is or acts for, or DLN_NONE. */
uint32_t dln_link__country_of(dln_linking *l, uint32_t actor);
uint32_t dln_link__group(dln_linking *l, uint32_t group);
uint32_t dln_link__set_actor(dln_linking *l, const uint32_t *members,
                             uint32_t count);
/* Adds a mention of tokens [begin, end); returns its index. */
uint32_t dln_link__mention(dln_linking *l, uint32_t begin, uint32_t end,
                           uint32_t head, dln_mention_form form,
                           uint32_t actor, const char *why);
uint32_t dln_link__head(const dln_linking *l, uint32_t begin, uint32_t end);
/* Gathers mentions that stand side by side, among those made since the last
 * call. */
void dln_link__sets(dln_linking *l);

/* places.c */
/* Is a place meant by the words before `begin`: "in", "near the"? */
bool dln_link__is_locative(const dln_linking *l, uint32_t begin);
/* "in Goris, Meghri and Kapan": is it as the name before it? */
bool dln_link__continues_places(const dln_linking *l, uint32_t begin);
void dln_link__place(dln_linking *l, dln_part *part);
/* A name or place with its head noun: "the Lachin corridor". */
bool dln_link__area(dln_linking *l, dln_part *part);
/* The country's name used as a place. */
void dln_link__country_place(dln_linking *l, const dln_part *part);
void dln_link__dateline(dln_linking *l);

/* toponyms.c */
/* A town or region too small to be one by its name alone: it is a place
 * only where the context says so. */
bool dln_link__is_weak(const dln_gazetteer *g);
/* How exactly a place of this kind is known. */
dln_place_precision dln_link__precision(const dln_linking *l, dln_str kind);
/* Chooses what all places of the report are. */
void dln_link__settle(dln_linking *l);

/* whereabouts.c */
/* What the words around [begin, end) tell of a place's name. */
void dln_link__whereabouts(dln_linking *l, uint32_t begin, uint32_t end,
                           dln_toponym *out);
/* Is the state of the United States meant, not the country? */
bool dln_link__is_state(dln_linking *l, const dln_part *part);

/* phrases.c */
void dln_link__phrases(dln_linking *l);

/* noun_phrase.c */
/* A noun phrase around a noun or title. */
typedef struct dln_noun_phrase {
    uint32_t begin, end;
    uint32_t head;          /* last token of the noun itself */
    uint32_t side;          /* actor it belongs to, or DLN_NONE */
    uint32_t side_end;      /* behind its words, when they stand before */
    uint32_t sides[DLN_SET_MAX]; /* several: "of Armenia and Azerbaijan" */
    uint32_t side_count;
    uint32_t owner;         /* token of a possessive pronoun, or DLN_NONE */
    uint32_t number;        /* "two"; 0 none */
    char article;           /* 'd'efinite, 'i'ndefinite, 0 none */
    bool former;
    bool possessive;        /* the side is a genitive */
    bool unread;            /* "of" somebody follows, who is not known */
    bool ethnic;            /* "ethnic Armenian": not the state's */
    bool backed;            /* "Russian-backed": nor that state's */
    bool plural;            /* may belong to several */
    bool counted;           /* a number or "many" stands before */
    uint32_t organ;         /* a noun before: its first token + 1; or 0 */
} dln_noun_phrase;

dln_noun_phrase dln_link__noun_phrase(dln_linking *l, const dln_part *part);
void dln_link__add_side(dln_linking *l, dln_noun_phrase *np, uint32_t actor);
/* Reads "of ..." behind np->end; moves the end behind what it knows. */
void dln_link__complement(dln_linking *l, dln_noun_phrase *np, bool plural);
/* The actor a part names by itself, without its context; or DLN_NONE. */
uint32_t dln_link__part_actor(dln_linking *l, const dln_part *part);

/* offices.c */
void dln_link__role(dln_linking *l, uint32_t actor, dln_str title,
                    uint32_t of, bool former, uint32_t begin, uint32_t end);
/* Has a person this office? `of` may be DLN_NONE: of anybody. */
bool dln_link__has_role(const dln_linking *l, uint32_t actor,
                        const dln_title *title, uint32_t of);
/* Has a person any office? Which one, last learned; NULL none. */
bool dln_link__has_office(const dln_linking *l, uint32_t actor);
const dln_title *dln_link__office(const dln_linking *l, uint32_t actor);
/* Who in the report holds this office, but for `except`; or DLN_NONE. */
uint32_t dln_link__holder(const dln_linking *l, const dln_title *title,
                          uint32_t of, uint32_t except);
/* Is its rank among these? The list ends with NULL. */
bool dln_link__is_rank(const dln_title *title, const char *const *ranks);
/* What an office tells of who holds it. */
void dln_link__learn(dln_linking *l, uint32_t actor, const dln_title *title,
                     const dln_noun_phrase *np, uint32_t begin,
                     uint32_t end);
dln_part *dln_link__title_before(dln_linking *l, uint32_t begin);
/* The offices that stand before or behind a person's name. */
void dln_link__person_roles(dln_linking *l, const dln_part *part);
/* The person beside a comma: "X, the Y of Z," or "the Y of Z, X,". */
dln_part *dln_link__apposition(dln_linking *l, const dln_noun_phrase *np);
/* Does the person hold an office of another country already? */
bool dln_link__contradicts(const dln_linking *l, uint32_t actor,
                           const dln_noun_phrase *np);
/* Learns the offices of the whole report. */
void dln_link__offices(dln_linking *l);

/* inaugurations.c: learns the office that a verb gives or takes; who has it
 * then, or DLN_NONE. */
uint32_t dln_link__learn_told(dln_linking *l, const dln_part *part);

/* titles.c */
void dln_link__title(dln_linking *l, dln_part *part);
void dln_link__titles(dln_linking *l, dln_part *part);
void dln_link__titled_person(dln_linking *l, dln_part *part);

/* nouns.c */
/* An organisation called by capitalised words that no list knows. */
uint32_t dln_link__named_group(dln_linking *l, uint32_t begin,
                               uint32_t end);
/* Those who govern a region apart from its country, or its country. */
uint32_t dln_link__region(dln_linking *l, uint32_t place);
/* Nameless people, forces, organs: one actor for a side and a noun;
 * `noun` empty: the phrase's own words. */
uint32_t dln_link__crowd(dln_linking *l, const dln_noun_phrase *np,
                         dln_actor_kind kind, dln_str sector, dln_str noun);
void dln_link__noun(dln_linking *l, dln_part *part);
/* The subject of the clause the phrase is an object in; or DLN_NONE. */
uint32_t dln_link__other_subject(const dln_linking *l,
                                 const dln_noun_phrase *np);
/* Members that "the two leaders" or "both sides" stand for: fills `out`,
 * returns their number, 0 when not known. `persons` chooses the kind. */
uint32_t dln_link__members(dln_linking *l, const dln_noun_phrase *np,
                           bool persons, const dln_title *title,
                           uint32_t *out);

/* anaphora.c */
void dln_link__pronoun(dln_linking *l, const dln_part *part);

#endif
