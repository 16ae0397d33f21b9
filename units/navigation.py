"""The navigation by job: which entry leads where and which rights open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from units.access import holds
from units.roles import Right


@dataclass(frozen=True)
class Entry:
    """One entry; shown to hats that hold one of `rights`. `covers` are further path prefixes it stands for."""

    label: str
    icon: str
    route: str
    rights: tuple[str, ...]
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """An entry as the templates read it."""

    label: str
    icon: str
    url: str
    active: bool
    badge: str = ""


_BUSINESS = (Right.READ_HAZARD,)
# The index page 系统: group → its entries.
SYSTEM = {
    "单位与人员": (
        Entry("区域", "map", "area-tree", (Right.EDIT_UNIT, Right.PROPOSE_UNIT)),
        Entry("单位名录", "building", "unit-list", (Right.EDIT_UNIT, Right.PROPOSE_UNIT)),
        Entry("待确认单位", "clock", "provisional-list", (Right.EDIT_UNIT,)),
        Entry("信息修改建议", "edit", "unit-proposal-list", (Right.EDIT_UNIT, Right.PROPOSE_UNIT)),
        Entry("账号与任职", "users", "account-list", (Right.MANAGE_ACCOUNTS, Right.MANAGE_OWN_STAFF)),
    ),
    "政策": (
        Entry("时限", "hourglass", "limit-list", (Right.PROPOSE_POLICY,)),
        Entry("工作日历", "calendar", "calendar", (Right.PROPOSE_POLICY,)),
        Entry("安委办设置", "stamp", "office-settings", (Right.PROPOSE_POLICY,)),
        Entry("政策调整审批", "checklist", "policy-proposal-list", (Right.PROPOSE_POLICY,)),
        Entry("督办阶梯", "ladder", "ladder-policy", (Right.PROPOSE_POLICY,)),
    ),
    "安全与审计": (
        Entry("权限矩阵", "shield", "permission-matrix", (Right.READ_MATRIX,)),
        Entry("账号锁定", "lock", "lock-out-list", (Right.SECURITY_SETTINGS,)),
        Entry("在线会话", "screen", "session-list", (Right.SECURITY_SETTINGS,)),
        Entry("审计记录", "book", "audit-list", (Right.READ_AUDIT,)),
    ),
    "技术": (Entry("接口文档", "link", "api-docs", (Right.TECHNICAL_SETTINGS,)),),
}
SYSTEM_RIGHTS = tuple({right: None for entries in SYSTEM.values() for entry in entries for right in entry.rights})
ENTRIES = (
    Entry("工作台", "workbench", "workbench", _BUSINESS),
    Entry("隐患", "hazard", "hazard-list", _BUSINESS, ("/hazards/", "/criteria/", "/imports/")),
    Entry("督办", "ladder", "supervision-board", (Right.READ_LETTER,), ("/supervision/",)),
    Entry(
        "检查", "checklist", "inspection-hub", (Right.READ_RECORD, Right.READ_INSPECTION), ("/inspections/", "/field/")
    ),
    Entry("企业", "factory", "enterprise-list", (Right.READ_UNIT,), ("/enterprises/", "/units/", "/areas/")),
    Entry(
        "任务",
        "flag",
        "assignment-list",
        (Right.READ_TASK,),
        ("/tasks/", "/duties/", "/meetings/", "/indicators/", "/evaluations/"),
    ),
    Entry("通报与统计", "megaphone", "notice-list", (Right.READ_NOTICE,), ("/notices/", "/statistics/")),
    Entry("驾驶舱", "dashboard", "dashboard", (Right.STATISTICS,), ("/dashboard/",)),
    Entry("系统", "settings", "system", SYSTEM_RIGHTS, ("/system/", "/accounts/", "/audit/")),
)
TABS = (
    Entry("工作台", "workbench", "workbench", _BUSINESS),
    Entry("上报", "camera", "hazard-new", (Right.REPORT_HAZARD,)),
    Entry("检查", "checklist", "field-app", (Right.CARRY_OUT,)),
    Entry("隐患", "hazard", "hazard-list", _BUSINESS),
    Entry("我的", "user", "account", ()),
)


def entries(user: Any, path: str, table: tuple[Entry, ...] = ENTRIES) -> list[Shown]:
    """The entries the user's hat may open; the one that best covers `path` is active."""
    allowed = [(entry, reverse(entry.route)) for entry in table if not entry.rights or holds(user, *entry.rights)]
    best = max(allowed, key=lambda pair: _covered(pair[0], pair[1], path), default=None)
    return [
        Shown(entry.label, entry.icon, url, active=(entry, url) == best and _covered(entry, url, path) > 0)
        for entry, url in allowed
    ]


def system_entries(user: Any) -> list[tuple[str, list[Shown]]]:
    """The groups of the page 系统 that have something for the user's hat."""
    groups = [(title, entries(user, "", table)) for title, table in SYSTEM.items()]
    return [(title, shown) for title, shown in groups if shown]


def _covered(entry: Entry, url: str, path: str) -> int:
    """How many characters of `path` the entry accounts for."""
    if path == url:
        return len(path) + 1
    return max((len(prefix) for prefix in (url, *entry.covers) if prefix != "/" and path.startswith(prefix)), default=0)
