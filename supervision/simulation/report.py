"""The result of a simulation in words: one sentence, one table beside the ladder in force, who would get most."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from common.models import BackgroundWork
from common.wording import cn_date
from supervision.ladder import ORDER
from supervision.letter_texts import label_of
from supervision.models import Letter, Measure, UnitRule
from units.models import Unit, User

BUSY = 10  # messages to one person in one day that call for a look


def build(work: BackgroundWork) -> dict[str, Any]:
    """What the page shows of a finished simulation."""
    would, now = work.result["would"], work.result["now"]
    since, until = (datetime.fromisoformat(work.params[name]) for name in ("since", "until"))
    return {
        "period": f"{cn_date(since)}至{cn_date(until)}",
        "hazards": would["hazards"],
        "noun": work.result.get("noun", "隐患"),
        "sentence": sentence(would),
        "rows": _rows(would, now),
        "people": _people(would["top_people"]),
        "units": _units(would["top_units"]),
        "busiest": _busiest(would["busiest"]),
    }


def build_rule(work: BackgroundWork) -> dict[str, Any]:
    """The same of a monthly rule: all rules together, with the candidate and as they are."""
    would, now = work.result["would"], work.result["now"]
    months = [date.fromisoformat(month) for month in work.params["months"]]
    rows = [(str(code.label), now["steps"].get(code, 0), would["steps"].get(code, 0)) for code in UnitRule.Code]
    return {
        "period": "、".join(f"{month.year}年{month.month}月" for month in months),
        "units_looked_at": would["hazards"],
        "sentence": sentence(would, "前三个月", "全部单位规则"),
        "rows": [row for row in rows if row[1] or row[2]] + [("消息", now["messages"], would["messages"])],
        "people": _people(would["top_people"]),
        "units": _units(would["top_units"]),
        "busiest": _busiest(would["busiest"]),
    }


def sentence(counts: dict[str, Any], period: str = "上一季度", what: str = "该阶梯") -> str:
    """产生37件督促函（12家单位）、…，发出214条消息（9人）."""
    drafted = [f"{count}件{_kind(kind)}（{units}家单位）" for kind, (count, units) in sorted(counts["letters"].items())]
    drafted += [f"{count}项{_proposal(kind)}" for kind, count in counts["proposals"].items()]
    if counts["notices"]:
        drafted.append(f"{counts['notices']}项列入通报")
    said = f"产生{'、'.join(drafted)}" if drafted else "不产生文书"
    waits = f"，其中{counts['waiting']}件须由人签发" if counts["waiting"] else ""
    return f"按{period}的数据，{what}会{said}{waits}，发出{counts['messages']}条消息（{counts['people']}人）。"


def _kind(kind: str) -> str:
    return str(Letter.Kind(kind).label)


def _proposal(kind: str) -> str:
    return "挂牌（挂账）建议" if kind == "list" else f"{Measure.Kind(kind).label}建议"


def _rows(would: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, int, int]]:
    steps = [(label_of(code), now["steps"].get(code, 0), would["steps"].get(code, 0)) for code in ORDER]
    return [row for row in steps if row[1] or row[2]] + [("消息", now["messages"], would["messages"])]


def _people(top: list[list[int]]) -> list[tuple[str, int]]:
    known = User.objects.in_bulk([pk for pk, _ in top])
    return [(known[pk].name, count) for pk, count in top if pk in known]


def _units(top: list[list[int]]) -> list[tuple[Unit, int]]:
    known = Unit.objects.in_bulk([pk for pk, _ in top])
    return [(known[pk], count) for pk, count in top if pk in known]


def _busiest(found: list[list[Any]]) -> str:
    """Who would get most in one day, where that is more than a person reads."""
    for pk, on, count in found:
        if count >= BUSY:
            name = User.objects.get(pk=pk).name
            return f"{name}在{cn_date(date.fromisoformat(on))}一天会收到{count}条；系统按人合并为当日摘要发出。"
    return ""
