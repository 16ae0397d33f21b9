"""What a list page is made of: its columns, figures, bulk actions and the words it says when it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from common import wording
from common.badges import badge_html, badge_of

Read = str | Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """One column of a ledger.

    `value` reads it from the row: a dotted attribute path (a key where rows are dicts), or a function; by default the
    `key`. `show` turns the value into what the page shows, `export` the row into what a workbook gets. `order` are the
    model fields to sort by; without them the column does not sort. `default=False` hides it until it is chosen.
    `kind` (text, date, datetime, number, money, percent) and `width` (characters) format the exported column.
    """

    key: str
    label: str
    value: Read = ""
    show: Callable[[Any], Any] | None = None
    export: Callable[[Any], Any] | None = None
    order: tuple[str, ...] = ()
    link: bool = False
    numeric: bool = False
    default: bool = True
    css: str = ""
    kind: str = "text"
    width: int = 16

    def read(self, row: Any) -> Any:
        """The raw value in `row`; None where a step of the path is None or, one to one, does not exist."""
        source = self.value or self.key
        if callable(source):
            return source(row)
        if isinstance(row, dict):
            return row[source]
        *steps, last = source.split(".")
        for step in steps:
            try:
                row = getattr(row, step)
            except ObjectDoesNotExist:
                return None
            if row is None:
                return None
        return getattr(row, last)

    def text(self, row: Any) -> Any:
        """What the page shows; "—" for None."""
        value = self.read(row)
        return wording.dash(self.show(value) if self.show and value is not None else value)

    @property
    def css_class(self) -> str:
        """The style classes of the column's cells."""
        names = (self.css, "cell-number" if self.numeric else "", "cell-main" if self.link else "")
        return " ".join(name for name in names if name)

    def exported(self, row: Any) -> Any:
        """What the export writes: dates and numbers stay dates and numbers."""
        return self.export(row) if self.export else self.read(row)


def badge_column(key: str, label: str, kind: str, value: Read = "", **more: Any) -> Column:
    """A column of states or levels of one registered `kind`; exports the Chinese label."""
    plain = Column(key, label, value)

    def exported(row: Any) -> str:
        found = plain.read(row)
        return "" if found is None else badge_of(kind, found).label

    return Column(key, label, value, show=lambda found: badge_html(badge_of(kind, found)), export=exported, **more)


def date_column(key: str, label: str, value: Read = "", **more: Any) -> Column:
    """A column of days, shown as 2026年11月22日."""
    return Column(key, label, value, show=wording.cn_date, css="cell-date", **{"kind": "date", **more})


def due_column(key: str, label: str, due: Read = "", done: Read | None = None, **more: Any) -> Column:
    """A column of deadlines: the countdown (judged at `done` where it is set); exports the moment itself."""
    from common.templatetags.ui import countdown

    at = Column(key, label, due)
    finished = Column(key, label, done) if done else None

    def pair(row: Any) -> tuple[Any, Any] | None:
        moment = at.read(row)
        return None if moment is None else (moment, finished.read(row) if finished else None)

    return Column(
        key,
        label,
        pair,
        show=lambda both: countdown(*both),
        export=at.read,
        css="cell-date",
        **{"kind": "datetime", **more},
    )


@dataclass(frozen=True)
class Figure:
    """A number that opens the list it counts (`url`)."""

    label: str
    value: Any
    url: str = ""
    unit: str = ""
    tone: str = "plain"
    icon: str = ""
    note: str = ""


@dataclass(frozen=True)
class BulkAction:
    """A button over the list that posts the picked rows (`ids`, repeated) to `url`."""

    label: str
    url: str
    icon: str = "check"
    tone: str = ""


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what is missing and what to do about it."""

    title: str
    hint: str = ""
    action_label: str = ""
    action_url: str = ""
    icon: str = "inbox"


@dataclass(frozen=True)
class Chip:
    """A filter in force; following `url` takes it off."""

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class Head:
    """A shown column's heading."""

    label: str
    numeric: bool
    sort_url: str
    direction: str


@dataclass(frozen=True)
class Cell:
    """One cell as the page shows it; `label` heads it where the table becomes cards."""

    label: str
    text: Any
    url: str
    css: str


@dataclass(frozen=True)
class Row:
    """One record as the page shows it."""

    id: Any
    name: str
    tone: str
    cells: list[Cell]


@dataclass(frozen=True)
class LedgerState:
    """Everything the templates of a list page read, as `ledger`."""

    title: str
    form: Any
    chips: list[Chip]
    hidden: list[tuple[str, str]]
    kept_without_columns: list[tuple[str, str]]
    query: str
    columns: list[Head]
    all_columns: list[dict[str, Any]]
    rows: list[Row]
    figures: Sequence[Figure]
    bulk_actions: Sequence[BulkAction]
    exports: bool
    empty: Empty
    sizes: tuple[int, ...]
    size: int
    saved_views: Any = None
