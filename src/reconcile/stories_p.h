/* SPDX-License-Identifier: Apache-2.0 */
/* What a report is about, as stories compare it: words by weight, names,
 * persons, places and days. A profile follows from its report alone, so
 * adding reports changes no comparison of others. */
#ifndef DLN_RECONCILE_STORIES_P_H
#define DLN_RECONCILE_STORIES_P_H

#include "reconcile/reconcile_p.h"

#define STORY_KEYS 40u      /* heaviest words, under which it is found */

/* As a name; rare in news; in so many of these reports that it tells none
 * of them from another. */
enum { STORY_NAME = 1, STORY_RARE = 2, STORY_COMMON = 4 };

typedef struct story_term {
    uint32_t word;          /* hash; its lowest bits are those above */
    uint16_t weight;        /* of 65535: terms of the whole are a unit */
    uint16_t title;         /* the same of the title's words */
} story_term;

typedef struct story_spot {
    float lat, lon;
} story_spot;

typedef struct story_days {
    int32_t start, end;
} story_days;

typedef struct story_profile {
    story_term *terms;      /* [term_count], by word */
    uint16_t *keys;         /* [key_count] heaviest terms, heaviest first */
    uint32_t *persons;      /* [person_count], by hash */
    story_spot *spots;      /* [spot_count] towns it names */
    story_days *days;       /* [day_count] told in it, to a month long */
    uint16_t term_count, key_count, person_count, spot_count, day_count;
    int32_t main;           /* day its events are of most, or DLN_NO_DAY */
    uint32_t main_votes;
} story_profile;

static inline uint32_t story_word(story_term t)
{
    return t.word & ~7u;
}

/* Profiles of all reports into the case, and the words' rarity. */
dln_status dln_rec__profiles(dln_case *c);

#define STORY_MOST 6000     /* highest score of a pair; of copies */

/* "s" and the digits of the story's first report. */
void dln_rec__story_id(const dln_case *c, uint32_t report, char out[32]);
/* What reports `a` and `b` have in common, for people; in scratch. */
dln_str dln_rec__likeness(const dln_case *c, const rec_edge *pair);

/*
 * Average link over few edges: joins the two groups whose pairs are most
 * alike on average, as long as that is at least `least`; pairs without an
 * edge count `missing`. labels[count]: the smallest member of each one's
 * group. Depends on the edges alone, not on their order. DLN_NOMEM.
 */
dln_status dln_rec__cluster(const rec_edge *edges, uint32_t edge_count,
                            uint32_t count, int32_t missing, int32_t least,
                            uint32_t *labels, dln_arena *arena);

#endif
