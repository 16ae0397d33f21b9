"""Accounts and memberships: opened, changed, closed. 系统管理员 keeps all, 企业负责人 the own staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from rest_framework.authtoken.models import Token

import audit
from common import clock
from common.errors import Forbidden, Refused
from units import passwords
from units.access import holds
from units.models import Membership, Unit, User
from units.roles import FIRM, Right, Role

_FIELDS = ("username", "name", "phone", "email", "is_active")


@transaction.atomic
def create_account(actor: User, values: Mapping[str, Any], unit: Unit, role: str, title: str = "") -> tuple[User, str]:
    """Open an account with its first membership; returns it with the one-time password to hand over."""
    _check_may_grant(actor, unit, role)
    if User.objects.filter(username=values["username"]).exists():
        raise Refused("该用户名已被使用。", {"username": "该用户名已被使用。"})
    given = passwords.one_time()
    user = User.objects.create_user(**values, password=given, must_change_password=True)
    audit.record("units.account_created", user, actor=actor, after=audit.snapshot(user, _FIELDS))
    grant_membership(user, actor, unit, role, title)
    return user, given


@transaction.atomic
def change_account(user: User, actor: User, values: Mapping[str, Any]) -> User:
    """Store changed name or contact."""
    user = lock_account(user, actor)
    before = audit.snapshot(user, _FIELDS)
    for name, value in values.items():
        setattr(user, name, value)
    user.save()
    audit.record("units.account_changed", user, actor=actor, before=before, after=audit.snapshot(user, _FIELDS))
    return user


@transaction.atomic
def set_account_active(user: User, actor: User, active: bool, reason: str) -> User:
    """Close an account (sessions and tokens end at once) or open it again. Nobody closes their own."""
    user = lock_account(user, actor)
    if user.pk == actor.pk:
        raise Forbidden("不能停用本人的账号。")
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        user.sessions.all().delete()
        Token.objects.filter(user=user).delete()
    action = "units.account_reactivated" if active else "units.account_deactivated"
    audit.record(action, user, actor=actor, reason=reason)
    return user


@transaction.atomic
def grant_membership(user: User, actor: User, unit: Unit, role: str, title: str = "") -> Membership:
    """Give the person a role in a unit from today; refuses a second of the three separated duties (三员分立)."""
    _check_may_grant(actor, unit, role)
    if user.pk == actor.pk:
        raise Forbidden("不能为本人授予任职。")
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.memberships.in_force().filter(unit=unit, role=role).exists():
        raise Refused("该人员已有此任职。", {"role": "该人员已有此任职。"})
    membership = Membership(user=user, unit=unit, role=role, title=title)
    try:
        membership.full_clean()
    except ValidationError as error:
        raise Refused("；".join(error.messages)) from error
    membership.save()
    audit.record("units.membership_granted", user, actor=actor, after={"membership": str(membership)})
    return membership


@transaction.atomic
def end_membership(membership: Membership, actor: User, reason: str) -> None:
    """End a role: it holds through yesterday; one that began today is taken back."""
    user = lock_account(membership.user, actor)
    membership = (
        user.memberships.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=membership.pk)
    )
    _check_may_grant(actor, membership.unit, membership.role)
    if user.pk == actor.pk:
        raise Forbidden("不能终止本人的任职。")
    yesterday = clock.today() - timedelta(days=1)
    if membership.starts_on > yesterday:
        membership.delete()
    else:
        membership.ends_on = yesterday
        membership.save()
    audit.record("units.membership_ended", user, actor=actor, before={"membership": str(membership)}, reason=reason)


def lock_account(user: User, actor: User) -> User:
    """The locked, current row; `Forbidden` unless the actor keeps this account."""
    if not User.objects.kept_by(actor).filter(pk=user.pk).exists():
        raise Forbidden
    locked: User = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    return locked


def _check_may_grant(actor: User, unit: Unit, role: str) -> None:
    if holds(actor, Right.MANAGE_ACCOUNTS):
        _check_fits(unit, role)
        return
    own = actor.hat is not None and unit.pk == actor.hat.unit_id
    if not (holds(actor, Right.MANAGE_OWN_STAFF) and own and role in FIRM):
        raise Forbidden("只能为本企业人员开通企业负责人、企业安全员账号。")


def _check_fits(unit: Unit, role: str) -> None:
    """A role belongs to certain kinds of unit: an enterprise has no officer, an office no 企业安全员."""
    if unit.kind not in KINDS_OF_ROLE[Role(role)]:
        raise Refused(f"“{Role(role).label}”不能在“{unit.get_kind_display()}”任职。", {"role": "角色与单位类型不符。"})


_STAFFED = (Unit.Kind.OFFICE, Unit.Kind.DEPARTMENT)
KINDS_OF_ROLE: dict[Role, tuple[str, ...]] = {
    Role.OFFICER: (Unit.Kind.OFFICE,),
    Role.HEAD: (Unit.Kind.OFFICE,),
    Role.DEPARTMENT: (Unit.Kind.DEPARTMENT,),
    Role.GRID: (Unit.Kind.VILLAGE,),
    Role.EXPERT: (Unit.Kind.EXPERT, Unit.Kind.DEPARTMENT),
    Role.PRINCIPAL: (Unit.Kind.ENTERPRISE,),
    Role.SAFETY: (Unit.Kind.ENTERPRISE,),
    Role.LEADER: _STAFFED,
    Role.SYSADMIN: _STAFFED,
    Role.SECADMIN: _STAFFED,
    Role.AUDITOR: _STAFFED,
}
