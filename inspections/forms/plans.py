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
from inspections.queries.plans import base
from units.filters import FLAGS
from units.imports.directory import Directory
from units.models import Unit, User
from units.models.areas import paths_above

MODES = [choice for choice in Inspection.Mode.choices if choice[0] != Inspection.Mode.RECHECK]
FAULTS = 10  # unknown enterprises named in one refusal
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
    named = forms.CharField(
        label="指定企业",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="按名单检查的填写，每行一家企业名称或统一社会信用代码，如重点监督检查单位；不填则为上述范围的全部企业",
    )
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
        self.plan = plan
        if self.instance.pk:
            self.initial["named"] = "\n".join(self.instance.named.order_by("name").values_list("name", flat=True))
        self.order_fields(["matter", "basis", "sector", "flag", "named", "target"])
        bodies = Unit.objects.active().exclude(kind=Unit.Kind.ENTERPRISE)
        street = plan.owner.area.street_path
        self.fields["body"].queryset = bodies.filter(area_path__startswith=street) | bodies.filter(  # type: ignore[attr-defined]
            area_path__in=paths_above(plan.area_path)
        )
        if not self.instance.pk:
            self.initial.setdefault("body", plan.owner_id)

    def clean_named(self) -> list[int]:
        """The ids of the enterprises; what is not known is told by line."""
        names = self.cleaned_data["named"]
        directory, found, unknown = Directory(self.plan.area_path), [], []
        covered = set(base(self.plan, PlanMatter(plan=self.plan)).values_list("pk", flat=True)) if names else set()
        for number, line in enumerate(names.splitlines(), 1):
            if not (name := line.strip()):
                continue
            entry = directory.by_code(name) or directory.by_name(name)
            if entry is None or entry.pk not in covered:
                why = "没有找到" if entry is None else "不在计划范围内或不在营"
                unknown.append(f"第{number}行“{name[:40]}”{why}")
            else:
                found.append(entry.pk)
        if unknown:
            raise forms.ValidationError("；".join(unknown[:FAULTS]) + "，请核对名称或信用代码。")
        return found


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
