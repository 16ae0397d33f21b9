"""One hazard from discovery to closure, by the people who do it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from common import clock
from common.errors import Forbidden, Refused, WrongState
from hazards import transitions
from hazards.models import Hazard

PLAN = {
    "objectives": "消除粉尘爆炸风险",
    "measures": "增设泄爆口",
    "funds": Decimal("12.5"),
    "organisation": "张三负责",
    "safeguards": "停产并编制预案",
}


def reported(cast, photo, by="safety", **fields):
    return transitions.report(
        cast.people[by],
        unit=cast.units["firm"],
        description="除尘器未设泄爆口",
        photos=[photo(by)],
        **fields,
    )


def test_a_major_hazard_goes_from_report_to_closure(cast, photo):
    day = clock.today()
    hazard = reported(cast, photo)
    transitions.perform(
        "confirm",
        hazard.pk,
        cast.officer,
        level="major",
        level_reason="符合判定标准",
        responsible_person="李四",
        department=cast.units["department"],
        due=day + timedelta(days=60),
    )
    transitions.perform("file_plan", hazard.pk, cast.safety, finish_on=day + timedelta(days=30), **PLAN)
    transitions.perform("approve_plan", hazard.pk, cast.department)
    transitions.perform(
        "submit_rectification", hazard.pk, cast.safety, measures="已增设", spent=Decimal(12), photos=[photo("safety")]
    )
    transitions.perform(
        "pass_review", hazard.pk, cast.department, second_reviewer=cast.second, photos=[photo("department")]
    )
    hazard = transitions.perform("sign_off", hazard.pk, cast.head)
    assert hazard.state == Hazard.objects.get(pk=hazard.pk).state == "closed"
    assert [e.action for e in hazard.events.all()][-1] == "sign_off"
    assert hazard.principal_notifications.count() == 2


def test_the_rectifier_cannot_review_and_a_second_click_is_told_who_acted(cast, photo):
    hazard = reported(cast, photo)
    transitions.perform("confirm", hazard.pk, cast.grid, responsible_person="李四")
    with pytest.raises(WrongState, match="测试grid"):
        transitions.perform("confirm", hazard.pk, cast.officer, responsible_person="李四")
    with pytest.raises(Forbidden):
        transitions.perform("report_progress", hazard.pk, cast.rival_safety, text="x")
    with pytest.raises(Refused, match="整改后照片"):
        transitions.perform("submit_rectification", hazard.pk, cast.safety, measures="已改", spent=Decimal(0))


@pytest.mark.parametrize(("day", "reason"), [(date(1, 1, 1), "2000年以后"), (date(9999, 1, 1), "不能晚于今天")])
def test_a_day_of_discovery_that_cannot_be_is_refused_at_its_field(cast, photo, day, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        reported(cast, photo, found_on=day)
    assert "found_on" in refusal.value.fields
