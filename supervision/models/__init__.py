"""Pushing: the escalation ladder, letters, listings (挂牌、挂账) and measures."""

from supervision.models.ladder import LadderFiring, LadderPolicy, LadderStep
from supervision.models.letters import Letter, LetterAnswer
from supervision.models.listings import Listing, ListingBatch, ListingEvent
from supervision.models.measures import Measure

__all__ = [
    "LadderFiring",
    "LadderPolicy",
    "LadderStep",
    "Letter",
    "LetterAnswer",
    "Listing",
    "ListingBatch",
    "ListingEvent",
    "Measure",
]
