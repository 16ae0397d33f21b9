"""pytest plug-in: every run gets its own PostgreSQL (and Redis where asked), and leaves nothing behind.

Loaded by `-p tests.plugin` so that it acts before Django reads its settings. A run that sets DATABASE_URL itself
uses that server instead; workers of pytest-xdist find the variable set by their controller.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path

import pytest

from common.street.postgres import PostgresServer
from common.street.processes import StreetError
from common.street.redis import RedisServer

# Waits for the end of our pipe, which comes even when we are killed, then removes the run's folder. The servers
# inside die at the same moment (see `die_with_parent`) and may still be writing, hence the second try.
_SWEEPER = 'cat >/dev/null; rm -rf -- "$1" 2>/dev/null || { sleep 1; rm -rf -- "$1"; }'


def run_folder() -> Path:
    """A new folder below the system's temporary folder that disappears with this process, however it ends."""
    folder = Path(tempfile.mkdtemp(prefix="qh-test-"))
    folder.chmod(0o711)
    subprocess.Popen(
        ["/bin/sh", "-c", _SWEEPER, "sweeper", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return folder


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start the private database before pytest-django loads the settings; fail loudly when it cannot be had."""
    if "DATABASE_URL" not in os.environ and not _only_asks_for_help(early_config):
        _start_database(early_config)
    return (yield)


def _only_asks_for_help(config: pytest.Config) -> bool:
    options = config.known_args_namespace
    return bool(options.help or options.version)


def _start_database(config: pytest.Config) -> None:
    folder = run_folder()
    scratch = folder / "tmp"
    scratch.mkdir(mode=0o711)
    changes = {"TMPDIR": str(scratch), "QINGHUAN_VAR": str(folder / "var")}
    before = {name: os.environ.get(name) for name in (*changes, "DATABASE_URL")}
    _set_environment(changes)
    server = PostgresServer(folder / "postgres", durable=False)
    try:
        server.start()
    except StreetError as error:
        raise pytest.UsageError(str(error)) from error
    os.environ["DATABASE_URL"] = server.url()

    def finish() -> None:
        server.stop()
        _set_environment(before)
        shutil.rmtree(folder, ignore_errors=True)

    config.add_cleanup(finish)


def _set_environment(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    tempfile.tempdir = None  # so that everything temporary follows TMPDIR into the run's folder, and out again


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """The folder of collected files, which an installation always has; without it every page warns."""
    from django.conf import settings

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def fresh_cache() -> None:
    """No test sees what another cached."""
    from django.core.cache import cache

    from common.snapshot import forget_all

    cache.clear()
    forget_all()


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A private redis-server for this run (one per xdist worker); fails loudly when the machine has no binary."""
    server = RedisServer(tmp_path_factory.mktemp("redis"), durable=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def file_broker(tmp_path: Path) -> str:
    """The address of a broker that is only a folder: what the street edition uses where there is no Redis."""
    from common.street.broker import FileBroker

    broker = FileBroker(tmp_path / "broker")
    broker.start()
    return broker.broker_url()
