"""The records the permission matrix walks over: everything in the cast's own street, by the name routes refer to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import AuditEntry
from common import clock
from common.models import BackgroundWork
from hazards.imports import works
from hazards.models import CriterionItem
from messaging.models import Message
from messaging.transitions import notify
from reports import transitions as notices
from reports.models import NoticeReceipt
from reports.statistics import Period
from supervision.models import Letter, Measure
from supervision.transitions import batches, letters, listings, measures
from tests.cast import Cast
from tests.hazards.builders import hazard_in
from tests.inspections import world as inspections
from tests.supervision import records as supervision
from tests.tasks import world as tasks
from units import policies
from units.models import PolicyProposal, SavedView, Unit, UnitProposal
from units.transitions.policies import propose_policy
from units.transitions.proposals import propose_change

Kwargs = dict[str, Any]
ACTIONS = {
    "hazard_progress": ("hazard", "report_progress"),
    "hazard_confirm": ("reported", "confirm"),
    "hazard_transfer": ("hazard", "transfer"),
    "listing_opine": ("listing", "opine"),
    "batch_edit": ("batch", "edit_notice"),
    "listing_approve": ("listing", "approve"),
    "letter_edit": ("letter_draft", "edit"),
    "letter_send": ("letter_draft", "send"),
    "letter_receive": ("letter", "receive"),
    "measure_decide": ("measure", "decide"),
    "notice_approve": ("notice_draft", "approve"),
    "notice_void": ("notice", "void"),
}


def build_world(cast: Cast, photo: Any) -> dict[str, Kwargs]:
    """Name → the keyword arguments of a route for that record."""
    records = {**_people(cast), **_hazards(cast), **_imports(cast), **_supervision(cast), **_notices(cast)}
    records |= tasks.build(cast, photo) | inspections.build(cast, photo)
    records |= supervision.build(cast, photo)
    world: dict[str, Kwargs] = {
        name: record if isinstance(record, dict) else {"pk": record.pk} for name, record in records.items()
    }
    actions = ACTIONS | tasks.ACTIONS | inspections.ACTIONS
    world |= {name: {**world[record], "action": action} for name, (record, action) in actions.items()}
    staff = cast.people["safety"]
    return world | {
        "staff_post": {"pk": staff.pk, "membership": staff.memberships.get().pk},
        "policy_kind": {"kind": policies.TIME_LIMIT},
        "photo": {"pk": photo("safety").pk, "variant": "display"},
        "bulk_urge": {"action": "urge"},
        "yearly_paper": {**world["yearly"], "which": "paper", "kind": "docx"},
        "remind_tasks": {"action": "remind"},
        "template": {"kind": "hazards"},
        "figure": {"key": "new"},
        "share": {"key": "coverage_rate"},
        "notice_figure": {**world["notice"], "key": "new"},
        "evaluation_paper": {**world["evaluation"], "kind": "docx"},
        "evaluation_tasks": {**world["evaluation"], "key": "all"},
        "evaluation_duties": {**world["evaluation"], "key": "missed"},
        "evaluation_indicator": {**world["evaluation"], "indicator": world["indicator"]["pk"]},
        "meeting_paper": {**world["meeting"], "kind": "docx"},
        "letter_paper": {**world["letter"], "kind": "pdf"},
        "extension_paper": {**world["extension"], "kind": "docx"},
        "measure_paper": {**world["measure"], "which": "minutes", "kind": "pdf"},
        "reply_code": {"code": supervision.CODE},
        "batch_notice": {**world["batch"], "which": "notice", "kind": "pdf"},
        "signboard": {**world["listing"], "which": "signboard", "kind": "pdf"},
    }


def _people(cast: Cast) -> dict[str, Any]:
    firm, area = cast.units["firm"], cast.areas["village"]
    enterprise, provisional = Unit.Kind.ENTERPRISE, Unit.Standing.PROVISIONAL
    notify([cast.officer], kind="common.calendar_missing", title="测试", key="matrix")
    return {
        "street": cast.areas["street"],
        "village_area": area,
        "firm": firm,
        "village": cast.units["village"],
        "department_unit": cast.units["department"],
        "staff": cast.people["safety"],
        "provisional": Unit.objects.create(kind=enterprise, name="无名小店", area=area, standing=provisional),
        "unit_proposal": _unit_proposal(cast),
        "policy_proposal": _policy_proposal(cast),
        "saved_view": SavedView.objects.create(
            user=cast.officer, ledger="/enterprises/", name="红色", query="risk=red"
        ),
        "message": Message.objects.get(recipient=cast.officer),
        "work": BackgroundWork.objects.create(owner=cast.officer, kind="test", title="导出"),
        "audit_entry": AuditEntry.objects.order_by("pk")[0],
    }


def _unit_proposal(cast: Cast) -> UnitProposal:
    return propose_change(cast.units["firm"], cast.fresh("department"), {"principal": "新负责人"}, "企业变更负责人")


def _policy_proposal(cast: Cast) -> PolicyProposal:
    form = policies.kind_of(policies.CALENDAR_DAY).form({"date": "2027-01-02", "is_workday": "1", "note": "调休"})
    assert form.is_valid()
    return propose_policy(policies.CALENDAR_DAY, cast.fresh("officer"), form, "国务院通知")


def _hazards(cast: Cast) -> dict[str, Any]:
    return {
        "hazard": hazard_in(cast, "rectifying"),
        "reported": hazard_in(cast, "reported"),
        "draft": hazard_in(cast, "draft", reported_by=cast.officer),
        "criterion": CriterionItem.objects.order_by("pk")[0],
    }


def _imports(cast: Cast) -> dict[str, Any]:
    """One ledger waiting in preview, one brought in; its second row is refused."""
    text = "序号,单位名称,隐患描述,发现日期,整改期限\n1,甲街道食品厂,通道堵塞,2026-11-01,2026-11-20\n2,甲街道食品厂,,2026-11-01,长期坚持\n"
    upload = SimpleUploadedFile("台账.csv", text.encode())
    waiting = works.begin(cast.fresh("officer"), upload, "hazards")
    upload.seek(0)
    done = works.begin(cast.fresh("officer"), upload, "hazards")
    works.confirm(done)
    works.run(done.pk)
    return {"import": waiting, "import_done": done}


def _supervision(cast: Cast) -> dict[str, Any]:
    officer, firm = cast.fresh("officer"), cast.units["firm"]
    hazard = hazard_in(cast, "rectifying", "major")
    text = {
        "title": "提示单",
        "matter": "整改进展缓慢",
        "demand": "加快整改",
        "due_at": clock.now() + timedelta(days=9),
    }
    drafted, sent = (letters.draft(officer, kind=Letter.Kind.HINT, to_unit=firm, **text) for _ in range(2))
    return {
        "major": hazard,
        "listing": listings.propose(officer, hazard.pk, reason="久拖不改"),
        "measure": measures.propose(officer, hazard.pk, kind=Measure.Kind.TALK, reason="进展缓慢"),
        "batch": batches.open_batch(officer, cast.units["office"]),
        "letter_draft": drafted,
        "letter": letters.perform("send", sent.pk, cast.fresh("head")),
    }


def _notices(cast: Cast) -> dict[str, Any]:
    head, office = cast.fresh("head"), cast.units["office"]
    issued, _ = notices.draft(office, Period.month(2026, 9))
    for action in ("approve", "issue"):
        notices.perform(action, issued.pk, head)
    NoticeReceipt.objects.get_or_create(notice=issued, unit=cast.units["firm"], defaults={"due_at": clock.now()})
    return {"notice": issued, "notice_draft": notices.draft(office, Period.month(2026, 10))[0]}
