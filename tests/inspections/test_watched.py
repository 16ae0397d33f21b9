"""差异化管理: an accident this year or a blacklist entry means more visits, first place in samples, and is seen everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from common import clock
from inspections import frequency
from inspections.models.records import with_watched
from inspections.spreading import Object, sampled
from inspections.transitions import records
from messaging.models import Message
from tests.inspections.planning import built, certificate, credit, prepared
from units.models import Enterprise, Unit


def accident(cast, days_ago=10, days=355, **fields):
    today = clock.today()
    values = {"title": "高处坠落事故", "people": 1, "starts_on": today - timedelta(days=days_ago),
              "valid_until": today + timedelta(days=days), "note": "事故调查报告", **fields}  # fmt: skip
    return records.enter(cast.fresh("officer"), cast.units["firm"], "accident", **values)


def visits(cast):
    profile = Enterprise.objects.get(unit=cast.units["firm"])
    return frequency.visits_a_year(profile, cast.units["firm"].area_path)


def watched():
    return set(with_watched(Unit.objects.all()).filter(is_watched=True).values_list("name", flat=True))


@pytest.mark.parametrize("enter", [accident, credit])
def test_an_accident_or_the_blacklist_raises_the_visits_of_the_year(cast, enter):
    assert visits(cast) == 1
    enter(cast)
    assert (visits(cast), watched()) == (12, {"甲街道食品厂"})


def test_a_bad_record_alone_does_not(cast):
    credit(cast, "bad_record")
    assert (visits(cast), watched()) == (1, set())


def test_it_ends_with_its_day_and_with_its_withdrawal(cast):
    entry = accident(cast, days=30)
    with clock.at(clock.midnight(entry.valid_until) + timedelta(days=1, hours=9)):
        assert visits(cast) == 1
    records.perform("withdraw", entry.pk, cast.fresh("officer"), reason="登记有误")
    assert visits(cast) == 1


def test_a_good_grade_does_not_lower_it(cast):
    Enterprise.objects.filter(unit=cast.units["firm"]).update(
        grade="1", grade_until=clock.today() + timedelta(days=900)
    )
    accident(cast)
    assert visits(cast) == 12


def test_plan_and_sample_take_it_first(cast):
    accident(cast)
    assert built(cast).visits.filter(unit=cast.units["firm"]).count() == 12
    objects = [Object(1, 12, "red", 9_999), Object(2, 12, "blue", 1, is_watched=True)]
    assert [each.pk for each in sampled(objects, 50)] == [2]


def test_a_draw_weighs_it_like_a_red_one(cast):
    accident(cast)
    weights = {row["name"]: row["weight"] for row in prepared(cast).given["enterprises"]}
    assert weights == {"甲街道食品厂": 4, "甲街道机械厂": 1}


def test_the_enterprise_is_told_what_was_entered_and_what_follows(cast):
    accident(cast)
    told = Message.objects.filter(recipient=cast.safety, kind="inspections.record").get()
    assert told.title == "已登记生产安全事故：高处坠落事故"
    assert "差异化管理" in told.body


def test_lists_page_and_dossier_show_it(as_, cast):
    accident(cast)
    client, firm = as_("officer"), cast.units["firm"]
    rows = client.get(reverse("risk-level-list") + "?watched=true").context["ledger"].rows
    assert [row.name for row in rows] == ["甲街道食品厂"]
    assert "高处坠落事故" in client.get(reverse("risk-level", args=[firm.pk])).content.decode()
    assert "差异化管理" in client.get(firm.get_absolute_url()).content.decode()


def test_an_enterprise_enters_no_accident_and_a_department_neither(as_, cast):
    for name in ("safety", "department"):
        assert as_(name).get(reverse("compliance-record-new", args=["accident"])).status_code == 403


def test_who_lets_out_must_check_its_tenants(cast):
    asked = records_asked("lease_check")
    assert asked == set()
    certificate(cast, "agreement", title="二号车间", holder="某加工户")
    assert records_asked("lease_check") == {"甲街道食品厂"}
    today = clock.today()
    records.enter(cast.fresh("safety"), cast.units["firm"], "lease_check", holder="某加工户", starts_on=today)
    assert records_asked("lease_check", has_it=True) == {"甲街道食品厂"}


def records_asked(kind, **more):
    from inspections.models.records import asked_of, with_having

    units = with_having(asked_of(Unit.objects.enterprises(), kind), kind)
    return set(units.filter(**more).values_list("name", flat=True))
