"""What counts for a duty: the kinds of record, each counted for many people or units in one query.

A duty (`tasks.Duty`) says which kinds count. An app above announces its own in `AppConfig.ready` and is asked when a
count is made; tasks never looks upwards. A kind counts for people (the leader who led the visit) or for units (the
enterprise that held the drill), never for both: register two.

    counting.register(
        RecordKind(
            key="inspection.led",
            label="带队检查",
            subject=Subject.PERSON,
            query=queries.visits_led,
            page="inspection-list",
        )
    )

    def visits_led(ask: Ask) -> Iterator[Counted]:
        rows = Inspection.objects.filter(led_by__in=ask.subjects, ends_on__range=ask.span)
        for pk, leader, on, unit, name, sector, risky in rows.values_list(…):
            yield Counted(leader, on, pk, f"带队检查{name}", reverse("inspection-detail", args=[pk]), sector, unit, risky)

The query must hold to `ask`: only its subjects, both dates inclusive, and only records that stand (no drafts, nothing
voided). It asks a number of statements that does not grow with the subjects.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import models


class Subject(models.TextChoices):
    """For whom a record counts: ids of `units.User` or of `units.Unit`."""

    PERSON = "person", "个人"
    UNIT = "unit", "单位"


class Ask(NamedTuple):
    """For which people or units, within which days (inclusive)."""

    subjects: Collection[int]
    first: date
    last: date

    @property
    def span(self) -> tuple[date, date]:
        """Both days, for `__range`."""
        return self.first, self.last


class Counted(NamedTuple):
    """One record that counts for one subject: the proof behind a number, as it is listed and opened.

    `key` is unique within the kind (the record's pk); `sector`, `unit` (ids) and `is_high_risk` describe the place the
    record is about, for duties that count only some places or want different ones; `person` names who did it where the
    subject is a unit (the principal who led a self-check).
    """

    subject: int
    on: date
    key: int | str
    title: str
    url: str
    sector: int | None = None
    unit: int | None = None
    is_high_risk: bool = False
    person: int | None = None


@dataclass(frozen=True)
class RecordKind:
    """One kind of record. `label` is the field's word for it; `page` names the route of its list or is empty."""

    key: str
    label: str
    subject: Subject
    query: Callable[[Ask], Iterable[Counted]]
    page: str = ""


_kinds: dict[str, RecordKind] = {}


def register(kind: RecordKind) -> RecordKind:
    """Let duties count this kind from now on; a key names one kind for good, for duties keep it."""
    known = _kinds.setdefault(kind.key, kind)
    if known != kind:
        raise ValueError(f"record kind {kind.key!r} is registered twice")
    return kind


def kinds(subject: str = "") -> list[RecordKind]:
    """Every kind, or those that count for this subject, in the order of registration."""
    return [kind for kind in _kinds.values() if not subject or kind.subject == subject]


def label_of(key: str) -> str:
    """The word for a kind; the key itself for a kind whose app is not installed."""
    return _kinds[key].label if key in _kinds else key


def records(keys: Iterable[str], ask: Ask) -> Iterator[tuple[RecordKind, Counted]]:
    """Everything that counts of these kinds, kind by kind. An unknown kind counts nothing."""
    if not ask.subjects:
        return
    for key in keys:
        if kind := _kinds.get(key):
            yield from ((kind, counted) for counted in kind.query(ask))
