"""Pictures made for the tests: a scene with structure, as a camera would save it."""

from __future__ import annotations

import io
import random
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

TAKEN = "2026:03:05 08:30:00"


def scene(seed: int = 1, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A smooth picture with structure, different for every seed."""
    chance = random.Random(seed)
    small = Image.new("RGB", (16, 12))
    small.putdata([tuple(chance.randrange(256) for _ in range(3)) for _ in range(16 * 12)])
    return small.resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(2))


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    """The picture's bytes."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def camera_photo(seed: int = 1) -> bytes:
    """A JPEG with EXIF: taken 2026-03-05 08:30 at 24.9°N 102.5°E, held sideways."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = TAKEN
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (24.0, 54.0, 0.0), "E", (102.0, 30.0, 0.0)
    return encoded(scene(seed), exif=exif)


def upload(data: bytes, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    """`data` as a browser sends it; the browser's own type is never believed."""
    return SimpleUploadedFile(name, data, content_type="application/octet-stream")


def office(*names: str, content: bytes = b"<x/>") -> bytes:
    """A zip container with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


def marked(image: Image.Image) -> Image.Image:
    """The same scene with something put in front of it."""
    changed = image.copy()
    ImageDraw.Draw(changed).rectangle([0, 0, changed.width // 2, changed.height], fill="black")
    return changed
