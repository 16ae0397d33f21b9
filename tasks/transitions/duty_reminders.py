"""Reminders of duties: whoever is behind the pace is told once per record that is late, the office once a week in sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.urls import reverse

from common import clock
from common.wording import cn_date
from messaging.transitions import Occasion, notify_many
from tasks.duties.account import told
from tasks.duties.pace import projected
from tasks.duties.subjects import streets
from tasks.models import Duty, DutyStanding, StandingState
from units.models import Membership, User
from units.roles import FIRM, OFFICE, Role

KIND = "tasks.duty"
FRESH = 7  # days after the end of a period in which a missed quota is still told
_ACTING = (*OFFICE, Role.DEPARTMENT, Role.GRID, *FIRM)


def remind() -> int:
    """Tell everybody who is short today and everybody whose period ended short; returns how many messages are new.

    Safe to repeat: a message is keyed by the standing and the day its next record was due, so that the same lateness is
    told once and a new one again. Nothing is urgent: it comes with the morning digest.
    """
    day = clock.today()
    found = DutyStanding.objects.select_related("duty", "person", "unit")
    late = list(found.current(day).in_state(StandingState.SHORT, day))
    late += found.in_state(StandingState.MISSED, day).filter(due_on__gte=day - timedelta(days=FRESH))
    own = [standing for standing in late if standing.duty.bearer == Duty.Bearer.SUBJECT]
    theirs = [standing for standing in late if standing.duty.bearer == Duty.Bearer.OFFICE]
    return notify_many([*_to_subjects(own), *_to_offices(theirs)])


def _to_subjects(standings: list[DutyStanding]) -> Iterator[Occasion]:
    people = _people_of({standing.unit_id for standing in standings if standing.person_id is None})
    for standing in standings:
        told = [standing.person] if standing.person else people[standing.unit_id]
        state = standing.state
        yield Occasion(
            told,
            KIND,
            f"履职{state.label}：{standing.duty.name}",
            f"duty:{standing.pk}:{standing.next_by}:{state.value}",
            body=explain(standing),
            url=standing.get_absolute_url(),
            about=standing,
            why=f"{standing.who}须{standing.duty.quota}（{standing.duty.basis}）"[:200],
        )


def _to_offices(standings: list[DutyStanding]) -> Iterator[Occasion]:
    year, week, _ = clock.today().isocalendar()
    for street in streets():
        people = _people_of({street.office.pk})[street.office.pk]
        groups: dict[str, list[DutyStanding]] = defaultdict(list)
        for standing in standings:
            if street.holds(standing.area_path):
                groups[standing.code].append(standing)
        for code, rows in groups.items():
            names = "、".join(row.who for row in rows[:5]) + (f"等{len(rows)}个" if len(rows) > 5 else "")
            yield Occasion(
                people,
                KIND,
                f"履职进度不足：{rows[0].duty.name}（{len(rows)}个对象）",
                f"duty:{street.office.pk}:{code}:{year}-{week}",
                body=f"{names}：{rows[0].duty.quota}，按进度不足。",
                url=f"{reverse('duty-list')}?code={code}",
                why="该事项由安委办落实。",
            )


def _people_of(units: Iterable[int]) -> dict[int, list[User]]:
    held = Membership.objects.in_force().filter(unit__in=units, role__in=_ACTING, user__is_active=True)
    found: dict[int, list[User]] = defaultdict(list)
    for membership in held.select_related("user"):
        found[membership.unit_id].append(membership.user)
    return found


def explain(standing: DutyStanding) -> str:
    """Why somebody is called short, in one or two sentences anybody can check."""
    words, day = told(standing), clock.today()
    if standing.next_by is None:
        return f"{words}，已于{cn_date(standing.met_on)}达到要求。" if standing.met_on else f"{words}。"
    if standing.due_on < day:
        return f"{words}，{cn_date(standing.due_on)}期满未完成。"
    ahead = projected(standing.done, standing.since, standing.due_on, day)
    next_one = f"下一次按均匀进度应在{cn_date(standing.next_by)}前"
    if standing.next_by < day:
        return f"{words}；{next_one}，已经落后；照此进度到{cn_date(standing.due_on)}预计{ahead}次，还差{standing.missing}次。"
    return f"{words}；{next_one}，还差{standing.missing}次。"
