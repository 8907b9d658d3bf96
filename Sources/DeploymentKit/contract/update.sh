#!/bin/bash
# Takes over the kit's public interface from the last build as that of the highest contract version, with its digest.
# Only for a version that no released host supports; a released one stays as it is, and another folder is begun.
set -euo pipefail
export LC_ALL=C
kit=$(cd "$(dirname "$0")/.." && pwd)
built=${1:-$kit/../../.build/debug/Modules}
number=$(ls "$kit/contract" | grep -xE '[0-9]+' | sort -n | tail -n 1)
cd "$kit/contract/$number"
rm -f ./*.swiftinterface
for source in "$kit"/Sources/*/; do
    interface=$(basename "$source").swiftinterface
    # The digests themselves are no part of what they cover.
    [[ $interface == ContractVersions.* || ! -f $built/$interface ]] && continue
    grep -v '^// swift-' "$built/$interface" >"$interface"
done
digest=$(for file in *.swiftinterface; do echo "$file" && cat "$file"; done | sha256sum | cut -d ' ' -f 1)
table=$kit/Sources/ContractVersions/ContractVersion+Table.swift
sed -i -E "s/(number: $number, interface: \")[0-9a-f]*/\1$digest/" "$table"
echo "contract $number: $digest"
