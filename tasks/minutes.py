"""会议纪要 as an official paper."""

from __future__ import annotations

from common import clock
from common.papers import Block, Heading, Layout, Paper, Paragraph, Table
from common.papers import Column as TableColumn
from common.wording import cn_date, cn_datetime
from tasks.models import Attendance, Decision, Meeting

P = Attendance.Presence


def minutes_paper(meeting: Meeting) -> Paper:
    """The minutes as they stand; a draft until they are confirmed."""
    office = meeting.office.office
    confirmed = clock.local(meeting.confirmed_at).date() if meeting.confirmed_at else None
    return Paper(
        layout=Layout.RED_HEAD,
        issuer=office.red_head,
        title=f"{meeting.title}\n会议纪要",
        blocks=(*_facts(meeting), *_minutes(meeting), *_decisions(list(meeting.decisions.select_related("unit")))),
        signature=office.signatory_name,
        signed_on=confirmed,
        copies_to="，".join(sorted({row.unit.name for row in meeting.attendance.select_related("unit")})),
        printed_by=office.signatory_name,
        printed_on=confirmed,
        mark="" if confirmed else "草稿",
    )


def _facts(meeting: Meeting) -> list[Block]:
    rows = list(meeting.attendance.select_related("unit", "person"))
    lines = [
        f"时间：{cn_datetime(meeting.starts_at)}",
        f"地点：{meeting.place}" if meeting.place else "",
        f"主持：{meeting.chair}" if meeting.chair else "",
        f"出席：{_names(rows, P.PRESENT)}{f'；{meeting.others}' if meeting.others else ''}",
        f"请假：{_names(rows, P.EXCUSED)}" if _names(rows, P.EXCUSED) else "",
        f"缺席：{_names(rows, P.ABSENT)}" if _names(rows, P.ABSENT) else "",
        f"记录：{meeting.recorder}" if meeting.recorder else "",
    ]
    return [Paragraph(line) for line in lines if line]


def _names(rows: list[Attendance], presence: str) -> str:
    return "、".join(row.who for row in rows if row.presence == presence)


def _minutes(meeting: Meeting) -> list[Block]:
    blocks: list[Block] = []
    if agenda := [line.strip() for line in meeting.agenda.splitlines() if line.strip()]:
        blocks += [Heading("会议议程"), *(Paragraph(line) for line in agenda)]
    text = [line.strip() for line in meeting.minutes.splitlines() if line.strip()]
    return [*blocks, Heading("会议内容"), *(Paragraph(line) for line in text)]


def _decisions(decisions: list[Decision]) -> list[Block]:
    if not decisions:
        return []
    columns = (
        TableColumn("序号", 0.5), TableColumn("议定事项", 4, "left"), TableColumn("责任单位", 1.6), TableColumn("完成时限", 1.2),
    )  # fmt: skip
    rows = tuple(
        (str(each.place), each.text, each.unit.name if each.unit else "—", cn_date(each.due_on) if each.due_on else "—")
        for each in decisions
    )
    return [Heading("议定事项"), Table(columns, rows)]
