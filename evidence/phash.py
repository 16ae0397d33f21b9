"""A 64-bit perceptual hash: the signs of the lowest frequencies of a picture.

It survives scaling, recompression and brightness. Because it keeps signs only, the hash of the mirrored or turned
picture follows from the hash alone, so a reused photo is found whichever way it was turned (domain-rules §12).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from PIL import Image, ImageStat

SIDE = 32
FREQUENCIES = 8
FLAT = 4.0  # standard deviation of grey levels below which a picture (a covered lens, a blank page) says nothing

_COSINES = [
    [math.cos(math.pi * frequency * (2 * x + 1) / (2 * SIDE)) for x in range(SIDE)] for frequency in range(FREQUENCIES)
]
_SIGN = 1 << 63


def of(image: Image.Image) -> int | None:
    """The hash as PostgreSQL's signed bigint; None for a picture without structure."""
    grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    if ImageStat.Stat(grey).stddev[0] < FLAT:
        return None
    pixels = list(grey.tobytes())
    rows = [pixels[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]
    across = [[_dot(row, wave) for wave in _COSINES] for row in rows]
    columns = list(zip(*across, strict=True))
    signs = [[_dot(column, wave) > 0 for column in columns] for wave in _COSINES]
    return _pack(signs)


def orientations(value: int) -> set[int]:
    """The hashes of the same picture mirrored and turned by quarter turns (up to eight, itself included)."""
    signs = _unpack(value)
    turned = [list(row) for row in zip(*signs, strict=True)]
    return {
        _pack([[bit ^ (across & u & 1) ^ (down & v & 1) for u, bit in enumerate(row)] for v, row in enumerate(grid)])
        for grid in (signs, turned)
        for across in (0, 1)
        for down in (0, 1)
    }


def nearby_bands(values: Iterable[int], index: int) -> list[int]:
    """The 16-bit band `index` (0–3) of each value, and the 16 bands one bit away from it.

    Two hashes at most 7 bits apart have at least one band at most 1 bit apart, so a search by all four misses nothing.
    """
    exact = {value >> 16 * index & 0xFFFF for value in values}
    return sorted(exact | {band ^ 1 << bit for band in exact for bit in range(16)})


def distance(one: int, other: int) -> int:
    """How many of the 64 bits differ."""
    return ((one ^ other) & (2**64 - 1)).bit_count()


def _dot(values: Sequence[float], wave: list[float]) -> float:
    return sum(a * b for a, b in zip(values, wave, strict=True))


def _pack(signs: list[list[bool]] | list[list[int]]) -> int:
    """Row by row into one number; the mean brightness (frequency 0,0) carries no information and stays 0."""
    bits = 0
    for v, row in enumerate(signs):
        for u, bit in enumerate(row):
            bits |= bool(bit and (u or v)) << (v * FREQUENCIES + u)
    return bits - 2**64 if bits & _SIGN else bits


def _unpack(value: int) -> list[list[int]]:
    return [[value >> (v * FREQUENCIES + u) & 1 for u in range(FREQUENCIES)] for v in range(FREQUENCIES)]
