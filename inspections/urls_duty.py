"""URLs of what enterprises do themselves: dangerous works and self-checks."""

from django.urls import path

from inspections.views import works

urlpatterns = [
    path("hazardous-works/", works.WorkLedger.as_view(), name="hazardous-work-list"),
    path("hazardous-works/new/", works.new, name="hazardous-work-new"),
    path("hazardous-works/map/", works.on_map, name="hazardous-work-map"),
    path("hazardous-works/<int:pk>/", works.detail, name="hazardous-work-detail"),
    path("hazardous-works/<int:pk>/<slug:action>/", works.WorkAction.as_view(), name="hazardous-work-action"),
]
