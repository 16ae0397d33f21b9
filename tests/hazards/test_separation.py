"""One person under several hats: nobody judges what they did themselves, and only those with the right are named."""

from __future__ import annotations

import pytest

from common.errors import Forbidden, NotInScope, Refused
from hazards import transitions
from tests.hazards.builders import hazard_in, pending_plan
from units.models import Membership, Unit
from units.roles import Role


def as_head_too(cast, name, unit="office", role=Role.HEAD):
    """The person, who is also a head of the office (or has another `role` in another `unit`) and wears that hat."""
    person = cast.fresh(name)
    person.wear(Membership.objects.create(user=person, unit=cast.units[unit], role=role, starts_on="2020-01-01"))
    return person


@pytest.mark.parametrize(("action", "values"), [("approve_plan", {}), ("return_plan", {"reason": "不具体"})])
def test_whoever_filed_a_plan_does_not_decide_on_it(cast, action, values):
    hazard = hazard_in(cast, "planning", "major")
    pending_plan(hazard, cast)
    with pytest.raises(Forbidden):
        transitions.perform(action, hazard.pk, as_head_too(cast, "safety"), **values)


def test_whoever_rectified_does_not_sign_off(cast):
    hazard = hazard_in(cast, "reviewed", "key")
    with pytest.raises(Forbidden):
        transitions.perform("sign_off", hazard.pk, as_head_too(cast, "safety"))


@pytest.mark.parametrize("level", ["general", "key", "major"])
def test_a_second_reviewer_holds_the_right_whatever_the_level(cast, level, photo):
    hazard = hazard_in(cast, "submitted", level)
    for outsider in ("rival_head", "grid" if level != "general" else "expert"):
        with pytest.raises(Refused):
            transitions.perform(
                "pass_review", hazard.pk, cast.officer, second_reviewer=cast.fresh(outsider), paper_reason="资料复查"
            )


def test_a_supervising_department_is_a_department_of_the_hazards_area(cast):
    hazard = hazard_in(cast, "reported")
    for unit in ("rival_firm", "rival_department", "office"):
        with pytest.raises(Refused) as refused:
            transitions.perform(
                "confirm", hazard.pk, cast.officer, level="key", responsible_person="李四", department=cast.units[unit]
            )
        assert "department" in refused.value.fields


@pytest.mark.parametrize("change", [{"is_active": False}, {"standing": Unit.Standing.MERGED}])
def test_nothing_new_is_reported_for_a_unit_out_of_use(cast, change):
    Unit.objects.filter(pk=cast.units["firm"].pk).update(**change)
    with pytest.raises(NotInScope):
        transitions.report(cast.officer, unit=cast.units["firm"], description="通道堵塞", no_photo_reason="无")
