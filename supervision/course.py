"""The course of a listing as a stepper and as a table of dates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from supervision.models import Listing
from supervision.models.listings import ListingState as S

_ORDER = [S.PROPOSED, S.APPROVED, S.SERVED, S.TREATING, S.ACCEPTANCE, S.ACCEPTED, S.DELISTED]
_LABELS = ["提请", "批准", "送达", "报方案", "整治", "验收"]


def steps(listing: Listing) -> list[dict[str, Any]]:
    """提请 → 批准 → 送达 → 报方案 → 整治 → 验收 → 摘牌销号 (销账、整改销案), as `parts/stepper.html` reads it."""
    moments = [
        listing.proposed_at,
        listing.approved_at,
        listing.served_at,
        None,
        None,
        listing.accepted_at,
        listing.delisted_at,
    ]
    if listing.state == S.REJECTED:
        refused = {"label": "批准", "state": "stopped", "at": None, "note": "未批准"}
        return [{"label": "提请", "state": "done", "at": listing.proposed_at, "note": ""}, refused]
    reached = _ORDER.index(S(listing.state)) + 1
    shown = []
    labels = [*_LABELS, f"{listing.ending}销号" if listing.ending == "摘牌" else listing.ending]
    for place, (label, moment) in enumerate(zip(labels, moments, strict=True)):
        state = "done" if place < reached else "current" if place == reached else "todo"
        shown.append({"label": label, "state": state, "at": moment if state == "done" else None, "note": ""})
    return shown


def dates(listing: Listing) -> list[tuple[str, datetime | None, datetime | None]]:
    """(what, until when, done when) of every limited step that has begun."""
    found = [
        ("送达通知书", listing.serve_by, listing.served_at),
        ("公示督办信息", listing.publish_by, listing.published_at),
        ("报送治理方案", listing.plan_due_at, _plan_filed_at(listing)),
        ("完成整改", listing.deadline, listing.accepted_at),
        ("下次进展报告", listing.next_report_at, None),
        ("组织验收", listing.accept_by, listing.accepted_at),
        (f"公示{listing.ending}信息", listing.delist_publish_by, listing.delist_published_at),
    ]
    return [(what, until, done) for what, until, done in found if until is not None]


def _plan_filed_at(listing: Listing) -> datetime | None:
    """When the plan came; on the day of service where it stood in the hazard's file already."""
    if listing.state in (S.PROPOSED, S.APPROVED, S.SERVED, S.REJECTED):
        return None
    filed = listing.events.filter(action__in=("file_plan", "take_plan")).order_by("pk").first()
    return filed.at if filed else listing.served_at
