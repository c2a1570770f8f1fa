#!/bin/sh
# Trains the English model: train/run.sh DATA OUT [BUILD]
# DATA holds the unpacked treebanks and entity sets that README.md lists.
# The same data give the same bytes.
set -eu
[ $# -ge 2 ] || { echo "usage: train/run.sh DATA OUT [BUILD]" >&2; exit 2; }
data=$1 out=$2 build=${3:-build}
"$build/train/train" "$out" - \
    "$data/parse/ewt/train.conllu" "$data/parse/gum/train.conllu"
sha256sum "$out"
