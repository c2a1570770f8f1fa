#!/bin/sh
# Trains the English model: train/run.sh DATA OUT [BUILD]
# DATA is the data folder that README.md describes, as it came: packed sets
# are unpacked for the run only. The same data give the same bytes.
set -eu
[ $# -ge 2 ] || { echo "usage: train/run.sh DATA OUT [BUILD]" >&2; exit 2; }
data=$(cd "$1" && pwd) out=$2 build=${3:-build}
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
LC_ALL=C
export LC_ALL
sh "$data/unpack" "$work/data" parse/ewt parse/gum entities/gmb_train \
    news/allsides
for set in wikigold crossner re3d; do
    ln -s "$data/entities/$set" "$work/data/entities/$set"
done
for set in voa_sentences.txt wikinews; do
    ln -s "$data/news/$set" "$work/data/news/$set"
done
python3 "$here/text.py" "$work/data" > "$work/text"
"$build/train/clusters" "$here/../data" "$work/clusters" 256 "$work/text"
python3 "$here/entities.py" "$work/data" > "$work/names"
TAG_EPOCHS=7 TAG_FOLDS=4 PARSE_EPOCHS=10 UPDATES=6 ENTITY_EPOCHS=6 \
    ENTITY_UPDATES=3 "$build/train/train" "$here/../data" "$out" \
    "$work/clusters" "$here/lists.tsv" "$work/names" \
    "$work/data/parse/ewt/train.conllu" "$work/data/parse/gum/train.conllu"
python3 "$here/sentences.py" "$work/data" > "$work/lines"
"$build/train/segment" "$here/../data" "$work/segment" "$work/clusters" \
    "$work/text" "$work/data/parse/ewt/train.conllu" \
    "$work/data/parse/gum/train.conllu" "$work/lines"
"$build/train/section" "$out" "$work/segment"
sha256sum "$out"
