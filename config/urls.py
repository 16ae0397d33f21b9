"""All URLs: pages, API, health."""

from django.urls import include, path

urlpatterns = [
    path("", include("units.urls")),
]
