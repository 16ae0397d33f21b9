"""挂图作战: every cell shows the state that needs most attention and opens what is behind it; its cost does not grow."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from tasks.models import Assignment, Task, TaskUnit
from tasks.transitions.assignments import perform
from tasks.transitions.plans import StageData, UnitData
from tests.tasks.builders import COOPERATING, LEAD, assigned, day, plan_of, submitted, task_data
from units.models import Unit

PAST, AHEAD = "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"


def cells(browser, record, query=""):
    page = browser.get(f"/tasks/wall/?plan={record.plan_id}{query}").content.decode()
    return re.findall(r'<td class="(w-\w+)"(?: title="([^"]*)")?>(?:<a href="([^"]+)" title="([^"]+)">)?', page)


@pytest.mark.parametrize(
    ("state", "due", "css"),
    [
        ("open", PAST, "w-late"),
        ("in_progress", PAST, "w-late"),
        ("submitted", PAST, "w-wait"),
        ("open", AHEAD, "w-open"),
        ("open", None, "w-open"),
        ("in_progress", AHEAD, "w-run"),
        ("done", PAST, "w-done"),
        ("cancelled", PAST, "w-off"),
    ],
)
def test_a_cell_looks_like_its_state_and_opens_its_assignment(as_, cast, state, due, css):
    record = assigned(cast)
    Assignment.objects.filter(pk=record.pk).update(state=state, due_at=due)
    assert (css, record.get_absolute_url()) in [
        (row[0], row[2]) for row in cells(as_("officer"), record, "&kind=village")
    ]


def test_of_several_periods_the_worst_shows_and_the_cell_opens_all(as_, cast):
    record = assigned(cast)
    Assignment.objects.filter(pk=record.pk).update(state="done")
    Assignment.objects.create(
        plan=record.plan,
        task=record.task,
        unit=record.unit,
        area_path=record.area_path,
        role="lead",
        occurrence="x",
        due_at=PAST,
    )
    css, _, href, title = cells(as_("officer"), record, "&kind=village")[0]
    assert (css, title) == ("w-late", "逾期，共2期")
    assert href.endswith(f"?task={record.task_id}&amp;unit={record.unit_id}")


def test_a_unit_named_but_not_given_the_task_shows_as_that(as_, cast):
    units = (UnitData(cast.units["department"], LEAD), UnitData(cast.units["village"], COOPERATING))
    record = assigned(cast, "department", task_data(cast, units=units))
    assert [row[1] for row in cells(as_("officer"), record, "&kind=village")] == ["配合"]


def test_a_village_sees_its_own_column_filled_and_the_others_only_named(as_, cast):
    record = assigned(cast)
    found = cells(as_("grid"), record)
    assert [row[2] for row in found if row[2]] == [record.get_absolute_url()]
    assert [row[1] for row in found if not row[2]] == ["其他单位承担"]


def test_the_office_is_told_which_unit_has_not_been_given_the_task(as_, cast):
    record = assigned(cast)
    TaskUnit.objects.create(task=record.task, unit=cast.units["firm"], role="responsible")
    assert [row[1] for row in cells(as_("officer"), record, "&kind=enterprise")] == ["未下达"]


def test_the_chart_turns_colour_as_work_comes_in(as_, cast):
    record = submitted(cast)
    before = cells(as_("officer"), record, "&kind=village")[0][0]
    perform("accept", record.pk, cast.fresh("officer"))
    assert (before, cells(as_("officer"), record, "&kind=village")[0][0]) == ("w-wait", "w-done")


def test_the_timeline_counts_what_is_due_in_a_quarter(as_, cast):
    record = assigned(cast)
    perform("cancel", Assignment.objects.get(unit=cast.units["department"]).pk, cast.fresh("officer"), reason="误下达")
    *_, href, title = cells(as_("officer"), record, "&view=timeline")[0]
    assert title.endswith("办结0/1")
    assert href.endswith("due_after=2026-10-01&amp;due_before=2026-12-31")


def shown_rows(response):
    """The titles of the rows in order."""
    return re.findall(r'scope="row"><a [^>]*>([^<]*)</a>', response.content.decode())


def test_the_timeline_shows_the_days_of_tasks_nobody_has_been_given(as_, cast):
    plan = plan_of(cast, task_data(cast, terms=(day("2025-06-30"), day("2026-12-31"))))
    page = as_("officer").get(f"/tasks/wall/?plan={plan.pk}&view=timeline").content.decode()
    assert page.count('<td class="w-named" title="未下达">·</td>') == 2
    assert "25年二季" in page


def test_the_timeline_points_at_the_quarter_of_today(as_, cast):
    plan = plan_of(cast, task_data(cast, terms=(day("2025-06-30"), day("2026-12-31"))))
    with clock.at(clock.midnight(date(2025, 11, 25))):
        page = as_("officer").get(f"/tasks/wall/?plan={plan.pk}&view=timeline").content.decode()
    assert re.findall(r'aria-current="date"><span>([^<]+)<', page) == ["25年四季"]


def full(cast, tasks, units):
    """A plan in which every unit has every task."""
    plan, area = plan_of(cast), cast.areas["village"]
    made = Unit.objects.bulk_create(
        Unit(kind=Unit.Kind.VILLAGE, name=f"村{n}", area=area, area_path=area.path) for n in range(units)
    )
    rows = Task.objects.bulk_create(
        Task(plan=plan, area_path=plan.area_path, order=10 + n, no=str(n), title=f"任务{n}") for n in range(tasks)
    )
    TaskUnit.objects.bulk_create(TaskUnit(task=task, unit=unit, role="responsible") for task in rows for unit in made)
    Assignment.objects.bulk_create(
        Assignment(plan=plan, task=task, unit=unit, area_path=area.path, role="responsible", due_at=clock.now())
        for task in rows
        for unit in made
    )
    return plan


@pytest.mark.parametrize("query", ["", "&view=timeline"])
def test_three_hundred_tasks_of_sixty_units_open_within_a_second_and_as_few_queries_as_three(as_, cast, query):
    office, costs, times = as_("officer"), [], []
    for size in ((3, 2), (300, 60)):
        address = f"/tasks/wall/?plan={full(cast, *size).pk}{query}"
        office.get(address)
        with CaptureQueriesContext(connection) as caught:
            began = time.process_time()
            page = office.get(address)
            times.append(time.process_time() - began)
        costs.append(len(caught))
        Unit.objects.filter(name__startswith="村").update(name="旧")
    assert costs[0] == costs[1]
    assert times[1] < 1
    assert len(page.content) < 500_000


def test_a_long_chart_opens_with_its_first_rows_and_the_others_follow(as_, cast):
    office, address = as_("officer"), f"/tasks/wall/?plan={full(cast, 100, 2).pk}"
    queries = ("", "&from=40", "&from=80", "&rows=all", "&paper=a3")
    rows = {query: shown_rows(office.get(f"{address}{query}")) for query in queries}
    assert [len(rows[query]) for query in queries] == [40, 40, 21, 101, 101]
    assert rows[""] + rows["&from=40"] + rows["&from=80"] == rows["&rows=all"]
    first = office.get(address).content.decode()
    assert "显示其余61项任务" in first


def test_the_wall_screen_turns_page_by_page_and_begins_again(as_, cast):
    plan = full(cast, 30, 1)
    pages = [as_("leader").get(f"/tasks/wall/screen/?plan={plan.pk}&page={n}").content.decode() for n in (1, 2)]
    assert [re.search(r"url=\?([^\"]+)\"", page).group(1) for page in pages] == [
        f"plan={plan.pk}&amp;page=2",
        f"plan={plan.pk}&amp;page=1",
    ]


def test_a_screen_holds_tasks_and_the_actions_above_them_and_every_task_once(as_, cast):
    tasks = [task_data(cast, f"任务{n}", no=str(n), action=f"行动{n // 2}") for n in range(30)]
    plan, leader = plan_of(cast, *tasks), as_("leader")
    pages = [leader.get(f"/tasks/wall/screen/?plan={plan.pk}&page={n}") for n in (1, 2)]
    shown = [[row.task.title for row in page.context["chart"].rows] for page in pages]
    assert [len(rows) for rows in shown] == [17, 13]
    assert shown[0] + shown[1] == [f"任务{n}" for n in range(30)]


def test_a_quarter_stands_under_the_stage_it_shares_most_days_with(as_, cast):
    stages = (
        StageData("动员", date(2026, 9, 1), date(2026, 10, 10)),
        StageData("攻坚", date(2026, 10, 11), date(2027, 1, 20)),
    )
    record = assigned(cast, "village", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 20), stages=stages)
    page = as_("officer").get(f"/tasks/wall/?plan={record.plan_id}&view=timeline").content.decode()
    assert re.findall(r'<th scope="colgroup" colspan="(\d)">([^<]+)</th>', page) == [("1", "动员"), ("2", "攻坚")]
