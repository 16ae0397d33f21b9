"""危险作业: what is refused, the five steps, halting, overrunning; action × state × role."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from common import clock
from common.errors import Forbidden, Refused, WrongState
from inspections import jobs_duty
from inspections.models import HazardousWork, WorkState
from inspections.queries.works import going_on
from inspections.transitions import works
from messaging.models import Message
from tests.inspections.works import GUARDIAN, WORKER, typed, work_of
from units.models import User

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 9))
HOUR = timedelta(hours=1)
FIRM, HALTERS = {"principal", "safety"}, {"officer", "head", "department", "second", "grid"}
# Written out independently of RULES: action → (states, people who may).
TABLE = {
    "approve": ({"filed"}, FIRM),
    "brief": ({"filed"}, FIRM),
    "measure": ({"filed", "working", "halted"}, FIRM),
    "start": ({"filed"}, FIRM),
    "guard": ({"working"}, FIRM),
    "finish": ({"working"}, FIRM),
    "prolong": ({"filed", "working"}, FIRM),
    "cancel": ({"filed"}, FIRM),
    "attend": ({"filed", "working", "halted"}, HALTERS),
    "halt": ({"filed", "working"}, HALTERS),
    "resume": ({"halted"}, HALTERS),
}
AIR = {"by_person": "孙测", "oxygen": Decimal("20.9"), "combustible": Decimal(0), "hydrogen_sulfide": Decimal(0)}


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def walk(cast, photo):
    """`walk(work, "approve", "brief")` takes the steps as the enterprise."""

    def go(work, *actions):
        for action in actions:
            shot = photo("safety")
            work = works.perform(action, work.pk, cast.fresh("safety"), person="周责", photos=[shot])
        return work

    return go


def started(work, walk):
    walk(work, "approve", "brief")
    return clock.at(work.starts_at + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"valid_until": date(2026, 11, 22)}, "crew-0-valid_until"),
        ({"valid_until": date(2026, 11, 24)}, "crew-0-valid_until"),
        ({"certificate": ""}, "crew-0-certificate"),
    ],
)
def test_a_certificate_that_does_not_cover_the_work_is_refused_at_its_person(cast, changes, field):
    with pytest.raises(Refused) as refusal:
        work_of(cast, crew=({**WORKER, **changes}, GUARDIAN))
    assert field in refusal.value.fields
    assert not HazardousWork.objects.exists()


def test_a_certificate_that_expired_yesterday_says_so(cast):
    with pytest.raises(Refused, match="李焊的证书已于2026年11月22日过期"):
        work_of(cast, crew=({**WORKER, "valid_until": date(2026, 11, 22)}, GUARDIAN))


def test_nobody_guards_himself(cast):
    with pytest.raises(Refused, match="不能同时是作业人"):
        work_of(cast, crew=(WORKER, {**GUARDIAN, "name": WORKER["name"]}))


def test_a_work_without_a_guardian_is_refused(cast):
    with pytest.raises(Refused, match="监护人"):
        work_of(cast, crew=(WORKER,))


def test_hot_work_is_not_reported_for_more_than_72_hours(cast):
    starts = MONDAY + timedelta(days=2)
    with pytest.raises(Refused, match="动火作业一次报备不超过72小时"):
        work_of(cast, starts_at=starts, ends_at=starts + timedelta(hours=73))


def test_a_late_report_needs_its_reason(cast):
    soon = {"starts_at": MONDAY + HOUR, "ends_at": MONDAY + 3 * HOUR}
    with pytest.raises(Refused, match="临时报备的理由"):
        work_of(cast, **soon)
    assert work_of(cast, **soon, short_notice_reason="管道突然泄漏").state == WorkState.FILED


def test_what_is_over_cannot_be_reported(cast):
    with pytest.raises(Refused, match="不能补报备"):
        work_of(cast, starts_at=MONDAY - 3 * HOUR, ends_at=MONDAY - HOUR)


def test_only_the_enterprise_itself_reports(cast):
    with pytest.raises(Forbidden):
        works.file_work(cast.fresh("officer"), unit=cast.units["firm"], crew=[WORKER, GUARDIAN], **typed())


def test_regulators_are_told_the_moment_it_is_reported(cast):
    work_of(cast)
    told = set(Message.objects.filter(kind="inspections.work").values_list("recipient__username", flat=True))
    assert {"officer", "head", "department", "grid"} <= told
    assert not told & {"safety", "rival_officer", "rival_safety"}


def test_a_report_sent_twice_is_one_report(cast):
    once = uuid4()
    assert work_of(cast, once=once).pk == work_of(cast, once=once).pk
    assert HazardousWork.objects.count() == 1


def test_the_five_steps_lead_to_acceptance(cast, walk):
    work = work_of(cast)
    with started(work, walk):
        walk(work, "start", "guard", "finish")
    work.refresh_from_db()
    assert work.state == WorkState.FINISHED
    assert [step.code for step in work.steps.all()] == ["approved", "briefed", "started", "guarded", "accepted"]


def test_work_does_not_start_before_approval_and_briefing(cast, walk):
    work = work_of(cast)
    with clock.at(work.starts_at), pytest.raises(Refused, match="请先登记方案审批、技术交底"):
        walk(work, "start")


def test_work_does_not_start_long_before_its_time(cast, walk):
    work = work_of(cast)
    with pytest.raises(Refused, match="尚不能开始"):
        walk(work, "approve", "brief", "start")


def test_a_step_needs_a_photo_of_ones_own(cast, photo):
    work = work_of(cast)
    with pytest.raises(Refused, match="照片"):
        works.perform("approve", work.pk, cast.fresh("safety"), person="周责", photos=[])
    with pytest.raises(Forbidden):
        works.perform("approve", work.pk, cast.fresh("safety"), person="周责", photos=[photo("principal")])


def confined(cast):
    return work_of(cast, crew=({"post": "worker", "name": "钱下"}, GUARDIAN), kind="confined")


def test_a_confined_space_is_entered_only_after_a_fresh_fit_reading(cast, walk):
    work = confined(cast)
    with started(work, walk), pytest.raises(Refused, match="先通风、再检测、后作业"):
        walk(work, "start")
    with clock.at(work.starts_at - HOUR):
        works.perform("measure", work.pk, cast.fresh("safety"), **AIR)
    with clock.at(work.starts_at), pytest.raises(Refused, match="30分钟以内"):
        walk(work, "start")
    with clock.at(work.starts_at):
        works.perform("measure", work.pk, cast.fresh("safety"), **AIR)
        assert walk(work, "start").state == WorkState.WORKING


def test_bad_air_before_entry_keeps_people_out(cast, walk):
    work = confined(cast)
    with started(work, walk):
        works.perform("measure", work.pk, cast.fresh("safety"), **{**AIR, "oxygen": Decimal("18.0")})
        with pytest.raises(Refused, match=r"氧气18\.0%，低于19\.5%"):
            walk(work, "start")


def test_bad_air_during_the_work_halts_it_and_the_firm_goes_on_when_it_is_fit(cast, walk):
    work = confined(cast)
    with started(work, walk):
        works.perform("measure", work.pk, cast.fresh("safety"), **AIR)
        walk(work, "start")
        halted = works.perform("measure", work.pk, cast.fresh("safety"), **{**AIR, "hydrogen_sulfide": Decimal(15)})
        assert halted.state == WorkState.HALTED
        with pytest.raises(Refused, match="不合格"):
            works.perform("resume", work.pk, cast.fresh("safety"), reason="已通风")
        works.perform("measure", work.pk, cast.fresh("safety"), **AIR)


def test_what_a_regulator_halted_the_firm_does_not_resume(cast, walk):
    work = work_of(cast)
    works.perform("halt", work.pk, cast.fresh("grid"), reason="现场无人监护")
    with pytest.raises(Forbidden):
        works.perform("resume", work.pk, cast.fresh("safety"), reason="已到位")
    assert works.perform("resume", work.pk, cast.fresh("department"), reason="监护人已到位").state == WorkState.FILED


def test_an_overrun_is_said_once_for_each_reported_end(cast, walk):
    work = work_of(cast)
    with started(work, walk):
        walk(work, "start")
    with clock.at(work.ends_at + HOUR):
        assert [jobs_duty.watch_works(), jobs_duty.watch_works()] == [1, 0]
        works.perform("prolong", work.pk, cast.fresh("safety"), ends_at=work.ends_at + 3 * HOUR, reason="管道未焊完")
        assert jobs_duty.watch_works() == 0
    with clock.at(work.ends_at + 4 * HOUR):
        assert jobs_duty.watch_works() == 1
    assert Message.objects.filter(title__startswith="作业已超时", recipient=cast.safety).count() == 2


def test_a_holiday_asks_both_sides_to_be_there(cast):
    saturday = timezone.make_aware(datetime(2026, 11, 28, 9))
    work = work_of(cast, starts_at=saturday, ends_at=saturday + 5 * HOUR)
    from inspections.queries.works import double_due, is_double_due

    weekday = work_of(cast)
    assert is_double_due(work)
    assert not is_double_due(weekday)
    assert list(double_due(HazardousWork.objects.open())) == [work]
    assert not is_double_due(works.perform("attend", work.pk, cast.fresh("department"), note="已到场"))
    assert not double_due(HazardousWork.objects.open()).exists()


def test_todays_works_are_those_going_on_or_reported_for_today(cast, walk):
    later = work_of(cast)
    today = work_of(cast, starts_at=MONDAY + 2 * HOUR, ends_at=MONDAY + 4 * HOUR, short_notice_reason="急修")
    assert list(going_on(cast.fresh("officer"))) == [today]
    with clock.at(later.starts_at):
        assert list(going_on(cast.fresh("officer"))) == [later]


@pytest.mark.parametrize("action", TABLE)
def test_the_table_action_by_state_by_person(cast, action):
    work, (states, allowed) = work_of(cast), TABLE[action]
    for state in WorkState.values:
        HazardousWork.objects.filter(pk=work.pk).update(state=state)
        for name, person in cast.people.items():
            expected = None if name in allowed else Forbidden
            wanted = WrongState if state not in states else expected
            assert outcome(action, work.pk, person) == wanted, (state, name)


def outcome(action, pk, person):
    """Which refusal of state or right the press meets; None where only its input is missing. Nothing stays written."""
    try:
        with transaction.atomic():
            works.perform(action, pk, User.objects.get(pk=person.pk), reason="理由")
            transaction.set_rollback(True)
    except (Forbidden, WrongState) as error:
        return type(error)
    except (Refused, KeyError):
        return None
    return None


@pytest.mark.django_db(transaction=True)
def test_many_halt_and_one_event_is_written(cast):
    work = work_of(cast)

    def press(_):
        try:
            works.perform("halt", work.pk, cast.fresh("officer"), reason="无监护")
        except WrongState:
            return 0
        finally:
            connection.close()
        return 1

    with clock.at(MONDAY), ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(press, range(8))) == 1
    assert work.events.filter(action="halt").count() == 1
