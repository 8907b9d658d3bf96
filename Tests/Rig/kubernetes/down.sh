#!/bin/bash
# down.sh FOLDER [node]: ends, by process id, what up.sh and node.sh started with that folder, or only the node. Data stays there.
set -euo pipefail
[ $# -eq 1 ] || [ "$*" = "$1 node" ] || { echo "usage: down.sh FOLDER [node]" >&2; exit 2; }
[ -d "$1" ] || exit 0
state=$(cd "$1" && pwd)

# A pid file may outlive its process: only a process that was given this folder is ours.
ours() { tr '\0' ' ' 2>/dev/null < "/proc/$1/cmdline" | grep -qF "$state/"; }

end() { # name seconds
    [ -f "$state/$1.pid" ] || return 0
    local pid; pid=$(cat "$state/$1.pid")
    if ours "$pid"; then
        kill "$pid" 2>/dev/null || true
        for _ in $(seq $(($2 * 10))); do ours "$pid" || break; sleep 0.1; done
        ! ours "$pid" || kill -9 "$pid" 2>/dev/null || true
    fi
    rm -f "$state/$1.pid"
}

end_node() { # with its first process the kernel ends all others and takes away what they mounted
    local folder
    if [ -f "$state/node/init.pid" ] && ours "$(cat "$state/node/init.pid")"; then
        kill -9 "$(cat "$state/node/init.pid")" 2>/dev/null || true
    fi
    end node 10
    rm -f "$state/node/init.pid"
    [ -f "$state/node/cgroups" ] || return 0
    while read -r folder; do
        for _ in $(seq 50); do
            [ -d "$folder" ] || break
            find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.1
        done
    done < "$state/node/cgroups"
    rm -f "$state/node/cgroups"
}

end_node
[ $# -eq 1 ] || exit 0
for name in scheduler kcm apiserver etcd; do end $name 10; done
# up.sh, which may call this before a second attempt, is in that network itself.
[ "${GRAPHENE_DEPLOYER_RIG_NETWORK:-}" = entered ] || { end network 10; rm -f "$state/network"; }
