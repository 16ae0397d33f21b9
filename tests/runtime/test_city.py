"""The processes of the city edition started by hand, on real PostgreSQL and Redis, with the production settings."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from common.models import Heartbeat
from common.street.places import ROOT
from common.street.processes import wait_until
from common.street.redis import RedisServer
from common.street.supervisor import Program
from tests.runtime.street import free_port
from tests.runtime.test_brokers import own_database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("brokers")]
HOST = "hazards.example"
BIN = Path(sys.executable).parent


@dataclass
class City:
    """What runs, and how to ask it."""

    port: int
    environment: dict[str, str]

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse | None:
        """The answer as the reverse proxy would get it; None when nobody listens."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            client.request("GET", path, headers={"Host": HOST, **headers})
            return client.getresponse()
        except OSError:
            return None


def compose_command(name: str, port: int, folder: Path) -> list[str]:
    """The command of a service in docker-compose.yml, on a port and in a folder of this test."""
    services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    program, *options = services[name]["command"]
    local = {"0.0.0.0:8000": f"127.0.0.1:{port}", "/tmp/beat": str(folder / "beat")}
    for theirs, ours in local.items():
        options = [option.replace(theirs, ours) for option in options]
    return [str(BIN / program), *options]


@pytest.fixture
def city(tmp_path: Path, redis_server: RedisServer, transactional_db: None) -> Iterator[City]:
    """Web, worker and beat as docker-compose.yml starts them."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "a key of this test alone",
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": own_database_url(),
        "BROKER_URL": redis_server.broker_url(),
        "QINGHUAN_VAR": str(tmp_path / "var"),
    }
    port = free_port()
    collect = [sys.executable, ROOT / "manage.py", "collectstatic", "--no-input"]
    subprocess.run(collect, env=environment, check=True, capture_output=True)
    programs = [
        Program(compose_command(name, port, tmp_path), log=tmp_path / f"{name}.log", environment=environment)
        for name in ("web", "worker", "beat")
    ]
    try:
        for program in programs:
            program.start()
        yield City(port, environment)
    finally:
        for program in programs:
            program.stop()


def test_web_worker_and_beat_serve_behind_a_proxy(city: City, tmp_path: Path) -> None:
    """Health is plain; every page demands TLS, and under it sends HSTS and secure cookies."""
    assert wait_until(lambda: city.get("/healthz") is not None, 60, pause=0.2)
    assert wait_until(lambda: Heartbeat.objects.age("worker") is not None, 60, pause=0.2)
    assert wait_until(lambda: any(tmp_path.glob("beat*")), 60, pause=0.2)
    plain = city.get("/")
    assert plain is not None
    assert plain.status == 301
    secure = city.get("/sign-in", **{"X-Forwarded-Proto": "https"})
    assert secure is not None
    assert "max-age=31536000" in (secure.getheader("Strict-Transport-Security") or "")


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "BROKER_URL"])
def test_a_missing_variable_stops_the_start_with_its_name(name: str) -> None:
    """Nothing unsafe has a default."""
    needed = {"SECRET_KEY": "x", "ALLOWED_HOSTS": HOST, "DATABASE_URL": "postgresql:///x", "BROKER_URL": "redis://x"}
    kept = {key: value for key, value in os.environ.items() if key not in needed}
    environment = {**kept, **needed, "DJANGO_SETTINGS_MODULE": "config.settings.production"}
    del environment[name]
    load = [sys.executable, "-c", "from django.conf import settings; settings.DEBUG"]
    done = subprocess.run(load, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert name in done.stderr
