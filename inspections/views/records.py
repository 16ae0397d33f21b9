"""履责记录: the ledger, coverage with who lacks what, one record, entering one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, Empty, Figure, badge_column, date_column
from common.errors import NotInScope, Refused
from common.forms import posted
from common.ledgers import LedgerView
from common.record_pages import buttons, one, timeline
from common.wording import cn_date
from evidence.forms import FilesActionPage
from inspections.filters_records import LackingFilter, RecordFilter
from inspections.forms.records import RECORD_FORMS, NewRecordForm, label_of
from inspections.models.records import ComplianceRecord, asked_of, with_having
from inspections.queries import records as reads
from inspections.record_kinds import ASKED, BY_OFFICE, GROUPS, SHAPES, Kind
from inspections.transitions import records
from units.access import RightRequiredMixin, holds, require
from units.models import Unit
from units.roles import Right

LIST = "compliance-record-list"


class RecordLedger(RightRequiredMixin, LedgerView):
    """履责记录台账."""

    rights = (Right.READ_RECORD,)
    model = ComplianceRecord
    title = "证照培训等履责记录"
    template_name = "inspections/records.html"
    filterset_class = RecordFilter
    default_order = ("-pk",)
    columns = (
        Column("kind", "种类", lambda row: row.get_kind_display(), order=("kind",), link=True, width=24),
        Column("unit", "企业", "unit.name", order=("unit__name",), width=30),
        Column("subject", "持证人、名称", lambda row: row.holder or row.title or None, width=30),
        Column("number", "编号"),
        date_column("starts_on", "日期", order=("starts_on",)),
        date_column("valid_until", "有效期至", order=("valid_until",)),
        badge_column("validity", "状态", "record_validity"),
        Column("people", "参加人数", numeric=True, default=False, kind="number"),
        Column("amount", "金额（万元）", numeric=True, default=False, kind="money"),
        Column("note", "说明", css="cell-words", default=False, width=40),
    )

    def get_base_queryset(self) -> QuerySet[ComplianceRecord]:
        """With the enterprise."""
        return super().get_base_queryset().select_related("unit")

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """What has expired and what is about to, of the list as filtered."""
        found = []
        for value, label, tone in (("expired", "已过期", "red"), ("expiring", "即将到期", "orange")):
            count = self.filterset_class({"validity": value}, queryset, request=self.request).qs.count()
            found.append(Figure(label, count, self.narrowed(validity=value), tone=tone if count else "plain"))
        return found

    def get_empty(self) -> Empty:
        """What to do about an empty list."""
        if self.chips or not holds(self.request.user, Right.KEEP_RECORD):
            return super().get_empty()
        return Empty(
            "还没有履责记录", "先登记证书、培训和演练，到期前系统会提醒。", "登记", reverse("compliance-coverage")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the person may enter."""
        return super().get_context_data(enters=bool(kinds_for(self.request.user)), **kwargs)


def kinds_for(user: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Group → kinds the person may enter."""
    firm, office = holds(user, Right.KEEP_RECORD), holds(user, Right.EDIT_UNIT)
    open_kinds = [kind for kind, shape in SHAPES.items() if (office if shape.by_office else firm)]
    grouped = [
        (group, [(str(kind), str(Kind(kind).label)) for kind in open_kinds if SHAPES[kind].group == group])
        for group in GROUPS
    ]
    return [(group, kinds) for group, kinds in grouped if kinds]


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Every kind: who must have it, who has, who lacks; and what the person may enter."""
    require(request.user, Right.READ_RECORD)
    context = {"rows": reads.coverage(request.user), "groups": kinds_for(request.user), "list": reverse(LIST)}
    return render(request, "inspections/record_coverage.html", context)


class LackingLedger(RightRequiredMixin, LedgerView):
    """The enterprises asked for one kind: with or without."""

    rights = (Right.READ_RECORD,)
    model = Unit
    filterset_class = LackingFilter
    default_order = ("has_it", "name")
    columns = (
        Column("name", "企业", link=True, order=("name",), width=32),
        Column("area", "区域", "area.name", order=("area_path",)),
        Column("department", "主管部门", "enterprise.department.name", width=24),
        badge_column("has_it", "情况", "record_having", order=("has_it",)),
        Column("safety_officer", "安全负责人", "enterprise.safety_officer"),
    )

    def get_base_queryset(self) -> QuerySet[Unit]:
        """Those asked, within reach."""
        kind = self.kwargs["kind"]
        if kind not in ASKED:
            raise NotInScope
        self.title = f"{Kind(kind).label}：覆盖情况"
        asked = asked_of(reads.enterprises(self.request.user), kind)
        return with_having(asked, kind).select_related("area", "enterprise__department")


class RecordAction(FilesActionPage):
    """One action on a record."""

    model, lifecycle, forms = ComplianceRecord, records.LIFECYCLE, RECORD_FORMS


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the record says, its files and what happened to it."""
    require(request.user, Right.READ_RECORD)
    record = one(ComplianceRecord, request.user, pk)
    files = {file.pk: file for file in record.attachments.select_related("blob")}
    context = {
        "record": record,
        "facts": [(label_of(record.kind, name), _said(getattr(record, name))) for name in SHAPES[record.kind].fields],
        "files": files.values(),
        "buttons": buttons(records.LIFECYCLE, record, request.user, "compliance-record-action"),
        "events": timeline(records.LIFECYCLE, record.events.all(), files),
    }
    return render(request, "inspections/record.html", context)


def _said(value: Any) -> Any:
    return cn_date(value) if isinstance(value, date) else value


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, kind: str) -> HttpResponse:
    """Enter a record of this kind: the enterprise its own, the office a credit entry."""
    if kind not in SHAPES:
        raise NotInScope
    require(request.user, records.right_for(kind))
    own = request.user.hat.unit
    form = NewRecordForm(*posted(request), kind=kind, record=own, actor=request.user)
    if request.method == "POST":
        form.take_in()
        if form.is_valid():
            values = form.values()
            unit = values.pop("unit", None) if kind in BY_OFFICE else own
            try:
                record = records.enter(request.user, unit or own, kind, **values)
            except Refused as error:
                form.refuse(error)
            else:
                messages.success(request, f"已登记{record.get_kind_display()}。")
                return redirect(record)
    context = {"form": form, "title": f"登记{Kind(kind).label}", "back": reverse(LIST), "submit": "登记"}
    return render(request, "inspections/form.html", context, status=422 if form.errors else 200)
