"""三级任务清单: the assignments of the street, of a department, of a village, by the hat's scope and presets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse

import audit
from audit import actions as audited
from common.columns import BulkAction, Empty, Figure
from common.exports import export_response
from common.ledgers import LedgerView
from tasks import columns, layout, queries
from tasks.filters import AssignmentFilter
from tasks.models import Assignment
from units.access import RightRequiredMixin, holds
from units.models import Unit
from units.roles import Right


@dataclass(frozen=True)
class Preset:
    """One of the views above the ledger."""

    label: str
    url: str
    active: bool


_LEVELS = (
    ("全部", ""),
    ("街道清单", Unit.Kind.OFFICE),
    ("部门清单", Unit.Kind.DEPARTMENT),
    ("村（社区）清单", Unit.Kind.VILLAGE),
)


class AssignmentLedger(RightRequiredMixin, LedgerView):
    """任务台账."""

    rights = (Right.READ_TASK,)
    model = Assignment
    title = "任务台账"
    filterset_class = AssignmentFilter
    default_order = ("-done_at", "due_at", "task__order")  # what is not done stands before what is
    columns = columns.ASSIGNMENTS
    template_name = "tasks/ledger.html"

    def get_base_queryset(self) -> QuerySet[Assignment]:
        """The rows in scope with what they show."""
        return queries.assignments(self.request.user)

    def row_tone(self, row: Assignment) -> str:
        """Red for what is late."""
        return "red" if row.is_overdue else ""

    def get_figures(self, queryset: QuerySet[Assignment]) -> Sequence[Figure]:
        """Figures over the filter in force, each opening its part of it."""
        found, query = queries.counts(queryset), self.request.GET.copy()
        for name in ("page", "export", "state", "progress"):
            query.pop(name, None)
        base = f"{reverse('assignment-list')}?{query.urlencode()}&" if query else f"{reverse('assignment-list')}?"
        return (
            Figure("未办结", found["live"], f"{base}progress=live", "项"),
            Figure("待审核", found["submitted"], f"{base}state=submitted", "项"),
            Figure("逾期", found["late"], f"{base}progress=late", "项", "red" if found["late"] else "plain"),
            Figure("已办结", found["done"], f"{base}state=done", "项", "green"),
        )

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        """催办, 调整时限, 取消 for whoever manages tasks; the office's layout for everybody."""
        steps = (("催办", "remind", "bell"), ("调整时限", "deadline", "calendar"), ("取消任务", "cancel", "close"))
        managing = steps if holds(self.request.user, Right.MANAGE_TASK) else ()
        every = (*managing, ("按台账格式导出", "export", "download"))
        return [BulkAction(label, reverse("assignment-bulk", args=[name]), icon) for label, name, icon in every]

    def export(self, kind: str) -> HttpResponseBase:
        """?layout=office gives one row per task in the office's own layout."""
        if self.request.GET.get("layout") != "office":
            return super().export(kind)
        audit.record(audited.EXPORT, Assignment, after={"title": self.title})
        return export_response(kind, self.title, layout.COLUMNS, layout.rows(self.request.user, self.get_queryset()))

    def get_empty(self) -> Empty:
        """Tasks come from plans."""
        if self.chips:
            return super().get_empty()
        if holds(self.request.user, Right.MANAGE_TASK):
            return Empty(
                "还没有下达任务", "先登记方案，再在方案页面把任务下达到各单位。", "登记方案", reverse("task-plan-new")
            )
        return Empty("还没有需要本单位办理的任务", "任务下达后会出现在这里，并收到消息。")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """The three levels, for whoever sees more than one."""
        level = self.request.GET.get("level", "")
        url = reverse("assignment-list")
        presets = [Preset(label, f"{url}?level={kind}" if kind else url, level == kind) for label, kind in _LEVELS]
        wide = holds(self.request.user, Right.MANAGE_TASK) or self.request.user.role == "leader"
        return {
            **super().get_context_data(**kwargs),
            "presets": presets if wide else [],
            "may_manage": holds(self.request.user, Right.MANAGE_TASK),
        }
