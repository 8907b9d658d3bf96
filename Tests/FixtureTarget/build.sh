#!/usr/bin/env bash
# Builds the module FixtureTarget with a configuration that has it, and prints the folder that they are in.
# Usage: build.sh [PRODUCTS], the folder in which the package was built.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$("$here/build-module.sh" "$here" "$@")
printf 'modules: {folders: ["%s"]}\ntargets: [{module: LocalYAML}, {module: FixtureTarget}]\ndefaultTarget: local-yaml\n' "$folder" \
    >"$folder/fixture.yaml.$$"
mv "$folder/fixture.yaml.$$" "$folder/fixture.yaml"
echo "$folder"
