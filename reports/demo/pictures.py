"""Drawn stand-ins for site photos: a plain scene with the words 演示 on it; before and after differ, scenes repeat never."""

from __future__ import annotations

import io
import random
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

SIZE = (400, 300)
WALLS = ("#cfd8dc", "#d7ccc8", "#e0e0e0", "#c5cae9", "#dcedc8", "#ffe0b2")
THINGS = ("#8d6e63", "#607d8b", "#78909c", "#a1887f", "#546e7a", "#9e9d24")


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    fonts = sorted(Path(settings.FONTS_DIR).glob("*[Ss]ans*.ttf"))
    return ImageFont.truetype(str(fonts[0]), 22) if fonts else ImageFont.load_default()


def scene(seed: int, *, fixed: bool) -> SimpleUploadedFile:
    """A JPEG of scene `seed`; the thing in the way is gone and a green mark is there when `fixed`."""
    dice = random.Random(seed)
    image = Image.new("RGB", SIZE, dice.choice(WALLS))
    draw = ImageDraw.Draw(image)
    floor = dice.randint(160, 225)
    draw.rectangle((0, floor, *SIZE), fill=dice.choice(THINGS))
    for _ in range(dice.randint(5, 9)):
        x, y, width, height = dice.randint(0, 330), dice.randint(0, 210), dice.randint(25, 115), dice.randint(25, 120)
        draw.rectangle((x, y, x + width, y + height), fill=dice.choice(THINGS + WALLS), outline="#455a64", width=2)
    x, y = dice.randint(50, 250), dice.randint(75, 150)
    if fixed:
        draw.line((x, y + 40, x + 35, y + 80, x + 110, y - 10), fill="#2e7d32", width=14)
    else:
        draw.polygon((x, y + 100, x + 60, y - 10, x + 120, y + 100), fill="#f9a825", outline="#5d4037")
        draw.rectangle((x + 54, y + 25, x + 66, y + 70), fill="#5d4037")
    draw.text((12, 12), "演示照片 " + ("整改后" if fixed else "整改前"), fill="#263238", font=_font())
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return SimpleUploadedFile(f"demo-{seed}-{'after' if fixed else 'before'}.jpg", out.getvalue())
