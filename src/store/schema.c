/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The schema of the record. docs/format/database.md describes every table
 * and column; a test holds the two together.
 *
 * Tables with text keys are WITHOUT ROWID, so the file's bytes follow from
 * its content and not from the order of insertion; `report` has a number of
 * its own, given in the order of ids, because full-text search needs one. Keys
 * come first in their tables (SQLite before 3.41 checks NOT NULL wrongly
 * otherwise).
 *
 * Layer 2 points to actors by `..._n`, the actor's place in its own report
 * (`report_actor`), which never changes; the `..._id` beside it is the actor
 * of the whole record, set anew by every reconciling.
 */
#include "store/store_p.h"

#define SPAN "span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, "
#define MAYBE_SPAN "span_start INTEGER, span_end INTEGER, "
#define DATES "date_start TEXT, date_end TEXT, date_precision TEXT, "
#define ID "id TEXT NOT NULL PRIMARY KEY, "
#define REPORT "report_id TEXT NOT NULL REFERENCES report(id), "
#define ACTOR "TEXT REFERENCES actor(id)"
#define PLACE "place_id TEXT REFERENCES place(id)"
#define EVENT "TEXT REFERENCES event(id)"

const dln_store_table dln_store__tables[] = {
    {"meta", 0, "key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL", false},
    {"report", 1,
     "n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, given_id TEXT, "
     "uri TEXT, outlet TEXT, agency TEXT, byline TEXT, title TEXT, "
     "published TEXT, published_end TEXT, published_precision TEXT, "
     "published_basis TEXT NOT NULL, published_text TEXT, "
     "inferred_start TEXT, inferred_end TEXT, inferred_why TEXT, "
     "dateline_place TEXT, " PLACE ", language TEXT, text TEXT NOT NULL, "
     "sha256 TEXT NOT NULL, version_of TEXT REFERENCES report(id), "
     "version_kind TEXT, copy_of TEXT REFERENCES report(id), "
     "copy_kind TEXT, copy_share REAL, copy_why TEXT, lineage_id TEXT, "
     "story_id TEXT, story_why TEXT, "
     "ingested TEXT, address TEXT, canonical TEXT, wire_id TEXT, "
     "wire_version INTEGER, wire_status TEXT, embargo TEXT, "
     "digest TEXT NOT NULL, coder TEXT NOT NULL", true},
    {"sentence", 1,
     REPORT "n INTEGER NOT NULL, " SPAN "paragraph INTEGER, "
     "PRIMARY KEY (report_id, n)", false},
    {"story", 3,
     ID "title TEXT, reports INTEGER NOT NULL, "
     "independent INTEGER NOT NULL, first_reported TEXT, "
     "last_reported TEXT, day TEXT, day_basis TEXT, " PLACE ", "
     "killed INTEGER, wounded INTEGER", false},
    {"coverage", 3,
     "outlet TEXT NOT NULL, day TEXT NOT NULL, reports INTEGER NOT NULL, "
     "PRIMARY KEY (outlet, day)", false},
    {"note", 1,
     ID "report_id TEXT REFERENCES report(id), uri TEXT, "
     "room TEXT NOT NULL, severity TEXT NOT NULL, " MAYBE_SPAN
     "text TEXT NOT NULL", false},

    {"report_actor", 2,
     REPORT "n INTEGER NOT NULL, key TEXT NOT NULL, name TEXT, kind TEXT, "
     "iso3 TEXT, sector TEXT, parent_n INTEGER, gender TEXT, "
     "plural INTEGER, members TEXT, actor_id " ACTOR ", why TEXT, "
     "PRIMARY KEY (report_id, n)", false},
    {"report_actor_name", 2,
     REPORT "n INTEGER NOT NULL, name TEXT NOT NULL, "
     "mentions INTEGER NOT NULL, PRIMARY KEY (report_id, n, name)", false},
    {"report_role", 2,
     REPORT "n INTEGER NOT NULL, actor_n INTEGER NOT NULL, "
     "title TEXT NOT NULL, of_n INTEGER, former INTEGER NOT NULL, "
     MAYBE_SPAN "PRIMARY KEY (report_id, n)", false},
    {"time_mention", 2,
     ID REPORT SPAN "type TEXT NOT NULL, value TEXT, " DATES "why TEXT",
     false},
    {"actor_mention", 2,
     ID REPORT SPAN "actor_n INTEGER, actor_id " ACTOR ", "
     "form TEXT NOT NULL, why TEXT", false},
    {"place_mention", 2,
     ID REPORT SPAN PLACE ", why TEXT", false},
    {"event_mention", 2,
     ID REPORT SPAN "trigger_start INTEGER NOT NULL, "
     "trigger_end INTEGER NOT NULL, event_id " EVENT ", "
     "type TEXT NOT NULL, mode TEXT, status TEXT NOT NULL, "
     "polarity TEXT NOT NULL, " DATES "time_id TEXT "
     "REFERENCES time_mention(id), " PLACE ", attributed_n INTEGER, "
     "attributed_to TEXT, statement_id TEXT REFERENCES statement(id), "
     "why TEXT, merge_why TEXT", false},
    {"event_mention_party", 2,
     "mention_id TEXT NOT NULL REFERENCES event_mention(id), "
     "n INTEGER NOT NULL, role TEXT NOT NULL, actor_n INTEGER, "
     "actor_id " ACTOR ", " MAYBE_SPAN "PRIMARY KEY (mention_id, n)", false},
    {"event_mention_context", 2,
     "mention_id TEXT NOT NULL REFERENCES event_mention(id), "
     "context TEXT NOT NULL, PRIMARY KEY (mention_id, context)", false},
    {"statement", 2,
     ID REPORT SPAN "speaker_id " ACTOR ", source_start INTEGER, "
     "source_end INTEGER, cue_start INTEGER, cue_end INTEGER, "
     "content_start INTEGER, content_end INTEGER, form TEXT NOT NULL, "
     "act TEXT NOT NULL, addressee_n INTEGER, addressee_id " ACTOR ", "
     DATES "inside_id TEXT REFERENCES statement(id), "
     "issue_id TEXT REFERENCES issue(id), stance TEXT, why TEXT", false},
    {"statement_content", 2,
     "statement_id TEXT NOT NULL REFERENCES statement(id), "
     "n INTEGER NOT NULL, " SPAN "PRIMARY KEY (statement_id, n)", false},
    {"statement_speaker", 2,
     "statement_id TEXT NOT NULL REFERENCES statement(id), "
     "n INTEGER NOT NULL, actor_n INTEGER, actor_id " ACTOR ", "
     "PRIMARY KEY (statement_id, n)", false},
    {"figure", 2,
     ID REPORT SPAN "number_start INTEGER, number_end INTEGER, "
     "quantity TEXT NOT NULL, relation TEXT NOT NULL, low REAL, high REAL, "
     "unit TEXT, side_n INTEGER, side_id " ACTOR ", status TEXT, "
     "scope TEXT NOT NULL, as_of TEXT, as_of_end TEXT, "
     "as_of_precision TEXT, claimed_n INTEGER, claimed_by TEXT, "
     "claim_start INTEGER, claim_end INTEGER, event_mention_id TEXT "
     "REFERENCES event_mention(id), event_id " EVENT ", "
     "series_id TEXT REFERENCES figure_series(id), why TEXT, "
     "series_why TEXT", false},
    {"report_agreement", 2,
     ID REPORT SPAN "kind TEXT, stage TEXT, made INTEGER NOT NULL, "
     "named INTEGER NOT NULL, same_id TEXT REFERENCES report_agreement(id), "
     DATES PLACE ", agreement_id TEXT REFERENCES agreement(id), why TEXT, "
     "merge_why TEXT", false},
    {"report_agreement_party", 2,
     "mention_id TEXT NOT NULL REFERENCES report_agreement(id), "
     "n INTEGER NOT NULL, role TEXT NOT NULL, actor_n INTEGER NOT NULL, "
     MAYBE_SPAN "PRIMARY KEY (mention_id, n)", false},
    {"report_obligation", 2,
     ID REPORT SPAN "act TEXT NOT NULL, object_start INTEGER, "
     "object_end INTEGER, basis TEXT NOT NULL, beneficiary_n INTEGER, "
     "due_start TEXT, due_end TEXT, due_precision TEXT, "
     "condition_start INTEGER, condition_end INTEGER, issue TEXT, "
     "mention_id TEXT REFERENCES report_agreement(id), claimed_n INTEGER, "
     "obligation_id TEXT REFERENCES obligation(id), why TEXT", false},
    {"report_obligation_debtor", 2,
     "mention_id TEXT NOT NULL REFERENCES report_obligation(id), "
     "n INTEGER NOT NULL, actor_n INTEGER NOT NULL, "
     "PRIMARY KEY (mention_id, n)", false},
    {"report_compliance", 2,
     ID REPORT SPAN "level INTEGER NOT NULL, debtor_n INTEGER, "
     "mention_id TEXT REFERENCES report_agreement(id), act TEXT, "
     "issue TEXT, claimed_n INTEGER, " DATES "why TEXT", false},
    {"report_mandate", 2,
     ID REPORT SPAN "actor_n INTEGER NOT NULL, "
     "mention_id TEXT REFERENCES report_agreement(id), "
     "task_start INTEGER, task_end INTEGER, size_low REAL, size_high REAL, "
     "term_start TEXT, term_end TEXT, words_start INTEGER, "
     "words_end INTEGER, why TEXT", false},
    {"report_mandate_member", 2,
     "mention_id TEXT NOT NULL REFERENCES report_mandate(id), "
     "n INTEGER NOT NULL, actor_n INTEGER NOT NULL, "
     "PRIMARY KEY (mention_id, n)", false},
    {"statement_issue", 2,
     "statement_id TEXT NOT NULL REFERENCES statement(id), "
     "n INTEGER NOT NULL, " SPAN "issue TEXT NOT NULL, stance TEXT, "
     "why TEXT, PRIMARY KEY (statement_id, n)", false},
    {"report_outcome", 2,
     ID REPORT SPAN "event_mention_id TEXT NOT NULL "
     "REFERENCES event_mention(id), outcome TEXT, duration TEXT, why TEXT",
     false},

    {"actor", 3,
     ID "name TEXT NOT NULL, kind TEXT NOT NULL, iso3 TEXT, sector TEXT, "
     "parent_id " ACTOR ", reports INTEGER, mentions INTEGER", false},
    {"actor_name", 3,
     "actor_id TEXT NOT NULL REFERENCES actor(id), name TEXT NOT NULL, "
     "mentions INTEGER, PRIMARY KEY (actor_id, name)", false},
    {"actor_role", 3,
     "actor_id TEXT NOT NULL REFERENCES actor(id), n INTEGER NOT NULL, "
     "title TEXT NOT NULL, of_actor_id " ACTOR ", former INTEGER NOT NULL, "
     "first_seen TEXT, last_seen TEXT, reports INTEGER NOT NULL, "
     "report_id TEXT NOT NULL REFERENCES report(id), " MAYBE_SPAN
     "PRIMARY KEY (actor_id, n)", false},
    {"place", 2,
     ID "name TEXT NOT NULL, kind TEXT, country TEXT, lat REAL, lon REAL, "
     "precision TEXT, geonameid INTEGER", false},
    {"place_name", 2,
     "place_id TEXT NOT NULL REFERENCES place(id), name TEXT NOT NULL, "
     "language TEXT NOT NULL, PRIMARY KEY (place_id, name, language)",
     false},
    {"event", 3,
     ID "type TEXT NOT NULL, mode TEXT, quad INTEGER, intensity REAL, "
     "status TEXT NOT NULL, polarity TEXT NOT NULL, " DATES PLACE ", "
     "summary TEXT, reports INTEGER NOT NULL, "
     "independent INTEGER NOT NULL, mentions INTEGER NOT NULL, "
     "first_reported TEXT, last_reported TEXT, why TEXT", false},
    {"event_party", 3,
     "event_id TEXT NOT NULL REFERENCES event(id), role TEXT NOT NULL, "
     "actor_id TEXT NOT NULL REFERENCES actor(id), "
     "PRIMARY KEY (event_id, role, actor_id)", false},
    {"event_context", 3,
     "event_id TEXT NOT NULL REFERENCES event(id), "
     "context TEXT NOT NULL, PRIMARY KEY (event_id, context)", false},
    {"meeting", 3,
     "event_id TEXT NOT NULL PRIMARY KEY REFERENCES event(id), "
     "format TEXT, level TEXT, host_id " ACTOR ", mediator_id " ACTOR ", "
     "outcome TEXT, next_due TEXT, duration TEXT, "
     "next_held " EVENT, false},
    {"meeting_outcome", 3,
     "event_id TEXT NOT NULL REFERENCES event(id), n INTEGER NOT NULL, "
     REPORT SPAN "outcome TEXT, duration TEXT, why TEXT, "
     "PRIMARY KEY (event_id, n)", false},
    {"figure_series", 3,
     ID "quantity TEXT NOT NULL, about TEXT, side_id " ACTOR ", low REAL, "
     "high REAL, unit TEXT, status TEXT, event_id " EVENT ", "
     "date_start TEXT, date_end TEXT, figures INTEGER NOT NULL, "
     "reports INTEGER NOT NULL, independent INTEGER NOT NULL, "
     "disputed INTEGER NOT NULL, why TEXT", false},
    {"agreement", 3,
     ID "name TEXT, kind TEXT, stage TEXT, " DATES PLACE ", summary TEXT, "
     "reports INTEGER, independent INTEGER, mentions INTEGER, why TEXT",
     false},
    {"agreement_party", 3,
     "agreement_id TEXT NOT NULL REFERENCES agreement(id), "
     "role TEXT NOT NULL, actor_id TEXT NOT NULL REFERENCES actor(id), "
     "PRIMARY KEY (agreement_id, role, actor_id)", false},
    {"agreement_mention", 3,
     "agreement_id TEXT NOT NULL REFERENCES agreement(id), " REPORT SPAN
     "PRIMARY KEY (agreement_id, report_id, span_start, span_end)", false},
    {"obligation", 3,
     ID "agreement_id TEXT REFERENCES agreement(id), debtor_id " ACTOR ", "
     "beneficiary_id " ACTOR ", act TEXT, object TEXT, due_start TEXT, "
     "due_end TEXT, condition TEXT, issue_id TEXT REFERENCES issue(id), "
     "report_id TEXT REFERENCES report(id), span_start INTEGER, "
     "span_end INTEGER, basis TEXT, date TEXT, reports INTEGER, "
     "independent INTEGER, level INTEGER, why TEXT", false},
    {"obligation_debtor", 3,
     "obligation_id TEXT NOT NULL REFERENCES obligation(id), "
     "actor_id TEXT NOT NULL REFERENCES actor(id), "
     "PRIMARY KEY (obligation_id, actor_id)", false},
    {"obligation_status", 3,
     "obligation_id TEXT NOT NULL REFERENCES obligation(id), "
     "n INTEGER NOT NULL, date TEXT, level INTEGER, claimed_by TEXT, "
     "report_id TEXT REFERENCES report(id), " MAYBE_SPAN
     "why TEXT, PRIMARY KEY (obligation_id, n)", false},
    {"mandate", 3,
     "actor_id TEXT NOT NULL REFERENCES actor(id), n INTEGER NOT NULL, "
     "agreement_id TEXT REFERENCES agreement(id), task TEXT, "
     "size_low REAL, size_high REAL, term_start TEXT, term_end TEXT, "
     "report_id TEXT REFERENCES report(id), " MAYBE_SPAN
     "term TEXT, why TEXT, PRIMARY KEY (actor_id, n)", false},
    {"body_member", 3,
     "actor_id TEXT NOT NULL REFERENCES actor(id), "
     "member_id TEXT NOT NULL REFERENCES actor(id), "
     "report_id TEXT NOT NULL REFERENCES report(id), " SPAN
     "PRIMARY KEY (actor_id, member_id)", false},
    {"issue", 3,
     ID "label TEXT, pax_code TEXT, parent_id TEXT REFERENCES issue(id)",
     false},
    {"position", 3,
     "issue_id TEXT NOT NULL REFERENCES issue(id), "
     "actor_id TEXT NOT NULL REFERENCES actor(id), "
     "statement_id TEXT NOT NULL REFERENCES statement(id), date TEXT, "
     "stance TEXT, PRIMARY KEY (issue_id, actor_id, statement_id)", false},
    {"event_link", 3,
     "from_event TEXT NOT NULL REFERENCES event(id), "
     "to_event TEXT NOT NULL REFERENCES event(id), kind TEXT NOT NULL, "
     "why TEXT, PRIMARY KEY (from_event, to_event, kind)", false},
    {"lane_item", 3,
     "lane TEXT NOT NULL, date_start TEXT NOT NULL, id TEXT NOT NULL, "
     "date_end TEXT, precision TEXT, side TEXT, who TEXT, kind TEXT, "
     "status TEXT, reports INTEGER, low REAL, high REAL, label TEXT, "
     "PRIMARY KEY (lane, date_start, id)", false},
    {"lane_day", 3,
     "lane TEXT NOT NULL, day TEXT NOT NULL, side TEXT NOT NULL, "
     "kind TEXT NOT NULL, items INTEGER NOT NULL, "
     "PRIMARY KEY (lane, day, side, kind)", false},
    {"lane_month", 3,
     "lane TEXT NOT NULL, month TEXT NOT NULL, side TEXT NOT NULL, "
     "items INTEGER NOT NULL, PRIMARY KEY (lane, month, side)", false},
    {"lane_total", 3,
     "lane TEXT NOT NULL, side TEXT NOT NULL, items INTEGER NOT NULL, "
     "undated INTEGER NOT NULL, first_day TEXT, last_day TEXT, "
     "PRIMARY KEY (lane, side)", false},
    {"meeting_pair", 3,
     "a_id TEXT NOT NULL REFERENCES actor(id), "
     "b_id TEXT NOT NULL REFERENCES actor(id), "
     "date_start TEXT NOT NULL, event_id TEXT NOT NULL REFERENCES "
     "event(id), date_end TEXT, "
     "PRIMARY KEY (a_id, b_id, date_start, event_id)", false},
    {"review", 4,
     "table_name TEXT NOT NULL, row_id TEXT NOT NULL, by TEXT NOT NULL, "
     "at TEXT NOT NULL, verdict TEXT NOT NULL, note TEXT, "
     "PRIMARY KEY (table_name, row_id, by, at)", false},
};
const size_t dln_store__table_count =
    sizeof dln_store__tables / sizeof *dln_store__tables;

const char dln_store__report_indexes[] =
    "CREATE INDEX note_report ON note(report_id);"
    "CREATE INDEX report_uri ON report(uri);"
    "CREATE INDEX report_story ON report(story_id);"
    "CREATE INDEX time_mention_report ON time_mention(report_id);"
    "CREATE INDEX actor_mention_report ON actor_mention(report_id);"
    "CREATE INDEX place_mention_report ON place_mention(report_id);"
    "CREATE INDEX event_mention_report ON event_mention(report_id);"
    "CREATE INDEX statement_report ON statement(report_id);"
    "CREATE INDEX figure_report ON figure(report_id);"
    "CREATE INDEX report_agreement_report ON report_agreement(report_id);"
    "CREATE INDEX report_obligation_report ON report_obligation(report_id);"
    "CREATE INDEX report_compliance_report ON report_compliance(report_id);"
    "CREATE INDEX report_mandate_report ON report_mandate(report_id);"
    "CREATE INDEX report_outcome_report ON report_outcome(report_id);";

const char dln_store__indexes[] =
    "CREATE INDEX report_actor_actor ON report_actor(actor_id);"
    "CREATE INDEX actor_mention_actor ON actor_mention(actor_id);"
    "CREATE INDEX place_mention_place ON place_mention(place_id);"
    "CREATE INDEX event_mention_event ON event_mention(event_id);"
    "CREATE INDEX statement_speaker_actor ON statement_speaker(actor_id);"
    "CREATE INDEX figure_series_of ON figure(series_id);"
    "CREATE INDEX event_date ON event(date_start, date_end, type, status);"
    "CREATE INDEX event_place ON event(place_id, date_start, date_end, "
    "quad);"
    "CREATE INDEX figure_quantity ON figure(quantity, side_id);"
    "CREATE INDEX figure_event ON figure(event_id);"
    "CREATE INDEX figure_series_rank ON figure_series(disputed, quantity);"
    "CREATE INDEX report_published ON report(published);"
    "CREATE INDEX report_lineage ON report(lineage_id);"
    "CREATE INDEX actor_mentions ON actor(mentions);"
    "CREATE INDEX position_line ON position(issue_id, actor_id, date, "
    "stance);"
    "CREATE INDEX report_agreement_of ON report_agreement(agreement_id);"
    "CREATE INDEX report_obligation_of ON report_obligation(obligation_id);"
    "CREATE INDEX obligation_due ON obligation(due_end);"
    "CREATE INDEX event_party_actor ON event_party(actor_id);"
    "CREATE INDEX event_link_to ON event_link(to_event);";

/* Full text of title and report, case and diacritics folded; the words stay
 * in `report` alone. */
const char dln_store__search[] =
    "CREATE VIRTUAL TABLE search USING fts5(title, text, content='report', "
    "content_rowid='n', tokenize='unicode61 remove_diacritics 2')";

#define QUOTE DLN_SQL_QUOTE
#define NAMES(role) \
    "(SELECT group_concat(name, ', ') FROM (SELECT a.name AS name " \
    "FROM event_party p JOIN actor a ON a.id = p.actor_id " \
    "WHERE p.event_id = e.id AND p.role = '" role "' ORDER BY a.name))"

const dln_view dln_store__views[] = {
    {"event_line",
     "SELECT e.id, e.date_start, e.date_end, e.date_precision, e.type, "
     "e.mode, e.status, e.polarity, " NAMES("actor") " AS actors, "
     NAMES("recipient") " AS recipients, "
     NAMES("participant") " AS participants, " NAMES("host") " AS hosts, "
     NAMES("mediator") " AS mediators, e.place_id, p.name AS place, "
     "p.country, e.summary, e.reports, e.independent, e.mentions, "
     "e.first_reported, e.last_reported, e.quad, e.intensity "
     "FROM event e LEFT JOIN place p ON p.id = e.place_id"},
    {"meeting_line",
     "SELECT e.*, m.format, m.level, m.host_id, h.name AS host, "
     "m.mediator_id, d.name AS mediator, m.outcome, m.next_due "
     "FROM meeting m JOIN event_line e ON e.id = m.event_id "
     "LEFT JOIN actor h ON h.id = m.host_id "
     "LEFT JOIN actor d ON d.id = m.mediator_id"},
    {"statement_line",
     "SELECT s.id, s.report_id, r.outlet, r.published, "
     "r.published_precision, s.speaker_id, "
     "(SELECT group_concat(name, ', ') FROM (SELECT a.name AS name "
     "FROM statement_speaker k JOIN actor a ON a.id = k.actor_id "
     "WHERE k.statement_id = s.id ORDER BY k.n)) AS speakers, "
     QUOTE("s.source_start", "s.source_end") " AS source, s.act, s.form, "
     "s.addressee_id, t.name AS addressee, s.date_start, s.date_end, "
     "s.date_precision, " QUOTE("s.content_start", "s.content_end")
     " AS content, " QUOTE("s.span_start", "s.span_end") " AS quote, "
     "s.span_start, s.span_end, r.lineage_id "
     "FROM statement s JOIN report r ON r.id = s.report_id "
     "LEFT JOIN actor t ON t.id = s.addressee_id"},
    {"figure_line",
     "SELECT f.id, f.report_id, r.outlet, r.published, f.quantity, "
     "f.relation, f.low, f.high, f.unit, f.side_id, s.name AS side, "
     "f.status, f.scope, f.as_of, f.as_of_end, f.as_of_precision, "
     "f.claimed_by, c.name AS claimant, f.event_id, f.series_id, q.about, "
     "q.disputed, " QUOTE("f.span_start", "f.span_end") " AS quote, "
     "f.span_start, f.span_end, r.lineage_id "
     "FROM figure f JOIN report r ON r.id = f.report_id "
     "LEFT JOIN actor s ON s.id = f.side_id "
     "LEFT JOIN actor c ON c.id = f.claimed_by "
     "LEFT JOIN figure_series q ON q.id = f.series_id"},
    {"evidence",
     "SELECT x.kind, x.row_id, x.id, x.report_id, x.span_start, "
     "x.span_end, " QUOTE("x.span_start", "x.span_end") " AS quote, x.why, "
     "r.outlet, r.title, r.published, r.published_precision, r.uri, "
     "r.lineage_id FROM ("
     "SELECT 'event' AS kind, event_id AS row_id, id, report_id, "
     "span_start, span_end, why FROM event_mention UNION ALL "
     "SELECT 'event_mention', id, id, report_id, span_start, span_end, why "
     "FROM event_mention UNION ALL "
     "SELECT 'figure_series', series_id, id, report_id, span_start, "
     "span_end, why FROM figure UNION ALL "
     "SELECT 'figure', id, id, report_id, span_start, span_end, why "
     "FROM figure UNION ALL "
     "SELECT 'statement', id, id, report_id, span_start, span_end, why "
     "FROM statement UNION ALL "
     "SELECT 'actor', actor_id, id, report_id, span_start, span_end, why "
     "FROM actor_mention UNION ALL "
     "SELECT 'place', place_id, id, report_id, span_start, span_end, why "
     "FROM place_mention UNION ALL "
     "SELECT 'time_mention', id, id, report_id, span_start, span_end, why "
     "FROM time_mention) x JOIN report r ON r.id = x.report_id"},
};
const size_t dln_store__view_count =
    sizeof dln_store__views / sizeof *dln_store__views;
