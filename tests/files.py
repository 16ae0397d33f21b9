"""Small real files made on the fly."""

from __future__ import annotations

import io

from PIL import Image


def jpeg(seed: int = 1, size: tuple[int, int] = (64, 48)) -> bytes:
    """A JPEG whose picture depends on `seed`."""
    image = Image.new("RGB", size)
    image.putdata([((x * seed) % 256, (x * x * seed) % 256, (x // 7 * seed) % 256) for x in range(size[0] * size[1])])
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()
