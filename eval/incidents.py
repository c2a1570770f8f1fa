#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores what a record says of incidents once their reports are merged.

Usage: incidents.py [--json] RECORD REPORTS.jsonl INCIDENTS.jsonl

Of an incident with reports (pages flagged boiler and reports of several
incidents left out) the story is taken that most of its reports are of, the
larger of equal ones. `killed`, `injured`: the story's number is the
incident's (none is 0). `date`: its day is the incident's; `date_near`: a day
off at most. `city`: its place has the name of the incident's town or county;
`city_named`: share of incidents that some report names at all. *_multi: of
incidents with two reports and more.
"""
import collections
import datetime
import json
import re
import sqlite3
import sys


def fold(name):
    return re.sub(r'[^a-z ]', '', name.lower()).strip()


def lines(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


def main(record, reports, incidents):
    db = sqlite3.connect(record)
    rows = {uri.split('/')[-1]: (story, (text or '') + (title or ''))
            for uri, story, text, title in db.execute(
                'SELECT uri, story_id, text, title FROM report')}
    stories = {row[0]: row[1:] for row in db.execute(
        'SELECT s.id, s.reports, s.day, p.name, s.killed, s.wounded '
        'FROM story s LEFT JOIN place p ON p.id = s.place_id')}
    of = collections.defaultdict(set)
    for item in lines(reports):
        if not item.get('boiler'):
            of[item['id']].add(item['incident'])
    told = collections.defaultdict(list)
    for report, its in sorted(of.items()):
        if len(its) == 1 and report in rows:
            told[min(its)].append(rows[report])
    right, total = collections.Counter(), collections.Counter()
    for gold in lines(incidents):
        mine = told.get(gold['incident_uri'])
        if not mine:
            continue
        count = collections.Counter(story for story, _ in mine)
        story = max(count, key=lambda s: (count[s], stories[s][0], s))
        _, day, place, killed, wounded = stories[story]
        date = datetime.datetime.strptime(gold['date'], '%B %d, %Y').date()
        city = fold(gold['city_or_county'].split('(')[0])
        off = abs((datetime.date.fromisoformat(day) - date).days) \
            if day else 999
        found = {'killed': (killed or 0) == gold['num_killed'],
                 'injured': (wounded or 0) == gold['num_injured'],
                 'date': off == 0, 'date_near': off <= 1,
                 'city': bool(place) and fold(place) == city,
                 'city_named': any(city in fold(text) for _, text in mine)}
        for name, fine in found.items():
            for key in (name,) + ((f'{name}_multi',) if len(mine) > 1
                                  else ()):
                total[key] += 1
                right[key] += fine
    return {key: right[key] / total[key] for key in total} | {
        'incidents': total['killed'], 'multi': total['killed_multi']}


if __name__ == '__main__':
    arguments = [a for a in sys.argv[1:] if not a.startswith('--')]
    if len(arguments) != 3:
        sys.exit(__doc__)
    print(json.dumps(main(*arguments)))
