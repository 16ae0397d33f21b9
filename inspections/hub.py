"""The index page of 检查: what the room holds, by what a person comes for. Every part of the room adds its entries."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from units.access import require
from units.navigation import Entry, entries
from units.roles import Right

GROUPS: dict[str, tuple[Entry, ...]] = {
    "现场检查": (
        Entry("现场检查（可离线）", "phone", "field-app", (Right.CARRY_OUT,)),
        Entry("新建检查", "plus", "inspection-new", (Right.CARRY_OUT,)),
        Entry("检查台账", "list", "inspection-list", (Right.READ_INSPECTION,)),
        Entry("检查文书台账", "stamp", "inspection-paper-list", (Right.READ_INSPECTION,)),
        Entry("检查表", "checklist", "checklist-list", (Right.READ_INSPECTION,)),
        Entry("执法证", "shield-check", "certificate-list", (Right.KEEP_CERTIFICATES, Right.ISSUE_PAPER)),
        Entry("检查文书设置", "settings", "inspection-settings", (Right.KEEP_CERTIFICATES,)),
    ),
    "企业主体责任": (
        Entry("企业自查台账", "list", "self-check-list", (Right.READ_RECORD,)),
        Entry("自查完成情况", "chart-bar", "self-check-coverage", (Right.EDIT_UNIT, Right.HALT_WORK)),
        Entry("自查日历", "calendar", "self-check-calendar", (Right.KEEP_RECORD,)),
        Entry("自查（可离线）", "phone", "field-app", (Right.KEEP_RECORD,)),
        Entry("自查要求", "settings", "self-check-rules", (Right.PROPOSE_POLICY,)),
        Entry("危险作业报备", "fire", "hazardous-work-list", (Right.READ_RECORD,)),
        Entry("今日作业地图", "map", "hazardous-work-map", (Right.READ_RECORD,)),
        Entry("证照培训等履责记录", "book", "compliance-record-list", (Right.READ_RECORD,)),
        Entry("履责记录覆盖情况", "chart-bar", "compliance-coverage", (Right.READ_RECORD,)),
    ),
    "计划与抽取": (
        Entry("检查计划", "calendar", "plan-list", (Right.READ_PLAN,)),
        Entry("计划检查", "list", "planned-visit-list", (Right.READ_PLAN,)),
        Entry("检查日历", "calendar", "plan-calendar", (Right.READ_PLAN,)),
        Entry("专项整治", "flag", "campaign-list", (Right.READ_PLAN,)),
        Entry("双随机抽取", "swap", "draw-list", (Right.READ_PLAN, Right.CARRY_OUT)),
        Entry("抽查复核", "eye", "spot-check-list", (Right.READ_PLAN,)),
        Entry("检查质效", "chart-line", "leniency", (Right.READ_PLAN,)),
        Entry("回避申报", "users", "conflict-list", (Right.PLAN_INSPECTION,)),
        Entry("双随机公示", "megaphone", "public-draw-list", (Right.READ_RECORD,)),
    ),
    "风险分级": (
        Entry("企业风险分级", "chart-bar", "risk-level-list", (Right.READ_RECORD,)),
        Entry("风险点台账", "shield", "risk-point-list", (Right.READ_RECORD,)),
        Entry("风险空间分布图", "map", "risk-map", (Right.READ_RECORD,)),
        Entry("分区域统计", "table", "risk-overview", (Right.READ_RECORD,)),
    ),
}
RIGHTS = (Right.READ_RECORD, Right.READ_PLAN, Right.READ_INSPECTION)


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """The entries open to the person's hat."""
    require(request.user, *RIGHTS)
    groups = [(title, entries(request.user, "", table)) for title, table in GROUPS.items()]
    return render(request, "inspections/hub.html", {"groups": [(title, shown) for title, shown in groups if shown]})
