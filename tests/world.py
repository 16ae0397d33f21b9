"""The records the permission matrix walks over: everything in the cast's own street, by the name routes refer to it."""

from __future__ import annotations

from typing import Any

from audit.models import AuditEntry
from common.models import BackgroundWork
from hazards.models import CriterionItem
from messaging.models import Message
from messaging.transitions import notify
from tests.cast import Cast
from tests.hazards.builders import hazard_in
from units import policies
from units.models import PolicyProposal, SavedView, Unit, UnitProposal
from units.transitions.policies import propose_policy
from units.transitions.proposals import propose_change

Kwargs = dict[str, Any]


def build_world(cast: Cast, photo: Any) -> dict[str, Kwargs]:
    """Name → the keyword arguments of a route for that record."""
    records: dict[str, Any] = {
        "street": cast.areas["street"],
        "village_area": cast.areas["village"],
        "firm": cast.units["firm"],
        "village": cast.units["village"],
        "provisional": _provisional(cast),
        "department_unit": cast.units["department"],
        "staff": cast.people["safety"],
        "unit_proposal": _unit_proposal(cast),
        "policy_proposal": _policy_proposal(cast),
        "saved_view": SavedView.objects.create(user=cast.officer, ledger="/enterprises/", name="红色", query="risk=red"),
        "message": _message(cast),
        "work": BackgroundWork.objects.create(owner=cast.officer, kind="test", title="导出"),
        "hazard": hazard_in(cast, "rectifying"),
        "reported": hazard_in(cast, "reported"),
        "draft": hazard_in(cast, "draft", reported_by=cast.officer),
        "criterion": CriterionItem.objects.order_by("pk").first(),
        "audit_entry": AuditEntry.objects.order_by("pk").first(),
    }
    world: dict[str, Kwargs] = {name: {"pk": record.pk} for name, record in records.items() if record is not None}
    post = cast.people["safety"].memberships.get()
    world |= {
        "staff_post": {"pk": cast.people["safety"].pk, "membership": post.pk},
        "policy_kind": {"kind": policies.TIME_LIMIT},
        "photo": {"pk": photo("safety").pk, "variant": "display"},
        "hazard_progress": {**world["hazard"], "action": "report_progress"},
        "hazard_confirm": {**world["reported"], "action": "confirm"},
        "bulk_urge": {"action": "urge"},
        "template": {"kind": "hazards"},
    }
    return world


def _provisional(cast: Cast) -> Unit:
    standing = Unit.Standing.PROVISIONAL
    return Unit.objects.create(kind=Unit.Kind.ENTERPRISE, name="无名小店", area=cast.areas["village"], standing=standing)


def _unit_proposal(cast: Cast) -> UnitProposal:
    return propose_change(cast.units["firm"], cast.fresh("department"), {"principal": "新负责人"}, "企业变更负责人")


def _policy_proposal(cast: Cast) -> PolicyProposal:
    form = policies.kind_of(policies.CALENDAR_DAY).form({"date": "2027-01-02", "is_workday": "1", "note": "调休"})
    assert form.is_valid()
    return propose_policy(policies.CALENDAR_DAY, cast.fresh("officer"), form, "国务院通知")


def _message(cast: Cast) -> Message:
    notify([cast.officer], kind="common.calendar_missing", title="测试", key="matrix")
    return Message.objects.get(recipient=cast.officer)
