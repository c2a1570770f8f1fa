#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Loads the explorer's server on loopback: slow clients that send a byte now
and then, hostile requests, and an ordinary reader beside them who must not
notice. Exit 1 when he does, or when the server is gone.

Usage: load_serve.py PROGRAM RECORD [CLIENTS]
"""
import http.client
import random
import socket
import subprocess
import sys
import time

HOSTILE = [
    b'GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    b'GET /%00%ff?%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    b'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    b'GET / HTTP/9.9\r\n\r\n', b'\x16\x03\x01\x02\x00\x01', b'\r\n' * 400,
    b'GET /' + b'a' * 60000 + b' HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    b'GET / HTTP/1.1\r\n' + b'X: y\r\n' * 9000 + b'\r\n',
    b'POST /api/reviews HTTP/1.1\r\nHost: 127.0.0.1\r\n'
    b'Content-Length: 999999999\r\n\r\n' + b'{' * 90000,
    b'GET /api/sql?sql=WITH%20RECURSIVE%20n(i)%20AS%20(SELECT%201%20UNION%20'
    b'ALL%20SELECT%20i%2B1%20FROM%20n)%20SELECT%20max(i)%20FROM%20n '
    b'HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
]


def hostile(port, payload):
    try:
        with socket.create_connection(('127.0.0.1', port), 5) as s:
            s.settimeout(.2)
            s.sendall(payload)
            s.recv(4096)
    except OSError:
        pass


def main(program, record, clients=200):
    child = subprocess.Popen([program, 'serve', record, '--port', '0'],
                             stdout=subprocess.PIPE, text=True)
    port = int(child.stdout.readline().rsplit(':', 1)[1].strip('/\n'))
    slow = [socket.create_connection(('127.0.0.1', port))
            for _ in range(clients)]
    for s in slow:
        s.sendall(b'GET /api/events HTTP/1.1\r\nHost: 127')
    rng, times = random.Random(1), []
    for turn in range(150):
        for s in rng.sample(slow, 20):
            try:
                s.sendall(b'x')
            except OSError:
                pass
        hostile(port, HOSTILE[turn % len(HOSTILE)])
        began = time.monotonic()
        reader = http.client.HTTPConnection('127.0.0.1', port, timeout=10)
        reader.request('GET', '/api/events?limit=100')
        answer = reader.getresponse()
        answer.read()
        reader.close()
        times.append(time.monotonic() - began)
        if answer.status != 200:
            sys.exit(f'the reader got {answer.status}')
    alive = child.poll() is None
    child.terminate()
    code = child.wait(30)
    times.sort()
    print(f'serve slow_clients {clients} clients')
    print(f'serve median {times[len(times) // 2] * 1000:.1f} ms')
    print(f'serve worst {times[-1] * 1000:.1f} ms')
    return not (alive and code == 0 and times[-1] < 2)


if __name__ == '__main__':
    sys.exit(main(sys.argv[1], sys.argv[2],
                  *(int(n) for n in sys.argv[3:4])))
