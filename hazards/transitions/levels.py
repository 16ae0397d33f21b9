"""调整等级 and 引用判定依据: what a raised or lowered hazard must have, what changes with its level, what it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from common import clock
from common.clock import end_of
from common.errors import Forbidden, Refused
from common.lifecycle import require
from common.limits import limit
from hazards.models import Hazard
from hazards.models.hazard import TIMED_STATES, Level, State
from hazards.transitions import guards, separation
from hazards.transitions.effects import cite, default_deadline, set_deadline
from units.roles import Right
from units.scope import reaches

Values = Mapping[str, Any]
ORDER = list(Level)


def check(hazard: Hazard, actor: Any, values: Values) -> None:
    """A reason; a ground for 重大; department and person above 一般; lowering needs the head; a listed one keeps its level."""
    require(values, level="新的等级", reason="调整理由")
    old, new = ORDER.index(Level(hazard.level)), ORDER.index(Level(values["level"]))
    if old == new:
        raise Refused.at("level", "新等级与原等级相同。")
    if new < old and not reaches(actor, Right.SIGN_OFF, hazard):
        raise Forbidden("降低隐患等级须由安委办负责人批准。")
    if new < old and hazard.listed_as:
        raise Refused("挂牌（挂账）督办期间不能降低等级，请先办理摘牌（销账、销案）。")
    if new > old:
        guards.level_ground(values["level"], {**values, "level_reason": values["reason"]}, hazard)
    separation.supervisor(hazard.area_path, values.get("department"))
    if hazard.confirmed_at is not None:
        _check_handling(hazard, values)


def _check_handling(hazard: Hazard, values: Values) -> None:
    """What the confirmation would have asked for at the new level, as far as the hazard does not have it."""
    if values["level"] != Level.GENERAL:
        if not (values.get("department") or hazard.department_id):
            raise Refused.at("department", "请选择监管部门。")
        person = values.get("responsible_person") or hazard.responsible_person
        require({"responsible_person": person}, responsible_person="整改责任人")
    if needs_deadline(hazard, values["level"]):
        require(values, due="整改期限")
        guards.deadline(hazard, values["level"], end_of(values["due"]))
    elif values.get("due"):
        raise Refused.at("due", "调整等级不改变整改期限，需要改期的请办理延期或者更正期限。")


def needs_deadline(hazard: Hazard, level: str) -> bool:
    """Whether the deadline in force lies further ahead than the new level allows: 重大 lowered to 重点."""
    if level != Level.KEY or hazard.state not in TIMED_STATES:
        return False
    return hazard.due_at is None or hazard.due_at > limit("hazard.key", hazard.area_path).after(clock.now())


def change(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """A new level; up to 重大 asks for a plan, so the ladder looks again."""
    before, hazard.level = hazard.level, values["level"]
    for name in ("department", "responsible_person", "responsible_phone"):
        if values.get(name):
            setattr(hazard, name, values[name])
    if hazard.level == Level.MAJOR:
        cite(hazard, values)
        hazard.level_reason = hazard.level_reason or values["reason"]
        hazard.submitted_at = hazard.reviewed_at = hazard.rectified_at = None
    data: dict[str, Any] = {"before": before, "after": hazard.level, "note": values["reason"]}
    if values.get("department"):
        data["department"] = hazard.department.name if hazard.department else ""
    timed = hazard.state != State.REPORTED
    if timed and hazard.level == Level.MAJOR and (hazard.due_at is None or hazard.due_at < clock.now()):
        data |= set_deadline(hazard, default_deadline(Level.MAJOR, hazard.area_path))
    elif timed and values.get("due"):
        data |= set_deadline(hazard, end_of(values["due"]))
    elif timed:
        hazard.next_step_at = clock.now() if hazard.state in TIMED_STATES else None
    return data


def check_citation(hazard: Hazard, actor: Any, values: Values) -> None:
    """Of a 重大 only; another clause than now, or a reason where none is cited yet."""
    if hazard.level != Level.MAJOR:
        raise Refused("只有重大隐患引用判定标准条款。")
    chosen = values.get("criterion")
    if chosen and chosen.pk == hazard.criterion_id:
        raise Refused.at("criterion", "已引用该条款。")
    if not chosen and hazard.criterion_id:
        raise Refused.at("criterion", "请选择改引的判定条款。")
    guards.level_ground(hazard.level, values, Hazard())
    if hazard.criterion_id:
        require(values, level_reason="改引的理由")


def change_citation(hazard: Hazard, actor: Any, values: Values) -> dict[str, Any]:
    """The clause, with the reason beside it; the former one stays in the event."""
    before = str(hazard.criterion or "")
    cite(hazard, values)
    hazard.level_reason = str(values.get("level_reason") or "") or hazard.level_reason
    return {"criterion_before": before, "criterion": str(hazard.criterion), "note": values.get("level_reason") or ""}
