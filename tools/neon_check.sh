#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compares the kernels for 64-bit ARM with the plain ones bit for bit, under
# emulation: tools/neon_check.sh
#
# Needs Debian's gcc-aarch64-linux-gnu, libc6-dev-arm64-cross and qemu-user;
# says so and ends well without them. CC_ARM and QEMU name others.
set -eu
cd "$(dirname "$0")/.."
cc=${CC_ARM:-aarch64-linux-gnu-gcc} qemu=${QEMU:-qemu-aarch64}
for tool in "$cc" "$qemu"; do
    command -v "$tool" > /dev/null || {
        echo "neon-check: skipped, there is no $tool"
        exit 0
    }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$cc" -std=c17 -O3 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror \
    -D_POSIX_C_SOURCE=200809L -fno-math-errno -fno-trapping-math \
    -ffp-contract=off -static -Isrc -Itests tests/unit/model/test_kernels.c \
    src/model/kernels.c src/model/kernels_dot.c src/model/kernels_neon.c \
    -lm -o "$work/test"
# A CPU with the dot product and one without.
for cpu in max cortex-a53; do
    "$qemu" -cpu "$cpu" "$work/test" > "$work/out" || {
        grep -v '^ok' "$work/out"
        echo "neon-check: failed on $cpu"
        exit 1
    }
    echo "neon-check: $cpu: $(grep -c '^ok' "$work/out") right," \
        "$(sed -n 's/^# //p' "$work/out" | tr '\n' ';')"
done
