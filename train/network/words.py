# SPDX-License-Identifier: Apache-2.0
"""Features of word forms, from the program's own code (surface.c).

A form's features are rows of eight hashed tables, a row of the word vectors
(0: none) and ten bits: five of its shape, five of lists of names. A key of
the vectors and lists is the form's lower-case number (dln_lexeme.low).

    words.py WORK > ROWS    "row TAB word" of the vectors, for train/lexicon
"""
import os
import re
import subprocess
import sys

import numpy as np

# name, place in surface's output, rows
TABLES = (('low', 0, 8192), ('low2', 0, 8192), ('prefix2', 1, 1024),
          ('prefix3', 2, 4096), ('suffix2', 3, 1024), ('suffix3', 4, 4096),
          ('suffix4', 5, 4096), ('shape', 6, 1024))
VECTOR, BITS = len(TABLES), len(TABLES) + 1
COLUMNS, BIT_COUNT = len(TABLES) + 2, 10
KEPT = 60000        # of the vectors, the most frequent words without digits


class Words:
    def __init__(self, work):
        self.program = os.path.join(work, 'surface')
        with open(os.path.join(work, 'vectors.words'),
                  encoding='utf-8') as file:
            words = file.read().split('\n')
        vectors = np.load(os.path.join(work, 'vectors.npy'), mmap_mode='r')
        kept = [i for i, word in enumerate(words[:KEPT * 6 // 5])
                if re.fullmatch(r'[^\d]+', word)][:KEPT]
        self.row, self.words = {}, [words[i] for i in kept]
        for k, key in enumerate(self.keys(self.words)):
            self.row.setdefault(key, k + 1)
        found = np.asarray(vectors[kept], np.float32)
        self.vectors = np.concatenate([found[:1] * 0, found / found.std()])
        with open(os.path.join(work, 'lists.tsv'), encoding='utf-8') as file:
            rows = [line.rstrip('\n').split('\t') for line in file
                    if line[0] != '#']
        self.lists = dict(zip(self.keys([word for _, word in rows]),
                              (int(bits) for bits, _ in rows)))
        self.known = {}

    def surface(self, forms):
        answer = subprocess.run([self.program], check=True, text=True,
                                input=''.join(f + '\n' for f in forms),
                                capture_output=True).stdout
        return [[int(x) for x in line.split('\t')]
                for line in answer.splitlines()]

    def keys(self, forms):
        return [numbers[0] for numbers in self.surface(forms)]

    def __call__(self, forms):
        """Rows of COLUMNS numbers."""
        new = [f for f in dict.fromkeys(forms) if f not in self.known]
        for form, numbers in zip(new, self.surface(new) if new else ()):
            low = numbers[0]
            rows = [numbers[at] % rows for _, at, rows in TABLES]
            rows[1] = (low * 2654435761 >> 17) % TABLES[1][2]
            self.known[form] = (*rows, self.row.get(low, 0), numbers[7]
                                | self.lists.get(low, 0) << 5)
        return [self.known[f] for f in forms]


if __name__ == '__main__':
    found = Words(sys.argv[1])
    for k, key in enumerate(found.keys(found.words)):
        if found.row[key] == k + 1:
            sys.stdout.buffer.write(f'{k + 1}\t{found.words[k]}\n'.encode())
