"""Every number of an evaluation opens what it counted when it was drafted, whatever happened since."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from common import clock
from tasks.models import Assignment, DutyStanding, Evaluation, Indicator
from tasks.transitions import evaluations, indicators
from tasks.transitions.assignments import perform
from tests.cast import Cast
from tests.tasks.given import NOON, Book, book, count, duty, in_august
from tests.tasks.test_evaluations import plan
from units.models import Enterprise

__all__ = ["book", "in_august"]
pytestmark = pytest.mark.usefixtures("in_august")
As = Callable[[str], Client]
UNTIL = date(2026, 8, 20)


def drafted(cast: Cast) -> Evaluation:
    """Of a plan with two parts of the village, one of them late."""
    return evaluations.draft(cast.fresh("officer"), plan(cast), kind="mid", until=UNTIL)[0]


def rows(browser: Client, address: str) -> list[Any]:
    return [row.id for row in browser.get(address).context["ledger"].rows]


def complete(cast: Cast, record: Assignment) -> None:
    """Reported by the village and accepted by the office, a day later."""
    with clock.at(NOON + timedelta(days=1)):
        perform("submit_completion", record.pk, cast.fresh("grid"), text="完成", no_evidence_reason="口头")
        perform("accept", record.pk, cast.fresh("officer"))


def test_what_was_late_stays_in_the_list_after_it_is_done(as_: As, cast: Cast) -> None:
    made = drafted(cast)
    late = Assignment.objects.get(task__title="排查燃气")
    complete(cast, late)
    page = as_("officer").get(f"{made.get_absolute_url()}tasks/late/")
    assert [row.id for row in page.context["ledger"].rows] == [late.pk]
    assert "逾期未办结" in page.content.decode()
    assert "已办结" in page.content.decode()


def test_a_part_given_out_afterwards_is_not_among_them(as_: As, cast: Cast) -> None:
    made = drafted(cast)
    kept = set(Assignment.objects.values_list("pk", flat=True))
    with clock.at(NOON + timedelta(days=2)):
        more = Assignment.objects.get(task__title="排查燃气")
        more.pk, more.occurrence = None, "later"
        more.save(force_insert=True)
    assert set(rows(as_("leader"), f"{made.get_absolute_url()}tasks/all/")) == kept


def test_a_part_given_out_after_the_day_of_the_evaluation_counts_nowhere(cast: Cast) -> None:
    made = plan(cast)
    first, _ = evaluations.draft(cast.fresh("officer"), made, kind="mid", until=UNTIL - timedelta(days=40))
    assert first.snapshot["tasks"]["all"] == 0


def test_every_linked_number_of_the_page_counts_the_rows_behind_it(as_: As, cast: Cast) -> None:
    count(cast)
    made, office = drafted(cast), as_("officer")
    text = office.get(made.get_absolute_url()).content.decode()
    links = re.findall(r'<a href="(/evaluations/\d+/(?:tasks|duties)/[^"]+)">(\d+)</a>', text)
    assert len(links) > 8
    for address, number in links:
        page = office.get(address.replace("&amp;", "&"))
        assert page.context["page_obj"].paginator.count == int(number), address


def test_a_number_that_is_none_does_not_exist(as_: As, cast: Cast) -> None:
    made = drafted(cast).get_absolute_url()
    for rest in ("tasks/other/", "duties/late/", "indicators/999999/"):
        assert as_("officer").get(f"{made}{rest}").status_code == 404


def test_a_duty_made_good_stays_among_the_missed(as_: As, cast: Cast, book: Book) -> None:
    duty(times=1, period="month")
    with clock.at(NOON - timedelta(days=25)):
        count(cast)
    with clock.at(NOON - timedelta(days=10)):
        count(cast)
    made = drafted(cast)
    missed = DutyStanding.objects.get(code="test", unit=cast.units["village"], last_on=date(2026, 7, 31))
    assert missed.pk in next(row for row in made.snapshot["duties"] if row["code"] == "test")["ids"]["missed"]
    DutyStanding.objects.filter(pk=missed.pk).update(next_by=None, done=1)
    assert missed.pk in rows(as_("officer"), f"{made.get_absolute_url()}duties/missed/?code=test")


def test_who_was_missing_from_an_indicator_is_kept(as_: As, cast: Cast) -> None:
    firm = Enterprise.objects.filter(unit=cast.units["firm"])
    firm.update(is_above_scale=True, grade="small")
    indicators.measure_all()
    made = drafted(cast)
    firm.update(grade="1")
    pk = Indicator.objects.get(code="standardisation").pk
    text = as_("leader").get(f"{made.get_absolute_url()}indicators/{pk}/").content.decode()
    assert "起草时尚未计入分子的（1）" in text
    assert cast.units["firm"].name in text
    assert "尚未计入分子的（0）" in as_("leader").get(f"/indicators/{pk}/").content.decode()


def test_computing_anew_takes_todays_records(as_: As, cast: Cast) -> None:
    made = drafted(cast)
    complete(cast, Assignment.objects.get(task__title="排查燃气"))
    with clock.at(NOON + timedelta(days=1)):
        again, _ = evaluations.draft(cast.fresh("officer"), made.plan, kind="mid", until=UNTIL + timedelta(days=1))
    assert rows(as_("officer"), f"{again.get_absolute_url()}tasks/late/") == []
    assert len(rows(as_("officer"), f"{again.get_absolute_url()}tasks/done/")) == 1


def test_the_list_leaves_as_a_file(as_: As, cast: Cast) -> None:
    answer = as_("officer").get(f"{drafted(cast).get_absolute_url()}tasks/all/?export=csv")
    assert "排查燃气" in b"".join(answer.streaming_content).decode("utf-8-sig")
