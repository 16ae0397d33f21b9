"""All URLs: pages, API, health."""

from importlib.util import find_spec

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from common import health
from units.views.shell import account

APPS = ("units", "evidence", "messaging", "audit", "hazards", "supervision", "reports")

urlpatterns = [
    path("healthz", login_not_required(health.live), name="healthz"),
    path("readyz", login_not_required(health.ready), name="readyz"),
    *(path("", include(f"{app}.urls")) for app in APPS if find_spec(f"{app}.urls")),
]

_given = {pattern.name for entry in urlpatterns for pattern in getattr(entry, "url_patterns", [])}
urlpatterns += [
    path(f"{name}/", account, name=name)
    for name in ("workbench", "message-list", "search", "system", "audit-list", "account-list", "lock-out-list")
    if name not in _given
]

handler400 = "common.views.bad_request"
handler403 = "common.views.permission_denied"
handler404 = "common.views.page_not_found"
handler500 = "common.views.server_error"
