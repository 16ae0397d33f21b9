"""宽松软虚: what inspecting units find and order, by unit and never by person, each number opened to its visits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from common import clock
from inspections.models import InspectionPaper
from inspections.queries import leniency
from tests.hazards.builders import hazard_in
from tests.inspections.test_plans import visit


def span():
    today = clock.today()
    return today - timedelta(days=89), today


def row_of(cast, who="officer", unit="department"):
    found = leniency.rows(cast.fresh(who), *span())
    return next((row for row in found if row.unit_id == cast.units[unit].pk), None)


def visits(cast, count, *, unit="department", **fields):
    fields = {"kind": "administrative", "by_unit": cast.units[unit], **fields}
    return [visit(cast, at=clock.now() - timedelta(days=3), **fields) for _ in range(count)]


def order(cast, found, state="issued", kind="order"):
    return InspectionPaper.objects.create(
        inspection=found, kind=kind, state=state, unit=found.unit, area_path=found.area_path, drafted_by=cast.department
    )


def test_the_figures_of_a_unit(cast):
    clean, bad = visits(cast, 2), visits(cast, 3, bad_count=2)
    order(cast, bad[0])
    visits(cast, 1, bad_count=1, mode="recheck"), visits(cast, 1, state="running", finished_at=None)
    counts = row_of(cast).counts
    assert len(clean) == counts["clean"] == 2
    assert {key: counts[key] for key in ("visits", "found", "administrative", "due_order", "ordered", "unordered")} == {
        "visits": 5, "found": 3, "administrative": 5, "due_order": 3, "ordered": 1, "unordered": 2,
    }  # fmt: skip


@pytest.mark.parametrize(("state", "kind"), [("draft", "order"), ("void", "order"), ("issued", "record")])
def test_a_draft_a_voided_paper_or_a_record_is_no_order(cast, state, kind):
    order(cast, visits(cast, 1, bad_count=1)[0], state, kind)
    assert row_of(cast).counts["ordered"] == 0


def test_a_clean_visit_is_missed_when_another_unit_finds_something_soon_after(cast):
    visits(cast, 1)
    hazard_in(cast, "rectifying", found_on=clock.today(), reported_unit=cast.units["office"])
    assert row_of(cast).counts["missed"] == 1


@pytest.mark.parametrize("finder", ["department", "firm"])
def test_what_the_unit_itself_or_the_enterprise_found_is_not_held_against_it(cast, finder):
    visits(cast, 1)
    hazard_in(cast, "rectifying", found_on=clock.today(), reported_unit=cast.units[finder])
    assert row_of(cast).counts["missed"] == 0


def test_what_was_found_too_late_or_not_verified_is_not_either(cast):
    visits(cast, 1)
    hazard_in(cast, "reported", found_on=clock.today(), reported_unit=cast.units["office"])
    hazard_in(cast, "rectifying", found_on=clock.today() + timedelta(days=40), reported_unit=cast.units["office"])
    assert row_of(cast).counts["missed"] == 0


@pytest.mark.parametrize(
    ("clean", "bad", "ordered", "flags"),
    [
        (4, 0, 0, []),
        (5, 0, 0, ["零隐患", "零处罚"]),
        (3, 2, 0, ["零处罚"]),
        (2, 3, 0, ["零处罚", "只检查不处罚"]),
        (0, 6, 3, ["只检查不处罚"]),
        (0, 7, 4, []),
    ],
)
def test_flags_are_raised_from_enough_visits_only(cast, clean, bad, ordered, flags):
    visits(cast, clean)
    for found in visits(cast, bad, bad_count=1)[:ordered]:
        order(cast, found)
    assert row_of(cast).flags == flags


def test_patrols_are_not_asked_for_orders(cast):
    visits(cast, 6, kind="patrol", unit="village", bad_count=1)
    assert row_of(cast, unit="village").flags == []


def test_a_department_sees_its_own_row_and_the_office_every_units(cast):
    visits(cast, 1), visits(cast, 1, unit="office")
    assert row_of(cast, "department") is not None
    assert row_of(cast, "department", "office") is None
    assert row_of(cast, "leader", "office") is not None
    assert leniency.rows(cast.fresh("rival_officer"), *span()) == []


def test_every_number_opens_its_visits(as_, cast):
    visits(cast, 2), visits(cast, 3, bad_count=1)
    client = as_("officer")
    for row in client.get(reverse("leniency")).context["rows"]:
        for _, number, url in row["cells"]:
            assert len(client.get(url).context["ledger"].rows) == number, url


def test_the_page_names_no_person(as_, cast):
    visits(cast, 6, created_by=cast.department)
    page = as_("officer").get(reverse("leniency")).content.decode()
    assert "零隐患" in page
    assert cast.department.name not in page


def test_a_span_that_cannot_be_is_refused_and_kept(as_, cast):
    answer = as_("officer").get(reverse("leniency") + "?first=2026-05-01&last=2026-04-01")
    assert answer.status_code == 422
    assert "止不能早于起" in answer.content.decode()
    assert as_("officer").get(reverse("leniency-visits", args=[1, "nothing"])).status_code == 404
