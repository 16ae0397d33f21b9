"""统计: every figure of a period with its definition, by group, ranked, as a page and as .xlsx."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit.exports import record_export
from common.columns import Column
from common.exports import export_response
from common.wording import percent
from reports.forms import PeriodForm
from reports.scoping import population, records_url, share_url
from reports.statistics import FIGURES, GROUPINGS, SHARES, Period, compute, table
from reports.statistics.shares import count
from reports.statistics.tables import TABLE_KEYS
from units.access import require
from units.roles import Right

SHOWN = 200


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """Figures and one table over the person's scope; ?export=xlsx|csv gives the table, with table=figures the figures."""
    require(request.user, Right.STATISTICS)
    form = PeriodForm(request.GET or None)
    period = form.period()
    grouping = request.GET.get("by", "")
    grouping = grouping if grouping in GROUPINGS else next(iter(GROUPINGS))
    if request.GET.get("export") in ("xlsx", "csv"):
        return _export(request, period, grouping)
    rows = grouped(request.user, period, grouping)
    context = {
        "form": form if form.errors else PeriodForm.showing(period),
        "period": period,
        "figures": [*figure_rows(request.user, period), *share_rows(request.user, period)],
        "groupings": [(key, entry[0]) for key, entry in GROUPINGS.items()],
        "by": grouping,
        "group_label": GROUPINGS[grouping][0],
        "heads": [FIGURES[key] for key in TABLE_KEYS],
        "rows": [_linked(row, period, grouping) for row in rows[:SHOWN]],
        "cut": len(rows) if len(rows) > SHOWN else 0,
        "shown": SHOWN,
    }
    return render(request, "reports/statistics.html", context, status=422 if form.errors else 200)


def grouped(user: Any, period: Period, grouping: str) -> list[dict[str, Any]]:
    """The table of the person's scope."""
    return table(grouping, population(user), period, user.hat.unit.area_path)


def figure_rows(user: Any, period: Period) -> list[dict[str, Any]]:
    """Every figure over the period, the one before and the same a year earlier."""
    spans = _spans(period)
    own = population(user)
    values = [compute(own, span) for span in spans]
    return [
        {
            "figure": figure,
            "cells": [
                {"value": _text(key, found[key]), "url": records_url(key, span)}
                for span, found in zip(spans, values, strict=True)
            ],
        }
        for key, figure in FIGURES.items()
    ]


def share_rows(user: Any, period: Period) -> list[dict[str, Any]]:
    """Every share of enterprises over the same three spans."""
    return [
        {
            "figure": share,
            "cells": [
                {"value": percent(count(share, user, span).value), "url": share_url(share.key, span)}
                for span in _spans(period)
            ],
        }
        for share in SHARES.values()
    ]


def _spans(period: Period) -> tuple[Period, ...]:
    return (period, period.before(), period.year_earlier())


def _text(key: str, value: Any) -> Any:
    return percent(value) if FIGURES[key].kind == "rate" else value


def _linked(row: dict[str, Any], period: Period, grouping: str) -> dict[str, Any]:
    cells = [
        {
            "label": FIGURES[key].label,
            "value": _text(key, row[key]),
            "url": records_url(key, period, grouping, row["group"]),
        }
        for key in TABLE_KEYS
    ]
    return {"name": row["name"], "rank": row["rank"], "cells": cells}


def _export(request: HttpRequest, period: Period, grouping: str) -> HttpResponseBase:
    """The table as a file, recorded before it leaves."""
    if request.GET.get("table") == "figures":
        title, columns, rows = _figures_file(request.user, period)
    else:
        title, columns, rows = _groups_file(request.user, period, grouping)
    record_export(request, title, len(rows))
    return export_response(request.GET["export"], title, columns, rows)


def _figures_file(user: Any, period: Period) -> tuple[str, Sequence[Column], list[dict[str, Any]]]:
    columns = (
        Column("label", "指标", width=20),
        Column("now", "本期"),
        Column("before", "上期"),
        Column("year", "去年同期"),
        Column("definition", "口径", width=60),
    )
    rows = [
        {"label": row["figure"].label, "definition": row["figure"].definition}
        | {name: cell["value"] for name, cell in zip(("now", "before", "year"), row["cells"], strict=True)}
        for row in [*figure_rows(user, period), *share_rows(user, period)]
    ]
    return f"隐患统计{period.label}", columns, rows


def _groups_file(user: Any, period: Period, grouping: str) -> tuple[str, Sequence[Column], list[dict[str, Any]]]:
    label = GROUPINGS[grouping][0]
    kinds = {"rate": "percent", "count": "number", "days": "number"}
    columns = (
        Column("rank", "名次", kind="number"),
        Column("name", label, width=28),
        *(Column(key, FIGURES[key].label, kind=kinds[FIGURES[key].kind], width=12) for key in TABLE_KEYS),
    )
    return f"隐患统计按{label}{period.label}".replace("/", "－"), columns, grouped(user, period, grouping)
