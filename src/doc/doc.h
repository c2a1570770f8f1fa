/* SPDX-License-Identifier: Apache-2.0 */
/*
 * doc: one report and everything read out of it.
 *
 *   raw bytes (or a web page) → input (UTF-8) → text (clean)
 *     → paragraphs → sentences → tokens → entities, predicates
 *     → references, chains → mentions, actors, places → times
 *     → statements → figures → events → pacts, commitments, mandates, topics
 *
 * Every stage takes a document, reads the layers before its own and writes
 * its own; it sees nothing else. All memory is the document's arena. Layers
 * are arrays; what points to another layer holds an index into it, DLN_NONE
 * for nothing. Everything found in the text has a byte span [start, end) of
 * `text`. A field that is not known is empty, DLN_NONE or DLN_NO_INTERVAL.
 *
 * Every finding carries `why`: one line for people naming the rule or model
 * that decided, shown by `dateline show`.
 */
#ifndef DLN_DOC_DOC_H
#define DLN_DOC_DOC_H

#include "base/arena.h"
#include "base/date.h"
#include "doc/feats.h"
#include "doc/ud.h"

/* The longest report taken, in bytes of input. Longer ones are refused. */
#define DLN_DOC_MAX_BYTES ((size_t)8 << 20)
/* The longest paragraph that is read whole; no prose comes near. */
#define DLN_PARAGRAPH_MAX_BYTES ((size_t)1 << 17)

typedef enum dln_severity {
    DLN_NOTE_INFO,
    DLN_NOTE_WARN,
    DLN_NOTE_ERROR
} dln_severity;

typedef struct dln_note {
    const char *room;       /* static: "clean", "timex" ... */
    dln_severity severity;
    dln_span span;          /* of text, may be DLN_NO_SPAN */
    dln_str text;
} dln_note;

/* A span of `input` that is not in `text`, or was read as metadata. */
typedef struct dln_removed {
    dln_span span;          /* of input */
    const char *reason;     /* static: "advertisement", "byline" ... */
} dln_removed;

typedef enum dln_basis {    /* where report.published comes from */
    DLN_BASIS_UNKNOWN,
    DLN_BASIS_METADATA,     /* sidecar file, page or feed, web address */
    DLN_BASIS_TEXT,         /* printed in the report */
    DLN_BASIS_GIVEN,        /* with the text: JSON line */
    DLN_BASIS_INFERRED
} dln_basis;

typedef struct dln_paragraph {
    dln_span span;
} dln_paragraph;

typedef struct dln_sentence {
    dln_span span;
    uint32_t token_begin, token_end;    /* [begin, end) in tokens */
    uint32_t paragraph;
} dln_sentence;

typedef struct dln_token {
    dln_span span;
    dln_str lemma;          /* lower case but for proper nouns */
    uint32_t head;          /* token index in the document; DLN_NONE: root */
    uint32_t sentence;
    uint32_t entity;        /* index in entities, or DLN_NONE */
    uint32_t child;         /* leftmost child; see dln_doc_link_children */
    uint32_t sibling;       /* next child of the same head, to the right */
    uint8_t upos;           /* dln_upos */
    uint8_t xpos;           /* dln_xpos */
    uint8_t deprel;         /* dln_deprel */
    uint8_t feats;          /* dln_feats: morphology */
    bool space_after;
} dln_token;

/* Names, as the entity finder sees them. */
#define DLN_ENTITY_LIST(X)                                              \
    X(PERSON) X(ORG) X(GPE) X(LOC) X(FAC) X(NORP) X(EVENT) X(DATE)      \
    X(MONEY) X(MISC)

typedef enum dln_entity_kind {
#define X(name) DLN_ENT_##name,
    DLN_ENTITY_LIST(X)
#undef X
    DLN_ENT_COUNT
} dln_entity_kind;

typedef struct dln_entity {
    dln_span span;
    uint32_t token_begin, token_end;
    dln_entity_kind kind;
    uint32_t mention;       /* the mention it became, or DLN_NONE */
} dln_entity;

/*
 * Roles as PropBank has them. The numbered ones are the predicate's own:
 * ARG0 who does it, ARG1 to whom or what it is done, ARG2 and on as the verb
 * needs them (instrument, beneficiary, start, end). ARGM ones go with any
 * predicate: adjectival, adverbial, cause, company, construction (as big as
 * THIS), direction, discourse, extent, goal, location, light verb (of a noun
 * predicate: MADE a promise), manner, modal, negation, secondary
 * predication, noun of a light verb (made a PROMISE), purpose, time.
 */
#define DLN_ARGUMENT_LIST(X)                                            \
    X(ARG0, "ARG0") X(ARG1, "ARG1") X(ARG2, "ARG2") X(ARG3, "ARG3")     \
    X(ARG4, "ARG4") X(ARG5, "ARG5") X(ARGM_ADJ, "ARGM-ADJ")             \
    X(ARGM_ADV, "ARGM-ADV") X(ARGM_CAU, "ARGM-CAU")                     \
    X(ARGM_COM, "ARGM-COM") X(ARGM_CXN, "ARGM-CXN")                     \
    X(ARGM_DIR, "ARGM-DIR") X(ARGM_DIS, "ARGM-DIS")                     \
    X(ARGM_EXT, "ARGM-EXT") X(ARGM_GOL, "ARGM-GOL")                     \
    X(ARGM_LOC, "ARGM-LOC") X(ARGM_LVB, "ARGM-LVB")                     \
    X(ARGM_MNR, "ARGM-MNR") X(ARGM_MOD, "ARGM-MOD")                     \
    X(ARGM_NEG, "ARGM-NEG") X(ARGM_PRD, "ARGM-PRD")                     \
    X(ARGM_PRR, "ARGM-PRR") X(ARGM_PRP, "ARGM-PRP")                     \
    X(ARGM_TMP, "ARGM-TMP")

typedef enum dln_argument_label {
#define X(name, text) DLN_##name,
    DLN_ARGUMENT_LIST(X)
#undef X
    DLN_ARGUMENT_COUNT
} dln_argument_label;

typedef struct dln_argument {
    uint32_t token;         /* head of the argument's words */
    dln_argument_label label;
} dln_argument;

/* Longest list of arguments kept of one predicate. */
#define DLN_ARGUMENTS_MAX 32

/* A word that says that something is done, happens or is so: verb, copula,
 * noun or adjective. Its words' roles. */
typedef struct dln_predicate {
    uint32_t token;
    const dln_argument *arguments;  /* [argument_count], in text order */
    uint32_t argument_count;
} dln_predicate;

typedef enum dln_mention_form {
    DLN_FORM_NAME,          /* Nikol Pashinyan, Yerevan, the UN */
    DLN_FORM_TITLE,         /* the Armenian prime minister */
    DLN_FORM_DEMONYM,       /* Azerbaijani (forces) */
    DLN_FORM_NOMINAL,       /* the two leaders, activists */
    DLN_FORM_PRONOUN
} dln_mention_form;

/* Words of the text that stand for anybody or anything at all: the longest
 * noun phrases, pronouns, the names inside other phrases. Sorted by where
 * they begin; of those that begin together the longer first. */
typedef struct dln_reference {
    dln_span span;
    uint32_t token_begin, token_end;
    uint32_t head;          /* token */
    dln_mention_form form;  /* NAME, NOMINAL or PRONOUN */
    dln_entity_kind kind;   /* of its name; DLN_ENT_COUNT: no name */
    char number;            /* 's', 'p', or 0 unknown */
    char gender;            /* 'm', 'f', 'n', or 0 unknown */
    char animate;           /* 'y', 'n', or 0 unknown */
    bool group;             /* several side by side: "Chad and Sudan" */
    uint32_t chain;
    uint32_t before, behind;    /* in its chain: references, or DLN_NONE */
    dln_str why;
} dln_reference;

/* All words of the text for one thing. */
typedef struct dln_chain {
    uint32_t first, last;   /* references */
    uint32_t count;
} dln_chain;

/* Words of the text that stand for an actor. */
typedef struct dln_mention {
    dln_span span;
    uint32_t token_begin, token_end;
    uint32_t head;          /* token */
    dln_mention_form form;
    uint32_t actor;         /* index in actors; DLN_NONE: unresolved */
    uint32_t entity;        /* the entity it came from, or DLN_NONE */
    dln_str why;
} dln_mention;

typedef enum dln_actor_kind {
    DLN_ACTOR_PERSON,
    DLN_ACTOR_COUNTRY,
    DLN_ACTOR_ORGANISATION,
    DLN_ACTOR_ARMED_GROUP,
    DLN_ACTOR_POPULATION,
    DLN_ACTOR_BODY,         /* working group, monitoring centre, mission */
    DLN_ACTOR_KIND_COUNT
} dln_actor_kind;

/* Somebody in this report. The same `key` in two reports is the same actor:
 * "country:ARM", "person:nikol pashinyan", "organisation:united nations". */
typedef struct dln_actor {
    dln_str key;
    dln_str name;           /* the fullest name in the report */
    dln_actor_kind kind;
    char iso3[4];           /* country it is or acts for; "" unknown */
    dln_str sector;         /* PLOVER: GOV, MIL, REB, CVL ...; "" unknown */
    uint32_t parent;        /* actor: government of, part of; or DLN_NONE */
    char gender;            /* 'm', 'f', 'n', or 0 unknown */
    bool plural;
    dln_str code;           /* in a dictionary of the user's, or "" */
    bool nameless;          /* no name and no side: "rebels", "a witness" */
    /* A group made of others ("both leaders"): its members. */
    const uint32_t *members;    /* [member_count], actors */
    uint32_t member_count;
} dln_actor;

/* An office read in this report: "Armenian Prime Minister Nikol
 * Pashinyan". */
typedef struct dln_role {
    uint32_t actor;         /* the person */
    dln_str title;          /* "Prime Minister" */
    uint32_t of;            /* actor whose office it is, or DLN_NONE */
    bool former;
    dln_span span;
} dln_role;

typedef enum dln_place_precision {
    DLN_PLACE_UNKNOWN,
    DLN_PLACE_POINT,        /* building, checkpoint */
    DLN_PLACE_NEAR,         /* beside a town, not in it */
    DLN_PLACE_CITY,
    DLN_PLACE_DISTRICT,
    DLN_PLACE_REGION,
    DLN_PLACE_COUNTRY
} dln_place_precision;

/* A place named in the text. */
typedef struct dln_place {
    dln_span span;
    uint32_t token_begin, token_end;
    dln_str key;            /* "geo:616052", or "place:lachin corridor" */
    dln_str name;           /* preferred name */
    dln_str kind;           /* "city", "country", "region", "corridor" ... */
    char country[4];        /* ISO 3166-1 alpha-3, or "" */
    double lat, lon;        /* degrees; NAN when unknown */
    dln_place_precision precision;
    uint32_t geonameid;     /* DLN_NONE when unknown */
    dln_str why;
} dln_place;

typedef enum dln_time_type {
    DLN_TIME_DATE,
    DLN_TIME_TIME,
    DLN_TIME_DURATION,
    DLN_TIME_SET
} dln_time_type;

typedef struct dln_time {
    dln_span span;
    uint32_t token_begin, token_end;
    dln_time_type type;
    dln_str value;          /* TIMEX3 value: "2021-01-11", "P5Y" */
    dln_interval when;      /* days it covers; none for durations */
    dln_str why;
} dln_time;

typedef enum dln_statement_form {
    DLN_QUOTE_DIRECT,
    DLN_QUOTE_INDIRECT,
    DLN_QUOTE_MIXED
} dln_statement_form;

#define DLN_ACT_LIST(X)                                                 \
    X(SAY, "say") X(DEMAND, "demand") X(ACCUSE, "accuse")               \
    X(DENY, "deny") X(PROMISE, "promise") X(THREATEN, "threaten")       \
    X(PRAISE, "praise") X(AGREE, "agree") X(REJECT, "reject")           \
    X(PROPOSE, "propose")

typedef enum dln_act {
#define X(name, text) DLN_ACT_##name,
    DLN_ACT_LIST(X)
#undef X
    DLN_ACT_COUNT
} dln_act;

typedef struct dln_statement {
    dln_span span;          /* covers source, cue and content */
    dln_span source;        /* may be DLN_NO_SPAN */
    dln_span cue;           /* may be DLN_NO_SPAN */
    const dln_span *contents;   /* [content_count], in text order */
    uint32_t content_count;
    dln_statement_form form;
    dln_act act;
    const uint32_t *speakers;   /* [speaker_count], actors; all of them */
    uint32_t speaker_count;
    uint32_t addressee;     /* actor or DLN_NONE */
    uint32_t inside;        /* statement that reports this one: nesting */
    uint32_t time;          /* of the saying: index in times, or DLN_NONE */
    dln_interval when;
    dln_str why;
} dln_statement;

#define DLN_QUANTITY_LIST(X)                                            \
    X(KILLED, "killed") X(WOUNDED, "wounded") X(MISSING, "missing")     \
    X(CAPTURED, "captured") X(DETAINED, "detained")                     \
    X(RELEASED, "released") X(DISPLACED, "displaced")                   \
    X(RETURNED, "returned") X(TROOPS, "troops")                         \
    X(VIOLATIONS, "violations") X(INHABITANTS, "inhabitants")           \
    X(DURATION, "duration") X(MONEY, "money") X(AREA, "area")           \
    X(OTHER, "other")

typedef enum dln_quantity {
#define X(name, text) DLN_QTY_##name,
    DLN_QUANTITY_LIST(X)
#undef X
    DLN_QTY_COUNT
} dln_quantity;

#define DLN_RELATION_LIST(X)                                            \
    X(EXACTLY, "exactly") X(ABOUT, "about") X(MORE_THAN, "more_than")   \
    X(AT_LEAST, "at_least") X(LESS_THAN, "less_than")                   \
    X(AT_MOST, "at_most") X(BETWEEN, "between")

typedef enum dln_relation {
#define X(name, text) DLN_RELATION_##name,
    DLN_RELATION_LIST(X)
#undef X
    DLN_RELATION_COUNT
} dln_relation;

typedef enum dln_scope {
    DLN_SCOPE_TOTAL,
    DLN_SCOPE_INCREMENT,    /* "another 12" */
    DLN_SCOPE_SUBSET,       /* "including three children" */
    DLN_SCOPE_OTHER_EVENT   /* belongs to another event than the report's */
} dln_scope;

typedef struct dln_figure {
    dln_span span;          /* bound, number and what is counted */
    dln_span number;        /* the number's words alone */
    uint32_t token_begin, token_end;
    dln_quantity quantity;
    dln_relation relation;
    double low, high;       /* equal unless a range; NAN open end */
    dln_str unit;           /* "person", "day", "USD", "km2" ... */
    uint32_t side;          /* actor: whose people; or DLN_NONE */
    dln_str status;         /* "military", "civilian", or "" */
    dln_scope scope;
    dln_interval as_of;
    uint32_t claimed_by;    /* actor; DLN_NONE: the report itself */
    dln_span claim;         /* words that name the claimant */
    uint32_t event;         /* index in events, or DLN_NONE */
    dln_str why;
} dln_figure;

typedef enum dln_event_status {
    DLN_EVENT_ACTUAL,
    DLN_EVENT_ONGOING,
    DLN_EVENT_PLANNED,
    DLN_EVENT_HYPOTHETICAL,
    DLN_EVENT_HISTORICAL
} dln_event_status;

typedef enum dln_polarity {
    DLN_ASSERTED,
    DLN_NEGATED,
    DLN_DENIED
} dln_polarity;

typedef enum dln_party_role {
    DLN_PARTY_ACTOR,
    DLN_PARTY_RECIPIENT,
    DLN_PARTY_MEDIATOR,
    DLN_PARTY_HOST,
    DLN_PARTY_PARTICIPANT,  /* record events only */
    DLN_PARTY_PARTY,        /* of an agreement: bound by it */
    DLN_PARTY_GUARANTOR     /* of an agreement */
} dln_party_role;

typedef struct dln_party {
    dln_party_role role;
    uint32_t actor;         /* may be DLN_NONE: words known, actor not */
    dln_span span;
} dln_party;

/* One report's telling of something that was done, in PLOVER terms. */
typedef struct dln_event {
    dln_span span;          /* the clause */
    dln_span trigger;       /* inside span */
    uint32_t token;         /* trigger's head */
    dln_str type;           /* PLOVER: "CONSULT" ... */
    dln_str mode;           /* "visit", "ceasefire", ... or "" */
    dln_str code;           /* of a dictionary of the user's, or "" */
    const dln_str *contexts;    /* [context_count] */
    uint32_t context_count;
    dln_event_status status;
    dln_polarity polarity;
    uint32_t time;          /* index in times, or DLN_NONE */
    dln_interval when;
    uint32_t place;         /* index in places, or DLN_NONE */
    uint32_t statement;     /* statement it is told in, or DLN_NONE */
    uint32_t attributed_to; /* actor, or DLN_NONE: the report itself */
    const dln_party *parties;   /* [party_count] */
    uint32_t party_count;
    dln_str why;
} dln_event;

/* Words that name or describe an agreement: "the November 2020 deal". */
typedef struct dln_pact {
    dln_span span;
    uint32_t token_begin, token_end;
    uint32_t head;          /* token */
    dln_str kind;           /* ceasefire, statement, declaration, treaty,
                             * understanding; "" of an unspecific noun */
    dln_str stage;          /* PA-X: ceasefire, partial ...; or "" */
    bool made;              /* else only sought, proposed or unclear */
    bool named;             /* has a name: "the Dayton Accords" */
    uint32_t same;          /* earlier pact that it is, or DLN_NONE */
    dln_interval when;      /* when it was agreed */
    uint32_t place;         /* index in places, or DLN_NONE */
    const dln_party *parties;   /* [party_count]: party, mediator, guarantor */
    uint32_t party_count;
    dln_str why;
} dln_pact;

/* Who must do what: promised, agreed or demanded. */
typedef struct dln_commitment {
    dln_span span;          /* the clause */
    uint32_t token;         /* verb of what must be done */
    dln_str act;            /* its lemma, "not " before it when negated */
    dln_span object;        /* what stands behind it; or DLN_NO_SPAN */
    const char *basis;      /* static: agreed, promised, demanded */
    const uint32_t *debtors;    /* [debtor_count], actors */
    uint32_t debtor_count;
    uint32_t beneficiary;   /* actor or DLN_NONE */
    dln_interval due;       /* to be done within */
    dln_span condition;     /* or DLN_NO_SPAN */
    dln_str issue;          /* id in data/onto/issues.txt, or "" */
    uint32_t pact;          /* index in pacts, or DLN_NONE */
    uint32_t claimed_by;    /* who said so: actor, or DLN_NONE */
    dln_str why;
} dln_commitment;

/* How far somebody keeps an agreement or does what he must. */
typedef struct dln_compliance {
    dln_span span;
    int level;              /* 0 not begun ... 3 full, -1 breached */
    uint32_t debtor;        /* actor or DLN_NONE */
    uint32_t pact;          /* index in pacts, or DLN_NONE */
    dln_str act;            /* lemma of what is (not) done, or "" */
    dln_str issue;
    uint32_t claimed_by;    /* actor; DLN_NONE: the report itself */
    dln_interval when;
    dln_str why;
} dln_compliance;

/* What a body or mission is there for. */
typedef struct dln_mandate {
    dln_span span;          /* the words that say so */
    uint32_t actor;         /* the body */
    dln_span task;          /* or DLN_NO_SPAN */
    double low, high;       /* how many people; NAN unknown */
    dln_interval term;      /* from .. until, ends may be unknown */
    dln_span term_words;    /* "for at least five years"; or none */
    const uint32_t *members;    /* [member_count], actors */
    uint32_t member_count;
    uint32_t pact;          /* index in pacts, or DLN_NONE */
    dln_str why;
} dln_mandate;

/* An issue that a statement speaks of, and how. */
typedef struct dln_topic {
    uint32_t statement;
    dln_span span;          /* the words that name the issue */
    dln_str issue;          /* id in data/onto/issues.txt */
    dln_str stance;         /* demands, accepts, rejects ...; or "" */
    dln_str why;
} dln_topic;

/* What a meeting came to, and how long it took. */
typedef struct dln_outcome {
    uint32_t event;         /* index in events */
    dln_span span;
    dln_str outcome;        /* "no breakthrough"; "" when only a duration */
    dln_str duration;       /* TIMEX3: "PT4H"; or "" */
    dln_str why;
} dln_outcome;

/* dln_doc.wire_status */
#define DLN_WIRE_UPDATE "update"
#define DLN_WIRE_CORRECTION "correction"
#define DLN_WIRE_EMBARGOED "embargoed"
#define DLN_WIRE_WITHHELD "withheld"    /* not for use yet */
#define DLN_WIRE_KILLED "killed"        /* not for use at all */
#define DLN_WIRE_ADVISORY "advisory"    /* to editors; no report */

/* What the network's encoder made of each token, for stages that have layers
 * of their own over it (model/kernels.h: rows as `quantise` leaves them). */
typedef struct dln_states {
    uint32_t width;         /* 0: not kept */
    uint8_t *bytes;         /* [tokens][width] */
    float *steps;           /* [tokens] */
} dln_states;

typedef struct dln_doc {
    dln_arena *arena;

    /* As given. */
    dln_str id;             /* the caller's, or "" */
    dln_str uri;
    dln_str page;           /* a web page as it came, or "" */
    bool page_utf8;         /* its bytes are UTF-8 by their source */
    bool page_whole;        /* nothing stands around the report in it */
    dln_str page_type;      /* as sent: "text/html; charset=...", or "" */
    int32_t fetched;        /* day: nothing is published later; DLN_NO_DAY */
    /* Where it lies in the inputs: "a.jsonl#12", "x.warc.gz#512+3100". */
    dln_str address;
    dln_str input;          /* UTF-8, before cleaning */

    /* Metadata, "" or none when unknown. */
    dln_str outlet, agency, byline, title, language;
    dln_str canonical;      /* the address a page gives itself */
    /* What an agency says of its own copy. */
    dln_str wire_id;        /* the same in all versions of a story, or "" */
    uint32_t wire_version;  /* DLN_NONE: unknown */
    dln_str wire_status;    /* DLN_WIRE_*, or "" */
    dln_str embargo;        /* ISO 8601: not to be published before; or "" */
    dln_str dateline_place; /* as printed: "MOSCOW" */
    dln_interval published;
    dln_str published_text; /* the words that gave it */
    dln_basis published_basis;

    dln_str text;           /* clean; all spans below point here */

    DLN_VEC(dln_removed) removed;
    DLN_VEC(dln_note) notes;
    DLN_VEC(dln_paragraph) paragraphs;
    DLN_VEC(dln_sentence) sentences;
    DLN_VEC(dln_str) sentence_ids;  /* as given, or none at all */
    DLN_VEC(dln_token) tokens;
    dln_states states;      /* the network's, of the tokens */
    DLN_VEC(dln_entity) entities;
    DLN_VEC(dln_predicate) predicates;  /* in text order */
    DLN_VEC(dln_reference) references;
    DLN_VEC(dln_chain) chains;
    DLN_VEC(dln_mention) mentions;
    DLN_VEC(dln_actor) actors;
    DLN_VEC(dln_role) roles;
    DLN_VEC(dln_place) places;
    DLN_VEC(dln_time) times;
    DLN_VEC(dln_statement) statements;
    DLN_VEC(dln_figure) figures;
    DLN_VEC(dln_event) events;
    DLN_VEC(dln_pact) pacts;
    DLN_VEC(dln_commitment) commitments;
    DLN_VEC(dln_compliance) compliances;
    DLN_VEC(dln_mandate) mandates;
    DLN_VEC(dln_topic) topics;
    DLN_VEC(dln_outcome) outcomes;

    uint32_t dateline_place_index;  /* in places, or DLN_NONE */

    /* The two parties the caller asks about (stage events); the coder then
     * answers for this pair alone. DLN_NO_SPAN: he does not. */
    dln_span pair_source, pair_target;
} dln_doc;

/* An empty document living in its own arena (`limit` bytes, 0: default).
 * NULL when out of memory. Free with dln_doc_free. */
dln_doc *dln_doc_new(size_t limit);
void dln_doc_free(dln_doc *doc);
/* Empties it for the next report, keeping memory. */
void dln_doc_reset(dln_doc *doc);

/* Adds a note; `room` is static. At most 1,000 are kept a document. */
void dln_doc_note(dln_doc *doc, const char *room, dln_severity severity,
                  dln_span span, const char *format, ...)
    DLN_PRINTF(5, 6);

/* Splits `text` at newlines into paragraphs (white space trimmed, empty
 * ones dropped). Of one that is too long the beginning is kept, with a
 * note. */
void dln_doc_split_paragraphs(dln_doc *doc);
/* Fills child and sibling of all tokens from their heads. */
void dln_doc_link_children(dln_doc *doc);

static inline dln_str dln_doc_str(const dln_doc *doc, dln_span span)
{
    return dln_str_at(doc->text, span);
}

static inline dln_str dln_token_str(const dln_doc *doc, uint32_t token)
{
    return dln_str_at(doc->text, doc->tokens.at[token].span);
}

/* Span of text from token `begin` up to and without token `end`. */
dln_span dln_tokens_span(const dln_doc *doc, uint32_t begin, uint32_t end);
/* Smallest token range [*begin, *end) that holds the subtree of `token`.
 * Bounded by its sentence. */
void dln_subtree(const dln_doc *doc, uint32_t token, uint32_t *begin,
                 uint32_t *end);
/* First child of `token` with this relation (subtypes too when `deprel` is
 * a base relation), or DLN_NONE. */
uint32_t dln_child(const dln_doc *doc, uint32_t token, dln_deprel deprel);
/* Is `token` at or below `ancestor`? */
bool dln_is_below(const dln_doc *doc, uint32_t token, uint32_t ancestor);
/* Adds a predicate with its arguments (copied, sorted by token; at most
 * DLN_ARGUMENTS_MAX). Predicates come in text order. */
void dln_doc_predicate(dln_doc *doc, uint32_t token,
                       const dln_argument *arguments, uint32_t count);
/* Gives predicate number `predicate` these arguments in place of its own. */
void dln_doc_set_arguments(dln_doc *doc, uint32_t predicate,
                           const dln_argument *arguments, uint32_t count);
/* The first of `count` items of `size` bytes, sorted by the uint32_t at
 * `field`, that has `least` there or more; `count` when none has. */
uint32_t dln_first_from(const void *items, uint32_t count, size_t size,
                        size_t field, uint64_t least);
/* The predicate that `token` is, an index, or DLN_NONE. */
uint32_t dln_predicate_at(const dln_doc *doc, uint32_t token);
/* Token of the first argument of predicate `predicate` that has this label,
 * or DLN_NONE; DLN_NONE is also a predicate that has none. */
uint32_t dln_argument_of(const dln_doc *doc, uint32_t predicate,
                         dln_argument_label label);
/* Token that covers byte `at` of the text, or the next one; DLN_NONE behind
 * the last. */
uint32_t dln_token_at(const dln_doc *doc, uint32_t at);
/* First mention that begins behind `token` (they are sorted by token_begin);
 * their count when none does. */
uint32_t dln_mentions_behind(const dln_doc *doc, uint32_t token);
/* The mention whose head is `token`, or that covers it most closely;
 * DLN_NONE. */
uint32_t dln_mention_at(const dln_doc *doc, uint32_t token);

/* Texts of the enumerations above, as the contract writes them. */
const char *dln_basis_text(dln_basis basis);
const char *dln_entity_text(dln_entity_kind kind);
dln_entity_kind dln_entity_of(dln_str text); /* DLN_ENT_COUNT: unknown */
const char *dln_argument_text(dln_argument_label label);
/* DLN_ARGUMENT_COUNT: unknown. */
dln_argument_label dln_argument_label_of(dln_str text);
const char *dln_form_text(dln_mention_form form);
const char *dln_actor_kind_text(dln_actor_kind kind);
const char *dln_place_precision_text(dln_place_precision precision);
const char *dln_time_type_text(dln_time_type type);
const char *dln_statement_form_text(dln_statement_form form);
const char *dln_act_text(dln_act act);
dln_act dln_act_of(dln_str text);            /* DLN_ACT_COUNT: unknown */
const char *dln_quantity_text(dln_quantity quantity);
dln_quantity dln_quantity_of(dln_str text);  /* DLN_QTY_COUNT: unknown */
const char *dln_relation_text(dln_relation relation);
dln_relation dln_relation_of(dln_str text);  /* _COUNT: unknown */
const char *dln_scope_text(dln_scope scope);
const char *dln_event_status_text(dln_event_status status);
const char *dln_polarity_text(dln_polarity polarity);
const char *dln_party_role_text(dln_party_role role);
const char *dln_severity_text(dln_severity severity);

#endif
