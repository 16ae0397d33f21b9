"""One person under several hats: nobody accepts the answer or the rectification they handed in themselves."""

from __future__ import annotations

import pytest

from common import clock
from common.errors import Forbidden, Refused
from hazards.models import Hazard
from supervision.transitions import letters, listings
from tests.hazards.test_separation import as_head_too
from tests.supervision.test_listing_walk import in_treatment
from tests.supervision.world import DAY, START, confirmed, rectified
from units.roles import Role


@pytest.mark.parametrize(("action", "values"), [("accept", {}), ("return_answer", {"reason": "无佐证"})])
def test_whoever_answered_a_letter_does_not_judge_the_answer(cast, action, values):
    with clock.at(START):
        typed = {"title": "x", "matter": "x", "demand": "x", "due_at": START + DAY}
        letter = letters.draft(cast.officer, kind="assign", to_unit=cast.units["firm"], **typed)
        letters.perform("send", letter.pk, cast.head)
        letters.perform("answer", letter.pk, cast.safety, text="办好了")
        with pytest.raises(Forbidden):
            letters.perform(action, letter.pk, as_head_too(cast, "safety"), **values)


def test_whoever_applied_for_acceptance_does_not_accept(cast):
    with clock.at(START):
        listing = in_treatment(cast)
        rectified(cast, Hazard.objects.get(pk=listing.hazard_id))
        listings.perform("apply_acceptance", listing.pk, cast.principal, text="自评合格")
        checker = as_head_too(cast, "principal", "department", Role.DEPARTMENT)
        with pytest.raises(Forbidden, match="本人"):
            listings.perform("accept", listing.pk, checker, report="合格", checkers="测试department、测试second")


@pytest.mark.parametrize("unit", ["firm", "rival_department"])
def test_only_a_department_of_the_area_is_named_to_supervise_a_listing(cast, unit):
    with clock.at(START):
        hazard = confirmed(cast)
        with pytest.raises(Refused) as refused:
            listings.propose(cast.officer, hazard.pk, reason="久拖不改", department=cast.units[unit])
        assert "department" in refused.value.fields
        listing = listings.propose(cast.officer, hazard.pk, reason="久拖不改")
        with pytest.raises(Refused) as refused:
            listings.perform("approve", listing.pk, cast.head, leader="王五", waiver="急", department=cast.units[unit])
        assert "department" in refused.value.fields
