"""What the tests of duties start from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from common import clock
from tasks import counting
from tasks.counting import Ask, Counted, RecordKind, Subject
from tasks.duties.standings import recount
from tasks.duties.subjects import street_of
from tasks.models import Duty, DutyStanding, LeaderPost
from tests.cast import FROM, Cast

NOON = datetime(2026, 8, 20, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def post(cast: Cast, name: str = "leader", kind: str = "office_head", since: date = FROM) -> LeaderPost:
    """A leader's post, given without the page."""
    return LeaderPost.objects.create(person=cast.people[name], unit=cast.units["office"], post=kind, starts_on=since)


def duty(**values: Any) -> Duty:
    """A duty of this test alone."""
    plain: dict[str, Any] = {
        "code": "test", "effective_from": date(2024, 1, 1), "name": "测试事项", "basis": "测试", "audience": ["village"],
        "kinds": ["test.kind"], "times": 3, "period": "quarter",
    }  # fmt: skip
    return Duty.objects.create(**plain | values)


def count(cast: Cast) -> None:
    """Count the cast's street."""
    recount(street_of(cast.areas["street"].path))


def standing(code: str, **of: Any) -> DutyStanding:
    """The one standing of the running period."""
    return DutyStanding.objects.current().get(code=code, **of)


class Book:
    """A kind of record whose records the test writes."""

    def __init__(self) -> None:
        self.rows: list[Counted] = []
        self.asked = 0

    def write(self, subject: int, *days: date, **facts: Any) -> None:
        """Records of one subject, one a day."""
        for day in days:
            self.rows.append(Counted(subject, day, len(self.rows), f"记录{len(self.rows)}", "/", **facts))

    def query(self, ask: Ask) -> Iterator[Counted]:
        """As an upper room answers."""
        self.asked += 1
        return (row for row in self.rows if row.subject in ask.subjects and ask.first <= row.on <= ask.last)


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Book:
    """Counted for units as `test.kind`."""
    made = Book()
    monkeypatch.setattr(counting, "_kinds", dict(counting._kinds))
    counting.register(RecordKind("test.kind", "测试记录", Subject.UNIT, made.query))
    return made


@pytest.fixture
def in_august() -> Iterator[None]:
    """It is noon of 20 August 2026."""
    with clock.at(NOON):
        yield
