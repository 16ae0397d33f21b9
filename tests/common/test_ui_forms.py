"""Forms: labelled, described, refusing in place and keeping what was typed."""

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from common.errors import Refused, Stale
from common.forms import ActionForm, FilesField, KitForm, PhotosField, ReasonForm


class Plan(KitForm):
    text = forms.CharField(label="内容", help_text="写清楚位置。", widget=forms.Textarea)
    due = forms.DateField(label="期限")
    level = forms.ChoiceField(label="等级", choices=[("A", "一般"), ("B", "重大")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="同意", required=False)


class Record:
    version = 7


def html(form):
    return Template("{{ form }}").render(Context({"form": form}))


def test_every_input_has_its_label_help_and_kind():
    page = html(Plan(initial={"due": date(2026, 11, 22)}))
    assert '<label class="form-label required" for="id_text">内容</label>' in page
    assert 'aria-describedby="id_text_helptext"' in page
    assert 'type="date"' in page
    assert 'value="2026-11-22"' in page
    assert page.count("<fieldset") == 1
    assert '<legend class="form-label required">等级</legend>' in page


def test_errors_are_said_above_and_at_the_field_and_typing_stays():
    page = html(Plan({"text": "软管<老化>", "due": "后天"}))
    assert 'role="alert"' in page
    assert '<a href="#id_due">期限</a>' in page
    assert 'aria-invalid="true"' in page
    assert "软管&lt;老化&gt;" in page
    assert "请选择等级。" in page


def test_an_empty_required_field_is_named_in_the_error():
    form = Plan({})
    assert form.errors["text"] == ["请填写内容。"]


def test_a_rules_refusal_lands_at_its_field():
    form = Plan({"text": "a", "due": "2026-11-22", "level": "A"})
    assert form.is_valid()
    form.refuse(Refused(fields={"due": "期限早于发现日期。", "unknown": "x"}))
    assert form.errors == {"due": ["期限早于发现日期。"]}


def test_a_refusal_without_a_field_is_said_above_the_form():
    form = Plan({"text": "a", "due": "2026-11-22", "level": "A"})
    form.is_valid()
    form.refuse(Stale("已被李秀英处理。"))
    assert form.non_field_errors() == ["已被李秀英处理。"]


def test_an_action_carries_the_version_seen_and_a_fresh_once():
    first, second = ReasonForm(record=Record()), ReasonForm(record=Record())
    assert 'name="version" value="7"' in html(first)
    assert first["once"].value() != second["once"].value()


def test_an_action_hands_over_only_what_was_typed():
    form = ReasonForm({"reason": "整改到位", "version": "7"})
    assert form.is_valid()
    assert form.values() == {"reason": "整改到位"}
    assert form.cleaned_data["version"] == 7


class Upload(ActionForm):
    files = FilesField(label="附件", most=2, max_bytes=10)
    photos = PhotosField(label="照片", required=False)


def upload(*names, content=b"x"):
    files = [SimpleUploadedFile(name, content) for name in names]
    return Upload({}, MultiValueDict({"files": files}))


def test_several_files_arrive_in_order():
    form = upload("1.pdf", "2.pdf")
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["files"]] == ["1.pdf", "2.pdf"]
    assert form.cleaned_data["photos"] == []


@pytest.mark.parametrize(
    ("form", "error"),
    [
        (upload(), "请选择附件。"),
        (upload("1", "2", "3"), "一次最多上传2个文件，您选择了3个。"),
        (upload("大.pdf", content=b"x" * 11), "“大.pdf”超过"),
    ],
)
def test_missing_too_many_and_too_large_files_are_refused(form, error):
    assert error in form.errors["files"][0]


def test_a_photo_input_offers_the_camera_and_previews():
    page = html(Upload())
    assert 'accept="image/jpeg' in page
    assert "data-photos" in page
    assert "multiple" in page
