#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Trains the opinion on statements (src/quote/opinion_p.h).

    opinions.py TOLD BASE.dlm OUT.dlm [FOLD/FOLDS]

TOLD is what train/opinions wrote. Writes BASE.dlm with the section "opinion"
in place of its own. Of FOLDS parts of the texts, part FOLD is measured, not
trained on.
"""
import random
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

import words  # noqa: F401 -- before that of the folder above
from batch import grouped
from export import Tensors, read_model, write_model
from net import Drop, Recurrence

WIDTH, HIDDEN = 96, 64
ROWS, PAIR_ROWS, WORD_ROWS = 4096, 11, 4
EPOCHS, BATCH, RATE = 8, 3000, 2e-3
NONE = 2 ** 32 - 1


class Piece:
    __slots__ = ('x', 'kind', 'rows', 'cues')


def read(path):
    """The texts, each a list of pieces."""
    data, at, texts = open(path, 'rb').read(), 0, []

    def take(kind, count):
        nonlocal at
        found = np.frombuffer(data, kind, count, at)
        at += found.nbytes
        return found
    while at < len(data):
        n, width, pieces, cues, _ = take('<u4', 5).astype(int)
        codes = take('u1', n * width).reshape(n, width)
        steps = take('<f4', n)
        x = (codes.astype(np.float32) - 128) * steps[:, None]
        begins = take('<u4', pieces).astype(int)
        words = take('<u4', n * (1 + WORD_ROWS)).reshape(n, -1)
        text = []
        for begin, end in zip(begins, [*begins[1:], n]):
            p = Piece()
            p.x, p.kind = x[begin:end].astype(np.float16), words[begin:end, 0]
            p.rows, p.cues = words[begin:end, 1:].astype(np.int16), []
            text.append(p)
        for _ in range(cues):
            cue, begin, end, *parts = take('<u4', 9).astype(int)
            rows = take('<u4', (end - begin) * PAIR_ROWS)
            k = int(np.searchsorted(begins, cue, 'right')) - 1
            text[k].cues.append((
                cue - begins[k], begin - begins[k],
                [p if p == NONE else p - begins[k] for p in parts],
                rows.reshape(-1, PAIR_ROWS).astype(np.int16)))
        texts.append(text)
    return texts


def batches(pieces, shuffle):
    def length(p):
        return len(p.x)

    def order(p):
        return length(p) // 4 + (random.random() * 2 if shuffle else 0)
    return grouped(pieces, BATCH, length, order, shuffle)


class Opinion(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = Recurrence(WIDTH)
        self.first.linear = nn.Linear(width, 3 * WIDTH)
        with torch.no_grad():
            self.first.linear.bias[:WIDTH] += torch.linspace(
                -1, 2, WIDTH // 2).repeat(2)
        self.second = Recurrence(WIDTH)
        self.of_run = nn.Linear(WIDTH, 3 * HIDDEN)
        self.of_state = nn.Linear(width, 3 * HIDDEN)
        self.rows = nn.EmbeddingBag(ROWS, HIDDEN, mode='sum')
        nn.init.normal_(self.rows.weight, 0, .05)
        self.cue, self.pair = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, 9)
        self.drop, self.drop_in = Drop(.2), Drop(.1)

    def forward(self, x, mask):
        there = mask[..., None].float()
        x = self.drop_in(x)
        y = self.first.norm(self.first(x, there))
        y = self.second.norm(y + self.second(self.drop(y), there))
        return (self.of_run(self.drop(y)) + self.of_state(x)).chunk(3, -1)

    def word(self, c, rows):
        h = F.relu(c + self.rows(rows))
        return self.cue(F.dropout(h, .2, self.training))[:, 0]

    def pairs(self, a, b, rows):
        h = F.relu(a + b + self.rows(rows))
        return self.pair(F.dropout(h, .2, self.training))


def arrays(batch):
    n = max(len(p.x) for p in batch)
    x = np.zeros((len(batch), n, batch[0].x.shape[1]), np.float32)
    mask = np.zeros((len(batch), n), bool)
    for i, p in enumerate(batch):
        x[i, :len(p.x)] = p.x
        mask[i, :len(p.x)] = True
    return torch.from_numpy(x), torch.from_numpy(mask)


def loss_of(net, batch, told):
    """The loss; counts what is right into `told`."""
    x, mask = arrays(batch)
    a, b, c = net(x, mask)
    kind = np.concatenate([p.kind for p in batch]).astype(np.int64)
    rows = np.concatenate([p.rows for p in batch]).astype(np.int64)
    may = torch.from_numpy(kind > 0)
    odds = net.word(c[mask][may], torch.from_numpy(rows)[may])
    gold = torch.from_numpy((kind == 2).astype(np.float32))[may]
    loss = F.binary_cross_entropy_with_logits(odds, gold, reduction='sum')
    hit = (odds > 0) & (gold > 0)
    told['cue'] += [hit.sum().item(), (odds > 0).sum().item(),
                    gold.sum().item()]
    cues = [(i, *cue) for i, p in enumerate(batch) for cue in p.cues]
    if not cues:
        return loss
    sizes = [len(c[4]) for c in cues]
    sentence = np.repeat([c[0] for c in cues], sizes)
    place = np.concatenate([np.arange(c[2], c[2] + len(c[4])) for c in cues])
    head = np.repeat([c[1] for c in cues], sizes)
    rows = torch.from_numpy(np.concatenate([c[4] for c in cues])
                            .astype(np.int64))
    score = net.pairs(a[sentence, place], b[sentence, head], rows)
    # one row a cue, its words first, then "none"
    most = max(sizes)
    index = torch.from_numpy(np.concatenate(
        [k * most + np.arange(s) for k, s in enumerate(sizes)]))
    wide = score.new_full((len(cues) * most, 9), -1e4).index_copy(
        0, index, score).view(len(cues), most, 9)
    own = wide[range(len(cues)), [c[1] - c[2] for c in cues]]
    for part in range(3):
        gold = [[], []]
        for cue in cues:
            begin, end = cue[3][2 * part:2 * part + 2]
            for edge, at in enumerate((begin, end - 1)):
                at -= cue[2]
                gold[edge].append(
                    most if begin == NONE else
                    at if 0 <= at < len(cue[4]) else -1)
        hits = True
        for edge in range(2):
            s = torch.cat([wide[..., 2 * part + edge],
                           own[:, 6 + part, None]], 1)
            g = torch.tensor(gold[edge])
            loss = loss + F.cross_entropy(s, g, ignore_index=-1,
                                          reduction='sum')
            hits = hits & (s.argmax(1) == g)
        told[part] += [hits.sum().item(), len(cues), len(cues)]
    return loss


def say(name, told, loss, began):
    f1 = [round(200 * r / max(1, n + m), 1) for r, n, m in told.values()]
    print(name, 'loss', round(loss), 'cue f1, parts right:', f1,
          f'{time.time() - began:.0f} s', flush=True)


def fresh():
    return {k: np.zeros(3) for k in ('cue', 0, 1, 2)}


def train(net, texts, kept):
    best = torch.optim.Adam(net.parameters(), RATE, betas=(.9, .98))
    pieces = [p for text in texts for p in text]
    epochs = EPOCHS
    total = epochs * len(batches(pieces, False))
    step, began = 0, time.time()
    for epoch in range(epochs):
        told, sum_ = fresh(), 0
        for batch in batches(pieces, True):
            for group in best.param_groups:
                group['lr'] = RATE * min((step + 1) / 100,
                                         1.05 - step / total)
            loss = loss_of(net, batch, told)
            best.zero_grad()
            (loss / 200).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5)
            best.step()
            sum_ += loss.item()
            step += 1
        say(f'epoch {epoch}', told, sum_, began)
        if kept:
            net.eval()
            told = fresh()
            with torch.no_grad():
                sum_ = sum(loss_of(net, batch, told).item() for batch in
                           batches([p for t in kept for p in t], False))
            say('   kept', told, sum_, began)
            net.train()


def section(net):
    g = {k: v.numpy() for k, v in net.state_dict().items()}
    t = Tensors()
    for name in ('first', 'second', 'of_run', 'of_state', 'cue', 'pair'):
        key = name + '.linear' if name + '.linear.weight' in g else name
        t.dense(name, g[key + '.weight'], g[key + '.bias'])
        if name + '.norm.weight' in g:
            t.floats(name + '.norm', np.stack([g[name + '.norm.weight'],
                                               g[name + '.norm.bias']]))
    t.codes('rows', g['rows.weight'], each_row=True)
    return t.section()


def main(told, base, out, part=None):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random.seed(1)
    texts, kept = read(told), []
    if part:
        fold, folds = (int(n) for n in part.split('/'))
        kept = texts[fold::folds]
        texts = [t for i, t in enumerate(texts) if i % folds != fold]
    net = Opinion(texts[0][0].x.shape[1])
    train(net, texts, kept)
    sections = {k: v for k, v in read_model(base).items() if k != 'opinion'}
    write_model(out, [*sections.items(), ('opinion', section(net))])


if __name__ == '__main__':
    main(*sys.argv[1:5])
