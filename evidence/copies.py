"""The copies of a photo that others get: made once, found again, and made anew when they are gone."""

from __future__ import annotations

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


def make(attachment: Attachment, upright: Image.Image) -> None:
    """Both copies pages show, from the one decoding at upload."""
    _make(attachment, DISPLAY, upright)
    _make(attachment, THUMB, photos.thumbnail(upright))


def _place(attachment: Attachment, variant: str) -> Path:
    return files.copy(attachment.blob_id, variant, attachment.watermark if variant == DISPLAY else "")


def _make(attachment: Attachment, variant: str, image: Image.Image) -> None:
    if variant == DISPLAY and attachment.watermark:
        image = watermark.stamp(image, attachment.watermark)
    files.write(_place(attachment, variant), photos.encode(image, variant))
