"""What every form of an action of this app has in common."""

from __future__ import annotations

from django import forms

from common.forms import RecordForm
from evidence.forms import FilesRecordForm

__all__ = ["LINES", "FilesRecordForm", "OpinionForm", "ReasonForm", "RecordForm"]
LINES = forms.Textarea(attrs={"rows": 3})


class ReasonForm(RecordForm):
    """A decision that gives its reason."""

    reason = forms.CharField(label="理由", max_length=500, widget=LINES)


class OpinionForm(RecordForm):
    """A favourable decision; the opinion may stay empty."""

    opinion = forms.CharField(label="意见", max_length=300, required=False, widget=LINES, help_text="可不填。")
