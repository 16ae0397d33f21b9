"""The criteria library 判定标准库: loading an edition of our wording, and suggesting items for a description."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from common import search
from common.snapshot import Snapshot
from hazards.models import CriterionItem, CriterionStandard
from units.models import Sector

DATA = Path(__file__).parent / "data"
STANDARDS = DATA / "criteria_standards.csv"
ITEMS = DATA / "criteria_items.csv"
PARTLY_COVERED = "GB 35181-2025"
PARTLY_COVERED_NOTE = (
    f"《重大火灾隐患判定规则》（{PARTLY_COVERED}）现行有效，本库仅部分收录；"
    "消防隐患定级请同时核对标准原文，库中没有的条款写明定级理由，按“总局令第16号第三条”认定。"
)
GENERAL = "ZH-2008"  # 总局令第16号: what a 重大 is where no standard of a sector says it
ANYWHERE = frozenset({"消防", "特种设备", "综合"})  # sectors whose standards reach into every place
LIMIT = 8  # suggestions shown at once
_STANDARD_FIELDS = {
    "title": "standard_title",
    "document_number": "document_number",
    "issuer": "issuer",
    "effective_date": "effective_date",
    "status": "status",
    "replaced_by": "replaced_by",
    "sector": "sector",
    "confidence": "confidence",
}
_ITEM_FIELDS = ("sector", "sub_sector", "description", "keywords", "level", "confidence", "search_text", "search_grams")


def load(
    version: int = 1,
    standards: Path = STANDARDS,
    items: Path = ITEMS,
    standard_model: Any = CriterionStandard,
    item_model: Any = CriterionItem,
) -> dict[str, int]:
    """Load both CSV files as `version` beside what is there; running it again changes only what differs.

    An item somebody has checked against the official text keeps its confidence. Returns how many rows the files hold
    and how many items were new. Raises KeyError for an item whose standard the first file lacks.
    """
    with transaction.atomic():
        known = {row["standard_code"]: _standard(standard_model, version, row) for row in _rows(standards)}
        rows = list(_rows(items))
        created = sum(
            _items(item_model, known[code], [row for row in rows if row["standard_code"] == code])
            for code in dict.fromkeys(row["standard_code"] for row in rows)
        )
    _index.invalidate()
    return {"standards": len(known), "items": len(rows), "created": created}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {key: (value or "").strip() for key, value in row.items() if key}


def _standard(model: Any, version: int, row: Mapping[str, str]) -> Any:
    fields = {name: row[column] for name, column in _STANDARD_FIELDS.items()}
    fields["clause_count"] = int(row["clause_count"]) if row["clause_count"] else None
    return model.objects.update_or_create(code=row["standard_code"], version=version, defaults=fields)[0]


def _items(model: Any, standard: Any, rows: Iterable[Mapping[str, str]]) -> int:
    """Store the items of one standard; returns how many were new."""
    known = {(item.clause, item.title): item for item in model.objects.filter(standard=standard)}
    new, changed = [], []
    for row in rows:
        item = known.get((row["clause"], row["title"]))
        fields = _fields(row, keep_confidence=bool(item and item.checked_by))
        if item is None:
            new.append(model(standard=standard, clause=row["clause"], title=row["title"], **fields))
        elif any(getattr(item, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(item, name, value)
            changed.append(item)
    model.objects.bulk_create(new)
    model.objects.bulk_update(changed, _ITEM_FIELDS)
    return len(new)


def _fields(row: Mapping[str, str], keep_confidence: bool) -> dict[str, Any]:
    names = ("sector", "sub_sector", "description", "keywords", "level", "confidence")
    fields: dict[str, Any] = {name: row[name] for name in names if not (name == "confidence" and keep_confidence)}
    words = (row["title"], row["description"], row["keywords"], row["clause"], row["sector"], row["sub_sector"])
    fields["search_text"] = " ".join(filter(None, map(search.normalise, words)))
    fields["search_grams"] = search.grams(*words)
    return fields


def general() -> CriterionItem:
    """The clause that defines a 重大 for every sector (总局令第16号 Art.3); an emptied library is loaded again."""
    items = CriterionItem.objects.in_force().select_related("standard").filter(standard__code=GENERAL)
    return items.first() or (load() and items.get())


def cited_in(text: str) -> CriterionItem | None:
    """The item in force that a ledger's 判定依据 names by standard and clause, or by its title; None unless it is one."""
    words = _bare(text)
    named = [entry for entry in _index.get() if entry.title in words]
    cited = [entry for entry in _index.get() if entry.clause in words and any(name in words for name in entry.standard)]
    longest = max((len(entry.clause) for entry in cited), default=0)  # 第三条(一) names 第三条 as well
    cited = [entry for entry in cited if len(entry.clause) == longest]
    both = [entry for entry in cited if entry in named]
    one = next((found[0] for found in (both, cited, named) if len(found) == 1), None)
    return CriterionItem.objects.select_related("standard").get(pk=one.pk) if one else None


def beside(item: CriterionItem | None, text: str) -> str:
    """What a 判定依据 says besides the clause it names."""
    rest = text.removeprefix(f"{item}；")
    return "" if _bare(rest) in _bare(str(item or "")) else rest


def _bare(text: str) -> str:
    """Letters and digits only: 第三条（一） and 第三条(一) are the same clause."""
    return "".join(char for char in search.normalise(text) if char.isalnum())


@dataclass(frozen=True, slots=True)
class _Entry:
    pk: int
    keywords: tuple[str, ...]
    pairs: frozenset[str]
    text: str
    title: str
    clause: str
    standard: tuple[str, ...]
    sector: str


def _entries() -> list[_Entry]:
    return [_entry(item) for item in CriterionItem.objects.in_force().select_related("standard")]


def _entry(item: CriterionItem) -> _Entry:
    standard = (item.standard.title, item.standard.document_number, item.standard.code)
    return _Entry(
        pk=item.pk,
        keywords=tuple(filter(None, search.normalise(item.keywords).replace("；", ";").split(";"))),
        pairs=_pairs(item.title),
        text=item.search_text,
        title=_bare(item.title),
        clause=_bare(item.clause) or "无条号",
        standard=tuple(filter(None, map(_bare, standard))),
        sector=item.sector,
    )


_index: Snapshot[list[_Entry]] = Snapshot(_entries)


def _pairs(text: str) -> frozenset[str]:
    return frozenset(gram for gram in search.grams(text) if len(gram) == 2)


def suggest(text: str, limit: int = LIMIT, sector: Sector | None = None) -> list[CriterionItem]:
    """The items in force that best fit a description being typed, the best first; none for fewer than two characters.

    Keywords of an item found in the text weigh most, then words of the title it shares with the text; searched words
    separated by spaces that an item contains all of put it on top. Where the `sector` of the place is known its own
    standards come first and those of other sectors last. Reads the database once.
    """
    typed = search.normalise(text)
    if len(typed) < 2:
        return []
    words = [search.normalise(word) for word in text.split()]
    pairs = _pairs(typed)
    own = (sector.name, *filter(None, sector.synonyms.split(";"))) if sector else ()
    scored = [
        (score * _nearness(entry.sector, own), entry.pk)
        for entry in _index.get()
        if (score := _score(entry, typed, words, pairs)) >= 2
    ]
    best = [pk for _, pk in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:limit]]
    found = CriterionItem.objects.select_related("standard").in_bulk(best)
    return [found[pk] for pk in best if pk in found]


def _nearness(sector: str, own: tuple[str, ...]) -> float:
    """How much a standard of `sector` counts at a place known by the names `own`."""
    if not own or sector in ANYWHERE:
        return 1.0
    return 1.5 if any(name in sector or sector in name for name in own) else 0.5


def _score(entry: _Entry, typed: str, words: list[str], pairs: frozenset[str]) -> float:
    keywords = sum(len(word) for word in entry.keywords if len(word) > 1 and word in typed)
    shared = len(pairs & entry.pairs)
    sought = 20 if all(word in entry.text for word in words) else 0
    return sought + 1.5 * keywords + shared
