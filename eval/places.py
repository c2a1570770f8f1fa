#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores places: which place a name is, and where an event happened.

Usage: places.py [--limit N] PROGRAM incidents REPORTS INCIDENTS CITIES
       places.py [--limit N] PROGRAM bound SENTENCES

incidents: reports of incidents whose city and state are known. CITIES is
GeoNames' cities500.txt. A report counts when the city's name stands in its
text and CITIES has one town of that name in the state (the largest is
taken). `found`: some place of the report is that name; `right`: one lies
within 40 km of the town; `wrong`: the name has a position elsewhere;
`event_right`: some event's place lies within 40 km.
bound: sentences with a verb and the words that are its place (answers
"accept" only). `bound`: an event whose trigger is the verb has a place that
overlaps; `other`: it has another place. Figures as JSON.
"""
import json
import math
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path


def fold(name):
    text = unicodedata.normalize('NFKD', name)
    return ''.join(c for c in text if not unicodedata.combining(c)).lower()


def away(a, b):
    x = (b[1] - a[1]) * math.cos(math.radians(a[0]))
    return 111.2 * math.hypot(x, b[0] - a[0])


def build(program, reports, work):
    lines, record = Path(work) / 'in.jsonl', Path(work) / 'out.db'
    with open(lines, 'w') as out:
        for report in reports:
            print(json.dumps(report), file=out)
    subprocess.run([program, 'build', '-o', record, lines], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return sqlite3.connect(record)


def towns(path):
    best = {}
    with open(path, encoding='utf-8') as lines:
        rows = [line.rstrip('\n').split('\t') for line in lines]
    for f in rows:
        if f[8] == 'US':
            best.setdefault((fold(f[1]), f[10]), []).append(
                (int(f[14] or 0), float(f[4]), float(f[5])))
    return {key: max(found)[1:] for key, found in best.items()}


CODES = dict(zip(
    'alabama alaska arizona arkansas california colorado connecticut '
    'delaware florida georgia hawaii idaho illinois indiana iowa kansas '
    'kentucky louisiana maine maryland massachusetts michigan minnesota '
    'mississippi missouri montana nebraska nevada new_hampshire new_jersey '
    'new_mexico new_york north_carolina north_dakota ohio oklahoma oregon '
    'pennsylvania rhode_island south_carolina south_dakota tennessee texas '
    'utah vermont virginia washington west_virginia wisconsin '
    'wyoming'.split(),
    'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN '
    'MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA '
    'WA WV WI WY'.split()))


def incidents(program, limit, reports, gold, cities, work):
    where, known = {}, towns(cities)
    with open(gold) as lines:
        for line in lines:
            one = json.loads(line)
            state = CODES.get((one.get('state') or '').lower()
                              .replace(' ', '_'))
            city = fold(one.get('city_or_county') or '')
            if (city, state) in known:
                where[one['incident_uri']] = city, known[city, state]
    chosen = []
    with open(reports) as lines:
        for line in lines:
            one = json.loads(line)
            town = where.get(one['incident'])
            if town and town[0] in fold(one['text']) \
                    and len(chosen) < limit:
                chosen.append(one)
    db = build(program, [{'id': r['id'], 'uri': r['id'], 'date': r['date'],
                          'title': r['title'], 'text': r['text']}
                         for r in chosen], work)
    counts = dict.fromkeys('found right wrong event_right'.split(), 0)
    for report in chosen:
        city, at = where[report['incident']]
        places = db.execute(
            'SELECT p.name, p.lat, p.lon, substr(CAST(r.text AS BLOB), '
            'm.span_start + 1, m.span_end - m.span_start) FROM '
            'place_mention m JOIN report r ON r.id = m.report_id JOIN place '
            'p ON p.id = m.place_id WHERE r.uri LIKE ?',
            ('%' + report['id'] + '%',)).fetchall()
        named = [p for p in places if city in fold(
            (p[3] or b'').decode('utf-8', 'replace'))]
        near = [p for p in named if p[1] is not None
                and away(at, p[1:3]) <= 40]
        counts['found'] += bool(named)
        counts['right'] += bool(near)
        counts['wrong'] += any(p[1] is not None for p in named) \
            and not near
        counts['event_right'] += any(
            away(at, row) <= 40 for row in db.execute(
                'SELECT p.lat, p.lon FROM event_mention e JOIN report r ON '
                'r.id = e.report_id JOIN place p ON p.id = e.place_id WHERE '
                'p.lat IS NOT NULL AND r.uri LIKE ?',
                ('%' + report['id'] + '%',)))
    return {'reports': len(chosen), **counts}


def bound(program, limit, sentences, work):
    gold = []
    with open(sentences) as file:
        for one in json.load(file):
            spans = {s['label']: (s['start'], s['end'])
                     for s in one.get('spans') or []}
            if one.get('answer') == 'accept' and 'VERB' in spans \
                    and 'LOCATION' in spans and len(gold) < limit:
                gold.append((one['text'], spans))
    db = build(program, [{'id': str(i), 'uri': f'n{i}n', 'text': text}
                         for i, (text, _) in enumerate(gold)], work)
    counts = dict.fromkeys('event bound other'.split(), 0)
    for i, (text, spans) in enumerate(gold):
        rows = db.execute(
            'SELECT e.trigger_start, e.trigger_end, m.span_start, '
            'm.span_end, e.place_id FROM event_mention e JOIN report r ON '
            'r.id = e.report_id LEFT JOIN place_mention m ON m.report_id = '
            'r.id AND m.place_id = e.place_id WHERE r.uri LIKE ?',
            (f'%n{i}n%',)).fetchall()
        verb, place = spans['VERB'], spans['LOCATION']
        mine = [r for r in rows if r[0] < verb[1] and verb[0] < r[1]]
        hit = any(r[2] is not None and r[2] < place[1] and place[0] < r[3]
                  for r in mine)
        counts['event'] += bool(mine)
        counts['bound'] += hit
        counts['other'] += not hit and any(r[4] for r in mine)
    return {'sentences': len(gold), **counts}


def main():
    args, limit = sys.argv[1:], 10 ** 9
    if args[:1] == ['--limit']:
        limit, args = int(args[1]), args[2:]
    if len(args) < 3:
        sys.exit(__doc__)
    task = {'incidents': incidents, 'bound': bound}[args[1]]
    with tempfile.TemporaryDirectory() as work:
        print(json.dumps(task(args[0], limit, *args[2:], work)))


if __name__ == '__main__':
    main()
