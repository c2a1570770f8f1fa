# SPDX-License-Identifier: Apache-2.0
"""Accuracy on what is kept from training, with the gold tokens: a first look.
The figures that count are those of the program (../../eval)."""
import numpy as np
import torch

from batch import batches, inputs, layer
from corpus import KINDS


def best_entities(scores):
    """The best sequence of classes that is valid (Viterbi); [n][classes]."""
    n, classes = scores.shape
    inner = np.arange(2, classes, 4)
    first = np.sort(np.r_[0, inner - 1, inner + 2])     # may follow an end
    ends = np.sort(np.r_[0, inner + 1, inner + 2])
    best, back = np.full((n, classes), -1e9), np.zeros((n, classes), int)
    best[0, first] = scores[0, first]
    for t in range(1, n):
        last, now = best[t - 1], scores[t]
        end = ends[last[ends].argmax()]
        best[t, first], back[t, first] = now[first] + last[end], end
        before = np.where(last[inner - 1] >= last[inner], inner - 1, inner)
        for c in inner, inner + 1:
            best[t, c], back[t, c] = now[c] + last[before], before
    path = [ends[best[-1, ends].argmax()]]
    for t in range(n - 1, 0, -1):
        path.append(back[t, path[-1]])
    return [int(c) for c in reversed(path)]


def spans(labels):
    found, begin = set(), 0
    for i, c in enumerate(labels):
        if c > 0:
            part = (c - 1) % 4
            begin = i if part in (0, 3) else begin
            if part >= 2:
                found.add((begin, i + 1, (c - 1) // 4))
    return found


def f1(right, told, gold):
    return round(200 * right / max(1, told + gold), 2)


def trees(net, sentences, words, deprels):
    base = {name: i for i, name in enumerate(
        sorted({d.split(':')[0] for d in deprels}))}
    base = torch.tensor([base[d.split(':')[0]] for d in deprels])
    right, count, roles = np.zeros(5), 0, np.zeros(3)
    for batch in batches(sentences, 2000, False):
        features, mask = inputs(batch, words)
        n, heads = mask.shape[1], net.heads
        x = net.encoder(features, mask)
        rooted, arcs = heads.arcs(x, mask)
        head = arcs.argmax(-1)
        same = (head == layer(batch, 'head', n, 0)) & mask
        label = heads.labels(x, rooted, head).argmax(-1)
        gold = layer(batch, 'deprel', n).clamp_min(0)
        tags = [(getattr(heads, k)(x).argmax(-1) == layer(batch, k, n)) & mask
                for k in ('upos', 'xpos', 'feats')]
        right += [t.sum().item() for t in
                  (*tags, same, same & (base[label] == base[gold]))]
        count += mask.sum().item()
        asked = [(i, *p) for i, s in enumerate(batch)
                 for p in s.predicates or ()]
        if asked:
            told = heads.roles(x, torch.tensor([a[0] for a in asked]),
                               torch.tensor([a[1] for a in asked]))
            for (i, _, arguments), row in zip(asked, told.argmax(-1)):
                row = {(j, int(r)) for j, r in
                       enumerate(row[:len(batch[i].words)]) if r}
                roles += len(row & set(arguments)), len(row), len(arguments)
    figures = [round(100 * r / count, 2) for r in right]
    return dict(zip('upos xpos feats uas las'.split(), figures),
                roles=f1(*roles))


def entities(net, sentences, words):
    counts = np.zeros((len(KINDS), 3))
    for batch in batches(sentences, 2000, False):
        features, mask = inputs(batch, words)
        scores = net.heads.entity(net.encoder(features, mask)).numpy()
        for row, s in zip(scores, batch):
            told = spans(best_entities(row[:len(s.words)]))
            gold = spans(s.entity)
            for column, found in enumerate((told & gold, told, gold)):
                for _, _, kind in found:
                    if kind not in (s.unlabelled or ()):
                        counts[kind, column] += 1
    return dict(all=f1(*counts.sum(0)),
                **{k: f1(*c) for k, c in zip(KINDS, counts) if c[2]})


def measure(net, sets, classes, words):
    net.eval()
    with torch.no_grad():
        for name in ('ewt_dev', 'gum_dev'):
            print(name, trees(net, sets[name], words, classes['deprel']))
        print('press_dev', entities(net, sets['press_dev'], words),
              flush=True)
    net.train()
