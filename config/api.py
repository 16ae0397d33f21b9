"""The API /api/v1/: one router over the viewsets of all apps, its schema, and a page that explains it."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from config.schema import described
from hazards.api import CriterionViewSet, HazardViewSet
from inspections.api.routes import ROUTES as PLANNING
from inspections.api.self_checks import SelfCheckViewSet
from inspections.api.visits import InspectionPaperViewSet, InspectionViewSet
from inspections.api.works import HazardousWorkViewSet
from reports.api import NoticeViewSet, StatisticsViewSet
from supervision.api import LetterViewSet, ListingBatchViewSet, ListingViewSet, MeasureViewSet
from tasks.api import AssignmentViewSet, TaskViewSet
from tasks.duties.api import ROUTES as DUTIES
from tasks.plan_api import PlanDraftViewSet, PlanViewSet
from tasks.yearly_api import YearlyPaperViewSet
from units import openapi  # noqa: F401 registers how to sign in
from units.api import MeView, TokenView, UnitViewSet

VERSION = "v1"

router = SimpleRouter()
router.register("units", UnitViewSet, "unit")
router.register("plans", PlanViewSet, "plan")
router.register("plan-drafts", PlanDraftViewSet, "plan-draft")
router.register("tasks", TaskViewSet, "task")
router.register("assignments", AssignmentViewSet, "assignment")
router.register("yearly-papers", YearlyPaperViewSet, "yearly-paper")
router.register("hazards", HazardViewSet, "hazard")
router.register("criteria", CriterionViewSet, "criterion")
router.register("self-checks", SelfCheckViewSet, "self-check")
router.register("hazardous-works", HazardousWorkViewSet, "hazardous-work")
router.register("inspections", InspectionViewSet, "inspection")
router.register("inspection-papers", InspectionPaperViewSet, "inspection-paper")
router.register("letters", LetterViewSet, "letter")
router.register("listings", ListingViewSet, "listing")
router.register("listing-batches", ListingBatchViewSet, "listing-batch-api")
router.register("measures", MeasureViewSet, "measure")
for prefix, viewset, name in PLANNING:
    router.register(prefix, viewset, name)
for prefix, viewset, name in DUTIES:
    router.register(prefix, viewset, name)
router.register("notices", NoticeViewSet, "notice")
router.register("statistics", StatisticsViewSet, "statistics")

_endpoints = [
    *router.urls,
    path("me/", MeView.as_view(), name="me"),
    path("token/", TokenView.as_view(), name="token"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI document of this version; it cannot change while the process runs."""
    return SchemaGenerator(api_version=VERSION).get_schema(request=None, public=True)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """What every endpoint wants and answers, for signed-in people; plain HTML, because the policy allows no inline script."""
    return render(request, "config/api_docs.html", {"groups": described(schema()), "info": schema()["info"]})


urlpatterns = [
    path(f"api/{VERSION}/docs/", docs, name="api-docs"),
    path(f"api/{VERSION}/", include((_endpoints, VERSION))),
]
