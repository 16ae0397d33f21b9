"""Every outside channel against a server that speaks its protocol: sent, refused, too fast, silent, and what follows."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_string
from email.header import decode_header

import pytest
from django.utils import timezone

from common import clock
from messaging import channels, gateways, jobs
from messaging.models import Delivery, Message
from messaging.transitions import BACK_OFF, notify
from tests.messaging import standins

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 3, 5, 12, 0))
PHONE = "13800138000"


@pytest.fixture
def officer(cast):
    cast.officer.phone = PHONE
    cast.officer.save()
    return cast.officer


@pytest.fixture
def wecom(settings):
    with standins.http(standins.wecom, f"/cgi-bin/webhook/send?key={standins.KEY}") as service:
        settings.WECOM_ROBOT_URL, settings.SITE_URL = service.url, "https://qinghuan.example"
        yield service


@pytest.fixture
def dingtalk(settings):
    with standins.http(standins.dingtalk, "/robot/send?access_token=t") as service:
        settings.DINGTALK_ROBOT_URL, settings.DINGTALK_ROBOT_SECRET = service.url, standins.SECRET
        yield service


@pytest.fixture
def sms(settings):
    with standins.http(standins.sms, "/send") as service:
        settings.SMS_URL, settings.SMS_HEADERS = service.url, f"Authorization: {standins.TOKEN}"
        yield service


def tell(person, key="1", **changes):
    with clock.at(NOON):
        notify([person], **{"kind": "k", "title": f"事项{key}", "url": "/x/", "key": key, "urgent": True} | changes)
        jobs.deliver()


def test_the_robot_of_wecom_calls_the_person_and_tells_no_more_than_the_title(officer, wecom):
    tell(officer, body="演示食品厂：电线老化", why="您是负责人")
    [sent] = wecom.sent
    assert sent["text"] == {
        "content": "【清患】事项1\n办理：https://qinghuan.example/x/", "mentioned_mobile_list": [PHONE],
    }  # fmt: skip
    assert Delivery.objects.get().state == "SENT"


def test_more_than_the_service_takes_in_a_minute_waits_a_minute(officer, wecom, settings):
    settings.MESSAGE_BUDGET = 0
    for number in range(standins.A_MINUTE + 1):
        tell(officer, str(number))
    late = Delivery.objects.get(state="PENDING")
    assert "45009" in late.error
    assert late.next_try_at == NOON + timedelta(minutes=1)


def test_a_wrong_key_is_not_tried_again(officer, wecom, settings):
    settings.WECOM_ROBOT_URL = wecom.url.replace(standins.KEY, "other")
    tell(officer)
    assert (Delivery.objects.get().state, Delivery.objects.get().tries) == ("FAILED", 1)


def test_the_call_to_dingtalk_is_signed(officer, dingtalk):
    notify([officer], kind="k", title="事项", key="1", urgent=True)
    Delivery.objects.update(next_try_at=clock.now())
    jobs.deliver()
    assert dingtalk.sent[0]["at"]["atMobiles"] == [PHONE]


def test_a_wrong_secret_or_an_old_clock_is_refused_by_dingtalk(officer, dingtalk, settings):
    settings.DINGTALK_ROBOT_SECRET = "other"
    tell(officer)
    assert "310000" in Delivery.objects.get().error


def test_a_text_message_goes_through_the_gateway_of_the_installation(officer, sms):
    tell(officer, title='“引号”与\\反斜杠"')
    [sent] = sms.sent
    assert sent == {"phone": PHONE, "text": '【清患】“引号”与\\反斜杠"'}


def test_a_text_message_is_the_last_resort(officer, wecom, sms):
    tell(officer)
    assert (len(wecom.sent), len(sms.sent)) == (1, 0)


def test_what_one_channel_cannot_deliver_goes_through_the_next_once(officer, wecom, sms):
    wecom.status = 404
    tell(officer)
    with clock.at(NOON):
        jobs.deliver()
    assert len(sms.sent) == 1
    assert dict(Delivery.objects.values_list("channel", "state")) == {"WECOM": "FAILED", "SMS": "SENT"}


def test_a_gateway_that_says_later_is_asked_later(officer, sms):
    sms.status, sms.headers = 429, {"Retry-After": "7200"}
    tell(officer)
    assert Delivery.objects.get().next_try_at == NOON + timedelta(hours=2)


@pytest.mark.parametrize("answer", ["<html>", '{"code": 1003}', '{"code": 10}'])
def test_an_answer_that_is_no_success_is_none(officer, sms, answer):
    sms.body = answer
    tell(officer)
    assert Delivery.objects.get().state == "PENDING"


def test_a_gateway_that_never_answers_holds_nobody_up(officer, sms, monkeypatch):
    monkeypatch.setattr(gateways, "TIMEOUT", 0.05)
    sms.silent = True
    tell(officer)
    waiting = Delivery.objects.get()
    assert (waiting.state, waiting.next_try_at) == ("PENDING", NOON + timedelta(minutes=BACK_OFF[0]))


def test_a_gateway_that_sends_elsewhere_is_not_followed(officer, sms, wecom):
    sms.status, sms.headers = 302, {"Location": wecom.url}
    with pytest.raises(gateways.NotSent, match="302"):
        channels.find("SMS").send(PHONE, "x", "")
    assert not wecom.sent


def test_who_has_no_mobile_number_is_not_called(cast, wecom):
    for phone in ("", "0871-6781234", "1380013800", "138 0013 8000"):
        cast.officer.phone = phone
        expected = PHONE if phone.startswith("138 ") else ""
        assert channels.find("WECOM").address_of(cast.officer) == expected


@pytest.fixture
def mail(settings, officer):
    """A real SMTP conversation."""
    with standins.smtp() as (service, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        officer.email = "officer@example.com"
        officer.save()
        yield service


def test_a_mail_is_handed_to_the_server(officer, mail):
    tell(officer, body="正文")
    subject = decode_header(message_from_string(mail.sent[0])["Subject"])[0][0].decode()
    assert subject == "【清患】事项1"


def test_a_server_that_greylists_is_tried_again(officer, mail):
    mail.status = 451
    tell(officer)
    assert "451" in Delivery.objects.get().error
    mail.status = 250
    with clock.at(NOON + timedelta(minutes=BACK_OFF[0])):
        jobs.deliver()
    assert Delivery.objects.get().state == "SENT"


def test_beyond_the_budget_of_the_day_messages_wait_for_the_digest(officer, wecom, settings):
    settings.MESSAGE_BUDGET = 3
    for number in range(5):
        tell(officer, str(number))
    assert (len(wecom.sent), Message.objects.undigested().count()) == (3, 2)
    with clock.at(NOON + timedelta(days=1)):
        assert jobs.send_digests() == 1
        jobs.deliver()
    assert "消息摘要（2条）" in wecom.sent[-1]["text"]["content"]


def test_the_budget_counts_anew_every_day_and_per_person(officer, cast, wecom, settings):
    settings.MESSAGE_BUDGET = 1
    cast.head.phone = "13800138001"
    cast.head.save()
    tell(officer, "a")
    tell(cast.head, "a")
    with clock.at(NOON + timedelta(days=1)):
        notify([officer], kind="k", title="x", key="b", urgent=True)
        jobs.deliver()
    assert len(wecom.sent) == 3
