"""The address of a list behind a figure tells nothing about groups outside the reader's scope."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.hazards.builders import hazard_in


@pytest.mark.parametrize(("by", "unit"), [("unit", "rival_firm"), ("department", "rival_department")])
def test_a_group_outside_the_scope_is_not_named(as_, cast, by, unit):
    hazard_in(cast, "rectifying")
    foreign = cast.units[unit]
    page = as_("safety").get(reverse("figure-records", args=["new"]), {"by": by, "group": foreign.pk}).content.decode()
    assert foreign.name not in page


def test_a_group_of_ones_own_is_named(as_, cast):
    hazard_in(cast, "rectifying")
    page = (
        as_("officer")
        .get(reverse("figure-records", args=["new"]), {"by": "unit", "group": cast.units["firm"].pk})
        .content.decode()
    )
    assert f"责任单位：{cast.units['firm'].name}" in page


def test_a_null_character_in_a_group_is_no_defect(as_, cast):
    assert (
        as_("officer").get(reverse("figure-records", args=["new"]), {"by": "village", "group": "\x00"}).status_code
        == 200
    )
