"""How the addresses of the phone answer: JSON, refusals included, and who may call them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from common.errors import Refused, RuleError, Stale
from inspections import partial
from inspections.field_pack import row_of
from inspections.field_shapes import number_or_none
from inspections.transitions import recording
from units.access import require
from units.roles import Right

View = Callable[..., HttpResponse]
PHONE = (
    Right.CARRY_OUT,
    Right.KEEP_RECORD,
)  # who has a use for the app: inspectors, and enterprises for their self-checks


def as_json(*rights: str) -> Callable[[View], View]:
    """For whoever holds one of `rights`; refusals as JSON with their status."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                require(request.user, *rights)
                return view(request, *args, **kwargs)
            except RuleError as refusal:
                return JsonResponse(refused(refusal), status=refusal.status)

        return answer

    return wrap


def refused(refusal: RuleError) -> dict[str, Any]:
    """A refusal as the phone reads it; a conflict with what stands there."""
    told: dict[str, Any] = {"code": refusal.code, "message": refusal.message, "fields": refusal.fields}
    if isinstance(refusal, recording.ResultConflict):
        told["current"] = row_of(refusal.current)
    return told


def take_piece(request: HttpRequest, place: partial.Partial) -> tuple[bytes | None, JsonResponse]:
    """Add the request's piece at its offset; the whole photo once it is here, and what to answer until then."""
    total, offset = number_or_none(request.GET.get("total")) or 0, number_or_none(request.GET.get("offset")) or 0
    if not 0 < total <= settings.UPLOAD_IMAGE_MAX_BYTES:
        raise Refused.at("total", "照片过大，请压缩后再上传。")
    received = place.add(offset, request.body, total)
    if received != offset + len(request.body):
        told = {"code": Stale.code, "message": "从已收到的位置继续。", "received": received}
        return None, JsonResponse(told, status=409)
    if received < total:
        return None, JsonResponse({"done": False, "received": received})
    return place.whole(), JsonResponse({"done": True})
