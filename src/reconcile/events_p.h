/* SPDX-License-Identifier: Apache-2.0 */
/* Events in the making: mentions, and the events they are joined to. */
#ifndef DLN_RECONCILE_EVENTS_P_H
#define DLN_RECONCILE_EVENTS_P_H

#include "onto/plover.h"
#include "reconcile/reconcile_p.h"

#define EV_ROOTS 16u        /* sides an event keeps for comparison */
#define EV_PERSONS 24u

typedef enum ev_reality {   /* what never merges */
    EV_REAL,                /* actual, ongoing, historical */
    EV_PLANNED,
    EV_HYPOTHETICAL
} ev_reality;

typedef struct ev_party {
    uint32_t actor;
    const char *role;       /* static */
} ev_party;

typedef struct ev_place {
    dln_str id, name;
    char country[4];
    double lat, lon;
    bool wide, is_country;  /* region or wider; a whole country */
    bool spot;              /* a building, a bridge: may lie in a town */
} ev_place;

typedef struct ev_mention {
    dln_str id;
    uint32_t report, start;
    uint32_t type, mode;    /* in `words`; mode DLN_NONE: none */
    uint32_t place;         /* in `places`, or DLN_NONE */
    uint32_t event;         /* joined to */
    uint32_t next;          /* of the same event, or DLN_NONE */
    uint32_t party_begin, party_count;
    uint64_t trigger;       /* hash of its words */
    dln_interval when;
    uint8_t status;         /* in ev_statuses */
    uint8_t polarity;       /* 0 asserted, 1 negated, 2 denied */
    uint8_t weekday;        /* 1-7 when only that is known, else 0 */
    dln_str why;            /* what joined it */
} ev_mention;

typedef struct ev_event {
    uint32_t group, type, mode;
    ev_reality reality;
    bool denied;            /* negated or denied */
    dln_interval core;      /* days all its dated mentions share */
    uint32_t place;
    uint32_t roots[EV_ROOTS], persons[EV_PERSONS];
    uint32_t root_count, person_count;
    uint32_t first, last;   /* mentions */
    uint64_t trigger;
    uint8_t weekday;        /* when undated: as in ev_mention */
} ev_event;

typedef struct ev_case {
    dln_case *c;
    dln_plover *plover;
    dln_map words;          /* types and modes */
    dln_map place_of;
    DLN_VEC(ev_place) places;
    DLN_VEC(ev_mention) mentions;
    DLN_VEC(ev_party) parties;
    DLN_VEC(ev_event) events;
} ev_case;

extern const char *const ev_statuses[5];

static inline bool ev_dated(dln_interval when)
{
    return when.start != DLN_NO_DAY;
}

static inline int32_t ev_days(dln_interval when)
{
    return when.end == DLN_NO_DAY || when.end < when.start
               ? 1 : when.end - when.start + 1;
}

ev_reality ev_reality_of(uint8_t status);

typedef enum ev_nearness { EV_UNKNOWN, EV_SAME, EV_CONTAINS, EV_APART }
    ev_nearness;
ev_nearness ev_places_near(const ev_case *k, uint32_t a, uint32_t b);

/* Mentions and places of the store, in canonical order. */
dln_status ev_read(ev_case *k);
/* Joins mentions to events. */
dln_status ev_join(ev_case *k);
/* Rows of event, event_party, event_context, event_link, meeting, and what
 * mentions point to. */
dln_status ev_write(ev_case *k);
dln_status ev_write_links(ev_case *k, const dln_str *ids);

#endif
