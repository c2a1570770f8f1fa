#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who did what to whom, with the pair not given.

Usage: events_open.py [--run COMMAND] [--json] [--errors KIND] [--all] FILE...
       events_open.py --test        checks the counting by made-up answers

FILE has lines {id, text, source: [s, e], target: [s, e], type}: one marked
event a sentence. COMMAND (default: build/dateline stage events) gets id and
text only. The marked event is found when one event told has its type
(CONCEDE and RETREAT are one), an actor whose span meets the source, and a
recipient whose span meets the target; of an event without recipients
(meetings, clashes) another actor may meet the target. `type_found`,
`actor_found` and `recipient_found` look at any event told, `pair_found` at
one event with both parties whatever its type.

Told are events that are asserted and not hypothetical: a program says of the
others that they did not happen. --all counts every one. `extra`: events told
that are not the marked one, a sentence; a second true event of a sentence
counts as extra too, for the data marks only one. `per_class`: found by type.
--errors prints the sentences that are missed (or have extra) events.
"""
import argparse
import json
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def one_class(name):
    return 'YIELD' if name in ('CONCEDE', 'RETREAT') else name


def meets(party, span):
    return party['start'] < span[1] and span[0] < party['end']


def told(events, everything):
    return [e for e in events if everything
            or (e['polarity'] == 'asserted' and e['status'] != 'hypothetical')]


def sides(event, item):
    """(actor meets the source, recipient meets the target)"""
    actors, recipients = event['actors'], event['recipients']
    by = [a for a in actors if meets(a, item['source'])]
    if recipients:
        to = [r for r in recipients if meets(r, item['target'])]
    else:
        to = [a for a in actors if meets(a, item['target'])
              and any(b is not a for b in by or actors)]
    return bool(by), bool(to)


def judge(items, answers, everything):
    n, classes, right = Counter(), Counter(), Counter()
    errors = {'missed': [], 'extra': []}
    for item in items:
        kind = one_class(item['type'])
        events = told(answers.get(item['id'], []), everything)
        seen = [(one_class(e['type']), *sides(e, item)) for e in events]
        hits = [i for i, (t, a, r) in enumerate(seen) if t == kind and a and r]
        n.update(sentences=1, told=len(events), found=bool(hits),
                 extra=len(events) - bool(hits),
                 type_found=any(t == kind for t, _, _ in seen),
                 actor_found=any(a for _, a, _ in seen),
                 recipient_found=any(r for _, _, r in seen),
                 pair_found=any(a and r for _, a, r in seen))
        classes[kind] += 1
        right[kind] += bool(hits)
        line = (item, events)
        if not hits:
            errors['missed'].append(line)
        if len(events) > bool(hits):
            errors['extra'].append(line)
    return n, {c: (right[c], classes[c]) for c in sorted(classes)}, errors


def words(item, parties):
    data = item['text'].encode()
    return ' + '.join(data[p['start']:p['end']].decode() for p in parties)


def show(item, events):
    data = item['text'].encode()
    s, t = (data[slice(*item[k])].decode() for k in ('source', 'target'))
    print(f"{item['id']} {item['type']} [{s}] > [{t}]\n  {item['text']}")
    for e in events:
        trigger = data[slice(*e['trigger'])].decode()
        print(f"  -- {e['type']} {e['status']} {trigger}: "
              f"{words(item, e['actors'])} > {words(item, e['recipients'])}")


def ask(items, command):
    lines = ''.join(json.dumps({'id': i['id'], 'text': i['text']}) + '\n'
                    for i in items)
    run = subprocess.run(shlex.split(command), input=lines, text=True,
                         stdout=subprocess.PIPE, check=False)
    rows = (json.loads(line) for line in run.stdout.splitlines())
    return {r['id']: r.get('events', []) for r in rows}


def test():
    item = dict(id='1', text='Peru met Chile', source=[0, 4], target=[9, 14],
                type='CONSULT')
    def event(kind, actors, recipients, polarity='asserted'):
        spans = [[dict(start=a, end=b) for a, b in side]
                 for side in (actors, recipients)]
        return dict(type=kind, actors=spans[0], recipients=spans[1],
                    trigger=[5, 8], polarity=polarity, status='actual')
    cases = [([event('CONSULT', [(0, 4), (9, 14)], [])], 1, 0),
             ([event('CONSULT', [(0, 4)], [(9, 14)])], 1, 0),
             ([event('CONSULT', [(0, 14)], [])], 0, 1),
             ([event('AGREE', [(0, 4)], [(9, 14)])], 0, 1),
             ([event('CONSULT', [(0, 4)], [(9, 14)], 'negated')], 0, 0),
             ([], 0, 0)]
    for events, found, extra in cases:
        n, _, _ = judge([item], {'1': events}, False)
        assert (n['found'], n['extra']) == (found, extra), (events, n)
    print('ok')


def main():
    p = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument('files', nargs='*')
    p.add_argument('--run', default=f'{ROOT}/build/dateline stage events')
    p.add_argument('--json', action='store_true')
    p.add_argument('--all', action='store_true')
    p.add_argument('--errors', choices=('missed', 'extra'))
    p.add_argument('--test', action='store_true')
    args = p.parse_args()
    if args.test or not args.files:
        return test() if args.test else p.error('no FILE')
    items = [json.loads(line) for f in args.files
             for line in open(f, encoding='utf-8') if line.strip()]
    n, classes, errors = judge(items, ask(items, args.run), args.all)
    for line in errors.get(args.errors, ()):
        show(*line)
    figures = {k: n[k] / n['sentences'] for k in (
        'found', 'type_found', 'actor_found', 'recipient_found', 'pair_found',
        'extra', 'told')}
    if args.json:
        print(json.dumps({'set': 'events open', 'figures': figures,
                          'per_class': classes}))
        return None
    for name, value in figures.items():
        print(f'{name:16} {value:.3f}')
    for name, (right, of) in classes.items():
        print(f'  {name:10} {right:4} of {of:4}  {right / of:.3f}')
    return None


if __name__ == '__main__':
    sys.exit(main())
