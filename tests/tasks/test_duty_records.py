"""What is entered by hand: by whom, for whom, once, for good; posts of leaders; reminders; the rule as policy."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from messaging.models import Message
from tasks.models import Duty, DutyRecord, StandingState
from tasks.transitions import duties, duty_reminders
from tasks.transitions.duty_policies import KIND
from tests.cast import FROM, Cast
from tests.tasks.given import Book, book, count, duty, in_august, post, standing
from units import policies
from units.transitions.policies import decide_policy, propose_policy

__all__ = ["book", "in_august"]
pytestmark = pytest.mark.usefixtures("in_august")
K = DutyRecord.Kind


def visit(cast: Cast, by: str = "officer", **more: Any) -> DutyRecord:
    values: dict[str, Any] = {
        "kind": K.VISIT, "unit": cast.units["office"], "on": date(2026, 8, 3), "title": "带队检查", "text": "查燃气",
        "people": [cast.people["leader"]],
    }  # fmt: skip
    return duties.enter(cast.fresh(by), **values | more)


def test_an_entered_visit_counts_for_its_leaders_at_once(cast: Cast) -> None:
    post(cast)
    visit(cast)
    row = standing("visits-office", person=cast.people["leader"])
    assert (row.done, row.needed, row.latest_on) == (1, 12, date(2026, 8, 3))


def test_a_voided_visit_counts_no_more_and_stays_readable(cast: Cast) -> None:
    post(cast)
    record = visit(cast)
    duties.void(cast.fresh("officer"), record.pk, reason="登记错误")
    assert standing("visits-office").done == 0
    assert DutyRecord.objects.for_user(cast.fresh("leader")).filter(pk=record.pk).exists()
    with pytest.raises(Refused, match="已经作废"):
        duties.void(cast.fresh("officer"), record.pk, reason="再次")


def test_a_record_is_never_changed_or_deleted(cast: Cast) -> None:
    record = visit(cast)
    for change in (lambda: DutyRecord.objects.update(title="改"), record.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


def test_the_same_form_sent_twice_is_entered_once(cast: Cast) -> None:
    once = uuid.uuid4()
    assert visit(cast, once=once).pk == visit(cast, once=once).pk


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"on": date(2026, 8, 21)}, "on"),
        ({"text": " "}, "text"),
        ({"people": []}, "people"),
    ],
)
def test_a_wrong_entry_is_refused_at_its_field(cast: Cast, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        visit(cast, **more)
    assert set(refusal.value.fields) == {field}


def test_people_enter_for_their_own_unit_and_the_office_for_its_street(cast: Cast) -> None:
    drill: dict[str, Any] = {"kind": K.DRILL, "people": [], "title": "疏散演练"}
    assert visit(cast, "safety", **drill, unit=cast.units["firm"]).unit == cast.units["firm"]
    assert visit(cast, "officer", **drill, unit=cast.units["neighbour"]).entered_by == cast.people["officer"]
    for name in ("safety", "rival_officer"):
        with pytest.raises(Refused, match="本单位或本辖区"):
            visit(cast, name, **drill, unit=cast.units["neighbour"])


def test_a_leader_enters_only_the_own_visits(cast: Cast) -> None:
    assert visit(cast, "leader").pk
    with pytest.raises(Refused, match="领导本人"):
        visit(cast, "leader", people=[cast.people["leader"], cast.people["head"]])


def test_an_enterprise_enters_no_supervision(cast: Cast) -> None:
    with pytest.raises(Refused, match="您的身份"):
        visit(cast, "principal", kind=K.SUPERVISION, unit=cast.units["firm"], people=[])


def test_others_do_not_void_what_they_did_not_enter(cast: Cast) -> None:
    record = visit(cast)
    with pytest.raises(Forbidden):
        duties.void(cast.fresh("leader"), record.pk, reason="不对")
    with pytest.raises(NotInScope):
        duties.void(cast.fresh("rival_officer"), record.pk, reason="不对")


def test_a_post_brings_its_quota_and_its_end_takes_it_away(cast: Cast) -> None:
    held = duties.set_post(cast.fresh("head"), cast.people["leader"], post="party_head", starts_on=FROM)
    assert standing("visits-party-head").needed == 4
    with clock.at(clock.now() + timedelta(days=2)):
        duties.end_post(cast.fresh("head"), held.pk, ends_on=clock.today() - timedelta(days=1))
        assert not Duty.objects.get(code="visits-party-head").standings.exists()


def test_a_post_is_given_once_and_only_to_leaders_of_the_own_street(cast: Cast) -> None:
    give = {"post": "party_head", "starts_on": FROM}
    duties.set_post(cast.fresh("head"), cast.people["leader"], **give)
    with pytest.raises(Refused, match="已任"):
        duties.set_post(cast.fresh("head"), cast.people["leader"], **give)
    with pytest.raises(Refused, match="街道领导"):
        duties.set_post(cast.fresh("head"), cast.people["grid"], **give)
    with pytest.raises(Forbidden):
        duties.set_post(cast.fresh("rival_head"), cast.people["leader"], **give)


def test_who_will_be_short_is_told_once_per_late_record(cast: Cast, book: Book) -> None:
    Duty.objects.all().delete()
    duty()
    count(cast)
    assert (duty_reminders.remind(), duty_reminders.remind()) == (1, 0)
    told = Message.objects.get(kind="tasks.duty")
    assert (told.recipient, told.urgent) == (cast.people["grid"], False)
    assert "已完成0次" in told.body
    book.write(cast.units["village"].pk, date(2026, 7, 10))
    count(cast)
    assert standing("test").state == StandingState.ON_COURSE
    with clock.at(clock.now() + timedelta(days=20)):
        assert duty_reminders.remind() == 1


def test_what_the_office_has_to_bring_about_it_is_told_in_sum(cast: Cast, book: Book) -> None:
    Duty.objects.all().delete()
    duty(audience=["village", "department"], bearer="office")
    count(cast)
    assert duty_reminders.remind() == 2
    told = Message.objects.filter(kind="tasks.duty")
    assert {message.recipient for message in told} == {cast.people["officer"], cast.people["head"]}
    assert "2个对象" in told[0].title


FORM = {
    "code": "drill", "name": "疏散逃生演练", "audience": ["enterprise"], "kinds": ["record.drill"], "times": "2",
    "period": "year", "bearer": "subject", "basis": "本街道规定", "effective_from": "2026-08-20", "is_active": "on",
}  # fmt: skip


def test_an_approved_change_becomes_the_streets_own_edition(cast: Cast) -> None:
    form = policies.kind_of(KIND).form(FORM)
    assert form.is_valid(), form.errors
    proposal = propose_policy(KIND, cast.fresh("officer"), form, "加密演练")
    decide_policy(proposal, cast.fresh("head"), True)
    own = Duty.objects.get(code="drill", proposal=proposal)
    assert (own.times, own.area_path, own.audience) == (2, cast.areas["street"].path, ["enterprise"])
    assert standing("drill", unit=cast.units["firm"]).needed == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"audience": ["enterprise", "leader"], "posts": ["party_head"]}, "audience"),
        ({"audience": ["leader"], "kinds": ["record.visit"]}, "posts"),
        ({"audience": ["named"], "kinds": ["record.visit"]}, "people"),
        ({"people": "nobody"}, "people"),
        ({"units": "不存在的单位"}, "units"),
        ({"kinds": ["record.visit"]}, "kinds"),
        ({"due_month": "4"}, "due_day"),
        ({"period": "quarter", "due_month": "4", "due_day": "30"}, "due_month"),
        ({"distinct": "3"}, "distinct"),
        ({"effective_from": "2026-08-19"}, "effective_from"),
    ],
)
def test_a_rule_that_does_not_fit_together_is_refused_at_its_field(
    db: None, change: dict[str, Any], field: str
) -> None:
    assert field in policies.kind_of(KIND).form(FORM | change).errors
