"""危险作业: the ledger, one work with its five steps, reporting one, the map of what goes on today."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, Empty, Figure, badge_column, due_column
from common.errors import Forbidden, NotInScope, RuleError
from common.ledgers import LedgerView
from common.record_pages import buttons, timeline
from common.wording import cn_datetime
from evidence.forms import FilesActionPage
from inspections.filters.works import WorkFilter
from inspections.forms import works as forms
from inspections.models.works import HazardousWork, WorkState
from inspections.queries import works as queries
from inspections.transitions import work_guards, works
from units.access import RightRequiredMixin, holds, require
from units.roles import Right


class WorkLedger(RightRequiredMixin, LedgerView):
    """危险作业台账."""

    rights = (Right.READ_RECORD,)
    model = HazardousWork
    title = "危险作业报备"
    filterset_class = WorkFilter
    default_order = ("-starts_at", "-pk")
    template_name = "inspections/work_list.html"
    columns = (
        Column("work", "作业", lambda row: f"{row.get_kind_display()}作业", link=True, width=20),
        Column("unit", "企业", "unit.name", order=("unit__name",), width=28),
        Column("place", "地点", css="cell-words", width=28),
        badge_column("state", "状态", "work_state", order=("state",)),
        Column(
            "starts", "计划开始", "starts_at", show=cn_datetime, order=("starts_at",), kind="datetime", css="cell-date"
        ),
        due_column("ends", "计划结束", "ends_at", "finished_at", order=("ends_at",)),
        Column("manager", "现场管理人员", "manager", default=False),
        Column("contractor", "作业单位", default=False, width=28),
        Column("filed", "报备时间", "filed_at", show=cn_datetime, default=False, kind="datetime"),
        Column("reason", "临时报备理由", "short_notice_reason", default=False, width=30),
    )

    def get_base_queryset(self) -> QuerySet[HazardousWork]:
        """What the rows show, selected at once."""
        return super().get_base_queryset().select_related("unit")

    def row_tone(self, row: HazardousWork) -> str:
        """Red for a work that overran or was halted."""
        return "red" if row.is_overrun or row.state == WorkState.HALTED else ""

    def get_figures(self, queryset: QuerySet[HazardousWork]) -> Sequence[Figure]:
        """What goes on now and what overran, each opening its list."""
        base, url = self.get_base_queryset(), reverse("hazardous-work-list")
        late = base.overrun().count()  # type: ignore[attr-defined]
        double = queries.double_due(base.open()).count()  # type: ignore[attr-defined]
        return (
            Figure("正在作业", base.filter(state=WorkState.WORKING).count(), f"{url}?when=now", "项"),
            Figure("超时未完工", late, f"{url}?when=overrun", "项", "red" if late else "plain"),
            Figure("双到位待到场", double, f"{url}?when=double", "项", "orange" if double else "plain"),
            Figure("尚未开始", base.filter(state=WorkState.FILED).count(), f"{url}?when=ahead", "项"),
        )

    def get_empty(self) -> Empty:
        """What to do about nothing."""
        if holds(self.request.user, Right.KEEP_RECORD):
            return Empty(
                "没有报备的危险作业", "动火、有限空间等作业开始前报备。", "报备危险作业", reverse("hazardous-work-new")
            )
        return Empty("没有报备的危险作业", "企业报备后立即出现在这里。")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Whether the person reports works."""
        return {**super().get_context_data(**kwargs), "may_report": holds(self.request.user, Right.KEEP_RECORD)}


class WorkAction(FilesActionPage):
    """One action on a dangerous work."""

    model, lifecycle, forms = HazardousWork, works.LIFECYCLE, forms.FORMS
    template_name = "inspections/work_action.html"


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The work: steps, crew, air, events, what may be done now."""
    require(request.user, Right.READ_RECORD)
    work = queries.one(request.user, pk)
    if work is None:
        raise NotInScope
    steps = list(work.steps.prefetch_related("photos__blob"))
    files = {photo.pk: photo for step in steps for photo in step.photos.all()}
    context = {
        "work": work,
        "steps": queries.course(work),
        "done": steps,
        "crew": work.crew.all(),
        "readings": work.readings.all(),
        "days_off": work_guards.days_off(work),
        "is_double_due": queries.is_double_due(work),
        "buttons": buttons(works.LIFECYCLE, work, request.user, "hazardous-work-action"),
        "events": timeline(works.LIFECYCLE, work.events.all(), files),
    }
    return render(request, "inspections/work_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Report a work of one's own enterprise."""
    require(request.user, Right.KEEP_RECORD)
    if request.method == "POST":
        return _take(request)
    initial = {"contractor": request.user.hat.unit.name, "once": uuid.uuid4()}
    return _show(request, forms.WorkForm(initial=initial), forms.new_crew())


def _take(request: HttpRequest) -> HttpResponse:
    form, rows = forms.WorkForm(request.POST), forms.new_crew(request.POST)
    if not (form.is_valid() & rows.is_valid()):
        return _show(request, form, rows, 422)
    try:
        work = works.file_work(request.user, crew=forms.crew_values(rows), **form.values())
    except Forbidden:
        raise
    except RuleError as error:
        forms.refuse_crew(rows, form, error)
        return _show(request, form, rows, error.status)
    messages.success(request, "已报备，监管部门、安委办和村（社区）已收到。")
    return redirect(work)


def _show(request: HttpRequest, form: forms.WorkForm, rows: Any, status: int = 200) -> HttpResponse:
    return render(request, "inspections/work_new.html", {"form": form, "rows": rows}, status=status)


@require_safe
def on_map(request: HttpRequest) -> HttpResponse:
    """Where dangerous work goes on today: points on a plain ground, with the same list in words beside them."""
    require(request.user, Right.READ_RECORD)
    rows = list(queries.going_on(request.user).select_related("unit__enterprise")[: queries.MOST_MARKS])
    empty = Empty("今天没有危险作业", "企业报备后出现在这里。")
    return render(request, "inspections/work_map.html", {"works": rows, "marks": queries.marks(rows), "empty": empty})
