/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the steps of reconciling share: the reports in their canonical order
 * (published first, undated last, then by id), and the actors of the record.
 * Indexes into these arrays are what the steps hand on; nothing depends on
 * the order in which reports were put.
 */
#ifndef DLN_RECONCILE_RECONCILE_P_H
#define DLN_RECONCILE_RECONCILE_P_H

#include "base/map.h"
#include "reconcile/reconcile.h"

typedef struct rec_report {
    dln_str id;
    int32_t day;            /* published, or DLN_NO_DAY */
    uint32_t origin;        /* report whose lineage it has; itself */
    uint32_t copy_of;       /* or DLN_NONE */
    const char *copy_kind;  /* static, or "" */
    double share;           /* of its words that the other has */
    dln_str why;
} rec_report;

typedef struct rec_actor {
    dln_str id;
    dln_str name;
    char kind[16];
    char iso3[4];
    dln_str sector;
    uint32_t parent;        /* actor, or DLN_NONE */
    uint32_t root;          /* whom it acts for: equal for equal masters;
                             * DLN_NONE for words that mean anybody */
} rec_actor;

/* u64 → u32, in an arena. */
typedef struct rec_hashes {
    dln_arena *arena;
    uint64_t *keys;
    uint32_t *values;       /* DLN_NONE: empty slot */
    uint32_t count, cap;
} rec_hashes;

void dln_rec__hashes_init(rec_hashes *map, dln_arena *arena);
/* The value's place, set to `fresh` if the key is new; NULL: no memory. */
uint32_t *dln_rec__hashes_at(rec_hashes *map, uint64_t key, uint32_t fresh);
uint32_t dln_rec__hashes_get(const rec_hashes *map, uint64_t key);

typedef struct rec_edge {   /* two things, how alike in thousandths */
    uint32_t a, b;          /* a < b */
    int32_t score;
} rec_edge;

typedef struct dln_case {
    dln_store *store;
    const dln_lang *lang;
    const dln_onto *onto;
    dln_error *error;
    dln_arena *arena;       /* lives as long as the case */
    dln_arena *scratch;     /* of one report or pair */
    dln_query *text;        /* a report's, by its id */
    DLN_VEC(rec_report) reports;
    dln_map report_of;      /* id → index */
    rec_hashes rarity;      /* of words, as the language list says */
    struct story_profile *profiles;     /* [reports.count] */
    const rec_edge *pairs;  /* reports like each other */
    uint32_t pair_count;
    const uint32_t *story;  /* [report] the first report of its story */
    DLN_VEC(rec_actor) actors;  /* by id */
    dln_map actor_of;       /* id → index */
} dln_case;

/* Numbers in both arrays. */
static inline uint32_t dln_rec__in_both(const uint32_t *a, uint32_t a_count,
                                        const uint32_t *b, uint32_t b_count)
{
    uint32_t both = 0;
    for (uint32_t i = 0; i < a_count; i++)
        for (uint32_t n = 0; n < b_count; n++)
            both += a[i] == b[n];
    return both;
}

/* Text of a report into `arena`. */
dln_status dln_rec__text(dln_case *c, uint32_t report, dln_arena *arena,
                         dln_str *out);
/* `take` for every row of `sql` whose first column is a report of the case. */
typedef void dln_rec_take(void *user, uint32_t report, const dln_query *row);
dln_status dln_rec__each(dln_case *c, const char *sql, dln_rec_take *take,
                         void *user);
/* The next word of folded text as a hash; false at the end. */
bool dln_rec__word(dln_str text, size_t *at, uint64_t *hash, dln_str *word);

/* How much a word tells, by its hash: the logarithm of how rare it is. */
double dln_rec__rarity(const dln_case *c, uint64_t hash);

/* The steps, in their order. */
dln_status dln_rec__copies(dln_case *c);
dln_status dln_rec__pairs(dln_case *c);
dln_status dln_rec__rewrites(dln_case *c);
dln_status dln_rec__versions(dln_case *c);
dln_status dln_rec__stories(dln_case *c);
dln_status dln_rec__facts(dln_case *c);
dln_status dln_rec__actors(dln_case *c);
dln_status dln_rec__events(dln_case *c);
dln_status dln_rec__figure_events(dln_case *c);
dln_status dln_rec__figures(dln_case *c);

#endif
