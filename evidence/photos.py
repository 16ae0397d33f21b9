"""Photos: proven by decoding, read for size, time, place and likeness, and re-encoded without metadata for others.

A picture is decoded once when it arrives; `MAX_DECODING` bounds how many at a time, because one may need 200 MB.
"""

from __future__ import annotations

import io
import threading
import warnings
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import pillow_heif
from django.conf import settings
from PIL import ExifTags, Image, ImageOps

from common.errors import Refused
from evidence import phash

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MAX_PIXELS = 70_000_000  # default of settings.UPLOAD_IMAGE_MAX_PIXELS; phones make up to 64 million
MAX_DECODING = 2
DISPLAY_SIDE, THUMB_SIDE = 1600, 320  # px of the longer side
QUALITY = {"full": 92, "display": 82, "thumb": 75}

NO_PICTURE = "图片已损坏或不是真正的图片，请重新拍摄或选择其他图片。"

_decoding = threading.BoundedSemaphore(MAX_DECODING)


@dataclass(frozen=True)
class Facts:
    """What a photo says of itself: size as seen (px), likeness, and EXIF time and place (WGS-84 degrees) if any."""

    width: int
    height: int
    phash: int | None
    taken_at: datetime | None
    latitude: Decimal | None
    longitude: Decimal | None


def read(data: bytes) -> tuple[Facts, Image.Image]:
    """The photo's facts, and its picture upright at display size; `Refused` when it is too large or no picture."""
    with _decoding, _open(data) as image:
        exif = _exif(image)
        width, height = image.size if exif.get(ExifTags.Base.Orientation, 1) < 5 else image.size[::-1]
        upright = _upright(image, DISPLAY_SIDE)
    latitude, longitude = _position(exif)
    return Facts(width, height, phash.of(upright), _taken_at(exif), latitude, longitude), upright


def picture(data: bytes, side: int | None) -> Image.Image:
    """The picture upright, its longer side at most `side` px (None: full size), without metadata."""
    with _decoding, _open(data) as image:
        return _upright(image, side)


def thumbnail(image: Image.Image) -> Image.Image:
    """A copy at most 320 px long."""
    small = image.copy()
    small.thumbnail((THUMB_SIDE, THUMB_SIDE))
    return small


def encode(image: Image.Image, variant: str) -> bytes:
    """JPEG bytes without any metadata."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=QUALITY[variant], optimize=True, progressive=variant != "thumb")
    return buffer.getvalue()


def _open(data: bytes) -> Image.Image:
    """The picture with only its header read; its size is judged before a pixel is decoded."""
    limit = getattr(settings, "UPLOAD_IMAGE_MAX_PIXELS", MAX_PIXELS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise Refused(_too_large(limit)) from error
    except Exception as error:  # decoders answer a forged header with whatever it made them stumble over
        raise Refused(NO_PICTURE) from error
    if image.width * image.height > limit:
        raise Refused(_too_large(limit))
    return image


def _exif(image: Image.Image) -> Image.Exif:
    """What the file says of itself; of a PNG that stands behind the picture, which is decoded to get there."""
    try:
        return image.getexif()
    except Exception as error:  # as in `_open`
        raise Refused(NO_PICTURE) from error


def _upright(image: Image.Image, side: int | None) -> Image.Image:
    try:
        if side:
            image.draft("RGB", (side, side))
        turned = ImageOps.exif_transpose(image)
        if side:
            turned.thumbnail((side, side))
        if turned.has_transparency_data:
            turned = Image.alpha_composite(Image.new("RGBA", turned.size, "white"), turned.convert("RGBA"))
        plain = turned.convert("RGB")
    except Exception as error:  # as above: a broken body fails in many ways, all meaning the same
        raise Refused(NO_PICTURE) from error
    plain.info.clear()
    return plain


def _too_large(limit: int) -> str:
    return f"图片尺寸过大（超过{limit // 10_000:,}万像素），请调低拍照分辨率或压缩后再上传。"


def _taken_at(exif: Image.Exif) -> datetime | None:
    """When the photo was taken by the camera's clock; Beijing time unless it names an offset."""
    details = exif.get_ifd(ExifTags.IFD.Exif)
    try:
        text = str(details[ExifTags.Base.DateTimeOriginal]).strip("\x00 ")
        offset = str(details.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\x00 ") or "+08:00"
        return datetime.strptime(f"{text} {offset}", "%Y:%m:%d %H:%M:%S %z")
    except (KeyError, ValueError, OverflowError):
        return None


def _position(exif: Image.Exif) -> tuple[Decimal | None, Decimal | None]:
    """Latitude and longitude in degrees (WGS-84); None, None when absent, malformed or the 0,0 of a blank receiver."""
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    try:
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps.get(ExifTags.GPS.GPSLatitudeRef, "N"), 90)
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps.get(ExifTags.GPS.GPSLongitudeRef, "E"), 180)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None, None
    return (latitude, longitude) if latitude or longitude else (None, None)


def _degrees(parts: Any, side: str, limit: int) -> Decimal:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= limit:
        raise ValueError(f"{value} is no position")
    return Decimal(f"{-value if side in ('S', 'W') else value:.6f}")
