"""A street's history for the pages of reports, and notices in any state."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from common import clock
from hazards import criteria
from hazards.models import Hazard
from reports import transitions
from reports.models import Notice
from reports.statistics import Period
from supervision.models import Listing
from tests.cast import Cast

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)
OCTOBER = Period.month(2026, 10)
STATES = ("reported", "rectifying", "rectifying", "submitted", "reviewed", "closed", "closed", "closed", "transferred")


def history(cast: Cast, count: int, seed: int = 1) -> None:
    """`count` hazards in every state, consistent with the lifecycle, over the last 400 days.

    Of two enterprises in different villages of the street, and of one in the rival street.
    """
    dice = random.Random(seed)
    clause = criteria.general()
    firms = [cast.units[name] for name in ("firm", "neighbour", "rival_firm")]
    start = Hazard.objects.count()
    Hazard.objects.bulk_create(
        [_hazard(cast, dice, dice.choice(firms), start + place, clause) for place in range(count)], batch_size=500
    )


def _hazard(cast: Cast, dice: random.Random, unit: Any, place: int, clause: Any) -> Hazard:
    found = clock.now() - timedelta(days=dice.randint(1, 400), hours=dice.randint(0, 23))
    state = dice.choice(STATES)
    hazard = Hazard(
        number=f"T-{place}", unit=unit, area_path=unit.area_path, description="灭火器压力不足",
        channel=dice.choice(["inspection", "self_check", "citizen"]), category=dice.choice(["fire", "electric", "gas"]), state=state,
        sector=unit.enterprise.sector, department=unit.enterprise.department,
        level=dice.choice(["general", "general", "key", "major"]), criterion=clause, reported_at=found, found_on=found.date(),
    )  # fmt: skip
    if state != "reported":
        hazard.confirmed_at, hazard.due_at = found, found + timedelta(days=dice.randint(1, 90))
    _advance(hazard, dice, found)
    return hazard


def _advance(hazard: Hazard, dice: random.Random, found: datetime) -> None:
    last = clock.now() - timedelta(minutes=5)
    if hazard.state in ("submitted", "reviewed", "closed"):
        hazard.submitted_at = min(found + timedelta(days=dice.randint(0, 80)), last)
    if hazard.state in ("reviewed", "closed"):
        hazard.rectified_at = hazard.reviewed_at = hazard.submitted_at
    if hazard.state == "closed" and hazard.submitted_at:
        hazard.closed_at = min(hazard.submitted_at + timedelta(days=2), last)
        hazard.round = dice.choice([1, 1, 2])
    if hazard.state == "transferred":
        hazard.transferred_at = min(found + timedelta(days=3), last)


def list_some(cast: Cast, count: int = 2) -> None:
    """Put the first open major hazards under a listing whose progress report is late."""
    now = clock.now()
    own = Hazard.objects.filter(area_path__startswith=cast.areas["street"].path, level="major", state="rectifying")
    for place, hazard in enumerate(own.order_by("pk")[:count], 1):
        Listing.objects.create(
            hazard=hazard, office=cast.units["office"], area_path=hazard.area_path, kind="major", state="treating",
            department=hazard.department, reason="逾期未改", number=f"甲街安督〔2026〕{place}号", approved_at=now - timedelta(days=20),
            finish_by=now + timedelta(days=30), next_report_at=now - timedelta(days=1), missed_reports=1,
        )  # fmt: skip


def drafted(cast: Cast, period: Period = OCTOBER) -> Notice:
    """The office's draft on `period`."""
    return transitions.draft(cast.units["office"], period)[0]


def notice_in(cast: Cast, state: str, period: Period = OCTOBER) -> Notice:
    """The notice driven to `state` by its own transitions."""
    notice = drafted(cast, period)
    path = {
        "drafted": (),
        "edited": ("edit",),
        "approved": ("approve",),
        "issued": ("approve", "issue"),
        "void": ("approve", "issue", "void"),
    }[state]
    for action in path:
        person = cast.officer if action == "edit" else cast.head
        notice = transitions.perform(action, notice.pk, person, **values_for(action, notice))
    return notice


def values_for(action: str, notice: Notice) -> dict[str, Any]:
    """Input that satisfies the guard of `action`."""
    if action == "edit":
        return {"title": notice.title, "sections": notice.sections}
    return {"reason": "数据有误"} if action in ("return_draft", "void") else {}
