"""The sheet of a campaign's objects: read through `common.spreadsheets`, every good row written once, the rest said where and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from common.errors import Refused
from common.spreadsheets import Field, Table, Value, choose_table, open_workbook, parse_date, parse_text
from common.spreadsheets.outcome import Cells, Outcome, Rejection
from inspections.models.campaigns import Campaign
from inspections.queries.bodies import bodies_under
from inspections.transitions import campaigns
from units.imports.directory import Directory
from units.models import Unit

MOST_ROWS = 5_000
FIELDS = (
    Field(
        "name",
        "对象名称",
        ("企业名称", "单位名称", "名称", "户主", "房屋名称", "矿山名称"),
        required=True,
        width=34,
        example="白登石料厂",
    ),
    Field("address", "地址", ("位置", "详细地址", "坐落", "所在地址"), width=30, example="甲村3号"),
    Field("category", "分类", ("类别", "清单", "处置方式", "整治类别", "整治方式"), required=True, example="改造升级"),
    Field("deadline", "完成时限", ("时限", "整治时限", "完成日期", "期限"), required=True, example="2026-12-31"),
    Field("measure", "整治措施", ("措施", "整治内容"), width=36),
    Field("responsible", "责任单位", ("属地", "监管单位", "主管部门"), example="甲村村民委员会"),
    Field("person", "责任人", ("负责人", "联系人")),
)
LABELS = {each.key: each.label for each in FIELDS}


@dataclass(frozen=True)
class Draft:
    """A row as understood."""

    number: int
    values: dict[str, Any]


class Reader:
    """Reads rows for one campaign: its categories, the street's enterprises and responsible units."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        street = campaign.owner.area.street_path
        self.directory = Directory(street)
        self.bodies: dict[str, Unit] = {}
        for unit in bodies_under(street):
            for name in (unit.name, unit.short_name, *unit.aliases.replace("；", ";").split(";")):
                if name.strip():
                    self.bodies.setdefault(name.strip(), unit)

    def read(self, table: Table, row: Any) -> Draft | Rejection:
        """The object of a row, or what is wrong with which cell."""
        cells = Cells(table, row, LABELS)
        values = {
            "name": cells.read("name", parse_text, 120) or "",
            "address": cells.read("address", parse_text, 200) or "",
            "category": cells.read("category", self._category),
            "deadline": cells.read("deadline", _day),
            "measure": cells.read("measure", parse_text, 500) or "",
            "responsible": cells.read("responsible", self._body),
            "person": cells.read("person", parse_text, 30) or "",
        }
        faulty = {problem.field for problem in cells.problems}
        for key in ("name", "category", "deadline"):
            if not values[key] and key not in faulty:
                cells.refuse(key, f"没有填写{LABELS[key]}")
        entry = self.directory.by_name(values["name"]) if values["name"] else None
        values["unit"] = Unit.objects.filter(pk=entry.pk).first() if entry else None
        return cells.rejection() or Draft(row.number, values)

    def _category(self, value: Value) -> str | None:
        text = parse_text(value)
        if text and text not in self.campaign.categories:
            raise ValueError(f"分类“{text}”不在本专项的分类中：{'、'.join(self.campaign.categories)}")
        return text

    def _body(self, value: Value) -> Unit:
        text = parse_text(value)
        if not text:
            return self.campaign.owner
        if text not in self.bodies:
            raise ValueError(f"没有找到责任单位“{text}”，请核对名称")
        return self.bodies[text]


def _day(value: Value) -> date | None:
    return parse_date(value)


def bring_in(actor: Any, campaign_id: int, upload: Any, name: str) -> Outcome:
    """Bring the objects of a sheet into the campaign. A row already there is a duplicate; sent again, nothing is added.

    Raises `Refused` where the file cannot be read, has no header, lacks a required column or is too long.
    """
    try:
        table = choose_table(open_workbook(upload, name), FIELDS)
    except Refused as error:
        raise Refused(error.message, error.fields or {"file": error.message}) from error
    if table.missing:
        raise Refused.at("file", f"缺少必需的列：{'、'.join(each.label for each in table.missing)}。")
    if len(table.rows) > MOST_ROWS:
        raise Refused.at("file", f"一次最多导入{MOST_ROWS}行，请分开导入。")
    with transaction.atomic():
        campaign = campaigns.leading(actor, campaign_id)
        return _write(actor, campaign, table)


def _write(actor: Any, campaign: Campaign, table: Table) -> Outcome:
    reader, outcome = Reader(campaign), Outcome(rows=len(table.rows))
    for row in table.rows:
        read = reader.read(table, row)
        if isinstance(read, Rejection):
            outcome.rejected.append(read)
        elif campaigns.add(campaign, actor, source="导入", **read.values) is None:
            outcome.duplicates += 1
        else:
            outcome.accepted += 1
    return outcome
