"""Who must not be one person in a closed loop, and who may be named in it: a right alone is not enough."""

from __future__ import annotations

from typing import Any

from common.errors import Forbidden, Refused
from hazards.models import Hazard
from hazards.models.hazard import Level
from hazards.transitions.access import may
from units.models import Unit
from units.queries import departments_over
from units.roles import Right


def decider(actor: Any, asker_id: int | None) -> None:
    """Nobody decides on what they asked for or answered themselves, whichever hat they wear."""
    if asker_id == actor.pk:
        raise Forbidden("不能审批本人提出或报送的事项。")


def reviewer(hazard: Hazard, actor: Any) -> None:
    """Whoever rectified does not review (复查人与整改人分离)."""
    if actor.pk == hazard.submitted_by_id:
        raise Forbidden("整改人不能复查自己的整改结果。")


def second_reviewer(hazard: Hazard, actor: Any, second: Any) -> None:
    """重大 is reviewed by two; whoever is named as the second, at any level, could have reviewed alone."""
    if second is None and hazard.level != Level.MAJOR:
        return
    if second is None or second.pk in (actor.pk, hazard.submitted_by_id):
        raise Refused.at("second_reviewer", "重大隐患须由两人复查，请选择另一名复查人。")
    if not may(second, Right.REVIEW, hazard):
        raise Refused.at("second_reviewer", "所选复查人没有复查该隐患的权限。")


def signer(hazard: Hazard, actor: Any) -> None:
    """Neither a reviewer of the present round nor whoever rectified signs off."""
    reviewed = hazard.events.filter(action="pass_review", round=hazard.round).order_by("-seq").first()
    if reviewed and actor.pk in reviewed.data.get("reviewers", []):
        raise Forbidden("复查人不能审批销号，请由其他负责人办理。")
    if actor.pk == hazard.submitted_by_id:
        raise Forbidden("整改人不能审批自己的整改结果，请由其他负责人办理。")


def supervisor(area_path: str, department: Unit | None) -> None:
    """A department named as supervisor is one of the hazard's own street or above; None is for others to judge."""
    if department is not None and not departments_over(area_path).filter(pk=department.pk).exists():
        raise Refused.at("department", "请选择负责该区域的监管部门。")
