"""One way to draw again: of 双随机 and of 抽查复核 alike, whatever was recorded has to lead to the same result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from inspections import drawing, spotting

Drawn = list[dict[str, Any]]
ALGORITHMS: dict[str, Callable[[Mapping[str, Any], str], Drawn]] = {
    drawing.ALGORITHM: drawing.draw,
    spotting.ALGORITHM: spotting.draw,
}


class Recorded(Protocol):
    """What both kinds of draw record."""

    algorithm: Any
    given: Any
    digest: Any
    secret: Any
    seed: Any
    result: Any


def replay(record: Recorded) -> Drawn:
    """The result computed anew from input and secret alone. Raises ValueError or KeyError for a record nobody can draw."""
    return ALGORITHMS[record.algorithm](record.given, drawing.seed_of(record.secret, drawing.digest_of(record.given)))


def is_true(record: Recorded) -> bool:
    """Whether commitment (where one was published beforehand), digest, seed and result all follow from the record."""
    promised = getattr(record, "commitment", None)
    if promised is not None and drawing.commitment_of(record.secret) != promised:
        return False
    if drawing.digest_of(record.given) != record.digest or drawing.seed_of(record.secret, record.digest) != record.seed:
        return False
    try:
        return bool(replay(record) == record.result)
    except (ValueError, KeyError):
        return False
