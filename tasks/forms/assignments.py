"""Forms of the actions on an assignment."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import RecordForm
from common.wording import cn_datetime
from evidence.forms import FilesRecordForm

LINES = forms.Textarea(attrs={"rows": 3})
_LONG = forms.Textarea(attrs={"rows": 5})
MOST_FIGURES = 8


class _ReportForm(FilesRecordForm):
    """A report of the unit: words, files, and one answer per quantity the task demands."""

    files_label = "佐证材料"
    text = forms.CharField(label="进展情况", max_length=2000, widget=_LONG)

    def prepare(self) -> None:
        """One field per quantity, under the words of the text."""
        self.asked = [str(quantity) for quantity in self.record.task.quantities][:MOST_FIGURES]
        last = self.record.reports.order_by("-pk").values_list("figures", flat=True).first() or []
        known = {figure["of"]: figure["value"] for figure in last}
        for place, quantity in enumerate(self.asked):
            name = f"figure_{place}"
            self.fields[name] = forms.CharField(
                label=f"完成数据：{quantity}"[:80], max_length=60, required=False, initial=known.get(quantity, "")
            )
        figures = [f"figure_{place}" for place in range(len(self.asked))]
        self.order_fields(["percent", "text", *figures, *(self.field_order or ())])

    def values(self) -> dict[str, Any]:
        """The figures as pairs of what was asked and what was reached."""
        values = super().values()
        answers = [(of, values.pop(f"figure_{place}", "")) for place, of in enumerate(self.asked)]
        values["figures"] = [{"of": of, "value": value} for of, value in answers if value]
        return values


class ProgressForm(_ReportForm):
    """报告进展."""

    field_order = ("percent", "text", "photos", "kept")
    percent = forms.IntegerField(
        label="完成比例（%）", min_value=0, max_value=99, help_text="0至99；全部完成的，请用“报告完成”。"
    )

    def prepare(self) -> None:
        """Starts from the last report."""
        super().prepare()
        self.initial.setdefault("percent", self.record.percent)


class CompletionForm(_ReportForm):
    """报告完成."""

    field_order = ("text", "photos", "kept", "no_evidence_reason")
    no_evidence_reason = forms.CharField(
        label="无佐证说明", max_length=200, required=False, help_text="已上传过佐证的可不填。"
    )

    def prepare(self) -> None:
        """The words ask for the result."""
        super().prepare()
        self.fields["text"].label = "完成情况"
        self.fields["text"].error_messages["required"] = "请填写完成情况。"


class NoteForm(RecordForm):
    """A step that may carry a remark."""

    note = forms.CharField(label="说明", max_length=300, required=False, widget=LINES, help_text="可不填。")

    def values(self) -> dict[str, Any]:
        """Withdrawing calls the remark its reason."""
        values = super().values()
        return {**values, "reason": values["note"]}


class ReasonForm(RecordForm):
    """A decision that gives its reason."""

    reason = forms.CharField(label="理由", max_length=500, widget=LINES)


class OpinionForm(RecordForm):
    """A favourable decision; the opinion may stay empty."""

    opinion = forms.CharField(label="意见", max_length=300, required=False, widget=LINES, help_text="可不填。")


class _DueForm(RecordForm):
    """A decision that may move the deadline."""

    due_at = forms.DateTimeField(label="新的完成时限", required=False, widget=forms.DateTimeInput)

    def prepare(self) -> None:
        """Says what holds now."""
        now = cn_datetime(self.record.due_at) if self.record.due_at else "未设时限"
        self.fields["due_at"].help_text = f"现为{now}。"


class ReturnForm(_DueForm):
    """退回."""

    field_order = ("reason", "due_at")
    reason = forms.CharField(label="退回理由", max_length=500, widget=LINES)

    def prepare(self) -> None:
        """Left empty the deadline stays."""
        super().prepare()
        self.fields["due_at"].help_text += "不填则不变。"


class DeadlineForm(_DueForm):
    """调整时限."""

    field_order = ("due_at", "reason")
    reason = forms.CharField(label="调整理由", max_length=500, widget=LINES)

    def prepare(self) -> None:
        """A date is wanted."""
        super().prepare()
        self.fields["due_at"].required = True
        self.fields["due_at"].error_messages["required"] = "请填写新的完成时限。"


class ReopenForm(ReturnForm):
    """重新办理."""

    reason = forms.CharField(label="重新办理的理由", max_length=500, widget=LINES)


FORMS: dict[str, type[RecordForm]] = {
    "": RecordForm,
    "progress": ProgressForm,
    "completion": CompletionForm,
    "note": NoteForm,
    "opinion": OpinionForm,
    "reason": ReasonForm,
    "return": ReturnForm,
    "deadline": DeadlineForm,
    "reopen": ReopenForm,
}
