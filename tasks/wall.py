"""挂图作战: tasks × units, and tasks × quarters by stage, each cell with its state; a handful of queries whatever the size.

Cells are written as text here, not by a template: a plan of 300 tasks and 60 units has 18,000 of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from common import clock
from tasks.models import RUNNING_STATES, Assignment, AssignmentState, Plan, PlanStage, Task, TaskTerm, TaskUnit
from tasks.occurrences import span_of
from units.models import Unit


class Mark(NamedTuple):
    """How a state looks: its class (colour and pattern), its sign and its word, so that no colour speaks alone."""

    css: str
    sign: str
    word: str


SHEET = 40  # rows of one sheet
OPENING = 40  # rows a page opens with; the others come when they are scrolled to
LATE, NAMED, COOPERATES, OTHERS = "late", "named", "cooperates", "others"
MARKS = {
    LATE: Mark("w-late", "!", "逾期"),
    AssignmentState.OPEN: Mark("w-open", "○", "待办"),
    AssignmentState.IN_PROGRESS: Mark("w-run", "◐", "推进中"),
    AssignmentState.SUBMITTED: Mark("w-wait", "◇", "待审核"),
    AssignmentState.DONE: Mark("w-done", "✓", "已办结"),
    AssignmentState.CANCELLED: Mark("w-off", "×", "已取消"),
    NAMED: Mark("w-named", "·", "未下达"),
    COOPERATES: Mark("w-coop", "配", "配合"),
    OTHERS: Mark("w-coop", "–", "其他单位承担"),
}
# Of several parts in one cell the one that needs most attention shows.
_WEIGHT = {state: place for place, state in enumerate(MARKS)}


class Part(NamedTuple):
    """One assignment, as far as a cell needs it."""

    task: int
    unit: int
    pk: int
    state: str
    percent: int
    late: bool

    @property
    def shown(self) -> str:
        """The state it shows."""
        return LATE if self.late else self.state


@dataclass(frozen=True)
class Row:
    """A task with its cells as HTML."""

    task: Task
    cells: SafeString


@dataclass(frozen=True)
class Chart:
    """The chart of one plan: `columns` are units, or quarters with `groups` (label, width) of stages above them."""

    columns: Sequence[Any]
    rows: Sequence[Row]
    groups: Sequence[tuple[str, int]] = ()
    left: int = 0  # rows below those given
    following: int = 0  # where they begin

    def cut(self, start: int) -> Chart:
        """As many rows from `start` as a page opens with."""
        end = min(start + OPENING, len(self.rows))
        return replace(self, rows=self.rows[start:end], left=len(self.rows) - end, following=end)

    @property
    def is_long(self) -> bool:
        """Whether it stands in sheets."""
        return bool(self.following) or len(self.rows) > OPENING * 2

    @property
    def sheets(self) -> list[Sequence[Row]]:
        """The rows in sheets, each a table of its own: a browser lays out only those in sight. A usual plan is one sheet."""
        if not self.is_long:
            return [self.rows]
        return [self.rows[at : at + SHEET] for at in range(0, len(self.rows), SHEET)]


def legend() -> list[Mark]:
    """Every mark with its word."""
    return list(MARKS.values())


def _late() -> ExpressionWrapper:
    return ExpressionWrapper(Q(state__in=RUNNING_STATES, due_at__lt=clock.now()), output_field=BooleanField())


def units_chart(
    tasks: Sequence[Task],
    assignments: QuerySet[Assignment],
    kind: str = "",
    *,
    sees_all: bool = True,
    own: int = 0,
    start: int | None = None,
) -> Chart:
    """Tasks × units; with `kind` only units of that kind. Three queries besides the tasks.

    Of a unit whose part is out of the reader's sight it says no more than that the task names it. The unit `own` comes first.
    With `start` only the rows a page opens with from there on; the columns are those of all tasks.
    """
    units = _units_of(tasks, assignments, kind)
    units.sort(key=lambda unit: unit.pk != own)
    end = len(tasks) if start is None else min(start + OPENING, len(tasks))
    left, tasks = len(tasks) - end, tasks[start or 0 : end]
    cells = _unit_cells(tasks, assignments, NAMED if sees_all else OTHERS)
    wanted = [unit.pk for unit in units]
    blank = "<td></td>"
    rows = []
    for task in tasks:
        found = cells.get(task.pk, {})
        rows.append(Row(task, _joined(found.get(pk, blank) for pk in wanted)))
    return Chart(units, rows, left=left, following=end if start is not None else 0)


def _units_of(tasks: Sequence[Task], assignments: QuerySet[Assignment], kind: str) -> list[Unit]:
    """Whoever the tasks name or were given to, by kind and name."""
    named = TaskUnit.objects.filter(task__in=[task.pk for task in tasks]).values("unit")
    units = Unit.objects.filter(Q(pk__in=named) | Q(pk__in=assignments.order_by().values("unit")))
    order = [kind_.value for kind_ in Unit.Kind]
    found = units.only("pk", "name", "short_name", "kind").order_by("kind", "name")
    return sorted((u for u in found if not kind or u.kind == kind), key=lambda u: order.index(u.kind))


def _joined(cells: Iterable[str]) -> SafeString:
    """Cells as HTML; they hold numbers, words of ours and addresses only, nothing anybody typed."""
    return mark_safe("".join(cells))  # noqa: S308


def _unit_cells(tasks: Sequence[Task], assignments: QuerySet[Assignment], unseen: str) -> dict[int, dict[int, str]]:
    parts: dict[tuple[int, int], list[Part]] = {}
    rows = assignments.filter(task__in=[task.pk for task in tasks]).order_by().annotate(late=_late())
    for row in rows.values_list("task_id", "unit_id", "pk", "state", "percent", "late"):
        parts.setdefault((row[0], row[1]), []).append(Part(*row))
    named = TaskUnit.objects.filter(task__in=[task.pk for task in tasks]).values_list("task_id", "unit_id", "role")
    cells: dict[int, dict[int, str]] = {}
    base = reverse("assignment-list")
    for task, unit, role in named:
        if (task, unit) not in parts:
            mark = MARKS[COOPERATES if role == TaskUnit.Role.COOPERATING else unseen]
            cells.setdefault(task, {})[unit] = f'<td class="{mark.css}" title="{mark.word}">{mark.sign}</td>'
    for (task, unit), found in parts.items():
        cells.setdefault(task, {})[unit] = _cell(base, found)
    return cells


def _cell(base: str, parts: list[Part]) -> str:
    worst = min(parts, key=lambda part: _WEIGHT[part.shown])
    mark = MARKS[worst.shown]
    one = len(parts) == 1
    href = f"{base}assignments/{worst.pk}/" if one else f"{base}?task={worst.task}&amp;unit={worst.unit}"
    percent = f"<small>{worst.percent}</small>" if 0 < worst.percent < 100 else ""
    more = "" if one else f"，共{len(parts)}期"
    return f'<td class="{mark.css}"><a href="{href}" title="{mark.word}{more}">{mark.sign}{percent}</a></td>'


@dataclass(frozen=True)
class Quarter:
    """A column of the timeline."""

    label: str
    first: date
    last: date

    @property
    def is_now(self) -> bool:
        """Whether today lies in it."""
        return self.first <= clock.today() <= self.last


def timeline_chart(plan: Plan, tasks: Sequence[Task], assignments: QuerySet[Assignment]) -> Chart:
    """Tasks × quarters from the plan's first day or first deadline to its last, under its stages.

    A day the plan names for a task that nobody has been given yet shows as that.
    """
    rows = assignments.exclude(state=AssignmentState.CANCELLED).order_by().annotate(late=_late())
    facts = list(rows.values_list("task_id", "due_at", "state", "late"))
    days = [clock.local(due).date() for _, due, _, _ in facts if due]
    ahead = _days_ahead(tasks, {task for task, *_ in facts})
    quarters = _quarters([*days, *(day for _, day in ahead), *filter(None, (plan.starts_on, plan.ends_on))])
    found: dict[tuple[int, str], list[str]] = {}
    for task, due, state, late in facts:
        key = span_of("quarter", clock.local(due).date()).key if due else ""
        found.setdefault((task, key), []).append(LATE if late else state)
    named = {(task, span_of("quarter", day).key) for task, day in ahead}
    keys = [span_of("quarter", quarter.first).key for quarter in quarters]
    base = reverse("assignment-list")
    shown = []
    for task in tasks:
        states = [found.get((task.pk, key), [NAMED] if (task.pk, key) in named else None) for key in keys]
        shown.append(Row(task, _joined(_moment(base, task.pk, *pair) for pair in zip(quarters, states, strict=True))))
    return Chart(quarters, shown, _groups(quarters, list(plan.stages.all())))


def _days_ahead(tasks: Sequence[Task], given: set[int]) -> list[tuple[int, date]]:
    """(task, day) of tasks that have not been given out at all."""
    left = [task.pk for task in tasks if task.pk not in given]
    return list(TaskTerm.objects.filter(task__in=left, due_on__isnull=False).values_list("task_id", "due_on"))


def _quarters(days: Iterable[date]) -> list[Quarter]:
    days = sorted(days)
    if not days:
        return []
    found, day = [], days[0]
    while True:
        span = span_of("quarter", day)
        label = f"{span.first:%y}年{'一二三四'[(span.first.month - 1) // 3]}季"
        found.append(Quarter(label, span.first, span.last))
        if span.last >= days[-1] or len(found) >= 40:
            return found
        day = date.fromordinal(span.last.toordinal() + 1)


def _moment(base: str, task: int, quarter: Quarter, states: list[str] | None) -> str:
    if not states:
        return "<td></td>"
    if states == [NAMED]:
        return f'<td class="{MARKS[NAMED].css}" title="{MARKS[NAMED].word}">{MARKS[NAMED].sign}</td>'
    mark = MARKS[min(states, key=_WEIGHT.__getitem__)]
    done = sum(state == AssignmentState.DONE for state in states)
    href = f"{base}?task={task}&amp;due_after={quarter.first}&amp;due_before={quarter.last}"
    return (
        f'<td class="{mark.css}"><a href="{href}" title="{mark.word}，办结{done}/{len(states)}">'
        f"{mark.sign}<small>{done}/{len(states)}</small></a></td>"
    )


def _shared_days(stage: PlanStage, quarter: Quarter) -> int:
    """How many days of the quarter lie in the stage; none for a stage without dates."""
    if stage.starts_on is None and stage.ends_on is None:
        return 0
    first, last = max(stage.starts_on or quarter.first, quarter.first), min(stage.ends_on or quarter.last, quarter.last)
    return (last - first).days + 1


def _groups(quarters: list[Quarter], stages: list[PlanStage]) -> list[tuple[str, int]]:
    """(stage, how many quarters) in the order of the quarters; a quarter belongs to the stage it shares most days with."""
    groups: list[tuple[str, int]] = []
    for quarter in quarters:
        nearest = max(stages, key=lambda stage: _shared_days(stage, quarter), default=None)
        name = nearest.name if nearest and _shared_days(nearest, quarter) > 0 else ""
        if groups and groups[-1][0] == name:
            groups[-1] = (name, groups[-1][1] + 1)
        else:
            groups.append((name, 1))
    return groups
