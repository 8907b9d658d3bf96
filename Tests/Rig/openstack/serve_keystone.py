#!/usr/bin/env python3
"""serve_keystone.py PORT --config-file FILE: Keystone on 127.0.0.1."""

from __future__ import annotations

import sys

import waitress

port = int(sys.argv[1])
# Keystone reads the command line while it is imported, and knows no port.
sys.argv = ["keystone", *sys.argv[2:]]

from keystone.wsgi.api import application  # noqa: E402

# One at a time: its first requests side by side would load its policy twice, and one be forbidden what it may.
waitress.serve(application, host="127.0.0.1", port=port, threads=1, ident=None)
