"""Forms of papers, certificates and settings."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import KitModelForm, ReasonForm, RecordForm
from inspections.models import EnforcementCertificate, InspectionPaper, InspectionSettings
from inspections.transitions.team import candidates

LINES = forms.Textarea(attrs={"rows": 4})
Kind = InspectionPaper.Kind
FIELDS = {
    Kind.ORDER: ("deadline", "recheck_on", "demand"),
    Kind.DECISION: ("basis", "decisions", "deadline", "recheck_on"),
    Kind.REVIEW: ("opinion",),
}


class PaperForm(RecordForm):
    """What a person adds to what the visit already says."""

    basis = forms.CharField(
        label="依据",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="如“《中华人民共和国安全生产法》第六十五条第一款第三项”。",
    )
    decisions = forms.CharField(label="处理决定", max_length=1500, widget=LINES, help_text="每行一条。")
    deadline = forms.DateField(label="整改期限", widget=forms.DateInput)
    recheck_on = forms.DateField(
        label="拟复查日期", required=False, widget=forms.DateInput, help_text="填写后自动安排复查，不早于整改期限。"
    )
    demand = forms.CharField(label="补充要求", max_length=1000, required=False, widget=LINES)
    opinion = forms.CharField(
        label="复查意见", max_length=1000, required=False, widget=LINES, help_text="不填则按逐项复查结果生成。"
    )

    def prepare(self) -> None:
        """The fields of this kind, with what stands in the draft."""
        wanted = FIELDS.get(self.record.kind, ())
        for name in list(self.fields):
            if name not in (*wanted, "version", "once"):
                del self.fields[name]
        if self.record.kind == Kind.DECISION:
            self.fields["deadline"].required = False
        self.initial |= {
            name: self.record.content.get(name, "") for name in ("basis", "decisions", "demand", "opinion")
        }
        self.initial |= {name: getattr(self.record, name) for name in ("deadline", "recheck_on")}


class ServeForm(RecordForm):
    """送达."""

    way = forms.ChoiceField(label="送达方式", choices=InspectionPaper.Way.choices)
    receiver = forms.CharField(label="收件人", max_length=30)
    served_place = forms.CharField(label="送达地点", max_length=200)
    served_at = forms.DateTimeField(
        label="送达时间", required=False, widget=forms.DateTimeInput, help_text="不填为现在。"
    )
    served_note = forms.CharField(
        label="备注", max_length=300, required=False, help_text="留置送达写明拒收情况和见证人，电子送达写明确认书。"
    )

    def prepare(self) -> None:
        """Who was met on site."""
        self.initial |= {"receiver": self.record.inspection.contact, "served_place": self.record.unit.address}


class PaperReasonForm(RecordForm, ReasonForm):
    """Voiding."""


FORMS: dict[str, type[RecordForm]] = {
    "": RecordForm,
    "edit": PaperForm,
    "serve": ServeForm,
    "reason": PaperReasonForm,
}


class CertificateForm(KitModelForm):
    """执法证 of one person."""

    class Meta:
        model = EnforcementCertificate
        fields = ("user", "number", "issuer", "valid_from", "valid_until", "is_revoked")

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = candidates(actor)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "有效期止不能早于有效期起。")
        return data


class SettingsForm(KitModelForm):
    """Heading, prefix and remedy of the office's papers."""

    class Meta:
        model = InspectionSettings
        fields = ("organ", "number_prefix", "reconsideration_body", "court")

    def clean_reconsideration_body(self) -> str:
        """行政复议法 (2023) Art.24: the government above, no department."""
        body = str(self.cleaned_data["reconsideration_body"]).strip()
        if not body.endswith("人民政府"):
            raise forms.ValidationError("按行政复议法（2023年修订），复议机关应为区（县）人民政府。")
        return body
