"""A real worker rung through each broker: Redis on a socket, and the folder that stands in where there is none."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.db import connection

from common import clock
from common.jobs import WORKER
from common.models import Heartbeat
from common.street.broker import transport_options
from common.street.edition import WORKER_OPTIONS
from common.street.processes import wait_until
from common.street.redis import RedisServer
from common.street.supervisor import Program

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("brokers")]


def own_database_url() -> str:
    """The address of this worker's own test database."""
    settings = connection.settings_dict
    return f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['OPTIONS']['host']}"


@contextmanager
def worker(tmp_path: Path, broker_url: str) -> Iterator[Program]:
    """`celery worker` as the street edition starts it, on the test's database and `broker_url`."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "DATABASE_URL": own_database_url(),
        "BROKER_URL": broker_url,
        "QINGHUAN_VAR": str(tmp_path / "var"),
    }
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", *WORKER_OPTIONS]
    program = Program(command, log=tmp_path / "worker.log", environment=environment)
    program.start()
    try:
        yield program
    finally:
        program.stop()


def ring(broker_url: str, job: str) -> None:
    """What `delay` does: one message, no result awaited."""
    app = Celery(broker=broker_url)
    app.conf.broker_transport_options = transport_options(broker_url)
    app.send_task(job)


def forget_heartbeat() -> None:
    """Make the last heartbeat an hour old."""
    Heartbeat.objects.filter(name=WORKER).update(at=clock.now() - timedelta(hours=1))


def heart_beats() -> bool:
    """Whether the worker has shown life within the last minute."""
    age = Heartbeat.objects.age(WORKER)
    return age is not None and age < 60


@pytest.fixture(params=["redis", "file"])
def broker_url(request: pytest.FixtureRequest, redis_server: RedisServer, file_broker: str) -> str:
    """Each broker the street edition may run on."""
    return redis_server.broker_url() if request.param == "redis" else file_broker


def test_a_bell_reaches_the_worker(tmp_path: Path, broker_url: str) -> None:
    """The worker beats once of itself, and again when rung."""
    with worker(tmp_path, broker_url):
        assert wait_until(heart_beats, 60, pause=0.1), (tmp_path / "worker.log").read_text()
        forget_heartbeat()
        ring(broker_url, "common.heartbeat")
        assert wait_until(heart_beats, 30, pause=0.1), (tmp_path / "worker.log").read_text()


def test_a_bell_rung_while_no_worker_ran_is_heard_by_the_next(tmp_path: Path, broker_url: str) -> None:
    """Messages wait; the second worker runs the job although nobody rings again."""
    ring(broker_url, "common.heartbeat")
    with worker(tmp_path, broker_url):
        assert wait_until(heart_beats, 60, pause=0.1), (tmp_path / "worker.log").read_text()
