"""URLs of hazards."""

from django.urls import path

from hazards.views import detail

urlpatterns = [
    path("hazards/<int:pk>/", detail.detail, name="hazard-detail"),
]
