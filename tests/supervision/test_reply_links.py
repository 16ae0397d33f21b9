"""Answering a letter without an account: once, in time, by whoever holds the code, never by guessing."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import ExifTags, Image

from audit.models import AuditEntry
from common import clock
from common.errors import Forbidden, NotInScope, Refused
from supervision.models import Letter, ReplyLink
from supervision.transitions import letters, reply_links
from tests.files import jpeg
from tests.messaging import standins

ANSWER = {"name": "李四", "phone": "13800138000", "text": "已停用设备，三日内更换线路"}
ELSEWHERE = "10.0.0.9"


@pytest.fixture
def letter(cast) -> Letter:
    """A letter that owes an answer."""
    text = {"title": "关于整改", "matter": "电线老化", "demand": "请整改", "due_at": clock.now() + timedelta(days=5)}
    made = letters.draft(cast.officer, kind="urge", to_unit=cast.units["firm"], **text)
    return letters.perform("send", made.pk, cast.head)


@pytest.fixture
def code(cast, letter) -> str:
    return reply_links.issue(cast.officer, letter.pk)[1]


def test_whoever_holds_the_code_signs_for_and_answers_once(letter, code):
    page = Client().get(reverse("reply", args=[code]))
    assert "电线老化" in page.content.decode()
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")
    assert "已登记" in Client().post(reverse("reply", args=[code]), ANSWER).content.decode()
    letter.refresh_from_db()
    assert (letter.state, letter.receiver_name) == ("answered", "李四（13800138000）")
    assert letter.answers.get().answerer_name == "李四（13800138000）"
    assert Client().post(reverse("reply", args=[code]), ANSWER).status_code == 404
    assert letter.answers.count() == 1


def test_the_answer_is_judged_like_any_other(cast, letter, code):
    Client().post(reverse("reply", args=[code]), ANSWER)
    assert letters.perform("accept", letter.pk, cast.officer).state == "done"


def upload(data: bytes, name: str = "现场.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "image/jpeg")


def photographed() -> bytes:
    """A photo that says where and when it was taken."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Phone"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:01 08:00:00"
    out = io.BytesIO()
    Image.open(io.BytesIO(jpeg(3, (640, 480)))).save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_photos_come_with_the_answer_marked_and_without_metadata(letter, code, as_):
    sent = ANSWER | {"photos": [upload(photographed()), upload(jpeg(4, (640, 480)))]}
    assert "已登记" in Client().post(reverse("reply", args=[code]), sent).content.decode()
    photo, _ = letter.answers.get().attachments.all()
    assert photo.uploaded_by is None
    assert "李四（13800138000）经回复码上传" in photo.watermark
    for address in (photo.url, photo.original_url):
        seen = as_("officer").get(address)
        assert seen.status_code == 200
        assert not Image.open(io.BytesIO(b"".join(seen.streaming_content))).getexif()
    assert photo.url in as_("officer").get(letter.get_absolute_url()).content.decode()
    assert as_("rival_officer").get(photo.url).status_code == 404


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (upload(b"MZ not a picture"), "不能作为附件"),
        (upload(b"\xff\xd8\xff broken"), "不是真正的图片"),
        (upload(b"%PDF-1.7 x", "报告.pdf"), "不是图片"),
    ],
)
def test_what_is_no_photo_is_refused_and_the_code_stays_good(letter, code, file, words):
    page = Client().post(reverse("reply", args=[code]), ANSWER | {"photos": [file]})
    assert (page.status_code, words in page.content.decode()) == (422, True)
    assert ANSWER["text"] in page.content.decode()
    assert letter.answers.count() == 0
    assert ReplyLink.objects.live().count() == 1


def test_photos_are_limited_in_number_and_in_tries(code, letter):
    many = [upload(jpeg(number, (32, 24))) for number in range(7)]
    page = Client().post(reverse("reply", args=[code]), ANSWER | {"photos": many})
    assert (page.status_code, "最多上传6个" in page.content.decode()) == (422, True)
    for _ in range(reply_links.UPLOADS):
        Client().post(reverse("reply", args=[code]), ANSWER | {"photos": [upload(b"no picture")]})
    page = Client().post(reverse("reply", args=[code]), ANSWER | {"photos": [upload(jpeg(1, (32, 24)))]})
    assert "尝试次数过多" in page.content.decode()
    assert letter.answers.count() == 0


def test_an_empty_answer_keeps_the_code(letter, code):
    page = Client().post(reverse("reply", args=[code]), ANSWER | {"text": " "})
    assert (page.status_code, "请填写回复内容" in page.content.decode()) == (422, True)
    assert ReplyLink.objects.live().count() == 1


def test_a_code_expires(code):
    with clock.at(clock.now() + timedelta(days=17)):
        assert Client().get(reverse("reply", args=[code])).status_code == 404


def test_a_new_code_revokes_the_former_one(cast, letter, code):
    again = reply_links.issue(cast.officer, letter.pk)[1]
    assert Client().get(reverse("reply", args=[code])).status_code == 404
    assert Client().get(reverse("reply", args=[again])).status_code == 200


def test_the_database_does_not_know_the_code(code):
    kept = str(list(ReplyLink.objects.values())) + str(list(AuditEntry.objects.values()))
    assert code not in kept
    assert code.replace("-", "") not in kept


def test_a_code_is_read_as_people_type_it(code):
    typed = code.lower().replace("-", " ").replace("0", "o")
    found = Client().post(reverse("reply-start"), {"code": typed})
    assert found.status_code == 302
    assert Client().get(found.url).status_code == 200


def test_guessing_is_held_up_for_that_address_only(code):
    guesser = Client(REMOTE_ADDR=ELSEWHERE)
    answers = [guesser.get(reverse("reply", args=[f"WRONG{number}"])).status_code for number in range(12)]
    assert answers == [404] * reply_links.LIMIT + [429] * 2
    assert guesser.get(reverse("reply", args=[code])).status_code == 429
    assert Client().get(reverse("reply", args=[code])).status_code == 200


def test_every_use_is_audited(letter, code):
    Client().get(reverse("reply", args=[code]))
    Client().get(reverse("reply", args=[code]))
    Client().post(reverse("reply", args=[code]), ANSWER)
    seen = AuditEntry.objects.filter(action__startswith="supervision.reply_link").order_by("pk")
    assert [entry.action.rsplit("_", 1)[1] for entry in seen] == ["issued", "opened", "used"]
    assert seen[2].actor_name == "李四"


def test_only_the_office_issues_and_only_while_an_answer_is_open(cast, letter):
    for name, refusal in (("safety", Forbidden), ("grid", Forbidden), ("rival_officer", NotInScope)):
        with pytest.raises(refusal):
            reply_links.issue(cast.fresh(name), letter.pk)
    letters.perform("answer", letter.pk, cast.safety, text="已办")
    with pytest.raises(Refused):
        reply_links.issue(cast.officer, letter.pk)


def test_the_office_sees_the_code_once_and_may_send_it(cast, letter, as_, settings):
    with standins.http(standins.sms, "/send") as gateway:
        settings.SMS_URL, settings.SMS_HEADERS = gateway.url, f"Authorization: {standins.TOKEN}"
        page = as_("officer").post(reverse("reply-link", args=[letter.pk]), {"phone": "13800138000"}).content.decode()
        assert "已交短信网关" in page
        assert "/reply/" in gateway.sent[0]["text"]
    assert "一次性回复链接" in as_("officer").get(letter.get_absolute_url()).content.decode()
    assert "/reply/" not in as_("officer").get(letter.get_absolute_url()).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_many_answers_at_once_one_counts(cast, letter, code):
    link = reply_links.find(code, None)

    def work(place: int) -> bool:
        try:
            return bool(reply_links.answer(link, **ANSWER))
        except NotInScope:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 1
    assert letter.answers.count() == 1
