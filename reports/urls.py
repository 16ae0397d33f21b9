"""URLs of notices, statistics and the dashboard."""

from django.urls import path

from reports.views import notices

urlpatterns = [
    path("notices/<int:pk>/", notices.detail, name="notice-detail"),
]
