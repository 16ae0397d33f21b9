"""Import a ledger: open the file, tell which kind it is, read every row, write each good one exactly once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from common.errors import Forbidden, Refused
from common.spreadsheets import Field, Table, choose_table, open_workbook
from common.spreadsheets.outcome import Outcome, Rejection, chunks
from common.spreadsheets.reading import Source
from hazards.imports import fields as hazard_fields
from hazards.imports.fingerprint import fingerprint
from hazards.imports.rows import Draft, context_of, read_row
from hazards.imports.saving import Importer, save
from units.access import holds
from units.imports import fields as enterprise_fields
from units.imports.ledger import import_enterprises
from units.roles import Right

HAZARDS, ENTERPRISES = "hazards", "enterprises"
KINDS = {HAZARDS: "隐患台账", ENTERPRISES: "企业名录"}
FIELDS: dict[str, tuple[Field, ...]] = {HAZARDS: hazard_fields.FIELDS, ENTERPRISES: enterprise_fields.FIELDS}
CHUNK = 2_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Ledger:
    """A file as understood: its kind, its table, and the name it was sent under."""

    kind: str
    table: Table
    name: str


def open_ledger(
    source: Source, name: str, kind: str = "", by_index: Mapping[int, str] | None = None, sheet: str = ""
) -> Ledger:
    """Open a file and find its table; the kind is told by the header when not given.

    `by_index` (column number → field key) is the mapping a person corrected, `sheet` the one they chose. Raises `Refused` with the reason when
    the file cannot be read, has no header or lacks a required column.
    """
    sheets = open_workbook(source, name)
    sheets = [each for each in sheets if each.name == sheet] or sheets
    if kind:
        table = choose_table(sheets, FIELDS[kind], by_index)
    else:
        kind, table = _either([(each, _try(sheets, FIELDS[each])) for each in KINDS])
    return Ledger(kind, table, name)


def _try(sheets: list, fields: tuple[Field, ...]) -> Table | None:
    try:
        return choose_table(sheets, fields)
    except Refused:
        return None


def _either(found: list[tuple[str, Table | None]]) -> tuple[str, Table]:
    """The kind whose required columns are there; of two, the hazards, for only they describe what is wrong."""
    tables = [(kind, table) for kind, table in found if table is not None]
    if not tables:
        raise Refused("没有找到表头，无法判断是隐患台账还是企业名录。请确认表格中有一行列名，如“企业名称”“隐患描述”。")
    complete = [(kind, table) for kind, table in tables if not table.missing]
    return complete[0] if complete else max(tables, key=lambda pair: len(pair[1].mapping.fields))


def check_complete(table: Table) -> None:
    """Refuse a table that lacks a required column or has no data rows."""
    if table.missing:
        labels = "、".join(f"“{each.label}”" for each in table.missing)
        raise Refused(
            f"缺少必需的列：{labels}。已识别的列：{'、'.join(c.header for c in table.mapping.fields.values())}。"
        )
    if not table.rows:
        raise Refused("表头之下没有数据行。")


def import_ledger(
    ledger: Ledger, importer: Importer, *, dry_run: bool = False, progress: Progress = lambda done: None
) -> Outcome:
    """Import every good row of the ledger once, reject the others with their reasons; `progress` hears rows done.

    Each chunk of rows is one transaction; what is stored is known again by its fingerprint, so an import that died
    half-way is completed by sending the file again. `dry_run` judges everything and writes nothing.
    """
    check_complete(ledger.table)
    if ledger.kind == ENTERPRISES:
        if importer.actor is not None and not holds(importer.actor, Right.EDIT_UNIT):
            raise Forbidden("企业名录由街道安委办导入；您可以导入隐患台账，其中尚未建档的企业会自动列为待确认。")
        return import_enterprises(ledger.table, importer.area, dry_run=dry_run, progress=progress)
    return _import_hazards(ledger, importer, dry_run=dry_run, progress=progress)


def _import_hazards(ledger: Ledger, importer: Importer, *, dry_run: bool, progress: Progress) -> Outcome:
    outcome = Outcome(rows=len(ledger.table.rows))
    keyed = _read(ledger.table, importer.street_path, outcome)
    done = outcome.rows - len(keyed)
    for chunk in chunks(keyed, CHUNK):
        accepted, created, notes = save(importer, chunk, ledger.name, dry_run=dry_run)
        outcome.accepted += accepted
        outcome.duplicates += len(chunk) - accepted
        outcome.created_units += created
        outcome.notes += notes
        done += len(chunk)
        progress(done)
    return outcome


def _read(table: Table, street_path: str, outcome: Outcome) -> list[tuple[str, Draft]]:
    """Fingerprint and draft of every good row; a row repeated within the file counts once."""
    context = context_of(table)
    keyed: dict[str, Draft] = {}
    for row in table.rows:
        read = read_row(context, row)
        if isinstance(read, Rejection):
            outcome.rejected.append(read)
            continue
        mark = fingerprint(read, street_path)
        if mark in keyed:
            outcome.duplicates += 1
        keyed.setdefault(mark, read)
    return list(keyed.items())
