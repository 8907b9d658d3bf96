#!/bin/bash
# Compares two versions of the contract: compare.sh OLD NEW, folders with a module's interface in each file. Prints what a
# module that was built with OLD would miss or find changed in a kit that has NEW, a line each; nothing where NEW only
# adds. Ends with 1 where something is missing: a host that supports both versions cannot have the kit of NEW.
set -euo pipefail
export LC_ALL=C
old=$(realpath "$1") new=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The lines that update.sh leaves out, because they differ from one compiler to the next.
prepare() {
    local file name
    mkdir -p "$work/$2"
    for file in "$1"/*.swiftinterface; do
        name=$(basename "$file" .swiftinterface)
        {
            echo "// swift-interface-format-version: 1.0"
            echo "// swift-compiler-version: $(swiftc --version 2>/dev/null | head -n 1)"
            echo "// swift-module-flags: -enable-library-evolution -swift-version 6 -module-name $name"
            cat "$file"
        } >"$work/$2/$name.swiftinterface"
    done
}
describe() { # version module
    swift-api-digester -dump-sdk -abi -swift-version 6 -module "$2" -I "$work/$1" -module-cache-path "$work/cache-$1" \
        -o "$work/$1/$2.json" 2>"$work/log" || { cat "$work/log" >&2; exit 2; }
}
prepare "$old" old
prepare "$new" new
missing=0
for file in "$work"/old/*.swiftinterface; do
    module=$(basename "$file" .swiftinterface)
    if [ ! -f "$work/new/$module.swiftinterface" ]; then
        echo "$module: the module has been removed"
        missing=1
        continue
    fi
    cmp -s "$file" "$work/new/$module.swiftinterface" && continue
    describe old "$module"
    describe new "$module"
    while IFS= read -r line; do
        echo "$module: $line"
        missing=1
    done < <(swift-api-digester -diagnose-sdk -abi -disable-os-checks -input-paths "$work/old/$module.json" \
        -input-paths "$work/new/$module.json" 2>&1 | grep -vE '^(/\* .* \*/)?$')
done
exit $missing
