/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the coder share. */
#ifndef DLN_CODER_CODER_P_H
#define DLN_CODER_CODER_P_H

#include "base/buf.h"
#include "coder/coder.h"
#include "model/linear.h"
#include "model/weights.h"
#include "onto/frames.h"

/* Longer sentences are tables or noise; they are left alone, with a note. */
#define DLN_CODER_MAX_SENTENCE 600
/* Dependents looked at, steps up a tree, parties of an event. */
#define DLN_CODER_MAX_ARGS 40
#define DLN_CODER_MAX_STEPS 10
#define DLN_CODER_MAX_PARTIES 48
/* Events of one report. */
#define DLN_CODER_MAX_EVENTS 20000
/* An event that ended so many days before the report is its past. */
#define DLN_CODER_PAST_DAYS 60

struct dln_coder {
    const dln_lang *lang;
    dln_plover *plover;
    dln_frames *frames;
    dln_arena *arena;
    dln_table mood;         /* lemma, effect */
    dln_table modes;        /* TYPE, mode, words */
    dln_table contexts;     /* phrase, context */
    dln_table blocks;       /* word: sentences about games and the like */
    dln_weights weights;
    dln_linear linear;
    const dln_linear *pairs;    /* &linear, or NULL: no weights */
};

/* A dependent of a trigger. */
typedef struct dln_coder_arg {
    dln_slot slot;
    dln_str prep;           /* of DLN_SLOT_PREP */
    uint32_t token;
    const char *how;        /* static: the path, for `why` */
    bool of_object;         /* hangs on the object: "a treaty with Chile" */
} dln_coder_arg;

typedef struct dln_coder_args {
    dln_coder_arg at[DLN_CODER_MAX_ARGS];   /* [count] */
    uint32_t count;
} dln_coder_args;

/* A trigger with its chosen frame, before it becomes an event. */
typedef struct dln_coder_hit {
    uint32_t token;
    uint32_t verb;          /* its light verb, or `token` itself */
    const dln_frame *frame;
    const dln_frame *light; /* or NULL */
    dln_coder_args args;
    dln_coder_args light_args;
    bool dropped;
    uint32_t reporter;      /* hit that alleges this one, or DLN_NONE */
} dln_coder_hit;

typedef struct dln_coder_mood {
    dln_event_status status;
    dln_polarity polarity;
    bool refusal;           /* "will not" */
    bool perfect;           /* "had met" */
    bool present;           /* no sign of the past */
    dln_str word;           /* the word that decided; of the text or table */
} dln_coder_mood;

typedef struct dln_coder_setting {
    uint32_t time, place;
    uint32_t statement, attributed_to;
} dln_coder_setting;

/* words.c: the lemma that the frames know, in small letters, or the token's
 * own; of the text, the table or `buffer`. */
#define DLN_CODER_WORD 48
dln_str dln_coder__lemma(const dln_coder *coder, const dln_doc *doc,
                         uint32_t token, char buffer[DLN_CODER_WORD]);

/* args.c */
void dln_coder__args(const dln_coder *coder, const dln_doc *doc,
                     uint32_t token, dln_coder_args *out);
/* Preposition of a nominal ("with", "ahead of"), "" without one. Lower
 * case of a short word, else ""; static or of the text. */
dln_str dln_coder__case(const dln_doc *doc, uint32_t token);
/* The token whose relation speaks for this noun: itself, the first of its
 * coordination, "round" of "a round of talks". */
uint32_t dln_coder__stands(const dln_coder *coder, const dln_doc *doc,
                           uint32_t token);
bool dln_coder__word_is(const dln_doc *doc, uint32_t token, const char *word);

/* match.c: the best frame for a token; false: none. */
bool dln_coder__match(const dln_coder *coder, const dln_doc *doc,
                      uint32_t token, dln_coder_hit *out);
/* Does an argument fit this item of the frame? */
bool dln_coder__fits(const dln_coder *coder, const dln_doc *doc,
                     const dln_frame *frame, const dln_frame_arg *item,
                     const dln_coder_arg *arg);

/* mood.c */
void dln_coder__mood(const dln_coder *coder, const dln_doc *doc,
                     const dln_coder_hit *hit, dln_coder_mood *out);

/* parties.c: the parties, in the arena; also the place a frame names. */
void dln_coder__parties(const dln_coder *coder, dln_doc *doc,
                        const dln_coder_hit *hit, dln_event *event,
                        uint32_t *place, dln_buf *why);

/* chains.c: lists of mentions by word order. */
#define DLN_CODER_CHAIN 12
typedef struct dln_coder_chain {
    uint32_t at[DLN_CODER_CHAIN];   /* [count], mentions */
    uint32_t count;
} dln_coder_chain;
/* Mentions in one list with `mention`, on its side of the trigger. */
void dln_coder__chain(const dln_doc *doc, uint32_t mention, uint32_t trigger,
                      dln_coder_chain *chain);
/* The list behind one of the prepositions that follows the trigger with no
 * verb and at most `reach` tokens between. */
void dln_coder__behind(const dln_doc *doc, uint32_t trigger,
                       const char *const *preps, uint32_t prep_count,
                       uint32_t reach, dln_coder_chain *chain);
/* The longest mention that begins with this one. */
uint32_t dln_coder__whole(const dln_doc *doc, uint32_t mention);
/* The mention that opens the clause behind "After talks ..., X said". */
uint32_t dln_coder__clause_subject(const dln_doc *doc, uint32_t token);

/* setting.c */
/* The time or place that covers a token, or DLN_NONE. */
uint32_t dln_coder__first_time(const dln_doc *doc, uint32_t token);
uint32_t dln_coder__place_at(const dln_doc *doc, uint32_t token);
/* The smallest statement whose content holds `trigger`, or DLN_NONE. */
uint32_t dln_coder__statement_at(const dln_doc *doc, dln_span trigger);
void dln_coder__setting(const dln_coder *coder, const dln_doc *doc,
                        const dln_coder_hit *hit, dln_coder_setting *out);

/* topics.c */
void dln_coder__contexts(const dln_coder *coder, dln_doc *doc,
                         uint32_t sentence, dln_event *event);
bool dln_coder__blocked(const dln_coder *coder, const dln_doc *doc,
                        uint32_t sentence);
dln_str dln_coder__mode(const dln_coder *coder, const dln_doc *doc,
                        const dln_coder_hit *hit);

/* pair.c: leaves exactly one event, for the pair asked about, given the hits
 * of its sentences. */
void dln_coder__pair(const dln_coder *coder, dln_doc *doc,
                     const dln_coder_hit *hits, uint32_t count,
                     dln_arena *scratch);

#endif
