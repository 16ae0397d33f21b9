"""The report at the year's end says what the duties of the unit and of its people counted, and opens the proof."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tasks.models import Audience, Duty, DutyStanding, YearlyPaper
from tasks.transitions.yearly import perform
from tasks.transitions.yearly_drafts import draft
from tests.cast import Cast
from tests.tasks.given import Book, book, count, duty, in_august

__all__ = ["book", "in_august"]
pytestmark = pytest.mark.usefixtures("in_august")
JULY, AUGUST = date(2026, 7, 10), date(2026, 8, 10)


@pytest.fixture(autouse=True)
def own_duties_only(db: None) -> None:
    """Nothing but what the test says."""
    Duty.objects.all().delete()


def report(cast: Cast, unit: str = "village") -> YearlyPaper:
    """Drafted for 2026, after the duties were counted."""
    count(cast)
    return draft(cast.units[unit], 2026, YearlyPaper.Kind.REPORT)[0]


def lines(paper: YearlyPaper) -> list[tuple[str, str]]:
    return [(item.text, item.result) for item in paper.items.all()]


def test_a_duty_of_the_unit_is_a_line_with_what_was_owed_done_and_short(cast: Cast, book: Book) -> None:
    duty(times=3, period="quarter")
    book.write(cast.units["village"].pk, JULY, AUGUST)
    said = "2026年第3季度应完成3次，已完成2次，还差1次（统计至2026年8月20日）"
    assert lines(report(cast)) == [("测试事项（每季度不少于3次）", said)]


def test_the_periods_of_a_duty_add_up_and_the_short_ones_are_named(cast: Cast, book: Book) -> None:
    duty(times=1, period="month")
    book.write(cast.units["village"].pk, AUGUST)
    said = "2个周期应完成2次，已完成1次；其中2026年7月应完成1次，已完成0次，还差1次（统计至2026年8月20日）"
    count(cast)
    standing = DutyStanding.objects.get(first_on=date(2026, 8, 1))
    DutyStanding.objects.update_or_create(
        code=standing.code, subject=standing.subject, first_on=date(2026, 7, 1), defaults=july(standing)
    )
    assert [result for _, result in lines(draft(cast.units["village"], 2026, "report")[0])] == [said]


def july(standing: DutyStanding) -> dict[str, Any]:
    """The month before, with nothing done."""
    last = date(2026, 7, 31)
    same = {name: getattr(standing, name) for name in ("duty", "unit", "area_path", "counted_at")}
    days = {"last_on": last, "due_on": last, "since": date(2026, 7, 1), "next_by": last}
    return same | days | {"needed": 1, "done": 0}


def test_what_the_people_of_the_unit_owe_stands_under_their_names(cast: Cast, book: Book) -> None:
    made = duty(audience=[Audience.NAMED], kinds=["record.visit"], times=2, period="year")
    made.people.add(cast.people["grid"])
    ((_, said),) = lines(report(cast))
    assert said.startswith(f"{cast.people['grid'].name}：2026年应完成")
    assert lines(report(cast, "department")) == []


def test_what_the_office_does_about_the_unit_is_not_what_the_unit_did(cast: Cast, book: Book) -> None:
    duty(bearer=Duty.Bearer.OFFICE)
    assert lines(report(cast)) == []


def test_the_duty_to_file_the_report_is_no_line_of_it(cast: Cast, book: Book) -> None:
    duty(kinds=["record.report", "filing.report"], period="year", times=1)
    assert lines(report(cast)) == []


def test_the_page_opens_the_proof_of_every_period_also_after_the_line_was_edited(
    as_: Any, cast: Cast, book: Book
) -> None:
    duty(times=3, period="quarter")
    paper = report(cast)
    item = paper.items.get()
    perform("edit", paper.pk, cast.fresh("grid"), items=[{"pk": item.pk, "text": item.text, "result": "已补做"}])
    book.write(cast.units["village"].pk, AUGUST)
    count(cast)
    proof = DutyStanding.objects.get(unit=cast.units["village"])
    page = as_("grid").get(paper.get_absolute_url()).content.decode()
    assert f'<a href="{proof.get_absolute_url()}">2026年第3季度 1/3</a>' in page
