#!/bin/bash
# setup.sh: installs Keystone, Magnum and the client `openstack` from PyPI and prepares what up.sh copies: databases and
# keys with users and clusters. Takes 20 s to 2 min for the packages and half a minute for the rest; what is there
# already is kept. Two may run at once: the second waits for the first.
#   XDG_CACHE_HOME  where it all goes, in graphene-deployer/openstack-… (default ~/.cache)
#   PYTHON          an interpreter with venv, 3.11 or later (default python3)
# Prints OPENSTACK=FOLDER and PREPARED=FOLDER: the virtual environment's folder and what up.sh copies.
set -euo pipefail
[ $# -eq 0 ] || { echo "usage: setup.sh" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/graphene-deployer
python=${PYTHON:-python3}
export PYTHONWARNINGS=ignore PYTHONDONTWRITEBYTECODE=1

# Other versions and other seeds have folders of their own, so that several checkouts can live with one cache.
digest() { cat "$@" | sha256sum | cut -c 1-12; }
environment=$cache/openstack-$(digest "$here/requirements.txt" "$here/constraints.txt")
prepared=$environment/prepared-$(digest "$here/setup.sh" "$here/configuration.sh" "$here"/seed_*.py)

mkdir -p "$environment"
exec 9> "$environment/lock"
flock 9

if [ ! -f "$environment/complete" ]; then
    begin=$SECONDS
    echo "installing Keystone and Magnum in $environment" >&2
    rm -rf "$environment/venv"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "setup.sh: $python is older than 3.11; set PYTHON to a later one" >&2; exit 1; }
    "$python" -m venv "$environment/venv"
    "$environment/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt" -c "$here/constraints.txt" >&2
    : > "$environment/complete"
    echo "installing took $((SECONDS - begin)) s" >&2
fi

if [ ! -d "$prepared" ]; then
    begin=$SECONDS
    echo "preparing databases and keys in $prepared" >&2
    folder=$(mktemp -d "$environment/making.XXXXXX")
    trap 'rm -rf "$folder"' EXIT
    # shellcheck disable=SC1091
    . "$here/configuration.sh"
    write_configuration "$folder" "$environment/venv" 1 2   # nothing listens yet; up.sh writes it anew
    manage() { "$environment/venv/bin/keystone-manage" --config-file "$folder/keystone/keystone.conf" "$@"; }
    manage db_sync
    manage fernet_setup --keystone-user "$(id -un)" --keystone-group "$(id -gn)"
    manage credential_setup --keystone-user "$(id -un)" --keystone-group "$(id -gn)"
    manage bootstrap --bootstrap-password adminpw --bootstrap-region-id RegionOne --bootstrap-public-url http://keystone \
        --bootstrap-internal-url http://keystone --bootstrap-admin-url http://keystone
    "$environment/venv/bin/python" "$here/seed_keystone.py" "$folder" >&2
    "$environment/venv/bin/python" "$here/seed_magnum.py" "$folder" >&2
    rm -f "$folder"/*/*.conf "$folder"/*/*.log
    mv "$folder" "$prepared"
    echo "preparing took $((SECONDS - begin)) s" >&2
fi
echo "OPENSTACK=$environment/venv"
echo "PREPARED=$prepared"
