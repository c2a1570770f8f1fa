#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh BUILD SECONDS: runs every libFuzzer target over a copy of its corpus;
# a crash leaves its input in BUILD/crashes and fails.
set -eu
build=$1 seconds=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$build/crashes"
for source in "$here"/fuzz_*.c; do
    name=$(basename "$source" .c)
    corpus=$build/corpus/${name#fuzz_}
    mkdir -p "$corpus"
    cp "$here/corpora/${name#fuzz_}"/* "$corpus"
    echo "$name"
    "$build/fuzz/$name" -max_total_time="$seconds" -timeout=10 \
        -rss_limit_mb=4096 -max_len=65536 -print_final_stats=0 -verbosity=0 \
        -artifact_prefix="$build/crashes/$name-" "$corpus"
done
