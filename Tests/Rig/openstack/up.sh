#!/bin/bash
# up.sh FOLDER [CLUSTER]: starts Keystone and Magnum on free ports of 127.0.0.1, with users and clusters; ready in some
# seconds once setup.sh has run, which it calls. down.sh FOLDER ends them. Several may run at once, each with its folder.
# CLUSTER is a folder of ../kubernetes/up.sh: Magnum's cluster kube-ok is then that one, with its CA and its address.
# Without it kube-ok has a CA of its own, FOLDER/ca.crt, and nothing listens at its address.
# FOLDER/seed.json tells the URLs, users, credentials and clusters. Remove FOLDER to begin anew.
#   XDG_CACHE_HOME, PYTHON  as for setup.sh
set -euo pipefail
[ $# -eq 1 ] || [ $# -eq 2 ] || { echo "usage: up.sh FOLDER [CLUSTER]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
made=$("$here/setup.sh")
environment=$(sed -n 's/^OPENSTACK=//p' <<< "$made") prepared=$(sed -n 's/^PREPARED=//p' <<< "$made")
export PYTHONWARNINGS=ignore PYTHONDONTWRITEBYTECODE=1
# shellcheck disable=SC1091
. "$here/configuration.sh"

mkdir -p "$1"; state=$(cd "$1" && pwd)
[ ! -f "$state/seed.json" ] || { echo "up.sh: $state is in use already; end it with down.sh $state, and remove it" >&2; exit 1; }
ca=$state/ca.crt key=$state/ca.key address=https://127.0.0.1:6443
if [ $# -eq 2 ]; then
    ca=$2/pki/ca.crt key=$2/pki/ca.key address=https://127.0.0.1:$(sed -n 's/.*\bapi=\([0-9]*\).*/\1/p' "$2/ports")
else
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$key" -out "$ca" -days 3650 -subj /CN=kube-ok 2>/dev/null
fi

free_port() { # outside the ranges of node ports and of outgoing connections
    local port
    while :; do
        port=$((10000 + RANDOM % 19000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

run() { # name port
    setsid nohup "$environment/bin/python" "$here/serve_$1.py" "$2" --config-file "$state/$1/$1.conf" \
        > "$state/$1.log" 2>&1 < /dev/null 9>&- & echo $! > "$state/$1.pid"
}

alive() { kill -0 "$(cat "$state/$1.pid")" 2>/dev/null; }

start() { # fails if a process ends, for instance because someone else took its port meanwhile
    local keystone_port magnum_port
    keystone_port=$(free_port) magnum_port=$(free_port)
    cp -r "$prepared/." "$state"
    write_configuration "$state" "$environment" "$keystone_port" "$magnum_port"
    "$environment/bin/python" "$here/place.py" "$state" "http://127.0.0.1:$keystone_port/v3" \
        "http://127.0.0.1:$magnum_port/v1" "$ca" "$key" "$address" || exit 1
    run keystone "$keystone_port"; run magnum "$magnum_port"
    for _ in $(seq 300); do
        alive keystone && alive magnum || return 1
        curl -fs -m 5 -o /dev/null "http://127.0.0.1:$keystone_port/v3" && curl -fs -m 5 -o /dev/null "http://127.0.0.1:$magnum_port/" \
            && alive keystone && alive magnum && return 0
        sleep 0.2
    done
    return 1
}

for attempt in 1 2 3; do
    start && break
    tail -n 5 "$state/keystone.log" "$state/magnum.log" >&2
    "$here/down.sh" "$state"
    [ "$attempt" -lt 3 ] || { echo "up.sh: Keystone and Magnum did not start; logs are in $state" >&2; exit 1; }
done
echo "OPENSTACK=$environment"
