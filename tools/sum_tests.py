#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sums a Meson test log up: failures in full, then "N passed, N failed".

Usage: sum_tests.py TESTLOG.json   Every TAP line is a test; a program without
TAP is one. Known failures (TODO) are counted on a line of their own.
"""
import json
import re
import sys


def main(path):
    passed = failed = known = 0
    with open(path, encoding='utf-8', errors='replace') as log:
        for line in log:
            test = json.loads(line)
            good = test['result'] in ('OK', 'EXPECTEDFAIL', 'SKIP')
            bad_here = 0
            for tap in re.finditer(r'^(not )?ok \d+(.*)$',
                                   test.get('stdout', ''), re.M):
                if re.search(r'# TODO', tap[2]):
                    known += 1
                elif tap[1]:
                    bad_here += 1
                    print(f'{test["name"]}: {tap[0]}')
                else:
                    passed += 1
            if not re.search(r'^(not )?ok \d+', test.get('stdout', ''), re.M):
                passed += good
            if not good and not bad_here:
                bad_here = 1
                print(f'{test["name"]}: {test["result"]}')
                print((test.get('stdout') or '')[-2000:])
                print((test.get('stderr') or '')[-2000:])
            failed += bad_here
    if known:
        print(f'known failures kept as TODO: {known}')
    print(f'{passed} passed, {failed} failed')
    return failed > 0 or passed == 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
