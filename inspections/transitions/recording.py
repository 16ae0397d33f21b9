"""What is written down while a visit runs: results, photos, signatures. All of it may be sent twice and counts once.

Every call locks the visit's row first, so that two devices take turns. After the end only what already stands is
acknowledged again; anything else is a conflict (409) its device has to show.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from common import clock
from common.errors import NotInScope, Refused, Stale, WrongState
from evidence.models import Attachment
from evidence.transitions import store
from inspections.models import Inspection, ItemResult, ResultPhoto, Signature, VisitState
from inspections.transitions.access import on_team

# What a device may say of a row; everything else is the server's.
CONTENT = (
    "outcome", "note", "level", "level_reason", "criterion_id", "is_fixed_on_spot", "due_on", "no_photo_reason",
)  # fmt: skip
PHOTOS_MOST = 100  # per visit; 60 are usual on a bad day


class ResultConflict(Stale):
    """Another device wrote something else at this row since; `current` is what stands there."""

    code = "conflict"

    def __init__(self, current: ItemResult) -> None:
        self.current = current
        who = current.recorded_by.name if current.recorded_by else "其他人员"
        super().__init__(
            f"“{current.text[:20]}”已由{who}在另一设备填写为“{current.get_outcome_display()}”，请核对后选择。"
        )


class Ended(WrongState):
    """The visit was concluded or cancelled meanwhile; what this device still holds is not in it."""

    code = "ended"


def _open(actor: Any, uid: UUID) -> Inspection:
    """The visit, locked, if the actor is on its team; `NotInScope` otherwise."""
    visit = Inspection.objects.select_for_update(no_key=True, of=("self",)).filter(uid=uid).first()
    if visit is None or not on_team(actor, visit):
        raise NotInScope
    return visit


def _running(visit: Inspection) -> None:
    if visit.state == VisitState.PLANNED:
        raise WrongState("检查尚未开始。")
    if visit.state != VisitState.RUNNING:
        last = visit.events.order_by("-pk").first()
        raise Ended(f"该检查已由{last.actor_name if last else '他人'}{visit.get_state_display()}，不能再改动。")


def record(
    actor: Any,
    visit_uid: UUID,
    *,
    uid: UUID,
    item_id: int | None = None,
    text: str = "",
    base: int | None = None,
    client_at: datetime | None = None,
    **content: Any,
) -> ItemResult:
    """Write the result of one item, or a finding of its own under `text`.

    `base` is the revision the device knew (None: overwrite knowingly). Same content again changes nothing. Raises
    `ResultConflict` for other content over a newer revision, `Ended` after the end, `NotInScope`, `Refused`.
    """
    with transaction.atomic():
        visit = _open(actor, visit_uid)
        row = _row(visit, uid, item_id, text)
        wanted = {name: content[name] for name in CONTENT if name in content}
        if row.pk and all(getattr(row, name) == value for name, value in wanted.items()):
            return row
        _running(visit)
        if row.pk and row.outcome and base is not None and base != row.revision:
            raise ResultConflict(row)
        for name, value in wanted.items():
            setattr(row, name, value)
        row.recorded_by, row.recorded_at, row.client_at = actor, clock.now(), client_at
        row.revision += 1
        row.save()
    return row


def _row(visit: Inspection, uid: UUID, item_id: int | None, text: str) -> ItemResult:
    rows = visit.results.select_for_update(no_key=True, of=("self",)).select_related("recorded_by", "item")
    if item_id is not None:
        found = rows.filter(item_id=item_id).first()
        if found is None:
            raise Refused.at("item", "检查表没有这一项。")
        return found
    found = rows.filter(uid=uid).first()
    if found is not None:
        return found
    if not text.strip():
        raise Refused.at("text", "请写明检查表以外的问题。")
    return ItemResult(uid=uid, inspection=visit, text=text[:300])


def note_head(actor: Any, visit_uid: UUID, **head: str) -> None:
    """Place and the person met there; while the visit runs."""
    with transaction.atomic():
        visit = _open(actor, visit_uid)
        if all(getattr(visit, name) == value for name, value in head.items()):
            return
        _running(visit)
        for name, value in head.items():
            setattr(visit, name, value)
        visit.save(update_fields=list(head))


def add_photo(
    actor: Any,
    visit_uid: UUID,
    *,
    result: ItemResult,
    file: File[bytes],
    stage: str,
    watermark: str = "",
    client_at: datetime | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> ResultPhoto:
    """Attach a photo to a result; the same bytes at the same result and stage stand there once. Raises as `record`."""
    attachment = store(file, by=actor, watermark=watermark, only_images=True)
    with transaction.atomic():
        visit = _open(actor, visit_uid)
        known = _photo(result, attachment.blob_id, stage)
        if known is not None:
            return known
        _running(visit)
        if ResultPhoto.objects.filter(result__inspection=visit).count() >= PHOTOS_MOST:
            raise Refused.at("photos", f"一次检查最多{PHOTOS_MOST}张照片。")
        return ResultPhoto.objects.create(
            result=result,
            attachment=attachment,
            sha256=attachment.blob_id,
            stage=stage,
            latitude=latitude,
            longitude=longitude,
            client_at=client_at,
            created_at=clock.now(),
        )


def _photo(result: ItemResult, sha256: str, stage: str) -> ResultPhoto | None:
    return ResultPhoto.objects.filter(result=result, sha256=sha256, stage=stage).first()


def sign(
    actor: Any,
    visit_uid: UUID,
    *,
    uid: UUID,
    party: str,
    user_id: int | None = None,
    name: str = "",
    picture: File[bytes] | None = None,
    typed_reason: str = "",
    is_refused: bool = False,
    refusal_reason: str = "",
    client_at: datetime | None = None,
) -> Signature:
    """Put one signature, or one refusal to sign, under the record; `uid` sent twice is one. Raises as `record`.

    Drawn, or typed with the reason why it was not drawn. An inspector signs for themselves on their own account or on
    the shared device of their team.
    """
    with transaction.atomic():
        visit = _open(actor, visit_uid)
        known = visit.signatures.filter(uid=uid).first()
        if known is not None:
            return known
        _running(visit)
        values = _signature(visit, party, user_id, name)
        drawn = _picture(actor, picture)
        _check_mark(values, drawn, typed_reason, is_refused, refusal_reason)
        visit.signatures.filter(party=party, user_id=values["user_id"]).delete()
        return Signature.objects.create(
            uid=uid,
            inspection=visit,
            party=party,
            picture=drawn,
            typed_reason=typed_reason[:200],
            is_refused=is_refused,
            refusal_reason=refusal_reason[:300],
            client_at=client_at,
            signed_at=clock.now(),
            **values,
        )


def _signature(visit: Inspection, party: str, user_id: int | None, name: str) -> dict[str, Any]:
    if party not in Signature.Party.values:
        raise Refused.at("party", "请选择签名方。")
    if party != Signature.Party.INSPECTOR:
        return {"user_id": None, "name": name.strip()[:30]}
    member = visit.members.filter(user_id=user_id or 0).select_related("user").first()
    if member is None:
        raise Refused.at("user", "签名人不在检查组内。")
    return {"user_id": member.user_id, "name": member.user.name}


def _picture(actor: Any, picture: File[bytes] | None) -> Attachment | None:
    return store(picture, by=actor, name="签名.png", only_images=True) if picture is not None else None


def _check_mark(values: Mapping[str, Any], drawn: Any, typed: str, refused: bool, why: str) -> None:
    if refused:
        if not why.strip():
            raise Refused.at("refusal_reason", "请记录拒签情况。")
        return
    if not values["name"]:
        raise Refused.at("name", "请填写签名人姓名。")
    if drawn is None and not typed.strip():
        raise Refused.at("typed_reason", "没有手写签名的，请写明原因。")


def due_or_none(text: str | None) -> date | None:
    """A date as a device writes it."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused.at("due_on", "整改期限不是正确的日期。") from error
