"""The table of assignments, action × state × role: what the design says and what perform does."""

from __future__ import annotations

import pytest

from common.errors import Forbidden, WrongState
from tasks.models import Assignment, AssignmentState
from tasks.transitions.assignments import LIFECYCLE, RULES
from tests.tasks.builders import assigned

OFFICE, VILLAGE, LEADS = {"officer", "head"}, {"grid"}, {"department", "second"}
RUNNING = {"open", "in_progress"}
GIVERS = OFFICE | LEADS
# Of the village's part in a task the department leads; written out independently of RULES: action → (states, people who may).
TABLE = {
    "start": ({"open"}, VILLAGE),
    "report_progress": (RUNNING, VILLAGE),
    "submit_completion": (RUNNING, VILLAGE),
    "withdraw": ({"submitted"}, VILLAGE),
    "accept": ({"submitted"}, GIVERS),
    "return_completion": ({"submitted"}, GIVERS),
    "change_deadline": (RUNNING, GIVERS),
    "remind": (RUNNING, GIVERS),
    "cancel": (RUNNING | {"submitted"}, GIVERS),
    "reopen": ({"done", "cancelled"}, GIVERS),
}


def refusal(action, record, person):
    try:
        LIFECYCLE.check(action, record, person)
    except (WrongState, Forbidden) as error:
        return type(error)
    return None


def test_people_press_exactly_the_actions_of_the_table():
    assert {name for name, rule in RULES.items() if not rule.system} == set(TABLE)


@pytest.mark.parametrize("state", AssignmentState.values)
def test_state_and_role_decide_as_the_table_says(cast, state):
    record = assigned(cast)
    Assignment.objects.filter(pk=record.pk).update(state=state)
    record.refresh_from_db()
    wrong = []
    for name in cast.people:
        person = cast.fresh(name)
        for action, (states, who) in TABLE.items():
            expected = WrongState if state not in states else None if name in who else Forbidden
            if refusal(action, record, person) is not expected:
                wrong.append((name, action, state))
    assert not wrong


def test_a_department_does_not_judge_its_own_part(cast):
    own = assigned(cast, "department")
    assert refusal("change_deadline", own, cast.fresh("department")) is Forbidden
    assert refusal("change_deadline", own, cast.fresh("officer")) is None
