#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Entity sets of several makers as one column file for the trainer.

Usage: entities.py DATA > FILE

DATA/entities holds gmb_train.csv, wikigold, crossner and re3d (README.md
names them). Output: "token TAB label" with BIO labels of the kinds PERSON
ORG GPE LOC FAC NORP EVENT DATE MISC, an empty line behind each sentence; "?"
where a set says nothing; "# ignore KIND..." for kinds that the sentences
after it never label. Standard library only.
"""
import collections
import csv
import glob
import json
import os
import re
import sys

TITLES = set('''president vice prime minister deputy first secretary general
gen gen. lt lt. col col. maj maj. capt capt. sgt sgt. adm adm. mr mr. mrs mrs.
ms ms. dr dr. sir king queen prince princess pope senator sen sen. rep rep.
governor gov gov. chancellor ambassador judge justice ayatollah cardinal
archbishop bishop chairman chief foreign defense defence interior finance
spokesman spokeswoman premier former opposition leader lawmaker mayor emir
sheikh colonel captain commander lieutenant major admiral professor prof
prof. state home undersecretary'''.split())
TITLES -= {'state', 'chief', 'home', 'leader', 'opposition', 'major'}
MORE_TITLES = {'minister', 'secretary', 'chief', 'leader', 'of', 'state'}
PEOPLES = set('''muslim muslims sunni sunnis shi'ite shi'ites shiite shiites
christian christians jewish jews jew arab arabs kurdish kurd kurds western
westerner westerners hindu hindus catholic catholics buddhist buddhists
orthodox protestant islamic islamist islamists tamil tamils pashtun pashtuns
hutu hutus tutsi tutsis asian european europeans african africans republican
republicans democrat democrats democratic communist maoist maoists'''.split())
PEOPLES -= {'democratic', 'communist', 'orthodox'}
LOC_WORDS = set('''river rivers sea seas ocean lake mountain mountains mount
mt mt. valley gulf strait straits desert peninsula island islands bay coast
canal africa asia europe antarctica america americas middle east west north
south caucasus balkans hills heights plateau basin delta volcano forest cape
peak himalayas alps andes amazon atlantic pacific mediterranean caribbean
arctic persian horn sahara sahel earth moon mars jupiter saturn region
border'''.split())
LOC_ONLY = {'middle', 'east', 'west', 'north', 'south', 'america', 'persian',
            'border', 'region', 'africa', 'mount'}
FAC_WORDS = set('''airport bridge base square street avenue road highway
palace stadium prison hospital university school church mosque cathedral
temple embassy port harbor dam tower building center centre checkpoint
crossing camp museum park plant station pipeline reactor'''.split())
MONTHS = set('''january february march april may june july august september
october november december monday tuesday wednesday thursday friday saturday
sunday jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. yesterday
today tomorrow'''.split())


def place(words):
    """GPE, LOC or FAC by the words of a place's name."""
    low = [w.lower() for w in words]
    if low[-1] in FAC_WORDS and len(low) > 1:
        return 'FAC'
    if len(low) == 1:
        loc = low[0] in LOC_WORDS and low[0] not in {'jordan'}
    else:
        loc = (any(w in LOC_WORDS - LOC_ONLY for w in low)
               or low[0] in ('middle', 'mount', 'western', 'eastern',
                             'northern', 'southern', 'central', 'latin')
               or set(low) <= LOC_WORDS
               or (low[-1] in ('africa', 'asia', 'europe', 'america',
                               'region', 'border') and low[0] != 'south'))
    return 'LOC' if loc else 'GPE'


def spans(tags):
    """(begin, end, kind) of BIO or IOB tags."""
    found, begin = [], None
    for i, tag in enumerate([*tags, 'O']):
        mark, _, kind = tag.partition('-')
        if begin is not None and (mark != 'I' or kind != found_kind):
            found.append((begin, i, found_kind))
            begin = None
        if mark != 'O' and begin is None:
            begin, found_kind = i, kind
    return found


def write(sentences, ignore):
    out = sys.stdout
    out.write(f'# ignore {ignore}\n\n')
    for words, found in sentences:
        labels = ['O'] * len(words)
        for a, b, kind in found:
            for i in range(a, b):
                labels[i] = '?' if kind == '?' else \
                    ('B-' if i == a else 'I-') + kind
        for word, label in zip(words, labels):
            if word.strip():
                out.write(f'{word}\t{label}\n')
        out.write('\n')


def person(words, a, b):
    """The name without titles before it."""
    titled = False
    while a < b and (words[a].lower() in TITLES
                     or (titled and words[a].lower() in MORE_TITLES)):
        a += 1
        titled = True
    return a, b


def gmb(path):
    sentences, words, tags, poses = [], [], [], []
    with open(path, encoding='utf-8', errors='replace', newline='') as file:
        for row in csv.reader(file):
            if len(row) < 4 or row[3] == 'Tag':
                continue
            if row[0] and words:
                sentences.append((words, poses, tags))
                words, poses, tags = [], [], []
            words.append(row[1].replace('\x92', '\u2019'))
            poses.append(row[2])
            tags.append(row[3])
    sentences.append((words, poses, tags))
    votes = collections.defaultdict(collections.Counter)
    for words, poses, tags in sentences:
        for a, b, kind in spans(tags):
            votes[' '.join(words[a:b])][kind] += 1

    def kind_of(words, poses, a, b, kind):
        name = ' '.join(words[a:b])
        low = name.lower()
        if low in PEOPLES:
            return 'NORP'
        if name in ('US', 'U.S.', 'USA', 'UK', 'U.K.'):
            return 'GPE'
        vote = votes[name]
        top, times = vote.most_common(1)[0]
        if times >= 5 and times >= .6 * sum(vote.values()):
            kind = top
        elif kind == 'org' and vote['geo'] + vote['gpe'] >= 3 \
                and vote['geo'] + vote['gpe'] >= .4 * sum(vote.values()):
            kind = 'geo'
        if kind == 'gpe':
            if all(p in ('NNP', 'NN') for p in poses[a:b]) and (
                    vote['geo'] * 5 >= vote['gpe']
                    or not re.search(r'(an|ese|ish|i|ch|ian|s)$', low)):
                return place(words[a:b])
            return 'NORP'
        if kind == 'geo':
            return place(words[a:b])
        if kind == 'tim':
            inner = {w.lower() for w in words[a:b]}
            return 'DATE' if inner & MONTHS or any(
                re.fullmatch(r'(1[89]|20)\d\d', w) for w in inner) else None
        return {'org': 'ORG', 'per': 'PERSON', 'eve': 'EVENT'}.get(kind,
                                                                   'MISC')

    for words, poses, tags in sentences:
        found = []
        for a, b, kind in spans(tags):
            kind = kind_of(words, poses, a, b, kind)
            if kind == 'PERSON':
                a, b = person(words, a, b)
            if kind and a < b:
                found.append((a, b, kind))
        # An abbreviation beside a name continues it: "North Korea".
        yield words, found


def columns(path, separator):
    words, tags = [], []
    with open(path, encoding='utf-8') as file:
        for line in [*file, '']:
            cells = line.rstrip('\n').split(separator)
            if len(cells) >= 2 and cells[0]:
                words.append(cells[0])
                tags.append(cells[-1])
            elif words:
                yield words, tags
                words, tags = [], []


def wikigold(path):
    for words, tags in columns(path, ' '):
        found = []
        for a, b, kind in spans(tags):
            kind = {'PER': 'PERSON', 'ORG': 'ORG', 'MISC': '?'}.get(
                kind, place(words[a:b]))
            if kind == '?' and b - a == 1 and (
                    words[a].lower() in PEOPLES
                    or re.search(r'[a-z](ian|ish|ese|ans|ians)$', words[a])):
                kind = 'NORP'
            found.append((a, b, kind))
        yield words, found


CROSSNER = dict(
    person='PERSON', politician='PERSON', writer='PERSON',
    musicalartist='PERSON', scientist='PERSON', researcher='PERSON',
    organisation='ORG', politicalparty='ORG', band='ORG', university='ORG',
    country='GPE', election='EVENT', event='EVENT', conference='EVENT')


def crossner(path):
    for words, tags in columns(path, '\t'):
        found = []
        for a, b, kind in spans(tags):
            if kind == 'location':
                kind = place(words[a:b])
            elif kind == 'misc' and b - a == 1 and re.search(
                    r'[a-z](ian|ish|ese|ans|ians|can|ch)$', words[a]):
                kind = 'NORP'
            else:
                kind = CROSSNER.get(kind, '?')
            found.append((a, b, kind))
        yield words, found


RE3D = dict(Organisation='ORG', Person='PERSON', Nationality='NORP')


def re3d(folder):
    def load(name):
        with open(os.path.join(folder, name), encoding='utf-8') as file:
            return [json.loads(line) for line in file if line.strip()]

    entities = collections.defaultdict(list)
    for e in load('entities.json'):
        if e['type'] in ('Location', *RE3D):
            entities[e['documentId']].append((e['begin'], e['end'],
                                              e['type']))
    for doc in load('documents.json'):
        for m in re.finditer(r'[^\n]+?(?:[.!?](?=\s|$)|\n|$)', doc['text']):
            tokens = [(t.start() + m.start(), t.end() + m.start())
                      for t in re.finditer(r"\w+(?:['’.]\w+)*|[^\w\s]",
                                           m.group())]
            words = [doc['text'][a:b] for a, b in tokens]
            found, used = [], set()
            for begin, end, kind in sorted(
                    entities[doc['_id']], key=lambda e: (e[0] - e[1], e)):
                inside = [i for i, (a, b) in enumerate(tokens)
                          if a >= begin and b <= end]
                if not inside or used & set(inside):
                    continue
                a, b = inside[0], inside[-1] + 1
                while a < b and words[a].lower() in ('the', 'a', 'an'):
                    a += 1
                if kind == 'Location':
                    kind = place(words[a:b]) if a < b else '?'
                else:
                    kind = RE3D[kind]
                if kind == 'PERSON':
                    a, b = person(words, a, b)
                if a == b or not all(
                        w[0].isupper() or w in ("'s", 'of', 'the', 'and',
                                                'for', 'al', '-', '’')
                        for w in words[a:b]) or (
                            kind == 'PERSON' and {'of', 'for', 'the'}
                            & set(words[a:b])):
                    kind = '?'
                used |= set(inside)
                if a < b:
                    found.append((a, b, kind))
            if words:
                yield words, sorted(found)


def main(data):
    base = os.path.join(data, 'entities')
    write(gmb(os.path.join(base, 'gmb_train.csv')), 'FAC MISC')
    rest = 'DATE MONEY NORP EVENT MISC FAC'
    write(wikigold(os.path.join(
        base, 'wikigold/data/wikigold/CONLL-format/data/wikigold.conll.txt')),
        rest)
    for path in sorted(glob.glob(os.path.join(base, 'crossner/*/*.txt'))):
        write(crossner(path), 'DATE MONEY NORP MISC FAC')
    for path in sorted(glob.glob(os.path.join(base, 're3d/*/documents.json'))):
        write(re3d(os.path.dirname(path)), rest)


if __name__ == '__main__':
    main(sys.argv[1])
