#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills a build at random moments and starts it again until it is done: the
record must have the bytes of a build that was left alone.

Usage: kill_and_resume.py PROGRAM [--reports 20000] [--kills 100] [--seed 1]
Needs about as much processor time as three builds of so many reports.
"""
import argparse
import json
import os
import random
import signal
import subprocess
import tempfile
import time
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / 'examples' / 'karabakh'


def write_reports(path, count, seed):
    """JSON Lines of short reports: paragraphs of the examples, mixed."""
    chance = random.Random(seed)
    pieces = [p for f in sorted(EXAMPLES.glob('*.txt'))
              for p in f.read_text(errors='replace').split('\n') if len(p) > 60]
    with open(path, 'w', encoding='utf-8') as out:
        for i in range(count):
            text = '\n'.join(chance.sample(pieces, 2)) + f'\nItem {i}.'
            day = f'20{chance.randrange(18, 24)}-0{chance.randrange(1, 10)}-1'
            out.write(json.dumps({'uri': f'r/{i}', 'text': text,
                                  'date': day + str(i % 10)}) + '\n')


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument('program')
    p.add_argument('--reports', type=int, default=20000)
    p.add_argument('--kills', type=int, default=100)
    p.add_argument('--seed', type=int, default=1)
    args = p.parse_args()
    os.environ['SOURCE_DATE_EPOCH'] = '1700000000'
    with tempfile.TemporaryDirectory() as folder:
        lines, whole, cut = (f'{folder}/{n}' for n in
                             ('in.jsonl', 'whole.db', 'cut.db'))
        write_reports(lines, args.reports, args.seed)
        begun = time.monotonic()
        subprocess.run([args.program, 'build', '-q', lines, '-o', whole],
                       check=True)
        took = time.monotonic() - begun
        chance, kills = random.Random(args.seed), 0
        build = [args.program, 'build', '-q', lines, '-o', cut]
        while kills < args.kills:
            child = subprocess.Popen(build)
            try:
                # So that the kills come to an end with the build.
                child.wait(0.2 + chance.random() * 3 * took / args.kills)
                break
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
                kills += 1
        subprocess.run(build, check=True)
        same = Path(whole).read_bytes() == Path(cut).read_bytes()
        left = sorted(n for n in os.listdir(folder) if n.startswith('cut.'))
        print(f'{args.reports} reports, {took:.0f} s, {kills} kills: '
              + ('the same bytes' if same and left == ['cut.db']
                 else f'NOT THE SAME {left}'))
    return not same


if __name__ == '__main__':
    raise SystemExit(main())
