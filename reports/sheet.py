"""A notice as its page shows it: the paper with linked figures, its buttons, its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from hazards.buttons import Button
from reports import queries
from reports.models import Notice, NoticeEvent
from reports.notices import paper
from reports.notices.grids import Cell, Grid
from reports.statistics import FIGURES
from reports.transitions import RULES, allowed_actions
from reports.words import ICONS

NUMERALS = "一二三四五六七八九十"


def record_url(notice: Notice, key: str, asked: Mapping[str, str] | None = None) -> str:
    """The list of the records the notice counted."""
    query = f"?{urlencode(asked)}" if asked else ""
    return reverse("notice-figure", args=[notice.pk, key]) + query


def sheet(notice: Notice, user: Any) -> dict[str, Any]:
    """What parts/paper.html reads: sections with paragraphs and tables, annexes; cells lead to what they count."""
    annexes = [(title, grid) for title, make in paper.ANNEXES if (grid := make(notice.snapshot))]
    named = {cell.hazard for _, grid in annexes for row in grid.rows for cell in row if cell.hazard}
    visible = queries.visible_hazards(user, named)
    return {
        "paper": paper.build(notice),
        "sections": [_section(notice, place, section) for place, section in enumerate(notice.sections)],
        "annexes": [{"title": title, "grid": _linked(notice, grid, visible)} for title, grid in annexes],
    }


def _section(notice: Notice, place: int, section: dict[str, Any]) -> dict[str, Any]:
    make = paper.TABLES.get(section["key"])
    grid = make(notice.snapshot) if make else None
    return {
        "heading": f"{NUMERALS[place] if place < len(NUMERALS) else place + 1}、{section['heading']}",
        "paragraphs": section["paragraphs"],
        "grid": _linked(notice, grid, set()) if grid else None,
    }


def _linked(notice: Notice, grid: Grid, visible: set[int]) -> dict[str, Any]:
    return {
        "caption": grid.caption,
        "columns": grid.columns,
        "rows": [
            [
                {"text": cell.text, "url": _url(notice, cell, visible), "title": column.title, "align": column.align}
                for cell, column in zip(row, grid.columns, strict=True)
            ]
            for row in grid.rows
        ],
    }


def _url(notice: Notice, cell: Cell, visible: set[int]) -> str:
    if cell.hazard:
        return reverse("hazard-detail", args=[cell.hazard]) if cell.hazard in visible else ""
    return record_url(notice, cell.key, cell.asked) if cell.key else ""


def figures(notice: Notice) -> list[dict[str, Any]]:
    """Every figure of the snapshot with its definition and its list."""
    return [
        {
            "label": entry["label"],
            "value": entry["display"],
            "definition": FIGURES[key].definition,
            "url": record_url(notice, key),
        }
        for key, entry in notice.snapshot["figures"].items()
    ]


def buttons(notice: Notice, user: Any) -> list[Button]:
    """Exactly the actions the person may press now; an editor does not approve the own text."""
    own_text = notice.edited_by_id == user.pk
    names = [name for name in allowed_actions(notice, user) if not (name == "approve" and own_text)]
    return [
        Button(name, RULES[name].label, RULES[name].effect, RULES[name].tone, ICONS[name], action_url(notice, name))
        for name in names
    ]


def action_url(notice: Notice, name: str) -> str:
    """The page of an action; the editor has its own address."""
    if name == "edit":
        return reverse("notice-edit", args=[notice.pk])
    return reverse("notice-action", args=[notice.pk, name])


def timeline(notice: Notice) -> list[dict[str, Any]]:
    """Every event, newest first."""
    return [_entry(event) for event in notice.events.order_by("-pk")]


def _entry(event: NoticeEvent) -> dict[str, Any]:
    return {
        "at": event.at,
        "title": event.label,
        "actor": event.actor_name,
        "unit": event.actor_hat,
        "text": event.note,
        "icon": ICONS.get(event.action, "dot"),
        "tone": "red" if event.action == "void" else "green" if event.action == "issue" else "blue",
    }
