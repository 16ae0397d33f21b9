"""What an address or a button carries outside of any form, read so that nothing sent can break the reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.http import url_has_allowed_host_and_scheme

MOST_DIGITS = 18  # any number of so many digits fits the keys of the database


def text_of(data: Mapping[str, Any], name: str, most: int) -> str:
    """The text under `name`: stripped, cut at `most` characters, without the null character no database takes."""
    return str(data.get(name) or "").replace("\x00", "").strip()[:most]


def path_of(value: Any) -> str:
    """`value` as a path of this site to lead back to; an empty text for everything else."""
    text = str(value or "")
    return text if text.startswith("/") and url_has_allowed_host_and_scheme(text, None) else ""


def id_of(value: Any) -> int | None:
    """`value` as the id of a row; None for everything that cannot be one."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
