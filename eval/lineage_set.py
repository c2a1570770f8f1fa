#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes reports and copy pairs for the lineage scorer.

Usage: lineage_set.py KIND SHARED UNPACKED REPORTS.jsonl PAIRS.jsonl

KIND `copies`: news clusters of many outlets, and copies made of every third
report the way outlets make them: the text whole under another name with page
dirt; one sentence dropped and one number changed; the first half placed in a
story of the outlet's own. KIND `wire`: one news day of 680 papers, full of
agency copy. In both, half or more of the five-word runs of one report in the
other, counted exactly, makes a copy; less than three tenths, between reports
that share any, is none; what lies between is not judged.

KIND `rewrites`: the clusters, and every fourth report spun: words put for
words as rare, clauses turned, sentences dropped and joined; reports of one
event by others are the negatives. Twins that a language model paraphrased
from the same sentences are added, with the same topic's others as negatives.
"""
import collections
import csv
import itertools
import json
import math
import random
import re
import subprocess
import sys
from pathlib import Path

WORD = re.compile(r'\w+')


def unpacked_folder(shared, unpacked, name, pack):
    folder = Path(unpacked) / 'stories' / name
    if not folder.exists():
        subprocess.run([Path(shared) / 'data/unpack', unpacked, pack],
                       check=True, stdout=subprocess.DEVNULL)
    return folder


def clusters(shared, unpacked):
    folder = unpacked_folder(shared, unpacked,
                             'giveme5w1h/news_cluster/data', 'giveme5w1h')
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


def copied(shared, unpacked, chance):
    docs = list(clusters(shared, unpacked))
    for n, (key, _, doc) in enumerate(docs):
        yield report(key, doc, doc['text'], doc['source_domain'])
        if n % 3 == 0:
            other = docs[(n + 7) % len(docs)][2]
            for kind, text in copies(key, doc, other, chance):
                yield report(f'{key}-{kind}', doc, text, f'{kind}.example')


def wire(shared, unpacked, _):
    csv.field_size_limit(1 << 30)
    folder = unpacked_folder(shared, unpacked, 'syndication', 'syndication')
    with open(folder / 'helsinki_articles.csv') as file:
        for row in csv.DictReader(file):
            yield {'id': f'w{row["id"]}', 'uri': f'wire/w{row["id"]}',
                   'outlet': row['publisher'], 'title': '',
                   'date': row['scrape_time'][:10],
                   'text': row['text'].replace(' ### ', '\n\n')}


def contained(made):
    """{(a, b): the larger share of five-word runs} of pairs that share."""
    runs, index = {}, collections.defaultdict(list)
    for item in made:
        words = WORD.findall(item['text'].lower())
        runs[item['id']] = {tuple(words[i:i + 5])
                            for i in range(len(words) - 4)}
        for run in runs[item['id']]:
            index[run].append(item['id'])
    both = collections.Counter()
    for ids in index.values():
        both.update(itertools.combinations(sorted(ids), 2))
    return {(a, b): n / min(len(runs[a]), len(runs[b]))
            for (a, b), n in both.items()}


def judged(made):
    for (a, b), share in sorted(contained(made).items()):
        if share >= 0.5 or share < 0.3:
            yield {'a': a, 'b': b, 'copy': share >= 0.5}


def spun(text, rare, chance, part):
    out = []
    for sentence in re.split(r'(?<=[.!?])\s+', ' '.join(text.split())):
        if chance.random() < 0.1:
            continue
        words = sentence.split(' ')
        for i, word in enumerate(words):
            core = re.sub(r'\W', '', word).lower()
            if (i and word[:1].isupper()) or core not in rare:
                continue
            if chance.random() < part:
                other = chance.choice(rare[core])
                words[i] = re.sub(r'\w+', other, word, count=1)
        if ', ' in (line := ' '.join(words)) and chance.random() < 0.3:
            first, rest = line.split(', ', 1)
            line = f'{rest.rstrip(".")}, {first}.'
        line = line[:1].upper() + line[1:]
        if out and chance.random() < 0.12:
            line = f'{out.pop().rstrip(".")}, and {line}'
        out.append(line)
    return '\n\n'.join(' '.join(out[i:i + 2])
                        for i in range(0, len(out), 2))


def bands(docs):
    """word → words of like frequency"""
    counts = collections.Counter(
        word for _, _, doc in docs
        for word in set(WORD.findall(doc['text'].lower())) if word.isalpha())
    band = collections.defaultdict(list)
    for word, count in sorted(counts.items()):
        if count > 1:
            band[int(1.5 * math.log2(count))].append(word)
    return {word: group for group in band.values() for word in group}


def twins(shared, unpacked):
    folder = unpacked_folder(shared, unpacked, 'rewrites/gpt4', 'rewrites')
    docs = collections.defaultdict(lambda: collections.defaultdict(list))
    for path in sorted(folder.glob('paraphrase_*_data.json')):
        for key, value in json.loads(path.read_text()).items():
            match = re.match(r'(.*_d[0-9a-f]+)_(\d+)_', key)
            text = value['paraphrase_concat']['content'].replace('#', '')
            if text.strip():
                docs[match[1]][int(match[2])].append(' '.join(text.split()))
    for key, sentences in docs.items():
        twice = [s for s in sentences if len(sentences[s]) > 1]
        if len(twice) >= 3:
            yield key, [' '.join(sentences[s][0] for s in sorted(sentences)),
                        ' '.join(sentences[s][-1] for s in sorted(twice))]


def rewrites(shared, unpacked, chance):
    docs = list(clusters(shared, unpacked))
    rare = bands(docs)
    made, listed = [], []
    for n, (key, event, doc) in enumerate(docs):
        made.append(report(key, doc, doc['text'], doc['source_domain']))
        listed += [{'a': key, 'b': other, 'copy': False}
                   for other, its, _ in docs[n + 1:] if its == event]
        if n % 4 == 0:
            part = (0.3, 0.45, 0.55)[n // 4 % 3]
            made.append(report(f'{key}-spun', doc,
                               spun(doc['text'], rare, chance, part),
                               'spun.example'))
            listed.append({'a': key, 'b': f'{key}-spun', 'copy': True})
    paired = list(twins(shared, unpacked))
    for n, (key, texts) in enumerate(paired):
        for side, text in zip('ab', texts):
            made.append({'id': f'{key}{side}', 'uri': f'set/{key}{side}',
                         'outlet': side, 'date': '2018-06-01', 'text': text})
        listed.append({'a': f'{key}a', 'b': f'{key}b', 'copy': True})
        listed += [{'a': f'{key}{x}', 'b': f'{other}{y}', 'copy': False}
                   for other, _ in paired[n + 1:] for x in 'ab'
                   for y in 'ab']
    # Agency copy among the negatives is no rewrite.
    share = contained(made)
    return made, [pair for pair in listed if pair['copy'] or share.get(
        tuple(sorted((pair['a'], pair['b']))), 0) < 0.3]


def main(kind, shared, unpacked, reports, pairs):
    chance = random.Random(7)
    if kind == 'rewrites':
        made, listed = rewrites(shared, unpacked, chance)
    else:
        made = list((copied if kind == 'copies' else wire)(shared, unpacked,
                                                           chance))
        listed = list(judged(made))
    chance.shuffle(made)
    for path, rows in ((reports, made), (pairs, listed)):
        with open(path, 'w') as out:
            for row in rows:
                print(json.dumps(row), file=out)


if __name__ == '__main__':
    main(*sys.argv[1:6])
