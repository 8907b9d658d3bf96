#!/usr/bin/env bash
# Builds the module FixtureTarget and prints the folder that it is in. It is no product of the package: nobody should
# install it. Usage: build.sh [PRODUCTS], the folder in which the package was built.
set -euo pipefail
umask 022 # the host loads no module that others may change
source=$(cd "$(dirname "$0")" && pwd)
products=$(cd "${1:-$source/../../.build/debug}" && pwd -P)
# Another kit or another fixture is another key.
key=$(cat "$products/libDeploymentKit.so" "$source"/*.swift "$source/target.note" "$0" | sha256sum | cut -c -16)
folder=$products/FixtureTarget/$key
# One builds, whoever else wants it waits. The lock is beside the folder, which may be removed.
exec 9>"$products/FixtureTarget.lock"
flock 9
if [ ! -e "$folder/libFixtureTarget.so" ]; then
    rm -rf "$products/FixtureTarget"
    mkdir -p "$folder"
    # What the plugin TargetNotes does for modules of the package.
    "$products/note-writer-tool" "$(command -v swiftc)" "$folder/Note.swift" "$source/target.note"
    printf 'modules: {folders: ["%s"]}\ntargets: [{module: LocalYAML}, {module: FixtureTarget}]\ndefaultTarget: local-yaml\n' "$folder" \
        >"$folder/fixture.yaml"
    (cd "$folder" && swiftc -emit-library -swift-version 6 -module-name FixtureTarget -I "$products/Modules" \
        -L "$products" -lDeploymentKit -o made.so "$source"/*.swift Note.swift) >&2
    mv "$folder/made.so" "$folder/libFixtureTarget.so"
fi
echo "$folder"
