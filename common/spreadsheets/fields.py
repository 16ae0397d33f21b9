"""What an importer looks for (`Field`) and which column of a header answers to it: fuzzy, but never a guess.

Headers are compared in three steps, each tried for every column before the next begins: equal to a label or
synonym, containing one, similar to one. A step that finds two equally good answers maps nothing and says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

SIMILAR = 0.8
CLEARLY_BETTER = 0.08
SHORTEST_PART = 2
UNCERTAIN = 1_000

_BRACKETED = re.compile(r"[(\[【〔{<《][^)\]】〕}>》]*[)\]】〕}>》]")
_PUNCTUATION = re.compile(r"[\s\W_]+")


@dataclass(frozen=True)
class Field:
    """One thing a ledger may say about a row.

    `synonyms` are other headers for it, the more certain first ("整改情况/整改时限" names a column under a parent header);
    `names` are label and synonyms as compared, with their position; `excludes` are
    words whose presence rules the field out; `spans` marks what is written once for a block of rows and
    left blank below; `stand_in` is the key of the field whose column answers where this one has none;
    `choices` and `example` serve the template.
    """

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    excludes: tuple[str, ...] = ()
    spans: bool = False
    stand_in: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    note: str = ""
    width: int = 16
    names: Mapping[str, int] = field(init=False, repr=False, hash=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        names: dict[str, int] = {}
        for position, name in enumerate((self.label, *self.synonyms)):
            for normal in variants(name):
                names.setdefault(normal, position)
        object.__setattr__(self, "names", names)

    def is_excluded(self, header: str) -> bool:
        """Whether a word in the header rules this field out."""
        return any(normalise(word) in header for word in self.excludes)


@dataclass(frozen=True)
class Column:
    """A column of the table as found. `header` is the path as printed ("整改情况/整改时限")."""

    index: int
    header: str
    levels: tuple[str, ...]
    field: str = ""
    how: str = ""


@dataclass(frozen=True)
class ColumnMap:
    """Which columns answer to which field, and what could not be decided."""

    columns: tuple[Column, ...]
    unknown: tuple[str, ...]
    ambiguous: Mapping[str, tuple[str, ...]]

    @cached_property
    def fields(self) -> dict[str, Column]:
        """Field key → its column."""
        return {column.field: column for column in self.columns if column.field}


def normalise(text: str) -> str:
    """A header without width, case, spaces and punctuation."""
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text)).lower()


def variants(text: str) -> tuple[str, ...]:
    """A header normalised in full and, when it has brackets, also without what they hold."""
    wide = unicodedata.normalize("NFKC", text)
    full, short = normalise(wide), normalise(_BRACKETED.sub("", wide))
    return (full, short) if short and short != full else (full,)


def match_columns(columns: Sequence[Column], fields: Sequence[Field]) -> ColumnMap:
    """Assign fields to columns; of two columns for one field the more certain name wins, then the first.

    The other is reported as doubtful.
    """
    matching = _Matching(fields)
    certain = sorted(columns, key=lambda column: _certainty(column, fields))
    for how, rate in (("exact", _exact), ("contains", _contains), ("similar", _similar)):
        for column in certain:
            matching.try_step(column, how, rate)
    matching.stand_in()
    mapped = tuple(
        Column(each.index, each.header, each.levels, *matching.chosen.get(each.index, ("", ""))) for each in columns
    )
    left = (column for column in mapped if column.header and not column.field and not _is_serial(column))
    unknown = tuple(column.header for column in left if column.header not in matching.ambiguous)
    return ColumnMap(mapped, unknown, matching.ambiguous)


def assign_columns(columns: Sequence[Column], by_index: Mapping[int, str]) -> ColumnMap:
    """The mapping a person chose: column index → field key, "" for a column to leave out."""
    mapped = tuple(
        Column(column.index, column.header, column.levels, by_index.get(column.index, ""), "chosen")
        for column in columns
    )
    unknown = tuple(column.header for column in mapped if column.header and not column.field)
    return ColumnMap(mapped, unknown, {})


class _Matching:
    """The state of one assignment: what is chosen so far (column → field, step) and what stays doubtful."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = fields
        self.chosen: dict[int, tuple[str, str]] = {}
        self.ambiguous: dict[str, tuple[str, ...]] = {}
        self._repeated: set[int] = set()

    def try_step(self, column: Column, how: str, rate: Callable[[Column, Field], float]) -> None:
        """Rate every field for one column at one step and take the single best one, if it is still free."""
        if column.index in self.chosen or column.index in self._repeated or not column.levels:
            return
        rated = [(score, each) for each in self.fields if (score := rate(column, each)) > 0]
        if not rated:
            return
        top = max(score for score, _ in rated)
        best = [each for score, each in rated if top - score < _margin(how)]
        if len(best) > 1:
            self.ambiguous[column.header] = tuple(each.label for each in best)
            return
        self._take(column, how, best[0])

    def _take(self, column: Column, how: str, best: Field) -> None:
        self.ambiguous.pop(column.header, None)
        if best.key not in {key for key, _ in self.chosen.values()}:
            self.chosen[column.index] = (best.key, how)
        elif how == "exact":
            self._repeated.add(column.index)
            self.ambiguous[column.header] = (best.label,)

    def stand_in(self) -> None:
        """Give a field without a column that of its stand-in."""
        index_of = {key: index for index, (key, _) in self.chosen.items()}
        for each in self.fields:
            if each.key not in index_of and each.stand_in in index_of:
                self.chosen[index_of[each.stand_in]] = (each.key, "contains")


def _margin(how: str) -> float:
    return CLEARLY_BETTER if how == "similar" else 1e-9


def _forms(column: Column) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The normalised forms of the lowest header and of the whole path."""
    return variants(column.levels[-1]), variants("".join(column.levels))


def _exact(column: Column, candidate: Field) -> float:
    """The whole path outranks the lowest header alone, and either outranks a form without its brackets."""
    leaf, path = _forms(column)
    if candidate.is_excluded(path[0]):
        return 0
    ranked = (path[0], leaf[0], path[-1], leaf[-1])
    return next((4.0 - rank for rank, form in enumerate(ranked) if form in candidate.names), 0)


def _certainty(column: Column, fields: Sequence[Field]) -> int:
    """How early a header stands among the names of the field it equals; last when it equals none."""
    forms = {*variants(column.levels[-1]), *variants("".join(column.levels))} if column.levels else set()
    return min((each.names[form] for each in fields for form in forms if form in each.names), default=UNCERTAIN)


def _contains(column: Column, candidate: Field) -> float:
    """Length of the longest name found inside the lowest header, as a share of the header."""
    leaf, path = _forms(column)
    if candidate.is_excluded(path[0]):
        return 0
    found = [len(name) for name in candidate.names if len(name) > SHORTEST_PART and name in leaf[0]]
    share = max(found, default=0) / max(len(leaf[-1]), 1)
    return share if share >= 0.5 else 0


def _similar(column: Column, candidate: Field) -> float:
    leaf, path = _forms(column)
    if candidate.is_excluded(path[0]) or len(leaf[-1]) <= SHORTEST_PART:
        return 0
    best = max((_ratio(name, leaf[-1]) for name in candidate.names), default=0.0)
    return best if best >= SIMILAR else 0


@lru_cache(maxsize=50_000)
def _ratio(name: str, header: str) -> float:
    """Similarity of two texts; 0 at once where their lengths or letters already rule it out."""
    matcher = SequenceMatcher(None, name, header)
    return matcher.ratio() if matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR else 0.0


def _is_serial(column: Column) -> bool:
    return bool(column.levels) and normalise(column.levels[-1]) in {"序号", "编号", "no", "行号"}
