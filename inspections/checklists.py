"""The checklists 检查表: loading an edition from CSV, publishing a new version, and which one fits a place."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from common import clock
from hazards.models import CriterionItem
from hazards.models.hazard import Level
from inspections.models import Checklist, ChecklistItem, ChecklistVersion
from units.models import Unit

DATA = Path(__file__).parent / "data" / "checklists.csv"
GENERAL_CODE = "CL-13"  # 九小场所通用: what is used where nothing fits better
LEVELS = {str(level.label): level.value for level in Level}
# 场所类型 of a checklist → further words by which a place of that kind is known.
WORDS = {
    "餐饮": "餐饮;餐馆;饭店;小餐饮;食堂;火锅;小吃",
    "商铺": "商铺;商店;超市;店铺;小商店;零售;五金",
    "出租屋": "出租屋;自建房;公寓;民宿;旅馆;旅店;小旅馆",
    "加油站": "加油站;加气站",
    "粉尘企业": "粉尘;木器;家具;面粉;打磨;抛光;饲料",
    "建筑工地": "工地;建筑;施工;小型工程",
    "学校": "学校;幼儿园;培训;中学;小学;小学校",
    "养老机构": "养老;敬老院;福利院",
    "医院": "医院;诊所;卫生院;卫生室;小医院",
    "工贸通用": "工贸;工厂;加工;机械;制造;冶金;建材;食品;小生产加工;厂",
    "危化经营": "危化;化工;危险化学品;农药;油漆",
    "非煤矿山": "矿山;采石;采石场;非煤",
    "九小场所": "九小",
    "烟花爆竹零售": "烟花;爆竹",
    "有限空间": "有限空间;污水处理",
    "高层住宅": "高层;住宅;小区;物业;充电",
}
_ITEM_FIELDS = ("text", "how", "basis", "level", "criteria_text", "criterion_id", "asks_photo")


class Tables(NamedTuple):
    """The models to write to; a migration has its own."""

    checklist: Any = Checklist
    version: Any = ChecklistVersion
    item: Any = ChecklistItem
    criterion: Any = CriterionItem


def load(path: Path = DATA, tables: Tables = Tables()) -> dict[str, int]:  # noqa: B008 a tuple of classes
    """Bring every checklist of the CSV file in force; safe to repeat.

    A checklist whose items differ from its version in force gets a new version; equal ones stay untouched. Returns how
    many checklists the file holds and how many versions were new. Raises KeyError or ValueError for a file it cannot read.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in csv.DictReader(file)]
    cited = tables.criterion.objects.select_related("standard")
    criteria = {(item.standard.code, item.clause): item.pk for item in cited}
    created = lists = 0
    with transaction.atomic():
        for code, group in groupby(rows, key=lambda row: row["checklist_code"]):
            found = list(group)
            checklist = _checklist(tables.checklist, code, found[0])
            items = [tables.item(**_item(row, criteria)) for row in found]
            created += publish(checklist, items, tables=tables) is not None
            lists += 1
    return {"checklists": lists, "items": len(rows), "created": created}


def _checklist(model: Any, code: str, row: Mapping[str, str]) -> Any:
    kind = row["place_type"]
    fields = {"title": row["checklist_title"], "place_kind": kind, "keywords": WORDS.get(kind, kind)}
    return model.objects.get_or_create(code=code, defaults=fields)[0]


def _item(row: Mapping[str, str], criteria: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    level = LEVELS[row["default_level"]]
    references = [tuple(text.strip().split(":", 1)) for text in row["related_criteria"].split(";") if ":" in text]
    cited = next((criteria[pair] for pair in references if pair in criteria), None)  # type: ignore[index]
    return {
        "number": int(row["item_no"]),
        "text": row["check_item"],
        "how": row["how_to_check"],
        "basis": row["legal_basis"],
        "level": level,
        "criteria_text": row["related_criteria"],
        "criterion_id": cited,
        "asks_photo": level != Level.GENERAL,
    }


def publish(checklist: Any, items: Sequence[Any], by: Any = None, tables: Tables = Tables()) -> Any:  # noqa: B008
    """Put `items` (unsaved) in force as the next version; None where they equal the version in force.

    The former version stays as it was: visits under way go on with it, finished ones cite it.
    """
    with transaction.atomic():
        tables.checklist.objects.select_for_update().get(pk=checklist.pk)
        current = checklist.versions.filter(is_current=True).first()
        if current and _facts(current.items.all()) == _facts(items):
            return None
        newest = checklist.versions.order_by("-number").first()
        checklist.versions.filter(is_current=True).update(is_current=False)
        version = tables.version.objects.create(
            checklist=checklist, number=newest.number + 1 if newest else 1, published_by=by, published_at=clock.now()
        )
        for item in items:
            item.pk, item.version = None, version
        tables.item.objects.bulk_create(items)
    return version


def _facts(items: Iterable[Any]) -> list[tuple[Any, ...]]:
    return [(item.number, *(getattr(item, name) for name in _ITEM_FIELDS)) for item in items]


def suggest(unit: Unit, versions: Sequence[ChecklistVersion] | None = None) -> ChecklistVersion | None:
    """The version in force that fits the place best by its kind, then its sector and name; the general one otherwise."""
    found = list(ChecklistVersion.objects.current().select_related("checklist")) if versions is None else versions
    profile = getattr(unit, "enterprise", None)
    kind = profile.place_kind if profile else ""
    sector = profile.sector.name if profile and profile.sector else ""
    for told in (kind, unit.name, sector):
        for version in found:
            if told and _fits(version.checklist, told):
                return version
    return next((version for version in found if version.checklist.code == GENERAL_CODE), found[0] if found else None)


def for_visit(unit: Unit, campaign: Any, chosen: ChecklistVersion | None) -> ChecklistVersion | None:
    """The version a new visit uses: the campaign's own checklist where it has one, else the chosen one, else what fits."""
    own = campaign.checklist if campaign else None
    current = own.versions.filter(is_current=True).first() if own else None
    if current is None:
        return chosen or suggest(unit)
    # A phone may hold an edition that was in force when it took its papers along.
    return chosen if chosen and chosen.checklist_id == own.pk else current


def _fits(checklist: Checklist, told: str) -> bool:
    words = [word for word in (checklist.place_kind, *checklist.keywords.split(";")) if word]
    return any(word in told or told == checklist.place_kind for word in words)
