#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Semantic roles against PropBank: heads of arguments with their labels.

Usage: roles.py [--json] [--raw] PROGRAM GOLD.jsonl TREEBANK.conllu

GOLD is what train/roles.py writes; TREEBANK has the same sentences. Only
sentences of GOLD count. The program gets the treebank's sentences and
tokens (nothing else of it) and the gold predicates, marked Predicate=Yes in
MISC. An argument is right when predicate, head and label are.

With --raw the program gets the plain text, a document at once, and finds
predicates itself; words are compared by their place in the text. Then
predicates.* tell how many it found, and an argument of a predicate that is
none counts as wrong.

Figures: precision, recall, f1 over all arguments; unlabelled.f1 (heads
alone); core.f1 (ARG0-ARG5); verbs.f1, nouns.f1, adjectives.f1 (kind of
predicate; not with --raw); f1.LABEL. Relative pronouns that repeat an
argument (R-...) are left out. Standard library only.
"""
import collections
import json
import subprocess
import sys
import tempfile

KINDS = {'v': 'verbs', 'n': 'nouns', 'j': 'adjectives'}


def blocks(path):
    """A CoNLL-U file's sentences: (sent_id, starts document, starts
    paragraph, lines of tokens)."""
    with open(path, encoding='utf-8') as file:
        for block in file.read().split('\n\n'):
            lines = [line for line in block.split('\n') if line]
            if not lines:
                continue
            name = next(line[12:] for line in lines
                        if line.startswith('# sent_id = '))
            yield (name,
                   any(line.startswith('# newdoc') for line in lines),
                   any(line.startswith('# newpar') for line in lines),
                   [line.split('\t') for line in lines if line[0] != '#'])


def read_gold(path):
    """sent_id → {predicate: (kind, {(head, label)})}"""
    out = {}
    with open(path, encoding='utf-8') as file:
        for line in file:
            sent = json.loads(line)
            out[sent['sent_id']] = {
                p['token']: (p['pos'], {(j, label)
                                        for j, label in p['arguments']
                                        if not label.startswith('R-')})
                for p in sent['predicates']}
    return out


class Count:
    """Right, found and wanted arguments by figure."""

    def __init__(self):
        self.right = collections.Counter()
        self.found = collections.Counter()
        self.wanted = collections.Counter()

    def add(self, found, wanted, kinds=()):
        """Sets of (predicate, head, label)."""
        for counter, items in ((self.right, found & wanted),
                               (self.found, found),
                               (self.wanted, wanted)):
            for _, _, label in items:
                counter.update(['f1', 'f1.' + label, *kinds])
                if not label.startswith('ARGM'):
                    counter['core.f1'] += 1
        bare = [{x[:2] for x in items} for items in (found, wanted)]
        self.plain('unlabelled.f1', *bare)

    def plain(self, name, found, wanted):
        self.right[name] += len(found & wanted)
        self.found[name] += len(found)
        self.wanted[name] += len(wanted)

    def figures(self):
        out = {}
        if self.found['f1']:
            out['precision'] = self.right['f1'] / self.found['f1']
        if self.wanted['f1']:
            out['recall'] = self.right['f1'] / self.wanted['f1']
        for name in sorted(self.wanted, key=lambda n: -self.wanted[n]):
            both = self.found[name] + self.wanted[name]
            out[name] = 2 * self.right[name] / both
        return out


def ask_tokens(program, gold, treebank):
    """The program's roles for given tokens: sent_id → {predicate: {(head,
    label)}}."""
    with tempfile.NamedTemporaryFile('w', suffix='.conllu',
                                     encoding='utf-8') as file:
        for name, document, paragraph, lines in blocks(treebank):
            file.write('# newdoc\n' * document + '# newpar\n' * paragraph
                       + f'# sent_id = {name}\n')
            for f in lines:
                misc = [m for m in f[9].split('|') if m == 'SpaceAfter=No']
                if f[0].isdigit() and int(f[0]) - 1 in gold.get(name, ()):
                    misc.append('Predicate=Yes')
                if '.' not in f[0]:
                    word = ('_', '_', '0') if f[0].isdigit() else '___'
                    file.write('\t'.join([
                        f[0], f[1], '_', *word[:2], '_', word[2], '_', '_',
                        '|'.join(misc) or '_']) + '\n')
            file.write('\n')
        file.flush()
        answer = subprocess.run(
            [program, 'stage', 'parse', '--input', 'conllu', '--format',
             'conllu', file.name], capture_output=True, check=True)
    out = {}
    with tempfile.NamedTemporaryFile('wb') as file:
        file.write(answer.stdout)
        file.flush()
        for name, _, _, lines in blocks(file.name):
            out[name] = {}
            for f in lines:
                misc = dict(m.partition('=')[::2] for m in f[9].split('|'))
                if 'Predicate' in misc:
                    pairs = [a.split(':', 1) for a in
                             misc.get('Arguments', '').split(',') if a]
                    out[name][int(f[0]) - 1] = {(int(j) - 1, label)
                                                for j, label in pairs}
    return out


def score_tokens(program, gold, treebank):
    count, lost = Count(), 0
    answers = ask_tokens(program, gold, treebank)
    for name, predicates in gold.items():
        lost += name not in answers
        for p, (kind, wanted) in predicates.items():
            found = answers.get(name, {}).get(p, set())
            count.add({(p, *a) for a in found}, {(p, *a) for a in wanted},
                      [KINDS[kind] + '.f1'])
    return dict(count.figures(), lost=lost)


def texts(treebank):
    """Documents as (text, [(sent_id, [byte span of each word])])."""
    out = []
    for name, document, paragraph, lines in blocks(treebank):
        if document or not out:
            out.append((bytearray(), []))
        text, sents = out[-1]
        if paragraph and text:
            text[:] = text.rstrip() + b'\n'
        spans, last, at = [], 0, 0
        for f in lines:
            form = f[1].encode()
            if '-' in f[0]:         # its words stand in it, one by one
                last, at = int(f[0].split('-')[1]), len(text)
                text += form
                text += b'' if 'SpaceAfter=No' in f[9] else b' '
            elif '.' not in f[0]:
                if int(f[0]) > last:
                    at = len(text)
                    text += form
                    text += b'' if 'SpaceAfter=No' in f[9] else b' '
                spans.append((at, at + len(form)))
                at += len(form)
        sents.append((name, spans))
    return out


def score_raw(program, gold, treebank):
    count = Count()
    docs = texts(treebank)
    lines = [json.dumps({'id': str(i), 'text': text.decode()})
             for i, (text, _) in enumerate(docs)]
    answer = subprocess.run([program, 'stage', 'parse'],
                            input='\n'.join(lines).encode() + b'\n',
                            capture_output=True, check=True)
    for (_, sents), line in zip(docs, answer.stdout.splitlines()):
        found, marked, wanted, sought = set(), set(), set(), set()
        inside = set()      # bytes of the sentences that count
        for name, spans in sents:
            if name not in gold:
                continue
            inside.update(range(spans[0][0], spans[-1][1]))
            for p, (_, arguments) in gold[name].items():
                sought.add(spans[p])
                wanted.update((spans[p], spans[j], label)
                              for j, label in arguments)
        for p in json.loads(line)['predicates']:
            place = p['start'], p['end']
            if place[0] in inside:
                marked.add(place)
                found.update((place, (a['start'], a['end']), a['label'])
                             for a in p['arguments'])
        count.add(found, wanted)
        count.plain('predicates.f1', marked, sought)
    return count.figures()


def main(args):
    flags = {a for a in args if a.startswith('--')}
    args = [a for a in args if not a.startswith('--')]
    if len(args) != 3 or flags - {'--json', '--raw'}:
        sys.exit(__doc__)
    score = score_raw if '--raw' in flags else score_tokens
    figures = score(args[0], read_gold(args[1]), args[2])
    if '--json' in flags:
        print(json.dumps({'figures': figures}))
        return
    for name, value in figures.items():
        print(f'{name} {value:.4f}')


if __name__ == '__main__':
    main(sys.argv[1:])
