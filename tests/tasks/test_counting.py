"""The register of what counts for a duty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tasks import counting
from tasks.counting import Ask, Counted, RecordKind, Subject

ASK = Ask((7, 8), date(2026, 1, 1), date(2026, 3, 31))


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty register."""
    monkeypatch.setattr(counting, "_kinds", {})


def visits(ask: Ask) -> Iterator[Counted]:
    """One visit for everybody asked for."""
    return (Counted(subject, ask.first, subject, "检查", "/") for subject in ask.subjects)


def test_records_of_the_kinds_asked_for_come_with_their_kind(kinds: None) -> None:
    """A count can say what each record is."""
    visit = counting.register(RecordKind("visit", "带队检查", Subject.PERSON, visits))
    counting.register(RecordKind("drill", "演练", Subject.UNIT, visits))
    assert [(kind, row.subject) for kind, row in counting.records(["visit"], ASK)] == [(visit, 7), (visit, 8)]
    assert counting.kinds(Subject.PERSON) == [visit]


def test_nobody_asked_for_asks_nothing(kinds: None) -> None:
    """A duty that applies to nobody costs no query."""
    counting.register(RecordKind("visit", "带队检查", Subject.PERSON, lambda ask: 1 / 0))
    assert list(counting.records(["visit"], ASK._replace(subjects=()))) == []


def test_a_kind_of_an_absent_app_counts_nothing(kinds: None) -> None:
    """Duties outlive a room that is not installed."""
    assert list(counting.records(["gone"], ASK)) == []
    assert counting.label_of("gone") == "gone"


def test_a_key_names_one_kind(kinds: None) -> None:
    """Two apps cannot both mean something by it."""
    kind = counting.register(RecordKind("visit", "带队检查", Subject.PERSON, visits))
    assert counting.register(kind) is kind
    with pytest.raises(ValueError, match="visit"):
        counting.register(RecordKind("visit", "检查", Subject.UNIT, visits))
