#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes reports and copy pairs for the lineage scorer from news clusters.

Usage: lineage_set.py SHARED UNPACKED REPORTS.jsonl PAIRS.jsonl

Real reports of one event by different outlets are no copies of each other:
those pairs, and pairs across events, are the negatives. Copies are made from
every third report, the way outlets make them: the text whole under another
name with page dirt; one sentence dropped and one number changed; and the first
half placed in a story of the outlet's own. Machine rewrites are not in the
set: no originals of the rewrites at hand can be had.
"""
import json
import random
import re
import subprocess
import sys
from pathlib import Path


def clusters(shared, unpacked):
    folder = Path(unpacked) / 'stories/giveme5w1h/news_cluster/data'
    if not folder.exists():
        subprocess.run([Path(shared) / 'data/unpack', unpacked,
                        'giveme5w1h'], check=True,
                       stdout=subprocess.DEVNULL)
    for path in sorted(folder.glob('*.json')):
        doc = json.loads(path.read_text())
        if len(doc['text']) > 600:
            yield doc['dId'], doc['newsCluster']['EventId'], doc


def report(key, doc, text, outlet):
    return {'id': key, 'uri': f'set/{key}', 'outlet': outlet,
            'date': (doc['date_publish'] or '')[:10], 'title': doc['title'],
            'text': text}


def copies(key, doc, other, chance):
    paragraphs = [p for p in doc['text'].split('\n') if p.strip()]
    text = '\n\n'.join(paragraphs)
    yield 'whole', ('- Advertisement -\n\n' + text
                    + '\n\nRead more: other stories of the day')
    changed = paragraphs[:]
    if len(changed) > 4:
        del changed[chance.randrange(2, len(changed) - 1)]
    yield 'near', re.sub(r'\b(\d{2,3})\b', r'\g<1>1', '\n\n'.join(changed),
                         count=1)
    own = [p for p in other['text'].split('\n') if p.strip()]
    half = paragraphs[:max(2, len(paragraphs) // 2)]
    yield 'partial', '\n\n'.join(own[:2] + half)


def main(shared, unpacked, reports, pairs):
    chance = random.Random(7)
    docs = list(clusters(shared, unpacked))
    made, listed = [], []
    for n, (key, event, doc) in enumerate(docs):
        made.append(report(key, doc, doc['text'], doc['source_domain']))
        for other_key, other_event, _ in docs[n + 1:]:
            if other_event == event or chance.random() < 0.02:
                listed.append({'a': key, 'b': other_key, 'copy': False})
        if n % 3:
            continue
        other = docs[(n + 7) % len(docs)][2]
        for kind, text in copies(key, doc, other, chance):
            made.append(report(f'{key}-{kind}', doc, text, f'{kind}.example'))
            listed.append({'a': key, 'b': f'{key}-{kind}', 'copy': True})
    chance.shuffle(made)
    for path, rows in ((reports, made), (pairs, listed)):
        with open(path, 'w') as out:
            for row in rows:
                print(json.dumps(row), file=out)


if __name__ == '__main__':
    main(*sys.argv[1:5])
