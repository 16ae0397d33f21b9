"""What the phone sends, checked for shape: JSON bodies, moments, ids within the person's reach."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from common.errors import NotInScope, Refused
from hazards.models import CriterionItem
from hazards.models.hazard import Level
from inspections.models import ChecklistVersion, Inspection, InspectionMember, ItemResult
from inspections.models.campaigns import Campaign
from inspections.transitions.recording import due_or_none
from inspections.transitions.team import Named
from units.models import Unit, User

TEXTS = {"note": 500, "level_reason": 500, "no_photo_reason": 200}
HEAD = ("place", "contact", "contact_title", "contact_phone")


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The JSON object of the request; `Refused` for anything else."""
    try:
        data = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refused("请求内容不是合法的 JSON。") from error
    if not isinstance(data, dict):
        raise Refused("请求内容不是合法的 JSON 对象。")
    return data


def moment(text: Any) -> datetime | None:
    """An aware moment as the phone writes it, or None."""
    try:
        found = parse_datetime(str(text)) if text else None
        return (
            found if found is not None and found.tzinfo is not None and found.year > 1 and found.year < 9999 else None
        )
    except (ValueError, OverflowError):
        return None


def number_or_none(text: Any, *, decimal: bool = False) -> Any:
    """A whole number, or with `decimal` a coordinate of six places; None for anything else."""
    try:
        if not decimal:
            return int(str(text)) if str(text).isascii() and str(text).isdigit() and len(str(text)) < 19 else None
        found = Decimal(str(text)).quantize(Decimal("0.000001"))
        return found if abs(found) <= 180 else None
    except (InvalidOperation, ValueError):
        return None


def _uuid(text: Any, field: str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise Refused.at(field, "标识不正确。") from error


def header_of(user: User, data: dict[str, Any], known: Inspection | None) -> dict[str, Any]:
    """The arguments of `begin`; a planned visit keeps its own unit, kind, checklist and team."""
    header = {name: str(data.get(name) or "")[:200] for name in HEAD}
    header |= {name: number_or_none(data.get(name), decimal=True) for name in ("latitude", "longitude")}
    header |= {"client_at": moment(data.get("client_at")), "client_now": moment(data.get("client_now"))}
    if known is not None:
        kept = {"unit": known.unit, "kind": known.kind, "mode": known.mode, "checklist": known.checklist}
        return header | kept
    unit = Unit.objects.for_user(user).active().filter(pk=number_or_none(data.get("unit"))).select_related("enterprise")
    found = unit.first()
    if found is None:
        raise NotInScope("被检查单位不在您的管辖范围内，或已停用。")
    if data.get("kind") not in Inspection.Kind.values or data.get("mode") not in Inspection.Mode.values:
        raise Refused("检查的性质或方式不正确。")
    version = ChecklistVersion.objects.filter(pk=number_or_none(data.get("checklist"))).first()
    chosen = {"unit": found, "kind": data["kind"], "mode": data["mode"], "checklist": version}
    chosen["campaign"] = Campaign.objects.for_user(user).filter(pk=number_or_none(data.get("campaign"))).first()
    return header | chosen | {"team": _team(data.get("team"))}


def _team(listed: Any) -> list[Named]:
    parts: dict[int, str] = {}
    for entry in listed if isinstance(listed, list) else ():
        pk = number_or_none(entry.get("user")) if isinstance(entry, dict) else None
        if pk:
            part = entry.get("part")
            parts[pk] = part if part in InspectionMember.Part.values else InspectionMember.Part.MEMBER
    return [Named(person, parts[person.pk]) for person in User.objects.filter(pk__in=parts)]


def result_of(data: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `record`."""
    outcome, level = str(data.get("outcome") or ""), str(data.get("level") or "")
    if outcome and outcome not in ItemResult.Outcome.values:
        raise Refused.at("outcome", "结果应为合格、不合格或不涉及。")
    if level and level not in Level.values:
        raise Refused.at("level", "等级不正确。")
    texts: dict[str, Any] = {name: str(data.get(name) or "")[:most] for name, most in TEXTS.items()}
    if "criterion" in data:  # an app of an older release does not know of it
        texts["criterion_id"] = _criterion(data["criterion"])
    base = data.get("base")
    return {
        "uid": _uuid(data.get("uid"), "uid"),
        "item_id": number_or_none(data.get("item")),
        "text": str(data.get("text") or "")[:300],
        "base": base if isinstance(base, int) else None,
        "client_at": moment(data.get("client_at")),
        "outcome": outcome,
        "level": level,
        "is_fixed_on_spot": data.get("is_fixed_on_spot") is True,
        "due_on": due_or_none(data.get("due_on") if isinstance(data.get("due_on"), str) else None),
        **texts,
    }


def _criterion(value: Any) -> int | None:
    """The clause chosen by the person; None for none."""
    if not value:
        return None
    found = CriterionItem.objects.filter(pk=number_or_none(value)).first()
    if found is None:
        raise Refused.at("criterion", "没有找到所选的判定条款，请重新选择。")
    return found.pk


def signature_of(data: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `sign`; the picture comes as a PNG data URL."""
    picture = str(data.get("picture") or "")
    try:
        png = base64.b64decode(picture.partition("base64,")[2], validate=True) if picture else b""
    except (ValueError, binascii.Error) as error:
        raise Refused.at("picture", "签名图片无法识别，请重新签名。") from error
    return {
        "uid": _uuid(data.get("uid"), "uid"),
        "party": str(data.get("party") or ""),
        "user_id": number_or_none(data.get("user")),
        "name": str(data.get("name") or ""),
        "picture": ContentFile(png, "签名.png") if png else None,
        "typed_reason": str(data.get("typed_reason") or ""),
        "is_refused": data.get("is_refused") is True,
        "refusal_reason": str(data.get("refusal_reason") or ""),
        "client_at": moment(data.get("client_at")),
    }
