"""Ledgers going out as .xlsx and .csv, and one of 5,000 rows coming in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.urls import reverse

from benchmarks import floors
from benchmarks.bench import Bench
from benchmarks.gauge import Operation
from benchmarks.history import PROBLEMS
from common.spreadsheets import OutColumn, write_xlsx
from hazards.imports.ledger import HAZARDS, import_ledger, open_ledger
from hazards.imports.saving import Importer
from hazards.models import Hazard

IMPORTED = 5_000
HEADER = (
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
)


def exports(bench: Bench) -> Iterator[Operation]:
    """The ledger in the office layout."""
    url, since = reverse("hazard-list"), bench.scope["exported_from"].isoformat()
    rows = len(bench.sql(floors.EXPORT))

    def plain() -> list[Any]:
        return bench.sql(floors.EXPORT)

    for kind in ("xlsx", "csv"):
        yield Operation(
            f"export .{kind}, {rows:,} rows",
            lambda kind=kind: bench.get(url, export=kind, reported_after=since),
            plain,
            items=rows,
            runs=5,
            patience=20,
        )


def imports(bench: Bench) -> Iterator[Operation]:
    """A new file each time: read, understand, judge, store. The floor stores the same number of rows with one COPY."""
    importer = Importer(bench.street.office, bench.street.people["officer"])
    number = 0
    book = io.BytesIO()

    def prepare() -> None:
        nonlocal number, book
        number += 1
        book = _workbook(bench, number)

    def bring() -> None:
        outcome = import_ledger(open_ledger(book, "台账.xlsx", HAZARDS), importer)
        if outcome.accepted != IMPORTED:
            raise RuntimeError(f"{outcome.accepted} of {IMPORTED} rows accepted")

    lines = _copy_out()
    yield Operation(
        "import .xlsx, 5,000 rows", bring, lambda: _copy_in(lines), prepare, items=IMPORTED, runs=5, patience=40
    )


def _workbook(bench: Bench, number: int) -> io.BytesIO:
    """Every enterprise of the street in turn, three rows in four closed; `number` makes the file new."""
    target = io.BytesIO()
    write_xlsx(target, "隐患排查台账", [OutColumn(head) for head in HEADER], _rows(bench, number))
    target.seek(0)
    return target


def _rows(bench: Bench, number: int) -> Iterator[list[Any]]:
    for index in range(IMPORTED):
        firm = bench.street.firms[index % len(bench.street.firms)]
        text, _, place = PROBLEMS[index % len(PROBLEMS)]
        end = ["是", f"2026-06-{12 + index % 9}"] if index % 4 else ["否", None]
        found, due = f"2026-06-{1 + index % 9:02d}", f"2026-12-{1 + index % 28:02d}"
        yield [firm.name, "", found, f"{text}（第{number}次第{index}处）", place, "一般", "张三", due, *end]


def _copy_out() -> bytes:
    lines = io.BytesIO()
    newest = Hazard.objects.order_by("-pk")[: min(IMPORTED, Hazard.objects.count())][::-1][0].pk
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY (SELECT * FROM hazards_hazard WHERE id >= {newest}) TO STDOUT", lines)
    return lines.getvalue()


def _copy_in(lines: bytes) -> None:
    """Into an empty table with the ledger's indexes, taken back afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE floor (LIKE hazards_hazard INCLUDING ALL)")
        cursor.cursor.copy_expert("COPY floor FROM STDIN", io.BytesIO(lines))
        transaction.set_rollback(True)
