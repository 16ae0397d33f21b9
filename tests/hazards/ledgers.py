"""Ledgers for the import tests: the samples offices sent, and small ones built in memory."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from common.spreadsheets.outcome import Outcome
from hazards.imports.ledger import import_ledger, open_ledger
from hazards.imports.saving import Importer
from tests.common.sheets import xlsx
from units.models import Unit

SAMPLES = Path(__file__).resolve().parents[2] / "reports" / "demo" / "ledgers"
HEADER = [
    "企业名称",
    "所在村(社区)",
    "发现日期",
    "隐患描述",
    "隐患部位",
    "隐患等级",
    "整改责任人",
    "整改期限",
    "是否销号",
    "完成时间",
]
ROW = ["甲一木业", "甲村", "2026-06-05", "配电箱未装漏电保护器", "二楼", "一般", "张三", "2026-06-20", "否", None]


def row(**changes: Any) -> list[Any]:
    """One ordinary row with some cells changed, by the number of the column (c1=…)."""
    cells = list(ROW)
    for name, value in changes.items():
        cells[int(name[1:])] = value
    return cells


def ledger(*rows: Sequence[Any], header: Sequence[Any] = HEADER, name: str = "台账.xlsx") -> io.BytesIO:
    """A hazard ledger of the rows."""
    return xlsx([list(header), *rows], name=name)


def bring(file: Any, unit: Unit, actor: Any = None, name: str = "", **options: Any) -> Outcome:
    """Import a file for a unit, by a person or at the console."""
    if actor is not None:
        actor.wear(actor.memberships.select_related("unit__area").get())
    title = name or Path(str(getattr(file, "name", file))).name
    return import_ledger(open_ledger(file, title), Importer(unit, actor), **options)
