"""Reads across notices, their receipts and the records behind their figures."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from common.errors import NotInScope
from hazards.models import Hazard
from reports.models import Notice, NoticeQuerySet, NoticeReceipt
from reports.notices import snapshot
from units.models import Unit


def ledger(queryset: NoticeQuerySet) -> QuerySet[Notice]:
    """Notices with what a row of the list shows, in one query."""
    signed = Count("receipts", filter=Q(receipts__signed_at__isnull=False))
    return queryset.light().select_related("office", "issued_by").annotate(
        sent=Count("receipts"), signed=signed
    )  # fmt: skip


def one(user: Any, pk: int) -> Notice:
    """The notice `pk` in the user's read scope; `NotInScope` otherwise."""
    related = ("office__office", "docx__blob", "pdf__blob", "approved_by", "issued_by", "edited_by")
    notice = Notice.objects.for_user(user).filter(pk=pk).select_related(*related).first()
    if notice is None:
        raise NotInScope
    return notice


def works_on(user: Any, notice: Notice) -> bool:
    """Whether the reader belongs to the office side (drafts, differences, receipts of all) rather than the addressees."""
    return user.hat.unit.kind == Unit.Kind.OFFICE and notice.area_path.startswith(user.hat.unit.area_path)


def visible_attachments(user: Any, ids: set[int]) -> set[int]:
    """Those of the attachments `ids` that are the paper of a notice the user reads."""
    papers = (
        Notice.objects.for_user(user).filter(Q(docx_id__in=ids) | Q(pdf_id__in=ids)).values_list("docx_id", "pdf_id")
    )
    return {pk for pair in papers for pk in pair if pk in ids}


def receipt_of(user: Any, notice: Notice) -> NoticeReceipt | None:
    """The receipt of the reader's own unit."""
    return notice.receipts.filter(unit_id=user.hat.unit_id).select_related("signed_by").first()


def recorded_ids(notice: Notice, key: str, asked: dict[str, str]) -> list[int]:
    """The ids the notice's snapshot holds behind a figure; `asked` may name part, base, by and group.

    `NotInScope` for a figure, table or group the snapshot does not have.
    """
    base = asked.get("base") == "1"
    try:
        if asked.get("by"):
            return snapshot.ids_in_group(notice.snapshot, key, asked["by"], asked.get("group", ""), base=base)
        return snapshot.ids_of(notice.snapshot, key, part=asked.get("part", "figures"), base=base)
    except (KeyError, TypeError):
        raise NotInScope("通报中没有这项数据。") from None


def visible_hazards(user: Any, ids: set[int]) -> set[int]:
    """Those of the hazards `ids` the user may open."""
    return set(Hazard.objects.for_user(user).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
