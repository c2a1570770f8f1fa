#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds src/ to src/LAYERS: a room includes only what its line allows.

Usage: check_layers.py SRC   Prints each breach as file:line; exit 1 if any.
"""
import re
import sys
from pathlib import Path


def layers(path):
    allowed, seen = {}, []
    for n, line in enumerate(path.read_text().splitlines(), 1):
        line = line.split('#')[0].strip()
        if not line:
            continue
        rooms, _, below = line.partition(':')
        below = below.split()
        for name in below:
            if name not in seen:
                sys.exit(f'{path}:{n}: {name} is not named earlier')
        for room in rooms.replace(',', ' ').split():
            allowed[room] = set(below) | {room}
        seen += rooms.replace(',', ' ').split()
    return allowed


def main(src):
    allowed, bad, names = layers(src / 'LAYERS'), 0, {}
    for path in sorted(src.rglob('*.[ch]')):
        room = path.parent.relative_to(src).parts[0]
        if room not in allowed:
            print(f'{path}: room {room} is not in LAYERS')
            bad += 1
            continue
        if path.name in names:
            print(f'{path}: same file name as {names[path.name]}')
            bad += 1
        names[path.name] = path
        for n, line in enumerate(path.read_text().splitlines(), 1):
            hit = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if not hit:
                continue
            other = hit[1].split('/')[0]
            if '/' not in hit[1] or other not in allowed[room]:
                print(f'{path}:{n}: {room} may not include {hit[1]}')
                bad += 1
            elif hit[1].endswith('_p.h') and other != room:
                print(f'{path}:{n}: {hit[1]} is private to {other}')
                bad += 1
    return bad > 0


if __name__ == '__main__':
    sys.exit(main(Path(sys.argv[1])))
