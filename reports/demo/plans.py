"""The street's three-year plan comes in through the import: read, looked over, corrected, its names said once, confirmed."""

from __future__ import annotations

from datetime import datetime, timedelta

from common.clock import midnight
from reports.demo.play import Stage, Story
from reports.demo.world import World
from tasks.management.commands.score_plans import FOLDER
from tasks.models import PlanDraft, UnitWording
from tasks.transitions import drafts
from tasks.transitions.assigning import assign
from tasks.wordings import of_draft
from units.models import Unit

TAKEN_IN = 295  # natural days before the end
WAITING = 1
GIVEN = ("5", "6", "11", "12", "27", "39")  # the others wait on the plan's page for their turn
NOBODY = UnitWording.Meaning.NOBODY
_MEANT = {
    "生态环境办公室": "生态环境和农业农村综合服务中心",
    "街道": "禄脿街道安委办",
    "禄脿场监管所": "禄脿市场监管所",
}

# A second document on the office's desk: read, not yet confirmed.
SUMMER = """禄脿街道夏季消防安全工作方案（演示）
一、主要任务
（一）排查小场所
1.检查“九小场所”。6月30日前完成一遍检查，检查率100%。（牵头单位：消防工作站，责任单位：各村、社区依职责分工负责）
2.整治飞线充电。9月底前建成集中充电点不少于20个。（责任单位：城管中心牵头，各村、社区配合）
（二）提升能力
3.开展疏散演练。每半年至少组织1次演练。（责任单位：社建办、消防工做站）
4.开展夜查。每月25日前报送夜查情况。（消防工作站、派出所）
二、工作要求
各单位要压实责任。
"""


def enter(stage: Stage, street: World, end: datetime) -> None:
    """Let both documents come in."""
    stage.enter(_nine(end - timedelta(days=TAKEN_IN)), _import_plan(street))
    stage.enter(end - timedelta(days=WAITING), _paste_summer(street))


def _nine(moment: datetime) -> datetime:
    return midnight(moment.date()) + timedelta(hours=9)


def _import_plan(street: World) -> Story:
    office = street.people["office"]
    draft = drafts.begin(office, text=(FOLDER / "lubiao.txt").read_text(encoding="utf-8"))
    _correct(street, draft)
    drafts.remember(office, draft.pk, _meanings(street, draft))
    plan, _ = drafts.confirm(office, draft.pk)
    assign(office, list(plan.tasks.filter(no__in=GIVEN).values_list("pk", flat=True)))
    yield from ()


def _correct(street: World, draft: PlanDraft) -> None:
    """What the text says too loosely to give to anybody."""
    row = draft.rows.get(no="4")
    drafts.correct_row(street.people["office"], row.pk, row.version, lead=["街道安委办"], responsible=["其他有关部门"])


def _meanings(street: World, draft: PlanDraft) -> dict[str, tuple[str, Unit | None]]:
    """What is suggested is taken; for the rest the office knows, or nobody here is meant."""
    meant: dict[str, tuple[str, Unit | None]] = {}
    for each in of_draft(draft):
        if each.is_settled:
            continue
        if name := _MEANT.get(each.wording):
            meant[each.wording] = (UnitWording.Meaning.UNIT, street.units[name])
        elif each.match.meaning:
            meant[each.wording] = (each.match.meaning, each.units[0] if each.match.key else None)
        else:
            meant[each.wording] = (NOBODY, None)
    return meant


def _paste_summer(street: World) -> Story:
    drafts.begin(street.people["office2"], text=SUMMER)
    yield from ()
