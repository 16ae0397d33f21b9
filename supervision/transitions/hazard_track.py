"""Hazards on the ladder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from common import clock
from common.copying import copy_in
from common.events import new_event
from common.snapshot import Snapshot
from hazards.models import CampaignMark, Hazard, HazardEvent
from hazards.models.hazard import TIMED_STATES
from supervision import letter_texts
from supervision.ladder import Edition, Step, Traits
from supervision.models import LadderFiring
from supervision.models.ladder import HAZARD
from supervision.transitions import ladder_effects
from supervision.transitions.tracks import Move, Track
from units.models import Sector

ACTION = "ladder"


class HazardTrack(Track):
    """A hazard climbs while the enterprise has to act: 待报方案, 整改中."""

    subject, label = HAZARD, "隐患整改"
    model, firings, reference, selected = Hazard, LadderFiring, "hazard", ("unit",)
    name_field = "number"
    unread = ("search_text", "search_grams", "unit__search_text", "unit__search_grams")
    places = (*Track.places, "told_step")

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

    def write_events(self, moves: Sequence[Move]) -> None:
        """What the hazard's timeline tells of the ladder."""
        copy_in((_event(move) for move in moves), keyed=False)

    def note_recalled(self, record: Hazard, label: str, note: str) -> None:
        """On the hazard's timeline."""
        facts: dict[str, Any] = {
            "source": record.state,
            "target": record.state,
            "data": {"note": note, "recalled": True},
        }
        new_event(HazardEvent, record, ACTION, label, at=clock.now(), **facts).save()

    def carry_out(self, moves: Sequence[Move], now: datetime) -> None:
        """Letters, proposals and messages."""
        ladder_effects.carry_out(moves, now)


def _parents() -> dict[int, int | None]:
    return dict(Sector.objects.values_list("pk", "parent_id"))


parents: Snapshot[dict[int, int | None]] = Snapshot(_parents)


def sectors_of(sector_id: int | None) -> tuple[int, ...]:
    """The sector and the one above it, nearest first."""
    above = parents.get().get(sector_id) if sector_id else None
    return tuple(pk for pk in (sector_id, above) if pk)


def _event(move: Move) -> HazardEvent:
    hazard = move.hazard
    merged = [step.code for step in move.merged]
    also = f"（期间应触发的{'、'.join(letter_texts.label_of(code) for code in merged)}并入本次）" if merged else ""
    data = {"step": move.step.code, "merged": merged, "deadline_no": hazard.deadline_no, "policy": move.edition.pk}
    if move.step.rung.proposes:
        data["waits"] = True
    return new_event(
        HazardEvent,
        hazard,
        ACTION,
        letter_texts.label_of(move.step.code),
        at=move.at,
        source=hazard.state,
        target=hazard.state,
        data={**data, "note": move.reason + also},
        key=move.key,
    )


HAZARDS = HazardTrack()
