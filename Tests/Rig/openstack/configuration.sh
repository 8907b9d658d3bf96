# shellcheck shell=bash
# Sourced by setup.sh and up.sh.

write_configuration() { # folder virtual-environment keystone-port magnum-port: Keystone's and Magnum's configuration
    local folder=$1 environment=$2 keystone=http://127.0.0.1:$3 service
    mkdir -p "$folder/keystone" "$folder/magnum"
    cat > "$folder/keystone/keystone.conf" <<END
[DEFAULT]
public_endpoint = $keystone
log_file = $folder/keystone/keystone.log

[database]
connection = sqlite:///$folder/keystone/keystone.db
sqlite_synchronous = false

[token]
provider = fernet
expiration = 3600

[fernet_tokens]
key_repository = $folder/keystone/fernet-keys

[fernet_receipts]
key_repository = $folder/keystone/fernet-keys

[credential]
key_repository = $folder/keystone/credential-keys

[identity]
password_hash_rounds = 4

[cache]
# In the process: a token costs 40 ms of processor time instead of 400 ms.
enabled = true
backend = dogpile.cache.memory
END
    service="www_authenticate_uri = $keystone/v3
auth_url = $keystone/v3
auth_type = password
username = magnum
password = magnumpw
user_domain_id = default
project_name = service
project_domain_id = default"
    cp "$environment/etc/magnum/api-paste.ini" "$folder/magnum/api-paste.ini"
    cat > "$folder/magnum/magnum.conf" <<END
[DEFAULT]
host = magnum-rig
state_path = $folder/magnum
# In the process: API and conductor are one, and no message broker is needed.
transport_url = fake://
log_file = $folder/magnum/magnum.log

[api]
api_paste_config = $folder/magnum/api-paste.ini

[database]
connection = sqlite:///$folder/magnum/magnum.db
sqlite_synchronous = false

[certificates]
cert_manager_type = x509keypair

[keystone_authtoken]
$service
service_token_roles_required = true
# Without it application credentials with access rules are refused everywhere.
service_type = container-infra
# Keystone is asked about each token with each request, so that withdrawn ones are refused at once.
token_cache_time = -1

[keystone_auth]
$service

[oslo_concurrency]
lock_path = $folder/magnum/lock

[oslo_messaging_notifications]
driver = noop
END
}
