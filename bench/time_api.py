#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times what each view of the explorer asks the server for: the best of
five by the clock, and the least the server's processor worked for it, so that
other work on the machine counts little.

Usage: time_api.py PROGRAM RECORD
Prints "serve PATH CLOCK ms PROCESSOR ms STATUS BYTES", slowest last.
"""
import http.client
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

PATHS = ['record', 'process', 'process?from=2018-01-01&to=2018-12-31',
         'coverage?limit=20000', 'events', 'events?from=2021-05-01',
         'events?from=2016-01-01&to=2016-02-01&limit=100',
         'events?actor=person:p7&limit=60', 'events?quad=4&limit=40',
         'events?unreviewed=1&limit=300', 'meetings?limit=500',
         'meetings?from=2020-01-01&limit=500', 'network?limit=400',
         'network?from=2020-01-01&to=2020-12-31&limit=400',
         'statements', 'statements?side=ARM',
         'statements?speaker=person:p7&limit=60', 'matrix?limit=2000',
         'positions?issue=i3&actor=country:ARM&limit=300', 'quantities',
         'figures?quantity=killed&limit=1500', 'series?disputed=1&limit=200',
         'series?quantity=killed&several=1&limit=60', 'agreements?limit=500',
         'obligations?limit=2000', 'map?limit=600',
         'map?from=2019-01-01&to=2019-06-30&limit=600', 'actors',
         'actors?name=person%2012', 'search?q=border+road',
         'rows/event/e0000000000000064', 'rows/actor/country:ARM',
         'rows/statement/s0000000000000064', 'schema',
         'reports/r0000000000000064', 'sql?sql='
         + quote('SELECT id, summary FROM event LIMIT 20')]


def worked(pid):
    """Milliseconds of the processor, all threads."""
    return sum(int((task / 'schedstat').read_text().split()[0])
               for task in Path(f'/proc/{pid}/task').iterdir()) / 1e6


def main(program, record):
    child = subprocess.Popen([program, 'serve', record, '--port', '0'],
                             stdout=subprocess.PIPE, text=True)
    port = int(child.stdout.readline().rsplit(':', 1)[1].strip('/\n'))
    found = []
    for path in PATHS:
        times, work = [], []
        for _ in range(5):
            before = worked(child.pid)
            reader = http.client.HTTPConnection('127.0.0.1', port)
            began = time.monotonic()
            reader.request('GET', '/api/' + path.replace(' ', '%20'))
            answer = reader.getresponse()
            size = len(answer.read())
            times.append((time.monotonic() - began) * 1000)
            work.append(worked(child.pid) - before)
        found.append((min(times), path, min(work), answer.status, size))
    child.terminate()
    for clock, path, work, status, size in sorted(found):
        print(f'serve {path} {clock:.1f} ms {work:.1f} ms {status} {size}')
    return any(f[3] != 200 for f in found)


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:3]))
