#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds explorer/dist to its sources: dist/SOURCES is the hash of all that
the page is made of, and of what was made.

Usage: check_page.py EXPLORER          exit 1 when dist/ is out of date
       check_page.py --hash EXPLORER   prints what dist/SOURCES must be
"""
import hashlib
import sys
from pathlib import Path

MADE = ('LICENSES', 'app.css', 'app.js', 'icon.svg', 'index.html')


def sources(folder):
    files = [p for p in (folder / 'src').rglob('*') if p.is_file()]
    files += [folder / 'build.js', folder / 'package-lock.json']
    total = hashlib.sha256()
    for path in sorted(files, key=lambda p: p.relative_to(folder).as_posix()):
        total.update(path.relative_to(folder).as_posix().encode() + b'\0')
        total.update(hashlib.sha256(path.read_bytes()).digest())
    lines = [f'{total.hexdigest()}  sources']
    for name in MADE:
        made = (folder / 'dist' / name).read_bytes()
        lines.append(f'{hashlib.sha256(made).hexdigest()}  {name}')
    return '\n'.join(lines) + '\n'


def main(arguments):
    if arguments[0] == '--hash':
        sys.stdout.write(sources(Path(arguments[1])))
        return 0
    folder = Path(arguments[0])
    if (folder / 'dist/SOURCES').read_text() != sources(folder):
        print('explorer/dist is not what its sources make: '
              'run npm ci && npm run build in explorer/')
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
