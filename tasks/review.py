"""The review page: the document in paragraphs with every value marked in place, and the rows read from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tasks.models import DraftTask, PlanDraft
from tasks.wordings import Meant

LABELS = {
    "title": "任务", "lead": "牵头", "responsible": "责任", "cooperating": "配合", "due": "时限", "recurrence": "频次",
    "quantities": "指标", "leader": "责任人", "head": "方案",
}  # fmt: skip
HEADS = {"title": "名称", "number": "文号", "issuer": "印发单位", "period": "起止时间"}
FEW, MANY = 12, 60  # doubtful rows that stand open at once; rows above which the groups of the sure ones are closed
NO_ACTION = "未分行动"
SHOWN = ("title", "lead", "responsible", "cooperating", "due", "recurrence", "quantities", "leader")


@dataclass(frozen=True)
class Segment:
    """A stretch of text; a marked one has its kind, what to say about it, and the row it belongs to."""

    text: str
    kind: str = ""
    label: str = ""
    doubt: str = ""
    id: str = ""
    row: int | None = None


@dataclass
class Value:
    """One value of a row as it is shown: with the mark it comes from, its doubt, and what its unit name means."""

    text: str
    mark: str = ""
    doubt: str = ""
    meant: Meant | None = None


@dataclass
class Shown:
    """A row with its fields."""

    row: DraftTask
    fields: list[tuple[str, str, list[Value]]] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Where its title stands in the document."""
        return f"m{self.row.pk}-title-0"

    @property
    def waits(self) -> bool:
        """Whether somebody has to look at it before it is imported."""
        return self.row.is_unsure and not self.row.is_left_out

    @property
    def brief(self) -> str:
        """What was read of it, in one line: 牵头 街道安委办、责任 3、时限 1."""
        said = [(label, values) for _, label, values in self.fields if values]
        return "　".join(f"{label} {values[0].text if len(values) == 1 else len(values)}" for label, values in said)


@dataclass
class Group:
    """Rows under one heading of the page; `opens_rows`: their fields stand open."""

    title: str
    rows: list[Shown]
    key: str
    is_open: bool = True
    opens_rows: bool = False


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    kind: str
    label: str
    doubt: str
    id: str
    row: int | None


class Marks:
    """All marks of a draft; a value inside another's characters shares its mark."""

    def __init__(self, draft: PlanDraft, rows: Iterable[DraftTask], heads: bool = True) -> None:
        self.text = draft.text
        marks = [mark for row in rows for mark in _of_row(row)] + (_of_head(draft) if heads else [])
        self.kept: list[_Mark] = []
        self.same: dict[str, str] = {}
        for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
            if self.kept and mark.start < self.kept[-1].end:
                self.same[mark.id] = self.kept[-1].id
            else:
                self.kept.append(mark)

    def id(self, wanted: str) -> str:
        """The mark on the page that holds the value."""
        return self.same.get(wanted, wanted)

    def paragraphs(self, start: int = 0, end: int | None = None) -> list[list[Segment]]:
        """The text from start to end by lines, in marked and plain stretches."""
        end = len(self.text) if end is None else end
        lines: list[list[Segment]] = [[]]
        at = start
        for mark in self.kept:
            if mark.start < start or mark.end > end:
                continue
            _add(lines, self.text[at : mark.start], None)
            _add(lines, self.text[mark.start : mark.end], mark)
            at = mark.end
        _add(lines, self.text[at:end], None)
        return [line for line in lines if any(segment.text.strip() for segment in line)]


def _add(lines: list[list[Segment]], text: str, mark: _Mark | None) -> None:
    for place, part in enumerate(text.split("\n")):
        if place:
            lines.append([])
        if part and mark is None:
            lines[-1].append(Segment(part))
        elif part and mark:
            name = mark.id if not place else ""
            lines[-1].append(Segment(part, mark.kind, mark.label if not place else "", mark.doubt, name, mark.row))


def _of_row(row: DraftTask) -> list[_Mark]:
    return [
        _Mark(each["start"], each["end"], kind, LABELS[kind], each["doubt"], f"m{row.pk}-{kind}-{place}", row.pk)
        for kind in SHOWN
        for place, each in enumerate(row.sources.get(kind, []))
        if each["end"] > each["start"]
    ]


def _of_head(draft: PlanDraft) -> list[_Mark]:
    heads = [(name, draft.marks[name]) for name in HEADS if name in draft.marks]
    marks = [
        _Mark(each["start"], each["end"], "head", HEADS[name], each["doubt"], f"h-{name}", None) for name, each in heads
    ]
    actions = draft.marks.get("actions", [])
    return marks + [
        _Mark(each["start"], each["end"], "head", "行动", each["doubt"], f"h-action-{place}", None)
        for place, each in enumerate(actions)
    ]


def shown(rows: Iterable[DraftTask], marks: Marks, meanings: dict[str, Meant]) -> list[Shown]:
    """Every row with the values it holds now, each linked to the characters it came from."""
    return [
        Shown(row, [(kind, LABELS[kind], _values(row, kind, marks, meanings)) for kind in SHOWN[1:]]) for row in rows
    ]


def _values(row: DraftTask, kind: str, marks: Marks, meanings: dict[str, Meant]) -> list[Value]:
    held: list[Any] = (
        [row.leader] if kind == "leader" and row.leader else list(getattr(row, kind)) if kind != "leader" else []
    )
    sources = row.sources.get(kind, [])
    values = []
    for value in held:
        text = value if isinstance(value, str) else f"{value.year}年{value.month}月{value.day}日"
        place = next((place for place, each in enumerate(sources) if _is(each, value)), None)
        mark = "" if place is None else marks.id(f"m{row.pk}-{kind}-{place}")
        doubt = "" if place is None or row.corrected_at else sources[place]["doubt"]
        values.append(Value(text, mark, doubt, meanings.get(text)))
    return values


def _is(source: dict[str, Any], value: Any) -> bool:
    return source["text"] == value if isinstance(value, str) else source.get("day") == value.isoformat()


def grouped(rows: list[Shown]) -> list[Group]:
    """What waits for a person first, the rest by action; a long document's sure rows are folded away."""
    waiting, groups = [row for row in rows if row.waits], dict[str, list[Shown]]()
    for row in rows:
        if not row.waits:
            groups.setdefault(row.row.action or NO_ACTION, []).append(row)
    first = [Group("拿不准的，请先核对", waiting, "unsure", True, len(waiting) <= FEW)] if waiting else []
    return first + [
        Group(name, inside, f"g{place}", len(rows) <= MANY, len(rows) <= FEW)
        for place, (name, inside) in enumerate(groups.items(), 1)
    ]
