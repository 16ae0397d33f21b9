"""Pushing: the escalation ladder, letters, listings (挂牌、挂账) and measures."""

from supervision.models.events import LetterEvent, ListingEvent, MeasureEvent
from supervision.models.ladder import AssignmentFiring, Firing, HazardCampaign, LadderFiring, LadderPolicy, LadderStep
from supervision.models.letters import Letter, LetterAnswer
from supervision.models.listings import FORCE_STATES, LIVE_STATES, Listing, ListingBatch, ListingFile, ListingState
from supervision.models.measures import Measure

__all__ = [
    "FORCE_STATES",
    "LIVE_STATES",
    "AssignmentFiring",
    "Firing",
    "HazardCampaign",
    "LadderFiring",
    "LadderPolicy",
    "LadderStep",
    "Letter",
    "LetterAnswer",
    "LetterEvent",
    "Listing",
    "ListingBatch",
    "ListingEvent",
    "ListingFile",
    "ListingState",
    "Measure",
    "MeasureEvent",
]
