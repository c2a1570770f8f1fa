#!/bin/sh
# Trains the English model: train/run.sh DATA OUT [BUILD]
# DATA holds the treebanks, entity sets and plain text that README.md lists.
# The same data give the same bytes.
set -eu
[ $# -ge 2 ] || { echo "usage: train/run.sh DATA OUT [BUILD]" >&2; exit 2; }
data=$1 out=$2 build=${3:-build}
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$build/train/clusters" "$here/../data" "$work/clusters" 256 \
    "$data"/text/*.txt
python3 "$here/entities.py" "$data" > "$work/names"
TAG_EPOCHS=7 TAG_FOLDS=4 PARSE_EPOCHS=10 UPDATES=6 ENTITY_EPOCHS=6 \
    ENTITY_UPDATES=3 "$build/train/train" "$here/../data" "$out" \
    "$work/clusters" "$work/names" \
    "$data/parse/ewt/train.conllu" "$data/parse/gum/train.conllu"
sha256sum "$out"
