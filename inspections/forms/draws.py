"""Forms of draws and conflicts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from common import clock
from common.forms import ActionForm, KitForm, RecordForm
from inspections.models.draws import ConflictDeclaration
from inspections.models.risks import Colour
from inspections.models.visits import Inspection
from inspections.queries import candidates
from units.filters import FLAGS
from units.forms.fields import UnitField
from units.forms.units import AreaChoiceField, areas_of
from units.models import Area, Sector, Unit, User
from units.roles import Right

LINES = forms.Textarea(attrs={"rows": 3})
KINDS = [
    (Inspection.Kind.PATROL, "巡查（服务指导）"),
    (Inspection.Kind.ADMINISTRATIVE, "行政检查（每组不少于2名持执法证人员）"),
]


class PersonChoices(forms.ModelMultipleChoiceField):
    """People with their unit."""

    def label_from_instance(self, obj: Any) -> str:
        """姓名（单位）."""
        return f"{obj.name}（{obj.hat.unit.name if obj.hat else '—'}）"


class PersonChoice(forms.ModelChoiceField):
    """A person with their unit."""

    def label_from_instance(self, obj: Any) -> str:
        """姓名（单位）."""
        return f"{obj.name}（{obj.hat.unit.name if obj.hat else '—'}）"


class DrawForm(KitForm):
    """编制双随机抽取: what is drawn from, and how many."""

    title = forms.CharField(label="抽查事项", max_length=100, help_text="如：2026年第四季度工贸企业安全生产双随机抽查")
    kind = forms.ChoiceField(label="性质", choices=KINDS, widget=forms.RadioSelect, initial=Inspection.Kind.PATROL)
    asked = forms.IntegerField(label="抽取企业数", min_value=1, max_value=500, initial=10)
    team_size = forms.IntegerField(label="每组人数", min_value=1, max_value=10, initial=2)
    check_by = forms.DateField(label="检查完成期限", widget=forms.DateInput())
    sectors = forms.ModelMultipleChoiceField(
        Sector.objects.all(),
        label="行业领域",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="不选即全部",
    )
    area = AreaChoiceField(Area.objects.none(), label="区域", required=False)
    risks = forms.MultipleChoiceField(
        label="风险等级", choices=Colour.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    flags = forms.MultipleChoiceField(
        label="风险特征", choices=FLAGS, required=False, widget=forms.CheckboxSelectMultiple
    )
    weighted = forms.BooleanField(
        label="按风险等级加权", required=False, initial=True, help_text="红4、橙3、黄2、蓝1；不选则机会均等"
    )
    people = PersonChoices(User.objects.none(), label="检查人员名录", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"check_by": clock.today() + timedelta(days=30), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["area"].queryset = areas_of(actor)  # type: ignore[attr-defined]
        self.fields["people"].queryset = candidates.inspectors(actor)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The arguments of `prepare`."""
        data = self.cleaned_data
        names = ("title", "kind", "asked", "team_size", "check_by", "weighted")
        units = candidates.enterprises(
            self.actor, sectors=data["sectors"], area=data["area"], risks=data["risks"], flags=data["flags"]
        )
        return {**{name: data[name] for name in names}, "units": list(units), "people": list(data["people"])}


class ConfirmForm(RecordForm):
    """An action that needs nothing but pressing it."""


class ReasonForm(RecordForm):
    """An action that gives its reason."""

    reason = forms.CharField(label="理由", max_length=300, widget=LINES)


DRAW_FORMS: dict[str, type[RecordForm]] = {"confirm": ConfirmForm, "reason": ReasonForm}


class ArrangeForm(ActionForm):
    """The day of a drawn visit."""

    planned_on = forms.DateField(label="检查日期", widget=forms.DateInput())

    def __init__(self, *args: Any, check_by: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"planned_on": min(check_by, clock.today() + timedelta(days=1))}
        super().__init__(*args, **kwargs)
        self.fields["planned_on"].help_text = f"不晚于{check_by:%Y年%m月%d日}"


class ConflictForm(KitForm):
    """申报回避."""

    user = forms.ModelChoiceField(User.objects.none(), label="检查人员")
    unit = UnitField(label="回避企业", required=False, kinds=(Unit.Kind.ENTERPRISE,))
    village = AreaChoiceField(Area.objects.none(), label="或回避村（社区）", required=False)
    ground = forms.ChoiceField(label="事由", choices=ConflictDeclaration.Ground.choices)
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="不必写明家庭成员姓名")

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        kwargs["initial"] = {"user": actor.pk}
        super().__init__(*args, **kwargs)
        people = candidates.inspectors(actor)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.for_user(actor, Right.READ_UNIT).active()  # type: ignore[attr-defined]
        self.fields["village"].queryset = areas_of(actor)  # type: ignore[attr-defined]
