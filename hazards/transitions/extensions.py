"""Silence goes upward: an extension nobody decides in time passes to the next decider, with event and message.

Who is asked first follows from the hazard (`access`); then the head of the office, then the street's leader. A level at
which nobody serves is passed over; above the last one the request stays and is reminded of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from common import clock
from common.errors import Refused
from common.limits import limit
from common.wording import cn_datetime
from hazards.models import Extension, Hazard
from hazards.models.hazard import State
from messaging.transitions import notify_about
from units import queries
from units.models import User
from units.roles import FIRM, Role

Values = Mapping[str, Any]
Decider = Extension.Decider


def waiting(at: datetime) -> Iterable[int]:
    """The hazards whose pending request has been silent past its limit at `at`."""
    late = Extension.objects.filter(state=Extension.State.PENDING, climb_at__lte=at, hazard__state=State.RECTIFYING)
    return list(late.order_by("climb_at", "pk").values_list("hazard_id", flat=True))


def pending(hazard: Hazard) -> Extension | None:
    """The request that waits, if one does."""
    return hazard.extensions.filter(state=Extension.State.PENDING).first()


def next_decider(row: Extension, hazard: Hazard) -> str:
    """The nearest level above at which somebody serves; empty when there is none."""
    above = [Decider.HEAD, Decider.LEADER]
    if row.decider:
        above = above[above.index(Decider(row.decider)) + 1 :]
    elif hazard.listed_as:
        above = [Decider.LEADER]
    return next((level for level in above if people(level, hazard)), "")


def people(level: str, hazard: Hazard) -> list[User]:
    """Who decides at this level."""
    if level == Decider.LEADER:
        return list(queries.leaders(hazard.area_path))
    if level == Decider.HEAD or hazard.listed_as:
        return list(queries.office_people(hazard.area_path, Role.HEAD))
    return [*queries.people_of_unit(hazard.department_id), *queries.office_people(hazard.area_path)]


def guard(hazard: Hazard, actor: Any, values: Values) -> None:
    """A request waits, and its limit has passed."""
    row = pending(hazard)
    if row is None or row.climb_at is None or row.climb_at > clock.now():
        raise Refused("没有逾期未批的延期申请。")


def climb(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """The next decider is asked within `extension.climb`; without one the request stays where it is."""
    row = hazard.extensions.get(state=Extension.State.PENDING)
    late, above = row.climb_at or row.decide_by, next_decider(row, hazard)
    was = Decider.HEAD if hazard.listed_as and not row.decider else Decider(row.decider)
    row.climb_at = None
    if above:
        row.decider, row.climb_at = above, limit("extension.climb", hazard.area_path).after(clock.now())
    row.save(update_fields=["decider", "climb_at"])
    silent = f"延期申请应于{cn_datetime(late)}前办结，{was.label}未作决定"
    if not above:
        return {"was": was, "note": f"{silent}，上级没有可审批的人员，请尽快办理"}
    note = f"{silent}，报{Decider(above).label}审批（{cn_datetime(row.climb_at)}前）"
    return {"was": was, "now": above, "note": note}


def tell(hazard: Hazard, event: Any) -> None:
    """The next decider at once; who was silent, and the unit that waits, with the rest of the day's messages."""
    row = hazard.extensions.get(state=Extension.State.PENDING)
    asked = people(row.decider, hazard)
    _send(hazard, event, asked, "延期申请逾期未批，请审批", f"按逾期上报规定由您审批：{event.note}。", urgent=True)
    silent = people("" if row.decider == Decider.HEAD else Decider.HEAD, hazard)
    others = {user.pk: user for user in (*silent, *queries.people_of_unit(hazard.unit_id, *FIRM))}
    told = {user.pk for user in asked}
    rest = [user for pk, user in others.items() if pk not in told]
    _send(hazard, event, rest, "延期申请逾期未批，已报上一级", f"您是申请单位或原审批人：{event.note}。")


def _send(hazard: Hazard, event: Any, to: list[User], what: str, why: str, *, urgent: bool = False) -> None:
    notify_about(
        hazard,
        to,
        event=f"event:{event.seq}",
        kind="hazard",
        title=f"{what}：{hazard.number} {hazard.description[:40]}",
        body=f"{hazard.unit.name}：{event.note}。",
        why=why[:200],
        urgent=urgent,
    )
