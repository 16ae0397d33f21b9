"""The verbs of risk points, and how the level and the grade of an enterprise change: by rule or by a person with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from common import clock, wording
from common.errors import Forbidden, NotInScope, Refused, WrongState
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, keep_reason, require, with_reason
from inspections.models.risks import (
    Colour,
    LevelChange,
    RiskPoint,
    RiskPointEvent,
    with_rule_level,
)
from units.models import Enterprise, Unit
from units.roles import Right
from units.scope import reaches
from units.transitions.units import change_unit, lock_unit

Values = Mapping[str, Any]
S, Subject = RiskPoint.State, LevelChange.Subject
FIELDS = ("name", "place", "accident", "level", "controls", "emergency", "owner", "owner_post", "review_on")


def may(actor: Any, right: str, point: RiskPoint) -> bool:
    """Whether `actor` holds `right` over the point's enterprise."""
    return getattr(actor, "hat", None) is not None and reaches(actor, right, point)


def _check_fields(point: RiskPoint, actor: Any, values: Values) -> None:
    """Name, accident, colour, controls, owner, and a review date ahead."""
    require(
        values, name="风险点名称", accident="可能导致的事故", level="风险等级", controls="管控措施", owner="管控责任人"
    )
    _check_review_day(point, actor, values)


def _check_review_day(point: RiskPoint, actor: Any, values: Values) -> None:
    """The next review lies ahead."""
    day = values.get("review_on")
    if not isinstance(day, date) or day <= clock.today():
        raise Refused.at("review_on", "下次复评日期应晚于今天。")


def _edit(point: RiskPoint, actor: Any, values: Values) -> dict[str, Any]:
    before = {name: str(getattr(point, name)) for name in FIELDS}
    for name in FIELDS:
        if name in values:
            setattr(point, name, values[name])
    after = {name: str(getattr(point, name)) for name in FIELDS}
    changed = [name for name in FIELDS if before[name] != after[name]]
    labels = "、".join(str(RiskPoint._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
    return {
        "before": {name: before[name] for name in changed},
        "after": {name: after[name] for name in changed},
        "note": f"修改：{labels}" if changed else "内容未变",
    }


def _review(point: RiskPoint, actor: Any, values: Values) -> dict[str, Any]:
    before = point.get_level_display()
    point.level, point.review_on = values.get("level") or point.level, values["review_on"]
    said = f"复评为{point.get_level_display()}（原{before}），下次复评{wording.cn_date(point.review_on)}"
    return {"note": f"{said}。{values.get('opinion') or ''}", "level": point.level}


RULES: dict[str, Rule] = {
    "edit": Rule(
        "修改", (S.ACTIVE,), None, Right.KEEP_RECORD, "修改内容留存前后对照。",
        guard=_check_fields, apply=_edit, form="edit",
    ),
    "review": Rule(
        "复评", (S.ACTIVE,), None, Right.KEEP_RECORD, "确认风险等级和管控措施仍然有效，并定下次复评日期。",
        guard=_check_review_day, apply=_review, form="review", tone="success",
    ),
    "retire": Rule(
        "消除", (S.ACTIVE,), S.RETIRED, Right.KEEP_RECORD, "风险已不存在，不再计入企业风险等级。",
        guard=with_reason, apply=keep_reason, form="reason", tone="secondary",
    ),
    "restore": Rule(
        "恢复管控", (S.RETIRED,), S.ACTIVE, Right.KEEP_RECORD, "风险重新出现，重新计入企业风险等级。",
        guard=with_reason, apply=keep_reason, form="reason",
    ),
}  # fmt: skip
LIFECYCLE = Lifecycle(model=RiskPoint, rules=RULES, may=may, write_event=writer(RiskPointEvent, RULES))
perform = LIFECYCLE.perform


@transaction.atomic
def register(actor: Any, unit: Unit, **values: Any) -> RiskPoint:
    """A new risk point of the actor's own enterprise. `Forbidden` for others, `Refused` for what is missing."""
    if not reaches(actor, Right.KEEP_RECORD, unit, unit="pk"):
        raise Forbidden
    point = RiskPoint(unit=unit, area_path=unit.area_path)
    _check_fields(point, actor, values)
    for name in FIELDS:
        if name in values:
            setattr(point, name, values[name])
    point.save()
    new_event(
        RiskPointEvent, point, "register", "登记", actor=actor, at=point.registered_at, target=S.ACTIVE,
        data={"note": f"{point.get_level_display()}：{point.controls}"[:500]},
    ).save()  # fmt: skip
    return point


def rule_level(unit_id: int) -> str:
    """What the points say of the enterprise; empty where there are none."""
    unit: Any = with_rule_level(Unit.objects.filter(pk=unit_id)).get()
    return str(unit.rule_level)


def set_level(actor: Any, unit: Unit, level: str, reason: str) -> LevelChange:
    """A person of the office decides the enterprise's colour and says why; the history keeps both."""
    require({"reason": reason, "level": level}, level="风险等级", reason="理由")
    return _change(actor, unit, Subject.RISK, {"risk": level}, reason, by_rule=False)


def adopt_rule(actor: Any, unit: Unit) -> LevelChange:
    """The office lets the points decide. `Refused` where there is no point, `WrongState` where nothing would change."""
    level = rule_level(unit.pk)
    if not level:
        raise Refused(f"“{unit.name}”还没有登记风险点，不能按规则定级。")
    reason = f"按规则定级：风险点最高等级（或未销号重大隐患）为{Colour(level).label}"
    return _change(actor, unit, Subject.RISK, {"risk": level}, reason, by_rule=True)


def set_grade(actor: Any, unit: Unit, grade: str, until: date | None, reason: str) -> LevelChange:
    """The grade of standardisation with its validity: reached, raised, lowered or withdrawn (禄脿 23)."""
    require({"reason": reason}, reason="依据、理由")
    if grade and (until is None or until <= clock.today()):
        raise Refused.at("valid_until", "请填写晚于今天的有效期。")
    profile = {"grade": grade, "grade_until": until if grade else None}
    return _change(actor, unit, Subject.GRADE, profile, reason, by_rule=False)


@transaction.atomic
def _change(
    actor: Any, unit: Unit, subject: str, profile: dict[str, Any], reason: str, *, by_rule: bool
) -> LevelChange:
    """Write the fact where it lives (the enterprise's profile, with its audit entry) and the reason here."""
    unit = lock_unit(unit, actor)
    stored = Enterprise.objects.filter(unit=unit).first()
    if stored is None:
        raise NotInScope
    before = {name: getattr(stored, name) for name in profile}
    if before == profile:
        raise WrongState(f"“{unit.name}”的{Subject(subject).label}已经如此，无须调整。")
    change_unit(unit, actor, {}, profile)
    return LevelChange.objects.create(
        unit=unit,
        area_path=unit.area_path,
        subject=subject,
        before=before[subject],
        after=profile[subject],
        valid_until=profile.get("grade_until"),
        by_rule=by_rule,
        reason=reason[:500],
        actor=actor,
        actor_name=actor.name,
        actor_hat=str(actor.hat or ""),
        at=clock.now(),
    )
