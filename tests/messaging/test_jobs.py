"""The morning digest, delivery with retries, and the calendar warning; all may repeat, double and die."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core import mail as mailbox
from django.db import connection
from django.utils import timezone

from common import clock, workdays
from messaging import channels, jobs
from messaging.models import Delivery, Digest, Message
from messaging.transitions import BACK_OFF, notify, open_message
from tests.cast import build_cast

MORNING = timezone.make_aware(datetime(2026, 3, 5, 8, 0))


def tell(person, key, **changes):
    fields = {"kind": "test.kind", "title": f"事项{key}", "url": f"/hazards/{key}/", "key": key} | changes
    notify([person], **fields)


def with_address(person):
    person.email = f"{person.username}@example.com"
    person.save()
    return person


@pytest.fixture
def server(settings):
    """A mail server (Django's in memory) and the address of this site."""
    settings.EMAIL_HOST, settings.SITE_URL = "mail.invalid", "https://qinghuan.example"


@pytest.fixture
def officer(cast):
    return with_address(cast.officer)


@pytest.fixture
def broken(server, monkeypatch):
    """The mail server refuses everything."""
    monkeypatch.setattr(channels.Email, "send", lambda *args: (_ for _ in ()).throw(OSError("550 refused")))


@pytest.mark.django_db
def test_one_digest_instead_of_fifty_messages(officer, server):
    for number in range(50):
        tell(officer, str(number))
    with clock.at(MORNING):
        assert jobs.send_digests() == 1
        assert jobs.send_digests() == 0
        jobs.deliver()
    [letter] = mailbox.outbox
    assert "50条" in letter.subject
    assert "https://qinghuan.example/hazards/49/" in letter.body


@pytest.mark.django_db
def test_what_was_opened_or_urgent_is_not_digested(officer):
    tell(officer, "opened")
    open_message(Message.objects.get())
    tell(officer, "urgent", urgent=True)
    assert jobs.send_digests() == 0


@pytest.mark.django_db
def test_what_comes_after_the_digest_waits_for_tomorrow(officer):
    with clock.at(MORNING):
        tell(officer, "first")
        jobs.send_digests()
        tell(officer, "second")
        assert jobs.send_digests() == 0
    with clock.at(MORNING + timedelta(days=1)):
        assert jobs.send_digests() == 1
    assert Digest.objects.get(on="2026-03-06").messages.get().key == "second"


@pytest.mark.django_db(transaction=True)
def test_parallel_workers_make_one_digest_and_send_it_once(settings):
    settings.EMAIL_HOST = "mail.invalid"
    officer = with_address(build_cast().officer)
    for number in range(5):
        tell(officer, str(number), urgent=number == 0)

    def work(number):
        try:
            with clock.at(MORNING):
                jobs.send_digests()
                jobs.deliver()
        finally:
            connection.close()

    with clock.at(MORNING):
        Delivery.objects.update(next_try_at=MORNING)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    assert Digest.objects.get().messages.count() == 4
    assert len(mailbox.outbox) == 2


@pytest.mark.django_db
def test_an_urgent_message_says_where_to_act_and_why(officer, server):
    with clock.at(MORNING):
        tell(officer, "7", urgent=True, body="请立即处置。", why="您是整改责任人")
        jobs.deliver()
    [letter] = mailbox.outbox
    assert letter.to == ["officer@example.com"]
    assert (
        letter.body == "请立即处置。\n\n办理：https://qinghuan.example/hazards/7/\n\n您收到本消息的原因：您是整改责任人"
    )


@pytest.mark.django_db
def test_a_line_break_in_a_title_does_not_keep_a_letter_from_leaving(officer, server):
    with clock.at(MORNING):
        notify([officer], kind="common.calendar_missing", title="督促：通道堵塞\r\n配电箱敞开", key="7", urgent=True)
        jobs.deliver()
    assert [letter.subject for letter in mailbox.outbox] == ["【清患】督促：通道堵塞 配电箱敞开"]


@pytest.mark.django_db
def test_a_refused_letter_is_tried_later_and_visibly(officer, broken):
    with clock.at(MORNING):
        tell(officer, "7", urgent=True)
        jobs.deliver()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.error) == ("PENDING", 1, "OSError: 550 refused")
    assert delivery.next_try_at == MORNING + timedelta(minutes=BACK_OFF[0])


@pytest.mark.django_db
def test_a_letter_refused_for_ever_has_failed(officer, broken):
    with clock.at(MORNING):
        tell(officer, "7", urgent=True)
    for hours in range(40):
        with clock.at(MORNING + timedelta(hours=hours)):
            jobs.deliver()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries) == ("FAILED", len(BACK_OFF) + 1)


@pytest.mark.django_db
def test_what_was_read_here_meanwhile_is_not_sent(officer, server):
    with clock.at(MORNING):
        tell(officer, "7", urgent=True)
        open_message(Message.objects.get())
        jobs.deliver()
    assert Delivery.objects.get().state == "SKIPPED"
    assert mailbox.outbox == []


@pytest.mark.django_db
def test_a_worker_that_dies_while_sending_leaves_the_letter_due(officer, server, monkeypatch):
    with clock.at(MORNING):
        tell(officer, "7", urgent=True)
        with monkeypatch.context() as patch:
            patch.setattr(channels.Email, "send", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                jobs.deliver()
        jobs.deliver()
    assert Delivery.objects.get().state == "SENT"


@pytest.mark.django_db
def test_without_a_mail_server_nothing_waits_to_leave(officer):
    tell(officer, "7", urgent=True)
    tell(officer, "8")
    jobs.send_digests()
    assert not Delivery.objects.exists()
    assert Digest.objects.exists()


@pytest.mark.django_db
def test_a_channel_that_registers_itself_is_used(officer, monkeypatch):
    sent = []

    class Pager:
        code, name = "PAGER", "寻呼"
        is_ready = staticmethod(lambda: True)
        is_fallback = False
        address_of = staticmethod(lambda user: user.username)
        send = staticmethod(lambda *letter: sent.append(letter))

    monkeypatch.setattr(channels, "_channels", {})
    channels.register(Pager())
    with clock.at(MORNING):
        tell(officer, "7", urgent=True)
        jobs.deliver()
    assert sent == [("officer", "【清患】事项7", sent[0][2])]


@pytest.mark.django_db
def test_the_office_is_warned_once_a_month_of_a_missing_calendar(cast, monkeypatch):
    monkeypatch.setattr(workdays, "years_missing", lambda today: [today.year + 1])
    with clock.at(MORNING):
        first, again = jobs.warn_calendar(), jobs.warn_calendar()
    with clock.at(MORNING + timedelta(days=31)):
        later = jobs.warn_calendar()
    assert (first > 0, again, later) == (True, 0, first)
    told = set(Message.objects.values_list("recipient__username", flat=True))
    assert {"officer", "head"} <= told
    assert "safety" not in told
