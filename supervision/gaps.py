"""Numbers a restored database has forgotten: written into the audit chain and told to the office, once per gap."""

from __future__ import annotations

import audit
from common.numbering import Gap
from messaging import audience
from messaging.transitions import notify
from supervision.models import Letter
from units.models import Unit

KIND = "supervision.number_gap"
ACTION = "supervision.numbers_recovered"
_PAPERS = {
    "listing": "督办通知书",
    "delisting": "解除督办通知书",
    "listing-batch": "挂牌批次",
    "hazard": "隐患编号",
    "minutes": "约谈纪要",
    "transfer": "移送函",
}


def label(series: str) -> str:
    """What a series numbers, in Chinese; the code itself for a series of another room."""
    kind, *rest = series.split(":")
    office = Unit.objects.filter(pk=rest[0]).first() if rest and rest[0].isdecimal() and kind != "hazard" else None
    name = _PAPERS.get(rest[-1] if kind == "measure" and rest else kind, series)
    if kind == "letter" and len(rest) == 2 and rest[1] in Letter.Kind.values:
        name = Letter.Kind(rest[1]).label
    return f"{office.name if office else ''}{name}"


def tell(gap: Gap) -> None:
    """The numbers of the gap stay used: the next one follows them; the office enters again what it holds on paper."""
    numbers = f"{gap.first}号" if gap.first == gap.last else f"{gap.first}至{gap.last}号"
    what = f"{label(gap.series)}{gap.year}年{numbers}"
    audit.record(ACTION, after={"series": gap.series, "year": gap.year, "first": gap.first, "last": gap.last})
    notify(
        audience.members(audience.OFFICE_STAFF),
        kind=KIND,
        title=f"恢复备份后编号接续：{what}",
        body=(
            f"数据库已恢复到较早的备份，{what}在备份之后已经使用，系统中没有记录。这些编号保留不再使用，新编号从{gap.last + 1}号起。"
            "请按留存的纸质文书和消息核对，需要的补录，并在档案中注明。"
        ),
        why="系统发现数据库记录的编号落后于库外留存的编号记录。",
        key=f"numbers:{gap.series}:{gap.year}:{gap.first}-{gap.last}",
        urgent=True,
    )
