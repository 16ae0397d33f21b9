"""Risk points, the enterprise's colour by rule or by person, and the frequency that follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from common.errors import Forbidden, Refused, WrongState
from common.models import TimeLimit
from inspections import frequency
from inspections.models.risks import LevelChange, RiskPoint
from inspections.transitions import risks
from tests.hazards.builders import hazard_in
from tests.inspections.planning import risk_point
from units.models import Enterprise, Unit

PEOPLE = (
    "officer", "head", "department", "grid", "expert", "principal", "safety", "leader", "rival_safety", "rival_officer",
    "sysadmin", "secadmin", "auditor",
)  # fmt: skip
DESIGN = {"edit": "active", "review": "active", "retire": "active", "restore": "retired"}


def profile(cast):
    return Enterprise.objects.get(unit=cast.units["firm"])


@pytest.mark.parametrize("state", RiskPoint.State.values)
def test_only_the_enterprise_itself_keeps_its_points(cast, state):
    point = risk_point(cast)
    RiskPoint.objects.filter(pk=point.pk).update(state=state)
    point.refresh_from_db()
    for name in PEOPLE:
        expected = (
            {action for action, source in DESIGN.items() if source == state}
            if name in ("principal", "safety")
            else set()
        )
        assert set(risks.LIFECYCLE.allowed(point, cast.people[name])) == expected, name


@pytest.mark.parametrize(("action", "source"), DESIGN.items())
def test_an_action_from_another_state_or_person_writes_nothing(cast, action, source):
    point = risk_point(cast)
    other = "retired" if source == "active" else "active"
    for state, person, refusal in ((other, "safety", WrongState), (source, "rival_safety", Forbidden)):
        RiskPoint.objects.filter(pk=point.pk).update(state=state)
        with pytest.raises(refusal):
            risks.perform(action, point.pk, cast.people[person])
    point.refresh_from_db()
    assert (point.version, point.events.count()) == (0, 1)


@pytest.mark.parametrize("missing", ["name", "controls", "owner", "level"])
def test_a_point_without_controls_or_owner_is_refused_at_its_field(cast, missing):
    with pytest.raises(Refused) as refusal:
        risk_point(cast, **{missing: ""})
    assert set(refusal.value.fields) == {missing}


def test_the_next_review_must_lie_ahead(cast):
    with pytest.raises(Refused) as refusal:
        risk_point(cast, review_on=clock.today())
    assert "review_on" in refusal.value.fields


def test_nobody_registers_a_point_of_another_enterprise(cast):
    with pytest.raises(Forbidden):
        risks.register(cast.fresh("rival_safety"), cast.units["firm"], name="x")


def test_an_edit_keeps_before_and_after(cast):
    point = risk_point(cast)
    values = {name: getattr(point, name) for name in risks.FIELDS} | {"controls": "停用并封存"}
    risks.perform("edit", point.pk, cast.safety, **values)
    event = point.events.last()
    assert (event.data["before"], event.data["after"]) == (
        {"controls": "湿式除尘，每班清扫"},
        {"controls": "停用并封存"},
    )


def test_a_late_review_is_counted_and_ends_with_the_review(cast):
    point = risk_point(cast)
    RiskPoint.objects.filter(pk=point.pk).update(review_on=clock.today() - timedelta(days=1))
    assert RiskPoint.objects.overdue().count() == 1
    risks.perform("review", point.pk, cast.safety, level="yellow", review_on=clock.today() + timedelta(days=9))
    assert RiskPoint.objects.overdue().count() == 0


def test_the_rule_takes_the_highest_active_point_and_says_nothing_without_points(cast):
    firm = cast.units["firm"]
    assert risks.rule_level(firm.pk) == ""
    low, high = risk_point(cast, "yellow"), risk_point(cast, "orange")
    assert risks.rule_level(firm.pk) == "orange"
    risks.perform("retire", high.pk, cast.safety, reason="设备拆除")
    assert risks.rule_level(low.unit_id) == "yellow"


def test_an_open_major_hazard_makes_the_rule_say_red(cast):
    hazard_in(cast, "rectifying", "major")
    assert risks.rule_level(cast.units["firm"].pk) == "red"


def test_adopting_the_rule_changes_the_profile_and_says_why(cast):
    risk_point(cast, "orange")
    change = risks.adopt_rule(cast.fresh("officer"), cast.units["firm"])
    assert (profile(cast).risk, change.before, change.after, change.by_rule) == ("orange", "blue", "orange", True)
    with pytest.raises(WrongState):
        risks.adopt_rule(cast.fresh("officer"), cast.units["firm"])
    assert LevelChange.objects.count() == 1


def test_a_person_may_decide_otherwise_but_only_with_a_reason(cast):
    with pytest.raises(Refused) as refusal:
        risks.set_level(cast.fresh("officer"), cast.units["firm"], "red", "")
    assert "reason" in refusal.value.fields
    change = risks.set_level(cast.fresh("officer"), cast.units["firm"], "red", "今年发生事故")
    assert (profile(cast).risk, change.by_rule, change.reason) == ("red", False, "今年发生事故")


@pytest.mark.parametrize("name", ["department", "grid", "safety", "leader"])
def test_only_the_office_grades_an_enterprise(cast, name):
    with pytest.raises(Forbidden):
        risks.set_level(cast.fresh(name), cast.units["firm"], "red", "理由")


def test_a_grade_needs_a_validity_ahead_and_leaves_its_history(cast):
    officer, firm = cast.fresh("officer"), cast.units["firm"]
    with pytest.raises(Refused) as refusal:
        risks.set_grade(officer, firm, "3", clock.today(), "证书1号")
    assert "valid_until" in refusal.value.fields
    risks.set_grade(officer, firm, "3", clock.today() + timedelta(days=900), "证书1号")
    risks.set_grade(officer, firm, "", None, "发生事故撤销")
    assert [c.after for c in LevelChange.objects.order_by("pk")] == ["3", ""]
    assert profile(cast).grade_until is None


def test_a_better_grade_means_fewer_visits_and_an_expired_one_none_fewer(cast):
    today = date(2026, 11, 1)
    firm = Enterprise(risk="red", grade="1", grade_until=date(2026, 12, 1))
    plain = Enterprise(risk="red")
    expired = Enterprise(risk="red", grade="1", grade_until=date(2026, 10, 1))
    assert frequency.visits_a_year(firm, "", today) < frequency.visits_a_year(plain, "", today)
    assert frequency.visits_a_year(expired, "", today) == frequency.visits_a_year(plain, "", today)


def test_the_office_changes_the_frequency_as_policy(cast):
    path = cast.areas["street"].path
    TimeLimit.objects.create(
        key="visits.blue.none",
        area_path=path,
        value=3,
        unit="times",
        basis="本街道规定",
        effective_from=date(2026, 1, 1),
    )
    assert frequency.visits_a_year(profile(cast), path) == 3
    assert frequency.visits_a_year(profile(cast), cast.areas["rival_street"].path) == 1


def test_the_edit_form_of_an_enterprise_leaves_level_and_grade_to_their_page(as_, cast):
    page = as_("officer").get(reverse("enterprise-edit", args=[cast.units["firm"].pk]))
    assert not {"risk", "grade", "grade_until"} & set(page.context["form"].fields)


def test_the_office_adopts_the_rule_for_those_picked_and_reads_what_was_left(as_, cast):
    risk_point(cast, "red")
    browser = as_("officer")
    ids = [cast.units["firm"].pk, cast.units["neighbour"].pk, cast.units["rival_firm"].pk]
    page = browser.post(reverse("risk-level-adopt"), {"ids": ids}, follow=True)
    assert profile(cast).risk == "red"
    said = [str(message) for message in page.context["messages"]]
    assert said == ["已按规则调整1家企业的风险等级。", "1家未调整：“甲街道机械厂”还没有登记风险点，不能按规则定级。"]


def test_the_list_of_levels_tells_where_rule_and_level_differ(as_, cast):
    risk_point(cast, "red")
    page = as_("officer").get(reverse("risk-level-list") + "?basis=differs")
    assert [row.name for row in page.context["ledger"].rows] == ["甲街道食品厂"]


def test_a_refused_registration_keeps_what_was_typed(as_, cast):
    page = as_("safety").post(reverse("risk-point-new"), {"name": "锅炉", "controls": "专人值守"})
    assert page.status_code == 422
    assert "锅炉" in page.content.decode()
    assert RiskPoint.objects.count() == 0


def test_the_page_of_an_enterprise_shows_its_risk(as_, cast):
    risk_point(cast, "orange")
    page = as_("officer").get(cast.units["firm"].get_absolute_url())
    assert "风险分级与风险点" in page.content.decode()


def located(cast, name, risk, at=(25.0, 102.5)):
    """An enterprise of the cast with colour and position."""
    Enterprise.objects.filter(unit=cast.units[name]).update(risk=risk, latitude=at[0], longitude=at[1])


def shown_on(answer):
    """Title → mark."""
    return {mark["title"]: mark for mark in answer.context["marks"]}


def test_the_map_shows_each_enterprise_in_its_colour_with_its_open_hazards_and_the_areas_in_their_worst(as_, cast):
    located(cast, "firm", "orange")
    located(cast, "neighbour", "blue", (25.02, 102.52))
    for state in ("rectifying", "submitted", "closed"):
        hazard_in(cast, state)
    client = as_("officer")
    answer = client.get(reverse("risk-map"))
    marks = shown_on(answer)
    firm = marks[cast.units["firm"].name]
    assert (firm["tone"], firm["text"], firm["count"]) == ("orange", "橙", 2)
    assert marks[cast.units["firm"].area.name]["tone"] == "orange"
    listed = client.get(f"{reverse('hazard-list')}?unit={cast.units['firm'].pk}&opened=true")
    assert len(listed.context["ledger"].rows) == firm["count"]


def test_the_map_is_narrowed_by_colour_and_by_open_hazards(as_, cast):
    located(cast, "firm", "orange")
    located(cast, "neighbour", "blue", (25.02, 102.52))
    hazard_in(cast, "rectifying")
    client, (firm, other) = as_("officer"), (cast.units["firm"].name, cast.units["neighbour"].name)
    for query, expected in (
        ("risk=blue", {other}),
        ("open=on", {firm}),
        ("risk=blue&open=on", set()),
        ("", {firm, other}),
    ):
        marks = shown_on(client.get(f"{reverse('risk-map')}?{query}"))
        assert {title for title, mark in marks.items() if not mark.get("area")} == expected, query


def test_nobody_sees_on_the_map_what_lies_outside_their_reach(as_, cast):
    located(cast, "firm", "red")
    assert cast.units["firm"].name not in shown_on(as_("rival_officer").get(reverse("risk-map")))
    assert set(shown_on(as_("safety").get(reverse("risk-map")))) == {
        cast.units["firm"].name,
        cast.units["firm"].area.name,
    }


def test_the_map_costs_the_same_for_many_enterprises(as_, cast):
    located(cast, "firm", "red")
    client, costs = as_("officer"), []
    for count in (1, 60):
        area = cast.areas["village"]
        units = [Unit(kind="enterprise", name=f"企业{count}-{n}", area=area, area_path=area.path) for n in range(count)]
        made = Unit.objects.bulk_create(units)
        Enterprise.objects.bulk_create(Enterprise(unit=unit, latitude=25, longitude=102.5) for unit in made)
        client.get(reverse("risk-map"))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("risk-map"))
        costs.append(len(seen))
    assert costs[0] == costs[1]
