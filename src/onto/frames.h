/* SPDX-License-Identifier: Apache-2.0 */
/*
 * frames: which words stand for which event, and where in the sentence its
 * parties are, read from DATADIR/onto/verbs (format: the README there).
 *
 * A frame is a trigger (a lemma with its part of speech), a PLOVER type and
 * mode, and conditions on the trigger's dependents, some of which name the
 * role a dependent plays. A light row is a verb that only carries an event
 * noun ("hold talks", "come under fire").
 *
 * Read once, never changed; one handle serves all threads.
 */
#ifndef DLN_ONTO_FRAMES_H
#define DLN_ONTO_FRAMES_H

#include "onto/plover.h"

/* Where a dependent stands. */
typedef enum dln_slot {
    DLN_SLOT_SUBJ,      /* who does it, whatever the voice */
    DLN_SLOT_OBJ,       /* to whom, whatever the voice */
    DLN_SLOT_IOBJ,
    DLN_SLOT_COMP,      /* verb: the clause it takes ("agreed to meet") */
    DLN_SLOT_PRT,       /* particle or adverb ("pull out", "back") */
    DLN_SLOT_POSS,      /* noun: its owner */
    DLN_SLOT_MOD,       /* noun: adjective or noun before it */
    DLN_SLOT_PREP,      /* behind a preposition */
    DLN_SLOT_ANY        /* any of them */
} dln_slot;

/* What a dependent is to the event, as bits. */
#define DLN_ROLE_ACTOR 1u
#define DLN_ROLE_RECIPIENT 2u
#define DLN_ROLE_MEDIATOR 4u
#define DLN_ROLE_HOST 8u
#define DLN_ROLE_PLACE 16u

typedef struct dln_frame_slot {
    dln_slot slot;
    dln_str prep;       /* of DLN_SLOT_PREP: "with" */
} dln_frame_slot;

/* One item of a pattern: dependents at one of `slots`. */
typedef struct dln_frame_arg {
    const dln_frame_slot *slots;    /* [slot_count] */
    uint32_t slot_count;
    bool required;
    bool forbidden;     /* the frame does not match if it is there */
    bool worded;        /* its head must be one of `words` or `types` */
    uint32_t words;     /* set of lemmas, or DLN_NONE */
    uint32_t types;     /* bit i: a plain trigger of type i will do */
    uint32_t roles;     /* DLN_ROLE_ bits */
} dln_frame_arg;

typedef enum dln_frame_pos {
    DLN_FRAME_VERB,
    DLN_FRAME_NOUN,
    DLN_FRAME_ADJ,
    DLN_FRAME_LIGHT     /* a light verb, in the same lists */
} dln_frame_pos;

/* What a light verb says of its event. */
typedef enum dln_effect {
    DLN_EFFECT_NONE,
    DLN_EFFECT_ONGOING,
    DLN_EFFECT_PLANNED,
    DLN_EFFECT_HYPOTHETICAL,
    DLN_EFFECT_NEGATED,
    DLN_EFFECT_DENIED,
    DLN_EFFECT_COUNT
} dln_effect;

#define DLN_FRAME_NO_EVENT UINT32_MAX

typedef struct dln_frame {
    dln_str trigger;            /* lemma */
    dln_frame_pos pos;
    uint32_t type;              /* index in plover; DLN_FRAME_NO_EVENT: the
                                   words only look like an event */
    dln_str mode;               /* "" none */
    dln_effect effect;          /* light rows */
    dln_frame_slot carries;     /* light rows: where the event noun is */
    const dln_frame_arg *args;  /* [arg_count] */
    uint32_t arg_count;
    bool worded;                /* asks for words of an argument that is a
                                   noun: "sign agreement" */
    bool own;                   /* the user's: it goes before others */
    const char *file;           /* "consult.txt" */
    uint32_t line;
    uint32_t next;              /* next frame of the same trigger */
} dln_frame;

typedef struct dln_frames dln_frames;

/* Reads sets.txt, light.txt and one file a type (its name in small letters)
 * of DATADIR/onto/verbs, and those of the user's `folder`/verbs (overlay.h;
 * NULL: none). Keeps `plover`. Errors name file and line. */
DLN_NODISCARD dln_status dln_frames_open(dln_frames **out,
                                         const char *datadir,
                                         const char *folder,
                                         const dln_plover *plover,
                                         dln_error *error);
/* From memory: a file of sets and a file of frames of any type; for tests. */
DLN_NODISCARD dln_status dln_frames_parse(dln_frames **out,
                                          const dln_plover *plover,
                                          dln_str sets, dln_str frames,
                                          dln_error *error);
void dln_frames_close(dln_frames *frames);

uint32_t dln_frames_count(const dln_frames *frames);
/* First frame of a trigger, or DLN_NONE; go on with `next`. */
uint32_t dln_frames_find(const dln_frames *frames, dln_str lemma);
const dln_frame *dln_frames_at(const dln_frames *frames, uint32_t index);
/* Is the word in the set of an argument? */
bool dln_frames_has(const dln_frames *frames, uint32_t words, dln_str lemma);
/* Types that `lemma` stands for without further conditions, as bits. */
uint32_t dln_frames_types(const dln_frames *frames, dln_str lemma);
/* Is `word` a trigger or in any set: a lemma that means something here? */
bool dln_frames_known(const dln_frames *frames, dln_str word);
/* "none", "ongoing" ... to a value; DLN_EFFECT_COUNT: unknown. */
dln_effect dln_effect_of(dln_str text);

#endif
