"""The inbox, settings, delivery log and 后台任务."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from common.models import BackgroundWork
from messaging.models import Delivery, Message, Preference
from messaging.transitions import notify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def message(cast):
    notify([cast.officer], kind="test.kind", title="隐患逾期", body="请尽快办理", url="/hazards/1/", key="1")
    return Message.objects.get()


@pytest.fixture
def work(cast):
    return BackgroundWork.objects.create(owner=cast.officer, kind="export", title="导出隐患台账")


def titles(page):
    return [str(row.cells[1].text) for row in page.context["ledger"].rows]


def test_the_inbox_shows_only_ones_own_messages(as_, message):
    assert titles(as_("officer").get(reverse("message-list"))) == ["隐患逾期"]
    assert titles(as_("head").get(reverse("message-list"))) == []


def test_opening_marks_read_and_leads_to_where_to_act(as_, message):
    response = as_("officer").get(reverse("message-open", args=[message.pk]))
    assert (response.status_code, response["Location"]) == (302, "/hazards/1/")
    message.refresh_from_db()
    assert message.read_at is not None


def test_a_message_with_nothing_to_do_is_shown(as_, message):
    Message.objects.update(url="")
    assert "请尽快办理" in as_("officer").get(reverse("message-open", args=[message.pk])).content.decode()


def test_somebody_elses_message_is_not_found(as_, message):
    assert as_("head").get(reverse("message-open", args=[message.pk])).status_code == 404


def test_the_inbox_filters_the_unread(as_, message):
    browser = as_("officer")
    assert titles(browser.get(reverse("message-list"), {"unread": "true"})) == ["隐患逾期"]
    browser.post(reverse("messages-read-all"))
    assert titles(browser.get(reverse("message-list"), {"unread": "true"})) == []


def test_reading_all_is_no_link_a_robot_could_follow(as_):
    assert as_("officer").get(reverse("messages-read-all")).status_code == 405


@pytest.mark.parametrize("count", [10, 1_000])
def test_the_inbox_costs_the_same_whatever_it_holds(as_, cast, count, django_assert_max_num_queries):
    Message.objects.bulk_create(
        Message(recipient=cast.officer, kind="test.kind", title="隐患逾期", key=str(number)) for number in range(count)
    )
    browser = as_("officer")
    with django_assert_max_num_queries(12):
        browser.get(reverse("message-list"))


def test_quiet_hours_are_saved(as_, cast):
    as_("officer").post(reverse("message-preferences"), {"quiet_from": "20:00", "quiet_until": "08:00"})
    assert Preference.objects.get(user=cast.officer).quiet_from.hour == 20


def test_channels_are_offered_only_where_there_are_some(as_, settings):
    browser = as_("officer")
    assert "电子邮件" not in browser.get(reverse("message-preferences")).content.decode()
    settings.EMAIL_HOST = "mail.invalid"
    assert "电子邮件" in browser.get(reverse("message-preferences")).content.decode()


def test_quiet_hours_that_are_no_time_are_refused(as_):
    page = as_("officer").post(reverse("message-preferences"), {"quiet_from": "25:00", "quiet_until": "08:00"})
    assert page.status_code == 200
    assert page.context["form"].errors["quiet_from"]


def test_the_delivery_log_shows_the_administrator_no_content(as_, cast, message):
    Delivery.objects.create(recipient=cast.officer, message=message, channel="EMAIL", error="550")
    page = as_("sysadmin").get(reverse("delivery-list")).content.decode()
    assert "550" in page
    assert "隐患逾期" not in page
    assert as_("head").get(reverse("delivery-list")).context["ledger"].rows == []


def test_work_shows_progress_and_then_its_result(as_, work):
    browser, address = as_("officer"), reverse("work-detail", args=[work.pk])
    assert "<progress" in browser.get(address).content.decode()
    work.start(10)
    work.finish({"message": "共导出10条。", "url": "/hazards/"})
    page = browser.get(address).content.decode()
    assert "共导出10条。" in page
    assert 'href="/hazards/"' in page


def test_htmx_gets_the_progress_alone(as_, work):
    page = as_("officer").get(reverse("work-detail", args=[work.pk]), headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()


def test_the_result_file_goes_to_its_owner_only(as_, work):
    work.file.save("隐患台账.csv", ContentFile(b"a,b"))
    address = reverse("work-file", args=[work.pk])
    assert b"".join(as_("officer").get(address).streaming_content) == b"a,b"
    assert as_("head").get(address).status_code == 404


def test_work_without_a_file_has_nothing_to_download(as_, work):
    assert as_("officer").get(reverse("work-file", args=[work.pk])).status_code == 404


def test_my_work_is_mine(as_, work):
    assert [str(row.name) for row in as_("officer").get(reverse("work-list")).context["ledger"].rows] == [
        "导出隐患台账"
    ]
    assert as_("head").get(reverse("work-detail", args=[work.pk])).status_code == 404
