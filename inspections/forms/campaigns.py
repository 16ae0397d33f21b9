"""Forms of campaigns and their objects."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.forms import KitForm, RecordForm
from inspections.forms.draws import ReasonForm
from inspections.models.campaigns import CATEGORIES, Campaign
from inspections.models.checklists import Checklist
from inspections.queries.bodies import bodies_under
from units.forms.fields import UnitField
from units.models import Sector, Unit

LINES = forms.Textarea(attrs={"rows": 3})
STARTING = "；".join(f"{Campaign.Form(form).label}：{'、'.join(words)}" for form, words in CATEGORIES.items())


class CampaignForm(KitForm):
    """建立专项整治."""

    title = forms.CharField(label="名称", max_length=100)
    form = forms.ChoiceField(label="台账形式", choices=Campaign.Form.choices)
    categories = forms.CharField(
        label="分类", max_length=300, required=False, help_text=f"以顿号分隔；不填则用台账形式的分类（{STARTING}）"
    )
    basis = forms.CharField(label="依据", max_length=300, required=False)
    sector = forms.ModelChoiceField(Sector.objects.all(), label="行业领域", required=False, empty_label="不限")
    checklist = forms.ModelChoiceField(Checklist.objects.filter(is_active=True), label="检查表", required=False)
    starts_on = forms.DateField(label="开始日期", widget=forms.DateInput())
    ends_on = forms.DateField(label="结束日期", widget=forms.DateInput())

    def values(self) -> dict[str, Any]:
        """The categories as a list."""
        data = dict(self.cleaned_data)
        words = data["categories"].replace("，", "、").replace(",", "、").split("、")
        data["categories"] = [word.strip()[:30] for word in words if word.strip()] or CATEGORIES[data["form"]]
        return data


class ObjectForm(KitForm):
    """登记整治对象."""

    unit = UnitField(
        label="企业", required=False, kinds=(Unit.Kind.ENTERPRISE,), help_text="已建档的企业填写，自建房等不填"
    )
    name = forms.CharField(label="对象名称", max_length=120)
    address = forms.CharField(label="地址", max_length=200, required=False)
    category = forms.ChoiceField(label="分类")
    measure = forms.CharField(label="整治措施", max_length=500, required=False, widget=LINES)
    responsible = forms.ModelChoiceField(Unit.objects.none(), label="责任单位")
    person = forms.CharField(label="责任人", max_length=30, required=False)
    deadline = forms.DateField(label="完成时限", widget=forms.DateInput())

    def __init__(self, *args: Any, campaign: Campaign, actor: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"deadline": campaign.ends_on, "responsible": campaign.owner_id}
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [(word, word) for word in campaign.categories]  # type: ignore[attr-defined]
        self.fields["responsible"].queryset = bodies_under(campaign.owner.area.street_path)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.for_user(actor).active()  # type: ignore[attr-defined]


class SheetForm(KitForm):
    """A sheet of objects."""

    file = forms.FileField(label="整治对象台账", widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}))


class ProgressForm(RecordForm):
    """报告进展."""

    progress = forms.CharField(label="进展", max_length=500, widget=LINES)


class FinishForm(RecordForm):
    """完成整治."""

    progress = forms.CharField(label="完成情况", max_length=500, widget=LINES)
    done_on = forms.DateField(label="完成日期", widget=forms.DateInput())

    def prepare(self) -> None:
        """Today, unless something else is typed."""
        self.initial["done_on"] = clock.today()


class ChangeForm(RecordForm):
    """调整分类、时限."""

    category = forms.ChoiceField(label="分类")
    deadline = forms.DateField(label="完成时限", widget=forms.DateInput())
    reason = forms.CharField(label="理由", max_length=300, widget=LINES)

    def prepare(self) -> None:
        """The campaign's categories and what stands now."""
        self.fields["category"].choices = [(word, word) for word in self.record.campaign.categories]  # type: ignore[attr-defined]
        self.initial |= {"category": self.record.category, "deadline": self.record.deadline}


OBJECT_FORMS: dict[str, type[RecordForm]] = {
    "progress": ProgressForm, "finish": FinishForm, "change": ChangeForm, "reason": ReasonForm,
}  # fmt: skip
