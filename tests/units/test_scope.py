"""The filter on rows and the answer for a loaded row are one rule."""

from __future__ import annotations

import pytest

from hazards.models import Hazard
from tests.cast import Cast
from tests.hazards.builders import hazard_in
from units.models import User
from units.roles import Right
from units.scope import reach, reaches


def spread(cast: Cast) -> list[Hazard]:
    """Hazards of both streets, both villages, with and without department and sector."""
    firms = [cast.units[name] for name in ("firm", "rival_firm", "rival_rival_firm", "village")]
    own = [
        hazard_in(cast, "rectifying", unit=firm, area_path=firm.area_path, department=None, sector=None)
        for firm in firms
    ]
    named = hazard_in(cast, "rectifying", unit=firms[2], area_path=firms[2].area_path, sector=None)
    return [*own, named, hazard_in(cast, "rectifying", department=None), hazard_in(cast, "rectifying", sector=None)]


@pytest.mark.parametrize("right", [right for right in Right if right.startswith("hazard.")])
def test_the_filter_finds_exactly_the_rows_the_answer_allows(cast: Cast, right: str) -> None:
    """For every person: over street, village, sector, own unit and what names the unit."""
    hazards = spread(cast)
    for person in User.objects.all():
        found = set(Hazard.objects.filter(reach(person, right)).values_list("pk", flat=True))
        assert found == {hazard.pk for hazard in hazards if reaches(person, right, hazard)}, person


def test_what_names_a_person_is_reached_whatever_its_place(cast: Cast) -> None:
    """An expert reads the hazard that names them and no other."""
    hazard, *_ = spread(cast)
    assert not reaches(cast.expert, Right.READ_HAZARD, hazard)
    assert reaches(cast.expert, Right.READ_HAZARD, hazard, named=True)


def test_a_person_without_a_hat_reaches_nothing(cast: Cast) -> None:
    """No membership, no rights."""
    hazard, *_ = spread(cast)
    stranger = User.objects.create(username="stranger", name="无任职")
    assert not reaches(stranger, Right.READ_HAZARD, hazard)
    assert not Hazard.objects.filter(reach(stranger, Right.READ_HAZARD)).exists()
