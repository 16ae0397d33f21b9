"""What every form of an action of this app has in common."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import ActionForm, FilesField
from hazards.forms.fields import PhotosFormMixin

LINES = forms.Textarea(attrs={"rows": 3})


class RecordForm(ActionForm):
    """The form of one action on `record`, filled in by `actor`."""

    def __init__(self, *args: Any, record: Any, actor: Any, **kwargs: Any) -> None:
        self.record, self.actor = record, actor
        super().__init__(*args, record=record, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fit labels, choices and defaults to the record and the person."""


class FilesRecordForm(RecordForm, PhotosFormMixin):
    """An action that may carry files; what was uploaded survives a form that must be corrected."""

    only_images = False
    files_label = "附件"
    photos = FilesField(label="附件", required=False, help_text="图片、PDF、Office 文件，一次最多9个。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photos"].label = self.files_label
        self.fields["kept"].label = "已上传的附件"
        self.offer_kept(())

    def values(self) -> dict[str, Any]:
        """The attachments under the name the transitions know."""
        values = super().values()
        values["files"] = values.pop("photos", [])
        return values


class ReasonForm(RecordForm):
    """A decision that gives its reason."""

    reason = forms.CharField(label="理由", max_length=500, widget=LINES)


class OpinionForm(RecordForm):
    """A favourable decision; the opinion may stay empty."""

    opinion = forms.CharField(label="意见", max_length=300, required=False, widget=LINES, help_text="可不填。")
