"""Kubeconfigs for the cluster of up.sh, in the stock form of CREODIAS: everything inline."""

from __future__ import annotations

import base64
import json
import subprocess
from pathlib import Path
from typing import Any, Optional

import yaml
from rig import Cluster

_RBAC = "rbac.authorization.k8s.io/v1"


class Kubeconfigs:
    """Writes kubeconfigs of chosen users into a folder."""

    def __init__(self, state: Path, folder: Path, cluster: Cluster) -> None:
        self._pki, self._folder, self._cluster = state / "pki", folder, cluster
        self._server = yaml.safe_load((state / "admin.conf").read_text())["clusters"][0]["cluster"]["server"]
        folder.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, user: dict[str, Any], authority: Optional[bytes] = None, server: str = "") -> Path:
        """One context `default`."""
        authority = authority or (self._pki / "ca.crt").read_bytes()
        document = {
            "apiVersion": "v1", "kind": "Config", "preferences": {}, "current-context": "default",
            "clusters": [{"name": "rig", "cluster": {
                "certificate-authority-data": _base64(authority), "server": server or self._server,
            }}],
            "contexts": [{"name": "default", "context": {"cluster": "rig", "user": name}}],
            "users": [{"name": name, "user": user}],
        }
        path = self._folder / f"{name}.conf"
        path.write_text(yaml.safe_dump(document), "utf-8")
        path.chmod(0o600)
        return path

    def admin(self) -> Path:
        """The administrator's, with a client certificate, as Magnum hands it out."""
        return self.certificate("admin", "system:masters")

    def certificate(self, name: str, organisation: str = "", days: int = 30) -> Path:
        """A user with a client certificate of the cluster's CA; negative days: one that has expired."""
        return self.write(name, self._client_certificate(name, organisation, days))

    def expired(self) -> Path:
        """An administrator whose certificate has ended."""
        return self.certificate("expired", "system:masters", days=-1)

    def wrong_authority(self) -> Path:
        """A kubeconfig of another cluster's CA."""
        other = self._folder / "other-ca"
        _openssl(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{other}.key", "-out", f"{other}.crt",
            "-days", "30", "-subj", "/CN=other",
        )
        user = self._client_certificate("wrong-authority", "system:masters", 30)
        return self.write("wrong-authority", user, Path(f"{other}.crt").read_bytes())

    def token(self, name: str, text: str) -> Path:
        """A user with a bearer token."""
        return self.write(name, {"token": text})

    def account(self, namespace: str, rules: Optional[list[dict[str, Any]]] = None, role: str = "") -> Path:
        """A ServiceAccount of the namespace with a ClusterRole (such as edit) or with rules in it, and nothing else."""
        name = "limited"
        self._create({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name}}, namespace)
        if rules is not None:
            self._create(
                {"apiVersion": _RBAC, "kind": "Role", "metadata": {"name": name}, "rules": rules}, namespace
            )
        if rules is not None or role:
            self._create({
                "apiVersion": _RBAC, "kind": "RoleBinding", "metadata": {"name": name},
                "subjects": [{"kind": "ServiceAccount", "name": name, "namespace": namespace}],
                "roleRef": {
                    "apiGroup": "rbac.authorization.k8s.io", "kind": "Role" if rules is not None else "ClusterRole",
                    "name": name if rules is not None else role,
                },
            }, namespace)
        return self.token(f"{namespace}-{name}", self.account_token(namespace, name))

    def bearer(self, server: str, name: str = "bearer") -> Path:
        """An administrator with a token, at another address of the API."""
        self._create({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name}}, "default")
        self._create({
            "apiVersion": _RBAC, "kind": "ClusterRoleBinding", "metadata": {"name": f"rig-{name}"},
            "subjects": [{"kind": "ServiceAccount", "name": name, "namespace": "default"}],
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        }, "default")
        port = server.rpartition(":")[2]
        return self.write(f"{name}-{port}", {"token": self.account_token("default", name)}, server=server)

    def account_token(self, namespace: str, name: str) -> str:
        """A fresh token of a ServiceAccount."""
        request = {
            "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 3600},
        }
        path = f"/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token"
        answer = json.loads(self._cluster.kubectl("create", "--raw", path, "-f", "-", document=request))
        return answer["status"]["token"]

    def _create(self, document: dict[str, Any], namespace: str) -> None:
        self._cluster.kubectl("apply", "--namespace", namespace, "-f", "-", document=document)

    def _client_certificate(self, name: str, organisation: str, days: int) -> dict[str, Any]:
        path = self._folder / name
        subject = (f"/O={organisation}" if organisation else "") + f"/CN={name}"
        _openssl("genrsa", "-traditional", "-out", f"{path}.key", "2048")
        _openssl("req", "-new", "-key", f"{path}.key", "-out", f"{path}.csr", "-subj", subject)
        _openssl(
            "x509", "-req", "-in", f"{path}.csr", "-CA", self._pki / "ca.crt", "-CAkey", self._pki / "ca.key",
            "-CAserial", f"{path}.srl", "-CAcreateserial", "-days", str(days), "-out", f"{path}.crt",
        )
        certificate, key = (Path(f"{path}.{kind}").read_bytes() for kind in ("crt", "key"))
        return {"client-certificate-data": _base64(certificate), "client-key-data": _base64(key)}


def marks(kubeconfig: Path) -> list[str]:
    """What must turn up nowhere of a user's credentials: the token, or lines of the key as it is and encoded."""
    user = yaml.safe_load(kubeconfig.read_text())["users"][0]["user"]
    if "token" in user:
        # Header and claims of a token are no secret, but its signature is.
        return [user["token"].rsplit(".", 1)[-1]]
    encoded = user["client-key-data"]
    lines = base64.b64decode(encoded).decode().splitlines()
    return [encoded[place : place + 40] for place in range(0, len(encoded) - 40, 200)] + lines[2:-2]


def _openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
