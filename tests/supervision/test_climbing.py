"""The escalation run over real hazards."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

from common import clock
from common.models import Heartbeat
from hazards import transitions as hazards
from hazards.models import Hazard
from messaging.models import Message
from supervision.models import LadderFiring, Letter, Listing, Measure
from supervision.transitions.climb import escalate, survey
from supervision.transitions.hazard_track import HazardTrack
from tests.supervision.world import DAY, START, confirmed, many


def run_daily(days: int, first=START) -> list[tuple[int, dict[str, int]]]:
    """(day, fired) of every day on which something fired."""
    found = []
    for day in range(days):
        with clock.at(first + day * DAY + timedelta(minutes=1)):
            fired = escalate().as_dict()["fired"]
        if fired:
            found.append((day, fired))
    return found


def test_a_quarter_day_by_day_fires_every_step_on_its_day(cast):
    confirmed(cast, "key", days=20)
    expected = {13: "remind_1", 17: "remind_2", 19: "remind_3", 21: "overdue", 27: "urge", 35: "notice", 50: "talk"}
    expected |= {65: "list", 80: "publish"}
    assert run_daily(92) == [(day, {code: 1}) for day, code in expected.items()]


def test_a_major_hazard_climbs_twice_as_fast(cast):
    confirmed(cast, "major", days=20)
    days = [day for day, _ in run_daily(60)]
    assert days == [16, 18, 19, 21, 24, 28, 35, 43, 50]


def test_a_general_hazard_due_in_a_day_gets_no_reminder_of_the_past(cast):
    confirmed(cast, "general", days=1)
    fired = [code for _, step in run_daily(10) for code in step]
    assert fired == ["overdue", "urge"]


def test_after_downtime_one_letter_goes_out_and_the_lower_steps_are_merged(cast):
    hazard = confirmed(cast, days=20)
    with clock.at(START + 28 * DAY):
        result = escalate().as_dict()
    assert result == {"due": 1, "fired": {"urge": 1}, "merged": 4, "failed": 0}
    assert list(hazard.letters.values_list("kind", flat=True)) == ["urge"]
    assert set(hazard.firings.exclude(merged_into="").values_list("merged_into", flat=True)) == {"urge"}
    assert "并入本次" in hazard.events.latest("seq").note


def test_the_run_writes_one_event_and_moves_the_hazard_with_it(cast):
    hazard = confirmed(cast, days=20)
    before = hazard.version
    with clock.at(START + 21 * DAY):
        escalate()
        escalate()
    hazard.refresh_from_db()
    event = hazard.events.latest("seq")
    assert (hazard.version, event.seq, event.action) == (before + 1, before + 1, "ladder")
    assert event.key == f"ladder:{hazard.pk}:1:overdue"
    assert (hazard.ladder_step, hazard.next_step_at) == ("overdue", hazard.due_at + 7 * DAY)


def test_an_extension_starts_the_ladder_anew(cast):
    hazard = confirmed(cast, days=20)
    with clock.at(START + 10 * DAY):
        due = START + 40 * DAY
        hazards.perform("request_extension", hazard.pk, cast.safety, due=due, reason="配件未到", protection="专人看守")
        hazards.perform("grant_extension", hazard.pk, cast.head)
    fired = run_daily(60, START + 10 * DAY)
    assert {next(iter(step)): day for day, step in fired} == {
        "remind_1": 23, "remind_2": 27, "remind_3": 29, "overdue": 31, "urge": 37, "notice": 45,
    }  # fmt: skip
    assert set(hazard.firings.values_list("deadline_no", flat=True)) == {2}


def test_a_hazard_waiting_for_review_rests_and_a_failed_review_starts_anew(cast, photo):
    hazard = confirmed(cast, days=20)
    with clock.at(START + 5 * DAY):
        hazards.perform(
            "submit_rectification", hazard.pk, cast.safety, measures="已改", spent=0, photos=[photo("safety")]
        )
    assert run_daily(60, START + 6 * DAY) == []
    with clock.at(START + 70 * DAY):
        hazards.perform("fail_review", hazard.pk, cast.department, reason="仍有杂物", due=START + 75 * DAY)
    assert [next(iter(step)) for _, step in run_daily(8, START + 70 * DAY)] == ["remind_2", "remind_3", "overdue"]
    assert set(hazard.firings.values_list("round", "deadline_no")) == {(2, 2)}


def test_a_hazard_without_a_deadline_never_fires(cast):
    with clock.at(START):
        hazard = hazards.report(cast.officer, unit=cast.units["firm"], description="x", no_photo_reason="测试")
    Hazard.objects.filter(pk=hazard.pk).update(next_step_at=START)
    assert run_daily(100) == []
    hazard.refresh_from_db()
    assert hazard.next_step_at is None


def test_an_old_policy_edition_holds_for_deadlines_set_under_it(cast):
    confirmed(cast, days=20)
    from supervision.models import LadderPolicy, LadderStep
    from supervision.transitions.policies import editions

    newer = LadderPolicy.objects.create(name="新", level="key", effective_from=(START + 5 * DAY).date())
    LadderStep.objects.create(policy=newer, code="overdue", offset=3, document="reminder", audience=["firm"])
    editions.invalidate()
    confirmed(cast, days=20, at=START + 6 * DAY)
    fired = [(day, *step) for day, step in run_daily(30)]
    assert (21, "overdue") in fired
    assert (29, "overdue") in fired


def test_nothing_due_is_one_probe_of_the_index(cast, django_assert_num_queries):
    confirmed(cast, days=20)
    with clock.at(START):
        escalate()
        # BEGIN/COMMIT are savepoints here; a scan each for hazards, parts of tasks and months of units, and the heartbeat are all there is.
        with django_assert_num_queries(3 + 3 + 3 + 1):
            assert escalate().due == 0


@pytest.mark.parametrize("count", [2, 60])
def test_the_number_of_statements_does_not_grow_with_the_batch(cast, count, django_assert_max_num_queries):
    many(confirmed(cast, days=20), count)
    with clock.at(START + 21 * DAY), django_assert_max_num_queries(40):
        assert escalate().fired["overdue"] == count + 1


def test_a_failing_hazard_does_not_stop_the_others(cast, monkeypatch):
    bad, good = confirmed(cast, days=20), confirmed(cast, days=20)
    real = HazardTrack.carry_out

    def fragile(track, moves, now):
        if any(move.hazard.pk == bad.pk for move in moves):
            raise RuntimeError("broken")
        real(track, moves, now)

    monkeypatch.setattr(HazardTrack, "carry_out", fragile)
    with clock.at(START + 21 * DAY):
        result = escalate().as_dict()
    assert result == {"due": 2, "fired": {"overdue": 1}, "merged": 3, "failed": 1}
    assert good.letters.count() == 1
    assert not bad.firings.exists()
    monkeypatch.undo()
    with clock.at(START + 21 * DAY):
        assert escalate().as_dict()["fired"] == {"overdue": 1}


def test_the_command_prints_only_json_and_a_dry_run_changes_nothing(cast, capsys):
    confirmed(cast, days=20)
    at = (START + 21 * DAY).isoformat()
    for arguments in (["--dry-run"], []):
        call_command("escalate", "--at", at, *arguments)
        printed = json.loads(capsys.readouterr().out)
        assert printed == {"due": 1, "fired": {"overdue": 1}, "merged": 3, "failed": 0}
    assert LadderFiring.objects.count() == 4
    assert survey().due == 0 or Heartbeat.objects.filter(name="ladder").exists()


def test_the_command_fails_when_a_hazard_fails(cast, monkeypatch):
    confirmed(cast, days=20)
    monkeypatch.setattr(HazardTrack, "carry_out", lambda track, moves, now: 1 / 0)
    with pytest.raises(SystemExit) as stopped:
        call_command("escalate", "--at", (START + 21 * DAY).isoformat())
    assert stopped.value.code == 1


def test_letters_tell_why_and_chain_to_the_one_before(cast):
    hazard = confirmed(cast, days=20)
    run_daily(30)
    reminder, urge = hazard.letters.order_by("pk")
    assert urge.source == reminder
    assert "T+7日" in urge.why
    assert urge.number.endswith("〔2026〕1号")
    assert list(urge.copies.all()) == [cast.units["department"]]
    assert clock.local(urge.due_at).date().isoformat() == "2026-10-10"


def test_a_letter_waits_for_signature_where_the_office_wants_it(cast):
    profile = cast.units["office"].office
    profile.urge_waits_for_signature = True
    profile.save()
    confirmed(cast, days=20)
    run_daily(30)
    letter = Letter.objects.get(kind="urge")
    assert (letter.state, letter.number is not None) == ("draft", True)
    assert Message.objects.filter(recipient=cast.head, title__startswith="督促").exists()


@pytest.mark.parametrize(("level", "kind"), [("general", "key"), ("key", "key"), ("major", "major")])
def test_the_ladder_proposes_and_a_person_decides(cast, level, kind):
    confirmed(cast, level, days=1, category="electric")
    run_daily(62)
    assert list(Listing.objects.values_list("kind", "state")) == [(kind, "proposed")]
    assert set(Measure.objects.values_list("kind", "state")) == {("talk", "proposed"), ("publish", "proposed")}


def test_a_fire_hazard_is_proposed_for_the_fire_listing(cast):
    confirmed(cast, "major", days=1, category="fire")
    run_daily(30)
    assert Listing.objects.get().kind == "fire"


def test_the_responsible_the_department_and_the_village_are_told_once(cast):
    confirmed(cast, days=20)
    Message.objects.all().delete()
    with clock.at(START + 21 * DAY):
        escalate()
    told = set(Message.objects.filter(kind="supervision.ladder").values_list("recipient__username", flat=True))
    assert told == {"principal", "safety", "department", "second", "grid"}
