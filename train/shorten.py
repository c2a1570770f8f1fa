#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A small part of the data, for a trial of the whole training.

Usage: shorten.py FROM TO

FROM is a folder as README.md describes it, with its packed sets unpacked. TO
gets the same files with the front of each. Standard library only.
"""
import csv
import glob
import itertools
import os
import shutil
import sys

# Empty lines end a treebank's sentences and those of the column files.
SENTENCES = {'parse/ewt/train.conllu': 500, 'parse/gum/train.conllu': 500,
             'parse/ewt/dev.conllu': 100, 'parse/gum/dev.conllu': 100,
             'entities/wikigold/data/wikigold/CONLL-format/data/'
             'wikigold.conll.txt': 100, 'entities/crossner/*/*.txt': 60}
LINES = {'entities/gmb_train.csv': 20000, 'news/voa_sentences.txt': 2000,
         'news/allsides.jsonl': 600}
ROWS = {'news/wikinews/*.csv': 60}
WHOLE = ['entities/re3d', 'parse/propbank_ewt']


def first_lines(source, out, count):
    out.writelines(itertools.islice(source, count))


def first_sentences(source, out, count):
    for line in source:
        out.write(line)
        count -= not line.strip()
        if not count:
            return


def first_rows(source, out, count):
    csv.writer(out).writerows(itertools.islice(csv.reader(source),
                                               count + 1))


def main(whole, short):
    csv.field_size_limit(1 << 24)
    for sizes, cut in ((SENTENCES, first_sentences), (LINES, first_lines),
                       (ROWS, first_rows)):
        for pattern, count in sizes.items():
            found = sorted(glob.glob(os.path.join(whole, pattern)))
            if not found:
                sys.exit(f'{whole} has no {pattern}')
            for path in found:
                to = os.path.join(short, os.path.relpath(path, whole))
                os.makedirs(os.path.dirname(to), exist_ok=True)
                with open(path, encoding='utf-8', errors='surrogateescape',
                          newline='') as source, \
                        open(to, 'w', encoding='utf-8', newline='',
                             errors='surrogateescape') as out:
                    cut(source, out, count)
    for name in WHOLE:
        shutil.copytree(os.path.join(whole, name), os.path.join(short, name),
                        dirs_exist_ok=True)


if __name__ == '__main__':
    main(*sys.argv[1:3])
