"""现场检查 for the phone: the installable app's shell, its service worker, and the addresses it sends to.

Every address may be called twice with the same ids and the second call changes nothing, so the phone may be cut off
anywhere. Refusals are JSON `{"code", "message", "fields"}`; a signed-out phone is redirected to the sign-in page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import clock
from common.errors import NotInScope, Refused, RuleError, Stale
from common.wording import cn_datetime
from inspections import partial
from inspections.field_pack import pack_for, row_of
from inspections.field_shapes import body_of, header_of, moment, number_or_none, result_of, signature_of
from inspections.models import Inspection, ItemResult, ResultPhoto, VisitState
from inspections.transitions import recording, visits
from inspections.transitions.access import on_team
from units.access import require
from units.roles import Right

SCRIPTS = ("store", "net", "rules", "sync", "dom", "start", "visit", "sign", "queue", "app")
STYLES = ("css/field.css",)
VENDOR = ("vendor/dexie/dexie.min.js", "vendor/signature_pad/signature_pad.umd.min.js")


def _assets() -> list[str]:
    files = (*STYLES, *VENDOR, *(f"js/field/{name}.js" for name in SCRIPTS), "icons/field-192.png", "icons/sprite.svg")
    return [static(name) for name in files]


def _version(assets: list[str]) -> str:
    """Changes with every released file, because their addresses carry their fingerprints."""
    return hashlib.sha256("\n".join(assets).encode()).hexdigest()[:12]


def as_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For those who carry out visits; refusals as JSON with their status."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            require(request.user, Right.CARRY_OUT)
            return view(request, *args, **kwargs)
        except RuleError as refusal:
            told: dict[str, Any] = {"code": refusal.code, "message": refusal.message, "fields": refusal.fields}
            if isinstance(refusal, recording.ResultConflict):
                told["current"] = row_of(refusal.current)
            return JsonResponse(told, status=refusal.status)

    return answer


@require_safe
def app(request: HttpRequest) -> HttpResponse:
    """The shell: no data of anybody in it, so that the phone may keep it."""
    require(request.user, Right.CARRY_OUT)
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
@as_json
def pack(request: HttpRequest) -> JsonResponse:
    """Everything a day without signal needs: checklists, places, people, the person's open visits."""
    return JsonResponse(pack_for(request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@as_json
def visit(request: HttpRequest, uid: UUID) -> JsonResponse:
    """The visit as it stands; POST begins it under the phone's own id, or brings place and contact up to date."""
    known = Inspection.objects.filter(uid=uid).first()
    if known is not None and not on_team(request.user, known):
        raise NotInScope
    if request.method == "POST":
        data = body_of(request)
        if known is None or known.state == VisitState.PLANNED:
            known = visits.begin(request.user, uid=uid, **header_of(request.user, data, known))
        elif known.state == VisitState.RUNNING:
            head = {
                name: str(data.get(name) or "")[:200] for name in ("place", "contact", "contact_title", "contact_phone")
            }
            recording.note_head(request.user, uid, **{name: text for name, text in head.items() if text})
    if known is None:
        raise NotInScope
    return JsonResponse(_standing(known))


def _standing(known: Inspection) -> dict[str, Any]:
    rows = known.results.select_related("recorded_by", "item")
    return {
        "state": known.state,
        "skewed": known.has_wrong_clock,
        "url": known.get_absolute_url(),
        "now": clock.now().isoformat(),
        "rows": [row_of(row) for row in rows],
    }


def _mine(request: HttpRequest, uid: UUID) -> Inspection:
    found = Inspection.objects.filter(uid=uid).first()
    if found is None or not on_team(request.user, found):
        raise NotInScope
    return found


@require_POST
@as_json
def result(request: HttpRequest, uid: UUID) -> JsonResponse:
    """One row; `base` is the revision the phone knew. 409 `conflict` carries what another device wrote."""
    _mine(request, uid)
    return JsonResponse(row_of(recording.record(request.user, uid, **result_of(body_of(request)))))


@require_http_methods(["GET", "HEAD", "POST"])
@as_json
def photo(request: HttpRequest, uid: UUID, sha256: str) -> JsonResponse:
    """A photo in pieces: GET says how many bytes are here, POST adds the next piece at `offset`."""
    found = _mine(request, uid)
    row = _row(found, request)
    stage = request.GET.get("stage", "")
    if stage not in ResultPhoto.Stage.values:
        raise Refused.at("stage", "请说明照片是发现时还是整改后。")
    if row.photos.filter(sha256=sha256, stage=stage).exists():
        return JsonResponse({"done": True})
    place = partial.Partial(request.user.pk, f"{uid}-{row.pk}-{stage}", sha256)
    if request.method != "POST":
        return JsonResponse({"done": False, "received": place.size()})
    return _piece(request, found, row, stage, place)


def _row(found: Inspection, request: HttpRequest) -> ItemResult:
    item, own = number_or_none(request.GET.get("item")), request.GET.get("result") or ""
    rows = found.results
    row = rows.filter(item_id=item).first() if item else rows.filter(uid=own).first() if _is_uuid(own) else None
    if row is None:
        raise Refused.at("result", "没有找到照片所属的检查项。")
    return row


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _piece(
    request: HttpRequest, found: Inspection, row: ItemResult, stage: str, place: partial.Partial
) -> JsonResponse:
    total, offset = number_or_none(request.GET.get("total")) or 0, number_or_none(request.GET.get("offset")) or 0
    if not 0 < total <= settings.UPLOAD_IMAGE_MAX_BYTES:
        raise Refused.at("total", "照片过大，请压缩后再上传。")
    received = place.add(offset, request.body, total)
    if received != offset + len(request.body):
        return JsonResponse({"code": Stale.code, "message": "从已收到的位置继续。", "received": received}, status=409)
    if received < total:
        return JsonResponse({"done": False, "received": received})
    data = place.whole()
    taken = moment(request.GET.get("client_at"))
    # The phone's moment put right by how far its clock was off when the visit began.
    shown = taken - timedelta(seconds=found.clock_skew) if taken else clock.now()
    stamp = f"{cn_datetime(shown)}\n{found.unit.name}\n{request.user.name}"
    recording.add_photo(
        request.user,
        found.uid,
        result=row,
        file=ContentFile(data, f"{place.sha256[:12]}.jpg"),
        stage=stage,
        watermark=stamp,
        client_at=taken,
        latitude=number_or_none(request.GET.get("lat"), decimal=True),
        longitude=number_or_none(request.GET.get("lon"), decimal=True),
    )
    place.forget()
    return JsonResponse({"done": True})


@require_POST
@as_json
def signature(request: HttpRequest, uid: UUID) -> JsonResponse:
    """One signature or refusal, by the phone's own id."""
    _mine(request, uid)
    mark = recording.sign(request.user, uid, **signature_of(body_of(request)))
    return JsonResponse({"uid": str(mark.uid)})


@require_POST
@as_json
def finish(request: HttpRequest, uid: UUID) -> JsonResponse:
    """Conclude the visit; concluded already, it answers as before."""
    found = _mine(request, uid)
    data = body_of(request)
    if found.state != VisitState.DONE:
        values = {"summary": str(data.get("summary") or "")[:2000], "client_at": moment(data.get("client_at"))}
        found = visits.perform("finish", found.pk, request.user, None, **values)
    return JsonResponse({"state": found.state, "bad": found.bad_count, "url": found.get_absolute_url()})
