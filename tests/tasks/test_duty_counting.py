"""Duties count themselves: whom they apply to, what counts, and how everybody stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from tasks.duties.standings import editions, prove
from tasks.models import Audience, Duty, DutyStanding, StandingState
from tests.cast import Cast
from tests.tasks.given import NOON, Book, book, count, duty, in_august, post, standing
from units.models import Enterprise, Unit

__all__ = ["book", "in_august"]
pytestmark = pytest.mark.usefixtures("in_august")
JULY, AUGUST = date(2026, 7, 10), date(2026, 8, 10)


@pytest.fixture(autouse=True)
def own_duties_only(db: None) -> None:
    """Nothing but what the test says."""
    Duty.objects.all().delete()


def test_records_of_the_period_count_and_each_subject_has_its_own(cast: Cast, book: Book) -> None:
    duty(audience=["village", "department"])
    book.write(cast.units["village"].pk, JULY, AUGUST, date(2026, 6, 30), date(2026, 10, 1))
    count(cast)
    assert (
        standing("test", unit=cast.units["village"]).done,
        standing("test", unit=cast.units["department"]).done,
    ) == (2, 0)


def test_a_quota_met_on_time_is_met_and_met_too_late_is_late(cast: Cast, book: Book) -> None:
    duty(times=1, period="year", due_month=4, due_day=30)
    village = cast.units["village"].pk
    book.write(village, date(2026, 5, 2))
    count(cast)
    assert (standing("test").state, standing("test").met_on) == (StandingState.LATE, date(2026, 5, 2))
    book.write(village, date(2026, 4, 30))
    count(cast)
    assert standing("test").state == StandingState.MET


def test_who_is_behind_the_pace_will_be_short_before_the_period_ends(cast: Cast, book: Book) -> None:
    duty(times=3, period="quarter")
    count(cast)
    assert standing("test").state == StandingState.SHORT  # the first of three was due on 31 July
    book.write(cast.units["village"].pk, JULY)
    count(cast)
    assert (standing("test").state, standing("test").next_by) == (StandingState.ON_COURSE, date(2026, 8, 31))


def test_a_missed_day_is_missed(cast: Cast, book: Book) -> None:
    duty(times=1, period="year", due_month=4, due_day=30)
    count(cast)
    assert standing("test").state == StandingState.MISSED


def test_three_visits_to_one_sector_are_not_three_sectors(cast: Cast, book: Book) -> None:
    duty(distinct_by="sector", distinct=3)
    village = cast.units["village"].pk
    book.write(village, JULY, JULY, AUGUST, sector=1)
    count(cast)
    assert (standing("test").done, standing("test").distinct_done, standing("test").missing) == (3, 1, 2)
    book.write(village, AUGUST, sector=2)
    book.write(village, AUGUST, sector=3)
    count(cast)
    assert standing("test").state == StandingState.MET


def test_where_only_high_risk_places_count_the_others_do_not(cast: Cast, book: Book) -> None:
    duty(high_risk_places=True)
    book.write(cast.units["village"].pk, JULY, is_high_risk=True)
    book.write(cast.units["village"].pk, AUGUST)
    count(cast)
    assert standing("test").done == 1


def test_a_leader_owes_what_the_own_post_owes(cast: Cast) -> None:
    duty(audience=["leader"], posts=["party_head"], kinds=["record.visit"], times=4, period="year")
    duty(code="other", audience=["leader"], posts=["office_head"], kinds=["record.visit"], times=12, period="year")
    post(cast, kind="office_head")
    count(cast)
    assert [row.code for row in DutyStanding.objects.all()] == ["other"]


def test_a_person_in_two_posts_is_counted_once_for_a_duty_of_both(cast: Cast) -> None:
    duty(audience=["leader"], posts=["office_head", "party_member"], kinds=["record.visit"], times=6, period="year")
    post(cast, kind="office_head")
    post(cast, kind="party_member")
    count(cast)
    assert DutyStanding.objects.count() == 1


def test_high_risk_enterprises_and_the_others_are_told_apart(cast: Cast, book: Book) -> None:
    Enterprise.objects.filter(unit=cast.units["firm"]).update(is_high_risk=True)
    duty(audience=["enterprise"], risk="high")
    duty(code="other", audience=["enterprise"], risk="ordinary")
    count(cast)
    assert standing("test").unit == cast.units["firm"]
    assert standing("other").unit == cast.units["neighbour"]


def test_a_closed_enterprise_owes_nothing(cast: Cast, book: Book) -> None:
    duty(audience=["enterprise"])
    count(cast)
    Enterprise.objects.filter(unit=cast.units["firm"]).update(state="closed")
    count(cast)
    assert [row.unit for row in DutyStanding.objects.all()] == [cast.units["neighbour"]]


def test_another_street_counts_its_own(cast: Cast, book: Book) -> None:
    duty()
    count(cast)
    assert [row.unit for row in DutyStanding.objects.all()] == [cast.units["village"]]


def test_the_streets_own_edition_takes_the_place_of_the_general_one_from_its_day_on(cast: Cast, book: Book) -> None:
    path = cast.areas["street"].path
    duty(times=3)
    duty(area_path=path, effective_from=date(2026, 8, 1), times=5)
    duty(area_path=path, effective_from=date(2026, 9, 1), is_active=False)
    assert [each.times for each in editions(path, date(2026, 7, 31))] == [3]
    assert [each.times for each in editions(path, date(2026, 8, 1))] == [5]
    assert editions(path, date(2026, 9, 1)) == []


def test_an_abolished_duty_leaves_no_running_standing(cast: Cast, book: Book) -> None:
    made = duty()
    count(cast)
    Duty.objects.filter(pk=made.pk).update(is_active=False)
    count(cast)
    assert not DutyStanding.objects.exists()


def test_late_entries_still_count_for_a_month_after_the_period(cast: Cast, book: Book) -> None:
    duty(period="month", times=1)
    with clock.at(NOON - timedelta(days=30)):
        count(cast)
    book.write(cast.units["village"].pk, JULY)
    count(cast)
    assert DutyStanding.objects.get(first_on=date(2026, 7, 1)).state == StandingState.MET
    book.write(cast.units["village"].pk, AUGUST)
    with clock.at(NOON + timedelta(days=60)):
        count(cast)
    assert DutyStanding.objects.get(first_on=date(2026, 8, 1)).next_by is not None


def test_counting_twice_changes_nothing(cast: Cast, book: Book) -> None:
    duty(audience=["village", "department", "office"])
    count(cast)
    before = list(DutyStanding.objects.order_by("pk").values_list("pk", "subject", "done"))
    count(cast)
    assert list(DutyStanding.objects.order_by("pk").values_list("pk", "subject", "done")) == before


def test_the_proof_lists_exactly_what_was_counted(cast: Cast, book: Book) -> None:
    duty()
    book.write(cast.units["village"].pk, JULY, AUGUST)
    count(cast)
    fresh, rows = prove(standing("test"))
    assert (fresh.done, [row.on for _, row in rows]) == (2, [AUGUST, JULY])


@pytest.mark.parametrize("state", StandingState)
def test_the_state_of_a_row_and_the_list_of_that_state_agree(cast: Cast, book: Book, state: StandingState) -> None:
    for number, (times, due) in enumerate([(1, None), (3, None), (9, None), (1, 4), (2, 4)]):
        duty(code=f"d{number}", times=times, period="year", due_month=due, due_day=due and 30)
    book.write(cast.units["village"].pk, date(2026, 3, 1), date(2026, 7, 1))
    count(cast)
    listed = set(DutyStanding.objects.in_state(state))
    assert listed == {row for row in DutyStanding.objects.all() if row.state == state}


def test_a_thousand_enterprises_cost_as_many_queries_as_ten(cast: Cast, book: Book) -> None:
    duty(audience=["enterprise"])
    count(cast)

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            count(cast)
        return len(caught)

    crowd(cast, 10)
    few = cost()
    crowd(cast, 890)
    assert (cost(), book.asked) == (few, 3)


def crowd(cast: Cast, many: int) -> None:
    area, start = cast.areas["village"], Unit.objects.count()
    plain: dict[str, Any] = {"kind": Unit.Kind.ENTERPRISE, "area": area, "area_path": area.path}
    units = Unit.objects.bulk_create(Unit(name=f"企业{start + place}", **plain) for place in range(many))
    Enterprise.objects.bulk_create(Enterprise(unit=unit, operator="张三") for unit in units)


def test_an_audience_has_people_or_units() -> None:
    assert Duty(audience=[Audience.LEADER]).is_personal
    assert not Duty(audience=[Audience.VILLAGE, Audience.DEPARTMENT]).is_personal
