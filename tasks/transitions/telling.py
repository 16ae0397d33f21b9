"""Who learns what about tasks: the unit of what it owes, those who gave the task of what comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from common.wording import cn_date
from messaging.transitions import Occasion, notify_about, notify_many
from tasks.models import Assignment
from units import queries
from units.models import Unit
from units.roles import OFFICE, Role

KIND = "tasks.assignment"
_TO_UNIT = {
    "accept": "任务审核通过",
    "return_completion": "任务完成报告被退回",
    "change_deadline": "任务时限已调整",
    "remind": "任务催办",
    "cancel": "任务已取消",
    "reopen": "任务重新办理",
}
_URGENT = {"return_completion", "remind"}


def doers(unit: Unit | int) -> list[Any]:
    """Whoever reports for a unit: all of its people, of an office only its staff."""
    pk = unit if isinstance(unit, int) else unit.pk
    return list(queries.people_of_unit(pk, *OFFICE, Role.DEPARTMENT, Role.GRID, Role.PRINCIPAL, Role.SAFETY))


def judges(record: Assignment) -> list[Any]:
    """Whoever judges: the owner of the plan; where the unit owns it itself, the office of its area."""
    if record.plan.owner_id != record.unit_id:
        return doers(record.plan.owner_id)
    return list(queries.office_people(record.area_path))


def tell(record: Assignment, actor: Any, action: str) -> None:
    """Tell of one action on an assignment, each person once, never the one who acted."""
    people, what = (doers(record.unit_id), _TO_UNIT[action]) if action in _TO_UNIT else ([], "")
    if action in ("submit_completion", "import_completion"):
        people, what = judges(record), "任务已报完成，待审核"
    if not people:
        return
    last = record.events.order_by("-pk").values_list("note", flat=True).first()
    notify_about(
        record,
        people,
        actor=actor,
        event=record.version,
        kind=KIND,
        title=f"{what}：{record}",
        body="\n".join(filter(None, (record.unit.name, last, _due(record)))),
        why="您是任务承办单位或下达单位人员。",
        urgent=action in _URGENT,
    )


def tell_assigned(records: Iterable[Assignment], actor: Any) -> None:
    """Tell every unit of what it was given: one message per unit and occasion, however many tasks it lists."""
    by_unit: dict[int, list[Assignment]] = {}
    for record in records:
        by_unit.setdefault(record.unit_id, []).append(record)
    notify_many(_given(rows, actor) for rows in by_unit.values())


def _given(rows: list[Assignment], actor: Any) -> Occasion:
    first = rows[0]
    url = first.get_absolute_url() if len(rows) == 1 else f"/tasks/?plan={first.plan_id}&unit={first.unit_id}"
    lines = [f"{row}　{_due(row)}".rstrip() for row in rows[:20]]
    return Occasion(
        recipients=[person for person in doers(first.unit_id) if person.pk != getattr(actor, "pk", None)],
        kind=KIND,
        title=f"下达任务{len(rows)}项：{first.plan.title}" if len(rows) > 1 else f"下达任务：{first}",
        body="\n".join(lines),
        url=url,
        about=first,
        key=f"assignment:{first.pk}:given",
        why="您是任务承办单位人员。",
    )


def _due(record: Assignment) -> str:
    return f"完成时限：{cn_date(record.due_at)}" if record.due_at else ""
