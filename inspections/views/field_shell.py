"""The installable app for the phone: its shell, its service worker, and what it takes along for a day without signal."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from inspections import field_criteria
from inspections.field_duty import pack_of_firm
from inspections.field_pack import pack_for
from inspections.views.field_answers import PHONE, as_json
from units.access import holds, require
from units.roles import Right

SCRIPTS = (
    "store", "net", "rules", "sending", "sync", "dom", "parts", "criteria", "scan", "map", "start", "visit", "sign",
    "checks", "queue", "app",
)  # fmt: skip
STYLES = ("css/field.css", "vendor/leaflet/leaflet.css")
VENDOR = ("vendor/dexie/dexie.min.js", "vendor/signature_pad/signature_pad.umd.min.js")
# Fetched by the app when a map or a code is asked for; kept like the rest.
LATER = ("vendor/leaflet/leaflet.js", "vendor/qr/decode.js", "vendor/qr/index.js")


def _assets() -> list[str]:
    files = (
        *STYLES,
        *VENDOR,
        *LATER,
        *(f"js/field/{name}.js" for name in SCRIPTS),
        "icons/field-192.png",
        "icons/sprite.svg",
    )
    # The decoder imports its neighbour by its plain name, whatever the released one is called.
    return [*(static(name) for name in files), f"{settings.STATIC_URL}vendor/qr/index.js"]


def _version(assets: list[str]) -> str:
    """Changes with every released file, because their addresses carry their fingerprints."""
    return hashlib.sha256("\n".join(assets).encode()).hexdigest()[:12]


@require_safe
def app(request: HttpRequest) -> HttpResponse:
    """The shell: no data of anybody in it, so that the phone may keep it."""
    require(request.user, *PHONE)
    context = {"scripts": [f"js/field/{name}.js" for name in SCRIPTS]}
    return render(request, "inspections/field/app.html", context)


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; its text changes with every release."""
    assets = _assets()
    context = {"assets": assets, "version": _version(assets), "shell": reverse("field-app")}
    response = render(request, "inspections/field/sw.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What makes the page installable."""
    icons = [
        {"src": static(f"icons/field-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in (192, 512)
    ]
    told = {
        "name": "清患现场检查",
        "short_name": "现场检查",
        "start_url": reverse("field-app"),
        "scope": reverse("field-app"),
        "display": "standalone",
        "lang": "zh-CN",
        "background_color": "#f4f6f8",
        "theme_color": "#1f5fa8",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
@ensure_csrf_cookie
@as_json(*PHONE)
def pack(request: HttpRequest) -> JsonResponse:
    """Everything a day without signal needs: checklists, places, people, open visits; of an enterprise, what it has to check."""
    return JsonResponse(pack_for(request.user) if holds(request.user, Right.CARRY_OUT) else pack_of_firm(request.user))


@require_safe
@as_json(Right.CARRY_OUT)
def criteria(request: HttpRequest) -> JsonResponse:
    """判定标准库, fetched again only when the pack names another edition."""
    return JsonResponse(field_criteria.library())
