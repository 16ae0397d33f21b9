"""Writes time, place, person and number into the display copy of a photo, so that the picture speaks for itself."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from PIL import Image, ImageDraw, ImageFont

FONT = "NotoSansSC-Regular.ttf"
INK, GROUND = (255, 255, 255), (0, 0, 0, 140)


def stamp(image: Image.Image, text: str) -> Image.Image:
    """`image` with `text` (lines by "\\n", long ones broken) on a dark band along its lower edge."""
    size = max(12, image.width // 42)
    font, padding = _font(size), size // 2
    lines = [part for line in text.splitlines() for part in _broken(line, font, image.width - 2 * padding)]
    pitch = round(size * 1.4)
    height = min(image.height, pitch * len(lines) + 2 * padding)
    band = Image.new("RGBA", (image.width, height), GROUND)
    draw = ImageDraw.Draw(band)
    for row, line in enumerate(lines):
        draw.text((padding, padding + row * pitch), line, font=font, fill=INK)
    stamped = image.copy()
    stamped.paste(band, (0, image.height - height), band)
    return stamped


def _broken(line: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """`line` in pieces no wider than `width` px; Chinese may break anywhere."""
    pieces, current = [], ""
    for character in line:
        if current and font.getlength(current + character) > width:
            pieces.append(current)
            current = ""
        current += character
    return [*pieces, current] if current else pieces


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont:
    path = Path(settings.FONTS_DIR) / FONT
    if not path.exists():
        raise ImproperlyConfigured(f"{path} is missing; `make setup` brings the fonts")
    return ImageFont.truetype(str(path), size)
