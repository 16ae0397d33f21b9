"""Pushing: the escalation ladder, letters, listings (挂牌、挂账) and measures."""

from supervision.models.archive import PaperArchive, PaperDraft
from supervision.models.batches import BatchState, ListingBatch
from supervision.models.events import LetterEvent, ListingBatchEvent, ListingEvent, MeasureEvent
from supervision.models.ladder import AssignmentFiring, Firing, LadderFiring, LadderPolicy, LadderStep
from supervision.models.letters import Letter, LetterAnswer
from supervision.models.links import ReplyLink
from supervision.models.listings import FORCE_STATES, LIVE_STATES, Listing, ListingFile, ListingState
from supervision.models.measures import Measure
from supervision.models.unit_months import UnitFiring, UnitMonth, UnitMonthEvent
from supervision.models.unit_rules import UnitRule

__all__ = [
    "FORCE_STATES",
    "LIVE_STATES",
    "AssignmentFiring",
    "BatchState",
    "Firing",
    "LadderFiring",
    "LadderPolicy",
    "LadderStep",
    "Letter",
    "LetterAnswer",
    "LetterEvent",
    "Listing",
    "ListingBatch",
    "ListingBatchEvent",
    "ListingEvent",
    "ListingFile",
    "ListingState",
    "Measure",
    "MeasureEvent",
    "PaperArchive",
    "PaperDraft",
    "ReplyLink",
    "UnitFiring",
    "UnitMonth",
    "UnitMonthEvent",
    "UnitRule",
]
