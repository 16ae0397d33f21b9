"""Hazards on the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from common.snapshot import Snapshot
from hazards.models import CampaignMark, Hazard, HazardEvent
from hazards.models.hazard import TIMED_STATES
from supervision import letter_texts
from supervision.ladder import Edition, Step, Traits
from supervision.models import LadderFiring
from supervision.models.ladder import HAZARD
from supervision.transitions import ladder_effects
from supervision.transitions.papers_out import Outcome
from supervision.transitions.tracks import DayTrack, Move
from units.models import Sector


class HazardTrack(DayTrack):
    """A hazard climbs while the enterprise has to act: 待报方案, 整改中."""

    subject, label = HAZARD, "隐患整改"
    model, firings, reference, events, selected = Hazard, LadderFiring, "hazard", HazardEvent, ("unit",)
    unread = ("search_text", "search_grams", "unit__search_text", "unit__search_grams")
    places = (*DayTrack.places, "told_step")

    def traits(self, records: Sequence[Hazard]) -> dict[int, Traits]:
        """Level, area, sector with the one above, and the campaign it is marked with."""
        marks = {hazard.campaign_id for hazard in records if hazard.campaign_id}
        titles = dict(CampaignMark.objects.filter(pk__in=marks).values_list("pk", "title")) if marks else {}
        return {
            hazard.pk: Traits(
                hazard.level,
                hazard.area_path,
                sectors_of(hazard.sector_id),
                titles.get(hazard.campaign_id or 0, ""),
                HAZARD,
            )
            for hazard in records
        }

    def is_climbing(self, record: Hazard) -> bool:
        """The enterprise still has to act."""
        return record.state in TIMED_STATES

    def begun(self, records: Sequence[Hazard]) -> dict[int, datetime]:
        """The moment of the last event that names a deadline."""
        events = HazardEvent.objects.filter(hazard_id__in=[hazard.pk for hazard in records], data__has_key="due")
        latest = events.order_by("hazard_id", "-seq").distinct("hazard_id")
        found = dict(latest.values_list("hazard_id", "at"))
        return {hazard.pk: found.get(hazard.pk) or hazard.confirmed_at or hazard.created_at for hazard in records}

    def reason(self, record: Hazard, edition: Edition, step: Step, at: datetime) -> str:
        """隐患…已逾期…天；依据《…》T+…"""
        return letter_texts.reason(record, edition, step, at)

    def place(self, record: Hazard) -> str:
        """Pk and deadline."""
        return f"ladder:{record.pk}:{record.deadline_no}"

    def name_of(self, record: Hazard) -> str:
        """Its number, which no restored backup gives to another one."""
        return str(record.number)

    def named(self, name: str) -> dict[str, Any]:
        """By number."""
        return {"number": name}

    def event_data(self, move: Move) -> dict[str, Any]:
        """Which deadline, and whether the step waits for a person."""
        waits = {"waits": True} if move.step.rung.proposes else {}
        return {"deadline_no": move.record.deadline_no, **waits}

    def outcome(self, moves: Sequence[Move]) -> Outcome:
        """Letters, proposals and messages."""
        return ladder_effects.outcome(moves)


def _parents() -> dict[int, int | None]:
    return dict(Sector.objects.values_list("pk", "parent_id"))


parents: Snapshot[dict[int, int | None]] = Snapshot(_parents)


def sectors_of(sector_id: int | None) -> tuple[int, ...]:
    """The sector and the one above it, nearest first."""
    above = parents.get().get(sector_id) if sector_id else None
    return tuple(pk for pk in (sector_id, above) if pk)


HAZARDS = HazardTrack()
