#!/usr/bin/env python3
"""seed_keystone.py FOLDER: fills a new Keystone with users, credentials and endpoints, and writes FOLDER/seed.json.

Keystone's own application is called without a server. The URL of Magnum is http://magnum here; place.py puts in the
real one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Optional

folder = Path(sys.argv[1])
# Keystone reads the command line while it is imported.
sys.argv = ["keystone", "--config-file", str(folder / "keystone" / "keystone.conf")]

from keystone.wsgi.api import application  # noqa: E402
from werkzeug.test import Client  # noqa: E402

client = Client(application)
DOMAIN = {"id": "default"}
REGIONS = ("RegionOne", "RegionTwo", "Proxied")  # those with a Magnum; tests lead the last one through their proxy


def call(method: str, path: str, body: Optional[Any] = None, token: str = "") -> Any:
    """One request that must succeed."""
    answer = client.open(f"/v3{path}", method=method, json=body, headers={"X-Auth-Token": token} if token else {})
    if answer.status_code not in (200, 201, 204):
        raise SystemExit(f"{method} {path}: {answer.status_code} {answer.text}")
    return answer


def password_token(user: str, password: str, project: str) -> str:
    """A token for a project."""
    identity = {"methods": ["password"], "password": {"user": {"name": user, "domain": DOMAIN, "password": password}}}
    scope = {"project": {"name": project, "domain": DOMAIN}}
    return call("POST", "/auth/tokens", {"auth": {"identity": identity, "scope": scope}}).headers["X-Subject-Token"]


admin = password_token("admin", "adminpw", "admin")
roles = {each["name"]: each["id"] for each in call("GET", "/roles", token=admin).json["roles"]}


def create(kind: str, **fields: Any) -> str:
    """The id of a new thing; `kind` is its name in the API, in the singular."""
    return call("POST", f"/{kind}s", {kind: fields}, admin).json[kind]["id"]


def create_user(name: str, project: str, role: str) -> str:
    """A user NAME with the password NAMEpw, and a role in a project."""
    user = create("user", name=name, password=f"{name}pw", domain_id="default", default_project_id=project)
    grant(project, user, role)
    return user


def grant(project: str, user: str, role: str) -> None:
    call("PUT", f"/projects/{project}/users/{user}/roles/{roles[role]}", token=admin)


def create_credential(name: str, user: str, project: str, **fields: Any) -> dict[str, str]:
    """An application credential, which only its own user can make."""
    token = password_token(user, f"{user}pw", project)
    body = {"application_credential": {"name": name, **fields}}
    made = call("POST", f"/users/{users[user]}/application_credentials", body, token).json["application_credential"]
    return {"id": made["id"], "name": name, "secret": made["secret"], "user": user}


service = create("project", name="service", domain_id="default")
create_user("magnum", service, "admin")
projects = {name: create("project", name=name, domain_id="default") for name in ("demo", "empty", "without-magnum")}
users = {
    "alice": create_user("alice", projects["demo"], "member"),  # owns the clusters
    "bob": create_user("bob", projects["demo"], "member"),  # in the same project, owns nothing
    "carol": create_user("carol", projects["demo"], "reader"),
    "dave": create_user("dave", projects["empty"], "member"),  # a project without clusters
    "erin": create_user("erin", projects["without-magnum"], "member"),  # a project whose catalogue has no Magnum
}

create("region", id="RegionWithout")  # no Magnum there
for region in REGIONS[1:]:
    create("region", id=region)
magnum = create("service", type="container-infra", name="magnum")
endpoints = {
    region: create("endpoint", service_id=magnum, interface=interface, region_id=region, url="http://magnum")
    for interface in ("internal", "admin", "public")
    for region in REGIONS
}
# A project for which some endpoints are chosen has only these in its catalogue.
identity = call("GET", "/endpoints?interface=public", token=admin).json["endpoints"][0]["id"]
call("PUT", f"/OS-EP-FILTER/projects/{projects['without-magnum']}/endpoints/{identity}", token=admin)

(folder / "seed.json").write_text(json.dumps({
    "projects": projects,
    "users": users,
    "endpoints": endpoints,
    "credentials": {
        "alice": create_credential("deployer", "alice", "demo"),
        "reader": create_credential("deployer-reader", "alice", "demo", roles=[{"name": "reader"}]),
        "lists-only": create_credential("deployer-lists", "alice", "demo", access_rules=[
            {"service": "container-infra", "method": "GET", "path": "/v1/clusters"},
        ]),
        "bob": create_credential("deployer", "bob", "demo"),
        "dave": create_credential("deployer", "dave", "empty"),
        "erin": create_credential("deployer", "erin", "without-magnum"),
    },
}, indent=2))
