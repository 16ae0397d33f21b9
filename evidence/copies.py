"""The copies of a photo that others get: made once, found again, and made anew when they are gone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from PIL import Image

from evidence import files, photos, watermark
from evidence.models import Attachment

DISPLAY, THUMB, FULL = "display", "thumb", "full"
_SIDES = {DISPLAY: photos.DISPLAY_SIDE, THUMB: photos.THUMB_SIDE, FULL: None}


def path_of(attachment: Attachment, variant: str) -> Path:
    """The file with the copy: display ≤1600 px with watermark, thumb ≤320 px, full size; none carries metadata."""
    path = _place(attachment, variant)
    if not path.exists():
        data = files.original(attachment.blob_id).read_bytes()
        _make(attachment, variant, photos.picture(data, _SIDES[variant]))
    return path


_at_upload = ContextVar("copies at upload", default=True)


@contextmanager
def for_the_first_reader() -> Iterator[None]:
    """Within it uploads make no copies: thousands of photos nobody may ever open are copied when somebody does."""
    before = _at_upload.set(False)
    try:
        yield
    finally:
        _at_upload.reset(before)


def make(attachment: Attachment, upright: Image.Image) -> None:
    """Both copies pages show, from the one decoding at upload."""
    if not _at_upload.get():
        return
    _make(attachment, DISPLAY, upright)
    _make(attachment, THUMB, photos.thumbnail(upright))


def _place(attachment: Attachment, variant: str) -> Path:
    return files.copy(attachment.blob_id, variant, attachment.watermark if variant == DISPLAY else "")


def _make(attachment: Attachment, variant: str, image: Image.Image) -> None:
    if variant == DISPLAY and attachment.watermark:
        image = watermark.stamp(image, attachment.watermark)
    files.write(_place(attachment, variant), photos.encode(image, variant))
