/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The lists of the interface: a path, the query behind it, and the filters it
 * takes. docs/openapi.json says the same for readers of the interface; a test
 * holds them together. A filter is written into the query only when it is
 * given, so that indexes serve it.
 *
 * Large lists find the ids of a page first, from an index in the order
 * wanted, and read the rest of those rows alone.
 */
#include "serve/serve_p.h"

#define PARTIES                                                         \
    "(SELECT json_group_array(json_object('role', role, 'actor_id',"    \
    " actor_id, 'name', name, 'iso3', iso3, 'kind', kind)) FROM"        \
    " (SELECT p.role, p.actor_id, a.name, a.iso3, a.kind FROM"          \
    " event_party p JOIN actor a ON a.id = p.actor_id WHERE"            \
    " p.event_id = e.id ORDER BY p.role, p.actor_id))"                  \
    " AS \"parties:json\""
#define VERDICT(table, id)                                              \
    "(SELECT v.verdict FROM review v WHERE v.table_name = '" table "'"  \
    " AND v.row_id = " id " ORDER BY v.at DESC LIMIT 1) AS verdict"
#define PAGE "WITH page AS MATERIALIZED ("
#define DATED                                                           \
    {"from", 'd', "e.date_end >= $"}, {"to", 'd', "e.date_start <= $"}
#define IN_LANE                                                         \
    {"from", 'd', "i.date_start >= $"},                                 \
    {"to", 'd', "i.date_start <= $ AND i.date_start > ''"}
#define HAS_ACTOR(id)                                                   \
    {"actor", 'w', id " IN (SELECT event_id FROM event_party"           \
     " WHERE actor_id = $)"}
#define HAS_SIDE(id)                                                    \
    {"side", 'w', id " IN (SELECT p.event_id FROM event_party p JOIN"   \
     " actor a ON a.id = p.actor_id WHERE coalesce(a.iso3, a.name) = $)"}

const dln_listing dln_serve__listings[] = {
    {"events", "what happened, by date",
     PAGE "SELECT e.id FROM event e WHERE {where}"
     " ORDER BY e.date_start NULLS LAST, e.id {limit})"
     " SELECT e.*, " PARTIES ", " VERDICT("event", "e.id")
     " FROM page CROSS JOIN event_line e ON e.id = page.id",
     {DATED, {"type", 'w', "e.type = $"}, {"status", 'w', "e.status = $"},
      {"quad", 'n', "e.quad = $"}, {"place", 'w', "e.place_id = $"},
      HAS_ACTOR("e.id"), HAS_SIDE("e.id"),
      {"report", 'w', "e.id IN (SELECT event_id FROM event_mention"
       " WHERE report_id = $)"},
      {"undated", 'f', "e.date_start IS NULL"},
      {"unreviewed", 'f', "NOT EXISTS (SELECT 1 FROM review v WHERE"
       " v.table_name = 'event' AND v.row_id = e.id)"}}},
    {"meetings", "who met whom, by date",
     PAGE "SELECT e.id FROM event e JOIN meeting m ON m.event_id = e.id"
     " WHERE {where} ORDER BY e.date_start NULLS LAST, e.id {limit})"
     " SELECT e.*, " PARTIES ", " VERDICT("event", "e.id")
     " FROM page CROSS JOIN meeting_line e ON e.id = page.id",
     {DATED, {"status", 'w', "e.status = $"},
      {"format", 'w', "m.format = $"},
      {"mediator", 'w', "m.mediator_id = $"}, HAS_ACTOR("e.id"),
      HAS_SIDE("e.id")}},
    {"statements", "who said what, latest first",
     PAGE "SELECT i.id, i.date_start AS day, i.side AS speaker_side FROM"
     " lane_item i WHERE"
     " i.lane = 'statement' AND {where}"
     " ORDER BY i.date_start DESC, i.id DESC {limit})"
     " SELECT page.day, page.speaker_side, s.*, " VERDICT("statement",
                                                          "s.id")
     " FROM page CROSS JOIN statement_line s ON s.id = page.id",
     {IN_LANE, {"side", 'w', "i.side = $"}, {"act", 'w', "i.kind = $"},
      {"speaker", 'w', "i.id IN (SELECT statement_id FROM"
       " statement_speaker WHERE actor_id = $)"},
      {"issue", 'w', "i.id IN (SELECT statement_id FROM position"
       " WHERE issue_id = $)"},
      {"report", 'w', "i.id IN (SELECT id FROM statement WHERE"
       " report_id = $)"},
      {"unreviewed", 'f', "NOT EXISTS (SELECT 1 FROM review v WHERE"
       " v.table_name = 'statement' AND v.row_id = i.id)"}}},
    {"figures", "who says how many, latest first",
     PAGE "SELECT i.id, i.date_start AS day, i.side AS claimant_side FROM"
     " lane_item i WHERE"
     " i.lane = 'figure' AND {where}"
     " ORDER BY i.date_start DESC, i.id DESC {limit})"
     " SELECT page.day, page.claimant_side, f.*, " VERDICT("figure",
                                                           "f.id")
     " FROM page CROSS JOIN figure_line f ON f.id = page.id",
     {IN_LANE, {"quantity", 'w', "i.kind = $"}, {"scope", 'w',
                                                 "i.status = $"},
      {"claimant", 'w', "i.side = $"}, {"of", 'w', "i.who = $"},
      {"series", 'w', "i.id IN (SELECT id FROM figure WHERE"
       " series_id = $)"},
      {"event", 'w', "i.id IN (SELECT id FROM figure WHERE"
       " event_id = $)"},
      {"unreviewed", 'f', "NOT EXISTS (SELECT 1 FROM review v WHERE"
       " v.table_name = 'figure' AND v.row_id = i.id)"}}},
    {"series", "what is counted, most contradictory first",
     PAGE "SELECT q.id FROM figure_series q WHERE {where} ORDER BY"
     " q.disputed DESC, (coalesce(q.high, q.low) - coalesce(q.low, q.high))"
     " / max(abs(coalesce(q.high, q.low, 1)), 1) DESC, q.figures DESC,"
     " q.id {limit})"
     " SELECT q.*, a.name AS side, a.iso3 AS side_iso3,"
     " (coalesce(q.high, q.low) - coalesce(q.low, q.high)) AS spread,"
     " (SELECT json_group_array(json_object('id', f.id, 'relation',"
     " f.relation, 'low', f.low, 'high', f.high, 'day', coalesce(f.as_of,"
     " r.published), 'claimant', coalesce(c.name, r.outlet), 'said',"
     " c.name IS NOT NULL, 'outlet', r.outlet)) FROM figure f JOIN report"
     " r ON r.id = f.report_id LEFT JOIN actor c ON c.id = f.claimed_by"
     " WHERE f.series_id = q.id ORDER BY f.low LIMIT 60) AS"
     " \"values:json\" FROM page CROSS JOIN figure_series q"
     " ON q.id = page.id LEFT JOIN actor a ON a.id = q.side_id",
     {{"from", 'd', "coalesce(q.date_end, q.date_start) >= $"},
      {"to", 'd', "q.date_start <= $"}, {"quantity", 'w',
                                         "q.quantity = $"},
      {"side", 'w', "q.side_id = $"}, {"event", 'w', "q.event_id = $"},
      {"disputed", 'f', "q.disputed = 1"},
      {"several", 'f', "q.figures > 1"}}},
    {"quantities", "kinds of figures and their number",
     "SELECT kind AS quantity, sum(items) AS figures FROM lane_day i"
     " WHERE lane = 'figure' AND {where} GROUP BY kind"
     " ORDER BY figures DESC, kind {limit}",
     {{"from", 'd', "i.day >= $"},
      {"to", 'd', "i.day <= $ AND i.day > ''"}}},
    {"agreements", "what was agreed, by date",
     "SELECT a.*, p.name AS place, (SELECT json_group_array(json_object("
     "'role', role, 'actor_id', actor_id, 'name', name, 'iso3', iso3))"
     " FROM (SELECT y.role, y.actor_id, x.name, x.iso3 FROM agreement_party"
     " y JOIN actor x ON x.id = y.actor_id WHERE y.agreement_id = a.id"
     " ORDER BY y.role, y.actor_id)) AS \"parties:json\", (SELECT"
     " count(DISTINCT report_id) FROM agreement_mention m WHERE"
     " m.agreement_id = a.id) AS reports, (SELECT count(*) FROM obligation"
     " o WHERE o.agreement_id = a.id) AS obligations FROM agreement a"
     " LEFT JOIN place p ON p.id = a.place_id WHERE {where}"
     " ORDER BY a.date_start NULLS LAST, a.id {limit}",
     {{"from", 'd', "a.date_end >= $"}, {"to", 'd', "a.date_start <= $"},
      {"stage", 'w', "a.stage = $"}, {"kind", 'w', "a.kind = $"}}},
    {"obligations", "who owes what, by agreement and date due",
     "SELECT o.*, a.name AS agreement, a.date_start AS agreed,"
     " d.name AS debtor, d.iso3 AS debtor_iso3, b.name AS beneficiary,"
     " (SELECT group_concat(name, ', ') FROM (SELECT x.name FROM"
     " obligation_debtor y JOIN actor x ON x.id = y.actor_id WHERE"
     " y.obligation_id = o.id ORDER BY x.name)) AS debtors,"
     " i.label AS issue, (SELECT json_group_array(json_object('date', date,"
     " 'level', level, 'claimed_by', name)) FROM (SELECT s.date, s.level,"
     " c.name FROM obligation_status s LEFT JOIN actor c ON c.id ="
     " s.claimed_by WHERE s.obligation_id = o.id ORDER BY s.date, s.n))"
     " AS \"statuses:json\" FROM obligation o"
     " LEFT JOIN agreement a ON a.id = o.agreement_id"
     " LEFT JOIN actor d ON d.id = o.debtor_id"
     " LEFT JOIN actor b ON b.id = o.beneficiary_id"
     " LEFT JOIN issue i ON i.id = o.issue_id WHERE {where}"
     " ORDER BY a.date_start NULLS LAST, a.id, o.due_end NULLS LAST, o.id"
     " {limit}",
     {{"from", 'd', "coalesce(o.due_end, o.due_start) >= $"},
      {"to", 'd', "coalesce(o.due_start, o.due_end) <= $"},
      {"agreement", 'w', "o.agreement_id = $"},
      {"debtor", 'w', "o.debtor_id = $"}}},
    {"mandates", "what bodies and missions are to do, and for how long",
     "SELECT m.*, b.name AS body, a.name AS agreement FROM mandate m"
     " JOIN actor b ON b.id = m.actor_id LEFT JOIN agreement a"
     " ON a.id = m.agreement_id WHERE {where}"
     " ORDER BY m.term_start NULLS LAST, m.actor_id, m.n {limit}",
     {{"actor", 'w', "m.actor_id = $"}}},
    {"issues", "what it is about",
     "SELECT i.*, (SELECT count(*) FROM position p WHERE p.issue_id = i.id)"
     " AS positions FROM issue i WHERE {where}"
     " ORDER BY positions DESC, i.id {limit}",
     {{"parent", 'w', "i.parent_id = $"}}},
    {"positions", "what an actor says on an issue, by date",
     PAGE "SELECT p.issue_id, p.actor_id, p.statement_id, p.date, p.stance"
     " FROM position p WHERE {where} ORDER BY p.issue_id, p.actor_id,"
     " p.date, p.statement_id {limit})"
     " SELECT page.*, i.label AS issue, a.name AS actor, a.iso3, s.quote,"
     " s.content, s.act, s.outlet, s.published FROM page"
     " CROSS JOIN statement_line s ON s.id = page.statement_id"
     " LEFT JOIN issue i ON i.id = page.issue_id"
     " LEFT JOIN actor a ON a.id = page.actor_id",
     {{"issue", 'w', "p.issue_id = $"}, {"actor", 'w', "p.actor_id = $"},
      {"from", 'd', "p.date >= $"}, {"to", 'd', "p.date <= $"}}},
    {"matrix", "who says what: one row an issue and actor, as it stands",
     "WITH cell AS MATERIALIZED (SELECT p.issue_id, p.actor_id,"
     " max(coalesce(p.date, '')) AS date, p.stance, p.statement_id,"
     " count(*) AS statements FROM position p WHERE {where}"
     " GROUP BY p.issue_id, p.actor_id ORDER BY statements DESC {limit})"
     " SELECT cell.*, i.label AS issue, a.name AS actor, a.iso3, a.kind,"
     " (SELECT b.stance FROM position b WHERE b.issue_id = cell.issue_id"
     " AND b.actor_id = cell.actor_id AND b.date < cell.date AND"
     " b.stance IS NOT cell.stance ORDER BY b.date DESC LIMIT 1) AS before,"
     " s.content FROM cell CROSS JOIN statement_line s"
     " ON s.id = cell.statement_id"
     " LEFT JOIN issue i ON i.id = cell.issue_id"
     " LEFT JOIN actor a ON a.id = cell.actor_id",
     {{"from", 'd', "p.date >= $"}, {"to", 'd', "p.date <= $"},
      {"issue", 'w', "p.issue_id = $"}, {"actor", 'w', "p.actor_id = $"}}},
    {"network", "who met whom how often",
     "WITH pair AS MATERIALIZED (SELECT e.a_id AS a, e.b_id AS b,"
     " count(*) AS meetings, min(nullif(e.date_start, '')) AS first,"
     " max(e.date_start) AS last FROM meeting_pair e"
     " WHERE {where} GROUP BY e.a_id, e.b_id"
     " ORDER BY meetings DESC, a, b {limit}) SELECT pair.*,"
     " p.name AS a_name, p.iso3 AS a_iso3, p.kind AS a_kind,"
     " q.name AS b_name, q.iso3 AS b_iso3, q.kind AS b_kind FROM pair"
     " JOIN actor p ON p.id = pair.a JOIN actor q ON q.id = pair.b",
     {{"from", 'd', "e.date_end >= $"},
      {"to", 'd', "e.date_start <= $ AND e.date_start > ''"}}},
    {"map", "places and what happened there",
     "WITH spot AS MATERIALIZED (SELECT e.place_id, count(*) AS events,"
     " sum(e.quad = 4) AS incidents, sum(e.quad = 2) AS steps,"
     " min(e.date_start) AS first, max(e.date_start) AS last FROM event e"
     " WHERE e.place_id IS NOT NULL AND {where} GROUP BY e.place_id"
     " ORDER BY events DESC, e.place_id {limit}) SELECT spot.*, p.name,"
     " p.kind, p.country, p.lat, p.lon, p.precision, p.geonameid,"
     " (SELECT json_group_array(name) FROM (SELECT DISTINCT name FROM"
     " place_name n WHERE n.place_id = p.id AND n.name <> p.name"
     " ORDER BY name)) AS \"names:json\" FROM spot JOIN place p"
     " ON p.id = spot.place_id",
     {DATED, {"quad", 'n', "e.quad = $"}, {"type", 'w', "e.type = $"},
      HAS_ACTOR("e.id")}},
    {"actors", "who is in it, most mentioned first",
     "SELECT a.id, a.name, a.kind, a.iso3, a.sector, a.parent_id, p.name AS"
     " parent, a.reports, a.mentions, (SELECT group_concat(t, '; ') FROM"
     " (SELECT DISTINCT o.title || coalesce(' of ' || f.name, '') AS t"
     " FROM actor_role o LEFT JOIN actor f ON f.id = o.of_actor_id"
     " WHERE o.actor_id = a.id ORDER BY t LIMIT 4)) AS roles"
     " FROM actor a LEFT JOIN actor p ON p.id = a.parent_id"
     " WHERE {where} ORDER BY a.mentions DESC, a.id {limit}",
     {{"kind", 'w', "a.kind = $"}, {"iso3", 'w', "a.iso3 = $"},
      {"parent", 'w', "a.parent_id = $"},
      {"name", 'w', "a.id IN (SELECT actor_id FROM actor_name WHERE"
       " name LIKE '%' || $ || '%')"}}},
    {"offices", "who held which office, and when it was said",
     "SELECT o.actor_id, a.name AS actor, o.n, o.title, o.of_actor_id,"
     " f.name AS of, o.former, o.first_seen, o.last_seen, o.reports,"
     " o.report_id, o.span_start, o.span_end FROM actor_role o"
     " JOIN actor a ON a.id = o.actor_id LEFT JOIN actor f"
     " ON f.id = o.of_actor_id WHERE {where}"
     " ORDER BY o.actor_id, o.first_seen, o.n {limit}",
     {{"actor", 'w', "o.actor_id = $"}, {"of", 'w', "o.of_actor_id = $"}}},
    {"places", "places, by name",
     "SELECT p.*, (SELECT json_group_array(name) FROM (SELECT DISTINCT name"
     " FROM place_name n WHERE n.place_id = p.id ORDER BY name)) AS"
     " \"names:json\" FROM place p WHERE {where} ORDER BY p.name, p.id"
     " {limit}",
     {{"country", 'w', "p.country = $"},
      {"name", 'w', "p.id IN (SELECT place_id FROM place_name WHERE"
       " name LIKE '%' || $ || '%')"}}},
    {"reports", "what was published, by date",
     PAGE "SELECT r.n FROM report r WHERE {where}"
     " ORDER BY r.published NULLS LAST, r.id {limit})"
     " SELECT r.id, r.uri, r.outlet, r.agency, r.byline, r.title,"
     " r.published, r.published_precision, r.published_basis,"
     " r.dateline_place, r.language, r.version_of, r.copy_of, r.copy_kind,"
     " r.lineage_id, r.story_id FROM page CROSS JOIN report r"
     " ON r.n = page.n",
     {{"from", 'd', "r.published >= $"}, {"to", 'd', "r.published <= $"},
      {"outlet", 'w', "r.outlet = $"}, {"lineage", 'w', "r.lineage_id = $"},
      {"story", 'w', "r.story_id = $"}}},
    {"coverage", "how many reports there are of a day",
     "SELECT day, sum(reports) AS reports, count(*) AS outlets FROM"
     " coverage c WHERE {where} GROUP BY day ORDER BY day {limit}",
     {{"from", 'd', "c.day >= $"}, {"to", 'd', "c.day <= $"},
      {"outlet", 'w', "c.outlet = $"}}},
    {"notes", "what was odd about reports",
     "SELECT o.* FROM note o WHERE {where} ORDER BY o.id {limit}",
     {{"room", 'w', "o.room = $"}, {"severity", 'w', "o.severity = $"},
      {"report", 'w', "o.report_id = $"}}},
    {"reviews", "what people said of rows, latest first",
     "SELECT v.* FROM review v WHERE {where} ORDER BY v.at DESC,"
     " v.table_name, v.row_id {limit}",
     {{"table", 'w', "v.table_name = $"}, {"row", 'w', "v.row_id = $"},
      {"verdict", 'w', "v.verdict = $"}}},
    {"search", "words in the reports, best first",
     PAGE "SELECT rowid AS n, bm25(search) AS score FROM search WHERE"
     " {where} ORDER BY score, n {limit})"
     " SELECT r.id, r.uri, r.outlet, r.title, r.published, page.score,"
     " snippet(search, 1, '[[', ']]', '\xE2\x80\xA6', 28) AS snippet"
     " FROM page CROSS JOIN search ON search.rowid = page.n AND {where}"
     " JOIN report r ON r.n = page.n",
     {{"q", 'q', "search MATCH $"}}},
};
const size_t dln_serve__listing_count =
    sizeof dln_serve__listings / sizeof *dln_serve__listings;
