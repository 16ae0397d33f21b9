"""URLs of what enterprises do themselves: dangerous works and self-checks."""

from django.urls import path

from inspections.views import self_checks, works

urlpatterns = [
    path("hazardous-works/", works.WorkLedger.as_view(), name="hazardous-work-list"),
    path("hazardous-works/new/", works.new, name="hazardous-work-new"),
    path("hazardous-works/map/", works.on_map, name="hazardous-work-map"),
    path("hazardous-works/<int:pk>/", works.detail, name="hazardous-work-detail"),
    path("hazardous-works/<int:pk>/<slug:action>/", works.WorkAction.as_view(), name="hazardous-work-action"),
    path("self-checks/", self_checks.SelfCheckLedger.as_view(), name="self-check-list"),
    path("self-checks/calendar/", self_checks.calendar, name="self-check-calendar"),
    path("self-checks/coverage/", self_checks.CoverageLedger.as_view(), name="self-check-coverage"),
    path("self-checks/rules/", self_checks.rule_list, name="self-check-rules"),
    path("self-checks/new/<slug:cadence>/", self_checks.new, name="self-check-new"),
    path("self-checks/<int:pk>/", self_checks.detail, name="self-check-detail"),
]
