"""What is wrong: hazards, their append-only events, treatment plans, extensions, criteria."""

from hazards.models.campaigns import CampaignMark
from hazards.models.criteria import CriterionItem, CriterionStandard
from hazards.models.events import HazardEvent, HazardEvidence, PrincipalNotification
from hazards.models.hazard import OPEN_STATES, TIMED_STATES, Hazard
from hazards.models.treatment import Extension, TreatmentPlan

__all__ = [
    "OPEN_STATES",
    "TIMED_STATES",
    "CampaignMark",
    "CriterionItem",
    "CriterionStandard",
    "Extension",
    "Hazard",
    "HazardEvent",
    "HazardEvidence",
    "PrincipalNotification",
    "TreatmentPlan",
]
