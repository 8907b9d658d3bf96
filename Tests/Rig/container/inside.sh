#!/bin/bash
# inside.sh PREFIX STATE COMMAND…: runs a command of an installation as a container would: uid 65532, no capabilities, a
# root file system that is read-only and holds the system's libraries, certificates and the installation as /usr/local,
# no shell, no Swift toolchain; STATE is the one folder to write to, as /var/lib/graphene-deployer. COMMAND begins with a
# path in there. STATE has to belong to 65532. Takes root; ends with 77 and a reason where that cannot be.
#   inside.sh --check   says whether it can be
set -euo pipefail
refuse() { echo "$1" >&2; exit 77; }
[ "$(id -u)" -eq 0 ] || refuse "a root file system of its own takes root"
unshare --mount true 2>/dev/null || refuse "mount namespaces are not permitted here"
[ "$1" != --check ] || exit 0
if [ "${GRAPHENE_DEPLOYER_INSIDE:-}" != yes ]; then
    GRAPHENE_DEPLOYER_INSIDE=yes exec unshare --mount --propagation private "$0" "$@"
fi
prefix=$(realpath "$1") state=$(realpath "$2")
shift 2
root=/mnt
mount -t tmpfs -o mode=755 root "$root"
mkdir -p "$root"/{usr/lib,usr/local,usr/share/ca-certificates,etc,proc,dev,var/lib/graphene-deployer}
for folder in /usr/lib /etc /usr/share/ca-certificates; do
    [ ! -d $folder ] || { mount --bind $folder "$root$folder"; mount -o remount,bind,ro "$root$folder"; }
done
for link in /lib /lib64; do
    if [ -L $link ]; then ln -s "$(readlink $link)" "$root$link"; else mkdir "$root$link"; mount --bind $link "$root$link"; fi
done
[ ! -d /usr/lib64 ] || { mkdir "$root/usr/lib64"; mount --bind /usr/lib64 "$root/usr/lib64"; }
# Where the toolchain is a part of the system, its folder of libraries is empty in here.
for folder in "$root/usr/lib/swift" "$root/usr/libexec"; do [ ! -d "$folder" ] || mount -t tmpfs none "$folder"; done
mount --bind "$prefix" "$root/usr/local"
mount -o remount,bind,ro "$root/usr/local"
mount --bind "$state" "$root/var/lib/graphene-deployer"
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
mount -o remount,ro "$root"
exec setpriv --no-new-privs --inh-caps=-all --bounding-set=-all,+sys_chroot,+setuid,+setgid \
    chroot --userspec=65532:65532 --groups= "$root" "$@"
