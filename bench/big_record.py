#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes a record of invented rows, as large as wanted, to measure the
explorer on. The schema is the program's own: of a record it builds.

Usage: big_record.py PROGRAM REPORTS OUT MENTIONS
"""
import random
import sqlite3
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

SIDES = ['ARM', 'AZE', 'RUS', 'TUR', 'FRA', 'USA', 'IRN', 'GEO', 'DEU']
WORDS = ('talks border road captives ceasefire envoy village bridge office '
         'delegation market river station statement council column').split()
LANE_OF = {1: 'word', 2: 'step', 3: 'word', 4: 'incident'}


def hexid(letter, n):
    return f'{letter}{n:016x}'


def fill(db, mentions):
    rng = random.Random(1)
    events = mentions * 3 // 10
    statements = figures = mentions // 4
    told = mentions - statements - figures
    reports = max(20, mentions // 25)
    first = date(2012, 1, 1)
    days = [(first + timedelta(days=i)).isoformat() for i in range(4383)]
    day = lambda: days[min(len(days) - 1, int(rng.betavariate(2, 1.3)
                                               * len(days)))]
    actors = [(f'country:{s}', s, 'country', s) for s in SIDES]
    actors += [(f'person:p{i}', f'Person {i}', 'person', rng.choice(SIDES))
               for i in range(4000)]
    many = db.executemany
    many('INSERT INTO actor (id, name, kind, iso3, reports, mentions) '
         'VALUES (?, ?, ?, ?, 9, ?)',
         [(*a, 5000 - i) for i, a in enumerate(actors)])
    many('INSERT INTO actor_name VALUES (?, ?, 5)',
         [(a[0], a[1]) for a in actors])
    many('INSERT INTO place (id, name, kind, country, lat, lon, precision) '
         "VALUES (?, ?, 'town', 'AZE', ?, ?, 'town')",
         [(f'geo:{i}', f'Town {i}', 38 + rng.random() * 4,
           43 + rng.random() * 6) for i in range(1500)])
    many('INSERT INTO place_name VALUES (?, ?, ?)',
         [(f'geo:{i}', f'Town {i} {x}', x) for i in range(1500)
          for x in ('hy', 'az')])
    text = lambda: ' '.join(rng.choice(WORDS) for _ in range(120)) + '.'
    published = [day() for _ in range(reports)]
    many('INSERT INTO report (id, uri, outlet, title, published, '
         'published_precision, published_basis, text, sha256, lineage_id, '
         "digest, coder) VALUES (?, ?, ?, ?, ?, 'day', 'given', ?, '', ?, "
         "'', '')",
         ((hexid('r', i), f'report/{i}', f'Outlet {i % 40}', f'Report {i}',
           published[i], text(), hexid('r', i - i % 3))
          for i in range(reports)))
    many('INSERT INTO coverage SELECT outlet, published, count(*) FROM '
         'report WHERE 1 = ? GROUP BY 1, 2', [(1,)])
    many('INSERT INTO sentence VALUES (?, 0, 0, 700, 0)',
         ((hexid('r', i),) for i in range(reports)))
    when = [day() if rng.random() < .9 else None for _ in range(events)]
    quads = [rng.choice((1, 1, 3, 4, 4, 2)) for _ in range(events)]
    many('INSERT INTO event (id, type, quad, status, polarity, date_start, '
         'date_end, date_precision, place_id, summary, reports, independent, '
         "mentions) VALUES (?, ?, ?, 'actual', 'asserted', ?, ?, 'day', ?, "
         "?, 2, 1, 2)",
         ((hexid('e', i), 'ASSAULT' if quads[i] == 4 else 'AGREE', quads[i],
           when[i], when[i], f'geo:{rng.randrange(1500)}', f'event {i}')
          for i in range(events)))
    met = [i for i in range(events) if i % 12 == 0]
    many("INSERT INTO meeting (event_id, format, mediator_id) VALUES (?, "
         "'bilateral', ?)",
         ((hexid('e', i), f'country:{rng.choice(SIDES)}') for i in met))
    many('INSERT OR IGNORE INTO event_party VALUES (?, ?, ?)',
         ((hexid('e', i), role, rng.choice(actors[:400])[0])
          for i in range(events) for role in ('actor', 'recipient')))
    many('INSERT OR IGNORE INTO event_party VALUES (?, ?, ?)',
         ((hexid('e', i), 'participant', rng.choice(actors[:60])[0])
          for i in met for _ in range(2)))
    many('INSERT INTO event_mention (id, report_id, span_start, span_end, '
         'trigger_start, trigger_end, event_id, type, status, polarity) '
         "VALUES (?, ?, 0, 40, 0, 6, ?, 'ASSAULT', 'actual', 'asserted')",
         ((hexid('m', i), hexid('r', rng.randrange(reports)),
           hexid('e', i % events)) for i in range(told)))
    speakers = [rng.choice(actors[:600]) for _ in range(statements)]
    where = [rng.randrange(reports) for _ in range(statements)]
    acts = [rng.choice(('say', 'demand', 'accuse', 'deny'))
            for _ in range(statements)]
    many('INSERT INTO statement (id, report_id, span_start, span_end, '
         'speaker_id, content_start, content_end, form, act) VALUES (?, ?, '
         "0, 60, ?, 10, 60, 'indirect', ?)",
         ((hexid('s', i), hexid('r', where[i]), speakers[i][0], acts[i])
          for i in range(statements)))
    many('INSERT INTO statement_speaker VALUES (?, 0, NULL, ?)',
         ((hexid('s', i), speakers[i][0]) for i in range(statements)))
    many('INSERT INTO issue (id, label) VALUES (?, ?)',
         [(f'i{i}', f'Issue {i}') for i in range(30)])
    many('INSERT INTO position VALUES (?, ?, ?, ?, ?)',
         ((f'i{rng.randrange(30)}', speakers[i][0], hexid('s', i),
           published[where[i]], rng.choice(('support', 'oppose')))
          for i in range(0, statements, 2)))
    series = max(1, figures // 3)
    many('INSERT INTO figure_series (id, quantity, about, low, high, '
         'figures, reports, independent, disputed, date_start, date_end) '
         "VALUES (?, 'killed', ?, ?, ?, 3, 3, 2, ?, ?, ?)",
         ((hexid('q', i), f'series {i}', 5, 5 + rng.randrange(90),
           i % 20 == 0, *[day()] * 2) for i in range(series)))
    counted = [(rng.randrange(reports), rng.choice(actors[:200]),
                rng.randrange(1, 900)) for _ in range(figures)]
    many('INSERT INTO figure (id, report_id, span_start, span_end, quantity, '
         'relation, low, high, scope, claimed_by, series_id, event_id) '
         "VALUES (?, ?, 0, 12, 'killed', 'exactly', ?, ?, 'total', ?, ?, ?)",
         ((hexid('f', i), hexid('r', r), n, n, a[0],
           hexid('q', i % series), hexid('e', i % events))
          for i, (r, a, n) in enumerate(counted)))
    many('INSERT INTO agreement (id, name, kind, stage, date_start, '
         "date_end) VALUES (?, ?, 'statement', 'ceasefire', ?, ?)",
         [(f'a{i}', f'Agreement {i}', *[day()] * 2) for i in range(60)])
    many('INSERT INTO obligation (id, agreement_id, debtor_id, act, object, '
         "due_end) VALUES (?, ?, 'country:ARM', 'open', 'road', ?)",
         [(f'o{i}', f'a{i % 60}', day()) for i in range(400)])
    lane = ('INSERT INTO lane_item (lane, date_start, id, side, who, kind, '
            'status, reports, low, high, label) '
            'VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)')
    many(lane, (('meeting' if i % 12 == 0 else LANE_OF[quads[i]],
                 when[i] or '', hexid('e', i), rng.choice(SIDES), 'ARM|AZE',
                 'AGREE', 'actual', None, None, f'event {i}')
                for i in range(events)))
    many(lane, (('statement', published[where[i]], hexid('s', i),
                 speakers[i][3], None, acts[i], 'indirect', None, None,
                 speakers[i][1]) for i in range(statements)))
    many(lane, (('figure', published[r], hexid('f', i), a[3], None,
                 'killed', 'total', n, n, None)
                for i, (r, a, n) in enumerate(counted)))
    many(lane, (('agreement', d, i, 'ceasefire', 'ARM|AZE', 'statement',
                 'actual', None, None, n) for i, n, d in db.execute(
                     'SELECT id, name, date_start FROM agreement').fetchall()))
    db.execute("INSERT INTO lane_day SELECT lane, date_start, "
               "coalesce(side, ''), coalesce(kind, ''), count(*) FROM "
               'lane_item GROUP BY 1, 2, 3, 4')
    db.execute('INSERT INTO lane_month SELECT lane, substr(day, 1, 7), side, '
               'sum(items) FROM lane_day GROUP BY 1, 2, 3')
    db.execute("INSERT INTO lane_total SELECT lane, side, sum(items), "
               "sum(CASE day WHEN '' THEN items ELSE 0 END), "
               "min(nullif(day, '')), max(nullif(day, '')) FROM lane_day "
               'GROUP BY 1, 2')
    db.execute("INSERT INTO meeting_pair SELECT DISTINCT x.actor_id, "
               "y.actor_id, coalesce(e.date_start, ''), e.id, "
               "coalesce(e.date_end, '') FROM meeting m JOIN event e "
               'ON e.id = m.event_id JOIN event_party x '
               'ON x.event_id = e.id JOIN event_party y '
               'ON y.event_id = e.id AND y.actor_id > x.actor_id')
    db.execute("INSERT INTO search(search) VALUES ('rebuild')")


def main(program, reports, out, mentions):
    Path(out).unlink(missing_ok=True)
    subprocess.run([program, 'build', reports, '-o', out, '-q'], check=True)
    db = sqlite3.connect(out)
    db.execute('PRAGMA journal_mode=OFF')
    db.execute('PRAGMA synchronous=OFF')
    indexes = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = "
                         "'index' AND sql IS NOT NULL").fetchall()
    for name, _ in indexes:
        db.execute(f'DROP INDEX {name}')
    for (table,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name "
            "NOT LIKE 'search%' AND name NOT LIKE 'sqlite%' AND name <> "
            "'meta'").fetchall():
        db.execute(f'DELETE FROM {table}')
    fill(db, int(mentions))
    for _, sql in indexes:
        db.execute(sql)
    db.commit()
    db.close()


if __name__ == '__main__':
    main(*sys.argv[1:5])
