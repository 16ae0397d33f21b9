"""What every form has in common: the kit's inputs, refusals shown in place, a stale-page token, photos."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpRequest

from common.errors import RuleError

IMAGE_TYPES = "image/jpeg,image/png,image/webp,image/heic,image/heif"
RANGE_LABELS = ("起", "止")


def posted(request: HttpRequest) -> list[Any]:
    """The first arguments of a form on a page of its own: what was posted, or nothing."""
    return [request.POST, request.FILES] if request.method == "POST" else []


class KitFormMixin:
    """Date pickers with ISO values, Chinese "required" texts, phone keyboards, and `refuse` for a rule's refusal."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field)

    def refuse(self, error: RuleError) -> None:
        """Show a rule's refusal where it belongs: at its fields, the rest above the form. What was typed stays."""
        placed = [(name, text) for name, text in error.fields.items() if name in self.fields]
        for name, text in placed:
            self.add_error(name, text)  # type: ignore[attr-defined]
        if not placed or error.message != error.default:
            self.add_error(None, error.message)  # type: ignore[attr-defined]


def _dress(field: forms.Field) -> None:
    """Adapt the widgets of one field to what browsers and phones offer."""
    widget = field.widget
    if isinstance(widget, forms.MultiWidget):
        for part, label in zip(widget.widgets, RANGE_LABELS, strict=False):
            _dress_input(part)
            part.attrs.setdefault("aria-label", label)
    else:
        _dress_input(widget)
    if isinstance(field, forms.ChoiceField | forms.FileField):
        field.error_messages["required"] = f"请选择{field.label or ''}。"
    elif field.label:
        field.error_messages["required"] = f"请填写{field.label}。"


def _dress_input(widget: forms.Widget) -> None:
    if isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.Textarea):
        widget.attrs["rows"] = widget.attrs.get("rows") if widget.attrs.get("rows") != "10" else "4"
        widget.attrs.pop("cols", None)


class KitForm(KitFormMixin, forms.Form):
    """The base of forms without a model."""


class KitModelForm(KitFormMixin, forms.ModelForm):
    """The base of forms of a model without a rule."""


class ActionForm(KitForm):
    """The base of an action on a record: who pressed it saw `version`, and presses it `once`.

    The transition refuses an older `version` (`Stale`) and a `once` it has served already.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def __init__(self, *args: Any, record: models.Model | None = None, **kwargs: Any) -> None:
        if record is not None:
            kwargs["initial"] = {"version": getattr(record, "version", None), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """What was typed, without the tokens: the keyword arguments of the transition."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "once")}


class RecordForm(ActionForm):
    """The form of one action on `record`, filled in by `actor`."""

    def __init__(self, *args: Any, record: Any, actor: Any, **kwargs: Any) -> None:
        self.record, self.actor = record, actor
        super().__init__(*args, record=record, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fit labels, choices and defaults to the record and the person."""


class ReasonForm(ActionForm):
    """An action that needs nothing but a reason."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class FilesInput(forms.ClearableFileInput):
    """Several files in one input, without the "clear" box."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several uploaded files; cleans to a list. What they really are is checked where they are stored.

    `most` files of at most `max_bytes` each.
    """

    def __init__(self, *, most: int = 9, max_bytes: int = 20 * 1024 * 1024, **kwargs: Any) -> None:
        self.most, self.max_bytes = most, max_bytes
        kwargs.setdefault("widget", FilesInput())
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files in the order they were picked; refuses too many and too large ones by name."""
        files = [item for item in (data if isinstance(data, (list, tuple)) else [data]) if item]
        if not files:
            super().clean(None, initial)
            return []
        if len(files) > self.most:
            raise forms.ValidationError(f"一次最多上传{self.most}个文件，您选择了{len(files)}个。")
        for file in files:
            if (file.size or 0) > self.max_bytes:
                raise forms.ValidationError(f"“{file.name}”超过{self.max_bytes // 1024 // 1024}MB，请压缩后再上传。")
        return [super(FilesField, self).clean(file, initial) for file in files]


class PhotosField(FilesField):
    """Photos: the phone offers its camera, photos.js shows previews and shrinks them before sending."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Marks of photos.js; `data-most` is how many it accepts."""
        return {"accept": IMAGE_TYPES, "data-photos": "", "data-most": str(self.most)}
