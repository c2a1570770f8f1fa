#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How many of the validation records of other event coders the program
reproduces with their own dictionaries: every event of a record, source,
target and code, no more and no less.

Usage: dictionaries.py PROGRAM petrarch|tabari FOLDER [--show N]
FOLDER holds the records and dictionaries as their projects publish them. The
dictionaries are laid out for `--ontology`; codes outside CAMEO or WEIS, or
of what PLOVER does not code (statements), get a stand-in type in codes.txt,
so that they can be compared. Prints exact records, events found and extra.
Records that tell of no event, or only of a discard, count as records too.
"""
import html
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def petrarch(folder):
    data = next(folder.glob('*records_2_02.xml')).read_text(encoding='utf-8')
    data = re.sub(r'<!--.*?-->', '', data, flags=re.S)
    for record in re.split(r'<Sentence\b(?=\s)', data)[1:]:
        head = dict(re.findall(r'(\w+)\s*=\s*"(.*?)"',
                               record.partition('>')[0]))
        text = re.search(r'<Text>(.*?)</Text>', record, re.S)
        codings = [dict(re.findall(r'(\w+)\s*=\s*"(.*?)"', c)) for c in
                   re.findall(r'<EventCoding\b([^>]*)>', record)]
        odd = [c for c in codings if 'eventcode' not in c
               and 'noevents' not in c]
        if (not text or head.get('evaluate', 'true').lower() != 'true'
                or not codings or odd):
            continue
        gold = {(c['sourcecode'], c['targetcode'], c['eventcode'])
                for c in codings if 'eventcode' in c}
        if any('&quot;' in part for g in gold for part in g):
            continue
        yield (head['id'], head['date'],
               html.unescape(' '.join(text[1].split())), gold)


def tabari(folder):
    data = (folder / 'Validate.text').read_text(encoding='latin-1')
    data = data.split('FINAL-01')[0]
    for found in re.finditer(r'^(\d{6})\s+(\S+)\n(.*?)/\*(.*?)\*/', data,
                             re.M | re.S):
        day, name, text, notes = found.groups()
        if 'OPTION:' in notes or re.search(r'\{\s*\+\+\+', notes):
            continue
        gold = set()
        for line in re.findall(r'(-?)\{([^}]*/[^}]*)\}', notes):
            if line[0]:
                continue
            parts = [p.strip() for p in line[1].split('/')]
            if len(parts) >= 3:
                gold.add(tuple(p.split(' ')[0] for p in parts[:3]))
        year = int(day[:2])
        yield (name, f'{1900 + year if year > 30 else 2000 + year}'
               + day[2:], ' '.join(text.split()), gold)


PARTS = {
    'petrarch': ('petrarch', 'cameo', {
        'verbs': '*Validate_verbs_2_02.txt',
        'actors': '*Validate_actors_2_02.txt',
        'agents': '*Validate_agents_2_02.txt',
        'discards': '*Validate_discards_2_02.txt'}),
    'tabari': ('tabari', 'weis', {
        'verbs': 'TABARI.Demo.verbs', 'actors': 'TABARI.Demo.actors',
        'agents': 'Validate.agents'}),
}


def lay_out(kind, folder, to, codes):
    style, scheme, parts = PARTS[kind]
    rows = [f'format\t{style}', f'scheme\t{scheme}', 'alone\tyes']
    (to / 'dictionaries').mkdir()
    for what, pattern in parts.items():
        path = next(folder.glob(pattern))
        (to / 'dictionaries' / path.name).write_bytes(
            path.read_text(encoding='latin-1').encode())
        rows.append(f'{what}\t{path.name}')
    (to / 'dictionaries.txt').write_text('# version: 1\n'
                                         + '\n'.join(rows) + '\n')
    (to / 'codes.txt').write_text('# version: 1\n' + ''.join(
        f'{code}\tAGREE\n' for code in sorted(codes)))


def run(program, folder, records):
    lines = ''.join(json.dumps({
        'id': name, 'text': text,
        'date': f'{day[:4]}-{day[4:6]}-{day[6:8]}'}) + '\n'
        for name, day, text, _ in records)
    done = subprocess.run([program, 'stage', 'events', '--ontology', folder],
                          input=lines, capture_output=True, text=True,
                          check=False)
    if done.returncode:
        sys.exit(f'{program}: code {done.returncode}: {done.stderr[-500:]}')
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    program, kind, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    show = int(sys.argv[5]) if sys.argv[4:5] == ['--show'] else 0
    records = list((petrarch if kind == 'petrarch' else tabari)(folder))
    codes = {g[2] for r in records for g in r[3]}
    codes |= {f'{n:02}' for n in range(1, 100)}
    with tempfile.TemporaryDirectory() as temporary:
        lay_out(kind, folder, Path(temporary), codes)
        answers = run(program, temporary, records)
    exact = found = gold_count = extra = typed = 0
    for (name, _, text, gold), answer in zip(records, answers):
        got = {(a.get('code', ''), r.get('code', ''), e.get('code', ''))
               for e in answer['events'] for a in e['actors'] or [{}]
               for r in e['recipients'] or [{}]}
        exact += got == gold
        found += len(got & gold)
        typed += len({g[2] for g in got} & {g[2] for g in gold})
        gold_count += len(gold)
        extra += len(got - gold)
        if got != gold and show:
            show -= 1
            print(f'{name}: {text}\n  missing {sorted(gold - got)}\n'
                  f'  extra {sorted(got - gold)}')
    print(f'{kind}: {len(records)} records, exact {exact / len(records):.1%}'
          f'; events {gold_count}, found {found / gold_count:.1%}, code '
          f'alone {typed / gold_count:.1%}; extra {extra / len(records):.2f}'
          ' a record')


if __name__ == '__main__':
    main()
