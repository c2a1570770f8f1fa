/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pairs of like reports → stories, by average link: what happened, and what
 * followed from it. A story has the id of its first report, so later reports
 * change no id.
 *
 * Limits: one story a report.
 */
#include <stdio.h>

#include "reconcile/stories_p.h"

#define MISSING (-4000)     /* score of a pair that was not compared */
#define LEAST (-1250)       /* average that joins */

void dln_rec__story_id(const dln_case *c, uint32_t report, char out[32])
{
    dln_str id = c->reports.at[report].id;
    snprintf(out, 32, "s%.*s", (int)(id.len < 30 ? id.len - 1 : 29),
             id.data + 1);
}

/* For every report the strongest pair within its story. */
static uint32_t *strongest(const dln_case *c, const uint32_t *labels)
{
    uint32_t *best = dln_arena_array(c->arena, c->reports.count + 1,
                                     sizeof *best);
    if (!best)
        return NULL;
    memset(best, 0xFF, c->reports.count * sizeof *best);
    for (uint32_t i = 0; i < c->pair_count; i++) {
        const rec_edge *e = &c->pairs[i];
        const uint32_t ends[] = {e->a, e->b};
        if (labels[e->a] != labels[e->b])
            continue;
        for (int n = 0; n < 2; n++)
            if (best[ends[n]] == DLN_NONE
                || c->pairs[best[ends[n]]].score < e->score)
                best[ends[n]] = i;
    }
    return best;
}

static dln_status write(dln_case *c, const uint32_t *labels)
{
    dln_query *q;
    const uint32_t *best = strongest(c, labels);
    if (!best)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    DLN_TRY(dln_query_open(c->store, &q, "UPDATE report SET story_id = ?2, "
                           "story_why = ?3 WHERE id = ?1", c->error));
    dln_status status = DLN_OK;
    for (uint32_t r = 0; status == DLN_OK && r < c->reports.count; r++) {
        char id[32];
        dln_arena_reset(c->scratch);
        dln_rec__story_id(c, labels[r], id);
        dln_str why = best[r] == DLN_NONE
                          ? DLN_STR("no report like it")
                          : dln_rec__likeness(c, &c->pairs[best[r]]);
        status = dln_query_run(q, "szs", c->reports.at[r].id, id, why);
    }
    dln_query_close(q);
    if (status != DLN_OK)
        return status;
    return dln_store_exec(
        c->store, "DELETE FROM story; INSERT INTO story (id, title, reports, "
        "independent, first_reported, last_reported) SELECT story_id, "
        "(SELECT title FROM report x WHERE x.story_id = r.story_id AND "
        "title IS NOT NULL ORDER BY published IS NULL, published, id "
        "LIMIT 1), count(*), count(DISTINCT lineage_id), min(published), "
        "max(published) FROM report r GROUP BY story_id", c->error);
}

dln_status dln_rec__stories(dln_case *c)
{
    uint32_t *labels = dln_arena_array(c->arena, c->reports.count + 1,
                                       sizeof *labels);
    if (!labels
        || dln_rec__cluster(c->pairs, c->pair_count, c->reports.count,
                            MISSING, LEAST, labels, c->arena) != DLN_OK)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    c->story = labels;
    return write(c, labels);
}
