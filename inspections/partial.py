"""Photos that arrive in pieces: what is here already, kept until the last byte, whoever serves the next request."""

from __future__ import annotations

import fcntl
import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from common.errors import Refused

KEPT_DAYS = 7  # a piece nobody went on with


def folder() -> Path:
    """Beside the evidence, so that every web process of an installation sees it."""
    return Path(settings.MEDIA_ROOT) / "partial"


@dataclass(frozen=True)
class Partial:
    """The beginning of one photo of one person; `about` is the place it is meant for."""

    user: int
    about: str
    sha256: str

    def _path(self) -> Path:
        if len(self.sha256) != 64 or not set(self.sha256) <= set("0123456789abcdef"):
            raise Refused.at("sha256", "照片指纹不正确。")
        return folder() / str(self.user) / f"{self.about}-{self.sha256}"

    def size(self) -> int:
        """Bytes received so far."""
        path = self._path()
        return path.stat().st_size if path.exists() else 0

    def add(self, offset: int, piece: bytes, total: int) -> int:
        """Append `piece` if it begins where the file ends; returns the bytes here afterwards, which says whether it did."""
        path = self._path()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            size = file.seek(0, 2)
            if offset != size or size + len(piece) > total:
                return size
            file.write(piece)
            return size + len(piece)

    def whole(self) -> bytes:
        """All bytes; `Refused` when they are not what was announced, and then everything starts anew."""
        data = self._path().read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            self.forget()
            raise Refused.at("sha256", "照片传输有误，将重新发送。")
        return data

    def forget(self) -> None:
        """It is stored, or it was spoilt."""
        self._path().unlink(missing_ok=True)


def sweep() -> int:
    """Delete what nobody went on with for a week; returns how many."""
    limit, gone = time.time() - KEPT_DAYS * 86400, 0
    for path in folder().glob("*/*"):
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
