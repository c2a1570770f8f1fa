#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores which gold event mentions a record puts together.

Usage: event_coref.py [--json] PROGRAM ecb CORPUS.txt MENTIONS.json
       event_coref.py [--json] PROGRAM gvc DOCUMENTS.json

A record is built of the documents. A gold mention is the event of the record
whose trigger it overlaps (`events`: the others stand alone; `found` is their
share). `stories`: mentions with one head lemma in one story; `joined`: both
together; `lemma`: with one head lemma anywhere; `alone`: every mention for
itself. CoNLL F1 (MUC, B-cubed, CEAF-e) over all documents, singletons
counted. Head lemmas are those of the program's own trees.
"""
import collections
import difflib
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from coref import Measure


def lay_out(key, sentences, date=None):
    """A document and the place of every token in its text."""
    text, at, lines = '', {}, []
    for number, tokens in sentences:
        offset = len(text.encode())
        for n, token in tokens:
            at[number, n] = (offset, offset + len(token.encode()))
            offset += len(token.encode()) + 1
        lines.append(' '.join(token for _, token in tokens))
        text = '\n'.join(lines) + '\n'
    item = {'id': key, 'uri': f'set/{key}', 'text': text}
    return item | ({'date': date} if date else {}), at


def read_ecb(corpus, mentions):
    docs = collections.defaultdict(lambda: collections.defaultdict(list))
    for line in Path(corpus).read_text().split('\n'):
        fields = line.split('\t')
        if len(fields) > 3:
            docs[fields[0]][int(fields[1])].append((int(fields[2]),
                                                    fields[3]))
    laid = {key: lay_out(key, sorted(docs[key].items())) for key in docs}
    gold = []
    for m in json.loads(Path(mentions).read_text()):
        places = laid[m['doc_id']][1]
        tokens = [places[m['sent_id'], n] for n in m['tokens_number']]
        gold.append((m['doc_id'], tokens[0][0], tokens[-1][1],
                     m['coref_chain']))
    return ([item for item, _ in laid.values()],
            {key: at.values() for key, (_, at) in laid.items()}, gold)


def read_gvc(path):
    data, laid = json.loads(Path(path).read_text()), {}
    for doc in data['docs']:
        laid[doc['doc']] = lay_out(
            doc['doc'], [(n, list(enumerate(tokens)))
                         for n, tokens in enumerate(doc['sents']) if n],
            doc['sents'][0][0])
    gold = []
    for m in data['mentions']:
        places = laid[m['doc']][1]
        if (m['sent'], m['start']) in places:
            gold.append((m['doc'], places[m['sent'], m['start']][0],
                         places[m['sent'], m['end']][1], m['chain']))
    return ([item for item, _ in laid.values()],
            {key: at.values() for key, (_, at) in laid.items()}, gold)


def heads(program, items, gold):
    """The lemma of each mention's head."""
    given = ''.join(json.dumps(i) + '\n' for i in items)
    done = subprocess.run([program, 'stage', 'parse'], input=given.encode(),
                          stdout=subprocess.PIPE)
    tokens = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        tokens[answer['id']] = [
            (t, [s['tokens'][t['head'] - 1] if t['head'] else None][0])
            for s in answer['sentences'] for t in s['tokens']]
    found = []
    for key, start, end, _ in gold:
        within = [(t, h) for t, h in tokens.get(key, ())
                  if t['start'] < end and start < t['end']]
        head = next((t for t, h in within
                     if not h or not (h['start'] < end
                                      and start < h['end'])), None)
        found.append(head['lemma'].lower() if head else f'?{start}')
    return found


def moved(given, text, at):
    """Where the tokens of the given text stand in the cleaned one, which
    may lack lines and have other white space."""
    given, text = given.encode(), text.encode()
    here = sorted(at)
    there = [m.span() for m in re.finditer(rb'\S+', text)]
    match = difflib.SequenceMatcher(
        None, [given[s:e] for s, e in here], [text[s:e] for s, e in there],
        autojunk=False)
    return {here[block.a + n][0]: there[block.b + n][0]
            for block in match.get_matching_blocks()
            for n in range(block.size)}


def from_record(program, items, places, gold, work):
    lines, record = Path(work) / 'in.jsonl', Path(work) / 'out.db'
    lines.write_text(''.join(json.dumps(i) + '\n' for i in items))
    subprocess.run([program, 'build', '-q', '-j', '2', str(lines), '-o',
                    str(record)], check=True)
    db = sqlite3.connect(record)
    rows = {uri.split('/', 1)[1]: (key, story, text)
            for key, uri, story, text in
            db.execute('SELECT id, uri, story_id, text FROM report')}
    given = {item['id']: item['text'] for item in items}
    reports = {doc: (key, story, moved(given[doc], text, places[doc]))
               for doc, (key, story, text) in rows.items()}
    triggers = collections.defaultdict(list)
    for row in db.execute('SELECT report_id, trigger_start, trigger_end, '
                          'event_id FROM event_mention WHERE event_id '
                          'IS NOT NULL'):
        triggers[row[0]].append(row[1:])
    events, stories = [], []
    for doc, start, end, _ in gold:
        key, story, at = reports.get(doc, (None, doc, {}))
        stories.append(story)
        here = at.get(start, -1)
        events.append(next((e for s, t, e in triggers[key]
                            if s < here + end - start and here < t), None)
                      if here >= 0 else None)
    return events, stories


def grouped(keys):
    """Sets of mentions that share a key; each may have several."""
    parent = {}

    def root(x):
        while parent.setdefault(x, x) != x:
            x = parent[x]
        return x
    for n, its in enumerate(keys):
        for key in its:
            parent[root(('key', key))] = root(n)
    groups = collections.defaultdict(set)
    for n in range(len(keys)):
        groups[root(n)].add(n)
    return list(groups.values())


def main(program, kind, *paths):
    items, places, gold = (read_ecb if kind == 'ecb' else read_gvc)(*paths)
    with tempfile.TemporaryDirectory() as work:
        events, stories = from_record(program, items, places, gold, work)
    lemmas = heads(program, items, gold)
    key = grouped([[chain] for *_, chain in gold])
    ways = {
        'joined': [[(s, m)] + ([e] if e else [])
                   for s, m, e in zip(stories, lemmas, events)],
        'events': [[e] if e else [] for e in events],
        'stories': [[(s, m)] for s, m in zip(stories, lemmas)],
        'lemma': [[m] for m in lemmas], 'alone': [[] for _ in gold]}
    figures = {'mentions': len(gold),
               'found': sum(e is not None for e in events) / len(gold)}
    for name, keys in ways.items():
        measure = Measure()
        measure.chains('', key, grouped(keys))
        found = measure.figures()
        figures |= {f'{name}.{n}': found[n] for n in
                    ('conll_f1', 'muc_f1', 'b3_f1', 'ceafe_f1')}
    return figures


if __name__ == '__main__':
    arguments = [a for a in sys.argv[1:] if not a.startswith('--')]
    if len(arguments) < 3:
        sys.exit(__doc__)
    print(json.dumps(main(*arguments)))
