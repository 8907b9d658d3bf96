#!/bin/bash
# up.sh FOLDER: starts etcd, kube-apiserver and, where built, kube-controller-manager and kube-scheduler on 127.0.0.1.
# Ready in about 10 s; prints KUBECONFIG=FOLDER/admin.conf. down.sh FOLDER ends it. Several may run at once, each with its folder.
# FOLDER keeps certificates, data, logs, pids and the ports, which are chosen at the first start; remove it for a new cluster.
#   GRAPHENE_DEPLOYER_RIG  cache of build.sh (default ${XDG_CACHE_HOME:-$HOME/.cache}/graphene-deployer/kubernetes-1.20.2)
#   KUBEBUILDER_ASSETS     a folder with kube-apiserver and etcd to use instead
#   GRAPHENE_DEPLOYER_RIG_SCHEDULER=no  starts no kube-scheduler: kubelet.py does its work
#   GRAPHENE_DEPLOYER_RIG_NETWORK=own   starts all in a network namespace of its own, as node.sh needs it (root only);
#                                       nsenter --net=FOLDER/network COMMAND gets there
#   GRAPHENE_DEPLOYER_RIG_AUDIT  an audit policy: what the API server is asked is then in FOLDER/log/audit.log
# The client CA is FOLDER/pki/ca.crt with its key beside it (subject CN=kube-ok).
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
[ $# -eq 1 ] || { echo "usage: up.sh FOLDER" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
rig=${GRAPHENE_DEPLOYER_RIG:-${XDG_CACHE_HOME:-$HOME/.cache}/graphene-deployer/kubernetes-1.20.2}
bin=${KUBEBUILDER_ASSETS:-$rig/bin}
[ -x "$bin/kube-apiserver" ] || { echo "up.sh: there is no kube-apiserver in $bin; run $here/build.sh first, or set KUBEBUILDER_ASSETS" >&2; exit 1; }
etcd=$bin/etcd; [ -x "$etcd" ] || etcd=$(command -v etcd) || { echo "up.sh: etcd was not found; run $here/build.sh first" >&2; exit 1; }
mkdir -p "$1/pki" "$1/log"; state=$(cd "$1" && pwd); cd "$state"
[ ! -f apiserver.pid ] || ! kill -0 "$(cat apiserver.pid)" 2>/dev/null || { echo "up.sh: a cluster runs in $state already; end it with down.sh $state" >&2; exit 1; }

if [ "${GRAPHENE_DEPLOYER_RIG_NETWORK:-}" = own ]; then
    rm -f network
    # The namespace lasts as long as this process waits in it.
    # shellcheck disable=SC2016
    setsid nohup unshare --net bash -c 'ip link set lo up && ln -s "/proc/$$/ns/net" "$1/network" && exec tail -f "$1/log/network.log"' \
        network "$state" > log/network.log 2>&1 < /dev/null & echo $! > network.pid
    for _ in $(seq 50); do [ -e network ] && break; sleep 0.1; done
    [ -e network ] || { echo "up.sh: there is no network namespace to be had: $(tail -n 1 log/network.log)" >&2; exit 1; }
    export GRAPHENE_DEPLOYER_RIG_NETWORK=entered
    nsenter --net=network "$here/up.sh" "$state" || { "$here/down.sh" "$state"; exit 1; }
    exit 0
fi

certificate() { # name subject alternative-names
    openssl req -newkey rsa:2048 -nodes -keyout "pki/$1.key" -out "pki/$1.csr" -subj "$2" 2>/dev/null
    printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3" > "pki/$1.ext"
    openssl x509 -req -in "pki/$1.csr" -CA pki/ca.crt -CAkey pki/ca.key -CAcreateserial -days 3650 -extfile "pki/$1.ext" -out "pki/$1.crt" 2>/dev/null
}

make_certificates() {
    openssl req -x509 -newkey rsa:2048 -nodes -keyout pki/ca.key -out pki/ca.crt -days 3650 -subj /CN=kube-ok 2>/dev/null
    certificate apiserver /CN=kube-apiserver IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc
    certificate admin /O=system:masters/CN=admin DNS:admin
    certificate kcm /CN=system:kube-controller-manager DNS:kcm
    certificate scheduler /CN=system:kube-scheduler DNS:scheduler
    certificate node /O=system:nodes/CN=system:node:node1 DNS:node1,IP:127.0.0.1
    certificate proxy /CN=system:kube-proxy DNS:proxy
    openssl genrsa -out pki/sa.key 2048 2>/dev/null; openssl rsa -in pki/sa.key -pubout -out pki/sa.pub 2>/dev/null
    : > pki/complete
}

free_port() { # outside the ranges of node ports and of outgoing connections
    local port
    while :; do
        port=$((10000 + RANDOM % 19000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

choose_ports() { printf 'api=%s client=%s peer=%s prefix=/registry-%s\n' "$(free_port)" "$(free_port)" "$(free_port)" "$$-$RANDOM" > ports; }

write_kubeconfigs() {
    local user
    for user in admin kcm scheduler node proxy; do cat > "$user.conf" <<K
apiVersion: v1
kind: Config
clusters: [{name: local, cluster: {server: "https://127.0.0.1:$api", certificate-authority-data: $(base64 -w0 pki/ca.crt)}}]
users: [{name: $user, user: {client-certificate-data: $(base64 -w0 "pki/$user.crt"), client-key-data: $(base64 -w0 "pki/$user.key")}}]
contexts: [{name: local, context: {cluster: local, user: $user}}]
current-context: local
K
    done
    chmod 600 ./*.conf
}

run() { local name=$1; shift; setsid nohup "$@" > "log/$name.log" 2>&1 < /dev/null & echo $! > "$name.pid"; }
alive() { kill -0 "$(cat "$1.pid")" 2>/dev/null; }
is_ready() { [ "$(curl -s -m 5 --cacert pki/ca.crt --cert pki/admin.crt --key pki/admin.key "https://127.0.0.1:$api/readyz")" = ok ]; }

start_control_plane() { # fails if a process ends, for instance because someone else took its port meanwhile
    run etcd "$etcd" --data-dir "$state/etcd" --listen-client-urls "http://127.0.0.1:$client" --advertise-client-urls "http://127.0.0.1:$client" \
        --listen-peer-urls "http://127.0.0.1:$peer" --initial-advertise-peer-urls "http://127.0.0.1:$peer" --initial-cluster "default=http://127.0.0.1:$peer"
    local audit=()
    [ -z "${GRAPHENE_DEPLOYER_RIG_AUDIT:-}" ] || audit=(--audit-policy-file="$GRAPHENE_DEPLOYER_RIG_AUDIT" --audit-log-path="$state/log/audit.log")
    run apiserver "$bin/kube-apiserver" --etcd-servers="http://127.0.0.1:$client" --etcd-prefix="$prefix" --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --secure-port="$api" \
        --client-ca-file="$state/pki/ca.crt" --tls-cert-file="$state/pki/apiserver.crt" --tls-private-key-file="$state/pki/apiserver.key" \
        --service-account-key-file="$state/pki/sa.pub" --service-account-signing-key-file="$state/pki/sa.key" --service-account-issuer=https://kubernetes.default.svc \
        --service-cluster-ip-range=10.96.0.0/16 --authorization-mode=Node,RBAC --allow-privileged=true \
        --kubelet-client-certificate="$state/pki/admin.crt" --kubelet-client-key="$state/pki/admin.key" --kubelet-preferred-address-types=ExternalIP,InternalIP,Hostname "${audit[@]}"
    for _ in $(seq 240); do
        alive etcd && alive apiserver || return 1
        is_ready && alive etcd && alive apiserver && return 0
        sleep 0.25
    done
    return 1
}

start_controllers() {
    local name
    for name in kube-controller-manager:kcm kube-scheduler:scheduler; do
        local binary=$bin/${name%:*} short=${name#*:} flags=(--leader-elect=false --bind-address=127.0.0.1 --secure-port=0)
        [ -x "$binary" ] || continue
        [ "$short" != scheduler ] || [ "${GRAPHENE_DEPLOYER_RIG_SCHEDULER:-yes}" != no ] || continue
        "$binary" --help 2>&1 | grep -E '^ +--port ' > /dev/null && flags+=(--port=0)   # gone in later versions
        [ "$short" = kcm ] && flags+=(--service-account-private-key-file="$state/pki/sa.key" --root-ca-file="$state/pki/ca.crt"
            --cluster-signing-cert-file="$state/pki/ca.crt" --cluster-signing-key-file="$state/pki/ca.key" --use-service-account-credentials=true)
        run "$short" "$binary" --kubeconfig="$state/$short.conf" "${flags[@]}"
    done
}

[ -f pki/complete ] || make_certificates
for attempt in 1 2 3; do
    [ -f ports ] || choose_ports
    # shellcheck disable=SC1091
    . ./ports
    write_kubeconfigs
    start_control_plane && break
    tail -n 5 log/apiserver.log log/etcd.log >&2
    "$here/down.sh" "$state"
    [ "$attempt" -lt 3 ] || { echo "up.sh: the control plane did not start; logs are in $state/log" >&2; exit 1; }
    [ -f started ] || rm -rf etcd ports   # a cluster with data keeps its ports
done
: > started
start_controllers
echo "KUBECONFIG=$state/admin.conf"
