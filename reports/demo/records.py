"""Records of duty in the demonstration: every kind, in force, about to run out, run out, and the office's entries of credit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from common import clock
from inspections.transitions import records
from reports.demo.world import World
from units.models import Unit

FIRMS = 26
DAY = timedelta(days=1)
FILES = {
    "posts": "全员安全生产责任制",
    "risk_list": "岗位风险清单（2026版）",
    "duty_list": "岗位职责清单（2026版）",
    "operation": "叉车、配电岗位操作卡",
    "emergency": "火灾、触电岗位应急处置卡",
}


def tell(street: World) -> Iterator[datetime]:
    """The enterprises file their records; a few days later the office enters what it knows; reminders go every five days."""
    for number, firm in enumerate(street.firms[:FIRMS]):
        _certificates(street, firm, number)
        _doings(street, firm, number)
        _files(street, firm, number)
    yield clock.now() + 3 * DAY
    _credit(street)
    while True:
        records.remind()
        yield clock.now() + 5 * DAY


def _enter(street: World, firm: Unit, kind: str, **said: Any) -> None:
    records.enter(street.safety[firm.pk], firm, kind, **said)


def _certificates(street: World, firm: Unit, number: int) -> None:
    profile, today = firm.enterprise, clock.today()
    left = (20, 45, 62, 400, 700)[number % 5] * DAY
    kinds = ["special", *(["equipment"] if profile.has_special_equipment else [])]
    if profile.is_high_risk and number % 4:
        kinds += ["principal", "manager"]
    holders = {"principal": profile.principal or profile.safety_officer}
    for place, kind in enumerate(kinds):
        _enter(
            street, firm, kind, holder=holders.get(kind, profile.safety_officer), number=f"T5301{number:04d}{place or ''}",
            issuer="省应急管理厅" if kind != "equipment" else "市市场监督管理局", starts_on=today - 700 * DAY,
            valid_until=today + left + place * 30 * DAY,
        )  # fmt: skip


def _doings(street: World, firm: Unit, number: int) -> None:
    """Training, drills, and of high-risk enterprises insurance and spend."""
    today, profile = clock.today(), firm.enterprise
    _enter(street, firm, "training", title="复工复产安全培训", starts_on=today - DAY, people=12, hours=8)
    if number % 3:
        _enter(street, firm, "drill", title="灭火疏散演练", starts_on=today - 5 * DAY, people=20)
    if profile.is_high_risk and number % 3:
        _enter(
            street,
            firm,
            "spend",
            title="报警器更新、劳保用品、培训",
            starts_on=today - 20 * DAY,
            amount=round(4.8 + 0.15 * number, 2),
        )
        _enter(
            street, firm, "insurance", issuer="人保财险安宁支公司（演示）", number=f"AZX2026{number:04d}",
            starts_on=today - 200 * DAY, valid_until=today + (75 if number % 2 else 165) * DAY, amount=200,
        )  # fmt: skip


def _files(street: World, firm: Unit, number: int) -> None:
    """责任制, 两单两卡, and of some who let out their agreement and their check of the tenant."""
    today = clock.today()
    kinds = list(FILES) if firm.enterprise.is_above_scale and number % 3 else ["posts"] if number % 4 == 0 else []
    for kind in kinds:
        until = today + (300 if number % 5 else 40) * DAY
        _enter(street, firm, kind, title=FILES[kind], starts_on=today - 9 * DAY, valid_until=until)
    if number % 7 == 2:
        tenant = "顺发加工点（演示）"
        _enter(
            street, firm, "agreement", title="厂房出租安全管理协议", holder=tenant, starts_on=today - 90 * DAY,
            valid_until=today + 275 * DAY,
        )  # fmt: skip
    if number % 14 == 2:
        _enter(
            street,
            firm,
            "lease_check",
            holder=tenant,
            title="用电、消防通道检查，发现1处已改",
            starts_on=today - 12 * DAY,
        )


def _credit(street: World) -> None:
    office, today = street.people["office"], clock.today()
    facts = {"starts_on": today, "valid_until": today + 365 * DAY, "note": "事故调查报告批复（演示）"}
    records.enter(office, street.firms[1], "bad_record", title="一般事故", **facts)
    records.enter(office, street.firms[2], "accident", title="机械伤害事故（演示）", people=0, **facts)
    facts["note"] = "重大隐患逾期未改，经约谈仍不整改（演示）"
    records.enter(office, street.firms[9], "blacklist", title="拒不整改重大事故隐患", **facts)
