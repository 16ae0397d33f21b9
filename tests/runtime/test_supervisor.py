"""The street edition as a whole: one supervisor over database, broker, web, worker and beat."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest

from common.street.processes import wait_until
from tests.runtime.street import Street, manage

pytestmark = [pytest.mark.xdist_group("street")]


def test_every_part_answers(running: Street) -> None:
    """The first page comes, and the worker shows its first heartbeat without waiting for beat."""
    assert running.get("/healthz") == (200, '{"status": "ok"}')
    assert wait_until(lambda: running.checks().get("worker", {}).get("ok") is True, 30, pause=0.2)
    assert running.checks()["database"] == {"ok": True}
    assert running.checks()["broker"] == {"ok": True}


def test_a_second_start_is_refused_and_told_where_the_first_one_is(running: Street) -> None:
    """Two supervisors over one folder would fight for it."""
    refused = manage(running.var, "street", "--port=1")
    assert refused.returncode == 1
    assert "清患已在运行" in refused.stderr
    assert f"127.0.0.1:{running.port}" in refused.stderr


def test_a_command_joins_the_running_database(running: Street) -> None:
    """It neither starts a second server nor stops the first."""
    servers = running.pids("postgres -D")
    assert manage(running.var, "showmigrations", "common").returncode == 0
    assert running.pids("postgres -D") == servers


@pytest.mark.parametrize(
    ("label", "command"),
    [("后台作业", "config worker"), ("定时器", "config beat"), ("网页", "gunicorn"), ("数据库", "postgres -D")],
)
def test_what_is_killed_comes_back(running: Street, label: str, command: str) -> None:
    """kill -9 of any part is noticed, its children go, and a new one serves."""
    before = running.pids(command)
    os.kill(min(before), signal.SIGKILL)
    assert wait_until(lambda: running.says(f"{label}已重新启动"), 40, pause=0.1)
    assert wait_until(lambda: bool(running.pids(command)), 10)
    assert not running.pids(command) & before
    assert wait_until(lambda: running.checks().get("database", {}).get("ok") is True, 40, pause=0.2)


def test_the_key_is_made_once_and_is_private(running: Street) -> None:
    """Sessions survive a restart because the key stays; nobody else may read it."""
    key = running.var / "secret_key"
    assert len(key.read_text()) >= 50
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_taken_port_is_refused_with_a_way_out(running: Street, tmp_path: Path) -> None:
    """The operator learns which port and how to choose another."""
    refused = manage(tmp_path, "street", f"--port={running.port}")
    assert refused.returncode == 1
    assert f"make run PORT={running.port + 1}" in refused.stderr
