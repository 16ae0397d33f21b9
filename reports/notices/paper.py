"""The notice as an official paper: text from the edited sections, tables from the snapshot."""

from __future__ import annotations

from datetime import date
from typing import Any

from common import clock
from common.papers import Attachment, Block, Column, Heading, Layout, Paper, Paragraph, Table
from reports.models import Notice
from reports.notices.snapshot import display

SUMMARY = ("new", "closed", "stock", "overdue", "closing_rate", "on_time_rate")


def build(notice: Notice) -> Paper:
    """The paper as it stands; before issue it carries no number and no date of issue."""
    office = notice.office.office
    issued = clock.local(notice.issued_at).date() if notice.issued_at else None
    return Paper(
        layout=Layout.RED_HEAD,
        title=notice.title,
        issuer=office.red_head,
        number=notice.number or "",
        addressee="各村（社区），街道安委会各成员单位，有关生产经营单位：",
        blocks=tuple(_body(notice)),
        signature=office.signatory_name,
        signed_on=issued,
        attachments=_attachments(notice.snapshot),
        printed_by=office.signatory_name,
        printed_on=issued,
    )


def _body(notice: Notice) -> list[Block]:
    tables = {"overall": summary_table, "units": village_table, "listed": department_table}
    blocks: list[Block] = []
    for section in notice.sections:
        blocks.append(Heading(section["heading"], 1))
        blocks += [Paragraph(text) for text in section["paragraphs"] if text.strip()]
        table = tables.get(section["key"])
        made = table(notice.snapshot) if table else None
        if made:
            blocks.append(made)
    return blocks


def summary_table(snapshot: dict[str, Any]) -> Table:
    """表1 总体情况: month, year to date, same span last year."""
    rows = tuple(
        (
            snapshot["figures"][key]["label"],
            snapshot["figures"][key]["display"],
            snapshot["year"][key]["display"],
            snapshot["last_year"][key]["display"],
        )
        for key in SUMMARY
    )
    columns = (Column("指标", 2.0), Column("本期"), Column("今年累计"), Column("去年同期"))
    return Table(columns, rows, "表1 隐患排查治理总体情况")


def _ranking(rows: list[dict[str, Any]], first: str, caption: str) -> Table | None:
    if not rows:
        return None
    keys = ("new", "closed", "stock", "overdue", "fell_due", "on_time", "on_time_rate")
    titles = ("新增", "销号", "存量", "逾期", "到期", "按期", "按期整改率")
    columns = (Column("序", 0.6), Column(first, 2.4), *(Column(title) for title in titles))
    cells = tuple(
        (str(row["rank"] or "—"), row["name"], *(display(key, row[key]) for key in keys)) for row in rows
    )
    return Table(columns, cells, caption)


def village_table(snapshot: dict[str, Any]) -> Table | None:
    """表2 各村（社区）, ranked by on-time rate."""
    return _ranking(snapshot["villages"], "村（社区）", "表2 各村（社区）整改情况（按期整改率排序，无到期隐患的不排名）")


def department_table(snapshot: dict[str, Any]) -> Table | None:
    """表3 监管部门."""
    return _ranking(snapshot["departments"], "监管部门", "表3 各监管部门整改情况")


def _attachments(snapshot: dict[str, Any]) -> tuple[Attachment, ...]:
    made = (
        ("逾期未改隐患清单", _overdue(snapshot["overdue"])),
        ("挂牌、挂账督办隐患清单", _listed(snapshot["listed"])),
    )
    return tuple(Attachment(title, (table,)) for title, table in made if table)


def _overdue(rows: list[dict[str, Any]]) -> Table | None:
    columns = (
        Column("序", 0.5), Column("隐患编号", 1.5), Column("责任单位", 1.8), Column("隐患描述", 3.0, "left"),
        Column("等级", 0.7), Column("期限", 1.2), Column("逾期天数", 0.8),
    )  # fmt: skip
    cells = tuple(
        (str(n), row["number"], row["unit"], row["description"], row["level"], _day(row["due"]), str(row["days"]))
        for n, row in enumerate(rows, 1)
    )
    return Table(columns, cells) if rows else None


def _listed(rows: list[dict[str, Any]]) -> Table | None:
    columns = (
        Column("序", 0.5), Column("督办文号", 1.8), Column("责任单位", 1.6), Column("隐患描述", 2.4, "left"),
        Column("种类", 1.0), Column("整改期限", 1.1), Column("进展", 1.8, "left"),
    )  # fmt: skip
    cells = tuple(
        (
            str(n), row["number"], row["unit"], row["description"], row["kind"], _day(row["finish_by"]),
            row["progress"] or row["state"],
        )
        for n, row in enumerate(rows, 1)
    )  # fmt: skip
    return Table(columns, cells) if rows else None


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%Y.%-m.%-d}" if text else "—"
