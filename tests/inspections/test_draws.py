"""双随机: the same record gives the same result to anyone, nobody chooses the seed, conflicts keep away, too few is said."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from common import clock
from common.errors import Forbidden, Refused, RuleError, WrongState
from inspections import drawing, proof
from inspections.models.draws import RandomDraw
from inspections.models.visits import Inspection
from inspections.transitions import conflicts, draws
from tests.inspections.planning import conflict, drawn, firms, prepared
from tests.inspections.visiting import certify

PEOPLE = (
    "officer", "head", "department", "grid", "expert", "principal", "safety", "leader", "rival_officer", "rival_head",
    "sysadmin", "secadmin", "auditor",
)  # fmt: skip
PLANNERS, HEAD = {"officer", "head"}, {"head"}
DESIGN = {
    "draw": ({"prepared"}, PLANNERS),
    "publish": ({"drawn"}, HEAD),
    "publish_results": ({"published"}, HEAD),
    "void": ({"prepared", "drawn"}, HEAD),
}
GIVEN = {
    "algorithm": drawing.ALGORITHM,
    "asked": 3,
    "team_size": 2,
    "enterprises": [
        {"id": n, "name": f"企业{n}", "weight": n % 4 + 1, "excluded": "" if n % 5 else "停产"} for n in range(1, 13)
    ],
    "inspectors": [{"id": n, "unit": "安委办"} for n in (101, 102, 103)],
    "conflicts": [{"enterprise": n, "inspector": 101, "reason": "亲属关系"} for n in range(1, 13)],
}


def test_the_dice_are_those_of_the_description():
    """Recomputed here without the module's dice, as anybody might."""
    block = hashlib.sha256(b"seed:0").digest()
    assert drawing.Dice("seed").below(2**63) == int.from_bytes(block[:8], "big") % 2**63


def test_the_same_input_and_seed_give_the_same_result_and_another_seed_another():
    first = drawing.draw(GIVEN, "a" * 64)
    assert drawing.draw(json.loads(drawing.canonical(GIVEN)), "a" * 64) == first
    assert any(drawing.draw(GIVEN, f"{n}") != first for n in range(5))


def test_the_order_in_which_candidates_were_recorded_does_not_matter():
    turned = GIVEN | {"enterprises": GIVEN["enterprises"][::-1], "inspectors": GIVEN["inspectors"][::-1]}
    assert drawing.draw(turned, "x") == drawing.draw(GIVEN, "x")


def test_nobody_excluded_is_drawn_no_conflict_meets_and_nobody_comes_twice():
    for seed in range(200):
        result = drawing.draw(GIVEN, str(seed))
        found = [row["enterprise"] for row in result]
        assert len(set(found)) == 3
        assert not set(found) & {5, 10}
        assert all(sorted(row["inspectors"]) == [102, 103] for row in result)


def test_a_heavier_weight_is_drawn_more_often():
    given = GIVEN | {"asked": 1, "conflicts": []}
    counted = Counter(drawing.draw(given, str(seed))[0]["enterprise"] for seed in range(4_000))
    light, heavy = counted[4] / 4_000, counted[3] / 4_000  # weights 1 and 4 of 25 together
    assert abs(light - 1 / 25) < 0.012
    assert abs(heavy - 4 / 25) < 0.022


def test_work_is_shared_evenly_among_the_inspectors():
    given = GIVEN | {"asked": 9, "team_size": 1, "conflicts": []}
    given["enterprises"] = [row | {"excluded": ""} for row in given["enterprises"]]
    counted = Counter(row["inspectors"][0] for row in drawing.draw(given, "s"))
    assert set(counted.values()) == {3}


def test_five_inspectors_and_twenty_enterprises_with_two_conflicts(cast):
    """Story 7."""
    firms(cast, 20)
    conflict(cast, "officer"), conflict(cast, "head", "firm")
    people = ("officer", "head", "department", "second", "grid")
    draw = drawn(cast, people=people, asked=20, team_size=1)
    declared = [row for row in draw.given["conflicts"] if row["reason"] == "亲属关系"]
    assert len(declared) == 2
    apart = {(row["enterprise"], row["inspector"]) for row in draw.given["conflicts"]}
    met = {(row["enterprise"], person) for row in draw.result for person in row["inspectors"]}
    assert len(draw.result) == draw.visits.count() == 20
    assert not met & apart


def test_who_comes_from_the_village_keeps_away_from_its_enterprises(cast):
    draw = prepared(cast, people=("officer", "grid"))
    pairs = {(row["enterprise"], row["inspector"]): row["reason"] for row in draw.given["conflicts"]}
    firm, neighbour, grid = cast.units["firm"].pk, cast.units["neighbour"].pk, cast.grid.pk
    assert pairs == {(firm, grid): "同村（社区）", (neighbour, grid): "不属其管辖"}


def test_an_enterprise_visited_lately_is_left_out_and_the_reason_recorded(cast):
    Inspection.objects.create(
        unit=cast.units["firm"], area_path=cast.units["firm"].area_path, by_unit=cast.units["office"], state="done",
        started_at=clock.now(), finished_at=clock.now() - timedelta(days=10),
    )  # fmt: skip
    draw = prepared(cast)
    assert [(row["name"], row["excluded"][-3:]) for row in draw.excluded] == [("甲街道食品厂", "已检查")]


def test_fewer_candidates_than_asked_is_refused_with_the_numbers_and_reasons(cast):
    profile = cast.units["neighbour"].enterprise
    profile.state = "suspended"
    profile.save()
    with pytest.raises(Refused) as refusal:
        prepared(cast, asked=5)
    assert refusal.value.fields["asked"] == (
        "符合条件且可抽取的企业只有1家，少于要抽取的5家（排除：经营状态为停产停业1家）。请减少抽取数量或放宽条件。"
    )
    assert RandomDraw.objects.count() == 0


def test_an_administrative_draw_takes_only_holders_of_a_valid_certificate(cast):
    certify(cast, "department")
    certify(cast, "second", days=-1)
    with pytest.raises(Refused) as refusal:
        prepared(cast, people=("department", "second"), kind="administrative", team_size=2)
    assert refusal.value.fields["people"] == "可抽取的持有效执法证的检查人员只有1名，少于每组2名。"


def test_an_enterprise_at_its_yearly_cap_is_left_out_of_an_administrative_draw(cast):
    certify(cast, "department", "second")
    for days in (100, 120):
        Inspection.objects.create(
            unit=cast.units["firm"], area_path=cast.units["firm"].area_path, by_unit=cast.units["office"], state="done",
            kind="administrative", started_at=clock.now(), finished_at=clock.now() - timedelta(days=days),
        )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        prepared(cast, people=("department", "second"), kind="administrative", team_size=2, units=[cast.units["firm"]])
    assert "本年行政检查已达上限2次1家" in refusal.value.message


def test_the_commitment_stands_before_the_draw_and_the_secret_is_shown_nowhere(cast, as_):
    draw = prepared(cast)
    assert drawing.commitment_of(draw.secret) == draw.commitment
    assert draw.seed == ""
    pages = [reverse("draw", args=[draw.pk]), reverse("draw-record", args=[draw.pk]), f"/api/v1/draws/{draw.pk}/"]
    shown = "".join(as_("officer").get(page).content.decode() for page in pages)
    assert draw.commitment in shown
    assert draw.secret not in shown


def test_the_seed_follows_from_secret_and_input_and_leaves_nothing_to_choose(cast):
    draw = drawn(cast)
    assert draw.seed == hashlib.sha256(f"{draw.secret}:{draw.digest}".encode()).hexdigest()
    with pytest.raises(WrongState):
        draws.perform("draw", draw.pk, cast.fresh("officer"))


def test_the_command_draws_again_to_the_same_result(cast):
    draw, told = drawn(cast), StringIO()
    call_command("draw", replay=str(draw.pk), stdout=told)
    answer = json.loads(told.getvalue())
    assert (answer["same"], answer["result"], answer["seed"]) == (True, draw.result, draw.seed)


@pytest.mark.parametrize("field", ["given", "secret", "result"])
def test_a_record_somebody_changed_is_found_out(cast, field):
    draw = drawn(cast)
    changed = {
        "given": {**draw.given, "asked": 2},
        "secret": "0" * 64,
        "result": [{"enterprise": cast.units["neighbour"].pk, "inspectors": [cast.head.pk]}],
    }
    RandomDraw.objects.filter(pk=draw.pk).update(**{field: changed[field]})
    draw.refresh_from_db()
    assert not proof.is_true(draw)


def test_a_stranger_sees_a_published_draw_with_dates_and_can_draw_again(cast):
    draw, stranger = drawn(cast), Client()
    page = reverse("public-draw", args=[draw.pk])
    assert stranger.get(page).status_code == 404
    draws.perform("publish", draw.pk, cast.fresh("head"))
    shown = stranger.get(page).content.decode()
    assert all(text in shown for text in ("复算一致", draw.seed, "公示日期", "1号（甲街道安委办）"))
    assert cast.officer.name not in shown
    record = stranger.get(reverse("public-draw-record", args=[draw.pk])).json()
    assert drawing.draw(record["input"], record["seed"]) == record["result"]
    assert draw.number in stranger.get(reverse("public-draw-list")).content.decode()


def test_a_drawn_draw_voided_afterwards_stays_public_with_its_reason(cast):
    draw = drawn(cast)
    draws.perform("void", draw.pk, cast.fresh("head"), reason="检查人员调整")
    assert "检查人员调整" in Client().get(reverse("public-draw-list")).content.decode()


def test_who_drew_does_not_publish(cast):
    draw = prepared(cast)
    draws.perform("draw", draw.pk, cast.fresh("head"))
    with pytest.raises(Forbidden):
        draws.perform("publish", draw.pk, cast.fresh("head"))


def test_the_drawn_inspector_arranges_the_visit_once_and_nobody_else(cast):
    draw = drawn(cast)
    row, day = draw.visits.get(), clock.today() + timedelta(days=3)
    with pytest.raises(Forbidden):
        draws.arrange(cast.fresh("head"), draw.pk, row.pk, day)
    with pytest.raises(Refused):
        draws.arrange(cast.fresh("officer"), draw.pk, row.pk, draw.check_by + timedelta(days=1))
    visits = {draws.arrange(cast.fresh("officer"), draw.pk, row.pk, day).pk for _ in range(2)}
    assert len(visits) == 1
    assert Inspection.objects.get().mode == "random"


def test_results_are_published_once_the_visits_are_done(cast):
    draw = drawn(cast)
    visit = draws.arrange(cast.fresh("officer"), draw.pk, draw.visits.get().pk, clock.today())
    draws.perform("publish", draw.pk, cast.fresh("head"))
    with pytest.raises(Refused):
        draws.perform("publish_results", draw.pk, cast.fresh("head"))
    Inspection.objects.filter(pk=visit.pk).update(state="done", finished_at=clock.now(), bad_count=2)
    draws.perform("publish_results", draw.pk, cast.fresh("head"))
    assert "发现问题2项" in Client().get(reverse("public-draw", args=[draw.pk])).content.decode()


def test_nobody_withdraws_their_own_conflict(cast):
    declared = conflict(cast, "officer")
    with pytest.raises(Forbidden):
        conflicts.withdraw(cast.fresh("officer"), declared.pk)
    conflicts.withdraw(cast.fresh("head"), declared.pk)
    assert not prepared(cast).given["conflicts"]


@pytest.mark.parametrize("state", RandomDraw.State.values)
def test_each_person_gets_exactly_the_buttons_of_the_design(cast, state):
    draw = prepared(cast)
    draw.state = state
    for name in PEOPLE:
        expected = {action for action, (states, people) in DESIGN.items() if state in states and name in people}
        assert set(draws.LIFECYCLE.allowed(draw, cast.people[name])) == expected, name


@pytest.mark.parametrize("action", DESIGN)
def test_another_state_or_person_is_refused_and_writes_nothing(cast, action):
    draw = prepared(cast)
    states, people = DESIGN[action]
    for state in RandomDraw.State.values:
        RandomDraw.objects.filter(pk=draw.pk).update(state=state)
        for name in PEOPLE if state not in states else set(PEOPLE) - people:
            with pytest.raises(WrongState if state not in states else Forbidden):
                draws.perform(action, draw.pk, cast.people[name])
    draw.refresh_from_db()
    assert (draw.version, draw.events.count(), draw.seed) == (0, 1, "")


@pytest.mark.django_db(transaction=True)
def test_many_who_draw_at_once_make_one_result(cast):
    draw, refused = prepared(cast), []

    def press():
        try:
            draws.perform("draw", draw.pk, cast.fresh("officer"))
        except RuleError as error:
            refused.append(error)
        finally:
            connection.close()

    callers = [threading.Thread(target=press) for _ in range(6)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert (len(refused), draw.visits.count(), draw.events.filter(action="draw").count()) == (5, 1, 1)


def test_a_refused_preparation_keeps_what_was_typed(as_, cast):
    values = {"title": "抽查", "kind": "patrol", "asked": "9", "team_size": "1", "check_by": clock.today().isoformat(),
              "people": [cast.officer.pk]}  # fmt: skip
    page = as_("officer").post(reverse("draw-new"), values)
    assert page.status_code == 422
    assert "只有2家，少于要抽取的9家" in page.content.decode()
    assert page.context["form"]["title"].value() == "抽查"
