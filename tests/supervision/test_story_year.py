"""Story 2 over a year: nobody acts, with holidays and two outages. The ladder climbs, writes, proposes, and explains itself."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from common import clock
from common.papers import render_docx
from hazards import transitions as hazards
from hazards.models import Hazard, HazardEvent
from messaging.jobs import send_digests
from messaging.models import Message
from reports.jobs import draft_monthly_notice, open_unit_months
from reports.models import Notice
from supervision import papers
from supervision.jobs import chase_listings, climb_ladder
from supervision.models import LadderFiring, Letter, Listing, Measure
from supervision.transitions import listings
from tests.supervision.world import DAY, START, confirmed

pytestmark = pytest.mark.django_db
OUTAGES = (range(24, 33), range(150, 158))  # the first over National Day, while letters fall due
YEAR = 365


def live_through(cast) -> dict[str, Hazard]:
    """A year of mornings, but for the outages; people do little, and late."""
    made = {
        "general": confirmed(cast, "general", days=2),
        "key": confirmed(cast, "key", days=20),
        "major": confirmed(cast, "major", days=30),
        "extended": confirmed(cast, "key", days=20),
        "late": confirmed(cast, "major", days=140),
    }
    acts = {10: lambda: extend(cast, made["extended"]), 75: lambda: list_it(cast)}
    for day in range(YEAR):
        if any(day in outage for outage in OUTAGES):
            continue
        with clock.at(START + day * DAY + timedelta(minutes=1)):
            climb_ladder()
            if day in acts:
                acts[day]()
            if day % 7 == 0 or clock.today().day < 12:
                morning()
    return made


def morning() -> None:
    """What else the machine does of a morning."""
    for job in (chase_listings, draft_monthly_notice, open_unit_months, send_digests):
        job()


def extend(cast, hazard) -> None:
    asked = {"due": START + 50 * DAY, "reason": "配件未到", "protection": "专人看守"}
    hazards.perform("request_extension", hazard.pk, cast.safety, **asked)
    hazards.perform("grant_extension", hazard.pk, cast.head)


def list_it(cast) -> None:
    """The head approves what the ladder proposed about the major hazard."""
    proposal = Listing.objects.get(state="proposed", kind="major")
    listings.perform("opine", proposal.pk, cast.department, opinion="同意挂牌")
    listings.perform("approve", proposal.pk, cast.head, leader="王五")


def numbers(kind: str) -> list[int]:
    """The serial numbers of the letters of a kind in their first year, in order."""
    found = Letter.objects.filter(kind=kind, number__contains="〔2026〕").values_list("number", flat=True)
    return sorted(int(number.split("〕")[1][:-1]) for number in found)


def test_a_year_in_which_nobody_acts(cast, as_):
    made = live_through(cast)
    fired = Counter(LadderFiring.objects.values_list("hazard", "round", "deadline_no", "code"))
    assert set(fired.values()) == {1}
    assert HazardEvent.objects.filter(action="ladder").count() == LadderFiring.objects.filter(merged_into="").count()
    for kind in ("reminder", "urge"):
        assert numbers(kind) == list(range(1, len(numbers(kind)) + 1))
    keys = Letter.objects.exclude(key=None).values_list("hazard", "drafted_at__date").exclude(hazard=None)
    assert max(Counter(keys).values()) == 1
    assert set(made["general"].firings.filter(merged_into="").values_list("code", flat=True)) >= {
        "overdue",
        "talk",
        "publish",
    }
    assert_outages_were_caught_up(made)
    assert_the_extension_kept_its_history(made["extended"])
    assert_the_machine_only_proposed()
    assert_one_page_explains(made, as_)
    assert all(render_docx(papers.letter_paper(letter))[:2] == b"PK" for letter in Letter.objects.all()[:5])


def assert_outages_were_caught_up(made) -> None:
    """What passed while nothing ran was merged into the highest step, on the first day afterwards."""
    merged = LadderFiring.objects.exclude(merged_into="")
    assert merged.exists()
    days = {(firing.fired_at - START).days for firing in merged}
    assert days <= {outage.stop for outage in OUTAGES}


def assert_the_extension_kept_its_history(hazard) -> None:
    hazard.refresh_from_db()
    assert hazard.original_due_at == START + 20 * DAY
    assert set(hazard.firings.values_list("deadline_no", flat=True)) == {2}


def assert_the_machine_only_proposed() -> None:
    """Besides the listing the head approved, nothing was decided; notices were drafted, none issued."""
    assert set(Measure.objects.values_list("state", flat=True)) == {"proposed"}
    assert Listing.objects.exclude(state="proposed").count() == 1
    assert Notice.objects.count() >= 11
    assert not Notice.objects.filter(state="issued").exists()
    unread = Message.objects.values_list("recipient", "key")
    assert max(Counter(unread).values()) == 1


def assert_one_page_explains(made, as_) -> None:
    page = as_("leader").get("/supervision/standing/?size=100").content.decode()
    for hazard in made.values():
        assert hazard.number in page
    for words in ("依据《", "逾期", "应于", "阶梯已走完", "负责人：决定措施"):
        assert words in page
