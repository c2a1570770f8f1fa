#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the manual pages to the program: every command has a page, whose
NAME line is the help's line and which names each option of `--help`, and no
other.

Usage: check_man.py PROGRAM DOCS/MAN   Prints differences; exit 1 if any.
"""
import re
import subprocess
import sys
from pathlib import Path


def run(*command):
    return subprocess.run(command, capture_output=True, text=True,
                          check=False).stdout


def main(program, folder):
    bad = 0
    commands = re.findall(r'^  (\S+) +(.+)$', run(program, '--help'), re.M)
    for name, summary in commands:
        page = Path(folder) / f'dateline-{name}.1'
        if not page.exists():
            print(f'{page}: missing')
            bad += 1
            continue
        text = re.sub(r'\\f[BIRP]', '', page.read_text())
        text = text.replace('\\-', '-')
        if f'dateline-{name} - {summary}' not in text:
            print(f'{page}: NAME is not "{summary}"')
            bad += 1
        used = set(re.findall(r'--[a-z-]+', run(program, name, '--help')))
        told = set(re.findall(r'--[a-z-]+', text)) - {'--help'}
        for option in sorted(used ^ told - {'--help'}):
            if option != '--help':
                print(f'{page}: {option} is only in '
                      + ('the help' if option in used else 'the page'))
                bad += 1
    overview = (Path(folder) / 'dateline.1').read_text()
    for name, _ in commands:
        if f'dateline\\-{name}' not in overview:
            print(f'dateline.1: no dateline-{name}')
            bad += 1
    return bad > 0 or not commands


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:3]))
