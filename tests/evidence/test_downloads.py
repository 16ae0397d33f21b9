"""Who gets which variant of an attachment, and what the copies reveal."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from PIL import Image

from evidence import access, copies, files
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


@pytest.fixture
def reviewer():
    return User.objects.create_user("reviewer", name="李四")


@pytest.fixture
def photo(officer):
    mark = "2026-03-05 08:30\n演示化工厂\n张三 演示〔2026〕0001"
    return store(pictures.upload(pictures.camera_photo()), by=officer, watermark=mark)


@pytest.fixture
def shown(photo, reviewer, monkeypatch):
    """An app shows the photo to the reviewer."""
    monkeypatch.setattr(access, "_grants", {})
    access.grant("hazards", lambda user, ids: ids if user.pk == reviewer.pk else set())
    return photo


def fetch(client, user, attachment, variant, **headers):
    client.force_login(user)
    return client.get(reverse("evidence-file", args=[attachment.pk, variant]), headers=headers)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(("variant", "longest"), [("display", 1600), ("thumb", 320)])
def test_copies_are_small_and_carry_no_metadata(client, reviewer, shown, variant, longest):
    image = Image.open(io.BytesIO(body(fetch(client, reviewer, shown, variant))))
    assert image.format == "JPEG"
    assert max(image.size) <= longest
    assert not image.getexif()


def test_the_display_copy_carries_the_watermark(officer):
    data = pictures.camera_photo()
    plain, marked = (store(pictures.upload(data), by=officer, watermark=text) for text in ("", "演示水印"))
    assert copies.path_of(plain, "display") != copies.path_of(marked, "display")
    assert copies.path_of(plain, "display").read_bytes() != copies.path_of(marked, "display").read_bytes()


def test_the_uploader_gets_the_untouched_original(client, officer, photo):
    assert body(fetch(client, officer, photo, "original")) == files.original(photo.blob_id).read_bytes()


def test_others_get_the_full_picture_without_time_and_place(client, reviewer, shown):
    image = Image.open(io.BytesIO(body(fetch(client, reviewer, shown, "original"))))
    assert image.size == (480, 640)
    assert not image.getexif()


def test_papers_are_handed_out_as_they_came(client, officer):
    paper = store(pictures.upload(b"%PDF-1.7\n", "检查记录.pdf"), by=officer)
    response = fetch(client, officer, paper, "original")
    assert body(response) == b"%PDF-1.7\n"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")


def test_browsers_are_told_not_to_guess_and_not_to_share(client, officer, photo):
    response = fetch(client, officer, photo, "display")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


def test_a_copy_the_browser_has_is_not_sent_again(client, officer, photo):
    etag = fetch(client, officer, photo, "thumb")["ETag"]
    assert fetch(client, officer, photo, "thumb", if_none_match=etag).status_code == 304


def test_whom_no_app_shows_it_to_does_not_find_it(client, shown):
    stranger = User.objects.create_user("stranger", name="王五")
    assert fetch(client, stranger, shown, "thumb").status_code == 404


def test_nobody_sees_anything_without_signing_in(client, photo):
    assert client.get(photo.url).status_code == 302


def test_a_paper_has_no_thumbnail(client, officer):
    paper = store(pictures.upload(b"%PDF-1.7\n", "检查记录.pdf"), by=officer)
    assert fetch(client, officer, paper, "thumb").status_code == 404


def test_a_lost_copy_is_made_again(client, officer, photo):
    copies.path_of(photo, "thumb").unlink()
    assert fetch(client, officer, photo, "thumb").status_code == 200


def test_pages_cost_no_image_work(client, officer, photo, monkeypatch):
    monkeypatch.setattr("evidence.photos.picture", lambda *args: pytest.fail("decoded again"))
    assert fetch(client, officer, photo, "display").status_code == 200


def test_visibility_of_many_is_one_question_per_app(reviewer, shown, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert access.visible(reviewer, {shown.pk}) == {shown.pk}
