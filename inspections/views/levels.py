"""企业风险分级: every enterprise's colour beside what its points say; adopting the rule, deciding by person, the grade."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.columns import BulkAction, Column, badge_column
from common.errors import NotInScope, Refused, RuleError, WrongState
from common.forms import posted
from common.ledgers import LedgerView
from common.typed import id_of
from inspections import frequency
from inspections.filters_risks import RiskLevelFilter
from inspections.forms.risks import GradeForm, LevelForm
from inspections.models.records import ComplianceRecord, with_watched
from inspections.models.risks import DESCENDING, LevelChange, RiskPoint, differing, with_rule_level
from inspections.transitions import risks
from units.access import RightRequiredMixin, holds, require
from units.models import Unit
from units.roles import FIRM, Right

MOST_AT_ONCE = 200


def visible_enterprises(user: Any, right: str = Right.READ_RECORD) -> QuerySet[Unit]:
    """Enterprises in reach that are in use, with their profile."""
    found = Unit.objects.enterprises().active().for_user(user, right)  # type: ignore[attr-defined]
    if getattr(user, "role", "") in FIRM:
        found = found.filter(pk=user.hat.unit_id)
    return found.filter(enterprise__isnull=False).select_related("enterprise__sector", "area")


def _visits(unit: Unit) -> int:
    return frequency.visits_a_year(unit.enterprise, unit.area_path, is_watched=getattr(unit, "is_watched", None))


class RiskLevelLedger(RightRequiredMixin, LedgerView):
    """企业风险分级."""

    rights = (Right.READ_RECORD,)
    model = Unit
    title = "企业风险分级"
    template_name = "inspections/risk_levels.html"
    filterset_class = RiskLevelFilter
    default_order = ("name",)
    columns = (
        Column("name", "企业", link=True, order=("name",), width=32),
        Column("area", "区域", "area.name", order=("area_path",)),
        Column("sector", "行业领域", "enterprise.sector.name"),
        badge_column("risk", "现行等级", "enterprise_risk", "enterprise.risk", order=("enterprise__risk",)),
        badge_column("rule", "规则定级", "enterprise_risk", lambda unit: unit.rule_level or None),
        Column("points", "风险点", "point_count", numeric=True, order=("point_count",), kind="number"),
        Column("grade", "标准化", lambda unit: unit.enterprise.get_grade_display()),
        badge_column("watched", "差异化管理", "watched", lambda unit: unit.is_watched or None),
        Column("visits", "年检查次数", _visits, numeric=True, kind="number"),
    )

    def get_base_queryset(self) -> QuerySet[Unit]:
        """With what the points say and how many there are."""
        active = Count("risk_points", filter=Q(risk_points__state=RiskPoint.State.ACTIVE))
        return with_watched(with_rule_level(visible_enterprises(self.request.user))).annotate(point_count=active)

    def row_url(self, row: Unit) -> str:
        """The page of the enterprise's levels."""
        return reverse("risk-level", args=[row.pk])

    def get_bulk_actions(self) -> list[BulkAction]:
        """The office lets the rule decide for those picked."""
        if not holds(self.request.user, Right.EDIT_UNIT):
            return []
        return [BulkAction("按规则定级", reverse("risk-level-adopt"), "check-circle")]


def _colours(user: Any) -> list[dict[str, Any]]:
    """Area by area how many enterprises of each colour, each number with its list; the area's own colour is its worst."""
    counted = visible_enterprises(user).order_by().values("area_id", "area__name", "area_path", "enterprise__risk")
    rows: dict[int, dict[str, Any]] = {}
    for found in counted.annotate(number=Count("pk")).order_by("area_path"):
        row = rows.setdefault(found["area_id"], {"name": found["area__name"], "pk": found["area_id"], "of": {}})
        row["of"][found["enterprise__risk"]] = found["number"]
    for row in rows.values():
        row["level"] = next((colour.value for colour in DESCENDING if row["of"].get(colour)), "")
        row["cells"] = [(colour, row["of"].get(colour.value, 0)) for colour in DESCENDING]
    return list(rows.values())


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Areas × colours."""
    require(request.user, Right.READ_RECORD)
    found = with_rule_level(visible_enterprises(request.user))
    context = {
        "rows": _colours(request.user),
        "colours": DESCENDING,
        "differing": differing(found).count(),
        "late": RiskPoint.objects.for_user(request.user).overdue().count(),
        "url": reverse("risk-level-list"),
    }
    return render(request, "inspections/risk_overview.html", context)


@require_safe
def enterprise(request: HttpRequest, pk: int) -> HttpResponse:
    """One enterprise's colour and grade: now, by rule, the points, the frequency that follows, the history."""
    require(request.user, Right.READ_RECORD)
    unit = one_enterprise(request.user, pk)
    may = holds(request.user, Right.EDIT_UNIT)
    context = {
        "unit": unit,
        "profile": unit.enterprise,
        "rule": risks.rule_level(unit.pk),
        "watching": ComplianceRecord.objects.watching().filter(unit=unit),
        "visits": _visits(unit),
        "cap": frequency.cap(unit.area_path),
        "points": RiskPoint.objects.for_user(request.user).filter(unit=unit).worst_first(),
        "changes": LevelChange.objects.for_user(request.user).filter(unit=unit)[:50],
        "may_grade": may,
    }
    return render(request, "inspections/risk_level.html", context)


def one_enterprise(user: Any, pk: int, right: str = Right.READ_RECORD) -> Unit:
    """The enterprise in reach; `NotInScope` otherwise."""
    found: Unit | None = visible_enterprises(user, right).filter(pk=pk).first()
    if found is None:
        raise NotInScope
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A person of the office sets the colour, with the reason."""
    unit = _to_grade(request, pk)
    initial = {"level": unit.enterprise.risk}

    def act(form: Any) -> LevelChange:
        return risks.set_level(request.user, unit, form.cleaned_data["level"], form.cleaned_data["reason"])

    return _form_page(request, unit, LevelForm(*posted(request), initial=initial), "人工定级", act)


@require_http_methods(["GET", "HEAD", "POST"])
def grade(request: HttpRequest, pk: int) -> HttpResponse:
    """The grade of standardisation with its validity."""
    unit = _to_grade(request, pk)
    initial = {"grade": unit.enterprise.grade, "valid_until": unit.enterprise.grade_until}

    def act(form: Any) -> LevelChange:
        data = form.cleaned_data
        return risks.set_grade(request.user, unit, data["grade"], data["valid_until"], data["reason"])

    return _form_page(request, unit, GradeForm(*posted(request), initial=initial), "登记标准化等级", act)


def _to_grade(request: HttpRequest, pk: int) -> Unit:
    require(request.user, Right.EDIT_UNIT)
    return one_enterprise(request.user, pk)


def _form_page(
    request: HttpRequest, unit: Unit, form: Any, title: str, act: Callable[[Any], LevelChange]
) -> HttpResponse:
    back = reverse("risk-level", args=[unit.pk])
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change = act(form)
            except (Refused, WrongState) as error:
                form.refuse(Refused(error.message, error.fields))
                status = error.status
            else:
                messages.success(
                    request, f"{change.get_subject_display()}：{change.before_label}→{change.after_label}。"
                )
                return redirect(back)
    context = {"form": form, "title": f"{title}：{unit.name}", "back": back, "submit": "确定"}
    return render(request, "inspections/form.html", context, status=status)


@require_POST
def adopt(request: HttpRequest) -> HttpResponse:
    """Let the rule decide for the picked enterprises; each is one change, those that cannot change are said."""
    require(request.user, Right.EDIT_UNIT)
    ids = [pk for pk in map(id_of, request.POST.getlist("ids")) if pk][:MOST_AT_ONCE]
    changed, left = 0, []
    for unit in visible_enterprises(request.user, Right.EDIT_UNIT).filter(pk__in=ids):
        try:
            risks.adopt_rule(request.user, unit)
            changed += 1
        except RuleError as error:
            left.append(error.message)
    if changed:
        messages.success(request, f"已按规则调整{changed}家企业的风险等级。")
    if left:
        messages.warning(request, f"{len(left)}家未调整：{left[0]}")
    if not ids:
        messages.info(request, "没有选择企业。")
    return redirect("risk-level-list")
