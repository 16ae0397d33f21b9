"""The lists of units and enterprises, the area tree, and the endpoints that suggest units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.columns import Column, Empty, Figure, badge_column
from common.errors import Forbidden
from common.ledgers import LedgerView
from common.typed import text_of
from units.access import RightRequiredMixin, holds, require
from units.filters import FLAGS, EnterpriseFilter, UnitFilter
from units.forms.units import areas_of
from units.models import Area, Membership, Unit
from units.roles import Right, Scope, scope_of

SUGGESTIONS = 12


def flags_of(unit: Unit) -> str:
    """The risk marks of an enterprise in words."""
    profile = getattr(unit, "enterprise", None)
    return "、".join(label for name, label in FLAGS if profile is not None and getattr(profile, name))


class UnitList(RightRequiredMixin, LedgerView):
    """Units of all kinds."""

    rights = (Right.READ_UNIT,)
    model = Unit
    title = "单位名录"
    filterset_class = UnitFilter
    default_order = ("kind", "name")
    template_name = "units/unit_list.html"
    columns = (
        Column("name", "名称", link=True, order=("name",)),
        Column(
            "kind", "类型", "get_kind_display", show=lambda found: found(), export=lambda unit: unit.get_kind_display()
        ),
        Column("area", "区域", "area.name", order=("area_path",)),
        Column(
            "is_committee_member",
            "安委会成员",
            show=lambda found: "是" if found else "",
            export=lambda unit: "是" if unit.is_committee_member else "",
        ),
        Column("contact", "联系人"),
        Column("phone", "联系电话"),
        badge_column("standing", "建档状态", "unit_standing"),
        Column(
            "is_active",
            "启用",
            show=lambda found: "是" if found else "停用",
            export=lambda unit: "是" if unit.is_active else "停用",
        ),
        Column("short_name", "简称", default=False),
        Column("address", "地址", default=False),
    )

    def get_base_queryset(self) -> QuerySet[Unit]:
        """Everything in scope that was not merged away."""
        visible = Unit.objects.for_user(self.request.user).exclude(standing=Unit.Standing.MERGED)
        return visible.select_related("area", "enterprise")

    def get_empty(self) -> Empty:
        """What to do about an empty list."""
        if self.chips or not holds(self.request.user, Right.EDIT_UNIT):
            return super().get_empty()
        return Empty("还没有单位", "先建立村（社区）和部门，再导入企业名录。", "新建单位", "new/")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the hat may create."""
        return super().get_context_data(may_edit=holds(self.request.user, Right.EDIT_UNIT), **kwargs)


class EnterpriseList(UnitList):
    """Enterprises and places with their profile."""

    rights = (Right.READ_UNIT,)
    title = "企业名录"
    filterset_class = EnterpriseFilter
    default_order = ("name",)
    template_name = "units/enterprise_list.html"
    columns = (
        Column("name", "单位名称", link=True, order=("name",)),
        Column("uscc", "统一社会信用代码", "enterprise.uscc", css="cell-nowrap"),
        Column("area", "区域", "area.name", order=("area_path",)),
        Column("sector", "行业领域", "enterprise.sector.name", order=("enterprise__sector__code",)),
        Column("department", "主管部门", "enterprise.department.name"),
        badge_column("risk", "风险等级", "enterprise_risk", "enterprise.risk", order=("enterprise__risk",)),
        Column("principal", "主要负责人", "enterprise.principal"),
        Column("safety_officer", "安全负责人", "enterprise.safety_officer"),
        badge_column("state", "经营状态", "enterprise_state", "enterprise.state"),
        badge_column("standing", "建档状态", "unit_standing"),
        Column("principal_phone", "主要负责人电话", "enterprise.principal_phone", default=False),
        Column("safety_phone", "安全负责人电话", "enterprise.safety_phone", default=False),
        Column("legal_person", "法定代表人", "enterprise.legal_person", default=False),
        Column(
            "employees",
            "从业人数",
            "enterprise.employees",
            numeric=True,
            default=False,
            order=("enterprise__employees",),
        ),
        Column("flags", "风险特征", flags_of, default=False),
        Column("grade", "标准化等级", lambda unit: unit.enterprise.get_grade_display(), default=False),
        Column("place_kind", "场所类型", "enterprise.place_kind", default=False),
        Column("address", "地址", default=False),
    )

    def get_base_queryset(self) -> QuerySet[Unit]:
        """Enterprises in scope, with what the columns read."""
        related = ("enterprise__sector", "enterprise__department")
        return super().get_base_queryset().enterprises().filter(enterprise__isnull=False).select_related(*related)

    def get_figures(self, queryset: QuerySet[Unit]) -> Sequence[Figure]:
        """How many of each colour, and how many wait for confirmation, under the filter in force."""
        counted = queryset.order_by().aggregate(
            red=Count("pk", filter=Q(enterprise__risk="red")),
            orange=Count("pk", filter=Q(enterprise__risk="orange")),
            provisional=Count("pk", filter=Q(standing=Unit.Standing.PROVISIONAL)),
        )
        return (
            Figure("红色（重大风险）", counted["red"], "?risk=red", "家", "red", "alert"),
            Figure("橙色（较大风险）", counted["orange"], "?risk=orange", "家", "orange", "alert"),
            Figure("待确认", counted["provisional"], "?standing=provisional", "家", "yellow", "clock"),
        )

    def get_empty(self) -> Empty:
        """What to do about an empty list."""
        if self.chips or not holds(self.request.user, Right.EDIT_UNIT):
            return LedgerView.get_empty(self)
        return Empty("还没有企业", "可以逐家新建，也可以导入企业名录。", "新建企业", "new/")


@require_safe
def area_tree(request: HttpRequest) -> HttpResponse:
    """The areas of the hat as a tree, with how many enterprises and people each holds."""
    require(request.user, Right.READ_UNIT)
    if scope_of(request.user.role, Right.READ_UNIT) == Scope.OWN:
        raise Forbidden
    areas = list(areas_of(request.user))
    top = request.user.area_path
    units = Unit.objects.active().filter(area_path__startswith=top).order_by()
    enterprises = dict(units.enterprises().values_list("area_id").annotate(Count("pk")))
    people = Membership.objects.in_force().filter(unit__area_path__startswith=top, user__is_active=True).order_by()
    staffed = dict(people.values_list("unit__area_id").annotate(Count("user", distinct=True)))
    rows = [
        {
            "area": area,
            "label": f"{'　' * 2 * (area.path.count('.') - top.count('.'))}{area.name}",
            "enterprises": enterprises.get(area.pk, 0),
            "people": staffed.get(area.pk, 0),
        }
        for area in areas
    ]
    context = {"rows": rows, "may_edit": holds(request.user, Right.EDIT_UNIT), "levels": Area.Level}
    return render(request, "units/area_tree.html", context)


def suggested(request: HttpRequest, text: str) -> list[Unit]:
    """The first few units in scope that `text` could mean, of the kinds asked for."""
    kinds = [kind for kind in request.GET.getlist("kind") if kind in Unit.Kind.values]
    found = Unit.objects.nameable_by(request.user).active().matching(text).select_related("area", "enterprise")
    return list((found.filter(kind__in=kinds) if kinds else found).order_by("name")[:SUGGESTIONS])


@require_safe
def unit_options(request: HttpRequest) -> HttpResponse:
    """`<option>`s for the datalist of a `UnitInput`; nothing before something was typed."""
    require(request.user, Right.READ_UNIT, Right.MANAGE_ACCOUNTS)
    text = text_of(request.GET, request.GET.get("field", "q"), 60)
    return render(request, "units/options.html", {"units": suggested(request, text) if text else []})
