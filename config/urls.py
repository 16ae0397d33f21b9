"""All URLs: pages, API, health."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from common import health
from config.search import search

APPS = ("units", "evidence", "messaging", "audit", "tasks", "hazards", "inspections", "supervision", "reports")

urlpatterns = [
    path("healthz", login_not_required(health.live), name="healthz"),
    path("readyz", login_not_required(health.ready), name="readyz"),
    *(path("", include(f"{app}.urls")) for app in APPS),
    path("search/", search, name="search"),
    path("", include("config.api")),
]

handler400 = "common.views.bad_request"
handler403 = "common.views.permission_denied"
handler404 = "common.views.page_not_found"
handler500 = "common.views.server_error"
