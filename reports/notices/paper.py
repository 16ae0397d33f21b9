"""The notice as an official paper: text from the edited sections, tables from the snapshot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from common import clock
from common.papers import Attachment, Block, Heading, Layout, Paper, Paragraph, Table
from reports.models import Notice
from reports.notices import grids
from reports.notices.grids import Grid

ADDRESSEE = "各村（社区），街道安委会各成员单位，有关生产经营单位："
# Which table stands under the section of which key.
TABLES: dict[str, Callable[[dict[str, Any]], Grid | None]] = {
    "overall": grids.summary,
    "units": grids.villages,
    "listed": grids.departments,
}
ANNEXES: tuple[tuple[str, Callable[[dict[str, Any]], Grid | None]], ...] = (
    ("逾期未改隐患清单", grids.overdue),
    ("挂牌、挂账督办隐患清单", grids.listed),
)


def build(notice: Notice) -> Paper:
    """The paper as it stands; before issue it carries no number and no date of issue."""
    office = notice.office.office
    issued = clock.local(notice.issued_at).date() if notice.issued_at else None
    return Paper(
        layout=Layout.RED_HEAD,
        title=notice.title,
        issuer=office.red_head,
        number=notice.number or "",
        addressee=ADDRESSEE,
        blocks=tuple(_body(notice)),
        signature=office.signatory_name,
        signed_on=issued,
        attachments=_attachments(notice.snapshot),
        printed_by=office.signatory_name,
        printed_on=issued,
    )


def preview(notice: Notice) -> Paper:
    """The paper of a notice that is not in force, marked as what it is."""
    mark = "作废" if notice.state == Notice.State.VOID else "草稿"
    return replace(build(notice), mark=mark)


def _body(notice: Notice) -> list[Block]:
    blocks: list[Block] = []
    for section in notice.sections:
        blocks.append(Heading(section["heading"], 1))
        blocks += [Paragraph(text) for text in section["paragraphs"] if text.strip()]
        if section["key"] in TABLES and (grid := TABLES[section["key"]](notice.snapshot)):
            blocks.append(_table(grid))
    return blocks


def _attachments(snapshot: dict[str, Any]) -> tuple[Attachment, ...]:
    made = ((title, build_grid(snapshot)) for title, build_grid in ANNEXES)
    return tuple(Attachment(title, (_table(grid),)) for title, grid in made if grid)


def _table(grid: Grid) -> Table:
    return Table(grid.columns, tuple(tuple(cell.text for cell in row) for row in grid.rows), grid.caption)
