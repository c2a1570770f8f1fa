/* SPDX-License-Identifier: Apache-2.0 */
/*
 * report_agreement → agreement: what reports call by many names is one.
 *
 * What a report itself takes for one (same_id) is one node, with the days,
 * mediators and sides of all its mentions. Nodes that say most come first
 * (exact days before years before none), each joins the agreement it has
 * most in common with, or founds one. Cannot-link: other days, other kind
 * (a statement is no ceasefire), other names, mediators or sides. To join it
 * needs two things in common of: days, mediator, two sides, name, the
 * countries its report is mostly about; a statement needs its day.
 * Candidates are found by name, by mediator and by country, at most 64 each,
 * so the cost is linear. Greedy: a wrong early join is not undone.
 */
#include <stdio.h>
#include <stdlib.h>

#include "track/track_p.h"

#define SIDES 12u
#define CANDIDATES 64u
#define CONTEXT 3u

typedef struct sides {
    dln_str at[SIDES];      /* [count], iso3 or actor id */
    uint32_t count;
} sides;

typedef struct node {
    dln_str first;          /* id of its first mention */
    dln_str report;
    dln_str kind, stage, place, name, text;
    dln_interval when;
    sides parties, mediators, context;
    bool made;
    uint32_t into;          /* agreement, or DLN_NONE */
    uint32_t order;         /* in which it was read */
    const char *why;
} node;

typedef struct entry {
    uint32_t group, next;
} entry;

typedef struct work {
    dln_tracker *t;
    DLN_VEC(node) nodes;
    DLN_VEC(node) groups;   /* what the nodes of each say together */
    DLN_VEC(entry) entries;
    dln_map node_of;        /* mention → node */
    dln_map lists;          /* key → first entry */
} work;

static bool has(const sides *s, dln_str what)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (dln_str_eq(s->at[i], what))
            return true;
    return false;
}

static void put_side(sides *s, dln_str what)
{
    if (what.len && s->count < SIDES && !has(s, what))
        s->at[s->count++] = what;
}

static uint32_t shared(const sides *a, const sides *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < a->count; i++)
        n += has(b, a->at[i]);
    return n;
}

static bool dated(dln_interval when)
{
    return when.start != DLN_NO_DAY && when.end != DLN_NO_DAY;
}

static bool apart(dln_interval a, dln_interval b)
{
    return dated(a) && dated(b) && (a.end < b.start || b.end < a.start);
}

/* The days that both allow. */
static dln_interval narrowed(dln_interval a, dln_interval b)
{
    if (!dated(a))
        return b;
    if (!dated(b))
        return a;
    return b.end - b.start < a.end - a.start ? b : a;
}

static bool is_text(dln_str kind)
{
    return dln_str_is(kind, "statement") || dln_str_is(kind, "declaration");
}

static bool kinds_agree(dln_str a, dln_str b)
{
    if (!a.len || !b.len)
        return !is_text(a) && !is_text(b);
    return dln_str_eq(a, b)
           || (!is_text(a) && !is_text(b)
               && !dln_str_is(a, "treaty") && !dln_str_is(b, "treaty"));
}

/* What one learns of the other. */
static void absorb(node *to, const node *from)
{
    if (!to->kind.len || dln_str_is(from->kind, "ceasefire"))
        to->kind = from->kind.len ? from->kind : to->kind;
    if (!to->stage.len)
        to->stage = from->stage;
    if (!to->place.len)
        to->place = from->place;
    if (!to->name.len)
        to->name = from->name;
    if (from->text.len > to->text.len && from->text.len <= 60)
        to->text = from->text;
    to->when = narrowed(to->when, from->when);
    to->made |= from->made;
    for (uint32_t i = 0; i < from->parties.count; i++)
        put_side(&to->parties, from->parties.at[i]);
    for (uint32_t i = 0; i < from->mediators.count; i++)
        put_side(&to->mediators, from->mediators.at[i]);
    for (uint32_t i = 0; i < from->context.count; i++)
        put_side(&to->context, from->context.at[i]);
}

/* Points in common; 0: they cannot be one. */
static uint32_t likeness(const node *a, const node *b)
{
    bool text = is_text(a->kind);
    if (!kinds_agree(a->kind, b->kind) || apart(a->when, b->when)
        || (a->name.len && b->name.len && !dln_str_ieq(a->name, b->name))
        || (a->mediators.count && b->mediators.count
            && !shared(&a->mediators, &b->mediators))
        || (a->parties.count && b->parties.count
            && !shared(&a->parties, &b->parties)))
        return 0;
    uint32_t points = 0;
    dln_interval both = narrowed(a->when, b->when);
    int32_t days = dated(a->when) && dated(b->when) ? both.end - both.start
                                                    : -1;
    if (text && (days < 0 || days > 1))
        return 0;
    points += days >= 0 ? (days < 32 ? 2 : 1) : 0;
    points += a->name.len && b->name.len ? 3 : 0;
    points += shared(&a->mediators, &b->mediators) ? 1 : 0;
    points += shared(&a->parties, &b->parties) > 1 ? 1 : 0;
    uint32_t context = shared(&a->context, &b->context)
        + shared(&a->context, &b->parties) + shared(&a->parties, &b->context);
    if (context < 2 && !(a->name.len && b->name.len))
        return 0;
    points += 1;
    return points >= 2 ? points : 0;
}

/* --- reading ---------------------------------------------------------- */

static const char mentions_sql[] =
    "SELECT g.id, g.same_id, g.report_id, g.kind, g.stage, "
    "g.made, g.named, g.date_start, g.date_end, g.date_precision, "
    "g.place_id, " DLN_SQL_QUOTE("g.span_start", "g.span_end")
    " FROM report_agreement g "
    "JOIN report r ON r.id = g.report_id "
    "ORDER BY r.published IS NULL, r.published, r.id, g.span_start, g.id";

static dln_str keep(work *w, dln_str text)
{
    return text.len ? dln_arena_str(w->t->arena, text) : (dln_str){NULL, 0};
}

static void read_mention(work *w, const dln_query *q)
{
    dln_str same = dln_query_str(q, 1);
    uint32_t at = same.len ? dln_map_get(&w->node_of, same) : DLN_NONE;
    if (at == DLN_NONE) {
        node *fresh = DLN_VEC_PUSH(w->t->arena, &w->nodes);
        if (!fresh)
            return;
        at = w->nodes.count - 1;
        *fresh = (node){.first = keep(w, dln_query_str(q, 0)),
                        .report = keep(w, dln_query_str(q, 2)),
                        .when = DLN_NO_INTERVAL, .into = DLN_NONE,
                        .order = at};
    }
    node n = {.kind = keep(w, dln_query_str(q, 3)),
              .stage = keep(w, dln_query_str(q, 4)),
              .made = dln_query_int(q, 5) != 0,
              .when = dln_query_interval(q, 7),
              .place = keep(w, dln_query_str(q, 10)),
              .text = keep(w, dln_query_str(q, 11))};
    if (dln_query_int(q, 6))
        n.name = n.text;
    absorb(&w->nodes.at[at], &n);
    dln_map_set(&w->node_of, dln_query_str(q, 0), at);
}

static dln_status read_mentions(work *w)
{
    dln_query *q;
    DLN_TRY(dln_query_open(w->t->store, &q, mentions_sql, w->t->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK)
        read_mention(w, q);
    dln_query_close(q);
    return status == DLN_END ? DLN_OK : status;
}

static dln_status read_sides(work *w)
{
    dln_query *q;
    DLN_TRY(dln_query_open(w->t->store, &q,
        "SELECT p.mention_id, p.role, coalesce(a.iso3, a.id) "
        "FROM report_agreement_party p "
        "JOIN report_agreement g ON g.id = p.mention_id "
        "JOIN report_actor n ON n.report_id = g.report_id "
        "AND n.n = p.actor_n JOIN actor a ON a.id = n.actor_id "
        "ORDER BY p.mention_id, p.n", w->t->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        uint32_t at = dln_map_get(&w->node_of, dln_query_str(q, 0));
        if (at == DLN_NONE)
            continue;
        node *n = &w->nodes.at[at];
        put_side(dln_str_is(dln_query_str(q, 1), "mediator")
                     ? &n->mediators : &n->parties,
                 keep(w, dln_query_str(q, 2)));
    }
    dln_query_close(q);
    return status == DLN_END ? DLN_OK : status;
}

/* The countries that a report speaks of most. */
static dln_status read_context(work *w)
{
    dln_query *q;
    dln_status status = DLN_OK;
    DLN_TRY(dln_query_open(w->t->store, &q,
        "SELECT a.iso3, count(*) c FROM actor_mention m JOIN actor a "
        "ON a.id = m.actor_id WHERE m.report_id = ? AND a.iso3 IS NOT NULL "
        "GROUP BY a.iso3 ORDER BY c DESC, a.iso3 LIMIT 3", w->t->error));
    const node *before = NULL;
    for (uint32_t i = 0; status == DLN_OK && i < w->nodes.count; i++) {
        node *n = &w->nodes.at[i];
        if (before && dln_str_eq(before->report, n->report)) {
            n->context = before->context;
            continue;
        }
        dln_query_bind(q, "s", n->report);
        while ((status = dln_query_step(q)) == DLN_OK)
            if (n->context.count < CONTEXT)
                put_side(&n->context, keep(w, dln_query_str(q, 0)));
        status = status == DLN_END ? DLN_OK : status;
        before = n;
    }
    dln_query_close(q);
    return status;
}

/* --- joining ---------------------------------------------------------- */

/* Those that say most come first; then as they were read. */
static int by_content(const void *a, const void *b)
{
    const node *x = *(const node *const *)a, *y = *(const node *const *)b;
    int32_t dx = dated(x->when) ? x->when.end - x->when.start : 1 << 20;
    int32_t dy = dated(y->when) ? y->when.end - y->when.start : 1 << 20;
    if (dx != dy)
        return dx < dy ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static dln_str key(work *w, char letter, dln_str what)
{
    return dln_arena_printf(w->t->arena, "%c%.*s", letter, DLN_ARG(what));
}

static void index_one(work *w, dln_str k, uint32_t g)
{
    uint32_t first = dln_map_get(&w->lists, k);
    if (first != DLN_NONE && w->entries.at[first].group == g)
        return;
    entry *e = DLN_VEC_PUSH(w->t->arena, &w->entries);
    if (e) {
        *e = (entry){g, first};
        dln_map_set(&w->lists, k, w->entries.count - 1);
    }
}

typedef void each_key(work *w, dln_str k, void *user);

static void all_keys(work *w, const node *n, each_key *use, void *user)
{
    if (n->name.len)
        use(w, key(w, 'n', n->name), user);
    for (uint32_t i = 0; i < n->mediators.count; i++)
        use(w, key(w, 'm', n->mediators.at[i]), user);
    for (uint32_t i = 0; i < n->parties.count; i++)
        use(w, key(w, 's', n->parties.at[i]), user);
    for (uint32_t i = 0; i < n->context.count; i++)
        use(w, key(w, 's', n->context.at[i]), user);
}

static void index_key(work *w, dln_str k, void *user)
{
    index_one(w, k, *(uint32_t *)user);
}

typedef struct search {
    const node *n;
    uint32_t best, points;
} search;

static void look(work *w, dln_str k, void *user)
{
    search *s = user;
    uint32_t at = dln_map_get(&w->lists, k);
    for (uint32_t i = 0; at != DLN_NONE && i < CANDIDATES; i++) {
        uint32_t g = w->entries.at[at].group;
        uint32_t points = likeness(s->n, &w->groups.at[g]);
        if (points > s->points
            || (points && points == s->points && g < s->best)) {
            s->best = g;
            s->points = points;
        }
        at = w->entries.at[at].next;
    }
}

/* Worth an agreement of its own: it was made, and says when, who or which. */
static bool founds(const node *n)
{
    return n->made && (dated(n->when) || n->name.len || n->mediators.count
                       || n->parties.count > 1);
}

static void join(work *w, node *n)
{
    search s = {n, DLN_NONE, 0};
    if (!n->made)
        return;
    all_keys(w, n, look, &s);
    n->why = "has most in common with it: days, mediator, sides, name or "
             "the countries of the report";
    if (s.best == DLN_NONE) {
        if (!founds(n) || !DLN_VEC_PUSH(w->t->arena, &w->groups))
            return;
        s.best = w->groups.count - 1;
        w->groups.at[s.best] = *n;
        n->why = "the mention that says most of it";
    } else {
        absorb(&w->groups.at[s.best], n);
    }
    n->into = s.best;
    all_keys(w, n, index_key, &s.best);
}

static dln_status join_all(work *w)
{
    node **order = dln_arena_array(w->t->arena, w->nodes.count + 1u,
                                   sizeof *order);
    if (!order)
        return dln_fail(w->t->error, DLN_NOMEM, "out of memory");
    for (uint32_t i = 0; i < w->nodes.count; i++)
        order[i] = &w->nodes.at[i];
    if (w->nodes.count)
        qsort(order, w->nodes.count, sizeof *order, by_content);
    for (uint32_t i = 0; i < w->nodes.count; i++)
        join(w, order[i]);
    return dln_arena_oom(w->t->arena)
               ? dln_fail(w->t->error, DLN_NOMEM, "out of memory") : DLN_OK;
}

/* --- writing ---------------------------------------------------------- */

static dln_status write_group(work *w, dln_query *insert, uint32_t g)
{
    const node *p = &w->groups.at[g];
    dln_str name = p->name.len ? p->name : p->text;
    dln_str kind = p->kind.len ? p->kind : DLN_STR("understanding");
    dln_str id = dln_arena_printf(w->t->arena, "a%.*s",
                                  (int)p->first.len - 1,
                                  p->first.data + 1);
    return dln_query_run(insert, "sssss" "vs", id, name, kind, p->stage,
                         (dln_str){NULL, 0}, p->when, p->place);
}

static dln_status write_all(work *w)
{
    dln_query *insert, *update;
    DLN_TRY(dln_query_open(w->t->store, &insert,
        "INSERT INTO agreement (id, name, kind, stage, summary, date_start, "
        "date_end, date_precision, place_id) VALUES (?,?,?,?,?,?,?,?,?)",
        w->t->error));
    dln_status status = DLN_OK;
    for (uint32_t i = 0; status == DLN_OK && i < w->groups.count; i++)
        status = write_group(w, insert, i);
    dln_query_close(insert);
    DLN_TRY(status);
    DLN_TRY(dln_query_open(w->t->store, &update,
        "UPDATE report_agreement SET agreement_id = ?2, merge_why = ?3 "
        "WHERE id = ?1", w->t->error));
    for (uint32_t i = 0; status == DLN_OK && i < w->node_of.count; i++) {
        const node *n = &w->nodes.at[w->node_of.at[i].value];
        if (n->into == DLN_NONE)
            continue;
        dln_str first = w->groups.at[n->into].first;
        dln_str id = dln_arena_printf(w->t->arena, "a%.*s",
                                      (int)first.len - 1, first.data + 1);
        status = dln_query_run(update, "ssz", w->node_of.at[i].key, id,
                               n->why);
    }
    dln_query_close(update);
    return status;
}

static const char finish[] =
    "INSERT INTO agreement_mention SELECT DISTINCT agreement_id, report_id, "
    "span_start, span_end FROM report_agreement "
    "WHERE agreement_id IS NOT NULL;"
    /* a mediator is no side of it, whatever other reports say */
    "INSERT OR IGNORE INTO agreement_party SELECT g.agreement_id, p.role, "
    "n.actor_id FROM report_agreement_party p JOIN report_agreement g "
    "ON g.id = p.mention_id JOIN report_actor n ON n.report_id = "
    "g.report_id AND n.n = p.actor_n WHERE g.agreement_id IS NOT NULL "
    "AND n.actor_id IS NOT NULL AND p.role <> 'party';"
    "INSERT OR IGNORE INTO agreement_party SELECT g.agreement_id, 'party', "
    "n.actor_id FROM report_agreement_party p JOIN report_agreement g "
    "ON g.id = p.mention_id JOIN report_actor n ON n.report_id = "
    "g.report_id AND n.n = p.actor_n WHERE g.agreement_id IS NOT NULL "
    "AND n.actor_id IS NOT NULL AND p.role = 'party' AND NOT EXISTS "
    "(SELECT 1 FROM agreement_party o WHERE o.agreement_id = g.agreement_id "
    "AND o.actor_id = n.actor_id);"
    "UPDATE agreement SET (mentions, reports, independent) = (SELECT "
    "count(*), count(DISTINCT g.report_id), count(DISTINCT r.lineage_id) "
    "FROM report_agreement g JOIN report r ON r.id = g.report_id "
    "WHERE g.agreement_id = agreement.id);"
    "UPDATE agreement SET why = mentions || ' mentions in ' || reports || "
    "' reports of ' || independent || ' lineages', summary = name || "
    "coalesce(': ' || (SELECT group_concat(name, ', ') FROM (SELECT a.name "
    "AS name FROM agreement_party p JOIN actor a ON a.id = p.actor_id "
    "WHERE p.agreement_id = agreement.id AND p.role = 'party' "
    "ORDER BY a.name)), '') || coalesce('; mediated by ' || (SELECT "
    "group_concat(name, ', ') FROM (SELECT a.name AS name FROM "
    "agreement_party p JOIN actor a ON a.id = p.actor_id WHERE "
    "p.agreement_id = agreement.id AND p.role = 'mediator' "
    "ORDER BY a.name)), '')";

dln_status dln_track__agreements(dln_tracker *t)
{
    work w = {.t = t};
    dln_map_init(&w.node_of, t->arena);
    dln_map_init(&w.lists, t->arena);
    DLN_TRY(read_mentions(&w));
    DLN_TRY(read_sides(&w));
    DLN_TRY(read_context(&w));
    DLN_TRY(join_all(&w));
    DLN_TRY(write_all(&w));
    return dln_store_exec(t->store, finish, t->error);
}
