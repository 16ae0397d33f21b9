"""The enterprise ledger import (企业名录): read, judge, and write each enterprise exactly once."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from common.spreadsheets import Table
from common.spreadsheets.outcome import Outcome, Rejection, chunks
from units.imports.directory import Directory, areas_below, codes_in_use
from units.imports.rows import Draft, read_row
from units.imports.saving import create_enterprises, lock_street
from units.models import Area

CHUNK = 1_000
Progress = Callable[[int], None]


def import_enterprises(
    table: Table, area: Area, *, dry_run: bool = False, progress: Progress = lambda done: None
) -> Outcome:
    """Bring the enterprises of `table` into the street of `area`; `progress` hears the rows done.

    A second row of the same enterprise, and one the system already has, is a duplicate. Every chunk of rows is
    written whole or not at all; sent again, the file adds nothing.
    """
    outcome = Outcome(rows=len(table.rows))
    drafts = _read(table, outcome)
    seen: set[str] = set()
    done = len(outcome.rejected)
    for chunk in chunks(drafts, CHUNK):
        with transaction.atomic():
            lock_street(area.street_path)
            directory = Directory(area.street_path)
            fresh = _fresh(chunk, seen, directory, outcome)
            if fresh and not dry_run:
                create_enterprises(fresh, area, areas_below(area.path), directory)
            outcome.accepted += len(fresh)
        done += len(chunk)
        progress(done)
    return outcome


def _read(table: Table, outcome: Outcome) -> list[Draft]:
    drafts = []
    for row in table.rows:
        read = read_row(table, row)
        if isinstance(read, Rejection):
            outcome.rejected.append(read)
        else:
            drafts.append(read)
            outcome.notes.extend((read.number, remark) for remark in read.remarks if "待核实" in remark)
    return drafts


def _fresh(drafts: list[Draft], seen: set[str], directory: Directory, outcome: Outcome) -> list[Draft]:
    """The drafts neither met earlier in this file nor known to the system; the others count as duplicates."""
    taken = codes_in_use(draft.uscc for draft in drafts if draft.uscc)
    fresh = []
    for draft in drafts:
        if seen & draft.identities or draft.uscc in taken or _is_known(draft, directory):
            outcome.duplicates += 1
        else:
            fresh.append(draft)
        seen |= draft.identities
    return fresh


def _is_known(draft: Draft, directory: Directory) -> bool:
    """A confirmed enterprise of the same name, when neither side's credit code tells them apart."""
    known = directory.by_name(draft.name)
    return known is not None and not known.is_provisional and (not draft.uscc or not known.has_code)
