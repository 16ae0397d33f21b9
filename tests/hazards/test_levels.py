"""调整等级 asks for what the confirmation would have asked for at the new level."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from common import clock
from common.errors import Refused
from hazards import criteria
from hazards.models import Hazard, PrincipalNotification
from hazards.transitions import perform
from tests.hazards.builders import hazard_in

GROUND = {"reason": "现场复核风险升高"}


def bare(cast, level="general", **fields):
    return hazard_in(cast, "rectifying", level, **({"department": None, "responsible_person": ""} | fields))


def address(hazard):
    return f"/hazards/{hazard.pk}/actions/change_level/"


@pytest.mark.parametrize("level", ["key", "major"])
def test_raising_asks_for_the_department(cast, level):
    hazard = bare(cast, responsible_person="李四")
    with pytest.raises(Refused) as refusal:
        perform("change_level", hazard.pk, cast.officer, level=level, **GROUND)
    assert refusal.value.fields == {"department": "请选择监管部门。"}
    hazard.refresh_from_db()
    assert hazard.level == "general"


def test_raising_asks_for_the_person(cast):
    hazard = bare(cast, department=cast.units["department"])
    with pytest.raises(Refused) as refusal:
        perform("change_level", hazard.pk, cast.officer, level="key", **GROUND)
    assert refusal.value.fields == {"responsible_person": "请填写整改责任人。"}


def test_the_department_and_person_given_are_kept_with_the_new_level(cast):
    hazard = bare(cast)
    given = {"department": cast.units["department"], "responsible_person": "王五", "responsible_phone": "13800000000"}
    after = perform("change_level", hazard.pk, cast.officer, level="major", **GROUND, **given)
    assert (after.level, after.state, after.department, after.responsible_person) == (
        "major", "planning", cast.units["department"], "王五",
    )  # fmt: skip
    assert after.events.latest("seq").data["department"] == cast.units["department"].name


def test_a_department_of_another_street_is_refused(cast):
    department = cast.units["rival_department"]
    with pytest.raises(Refused) as refusal:
        perform("change_level", bare(cast).pk, cast.officer, level="key", department=department, **GROUND)
    assert "department" in refusal.value.fields


def test_a_written_reason_cites_the_clause_for_every_sector(cast):
    hazard = hazard_in(cast, "rectifying", level_reason="")
    values = {"department": cast.units["department"], "responsible_person": "李四"}
    raised = perform("change_level", hazard.pk, cast.officer, level="major", reason="须停产整改方能排除", **values)
    assert (raised.criterion.standard.code, raised.level_reason) == ("ZH-2008", "须停产整改方能排除")


def test_a_major_that_came_closed_gets_its_criterion_afterwards_and_another_one_gives_its_reason(cast):
    hazard = hazard_in(cast, "closed", "major", criterion=None, level_reason="", channel="import")
    cited = perform("cite_criterion", hazard.pk, cast.officer, level_reason="须停产整改方能排除")
    assert cited.criterion == criteria.general()
    other = criteria.cited_in("GM-2023 第三条(二)")
    with pytest.raises(Refused) as refusal:
        perform("cite_criterion", hazard.pk, cast.officer, criterion=other)
    assert "level_reason" in refusal.value.fields
    perform("cite_criterion", hazard.pk, cast.officer, criterion=other, level_reason="行业标准已列明")
    event = hazard.events.latest("seq")
    assert (event.data["criterion_before"], event.data["criterion"]) == (str(criteria.general()), str(other))


def test_a_general_hazard_cites_nothing(cast):
    with pytest.raises(Refused, match="只有重大隐患"):
        perform("cite_criterion", hazard_in(cast, "rectifying").pk, cast.officer, level_reason="x")


def test_a_hazard_once_verified_is_no_major_without_its_criterion(cast):
    hazard = hazard_in(cast, "planning", "major")
    with pytest.raises(IntegrityError, match="hazard_major_cites"):
        Hazard.objects.filter(pk=hazard.pk).update(criterion=None)


def test_before_verification_nothing_of_it_is_asked_and_no_principal_is_told(cast):
    hazard = hazard_in(cast, "reported", "general", department=None, responsible_person="")
    assert perform("change_level", hazard.pk, cast.officer, level="major", **GROUND).state == "reported"
    assert not PrincipalNotification.objects.exists()


def test_a_long_deadline_of_a_major_hazard_does_not_survive_its_lowering(cast):
    hazard = hazard_in(cast, "planning", "major", due_at=clock.now() + timedelta(days=200))
    with pytest.raises(Refused) as refusal:
        perform("change_level", hazard.pk, cast.head, level="key", **GROUND)
    assert "due" in refusal.value.fields
    due = clock.today() + timedelta(days=20)
    after = perform("change_level", hazard.pk, cast.head, level="key", due=due, **GROUND)
    assert (after.state, clock.local(after.due_at).date()) == ("rectifying", due)


def test_a_level_is_no_way_round_the_rules_of_extension(cast):
    due = clock.today() + timedelta(days=25)
    with pytest.raises(Refused) as refusal:
        perform(
            "change_level", hazard_in(cast, "rectifying", "general").pk, cast.officer, level="key", due=due, **GROUND
        )
    assert "延期" in refusal.value.fields["due"]


def test_the_page_keeps_what_was_typed_and_says_at_the_field_what_is_missing(as_, cast):
    hazard = bare(cast)
    typed = {"level": "key", "reason": "风险升高了", "responsible_person": "赵六", "version": hazard.version}
    response = as_("officer").post(address(hazard), typed)
    text = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].errors["department"] == ["请选择监管部门。"]
    assert "赵六" in text
    assert "风险升高了" in text


def test_the_page_raises_the_level_with_its_department(as_, cast):
    hazard = bare(cast)
    typed = {
        "level": "key", "reason": "风险升高了", "responsible_person": "赵六", "version": hazard.version,
        "department": cast.units["department"].pk,
    }  # fmt: skip
    assert as_("officer").post(address(hazard), typed).status_code == 302
    hazard.refresh_from_db()
    assert (hazard.level, hazard.department) == ("key", cast.units["department"])


def test_the_api_takes_the_department(as_, cast):
    hazard = bare(cast)
    body = {"level": "key", "reason": "风险升高", "version": hazard.version}
    post = as_("officer").post
    api = f"/api/v1/hazards/{hazard.pk}/actions/change_level/"
    assert "department" in post(api, body, content_type="application/json").json()["fields"]
    body |= {"department": cast.units["department"].pk, "responsible_person": "赵六"}
    assert post(api, body, content_type="application/json").json()["level"] == "key"
