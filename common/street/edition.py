"""The street edition as one thing: database, broker, web, worker and beat under one supervisor."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from common.street import database, preparation
from common.street.broker import FileBroker
from common.street.installation import Note, running_street, street_lock
from common.street.places import log_dir, var_dir
from common.street.postgres import PostgresServer
from common.street.processes import StreetError
from common.street.redis import RedisServer, find_redis
from common.street.supervisor import Program, Supervisor

PYTHON = Path(sys.executable)


@dataclass
class StreetEdition:
    """One installation on this machine. `bind` and `port` are where the web listens."""

    bind: str = "127.0.0.1"
    port: int = 8000
    with_demonstration: bool = True
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    supervisor: Supervisor = field(default_factory=Supervisor)

    @property
    def address(self) -> str:
        """What to type into a browser on this machine."""
        return f"http://{self.host}:{self.port}"

    @property
    def host(self) -> str:
        """The name under which this machine reaches the web itself."""
        return "127.0.0.1" if self.bind == "0.0.0.0" else self.bind  # noqa: S104 a comparison, no binding

    def run(self) -> None:
        """Start everything and stay until a signal; then stop everything. Raises StreetError with a Chinese text."""
        with _signals_interrupt(), self._alone():
            self._refuse_taken_port()
            try:
                with self._database() as server:
                    self._serve(server)
            except KeyboardInterrupt:
                print("已全部停止。", flush=True)

    def _serve(self, server: PostgresServer | None) -> None:
        try:
            self._start_broker()
            Note(os.getpid(), self.address, *self._broker_addresses()).write()
            preparation.prepare(self.environment, server, with_demonstration=self.with_demonstration)
            self._start_web()
            self._wait_for_first_page()
            self._start_celery()
            self._announce()
            while True:
                self.supervisor.check()
                time.sleep(0.5)
        finally:
            _ignore_further_signals()
            print("\n正在停止……", flush=True)
            self.supervisor.stop()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = street_lock()
        if not lock.take(wait=False):
            other = running_street()
            where = f"（进程 {other.pid}，{other.address}）" if other else ""
            raise StreetError(f"清患已在运行{where}，没有重复启动。")
        try:
            yield
        finally:
            lock.release()

    def _refuse_taken_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.bind, self.port))
            except OSError as error:
                raise StreetError(
                    f"不能在 {self.bind}:{self.port} 上提供服务（{error.strerror}）。"
                    f"可换一个端口，例如：make run PORT={self.port + 1}"
                ) from error

    @contextmanager
    def _database(self) -> Iterator[PostgresServer | None]:
        own = "DATABASE_URL" not in self.environment
        with database.owned() if own else nullcontext() as server:
            if server:
                self.environment["DATABASE_URL"] = server.url()
                self.supervisor.add("数据库", server, started=True)
            yield server

    def _start_broker(self) -> None:
        if "BROKER_URL" in self.environment:
            return
        if find_redis():
            server = RedisServer(var_dir() / "redis")
            self.supervisor.add("消息服务", server)
            self.environment["BROKER_URL"] = server.broker_url()
            self.environment["CACHE_URL"] = server.cache_url()
        else:
            folder = FileBroker(var_dir() / "broker")
            folder.start()
            self.environment["BROKER_URL"] = folder.broker_url()

    def _broker_addresses(self) -> tuple[str, str]:
        return self.environment["BROKER_URL"], self.environment.get("CACHE_URL", "")

    def _start_web(self) -> None:
        self._add("网页", "web", PYTHON, "-m", "gunicorn", "config.wsgi", *self._gunicorn_options())

    def _start_celery(self) -> None:
        """After the first page: on two cores, three programs that load at once keep the reader waiting for all three."""
        celery: tuple[str | Path, ...] = (PYTHON, "-m", "celery", "-A", "config")
        schedule = var_dir() / "run" / "beat"
        self._add("后台作业", "worker", *celery, "worker", *WORKER_OPTIONS)
        self._add("定时器", "beat", *celery, "beat", "--schedule", schedule, "--pidfile=", "--loglevel=info")

    def _add(self, label: str, name: str, *command: str | Path) -> None:
        log = log_dir() / f"{name}.log"
        self.supervisor.add(label, Program(list(command), log=log, environment=self.environment))

    def _gunicorn_options(self) -> list[str]:
        return [
            *("--bind", f"{self.bind}:{self.port}"),
            *("--worker-class", "gthread"),
            *("--workers", "2"),
            *("--threads", "4"),
            *("--timeout", "120"),
            *("--graceful-timeout", "10"),
            *("--preload", "--no-control-socket"),
        ]

    def _wait_for_first_page(self) -> None:
        deadline = time.monotonic() + 60
        while not _answers(self.host, self.port):
            if time.monotonic() > deadline:
                raise StreetError(f"网页没有启动成功，原因见 {log_dir() / 'web.log'}。")
            self.supervisor.check()
            time.sleep(0.1)

    def _announce(self) -> None:
        print(f"\n清患已启动：{self.address}    （按 Ctrl-C 停止）\n", flush=True)
        for line in preparation.demonstration_accounts(self.environment["DATABASE_URL"]):
            print(line, flush=True)


WORKER_OPTIONS = ("--concurrency=2", "--loglevel=info", "--without-gossip", "--without-mingle", "--without-heartbeat")


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def _signals_interrupt() -> Iterator[None]:
    """SIGTERM and a closed terminal unwind the stack exactly as Ctrl-C does."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    watched = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, interrupt) for number in watched}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignore_further_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
