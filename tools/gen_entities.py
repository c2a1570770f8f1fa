#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the named character references of HTML as a C table, to stdout.

The names are those of the standard as Python's library carries them. Rows are
sorted by name in byte order; `bare` marks names that also stand without ';'.
"""
from html.entities import html5


def main():
    print('/* Made by tools/gen_entities.py; do not edit. */')
    rows = {}
    for name, text in html5.items():
        bare = not name.endswith(';')
        rows.setdefault(name.rstrip(';'), [text, False])
        rows[name.rstrip(';')][1] |= bare
    for name in sorted(rows, key=str.encode):
        text, bare = rows[name]
        code = ''.join(f'\\{byte:03o}' for byte in text.encode())
        print(f'{{"{name}", "{code}", {int(bare)}}},')


if __name__ == '__main__':
    main()
