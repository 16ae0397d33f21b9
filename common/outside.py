"""What must survive a restored backup: append-only notes in files beside the database, one folder per installation.

A database put back to yesterday has forgotten which numbers it gave and which steps it took; these notes have not. They
are written after commit, so they never know more than the database did, unless the database was put back.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection

from common import disk

_KNOWN = "SELECT last FROM common_numberseries WHERE series = 'installation' AND year = 0"
_FOUND = """
    INSERT INTO common_numberseries (series, year, last) VALUES ('installation', 0, %s) ON CONFLICT (series, year) DO NOTHING
"""
TAIL = 4096  # bytes that hold the last line for certain


def folder() -> Path | None:
    """Where the notes of this database lie; None where none are kept.

    The name is a number the database drew once, so that another database beside the same files is not taken for this one.
    """
    root = getattr(settings, "OUTSIDE_NOTES", None)
    return Path(root) / str(_identity()) if root else None


def _identity() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN)
        row = cursor.fetchone()
        if row is None:
            cursor.execute(_FOUND, [secrets.randbelow(2**31 - 1) + 1])
            cursor.execute(_KNOWN)
            row = cursor.fetchone()
    return int(row[0])


def append(path: Path, lines: Iterable[str]) -> None:
    """Add whole lines in one write, on disk when this returns; several processes may do so at once."""
    text = "".join(f"{line}\n" for line in lines)
    if not text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(descriptor, text.encode())
        disk.force(descriptor)
    finally:
        os.close(descriptor)


def read(path: Path, offset: int = 0) -> tuple[list[str], int]:
    """The whole lines from byte `offset` on, and the offset behind them; a line cut off by a crash waits for its end."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read()
    except FileNotFoundError:
        return [], 0
    whole = data[: data.rfind(b"\n") + 1]
    return whole.decode("utf-8", "replace").splitlines(), offset + len(whole)


def last(path: Path) -> str:
    """The last whole line; empty when there is none."""
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return ""
    lines, _ = read(path, max(0, size - TAIL))
    return lines[-1] if lines else ""
