"""Forms of risk points, levels and grades."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from common import clock
from common.forms import KitForm, RecordForm
from common.limits import limit
from inspections.models.risks import Colour, RiskPoint
from units.models import Enterprise, Unit

LINES = forms.Textarea(attrs={"rows": 3})


def _next_review(area_path: str) -> Any:
    return clock.today() + timedelta(days=limit("risk_point.review", area_path).value)


class PointFields(forms.Form):
    """What a risk point says."""

    name = forms.CharField(label="风险点名称", max_length=80)
    place = forms.CharField(label="部位", max_length=100, required=False)
    accident = forms.ChoiceField(label="可能导致的事故", choices=RiskPoint.Accident.choices)
    level = forms.ChoiceField(label="风险等级", choices=Colour.choices)
    controls = forms.CharField(label="管控措施", max_length=1000, widget=LINES)
    emergency = forms.CharField(label="应急处置措施", max_length=500, required=False, widget=LINES)
    owner = forms.CharField(label="管控责任人", max_length=30)
    owner_post = forms.CharField(label="责任人岗位", max_length=40, required=False)
    review_on = forms.DateField(label="下次复评日期", widget=forms.DateInput())


class NewPointForm(KitForm, PointFields):
    """登记风险点 of one's own enterprise."""

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        kwargs["initial"] = {"review_on": _next_review(unit.area_path), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class EditPointForm(RecordForm, PointFields):
    """修改."""

    def prepare(self) -> None:
        """What is stored stands in the fields."""
        names = [name for name in self.fields if name in PointFields.base_fields]
        self.initial = {**self.initial, **{name: getattr(self.record, name) for name in names}}


class ReviewPointForm(RecordForm):
    """复评."""

    level = forms.ChoiceField(label="复评等级", choices=Colour.choices)
    review_on = forms.DateField(label="下次复评日期", widget=forms.DateInput())
    opinion = forms.CharField(label="复评意见", max_length=300, required=False, widget=LINES)

    def prepare(self) -> None:
        """The present colour, and a date one interval ahead."""
        self.initial |= {"level": self.record.level, "review_on": _next_review(self.record.area_path)}


class PointReasonForm(RecordForm):
    """An action that gives its reason."""

    reason = forms.CharField(label="理由", max_length=500, widget=LINES)


POINT_FORMS: dict[str, type[RecordForm]] = {
    "edit": EditPointForm, "review": ReviewPointForm, "reason": PointReasonForm,
}  # fmt: skip


class LevelForm(KitForm):
    """人工定级."""

    level = forms.ChoiceField(label="风险等级", choices=Colour.choices)
    reason = forms.CharField(
        label="理由", max_length=500, widget=LINES, help_text="与规则定级不一致的，请写明依据，企业可见。"
    )


class GradeForm(KitForm):
    """标准化等级."""

    grade = forms.ChoiceField(label="标准化等级", choices=Enterprise.Grade.choices, required=False)
    valid_until = forms.DateField(label="有效期至", required=False, widget=forms.DateInput())
    reason = forms.CharField(
        label="依据、理由", max_length=500, widget=LINES, help_text="如证书编号、定级文件、撤销原因。"
    )
