#!/usr/bin/env bash
# Runs a command of a fresh clone on a machine that has nothing: a minimal Debian 12, made here by
# debootstrap, with a root, mounts and processes of its own. A step that ./onsite forgets to install
# shows here and nowhere else.
#     tests/e2e/bare_debian.sh ./onsite start reconciliation
# Needs root and debootstrap. $BARE names a folder that is kept for the next command.
set -euo pipefail
repository=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)
machine=${BARE:-$(mktemp -d)}
[ -n "${BARE:-}" ] || trap 'rm -rf --one-file-system "$machine"' EXIT

if [ ! -e "$machine/root/onsite" ]; then
    debootstrap --variant=minbase --include=ca-certificates,git bookworm "$machine" >&2
    # The network is this machine's: so are its names, and the certificates to trust in it.
    cp /etc/resolv.conf /etc/hosts "$machine/etc/"
    cp /etc/ssl/certs/ca-certificates.crt "$machine/etc/ssl/certs/"
    git clone -q "$repository" "$machine/root/onsite"
fi

# A chroot would forbid the user namespaces of the box: the root is exchanged instead.
# shellcheck disable=SC2016  # It is expanded inside.
inside='set -e
mount --make-rprivate /
mount --bind "$1" "$1"
cd "$1"
mkdir -p outside
mount -t proc proc proc
mount -t sysfs sysfs sys
[ ! -d /sys/fs/cgroup ] || mount --rbind /sys/fs/cgroup sys/fs/cgroup
mount --rbind /dev dev
mount -t tmpfs tmpfs run
mount -t tmpfs tmpfs tmp
pivot_root . outside
cd /root/onsite
umount -l /outside
shift
exec "$@"'
env -i HOME=/root LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    unshare --mount --pid --fork --kill-child bash -c "$inside" bare "$machine" "$@" </dev/null
