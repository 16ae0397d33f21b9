"""Who learns of what happens to a dangerous work: the enterprise, its department, the office, the village."""

from __future__ import annotations

from typing import Any

from common import wording
from inspections.models.works import HazardousWork
from messaging.transitions import notify_about
from units import queries
from units.roles import FIRM

KIND = "inspections.work"
_TO_FIRM = {"halt": "请立即暂停作业", "resume": "可以恢复作业", "overrun": "作业已超时，请完工验收或申请延长"}
_TO_OVERSEERS = {
    "file": "企业报备",
    "start": "开始作业",
    "prolong": "延长作业时间",
    "cancel": "取消报备",
    "finish": "完工验收",
    "halt": "要求暂停作业",
    "resume": "恢复作业",
    "overrun": "作业超时未完工",
}
URGENT = frozenset({"halt", "overrun", "measure"})


def tell(work: HazardousWork, actor: Any, action: str) -> None:
    """Notify those the action concerns, each once; quiet steps tell nobody."""
    if action == "measure" and not work.halted_by_gas:
        return
    bad_air = "气体检测不合格，作业已暂停"
    if action in _TO_FIRM or action == "measure":
        _send(work, actor, action, queries.people_of_unit(work.unit_id, *FIRM), _TO_FIRM.get(action, bad_air))
    if action in _TO_OVERSEERS or action == "measure":
        people = queries.overseers(work.area_path, work.department_id)
        _send(work, actor, action, people, _TO_OVERSEERS.get(action, bad_air))


def _send(work: HazardousWork, actor: Any, action: str, people: Any, what: str) -> None:
    span = f"{wording.cn_datetime(work.starts_at)}至{wording.cn_datetime(work.ends_at)}"
    notify_about(
        work,
        people,
        actor=actor,
        event=f"{action}:{work.version}",
        kind=KIND,
        title=f"{what}：{work.unit.name}{work.get_kind_display()}作业",
        body=f"{work.place}，{work.content}。{span}，监护、管理人员：{work.manager}。",
        why="您是该企业人员，或者负责该企业的监管。",
        urgent=action in URGENT,
    )
