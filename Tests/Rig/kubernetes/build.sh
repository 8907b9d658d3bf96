#!/bin/bash
# build.sh [BINARY ...]: builds Kubernetes 1.20.2 from Debian's source package (about 10 minutes on two idle cores).
# Default: kube-apiserver kube-controller-manager. Also possible: kube-scheduler kube-proxy kubelet.
# With kubelet, what a node needs besides is installed too (containerd, iptables, …); no daemon is started.
#   GRAPHENE_DEPLOYER_RIG  where everything goes (default ${XDG_CACHE_HOME:-$HOME/.cache}/graphene-deployer/kubernetes-1.20.2)
#   KUBEBUILDER_ASSETS     a folder with kube-apiserver, etcd and kubectl (for a node, with all others): nothing is built then
# Needs Debian 12 and root, because it installs packages.
set -euo pipefail
rig=${GRAPHENE_DEPLOYER_RIG:-${XDG_CACHE_HOME:-$HOME/.cache}/graphene-deployer/kubernetes-1.20.2}

fail() { echo "build.sh: $*" >&2; exit 1; }

if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
    for binary in kube-apiserver etcd kubectl; do
        [ -x "$KUBEBUILDER_ASSETS/$binary" ] || fail "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS lacks $binary; complete that folder or unset the variable"
    done
    [[ " $* " == *" kubelet "* ]] || { echo "using $KUBEBUILDER_ASSETS"; exit 0; }
fi

wanted=("$@"); [ ${#wanted[@]} -gt 0 ] || wanted=(kube-apiserver kube-controller-manager)
missing=(); for binary in "${wanted[@]}"; do [ -n "${KUBEBUILDER_ASSETS:-}" ] || [ -x "$rig/bin/$binary" ] || missing+=("$binary"); done
tools=(etcd kubectl curl openssl) packages=(etcd-server curl openssl procps)
if [[ " ${wanted[*]} " == *" kubelet "* ]]; then
    tools+=(containerd runc iptables ebtables ethtool socat conntrack ip gcc)
    packages+=(containerd runc containernetworking-plugins iptables ebtables ethtool socat conntrack iproute2 gcc libc6-dev)
fi
PATH=$PATH:/usr/sbin:/sbin
complete=yes; for tool in "${tools[@]}"; do command -v "$tool" >/dev/null || complete=no; done
[ ${#missing[@]} -eq 0 ] && [ $complete = yes ] && { echo "all in $rig/bin"; exit 0; }

command -v apt-get >/dev/null || fail "apt-get was not found; on other systems set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl"
[ "$(id -u)" = 0 ] || fail "packages must be installed: run it as root, or set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl"
export DEBIAN_FRONTEND=noninteractive

# Packages must not start their daemons.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' > $policy; chmod +x $policy; trap 'rm -f $policy' EXIT; fi

apt-get update -q >/dev/null
apt-get install -y -q "${packages[@]}" >/dev/null
command -v kubectl >/dev/null || apt-get install -y -q kubernetes-client >/dev/null
[ ${#missing[@]} -eq 0 ] && { echo "all in $rig/bin"; exit 0; }
apt-get install -y -q golang-go golang-github-modern-go-reflect2-dev rsync jq dpkg-dev git make gcc libc6-dev >/dev/null

mkdir -p "$rig/bin" "$rig/go/src/k8s.io"
source=$rig/go/src/k8s.io/kubernetes
if [ ! -d "$source" ]; then
    uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' 'Component: main' | head -n 1)
    [ -n "$uri" ] || fail "no package source for Debian 12 (bookworm) main; add one, or set KUBEBUILDER_ASSETS"
    printf 'Types: deb-src\nURIs: %s\nSuites: bookworm\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' "$uri" \
        > /etc/apt/sources.list.d/graphene-deployer-rig.sources
    apt-get update -q >/dev/null
    cd "$rig"; apt-get source -q kubernetes >/dev/null; mv kubernetes-1.*/ "$source"; rm -f kubernetes_*
fi
cd "$source"; export GOPATH=$rig/go GOCACHE=$rig/gocache
[ -d .git ] || git init -q .   # the generator asks git for the root

# The vendored reflect2 1.0.1 corrupts memory under Go 1.18 and later (kube-apiserver dies now and then
# with "unexpected fault address"); Debian packages 1.0.2.
reflect2=vendor/github.com/modern-go/reflect2
if [ -f $reflect2/go_above_17.go ]; then
    rm -rf $reflect2; cp -rL /usr/share/gocode/src/github.com/modern-go/reflect2 $reflect2
    find $reflect2 -name '*_test.go' -delete
fi
# A kubelet 1.20 lets a deleted pod go only after it has swept up old sandboxes, which it does once a minute; later ones
# do so at once.
sed -i 's/ContainerGCPeriod = time\.Minute$/ContainerGCPeriod = 2 * time.Second/' pkg/kubelet/kubelet.go
[ -f pkg/generated/openapi/zz_generated.openapi.go ] || make generated_files > "$rig/generate.log" 2>&1 \
    || fail "make generated_files failed; see $rig/generate.log"

flags="-s -w"
for package in component-base/version client-go/pkg/version; do
    prefix=k8s.io/kubernetes/vendor/k8s.io/$package
    flags+=" -X $prefix.gitVersion=v1.20.2 -X $prefix.gitMajor=1 -X $prefix.gitMinor=20"
done
for binary in "${missing[@]}"; do
    cgo=0; [ "$binary" = kubelet ] && cgo=1
    GO111MODULE=off CGO_ENABLED=$cgo go build -ldflags "$flags" -o "$rig/bin/$binary" "./cmd/$binary"
    echo "built $binary"
done
