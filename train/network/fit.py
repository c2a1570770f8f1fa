# SPDX-License-Identifier: Apache-2.0
"""Trains a net.

    fit.py WORK NAME    the net that recipe.py calls NAME → WORK/NAME.pt

After each pass the whole state goes to WORK/NAME.state; a run that was cut
goes on from there and ends in the same bytes. One thread: the same numbers
every time on the same processor.
"""
import math
import os
import pickle
import random
import sys
import time

import numpy as np
import torch

import recipe
from batch import batches, inputs
from loss import loss_of
from measure import measure
from words import Words


def batches_of(sets, shares, size):
    """The batches of one pass, shuffled."""
    found = []
    for names, share in shares.items():
        pool = [s for name in names.split('+') for s in sets[name]]
        n = int(len(pool) * share)
        chosen = random.sample(pool, n) if share < 1 else pool
        found += batches(chosen, size, True)
    random.shuffle(found)
    return found


def read_missing(work, shares, sets):
    """Sets that are not the corpus's have a file of their own."""
    for name in (n for pool in shares for n in pool.split('+')):
        if name not in sets:
            with open(os.path.join(work, name + '.pickle'), 'rb') as file:
                sets[name] = pickle.load(file)


def groups(net, net_recipe):
    """Parameters by their learning rate."""
    slow, fast = [], []
    for name, p in net.named_parameters():
        if p.requires_grad:
            (slow if name.startswith('encoder.pretrained') else
             fast).append(p)
    return [dict(params=p, rate=rate) for p, rate in
            ((fast, net_recipe['rate']),
             (slow, net_recipe.get('pretrained_rate'))) if p]


def one_pass(net, optimiser, todo, words, step, steps):
    total = 0
    for batch in todo:
        scale = min(1, (step + 1) / 300) * (
            .01 + .99 * (1 + math.cos(math.pi * min(1, step / steps))) / 2)
        for group in optimiser.param_groups:
            group['lr'] = group['rate'] * scale
        loss = loss_of(net, batch, *inputs(batch, words))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2)
        optimiser.step()
        total, step = total + loss.item(), step + 1
        if step % 200 == 0:
            print(f'{step} of {steps}', flush=True)
    return total / len(todo), step


def save(path, value):
    torch.save(value, path + '.new')
    os.replace(path + '.new', path)


def main(work, name):
    torch.set_num_threads(1)
    net_recipe = recipe.NETS[name]
    seed = net_recipe['seed']
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    with open(os.path.join(work, 'corpus.pickle'), 'rb') as file:
        sets, classes = pickle.load(file)
    words = Words(work)
    net = recipe.build(name, words, classes, work)
    optimiser = torch.optim.AdamW(groups(net, net_recipe), lr=1e-3,
                                  betas=(.9, .95), weight_decay=1e-3)
    state_path, begin = os.path.join(work, name + '.state'), 0
    step, steps, start = 0, None, time.time()
    if os.path.exists(state_path):
        state = torch.load(state_path)
        net.load_state_dict(state['net'])
        optimiser.load_state_dict(state['optimiser'])
        begin, step, steps = state['next'], state['step'], state['steps']
        random.setstate(state['random'])
        torch.set_rng_state(state['torch'])
    for number in range(begin, net_recipe['passes']):
        shares = net_recipe['share'][max(
            n for n in net_recipe['share'] if n <= number)]
        read_missing(work, shares, sets)
        todo = batches_of(sets, shares, net_recipe['batch'])
        steps = steps or net_recipe.get(
            'steps', len(todo) * net_recipe['passes'])
        loss, step = one_pass(net, optimiser, todo, words, step, steps)
        print(f'{name}: pass {number + 1}, loss {loss:.3f}, '
              f'{time.time() - start:.0f} s', flush=True)
        save(state_path, dict(
            net=net.state_dict(), optimiser=optimiser.state_dict(),
            next=number + 1, step=step, steps=steps,
            random=random.getstate(), torch=torch.get_rng_state()))
    save(os.path.join(work, name + '.pt'),
         dict(net=net.state_dict(), classes=classes))
    measure(net, sets, classes, words)


if __name__ == '__main__':
    main(*sys.argv[1:3])
