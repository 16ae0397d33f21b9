"""Writes to notices: drafted by the job, edited, approved and issued by people, signed for by units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Q

from audit import record
from common import clock, numbering
from common.errors import Forbidden, NotInScope, Refused, WrongState
from common.events import writer
from common.lifecycle import Lifecycle, Rule, require
from common.limits import limit
from common.papers import render_docx, render_pdf
from common.wording import cn_date
from evidence.transitions import store
from messaging.transitions import notify_about
from reports.models import Notice, NoticeEvent, NoticeReceipt
from reports.notices import paper, snapshot, words
from reports.statistics import Period
from units import queries
from units.models import Unit, User
from units.roles import GRANTS, OFFICE, Right
from units.scope import reaches

S = Notice.State
Values = Mapping[str, Any]


def may(actor: Any, right: str, notice: Notice) -> bool:
    """Whether the actor holds the right over this notice (its office's area)."""
    return reaches(actor, right, notice, unit="office_id", department="office_id")


def _guard_edit(notice: Notice, actor: Any, values: Values) -> None:
    """A title, and a heading over every part."""
    require(values, title="标题")
    for section in values.get("sections") or ():
        if not section["heading"].strip():
            raise Refused("各部分的标题不能为空。", {"sections": "各部分的标题不能为空。"})


def _edit(notice: Notice, actor: Any, values: Values) -> dict[str, Any]:
    notice.title, notice.sections, notice.edited_by = values["title"], values["sections"], actor
    return {"note": "修改正文"}


def _recompute(notice: Notice, actor: Any, values: Values) -> dict[str, Any]:
    period = period_of(notice)
    notice.snapshot = snapshot.take(notice.office, period)
    if values.get("rewrite"):
        notice.sections = words.sections(notice.snapshot, period)
    return {"note": "按当前数据重新计算" + ("并重写正文" if values.get("rewrite") else "，正文未改动")}


def _guard_approve(notice: Notice, actor: Any, values: Values) -> None:
    """Not by anybody who edited the text, however many edited it since."""
    if notice.events.filter(action="edit", actor=actor).exists():
        raise Forbidden("您编辑过正文，须由其他负责人审签。")


def _approve(notice: Notice, actor: Any, values: Values) -> dict[str, Any]:
    notice.approved_by, notice.approved_at = actor, clock.now()
    return {"note": values.get("opinion") or "同意"}


def _guard_reason(notice: Notice, actor: Any, values: Values) -> None:
    """The action needs a reason."""
    require(values, reason="理由")


def _return(notice: Notice, actor: Any, values: Values) -> dict[str, Any]:
    notice.approved_by = notice.approved_at = None
    return {"note": values["reason"]}


def _issue(notice: Notice, actor: Any, values: Values) -> dict[str, Any]:
    """Number, date, .docx and PDF of exactly this text, and one receipt per addressee."""
    now = clock.now()
    year = clock.local(now).year
    prefix = notice.office.office.notice_prefix
    notice.issued_by, notice.issued_at = actor, now
    notice.number = numbering.document_number(prefix, year, numbering.take(f"notice:{prefix}", year))
    final = paper.build(notice)
    name = f"{notice.number} {notice.headline}".replace("/", "／")
    notice.docx = store(SimpleUploadedFile(f"{name}.docx", render_docx(final)), by=actor)
    notice.pdf = store(SimpleUploadedFile(f"{name}.pdf", render_pdf(final)), by=actor)
    due = limit("notice.receipt", notice.area_path).after(now)
    receipts = [NoticeReceipt(notice=notice, unit=unit, due_at=due) for unit in addressees(notice)]
    NoticeReceipt.objects.bulk_create(receipts)
    return {"note": notice.number, "addressees": len(receipts)}


def _void(notice: Notice, actor: Any, values: Values) -> dict[str, Any]:
    return {"note": values["reason"]}


RULES: dict[str, Rule] = {
    "edit": Rule("编辑", (S.DRAFTED, S.EDITED), S.EDITED, Right.DRAFT_NOTICE, "保存正文，数据表不变。",
                 guard=_guard_edit, apply=_edit, form="edit"),
    "recompute": Rule("重新计算", (S.DRAFTED, S.EDITED), None, Right.DRAFT_NOTICE, "用当前数据替换草稿的数据快照。",
                      apply=_recompute, form="recompute", tone="secondary"),
    "approve": Rule("审签", (S.DRAFTED, S.EDITED), S.APPROVED, Right.APPROVE_NOTICE, "审签后可以印发，不能再改。",
                    guard=_guard_approve, apply=_approve, form="opinion", tone="success"),
    "return_draft": Rule("退回修改", (S.APPROVED, S.DRAFTED, S.EDITED), S.EDITED, Right.APPROVE_NOTICE, "退回拟稿人修改。",
                         guard=_guard_reason, apply=_return, form="reason", tone="secondary"),
    "issue": Rule("印发", (S.APPROVED,), S.ISSUED, Right.APPROVE_NOTICE, "编号、生成正式文件并发给各受文单位签收。",
                  apply=_issue, form="opinion"),
    "void": Rule("作废", (S.DRAFTED, S.EDITED, S.APPROVED, S.ISSUED), S.VOID, Right.APPROVE_NOTICE, "作废后文号保留不再使用。",
                 guard=_guard_reason, apply=_void, form="reason", tone="danger"),
}  # fmt: skip


write_event = writer(NoticeEvent, RULES)


def _tell(notice: Notice, actor: Any, action: str) -> None:
    if action == "edit":
        return
    if action == "issue":
        for receipt in notice.receipts.select_related("unit"):
            _ask_receipt(notice, receipt, "请签收")
        return
    _notify_office(notice, RULES[action].label, f"{action}:{notice.version}", actor)


def _notify_office(notice: Notice, what: str, event: str, actor: Any) -> None:
    notify_about(
        notice,
        queries.people_of_unit(notice.office_id, *OFFICE),
        actor=actor,
        event=event,
        kind="notice",
        title=f"通报{what}：{notice.headline}",
        why="您是发文单位工作人员。",
    )


def _ask_receipt(notice: Notice, receipt: NoticeReceipt, what: str) -> None:
    notify_about(
        notice,
        queries.people_of_unit(receipt.unit_id, *GRANTS[Right.RECEIPT_NOTICE]),
        event=what,
        kind="notice",
        title=f"{what}：{notice.number} {notice.headline}",
        body=f"请于{cn_date(receipt.due_at)}前签收。",
        why=f"{receipt.unit.name}是受文单位。",
    )


def _audit(notice: Notice, actor: Any, action: str) -> None:
    """Whoever lets a notice out, or takes it back, stands in the audit record."""
    if action in ("approve", "issue", "void"):
        record(f"reports.notice_{action}", notice, actor=actor, after={"state": notice.state, "number": notice.number})


LIFECYCLE = Lifecycle(model=Notice, rules=RULES, may=may, write_event=write_event, on_change=(_tell, _audit))
perform = LIFECYCLE.perform
allowed_actions = LIFECYCLE.allowed


def period_of(notice: Notice) -> Period:
    """The span the notice reports on."""
    return Period(notice.period_from, notice.period_to)


def addressees(notice: Notice) -> list[Unit]:
    """Villages and committee members of the area, and enterprises named in the annexes."""
    named = {row["id"] for part in ("overdue", "listed", "named") for row in notice.snapshot.get(part, ())}
    area = Unit.objects.active().filter(area_path__startswith=notice.area_path)
    villages = area.filter(kind=Unit.Kind.VILLAGE)
    members = area.filter(kind=Unit.Kind.DEPARTMENT, is_committee_member=True)
    firms = area.filter(kind=Unit.Kind.ENTERPRISE, hazards__in=named)
    chosen = [units.values("pk") for units in (villages, members, firms)]
    return list(Unit.objects.filter(Q(pk__in=chosen[0]) | Q(pk__in=chosen[1]) | Q(pk__in=chosen[2])).order_by("pk"))


def _guard_drafting(office: Unit, period: Period, actor: Any) -> None:
    if not may(actor, Right.DRAFT_NOTICE, Notice(office=office, area_path=office.area_path)):
        raise Forbidden
    if period.last >= clock.today():
        raise Refused("该统计期尚未结束，不能起草通报。", {"period": "请选择已经结束的月份或季度。"})


def draft(office: Unit, period: Period, kind: str = Notice.Kind.MONTHLY, actor: Any = None) -> tuple[Notice, bool]:
    """The notice of `office` for `period`, drafted now unless it exists; returns it and whether it is new.

    A person (`actor`) drafts for the own office only, and only what is over: else `Forbidden` or `Refused`.

    Safe to repeat and in parallel: the database holds one notice per office, kind and period.
    """
    if actor is not None:
        _guard_drafting(office, period, actor)
    same = {"office": office, "kind": kind, "period_from": period.first, "period_to": period.last}
    live = Notice.objects.filter(**same).exclude(state=S.VOID)
    if found := live.first():
        return found, False
    taken = snapshot.take(office, period)
    try:
        with transaction.atomic():
            notice = Notice.objects.create(
                **same,
                area_path=office.area_path,
                title=words.title(office.office.street_name, period),
                sections=words.sections(taken, period),
                snapshot=taken,
                drafted_at=clock.now(),
            )
            data = {"note": period.label}
            write_event(notice, "draft", actor, label="起草", at=clock.now(), target=S.DRAFTED, data=data)
            _notify_office(notice, "已起草，请审阅", "draft", actor)
    except IntegrityError:
        return live.get(), False
    return notice, True


def sign_for(actor: User, pk: int) -> NoticeReceipt:
    """签收 the issued notice `pk` for the actor's unit; signing twice changes nothing.

    Raises `NotInScope` when the unit is no addressee and `WrongState` before issue.
    """
    unit_id = actor.hat.unit_id if actor.hat else 0
    with transaction.atomic():
        receipt = NoticeReceipt.objects.select_for_update(of=("self",)).select_related("notice").filter(
            notice_id=pk, unit_id=unit_id
        ).first()  # fmt: skip
        if receipt is None:
            raise NotInScope
        if not may_sign(actor):
            raise Forbidden
        if receipt.notice.state != S.ISSUED:
            raise WrongState("通报尚未印发或已作废，不能签收。")
        if receipt.signed_at is None:
            receipt.signed_by, receipt.signed_at = actor, clock.now()
            receipt.save(update_fields=["signed_by", "signed_at"])
            record("reports.notice_sign_for", receipt.notice, actor=actor)
    return receipt


def may_sign(actor: Any) -> bool:
    """Whether the role signs for notices on behalf of its unit."""
    return actor.role in GRANTS[Right.RECEIPT_NOTICE]


def remind_receipts() -> int:
    """Remind units whose receipt is overdue, once per notice; returns how many units."""
    owing = NoticeReceipt.objects.filter(signed_at__isnull=True, reminded_at__isnull=True, notice__state=S.ISSUED)
    late = owing.filter(due_at__lt=clock.now()).select_related("notice", "unit")
    with transaction.atomic():
        rows = list(late.select_for_update(of=("self",), skip_locked=True))
        for receipt in rows:
            _ask_receipt(receipt.notice, receipt, "逾期未签收，请尽快签收")
        NoticeReceipt.objects.filter(pk__in=[receipt.pk for receipt in rows]).update(reminded_at=clock.now())
    return len(rows)
