"""The form that brings a task ledger in."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import KitForm
from tasks.models import Plan
from units.roles import Right


class ImportForm(KitForm):
    """Which plan the tasks belong to, and the file."""

    plan = forms.ModelChoiceField(
        Plan.objects.none(), label="导入到方案", required=False, empty_label="新建方案（填写下面的名称）"
    )
    title = forms.CharField(label="新方案名称", max_length=200, required=False)
    file = forms.FileField(label="任务台账", help_text=".xlsx、.xls 或 .csv，须有“重点任务”一列。")

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Plan.objects.for_user(actor, Right.MANAGE_TASK).defer("text")
        self.fields["plan"].queryset = mine  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One or the other."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("plan") and not cleaned.get("title"):
            self.add_error("title", "请选择方案，或填写新方案名称。")
        return cleaned
