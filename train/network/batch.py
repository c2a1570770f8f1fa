# SPDX-License-Identifier: Apache-2.0
"""Sentences as arrays."""
import random

import numpy as np
import torch


def grouped(items, size, length, order, shuffle):
    """Lists of items that follow each other in `order`, of `size` in all by
    their `length` or just above; in any order when shuffled."""
    found, group, n = [], [], 0
    for item in sorted(items, key=order):
        group.append(item)
        n += length(item)
        if n >= size:
            found.append(group)
            group, n = [], 0
    found += [group] if group else []
    if shuffle:
        random.shuffle(found)
    return found


def batches(sentences, size, shuffle):
    """Lists of sentences of like length, about `size` words each."""
    def length(s):
        return len(s.words)

    def order(s):
        return length(s) // 3 + random.random() * 2 if shuffle else length(s)
    return grouped(sentences, size, length, order, shuffle)


def inputs(batch, words):
    """(features of the batch's forms [forms][COLUMNS], each word's form
    [b][n], the forms themselves) and the mask of words [b][n]."""
    n = max(len(s.words) for s in batch)
    place = {}
    form = np.zeros((len(batch), n), np.int64)
    mask = np.zeros((len(batch), n), bool)
    for i, s in enumerate(batch):
        form[i, :len(s.words)] = [place.setdefault(w, len(place))
                                  for w in s.words]
        mask[i, :len(s.words)] = True
    features = np.array(words(list(place)), np.int64)
    return (torch.from_numpy(features), torch.from_numpy(form),
            list(place)), torch.from_numpy(mask)


def layer(batch, name, n, fill=-1):
    """A layer's numbers [b][n]."""
    found = np.full((len(batch), n), fill, np.int64)
    for i, s in enumerate(batch):
        values = getattr(s, name)
        if values is not None:
            found[i, :len(values)] = values
    return torch.from_numpy(found)
