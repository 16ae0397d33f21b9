"""Time limits as data: which one holds, and when it ends."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from common import clock
from common.limit_defaults import DEFAULTS, FROM_THE_BEGINNING
from common.limits import LABELS, Limit, limit
from common.models import LimitUnit, TimeLimit

pytestmark = pytest.mark.django_db


def moment(*parts: int) -> datetime:
    return timezone.make_aware(datetime(*parts))


def row(
    key: str, value: int, unit: str = LimitUnit.WORKING, area: str = "", since: date = date(2026, 1, 1)
) -> TimeLimit:
    return TimeLimit.objects.create(
        key=key, value=value, unit=unit, area_path=area, basis="测试依据", effective_from=since
    )


def counting(value: int, unit: str) -> Limit:
    return Limit(value, unit, "测试依据", date(2026, 1, 1))


def test_every_default_is_a_row_staff_can_edit_and_says_what_it_is_based_on() -> None:
    stored = dict(TimeLimit.objects.values_list("key", "value"))
    assert stored == {default.key: default.value for default in DEFAULTS}
    assert all(default.basis and default.label for default in DEFAULTS)
    assert len(LABELS) == len(DEFAULTS)


def test_a_missing_row_falls_back_to_the_default_and_an_unknown_key_is_a_defect() -> None:
    TimeLimit.objects.filter(key="hazard.general").delete()
    assert (limit("hazard.general").value, limit("hazard.general").unit) == (24, "hours")
    assert limit("hazard.general").effective_from == FROM_THE_BEGINNING
    with pytest.raises(KeyError):
        limit("hazard.genera")


def test_the_nearest_enclosing_area_wins_over_a_newer_row_elsewhere() -> None:
    row("letter.reply", 4, area="0001")
    row("letter.reply", 3, area="00010002")
    row("letter.reply", 9, since=date(2026, 6, 1))
    with clock.at(moment(2026, 7, 1)):
        assert limit("letter.reply", "000100020003").value == 3
        assert limit("letter.reply", "00010005").value == 4
        assert limit("letter.reply", "0002").value == 9
        assert limit("letter.reply").value == 9


def test_a_change_holds_from_its_date_and_the_former_value_before_it() -> None:
    row("letter.reply", 7, since=date(2026, 9, 1))
    assert limit("letter.reply", on=date(2026, 8, 31)).value == 5
    assert limit("letter.reply", on=date(2026, 9, 1)).value == 7


def test_two_editions_on_one_day_are_impossible() -> None:
    row("letter.reply", 7)
    with pytest.raises(IntegrityError):
        row("letter.reply", 8)


def test_hours_are_exact_and_run_through_holidays() -> None:
    assert counting(24, "hours").after(moment(2026, 9, 30, 15, 20)) == moment(2026, 10, 1, 15, 20)


def test_natural_days_exclude_the_start_end_at_midnight_and_are_not_moved_by_a_holiday() -> None:
    assert counting(3, "natural").after(moment(2026, 9, 30, 9)) == moment(2026, 10, 3, 23, 59, 59)


def test_working_days_exclude_the_start_and_count_in_local_time() -> None:
    late = moment(2026, 9, 30, 23, 30)  # still the 30th here, 15:30 UTC
    assert counting(1, "working").after(late) == moment(2026, 10, 8, 23, 59, 59)


def test_a_window_before_a_deadline_opens_at_midnight_and_closes_no_later_than_the_deadline() -> None:
    due = moment(2026, 10, 30, 14)
    assert counting(5, "working").before(due) == moment(2026, 10, 23)
    assert counting(5, "working").latest_before(due) == moment(2026, 10, 23, 23, 59, 59)
    assert counting(0, "working").latest_before(due) == due
    assert counting(2, "hours").latest_before(due) == counting(2, "hours").before(due) == moment(2026, 10, 30, 12)


def test_a_limit_says_itself_in_chinese_and_times_have_no_end() -> None:
    units = [("hours", "24小时"), ("natural", "24个自然日"), ("working", "24个工作日"), ("times", "24次")]
    assert [str(counting(24, unit)) for unit, _ in units] == [text for _, text in units]
    with pytest.raises(ValueError, match="times"):
        counting(1, "times").after(moment(2026, 1, 1))


def test_a_thousand_limits_cost_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        for _ in range(1000):
            limit("hazard.key", "000100020003")
