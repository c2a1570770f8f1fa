#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bare_check.sh SUITE: makes a minimal Debian SUITE with debootstrap, puts a
# clean checkout of HEAD in it, and runs the README's two commands there.
# Needs root. The mirror is the one this machine installs from, or $MIRROR.
set -eu

suite=$1
cd "$(dirname "$0")/.."
[ "$(id -u)" -eq 0 ] || { echo "bare_check: needs root" >&2; exit 1; }
command -v debootstrap >/dev/null || apt-get install -qq -y debootstrap

mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' \
    'Created-By: Packages' 'Label: Debian' | sort -u | head -n 1)}
root=$(mktemp -d)
chmod 755 "$root"
trap 'rm -rf --one-file-system "$root"' EXIT INT TERM

debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 \
    || { tail -20 "$root.log"; exit 1; }
rm -f "$root.log"
for file in /etc/resolv.conf /etc/hosts; do
    [ -f "$file" ] && cp -L "$file" "$root/etc/" || :
done
mkdir -p "$root/root/dateline"
git archive HEAD | tar -x -C "$root/root/dateline"
mount --bind /proc "$root/proc" 2>/dev/null || mount -t proc proc "$root/proc"
trap 'umount "$root/proc" || :; rm -rf --one-file-system "$root"' EXIT INT TERM

for command in demo test; do
    echo "== $suite: ./bootstrap $command"
    chroot "$root" /usr/bin/env -i HOME=/root TERM=dumb \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        sh -c "cd /root/dateline && ./bootstrap $command" </dev/null
done
echo "== $suite: both commands passed"
