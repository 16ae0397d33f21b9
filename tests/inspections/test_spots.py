"""抽查复核: drawn once a month by a recorded seed, by people without a hand in it, found true or not, counted."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from common.errors import Forbidden, Refused, WrongState
from hazards import transitions as hazards
from inspections import proof, spotting
from inspections.jobs import draw_spot_checks
from inspections.models.spots import SpotCheck, SpotRound
from inspections.queries import spots as reads
from inspections.transitions import spots
from messaging.models import Message
from reports.statistics import SHARES, Period
from reports.statistics.shares import count
from tests.hazards.builders import hazard_in
from tests.inspections.planning import closed_hazard, last_month, spot_check

PEOPLE = (
    "officer", "head", "department", "second", "grid", "expert", "principal", "safety", "leader", "rival_officer",
    "rival_head", "sysadmin", "secadmin", "auditor",
)  # fmt: skip
DESIGN = {
    "find_true": ({"waiting"}, {"officer"}),
    "find_false": ({"waiting"}, {"officer"}),
    "reassign": ({"waiting"}, {"officer", "head"}),
    "drop": ({"waiting"}, {"head"}),
}
FOUND = {"note": "现场核对一致", "no_photo_reason": "涉密部位"}


def layer(key, percent, count, people=(7, 8), first=1):
    rows = [{"id": pk, "weight": 1, "people": list(people)} for pk in range(first, first + count)]
    return {"key": key, "percent": percent, "hazards": rows}


def given(*layers):
    return {"algorithm": spotting.ALGORITHM, "strata": list(layers), "inspectors": [7, 8]}


@pytest.mark.parametrize(("count", "percent", "expected"), [(0, 5, 0), (1, 5, 1), (40, 5, 2), (41, 5, 3), (9, 100, 9)])
def test_every_layer_gives_its_share_rounded_up(count, percent, expected):
    assert len(spotting.draw(given(layer("general", percent, count)), "seed")) == expected


def test_the_same_record_gives_the_same_result_and_work_is_shared():
    input_ = given(layer("listed", 100, 4), layer("general", 50, 8, first=11))
    result = spotting.draw(input_, "s")
    assert result == spotting.draw(input_, "s")
    assert [row["inspector"] for row in result].count(7) == 4
    assert any(spotting.draw(input_, str(n)) != result for n in range(5))


def test_nobody_is_sent_where_everybody_has_had_a_hand():
    assert spotting.draw(given(layer("major", 20, 1, people=())), "s")[0]["inspector"] is None


def test_a_round_holds_the_months_closings_by_layer_and_anybody_can_draw_it_again(cast):
    for level in ("general", "key", "major"):
        closed_hazard(cast, level)
    closed_hazard(cast, days=-3), hazard_in(cast, "closed"), hazard_in(cast, "rectifying")
    listed = closed_hazard(cast, "major")
    listed.events.create(
        seq=1, at=listed.created_at, action="list", label="挂牌", actor_name="甲", data={"listed_as": "major"}
    )
    found = spots.draw_round(cast.units["office"], last_month())
    assert {row["key"]: len(row["hazards"]) for row in found.given["strata"]} == {
        "listed": 1, "major": 1, "key": 1, "general": 1,
    }  # fmt: skip
    assert (found.checks.count(), proof.is_true(found)) == (4, True)
    SpotRound.objects.filter(pk=found.pk).update(result=found.result[1:])
    assert not proof.is_true(SpotRound.objects.get())


@pytest.mark.parametrize("named", ["number", "address"])
def test_the_command_that_replays_a_draw_replays_a_round_too(cast, named):
    closed_hazard(cast)
    found, told = spots.draw_round(cast.units["office"], last_month()), StringIO()
    wanted = found.number if named == "number" else f"spot-{found.pk}"
    call_command("draw", replay=wanted, stdout=told)
    answer = json.loads(told.getvalue())
    assert (answer["same"], answer["result"], answer["seed"]) == (True, found.result, found.seed)
    SpotRound.objects.filter(pk=found.pk).update(algorithm="unknown")
    with pytest.raises(SystemExit):
        call_command("draw", replay=wanted, stdout=StringIO())


def test_what_a_month_is_drawn_from_costs_the_same_for_one_closing_and_for_nine(cast):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            reads.given(cast.units["office"], last_month())
        return len(seen)

    closed_hazard(cast)
    first = queries()
    for _ in range(8):
        closed_hazard(cast)
    assert queries() <= first  # the first asks the limits, which are remembered


def test_who_had_a_hand_in_the_hazard_does_not_look_at_it_again(cast, photo):
    hazard = hazard_in(cast, "submitted")
    hazards.perform("pass_review", hazard.pk, cast.department, photos=[photo("department")])
    free = {user.pk for user in reads.free_people(hazard)}
    assert cast.department.pk not in free
    assert {cast.officer.pk, cast.second.pk, cast.grid.pk} <= free


def test_a_month_is_drawn_once_however_often_the_job_runs(cast):
    closed_hazard(cast)
    assert [draw_spot_checks() for _ in range(3)] == [1, 1, 1]
    assert (SpotRound.objects.count(), SpotCheck.objects.count()) == (1, 1)
    assert Message.objects.filter(kind="inspections.spot").count() == 1


def test_a_month_without_closings_draws_nothing(cast):
    assert (draw_spot_checks(), SpotRound.objects.count()) == (0, 0)


def test_found_untrue_asks_the_head_to_reopen_and_reopens_nothing_itself(cast):
    check = spot_check(cast)
    spots.perform("find_false", check.pk, cast.fresh("officer"), **FOUND)
    told = Message.objects.get(kind="inspections.spot", recipient=cast.head, urgent=True)
    assert "重新立案" in told.body
    check.hazard.refresh_from_db()
    assert check.hazard.state == "closed"


def test_a_finding_needs_words_and_a_photo_or_its_reason(cast):
    check = spot_check(cast)
    for values, field in (({"note": ""}, "note"), ({"note": "一致"}, "files")):
        with pytest.raises(Refused) as refusal:
            spots.perform("find_true", check.pk, cast.fresh("officer"), **values)
        assert field in refusal.value.fields


def test_a_check_is_given_only_to_somebody_without_a_hand_in_it(cast):
    check = spot_check(cast)
    for name in ("safety", "officer", "rival_officer"):
        with pytest.raises(Refused):
            spots.perform("reassign", check.pk, cast.fresh("head"), inspector=cast.people[name], reason="出差")
    spots.perform("reassign", check.pk, cast.fresh("head"), inspector=cast.people["grid"], reason="出差")
    assert spots.LIFECYCLE.allowed(SpotCheck.objects.get(), cast.fresh("grid")) == ["find_true", "find_false"]


@pytest.mark.parametrize("state", SpotCheck.State.values)
def test_each_person_gets_exactly_the_buttons_of_the_design(cast, state):
    check = spot_check(cast)
    check.state = state
    for name in PEOPLE:
        expected = {action for action, (states, people) in DESIGN.items() if state in states and name in people}
        assert set(spots.LIFECYCLE.allowed(check, cast.people[name])) == expected, name


@pytest.mark.parametrize("action", DESIGN)
def test_another_state_or_person_is_refused_and_writes_nothing(cast, action):
    check = spot_check(cast)
    states, people = DESIGN[action]
    for state in SpotCheck.State.values:
        SpotCheck.objects.filter(pk=check.pk).update(state=state)
        for name in PEOPLE if state not in states else set(PEOPLE) - people:
            with pytest.raises(WrongState if state not in states else Forbidden):
                spots.perform(action, check.pk, cast.people[name])
    check.refresh_from_db()
    assert (check.version, check.events.count()) == (0, 1)


def test_an_enterprise_sees_no_check_and_no_panel(as_, cast):
    check = spot_check(cast)
    assert not SpotCheck.objects.for_user(cast.fresh("safety")).exists()
    assert "抽查复核" not in as_("safety").get(f"/hazards/{check.hazard_id}/").content.decode()
    assert "抽查复核" in as_("officer").get(f"/hazards/{check.hazard_id}/").content.decode()


def test_the_rate_counts_concluded_checks_and_opens_them(as_, cast):
    check, client = spot_check(cast), as_("officer")
    share = SHARES["spot_true_rate"]
    assert count(share, cast.fresh("officer"), Period.this_month()).value is None
    spots.perform("find_true", check.pk, cast.fresh("officer"), **FOUND)
    assert count(share, cast.fresh("officer"), Period.this_month()).value == 1.0
    page = client.get(reverse("share-records", args=["spot_true_rate"])).context["ledger"]
    assert ([figure.value for figure in page.figures], len(page.rows)) == ([1, 1, "100.0%"], 1)


def test_the_figures_of_the_ledger_open_their_lists(as_, cast):
    check, client = spot_check(cast), as_("officer")
    spots.perform("find_false", check.pk, cast.fresh("officer"), **FOUND)
    address = reverse("spot-check-list")
    for figure in client.get(address).context["ledger"].figures:
        assert len(client.get(address + figure.url).context["ledger"].rows) == figure.value


def test_a_round_is_shown_with_its_proof_and_drawn_by_hand_once(as_, cast):
    closed_hazard(cast)
    client = as_("head")
    first, second = (client.post(reverse("spot-draw"), follow=True).content.decode() for _ in range(2))
    assert "复算一致" in first
    assert "复算一致" in second
    record = client.get(reverse("spot-round-record", args=[SpotRound.objects.get().pk])).json()
    assert spotting.draw(record["input"], record["seed"]) == record["result"]


def test_a_late_check_is_shown_as_late(cast):
    check = spot_check(cast)
    assert not check.is_overdue
    check.due_on = clock.today() - timedelta(days=1)
    assert check.is_overdue


@pytest.mark.django_db(transaction=True)
def test_many_who_draw_at_once_make_one_round(cast):
    closed_hazard(cast)

    def press():
        try:
            spots.draw_round(cast.units["office"], last_month())
        finally:
            connection.close()

    callers = [threading.Thread(target=press) for _ in range(5)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert (SpotRound.objects.count(), SpotCheck.objects.count()) == (1, 1)
