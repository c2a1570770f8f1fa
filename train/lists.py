#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Words that lists of names hold, with the kinds of the lists as bits.

Usage: lists.py DATADIR CITIES > FILE

DATADIR is the program's data folder, CITIES GeoNames' cities500.txt
(tools/pack_places.sh says where it is from). Output: "bits TAB word" in the order
of the words; 1 given name, 2 country or region, 4 large city, 8 word of
several organisations' names, 16 people of a country. Standard library only.
"""
import collections
import os
import sys

GIVEN, COUNTRY, CITY, ORGANISATION, PEOPLE = 1, 2, 4, 8, 16
LARGE = 100000      # people in a city
SEVERAL = 3         # names of organisations that share a word


def rows(*path):
    with open(os.path.join(*path), encoding='utf-8') as file:
        for line in file:
            if line.strip() and not line.startswith('#'):
                yield [f.strip() for f in line.split('\t')]


def main(data, cities):
    bits = collections.Counter()
    shared = collections.Counter()

    def mark(names, bit):
        for name in names:
            if name.isalpha() and len(name) > 1 and (
                    name[0].isupper() or bit == GIVEN):
                bits[name.lower()] |= bit

    onto = os.path.join(data, 'onto')
    mark((r[0] for r in rows(data, 'lang', 'en', 'given_names.txt')), GIVEN)
    for r in rows(onto, 'countries.txt'):
        mark([r[1], *r[2].split(';')], COUNTRY)
        mark([*r[3].split(';'), *r[4].split(';')], PEOPLE)
        mark(r[5].split(';'), CITY)
    for r in rows(onto, 'peoples.txt'):
        mark([r[0], *r[1].split(';')], PEOPLE)
    for r in rows(onto, 'places.txt'):
        mark([r[0], *r[1].split(';')], COUNTRY)
    for r in rows(cities):
        if len(r) > 14 and r[14].isdigit() and int(r[14]) >= LARGE:
            mark([r[1]], CITY)
    for name in 'organisations.txt', 'armed-groups.txt':
        for r in rows(onto, name):
            shared.update({w for n in (r[0], *r[1].split(';'))
                           for w in n.split() if w.isalpha()
                           and w[0].isupper() and len(w) > 2})
    mark((w for w, n in shared.items() if n >= SEVERAL), ORGANISATION)
    print('# Made by train/lists.py; kept so that edits of the lists do not '
          'change the model.')
    for word in sorted(bits):
        print(f'{bits[word]}\t{word}')


if __name__ == '__main__':
    sys.stdout.reconfigure(encoding='utf-8')
    main(sys.argv[1], sys.argv[2])
