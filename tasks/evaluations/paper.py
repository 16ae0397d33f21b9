"""The evaluation as an official paper: the edited text, tables from the snapshot, overdue tasks as an annex."""

from __future__ import annotations

from datetime import date
from typing import Any

from common import clock
from common.papers import Attachment, Block, Column, Heading, Layout, Paper, Paragraph, Table
from common.wording import cn_date
from tasks.models import Evaluation


def build(evaluation: Evaluation) -> Paper:
    """The paper as it stands; marked as a draft until it is approved."""
    office = evaluation.office.office
    approved = clock.local(evaluation.approved_at).date() if evaluation.approved_at else None
    mark = {Evaluation.State.APPROVED: "", Evaluation.State.VOID: "作废"}.get(
        Evaluation.State(evaluation.state), "草稿"
    )
    return Paper(
        layout=Layout.RED_HEAD,
        issuer=office.red_head,
        title=evaluation.title,
        blocks=tuple(_body(evaluation)),
        signature=office.signatory_name,
        signed_on=approved,
        attachments=_annex(evaluation.snapshot),
        printed_by=office.signatory_name,
        printed_on=approved,
        mark=mark,
    )


def _body(evaluation: Evaluation) -> list[Block]:
    blocks: list[Block] = []
    for section in evaluation.sections:
        blocks.append(Heading(section["heading"]))
        blocks += [Paragraph(text) for text in section["paragraphs"] if text.strip()]
        if section["key"] == "indicators":
            blocks.append(_indicators(evaluation.snapshot["indicators"]))
        if section["key"] == "duties" and evaluation.snapshot["duties"]:
            blocks.append(_duties(evaluation.snapshot["duties"]))
    return blocks


def _indicators(rows: list[dict[str, Any]]) -> Table:
    columns = (Column("指标", 4, "left"), Column("目标", 1.4), Column("最新值", 1.2), Column("分子/分母", 1.2))
    return Table(
        columns, tuple((row["name"], row["target"], row["value"], row["fraction"]) for row in rows), "指标完成情况表"
    )


def _duties(rows: list[dict[str, Any]]) -> Table:
    columns = (Column("履职事项", 4, "left"), Column("达到要求", 1), Column("未达到要求", 1.2))
    return Table(columns, tuple((row["name"], str(row["met"]), str(row["missed"])) for row in rows), "近一年履职情况表")


def _annex(snapshot: dict[str, Any]) -> tuple[Attachment, ...]:
    rows = snapshot["tasks"]["overdue"]
    if not rows:
        return ()
    columns = (Column("序号", 0.5), Column("任务", 4, "left"), Column("责任单位", 1.6), Column("完成时限", 1.2))
    cells = tuple(
        (str(place), row["title"], row["unit"], cn_date(date.fromisoformat(row["due"])))
        for place, row in enumerate(rows, 1)
    )
    return (Attachment("逾期未办结任务清单", (Table(columns, cells),)),)
