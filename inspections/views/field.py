"""The addresses 现场检查 on the phone sends visits to.

Every address may be called twice with the same ids and the second call changes nothing, so the phone may be cut off
anywhere. Refusals are JSON `{"code", "message", "fields"}`; a signed-out phone is redirected to the sign-in page.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from common import clock
from common.errors import NotInScope, Refused, RuleError
from common.wording import cn_datetime
from inspections import partial
from inspections.field_pack import row_of
from inspections.field_shapes import body_of, header_of, moment, number_or_none, result_of, signature_of
from inspections.models import Inspection, ItemResult, ResultPhoto, VisitState
from inspections.transitions import recording, visits
from inspections.transitions.access import on_team
from inspections.views.field_answers import as_json, refused, take_piece
from units.roles import Right

ROWS_MOST = 200  # results in one request; the longest checklist has some forty items


@require_http_methods(["GET", "HEAD", "POST"])
@as_json(Right.CARRY_OUT)
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
    rows = known.results.select_related("recorded_by", "item", "criterion__standard")
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
@as_json(Right.CARRY_OUT)
def result(request: HttpRequest, uid: UUID) -> JsonResponse:
    """One row, or `rows` of them; `base` is the revision the phone knew. 409 `conflict` carries what another device wrote.

    Of many each is answered for itself, in order: the row as it stands, or its refusal. After the end (409) all of them are.
    """
    _mine(request, uid)
    data = body_of(request)
    rows = data.get("rows")
    if not isinstance(rows, list):
        return JsonResponse(row_of(recording.record(request.user, uid, **result_of(data))))
    if len(rows) > ROWS_MOST:
        raise Refused.at("rows", f"一次最多发送{ROWS_MOST}项。")
    return JsonResponse({"rows": [_row_answer(request, uid, row) for row in rows]})


def _row_answer(request: HttpRequest, uid: UUID, data: Any) -> dict[str, Any]:
    try:
        if not isinstance(data, dict):
            raise Refused("请求内容不是合法的 JSON 对象。")
        return row_of(recording.record(request.user, uid, **result_of(data)))
    except recording.Ended:
        raise
    except RuleError as refusal:
        return refused(refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@as_json(Right.CARRY_OUT)
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
    data, answer = take_piece(request, place)
    if data is None:
        return answer
    taken = moment(request.GET.get("client_at"))
    # The phone's moment put right by how far its clock was off when the visit began.
    shown = taken - timedelta(seconds=found.clock_skew) if taken else clock.now()
    stamp = f"{cn_datetime(shown)}\n{found.unit.name}\n{request.user.name}"
    try:
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
    except RuleError:
        place.forget()
        raise
    place.forget()
    return answer


@require_POST
@as_json(Right.CARRY_OUT)
def signature(request: HttpRequest, uid: UUID) -> JsonResponse:
    """One signature or refusal, by the phone's own id."""
    _mine(request, uid)
    mark = recording.sign(request.user, uid, **signature_of(body_of(request)))
    return JsonResponse({"uid": str(mark.uid)})


@require_POST
@as_json(Right.CARRY_OUT)
def finish(request: HttpRequest, uid: UUID) -> JsonResponse:
    """Conclude the visit; concluded already, it answers as before."""
    found = _mine(request, uid)
    data = body_of(request)
    if found.state != VisitState.DONE:
        values = {"summary": str(data.get("summary") or "")[:2000], "client_at": moment(data.get("client_at"))}
        found = visits.perform("finish", found.pk, request.user, None, **values)
    return JsonResponse({"state": found.state, "bad": found.bad_count, "url": found.get_absolute_url()})
