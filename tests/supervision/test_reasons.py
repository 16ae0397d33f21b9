"""为什么收到: every message of the system gives a reason, and every letter the rule or the person, the dates, the hazard."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings

from common import clock
from messaging.models import Message
from supervision import reasons
from supervision.models import Letter
from supervision.transitions import letters, listings, measures
from supervision.transitions.climb import escalate
from tests.supervision.world import DAY, START, confirmed

ROOT = Path(settings.BASE_DIR)
TELLERS = {"notify", "notify_about", "Occasion"}
PASSED_ON = {"messaging/transitions.py"}  # where the arguments are handed through


def calls():
    """Every place that tells somebody something: (file:line, the keywords)."""
    for path in sorted(ROOT.glob("*/**/*.py")):
        place = path.relative_to(ROOT).as_posix()
        if place.split("/")[0] in ("tests", ".venv", "node_modules", "var") or place in PASSED_ON:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if name in TELLERS:
                yield f"{place}:{node.lineno}", {word.arg: word.value for word in node.keywords}


def says_why(keywords):
    """A `why` that is not the empty text; what is handed on as ** carries its own."""
    why = keywords.get("why")
    return None in keywords or (why is not None and not (isinstance(why, ast.Constant) and not why.value))


def test_whoever_tells_somebody_something_says_why():
    found = dict(calls())
    assert len(found) > 30
    assert [place for place, keywords in found.items() if not says_why(keywords)] == []


@pytest.fixture
def told(cast):
    """Messages of every kind of this room: ladder, letter, listing, measure."""
    hazard = confirmed(cast)
    for day in (13, 17, 19, 21, 27, 35, 50, 65, 80):
        with clock.at(START + day * DAY):
            escalate()
    with clock.at(START + 81 * DAY):
        letter = letters.draft(
            cast.officer, kind="urge", to_unit=cast.units["firm"], title="关于整改的函", matter="请整改", demand="请回复",
            hazard=hazard, source=Letter.objects.order_by("pk").first(),
        )  # fmt: skip
        letters.perform("send", letter.pk, cast.head)
        listing = hazard.listings.get()
        listings.perform("approve", listing.pk, cast.head, leader="马建华", waiver="情况紧急")
        measure = hazard.measures.exclude(kind="talk").first()
        measures.perform("decide", measure.pk, cast.head, form="expose", opinion="同意")
    return hazard


def test_every_kind_of_message_says_which_hazard_and_when(cast, told):
    kinds = ("supervision.ladder", "supervision.letter", "supervision.listing", "supervision.measure")
    sent = Message.objects.filter(kind__in=kinds)
    assert set(sent.values_list("kind", flat=True)) == set(kinds)
    assert [row.why for row in sent if told.number not in row.why or "年" not in row.why] == []


def test_a_letter_written_by_hand_says_who_wrote_it_on_what(cast, told):
    said = reasons.of_letter(Letter.objects.get(title="关于整改的函"))
    assert cast.officer.name in said
    assert cast.head.name in said
    assert told.number in said
    assert Letter.objects.order_by("pk").first().number in said


def test_a_letter_of_the_ladder_says_its_rule_and_dates(told):
    letter = Letter.objects.exclude(key=None).first()
    assert "依据《" in reasons.of_letter(letter)
    assert told.number in reasons.of_letter(letter)
