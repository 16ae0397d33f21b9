"""Writes to evaluations: drafted from the data, edited, computed anew, approved by somebody who did not edit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from audit import record
from common import clock
from common.errors import Forbidden, Refused
from common.events import writer
from common.lifecycle import Lifecycle, Rule, require
from tasks.evaluations import snapshot, words
from tasks.models import Evaluation, EvaluationEvent, Plan
from units import access
from units.models import Unit
from units.roles import Right
from units.scope import reaches

S = Evaluation.State
Values = Mapping[str, Any]


def may(actor: Any, right: str, evaluation: Evaluation) -> bool:
    """Whether the actor holds the right over this evaluation (its office's area)."""
    return reaches(actor, right, evaluation, unit="office_id", department="office_id")


def _guard_edit(evaluation: Evaluation, actor: Any, values: Values) -> None:
    """A title, and a heading over every part."""
    require(values, title="标题")
    if any(not section["heading"].strip() for section in values.get("sections") or ()):
        raise Refused.at("sections", "各部分的标题不能为空。")


def _edit(evaluation: Evaluation, actor: Any, values: Values) -> dict[str, Any]:
    evaluation.title, evaluation.sections = values["title"], values["sections"]
    return {"note": "修改正文"}


def _recompute(evaluation: Evaluation, actor: Any, values: Values) -> dict[str, Any]:
    evaluation.snapshot = snapshot.take(evaluation.plan, evaluation.office, evaluation.until)
    if values.get("rewrite"):
        evaluation.sections = words.sections(evaluation.snapshot)
    return {"note": "按当前数据重新计算" + ("并重写正文" if values.get("rewrite") else "，正文未改动")}


def _guard_approve(evaluation: Evaluation, actor: Any, values: Values) -> None:
    """Not by anybody who edited the text."""
    if evaluation.events.filter(action="edit", actor=actor).exists():
        raise Forbidden("您编辑过正文，须由其他负责人审定。")


def _approve(evaluation: Evaluation, actor: Any, values: Values) -> dict[str, Any]:
    evaluation.approved_by, evaluation.approved_at = actor, clock.now()
    return {"note": values.get("opinion") or "同意"}


def _guard_reason(evaluation: Evaluation, actor: Any, values: Values) -> None:
    """The action needs a reason."""
    require(values, reason="理由")


def _back(evaluation: Evaluation, actor: Any, values: Values) -> dict[str, Any]:
    evaluation.approved_by = evaluation.approved_at = None
    return {"note": values["reason"]}


RULES: dict[str, Rule] = {
    "edit": Rule("编辑", (S.DRAFTED, S.EDITED), S.EDITED, Right.DRAFT_EVALUATION, "保存正文，数据表不变。",
                 guard=_guard_edit, apply=_edit, form="edit"),
    "recompute": Rule("重新计算", (S.DRAFTED, S.EDITED), None, Right.DRAFT_EVALUATION, "用当前数据替换数据快照。",
                      apply=_recompute, form="recompute", tone="secondary"),
    "approve": Rule("审定", (S.DRAFTED, S.EDITED), S.APPROVED, Right.APPROVE_EVALUATION, "审定后不能再改，可以打印上报。",
                    guard=_guard_approve, apply=_approve, form="opinion", tone="success"),
    "return_draft": Rule("退回修改", (S.DRAFTED, S.EDITED, S.APPROVED), S.EDITED, Right.APPROVE_EVALUATION, "退回拟稿人修改。",
                         guard=_guard_reason, apply=_back, form="reason", tone="secondary"),
    "void": Rule("作废", (S.DRAFTED, S.EDITED), S.VOID, Right.APPROVE_EVALUATION, "作废后可以重新起草。",
                 guard=_guard_reason, apply=lambda evaluation, actor, values: {"note": values["reason"]}, form="reason",
                 tone="danger"),
}  # fmt: skip
write_event = writer(EvaluationEvent, RULES)


def _audit(evaluation: Evaluation, actor: Any, action: str) -> None:
    if action in ("approve", "void"):
        record(f"tasks.evaluation_{action}", evaluation, actor=actor, after={"state": evaluation.state})


LIFECYCLE = Lifecycle(model=Evaluation, rules=RULES, may=may, write_event=write_event, on_change=(_audit,))
perform = LIFECYCLE.perform


def draft(actor: Any, plan: Plan, *, kind: str, until: date) -> tuple[Evaluation, bool]:
    """The evaluation of the plan up to a day, drafted now unless it exists; returns it and whether it is new.

    Raises `Forbidden` outside the own street, `Refused` for a day to come. Safe to repeat and in parallel.
    """
    access.require(actor, Right.DRAFT_EVALUATION)
    if not plan.area_path.startswith(actor.area_path):
        raise Forbidden
    if until > clock.today():
        raise Refused.at("until", "评估截至日期不能晚于今天。")
    live = Evaluation.objects.filter(plan=plan, kind=kind, until=until).exclude(state=S.VOID)
    if found := live.first():
        return found, False
    office = Unit.objects.office_of(plan.area_path)
    taken = snapshot.take(plan, office, until)
    try:
        with transaction.atomic():
            made = Evaluation.objects.create(
                office=office, area_path=office.area_path, plan=plan, kind=kind, until=until, snapshot=taken,
                title=words.title(office.office.street_name, plan.title, Evaluation.Kind(kind).label)[:160],
                sections=words.sections(taken), drafted_at=clock.now(),
            )  # fmt: skip
            write_event(made, "draft", actor, label="起草", at=clock.now(), target=S.DRAFTED, data={})
    except IntegrityError:
        return live.get(), False
    return made, True
