"""Proposed changes of time limits, calendar and office settings."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock, limits
from common.forms import KitForm, KitModelForm
from common.models import CalendarDay, LimitUnit
from common.wording import cn_date
from units.models import OfficeProfile

_WORKDAY_CHOICES = (("1", "上班（调休工作日）"), ("0", "放假"))


class PolicyForm:
    """What all policy forms can say about themselves, for the proposal's line in the list."""

    cleaned_data: dict[str, Any]

    def summary(self) -> str:
        """The proposed change in one sentence."""
        raise NotImplementedError


class TimeLimitForm(PolicyForm, KitForm):
    """A new edition of one day count; the former ones are the history."""

    key = forms.ChoiceField(label="事项", choices=lambda: list(limits.LABELS.items()))
    value = forms.IntegerField(label="数值", min_value=0, max_value=3650)
    unit = forms.ChoiceField(label="单位", choices=LimitUnit.choices)
    basis = forms.CharField(label="依据", max_length=300)
    effective_from = forms.DateField(
        label="施行日期", widget=forms.DateInput(), help_text="不早于今天；已在计算的期限不改变"
    )
    note = forms.CharField(label="说明", max_length=300, required=False)

    def clean_effective_from(self) -> Any:
        """Yesterday's limits are history."""
        day = self.cleaned_data["effective_from"]
        if day < clock.today():
            raise forms.ValidationError("施行日期不能早于今天。")
        return day

    def summary(self) -> str:
        """事项 → 数值、单位、施行日期."""
        data = self.cleaned_data
        label, unit = limits.LABELS[data["key"]], LimitUnit(data["unit"]).label
        return f"{label}调整为{data['value']}{unit}，{cn_date(data['effective_from'])}起施行"


class CalendarDayForm(PolicyForm, KitForm):
    """One day that differs from the statutory calendar."""

    date = forms.DateField(label="日期", widget=forms.DateInput())
    is_workday = forms.TypedChoiceField(label="安排", choices=_WORKDAY_CHOICES, coerce=lambda value: value == "1")
    note = forms.CharField(label="说明", max_length=200, help_text="例如：国务院办公厅关于2027年部分节假日安排的通知")

    def summary(self) -> str:
        """日期 → 上班/放假."""
        data = self.cleaned_data
        return f"{cn_date(data['date'])}{'上班' if data['is_workday'] else '放假'}"


class CalendarRemovalForm(PolicyForm, KitForm):
    """Return a day to the statutory calendar."""

    date = forms.DateField(label="日期", widget=forms.DateInput())

    def clean_date(self) -> Any:
        """There must be an adjustment to take back."""
        day = self.cleaned_data["date"]
        if not CalendarDay.objects.filter(date=day).exists():
            raise forms.ValidationError("该日没有调整记录。")
        return day

    def summary(self) -> str:
        """日期 → 撤销."""
        return f"撤销{cn_date(self.cleaned_data['date'])}的日历调整"


class OfficeForm(PolicyForm, KitModelForm):
    """What the office signs as and may issue."""

    class Meta:
        model = OfficeProfile
        exclude = ("unit",)

    def summary(self) -> str:
        """The changed settings by name."""
        names = "、".join(str(self.fields[name].label) for name in self.changed_data)
        return f"安委办设置调整：{names}"[:300]
