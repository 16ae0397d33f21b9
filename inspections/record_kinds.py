"""Every kind of record of an enterprise's own duty: what it says, whom it is asked of, when it counts as there.

One mechanism for certificates, training, drills, agreements, insurance, spend, duty lists and credit entries (D3-D6, D8-D10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    """What is recorded."""

    PRINCIPAL = "principal", "主要负责人安全合格证"
    MANAGER = "manager", "安全管理人员合格证"
    SPECIAL = "special", "特种作业操作证"
    EQUIPMENT = "equipment", "特种设备作业人员证"
    TRAINING = "training", "安全教育培训"
    DRILL = "drill", "应急演练"
    POSTS = "posts", "全员安全生产责任制"
    RISK_LIST = "risk_list", "岗位风险清单"
    DUTY_LIST = "duty_list", "岗位职责清单"
    OPERATION = "operation", "岗位操作卡"
    EMERGENCY = "emergency", "岗位应急处置卡"
    AGREEMENT = "agreement", "发包出租安全协议"
    LEASE_CHECK = "lease_check", "承包承租单位安全检查"
    INSURANCE = "insurance", "安全生产责任保险"
    SPEND = "spend", "安全投入"
    ACCIDENT = "accident", "生产安全事故"
    BAD_RECORD = "bad_record", "不良信用记录"
    BLACKLIST = "blacklist", "安全生产黑名单"


class Counts(models.TextChoices):
    """When an enterprise has what is asked."""

    VALID = "valid", "有在有效期内的"
    YEAR = "year", "本年度有"
    HALF = "half", "本年度有，高危行业本半年有"


@dataclass(frozen=True)
class Shape:
    """What a kind asks for. `asked_of` filters enterprises (paths from the unit); None: nobody must have one. With
    `asked_with` only those are asked that have a valid record of that other kind.
    """

    group: str
    basis: str
    fields: tuple[str, ...]
    required: tuple[str, ...]
    counts: str = Counts.VALID
    asked_of: Q | None = None
    asked_with: str = ""
    by_office: bool = False


_ALL, _RISKY = Q(), Q(enterprise__is_high_risk=True)
_EQUIPPED, _ABOVE = Q(enterprise__has_special_equipment=True), Q(enterprise__is_above_scale=True)
_CERTIFICATE = ("holder", "number", "issuer", "starts_on", "valid_until", "note")
_HELD = ("holder", "number", "valid_until")
_FILE = ("title", "starts_on", "valid_until", "note")
_LAW = "《安全生产法》"

SHAPES: dict[str, Shape] = {
    Kind.PRINCIPAL: Shape("持证", f"{_LAW}第二十七条", _CERTIFICATE, _HELD, asked_of=_RISKY),
    Kind.MANAGER: Shape("持证", f"{_LAW}第二十七条", _CERTIFICATE, _HELD, asked_of=_RISKY),
    Kind.SPECIAL: Shape("持证", f"{_LAW}第三十条", _CERTIFICATE, _HELD),
    Kind.EQUIPMENT: Shape("持证", "《特种设备安全法》第十四条", _CERTIFICATE, _HELD, asked_of=_EQUIPPED),
    Kind.TRAINING: Shape(
        "培训演练", f"{_LAW}第二十八条", ("title", "starts_on", "people", "hours", "note"), ("title", "starts_on", "people"),
        Counts.YEAR, _ALL,
    ),
    Kind.DRILL: Shape(
        "培训演练", "禄脿任务27：每年一次，高危行业每半年一次", ("title", "starts_on", "people", "note"),
        ("title", "starts_on", "people"), Counts.HALF, _ALL,
    ),
    Kind.POSTS: Shape("责任制与两单两卡", f"{_LAW}第二十二条", _FILE, ("title", "valid_until"), asked_of=_ALL),
    Kind.RISK_LIST: Shape("责任制与两单两卡", "临江任务6：两单两卡", _FILE, ("title", "valid_until"), asked_of=_ABOVE),
    Kind.DUTY_LIST: Shape("责任制与两单两卡", "临江任务6：两单两卡", _FILE, ("title", "valid_until"), asked_of=_ABOVE),
    Kind.OPERATION: Shape("责任制与两单两卡", "临江任务6：两单两卡", _FILE, ("title", "valid_until"), asked_of=_ABOVE),
    Kind.EMERGENCY: Shape("责任制与两单两卡", "临江任务6：两单两卡", _FILE, ("title", "valid_until"), asked_of=_ABOVE),
    Kind.AGREEMENT: Shape(
        "协议保险投入", f"{_LAW}第四十九条", ("title", "holder", "starts_on", "valid_until", "note"),
        ("title", "holder", "valid_until"),
    ),
    Kind.LEASE_CHECK: Shape(
        "协议保险投入", f"{_LAW}第四十九条：定期对承包、承租单位进行安全检查", ("holder", "title", "starts_on", "note"),
        ("holder", "starts_on"), Counts.HALF, _ALL, asked_with=Kind.AGREEMENT,
    ),
    Kind.INSURANCE: Shape(
        "协议保险投入", f"{_LAW}第五十一条", ("issuer", "number", "starts_on", "valid_until", "amount", "note"),
        ("issuer", "number", "valid_until"), asked_of=_RISKY,
    ),
    Kind.SPEND: Shape(
        "协议保险投入", f"{_LAW}第二十三条", ("title", "starts_on", "amount", "note"), ("title", "starts_on", "amount"),
        Counts.YEAR, _RISKY,
    ),
    Kind.ACCIDENT: Shape(
        "信用", "茂林任务13；银川：对当年发生事故的企业实行差异化管理", ("title", "people", "starts_on", "valid_until", "note"),
        ("title", "starts_on", "valid_until", "note"), by_office=True,
    ),
    Kind.BAD_RECORD: Shape(
        "信用", "茂林任务13", ("title", "number", "starts_on", "valid_until", "note"), ("title", "starts_on", "valid_until", "note"),
        by_office=True,
    ),
    Kind.BLACKLIST: Shape(
        "信用", "茂林任务13", ("title", "number", "starts_on", "valid_until", "note"), ("title", "starts_on", "valid_until", "note"),
        by_office=True,
    ),
}  # fmt: skip
GROUPS = tuple(dict.fromkeys(shape.group for shape in SHAPES.values()))
ASKED = tuple(kind for kind, shape in SHAPES.items() if shape.asked_of is not None)
WATCHED = (str(Kind.ACCIDENT), str(Kind.BLACKLIST))  # put an enterprise under 差异化管理 while they are in force
BY_OFFICE = tuple(str(kind) for kind, shape in SHAPES.items() if shape.by_office)


def half_of(day: date) -> date:
    """The first day of the half-year `day` lies in."""
    return date(day.year, 1 if day.month <= 6 else 7, 1)
