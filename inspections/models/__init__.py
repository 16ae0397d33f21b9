"""The rows of inspections."""

from inspections.models import campaigns, draws, plans, records, risks, spots
from inspections.models.certificates import EnforcementCertificate, InspectionSettings
from inspections.models.checklists import Checklist, ChecklistItem, ChecklistVersion
from inspections.models.events import InspectionEvent, PaperEvent
from inspections.models.papers import InspectionPaper, PaperState
from inspections.models.self_checks import SelfCheck, SelfCheckFinding, SelfCheckRule
from inspections.models.visits import (
    OPEN_VISITS,
    Inspection,
    InspectionMember,
    ItemResult,
    ResultPhoto,
    Signature,
    VisitState,
)
from inspections.models.works import GasReading, HazardousWork, HazardousWorkEvent, WorkCrew, WorkState, WorkStep

__all__ = [
    "OPEN_VISITS",
    "Checklist",
    "ChecklistItem",
    "ChecklistVersion",
    "EnforcementCertificate",
    "GasReading",
    "HazardousWork",
    "HazardousWorkEvent",
    "Inspection",
    "InspectionEvent",
    "InspectionMember",
    "InspectionPaper",
    "InspectionSettings",
    "ItemResult",
    "PaperEvent",
    "PaperState",
    "ResultPhoto",
    "SelfCheck",
    "SelfCheckFinding",
    "SelfCheckRule",
    "Signature",
    "VisitState",
    "WorkCrew",
    "WorkState",
    "WorkStep",
    "campaigns",
    "draws",
    "plans",
    "records",
    "risks",
    "spots",
]
