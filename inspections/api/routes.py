"""The viewsets of the office side under their names, for the router."""

from __future__ import annotations

from typing import Any

from inspections.api.campaigns import CampaignObjectViewSet, CampaignViewSet
from inspections.api.draws import DrawViewSet
from inspections.api.plans import PlannedVisitViewSet, PlanViewSet
from inspections.api.records import ComplianceRecordViewSet
from inspections.api.risks import RiskPointViewSet
from inspections.api.spots import SpotCheckViewSet

ROUTES: tuple[tuple[str, Any, str], ...] = (
    ("risk-points", RiskPointViewSet, "risk-point"),
    ("draws", DrawViewSet, "draw"),
    ("spot-checks", SpotCheckViewSet, "spot-check"),
    ("inspection-plans", PlanViewSet, "inspection-plan"),
    ("campaigns", CampaignViewSet, "campaign"),
    ("campaign-objects", CampaignObjectViewSet, "campaign-object"),
    ("compliance-records", ComplianceRecordViewSet, "compliance-record"),
    ("planned-visits", PlannedVisitViewSet, "planned-visit"),
)
