"""企业自查: the ledger, one check, filing one, the calendar of an enterprise, who has filed and who has not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from common import clock
from common.columns import Column, Empty, Figure, date_column
from common.errors import Forbidden, NotInScope, Refused
from common.ledgers import LedgerView
from common.typed import id_of
from common.wording import cn_datetime
from inspections import cadence as spans
from inspections.cadence import Cadence, Span
from inspections.filters.self_checks import CoverageFilter, SelfCheckFilter
from inspections.forms.self_checks import CheckForm
from inspections.models.self_checks import SelfCheck
from inspections.queries import self_check_leads, self_checks
from inspections.transitions import self_checks as verbs
from units.access import RightRequiredMixin, holds, require
from units.models import Unit
from units.roles import FIRM, Right


class SelfCheckLedger(RightRequiredMixin, LedgerView):
    """企业自查台账."""

    rights = (Right.READ_RECORD,)
    model = SelfCheck
    title = "企业自查"
    filterset_class = SelfCheckFilter
    default_order = ("-filed_at", "-pk")
    template_name = "inspections/self_check_list.html"
    columns = (
        Column("span", "自查时间", "span_label", order=("first_on",), link=True, width=24),
        Column("cadence", "频次", lambda row: row.get_cadence_display()),
        Column("unit", "企业", "unit.name", order=("unit__name",), width=28),
        Column("result", "结果", lambda row: "零隐患" if row.is_zero else f"{row.bad_count}个问题"),
        Column("signed", "签字人", "signed_name"),
        Column(
            "filed", "报送时间", "filed_at", show=cn_datetime, order=("filed_at",), kind="datetime", css="cell-date"
        ),
        Column("late", "按时", lambda row: "迟报" if row.is_late else "按时"),
        Column("items", "检查项数", "item_count", numeric=True, kind="number", default=False),
        date_column("last", "应报截止", "due_at", default=False),
    )

    def get_base_queryset(self) -> QuerySet[SelfCheck]:
        """What the rows show, selected at once."""
        return super().get_base_queryset().select_related("unit")

    def get_empty(self) -> Empty:
        """What to do about nothing."""
        if holds(self.request.user, Right.KEEP_RECORD):
            return Empty("还没有自查记录", "从自查日历开始本期自查。", "自查日历", reverse("self-check-calendar"))
        return Empty("没有自查记录", "企业报送后出现在这里。")


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One check with what it found."""
    require(request.user, Right.READ_RECORD)
    rows = SelfCheck.objects.for_user(request.user).select_related("unit", "version__checklist")
    check = rows.filter(pk=pk).first()
    if check is None:
        raise NotInScope
    context = {"check": check, "findings": self_checks.answers(check), "leads": _leads(request, check.unit)}
    return render(request, "inspections/self_check_detail.html", context)


def _leads(request: HttpRequest, unit: Unit) -> list[self_check_leads.Lead]:
    """Leads are for those who regulate; the enterprise is not told what to look different in."""
    return [] if request.user.role in FIRM else self_check_leads.of_unit(unit)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, cadence: str) -> HttpResponse:
    """File the check of a cadence for the span that holds ?on=, today by default."""
    require(request.user, Right.KEEP_RECORD)
    if cadence not in Cadence.values:
        raise NotInScope
    rule = self_checks.rules(request.user.area_path).get(cadence)
    if rule is not None and not verbs.may_sign(request.user, rule):
        raise Forbidden(f"{Cadence(cadence).label}应由主要负责人签字报送。")
    version = verbs.version_for(request.user.hat.unit)
    if request.method == "POST":
        return _take(request, cadence, CheckForm(version, request.user, request.POST, request.FILES))
    return _show(request, cadence, CheckForm(version, request.user, on=_day(request) or clock.today()))


def _take(request: HttpRequest, cadence: str, form: CheckForm) -> HttpResponse:
    form.take_in()
    if not form.is_valid():
        return _show(request, cadence, form, 422)
    try:
        check = verbs.file_check(request.user, form.filled(cadence), form.sheet.cleaned_data["once"])
    except Refused as error:
        form.refuse(error)
        return _show(request, cadence, form, error.status)
    found = f"发现的{check.bad_count}个问题已上报为隐患。" if check.bad_count else "零隐患也算完成。"
    messages.success(request, f"{check}已报送，{found}")
    return redirect("self-check-calendar")


def _show(request: HttpRequest, cadence: str, form: CheckForm, status: int = 200) -> HttpResponse:
    day = form.sheet["on"].value()
    on = day if isinstance(day, date) else _parsed(day) or clock.today()
    span = spans.span_of(cadence, on)
    context = {"form": form, "label": Cadence(cadence).label, "span": spans.label(cadence, span)}
    return render(request, "inspections/self_check_new.html", context, status=status)


def _parsed(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _day(request: HttpRequest) -> date | None:
    day = _parsed(request.GET.get("on", ""))
    return day if day and abs((day - clock.today()).days) < 400 else None


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Done, late and missed of one enterprise in one month; ?unit= for those who regulate, ?on= any day of the month."""
    require(request.user, Right.READ_RECORD)
    unit = _unit(request)
    month = spans.span_of(Cadence.MONTH, _day(request) or clock.today())
    rules = self_checks.owed_by(unit)
    is_own = unit.pk == request.user.hat.unit_id and holds(request.user, Right.KEEP_RECORD)
    context = {
        "unit": unit,
        "month": spans.label(Cadence.MONTH, month),
        "earlier": month.first - timedelta(days=1),
        "later": month.last + timedelta(days=1) if month.last < clock.today() else None,
        "rows": [(rule, self_checks.month_marks(unit, rule, month)) for rule in rules],
        "to_file": [(rule, span, spans.label(rule.cadence, span)) for rule, span in self_checks.to_file(unit)]
        if is_own
        else [],
        "is_own": is_own,
        "leads": _leads(request, unit),
        "empty": Empty("没有自查要求", "按企业类型，本企业目前不要求自查；发现隐患请直接上报。"),
    }
    return render(request, "inspections/self_check_calendar.html", context)


def _unit(request: HttpRequest) -> Unit:
    own = request.user.hat.unit
    asked = id_of(request.GET.get("unit")) or (own.pk if own.kind == Unit.Kind.ENTERPRISE else None)
    unit = self_checks.units_of(request.user).filter(pk=asked).first() if asked else None
    if unit is None:
        raise NotInScope("请从企业自查或企业名录中选择一家企业。")
    return unit


def _leads_link(row: Any) -> Any:
    """How many leads there are about the enterprise; they stand on its calendar."""
    if not row.leads:
        return None
    address = f"{reverse('self-check-calendar')}?unit={row.pk}"
    return format_html('<a href="{}">{}条线索</a>', address, len(row.leads))


class CoverageLedger(RightRequiredMixin, LedgerView):
    """自查率: every enterprise that owes the check of a span, and whether it filed."""

    rights = (Right.READ_RECORD,)
    model = Unit
    title = "自查完成情况"
    filterset_class = CoverageFilter
    default_order = ("name", "pk")
    template_name = "inspections/self_check_coverage.html"
    columns = (
        Column("name", "企业", link=True, order=("name",), width=30),
        Column("village", "所在区域", "area.name"),
        Column("state", "报送情况", lambda row: "未报送" if row.check_id is None else "已报送"),
        Column("result", "结果", lambda row: _result(row.check_bad)),
        Column("filed", "报送时间", "check_at", show=cn_datetime, kind="datetime", css="cell-date"),
        Column("leads", "线索", _leads_link),
        Column("phone", "安全负责人电话", "enterprise.safety_phone", default=False),
    )

    @property
    def export_columns(self) -> Sequence[Column]:
        """Without the leads: they are read for the rows of a page only, and are no findings to be passed on."""
        return [column for column in self.shown_columns if column.key != "leads"]

    def chosen(self) -> tuple[Any, Span]:
        """The rule and the span the address asks for: this month's check by default."""
        asked = self.request.GET.get("cadence", Cadence.MONTH)
        cadence = asked if asked in Cadence.values else Cadence.MONTH
        return self_checks.rules(self.request.user.area_path)[cadence], spans.span_of(
            cadence, _day(self.request) or clock.today()
        )

    def get_base_queryset(self) -> QuerySet[Unit]:
        """Those that owe it, each with its check."""
        rule, span = self.chosen()
        units = self_checks.owing(self_checks.units_of(self.request.user), rule)
        return self_checks.with_check(units, rule.cadence, span).select_related("area", "enterprise")

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        """The page with the leads about its enterprises."""
        paginator, page, rows, more = super().paginate_queryset(queryset, page_size)
        page.object_list = rows = list(rows)
        leads = self_check_leads.of_units([row.pk for row in rows])
        for row in rows:
            row.leads = leads[row.pk]
        return paginator, page, rows, more

    def row_url(self, row: Unit) -> str:
        """The check itself, or the calendar of who has not filed."""
        if row.check_id:
            return reverse("self-check-detail", args=[row.check_id])
        return f"{reverse('self-check-calendar')}?unit={row.pk}"

    def row_tone(self, row: Unit) -> str:
        """Orange for who has not filed."""
        return "orange" if row.check_id is None else ""

    def get_figures(self, queryset: QuerySet[Unit]) -> Sequence[Figure]:
        """自查率 with its parts, each opening its rows."""
        rule, span = self.chosen()
        found = self_checks.coverage(self_checks.units_of(self.request.user), rule, span)
        url = f"{reverse('self-check-coverage')}?cadence={rule.cadence}&on={span.first}"
        rate = "—" if found.rate is None else f"{found.rate:.1%}"
        return (
            Figure("应自查企业", found.base, url, "家"),
            Figure("已报送", found.filed, f"{url}&filed=filed", "家"),
            Figure(
                "未报送",
                found.base - found.filed,
                f"{url}&filed=missing",
                "家",
                "orange" if found.base > found.filed else "plain",
            ),
            Figure("零隐患", found.zero, f"{url}&filed=zero", "家"),
            Figure("自查率", rate, f"{url}&filed=filed", note=spans.label(rule.cadence, span)),
        )

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """What the table is about."""
        rule, span = self.chosen()
        about = f"{rule.get_cadence_display()}，{spans.label(rule.cadence, span)}；{rule.get_applies_display()}（{rule.basis}）"
        return {**super().get_context_data(**kwargs), "about": about}


def _result(bad: int | None) -> str:
    if bad is None:
        return "—"
    return "零隐患" if bad == 0 else f"{bad}个问题"


@require_safe
def rule_list(request: HttpRequest) -> HttpResponse:
    """自查要求 in force here, each with its basis and the way to propose another."""
    require(request.user, Right.PROPOSE_POLICY)
    found = self_checks.rules(request.user.area_path)
    return render(request, "inspections/self_check_rules.html", {"rules": [found[code] for code in Cadence.values]})
