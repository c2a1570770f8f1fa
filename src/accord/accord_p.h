/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the accord room share. */
#ifndef DLN_ACCORD_ACCORD_P_H
#define DLN_ACCORD_ACCORD_P_H

#include "accord/accord.h"

/* Findings of one kind in one report; words of a phrase looked up; parties
 * of one finding; tokens of a phrase looked through. */
#define DLN_ACC_MAX 2000u
#define DLN_ACC_PHRASE 5u
#define DLN_ACC_PARTIES 12u
#define DLN_ACC_REACH 14u
#define DLN_ACC_STEPS 8u
#define DLN_ACC_WORD 64u
/* Tokens of a sentence worth reading: longer ones are tables or noise. */
#define DLN_ACC_SENTENCE 400u

struct dln_accord {
    const dln_table *nouns, *modifiers, *verbs, *hopes, *commits,
        *compliance, *duties, *bodies, *tasks, *issues, *stances, *outcomes;
};

typedef struct dln_accwork {
    const dln_accord *a;
    dln_doc *doc;
    dln_arena *scratch;
    uint32_t *statement_of; /* [token]: the innermost, or DLN_NONE */
    uint32_t *event_of;     /* [token]: event coded there, or DLN_NONE */
    uint32_t *pact_of;      /* [token]: pact whose head it is, or DLN_NONE */
} dln_accwork;

typedef struct dln_accactors {
    uint32_t at[DLN_ACC_PARTIES];   /* [count], actors */
    uint32_t count;
} dln_accactors;

/* accord_words.c */
static inline const dln_token *dln_acc__tok(const dln_accwork *w, uint32_t t)
{
    return &w->doc->tokens.at[t];
}
/* Is the token this word, in any case? */
bool dln_acc__is(const dln_accwork *w, uint32_t token, const char *word);
bool dln_acc__any(const dln_accwork *w, uint32_t token,
                  const char *const *words);
/* Row of one word: its lemma, then the word as it stands. */
const dln_row *dln_acc__word(const dln_table *table, const dln_accwork *w,
                             uint32_t token);
/* Row of the longest phrase that begins at `token` and ends by `end`. */
const dln_row *dln_acc__phrase(const dln_table *table, const dln_accwork *w,
                               uint32_t token, uint32_t end,
                               uint32_t *words);
/* The issue that most words of the tokens speak of; "" none. */
dln_str dln_acc__issue(const dln_accwork *w, uint32_t begin, uint32_t end);
/* A state, an armed group, a body of a peace process, or who acts for one. */
bool dln_acc__political(const dln_doc *doc, uint32_t actor);
/* Adds an actor, or the members of a group. */
void dln_acc__add(const dln_doc *doc, dln_accactors *to, uint32_t actor);
/* Actors of the noun phrase that `token` heads, its coordination too. */
void dln_acc__actors(const dln_accwork *w, uint32_t token,
                     dln_accactors *to);
/* Subject of a verb, also one it shares; DLN_NONE. */
uint32_t dln_acc__subject(const dln_accwork *w, uint32_t verb);
/* Times that hang on a verb or noun: the first of this type, or DLN_NONE. */
uint32_t dln_acc__time(const dln_accwork *w, uint32_t token,
                       dln_time_type type);
/* Times inside [begin, end). */
uint32_t dln_acc__time_in(const dln_accwork *w, uint32_t begin,
                          uint32_t end);
/* Who is said to have said what stands at `token`; DLN_NONE: the report. */
uint32_t dln_acc__statement(const dln_accwork *w, uint32_t token);
uint32_t dln_acc__speaker(const dln_accwork *w, uint32_t token);
/* Days that "P3M" stands for; 0: not known. */
int32_t dln_acc__days(dln_str duration);
uint32_t *dln_acc__copy(dln_arena *arena, const dln_accactors *from);
bool dln_acc__negated(const dln_accwork *w, uint32_t verb);
/* May, would, if: it need not be so. */
bool dln_acc__unreal(const dln_accwork *w, uint32_t verb);

/* accord.c: `read` for every token of the sentences worth reading; `end` is
 * that of its sentence. */
typedef void dln_acc_read(dln_accwork *w, uint32_t token, uint32_t end);
void dln_acc__each(dln_accwork *w, dln_acc_read *read);

/* The steps, in their order. */
void dln_acc__pacts(dln_accwork *w);
void dln_acc__commitments(dln_accwork *w);
void dln_acc__compliances(dln_accwork *w);
void dln_acc__mandates(dln_accwork *w);
void dln_acc__topics(dln_accwork *w);
void dln_acc__outcomes(dln_accwork *w);

/* pact_facts.c: date, place, parties, and whether it is in being. */
void dln_acc__facts(dln_accwork *w, dln_pact *p, bool definite);

#endif
