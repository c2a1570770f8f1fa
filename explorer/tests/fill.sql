-- SPDX-License-Identifier: Apache-2.0
-- Rows for tests of the page, in tables a record may have empty: agreements,
-- obligations, positions. Ids and statements are taken from the record.
INSERT OR IGNORE INTO issue (id, label) VALUES ('test:road', 'Transport links'), ('test:border', 'Border'), ('test:captives', 'Captives');
INSERT OR IGNORE INTO agreement (id, name, kind, stage, date_start, date_end, date_precision, summary) VALUES
 ('test:a1', 'Statement of 9 November 2020', 'ceasefire', 'ceasefire', '2020-11-09', '2020-11-09', 'day', 'ends the fighting'),
 ('test:a2', 'Statement of 11 January 2021', 'statement', 'partial', '2021-01-11', '2021-01-11', 'day', 'on transport'),
 ('test:a3', 'Prague understanding', 'understanding', 'pre', '2022-10-06', '2022-10-06', 'day', 'on the border');
INSERT OR IGNORE INTO agreement_party VALUES ('test:a1', 'party', 'country:ARM'), ('test:a1', 'party', 'country:AZE'), ('test:a1', 'guarantor', 'country:RUS'),
 ('test:a2', 'party', 'country:ARM'), ('test:a2', 'party', 'country:AZE'), ('test:a3', 'party', 'country:ARM'), ('test:a3', 'party', 'country:AZE');
INSERT OR IGNORE INTO agreement_mention SELECT 'test:a1', report_id, span_start, span_end FROM event_mention WHERE type = 'SUPPORT' GROUP BY report_id LIMIT 3;
INSERT OR IGNORE INTO obligation (id, agreement_id, debtor_id, beneficiary_id, act, object, due_start, due_end, report_id, span_start, span_end)
 SELECT 'test:o1', 'test:a1', 'country:ARM', 'country:AZE', 'leave', 'Kalbajar', '2020-11-15', '2020-11-15', id, 0, 20 FROM report ORDER BY id LIMIT 1;
INSERT OR IGNORE INTO obligation (id, agreement_id, debtor_id, act, object, report_id, span_start, span_end)
 SELECT 'test:o2', 'test:a1', 'country:AZE', 'hand over', 'prisoners of war', id, 0, 20 FROM report ORDER BY id LIMIT 1;
INSERT OR IGNORE INTO obligation (id, agreement_id, debtor_id, act, object, due_end, report_id, span_start, span_end)
 SELECT 'test:o3', 'test:a2', 'country:ARM', 'open', 'the road', '2021-03-01', id, 0, 20 FROM report ORDER BY id LIMIT 1;
INSERT OR IGNORE INTO obligation_debtor VALUES ('test:o1', 'country:ARM'), ('test:o2', 'country:AZE'), ('test:o3', 'country:ARM');
INSERT OR IGNORE INTO obligation_status (obligation_id, n, date, level, claimed_by) VALUES ('test:o1', 0, '2020-12-15', 3, 'country:AZE'), ('test:o2', 0, '2020-12-15', 1, 'country:AZE'), ('test:o2', 1, '2021-01-11', 2, 'country:AZE');
INSERT OR IGNORE INTO position (issue_id, actor_id, statement_id, date, stance)
 SELECT 'test:road', k.actor_id, s.id, r.published, CASE WHEN s.act = 'deny' OR s.act = 'reject' THEN 'oppose' WHEN s.act = 'demand' THEN 'demand' ELSE 'support' END
 FROM statement s JOIN statement_speaker k ON k.statement_id = s.id JOIN report r ON r.id = s.report_id WHERE k.actor_id IN ('person:nikol pashinyan', 'person:ilham aliyev', 'country:AZE', 'country:ARM');
DELETE FROM lane_item WHERE lane IN ('agreement', 'due');
DELETE FROM lane_day WHERE lane IN ('agreement', 'due');
INSERT INTO lane_item (lane, date_start, id, date_end, precision, side, who, kind, status, reports, label)
 SELECT 'agreement', coalesce(date_start, ''), id, date_end, 'day', stage, 'ARM|AZE', kind, 'actual', 3, name FROM agreement;
INSERT INTO lane_item (lane, date_start, id, date_end, precision, side, kind, reports, label)
 SELECT 'due', coalesce(due_end, due_start), id, due_end, 'day', 'ARM', act, 1, object FROM obligation WHERE coalesce(due_end, due_start) IS NOT NULL;
INSERT INTO lane_day SELECT lane, date_start, coalesce(side, ''), coalesce(kind, ''), count(*) FROM lane_item WHERE lane IN ('agreement', 'due') GROUP BY 1, 2, 3, 4;
DELETE FROM lane_total WHERE lane IN ('agreement', 'due');
DELETE FROM lane_month WHERE lane IN ('agreement', 'due');
INSERT INTO lane_month SELECT lane, substr(day, 1, 7), side, sum(items) FROM lane_day WHERE lane IN ('agreement', 'due') GROUP BY 1, 2, 3;
INSERT INTO lane_total SELECT lane, side, sum(items), 0, min(day), max(day) FROM lane_day WHERE lane IN ('agreement', 'due') GROUP BY 1, 2;
