#!/bin/bash
# node.sh FOLDER: adds a real node (containerd, kubelet, kube-proxy, names of Services) to the cluster that
#   GRAPHENE_DEPLOYER_RIG_NETWORK=own up.sh FOLDER   has started, and waits until it is ready. down.sh FOLDER ends it.
# node.sh --check: only says whether this machine can do that.
# Ends with 77 and one sentence where it can't. Needs root and what build.sh installs with kubelet.
# The node lives in namespaces of its own: nothing of it is reached from outside, and all of it ends with one process.
#   GRAPHENE_DEPLOYER_RIG, KUBEBUILDER_ASSETS  as for up.sh; with kubelet and kube-proxy
#   GRAPHENE_DEPLOYER_RIG_PYTHON               the Python with grpcio that goes into the images (default: .build/python)
# FOLDER/node/init.pid is the node's first process: nsenter --target PID --all ctr -n k8s.io containers ls
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: node.sh FOLDER | --check" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
rig=${GRAPHENE_DEPLOYER_RIG:-${XDG_CACHE_HOME:-$HOME/.cache}/graphene-deployer/kubernetes-1.20.2}
bin=${KUBEBUILDER_ASSETS:-$rig/bin}
export PATH=$PATH:/usr/sbin:/sbin
cgroups=/sys/fs/cgroup

unable() { echo "no real node here: $*" >&2; exit 77; }

hierarchies() { # the folders in which a group of processes has to be made: one for cgroup v2, else one for each controller
    awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/self/mounts
}

check_machine() {
    local folder name
    [ "$(uname -s)" = Linux ] || unable "it takes Linux"
    [ "$(id -u)" = 0 ] || unable "only root can make namespaces and network bridges"
    unshare --net --mount --pid --fork --mount-proc true 2>/dev/null || unable "namespaces cannot be made (in a container: it must be privileged)"
    if [ -e $cgroups/cgroup.controllers ]; then
        for name in cpu memory pids; do
            grep -qw $name $cgroups/cgroup.controllers || unable "cgroup v2 has no controller $name"
            # Where it is on already nothing changes; in the innermost group of a container it cannot be switched on.
            echo "+$name" 2>/dev/null > $cgroups/cgroup.subtree_control || unable "cgroup v2 does not hand on its controller $name"
        done
    else
        for name in cpu cpuacct cpuset memory; do
            hierarchies | grep -E "[/,]$name(,|\$)" > /dev/null || unable "the cgroup controller $name is not mounted"
        done
    fi
    for folder in $(hierarchies); do
        name=$folder/graphene-deployer-check-$$
        mkdir "$name" 2>/dev/null || unable "no cgroup can be made in $folder"
        rmdir "$name"
    done
    if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
        for name in kubelet kube-proxy kube-scheduler kube-controller-manager; do
            [ -x "$bin/$name" ] || unable "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS has no $name"
        done
    else
        command -v apt-get >/dev/null || unable "build.sh takes Debian's packages; set KUBEBUILDER_ASSETS to a folder with kubelet and kube-proxy"
    fi
    check_network
}

check_network() { # what cannot be tried before the tools are installed is tried when they are
    command -v ip >/dev/null || return 0
    unshare --net ip link add probe0 type bridge 2>/dev/null || unable "no network bridge can be made"
    unshare --net ip link add probe0 type veth peer name probe1 2>/dev/null || unable "no pair of network devices (veth) can be made"
    [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ] || modprobe br_netfilter 2>/dev/null || unable "this kernel has no br_netfilter"
    command -v iptables >/dev/null || return 0
    unshare --net iptables -t nat -A POSTROUTING -m comment --comment probe -m mark --mark 1 -j MASQUERADE 2>/dev/null \
        || unable "iptables cannot translate addresses"
    unshare --net iptables -A FORWARD -m conntrack --ctstate INVALID -j DROP 2>/dev/null || unable "iptables cannot track connections"
}

check_machine
[ "$1" != --check ] || exit 0

[ -f "$1/admin.conf" ] || { echo "node.sh: there is no cluster in $1; start it with GRAPHENE_DEPLOYER_RIG_NETWORK=own up.sh $1" >&2; exit 1; }
state=$(cd "$1" && pwd); cd "$state"
case $state in /run/*|/var/lib/*|/var/log/*) echo "node.sh: take a folder elsewhere, the node has a $state of its own" >&2; exit 1 ;; esac
[ -e network ] || { echo "node.sh: this cluster has no network of its own; start it with GRAPHENE_DEPLOYER_RIG_NETWORK=own" >&2; exit 1; }
for tool in kubelet kube-proxy containerd runc ctr iptables conntrack gcc; do
    [ -x "$bin/$tool" ] || command -v $tool >/dev/null || { echo "node.sh: $tool was not found; run $here/build.sh kube-proxy kubelet first" >&2; exit 1; }
done
[ -x /usr/lib/cni/bridge ] || { echo "node.sh: containernetworking-plugins are not in /usr/lib/cni; run $here/build.sh kube-proxy kubelet first" >&2; exit 1; }
[ ! -f node.pid ] || { echo "node.sh: there is a node in $state already; end it with down.sh $state" >&2; exit 1; }

make_images() {
    gcc -static -O2 -o node/init "$here/machine/init.c"
    "${GRAPHENE_DEPLOYER_RIG_PYTHON:-$here/../../../.build/python/bin/python}" "$here/machine/images.py" node/init node/images.tar
}

make_cgroup() { # all pods are below it
    local folder file
    group=graphene-deployer-$$-$RANDOM
    : > node/cgroups
    for folder in $(hierarchies); do
        mkdir "$folder/$group"; echo "$folder/$group" >> node/cgroups
        for file in cpuset.cpus cpuset.mems; do
            [ -e $cgroups/cgroup.controllers ] || [ ! -e "$folder/$file" ] || cat "$folder/$file" > "$folder/$group/$file"
        done
    done
}

kubectl_admin() { nsenter --net=network env KUBECONFIG=admin.conf kubectl "$@"; }

set_address() { # the kubelet refuses a loopback address of its node, but keeps one that is there
    # shellcheck disable=SC1091
    . ./ports
    # shellcheck disable=SC2154
    nsenter --net=network curl -sf -m 10 --cacert pki/ca.crt --cert pki/admin.crt --key pki/admin.key -X PATCH \
        -H 'Content-Type: application/merge-patch+json' "https://127.0.0.1:$api/api/v1/nodes/node1/status" \
        -d '{"status":{"addresses":[{"type":"ExternalIP","address":"127.0.0.1"},{"type":"Hostname","address":"node1"}]}}' > /dev/null
}

# Nothing of an earlier node lives on.
kubectl_admin delete node node1 --ignore-not-found > /dev/null
rm -rf node; mkdir node
make_images
make_cgroup
setsid nohup nsenter --net=network unshare --mount --propagation private --pid --fork --kill-child --mount-proc \
    "$here/machine/init.sh" "$state/node" "$bin" "$group" > log/node.log 2>&1 < /dev/null & echo $! > node.pid
for _ in $(seq 120); do
    kill -0 "$(cat node.pid)" 2>/dev/null || break
    kubectl_admin get node node1 >/dev/null 2>&1 && set_address && break
    sleep 0.5
done
pgrep --parent "$(cat node.pid)" > node/init.pid || true
kubectl_admin wait --for=condition=Ready node/node1 --timeout=120s \
    || { tail -n 5 log/node.log log/containerd.log log/kubelet.log >&2; "$here/down.sh" "$state" node; exit 1; }
