"""What each scope reaches: S street, V village, D sectors and what names the department, E own enterprise, N named."""

from __future__ import annotations

import pytest

from common.errors import Refused
from tests.cast import Cast
from units.models import Area, Enterprise, Sector, Unit, User
from units.models.areas import paths_above
from units.roles import GRANTS, SEPARATED, Right, Role, Scope
from units.scope import reaches


def seen(cast: Cast, person: str, right: str = Right.READ_UNIT) -> set[str]:
    """The names (of the cast) of the units a person reaches."""
    names = {unit.pk: name for name, unit in cast.units.items()}
    return {names[pk] for pk in Unit.objects.for_user(cast.fresh(person), right).values_list("pk", flat=True)}


OWN_STREET = {"office", "department", "village", "firm", "neighbour"}
DIRECTING = {"office", "department"}


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("officer", OWN_STREET),
        ("head", OWN_STREET),
        ("leader", OWN_STREET),
        ("department", DIRECTING | {"firm"}),
        ("grid", DIRECTING | {"village", "firm"}),
        ("safety", DIRECTING | {"firm"}),
        ("principal", DIRECTING | {"firm"}),
        ("rival_safety", DIRECTING | {"neighbour"}),
        ("expert", set()),
        ("sysadmin", set()),
        ("secadmin", set()),
        ("auditor", set()),
    ],
)
def test_a_person_reads_exactly_the_units_in_scope(cast: Cast, person: str, expected: set[str]) -> None:
    assert seen(cast, person) == expected


def test_a_rival_street_sees_nothing_of_this_one(cast: Cast) -> None:
    assert not seen(cast, "rival_officer") & OWN_STREET


def test_the_directing_offices_are_read_but_never_edited(cast: Cast) -> None:
    assert seen(cast, "department", Right.PROPOSE_UNIT) == {"firm"}
    assert seen(cast, "safety", Right.EDIT_OWN_PROFILE) == {"firm"}
    assert seen(cast, "safety", Right.EDIT_UNIT) == set()


def test_a_department_also_reaches_the_children_of_its_sectors_in_its_own_street_only(cast: Cast) -> None:
    sector = cast.units["department"].sectors.get()
    child = Sector.objects.create(name="测试子领域", code="TC", parent=sector)
    Enterprise.objects.filter(unit=cast.units["neighbour"]).update(sector=child)
    Enterprise.objects.filter(unit=cast.units["rival_firm"]).update(sector=child)
    names = set(Unit.objects.for_user(cast.fresh("department")).enterprises().values_list("name", flat=True))
    assert names == {"甲街道食品厂", "甲街道机械厂"}


@pytest.mark.parametrize(
    "person", ["officer", "department", "grid", "safety", "rival_safety", "rival_officer", "auditor"]
)
def test_the_check_on_a_loaded_row_agrees_with_the_filter(cast: Cast, person: str) -> None:
    user = cast.fresh(person)
    columns = {"area": "area_path", "unit": "unit_id", "department": "department_id", "sector": "sector_id"}
    for name, unit in cast.units.items():
        if unit.kind != Unit.Kind.ENTERPRISE:
            continue
        row = unit.enterprise
        row.area_path = unit.area_path
        assert reaches(user, Right.PROPOSE_UNIT, row, **columns) == (name in seen(cast, person, Right.PROPOSE_UNIT))


def test_a_deeper_area_lies_below_every_area_above_it(cast: Cast) -> None:
    grid = Area.objects.create(name="第一网格", level=Area.Level.GRID, parent=cast.areas["village"])
    assert paths_above(grid.path) == [cast.areas["street"].path, cast.areas["village"].path, grid.path]
    assert grid.street_path == cast.areas["street"].path


def test_the_hundredth_sibling_keeps_paths_unique_and_ordered(cast: Cast) -> None:
    areas = [Area.objects.create(name=f"村{n}", level="village", parent=cast.areas["street"]) for n in range(50)]
    paths = [area.path for area in areas]
    assert len(set(paths)) == 50
    assert paths == sorted(paths)


def test_the_office_that_answers_is_the_deepest_one_above(cast: Cast) -> None:
    assert Unit.objects.office_of(cast.units["firm"].area_path) == cast.units["office"]
    with pytest.raises(Refused, match="没有负责的安委办"):
        Unit.objects.office_of("zzzz.")


def test_nobody_without_a_hat_reaches_anything(cast: Cast) -> None:
    nobody = User.objects.create_user("nobody", "x", name="无任职")
    assert not Unit.objects.for_user(nobody).exists()


def test_every_right_is_granted_to_somebody_and_administrators_hold_no_business_right() -> None:
    assert set(GRANTS) == set(Right)
    business = {right for right, grants in GRANTS.items() if set(grants) - SEPARATED}
    assert not any(role in GRANTS[right] for right in business for role in SEPARATED)
    assert all(set(grants) <= set(Role) and set(grants.values()) <= set(Scope) for grants in GRANTS.values())
