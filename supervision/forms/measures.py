"""Forms of measures."""

from __future__ import annotations

from django import forms

from common import clock, wording
from common.limits import limit
from supervision import case_papers
from supervision.forms.base import LINES, FilesRecordForm, PaperTextForm, ReasonForm, RecordForm
from supervision.models import Measure
from supervision.paper_text import Text
from supervision.transitions import summons
from supervision.transitions.measure_forms import open_forms, paper_of


class ProposeForm(RecordForm):
    """提出措施建议: the record is the hazard."""

    kind = forms.ChoiceField(label="措施", choices=Measure.Kind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", max_length=500, widget=LINES)

    def prepare(self) -> None:
        """提级 only for what is listed; what is about a unit's record comes from its monthly figures."""
        hidden = {Measure.Kind.UNIT}
        if not self.record.listed_as:
            hidden.add(Measure.Kind.RAISE)
        kinds = [choice for choice in Measure.Kind.choices if choice[0] not in hidden]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ProposeUnitForm(RecordForm):
    """提出措施建议: the record is the unit."""

    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=LINES,
        help_text="写明事实和依据；具体采取通报、约谈、警示等哪一种，由负责人决定。",
    )


class DecideForm(RecordForm):
    """决定采取."""

    form = forms.ChoiceField(label="具体形式", widget=forms.RadioSelect)
    meet_at = forms.DateTimeField(label="约谈时间", widget=forms.DateTimeInput)
    place = forms.CharField(label="约谈地点", max_length=100, required=False)
    receiver = forms.CharField(
        label="受移送机关", max_length=100, required=False, help_text="选择移送的须填写，生成移送函。"
    )
    opinion = forms.CharField(label="决定意见", max_length=500, widget=LINES)

    def prepare(self) -> None:
        """A talk has its time and place."""
        forms_of = open_forms(self.record)
        self.fields["form"].choices = [(form.value, form.label) for form in forms_of]  # type: ignore[attr-defined]
        self.initial["form"] = forms_of[0].value
        if Measure.Form.TRANSFER not in forms_of:
            del self.fields["receiver"]
        if Measure.Form.TALK not in forms_of:
            del self.fields["meet_at"], self.fields["place"]
            return
        self.fields["meet_at"].required = self.record.kind == Measure.Kind.TALK
        latest = limit("talk.convene", self.record.area_path).after(clock.now())
        self.fields["meet_at"].help_text = f"最迟{wording.cn_datetime(latest)}；主要负责人本人参加。"


class RecordResultForm(FilesRecordForm):
    """登记结果."""

    field_order = ("result", "attendees", "follow_up_by", "expires_at", "document", "photos", "kept")
    files_label = "纪要、文书"
    result = forms.CharField(label="纪要、结果", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    attendees = forms.CharField(label="参加人员", max_length=300, required=False)
    follow_up_by = forms.DateField(
        label="落实情况复核日期", required=False, widget=forms.DateInput, help_text="到期提醒复核；不填则不复核。"
    )
    expires_at = forms.DateField(
        label="措施有效期至",
        required=False,
        widget=forms.DateInput,
        help_text="如取消评优、黄牌警告的期限；不填则长期有效。",
    )
    document = forms.CharField(label="文书名称及文号", max_length=120, required=False)


class MeasurePaperForm(PaperTextForm):
    """约谈通知 or 移送函."""

    def text(self) -> Text:
        """As drafted, or as somebody has changed it."""
        return (
            case_papers.transfer_text(self.record) if paper_of(self.record) == "transfer" else summons.text(self.record)
        )


class FollowUpForm(RecordForm):
    """复核落实情况."""

    text = forms.CharField(label="复核情况", max_length=1000, widget=LINES)


FORMS: dict[str, type[RecordForm]] = {
    "paper_text": MeasurePaperForm,
    "decide": DecideForm,
    "reason": ReasonForm,
    "record": RecordResultForm,
    "follow_up": FollowUpForm,
}
