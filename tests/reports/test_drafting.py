"""The draft appears once, on the first working day, by job, command or hand."""

from __future__ import annotations

import io
import json
import threading
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from common import clock
from common.errors import Forbidden, Refused
from reports import jobs, transitions
from reports.models import Notice
from reports.statistics import Period
from tests.cast import build_cast
from tests.reports.builders import NOW, OCTOBER, SHANGHAI, drafted, history
from units.models import Unit


def job_on(*moment: int) -> int:
    """Run the job at 07:30 of the day."""
    with clock.at(datetime(*moment, 7, 30, tzinfo=SHANGHAI)):
        return jobs.draft_monthly_notice()


@pytest.fixture
def offices(cast):
    """Offices that have existed for years."""
    Unit.objects.update(created_at=datetime(2020, 1, 1, tzinfo=SHANGHAI))
    return cast


@pytest.mark.parametrize(
    ("holiday", "first", "month"),
    [
        ((2025, 10, 8), (2025, 10, 9), 9),  # National Day and Mid-Autumn, 1–8 October
        ((2025, 2, 4), (2025, 2, 5), 1),  # Spring Festival, 28 January – 4 February
        ((2026, 10, 7), (2026, 10, 8), 9),
        ((2023, 10, 6), (2023, 10, 7), 9),  # a Saturday made a working day
        ((2026, 11, 1), (2026, 11, 2), 10),  # a Sunday
    ],
)
def test_the_draft_appears_on_the_first_working_day(offices, holiday, first, month):
    assert job_on(*holiday) == 0
    assert job_on(*first) == 2
    assert {notice.period_from.month for notice in Notice.objects.all()} == {month}


def test_the_job_may_run_every_day_and_after_a_downtime(offices):
    assert [job_on(2026, 11, day) for day in (2, 3, 3, 20)] == [2, 0, 0, 0]
    assert job_on(2026, 12, 20) == 2


@pytest.mark.django_db(transaction=True)
def test_however_many_threads_draft_there_is_one_draft():
    cast, made = build_cast(), []

    def run() -> None:
        with clock.at(NOW):
            made.append(transitions.draft(cast.units["office"], OCTOBER)[1])
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(made) == [False] * 5 + [True]
    notice = Notice.objects.get()
    assert notice.events.count() == 1


def test_after_void_the_period_may_be_drafted_again(cast):
    with clock.at(NOW):
        first = drafted(cast)
        transitions.perform("void", first.pk, cast.head, reason="口径有误")
        assert drafted(cast).pk != first.pk


def test_by_hand_only_for_the_own_office_and_only_what_is_over(cast):
    with clock.at(NOW):
        with pytest.raises(Forbidden):
            transitions.draft(cast.units["rival_office"], OCTOBER, actor=cast.officer)
        with pytest.raises(Refused, match="尚未结束"):
            transitions.draft(cast.units["office"], Period.month(2026, 11), actor=cast.officer)


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [("month-2026-9", "monthly", "2026年9月"), ("quarter-2026-3", "quarterly", "2026年第三季度")],
)
def test_the_button_drafts_a_month_or_a_quarter_and_opens_what_exists(cast, as_, code, kind, words):
    with clock.at(NOW):
        history(cast, 40)
        answers = [as_("officer").post(reverse("notice-draft"), {"period": code}, follow=True) for _ in range(2)]
    notice = Notice.objects.get()
    assert notice.kind == kind
    assert words in notice.title
    assert words in notice.sections[0]["paragraphs"][0]
    assert all(answer.redirect_chain[-1][0] == notice.get_absolute_url() for answer in answers)
    assert notice.events.get().actor == cast.officer


def test_a_quarter_speaks_of_the_quarter(cast):
    with clock.at(NOW):
        history(cast, 60)
        notice, _ = transitions.draft(cast.units["office"], Period.quarter(2026, 3), Notice.Kind.QUARTERLY)
    text = "".join(line for section in notice.sections for line in section["paragraphs"])
    assert "本季度" in text
    assert "本月" not in text


def test_the_command_prints_only_its_json_and_drafts_once(cast):
    history(cast, 30)
    printed = []
    for _ in range(2):
        out = io.StringIO()
        call_command("draft_notice", month="2026-10", office="甲街道安委办", stdout=out)
        printed.append(json.loads(out.getvalue()))
    notice = Notice.objects.get()
    assert [line["created"] for line in printed] == [True, False]
    assert printed[0]["notice"] == printed[1]["notice"] == notice.pk
    assert printed[0]["figures"] == {key: entry["value"] for key, entry in notice.snapshot["figures"].items()}


@pytest.mark.parametrize("month", ["2026-13", "十月", "2026"])
def test_the_command_refuses_what_is_no_month(cast, month):
    with pytest.raises(CommandError, match="月份"):
        call_command("draft_notice", month=month, office="甲街道安委办")
