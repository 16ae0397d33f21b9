"""第N批: opened by the office, its one notice edited, then signed, numbered and sent to every unit of the batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from common import clock, numbering
from common.errors import Forbidden, Refused
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule
from messaging.transitions import notify_about
from supervision import archive, papers
from supervision.models import Listing, ListingBatch, ListingBatchEvent, ListingEvent
from supervision.models.batches import BatchState as S
from supervision.models.listings import ListingState
from supervision.transitions import listing_guards as guards
from supervision.transitions.access import may_batch
from supervision.transitions.listing_effects import keep_text
from supervision.transitions.offices import listing_number
from units import queries
from units.models import Unit
from units.roles import FIRM, Right

Values = Mapping[str, Any]
KIND = "batch"
NOTED = "batch_notice"


def _edit(batch: ListingBatch, actor: Any, values: Values) -> dict[str, Any]:
    return keep_text(KIND, batch, actor, values)


def _check_issue(batch: ListingBatch, actor: Any, values: Values) -> None:
    """Something to announce, all of it approved and in force, by one signatory."""
    rows = rows_of(batch)
    if not rows:
        raise Refused("本批还没有督办事项，请先编入。")
    waiting = [row for row in rows if row.state == ListingState.PROPOSED]
    if waiting:
        raise Refused(f"本批还有{len(waiting)}项待审批，批准或调出后再印发通知书。")
    if len({row.kind == Listing.Kind.FIRE for row in rows}) > 1:
        raise Refused("重大火灾隐患由街道办事处挂牌督办，署名不同，请与其他督办事项分批印发。")


def _issue(batch: ListingBatch, actor: Any, values: Values) -> dict[str, Any]:
    batch.document = listing_number(batch.office)
    batch.issued_by, batch.issued_at = actor, clock.now()
    return {"number": batch.document, "note": f"文号{batch.document}"}


RULES: dict[str, Rule] = {
    "edit_notice": Rule(
        "修改批次通知书草稿", (S.OPEN,), None, Right.SERVE_LISTING, "印发前可逐句修改；所附清单自动生成。",
        guard=guards.paper_text, apply=_edit, form="batch_text", tone="secondary",
    ),
    "issue": Rule(
        "印发批次通知书", (S.OPEN,), S.ISSUED, Right.APPROVE_LISTING, "编号后送达各责任单位和督办部门；此后本批不再增减。",
        guard=_check_issue, apply=_issue, tone="success",
    ),
}  # fmt: skip


def rows_of(batch: ListingBatch) -> list[Listing]:
    """What the notice announces: not what was rejected, nor what had ended before it; in the order of the numbers."""
    ended = Q(delisted_at__lt=batch.issued_at or clock.now())
    rows = Listing.objects.filter(batch=batch).exclude(state=ListingState.REJECTED).exclude(ended)
    return list(rows.select_related("hazard__unit", "department", "office").order_by("approved_at", "pk"))


def _archive(batch: ListingBatch, actor: Any, action: str) -> None:
    """The notice with its list as signed; every listing of the batch remembers under which number it was announced."""
    if action != "issue":
        return
    rows = rows_of(batch)
    archive.keep(KIND, batch, papers.batch_notice(batch, rows))
    note = {"note": f"{batch}督办通知书已印发，文号{batch.document}"}
    for row in rows:
        new_event(
            ListingEvent, row, NOTED, "编入批次通知书", actor=actor, at=clock.now(), source=row.state,
            target=row.state, data=note,
        ).save()  # fmt: skip


def _tell(batch: ListingBatch, actor: Any, action: str) -> None:
    if action != "issue":
        return
    for row in rows_of(batch):
        people = [*queries.people_of_unit(row.hazard.unit_id, *FIRM), *queries.people_of_unit(row.department_id)]
        notify_about(
            row,
            people,
            actor=actor,
            event=f"batch:{batch.pk}",
            kind="supervision.listing",
            title=f"{batch}督办通知书已印发：{batch.document}",
            body=f"{row.hazard.unit.name}隐患{row.hazard.number}：{row.hazard.description[:60]}，按通知要求整治并报告进展。",
            why=f"隐患{row.hazard.number}列入{batch}{row.supervision}（{row.number}），您是其责任单位或督办部门人员。",
            urgent=True,
        )


LIFECYCLE = Lifecycle(
    model=ListingBatch,
    rules=RULES,
    may=may_batch,
    write_event=writer(ListingBatchEvent, RULES),
    on_change=(_archive, _tell),
)
perform = LIFECYCLE.perform


def open_batch(actor: Any, office: Unit) -> ListingBatch:
    """第N批 of the year, the next number of the office. `Forbidden` without the right to serve listings there."""
    if not Unit.objects.for_user(actor, Right.SERVE_LISTING).filter(pk=office.pk).exists():
        raise Forbidden
    year = clock.today().year
    with transaction.atomic():
        number = numbering.take(f"listing-batch:{office.pk}", year)
        batch = ListingBatch.objects.create(office=office, year=year, number=number)
        new_event(ListingBatchEvent, batch, "open", "新建批次", actor=actor, at=clock.now(), target=S.OPEN).save()
    return batch
