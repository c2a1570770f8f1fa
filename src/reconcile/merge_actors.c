/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Actors across reports. The same key in two reports is one actor; besides,
 * a person named by one word ("Pashinyan") is the only person of the record
 * with that surname, or the one who is met far more often than all others
 * of that name; and a name with more words in the middle is the name without
 * them. Two persons of different countries are never one.
 *
 * Offices are what the reports themselves say (report_role): first and last
 * seen, with the earliest words as evidence.
 */
#include <stdlib.h>

#include "reconcile/reconcile_p.h"

#define DOMINANT 5u         /* times the reports of all namesakes together */

typedef struct person {
    dln_str key, name;      /* name: the words behind "person:" */
    char iso3[4];
    uint32_t reports;
    uint32_t into;          /* person it is a form of; itself */
} person;

typedef struct people {
    dln_case *c;
    DLN_VEC(person) at;
    dln_map lasts, firsts;  /* word → first person; chained by `next` */
    DLN_VEC(uint32_t) next_last;
    DLN_VEC(uint32_t) next_first;
} people;

static dln_str last_word(dln_str name)
{
    size_t at = name.len;
    while (at && name.data[at - 1] != ' ')
        at--;
    return dln_str_sub(name, at, name.len);
}

static dln_str first_word(dln_str name)
{
    return dln_str_sub(name, 0, dln_str_find(name, DLN_STR(" "), 0));
}

static bool one_word(dln_str name)
{
    return !memchr(name.data, ' ', name.len);
}

/* Are all words of `few` among those of `many`, in order? */
static bool words_within(dln_str few, dln_str many)
{
    dln_str word, other;
    while (dln_str_cut(&few, ' ', &word)) {
        bool found = false;
        while (!found && dln_str_cut(&many, ' ', &other))
            found = dln_str_eq(word, other);
        if (!found)
            return false;
    }
    return true;
}

static bool countries_agree(const person *a, const person *b)
{
    return !*a->iso3 || !*b->iso3 || !strcmp(a->iso3, b->iso3);
}

static bool chain(people *p, dln_map *heads, dln_str word, uint32_t person_at,
                  uint32_t *next)
{
    uint32_t head = dln_map_get(heads, word);
    *next = head;
    return dln_map_set(heads, word, person_at) != DLN_NONE
           && !dln_arena_oom(p->c->arena);
}

static dln_status load_people(people *p)
{
    dln_case *c = p->c;
    dln_query *q;
    const dln_str prefix = DLN_STR("person:");
    DLN_TRY(dln_query_open(
        c->store, &q, "SELECT key, max(coalesce(iso3, '')), "
        "count(DISTINCT report_id) FROM report_actor "
        "WHERE key >= 'person:' AND key < 'person;' GROUP BY key "
        "ORDER BY key", c->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        uint32_t at = p->at.count;
        person *one = DLN_VEC_PUSH(c->arena, &p->at);
        uint32_t *last = DLN_VEC_PUSH(c->arena, &p->next_last);
        uint32_t *first = DLN_VEC_PUSH(c->arena, &p->next_first);
        if (!one || !last || !first)
            break;
        *one = (person){.key = dln_arena_str(c->arena, dln_query_str(q, 0)),
                        .reports = (uint32_t)dln_query_int(q, 2),
                        .into = at};
        dln_str iso3 = dln_query_str(q, 1);
        memcpy(one->iso3, iso3.data, iso3.len < 3 ? iso3.len : 3);
        one->name = dln_str_sub(one->key, prefix.len, one->key.len);
        if (!chain(p, &p->lasts, last_word(one->name), at, last)
            || !chain(p, &p->firsts, first_word(one->name), at, first))
            break;
    }
    dln_query_close(q);
    if (dln_arena_oom(c->arena))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    return status == DLN_END ? DLN_OK : status;
}

/* The one person of several words with `name` as its first or last. */
static uint32_t namesake(const people *p, uint32_t of, bool last)
{
    const person *me = &p->at.at[of];
    uint32_t best = DLN_NONE, best_reports = 0, all = 0, count = 0;
    uint32_t at = dln_map_get(last ? &p->lasts : &p->firsts, me->name);
    for (; at != DLN_NONE;
         at = last ? p->next_last.at[at] : p->next_first.at[at]) {
        const person *other = &p->at.at[at];
        if (at == of || one_word(other->name) || other->into != at
            || !countries_agree(me, other))
            continue;
        count++;
        all += other->reports;
        if (other->reports > best_reports
            || (other->reports == best_reports && at < best)) {
            best = at;
            best_reports = other->reports;
        }
    }
    if (count > 1 && best_reports < DOMINANT * (all - best_reports))
        return DLN_NONE;
    return best;
}

/* "vladimir vladimirovich putin" and "vladimir putin". */
static void join_middle_names(people *p)
{
    for (uint32_t i = 0; i < p->at.count; i++) {
        person *longer = &p->at.at[i];
        dln_str first = first_word(longer->name);
        if (one_word(longer->name))
            continue;
        uint32_t at = dln_map_get(&p->lasts, last_word(longer->name));
        for (; at != DLN_NONE; at = p->next_last.at[at]) {
            person *shorter = &p->at.at[at];
            if (at == i || one_word(shorter->name)
                || shorter->name.len >= longer->name.len
                || !dln_str_eq(first, first_word(shorter->name))
                || !words_within(shorter->name, longer->name)
                || !countries_agree(shorter, longer))
                continue;
            /* Into the form met more often; never in a circle. */
            bool down = shorter->reports >= longer->reports;
            person *from = down ? longer : shorter;
            person *to = down ? shorter : longer;
            if (from->into == (uint32_t)(from - p->at.at)
                && to->into == (uint32_t)(to - p->at.at))
                from->into = to->into;
        }
    }
}

static void join_surnames(people *p)
{
    for (uint32_t i = 0; i < p->at.count; i++) {
        if (!one_word(p->at.at[i].name))
            continue;
        uint32_t to = namesake(p, i, true);
        if (to == DLN_NONE)
            to = namesake(p, i, false);
        if (to != DLN_NONE)
            p->at.at[i].into = to;
    }
}

static uint32_t settled(const people *p, uint32_t i)
{
    for (int n = 0; n < 8 && p->at.at[i].into != i; n++)
        i = p->at.at[i].into;
    return i;
}

static dln_status write_aliases(people *p)
{
    dln_case *c = p->c;
    dln_query *q;
    DLN_TRY(dln_store_exec(c->store, "CREATE TEMP TABLE alias "
                           "(key TEXT PRIMARY KEY, actor_id TEXT) "
                           "WITHOUT ROWID", c->error));
    DLN_TRY(dln_query_open(c->store, &q, "INSERT INTO temp.alias "
                           "VALUES (?, ?)", c->error));
    dln_status status = DLN_OK;
    for (uint32_t i = 0; status == DLN_OK && i < p->at.count; i++)
        if (settled(p, i) != i)
            status = dln_query_run(q, "ss", p->at.at[i].key,
                                   p->at.at[settled(p, i)].key);
    dln_query_close(q);
    return status;
}

/* The value most reports give; of equal ones the longer, then the first. */
#define MOST(column) \
    "(SELECT " column " FROM report_actor x WHERE x.actor_id = a.actor_id " \
    "AND " column " IS NOT NULL GROUP BY " column " ORDER BY count(*) DESC, " \
    "length(" column ") DESC, " column " LIMIT 1)"

static const char write_actors[] =
    /* "the premier of Armenia" is the one person whom reports call so. */
    "INSERT OR IGNORE INTO temp.alias SELECT office, min(person) FROM ("
    "SELECT 'person:' || lower(x.title) || ' of ' || lower(o.name) "
    "AS office, coalesce((SELECT actor_id FROM temp.alias WHERE alias.key = "
    "a.key), a.key) AS person FROM report_role x "
    "JOIN report_actor a ON a.report_id = x.report_id AND a.n = x.actor_n "
    "JOIN report_actor o ON o.report_id = x.report_id AND o.n = x.of_n "
    "WHERE a.key <> 'person:' || lower(x.title) || ' of ' || lower(o.name) "
    "AND NOT x.former AND a.kind = 'person' AND instr(a.key, '#') = 0 "
    "AND instr(a.key, '+') = 0 AND instr(a.key, ' of ') = 0) "
    "GROUP BY office HAVING count(DISTINCT person) = 1;"
    /* A '#' marks somebody whom one report alone knows. */
    "UPDATE report_actor SET actor_id = coalesce((SELECT actor_id FROM "
    "temp.alias WHERE alias.key = report_actor.key), CASE WHEN "
    "instr(key, '#') THEN key || '@' || substr(report_id, 2, 8) "
    "ELSE key END);"
    "CREATE INDEX IF NOT EXISTS report_actor_actor "
    "ON report_actor(actor_id);"
    "INSERT INTO actor (id, name, kind, iso3, sector, parent_id, reports) "
    "SELECT actor_id, coalesce((SELECT name FROM report_actor x WHERE "
    "x.actor_id = a.actor_id AND (x.key = a.actor_id OR instr(x.key, '#')) "
    "AND name IS NOT NULL "
    "GROUP BY name ORDER BY count(*) DESC, length(name) DESC, name LIMIT 1),"
    "actor_id), coalesce(" MOST("kind") ", 'organisation'), " MOST("iso3")
    ", " MOST("sector") ", (SELECT p.actor_id FROM report_actor x "
    "JOIN report_actor p ON p.report_id = x.report_id AND p.n = x.parent_n "
    "WHERE x.actor_id = a.actor_id AND p.actor_id <> a.actor_id "
    "GROUP BY p.actor_id ORDER BY count(*) DESC, p.actor_id LIMIT 1), "
    "count(DISTINCT report_id) FROM report_actor a GROUP BY actor_id;"
    "INSERT INTO actor_name SELECT a.actor_id, x.name, sum(x.mentions) "
    "FROM report_actor_name x JOIN report_actor a "
    "ON a.report_id = x.report_id AND a.n = x.n GROUP BY 1, 2;";

/* The actor that column `n` of `table` means. All names qualified: a bare
 * report_id would be the inner table's. */
#define ACTOR_OF(table, n) \
    "(SELECT a.actor_id FROM report_actor a WHERE a.report_id = " table \
    ".report_id AND a.n = " table "." n ")"

/* What layer 2 says by number, by the record's name. */
static const char point_mentions[] =
    "UPDATE actor_mention SET actor_id = "
    ACTOR_OF("actor_mention", "actor_n") ";"
    "UPDATE event_mention SET attributed_to = "
    ACTOR_OF("event_mention", "attributed_n") ";"
    "UPDATE event_mention_party SET actor_id = (SELECT a.actor_id FROM "
    "event_mention m JOIN report_actor a ON a.report_id = m.report_id "
    "WHERE m.id = event_mention_party.mention_id "
    "AND a.n = event_mention_party.actor_n);"
    "UPDATE statement_speaker SET actor_id = (SELECT a.actor_id FROM "
    "statement s JOIN report_actor a ON a.report_id = s.report_id "
    "WHERE s.id = statement_speaker.statement_id "
    "AND a.n = statement_speaker.actor_n);"
    "UPDATE statement SET speaker_id = (SELECT k.actor_id FROM "
    "statement_speaker k WHERE k.statement_id = statement.id "
    "ORDER BY k.n LIMIT 1), "
    "addressee_id = " ACTOR_OF("statement", "addressee_n") ";"
    "UPDATE figure SET side_id = " ACTOR_OF("figure", "side_n")
    ", claimed_by = " ACTOR_OF("figure", "claimed_n") ";"
    "UPDATE actor SET mentions = c FROM (SELECT actor_id AS k, count(*) "
    "AS c FROM actor_mention WHERE actor_id IS NOT NULL GROUP BY actor_id) "
    "WHERE actor.id = k;";

static const char write_roles[] =
    "INSERT INTO actor_role (actor_id, title, of_actor_id, former, "
    "first_seen, last_seen, reports, report_id, span_start, span_end, n) "
    "SELECT actor_id, title, of_id, former, first_seen, last_seen, reports, "
    "report_id, span_start, span_end, row_number() OVER (PARTITION BY "
    "actor_id ORDER BY first_seen IS NULL, first_seen, title, of_id, former) "
    "FROM (SELECT a.actor_id, x.title, o.actor_id AS of_id, x.former, "
    "x.report_id, x.span_start, x.span_end, "
    "min(r.published) OVER same AS first_seen, "
    "max(r.published_end) OVER same AS last_seen, "
    "count(*) OVER same AS reports, "
    "row_number() OVER (PARTITION BY a.actor_id, lower(x.title), "
    "o.actor_id, x.former ORDER BY r.published IS NULL, r.published, r.id, "
    "x.n) AS place FROM report_role x "
    "JOIN report r ON r.id = x.report_id "
    "JOIN report_actor a ON a.report_id = x.report_id AND a.n = x.actor_n "
    "LEFT JOIN report_actor o ON o.report_id = x.report_id AND o.n = x.of_n "
    "WHERE x.span_start IS NOT NULL "
    "WINDOW same AS (PARTITION BY a.actor_id, lower(x.title), o.actor_id, "
    "x.former)) WHERE place = 1";

/* "The Armenian prime minister" of a report that does not name him is who
 * held the office that day: the one whom the last report before calls so and
 * the next does not contradict, and whom none calls former since. In doubt it
 * stays with his country. */
static const char find_holders[] =
    "CREATE TEMP TABLE sight AS SELECT DISTINCT lower(x.title) AS title, "
    "o.actor_id AS of_id, a.actor_id AS person, r.published AS day, x.former "
    "AS former FROM report_role x JOIN report r ON r.id = x.report_id "
    "JOIN report_actor a ON a.report_id = x.report_id AND a.n = x.actor_n "
    "JOIN report_actor o ON o.report_id = x.report_id AND o.n = x.of_n "
    "WHERE a.kind = 'person' AND o.kind = 'country' "
    "AND instr(a.actor_id, '#') = 0 AND r.published IS NOT NULL;"
    "CREATE INDEX temp.sight_office ON sight(of_id, title, day);"
    "CREATE TEMP TABLE office AS SELECT m.id AS id, m.actor_id AS of_id, "
    "ltrim(lower(" DLN_SQL_QUOTE("m.span_start", "m.span_end") ")) AS words, "
    "r.published AS day "
    "FROM actor_mention m JOIN report r ON r.id = m.report_id "
    "WHERE m.form = 'title' AND m.actor_id IN (SELECT of_id FROM sight) "
    "AND r.published IS NOT NULL;"
    "UPDATE office SET words = substr(words, 5) "
    "WHERE substr(words, 1, 4) = 'the ';"
    "CREATE TEMP TABLE held AS SELECT f.id AS id, f.day AS day, "
    "t.title AS title, t.of_id AS of_id, "
    "(SELECT max(day) FROM sight s WHERE s.of_id = t.of_id AND s.title = "
    "t.title AND NOT s.former AND s.day <= f.day) AS before, "
    "(SELECT min(day) FROM sight s WHERE s.of_id = t.of_id AND s.title = "
    "t.title AND NOT s.former AND s.day > f.day) AS next FROM office f "
    "JOIN (SELECT DISTINCT title, of_id FROM sight) t ON t.of_id = f.of_id "
    "AND ((substr(f.words, -length(t.title) - 1) = ' ' || t.title "
    "AND instr(substr(f.words, 1, length(f.words) - length(t.title) - 1), "
    "' ') = 0) OR substr(f.words, 1, length(t.title) + 4) = "
    "t.title || ' of ');"
    "UPDATE actor_mention SET actor_id = h.person FROM (SELECT d.id AS id, "
    "min(s.person) AS person, d.title AS title, d.of_id AS of_id, "
    "d.before AS before, d.day AS day FROM held d JOIN sight s "
    "ON s.of_id = d.of_id AND s.title = d.title AND NOT s.former "
    "AND s.day IN (d.before, d.next) "
    "WHERE d.before IS NOT NULL GROUP BY d.id "
    "HAVING count(DISTINCT s.person) = 1) h WHERE actor_mention.id = h.id "
    "AND NOT EXISTS (SELECT 1 FROM sight x WHERE x.of_id = h.of_id "
    "AND x.title = h.title AND x.former AND x.person = h.person "
    "AND x.day >= h.before AND x.day <= h.day);"
    "DROP TABLE held; DROP TABLE office; DROP TABLE sight;";

/* Whom an actor acts for: its country, when it is of the state or its
 * people; else the body it is part of; else itself. Words that could mean
 * anybody ("captives", "a soldier") act for nobody known: "". */
static dln_str root_key(const dln_case *c, const rec_actor *a, int depth)
{
    static const char *const state[] = {"GOV", "MIL", "LEG", "JUD", "COP",
                                        "SPY", "ELI"};
    bool folk = !strcmp(a->kind, "population");
    bool of_state = !strcmp(a->kind, "country") || folk
                    || (!a->sector.len && strcmp(a->kind, "armed_group"));
    for (size_t i = 0; i < sizeof state / sizeof *state; i++)
        of_state = of_state || dln_str_is(a->sector, state[i]);
    if (of_state && *a->iso3)
        return dln_arena_printf(c->arena, "country:%s", a->iso3);
    if (a->parent != DLN_NONE && depth < 4)
        return root_key(c, &c->actors.at[a->parent], depth + 1);
    if (folk || memchr(a->id.data, '#', a->id.len))
        return (dln_str){"", 0};
    return a->id;
}

static void text_into(char *out, size_t size, dln_str text)
{
    size_t len = text.len < size - 1 ? text.len : size - 1;
    memcpy(out, text.data, len);
    out[len] = '\0';
}

static dln_status load_actors(dln_case *c)
{
    dln_query *q;
    dln_map roots;
    dln_map_init(&roots, c->arena);
    dln_map_init(&c->actor_of, c->arena);
    DLN_TRY(dln_query_open(c->store, &q, "SELECT id, name, kind, iso3, "
                           "sector FROM actor ORDER BY id", c->error));
    dln_status status;
    while ((status = dln_query_step(q)) == DLN_OK) {
        rec_actor *a = DLN_VEC_PUSH(c->arena, &c->actors);
        if (!a)
            break;
        *a = (rec_actor){.id = dln_arena_str(c->arena, dln_query_str(q, 0)),
                         .name = dln_arena_str(c->arena,
                                               dln_query_str(q, 1)),
                         .sector = dln_arena_str(c->arena,
                                                 dln_query_str(q, 4)),
                         .parent = DLN_NONE};
        text_into(a->kind, sizeof a->kind, dln_query_str(q, 2));
        text_into(a->iso3, sizeof a->iso3, dln_query_str(q, 3));
        dln_map_set(&c->actor_of, a->id, c->actors.count - 1);
    }
    dln_query_close(q);
    if (status != DLN_END)
        return status < DLN_WARN
                   ? status : dln_fail(c->error, DLN_NOMEM, "out of memory");
    DLN_TRY(dln_query_open(c->store, &q, "SELECT id, parent_id FROM actor "
                           "WHERE parent_id IS NOT NULL", c->error));
    while ((status = dln_query_step(q)) == DLN_OK) {
        uint32_t a = dln_map_get(&c->actor_of, dln_query_str(q, 0));
        if (a != DLN_NONE)
            c->actors.at[a].parent = dln_map_get(&c->actor_of,
                                                 dln_query_str(q, 1));
    }
    dln_query_close(q);
    for (uint32_t i = 0; i < c->actors.count; i++) {
        dln_str root = root_key(c, &c->actors.at[i], 0);
        c->actors.at[i].root = root.len ? dln_map_intern(&roots, root)
                                        : DLN_NONE;
    }
    if (dln_arena_oom(c->arena))
        return dln_fail(c->error, DLN_NOMEM, "out of memory");
    return status == DLN_END ? DLN_OK : status;
}

dln_status dln_rec__actors(dln_case *c)
{
    people p = {.c = c};
    dln_map_init(&p.lasts, c->arena);
    dln_map_init(&p.firsts, c->arena);
    DLN_TRY(load_people(&p));
    join_middle_names(&p);
    join_surnames(&p);
    DLN_TRY(write_aliases(&p));
    DLN_TRY(dln_store_exec(c->store, write_actors, c->error));
    DLN_TRY(dln_store_exec(c->store, point_mentions, c->error));
    DLN_TRY(dln_store_exec(c->store, find_holders, c->error));
    DLN_TRY(dln_store_exec(c->store, write_roles, c->error));
    return load_actors(c);
}
