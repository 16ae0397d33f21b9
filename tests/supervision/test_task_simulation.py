"""The simulation of a ladder of tasks: the same counts as the real run on the same data, from the editor on."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from common import clock
from common.models import BackgroundWork
from messaging.models import Message
from supervision.models import AssignmentFiring, Letter
from supervision.simulation import work
from supervision.simulation.replay import Tally, replay
from supervision.simulation.task_past import AssignmentPast
from supervision.transitions.climb import escalate
from supervision.transitions.policies import editions
from tasks.models import Assignment
from tasks.transitions.assigning import assign
from tasks.transitions.assignments import perform
from tasks.transitions.plans import UnitData
from tests.supervision.records import typed
from tests.supervision.test_task_ladder import DUE, GIVEN
from tests.tasks.builders import LEAD, day, plan_of, task_data

DAY = timedelta(days=1)


@pytest.fixture
def quarter(cast):
    """Three months of tasks: never touched, moved, returned, done and reopened, cancelled, of the office itself."""
    with clock.at(GIVEN):
        named = [task_data(cast, no=str(n), terms=(day((DUE + n * DAY).isoformat()),)) for n in range(5)]
        own = task_data(cast, units=(UnitData(cast.units["office"], LEAD),), terms=(day(DUE.isoformat()),))
        tasks = list(plan_of(cast, *named, own, task_data(cast, terms=())).tasks.order_by("pk"))
        assign(cast.fresh("officer"), [task.pk for task in tasks], backfill=True)
    moved, returned, again, cancelled = (_village_part(cast, task) for task in tasks[:4])
    giver, village = cast.fresh("officer"), cast.fresh("grid")
    lives = {
        20: lambda: perform("change_deadline", moved.pk, giver, reason="延期", due_at=clock.now() + 30 * DAY),
        32: lambda: _submit(returned, village),
        36: lambda: perform("return_completion", returned.pk, giver, reason="不足"),
        33: lambda: _submit(again, village),
        34: lambda: perform("accept", again.pk, giver),
        40: lambda: perform("reopen", again.pk, giver, reason="仍有", due_at=clock.now() + 9 * DAY),
        38: lambda: perform("cancel", cancelled.pk, giver, reason="并入其他任务"),
    }
    for number in range(92):
        with clock.at(GIVEN + number * DAY + timedelta(hours=16)):
            escalate()
            if number in lives:
                lives[number]()
                escalate()
    return Assignment.objects.all()


def _village_part(cast, task):
    return Assignment.objects.get(task=task, unit=cast.units["village"])


def _submit(record, actor):
    perform("submit_completion", record.pk, actor, text="已完成", no_evidence_reason="现场已看")


def simulated(since=GIVEN - DAY, until=GIVEN + 92 * DAY) -> Tally:
    """All editions in force, over all assignments."""
    held = editions.get()
    return replay(AssignmentPast(), Assignment.objects.all(), held, {each.pk for each in held}, (since, until))


def test_the_simulated_counts_of_tasks_equal_the_real_ones(quarter):
    tally, written = simulated(), Letter.objects.exclude(key=None)
    assert tally.steps == Counter(AssignmentFiring.objects.filter(merged_into="").values_list("code", flat=True))
    assert tally.letters == Counter(written.values_list("kind", flat=True))
    assert tally.units == Counter(written.values_list("to_unit", flat=True))
    told = Message.objects.filter(kind="supervision.ladder").values_list("recipient", flat=True)
    assert tally.told == Counter(told)
    assert tally.notices == AssignmentFiring.objects.filter(document="notice", merged_into="").count() > 0
    assert min(tally.letters["hint"], tally.letters["urge"]) > 0


def test_a_ladder_of_tasks_is_edited_and_simulated_beside_the_one_in_force(quarter, cast, as_):
    with clock.at(GIVEN + 90 * DAY):
        answer = as_("officer").post("/supervision/ladder/edit/", typed(subject="assignment", level=""))
        page = as_("officer").get(answer.url).content.decode()
        counted = BackgroundWork.objects.get(kind=work.KIND).result
    assert counted["would"]["steps"].keys() == {"overdue", "urge"} < counted["now"]["steps"].keys()
    assert f"涉及任务{Assignment.objects.exclude(due_at=None).count()}项" in page


def test_the_ladder_of_tasks_is_shown_beside_those_of_hazards(cast, as_):
    page = as_("officer").get("/supervision/ladder/").content.decode()
    task = next(edition for edition in editions.get() if edition.subject == "assignment")
    assert page.count("调整并模拟") >= 4
    assert f"/supervision/ladder/edit/?from={task.pk}" in page
    assert "适用：任务办理" in page
