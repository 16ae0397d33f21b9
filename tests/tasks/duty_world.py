"""The duties the permission matrix walks over."""

from __future__ import annotations

from typing import Any

from common import clock
from tasks.models import Duty, DutyRecord, LeaderPost, Post
from tasks.transitions import duties
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
    return {
        "duty": Duty.objects.get(code="key-supervision"),
        "leader_post": held,
        "leader_post_person": cast.people["leader"],
        "duty_record": record,
        "duty_standing": standing("key-supervision", unit=cast.units["village"]),
    }
