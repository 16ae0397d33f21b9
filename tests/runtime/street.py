"""A street edition of its own for a test: private folder, private port, stopped whatever happens."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from common.street.places import ROOT
from common.street.processes import wait_until

MANAGE = [sys.executable, str(ROOT / "manage.py")]
OURS = ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "PORT")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def bare_environment(var: Path, **extra: str) -> dict[str, str]:
    """What a newcomer's shell has: none of our variables, and an installation of its own below `var`."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**kept, "QINGHUAN_VAR": str(var), **extra}


def manage(var: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run one management command against the installation in `var`."""
    environment = bare_environment(var, **extra)
    return subprocess.run(
        [*MANAGE, *arguments], env=environment, capture_output=True, text=True, timeout=180, check=False
    )


def processes_of(var: Path) -> dict[int, str]:
    """Every living process whose environment names `var`: pid → command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"QINGHUAN_VAR={var}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
        except OSError:
            continue
    return {pid: line for pid, line in found.items() if line}


@dataclass
class Street:
    """A running `manage.py street`."""

    var: Path
    port: int
    process: subprocess.Popen[str]
    output: Path

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page; 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def checks(self) -> dict[str, dict[str, object]]:
        """What `/readyz` says of each part."""
        _, body = self.get("/readyz")
        return json.loads(body)["checks"] if body else {}

    def says(self, text: str) -> bool:
        """Whether the operator has been told `text` (a regular expression)."""
        return re.search(text, self.output.read_text(encoding="utf-8")) is not None

    def pids(self, command: str) -> set[int]:
        """Processes of this street whose command line contains `command`."""
        return {pid for pid, line in processes_of(self.var).items() if command in line}

    def stop(self, number: int = signal.SIGINT) -> int:
        """Send the signal and wait for the exit status."""
        self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def street(var: Path, **extra: str) -> Iterator[Street]:
    """Start one without the demonstration and wait for its first page."""
    var.mkdir(parents=True, exist_ok=True)
    port, output = free_port(), var / "output.txt"
    with output.open("w") as log:
        process = subprocess.Popen(
            [*MANAGE, "street", "--no-demo", f"--port={port}"],
            env=bare_environment(var, PYTHONUNBUFFERED="1", **extra),
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )
    running = Street(var, port, process, output)
    try:
        assert wait_until(lambda: running.says("清患已启动") or process.poll() is not None, 120, pause=0.1)
        assert process.poll() is None, output.read_text()
        yield running
    finally:
        if process.poll() is None:
            running.stop(signal.SIGTERM)
