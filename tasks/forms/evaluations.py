"""Forms of evaluations."""

from __future__ import annotations

from typing import Any

from django import forms

from common import clock
from common.forms import KitForm, RecordForm
from tasks.forms.meetings import OpinionForm, ReasonForm
from tasks.models import Evaluation, Plan


class DraftForm(KitForm):
    """Which plan, which kind, up to which day."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label="方案", empty_label="请选择")
    kind = forms.ChoiceField(label="类别", choices=Evaluation.Kind.choices)
    until = forms.DateField(label="评估截至", initial=clock.today)

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = Plan.objects.for_user(actor).filter(
            source__in=(Plan.Source.DOCUMENT, Plan.Source.LEDGER, Plan.Source.HAND)
        )
        self.fields["plan"].queryset = plans.order_by("-created_at")


class EditForm(RecordForm):
    """The text, part by part; an empty line separates paragraphs."""

    title = forms.CharField(label="标题", max_length=160)

    def prepare(self) -> None:
        """A heading and a text for every part of the draft."""
        self.initial["title"] = self.record.title
        for place, section in enumerate(self.record.sections):
            self.fields[f"heading_{place}"] = forms.CharField(label=f"第{place + 1}部分标题", max_length=60)
            self.fields[f"text_{place}"] = forms.CharField(
                label="正文", required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 6})
            )
            self.initial[f"heading_{place}"] = section["heading"]
            self.initial[f"text_{place}"] = "\n".join(section["paragraphs"])

    def values(self) -> dict[str, Any]:
        """As the transition takes it."""
        data = self.cleaned_data
        sections = [
            {
                "key": section["key"],
                "heading": data[f"heading_{place}"],
                "paragraphs": [line.strip() for line in data[f"text_{place}"].splitlines() if line.strip()],
            }
            for place, section in enumerate(self.record.sections)
        ]
        return {"title": data["title"], "sections": sections}


class RecomputeForm(RecordForm):
    """Whether the text is written anew as well."""

    rewrite = forms.BooleanField(
        label="同时重写正文", required=False, help_text="不勾选时只更新数据表，已编辑的正文不变。"
    )


FORMS: dict[str, type[RecordForm]] = {
    "edit": EditForm,
    "recompute": RecomputeForm,
    "opinion": OpinionForm,
    "reason": ReasonForm,
}
