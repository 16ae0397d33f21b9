"""What every form of an action of this app has in common."""

from __future__ import annotations

from django import forms

from common.forms import RecordForm
from evidence.forms import FilesRecordForm
from supervision.paper_text import Text

__all__ = ["LINES", "FilesRecordForm", "OpinionForm", "PaperTextForm", "ReasonForm", "RecordForm"]
LINES = forms.Textarea(attrs={"rows": 3})


class ReasonForm(RecordForm):
    """A decision that gives its reason."""

    reason = forms.CharField(label="理由", max_length=500, widget=LINES)


class OpinionForm(RecordForm):
    """A favourable decision; the opinion may stay empty."""

    opinion = forms.CharField(label="意见", max_length=300, required=False, widget=LINES, help_text="可不填。")


class PaperTextForm(RecordForm):
    """The text of a paper before it is signed, sentence by sentence."""

    title = forms.CharField(label="标题", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
    body = forms.CharField(
        label="正文",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="一行一段；以“一、”开头的短行是小标题。【】中的内容在签批时自动填写，请保留。",
    )

    def text(self) -> Text:
        """What the paper says so far."""
        raise NotImplementedError

    def prepare(self) -> None:
        """What stands in the draft."""
        text = self.text()
        self.initial |= {"title": text.title, "body": text.body}
