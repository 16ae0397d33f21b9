"""The duties the system starts with: every quota of 禄脿街道's plan 禄街发〔2024〕18号, each with its clause.

They hold everywhere (`area_path` "") until an office puts its own edition in their place. Shares (“不低于20%”) are
indicators or inspection coverage, one-time dates are tasks: neither is a duty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tasks.models.duties import Audience, Duty, PeriodKind, Post

SINCE = date(2024, 4, 12)
_PLAN = "《禄脿街道安全生产治本攻坚三年行动实施方案（2024-2026年）》（禄街发〔2024〕18号）"
A, P = Audience, PeriodKind


@dataclass(frozen=True)
class Seed:
    """One duty: its clause as numbered in the plan, and what differs from the model's defaults."""

    code: str
    name: str
    clause: str
    audience: tuple[str, ...]
    kinds: tuple[str, ...]
    times: int
    period: str
    more: dict[str, Any] = field(default_factory=dict)

    def row(self, model: Any) -> Any:
        """As a row of `model`."""
        return model(
            code=self.code,
            area_path="",
            effective_from=SINCE,
            name=self.name,
            basis=f"{_PLAN}{self.clause}",
            audience=list(self.audience),
            kinds=list(self.kinds),
            times=self.times,
            period=self.period,
            **self.more,
        )


_VISITS = ("inspection.led", "record.visit")
_LISTS = ("record.lists", "filing.lists")
_REPORTS = ("record.report", "filing.report")
_APRIL = {"due_month": 4, "due_day": 30}
_HIGH, _ORDINARY = {"risk": Duty.Risk.HIGH}, {"risk": Duty.Risk.ORDINARY}
_MEMBERS = {"committee_only": True}
_ALL_POSTS = list(Post.values)

SEEDS: tuple[Seed, ...] = (
    # 街道领导
    Seed("visits-party-head", "党工委主要负责人深入一线和企业检查", "三（一）2", (A.LEADER,), _VISITS, 4, P.YEAR,
         {"posts": [Post.PARTY_HEAD]}),
    Seed("visits-party-member", "党工委班子其他成员深入一线和企业检查", "三（一）2", (A.LEADER,), _VISITS, 6, P.YEAR,
         {"posts": [Post.PARTY_MEMBER]}),
    Seed("visits-office", "办事处主要负责人和班子成员深入一线和企业检查", "三（一）2", (A.LEADER,), _VISITS, 12, P.YEAR,
         {"posts": [Post.OFFICE_HEAD, Post.OFFICE_MEMBER]}),
    Seed("leader-lists", "领导年度职责清单、重点任务清单", "三（一）2", (A.LEADER,), ("record.leader_lists",), 1, P.YEAR,
         {"posts": _ALL_POSTS}),
    Seed("leader-report", "领导年末安全生产履职述职", "三（一）2", (A.LEADER,), ("record.leader_report",), 1, P.YEAR,
         {"posts": _ALL_POSTS}),
    # 街道（安委办承办）
    Seed("analysis-meeting", "专题会议分析研判安全生产形势", "三（一）2", (A.OFFICE,), ("meeting.analysis",), 1, P.MONTH),
    Seed("party-hearing", "党工委会议听取安全生产工作汇报", "三（一）2", (A.OFFICE,), ("meeting.party",), 1, P.HALF),
    Seed("director-hearing", "主任办公会议听取安全生产工作汇报", "三（一）2", (A.OFFICE,), ("meeting.director",), 1, P.QUARTER),
    Seed("study-session", "理论学习中心组安全生产集体学习", "三（一）1", (A.OFFICE,), ("meeting.study",), 1, P.YEAR),
    Seed("training-course", "安全生产、消防安全教育培训必修课程", "三（一）1", (A.OFFICE,), ("record.course",), 1, P.YEAR),
    Seed("expanded-meeting", "安委会扩大会议", "三（一）6", (A.OFFICE,), ("meeting.expanded",), 1, P.QUARTER),
    Seed("patrol", "重点行业领域巡查", "三（一）6", (A.OFFICE,), ("inspection.patrol", "record.patrol"), 3, P.QUARTER,
         {"distinct_by": Duty.DistinctBy.SECTOR, "distinct": 3}),
    Seed("monthly-notice", "安全生产月通报", "三（一）6", (A.OFFICE,), ("notice.monthly",), 1, P.MONTH),
    Seed("warning-film", "安委会扩大会议播放警示教育片", "三（八）39", (A.OFFICE,), ("record.film",), 1, P.QUARTER),
    Seed("fire-analysis", "消防安全风险分析研判和调研评估", "三（二）11", (A.OFFICE,), ("record.fire_analysis",), 1, P.YEAR),
    Seed("fire-listing", "提请挂牌督办典型重大火灾隐患", "三（二）11", (A.OFFICE,), ("record.fire_listing",), 1, P.YEAR),
    # 部门、村（社区）
    Seed("key-supervision", "对村（社区）、部门开展重点督导", "三（一）6", (A.VILLAGE, A.DEPARTMENT),
         ("inspection.supervision", "record.supervision"), 3, P.QUARTER, {"bearer": Duty.Bearer.OFFICE}),
    Seed("duty-lists", "年度职责清单、重点任务清单报备", "三（一）3", (A.DEPARTMENT,), _LISTS, 1, P.YEAR, {**_MEMBERS, **_APRIL}),
    Seed("duty-report", "年末安全生产履职述职报备", "三（一）3", (A.DEPARTMENT,), _REPORTS, 1, P.YEAR, _MEMBERS),
    Seed("principal-training", "组织行业领域负责人安全教育培训", "三（一）4", (A.DEPARTMENT,), ("record.training",), 1, P.YEAR,
         _MEMBERS),
    # 企业
    Seed("led-check", "主要负责人带队检查", "三（一）4", (A.ENTERPRISE,), ("self_check.led", "record.led_check"), 1, P.QUARTER,
         _ORDINARY),
    Seed("led-check-high", "主要负责人带队检查（高危）", "三（一）4", (A.ENTERPRISE,), ("self_check.led", "record.led_check"), 1,
         P.MONTH, _HIGH),
    Seed("drill", "疏散逃生演练", "三（五）27", (A.ENTERPRISE,), ("drill", "record.drill"), 1, P.YEAR, _ORDINARY),
    Seed("drill-high", "疏散逃生演练（高危）", "三（五）27", (A.ENTERPRISE,), ("drill", "record.drill"), 1, P.HALF, _HIGH),
)  # fmt: skip


def seed(model: Any) -> None:
    """Make the rows, for the migration; safe to repeat."""
    model.objects.bulk_create([each.row(model) for each in SEEDS], ignore_conflicts=True)
