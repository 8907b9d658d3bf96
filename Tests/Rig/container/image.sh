#!/bin/bash
# image.sh TREE FOLDER: builds the image of the Containerfile out of an installed tree (`make install PREFIX=/usr
# DESTDIR=TREE`), with storage in FOLDER, and mounts it. Prints ROOT=… (its root folder) and writes its configuration to
# FOLDER/image.json. Takes root and Debian's mirror; ends with 77 and a reason where mounts are not permitted.
#   image.sh --check      says whether it can be
#   image.sh --remove FOLDER
# Debian's image for a base is made by mmdebstrap, once, and kept in ${XDG_CACHE_HOME:-~/.cache}/graphene-deployer.
#   MIRROR  of Debian (http://deb.debian.org/debian)
set -euo pipefail
refuse() { echo "$1" >&2; exit 77; }
[ "$(id -u)" -eq 0 ] || refuse "an image is built as root here"
unshare --mount true 2>/dev/null || refuse "mount namespaces are not permitted here"
[ "$1" != --check ] || exit 0
repository=$(cd "$(dirname "$0")/../../.." && pwd)
mkdir -p "$2"; folder=$(realpath "$2")
store() { buildah --root "$folder/storage" --runroot "$folder/run" --storage-driver vfs "$@"; }
if [ "$1" = --remove ]; then
    store rm --all >/dev/null
    rm -rf "$folder/storage" "$folder/run"
    exit
fi
tree=$(realpath "$1")
"$repository/.ci/dependencies" image >&2

base=${XDG_CACHE_HOME:-$HOME/.cache}/graphene-deployer/debian-bookworm.tar
if [ ! -f "$base" ]; then
    # The name of what is not complete yet does not tell mmdebstrap a format: left to itself it would make a folder.
    rm -rf "$base" "$base.partial"
    mkdir -p "$(dirname "$base")"
    mmdebstrap --quiet --format=tar --variant=minbase bookworm "$base.partial" "${MIRROR:-http://deb.debian.org/debian}" >&2
    mv "$base.partial" "$base"
fi
container=$(store from scratch)
store add --quiet "$container" "$base" / >/dev/null
store commit --quiet "$container" localhost/debian:bookworm-slim >/dev/null
store rm "$container" >/dev/null

store build --isolation chroot --network host --pull-never --build-arg BASE=localhost/debian:bookworm-slim \
    --build-context tree="$tree" --tag localhost/graphene-deployer "$repository" >&2
store inspect --type image localhost/graphene-deployer > "$folder/image.json"
echo "ROOT=$(store mount "$(store from --pull-never localhost/graphene-deployer)")"
