#!/bin/bash
# run.sh ROOT STATE CONFIG COMMAND…: runs a command in the root folder of an image as Kubernetes does with the manifests in
# config/kubernetes: uid 65532, no capabilities, a read-only root file system, STATE as /var/lib/graphene-deployer and
# the folder CONFIG as /etc/graphene-deployer. STATE has to belong to 65532. COMMAND begins with a path in there.
set -euo pipefail
if [ "${GRAPHENE_DEPLOYER_INSIDE:-}" != yes ]; then
    GRAPHENE_DEPLOYER_INSIDE=yes exec unshare --mount --propagation private "$0" "$@"
fi
root=/mnt state=$(realpath "$2") config=$(realpath "$3")
mount --bind "$1" "$root"
shift 3
mount --bind "$state" "$root/var/lib/graphene-deployer"
mount --bind "$config" "$root/etc/graphene-deployer"
mount -o remount,bind,ro "$root/etc/graphene-deployer"
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
mount -o remount,bind,ro "$root"
exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+sys_chroot,+setuid,+setgid \
    chroot --userspec=65532:65532 --groups= "$root" "$@"
