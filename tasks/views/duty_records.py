"""履职记录: the list, one record, entering one, declaring one void; posts of leaders."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, Empty, badge_column, date_column
from common.errors import Forbidden, NotInScope, RuleError
from common.ledgers import LedgerView
from common.record_pages import one
from tasks.duties.filters import RecordFilter
from tasks.forms.duties import EndPostForm, PostForm, RecordEntryForm, VoidForm
from tasks.models import DutyRecord, LeaderPost
from tasks.transitions import duties
from tasks.views.duties import without_post
from units.access import RightRequiredMixin, holds, require
from units.roles import Right


def people_of(row: DutyRecord) -> str:
    """The leaders who took part."""
    return "、".join(person.name for person in row.people.all()) or "—"


class RecordLedger(RightRequiredMixin, LedgerView):
    """履职记录台账."""

    rights = (Right.READ_DUTY,)
    model = DutyRecord
    title = "履职记录"
    template_name = "tasks/duties/records.html"
    filterset_class = RecordFilter
    default_order = ("-on", "-pk")
    columns = (
        date_column("on", "日期", "on", order=("on",)),
        Column("title", "事项", link=True, css="cell-words", width=36),
        Column(
            "kind",
            "类别",
            "get_kind_display",
            width=24,
            show=lambda value: value(),
            export=lambda row: row.get_kind_display(),
        ),
        Column("unit", "单位", "unit.name", order=("unit__name",), width=28),
        Column("people", "参加领导", people_of, width=24),
        Column("place", "到访单位", "place.name", width=28),
        Column("sector", "行业领域", "sector.name", default=False),
        badge_column("void", "状态", "duty_record", lambda row: hasattr(row, "void")),
        Column("by", "登记人", "entered_by.name", default=False),
    )

    def get_base_queryset(self) -> QuerySet[DutyRecord]:
        """What the rows show, selected at once."""
        found = super().get_base_queryset().select_related("unit", "place", "sector", "entered_by", "void")
        return found.prefetch_related("people")

    def get_empty(self) -> Empty:
        """Says what belongs here."""
        if self.chips:
            return super().get_empty()
        may = holds(self.request.user, Right.RECORD_DUTY)
        words = "会议、检查、演练等系统内已有的记录自动计数，不必登记；其他履职情况在此登记并附佐证。"
        return Empty("还没有履职记录", words, "登记履职" if may else "", reverse("duty-record-new") if may else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the button, for those who may press it."""
        return super().get_context_data(**kwargs) | {"may_record": holds(self.request.user, Right.RECORD_DUTY)}


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record with its evidence."""
    require(request.user, Right.READ_DUTY)
    found = one(DutyRecord, request.user, pk)
    context = {
        "record": found,
        "people": people_of(found),
        "files": found.attachments.select_related("blob"),
        "void": getattr(found, "void", None),
        "may_void": not hasattr(found, "void") and duties.may_void(request.user, found),
    }
    return render(request, "tasks/duties/record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """登记履职."""
    require(request.user, Right.RECORD_DUTY)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    initial = {name: value for name, value in request.GET.items() if name in ("kind", "title") and len(value) <= 60}
    form = RecordEntryForm(*posted, record=None, actor=request.user, initial=initial)
    if request.method == "POST":
        form.take_in()
        if form.is_valid():
            try:
                made = duties.enter(request.user, **form.values(), once=form.cleaned_data["once"])
                messages.success(request, "已登记，履职进度已更新。")
                return redirect(made)
            except Forbidden:
                raise
            except RuleError as error:
                form.refuse(error)
    status = 422 if form.errors else 200
    return render(
        request, "tasks/duties/enter.html", {"form": form, "back": reverse("duty-record-list")}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """作废."""
    require(request.user, Right.RECORD_DUTY)
    found = one(DutyRecord, request.user, pk)
    if not duties.may_void(request.user, found):
        raise Forbidden
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            duties.void(request.user, pk, reason=form.cleaned_data["reason"])
            messages.success(request, "已作废，履职进度已更新。")
            return redirect(found)
        except RuleError as error:
            form.refuse(error)
    status = 422 if form.errors else 200
    return render(request, "tasks/duties/void.html", {"form": form, "record": found}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def posts(request: HttpRequest) -> HttpResponse:
    """履职岗位: who is what, which decides whose quota it is."""
    require(request.user, Right.KEEP_POSTS)
    user: Any = request.user
    form = PostForm(request.POST or None, area_path=user.area_path)
    if request.method == "POST" and form.is_valid():
        try:
            held = duties.set_post(user, **form.cleaned_data)
            messages.success(request, f"已设定{held}，履职事项随即适用。")
            return redirect("duty-posts")
        except RuleError as error:
            form.refuse(error)
    held = LeaderPost.objects.for_user(user).select_related("person", "unit").order_by("ends_on", "post", "pk")
    context = {"form": form, "posts": held, "without": without_post(user)}
    return render(request, "tasks/duties/posts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a post."""
    require(request.user, Right.KEEP_POSTS)
    held = LeaderPost.objects.for_user(request.user).select_related("person").filter(pk=pk).first()
    if held is None:
        raise NotInScope
    form = EndPostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            duties.end_post(request.user, pk, **form.cleaned_data)
            messages.success(request, "岗位已终止。")
            return redirect("duty-posts")
        except RuleError as error:
            form.refuse(error)
    return render(
        request, "tasks/duties/end_post.html", {"form": form, "post": held}, status=422 if form.errors else 200
    )
