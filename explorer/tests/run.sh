#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh PROGRAM OUT: the browser test; exit 77 (skipped) without a browser.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$2"
for need in node chromium; do
    command -v "$need" >/dev/null || {
        echo "skipped: no $need"
        exit 77
    }
done
[ -d "$here/node_modules/playwright-core" ] || {
    echo "skipped: run npm ci in explorer/ first"
    exit 77
}
node "$here/tests/browser.js" "$1" "$here/../examples/karabakh" "$2" \
    >"$2/browser.tap" || {
    grep -v '^ok' "$2/browser.tap"
    exit 1
}
tail -n 1 "$2/browser.tap"
