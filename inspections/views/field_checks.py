"""The addresses an enterprise's phone sends self-checks to: photos in pieces first, then the signed sheet, by the phone's id.

Every address may be called twice and the second call changes nothing. A check is one request: it stands whole or not at all.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from common import clock
from common.errors import Refused, RuleError
from evidence.models import Attachment
from evidence.transitions import store
from inspections import partial, phone_clock
from inspections.cadence import Cadence
from inspections.field_shapes import body_of, moment, number_or_none
from inspections.models import ChecklistVersion, SelfCheckFinding
from inspections.transitions.self_checks import Answer, Sheet, file_check, report_findings, version_for
from inspections.views.field_answers import as_json, take_piece
from units.roles import Right


@require_POST
@as_json(Right.KEEP_RECORD)
def check(request: HttpRequest, uid: UUID) -> JsonResponse:
    """One signed self-check; 422 `filed` when somebody else has filed the span.

    Then the phone may ask (`as_hazards`) to have what it found reported as hazards without a check.
    """
    data = body_of(request)
    sheet = _sheet(request, uid, data)
    if data.get("as_hazards") is True:
        found = report_findings(request.user, sheet, uid)
        return JsonResponse({"url": reverse("hazard-list"), "bad": len(found), "late": False, "label": ""})
    made = file_check(request.user, sheet, uid)
    told = {"url": made.get_absolute_url(), "bad": made.bad_count, "late": made.is_late, "label": made.span_label}
    return JsonResponse(told)


@require_http_methods(["GET", "HEAD", "POST"])
@as_json(Right.KEEP_RECORD)
def photo(request: HttpRequest, uid: UUID, sha256: str) -> JsonResponse:
    """A photo of a check that is filed after it: GET says how many bytes are here, POST adds the next piece at `offset`."""
    if _kept(request, uid, sha256) is not None:
        return JsonResponse({"done": True})
    place = partial.Partial(request.user.pk, f"{uid}-check", sha256)
    if request.method != "POST":
        return JsonResponse({"done": False, "received": place.size()})
    data, answer = take_piece(request, place)
    if data is None:
        return answer
    now = clock.now()
    taken = phone_clock.real(moment(request.GET.get("client_at")), moment(request.GET.get("client_now")), now)
    stamp = f"{request.user.hat.unit.name} 自查 {clock.local(taken):%Y-%m-%d %H:%M} {request.user.name}"
    file = ContentFile(data, _name(uid, sha256))
    try:
        store(file, by=request.user, name=_name(uid, sha256), watermark=stamp, only_images=True)
    except RuleError:
        place.forget()
        raise
    place.forget()
    return answer


def _name(uid: UUID, sha256: str) -> str:
    """By which a photo of this very check is found again."""
    return f"自查{uid.hex}-{sha256[:12]}.jpg"


def _kept(request: HttpRequest, uid: UUID, sha256: str) -> Attachment | None:
    mine = Attachment.objects.filter(uploaded_by=request.user, blob_id=sha256)
    return mine.filter(name__startswith=f"自查{uid.hex}-").order_by("pk").first()


def _sheet(request: HttpRequest, uid: UUID, data: dict[str, Any]) -> Sheet:
    if data.get("cadence") not in Cadence.values:
        raise Refused.at("cadence", "自查的频次不正确。")
    version = ChecklistVersion.objects.filter(pk=number_or_none(data.get("version"))).first()
    if version is None or version.checklist_id != version_for(request.user.hat.unit).checklist_id:
        raise Refused.at("version", "检查表不是本企业的，请联网更新资料后重填。")
    opened, signed, now = (moment(data.get(name)) for name in ("opened_at", "client_at", "client_now"))
    return Sheet(
        cadence=data["cadence"],
        on=_day(data.get("on")),
        version=version,
        answers=_answers(request, uid, data.get("answers")),
        all_clear=data.get("all_clear") is True,
        note=str(data.get("note") or "")[:300],
        opened_at=phone_clock.real(opened, now, clock.now()) if opened else None,
        client_at=signed,
        client_now=now,
    )


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise Refused.at("on", "自查的日期不正确。") from error


def _answers(request: HttpRequest, uid: UUID, listed: Any) -> dict[int, Answer]:
    found: dict[int, Answer] = {}
    for entry in listed if isinstance(listed, list) else ():
        pk = number_or_none(entry.get("item")) if isinstance(entry, dict) else None
        if pk is None or entry.get("outcome") not in SelfCheckFinding.Outcome.values:
            raise Refused.at("answers", "检查项的结果不正确。")
        named = entry.get("photos")
        photos = [_photo(request, uid, str(sha)) for sha in (named if isinstance(named, list) else ())]
        note, reason = str(entry.get("note") or "")[:300], str(entry.get("no_photo_reason") or "")[:200]
        found[pk] = Answer(entry["outcome"], note, photos, reason)
    return found


def _photo(request: HttpRequest, uid: UUID, sha256: str) -> Attachment:
    kept = _kept(request, uid, sha256)
    if kept is None:
        raise Refused.at("photos", "照片还没有传完，将重新发送。")
    return kept
