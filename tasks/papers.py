"""Yearly lists, the report against them, and the receipt as papers."""

from __future__ import annotations

from common import clock
from common.papers import Block, Column, Layout, Paper, Paragraph, Table
from common.wording import DASH, cn_date
from tasks.models import YearlyPaper
from units.models import Unit

_LIST = (Column("序号", 0.5), Column("内容", 4, "left"), Column("依据、来源", 1.6, "left"))
_REPORT = (Column("序号", 0.5), Column("职责和任务", 2.6, "left"), Column("完成情况", 3, "left"))


def yearly_paper(paper: YearlyPaper) -> Paper:
    """The list or report as the unit files it."""
    items = list(paper.items.all())
    if paper.kind == YearlyPaper.Kind.REPORT:
        rows = tuple((str(item.order), item.text, item.result or DASH) for item in items)
        opening = f"根据年度安全生产职责清单和重点任务清单，现将{paper.unit.name}{paper.year}年度履职情况报告如下。"
        blocks: tuple[Block, ...] = (Paragraph(opening), Table(_REPORT, rows))
    else:
        rows = tuple((str(item.order), item.text, item.origin or DASH) for item in items)
        blocks = (Table(_LIST, rows),)
    return Paper(
        Layout.FORM,
        str(paper),
        blocks=blocks,
        signature=paper.unit.name,
        signed_on=clock.local(paper.filed_at).date() if paper.filed_at else None,
    )


def receipt(paper: YearlyPaper) -> Paper:
    """备案回执: what was put on file, when, and under which number."""
    office = Unit.objects.office_of(paper.area_path)
    filed, checked = cn_date(paper.filed_at), cn_date(paper.checked_at)
    late = "" if paper.filed_at is None or paper.filed_at <= paper.due_at else "（逾期报送）"
    text = f"你单位于{filed}报送的《{paper}》{late}，经审核予以备案。"
    return Paper(
        Layout.FORM,
        "备案回执",
        number=paper.receipt or "",
        addressee=paper.unit.name,
        blocks=(Paragraph(text),),
        signature=office.name,
        signed_on=clock.local(paper.checked_at).date() if paper.checked_at else None,
        note=f"备案日期：{checked}",
    )
