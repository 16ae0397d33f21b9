"""后台任务: long work a person started, its progress and its result."""

from __future__ import annotations

from pathlib import PurePath

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.columns import Column, Empty, badge_column
from common.errors import NotInScope
from common.ledgers import LedgerView
from common.models import BackgroundWork
from common.wording import cn_datetime
from messaging.filters import WorkFilter


class WorkLedger(LedgerView):
    """The person's own background work, newest first."""

    model = BackgroundWork
    title = "后台任务"
    filterset_class = WorkFilter
    default_order = ("-created_at", "-pk")
    columns = (
        Column("title", "名称", link=True),
        badge_column("state", "状态", "work_state"),
        Column("percent", "进度", show=lambda percent: f"{percent}%", numeric=True),
        Column("created_at", "发起时间", show=cn_datetime, order=("created_at", "pk"), css="cell-date"),
        Column("finished_at", "结束时间", show=cn_datetime, css="cell-date"),
    )

    def row_url(self, row: BackgroundWork) -> str:
        """Progress and result."""
        return reverse("work-detail", args=[row.pk])

    def get_empty(self) -> Empty:
        """What would be here."""
        return (
            super().get_empty()
            if self.chips
            else Empty("没有后台任务", "耗时较长的导入、导出和校验会在这里显示进度和结果。")
        )


def _own(request: HttpRequest, pk: int) -> BackgroundWork:
    work = BackgroundWork.objects.for_user(request.user).filter(pk=pk).first()
    if work is None:
        raise NotInScope("没有找到该任务。")
    return work


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress (htmx asks for it alone every two seconds) and result.

    A job may put `message` (a Chinese sentence) and `url` (a path of this site) into the result; a file wins.
    """
    work = _own(request, pk)
    context = {
        "work": work,
        "url": reverse("work-detail", args=[work.pk]),
        "result_url": reverse("work-file", args=[work.pk]) if work.file else work.result.get("url", ""),
    }
    return render(request, "parts/progress.html" if request.htmx else "messaging/work.html", context)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The result file, to its owner only."""
    work = _own(request, pk)
    if not work.file or not work.file.storage.exists(work.file.name):
        raise NotInScope("该任务没有结果文件，或文件已清理。")
    response = FileResponse(work.file.open("rb"), as_attachment=True, filename=PurePath(work.file.name).name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
