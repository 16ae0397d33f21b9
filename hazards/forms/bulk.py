"""Working through several ticked hazards at once."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.forms import KitForm
from hazards.models import Hazard
from hazards.models.hazard import Level, State

MOST = 100


class PickedForm(KitForm):
    """The ticked rows of a ledger, at most 100, within the person's scope."""

    ids = forms.ModelMultipleChoiceField(Hazard.objects.none(), label="隐患", widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ids"].queryset = Hazard.objects.for_user(actor).exclude(state=State.DRAFT)  # type: ignore[attr-defined]
        self.fields["ids"].error_messages |= {
            "required": "请先勾选要办理的隐患。",
            "invalid_choice": "所选记录中有不在您管辖范围内的，请重新勾选。",
            "invalid_pk_value": "所选记录不正确，请重新勾选。",
        }

    def clean_ids(self) -> Any:
        """The picked hazards, oldest first."""
        picked = self.cleaned_data["ids"]
        if len(self.data.getlist("ids")) > MOST:
            raise forms.ValidationError(f"一次最多办理{MOST}条，请分次办理。")
        return picked.order_by("reported_at", "pk")


class AssignForm(PickedForm):
    """批量派发: confirm several reported hazards as 一般 with one deadline."""

    due = forms.DateTimeField(
        label="统一整改期限",
        required=False,
        widget=forms.DateTimeInput,
        help_text="不填则按一般隐患的默认期限（从现在起算）。",
    )
    responsible_person = forms.CharField(
        label="整改责任人", max_length=30, required=False, help_text="不填则用各隐患已有的责任人；没有的须逐条核实。"
    )
    suggestion = forms.CharField(
        label="整改要求", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_due(self) -> Any:
        """A deadline lies ahead."""
        due = self.cleaned_data["due"]
        if due and due <= clock.now():
            raise forms.ValidationError("整改期限必须晚于当前时间。")
        return due

    def values_for(self, hazard: Hazard) -> dict[str, Any]:
        """The arguments of `confirm` for one of them."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "ids" and value}
        return {"level": Level.GENERAL, "responsible_person": hazard.responsible_person, **typed}
