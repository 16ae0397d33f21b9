"""Records with validity: coverage that opens who lacks, reminders once, renewals, what duties count, credit by the office."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from common import clock
from common.errors import Forbidden, Refused, WrongState
from evidence import access
from inspections.jobs import remind_records
from inspections.models.records import ComplianceRecord, asked_of, with_having
from inspections.queries.records import coverage
from inspections.record_kinds import SHAPES
from inspections.transitions import records
from messaging.models import Message
from tasks import counting
from tests.inspections.planning import certificate, credit
from units.models import Enterprise, Unit

PEOPLE = (
    "officer", "head", "department", "grid", "expert", "principal", "safety", "leader", "rival_safety", "rival_officer",
    "sysadmin", "secadmin", "auditor",
)  # fmt: skip
KEEPERS = {"principal", "safety"}
JULY = timezone.make_aware(datetime(2026, 7, 15, 9))


def drill(cast, on, **more):
    values = {"title": "灭火疏散演练", "starts_on": on, "people": 30, **more}
    return records.enter(cast.fresh("safety"), cast.units["firm"], "drill", **values)


def has(cast, kind, on):
    return with_having(Unit.objects.filter(pk=cast.units["firm"].pk), kind, on).get().has_it


@pytest.mark.parametrize("state", ComplianceRecord.State.values)
@pytest.mark.parametrize(("make", "keepers"), [(certificate, KEEPERS), (credit, {"officer", "head"})])
def test_each_person_gets_exactly_the_buttons_of_the_design(cast, state, make, keepers):
    record = make(cast)
    record.state = state
    for name in PEOPLE:
        expected = set(records.RULES) if state == "standing" and name in keepers else set()
        assert set(records.LIFECYCLE.allowed(record, cast.people[name])) == expected, name


@pytest.mark.parametrize("action", records.RULES)
def test_a_withdrawn_record_or_another_person_is_refused(cast, action):
    record = certificate(cast)
    with pytest.raises(Forbidden):
        records.perform(action, record.pk, cast.fresh("rival_safety"))
    ComplianceRecord.objects.filter(pk=record.pk).update(state="withdrawn")
    with pytest.raises(WrongState):
        records.perform(action, record.pk, cast.fresh("safety"))
    record.refresh_from_db()
    assert (record.version, record.events.count()) == (0, 1)


@pytest.mark.parametrize("kind", SHAPES)
def test_a_record_without_what_its_kind_requires_is_refused_at_those_fields(cast, kind):
    actor = cast.fresh("officer" if SHAPES[kind].by_office else "safety")
    with pytest.raises(Refused) as refusal:
        records.enter(actor, cast.units["firm"], kind)
    assert set(refusal.value.fields) == set(SHAPES[kind].required)


def test_nobody_enters_a_record_of_another_enterprise_nor_the_firm_its_own_credit(cast):
    with pytest.raises(Forbidden):
        records.enter(cast.fresh("rival_safety"), cast.units["firm"], "drill")
    with pytest.raises(Forbidden):
        records.enter(cast.fresh("safety"), cast.units["firm"], "blacklist")


def test_a_certificate_is_valid_through_its_last_day(cast):
    record = certificate(cast, days=0)
    assert record in ComplianceRecord.objects.valid_on()
    tomorrow = clock.today() + timedelta(days=1)
    assert record not in ComplianceRecord.objects.valid_on(tomorrow)
    assert record in ComplianceRecord.objects.expired(tomorrow)


def test_a_certificate_that_expired_yesterday_can_be_entered_and_is_shown_as_expired(cast):
    assert certificate(cast, days=-1).validity == "expired"


def test_a_drill_counts_for_the_year_but_for_high_risk_only_for_the_half(cast):
    with clock.at(JULY):
        drill(cast, date(2026, 3, 1))
        assert has(cast, "drill", date(2026, 7, 15))
        Enterprise.objects.filter(unit=cast.units["firm"]).update(is_high_risk=True)
        assert not has(cast, "drill", date(2026, 7, 15))
        drill(cast, date(2026, 7, 2))
        assert has(cast, "drill", date(2026, 7, 15))


def test_coverage_equals_the_list_of_who_lacks_it(as_, cast):
    drill(cast, clock.today())
    row = next(row for row in coverage(cast.fresh("officer")) if row.kind == "drill")
    assert (row.asked, row.having, row.lacking) == (2, 1, 1)
    page = as_("officer").get(reverse("compliance-lacking", args=["drill"]) + "?has_it=false")
    assert [shown.name for shown in page.context["ledger"].rows] == ["甲街道机械厂"]


def test_nobody_asked_is_no_coverage_of_a_hundred_percent(cast):
    row = next(row for row in coverage(cast.fresh("officer")) if row.kind == "insurance")
    assert (row.asked, row.ratio) == (0, None)


def test_a_suspended_enterprise_is_asked_for_nothing(cast):
    Enterprise.objects.filter(unit=cast.units["firm"]).update(state="suspended")
    assert cast.units["firm"] not in asked_of(Unit.objects.all(), "drill")


def test_reminders_come_before_shortly_before_and_after_each_once(cast):
    record, day = certificate(cast, days=40), clock.now()
    for after, told in ((5, 0), (12, 2), (20, 2), (34, 4), (36, 4), (41, 6), (60, 6)):
        with clock.at(day + timedelta(days=after)):
            remind_records(), remind_records()
        assert Message.objects.filter(kind="inspections.record").count() == told, after
    renewed = clock.today() + timedelta(days=400)
    with clock.at(day + timedelta(days=42)):
        records.perform("renew", record.pk, cast.fresh("safety"), valid_until=renewed)
        remind_records()
    assert Message.objects.filter(kind="inspections.record").count() == 6


def test_the_grade_of_standardisation_is_reminded_of_as_well(cast):
    soon = clock.today() + timedelta(days=20)
    Enterprise.objects.filter(unit=cast.units["firm"]).update(grade="3", grade_until=soon)
    remind_records()
    assert set(Message.objects.values_list("title", flat=True)) == {
        f"安全生产标准化等级将于{soon.year}年{soon.month}月{soon.day}日到期"
    }


def test_a_renewal_must_reach_further_than_before(cast):
    record = certificate(cast)
    with pytest.raises(Refused) as refusal:
        records.perform("renew", record.pk, cast.fresh("safety"), valid_until=record.valid_until)
    assert "valid_until" in refusal.value.fields


def test_duties_count_drills_and_trainings_of_the_span(cast):
    today = clock.today()
    kept, gone = drill(cast, today), drill(cast, today)
    records.perform("withdraw", gone.pk, cast.fresh("safety"), reason="重复登记")
    ask = counting.Ask([cast.units["firm"].pk], today - timedelta(days=3), today)
    found = [(kind.key, counted.key) for kind, counted in counting.records(["drill", "training"], ask)]
    assert found == [("drill", kept.pk)]
    before = counting.Ask([cast.units["firm"].pk], today - timedelta(days=30), today - timedelta(days=3))
    assert not list(counting.records(["drill"], before))


def test_evidence_is_seen_by_who_reads_the_record_and_only_own_files_are_taken(cast, photo):
    shot = photo("safety")
    record = certificate(cast, files=[shot])
    assert access.visible(cast.fresh("officer"), {shot.pk}) == {shot.pk}
    assert access.visible(cast.fresh("rival_safety"), {shot.pk}) == set()
    with pytest.raises(Forbidden):
        records.perform("renew", record.pk, cast.fresh("principal"), valid_until=date(2099, 1, 1), files=[shot])


def test_a_form_that_must_be_corrected_keeps_what_was_typed(as_, cast):
    page = as_("safety").post(reverse("compliance-record-new", args=["special"]), {"holder": "王焊工"})
    assert page.status_code == 422
    assert "王焊工" in page.content.decode()
    assert "请填写证书编号。" in page.content.decode()


def test_a_record_entered_by_the_form_shows_on_the_enterprises_page(as_, cast):
    until = (clock.today() + timedelta(days=10)).isoformat()
    values = {"holder": "王焊工", "number": "T1", "valid_until": until}
    page = as_("safety").post(reverse("compliance-record-new", args=["special"]), values, follow=True)
    assert "即将到期" in page.content.decode()
    firm = as_("officer").get(cast.units["firm"].get_absolute_url()).content.decode()
    assert "证照、培训与履责记录" in firm


def test_the_office_puts_an_enterprise_on_the_blacklist_through_the_form(as_, cast):
    today = clock.today()
    values = {"unit": "甲街道食品厂", "title": "发生死亡事故", "starts_on": today.isoformat(), "note": "事故调查报告",
              "valid_until": (today + timedelta(days=365)).isoformat()}  # fmt: skip
    page = as_("officer").post(reverse("compliance-record-new", args=["blacklist"]), values, follow=True)
    assert "安全生产黑名单" in page.content.decode()
    assert ComplianceRecord.objects.get().unit == cast.units["firm"]


@pytest.mark.parametrize(("validity", "count"), [("valid", 2), ("expiring", 1), ("expired", 1), ("withdrawn", 0)])
def test_the_filter_of_validity_means_what_the_badge_says(as_, cast, validity, count):
    certificate(cast, days=200), certificate(cast, days=10), certificate(cast, days=-2)
    page = as_("officer").get(reverse("compliance-record-list") + f"?validity={validity}")
    assert len(page.context["ledger"].rows) == count


def test_the_training_of_principals_is_an_indicator_that_names_who_is_missing(cast):
    from tasks.measuring import Within, find

    measure, street = find("records.principal_trained"), cast.units["office"].area_path
    within = Within(street, date(2026, 7, 1), date(2026, 7, 31))
    assert measure.count(within) == (0, 0)
    Enterprise.objects.filter(unit=cast.units["firm"]).update(is_high_risk=True)
    assert measure.count(within) == (0, 1)
    assert [row.title for row in measure.missing(within)] == ["甲街道食品厂"]
    values = {"title": "主要负责人安全合格证", "number": "A1", "holder": "王五", "starts_on": date(2026, 6, 1)}
    with clock.at(JULY):
        records.enter(cast.fresh("safety"), cast.units["firm"], "principal", valid_until=date(2029, 6, 1), **values)
    assert measure.count(within) == (1, 1)
