#!/usr/bin/env bash
# Builds a module of the tests that is no product of the package, since nobody should install it, and prints the folder
# that it is in. Usage: build-module.sh SOURCES [PRODUCTS]: the folder with the module's files, whose name is the
# module's, and the folder in which the package was built.
set -euo pipefail
umask 022 # the host loads no module that others may change
source=$(cd "$1" && pwd)
products=$(cd "${2:-$source/../../.build/debug}" && pwd -P)
module=$(basename "$source")
# Another kit or another source is another key.
key=$(cat "$products/libDeploymentKit.so" "$source"/*.swift "$source/target.note" "$0" | sha256sum | cut -c -16)
folder=$products/$module/$key
# One builds, whoever else wants it waits. The lock is beside the folder, which may be removed.
exec 9>"$products/$module.lock"
flock 9
if [ ! -e "$folder/lib$module.so" ]; then
    rm -rf "${products:?}/$module"
    mkdir -p "$folder"
    # What the plugin TargetNotes does for modules of the package.
    "$products/note-writer-tool" "$(command -v swiftc)" "$folder/Note.swift" "$source/target.note"
    (cd "$folder" && swiftc -emit-library -swift-version 6 -module-name "$module" -I "$products/Modules" \
        -L "$products" -lDeploymentKit -o made.so "$source"/*.swift Note.swift) >&2
    mv "$folder/made.so" "$folder/lib$module.so"
fi
echo "$folder"
