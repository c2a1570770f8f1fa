# SPDX-License-Identifier: Apache-2.0
"""Sentences as arrays."""
import random

import numpy as np
import torch


def batches(sentences, size, shuffle):
    """Lists of sentences of like length, about `size` words each."""
    def key(s):
        n = len(s.words)
        return n // 3 + random.random() * 2 if shuffle else n
    found, batch, n = [], [], 0
    for sentence in sorted(sentences, key=key):
        batch.append(sentence)
        n += len(sentence.words)
        if n >= size:
            found.append(batch)
            batch, n = [], 0
    found += [batch] if batch else []
    if shuffle:
        random.shuffle(found)
    return found


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
