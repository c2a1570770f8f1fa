#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How rare words are in news: makes data/lang/en/word-weights.txt.

Usage: words.py DATA > word-weights.txt

DATA is the data folder, unpacked as train/README.md says, with news/: press
articles (every third), Wikinews, sentences of the Voice of America (twelve
make a report), wire reports of 1987 and broadcasters' pages. Only counts of
reports are kept.
"""
import collections
import csv
import json
import math
import re
import sys
import unicodedata
from pathlib import Path

WORD = re.compile(r'[^\W_]+(?:[.,](?<=\d[.,])\d+)*')
LEAST = 12      # reports a listed word is in
HEAD = '''# version: 1
# How much a word tells of what a report is about: words of news by how rare
# reports with them are. The first field is the weight, five times the
# logarithm of (reports / reports with the word), rounded; then its words,
# folded (lower case, no diacritics). Words that are not here are rarer.
# Source: counts over {} news reports of many outlets, 1987 to 2020, made
# by train/words.py; only the counts are kept. Licence: Apache-2.0.'''


def words(text):
    text = unicodedata.normalize('NFKD', text).lower()
    return set(WORD.findall(''.join(c for c in text
                                    if not unicodedata.combining(c))))


def reports(news):
    csv.field_size_limit(1 << 30)
    with open(news / 'allsides.jsonl') as file:
        for n, line in enumerate(file):
            if n % 3 == 0:
                yield json.loads(line)['text']
    for path in sorted(news.glob('wikinews/*.csv')):
        with open(path, errors='replace') as file:
            for row in csv.DictReader(file):
                yield max(row.values(), key=lambda x: len(x or ''))
    for path in sorted(news.glob('**/reuters-*.json')):
        for item in json.loads(path.read_text()):
            yield item.get('body') or ''
    for path in sorted(news.glob('bbc_*/**/*.txt')):
        yield path.read_text(errors='replace')
    lines = (news / 'voa_sentences.txt').read_text().split('\n')
    for n in range(0, len(lines), 12):
        yield ' '.join(lines[n:n + 12])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    counts, total = collections.Counter(), 0
    for text in reports(Path(sys.argv[1]) / 'news'):
        if text:
            total += 1
            counts.update(words(text))
    rows = collections.defaultdict(list)
    for word, count in counts.items():
        if count >= LEAST and len(word) <= (6 if word[0].isdigit() else 24):
            rows[max(0, round(5 * math.log(total / count)))].append(word)
    print(HEAD.format(f'{total:,}'))
    for weight in sorted(rows):
        line = ''
        for word in sorted(rows[weight]):
            if len(line) + len(word) > 72:
                print(f'{weight}\t{line}')
                line = ''
            line += (' ' if line else '') + word
        print(f'{weight}\t{line}')


if __name__ == '__main__':
    main()
