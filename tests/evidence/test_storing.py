"""What comes in as evidence, and what is refused at the door."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from common.errors import Refused
from evidence import files
from evidence.models import Attachment, Blob
from evidence.transitions import store
from tests.evidence import pictures
from units.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def officer():
    return User.objects.create_user("officer", name="张三")


def test_the_original_is_kept_byte_for_byte(officer):
    data = pictures.camera_photo()
    attachment = store(pictures.upload(data), by=officer)
    assert files.original(attachment.blob_id).read_bytes() == data


def test_the_same_bytes_twice_are_one_file_and_two_handings_in(officer):
    other = User.objects.create_user("other", name="李四")
    data = pictures.camera_photo()
    first, second = store(pictures.upload(data), by=officer), store(pictures.upload(data), by=other)
    assert first.blob_id == second.blob_id
    assert Blob.objects.count() == 1
    assert list(Attachment.objects.values_list("uploaded_by__username", flat=True)) == ["officer", "other"]


def test_time_and_place_are_read_from_the_photo(officer):
    blob = store(pictures.upload(pictures.camera_photo()), by=officer).blob
    assert blob.taken_at == timezone.make_aware(datetime(2026, 3, 5, 8, 30))
    assert (blob.latitude, blob.longitude) == (Decimal("24.900000"), Decimal("102.500000"))


def test_a_photo_held_sideways_is_measured_upright(officer):
    blob = store(pictures.upload(pictures.camera_photo()), by=officer).blob
    assert (blob.width, blob.height) == (480, 640)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_picture_format_of_a_phone_is_taken_under_any_picture_name(officer, kind):
    attachment = store(pictures.upload(pictures.encoded(pictures.scene(), kind), "图.jpg"), by=officer)
    assert attachment.is_image
    assert attachment.blob.phash is not None


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("现场.pdf", b"%PDF-1.7\n%..."),
        ("记录.docx", pictures.office("[Content_Types].xml", "word/document.xml")),
        ("台账.xlsx", pictures.office("[Content_Types].xml", "xl/workbook.xml")),
    ],
)
def test_papers_are_taken_as_they_are(officer, name, data):
    attachment = store(pictures.upload(data, name), by=officer)
    assert (attachment.name, attachment.is_image) == (name, False)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.jpg", b"", "空的"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"not a picture" * 9, "不是真正的图片"),
        ("a.jpg", pictures.camera_photo()[:3000], "已损坏"),
        ("a.jpg", b"<html><script>alert(1)</script></html>", "不能作为附件"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "不能作为附件"),
        ("a.exe", b"MZ\x90\x00" + b"\x00" * 64, "不能作为附件"),
        ("a.exe", pictures.camera_photo(), "扩展名却是"),
        ("a.xlsx", b"%PDF-1.7", "扩展名与内容不符"),
        ("a.xlsm", pictures.office("xl/workbook.xml"), "启用宏"),
        ("a.docx", pictures.office("word/document.xml", "word/vbaProject.bin"), "含有宏"),
        ("a.docx", pictures.office("word/document.xml", content=b"0" * 30_000_000), "异常庞大"),
        ("a.docx", pictures.office("readme.txt"), "不能作为附件"),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 40, "已损坏"),
    ],
)
def test_what_does_not_belong_here_is_refused_in_plain_words(officer, name, data, said):
    with pytest.raises(Refused, match=said):
        store(pictures.upload(data, name), by=officer)
    assert not Attachment.objects.exists()


def test_a_file_above_the_limit_is_refused_unread(officer, settings):
    settings.UPLOAD_IMAGE_MAX_BYTES = 1024 * 1024
    with pytest.raises(Refused, match=r"超过1 MB"):
        store(pictures.upload(b"\xff\xd8\xff" + bytes(1024 * 1024)), by=officer)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(officer, monkeypatch):
    huge = pictures.encoded(Image.new("1", (9_000, 9_000)), "PNG")
    monkeypatch.setattr(Image.Image, "draft", lambda *args: pytest.fail("decoded"))
    with pytest.raises(Refused, match="图片尺寸过大"):
        store(pictures.upload(huge, "a.png"), by=officer)


def test_only_photos_are_taken_where_only_photos_count(officer):
    with pytest.raises(Refused, match="只收照片"):
        store(pictures.upload(b"%PDF-1.7", "a.pdf"), by=officer, only_images=True)


def test_a_png_that_breaks_off_is_refused_in_plain_words(officer):
    buffer = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(buffer, "PNG")
    broken = buffer.getvalue()[:9000] + buffer.getvalue()[-12:]
    with pytest.raises(Refused, match="图片已损坏"):
        store(SimpleUploadedFile("现场.png", broken), by=officer)
