"""Indicators: computed where the data is here, entered with their source otherwise, a value a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from audit.models import AuditEntry
from common import clock
from common.errors import Forbidden, Refused
from tasks.models import Indicator, IndicatorValue
from tasks.transitions import indicators
from tasks.views.indicators import standing_of
from tests.cast import Cast
from tests.hazards.builders import hazard_in
from tests.tasks.given import NOON, in_august
from units.models import Enterprise

__all__ = ["in_august"]
pytestmark = pytest.mark.usefixtures("in_august")
As = Callable[[str], Client]
TYPED: dict[str, Any] = {"month": date(2026, 7, 15), "numerator": 45, "denominator": 50, "note": "消防工作站台账"}


def of(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


def value(cast: Cast, code: str) -> IndicatorValue:
    return IndicatorValue.objects.get(indicator__code=code, area_path=cast.areas["street"].path)


def test_the_plans_goals_are_there_with_their_days(db: None) -> None:
    goals = Indicator.objects.filter(group="1达标、7个100%")
    assert [goals.filter(kind=kind).count() for kind in ("level", "ratio")] == [1, 7]
    phases = Indicator.objects.filter(group="阶段目标").values_list("due_on", flat=True)
    assert list(phases) == [date(2024, 6, 30), date(2025, 12, 31), date(2026, 6, 30)]


def test_standardisation_is_computed_from_the_records_of_enterprises(cast: Cast) -> None:
    Enterprise.objects.filter(unit=cast.units["firm"]).update(is_above_scale=True, grade="3")
    Enterprise.objects.filter(unit=cast.units["neighbour"]).update(is_above_scale=True, grade="small")
    indicators.measure_all()
    assert (value(cast, "standardisation").ratio, value(cast, "standardisation").source) == (Decimal("0.5"), "computed")


def test_an_expired_certificate_no_longer_counts(cast: Cast) -> None:
    Enterprise.objects.filter(unit=cast.units["firm"]).update(
        is_above_scale=True, grade="3", grade_until=date(2026, 8, 19)
    )
    indicators.measure_all()
    assert value(cast, "standardisation").ratio == 0


def test_the_page_says_who_is_missing_from_the_denominator_and_why(as_: As, cast: Cast) -> None:
    Enterprise.objects.filter(unit=cast.units["firm"]).update(is_above_scale=True, grade="3")
    Enterprise.objects.filter(unit=cast.units["neighbour"]).update(is_above_scale=True, state="suspended")
    page = as_("officer").get(f"/indicators/{Indicator.objects.get(code='standardisation').pk}/")
    assert [(each.title, each.note) for each in page.context["outside"]] == [(cast.units["neighbour"].name, "停产停业")]
    Enterprise.objects.update(sector=None, is_high_risk=False, state="operating")
    page = as_("officer").get(f"/indicators/{Indicator.objects.get(code='principal-training').pk}/")
    assert {each.note for each in page.context["outside"]} == {"没有登记行业领域，无法判断"}
    assert cast.units["firm"].name in page.content.decode()


def test_major_hazards_past_their_day_are_missing_from_dynamic_zero(as_: As, cast: Cast) -> None:
    late = hazard_in(
        cast, "rectifying", "major", confirmed_at=NOON - timedelta(days=40), due_at=NOON - timedelta(days=2)
    )
    hazard_in(cast, "closed", "major", confirmed_at=NOON - timedelta(days=40), due_at=NOON - timedelta(days=3))
    indicators.measure_all()
    assert value(cast, "dynamic-zero").ratio == Decimal("0.5")
    text = as_("officer").get(of("dynamic-zero").get_absolute_url()).content.decode()
    assert f'href="{late.get_absolute_url()}"' in text
    assert "尚未计入分子的（1）" in text


def test_growth_has_no_value_where_the_ledger_does_not_reach_back_a_year(as_: As, cast: Cast) -> None:
    found = hazard_in(cast, "rectifying", "major", confirmed_at=NOON - timedelta(days=40), due_at=NOON)
    hazard_in(cast, "closed", "major", confirmed_at=NOON - timedelta(days=380), due_at=NOON - timedelta(days=370))
    indicators.measure_all()
    assert (value(cast, "increment-contained").numerator, value(cast, "increment-contained").denominator) == (1, 0)
    hazard_in(cast, "closed", confirmed_at=clock.midnight(date(2025, 1, 3)), due_at=NOON - timedelta(days=500))
    indicators.measure_all()
    assert value(cast, "increment-contained").ratio == 1
    text = as_("officer").get(of("increment-contained").get_absolute_url()).content.decode()
    assert ">计入分子的（1）" in text
    assert found.get_absolute_url() in text


def test_nothing_of_nothing_has_no_value(cast: Cast) -> None:
    indicators.measure_all()
    found = value(cast, "stock-cleared")
    assert (found.ratio, standing_of(found.indicator, found)) == (None, "none")


def test_measuring_again_replaces_the_month_and_keeps_the_months_before(cast: Cast) -> None:
    indicators.measure_all()
    indicators.measure_all()
    with clock.at(NOON + timedelta(days=31)):
        indicators.measure_all()
    months = IndicatorValue.objects.filter(indicator__code="standardisation", area_path=cast.areas["street"].path)
    assert list(months.values_list("month", flat=True)) == [date(2026, 9, 1), date(2026, 8, 1)]


def test_a_value_entered_again_replaces_the_month_and_both_stand_in_the_audit_record(cast: Cast) -> None:
    officer = cast.fresh("officer")
    indicators.enter(officer, of("digital-fire"), **TYPED)
    indicators.enter(officer, of("digital-fire"), **TYPED | {"numerator": 50})
    assert value(cast, "digital-fire").ratio == 1
    last = AuditEntry.objects.filter(action="tasks.indicator_entered").order_by("-pk")[0]
    assert (last.before["numerator"], last.after["numerator"]) == (45, 50)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"month": date(2026, 9, 1)}, "month"), ({"numerator": 51}, "numerator"), ({"note": " "}, "note")],
)
def test_a_wrong_value_is_refused_at_its_field(cast: Cast, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        indicators.enter(cast.fresh("officer"), of("digital-fire"), **TYPED | change)
    assert set(refusal.value.fields) == {field}


def test_what_is_computed_is_not_entered(cast: Cast) -> None:
    with pytest.raises(Refused, match="系统计算"):
        indicators.enter(cast.fresh("officer"), of("standardisation"), **TYPED)


def test_a_department_enters_only_what_it_answers_for(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        indicators.enter(cast.fresh("department"), of("digital-fire"), **TYPED)
    indicators.name_lead(cast.fresh("officer"), of("digital-fire"), [cast.units["department"]])
    assert indicators.enter(cast.fresh("department"), of("digital-fire"), **TYPED).numerator == 45


def test_another_street_has_its_own_values(as_: As, cast: Cast) -> None:
    indicators.enter(cast.fresh("officer"), of("digital-fire"), **TYPED)
    assert "45/50" not in as_("rival_officer").get(of("digital-fire").get_absolute_url()).content.decode()


def test_past_its_day_an_unmet_target_is_late_and_a_growth_over_last_years_is_unmet(db: None) -> None:
    half, more = IndicatorValue(numerator=1, denominator=2), IndicatorValue(numerator=3, denominator=2)
    assert standing_of(of("dynamic-zero"), half) == "late"
    assert standing_of(of("digital-fire"), half) == "open"
    assert (standing_of(of("increment-contained"), half), standing_of(of("increment-contained"), more)) == (
        "met",
        "late",
    )


def test_the_page_takes_a_value_and_draws_it_against_the_target(as_: As, cast: Cast) -> None:
    address = of("digital-fire").get_absolute_url()
    typed = {"month": "2026-07-15", "numerator": "45", "denominator": "50"}
    refused = as_("officer").post(f"{address}enter/", typed)
    assert (refused.status_code, "请填写数据来源" in refused.content.decode()) == (422, True)
    assert as_("officer").post(f"{address}enter/", typed | {"note": "台账"}).status_code == 302
    chart = as_("officer").get(address).context["chart"]
    assert [list(series.values) for series in chart.series] == [[90.0], [100.0]]
