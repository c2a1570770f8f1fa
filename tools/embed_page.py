#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Packs the explorer's files into C: plain, and gzipped for browsers.

Usage: embed_page.py FILE... OUT.c   The same bytes for the same files.
"""
import gzip
import hashlib
import sys
from pathlib import Path

TYPES = {'.html': 'text/html; charset=utf-8',
         '.js': 'text/javascript; charset=utf-8',
         '.css': 'text/css; charset=utf-8',
         '.json': 'application/json',
         '.svg': 'image/svg+xml'}


def array(name, data):
    rows = (', '.join(str(b) for b in data[i:i + 20])
            for i in range(0, len(data), 20))
    return (f'static const unsigned char {name}[] = {{\n    '
            + ',\n    '.join(rows) + '\n};\n')


def main(paths, out):
    text = ['/* Made by tools/embed_page.py; do not edit. */\n'
            '#include "serve/serve_p.h"\n\n']
    table = []
    for n, path in enumerate(map(Path, sorted(paths))):
        plain = path.read_bytes()
        packed = gzip.compress(plain, 9, mtime=0)
        text += [array(f'plain_{n}', plain), array(f'packed_{n}', packed)]
        tag = hashlib.sha256(plain).hexdigest()[:16]
        table.append(f'    {{"{path.name}", "{TYPES[path.suffix]}", '
                     f'"\\"{tag}\\"", plain_{n}, packed_{n}, '
                     f'sizeof plain_{n}, sizeof packed_{n}}},\n')
    text += ['const dln_asset dln_serve__assets[] = {\n', *table, '};\n'
             'const size_t dln_serve__asset_count =\n'
             '    sizeof dln_serve__assets / sizeof *dln_serve__assets;\n']
    Path(out).write_text(''.join(text))


if __name__ == '__main__':
    main(sys.argv[1:-1], sys.argv[-1])
