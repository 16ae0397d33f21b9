"""URLs of the office side: risk, draws, plans, campaigns, records."""

from __future__ import annotations

from django.urls import URLPattern, path

from inspections.views import levels, risks

urlpatterns: list[URLPattern] = [
    path("risk/points/", risks.RiskPointLedger.as_view(), name="risk-point-list"),
    path("risk/points/new/", risks.register, name="risk-point-new"),
    path("risk/points/<int:pk>/", risks.detail, name="risk-point"),
    path("risk/points/<int:pk>/<slug:action>/", risks.RiskPointAction.as_view(), name="risk-point-action"),
    path("risk/levels/", levels.RiskLevelLedger.as_view(), name="risk-level-list"),
    path("risk/levels/adopt/", levels.adopt, name="risk-level-adopt"),
    path("risk/levels/<int:pk>/", levels.enterprise, name="risk-level"),
    path("risk/levels/<int:pk>/decide/", levels.decide, name="risk-level-decide"),
    path("risk/levels/<int:pk>/grade/", levels.grade, name="risk-level-grade"),
    path("risk/", levels.overview, name="risk-overview"),
]
