"""Forms of spot checks."""

from __future__ import annotations

from django import forms

from common.forms import RecordForm
from evidence.forms import FilesRecordForm
from inspections.forms.draws import LINES, PersonChoice, ReasonForm
from inspections.queries import spots
from units.models import User


class FindingForm(FilesRecordForm):
    """复核属实、不属实: what was found, with photos."""

    files_label = "现场照片"
    note = forms.CharField(
        label="复核情况", max_length=500, widget=LINES, help_text="现场看到什么，与整改后照片是否一致"
    )
    no_photo_reason = forms.CharField(
        label="无法拍照的原因", max_length=200, required=False, help_text="没有照片时填写"
    )
    field_order = ("note", "photos", "kept", "no_photo_reason")


class PersonForm(RecordForm):
    """改派."""

    inspector = PersonChoice(User.objects.none(), label="复核人", empty_label="请选择")
    reason = forms.CharField(label="理由", max_length=300, widget=LINES)

    def prepare(self) -> None:
        """Who may review the hazard and has had no hand in it."""
        free = {user.pk for user in spots.free_people(self.record.hazard)} - {self.record.inspector_id}
        self.fields["inspector"].queryset = User.objects.filter(pk__in=free).order_by("name")  # type: ignore[attr-defined]


SPOT_FORMS: dict[str, type[RecordForm]] = {"finding": FindingForm, "person": PersonForm, "reason": ReasonForm}
