"""The viewsets of the office side under their names, for the router."""

from __future__ import annotations

from typing import Any

from inspections.api.risks import RiskPointViewSet

ROUTES: tuple[tuple[str, Any, str], ...] = (("risk-points", RiskPointViewSet, "risk-point"),)
