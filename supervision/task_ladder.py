"""Where an assignment stands on its ladder: every step with its day, what fired and why, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common import clock
from common.wording import cn_date
from hazards.discretion import is_firm
from supervision.ladder import RANK, Step, plan
from supervision.models import AssignmentFiring, Letter
from supervision.transitions.assignment_track import ASSIGNMENTS, is_own, standing
from supervision.transitions.tracks import Editions
from tasks.models import RUNNING_STATES, Assignment, AssignmentState
from tasks.panels import Panel


@dataclass(frozen=True)
class Rung:
    """One step of the ladder for the present deadline. `state` is fired, merged, next, ahead, or left (passed unused)."""

    code: str
    at: datetime
    day: str
    state: str
    firing: AssignmentFiring | None = None
    letter: Letter | None = None


def panel(record: Assignment, user: Any) -> Panel | None:
    """The ladder of the present deadline; a person may read of the step, and of its letter only where the letter is theirs."""
    context = {
        "record": record,
        "rungs": rungs_of(record, user),
        "standing": _standing(record),
        "still": why_still(record),
        "own": is_own(record),
    }
    return Panel("督办阶梯", "supervision/parts/task_ladder_panel.html", context)


def _standing(record: Assignment) -> str:
    """How it stands by its deadline; what was reported or cancelled does not grow later."""
    reported = record.submitted_at or record.done_at
    if record.due_at is None or (reported is None and record.state != AssignmentState.CANCELLED):
        return standing(record, clock.now())
    due = f"完成时限{cn_date(record.due_at)}"
    if reported is None:
        return due
    days = (clock.local(reported).date() - clock.local(record.due_at).date()).days
    return f"{due}，逾期{days}天报告完成" if days > 0 else f"{due}，按期报告完成"


def why_still(record: Assignment) -> str:
    """Why no step will fire; empty while the assignment climbs."""
    if record.due_at is None:
        return "未设完成时限，不进入督办阶梯。"
    if record.state == AssignmentState.SUBMITTED:
        return "已报告完成，审核期间不再升级；退回后继续。"
    if record.state not in RUNNING_STATES:
        return "已办结或取消，不再升级。"
    return "" if ASSIGNMENTS.is_climbing(record) else "下达时已过时限（补录），不进入督办阶梯。"


def rungs_of(record: Assignment, user: Any) -> list[Rung]:
    """The steps of the policy the deadline keeps, in order; enterprises do not see what only proposes."""
    set_at = ASSIGNMENTS.begun([record])[record.pk]
    edition = Editions()(ASSIGNMENTS.traits([record])[record.pk], set_at)
    if edition is None or record.due_at is None:
        return []
    here = {"round": record.round, "deadline_no": record.deadline_no}
    fired = {firing.code: firing for firing in AssignmentFiring.objects.filter(assignment=record, **here)}
    letters = _letters(record, user)
    steps = [step for step in plan(record.due_at, edition.rungs) if not (is_firm(user) and step.rung.proposes)]
    upcoming = _upcoming(record, steps, fired)
    return [
        Rung(
            step.code,
            firing.fired_at if firing else step.at,
            str(step.rung),
            _state(step, firing, upcoming),
            firing,
            letters.get(step.code),
        )
        for step in steps
        for firing in [fired.get(step.code)]
    ]


def _letters(record: Assignment, user: Any) -> dict[str, Letter]:
    prefix = f"ladder:{ASSIGNMENTS.subject}:{record.pk}:{record.deadline_no}:"
    found = Letter.objects.for_user(user).filter(key__startswith=prefix)
    return {letter.key.removeprefix(prefix): letter for letter in found}


def _upcoming(record: Assignment, steps: list[Step], fired: dict[str, AssignmentFiring]) -> str:
    """The code of the step that comes next; empty where none will."""
    if why_still(record):
        return ""
    reached = max((RANK[code] for code in fired), default=-1)
    ahead = [step for step in steps if RANK[step.code] > reached and step.at > clock.now()]
    return ahead[0].code if ahead else ""


def _state(step: Step, firing: AssignmentFiring | None, upcoming: str) -> str:
    if firing:
        return "merged" if firing.merged_into else "fired"
    if step.code == upcoming:
        return "next"
    return "ahead" if step.at > clock.now() else "left"
