#!/usr/bin/env python3
"""serve_magnum.py PORT --config-file FILE: Magnum's API and its conductor in one process, on 127.0.0.1.

Requests and signatures take the same way as in two processes, over oslo.messaging's transport within a process, so
that no message broker is needed. What is left out are the conductor's periodic tasks.
"""

from __future__ import annotations

import sys
import time
from types import SimpleNamespace

import oslo_messaging._drivers.impl_fake
import waitress

port = int(sys.argv[1])
# Magnum reads the command line while it is imported, and knows no port.
sys.argv = ["magnum", *sys.argv[2:]]

from magnum.wsgi.api import application  # noqa: E402

import magnum.conf  # noqa: E402
from magnum.common import rpc_service, short_id  # noqa: E402
from magnum.conductor.handlers import (  # noqa: E402
    ca_conductor, cluster_conductor, conductor_listener, credential_conductor, federation_conductor, indirection_api,
    nodegroup_conductor,
)

# As in magnum/cmd/conductor.py.
handlers = [
    indirection_api.Handler(), cluster_conductor.Handler(), conductor_listener.Handler(),
    credential_conductor.Handler(), ca_conductor.Handler(), federation_conductor.Handler(),
    nodegroup_conductor.Handler(),
]
# This transport looks for messages twenty times a second; a broker delivers them within milliseconds.
oslo_messaging._drivers.impl_fake.time = SimpleNamespace(
    time=time.time, sleep=lambda pause: time.sleep(min(pause, 0.005))
)
rpc_service.Service.create(
    magnum.conf.CONF.conductor.topic, short_id.generate_id(), handlers, binary="magnum-conductor"
).start()
waitress.serve(application, host="127.0.0.1", port=port, threads=4, ident=None)
