"""What must survive a power cut is forced to the disk; what can be begun anew need not wait for it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_waits = ContextVar("waits for the disk", default=True)


def force(descriptor: int) -> None:
    """Return when the file's bytes are on the disk; at once within `nobody_waits`."""
    if _waits.get():
        os.fsync(descriptor)


@contextmanager
def nobody_waits() -> Iterator[None]:
    """For work that is thrown away and begun anew when it breaks off: the demonstration's history."""
    before = _waits.set(False)
    try:
        yield
    finally:
        _waits.reset(before)
