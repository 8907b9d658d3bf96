#!/usr/bin/env python3
"""place.py FOLDER KEYSTONE MAGNUM CA KEY ADDRESS: puts into a copy of the prepared state what differs from place to
place: the URLs of the services, and CA and API address of the cluster `kube-ok`. The services must not run.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import sys
from pathlib import Path

from cryptography import x509

folder, (keystone, magnum, authority, key, address) = Path(sys.argv[1]), sys.argv[2:]
seed = json.loads((folder / "seed.json").read_text())
pem = Path(authority).read_text()

# Magnum signs with the issuer `CN=<name of the cluster>` as a UTF8String, whatever the CA's subject is: a certificate
# chains to no other CA.
subject = x509.load_pem_x509_certificate(pem.encode()).subject
wanted = x509.Name([x509.NameAttribute(x509.OID_COMMON_NAME, "kube-ok")])
if subject.public_bytes() != wanted.public_bytes():
    sys.exit(f"place.py: the subject of {authority} is {subject.rfc4514_string()}, not CN=kube-ok as a UTF8String")

with sqlite3.connect(folder / "keystone" / "keystone.db") as database:
    for name, url in (("http://keystone", keystone), ("http://magnum", magnum)):
        database.execute("UPDATE endpoint SET url = ? WHERE url = ?", (url, name))
with sqlite3.connect(folder / "magnum" / "magnum.db") as database:
    database.execute(
        "UPDATE x509keypair SET certificate = ?, private_key = ? WHERE uuid = ?",
        (pem, Path(key).read_text(), seed["clusters"]["ok"]["authority"]),
    )
    database.execute("UPDATE cluster SET api_address = ? WHERE api_address = 'ADDRESS'", (address,))
for database_file in ("keystone/keystone.db", "magnum/magnum.db"):
    # A service may hold what it has read for a while, for instance after a client has gone away: nobody who writes is to
    # wait for that.
    with contextlib.closing(sqlite3.connect(folder / database_file)) as database:
        database.execute("PRAGMA journal_mode = WAL")
seed |= {"keystone": keystone, "magnum": magnum, "api": address}
(folder / "seed.json").write_text(json.dumps(seed, indent=2))
