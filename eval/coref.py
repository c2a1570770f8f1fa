#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Coreference against CoNLL-U with `Entity=` brackets (GUM), from raw text.

Usage: coref.py [--only PART] [--run COMMAND] [--json] [--errors] FILE...
       coref.py --text FILE...     the documents as JSON Lines with their gold
       coref.py --test             checks the measures by hand-made examples

Each `# newdoc` becomes one text (a paragraph break is an empty line), which
COMMAND (default: build/dateline stage parse) answers with `references`:
[{start, end, head: [start, end], chain}]. Two mentions are the same when
their spans hold the same characters, white space left out. Of a mention in
pieces the whole range counts. --only keeps documents whose id holds PART.

Figures: `mentions`, precision, recall and F1 of the spans; MUC, B-cubed and
CEAF-e (entity similarity 2|K&R| / (|K|+|R|), best assignment), and `conll`,
the mean of their F1: with singletons as the corpus marks them, and
(`chains.`) without those of either side. Counts are summed over documents.

`pronouns`: of the third-person pronouns that are subjects in the gold tree
and whose gold chain has a mention that is no pronoun, the share that are
`right`: found as a mention, and the nearest mention of their chain that is
no pronoun, before them or else behind, is in the gold chain (as the same
span, or one with the same head word). `sources`: the same over active
subjects of a verb that mostly or always is a saying: strength 2 or 3 in
data/lang/en/reporting-verbs.txt.
"""
import argparse
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
THIRD = set('he she they it'.split())
PRONOUNS = set('''i me my mine myself we us our ours ourselves you your yours
yourself yourselves he him his himself she her hers herself it its itself they
them their theirs themselves who whom whose which that this these those one
another each other there what'''.split())


class Document:
    """Text, tokens (form, span, head, deprel, lemma), gold mentions."""

    def __init__(self, name):
        self.id, self.text = name, ''
        self.tokens, self.mentions, self.open = [], [], []

    def add(self, lines, new_paragraph):
        if new_paragraph and self.text:
            self.text = self.text.rstrip() + '\n\n'
        first, skip, glued = len(self.tokens), 0, False
        for columns in lines:
            number = columns[0]
            if '-' in number:       # its words spell it out in turn
                skip = int(number.split('-')[1])
                glued = 'SpaceAfter=No' in columns[9]
                continue
            if '.' in number:
                continue
            start = len(self.text)
            self.text += columns[1]
            head = int(columns[6])
            self.tokens.append(dict(
                form=columns[1], lemma=columns[2], upos=columns[3],
                span=(start, len(self.text)), deprel=columns[7],
                head=first + head - 1 if head else None))
            inside = int(number) < skip
            if not (inside or (glued if int(number) == skip
                               else 'SpaceAfter=No' in columns[9])):
                self.text += ' '
            entity = re.search(r'(?:^|\|)Entity=([^|]*)', columns[9])
            if entity:
                self.brackets(entity[1], len(self.tokens) - 1)

    def brackets(self, text, token):
        for part in re.findall(r'\([^()]+\)?|[^()]+\)', text):
            name = part.strip('()').split('-')[0]
            piece = re.fullmatch(r'(.*)\[(\d+)/(\d+)\]', name)
            chain = piece[1] if piece else name
            if part.startswith('('):
                if not piece or piece[2] == '1':
                    self.open.append((chain, token))
            if part.endswith(')') and (not piece or piece[2] == piece[3]):
                for k in range(len(self.open) - 1, -1, -1):
                    if self.open[k][0] == chain:
                        first = self.open.pop(k)[1]
                        self.mentions.append((first, token + 1, chain))
                        break

    def close(self):
        self.text = self.text.rstrip()
        solid, seen = [], 0
        for c in self.text:
            solid.append(seen)
            seen += not c.isspace()
        self.solid = solid + [seen]
        self.bytes, at = {}, 0
        for k, c in enumerate(self.text):
            self.bytes[at] = k
            at += len(c.encode())
        self.bytes[at] = len(self.text)
        return self

    def solid_span(self, start, end):
        return self.solid[start], self.solid[end]

    def gold(self):
        """{solid span: (chain, head token)}; of equal spans the first."""
        found = {}
        for begin, end, chain in self.mentions:
            span = self.solid_span(self.tokens[begin]['span'][0],
                                   self.tokens[end - 1]['span'][1])
            heads = [k for k in range(begin, end)
                     if self.tokens[k]['head'] is None
                     or not begin <= self.tokens[k]['head'] < end]
            found.setdefault(span, (chain, heads[0]))
        return found

    def answer(self, line):
        """{solid span: (chain, solid head)} of the program's answer."""
        found = {}
        for r in line.get('references', []):
            start, end = self.bytes.get(r['start']), self.bytes.get(r['end'])
            if start is None or end is None or start >= end:
                continue
            head = self.bytes.get(r.get('head', [r['start']])[0], start)
            found.setdefault(self.solid_span(start, end),
                             (r['chain'], self.solid[head]))
        return found


def read(paths):
    found = []
    for path in paths:
        document = None
        for block in re.split(r'\n\s*\n', Path(path).read_text('utf-8')):
            lines = block.strip('\n').split('\n')
            notes = [x for x in lines if x.startswith('#')]
            tokens = [x.split('\t') for x in lines
                      if x and not x.startswith('#')]
            new = [re.match(r'#\s*newdoc(?:\s+id\s*=\s*(.*))?', x)
                   for x in notes]
            new = next((m for m in new if m), None)
            if document is None or new:
                document = Document((new and new[1]) or str(len(found)))
                found.append(document)
            document.add(tokens, any(x.startswith('# newpar')
                                     and 'block' not in x for x in notes))
    return [d.close() for d in found if d.tokens]


def chains(mentions, singletons=True):
    """Sets of spans from {span: (chain, ...)}."""
    groups = defaultdict(set)
    for span, value in mentions.items():
        groups[value[0]].add(span)
    return [g for g in groups.values() if singletons or len(g) > 1]


def assign(weights):
    """The largest sum of one cell a row and column (Hungarian method, with
    potentials; rows are at most as many as columns)."""
    rows = len(weights)
    if not rows:
        return 0.0
    columns = len(weights[0])
    if rows > columns:
        return assign([list(c) for c in zip(*weights)])
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    match, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        match[0], column = row, 0
        least = [float('inf')] * (columns + 1)
        done = [False] * (columns + 1)
        while match[column]:
            done[column] = True
            r, delta, following = match[column], float('inf'), 0
            for c in range(1, columns + 1):
                if done[c]:
                    continue
                cost = -weights[r - 1][c - 1] - u[r] - v[c]
                if cost < least[c]:
                    least[c], way[c] = cost, column
                if least[c] < delta:
                    delta, following = least[c], c
            for c in range(columns + 1):
                if done[c]:
                    u[match[c]] += delta
                    v[c] -= delta
                else:
                    least[c] -= delta
            column = following
        while column:
            match[column] = match[way[column]]
            column = way[column]
    return sum(weights[match[c] - 1][c - 1]
               for c in range(1, columns + 1) if match[c])


def components(key, response):
    """Rows and columns that share mentions, each group by itself: the best
    assignment of the whole is that of its parts."""
    of = {m: k for k, group in enumerate(response) for m in group}
    links = defaultdict(set)
    for k, group in enumerate(key):
        for m in group & of.keys():
            links['k', k].add(('r', of[m]))
            links['r', of[m]].add(('k', k))
    left = set(links)
    for start in sorted(links):
        if start not in left:
            continue
        left.discard(start)
        group, queue = [start], [start]
        while queue:
            for node in links[queue.pop()]:
                if node in left:
                    left.discard(node)
                    group.append(node)
                    queue.append(node)
        yield ([key[n] for side, n in sorted(group) if side == 'k'],
               [response[n] for side, n in sorted(group) if side == 'r'])


def muc(key, response):
    """Recall: parts that `response` cuts each chain of `key` into."""
    of = {m: k for k, group in enumerate(response) for m in group}
    right = total = 0
    for group in key:
        parts = {of.get(m, ('alone', m)) for m in group}
        right += len(group) - len(parts)
        total += len(group) - 1
    return right, total


def b_cubed(key, response):
    of = {m: group for group in response for m in group}
    right = sum(len(group & of[m]) / len(group)
                for group in key for m in group if m in of)
    return right, sum(map(len, key))


def ceaf(key, response):
    """CEAF-e: similarity of the best assignment, and both sizes."""
    total = 0.0
    for some, others in components(key, response):
        total += assign([[2 * len(a & b) / (len(a) + len(b))
                          for b in others] for a in some])
    return total, len(key), len(response)


class Measure:
    """Sums of right, gold and answered over documents."""

    def __init__(self):
        self.sums = defaultdict(Counter)

    def add(self, name, right_p, answered, right_r, gold):
        self.sums[name].update(rp=right_p, p=answered, rr=right_r, r=gold)

    def chains(self, prefix, key, response):
        self.add(prefix + 'muc', *muc(response, key), *muc(key, response))
        self.add(prefix + 'b3', *b_cubed(response, key),
                 *b_cubed(key, response))
        same, gold, answered = ceaf(key, response)
        self.add(prefix + 'ceafe', same, answered, same, gold)

    def figures(self):
        found = {}
        for name, c in self.sums.items():
            p = c['rp'] / c['p'] if c['p'] else 0.0
            r = c['rr'] / c['r'] if c['r'] else 0.0
            f = 2 * p * r / (p + r) if p + r else 0.0
            found.update({f'{name}_precision': p, f'{name}_recall': r,
                          f'{name}_f1': f})
        for prefix in ('', 'chains.'):
            parts = [found.get(f'{prefix}{n}_f1', 0.0)
                     for n in ('muc', 'b3', 'ceafe')]
            found[prefix + 'conll_f1'] = sum(parts) / 3
        return found


def speech_verbs():
    verbs = set()
    path = ROOT / 'data/lang/en/reporting-verbs.txt'
    for line in path.read_text('utf-8').splitlines():
        fields = line.split('\t')
        if not line.startswith('#') and len(fields) > 3 and fields[3] != '1':
            verbs.add(fields[0])
    return verbs


def is_pronoun(document, span):
    words = [t['form'].lower() for t in document.tokens
             if span[0] <= document.solid[t['span'][0]] < span[1]]
    return all(w in PRONOUNS for w in words)


def pronouns(document, gold, answer, verbs, counts, errors):
    """Counts subject pronouns of the third person, and those resolved."""
    heads = {}
    for span, (chain, head) in sorted(gold.items(), reverse=True):
        heads[document.solid[document.tokens[head]['span'][0]]] = chain
    named = {chain for span, (chain, _) in gold.items()
             if not is_pronoun(document, span)}
    ours = defaultdict(list)
    for span, (chain, head) in sorted(answer.items()):
        if not is_pronoun(document, span):
            ours[chain].append((span, head))
    for token in document.tokens:
        if token['form'].lower() not in THIRD or token['upos'] != 'PRON' \
                or not token['deprel'].startswith('nsubj'):
            continue
        span = document.solid_span(*token['span'])
        if span not in gold or gold[span][0] not in named:
            continue
        chain = gold[span][0]
        right = False
        if span in answer:
            others = ours.get(answer[span][0], [])
            before = [x for x in others if x[0][1] <= span[0]]
            near = before[-1] if before else others[0] if others else None
            right = near is not None and chain == (
                gold[near[0]][0] if near[0] in gold else heads.get(near[1]))
        verb = token['head'] is not None and document.tokens[token['head']]
        kinds = ['pronouns']
        if verb and verb['upos'] == 'VERB' and verb['lemma'] in verbs \
                and token['deprel'] == 'nsubj':
            kinds.append('sources')
        for kind in kinds:
            counts[kind + '.count'] += 1
            counts[kind + '.right'] += right
        if not right:
            errors.append((kinds[-1], document, token['span']))


def ask(documents, command):
    given = ''.join(json.dumps({'id': d.id, 'text': d.text},
                               ensure_ascii=False) + '\n' for d in documents)
    done = subprocess.run(command, shell=True, input=given.encode(),
                          stdout=subprocess.PIPE)
    lines = [json.loads(x) for x in done.stdout.splitlines()]
    return {line.get('id'): line for line in lines}


def score(documents, answers, errors=None):
    measure, counts = Measure(), Counter()
    verbs = speech_verbs()
    errors = [] if errors is None else errors
    for d in documents:
        gold, answer = d.gold(), d.answer(answers.get(d.id, {}))
        same = len(gold.keys() & answer.keys())
        measure.add('mentions', same, len(answer), same, len(gold))
        measure.chains('', chains(gold), chains(answer))
        measure.chains('chains.', chains(gold, False), chains(answer, False))
        pronouns(d, gold, answer, verbs, counts, errors)
    figures = measure.figures()
    for kind in ('pronouns', 'sources'):
        n = counts[kind + '.count']
        figures[kind + '_right'] = counts[kind + '.right'] / n if n else 0.0
        figures[kind + '_count'] = n
    return figures


def test():
    """Examples worked out by hand."""
    def near(value, expected):
        assert abs(value - expected) < 1e-9, (value, expected)
    key = [{1, 2, 3}, {4, 5, 6, 7}]
    response = [{1, 2}, {3, 4}, {6, 7, 8}]
    # MUC: {1,2|3} 1 of 2 links; {4|5|6,7} 1 of 3. Backwards: {1,2} 1 of 1,
    # {3|4} 0 of 1, {6,7|8} 1 of 2.
    assert muc(key, response) == (2, 5)
    assert muc(response, key) == (2, 4)
    # B-cubed recall: 2/3+2/3+1/3 + 1/4+0+2/4+2/4; precision: 1+1 +
    # 1/2+1/2 + 2/3+2/3+0.
    near(b_cubed(key, response)[0], 5 / 3 + 5 / 4)
    near(b_cubed(response, key)[0], 3 + 4 / 3)
    assert b_cubed(key, response)[1] == b_cubed(response, key)[1] == 7
    # CEAF-e: {1,2,3}~{1,2} 4/5, {4..7}~{6,7,8} 4/7.
    near(ceaf(key, response)[0], 4 / 5 + 4 / 7)
    # The best for one row is not the best for all.
    near(assign([[5, 4], [4, 1]]), 8)
    near(assign([[1, 2, 3], [3, 3, 3], [3, 4, 9]]), 14)
    near(assign([[7], [9], [8]]), 9)
    near(assign([]), 0)
    m = Measure()
    m.chains('', key, key)
    near(m.figures()['conll_f1'], 1)
    d = Document('x')
    row = lambda n, form, head, rel, misc: [
        str(n), form, form, 'NOUN', '_', '_', str(head), rel, '_', misc]
    d.add([row(1, 'Rome', 2, 'nsubj', 'Entity=(1-place)'),
           row(2, 'won', 0, 'root', '_'),
           row(3, 'its', 4, 'nmod:poss', 'Entity=(2[1/2]-object(1-place)'),
           row(4, 'war', 2, 'obj', 'Entity=2[1/2])'),
           row(5, 'x', 2, 'dep', 'Entity=(2[2/2]-object)|SpaceAfter=No')],
          True)
    d.close()
    assert d.text == 'Rome won its war x'
    assert d.gold() == {(0, 4): ('1', 0), (7, 10): ('1', 2),
                        (7, 14): ('2', 3)}, d.gold()
    print('coref.py: the measures are as computed by hand')


def main():
    p = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    p.add_argument('data', nargs='*')
    p.add_argument('--only', default='')
    p.add_argument('--fold', help='K/N: only documents K modulo N')
    p.add_argument('--run', default=f'{ROOT}/build/dateline stage parse')
    p.add_argument('--json', action='store_true')
    p.add_argument('--text', action='store_true')
    p.add_argument('--errors', action='store_true',
                   help='print the pronouns that were missed')
    p.add_argument('--test', action='store_true')
    args = p.parse_args()
    if args.test:
        return test()
    documents = read(args.data)
    if args.fold:
        fold, folds = map(int, args.fold.split('/'))
        documents = documents[fold::folds]
    documents = [d for d in documents if args.only in d.id]
    if args.text:
        for d in documents:
            byte = {k: b for b, k in d.bytes.items()}
            names = {}
            print(json.dumps({'id': d.id, 'text': d.text, 'gold': [
                [byte[d.tokens[b]['span'][0]],
                 byte[d.tokens[e - 1]['span'][1]],
                 names.setdefault(c, len(names))]
                for b, e, c in d.mentions]}, ensure_ascii=False))
        return
    errors = []
    figures = score(documents, ask(documents, args.run), errors)
    for kind, d, (start, end) in errors if args.errors else []:
        print(f'{d.id} {kind}: {d.text[max(0, start - 300):start]!r} '
              f'>>{d.text[start:end]}<< {d.text[end:end + 40]!r}')
    if args.json:
        print(json.dumps(figures))
    else:
        for name in sorted(figures):
            print(f'{name:28} {figures[name]:.4f}')


if __name__ == '__main__':
    main()
