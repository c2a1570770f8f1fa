#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Trains the English model: train/run.sh DATA OUT [BUILD [WORK]]
#
# DATA is the data folder that README.md describes, as it came. What is made
# on the way is kept in WORK (default: a new folder, removed at the end); a
# run that was cut goes on where it stopped when it is given the same WORK.
# PYTHON must have numpy and torch (Debian: python3-torch and
# libopenblas0-pthread). The same data give the same bytes.
#
# DATELINE_TRAIN=small tries all steps in a few minutes: the front of each set
# and one pass over each mix of them. Its model is of no use.
set -eu
[ $# -ge 2 ] || {
    echo "usage: train/run.sh DATA OUT [BUILD [WORK]]" >&2
    exit 2
}
data=$(cd "$1" && pwd) out=$2 build=${3:-build}
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-/usr/bin/python3}
if [ $# -ge 4 ]; then
    mkdir -p "$4"
    work=$(cd "$4" && pwd)
else
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
fi
LC_ALL=C OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
export LC_ALL OMP_NUM_THREADS OPENBLAS_NUM_THREADS

# make FILE COMMAND...: runs COMMAND unless FILE is there; its output is FILE.
make() {
    file=$work/$1
    shift
    [ -e "$file" ] || {
        "$@" > "$file.new"
        mv "$file.new" "$file"
    }
}
# once NAME COMMAND...: the same for what writes its files itself.
once() {
    name=$1
    shift
    [ -e "$work/$name.done" ] || {
        "$@"
        : > "$work/$name.done"
    }
}

case ${DATELINE_TRAIN:-} in
    small) unpacked=$work/whole ;;
    "") unpacked=$work/data ;;
    *)
        echo "train/run.sh: DATELINE_TRAIN is \"small\" or nothing" >&2
        exit 2
        ;;
esac

unpack() {
    sh "$data/unpack" "$unpacked" parse/ewt parse/gum parse/propbank_ewt \
        entities/gmb_train news/allsides
    # What does not come packed.
    for set in parse/ewt/dev.conllu parse/gum/dev.conllu \
        entities/wikigold entities/crossner entities/re3d \
        news/voa_sentences.txt news/wikinews; do
        ln -sfn "$data/$set" "$unpacked/$set"
    done
    if [ "$unpacked" != "$work/data" ]; then
        python3 "$here/shorten.py" "$unpacked" "$work/data"
    fi
}

once fetched sh "$here/fetch.sh" "$work"
once unpacked unpack
bank=$work/data/parse
trees="$bank/ewt/train.conllu $bank/gum/train.conllu"
cp "$here/lists.tsv" "$work/"
cp "$build/train/surface" "$work/"

# Where sentences end.
make text python3 "$here/text.py" "$work/data"
make lines python3 "$here/sentences.py" "$work/data"
once clusters "$build/train/clusters" "$here/../data" "$work/clusters" 256 \
    "$work/text"
# shellcheck disable=SC2086
once segment "$build/train/segment" "$here/../data" "$work/segment" \
    "$work/clusters" "$work/text" $trees "$work/lines"

# Words and lemmas.
make rows.tsv "$python" "$here/network/words.py" "$work"
# shellcheck disable=SC2086
once lexicon "$build/train/lexicon" "$work/lexicon" "$work/rows.tsv" \
    "$work/lists.tsv" $trees
once sections "$build/train/section" "$work/lexicon" "$work/segment"

# The network.
make names python3 "$here/entities.py" "$work/data"
once roles python3 "$here/roles.py" "$bank/propbank_ewt" \
    "$bank/ewt/train.conllu" "$work/roles.train.jsonl" \
    "$bank/ewt/dev.conllu" "$work/roles.dev.jsonl"
once corpus "$python" "$here/network/corpus.py" "$work"
cp "$build/train/tokens" "$work/"

# A pretrained teacher, and what it says of news of the world.
once teacher "$python" "$here/network/fit.py" "$work" teacher
make world python3 "$here/text.py" "$work/data" world
silver() {
    "$work/tokens" "$here/../data" "$work/lexicon" < "$work/world" \
        > "$work/world.tokens"
    for part in 0 1; do
        "$python" "$here/network/label.py" "$work" teacher \
            "$work/world.tokens" "$work/silver$part.pickle" "$part/2" &
    done
    wait
    [ -e "$work/silver0.pickle" ] && [ -e "$work/silver1.pickle" ]
}
once silver silver

once student "$python" "$here/network/fit.py" "$work" student
"$python" "$here/network/export.py" "$work" student "$work/lexicon" "$out"
sha256sum "$out"
