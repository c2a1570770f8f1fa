# SPDX-License-Identifier: Apache-2.0
"""Treebanks, roles and entity sets as sentences of numbers.

    corpus.py WORK      reads WORK/data (as ../README.md describes it),
                        WORK/names (entities.py) and WORK/roles.*.jsonl
                        (roles.py); writes WORK/corpus.pickle

A sentence has words, and for each of them what its set labels: UPOS, XPOS,
FEATS, head (0: root, else 1 + index), relation, entity class; or None. Of
entity classes UNKNOWN says nothing is known, OUTSIDE that the word is outside
or in a name of a kind that its set never labels. The last twentieth of the large entity set is kept from training, as are the
treebanks' dev parts: both are only measured.
"""
import json
import os
import pickle
import re
import sys
from collections import Counter

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
from entities import person, place  # noqa: E402

KINDS = 'PERSON ORG GPE LOC FAC NORP EVENT DATE MONEY MISC'.split()
ENTITY_CLASSES = 1 + 4 * len(KINDS)     # outside, then begin in last unit
RARE_FEATS, RARE_ROLE = 5, 100          # seen less often: not a class
UNKNOWN, OUTSIDE = -1, -2
DAYS = {'today', 'yesterday', 'tomorrow', 'tonight'}
CLOSED = set('PRON DET ADP AUX CCONJ SCONJ PART ADV VERB INTJ'.split())
LONGEST = 200                           # words; longer entity lines are left out


class Sentence:
    __slots__ = ('words', 'upos', 'xpos', 'feats', 'head', 'deprel',
                 'entity', 'unlabelled', 'predicates')

    def __init__(self, words, **layers):
        self.words = words
        for name in self.__slots__[1:]:
            setattr(self, name, layers.get(name))


def conllu(path):
    """(sent_id, rows of columns) of each sentence; words only."""
    name, rows = None, []
    with open(path, encoding='utf-8') as file:
        for line in [*file, '\n']:
            line = line.rstrip('\n')
            if line.startswith('# sent_id'):
                name = line.partition('=')[2].strip()
            elif line and line[0] != '#':
                columns = line.split('\t')
                if columns[0].isdigit():
                    rows.append(columns)
            elif not line and rows:
                yield name, rows
                rows = []


def bilou(labels):
    """BIO labels to classes; "?" is unknown, "-" outside but see OUTSIDE."""
    out, i = [], 0
    while i < len(labels):
        if labels[i] in ('O', '?', '-'):
            out.append({'O': 0, '?': UNKNOWN, '-': OUTSIDE}[labels[i]])
            i += 1
            continue
        kind, end = labels[i][2:], i + 1
        while end < len(labels) and labels[end] == 'I-' + kind:
            end += 1
        first, n = 1 + 4 * KINDS.index(kind), end - i
        out += [first + 3] if n == 1 else \
            [first, *[first + 1] * (n - 2), first + 2]
        i = end
    return out


def closed_class(banks):
    """Words that the treebanks use, nearly always, as no part of a name."""
    total, closed = Counter(), Counter()
    for bank in ('ewt', 'gum'):
        for _, rows in banks[bank]:
            for row in rows:
                total[row[1].lower()] += 1
                closed[row[1].lower()] += row[3] in CLOSED
    return {w for w, n in total.items() if closed[w] > .9 * n}


def named(words, labels, closed):
    """A pronoun is no name; where a name may be unlabelled is "-"."""
    out = []
    for word, label, after in zip(words, labels, [*labels[1:], 'O']):
        if word.lower() in closed and label[0] == 'B' and after[0] != 'I':
            label = 'O'
        elif label == 'O' and word[0].isupper() \
                and word.lower() not in closed:
            label = '-'
        out.append(label)
    return out


def names(path, closed):
    """Sentences of a file that entities.py made, set by set. Only a word with
    a capital may be in a name that the set left unlabelled."""
    sets, words, labels, unlabelled = [], [], [], ()
    with open(path, encoding='utf-8') as file:
        for line in [*file, '\n']:
            line = line.rstrip('\n')
            if line.startswith('# ignore'):
                unlabelled = tuple(KINDS.index(k) for k in line.split()[2:])
                sets.append([])
            elif line:
                word, label = line.rsplit('\t', 1)
                words.append(word)
                labels.append(label)
            elif words:
                labels = named(words, labels, closed)
                if len(words) < LONGEST:
                    sets[-1].append(Sentence(words, entity=bilou(labels),
                                             unlabelled=unlabelled))
                words, labels = [], []
    return sets


def roles(path):
    with open(path, encoding='utf-8') as file:
        rows = (json.loads(line) for line in file)
        return {row['sent_id']: row for row in rows}


def told_entities(rows):
    """GUM's entities of a sentence: (begin, end, type, first and last word of
    the shortest span), from `Entity=` in MISC; crossing ones are left out."""
    found, open_ = [], []
    for i, row in enumerate(rows):
        told = re.search(r'(?:^|\|)Entity=([^|]*)', row[9])
        for mark in re.findall(r'\([^()]+\)?|[^()]*\)',
                               told[1] if told else ''):
            if mark[0] == '(':
                open_.append((i, mark.strip('()').split('-')))
            if mark[-1] == ')' and open_:
                begin, fields = open_.pop()
                core = [int(n) - 1 for n in re.findall(r'\d+', fields[5])] \
                    if len(fields) > 5 else []
                if core and begin + core[-1] <= i:
                    found.append((begin, i + 1, fields[1], begin + core[0],
                                  begin + core[-1] + 1))
    return found


def name_labels(rows):
    """BIO labels of a treebank's sentence. What is surely no name is O; names
    are labelled where the treebank has entities, else unknown."""
    labels = ['?' if row[3] in ('PROPN', 'NUM', 'SYM', 'X')
              or row[1][0].isupper() and row[3] not in CLOSED
              or row[1].lower() in DAYS else 'O' for row in rows]
    free = [True] * len(rows)
    for begin, end, kind, a, b in sorted(told_entities(rows),
                                         key=lambda e: e[0] - e[1]):
        words = [row[1] for row in rows]
        kind = {'person': 'PERSON', 'organization': 'ORG', 'event': 'EVENT',
                'place': 'place'}.get(kind)
        if kind == 'PERSON':
            a, b = person(words, a, b)
        if not kind or a >= b or rows[a][3] != 'PROPN' \
                or rows[b - 1][3] not in ('PROPN', 'NUM') \
                or not all(free[a:b]):
            continue
        kind = place(words[a:b]) if kind == 'place' else kind
        labels[a:b] = ['B-' + kind] + ['I-' + kind] * (b - a - 1)
        free[a:b] = [False] * (b - a)
    return labels


def classes(banks, role_rows):
    """The names of all classes, from the training parts."""
    rows = [row for bank in ('ewt', 'gum') for _, s in banks[bank]
            for row in s]
    often = Counter(row[5] for row in rows).most_common()
    told = Counter(label for row in role_rows.values()
                   for p in row['predicates'] for _, label in p['arguments'])
    return {'upos': sorted({row[3] for row in rows}),
            'xpos': sorted({row[4] for row in rows}),
            'feats': [f for f, n in sorted(often, key=lambda x: (-x[1], x))
                      if n >= RARE_FEATS],
            'deprel': sorted({row[7] for row in rows}),
            'entity': KINDS,
            'roles': ['_', *(r for r, n in sorted(
                told.items(), key=lambda x: (-x[1], x)) if n >= RARE_ROLE)]}


def sentence(name, rows, number, role_rows):
    layers = {layer: [number[layer].get(row[c], 0) for row in rows]
              for layer, c in (('upos', 3), ('xpos', 4), ('feats', 5),
                               ('deprel', 7))}
    told = role_rows.get(name)
    if told and told['n'] == len(rows):
        layers['predicates'] = [
            (p['token'], [(token, number['roles'][label])
                          for token, label in p['arguments']
                          if label in number['roles']])
            for p in told['predicates']]
    return Sentence([row[1] for row in rows],
                    entity=bilou(name_labels(rows)),
                    head=[int(row[6]) for row in rows], **layers)


def main(work):
    at = {bank + part: os.path.join(work, 'data/parse', bank,
                                    (part[1:] or 'train') + '.conllu')
          for bank in ('ewt', 'gum') for part in ('', '_dev')}
    banks = {name: list(conllu(path)) for name, path in at.items()}
    role_rows = {'ewt': roles(os.path.join(work, 'roles.train.jsonl')),
                 'ewt_dev': roles(os.path.join(work, 'roles.dev.jsonl'))}
    vocabulary = classes(banks, role_rows['ewt'])
    number = {layer: {name: i for i, name in enumerate(values)}
              for layer, values in vocabulary.items()}
    sets = {name: [sentence(id_, rows, number, role_rows.get(name, {}))
                   for id_, rows in bank] for name, bank in banks.items()}
    press, *others = names(os.path.join(work, 'names'), closed_class(banks))
    kept = len(press) * 95 // 100
    sets |= {'press': press[:kept], 'press_dev': press[kept:],
             'names': [s for other in others for s in other]}
    with open(os.path.join(work, 'corpus.pickle'), 'wb') as file:
        pickle.dump((sets, vocabulary), file, protocol=4)
    for name, found in sets.items():
        print(f'{name}: {len(found)} sentences, '
              f'{sum(len(s.words) for s in found)} words')


if __name__ == '__main__':
    import corpus   # the pickle must name this module, not __main__
    corpus.main(sys.argv[1])
