"""Where the bytes lie: originals by their SHA-256, never changed; copies beside them, which can always be made again."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from common import disk


def original(sha256: str) -> Path:
    """The path of the unchanged bytes."""
    return Path(settings.MEDIA_ROOT) / "originals" / sha256[:2] / sha256[2:4] / sha256


def copy(sha256: str, variant: str, watermark: str = "") -> Path:
    """The path of a re-encoded copy; copies with different watermarks lie apart."""
    mark = f"-{hashlib.sha256(watermark.encode()).hexdigest()[:16]}" if watermark else ""
    return Path(settings.MEDIA_ROOT) / "copies" / sha256[:2] / sha256[2:4] / f"{sha256}-{variant}{mark}.jpg"


def write(path: Path, data: bytes) -> None:
    """Put `data` at `path` whole or not at all, whatever dies meanwhile; an existing file is kept."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            disk.force(file.fileno())
        Path(temporary).chmod(0o640)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
