"""Columns of the hazard ledger on the page, and the layout in which an office sends it on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from common import clock
from common.columns import Column, badge_column, date_column, due_column
from common.wording import countdown
from evidence.models import Attachment
from hazards.discretion import step_field
from hazards.models import Hazard


def _thumbnail(photo: Attachment) -> SafeString:
    return format_html(
        '<img class="row-photo" src="{}" alt="现场照片" width="56" height="42" loading="lazy">', photo.thumbnail_url
    )


def _words(hazard: Hazard) -> SafeString:
    said = hazard.description if len(hazard.description) < 80 else hazard.description[:78] + "…"
    place = format_html("<small>{}</small>", hazard.place) if hazard.place else ""
    return format_html("<span>{}{}</span>", said, place)


def _person(hazard: Hazard) -> str:
    return " ".join(filter(None, (hazard.responsible_person, hazard.responsible_phone)))


def _day(moment: Any) -> Any:
    return clock.local(moment).date() if moment else None


COLUMNS = (
    Column("photo", "照片", lambda row: getattr(row, "thumbnail", None), show=_thumbnail, css="cell-photo"),
    Column("number", "隐患编号", order=("number",), link=True),
    badge_column("level", "等级", "hazard_level", order=("level",)),
    badge_column("state", "状态", "hazard_state", order=("state",)),
    Column(
        "description", "隐患描述", lambda row: row, show=_words, export=lambda row: row.description, css="cell-words"
    ),
    Column("unit", "责任单位", "unit.name", order=("unit__name",)),
    due_column("due", "整改期限", lambda row: row.due_at, lambda row: row.rectified_at, order=("due_at",)),
    badge_column("ladder", "督办", "ladder_step", lambda row: row.ladder_step or None),
    badge_column("listed", "挂牌挂账", "listed_as", lambda row: row.listed_as or None, default=False),
    Column("area", "所在区域", "unit.area.name", default=False),
    Column("category", "类别", lambda row: row.get_category_display(), default=False),
    Column("channel", "来源", lambda row: row.get_channel_display(), default=False),
    Column("sector", "行业领域", "sector.name", default=False),
    Column("department", "监管部门", "department.name", default=False),
    Column("person", "整改责任人", _person, default=False),
    date_column("found", "发现日期", "found_on", order=("found_on",), default=False),
    date_column("reported", "上报日期", "reported_at", order=("reported_at",)),
    date_column("closed", "销号日期", "closed_at", order=("closed_at",), default=False),
)


def columns_for(user: Any, columns: Sequence[Column]) -> Sequence[Column]:
    """The columns with the ladder's step as the user may know it."""
    step = step_field(user)
    told = badge_column("ladder", "督办", "ladder_step", lambda row: getattr(row, step) or None)
    return tuple(told if column.key == told.key else column for column in columns)


def _late(hazard: Hazard) -> str:
    said = countdown(hazard.due_at, hazard.rectified_at or hazard.closed_at)
    return said.text if said.tone == "red" else "否"


# 台账 as offices file it (domain-rules §6, layouts 3 and 5).
OFFICE_LAYOUT = (
    Column("number", "隐患编号", width=24),
    Column("unit", "责任单位", "unit.name", width=28),
    Column("area", "所在区域", "unit.area.name"),
    Column("place", "隐患部位", width=24),
    Column("description", "隐患描述", width=48),
    Column("category", "隐患类别", lambda row: row.get_category_display()),
    Column("level", "隐患等级", lambda row: row.get_level_display()),
    Column("ground", "判定依据", lambda row: row.ground, width=32),
    Column("channel", "隐患来源", lambda row: row.get_channel_display()),
    Column("sector", "行业领域", "sector.name"),
    Column("found_on", "发现日期", kind="date", width=12),
    Column("found_by", "发现人"),
    Column("suggestion", "整改要求（措施）", width=32),
    Column("person", "整改责任人", "responsible_person"),
    Column("phone", "联系电话", "responsible_phone"),
    Column("department", "监管部门", "department.name", width=24),
    Column("due", "整改期限", lambda row: _day(row.due_at), kind="date", width=12),
    Column("original_due", "原定期限", lambda row: _day(row.original_due_at), kind="date", width=12),
    Column("state", "隐患状态", lambda row: row.get_state_display()),
    Column("rectified", "整改完成日期", lambda row: _day(row.rectified_at), kind="date", width=14),
    Column("closed", "销号日期", lambda row: _day(row.closed_at), kind="date", width=12),
    Column("late", "是否超期", _late),
    Column("spent", "落实治理经费（万元）", kind="money"),
    Column("campaign", "专项整治", "campaign.title", width=24),
    Column("listed", "是否挂牌督办", lambda row: "是" if row.listed_as else "否"),
)
