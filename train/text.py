#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plain text, a paragraph a line, to standard output.

Usage: text.py DATA [world]

DATA is a folder as README.md describes it, with its packed sets unpacked.
The whole text is for the word groups: only how often words stand beside each
other is taken from it. With `world`, news of the world alone, for a net that
labels it to train another. Standard library only.
"""
import csv
import glob
import json
import os
import sys

EVERY = 2       # of the many press articles, each second
WORLD_EVERY = 4     # of those about the world
WORLD = set('''africa asia china defense europe foreign_policy great_britain isis
middle_east national_defense national_security north_korea nuclear_weapons
russia state_department terrorism treaties us_military world'''.split())


def voice(data):
    with open(os.path.join(data, 'news/voa_sentences.txt'),
              encoding='utf-8') as file:
        yield from file


def wikinews(data):
    for path in sorted(glob.glob(os.path.join(data, 'news/wikinews/*.csv'))):
        with open(path, encoding='utf-8', newline='') as file:
            for row in csv.DictReader(file):
                yield from row['text'].split('\n')


def press(data):
    with open(os.path.join(data, 'news/allsides.jsonl'),
              encoding='utf-8') as file:
        yield from map(json.loads, file)


def world(data):
    yield from voice(data)
    yield from wikinews(data)
    articles = (a for a in press(data) if a.get('topic') in WORLD)
    for i, article in enumerate(articles):
        if i % WORLD_EVERY == 0:
            yield from article['text'].split('\n')


def lines(data):
    yield from voice(data)
    yield from wikinews(data)
    for bank in 'ewt', 'gum':
        with open(os.path.join(data, 'parse', bank, 'train.conllu'),
                  encoding='utf-8') as file:
            yield from (line[9:] for line in file
                        if line.startswith('# text = '))
    for i, article in enumerate(press(data)):
        if i % EVERY == 0:
            yield from article['text'].split('\n')


def main(data, part=None):
    csv.field_size_limit(1 << 24)
    sys.stdout.reconfigure(encoding='utf-8', errors='replace')
    for line in (world if part == 'world' else lines)(data):
        line = ' '.join(line.split())
        if line:
            print(line)


if __name__ == '__main__':
    main(*sys.argv[1:3])
