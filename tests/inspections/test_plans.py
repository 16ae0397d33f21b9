"""Plans built from level, grade, targets and caps; workload, coverage, approval by somebody else, the published layout."""

from __future__ import annotations

import io
from collections import Counter
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from common import clock
from common.errors import Forbidden, Refused, WrongState
from common.models import TimeLimit
from inspections import frequency
from inspections.models.plans import InspectionPlan, PlannedVisit
from inspections.models.visits import Inspection
from inspections.queries import plans as reads
from inspections.spreading import Object, Slot, assigned, months_of, sampled
from inspections.transitions import plans
from inspections.views.plans import LAYOUT
from tests.inspections.planning import built, conflict, firms, planned
from tests.inspections.visiting import certify
from units.models import Enterprise, Sector

PEOPLE = (
    "officer", "head", "department", "grid", "expert", "principal", "safety", "leader", "rival_officer", "rival_head",
    "sysadmin", "secadmin", "auditor",
)  # fmt: skip
PLANNERS, HEAD = {"officer", "head"}, {"head"}
DESIGN = {
    "build": ({"draft"}, PLANNERS),
    "submit": ({"draft"}, PLANNERS),
    "approve": ({"submitted"}, HEAD),
    "return_draft": ({"submitted"}, HEAD),
    "void": ({"draft", "submitted", "approved"}, HEAD),
}
NEXT = clock.today().year + 1


def set_risk(cast, risk, **more):
    Enterprise.objects.filter(unit=cast.units["firm"]).update(risk=risk, **more)


def visit(cast, unit="firm", at=None, **fields):
    at = at or clock.now()
    found = cast.units[unit]
    values = {"unit": found, "area_path": found.area_path, "by_unit": cast.units["office"], "state": "done",
              "started_at": at, "finished_at": at, **fields}  # fmt: skip
    return Inspection.objects.create(**values)


def test_months_lie_evenly_apart():
    assert months_of(Object(4, 4, "red", 0), 4) == [2, 5, 8, 11]
    assert months_of(Object(0, 12, "red", 0), 12) == list(range(1, 13))
    assert months_of(Object(7, 2, "red", 0), 2, first=11) == [11, 12]


def test_a_sample_takes_the_redder_and_the_longer_unvisited_first():
    objects = [
        Object(1, 1, "blue", 900),
        Object(2, 1, "red", 10),
        Object(3, 1, "blue", 10_000),
        Object(4, 1, "blue", 5),
    ]
    assert [each.pk for each in sampled(objects, 50)] == [2, 3]
    assert len(sampled(objects, 20)) == 1


def test_nobody_gets_more_than_a_month_holds_and_conflicts_keep_apart():
    slots = [Slot(unit, 1) for unit in range(1, 6)]
    done = assigned(slots, [10, 20], {(1, 10)}, 2)
    assert Counter(slot.inspector for slot in done) == {10: 2, 20: 2, None: 1}
    assert next(slot for slot in done if slot.unit == 1).inspector == 20


def test_visits_follow_level_and_grade(cast):
    set_risk(cast, "red")
    plan = built(cast)
    assert plan.visits.filter(unit=cast.units["firm"]).count() == 12
    set_risk(cast, "red", grade="1", grade_until=clock.today() + timedelta(days=999))
    plans.perform("build", plan.pk, cast.fresh("officer"))
    assert plan.visits.filter(unit=cast.units["firm"]).count() == 4


def test_administrative_visits_stay_within_the_cap_over_all_plans(cast):
    certify(cast, "department", "second")
    set_risk(cast, "red")
    plan = built_by_department(cast)
    assert plan.visits.count() == frequency.cap(plan.area_path) == 2
    assert "压减1家" in plan.events.last().note


def built_by_department(cast):
    plan = planned(cast, "department", ("department", "second"), kind="administrative")
    return plans.perform("build", plan.pk, cast.fresh("department"))


def test_a_plan_over_the_cap_is_not_submitted(cast):
    certify(cast, "department", "second")
    set_risk(cast, "red")
    plan = built_by_department(cast)
    TimeLimit.objects.create(
        key="inspection.cap", area_path="", value=1, unit="times", basis="压减", effective_from=clock.today()
    )
    with pytest.raises(Refused, match="超过每年上限"):
        plans.perform("submit", plan.pk, cast.fresh("department"))


def test_administrative_people_need_a_certificate(cast):
    certify(cast, "department", days=-1)
    with pytest.raises(Refused) as refusal:
        planned(cast, "department", ("department",), kind="administrative")
    assert refusal.value.fields["people"] == "行政检查人员须持有效执法证：测试department没有。"


def test_one_plan_a_period_until_it_is_void(cast):
    plan = planned(cast)
    with pytest.raises(Refused, match="已有同类计划"):
        planned(cast)
    plans.perform("void", plan.pk, cast.fresh("head"), reason="重编")
    assert planned(cast).pk != plan.pk


def test_a_past_period_is_refused(cast):
    with pytest.raises(Refused):
        planned(cast, year=clock.today().year - 1)


def test_a_sampling_target_plans_only_its_share(cast):
    sector = Sector.objects.get(code="TJJ")
    firms(cast, 9, sector=sector, department=cast.units["department"])
    plan = planned(cast)
    matter = plan.matters.get(sector=sector)
    matter.target = 20
    matter.save()
    plans.perform("build", plan.pk, cast.fresh("officer"))
    assert matter.visits.values("unit").distinct().count() == 2
    assert reads.coverage(plan)[0].wanted == 2


def test_coverage_counts_enterprises_really_visited_and_its_numbers_equal_the_lists(as_, cast):
    plan = built(cast, year=clock.today().year)
    visit(cast), visit(cast), visit(cast, mode="recheck", unit="neighbour")
    row = next(row for row in reads.coverage(plan) if row.matter.sector_id)
    assert (row.total, row.visited, row.ratio) == (1, 1, 1.0)
    page = as_("officer").get(reverse("plan-covered", args=[plan.pk, row.matter.pk]) + "?is_visited=true")
    assert [shown.name for shown in page.context["ledger"].rows] == ["甲街道食品厂"]


def test_a_planned_visit_is_done_when_the_enterprise_was_visited_that_month(cast):
    plan = built(cast, year=clock.today().year)
    PlannedVisit.objects.filter(plan=plan).update(month=clock.today().month)
    assert not plan.visits.with_done().filter(is_done=True).exists()
    visit(cast)
    assert [row.unit for row in plan.visits.with_done().filter(is_done=True)] == [cast.units["firm"]]


def test_a_monthly_plan_takes_the_month_of_the_year_and_what_was_left_undone(cast):
    today = clock.today()
    yearly = built(cast, year=today.year)
    PlannedVisit.objects.filter(plan=yearly).update(month=max(1, today.month - 1))
    plans.perform("submit", yearly.pk, cast.fresh("officer"))
    plans.perform("approve", yearly.pk, cast.fresh("head"))
    monthly = built(cast, year=today.year, month=today.month)
    assert set(monthly.visits.values_list("unit", "month")) == {(cast.units["firm"].pk, today.month)}


def test_who_drafted_does_not_approve(cast):
    plan = plans.begin(cast.fresh("head"), kind="patrol", year=NEXT, month=None, title="", people=[cast.head])
    plans.perform("build", plan.pk, cast.fresh("head"))
    plans.perform("submit", plan.pk, cast.fresh("officer"))
    with pytest.raises(Forbidden):
        plans.perform("approve", plan.pk, cast.fresh("head"))


def test_an_empty_plan_is_not_submitted(cast):
    with pytest.raises(Refused, match="还没有检查安排"):
        plans.perform("submit", planned(cast).pk, cast.fresh("officer"))


def test_rows_change_only_while_drafted(cast):
    plan = built(cast)
    plans.perform("submit", plan.pk, cast.fresh("officer"))
    with pytest.raises(WrongState):
        plans.change_visit(cast.fresh("officer"), plan.visits.first().pk, month=3, inspector=None)
    with pytest.raises(WrongState):
        plans.remove_matter(cast.fresh("officer"), plan.pk, plan.matters.first().pk)


def test_a_person_who_must_keep_away_cannot_be_given_the_visit(cast):
    plan = built(cast)
    conflict(cast, "officer", "firm")
    with pytest.raises(Refused) as refusal:
        plans.change_visit(cast.fresh("officer"), plan.visits.first().pk, month=3, inspector=cast.fresh("officer"))
    assert "inspector" in refusal.value.fields


@pytest.mark.parametrize("state", InspectionPlan.State.values)
def test_each_person_gets_exactly_the_buttons_of_the_design(cast, state):
    plan = planned(cast)
    plan.state = state
    for name in PEOPLE:
        expected = {action for action, (states, people) in DESIGN.items() if state in states and name in people}
        assert set(plans.LIFECYCLE.allowed(plan, cast.people[name])) == expected, name


@pytest.mark.parametrize("action", DESIGN)
def test_another_state_or_person_is_refused_and_writes_nothing(cast, action):
    plan = planned(cast)
    states, people = DESIGN[action]
    for state in InspectionPlan.State.values:
        InspectionPlan.objects.filter(pk=plan.pk).update(state=state)
        for name in PEOPLE if state not in states else set(PEOPLE) - people:
            with pytest.raises(WrongState if state not in states else Forbidden):
                plans.perform(action, plan.pk, cast.people[name])
    plan.refresh_from_db()
    assert (plan.version, plan.events.count()) == (0, 1)


def test_the_export_has_the_published_columns(as_, cast):
    plan = built(cast)
    answer = as_("officer").get(reverse("plan-export", args=[plan.pk, "xlsx"]))
    rows = list(
        openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True)
    )
    heads = [label for label, _ in LAYOUT]
    head = next(index for index, row in enumerate(rows) if list(row)[: len(heads)] == heads)
    assert rows[head + 1][:5] == (
        1,
        "测试工贸JJ企业安全生产巡查",
        "《中华人民共和国安全生产法》第九条",
        "1家",
        rows[head + 1][4],
    )


def test_pages_of_a_plan_open_and_its_workload_opens_the_visits(as_, cast):
    plan, browser = built(cast), as_("officer")
    page = browser.get(plan.get_absolute_url())
    assert "人员工作量" in page.content.decode()
    listed = browser.get(reverse("planned-visit-list") + f"?plan={plan.pk}&inspector={cast.officer.pk}")
    assert len(listed.context["ledger"].rows) == plan.visits.count()
    assert browser.get(reverse("plan-calendar") + "?month=2026-02").status_code == 200


def test_an_enterprise_never_sees_a_plan(as_, cast):
    assert as_("safety").get(reverse("plan-list")).status_code == 403
