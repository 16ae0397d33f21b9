"""Files handed in with a form: what was uploaded is kept first, so that a form that must be corrected costs no photo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from common.errors import RuleError
from common.forms import ActionForm, FilesField, PhotosField, RecordForm
from common.record_pages import RecordActionPage
from common.typed import id_of
from evidence.models import Attachment
from evidence.transitions import store

MOST_PHOTOS = 9


class KeptPhotosInput(forms.CheckboxSelectMultiple):
    """Photos the server already has, each with its picture and a box to leave it out."""

    template_name = "evidence/widgets/kept_photos.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the photos themselves."""
        context = super().get_context(name, value, attrs)
        context["widget"]["photos"] = list(self.choices.queryset)
        return context


class KeptPhotosField(forms.ModelMultipleChoiceField):
    """Attachments handed in before; only the person's own are offered."""

    widget = KeptPhotosInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Attachment.objects.none(), label="已上传的照片", required=False, **kwargs)


class PhotosFormMixin(forms.Form):
    """A form with `photos`: what was uploaded is stored before anything is checked, so a wrong date costs no photo.

    `values()["photos"]` is the list of attachments: those kept from before and those just taken in.
    """

    photos = PhotosField(
        label="照片", required=False, most=MOST_PHOTOS, help_text="可直接拍照或从相册选择，一次最多9张。"
    )
    kept = KeptPhotosField()
    actor: Any
    only_images = True

    def stamp(self) -> str:
        """What is written into the display copy of an uploaded photo."""
        return ""

    def take_in(self) -> None:
        """Store the uploaded files; call it once, before `is_valid`. What is refused is shown at the field."""
        uploads: Iterable[UploadedFile] = self.files.getlist(self.add_prefix("photos")) if self.files else ()
        name, self.troubles = self.add_prefix("kept"), []
        data = self.data.copy()
        kept = [pk for pk in data.getlist(name) if id_of(pk)]
        for upload in uploads:
            if len(kept) >= MOST_PHOTOS:
                self.troubles.append(f"最多{MOST_PHOTOS}张，“{upload.name}”没有加入。")
                continue
            try:
                kept.append(str(store(upload, by=self.actor, watermark=self.stamp(), only_images=self.only_images).pk))
            except RuleError as error:
                self.troubles.append(f"“{upload.name}”：{error.message}")
        data.setlist(name, kept)
        self.data, self.files = data, MultiValueDict()
        self.offer_kept(kept)

    def offer_kept(self, ids: Iterable[Any]) -> None:
        """Offer the person's own attachments among `ids`; without any the field disappears."""
        mine = Attachment.objects.filter(pk__in=list(ids), uploaded_by=self.actor).select_related("blob").order_by("pk")
        self.fields["kept"].queryset = mine  # type: ignore[attr-defined]
        if not mine:
            self.fields["kept"].widget = forms.MultipleHiddenInput()

    def clean(self) -> dict[str, Any]:
        """All photos under one name."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["photos"] = list(cleaned.pop("kept", None) or ())
        for trouble in getattr(self, "troubles", ()):
            self.add_error("photos", trouble)
        return cleaned


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

    def refuse(self, error: RuleError) -> None:
        """What transitions say of `files` stands at the input of the files."""
        if "files" in error.fields:
            error.fields["photos"] = error.fields.pop("files")
        super().refuse(error)

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
