"""URLs of the office side: risk, draws, plans, campaigns, records."""

from __future__ import annotations

from django.urls import URLPattern, path

from inspections.views import conflicts, draws, levels, planned, plans, public_draws, records, risks

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
    path("plans/", plans.PlanLedger.as_view(), name="plan-list"),
    path("plans/new/", plans.begin, name="plan-new"),
    path("plans/calendar/", planned.calendar, name="plan-calendar"),
    path("plans/visits/", planned.PlannedVisitLedger.as_view(), name="planned-visit-list"),
    path("plans/visits/<int:pk>/", planned.planned_visit, name="planned-visit"),
    path("plans/<int:pk>/", plans.detail, name="plan"),
    path("plans/<int:pk>/table.<slug:kind>", plans.export, name="plan-export"),
    path("plans/<int:pk>/matters/new/", plans.matter, name="plan-matter-new"),
    path("plans/<int:pk>/matters/<int:row>/", plans.matter, name="plan-matter"),
    path("plans/<int:pk>/matters/<int:row>/enterprises/", planned.CoveredLedger.as_view(), name="plan-covered"),
    path("plans/<int:pk>/<slug:action>/", plans.PlanAction.as_view(), name="plan-action"),
    path("draws/", draws.DrawLedger.as_view(), name="draw-list"),
    path("draws/new/", draws.prepare, name="draw-new"),
    path("draws/public/", public_draws.draw_list, name="public-draw-list"),
    path("draws/public/<int:pk>/", public_draws.draw, name="public-draw"),
    path("draws/public/<int:pk>/record.json", public_draws.record, name="public-draw-record"),
    path("draws/conflicts/", conflicts.ConflictLedger.as_view(), name="conflict-list"),
    path("draws/conflicts/new/", conflicts.declare, name="conflict-new"),
    path("draws/conflicts/<int:pk>/end/", conflicts.end, name="conflict-end"),
    path("draws/<int:pk>/", draws.detail, name="draw"),
    path("draws/<int:pk>/record.json", draws.record, name="draw-record"),
    path("draws/<int:pk>/visits/<int:row>/", draws.arrange, name="draw-arrange"),
    path("draws/<int:pk>/<slug:action>/", draws.DrawAction.as_view(), name="draw-action"),
    path("records/", records.RecordLedger.as_view(), name="compliance-record-list"),
    path("records/coverage/", records.coverage, name="compliance-coverage"),
    path("records/coverage/<slug:kind>/", records.LackingLedger.as_view(), name="compliance-lacking"),
    path("records/new/<slug:kind>/", records.enter, name="compliance-record-new"),
    path("records/<int:pk>/", records.detail, name="compliance-record"),
    path("records/<int:pk>/<slug:action>/", records.RecordAction.as_view(), name="compliance-record-action"),
    path("risk/", levels.overview, name="risk-overview"),
]
