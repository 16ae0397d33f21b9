"""The form of an action on a record that may carry files, and its page: what was uploaded survives a correction."""

from __future__ import annotations

from typing import Any

from common.forms import ActionForm, FilesField, RecordForm
from common.record_pages import RecordActionPage
from hazards.forms.fields import PhotosFormMixin


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


class FilesActionPage(RecordActionPage):
    """The page of an action whose form may carry files."""

    def receive(self, form: ActionForm) -> None:
        """Files survive a form that must be corrected, as long as the action is open."""
        if isinstance(form, PhotosFormMixin):
            self.lifecycle.check(self.action, self.record, self.request.user)
            form.take_in()
