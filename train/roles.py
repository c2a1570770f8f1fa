#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""PropBank roles over a UD treebank as head tokens, a JSON line a sentence.

Usage: roles.py PROPBANK [TREEBANK.conllu OUT.jsonl]...

PROPBANK is the folder with the English Web Treebank's part of PropBank 3:
GENRE/.../NAME.xml.gold_skel, a line a token, words masked: document,
sentence, token, word, tag, constituents, lemma, roleset, then a column of
bracketed spans for each predicate in order. There are no traces. TREEBANK is
UD English EWT; its document "GENRE-NAME" is that file.

Joining. UD kept PropBank's tokens and sentences but for some repairs, so the
sentences of a document are aligned in order by their length. A sentence
whose length differs, or whose tags differ in more than a third of the words,
is left out: absent, not empty. Multiword ranges and empty nodes of UD are no
words. Sentences of a document without any predicate are left out when
it has verbs (it was not annotated).

A line:
    {"sent_id": ..., "n": words, "predicates": [{"token": i, "roleset":
     "say.01", "pos": "v|n|j", "arguments": [[j, "ARG0"], ...]}]}
with tokens counted from 0, predicates and arguments sorted.

- A span becomes one head: of its words whose UD head lies outside of it, the
  one highest in the tree, then leftmost, punctuation only when there is
  nothing else. The predicate itself is no argument.
- A continued argument (C-ARG1 of ARG1) is joined to the nearest piece of the
  same label first, so one head speaks for all pieces. C-V is dropped.
- R-ARG0 ..., relative pronouns that repeat an argument, are kept as such:
  who wants none drops the labels that begin with "R-". -DSP (the part that
  is direct speech) is cut off the label.
- Auxiliaries (UD: aux, aux:pass; PropBank gives them rolesets without
  arguments) are no predicates. The copula and light verbs ("make.LV") are.
- pos is the tag's: n NN*, j JJ*, v otherwise.

Standard library only.
"""
import collections
import difflib
import json
import os
import re
import sys

ARG = 8                 # first column of arguments
SUFFIX = '.xml.gold_skel'
PIECE = re.compile(r'\(([^()*]+)|\)')


class Sentence:
    def __init__(self, name):
        self.name = name
        self.tags, self.heads, self.rels, self.pos = [], [], [], []

    def __len__(self):
        return len(self.tags)

    def depth(self, i):
        n = 0
        while self.heads[i] >= 0 and n <= len(self):
            i, n = self.heads[i], n + 1
        return n


def treebank(path):
    """Documents of a CoNLL-U file: name → [Sentence]."""
    docs, doc, sent, name = collections.OrderedDict(), None, None, ''
    with open(path, encoding='utf-8') as file:
        for line in file:
            line = line.rstrip('\n')
            if line.startswith('# newdoc id = '):
                doc = docs.setdefault(line[14:].strip(), [])
            elif line.startswith('# sent_id = '):
                name = line[12:].strip()
            elif not line:
                sent = None
            elif line[0] != '#':
                f = line.split('\t')
                if not f[0].isdigit():
                    continue
                if sent is None:
                    sent = Sentence(name)
                    doc.append(sent)
                sent.tags.append(f[4])
                sent.pos.append(f[3])
                sent.heads.append(int(f[6]) - 1)
                sent.rels.append(f[7])
    return docs


def propbank(folder):
    """Files of PropBank: "GENRE-NAME" → path."""
    out = {}
    for where, _, names in os.walk(folder):
        genre = os.path.relpath(where, folder).split(os.sep)[0]
        for name in names:
            if name.endswith(SUFFIX):
                out[genre + '-' + name[:-len(SUFFIX)]] = os.path.join(where,
                                                                      name)
    return out


def rows(path):
    """Sentences of a PropBank file: lists of rows of fields."""
    with open(path, encoding='utf-8') as file:
        blocks = file.read().split('\n\n')
    out = [[line.split() for line in block.splitlines() if line.strip()]
           for block in blocks]
    return [sent for sent in out if sent]


def spans(sent, column):
    """[(label, set of words)] of one predicate's column."""
    out, stack = [], []
    for i, row in enumerate(sent):
        for m in PIECE.finditer(row[column]):
            if m.group(1):
                stack.append((m.group(1), i))
            elif stack:
                label, begin = stack.pop()
                out.append((label, set(range(begin, i + 1))))
    return sorted(out, key=lambda s: min(s[1]))


def joined(pieces):
    """Pieces with continued arguments put together; no predicate."""
    out = [[label.replace('-DSP', ''), words] for label, words in pieces
           if label != 'V' and not label.startswith('C-')]
    for label, words in pieces:
        if not label.startswith('C-') or label == 'C-V':
            continue
        base = label[2:].replace('-DSP', '')
        same = [p for p in out if p[0] == base]
        if same:
            near = min(same, key=lambda p: min(abs(a - b) for a in p[1]
                                               for b in words))
            near[1] |= words
        else:
            out.append([base, set(words)])
    return out


def head(ud, words, predicate):
    """The word that stands for the span, or None."""
    tops = [w for w in words if w != predicate and ud.heads[w] not in words]
    if not tops:    # the predicate is the span's only top
        tops = [w for w in words if ud.heads[w] == predicate]
    tops = [w for w in tops if ud.pos[w] != 'PUNCT'] or tops
    return min(tops, key=lambda w: (ud.depth(w), w)) if tops else None


def kind(tag):
    return {'NN': 'n', 'JJ': 'j'}.get(tag[:2], 'v')


def predicates(ud, sent):
    out, column = [], ARG
    for i, row in enumerate(sent):
        if row[7] == '-':
            continue
        pieces = spans(sent, column)
        column += 1
        if not any(label in ('V', 'C-V') and i in words
                   for label, words in pieces):
            raise ValueError('%s: column %d is not that of word %d'
                             % (ud.name, column - 1, i))
        if ud.rels[i] in ('aux', 'aux:pass'):
            continue
        found = {}
        for label, words in joined(pieces):
            top = head(ud, words, i)
            if top is not None:
                found.setdefault(top, label)
        out.append({'token': i, 'roleset': row[7], 'pos': kind(row[4]),
                    'arguments': sorted(found.items())})
    return out


def aligned(ud, pb):
    """Pairs of sentences of a document that have the same words."""
    match = difflib.SequenceMatcher(None, [len(s) for s in ud],
                                    [len(s) for s in pb], False)
    for a, b, size in match.get_matching_blocks():
        for x, y in zip(ud[a:a + size], pb[b:b + size]):
            other = sum(t != row[4] for t, row in zip(x.tags, y))
            if 3 * other <= len(x):
                yield x, y


def is_annotated(sents):
    verbs = sum(row[4].startswith('VB') for sent in sents for row in sent)
    marked = sum(row[7] != '-' for sent in sents for row in sent)
    return marked or not verbs


def join(docs, files, out):
    count = collections.Counter()
    labels = collections.Counter()
    for name, ud in docs.items():
        count['documents'] += 1
        count['sentences'] += len(ud)
        count['words'] += sum(map(len, ud))
        pb = rows(files[name]) if name in files else []
        if not pb or not is_annotated(pb):
            continue
        count['documents joined'] += 1
        for sent, table in aligned(ud, pb):
            found = predicates(sent, table)
            count['sentences joined'] += 1
            count['words joined'] += len(sent)
            count['predicates'] += len(found)
            for p in found:
                count['predicates ' + p['pos']] += 1
                labels.update(label for _, label in p['arguments'])
            out.write(json.dumps({'sent_id': sent.name, 'n': len(sent),
                                  'predicates': found}) + '\n')
    return count, labels


def main(args):
    if len(args) < 3 or len(args) % 2 == 0:
        sys.exit(__doc__)
    files = propbank(args[0])
    for path, to in zip(args[1::2], args[2::2]):
        with open(to, 'w', encoding='utf-8') as out:
            count, labels = join(treebank(path), files, out)
        print(to)
        for name, n in count.items():
            print('  %-18s %d' % (name, n))
        print('  ' + ', '.join('%s %d' % x for x in labels.most_common()))


if __name__ == '__main__':
    main(sys.argv[1:])
