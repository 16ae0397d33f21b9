"""URLs of inspections."""

from django.urls import URLPattern, URLResolver, include, path

from inspections import hub

urlpatterns: list[URLPattern | URLResolver] = [
    path("inspections/", hub.hub, name="inspection-hub"),
    path("inspections/", include("inspections.urls_planning")),
    path("inspections/", include("inspections.urls_duty")),
    path("", include("inspections.urls_visits")),
]
