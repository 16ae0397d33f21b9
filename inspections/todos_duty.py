"""The groups self-checks and dangerous works add to the workbench."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from common.paging import BoundedCount, bounded_count
from common.workbench import Group, Todo
from inspections.cadence import Span, label
from inspections.models.self_checks import SelfCheckRule, due_at
from inspections.models.works import HazardousWork, WorkState
from inspections.queries import self_checks
from inspections.queries import works as queries
from inspections.transitions import works
from inspections.transitions.self_checks import may_sign
from units.access import holds
from units.roles import Right

SHOWN = 5


def works_going_on(user: Any) -> Group | None:
    """危险作业：今天进行的, for those who regulate."""
    if not holds(user, Right.HALT_WORK):
        return None
    rows = queries.going_on(user).select_related("unit")
    found = list(rows[:SHOWN])
    if not found:
        return None
    is_late = any(work.is_overrun or work.state == WorkState.HALTED for work in found)
    todos = [_todo(work, "查看", work.get_absolute_url()) for work in found]
    tone = "red" if is_late else "orange"
    url = reverse("hazardous-work-map")
    return Group("works", "今天的危险作业", bounded_count(rows), todos, url, 16, tone, "fire")


def works_of_firm(user: Any) -> Group | None:
    """危险作业：下一步, for the enterprise itself."""
    if not holds(user, Right.KEEP_RECORD):
        return None
    rows = queries.to_carry_on(user).select_related("unit").prefetch_related("steps")
    found = list(rows[:SHOWN])
    if not found:
        return None
    todos = [_todo(work, *_next(work)) for work in found]
    return Group(
        "works-firm", "危险作业", bounded_count(rows), todos, reverse("hazardous-work-list"), 11, "orange", "fire"
    )


_ORDER = (
    ("approve", "approved"),
    ("brief", "briefed"),
    ("start", "started"),
    ("guard", "guarded"),
    ("finish", "accepted"),
)


def _next(work: HazardousWork) -> tuple[str, str]:
    """The label and address of the first of the five steps that is missing."""
    done = {step.code for step in work.steps.all()}
    for action, code in _ORDER:
        if code not in done and work.state in works.RULES[action].sources:
            return works.RULES[action].label, reverse("hazardous-work-action", args=[work.pk, action])
    return "办理", work.get_absolute_url()


def _todo(work: HazardousWork, label: str, url: str) -> Todo:
    note = f"{work.unit.name}，{work.get_state_display()}" + ("，已超时" if work.is_overrun else "")
    return Todo(f"{work.get_kind_display()}作业：{work.place}", note, work.get_absolute_url(), label, url, work.ends_at)


def checks_to_file(user: Any) -> Group | None:
    """自查：本期要做的, for the enterprise itself."""
    if not holds(user, Right.KEEP_RECORD):
        return None
    pending = self_checks.to_file(user.hat.unit)
    mine = [(rule, span) for rule, span in pending if may_sign(user, rule)]
    if not mine:
        return None
    todos = [_check(rule, span) for rule, span in mine[:SHOWN]]
    count = BoundedCount(len(mine), True)
    return Group("self-checks", "企业自查", count, todos, reverse("self-check-calendar"), 13, "plain", "checklist")


def _check(rule: SelfCheckRule, span: Span) -> Todo:
    url = f"{reverse('self-check-new', args=[rule.cadence])}?on={span.first}"
    title = f"{rule.get_cadence_display()}：{label(rule.cadence, span)}"
    return Todo(title, f"由{rule.get_signer_display()}签字", url, "开始自查", url, due_at(span.last))


GROUPS = (works_going_on, works_of_firm, checks_to_file)
