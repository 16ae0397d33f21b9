"""Hazards as they stood: by their own log, with the listings that lived then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet

from hazards.models import Hazard
from supervision.ladder import Edition, Traits
from supervision.models import Listing
from supervision.simulation.pasts import Past, last_due
from supervision.simulation.spans import Span, spans_of
from supervision.transitions.hazard_track import HAZARDS
from supervision.transitions.ladder_effects import outcome
from supervision.transitions.papers_out import Outcome
from supervision.transitions.tracks import Move
from units.models import Sector


class HazardPast(Past):
    """A hazard had a level and perhaps a listing."""

    track, noun = HAZARDS, "隐患"

    def within_reach(self, edition: Edition, since: datetime, until: datetime) -> QuerySet[Hazard]:
        """Confirmed ones of the edition's area, sector and campaign."""
        rows = Hazard.objects.filter(
            area_path__startswith=edition.area_path,
            confirmed_at__lt=until,
            due_at__gte=last_due(edition, since),
        )
        if edition.sector_id:
            rows = rows.filter(
                Q(sector_id=edition.sector_id) | Q(sector__in=Sector.objects.filter(parent=edition.sector_id))
            )
        if edition.campaign:
            rows = rows.filter(campaign__title=edition.campaign)
        return rows.filter(Q(closed_at=None) | Q(closed_at__gte=since)).select_related("unit")

    def spans(self, records: Sequence[Hazard]) -> dict[int, list[Span]]:
        """From the hazards' events."""
        return spans_of(records)

    def traits_then(self, traits: Traits, span: Span) -> Traits:
        """With the level it had."""
        return replace(traits, level=span.level)

    def as_then(self, record: Hazard, span: Span) -> Hazard:
        """With the level and the listing it had."""
        then: Hazard = super().as_then(record, span)
        then.level, then.listed_as = span.level, span.listed_as
        return then

    def outcome(self, moves: Sequence[Move], records: Sequence[Hazard]) -> Outcome:
        """Letters, proposals and messages; no second listing beside one that lived."""
        return outcome(moves, _listed_then(records))


def _listed_then(hazards: Sequence[Hazard]) -> Callable[[Move], bool]:
    """Whether a listing lived at the moment of a move: one people proposed, or one of this very simulation."""
    people = Listing.objects.filter(hazard__in=hazards, key=None).order_by("proposed_at", "pk")
    lived: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for row in people:
        ended = row.delisted_at or (row.updated_at if row.state == "rejected" else None)
        lived[row.hazard_id].append((row.proposed_at, ended))
    proposed: set[int] = set()

    def is_listed(move: Move) -> bool:
        pk, at = move.hazard.pk, move.at
        by_people = any(start <= at and (end is None or at < end) for start, end in lived[pk])
        again = pk in proposed or by_people
        proposed.add(pk)
        return again

    return is_listed
