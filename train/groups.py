#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Words with like vectors → groups, fine and coarse.

Usage: groups.py WORK > GROUPS   WORK: what fetch.sh filled
Lines "fine TAB coarse TAB word" for the most frequent words. k-means on
vectors of length 1 (Dhillon and Modha 2001), from evenly spaced words on, so
the same vectors give the same groups.
"""
import sys
from pathlib import Path

import numpy as np

WORDS, FINE, COARSE, ROUNDS = 40000, 512, 64, 25


def means(vectors, count):
    """The group of each vector."""
    centres = vectors[:: len(vectors) // count][:count].copy()
    for _ in range(ROUNDS):
        near = np.argmax(vectors @ centres.T, axis=1)
        for k in range(count):
            mine = vectors[near == k]
            if len(mine):
                centre = mine.sum(axis=0)
                centres[k] = centre / (np.linalg.norm(centre) + 1e-9)
    return near


def main():
    work = Path(sys.argv[1])
    words = (work / 'vectors.words').read_text(encoding='utf-8').split('\n')
    vectors = np.load(work / 'vectors.npy', mmap_mode='r')
    kept = [i for i, word in enumerate(words[:4 * WORDS])
            if word.isalpha()][:WORDS]
    matrix = np.asarray(vectors[kept], dtype=np.float64)
    # What all words share tells nothing.
    matrix -= matrix.mean(axis=0)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-9
    fine, coarse = means(matrix, FINE), means(matrix, COARSE)
    for k, i in enumerate(kept):
        print(fine[k], coarse[k], words[i], sep='\t')


if __name__ == '__main__':
    main()
