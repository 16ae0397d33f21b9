"""What a careless or hostile sender puts into every field of a form or of a JSON body at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import SimpleUploadedFile

ODD = "zzz无此选项"
TEXTS = {
    "unknown choice": ODD,
    "oversized": "长" * 30_000,
    "NUL": "甲\x00乙",
    "negative": "-1",
    "huge number": "9" * 400,
}
STRANGE = ("NaN", "2026-13-45T99:99", "1e999", "0001-01-01", "Infinity", "²")
VALUES: dict[str, Any] = {
    **TEXTS,
    "empty": "",
    "null": None,
    "list": [[], {"id": {"$ne": 1}}],
    "true": True,
    "huge integer": 10**40,
}
BODIES = {
    "not JSON": b"{",
    "not UTF-8": b'{"reason": "\xff\xfe"}',
    "a list": b"[1, 2]",
    "null": b"null",
    "deep": b"[" * 5_000,
}
FORM = "application/x-www-form-urlencoded"


def forms(fields: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, keyword arguments of `Client.post`) for a form with these fields."""
    names = sorted(fields)
    yield "nothing at all", {"data": {}}
    for kind, text in TEXTS.items():
        yield kind, {"data": dict.fromkeys(names, text)}
    yield "strange", {"data": {name: STRANGE[place % len(STRANGE)] for place, name in enumerate(names)}}
    pairs = "&".join(f"{quote(name)}=%ff%fe%00%ed%a0%80" for name in names)
    yield "not UTF-8", {"data": pairs, "content_type": FORM}
    files = {name: SimpleUploadedFile(f"{name}.jpg", b"\xff\xd8\xff not a picture") for name in names}
    yield "false pictures", {"data": files}


def bodies(fields: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same for a JSON body with these fields."""
    names = sorted(fields)
    for kind, value in VALUES.items():
        yield kind, {"data": json.dumps(dict.fromkeys(names, value)), "content_type": "application/json"}
    for kind, body in BODIES.items():
        yield kind, {"data": body, "content_type": "application/json"}
