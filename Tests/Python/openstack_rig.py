"""Keystone and Magnum, joined with a live cluster: what Magnum signs for `kube-ok` its API server accepts."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any, Iterator, Optional

import requests
import yaml
from folders import REPOSITORY
from openstack_proxy import ServiceProxy

OPENSTACK = REPOSITORY / "Tests" / "Rig" / "openstack"
_DOMAIN = {"id": "default"}


class OpenStack:
    """A running Keystone and Magnum; `cluster` is the folder of a cluster that up.sh of Kubernetes has started."""

    def __init__(self, state: Path, cluster: Optional[Path] = None) -> None:
        self.state = state
        command = [str(OPENSTACK / "up.sh"), str(state), *([str(cluster)] if cluster else [])]
        result = subprocess.run(command, capture_output=True, text=True, timeout=600)
        assert result.returncode == 0, f"up.sh failed:\n{result.stderr}"
        self._programs = Path(result.stdout.split("OPENSTACK=")[1].strip()) / "bin"
        seed = json.loads((state / "seed.json").read_text())
        self.keystone, self.magnum, self.api = seed["keystone"], seed["magnum"], seed["api"]
        self.credentials: dict[str, dict[str, str]] = seed["credentials"]
        self.clusters: dict[str, dict[str, str]] = seed["clusters"]
        self._endpoints, self._users = seed["endpoints"], seed["users"]
        self.home = state / "home"
        self.home.mkdir()

    def stop(self) -> None:
        subprocess.run([str(OPENSTACK / "down.sh"), str(self.state)], check=True, timeout=60)
        shutil.rmtree(self.state, ignore_errors=True)

    def environment(
        self, credential: str | dict[str, str] = "alice", region: str = "RegionOne", keystone: str = ""
    ) -> dict[str, str]:
        """The variables that an application credential needs, and a home without clouds.yaml."""
        found = self.credentials[credential] if isinstance(credential, str) else credential
        return {
            # The client looks for SHELL when it writes a kubeconfig, and machines without a login have none.
            "HOME": str(self.home), "SHELL": "/bin/sh", "OS_AUTH_TYPE": "v3applicationcredential",
            "OS_AUTH_URL": keystone or self.keystone, "OS_REGION_NAME": region,
            "OS_APPLICATION_CREDENTIAL_ID": found["id"], "OS_APPLICATION_CREDENTIAL_SECRET": found["secret"],
        }

    def cloud(self, credential: str = "alice", region: str = "RegionOne", keystone: str = "") -> dict[str, Any]:
        """The entry of a cloud in clouds.yaml."""
        found = self.credentials[credential]
        return {
            "auth_type": "v3applicationcredential", "region_name": region,
            "auth": {
                "auth_url": keystone or self.keystone,
                "application_credential_id": found["id"], "application_credential_secret": found["secret"],
            },
        }

    def client_command(self, *arguments: object) -> list[str]:
        """The command line of the client `openstack`."""
        return [str(self._programs / "openstack"), *map(str, arguments)]

    def client(self, *arguments: object, env: Optional[dict[str, str]] = None) -> subprocess.CompletedProcess[str]:
        """Runs the client `openstack`, as alice unless told otherwise."""
        return subprocess.run(
            self.client_command(*arguments), env=os.environ | (env or self.environment()), capture_output=True,
            text=True, timeout=120,
        )

    def kubeconfig(self, cluster: str, folder: Path) -> Path:
        """What `openstack coe cluster config` makes."""
        folder.mkdir(parents=True, exist_ok=True)
        result = self.client("coe", "cluster", "config", cluster, "--dir", folder, "--force")
        assert result.returncode == 0, result.stderr
        return folder / "config"

    @cached_property
    def _admin(self) -> str:
        return self.token()

    def token(self, user: str = "admin") -> str:
        """A fresh token of a user for its project."""
        password = {"user": {"name": user, "domain": _DOMAIN, "password": f"{user}pw"}}
        identity = {"methods": ["password"], "password": password}
        scope = {"project": {"name": "admin" if user == "admin" else "demo", "domain": _DOMAIN}}
        answer = requests.post(
            f"{self.keystone}/auth/tokens", json={"auth": {"identity": identity, "scope": scope}}, timeout=20
        )
        answer.raise_for_status()
        return answer.headers["X-Subject-Token"]

    def revoke(self, token: str) -> None:
        """Keystone takes a token back, as if its time were over."""
        headers = {"X-Auth-Token": self._admin, "X-Subject-Token": token}
        requests.delete(f"{self.keystone}/auth/tokens", headers=headers, timeout=20).raise_for_status()

    def expiring_credential(self, seconds: float) -> dict[str, str]:
        """A credential of alice whose time, and that of its tokens, is over so soon."""
        headers = {"X-Auth-Token": self.token("alice")}  # which takes a part of that time on a busy machine
        ends = datetime.now(timezone.utc).replace(tzinfo=None) + timedelta(seconds=seconds)
        fields = {"name": f"expiring-{ends.timestamp()}", "expires_at": ends.isoformat()}
        answer = requests.post(
            f"{self.keystone}/users/{self._users['alice']}/application_credentials",
            json={"application_credential": fields}, headers=headers, timeout=20,
        )
        answer.raise_for_status()
        return answer.json()["application_credential"]

    def lead(self, region: str, magnum: str) -> None:
        """The catalogue has another URL of Magnum in a region from now on."""
        requests.patch(
            f"{self.keystone}/endpoints/{self._endpoints[region]}", json={"endpoint": {"url": magnum}},
            headers={"X-Auth-Token": self._admin}, timeout=20,
        ).raise_for_status()

    @contextmanager
    def changed(self, cluster: str, **columns: Optional[str]) -> Iterator[None]:
        """A cluster, named as in seed.json, has other properties for a while, such as `status` and `api_address`."""
        with sqlite3.connect(self.state / "magnum" / "magnum.db", timeout=20) as database:
            row = database.execute(
                f"SELECT {', '.join(columns)} FROM cluster WHERE uuid = ?", (self.clusters[cluster]["uuid"],)
            ).fetchone()
        try:
            self._update(cluster, columns)
            yield
        finally:
            self._update(cluster, dict(zip(columns, row)))

    def _update(self, cluster: str, columns: dict[str, Optional[str]]) -> None:
        assignments = ", ".join(f"{name} = ?" for name in columns)
        with sqlite3.connect(self.state / "magnum" / "magnum.db", timeout=20) as database:
            values = (*columns.values(), self.clusters[cluster]["uuid"])
            database.execute(f"UPDATE cluster SET {assignments} WHERE uuid = ?", values)


class OpenStackProxy:
    """Stands before both services: the region `Proxied` leads to Magnum through it."""

    def __init__(self, openstack: OpenStack) -> None:
        self._openstack = openstack
        self.keystone, self.magnum = ServiceProxy(openstack.keystone), ServiceProxy(openstack.magnum)
        openstack.lead("Proxied", self.magnum.endpoint)

    def environment(self, credential: str | dict[str, str] = "alice") -> dict[str, str]:
        """As of `OpenStack`, with everything going through the proxy."""
        return self._openstack.environment(credential, "Proxied", self.keystone.endpoint)

    def stop(self) -> None:
        self._openstack.lead("Proxied", self._openstack.magnum)
        self.keystone.stop()
        self.magnum.stop()


def write_clouds(path: Path, **clouds: dict[str, Any]) -> Path:
    """A clouds.yaml with these clouds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"clouds": clouds}))
    path.chmod(0o600)
    return path
