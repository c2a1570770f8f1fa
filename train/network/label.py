# SPDX-License-Identifier: Apache-2.0
"""A trained net labels text for another.

    label.py WORK NAME SENTENCES OUT [K/N]

SENTENCES: one a line, words parted by spaces (../tokens.c); each is taken
once and none that a set of the corpus has. With K/N only each N-th from
number K. OUT: a pickle of sentences as in corpus.py, with what the net thinks
of them in every layer.
"""
import os
import pickle
import sys
import time

import numpy as np
import torch

import recipe
from batch import batches, inputs
from corpus import Sentence
from measure import best_entities
from words import Words

SHORTEST, LONGEST = 3, 100


def roles(heads, x, mask):
    """Of each sentence the predicates with their arguments."""
    found = [[] for _ in mask]
    b, p = ((heads.predicate(x)[..., 0] > 0) & mask).nonzero(as_tuple=True)
    if len(b):
        told = heads.roles(x, b, p).argmax(-1).masked_fill(~mask[b], 0)
        for i, token, row in zip(b.tolist(), p.tolist(), told):
            places = row.nonzero()[:, 0]
            found[i].append((token, list(zip(places.tolist(),
                                             row[places].tolist()))))
    return found


def label(net, batch, features, mask):
    x, heads = net.encoder(features, mask), net.heads
    rooted, arcs = heads.arcs(x, mask)
    head = arcs.argmax(-1)
    told = {name: getattr(heads, name)(x).argmax(-1)
            for name in ('upos', 'xpos', 'feats')}
    told |= dict(head=head, deprel=heads.labels(x, rooted, head).argmax(-1))
    told = {k: v.numpy().astype(np.int16) for k, v in told.items()}
    entity = heads.entity(x).numpy()
    for i, (s, predicates) in enumerate(zip(batch, roles(heads, x, mask))):
        n = len(s.words)
        for name, values in told.items():
            setattr(s, name, values[i, :n])
        s.entity = np.array(best_entities(entity[i, :n]), np.int16)
        s.predicates = predicates


def sentences(path, sets, part):
    """New sentences of a file."""
    seen = {tuple(s.words) for known in sets.values() for s in known}
    with open(path, encoding='utf-8') as file:
        for line in file:
            words = tuple(line.split())
            if SHORTEST <= len(words) <= LONGEST and words not in seen:
                seen.add(words)
                if len(seen) % part[1] == part[0]:
                    yield Sentence(list(words))


def main(work, name, path, out, part='0/1'):
    torch.set_num_threads(1)
    state = torch.load(os.path.join(work, name + '.pt'))
    words = Words(work)
    net = recipe.build(name, words, state['classes'], work).eval()
    net.load_state_dict(state['net'])
    with open(os.path.join(work, 'corpus.pickle'), 'rb') as file:
        sets, _ = pickle.load(file)
    part = [int(n) for n in part.split('/')]
    text = list(sentences(path, sets, part))
    begin = time.time()
    todo = batches(text, 2000, False)
    with torch.no_grad():
        for i, batch in enumerate(todo):
            label(net, batch, *inputs(batch, words))
            if i % 50 == 49:
                print(f'{i + 1} of {len(todo)} batches, '
                      f'{time.time() - begin:.0f} s', flush=True)
    with open(out + '.new', 'wb') as file:
        pickle.dump(text, file, protocol=4)
    os.replace(out + '.new', out)


if __name__ == '__main__':
    main(*sys.argv[1:6])
