"""The tables of visits and papers, action × state × role: what the design says and what perform does."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from common.errors import Forbidden, RuleError, WrongState
from inspections.models import InspectionPaper, PaperState, VisitState
from inspections.transitions import papers, visits
from tests.inspections.visiting import administrative, begun, ready

TEAM = {"department", "second"}
VISITS = {
    "start": ({"planned"}, TEAM | {"expert"}),
    "reschedule": ({"planned"}, TEAM),
    "finish": ({"running"}, TEAM),
    "cancel": ({"planned", "running"}, TEAM),
}
PAPERS = {
    "edit": ({"draft"}, TEAM),
    "issue": ({"draft"}, TEAM),
    "serve": ({"issued"}, TEAM),
    "void": ({"draft", "issued", "served"}, TEAM),
}
PEOPLE = (
    "officer", "head", "department", "second", "grid", "expert", "principal", "safety", "leader", "sysadmin",
    "secadmin", "auditor", "rival_safety", "rival_officer", "rival_head", "rival_department",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("which", ["visit", "paper"])
def test_who_may_press_what_in_which_state(cast, which):
    visit = administrative(cast)
    visit.members.create(user=cast.expert, part="expert")
    paper = InspectionPaper(
        inspection=visit, kind="record", unit=visit.unit, area_path=visit.area_path, drafted_by=cast.department
    )
    lifecycle, table, states, record = {
        "visit": (visits.LIFECYCLE, VISITS, VisitState.values, visit),
        "paper": (papers.LIFECYCLE, PAPERS, PaperState.values, paper),
    }[which]
    assert set(table) == set(lifecycle.rules)
    for state in states:
        record.state = state
        for name in PEOPLE:
            wanted = {action for action, (sources, people) in table.items() if state in sources and name in people}
            assert set(lifecycle.allowed(record, cast.fresh(name))) == wanted, (state, name)


@pytest.mark.django_db
def test_perform_refuses_what_the_table_does_not_allow(cast):
    visit = begun(cast)
    with pytest.raises(Forbidden):
        visits.perform("cancel", visit.pk, cast.fresh("head"), reason="x")
    with pytest.raises(WrongState):
        visits.perform("start", visit.pk, cast.fresh("officer"))


@pytest.mark.django_db(transaction=True)
def test_four_devices_conclude_a_visit_once(cast):
    visit = ready(cast, begun(cast), "officer")
    outcomes = []

    def conclude():
        try:
            visits.perform("finish", visit.pk, cast.fresh("officer"))
            outcomes.append("done")
        except RuleError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=conclude) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "wrong_state", "wrong_state", "wrong_state"]
    assert visit.events.filter(action="finish").count() == 1
