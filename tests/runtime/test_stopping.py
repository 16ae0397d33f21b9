"""How the street edition ends: in order on a signal, completely even when it is killed."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from common.street.processes import wait_until
from tests.runtime.street import processes_of, street

pytestmark = [pytest.mark.xdist_group("street")]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_everything_in_order(var: Path, number: int) -> None:
    """Ctrl-C, kill and a closed terminal all end with exit status 0 and no process or socket left."""
    with street(var) as started:
        assert started.stop(number) == 0
    assert started.says("已全部停止")
    assert processes_of(var) == {}
    assert not (var / "postgres" / "data" / "postmaster.pid").exists()
    assert not list(var.glob("*/sockets"))


def test_killing_the_supervisor_takes_everything_along(var: Path) -> None:
    """Even kill -9 leaves nothing, and the next start clears up and succeeds."""
    with street(var) as started:
        started.stop(signal.SIGKILL)
    assert wait_until(lambda: not processes_of(var), 30, pause=0.1)
    with street(var) as again:
        assert again.get("/healthz")[0] == 200
