"""会议与听取汇报: the list, one meeting, calling one, every action, the minutes on paper."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, Empty, badge_column, date_column
from common.errors import Forbidden, NotInScope, RuleError
from common.filters import LedgerFilterSet
from common.ledgers import LedgerView
from common.paper_pages import paper_response
from common.record_pages import buttons, one, timeline
from evidence.forms import FilesActionPage
from tasks.forms.meetings import FORMS, MeetingForm
from tasks.minutes import minutes_paper
from tasks.models import Attendance, Meeting
from tasks.transitions import meetings
from units.access import RightRequiredMixin, holds, require
from units.roles import Right


class MeetingFilter(LedgerFilterSet):
    """会议台账."""

    kind = filters.MultipleChoiceFilter(label="类别", choices=Meeting.Kind.choices)
    state = filters.MultipleChoiceFilter(label="状态", choices=Meeting.State.choices)
    title = filters.CharFilter(label="名称", lookup_expr="icontains", max_length=60)
    at = filters.DateFromToRangeFilter(label="日期", field_name="starts_at")

    class Meta:
        model = Meeting
        fields = ()


class MeetingLedger(RightRequiredMixin, LedgerView):
    """会议台账."""

    rights = (Right.READ_MEETING,)
    model = Meeting
    title = "会议和听取汇报"
    template_name = "tasks/meetings/list.html"
    filterset_class = MeetingFilter
    default_order = ("-starts_at", "-pk")
    columns = (
        date_column("at", "日期", "starts_at", order=("starts_at",)),
        Column("title", "会议", link=True, css="cell-words", width=40),
        Column("kind", "类别", lambda row: row.get_kind_display(), width=28),
        badge_column("state", "状态", "meeting_state", order=("state",)),
        Column("came", "到会/应到", lambda row: f"{row.came}/{row.called}" if row.held_at else None, width=14),
        Column("decided", "议定事项", "decided", numeric=True, kind="number"),
        Column("handed", "已交办", "handed", numeric=True, kind="number"),
        Column("chair", "主持人", default=False),
        Column("place", "地点", default=False),
    )

    def get_base_queryset(self) -> QuerySet[Meeting]:
        """With its counts, in the same query."""
        present = Q(attendance__presence=Attendance.Presence.PRESENT)
        return (
            super()
            .get_base_queryset()
            .annotate(
                called=Count("attendance", distinct=True),
                came=Count("attendance", filter=present, distinct=True),
                decided=Count("decisions", distinct=True),
                handed=Count("decisions", filter=Q(decisions__task__isnull=False), distinct=True),
            )
        )

    def get_empty(self) -> Empty:
        """Says what belongs here."""
        if self.chips:
            return super().get_empty()
        may = holds(self.request.user, Right.KEEP_MEETING)
        return Empty(
            "还没有会议", "形势分析会、听取汇报、安委会扩大会议和专题学习登记召开后自动计入履职次数。",
            "登记会议" if may else "", reverse("meeting-new") if may else "", "calendar",
        )  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the button, for those who may press it."""
        return super().get_context_data(**kwargs) | {"may_call": holds(self.request.user, Right.KEEP_MEETING)}


class MeetingAction(FilesActionPage):
    """One action on a meeting."""

    model, lifecycle, forms = Meeting, meetings.LIFECYCLE, FORMS


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting: agenda, who came, minutes, decisions and what became of them."""
    require(request.user, Right.READ_MEETING)
    meeting = one(Meeting, request.user, pk)
    files = list(meeting.attachments.select_related("blob"))
    context = {
        "meeting": meeting,
        "attendance": meeting.attendance.select_related("unit", "person"),
        "decisions": meeting.decisions.select_related("unit", "task").prefetch_related("task__assignments"),
        "files": files,
        "buttons": buttons(meetings.LIFECYCLE, meeting, request.user, "meeting-action"),
        "events": timeline(meetings.LIFECYCLE, meeting.events.all(), {file.pk: file for file in files}),
        "has_minutes": meeting.state in (Meeting.State.HELD, Meeting.State.CONFIRMED),
    }
    return render(request, "tasks/meetings/detail.html", context)


@require_safe
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """会议纪要 as .docx or PDF; until it is confirmed marked as a draft."""
    require(request.user, Right.READ_MEETING)
    meeting = one(Meeting, request.user, pk)
    if not meeting.minutes:
        raise NotInScope("会议还没有纪要。")
    return paper_response(minutes_paper(meeting), f"{meeting.title}纪要", kind)


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """登记会议."""
    require(request.user, Right.KEEP_MEETING)
    posted = (request.POST,) if request.method == "POST" else ()
    form = MeetingForm(*posted, record=None, actor=request.user, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = meetings.call(request.user, **form.values(), once=form.cleaned_data["once"])
            messages.success(request, "会议已登记。")
            return redirect(made)
        except Forbidden:
            raise
        except RuleError as error:
            form.refuse(error)
    context = {"form": form, "heading": "登记会议", "submit": "登记", "back": reverse("meeting-list")}
    return render(request, "tasks/form_page.html", context, status=422 if form.errors else 200)
