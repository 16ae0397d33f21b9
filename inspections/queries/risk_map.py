"""安全风险空间分布图: enterprises and areas as points in their colour, with the open hazards of each (茂林 7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Avg, Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from hazards.models import Hazard
from inspections.models.risks import DESCENDING, RANKS, Colour
from units.models import Unit

MOST = 1_000  # enterprises drawn at once, the reddest first
SHORT = {Colour.RED: "红", Colour.ORANGE: "橙", Colour.YELLOW: "黄", Colour.BLUE: "蓝"}


def placed(
    units: QuerySet[Unit], user: Any, colours: Collection[str] = (), *, with_open: bool = False
) -> QuerySet[Any]:
    """Those of `units` with a position, reddest first, with `open_hazards` as far as the user may read hazards."""
    mine = Hazard.objects.for_user(user).open().filter(unit=OuterRef("pk")).order_by().values("unit")
    counted = Coalesce(Subquery(mine.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    rank = Case(
        *(When(enterprise__risk=colour, then=Value(place)) for colour, place in RANKS.items()), default=Value(9)
    )
    found = units.filter(enterprise__latitude__isnull=False, enterprise__longitude__isnull=False)
    if colours:
        found = found.filter(enterprise__risk__in=colours)
    found = found.annotate(open_hazards=counted, rank=rank)
    if with_open:
        found = found.filter(open_hazards__gt=0)
    return found.order_by("rank", "-open_hazards", "name")


def marks(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """The enterprises as points of the map."""
    return [
        {
            "lat": float(unit.enterprise.latitude),
            "lng": float(unit.enterprise.longitude),
            "title": unit.name,
            "note": f"{unit.enterprise.get_risk_display()}，{said(unit.open_hazards)}",
            "url": reverse("risk-level", args=[unit.pk]),
            "tone": unit.enterprise.risk,
            "text": SHORT[Colour(unit.enterprise.risk)],
            "count": unit.open_hazards,
        }
        for unit in rows
    ]


def said(count: int) -> str:
    """So many open hazards, in words."""
    return f"未销号隐患{count}条" if count else "没有未销号隐患"


def areas(units: QuerySet[Unit]) -> list[dict[str, Any]]:
    """Every area with enterprises: its colour is its worst enterprise's, its point the middle of those with a position."""
    middle = {"lat": Avg("enterprise__latitude"), "lng": Avg("enterprise__longitude")}
    numbers = {colour.value: Count("pk", filter=Q(enterprise__risk=colour)) for colour in DESCENDING}
    rows: Iterable[Any] = (
        units.order_by().values("area_id", "area__name").annotate(**middle, **numbers).order_by("area_path")
    )
    found = []
    for row in rows:
        level = next((colour for colour in DESCENDING if row[colour.value]), None)
        if level is None or row["lat"] is None:
            continue
        told = "，".join(f"{SHORT[colour]}{row[colour.value]}家" for colour in DESCENDING if row[colour.value])
        found.append(
            {
                "lat": float(row["lat"]), "lng": float(row["lng"]), "title": row["area__name"], "note": told,
                "url": f"{reverse('risk-level-list')}?area={row['area_id']}", "tone": level.value,
                "text": f"{row['area__name'].removesuffix('（演示）')} {SHORT[level]}", "area": True,
            }
        )  # fmt: skip
    return found
