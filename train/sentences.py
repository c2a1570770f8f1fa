#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sentences of news, a line each in the order of their reports, to standard
output: the splitter learns from them what treebanks have too little of.

Usage: sentences.py DATA

DATA is a folder as README.md describes it, with its packed sets unpacked.
Lines of the Voice of America are sentences as they are. Of the other press
only paragraphs are taken in which no second sentence can begin: every stop
inside stands behind a title, an initial or another abbreviation whose
continuation shows that the sentence goes on. Standard library only.
"""
import csv
import glob
import json
import os
import re
import sys

RUN, OF = 12, 100       # lines of each so many that are taken, VOA
PRESS = 9000            # lines of the press
SHORTS = 1500           # more of those that end with an abbreviation
EVERY = 12              # of its articles, each twelfth
TITLE = re.compile(r"(?:^|[\s(\"“‘'-])(?:Mr|Mrs|Ms|Dr|Prof|Rev|Gen|Sen|Sens"
                   r"|Rep|Reps|Gov|Lt|Col|Capt|Sgt|Maj|Adm|Brig|Cmdr|St|Jr"
                   r"|vs)\.$")
NUMBER = re.compile(r'(?:^|\s)(?:Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|No'
                    r'|Nos|pp|p)\.$')
LETTERS = re.compile(r'(?:^|[\s(\"“])(?:[A-Z]\.)+$')
OPENERS = set('A An And As At But By For From He Her His I If In It Its Many'
              ' More Most No Not Of On One Or Our She So Some Such That The'
              ' Their Then There These They This Those Three Two We What When'
              ' Where While Who Why With You Your Yet'.split())
SHORT = re.compile(r"(?:\b[ap]\.m|\b(?:[A-Z]\.)+[A-Z]|\b(?:Inc|Corp|Co|Jr|Sr"
                   r"|Ltd|etc|Calif|Fla|Va|Mass|Ill|Pa|St|Ave))\.[\"”’)]*$")
MARK = re.compile(r'[.?!…]+["”’\')\]]*\s+')


def goes_on(before, mark, after):
    """Does the sentence go on behind this mark?"""
    word = re.match(r"[\"“‘'(\[]*(\w[\w'’]*)", after)
    if after[:1].islower() or after[:1] in ',;:':
        return True
    if not word or mark.strip() != '.':
        return False
    if TITLE.search(before + '.'):
        return True
    if NUMBER.search(before + '.'):
        return after[0].isdigit()
    if LETTERS.search(before + '.'):
        return word[1] not in OPENERS and after[0].isupper()
    if re.search(r'\b[ap]\.m$', before):
        return bool(re.match(r'(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|'
                             r'[A-Z]{2,3}T\b|Eastern|GMT', after))
    return False


def single(text):
    """Is the paragraph one sentence for certain?"""
    if not 25 < len(text) < 400:
        return False
    if not re.match(r'["“‘(]?[A-Z0-9]', text):
        return False
    if not re.search(r'\w["”’)]*[.?!]["”’)]*$', text) or '|' in text:
        return False
    if re.search(r'[a-z][.?!][A-Z]|[”"][A-Z]|https?:|\.\s*\.', text):
        return False
    return all(goes_on(text[:m.start()], m[0], text[m.end():])
               for m in MARK.finditer(text))


def close_quotes(line):
    """The VOA lines have white space on both sides of quotation marks."""
    parts = re.split(r'\s*"\s*', line)
    if len(parts) % 2 == 0:
        return None
    out = parts[0]
    for i, part in enumerate(parts[1:]):
        if i % 2 == 0:
            out += (' ' if out else '') + '"' + part
        else:
            out += '"' + ('' if part[:1] in ',.;:' else ' ') + part
    return out.strip()


def voice(data):
    path = os.path.join(data, 'news/voa_sentences.txt')
    with open(path, encoding='utf-8') as file:
        for i, line in enumerate(file):
            line = close_quotes(' '.join(line.split()))
            if (i % OF < RUN and line
                    and re.match(r'["(]?[A-Z0-9].*\w.*[.?!]["\')]*$', line)):
                yield line


def press(data):
    """Paragraphs, and whether their article belongs to the sample."""
    for path in sorted(glob.glob(os.path.join(data, 'news/wikinews/*.csv'))):
        with open(path, encoding='utf-8', newline='') as file:
            for row in csv.DictReader(file):
                yield from ((line, True) for line in row['text'].split('\n'))
    path = os.path.join(data, 'news/allsides.jsonl')
    with open(path, encoding='utf-8') as file:
        for i, line in enumerate(file):
            if i % EVERY in (0, 1):
                yield from ((line, i % EVERY == 0)
                            for line in json.loads(line)['text'].split('\n'))


def main(data):
    csv.field_size_limit(1 << 24)
    sys.stdout.reconfigure(encoding='utf-8', errors='replace')
    usual, short = [], []
    for line, sampled in press(data):
        line = ' '.join(line.split())
        if SHORT.search(line):
            if len(short) < SHORTS and single(line):
                short.append(line)
        elif sampled and len(usual) < PRESS and single(line):
            usual.append(line)
    usual = list(voice(data)) + usual
    # Those that end with an abbreviation stand among the others.
    every = max(1, len(usual) // max(1, len(short)))
    for i, line in enumerate(usual):
        print(line)
        if i % every == 0 and short:
            print(short.pop())


if __name__ == '__main__':
    main(sys.argv[1])
