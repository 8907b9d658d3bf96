"""Hosts with clouds that their administrator has listed."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Optional, Sequence

from host import Host
from openstack_rig import OpenStack, OpenStackProxy
from web_host import start_web_host

StartHost = Callable[..., Host]


def start_cloud_host(folder: Path, clouds: Sequence[dict[str, Any]], **settings: Any) -> Host:
    """Starts one that may call 127.0.0.1, and logs all that it can. `settings` are more of the target's."""
    settings = {"keystone": list(clouds)} | settings
    host = start_web_host(
        folder, network={"allow": ["127.0.0.0/8"]}, log={"level": "trace", "format": "json"},
        targets=[{"module": "Creodias", "required": True, "settings": settings}], defaultTarget="creodias",
    )
    assert host.url
    return host


def cloud(openstack: OpenStack, proxy: OpenStackProxy, credential: Optional[str] = "alice") -> dict[str, Any]:
    """An entry of the setting `keystone`; None: users need credentials of their own."""
    entry: dict[str, Any] = {"name": "ours", "authURL": proxy.keystone.endpoint, "regions": ["Proxied"]}
    if credential:
        entry["credential"] = {name: openstack.credentials[credential][name] for name in ("id", "secret")}
    return entry


def own(openstack: OpenStack, credential: str = "alice", **changes: str) -> dict[str, str]:
    """The options of a user who brings a credential."""
    found = openstack.credentials[credential] | changes
    return {"credential_id": found["id"], "credential_secret": found["secret"]}
