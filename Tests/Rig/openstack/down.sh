#!/bin/bash
# down.sh FOLDER: ends, by process id, what up.sh started with that folder. Data stays there.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: down.sh FOLDER" >&2; exit 2; }
[ -d "$1" ] || exit 0
state=$(cd "$1" && pwd)

# A pid file may outlive its process: only a process that was given this folder is ours.
ours() { tr '\0' ' ' 2>/dev/null < "/proc/$1/cmdline" | grep -qF "$state/"; }

for name in magnum keystone; do
    [ -f "$state/$name.pid" ] || continue
    pid=$(cat "$state/$name.pid")
    if ours "$pid"; then
        kill "$pid" 2>/dev/null || true
        for _ in $(seq 50); do ours "$pid" || break; sleep 0.1; done
        ! ours "$pid" || kill -9 "$pid" 2>/dev/null || true
    fi
    rm -f "$state/$name.pid"
done
