"""Forms of measures."""

from __future__ import annotations

from django import forms

from common import clock, wording
from common.limits import limit
from supervision.forms.base import LINES, FilesRecordForm, ReasonForm, RecordForm
from supervision.models import Measure
from supervision.transitions.measures import FORMS_OF


class ProposeForm(RecordForm):
    """提出措施建议: the record is the hazard."""

    kind = forms.ChoiceField(label="措施", choices=Measure.Kind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", max_length=500, widget=LINES)

    def prepare(self) -> None:
        """提级 only for what is listed."""
        if not self.record.listed_as:
            kinds = [choice for choice in Measure.Kind.choices if choice[0] != Measure.Kind.RAISE]
            self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class DecideForm(RecordForm):
    """决定采取."""

    form = forms.ChoiceField(label="具体形式", widget=forms.RadioSelect)
    meet_at = forms.DateTimeField(label="约谈时间", widget=forms.DateTimeInput)
    place = forms.CharField(label="约谈地点", max_length=100, required=False)
    opinion = forms.CharField(label="决定意见", max_length=500, widget=LINES)

    def prepare(self) -> None:
        """A talk has its time and place."""
        forms_of = FORMS_OF[Measure.Kind(self.record.kind)]
        self.fields["form"].choices = [(form.value, form.label) for form in forms_of]  # type: ignore[attr-defined]
        self.initial["form"] = forms_of[0].value
        if self.record.kind != Measure.Kind.TALK:
            del self.fields["meet_at"], self.fields["place"]
            return
        latest = limit("talk.convene", self.record.area_path).after(clock.now())
        self.fields["meet_at"].help_text = f"最迟{wording.cn_datetime(latest)}；主要负责人本人参加。"


class RecordResultForm(FilesRecordForm):
    """登记结果."""

    field_order = ("result", "document", "photos", "kept")
    files_label = "纪要、文书"
    result = forms.CharField(label="纪要、结果", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    document = forms.CharField(label="文书名称及文号", max_length=120, required=False)


FORMS: dict[str, type[RecordForm]] = {"decide": DecideForm, "reason": ReasonForm, "record": RecordResultForm}
