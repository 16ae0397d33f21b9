"""Management commands on a stopped installation: the embedded database comes and goes with them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from common.street.postgres import PostgresServer
from common.street.processes import StreetError, wait_until
from tests.runtime.street import MANAGE, bare_environment, manage, processes_of

pytestmark = [pytest.mark.xdist_group("street")]
ASK = "from common.models import Heartbeat; print(Heartbeat.objects.count())"
HOLD = "import sys; print('ready', flush=True); sys.stdin.read()"


def shell(var: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Run `code` inside Django."""
    return manage(var, "shell", "--no-imports", "-c", code)


def hold(var: Path) -> subprocess.Popen[str]:
    """A command that is inside its database until its standard input ends."""
    held = subprocess.Popen(
        [*MANAGE, "shell", "--no-imports", "-c", HOLD],
        env=bare_environment(var),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert held.stdout
    assert held.stdout.readline() == "ready\n"
    return held


def test_a_command_on_a_stopped_installation_finds_a_migrated_database(var: Path) -> None:
    """It prints its own answer and nothing else, and leaves no process."""
    done = shell(var, ASK)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"\d+\n", done.stdout)
    assert processes_of(var) == {}


def test_data_stay_from_one_command_to_the_next(var: Path) -> None:
    """The server is stopped in order, not thrown away."""
    shell(var, "from common.models import Heartbeat; Heartbeat.objects.beat('probe')")
    asked = shell(var, "from common.models import Heartbeat; print(Heartbeat.objects.filter(name='probe').count())")
    assert asked.stdout == "1\n"


def test_commands_side_by_side_share_one_server(var: Path) -> None:
    """Whoever started it waits for the others before stopping it."""
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda _: shell(var, ASK), range(4)))
    assert [answer.returncode for answer in answers] == [0] * 4, [answer.stderr for answer in answers]
    assert processes_of(var) == {}


def test_a_killed_command_takes_its_server_along(var: Path) -> None:
    """kill -9 leaves no server, and what it left on disk does not stop the next command."""
    held = hold(var)
    held.kill()
    held.wait()
    assert wait_until(lambda: not processes_of(var), 15)
    assert shell(var, ASK).returncode == 0


def test_a_stranger_with_the_number_of_a_dead_server_is_not_mistaken_for_it(var: Path) -> None:
    """After a crash and a reboot the number in the lock file may be anybody's."""
    lock = var / "postgres" / "data" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{lock.parent}\n1\n5432\n/tmp/qh-gone\n\n0 0\nready\n")
    assert shell(var, ASK).returncode == 0


def test_a_killed_server_recovers(var: Path) -> None:
    """The data folder of a server that died on the spot is opened again."""
    held = hold(var)
    server = min(pid for pid, line in processes_of(var).items() if "postgres -D" in line)
    os.kill(server, signal.SIGKILL)
    held.communicate("")
    assert wait_until(lambda: not processes_of(var), 15)
    assert shell(var, ASK).returncode == 0


def test_data_of_another_major_version_are_refused_untouched(tmp_path: Path) -> None:
    """The text names both versions; nothing is written."""
    data = tmp_path / "data"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(StreetError, match="PostgreSQL 9 建立的"):
        PostgresServer(tmp_path).start()
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_an_operators_own_database_is_left_to_the_operator(var: Path, tmp_path: Path) -> None:
    """With DATABASE_URL set no embedded server is made."""
    theirs = os.environ["DATABASE_URL"].replace("/qinghuan?", "/postgres?")
    done = manage(tmp_path, "showmigrations", DATABASE_URL=theirs)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "postgres").exists()


def test_help_needs_no_database(tmp_path: Path) -> None:
    """`--help` starts nothing."""
    assert manage(tmp_path, "migrate", "--help").returncode == 0
    assert not (tmp_path / "postgres").exists()
