"""A real nginx on free ports of the loopback interface, with http and https, in front of a host."""

from __future__ import annotations

import random
import shutil
import socket
import subprocess
from functools import cached_property
from pathlib import Path

from deployment_client import eventually

EXECUTABLE = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin") or "nginx"

CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ worker_connections 256; }}
http {{
  access_log {folder}/access.log;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  large_client_header_buffers 8 64k;
  server {{
    listen 127.0.0.1:{http};
    listen 127.0.0.1:{https} ssl;
    ssl_certificate {certificate};
    ssl_certificate_key {key};
    {server}
  }}
}}
"""


class NginxEnded(AssertionError):
    """It ended at once, for instance because somebody else took one of its ports meanwhile."""


class Nginx:
    """Its ports are known before it starts, as what stands behind it may have to know them."""

    def __init__(self, folder: Path) -> None:
        """The folder is for its files."""
        self.folder = folder
        self._http, self._https = _free_ports(2)
        self.origins = {"http": f"http://127.0.0.1:{self._http}", "https": f"https://127.0.0.1:{self._https}"}

    def start(self, server: str) -> "Nginx":
        """Starts it with this content of the section `server`."""
        configuration = self.folder / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(
            folder=self.folder, http=self._http, https=self._https, server=server,
            certificate=self.certificate, key=self.certificate.with_suffix(".key"),
        ))
        # It reports on its standard error what it cannot write to its log yet.
        with (self.folder / "nginx.out").open("w") as output:
            self._process = subprocess.Popen(
                [EXECUTABLE, "-p", str(self.folder), "-c", str(configuration)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )
        # It writes this file once it has all its ports.
        listens = (self.folder / "nginx.pid").exists
        eventually(lambda: self._process.poll() is not None or listens(), "nginx listens")
        if self._process.poll() is not None:
            raise NginxEnded((self.folder / "nginx.out").read_text())
        return self

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        finally:
            self._process.kill()
            self._process.wait()

    @cached_property
    def certificate(self) -> Path:
        """A new certificate for 127.0.0.1, signed by its own key, which is beside it."""
        path = self.folder / "server.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2",
             "-out", path, "-keyout", path.with_suffix(".key")],
            check=True, capture_output=True,
        )
        return path


def _free_ports(number: int) -> list[int]:
    """Outside the ranges of node ports and of outgoing connections, as nothing keeps them until nginx binds them."""
    ports: list[int] = []
    for port in random.sample(range(10_000, 29_000), 200):
        with socket.socket() as connection:
            if connection.connect_ex(("127.0.0.1", port)) != 0:
                ports.append(port)
        if len(ports) == number:
            return ports
    raise AssertionError("there are no free ports")
