"""The words of a draft: what the figures say and nothing more; judgement is the editor's."""

from __future__ import annotations

from datetime import date
from typing import Any

from common.wording import cn_date, percent

Section = dict[str, Any]


def title(street: str, plan_title: str, kind: str) -> str:
    """关于…的评估报告."""
    return f"{street}关于《{plan_title.strip('《》')}》{kind}的报告"


def sections(snapshot: dict[str, Any]) -> list[Section]:
    """The draft, part by part; every key stays through the edits."""
    return [
        _section("overall", "总体情况", [_overall(snapshot)]),
        _section("tasks", "任务落实情况", _tasks(snapshot["tasks"])),
        _section("indicators", "指标完成情况", _indicators(snapshot["indicators"])),
        _section("duties", "履职情况", _duties(snapshot["duties"])),
        _section("problems", "存在的问题", _problems(snapshot)),
        _section("next", "下一步工作", _next(snapshot)),
    ]


def _section(key: str, heading: str, paragraphs: list[str]) -> Section:
    return {"key": key, "heading": heading, "paragraphs": [text for text in paragraphs if text]}


def _overall(snapshot: dict[str, Any]) -> str:
    tasks, plan = snapshot["tasks"], snapshot["plan"]
    number = f"（{plan['number']}）" if plan["number"] else ""
    met = [row for row in snapshot["indicators"] if row["met"]]
    known = [row for row in snapshot["indicators"] if row["met"] is not None]
    return (
        f"截至{cn_date(date.fromisoformat(snapshot['until']))}，《{plan['title'].strip('《》')}》{number}的{tasks['tasks']}项重点任务分解为"
        f"{tasks['all']}项单位任务，已办结{tasks['done']}项，办结率{_share(tasks['done'], tasks['all'])}，逾期未办结{tasks['late']}项；"
        f"有数据的{len(known)}项指标中，{len(met)}项达到目标。"
    )


def _share(part: int, whole: int) -> str:
    return str(percent(part / whole)) if whole else "—"


def _tasks(tasks: dict[str, Any]) -> list[str]:
    if not tasks["all"]:
        return ["本方案的任务尚未下达。"]
    return [
        f"{row['name']}：{row['all']}项，办结{row['done']}项（{_share(row['done'], row['all'])}）"
        + (f"，逾期{row['late']}项。" if row["late"] else "。")
        for row in tasks["by_action"]
    ]


def _indicators(rows: list[dict[str, Any]]) -> list[str]:
    met = [row["name"] for row in rows if row["met"]]
    below = [f"{row['name']}为{row['value']}（目标{row['target']}）" for row in rows if row["met"] is False]
    unknown = [row["name"] for row in rows if row["met"] is None]
    return [
        f"已达到目标：{'、'.join(met)}。" if met else "",
        f"尚未达到目标：{'；'.join(below)}。" if below else "",
        f"没有数据：{'、'.join(unknown)}。" if unknown else "",
    ]


def _duties(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return ["近一年没有期满的履职事项。"]
    missed = [f"{row['name']}{row['missed']}个（次）" for row in rows if row["missed"]]
    met = sum(row["met"] for row in rows)
    told = f"近一年期满的履职事项中，{met}个（次）达到要求"
    return [told + (f"；未达到要求的：{'；'.join(missed)}。" if missed else "，没有未达到要求的。")]


def _problems(snapshot: dict[str, Any]) -> list[str]:
    tasks = snapshot["tasks"]
    late = sorted((row for row in tasks["by_unit"] if row["late"]), key=lambda row: row["name"])
    texts = []
    if late:
        names = "、".join(f"{row['name']}{row['late']}项" for row in late)
        texts.append(f"任务推进不平衡，{tasks['late']}项任务逾期未办结：{names}（清单见附件）。")
    below = [row["name"] for row in snapshot["indicators"] if row["met"] is False]
    if below:
        texts.append(f"部分指标没有达到目标：{'、'.join(below)}。")
    if any(row["met"] is None for row in snapshot["indicators"]):
        texts.append("部分指标没有数据，须补充填报并注明来源。")
    return texts or ["数据中没有逾期任务和未达标指标。"]


def _next(snapshot: dict[str, Any]) -> list[str]:
    texts = []
    if snapshot["tasks"]["late"]:
        texts.append(f"对逾期未办结的{snapshot['tasks']['late']}项任务逐项明确责任人和完成时间，跟踪督办至办结。")
    if any(row["met"] is False for row in snapshot["indicators"]):
        texts.append("对未达到目标的指标逐一列出尚未覆盖的对象，落实责任单位。")
    if any(row["missed"] for row in snapshot["duties"]):
        texts.append("对履职次数不足的事项按月提醒、按季检查。")
    return texts or ["巩固已有成效，保持各项任务和指标的常态管理。"]
