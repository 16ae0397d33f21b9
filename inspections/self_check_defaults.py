"""The checks enterprises owe from the start; offices change them as `SelfCheckRule` rows."""

from __future__ import annotations

from typing import NamedTuple

from common.limit_defaults import FROM_THE_BEGINNING
from inspections.cadence import Cadence
from inspections.models.self_checks import SelfCheckRule
from units.roles import Role

Applies = SelfCheckRule.Applies


class Default(NamedTuple):
    """One starting rule."""

    cadence: str
    applies: str
    signer: str
    basis: str


_PRINCIPAL_LEADS = "禄街发〔2024〕18号第4项：主要负责人每季度带队检查，高危行业领域每月至少1次"
DEFAULTS = (
    Default(Cadence.DAY, Applies.EQUIPMENT, Role.SAFETY, "总局令第74号：日管控；班组日检查"),
    Default(Cadence.WEEK, Applies.ABOVE_SCALE, Role.SAFETY, "总局令第74号：周排查；车间（部门）周检查"),
    Default(Cadence.MONTH, Applies.EVERYBODY, Role.SAFETY, "总局令第74号：月调度；厂级月检查，无隐患的零报告"),
    Default(Cadence.LEAD_MONTH, Applies.HIGH_RISK, Role.PRINCIPAL, _PRINCIPAL_LEADS),
    Default(Cadence.LEAD_QUARTER, Applies.NOT_HIGH_RISK, Role.PRINCIPAL, _PRINCIPAL_LEADS),
)


def unsaved() -> list[SelfCheckRule]:
    """The defaults as rules of the whole country, in force from the beginning."""
    return [SelfCheckRule(area_path="", effective_from=FROM_THE_BEGINNING, **rule._asdict()) for rule in DEFAULTS]
