#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""House rules a program can hold: line and function length, file length,
banned functions, licence lines, and where output may be written.

Usage: check_style.py FOLDER...   Prints each breach as file:line; exit 1 if
any. A comment "long: REASON" in the 12 lines above a function lets it pass
the length check (marked state machines).
"""
import re
import sys
from pathlib import Path

MAX_COLUMNS = 80
MAX_FUNCTION = 120
MAX_FILE = 1000
BANNED = ('strcpy', 'strcat', 'sprintf', 'vsprintf', 'gets', 'strtok',
          'alloca', 'atoi', 'system', 'mktemp', 'tmpnam', 'setlocale',
          'localtime', 'gmtime', 'asctime', 'ctime', 'rand', 'srand')
BANNED_CALL = re.compile(r'(?<![\w.>])(' + '|'.join(BANNED) + r')\s*\(')
# Libraries neither print, exit nor read the environment.
LIBRARY_BANNED = re.compile(
    r'(?<![\w.>])(printf|puts|putchar|exit|abort|getenv|perror)\s*\(')


def functions(lines):
    """(name line, length) of each function body that begins with '{'."""
    start = None
    for n, line in enumerate(lines, 1):
        if line == '{':
            start = n
        elif line == '}' and start:
            yield start - 1, n - start
            start = None


def check(path, library):
    text = path.read_text(encoding='utf-8')
    lines = text.splitlines()
    if not lines or 'SPDX-License-Identifier: Apache-2.0' not in lines[0]:
        yield 1, 'first line has no licence'
    if len(lines) > MAX_FILE:
        yield MAX_FILE, f'{len(lines)} lines; {MAX_FILE} asks to be split'
    for n, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS:
            yield n, f'{len(line)} columns'
        if line != line.rstrip() or '\t' in line:
            yield n, 'white space at the end, or a tab'
        code = re.sub(r'"(\\.|[^"\\])*"', '""', line)
        code = re.sub(r'/\*.*?\*/', '', code)
        hit = BANNED_CALL.search(code)
        if hit and not code.lstrip().startswith('*'):
            yield n, f'{hit[1]} is banned'
        if library and (hit := LIBRARY_BANNED.search(code)) \
                and not code.lstrip().startswith('*'):
            yield n, f'{hit[1]} in the library'
    for n, length in functions(lines):
        if length > MAX_FUNCTION and not any(
                'long:' in line for line in lines[max(0, n - 12):n]):
            yield n, f'function of {length} lines'


def main(folders):
    bad = 0
    for folder in folders:
        for path in sorted(Path(folder).rglob('*.[ch]')):
            library = path.parts[0] == 'src' and path.parts[1] != 'cli'
            for n, problem in check(path, library):
                print(f'{path}:{n}: {problem}')
                bad += 1
    return bad > 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
