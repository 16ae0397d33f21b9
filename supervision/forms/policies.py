"""The form of a change of the ladder, one of the policy kinds people propose and approve."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from common import clock
from common.forms import KitForm
from common.wording import cn_date
from hazards.models.hazard import Level
from supervision.ladder import ORDER
from supervision.letter_texts import label_of
from supervision.models import LadderStep
from supervision.transitions.policies import FARTHEST, troubles
from units.forms.policies import PolicyForm


def _step(code: str) -> forms.IntegerField:
    return forms.IntegerField(label=label_of(code), required=False, min_value=-FARTHEST, max_value=FARTHEST)


class LadderForm(PolicyForm, KitForm):
    """A new edition of the ladder of a level: the day of every step, counted how, from when."""

    level = forms.ChoiceField(label="适用等级", choices=Level.choices)
    unit = forms.ChoiceField(
        label="计日方式", choices=LadderStep.Unit.choices, initial=LadderStep.Unit.NATURAL, widget=forms.RadioSelect
    )
    effective_from = forms.DateField(
        label="施行日期", widget=forms.DateInput(), help_text="此后新定的期限适用，正在计算的期限不变。"
    )
    basis = forms.CharField(label="依据", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        steps = {f"step_{code}": _step(code) for code in ORDER}
        self.base_fields = {**self.base_fields, **steps}
        super().__init__(*args, **kwargs)
        self.fields[f"step_{ORDER[0]}"].help_text = "各步骤填距整改期限的天数，期限前为负数；不填即取消该步骤。"

    def clean_effective_from(self) -> date:
        """A ladder is not changed backwards."""
        day: date = self.cleaned_data["effective_from"]
        if day <= clock.today():
            raise forms.ValidationError("施行日期应晚于今天。")
        return day

    def clean(self) -> dict[str, Any]:
        """Steps in order, each on its side of the deadline."""
        cleaned = super().clean() or self.cleaned_data
        for code, text in troubles(self.offsets()).items():
            self.add_error(f"step_{code}" if code else None, text)
        return cleaned

    def offsets(self) -> dict[str, int]:
        """The days typed, by step code; an empty field leaves the step out."""
        typed = {code: self.cleaned_data.get(f"step_{code}") for code in ORDER}
        return {code: days for code, days in typed.items() if days is not None}

    def summary(self) -> str:
        """等级 → 各步骤、施行日期."""
        data = self.cleaned_data
        days = "、".join(f"{label_of(code)}T{offset:+d}" for code, offset in self.offsets().items())
        unit = LadderStep.Unit(data["unit"]).label
        return f"{Level(data['level']).label}隐患督办阶梯（{unit}）：{days}，{cn_date(data['effective_from'])}起施行"
