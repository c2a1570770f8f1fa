/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Layer 3, whole and anew, in one transaction: lineage, versions, actors,
 * events and meetings, figures, stories, coverage. Every step reads the
 * tables of layers 1 and 2 in a fixed order, so the result depends on their
 * content alone.
 */
#include "reconcile/reconcile.h"

#include "reconcile/reconcile_p.h"

#define LIMIT ((size_t)1 << 38)

static const char clear[] =
    "BEGIN; DELETE FROM actor; DELETE FROM actor_name; "
    "DELETE FROM actor_role; DELETE FROM event; DELETE FROM event_party; "
    "DELETE FROM event_context; DELETE FROM meeting; "
    "DELETE FROM event_link; DELETE FROM figure_series; "
    "DELETE FROM coverage;"
    "UPDATE report SET inferred_start = NULL, inferred_end = NULL, "
    "inferred_why = NULL WHERE inferred_start IS NOT NULL;"
    "INSERT INTO coverage SELECT outlet, published, count(*) FROM report "
    "WHERE outlet IS NOT NULL AND published IS NOT NULL "
    "AND published_precision IN ('time', 'day') "
    "GROUP BY outlet, published";

/* A report without a date came out when the events it shares with dated
 * reports were over, and while others told of them. */
static const char date_undated[] =
    "UPDATE report SET inferred_start = x.first, inferred_end = x.last, "
    "inferred_why = 'shares ' || x.events || ' events with dated reports' FROM "
    "(SELECT m.report_id AS report, max(e.date_end) AS first, "
    "max(e.last_reported) AS last, count(DISTINCT e.id) AS events "
    "FROM report r JOIN event_mention m ON m.report_id = r.id "
    "JOIN event e ON e.id = m.event_id WHERE r.published IS NULL AND "
    "e.date_precision IN ('time', 'day') AND e.status IN ('actual', "
    "'ongoing') AND e.last_reported IS NOT NULL GROUP BY m.report_id) x "
    "WHERE report.id = x.report AND x.first <= x.last";

static dln_status load_reports(dln_case *c)
{
    dln_query *q;
    DLN_TRY(dln_query_open(c->store, &q, "SELECT id, published FROM report "
                           "ORDER BY published IS NULL, published, id",
                           c->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        rec_report *r = DLN_VEC_PUSH(c->arena, &c->reports);
        dln_interval day;
        if (!r)
            break;
        *r = (rec_report){
            .id = dln_arena_str(c->arena, dln_query_str(q, 0)),
            .day = dln_interval_parse(dln_query_str(q, 1), &day)
                       ? day.start : DLN_NO_DAY,
            .origin = c->reports.count - 1, .copy_of = DLN_NONE,
            .copy_kind = "",
        };
        dln_map_set(&c->report_of, r->id, c->reports.count - 1);
    }
    dln_query_close(q);
    if (dln_arena_oom(c->arena))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    return status == DLN_END ? DLN_OK : status;
}

dln_status dln_rec__text(dln_case *c, uint32_t report, dln_arena *arena,
                         dln_str *out)
{
    if (!c->text)
        DLN_TRY(dln_query_open(c->store, &c->text,
                               "SELECT text FROM report WHERE id = ?",
                               c->error));
    dln_query_bind(c->text, "s", c->reports.at[report].id);
    dln_status status = dln_query_step(c->text);
    *out = dln_arena_str(arena, dln_query_str(c->text, 0));
    dln_query_bind(c->text, "x");
    if (dln_arena_oom(arena))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    return status;
}

static dln_status write_lineage(dln_case *c)
{
    dln_query *q;
    DLN_TRY(dln_query_open(c->store, &q, "UPDATE report SET copy_of = ?2, "
                           "copy_kind = ?3, copy_share = ?4, copy_why = ?5, "
                           "lineage_id = ?6 WHERE id = ?1", c->error));
    dln_status status = DLN_OK;
    for (uint32_t i = 0; status == DLN_OK && i < c->reports.count; i++) {
        const rec_report *r = &c->reports.at[i];
        bool copy = r->copy_of != DLN_NONE;
        dln_str of = copy ? c->reports.at[r->copy_of].id : (dln_str){0};
        char lineage[32] = "l";
        dln_str origin = c->reports.at[r->origin].id;
        memcpy(lineage + 1, origin.data + 1,
               origin.len < 30 ? origin.len - 1 : 29);
        if (copy)
            status = dln_query_run(q, "sszdsz", r->id, of, r->copy_kind,
                                   r->share, r->why, lineage);
        else
            status = dln_query_run(q, "sxxxxz", r->id, lineage);
    }
    dln_query_close(q);
    return status;
}

dln_status dln_rec__each(dln_case *c, const char *sql, dln_rec_take *take,
                         void *user)
{
    dln_query *q;
    DLN_TRY(dln_query_open(c->store, &q, sql, c->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        uint32_t r = dln_map_get(&c->report_of, dln_query_str(q, 0));
        if (r != DLN_NONE)
            take(user, r, q);
    }
    dln_query_close(q);
    if (dln_arena_oom(c->arena))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    return status == DLN_END ? DLN_OK : status;
}

static dln_status all(dln_case *c)
{
    DLN_TRY(dln_store_commit(c->store, c->error));
    DLN_TRY(dln_store_exec(c->store, clear, c->error));
    DLN_TRY(load_reports(c));
    DLN_TRY(dln_rec__copies(c));
    DLN_TRY(dln_rec__pairs(c));
    DLN_TRY(dln_rec__rewrites(c));
    DLN_TRY(write_lineage(c));
    DLN_TRY(dln_rec__versions(c));
    DLN_TRY(dln_rec__stories(c));
    DLN_TRY(dln_rec__facts(c));
    DLN_TRY(dln_rec__actors(c));
    DLN_TRY(dln_rec__events(c));
    DLN_TRY(dln_rec__figure_events(c));
    DLN_TRY(dln_rec__figures(c));
    DLN_TRY(dln_store_exec(c->store, date_undated, c->error));
    return dln_store_exec(c->store, "COMMIT", c->error);
}

dln_status dln_reconcile_run(dln_store *store, const dln_lang *lang,
                             const dln_onto *onto, dln_error *error)
{
    dln_case c = {.store = store, .lang = lang, .onto = onto,
                  .error = error, .arena = dln_arena_new(LIMIT),
                  .scratch = dln_arena_new(0)};
    dln_status status = DLN_OK;
    if (!c.arena || !c.scratch)
        status = dln_fail(error, DLN_NOMEM, "out of memory");
    if (status == DLN_OK) {
        dln_map_init(&c.report_of, c.arena);
        status = all(&c);
    }
    dln_query_close(c.text);
    dln_arena_free(c.scratch);
    dln_arena_free(c.arena);
    return status;
}
