"""Stages of a plan as a person types them: one a line, a name and its days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django import forms

from tasks.models import PlanStage
from tasks.transitions.plans import StageData

_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_LINE = re.compile(
    rf"(?P<name>.*?)[\s:：，,（(]*(?P<first>{_DAY})?\s*(?:(?P<to>至|到|—+|~|～|-)\s*(?P<last>{_DAY})?)?[）)]?"
)
LONGEST_NAME = 80


def day(text: str) -> date:
    """A day typed as 2026-12-31 or 2026年12月31日; `ValidationError` for anything else."""
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    try:
        if match is None:
            raise ValueError
        return date(*map(int, match.groups()))
    except ValueError:
        raise forms.ValidationError(f"“{text}”不是有效的日期，请按2026-12-31填写。") from None


def read(text: str) -> list[StageData]:
    """The stages of the lines; a single day is the end. `ValidationError` names the line that is no stage."""
    lines = [line.strip() for line in text.splitlines()]
    return [_stage(place, line) for place, line in enumerate(lines, 1) if line]


def _stage(place: int, line: str) -> StageData:
    match = _LINE.fullmatch(line)
    name = match["name"].strip() if match else ""
    if match is None or not name:
        raise forms.ValidationError(f"第{place}行没有写阶段名称，请按“动员部署 2026-01-01至2026-03-31”填写。")
    if len(name) > LONGEST_NAME:
        raise forms.ValidationError(f"第{place}行的阶段名称超过{LONGEST_NAME}字。")
    first, last = (day(text) if text else None for text in (match["first"], match["last"]))
    if first and not last and not match["to"]:
        first, last = None, first
    if first and last and last < first:
        raise forms.ValidationError(f"第{place}行的结束日期早于起始日期。")
    return StageData(name, first, last)


def write(stages: Iterable[PlanStage]) -> str:
    """The lines `read` takes back."""
    return "\n".join(f"{stage.name} {_days(stage)}".strip() for stage in stages)


def _days(stage: PlanStage) -> str:
    first, last = (str(each or "") for each in (stage.starts_on, stage.ends_on))
    return f"{first}至{last}" if first or last else ""
