"""Child processes that cannot outlive us, and the account a server runs under."""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_PR_SET_PDEATHSIG = 1
_SOCKET_FOLDER_ROOM = 107 - len("/.s.PGSQL.5432.lock")
_SOCKET_NOTE = "sockets"


class StreetError(Exception):
    """The street edition cannot start or stop something; the text is Chinese and meant for the operator."""


@dataclass(frozen=True)
class Account:
    """An operating-system account a server runs under."""

    name: str
    uid: int
    gid: int

    @classmethod
    def of(cls, entry: pwd.struct_passwd) -> Account:
        """The account of one password-file entry."""
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    def options(self) -> dict[str, Any]:
        """Arguments for `subprocess` that switch to this account; empty when we already are it."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, command: Sequence[str]) -> bool:
        """Whether `command` runs successfully under this account."""
        try:
            done = subprocess.run(
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                **self.options(),
            )
        except OSError:
            return False
        return done.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        """Whether this account can reach `folder` through all of its parents."""
        return self.can(["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)])


def server_account() -> Account:
    """Who a database server runs as: ourselves, or when we are root, which PostgreSQL refuses, another account."""
    if os.geteuid() != 0:
        return Account.of(pwd.getpwuid(os.geteuid()))
    for name in ("postgres", "nobody"):
        try:
            return Account.of(pwd.getpwnam(name))
        except KeyError:
            continue
    raise StreetError("以 root 运行时需要系统账号 postgres 或 nobody 来运行数据库，本机两者都没有。")


def socket_folder(home: Path, account: Account | None = None) -> Path:
    """A new private folder with a short path for the sockets of the server in `home`; the last one, if left, goes.

    A unix socket's path has room for 107 bytes, which a folder below `home` may well exceed.
    """
    remove_socket_folder(home)
    folder = Path(tempfile.mkdtemp(prefix="qh-"))
    if len(str(folder)) > _SOCKET_FOLDER_ROOM or (account and not account.can_enter(folder.parent)):
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="qh-", dir="/tmp"))
    if account:
        os.chown(folder, account.uid, account.gid)
    (home / _SOCKET_NOTE).write_text(str(folder))
    return folder


def remove_socket_folder(home: Path) -> None:
    """Remove the socket folder noted in `home`, whether its server stopped in order or was killed."""
    note = home / _SOCKET_NOTE
    if note.exists():
        shutil.rmtree(note.read_text(), ignore_errors=True)
        note.unlink()


def die_with_parent(number: int) -> Callable[[], None]:
    """A `preexec_fn` that has the kernel send signal `number` to the child when its parent dies (Linux only)."""
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def arrange() -> None:
        if libc is None:
            return
        libc.prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return arrange


def spawn(
    command: Sequence[str | Path],
    *,
    log: IO[bytes] | int,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    on_parent_death: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `command` in its own session, so that only we decide when it stops, and tie its life to ours."""
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=None if environment is None else dict(environment),
        start_new_session=True,
        preexec_fn=die_with_parent(on_parent_death),
        **(account.options() if account else {}),
    )


def stop(process: subprocess.Popen[bytes], number: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask `process` to stop with signal `number`; after `patience` seconds kill its whole session."""
    if process.poll() is None:
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    sweep_session(process.pid)
    process.wait()


def sweep_session(pid: int) -> None:
    """Kill whatever is left in the process group that `spawn` made for `pid`."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def wait_until(ready: Callable[[], bool], seconds: float, pause: float = 0.02) -> bool:
    """Poll `ready` until it is true or `seconds` have passed; says which."""
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
