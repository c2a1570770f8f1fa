#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Trains the weights of statements: train/quotes.sh DATA [BUILD [WORK]]
#
# First the weights of clues, then the network over the encoder's states; of
# the texts one in eight is kept from the network to develop on.
#
# DATA is the data folder that README.md describes; WORK keeps the fetched
# word vectors (default: a new folder, removed at the end). Reads and writes
# models/ of the source: en.dlm and coref.dlm must be the final ones.
set -eu
[ $# -ge 1 ] || {
    echo "usage: train/quotes.sh DATA [BUILD [WORK]]" >&2
    exit 2
}
data=$(cd "$1" && pwd) build=${2:-build}
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-/usr/bin/python3}
if [ $# -ge 3 ]; then
    mkdir -p "$3"
    work=$(cd "$3" && pwd)
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
LC_ALL=C OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export LC_ALL OMP_NUM_THREADS OPENBLAS_NUM_THREADS

[ -e "$work/vectors.words" ] || sh "$here/fetch.sh" "$work"
[ -e "$work/groups" ] || {
    "$python" "$here/groups.py" "$work" > "$work/groups.new"
    mv "$work/groups.new" "$work/groups"
}
"$build/train/quotes" "$here/../data" "$here/../models" \
    "$data/statements/polnear_train.jsonl" "$work/groups" \
    "$work/quote.clues.dlm"
"$build/train/opinions" "$here/../data" "$here/../models" \
    "$data/statements/polnear_train.jsonl" "$work/opinions.told"
"$python" "$here/network/opinions.py" "$work/opinions.told" \
    "$work/quote.clues.dlm" "$here/../models/quote.dlm.new" 0/8
rm -f "$work/opinions.told"
mv "$here/../models/quote.dlm.new" "$here/../models/quote.dlm"
sha256sum "$here/../models/quote.dlm"
