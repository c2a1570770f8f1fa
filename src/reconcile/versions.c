/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Versions: a copy that says so in its title ("UPDATE 2-", "Correction:",
 * ", 1st Ld-Writethru"), or a later copy in the same outlet, supersedes what
 * it copies. A notice that takes a report back ("KILL:") is no copy of it:
 * it is a version of the report most like it that came before. Where an
 * agency numbers its versions, or two readings of one page give the page's own
 * address, that decides first.
 */
#include "base/utf8.h"
#include "reconcile/reconcile_p.h"

#define DAYS 3              /* a notice comes this soon */
#define LIKE (-1000)        /* and is at least so like the report */

typedef struct versions {
    dln_case *c;
    const dln_table *marks;
    const dln_row **mark;   /* [report] of its title, or NULL */
    uint32_t *outlet;       /* [report] hash, 0 unknown */
} versions;

static bool ends_word(dln_str text, size_t at)
{
    if (at < text.len && text.data[at] == ' ')
        at++;       /* "update 2-", but not "update of the rules" */
    return at >= text.len || memchr(":-),", text.data[at], 4)
           || dln_is_digit(text.data[at]);
}

/* The longest mark of a folded title. */
static const dln_row *mark_of(const versions *v, dln_str title)
{
    const dln_row *best = NULL;
    for (uint32_t i = 0; i < v->marks->count; i++) {
        const dln_row *row = &v->marks->rows[i];
        dln_str word = row->field[0];
        for (size_t at = 0; (at = dln_str_find(title, word, at)) < title.len;
             at++) {
            bool inside = at > 0 && (title.data[at - 1] == '('
                                     || (at > 1 && title.data[at - 2] == ','));
            bool starts = at == 0 && title.len > word.len
                          && title.data[word.len] != ')'
                          && title.data[word.len] != ',';
            if ((inside || starts) && ends_word(title, at + word.len)
                && (!best || word.len > best->field[0].len))
                best = row;
        }
    }
    return best;
}

/* Rows: report, title, outlet, what the agency says of its copy. */
static void take_title(void *user, uint32_t r, const dln_query *q)
{
    versions *v = user;
    dln_arena *scratch = v->c->scratch;
    dln_str outlet = dln_query_str(q, 2), wire = dln_query_str(q, 3);
    dln_arena_reset(scratch);
    v->mark[r] = mark_of(v, dln_utf8_fold(scratch, dln_query_str(q, 1)));
    for (uint32_t i = 0; !v->mark[r] && i < v->marks->count && wire.len; i++)
        if (dln_str_starts(wire, dln_row_field(&v->marks->rows[i], 1)))
            v->mark[r] = &v->marks->rows[i];
    v->outlet[r] = outlet.len
        ? (uint32_t)dln_hash(outlet.data, outlet.len, 0) | 1 : 0;
}

static bool is_kill(const versions *v, uint32_t r)
{
    return v->mark[r] && dln_str_is(dln_row_field(v->mark[r], 1), "kill");
}

/* Does what `from` supersedes, and so on, come to `to`? */
static bool leads(const uint32_t *of, uint32_t from, uint32_t to)
{
    for (int i = 0; from != DLN_NONE && i < 1000; i++) {
        if (from == to)
            return true;
        from = of[from];
    }
    return from != DLN_NONE;
}

/* What the report supersedes, of its own copy or of a copy of it. */
static void pair(const versions *v, uint32_t r, uint32_t *out)
{
    const rec_report *all = v->c->reports.at;
    uint32_t of = all[r].copy_of;
    if (of == DLN_NONE || *all[r].copy_kind == 'r')
        return;
    bool same = v->outlet[r] && v->outlet[r] == v->outlet[of];
    bool changed = *all[r].copy_kind != 'e';
    bool later = v->mark[r] || (same && changed && !v->mark[of]);
    if (!later && v->mark[of] && all[r].day == all[of].day) {
        uint32_t swap = r;  /* of one day the order is not known */
        r = of;
        of = swap;
        later = true;
    }
    if (later && out[r] == DLN_NONE && !leads(out, of, r))
        out[r] = of;
}

/* Notices by the pairs of like reports, the strongest. */
static void notices(const versions *v, uint32_t *out, int32_t *best)
{
    const dln_case *c = v->c;
    for (uint32_t i = 0; i < c->pair_count; i++) {
        const rec_edge *e = &c->pairs[i];
        for (int n = 0; n < 2; n++) {
            uint32_t notice = n ? e->a : e->b, told = n ? e->b : e->a;
            int32_t x = c->reports.at[notice].day;
            int32_t y = c->reports.at[told].day;
            bool after = x != DLN_NO_DAY && y != DLN_NO_DAY && x >= y
                         && x - y <= DAYS;
            if (!is_kill(v, notice) || is_kill(v, told) || !after
                || e->score < LIKE || (out[notice] != DLN_NONE
                                       && e->score <= best[notice]))
                continue;
            out[notice] = told;
            best[notice] = e->score;
        }
    }
}

/* Reports in a row with the same key are versions of one another. */
static dln_status by_key(const versions *v, uint32_t *of, const char *sql)
{
    dln_case *c = v->c;
    dln_query *q;
    dln_str last = {NULL, 0};
    uint32_t before = DLN_NONE;
    DLN_TRY(dln_query_open(c->store, &q, sql, c->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        uint32_t r = dln_map_get(&c->report_of, dln_query_str(q, 0));
        dln_str key = dln_query_str(q, 1);
        if (r == DLN_NONE)
            continue;
        if (before != DLN_NONE && dln_str_eq(key, last)
            && of[r] == DLN_NONE && !leads(of, before, r))
            of[r] = before;
        before = r;
        last = dln_arena_str(c->arena, key);
    }
    dln_query_close(q);
    return status == DLN_END ? DLN_OK : status;
}

static dln_status write(const versions *v, const uint32_t *of)
{
    dln_case *c = v->c;
    dln_query *q;
    DLN_TRY(dln_store_exec(c->store, "UPDATE report SET version_of = NULL, "
                           "version_kind = NULL WHERE version_of IS NOT "
                           "NULL", c->error));
    DLN_TRY(dln_query_open(c->store, &q, "UPDATE report SET version_of = ?2,"
                           " version_kind = ?3 WHERE id = ?1", c->error));
    dln_status status = DLN_OK;
    for (uint32_t r = 0; status == DLN_OK && r < c->reports.count; r++)
        if (of[r] != DLN_NONE)
            status = dln_query_run(q, "sss", c->reports.at[r].id,
                                   c->reports.at[of[r]].id,
                                   v->mark[r] ? dln_row_field(v->mark[r], 1)
                                              : DLN_STR("update"));
    dln_query_close(q);
    return status;
}

dln_status dln_rec__versions(dln_case *c)
{
    versions v = {.c = c};
    uint32_t count = c->reports.count;
    v.mark = dln_arena_array(c->arena, count + 1, sizeof *v.mark);
    v.outlet = dln_arena_array(c->arena, count + 1, sizeof *v.outlet);
    uint32_t *of = dln_arena_array(c->arena, count + 1, sizeof *of);
    int32_t *best = dln_arena_array(c->arena, count + 1, sizeof *best);
    if (!v.mark || !v.outlet || !of || !best)
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    DLN_TRY(dln_lang_list(c->lang, "version-marks", &v.marks, c->error));
    DLN_TRY(dln_rec__each(c, "SELECT id, title, outlet, wire_status "
                          "FROM report", take_title, &v));
    memset(of, 0xFF, count * sizeof *of);
    DLN_TRY(by_key(&v, of, "SELECT id, wire_id FROM report WHERE wire_id "
                   "IS NOT NULL ORDER BY wire_id, wire_version, published, "
                   "id"));
    DLN_TRY(by_key(&v, of, "SELECT id, canonical FROM report WHERE "
                   "canonical IS NOT NULL ORDER BY canonical, published, "
                   "address, id"));
    for (uint32_t r = 0; r < count; r++)
        pair(&v, r, of);
    notices(&v, of, best);
    return write(&v, of);
}
