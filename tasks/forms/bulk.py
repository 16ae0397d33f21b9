"""Working through several ticked assignments at once."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.forms import KitForm
from tasks.forms.assignments import LINES
from tasks.models import Assignment

MOST = 100


class PickedForm(KitForm):
    """The ticked rows of the ledger, at most 100, within the person's scope, and the list they were ticked on."""

    ids = forms.ModelMultipleChoiceField(Assignment.objects.none(), label="任务", widget=forms.MultipleHiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actor: Any, right: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ids"].queryset = Assignment.objects.for_user(actor, right)  # type: ignore[attr-defined]
        self.fields["ids"].error_messages |= {
            "required": "请先勾选要办理的任务。",
            "invalid_choice": "所选记录中有不由您下达的，请重新勾选。",
            "invalid_pk_value": "所选记录不正确，请重新勾选。",
        }

    def clean_ids(self) -> list[int]:
        """The keys of the picked rows."""
        if len(self.data.getlist("ids")) > MOST:
            raise forms.ValidationError(f"一次最多办理{MOST}条，请分次办理。")
        return [row.pk for row in self.cleaned_data["ids"]]

    def values(self) -> dict[str, Any]:
        """What the step is given."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("ids", "back")}


class CancelManyForm(PickedForm):
    """批量取消: one reason for all."""

    reason = forms.CharField(label="理由", max_length=500, widget=LINES)


class DeadlineManyForm(PickedForm):
    """批量调整时限: one new deadline and one reason for all."""

    due_at = forms.DateTimeField(label="新的完成时限", widget=forms.DateTimeInput)
    reason = forms.CharField(label="调整理由", max_length=500, widget=LINES)

    def clean_due_at(self) -> Any:
        """It lies ahead."""
        if self.cleaned_data["due_at"] <= clock.now():
            raise forms.ValidationError("新的完成时限必须晚于当前时间。")
        return self.cleaned_data["due_at"]
