#!/bin/bash
# init.sh FOLDER BIN CGROUP: the first process of a node, started by node.sh in namespaces for network, mounts and
# processes; when it ends, the kernel ends all that came of it. FOLDER is that of up.sh with /node behind it.
set -euo pipefail
node=$1 bin=$2 group=$3; state=${node%/node}; here=$(cd "$(dirname "$0")" && pwd)
bridge=10.244.0.1
cd "$state"

hide() { # what programs keep in fixed places goes to the folder, for this node alone
    local place name
    mount -t tmpfs -o mode=755 tmpfs /run
    mkdir -p /run/upper /run/work "$node/log"
    mount -t overlay -o lowerdir=/var/lib,upperdir=/run/upper,workdir=/run/work overlay /var/lib
    mount --bind "$node/log" /var/log
    # kubelet tunes the kernel; these are files, and the machine keeps its settings.
    for name in vm/overcommit_memory:1 vm/panic_on_oom:0 kernel/panic:10 kernel/panic_on_oops:1 kernel/keys/root_maxkeys:1000000 kernel/keys/root_maxbytes:25000000; do
        place=/proc/sys/${name%:*}
        [ -e "$place" ] || continue
        mkdir -p "/run/sysctl/$(dirname "${name%:*}")"; echo "${name#*:}" > "/run/sysctl/${name%:*}"
        mount --bind "/run/sysctl/${name%:*}" "$place"
    done
}

write_settings() {
    mkdir -p "$node/cni" "$node/registries/registry.example.org"; : > "$node/resolv.conf"
    # The registry of the samples is there and has nothing; others cannot be reached.
    printf 'server = "http://%s:5000"\n[host."http://%s:5000"]\ncapabilities = ["pull", "resolve"]\n' $bridge $bridge > "$node/registries/registry.example.org/hosts.toml"
    snapshots=overlayfs
    [ "$(stat -f -c %T "$node")" != overlayfs ] || snapshots=native   # in a container; overlays do not stack
    cat > "$node/containerd.toml" <<T
version = 2
root = "$node/containerd"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "rig/pause:1"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "$snapshots"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$node/cni"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "$node/registries"
T
    cat > "$node/cni/10-bridge.conflist" <<J
{"cniVersion": "0.4.0", "name": "rig", "plugins": [
  {"type": "bridge", "bridge": "rig0", "isGateway": true, "ipMasq": false, "hairpinMode": true,
   "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.244.0.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
J
    cat > "$node/kubelet.yaml" <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: false}, x509: {clientCAFile: $state/pki/ca.crt}}
authorization: {mode: AlwaysAllow}
address: 127.0.0.1
healthzPort: 0
cgroupDriver: cgroupfs
cgroupRoot: /$group
enforceNodeAllocatable: []
failSwapOn: false
clusterDNS: [$bridge]
clusterDomain: cluster.local
resolvConf: $node/resolv.conf
nodeStatusUpdateFrequency: 2s
evictionHard: {memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1%}
tlsCertFile: $state/pki/node.crt
tlsPrivateKeyFile: $state/pki/node.key
Y
}

start() { local name=$1; shift; "$@" > "log/$name.log" 2>&1 < /dev/null & }

start_kubelet() {
    local flags=()
    "$bin/kubelet" --help 2>&1 | grep -E '^ +--container-runtime string' > /dev/null && flags+=(--container-runtime=remote)   # gone in later versions
    "$bin/kubelet" --help 2>&1 | grep -E '^ +--pod-infra-container-image ' > /dev/null && flags+=(--pod-infra-container-image=rig/pause:1)
    start kubelet "$bin/kubelet" --config="$node/kubelet.yaml" --kubeconfig=node.conf --root-dir="$node/kubelet" \
        --container-runtime-endpoint=unix:///run/containerd/containerd.sock --hostname-override=node1 --node-ip=127.0.0.1 "${flags[@]}"
}

hide
write_settings
ip link delete rig0 2>/dev/null || true   # of an earlier node
ip link add rig0 type bridge; ip addr add $bridge/24 dev rig0; ip link set rig0 up
ip route add 10.96.0.0/16 dev rig0   # as a default route would do it: Services get as far as the rules of kube-proxy
start dns "${GRAPHENE_DEPLOYER_RIG_PYTHON:-python3}" -B "$here/dns.py" "$state" $bridge
start registry "${GRAPHENE_DEPLOYER_RIG_PYTHON:-python3}" -B "$here/registry.py" $bridge 5000
start containerd containerd -c "$node/containerd.toml"
for _ in $(seq 100); do ctr version >/dev/null 2>&1 && break; sleep 0.1; done
ctr -n k8s.io images import --snapshotter "$snapshots" "$node/images.tar" > log/images.log
start_kubelet
start proxy "$bin/kube-proxy" --kubeconfig=proxy.conf --hostname-override=node1 --cluster-cidr=10.244.0.0/16 --bind-address=127.0.0.1 \
    --healthz-bind-address= --metrics-bind-address= --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0 --conntrack-tcp-timeout-close-wait=0
wait -n || true
echo "one of the node's programs has ended; what is left goes on"
while :; do wait || true; sleep 60; done
