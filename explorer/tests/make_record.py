#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the record the page is tested on: the sample, and rows in the tables
it may have empty.  Usage: make_record.py PROGRAM REPORTS OUT"""
import sqlite3
import subprocess
import sys
from pathlib import Path

program, reports, out = sys.argv[1:4]
Path(out).unlink(missing_ok=True)
subprocess.run([program, 'build', reports, '-o', out, '-q'], check=True)
record = sqlite3.connect(out)
record.executescript((Path(__file__).parent / 'fill.sql').read_text())
record.close()
