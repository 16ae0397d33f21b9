"""What opens behind a number of an evaluation: the records it counted when it was drafted, whatever happened since."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.columns import Column, Empty, Figure
from common.errors import NotInScope
from common.ledgers import LedgerView
from common.record_pages import one
from common.wording import cn_date
from tasks import columns, queries
from tasks.models import Assignment, DutyStanding, Evaluation
from tasks.views.duties import StandingLedger
from units.access import RightRequiredMixin, require
from units.roles import Right

PARTS = {"all": "单位任务", "done": "已办结的单位任务", "late": "逾期未办结的单位任务"}
GROUPS = {"action": "by_action", "unit": "by_unit"}
DUTIES = {"met": "达到要求的履职事项", "missed": "未达到要求的履职事项"}


class EvaluationRecords(RightRequiredMixin, LedgerView):
    """The base: an evaluation in the reader's scope, and the ids its snapshot kept for one number."""

    rights = (Right.READ_EVALUATION,)
    template_name = "tasks/evaluations/records.html"
    names: dict[str, str]

    @cached_property
    def evaluation(self) -> Evaluation:
        """The evaluation of the address."""
        return one(Evaluation, self.request.user, self.kwargs["pk"])

    @property
    def key(self) -> str:
        """Which number; an unknown one does not exist."""
        if self.kwargs["key"] not in self.names:
            raise NotInScope("没有这项数据。")
        return str(self.kwargs["key"])

    @property
    def title(self) -> str:  # type: ignore[override]
        """What the number counts."""
        return self.names[self.key]

    @cached_property
    def ids(self) -> list[int]:
        """The records counted."""
        raise NotImplementedError

    def about(self) -> str:
        """The group the number is of; empty for the whole."""
        return ""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Exactly the kept ids, as far as the reader may see them."""
        return super().get_base_queryset().filter(pk__in=self.ids)

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """How many the evaluation counted, and how many of these the reader may open."""
        return (Figure("评估计入", len(self.ids), unit="项"), Figure("您可查看", queryset.count(), unit="项"))

    def get_empty(self) -> Empty:
        """Nothing counted is a fact, not a fault."""
        return Empty("没有计入这项数据的记录")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The evaluation the list belongs to."""
        return super().get_context_data(**kwargs) | {"evaluation": self.evaluation, "about": self.about()}


class TaskRecords(EvaluationRecords):
    """Parts of tasks: all, done or late; of one action or one unit."""

    model = Assignment
    names = PARTS
    default_order = ("due_at", "task__order")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Beside today's state the one the evaluation found."""
        super().setup(request, *args, **kwargs)
        state = next(place for place, column in enumerate(columns.ASSIGNMENTS) if column.key == "state")
        then = Column("then", "评估时", self._then, css="cell-nowrap")
        self.columns = (*columns.ASSIGNMENTS[:state], then, *columns.ASSIGNMENTS[state:])

    @cached_property
    def parts(self) -> dict[int, dict[str, Any]]:
        """What the snapshot says of every part."""
        return {part["id"]: part for part in self.evaluation.snapshot["tasks"]["parts"]}

    def _then(self, row: Assignment) -> str:
        part = self.parts[row.pk]
        return "已办结" if part["done"] else "逾期未办结" if part["late"] else "未办结"

    @cached_property
    def group(self) -> tuple[str, int] | None:
        """Which action or unit is asked for; None for all of them."""
        by, asked = self.request.GET.get("by", ""), self.request.GET.get("group", "")
        return (by, int(asked)) if by in GROUPS and asked.isdecimal() and len(asked) < 19 else None

    @cached_property
    def ids(self) -> list[int]:
        """Those that were done or late, of the group."""
        key, group = self.key, self.group
        return [
            part["id"]
            for part in self.parts.values()
            if (key == "all" or part[key]) and (group is None or (part[group[0]] or 0) == group[1])
        ]

    def get_base_queryset(self) -> QuerySet[Any]:
        """With what the columns show."""
        return queries.assignments(self.request.user).filter(pk__in=self.ids)

    def about(self) -> str:
        """The action or the unit, as the snapshot calls it."""
        if self.group is None:
            return ""
        by, group = self.group
        rows = self.evaluation.snapshot["tasks"][GROUPS[by]]
        return next((row["name"] for row in rows if row["id"] == group), "")


class DutyRecords(EvaluationRecords):
    """Standings of the periods that ended within the year: met or missed; of one duty."""

    model = DutyStanding
    names = DUTIES
    default_order = StandingLedger.default_order
    columns = tuple(column for column in StandingLedger.columns if column.key not in ("next_by", "expected"))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What the snapshot says of the duty asked for, or of every duty."""
        code = self.request.GET.get("code", "")
        return [row for row in self.evaluation.snapshot["duties"] if code in ("", row["code"])]

    @cached_property
    def ids(self) -> list[int]:
        """Those kept for the number."""
        return [pk for row in self.rows for pk in row["ids"][self.key]]

    def get_base_queryset(self) -> QuerySet[Any]:
        """With what the columns show."""
        return super().get_base_queryset().select_related("duty", "person", "unit")

    def about(self) -> str:
        """The duty's name."""
        return self.rows[0]["name"] if self.request.GET.get("code") and self.rows else ""


@require_safe
def indicator(request: HttpRequest, pk: int, indicator: int) -> HttpResponse:
    """One indicator as the evaluation took it: value, source, and who was missing from the numerator then."""
    require(request.user, Right.READ_EVALUATION)
    evaluation = one(Evaluation, request.user, pk)
    row = next((row for row in evaluation.snapshot["indicators"] if row["id"] == indicator), None)
    if row is None:
        raise NotInScope
    context = {"evaluation": evaluation, "row": row, "until": cn_date(evaluation.until)}
    return render(request, "tasks/evaluations/indicator.html", context)
