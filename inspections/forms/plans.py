"""Forms of plans, their matters and their planned visits."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.forms import KitForm, KitModelForm, RecordForm
from inspections.forms.draws import KINDS, ConfirmForm, PersonChoices, ReasonForm
from inspections.models.plans import MONTHS, InspectionPlan, PlanMatter, PlannedVisit
from inspections.models.visits import Inspection
from inspections.queries import candidates
from units.filters import FLAGS
from units.models import Unit, User
from units.models.areas import paths_above

MODES = [choice for choice in Inspection.Mode.choices if choice[0] != Inspection.Mode.RECHECK]
TARGETS = "如特种设备使用单位20%、重点单位50%、生产充装检验机构100%"


class PlanForm(KitForm):
    """编制检查计划."""

    kind = forms.ChoiceField(label="性质", choices=KINDS, widget=forms.RadioSelect, initial=Inspection.Kind.PATROL)
    year = forms.TypedChoiceField(label="年度", coerce=int)
    month = forms.TypedChoiceField(
        label="月份", choices=[("", "全年"), *MONTHS], coerce=int, empty_value=None, required=False,
        help_text="月计划从已批准的年度计划取当月安排和以前月份未完成的安排",
    )  # fmt: skip
    title = forms.CharField(label="名称", max_length=100, required=False, help_text="不填则自动生成")
    people = PersonChoices(User.objects.none(), label="检查人员", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        year = clock.today().year
        kwargs["initial"] = {"year": year, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, f"{year}年"), (year + 1, f"{year + 1}年")]  # type: ignore[attr-defined]
        self.fields["people"].queryset = candidates.inspectors(actor)  # type: ignore[attr-defined]


class OpinionForm(RecordForm):
    """A favourable decision."""

    opinion = forms.CharField(
        label="审批意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


PLAN_FORMS: dict[str, type[RecordForm]] = {"confirm": ConfirmForm, "reason": ReasonForm, "opinion": OpinionForm}


class MatterForm(KitModelForm):
    """One row of the plan."""

    flag = forms.ChoiceField(label="对象特征", choices=[("", "不限"), *FLAGS], required=False)
    target = forms.IntegerField(label="抽查比例（%）", min_value=1, max_value=100, initial=100, help_text=TARGETS)
    mode = forms.ChoiceField(label="检查方式", choices=MODES)

    class Meta:
        model = PlanMatter
        fields = (
            "matter",
            "basis",
            "sector",
            "flag",
            "target",
            "content",
            "mode",
            "schedule",
            "body",
            "is_joint",
            "remark",
        )

    def __init__(self, *args: Any, plan: InspectionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Unit.objects.active().exclude(kind=Unit.Kind.ENTERPRISE)
        street = plan.owner.area.street_path
        self.fields["body"].queryset = bodies.filter(area_path__startswith=street) | bodies.filter(  # type: ignore[attr-defined]
            area_path__in=paths_above(plan.area_path)
        )
        if not self.instance.pk:
            self.initial.setdefault("body", plan.owner_id)


class VisitForm(KitForm):
    """The month and the person of a planned visit."""

    month = forms.TypedChoiceField(label="月份", choices=MONTHS, coerce=int)
    inspector = forms.ModelChoiceField(User.objects.none(), label="检查人员", required=False)

    def __init__(self, *args: Any, visit: PlannedVisit, **kwargs: Any) -> None:
        kwargs["initial"] = {"month": visit.month, "inspector": visit.inspector_id}
        super().__init__(*args, **kwargs)
        self.fields["inspector"].queryset = visit.plan.people.order_by("name")  # type: ignore[attr-defined]
        if visit.plan.month:
            self.fields["month"].choices = [(visit.plan.month, f"{visit.plan.month}月")]  # type: ignore[attr-defined]
