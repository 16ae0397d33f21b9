"""第N批: the joint progress table, the one notice, and opening a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common.errors import NotInScope
from common.paper_pages import paper_response
from common.record_pages import buttons, one, timeline
from supervision import archive, papers
from supervision.forms import batches as forms
from supervision.models import BatchState, Listing, ListingBatch, ListingState
from supervision.transitions import batches
from supervision.views.acting import RecordActionView
from units.access import holds, require
from units.roles import FIRM, Right

PREPARES = (Right.SERVE_LISTING, Right.APPROVE_LISTING)


class BatchAction(RecordActionView):
    """One action on a batch."""

    model, lifecycle, forms = ListingBatch, batches.LIFECYCLE, forms.FORMS

    def drafts(self) -> list[dict[str, str]]:
        """The notice while it waits to be issued."""
        if self.record.state == BatchState.ISSUED:
            return []
        return [{"label": "批次通知书", "url": reverse("listing-batch-paper", args=[self.record.pk, "notice", "pdf"])}]


@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """第N批: how far each of its listings is, the notice, and what the person may do with it."""
    require(request.user, Right.READ_HAZARD)
    found = one(ListingBatch, request.user, pk)
    rows = _rows(found, request.user)
    context = {
        "batch": found,
        "rows": rows,
        "figures": _figures(rows),
        "has_notice": _may_see_notice(found, request.user),
        "buttons": buttons(batches.LIFECYCLE, found, request.user, "listing-batch-action"),
        "events": timeline(batches.LIFECYCLE, found.events.all(), {}),
    }
    return render(request, "supervision/batch.html", context)


def _rows(found: ListingBatch, user: Any) -> list[Listing]:
    """What the reader may know of the batch, in the order of the numbers; proposals stand last."""
    rows = Listing.objects.for_user(user).filter(batch=found).exclude(state=ListingState.REJECTED)
    return list(rows.select_related("hazard__unit", "department").order_by("approved_at", "pk"))


def _may_see_notice(found: ListingBatch, user: Any) -> bool:
    """Once issued whoever reads the batch may, but an enterprise has its own notice: this one names the others."""
    if found.state == BatchState.ISSUED:
        return user.role not in FIRM
    return holds(user, *PREPARES) and any(batches.may_batch(user, right, found) for right in PREPARES)


@require_safe
def paper(request: HttpRequest, pk: int, which: str, kind: str) -> HttpResponse:
    """The notice (a draft says so) or the progress table as .docx or PDF."""
    require(request.user, Right.READ_HAZARD)
    found = one(ListingBatch, request.user, pk)
    if which == "table":
        made = papers.batch_table(found, _rows(found, request.user))
        return paper_response(made, f"{found}督办进展表", kind)
    if which != "notice" or not _may_see_notice(found, request.user):
        raise NotInScope
    signed = archive.kept(batches.KIND, found)
    if signed is None:
        signed = replace(papers.batch_notice(found, batches.rows_of(found)), mark="草稿")
    return paper_response(signed, f"{found}督办通知书{found.document or '（草稿）'}", kind)


def _figures(rows: Sequence[Listing]) -> list[dict[str, Any]]:
    done = sum(row.state == ListingState.DELISTED for row in rows)
    missed = sum(row.missed_reports for row in rows)
    return [
        {"label": "本批督办", "value": len(rows), "unit": "项"},
        {"label": "已解除督办", "value": done, "unit": "项", "tone": "green"},
        {"label": "督办中", "value": sum(row.is_in_force for row in rows), "unit": "项"},
        {"label": "未按期报告", "value": missed, "unit": "次", "tone": "red" if missed else "plain"},
    ]


@require_POST
def open_batch(request: HttpRequest) -> HttpResponse:
    """A new batch of the person's own office."""
    require(request.user, Right.SERVE_LISTING)
    return redirect(batches.open_batch(request.user, request.user.hat.unit))  # type: ignore[union-attr]
