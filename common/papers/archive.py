"""A paper as JSON and back, so that what was signed can be printed again word for word, whatever changes afterwards."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from common.papers import model

_KINDS = {each.__name__: each for each in vars(model).values() if isinstance(each, type) and is_dataclass(each)}


def dump(value: Any) -> Any:
    """Plain JSON of a paper or any part of it. TypeError for what cannot be kept (pictures held as bytes)."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {each.name: dump(getattr(value, each.name)) for each in fields(value)}
        return {"part": type(value).__name__, **kept}
    if isinstance(value, (tuple, list)):
        return [dump(each) for each in value]
    if isinstance(value, Enum):
        return {"enum": type(value).__name__, "value": value.value}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(f"a paper's archive does not hold {type(value).__name__}")


def load(kept: Any) -> Any:
    """What `dump` wrote."""
    if isinstance(kept, list):
        return tuple(load(each) for each in kept)
    if not isinstance(kept, dict):
        return kept
    if "date" in kept:
        return date.fromisoformat(kept["date"])
    if "enum" in kept:
        return getattr(model, kept["enum"])(kept["value"])
    parts = {name: load(value) for name, value in kept.items() if name != "part"}
    return _KINDS[kept["part"]](**parts)
