"""The auditor's pages: the record with its filters and export, one entry, and the state of the chain."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from audit import actions, chain, jobs
from audit.filters import AuditFilter
from audit.models import AUDITOR, AuditEntry
from audit.recorder import record
from common.columns import Column
from common.errors import Forbidden, NotInScope
from common.ledgers import LedgerView
from common.models import BackgroundWork
from common.wording import cn_datetime


def require_auditor(user: Any) -> None:
    """403 for everybody who is not wearing the auditor's hat."""
    if getattr(user, "role", "") != AUDITOR:
        raise Forbidden("审计记录仅审计员可以查看。")


class AuditLedger(LedgerView):
    """The whole record, newest first. That it was read is recorded, too."""

    model = AuditEntry
    title = "审计记录"
    filterset_class = AuditFilter
    default_order = ("-at", "-pk")
    columns = (
        Column("at", "时间", show=cn_datetime, order=("at", "pk"), link=True, css="cell-date"),
        Column("actor_name", "操作人"),
        Column("hat", "身份"),
        Column("action", "操作", "action_name"),
        Column("target", "对象", "target_label"),
        Column("address", "来源地址"),
        Column("reason", "理由", default=False),
        Column("before", "变更前", default=False),
        Column("after", "变更后", default=False),
        Column("request", "请求编号", "request_id", default=False),
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For the auditor only."""
        require_auditor(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The list; an export records itself."""
        if "export" not in request.GET:
            record(actions.AUDIT_VIEW, AuditEntry, after={"query": request.GET.urlencode()})
        return super().get(request, *args, **kwargs)

    def row_url(self, row: AuditEntry) -> str:
        """The entry with its values."""
        return reverse("audit-entry", args=[row.pk])


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry: what was there before, what after, and its place in the chain."""
    require_auditor(request.user)
    found = AuditEntry.objects.for_user(request.user).select_related("link").filter(pk=pk).first()
    if found is None:
        raise NotInScope
    return render(request, "audit/entry.html", {"entry": found, "changes": _changes(found)})


@require_safe
def chain_state(request: HttpRequest) -> HttpResponse:
    """The head of the chain, to be noted down outside the system, and what the last verification found."""
    require_auditor(request.user)
    last = AuditEntry.objects.filter(action=actions.AUDIT_VERIFY).order_by("-at", "-pk").first()
    return render(request, "audit/chain.html", {"head": chain.head(), "last": last})


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Start a verification in the background; its result is kept in 后台任务 and in the record itself."""
    require_auditor(request.user)
    work = BackgroundWork.objects.create(owner=request.user, kind=jobs.VERIFY, title="校验审计链")
    transaction.on_commit(lambda: jobs.verify_chain.delay(work.pk))
    return redirect("work-detail", work.pk)


def _changes(found: AuditEntry) -> list[tuple[str, Any, Any]]:
    """(field, before, after) for every field either side names."""
    before, after = found.before or {}, found.after or {}
    return [(key, before.get(key), after.get(key)) for key in sorted(before.keys() | after.keys())]
