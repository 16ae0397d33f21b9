"""Forms of plans and tasks: by hand, corrected, and given to their units."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from common import clock
from common.forms import KitForm, RecordForm
from tasks.forms import stages
from tasks.models import Plan, Task, TaskTerm, TaskUnit
from tasks.queries import said
from tasks.transitions.plans import StageData, TermData, UnitData
from units.forms.fields import UnitChoices
from units.models import Unit

_TEXT = forms.Textarea(attrs={"rows": 4})
_SEPARATOR = re.compile(r"[\n；;]+")
RECURRING = [pair for pair in TaskTerm.Period.choices if pair[0] != TaskTerm.Period.ONCE]


class PlanForm(RecordForm):
    """A plan by hand, or the head of one corrected."""

    title = forms.CharField(label="名称", max_length=200)
    number = forms.CharField(label="文号", max_length=80, required=False)
    issuer = forms.CharField(label="印发单位", max_length=120, required=False)
    starts_on = forms.DateField(label="起始日期", required=False, widget=forms.DateInput)
    ends_on = forms.DateField(label="结束日期", required=False, widget=forms.DateInput)
    stages = forms.CharField(
        label="阶段",
        max_length=4000,
        required=False,
        widget=_TEXT,
        help_text="每行一个，如“动员部署 2026-01-01至2026-03-31”；没有时限的任务可按阶段设定。",
    )

    def clean_stages(self) -> list[StageData]:
        """The stages typed; names the line that is none."""
        return stages.read(self.cleaned_data["stages"])

    def clean(self) -> dict[str, Any]:
        """Ends do not come before starts."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "结束日期不能早于起始日期。")
        return cleaned


class TaskForm(RecordForm):
    """A task: what, who, by when."""

    no = forms.CharField(label="序号", max_length=20, required=False)
    action = forms.CharField(label="行动", max_length=160, required=False)
    title = forms.CharField(label="重点任务", max_length=200)
    text = forms.CharField(label="任务内容", max_length=8000, required=False, widget=_TEXT)
    measures = forms.CharField(label="措施", max_length=8000, required=False, widget=_TEXT)
    lead = forms.ModelMultipleChoiceField(Unit.objects.none(), label="牵头单位", required=False, widget=UnitChoices)
    responsible = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="责任单位", required=False, widget=UnitChoices
    )
    cooperating = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="配合单位", required=False, widget=UnitChoices
    )
    leader = forms.CharField(label="责任领导", max_length=80, required=False)
    quantities = forms.CharField(
        label="量化指标", max_length=1000, required=False, widget=_TEXT, help_text="每行一条，如“每季度不少于3次”。"
    )
    due = forms.CharField(
        label="完成时限", max_length=300, required=False, help_text="如2026-12-31；有几个节点的，用分号隔开。"
    )
    periods = forms.MultipleChoiceField(
        label="重复", choices=RECURRING, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="不勾选的不重复；到期日为每期最后一天。",
    )  # fmt: skip
    past_ok = forms.BooleanField(label="时限已过，属补录", required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        self.plan = plan
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """Offices, departments and villages in reach, and whom the task names already; what the task has now."""
        bodies = Q(kind__in=(Unit.Kind.OFFICE, Unit.Kind.DEPARTMENT, Unit.Kind.VILLAGE))
        if self.record is not None and self.record.pk:
            bodies |= Q(pk__in=self.record.named.values("unit_id"))
        known = Unit.objects.for_user(self.actor).active().filter(bodies).order_by("kind", "name")
        for role in TaskUnit.Role.values:
            self.fields[role].queryset = known  # type: ignore[attr-defined]
        if self.record is not None and self.record.pk:
            self.initial |= _initial(self.record)
            dated = [(_period(term), said(term)) for term in self.record.terms.all() if term.day]
            self.fields["periods"].choices = [*RECURRING, *dict(dated).items()]  # type: ignore[attr-defined]

    def clean_due(self) -> list[date]:
        """Every day typed; refuses what is no day."""
        return [stages.day(part.strip()) for part in _SEPARATOR.split(self.cleaned_data["due"]) if part.strip()]

    def clean(self) -> dict[str, Any]:
        """A deadline that has passed is confirmed, not overlooked."""
        cleaned = super().clean() or self.cleaned_data
        past = [day for day in cleaned.get("due") or () if day < clock.today()]
        known = (
            {term.due_on for term in self.record.terms.all()} if self.record is not None and self.record.pk else set()
        )
        if set(past) - known and not cleaned.get("past_ok"):
            days = "、".join(f"{day.year}年{day.month}月{day.day}日" for day in past)
            self.add_error("due", f"完成时限{days}已过，请核对；确属补录的，请勾选“时限已过，属补录”。")
        return cleaned

    def units(self) -> list[UnitData]:
        """The units by role."""
        return [UnitData(unit, role) for role in TaskUnit.Role.values for unit in self.cleaned_data[role]]

    def terms(self) -> list[TermData]:
        """The days, and the periods."""
        terms = [TermData(due_on=day) for day in self.cleaned_data["due"]]
        for period, *day in (value.split("-") for value in self.cleaned_data["periods"]):
            month, on = (int(part) or None for part in day) if day else (None, None)
            terms.append(TermData(period=period, month=month, day=on))
        return terms

    def clean_quantities(self) -> list[str]:
        """One per line."""
        return [line.strip() for line in _SEPARATOR.split(self.cleaned_data["quantities"]) if line.strip()]


def _initial(task: Task) -> dict[str, Any]:
    named = list(task.named.all())
    terms = list(task.terms.all())
    return {
        **{name: getattr(task, name) for name in ("no", "title", "text", "measures", "leader")},
        "action": task.action.name if task.action else "",
        **{role: [row.unit_id for row in named if row.role == role] for role in TaskUnit.Role.values},
        "quantities": "\n".join(task.quantities),
        "due": "；".join(term.due_on.isoformat() for term in terms if term.due_on),
        "periods": [_period(term) for term in terms if term.due_on is None],
    }


def _period(term: TaskTerm) -> str:
    """A period as the form knows it: quarter, or year-4-30 where the text names a day within it."""
    return f"{term.period}-{term.month or 0}-{term.day}" if term.day else term.period


class AssignForm(KitForm):
    """The tasks picked to be given out."""

    ids = forms.ModelMultipleChoiceField(
        Task.objects.none(), label="任务", error_messages={"required": "请先勾选任务。"}
    )
    backfill = forms.BooleanField(label="补录已过时限的任务", required=False)

    def __init__(self, *args: Any, plan: Plan, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ids"].queryset = Task.objects.for_user(actor).filter(plan=plan)  # type: ignore[attr-defined]
