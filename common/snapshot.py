"""A small table kept in memory: re-read at most once a minute, at once after a change in this process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from django.db import transaction

T = TypeVar("T")
LIFETIME = 60.0  # seconds another process may count with the former values


class Snapshot(Generic[T]):
    """What `load()` returned, at most `LIFETIME` seconds old.

    Two processes never disagree for longer than that. A change is announced with `invalidate()`, which forgets now (the
    writer sees what it wrote) and again after commit (a reader may have re-read the former rows meanwhile).
    """

    everything: ClassVar[list[Snapshot[Any]]] = []

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._held: tuple[float, T] | None = None
        Snapshot.everything.append(self)

    def get(self) -> T:
        """The held value, loaded when there is none or it is too old."""
        held = self._held
        if held is not None and 0 <= time.monotonic() - held[0] < LIFETIME:
            return held[1]
        value = self._load()
        self._held = (time.monotonic(), value)
        return value

    def forget(self) -> None:
        """Load again on the next use."""
        self._held = None

    def invalidate(self) -> None:
        """Say that the rows behind have changed in the current transaction."""
        self.forget()
        transaction.on_commit(self.forget)


def forget_all() -> None:
    """Forget every snapshot; between tests, where rolled-back rows must not linger."""
    for snapshot in Snapshot.everything:
        snapshot.forget()
