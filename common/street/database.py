"""The embedded database, for the length of one command or of the whole street edition.

Any number of commands share one server. Whoever found none starts it, and stops it only after the last other
user has left; a killed starter takes its server along.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from common.street.locks import Lock
from common.street.places import ROOT, database_home, log_dir, run_dir
from common.street.postgres import PostgresServer
from common.street.processes import StreetError, wait_until

WITHOUT_DATABASE = {
    "street", "help", "version", "--version", "check", "collectstatic", "findstatic", "testserver", "import_plan", "score_plans",
}  # fmt: skip
MAKES_ITS_OWN_SCHEMA = {"migrate", "makemigrations", "squashmigrations", "showmigrations", "sqlmigrate"}


@contextmanager
def database(arguments: Sequence[str]) -> Iterator[None]:
    """Around a management command: DATABASE_URL leads to a migrated database, which is stopped again if we started it.

    `arguments` is `sys.argv`. Leaves alone an operator's own DATABASE_URL and commands that need none. Prints
    nothing on standard output. Raises StreetError with a Chinese text.
    """
    command = arguments[1] if len(arguments) > 1 else "help"
    asks_for_help = bool({"-h", "--help"} & set(arguments))
    if "DATABASE_URL" in os.environ or command in WITHOUT_DATABASE or asks_for_help:
        yield
        return
    with _terminable(), embedded() as server:
        os.environ["DATABASE_URL"] = server.url()
        if command not in MAKES_ITS_OWN_SCHEMA:
            with Lock(run_dir() / "database.schema"):
                ensure_schema(server.url(), server.home)
        yield


@contextmanager
def embedded() -> Iterator[PostgresServer]:
    """The running embedded server, started by us if need be."""
    server = PostgresServer(database_home())
    users = Lock(run_dir() / "database.users")
    users.take(shared=True)
    try:
        with Lock(run_dir() / "database.starting"):
            if server.listens_in() is None:
                server.start()
                server.ensure_database()
        yield server
    finally:
        if server.process:
            users.take()
            server.stop()
        users.release()


@contextmanager
def owned(patience: float = 10) -> Iterator[PostgresServer]:
    """A server of our own that commands may share: waits for those that run now, later stops over laggards' heads."""
    server = PostgresServer(database_home())
    users = Lock(run_dir() / "database.users")
    if not users.take(wait=False):
        print("正在等待其他管理命令结束……", flush=True)
        users.take()
    try:
        server.start()
        server.ensure_database()
        users.take(shared=True)
        yield server
    finally:
        wait_until(lambda: users.take(wait=False), patience, pause=0.1)
        server.stop()
        users.release()


def ensure_schema(database_url: str, home: Path | None = None) -> None:
    """Migrate and create the cache table; skipped when `home` says that its database has had these migrations."""
    stamp = home / "schema" if home else None
    wanted = schema_fingerprint()
    if stamp and stamp.exists() and stamp.read_text() == wanted:
        return
    for command in (["migrate", "--verbosity=0", "--no-input"], ["createcachetable"]):
        done = subprocess.run(
            [sys.executable, ROOT / "manage.py", *command],
            env={**os.environ, "DATABASE_URL": database_url},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            log = log_dir() / "migrate.log"
            log.write_text(done.stderr, encoding="utf-8")
            reason = done.stderr.strip().splitlines()[-1:]
            raise StreetError(f"数据库结构升级没有成功：{''.join(reason)}\n详情见 {log}。")
    if stamp:
        stamp.write_text(wanted)


def schema_fingerprint() -> str:
    """Everything the schema follows from: our migrations, and the versions of libraries that bring their own."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM unwind the stack, so that the server is stopped in order."""

    def unwind(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, unwind)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
