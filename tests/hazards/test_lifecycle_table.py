"""The whole table, action × state × role: what the design says, what the buttons show and what perform does."""

from __future__ import annotations

import pytest

from common.errors import Forbidden, WrongState
from hazards import transitions
from hazards.models import Hazard
from hazards.models.hazard import State
from tests.hazards.builders import hazard_in, pending_extension, pending_plan, values_for

OFFICE, FIRM = {"officer", "head"}, {"principal", "safety"}
CHECKERS = OFFICE | {"department", "second", "grid"}
DECIDERS = OFFICE | {"department", "second"}
TIMED, OPEN = {"planning", "rectifying"}, {"reported", "planning", "rectifying", "submitted", "reviewed"}

# The design's table, written out independently of RULES: action → (states, people who may).
DESIGN = {
    "submit_report": ({"draft"}, {"safety"}),
    "confirm": ({"reported"}, CHECKERS),
    "fix_on_spot": ({"reported"}, CHECKERS),
    "dismiss": ({"reported"}, CHECKERS),
    "file_plan": ({"planning"}, FIRM),
    "approve_plan": ({"planning"}, DECIDERS),
    "return_plan": ({"planning"}, DECIDERS),
    "report_progress": ({"rectifying"}, FIRM),
    "request_extension": ({"rectifying"}, FIRM),
    "grant_extension": ({"rectifying"}, DECIDERS),
    "refuse_extension": ({"rectifying"}, DECIDERS),
    "submit_rectification": ({"rectifying"}, FIRM),
    "pass_review": ({"submitted"}, CHECKERS),
    "fail_review": ({"submitted"}, CHECKERS),
    "sign_off": ({"reviewed"}, {"head"}),
    "return_to_review": ({"reviewed"}, {"head"}),
    "change_level": (OPEN, DECIDERS),
    "cite_criterion": ((OPEN | {"closed"}) - {"reported"}, DECIDERS),
    "mark_campaign": (OPEN | {"closed"}, CHECKERS),
    "correct_deadline": (TIMED, {"head"}),
    "reopen": ({"closed"}, {"head"}),
    "transfer": ({"reported", "rectifying"}, {"head"}),
}
LEVEL = {"sign_off": "key", "pass_review": "key", "cite_criterion": "major"}  # where it is not 一般
PEOPLE = (
    "officer", "head", "department", "second", "grid", "expert", "principal", "safety", "leader", "sysadmin",
    "secadmin", "auditor", "rival_safety", "rival_officer", "rival_head", "rival_department",
)  # fmt: skip


def test_the_rules_are_the_designs_actions():
    assert {name for name, rule in transitions.RULES.items() if not rule.system} == set(DESIGN)


@pytest.mark.parametrize("state", State.values)
def test_each_person_gets_exactly_the_buttons_of_the_design(cast, state):
    hazard = hazard_in(cast, state)
    for name in PEOPLE:
        expected = {action for action, (states, people) in DESIGN.items() if state in states and name in people}
        assert set(transitions.allowed_actions(hazard, cast.people[name])) == expected, name


@pytest.mark.parametrize("action", DESIGN)
def test_perform_refuses_every_other_state_and_person_and_writes_nothing(cast, action):
    states, people = DESIGN[action]
    for state in State.values:
        hazard = hazard_in(cast, state)
        wrong = PEOPLE if state not in states else [name for name in PEOPLE if name not in people]
        for name in wrong:
            with pytest.raises(WrongState if state not in states else Forbidden):
                transitions.perform(action, hazard.pk, cast.people[name])
        hazard.refresh_from_db()
        assert (hazard.state, hazard.version, hazard.events.count()) == (state, 0, 0)


@pytest.mark.parametrize("action", DESIGN)
def test_perform_does_it_from_every_state_of_the_design(cast, photo, action):
    states, people = DESIGN[action]
    actor = "head" if "head" in people else sorted(people)[-1]
    for state in sorted(states):
        hazard = hazard_in(cast, state, level=LEVEL.get(action, "general"))
        prepare(hazard, cast, action, photo)
        done = transitions.perform(
            action, hazard.pk, cast.people[actor], version=0, **values_for(action, cast, lambda: [photo(actor)])
        )
        event = done.events.latest("pk")
        assert (event.action, event.source, event.target) == (action, state, done.state)
        assert (event.actor_id, event.seq) == (cast.people[actor].pk, done.version)


def prepare(hazard, cast, action, photo):
    """What must already stand for the action's guard to agree."""
    if action in ("approve_plan", "return_plan"):
        pending_plan(hazard, cast)
    if action in ("grant_extension", "refuse_extension"):
        pending_extension(hazard, cast)
    if action == "cite_criterion":  # as an old ledger left it
        Hazard.objects.filter(pk=hazard.pk).update(criterion=None, level="major", confirmed_at=None)
    if action in ("fix_on_spot", "sign_off"):
        hazard.evidence.create(attachment=photo("safety"), stage="before")
    if action == "sign_off":
        hazard.evidence.create(attachment=photo("safety"), stage="after")
        hazard.events.create(seq=90, at=hazard.created_at, action="pass_review", label="复查合格", actor_name="甲")


@pytest.mark.parametrize("level", ["key", "major"])
def test_a_village_handles_general_hazards_only(cast, level):
    assert "pass_review" not in transitions.allowed_actions(hazard_in(cast, "submitted", level), cast.grid)
    hazard = hazard_in(cast, "reported")
    with pytest.raises(Forbidden):
        transitions.perform("confirm", hazard.pk, cast.grid, level=level, responsible_person="李四")
