"""The three tables of supervision, action × state × role: what the design says and what perform does."""

from __future__ import annotations

import pytest

from common import clock
from common.errors import Forbidden, WrongState
from supervision.models import BatchState, Letter, Listing, ListingBatch, Measure
from supervision.models.letters import LetterState
from supervision.models.listings import ListingState
from supervision.transitions import batches, letters, listings, measures
from tests.supervision.world import confirmed

OFFICE, FIRM, DEPARTMENT = {"officer", "head"}, {"principal", "safety"}, {"department", "second"}
DECIDERS = {"head", "leader"}
RUNNING = {"approved", "served", "treating", "acceptance", "accepted"}

# Written out independently of RULES: action → (states, people who may).
LETTERS = {
    "edit": ({"draft"}, OFFICE),
    "send": ({"draft"}, DECIDERS),
    "receive": ({"sent"}, FIRM),
    "answer": ({"sent", "received"}, FIRM),
    "accept": ({"answered"}, OFFICE),
    "return_answer": ({"answered"}, OFFICE),
    "void": ({"draft", "sent", "received"}, DECIDERS),
}
LISTINGS = {
    "opine": ({"proposed"}, DEPARTMENT),
    "edit_notice": ({"proposed"}, OFFICE),
    "edit_delisting": ({"accepted"}, OFFICE),
    "approve": ({"proposed"}, DECIDERS),
    "reject": ({"proposed"}, DECIDERS),
    "serve": ({"approved"}, OFFICE),
    "publish": (RUNNING, OFFICE),
    "file_plan": ({"served"}, FIRM),
    "report_progress": ({"treating"}, FIRM),
    "apply_acceptance": ({"treating"}, FIRM),
    "accept": ({"acceptance"}, DEPARTMENT),
    "fail_acceptance": ({"acceptance"}, DEPARTMENT),
    "return_acceptance": ({"accepted"}, DECIDERS),
    "delist": ({"accepted"}, {"head"}),
    "unpublish": (RUNNING | {"delisted"}, OFFICE),
    "publish_delisting": ({"delisted"}, OFFICE),
    "set_batch": ({"proposed"} | RUNNING, OFFICE),
}
BATCHES = {
    "edit_notice": ({"open"}, OFFICE),
    "issue": ({"open"}, DECIDERS),
}
MEASURES = {
    "edit_paper": ({"proposed"}, OFFICE),
    "decide": ({"proposed"}, DECIDERS),
    "decline": ({"proposed"}, DECIDERS),
    "record": ({"decided"}, OFFICE),
    "follow_up": ({"done"}, OFFICE),
}
PEOPLE = (
    "officer", "head", "department", "second", "grid", "expert", "principal", "safety", "leader", "sysadmin",
    "secadmin", "auditor", "rival_safety", "rival_officer", "rival_head", "rival_department",
)  # fmt: skip


def letter_in(cast, state):
    return Letter.objects.create(
        office=cast.units["office"], kind="urge", state=state, title="x", matter="x", demand="x",
        area_path=cast.units["firm"].area_path, to_unit=cast.units["firm"], drafted_unit=cast.units["office"],
    )  # fmt: skip


def listing_in(cast, state):
    hazard = confirmed(cast, "key")
    return Listing.objects.create(
        hazard=hazard, office=cast.units["office"], area_path=hazard.area_path, kind="key", state=state,
        department=cast.units["department"], reason="x", public_from=clock.now(),
    )  # fmt: skip


def batch_in(cast, state):
    number = ListingBatch.objects.count() + 1
    return ListingBatch.objects.create(office=cast.units["office"], year=2026, number=number, state=state)


def measure_in(cast, state):
    hazard = confirmed(cast, "key")
    return Measure.objects.create(
        kind="publish", state=state, unit=hazard.unit, hazard=hazard, area_path=hazard.area_path, reason="x",
        follow_up_by=clock.now(),
    )  # fmt: skip


TABLES = {
    "letters": (letters.LIFECYCLE, LETTERS, LetterState.values, letter_in),
    "listings": (listings.LIFECYCLE, LISTINGS, ListingState.values, listing_in),
    "batches": (batches.LIFECYCLE, BATCHES, BatchState.values, batch_in),
    "measures": (measures.LIFECYCLE, MEASURES, Measure.State.values, measure_in),
}
CELLS = [(table, state) for table, (_, _, states, _) in TABLES.items() for state in states]
ACTIONS = [(table, action) for table, (_, design, _, _) in TABLES.items() for action in design]


@pytest.mark.parametrize("table", TABLES)
def test_the_rules_people_press_are_the_designs_actions(table):
    lifecycle, design, _, _ = TABLES[table]
    assert {name for name, rule in lifecycle.rules.items() if not rule.system} == set(design)


@pytest.mark.parametrize(("table", "state"), CELLS)
def test_each_person_gets_exactly_the_buttons_of_the_design(cast, table, state):
    lifecycle, design, _, make = TABLES[table]
    record = make(cast, state)
    for name in PEOPLE:
        expected = {action for action, (states, people) in design.items() if state in states and name in people}
        assert set(lifecycle.allowed(record, cast.people[name])) == expected, name


@pytest.mark.parametrize(("table", "action"), ACTIONS)
def test_perform_refuses_every_other_state_and_person_and_writes_nothing(cast, table, action):
    lifecycle, design, every_state, make = TABLES[table]
    states, people = design[action]
    for state in every_state:
        record = make(cast, state)
        wrong = PEOPLE if state not in states else [name for name in PEOPLE if name not in people]
        for name in wrong:
            with pytest.raises(WrongState if state not in states else Forbidden):
                lifecycle.perform(action, record.pk, cast.people[name])
        record.refresh_from_db()
        assert (record.state, record.version, record.events.count()) == (state, 0, 0)
