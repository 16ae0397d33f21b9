"""The duties the permission matrix walks over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from common import clock
from tasks.models import Duty, DutyRecord, Evaluation, Indicator, IndicatorLead, LeaderPost, Meeting, Post
from tasks.transitions import duties, evaluations, meetings
from tasks.transitions.plans import create_plan
from tests.cast import FROM, Cast
from tests.tasks.given import count, standing


def build(cast: Cast, photo: Any) -> dict[str, Any]:
    """Name → record."""
    held = LeaderPost.objects.create(
        person=cast.people["leader"], unit=cast.units["office"], post=Post.OFFICE_HEAD, starts_on=FROM
    )
    count(cast)
    record = duties.enter(
        cast.fresh("officer"), kind=DutyRecord.Kind.SUPERVISION, unit=cast.units["village"], on=clock.today(),
        title="重点督导甲村", text="督导燃气、消防", files=[photo("officer")],
    )  # fmt: skip
    meeting = _meeting(cast)
    indicator = Indicator.objects.get(code="digital-fire")
    IndicatorLead.objects.create(indicator=indicator, unit=cast.units["department"])
    return {
        "meeting": meeting,
        "indicator": indicator,
        "evaluation": _evaluation(cast),
        "duty": Duty.objects.get(code="key-supervision"),
        "leader_post": held,
        "leader_post_person": cast.people["leader"],
        "duty_record": record,
        "duty_standing": standing("key-supervision", unit=cast.units["village"]),
    }


def _meeting(cast: Cast) -> Meeting:
    """Held, with minutes by the officer; the village was there."""
    officer = cast.fresh("officer")
    meeting = meetings.call(
        officer, kind=Meeting.Kind.EXPANDED, title="安委会扩大会议", starts_at=clock.now() - timedelta(days=1),
        units=[cast.units["village"]],
    )  # fmt: skip
    present = list(meeting.attendance.values_list("pk", flat=True))
    return meetings.perform("hold", meeting.pk, officer, minutes="研判形势", present=present)


def _evaluation(cast: Cast) -> Evaluation:
    """Drafted by the office for a plan of its own."""
    plan = create_plan(cast.fresh("officer"), title="三年行动方案")
    made, _ = evaluations.draft(cast.fresh("officer"), plan, kind=Evaluation.Kind.MID, until=clock.today())
    return made
