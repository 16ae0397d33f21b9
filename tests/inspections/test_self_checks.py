"""企业自查: who owes what, filed once, signed by the right person, findings become hazards, leads, reminders."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from common import clock
from common.errors import Forbidden, Refused
from hazards.models import Hazard
from inspections import jobs_duty
from inspections.cadence import Cadence, Span, before, label, span_of
from inspections.models import SelfCheck, SelfCheckRule
from inspections.queries import self_check_leads, self_checks
from inspections.transitions.self_checks import Answer
from messaging.models import Message
from tests.hazards.builders import hazard_in
from tests.inspections.self_checks import check_of, version_of
from units.models import Enterprise, Unit

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 9))
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def risky(cast):
    """The cast's enterprise is of a high-risk trade."""
    Enterprise.objects.filter(unit=cast.units["firm"]).update(is_high_risk=True)
    Unit.objects.update(created_at=MONDAY - 400 * DAY)


@pytest.mark.parametrize(
    ("cadence", "day", "span"),
    [
        ("day", date(2026, 11, 25), Span(date(2026, 11, 25), date(2026, 11, 25))),
        ("week", date(2026, 11, 29), Span(date(2026, 11, 23), date(2026, 11, 29))),
        ("month", date(2024, 2, 29), Span(date(2024, 2, 1), date(2024, 2, 29))),
        ("lead_quarter", date(2026, 12, 31), Span(date(2026, 10, 1), date(2026, 12, 31))),
    ],
)
def test_spans_of_days_weeks_months_and_quarters(cadence, day, span):
    assert span_of(cadence, day) == span
    assert before(cadence, span).last == span.first - DAY


def test_spans_in_words():
    assert label("week", span_of("week", date(2026, 12, 1))) == "2026年11月30日至12月6日"
    assert label("lead_quarter", span_of("lead_quarter", date(2026, 5, 1))) == "2026年第2季度"


def test_an_ordinary_enterprise_owes_a_monthly_check_and_a_quarterly_one_led_by_its_principal(cast):
    assert [rule.cadence for rule in self_checks.owed_by(cast.units["firm"])] == ["month", "lead_quarter"]


def test_a_high_risk_enterprise_owes_all_and_the_led_one_every_month(cast, risky):
    owed = [rule.cadence for rule in self_checks.owed_by(cast.units["firm"])]
    assert owed == ["day", "week", "month", "lead_month"]


def test_a_closed_enterprise_owes_nothing(cast):
    Enterprise.objects.filter(unit=cast.units["firm"]).update(state="suspended")
    assert self_checks.owed_by(cast.units["firm"]) == []


def test_a_rule_of_the_own_street_holds_from_its_day_on(cast):
    SelfCheckRule.objects.create(
        area_path=cast.units["office"].area_path, cadence="month", applies="nobody", signer="safety", basis="试点",
        effective_from=date(2026, 12, 1),
    )  # fmt: skip
    path = cast.units["firm"].area_path
    assert self_checks.rules(path)["month"].applies == "all"
    assert self_checks.rules(path, date(2026, 12, 1))["month"].applies == "nobody"
    assert self_checks.rules(cast.units["rival_firm"].area_path, date(2026, 12, 1))["month"].applies == "all"


def test_a_clean_day_is_a_zero_report_and_counts(cast):
    check = check_of(cast)
    assert check.is_zero
    found = self_checks.coverage(Unit.objects.all(), self_checks.rules("")["month"], check.span)
    assert (found.filed, found.zero) == (1, 1)


def test_nobody_owing_gives_no_rate_rather_than_a_hundred_percent(cast):
    rule = self_checks.rules("")["day"]
    assert self_checks.coverage(Unit.objects.all(), rule, span_of("day", clock.today())).rate is None


def test_items_left_open_are_refused_without_the_confirmation(cast):
    with pytest.raises(Refused) as refusal:
        check_of(cast, all_clear=False)
    assert "all_clear" in refusal.value.fields
    assert not SelfCheck.objects.exists()


def test_what_is_not_in_order_becomes_a_hazard_of_the_channel_self_check(cast, photo):
    item = version_of(cast).items.first()
    check = check_of(cast, answers={item.pk: Answer("bad", "出口堆物", [photo("safety")])})
    hazard = Hazard.objects.get()
    assert (hazard.channel, hazard.state, hazard.unit) == ("self_check", "reported", cast.units["firm"])
    assert check.findings.get().hazard == hazard
    assert not check.is_zero


def test_an_item_not_in_order_needs_words_and_its_photo(cast):
    item = version_of(cast).items.filter(asks_photo=True).first()
    with pytest.raises(Refused, match="写明情况"):
        check_of(cast, answers={item.pk: Answer("bad")})
    with pytest.raises(Refused, match="请拍照"):
        check_of(cast, answers={item.pk: Answer("bad", "出口堆物")})
    assert not Hazard.objects.exists()


def test_the_led_check_is_signed_by_the_principal_only(cast):
    with pytest.raises(Forbidden, match="主要负责人"):
        check_of(cast, "lead_quarter")
    assert check_of(cast, "lead_quarter", "principal").signed_by == cast.principal


def test_a_span_is_filed_once_whoever_sends_it(cast):
    check_of(cast)
    with pytest.raises(Refused, match="已由测试safety报送"):
        check_of(cast, who="principal")


def test_the_same_form_sent_twice_is_one_check(cast):
    from inspections.transitions.self_checks import file_check
    from tests.inspections.self_checks import sheet_of

    once = uuid4()
    first, second = (file_check(cast.fresh("safety"), sheet_of(cast), once) for _ in range(2))
    assert first.pk == second.pk


def test_the_future_and_the_distant_past_are_refused(cast):
    with pytest.raises(Refused, match="不能提前"):
        check_of(cast, on=date(2026, 12, 5))
    with pytest.raises(Refused, match="上一期"):
        check_of(cast, on=date(2026, 9, 30))


def test_a_check_filed_the_next_morning_is_in_time_and_at_noon_it_is_late(cast):
    with clock.at(timezone.make_aware(datetime(2026, 12, 1, 11, 30))):
        assert not check_of(cast, on=date(2026, 11, 30)).is_late
    with clock.at(timezone.make_aware(datetime(2027, 1, 1, 13))):
        assert check_of(cast, on=date(2026, 12, 31)).is_late


def test_the_calendar_tells_done_missed_open_and_days_off(cast, risky):
    with clock.at(MONDAY - 3 * DAY):
        check_of(cast, "day")
    firm, month = Unit.objects.get(pk=cast.units["firm"].pk), span_of("month", clock.today())
    found = self_checks.month_marks(firm, self_checks.rules(firm.area_path)["day"], month)
    marks = {mark.span.first.day: mark.state for mark in found}
    assert (marks[20], marks[19], marks[22], marks[23], marks[24]) == ("done", "missed", "free", "open", "ahead")


def test_equal_and_hasty_checks_are_a_lead_and_careful_ones_are_not(cast, risky):
    for back in range(14, 0, -1):
        day = MONDAY - back * DAY
        with clock.at(day):
            if self_checks.is_owed_on("day", clock.today()):
                check_of(cast, "day", opened_at=day - timedelta(seconds=6))
    assert SelfCheck.objects.count() == 10
    assert any("完全相同" in lead.text for lead in self_check_leads.of_unit(cast.units["firm"]))
    SelfCheck.objects.update(seconds=90)
    assert not self_check_leads.of_unit(cast.units["firm"])


def filed(cast, count, **changes):
    """So many daily checks of the days before, all alike and in time, then changed by `changes` of their number."""
    for back in range(count):
        fields = {name: make(back) if callable(make) else make for name, make in changes.items()}
        day = clock.today() - timedelta(days=back + 1)
        at = clock.midnight(day) + timedelta(hours=17)
        SelfCheck.objects.create(
            **{
                "unit": cast.units["firm"], "cadence": "day", "first_on": day, "last_on": day, "version": version_of(cast),
                "signed_by": cast.safety, "signed_name": cast.safety.name, "signed_hat": "安全员", "filed_at": at,
                "received_at": at, "due_at": at + timedelta(hours=19), "seconds": 90, "fingerprint": "a", "item_count": 9,
            } | fields
        )  # fmt: skip
    return [lead.text for lead in self_check_leads.of_unit(cast.units["firm"])]


def test_the_same_faults_ten_times_over_are_a_lead(cast):
    assert not filed(cast, 9, bad_count=1)
    SelfCheck.objects.all().delete()
    assert filed(cast, 10, bad_count=1) == ["最近10次日检查报的是同样的问题，内容完全相同"]


def test_thirty_equal_days_are_a_lead_and_one_day_that_differs_ends_it(cast):
    assert filed(cast, 30) == ["最近30次日检查填报内容完全相同"]
    SelfCheck.objects.filter(first_on=clock.today() - timedelta(days=30)).update(fingerprint="b")
    assert not self_check_leads.of_unit(cast.units["firm"])


def test_three_late_of_ten_are_a_lead_and_two_are_not(cast):
    differ = {"fingerprint": str}
    assert not filed(cast, 10, due_at=lambda back: clock.now() - timedelta(days=90 if back < 2 else 0), **differ)
    SelfCheck.objects.all().delete()
    texts = filed(cast, 10, due_at=lambda back: clock.now() - timedelta(days=90 if back < 3 else 0), **differ)
    assert texts == ["最近10次日检查中3次迟报"]


def test_a_week_filed_within_minutes_is_a_lead(cast):
    minutes = {"filed_at": lambda back: clock.now() - timedelta(minutes=back), "due_at": clock.now()}
    assert filed(cast, 5, fingerprint=str, **minutes) == ["5次日检查集中在几分钟内补报"]


def test_zero_reported_while_others_found_something_is_a_lead(cast):
    check_of(cast)
    hazard_in(cast, "rectifying", channel="inspection", found_on=clock.today())
    assert any("另发现隐患" in lead.text for lead in self_check_leads.of_unit(cast.units["firm"]))


def test_reminders_go_once_to_who_may_sign_and_never_after_filing(cast):
    near_end = timezone.make_aware(datetime(2026, 11, 27, 15))
    with clock.at(near_end):
        assert jobs_duty.remind_self_checks() > 0
        assert jobs_duty.remind_self_checks() == 0
    told = Message.objects.filter(kind="inspections.selfcheck", title__startswith="月检查")
    assert {"safety", "principal", "rival_safety"} == set(told.values_list("recipient__username", flat=True))


def test_who_has_filed_is_not_reminded(cast):
    check_of(cast)
    with clock.at(timezone.make_aware(datetime(2026, 11, 27, 15))):
        jobs_duty.remind_self_checks()
    assert not Message.objects.filter(kind="inspections.selfcheck", recipient=cast.safety).exists()


def test_led_checks_count_for_the_duty_of_the_enterprise(cast):
    from tasks.counting import Ask, records

    check = check_of(cast, "lead_quarter", "principal")
    ask = Ask([cast.units["firm"].pk], date(2026, 10, 1), date(2026, 12, 31))
    assert [counted.key for _, counted in records(["self_check.led"], ask)] == [check.pk]


@pytest.mark.django_db(transaction=True)
def test_many_file_the_same_span_and_one_check_stands(cast):
    def press(_):
        try:
            with clock.at(MONDAY):
                check_of(cast, who="safety")
        except Refused:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 1
    assert SelfCheck.objects.count() == 1


def test_every_cadence_has_a_default_rule():
    from inspections.self_check_defaults import DEFAULTS

    assert {rule.cadence for rule in DEFAULTS} == set(Cadence.values)
