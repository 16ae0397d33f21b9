"""Reads over dangerous works: what a page shows of one, what is on the map, who is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from common import clock
from common.wording import cn_datetime
from inspections.models.works import HazardousWork, WorkState, WorkStep
from inspections.transitions import work_guards
from units.models import User
from units.roles import Right

MOST_MARKS = 500


def one(user: User, pk: int) -> HazardousWork | None:
    """The work in the reader's scope, with what its page shows."""
    rows = HazardousWork.objects.for_user(user).select_related(
        "unit__enterprise", "department", "filed_by", "regulator"
    )
    return rows.filter(pk=pk).first()


def course(work: HazardousWork) -> list[dict[str, Any]]:
    """The five steps as the stepper reads them: done with person and time, the next one current, the rest to come."""
    last = {step.code: step for step in work.steps.all()}
    is_over = work.state in (WorkState.FINISHED, WorkState.CANCELLED)
    steps, found_next = [], False
    for code in WorkStep.Code:
        step = last.get(code)
        state = "done" if step else "todo"
        if step is None and not found_next:
            found_next = True
            state = "stopped" if is_over else "current"
        note = step.person if step else ""
        steps.append({"label": code.label, "state": state, "at": step.at if step else None, "note": note})
    return steps


def is_double_due(work: HazardousWork) -> bool:
    """Whether 双到位 is asked for and a regulator has not yet come."""
    return bool(work_guards.days_off(work)) and work.regulator_at is None


def double_due(works: QuerySet[HazardousWork]) -> QuerySet[HazardousWork]:
    """Those of `works`, open ones, that touch a day off and to which no regulator has come (双到位)."""
    waiting = works.filter(regulator_at=None)
    spans = waiting.order_by().values_list("pk", "starts_at", "ends_at")
    return waiting.filter(pk__in=[pk for pk, first, last in spans if work_guards.days_off_between(first, last)])


def going_on(user: User) -> QuerySet[HazardousWork]:
    """Works to look at today: going on, halted, or reported for today."""
    open_works = HazardousWork.objects.for_user(user).open()
    today = open_works.on(clock.today())
    return (today | open_works.filter(state__in=(WorkState.WORKING, WorkState.HALTED))).order_by("ends_at", "pk")


def to_carry_on(user: User) -> QuerySet[HazardousWork]:
    """Works of the person's own enterprise that wait for its next step."""
    return HazardousWork.objects.for_user(user, Right.KEEP_RECORD).open().order_by("ends_at", "pk")


def marks(rows: Iterable[HazardousWork]) -> list[dict[str, Any]]:
    """The works as points of the map; those without a place of their own stand where their enterprise stands."""
    found = []
    for work in rows:
        firm = getattr(work.unit, "enterprise", None)
        latitude = work.latitude if work.latitude is not None else getattr(firm, "latitude", None)
        longitude = work.longitude if work.longitude is not None else getattr(firm, "longitude", None)
        if latitude is None or longitude is None:
            continue
        found.append(
            {
                "lat": float(latitude),
                "lng": float(longitude),
                "title": f"{work.unit.name}：{work.get_kind_display()}作业",
                "note": f"{work.place}，{work.get_state_display()}，计划{cn_datetime(work.ends_at)}结束",
                "url": work.get_absolute_url(),
                "tone": "red" if work.is_overrun or work.state == WorkState.HALTED else "orange",
            }
        )
    return found


def visible_attachments(user: User, ids: set[int]) -> set[int]:
    """Those of the attachments `ids` that are photos of a step of a work the reader may see."""
    photos = WorkStep.photos.through.objects.filter(attachment_id__in=ids)
    seen = photos.filter(workstep__hazardouswork__in=HazardousWork.objects.for_user(user))
    return set(seen.values_list("attachment_id", flat=True))
