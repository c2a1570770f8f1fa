/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The process by day: what happened, was said, counted, agreed or falls due,
 * in lanes, so that a reader can ask for any stretch of time of a large
 * record. Made of the finished layer 3; nothing new is in it.
 *
 * An event is in one lane: `meeting`; `incident` (material conflict), `step`
 * (material cooperation), `word` (what was promised, demanded, refused).
 */
#include "store/store_p.h"

/* What an actor is called in a lane: its country, or its name. */
#define CODE(a) "coalesce(" a ".iso3, " a ".name)"
#define PARTIES(roles)                                                  \
    "(SELECT group_concat(code, '|') FROM (SELECT DISTINCT " CODE("a")  \
    " AS code FROM event_party p JOIN actor a ON a.id = p.actor_id"     \
    " WHERE p.event_id = e.id AND p.role IN (" roles ")"                \
    " ORDER BY code LIMIT 6))"
#define FIRST(roles)                                                    \
    "(SELECT min(" CODE("a") ") FROM event_party p JOIN actor a"        \
    " ON a.id = p.actor_id WHERE p.event_id = e.id AND p.role IN ("     \
    roles "))"
#define INTO                                                            \
    "INSERT INTO lane_item (lane, date_start, id, date_end, precision," \
    " side, who, kind, status, reports, low, high, label) "

static const char items[] =
    "DELETE FROM lane_item; DELETE FROM lane_day; DELETE FROM lane_month;"
    "DELETE FROM lane_total; DELETE FROM meeting_pair;"
    INTO "SELECT CASE WHEN m.event_id IS NOT NULL THEN 'meeting'"
    " WHEN e.quad = 4 THEN 'incident' WHEN e.quad = 2 THEN 'step'"
    " ELSE 'word' END, coalesce(e.date_start, ''), e.id, e.date_end,"
    " e.date_precision, CASE WHEN m.event_id IS NULL THEN "
    FIRST("'actor'") " ELSE coalesce((SELECT " CODE("a") " FROM actor a"
    " WHERE a.id = m.mediator_id), " FIRST("'mediator'") ") END, "
    PARTIES("'actor', 'recipient', 'participant'") ","
    " CASE WHEN m.event_id IS NULL THEN e.type"
    " ELSE coalesce(m.format, 'CONSULT') END,"
    " CASE e.polarity WHEN 'asserted' THEN e.status ELSE e.polarity END,"
    " e.reports, NULL, NULL, e.summary"
    " FROM event e LEFT JOIN meeting m ON m.event_id = e.id;"
    INTO "SELECT 'statement', coalesce(s.date_start, r.published, ''),"
    " s.id, coalesce(s.date_end, r.published_end, r.published),"
    " coalesce(s.date_precision, r.published_precision),"
    " coalesce(a.iso3, f.iso3, a.name), t.name, s.act, s.form, 1, NULL,"
    " NULL, a.name FROM statement s JOIN report r ON r.id = s.report_id"
    " LEFT JOIN actor a ON a.id = s.speaker_id"
    " LEFT JOIN actor f ON f.id = a.parent_id"
    " LEFT JOIN actor t ON t.id = s.addressee_id;"
    INTO "SELECT 'figure', coalesce(f.as_of, r.published, ''), f.id,"
    " coalesce(f.as_of_end, f.as_of, r.published),"
    " f.as_of_precision, coalesce(c.iso3, c.name, r.outlet),"
    " coalesce(s.iso3, s.name), f.quantity, f.scope, 1, f.low, f.high,"
    " f.series_id FROM figure f JOIN report r ON r.id = f.report_id"
    " LEFT JOIN actor c ON c.id = f.claimed_by"
    " LEFT JOIN actor s ON s.id = f.side_id;"
    INTO "SELECT 'agreement', coalesce(a.date_start, ''), a.id, a.date_end,"
    " a.date_precision, a.stage, (SELECT group_concat(code, '|') FROM"
    " (SELECT DISTINCT " CODE("x") " AS code FROM agreement_party p"
    " JOIN actor x ON x.id = p.actor_id WHERE p.agreement_id = a.id"
    " ORDER BY code LIMIT 6)), a.kind, 'actual', (SELECT count(DISTINCT"
    " report_id) FROM agreement_mention m WHERE m.agreement_id = a.id),"
    " NULL, NULL, a.name FROM agreement a;"
    INTO "SELECT 'due', coalesce(o.due_end, o.due_start, ''), o.id,"
    " o.due_end, 'day', coalesce(d.iso3, d.name), coalesce(b.iso3, b.name),"
    " o.act, (SELECT CAST(s.level AS TEXT) FROM obligation_status s"
    " WHERE s.obligation_id = o.id ORDER BY s.date DESC, s.n DESC LIMIT 1),"
    " 1, NULL, NULL, o.object FROM obligation o"
    " LEFT JOIN actor d ON d.id = o.debtor_id"
    " LEFT JOIN actor b ON b.id = o.beneficiary_id"
    " WHERE coalesce(o.due_end, o.due_start) IS NOT NULL;";

/* Sums of it, and who was at one meeting with whom. */
static const char sums[] =
    "INSERT INTO lane_day (lane, day, side, kind, items) SELECT lane,"
    " date_start, coalesce(side, ''), coalesce(kind, ''), count(*)"
    " FROM lane_item GROUP BY 1, 2, 3, 4;"
    "INSERT INTO lane_month (lane, month, side, items) SELECT lane,"
    " substr(day, 1, 7), side, sum(items) FROM lane_day GROUP BY 1, 2, 3;"
    "INSERT INTO lane_total (lane, side, items, undated, first_day,"
    " last_day) SELECT lane, side, sum(items), sum(CASE day WHEN '' THEN"
    " items ELSE 0 END), min(nullif(day, '')), max(nullif(day, ''))"
    " FROM lane_day GROUP BY 1, 2;"
    "INSERT INTO meeting_pair (a_id, b_id, date_start, event_id, date_end)"
    " SELECT DISTINCT x.actor_id, y.actor_id, coalesce(e.date_start, ''),"
    " e.id, coalesce(e.date_end, '') FROM meeting m JOIN event e"
    " ON e.id = m.event_id JOIN event_party x ON x.event_id = e.id"
    " JOIN event_party y ON y.event_id = e.id AND y.actor_id > x.actor_id"
    " WHERE e.polarity = 'asserted';";

dln_status dln_store__lanes(dln_store *store, dln_error *error)
{
    DLN_TRY(dln_store_exec(store, "BEGIN", error));
    DLN_TRY(dln_store_exec(store, items, error));
    DLN_TRY(dln_store_exec(store, sums, error));
    return dln_store_exec(store, "COMMIT", error);
}
