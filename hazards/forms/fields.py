"""Inputs of this app: the criterion picker, and photos that survive a form that must be corrected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from common.errors import RuleError
from common.forms import PhotosField
from common.typed import id_of
from evidence.models import Attachment
from evidence.transitions import store
from hazards import criteria
from hazards.models import CriterionItem

MOST_PHOTOS = 9


class CriterionInput(forms.Widget):
    """A search box over radio buttons: htmx refreshes the choices while typing, “搜索” does without JavaScript."""

    template_name = "hazards/widgets/criterion.html"
    use_fieldset = True
    shows_confidence = False
    hint = ""
    follows = ""  # id of a text whose typing refreshes the suggestions as well

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The chosen item; the searched words stay for the next showing."""
        self.sought = data.get(f"{name}_q", "")
        return data.get(name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The chosen item first, then what fits the searched words or the description."""
        context = super().get_context(name, value, attrs)
        sought = getattr(self, "sought", "") or self.hint
        context["widget"] |= {
            "sought": getattr(self, "sought", ""),
            "source": f"{reverse('criteria-suggest')}?field={name}",
            "items": offered(sought, value),
            "chosen": str(value or ""),
            "shows_confidence": self.shows_confidence,
            "note": criteria.PARTLY_COVERED_NOTE,
            "follows": self.follows,
        }
        return context


def offered(sought: str, chosen: Any) -> list[CriterionItem]:
    """The items to choose from: the chosen one, then suggestions for the words."""
    items = criteria.suggest(sought)
    kept = CriterionItem.objects.select_related("standard").filter(pk=id_of(chosen)).first()
    return ([kept] if kept else []) + [item for item in items if item != kept]


class CriterionField(forms.ModelChoiceField):
    """An item of a standard in force."""

    widget = CriterionInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "判定依据")
        kwargs.setdefault("required", False)
        super().__init__(CriterionItem.objects.none(), **kwargs)

    def offer(self, hint: str, shows_confidence: bool) -> None:
        """Bind the field for one form: what to suggest first, and whether the reader sees the confidence."""
        self.queryset = CriterionItem.objects.in_force()
        self.widget.hint, self.widget.shows_confidence = hint, shows_confidence


class KeptPhotosInput(forms.CheckboxSelectMultiple):
    """Photos the server already has, each with its picture and a box to leave it out."""

    template_name = "hazards/widgets/kept_photos.html"

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
