"""Keep a set of processes alive: what dies is started again, ever more patiently; stopping goes backwards."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from common.street.processes import StreetError, spawn, stop, sweep_session

LONGEST_DELAY = 30  # seconds
CALM_AFTER = 60  # seconds alive before earlier failures are forgiven


class Service(Protocol):
    """What can be supervised: a database, a broker, one of our own programs."""

    process: subprocess.Popen[bytes] | None

    def start(self) -> None:
        """Start, and return once it is usable. Raises StreetError."""

    def stop(self) -> None:
        """Stop in order, leaving no process behind."""


class Program:
    """One of our own long-running processes; `patience` is how many seconds it gets to finish its work."""

    def __init__(
        self, command: Sequence[str | Path], *, log: Path, environment: Mapping[str, str], patience: float = 15
    ) -> None:
        self.command = command
        self.log = log
        self.environment = environment
        self.patience = patience
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, its output appended to `log`."""
        with self.log.open("ab") as log:
            self.process = spawn(self.command, log=log, environment=self.environment)

    def stop(self) -> None:
        """Ask it to finish, then insist."""
        if self.process is not None:
            stop(self.process, patience=self.patience)
            self.process = None

    def run(self) -> int:
        """Start it, wait for its end and return its exit status; interrupted, it is stopped."""
        self.start()
        try:
            return self.process.wait() if self.process else 0
        finally:
            self.stop()


@dataclass
class _Watched:
    label: str
    service: Service
    failures: int = 0
    started_at: float = field(default_factory=time.monotonic)
    due_at: float | None = None


class Supervisor:
    """Starts services in order, restarts the dead, stops in reverse order."""

    def __init__(self) -> None:
        self._watched: list[_Watched] = []

    def add(self, label: str, service: Service, *, started: bool = False) -> None:
        """Start `service` (unless it already is) and watch it from now on; `label` is what the operator reads."""
        if not started:
            service.start()
        self._watched.append(_Watched(label, service))

    def check(self) -> None:
        """Look at every service once; start again those whose delay is over."""
        for watched in self._watched:
            process = watched.service.process
            if watched.due_at is None and process is not None and process.poll() is not None:
                sweep_session(process.pid)
                self._schedule(watched, f"意外退出（状态 {process.returncode}）")
            elif watched.due_at is not None and time.monotonic() >= watched.due_at:
                self._restart(watched)

    def stop(self) -> None:
        """Stop everything, last started first."""
        while self._watched:
            self._watched.pop().service.stop()

    def _schedule(self, watched: _Watched, reason: str) -> None:
        now = time.monotonic()
        if now - watched.started_at > CALM_AFTER:
            watched.failures = 0
        delay = min(LONGEST_DELAY, 2**watched.failures)
        watched.failures += 1
        watched.due_at = now + delay
        print(f"{watched.label}{reason}，{delay} 秒后重新启动。", flush=True)

    def _restart(self, watched: _Watched) -> None:
        try:
            watched.service.start()
        except StreetError as error:
            self._schedule(watched, f"没有启动成功（{error}）")
            return
        watched.started_at = time.monotonic()
        watched.due_at = None
        print(f"{watched.label}已重新启动。", flush=True)
