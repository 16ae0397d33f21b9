"""回避申报: declared by the person or by who plans inspections, withdrawn by somebody else."""

from __future__ import annotations

from typing import Any

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from inspections.models.draws import ConflictDeclaration
from inspections.models.scoping import owns
from inspections.queries import candidates
from units.models import Area, Unit, User
from units.roles import Right


def declare(
    actor: Any, *, user: User, ground: str, unit: Unit | None = None, village: Area | None = None, note: str = ""
) -> ConflictDeclaration:
    """A person keeps away from an enterprise or a village: declared by themselves or by who plans inspections."""
    if user.pk != actor.pk and not candidates.inspectors(actor).filter(pk=user.pk).exists():
        raise Forbidden("只能申报本人或本街道检查人员的回避事项。")
    if (unit is None) == (village is None):
        raise Refused.at("unit", "请填写回避企业或回避村（社区），二者填一项。")
    hat = user.hat
    if hat is None:
        raise Refused.at("user", "该人员没有任职。")
    same = ConflictDeclaration.objects.in_force().filter(user=user, unit=unit, village=village).first()
    return same or ConflictDeclaration.objects.create(
        user=user, owner=hat.unit, area_path=hat.unit.area_path, unit=unit, village=village, ground=ground,
        note=note, declared_by=actor, declared_at=clock.now(),
    )  # fmt: skip


def withdraw(actor: Any, pk: int) -> ConflictDeclaration:
    """The conflict is over. The person themselves cannot withdraw it; draws already made keep it."""
    found = ConflictDeclaration.objects.for_user(actor).in_force().filter(pk=pk).first()
    if found is None:
        raise NotInScope
    if found.user_id == actor.pk or not owns(actor, Right.PLAN_INSPECTION, found):
        raise Forbidden("回避申报由本单位其他人员或安委办核实后撤销。")
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    return found
