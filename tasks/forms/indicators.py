"""Forms of indicators."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.forms import RecordForm
from evidence.forms import FilesRecordForm
from tasks.models import Indicator
from units.models import Unit


class ValueForm(FilesRecordForm):
    """The value of a month, with where it comes from."""

    month = forms.DateField(label="月份", help_text="填该月任一天。")
    numerator = forms.IntegerField(label="分子", min_value=0, max_value=1_000_000)
    denominator = forms.IntegerField(label="分母", min_value=0, max_value=1_000_000)
    note = forms.CharField(label="数据来源", max_length=300, help_text="例如：市应急局2026年10月培训台账。")
    field_order = ("month", "numerator", "denominator", "note", "photos", "kept")

    def prepare(self) -> None:
        """Say what is counted; a level is reached or not."""
        indicator: Indicator = self.record
        self.initial.setdefault("month", clock.today())
        for name in ("numerator", "denominator"):
            self.fields[name].help_text = getattr(indicator, name) + "。"


class LeadForm(RecordForm):
    """Which units answer for the indicator."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="责任单位", required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        """The departments of the street, those named ticked."""
        seen = Unit.objects.for_user(self.actor).active().filter(kind=Unit.Kind.DEPARTMENT)
        self.fields["units"].queryset = seen
        self.initial["units"] = list(self.record.leads.values_list("unit_id", flat=True))

    def values(self) -> dict[str, Any]:
        """The chosen units."""
        return {"units": list(self.cleaned_data["units"])}
