"""The form of a change of the ladder."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import KitForm
from hazards.models.hazard import Level
from supervision.ladder import ORDER, Edition
from supervision.models import LadderStep

LINES = forms.Textarea(attrs={"rows": 3})


class PolicyForm(KitForm):
    """A new edition of the ladder of a level: the day of every step, from when, and why."""

    level = forms.ChoiceField(label="适用等级", choices=Level.choices, widget=forms.HiddenInput)
    unit = forms.ChoiceField(label="计日方式", choices=LadderStep.Unit.choices, widget=forms.RadioSelect)
    effective_from = forms.DateField(label="施行日期", widget=forms.DateInput, help_text="此后新定的期限适用，正在计算的期限不变。")
    reason = forms.CharField(label="调整理由", max_length=300, widget=LINES)
    basis = forms.CharField(label="依据", max_length=300, required=False)

    def __init__(self, *args: Any, edition: Edition | None = None, **kwargs: Any) -> None:
        steps = {code: LadderStep.Code(code).label for code in ORDER}
        declared = {
            f"step_{code}": forms.IntegerField(
                label=label,
                required=False,
                min_value=-365,
                max_value=365,
                help_text="期限前为负数。" if code == ORDER[0] else "",
            )
            for code, label in steps.items()
        }
        self.base_fields = {**declared, **self.base_fields}
        if edition is not None:
            working = any(rung.working for rung in edition.rungs)
            kwargs["initial"] = {
                "level": edition.level,
                "unit": LadderStep.Unit.WORKING if working else LadderStep.Unit.NATURAL,
                "basis": edition.basis,
                **{f"step_{rung.code}": rung.offset for rung in edition.rungs},
            }
        super().__init__(*args, **kwargs)

    def offsets(self) -> dict[str, int]:
        """The days typed, by step code; an empty field leaves the step out."""
        typed = {code: self.cleaned_data[f"step_{code}"] for code in ORDER}
        return {code: days for code, days in typed.items() if days is not None}

    def values(self) -> dict[str, Any]:
        """The arguments of `propose_change`."""
        names = ("level", "unit", "effective_from", "reason", "basis")
        return {**{name: self.cleaned_data[name] for name in names}, "offsets": self.offsets()}


class DecisionForm(KitForm):
    """批准或退回."""

    decision = forms.ChoiceField(label="决定", choices=(("approve", "批准"), ("return", "退回")), widget=forms.RadioSelect)
    opinion = forms.CharField(label="意见", max_length=300, required=False, widget=LINES)
