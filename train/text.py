#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plain text for the word groups, a paragraph a line, to standard output.

Usage: text.py DATA

DATA is a folder as README.md describes it, with its packed sets unpacked.
Only how often words stand beside each other is taken from this text.
Standard library only.
"""
import csv
import glob
import json
import os
import sys

EVERY = 2       # of the many press articles, each second


def lines(data):
    news = os.path.join(data, 'news')
    with open(os.path.join(news, 'voa_sentences.txt'),
              encoding='utf-8') as file:
        yield from file
    for path in sorted(glob.glob(os.path.join(news, 'wikinews/*.csv'))):
        with open(path, encoding='utf-8', newline='') as file:
            for row in csv.DictReader(file):
                yield from row['text'].split('\n')
    for bank in 'ewt', 'gum':
        with open(os.path.join(data, 'parse', bank, 'train.conllu'),
                  encoding='utf-8') as file:
            yield from (line[9:] for line in file
                        if line.startswith('# text = '))
    with open(os.path.join(news, 'allsides.jsonl'),
              encoding='utf-8') as file:
        for i, line in enumerate(file):
            if i % EVERY == 0:
                yield from json.loads(line)['text'].split('\n')


def main(data):
    csv.field_size_limit(1 << 24)
    sys.stdout.reconfigure(encoding='utf-8', errors='replace')
    for line in lines(data):
        line = ' '.join(line.split())
        if line:
            print(line)


if __name__ == '__main__':
    main(sys.argv[1])
