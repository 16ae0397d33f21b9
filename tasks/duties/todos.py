"""The groups tasks adds to the workbench."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from common import clock
from common.paging import BoundedCount, bounded_count
from common.wording import cn_date
from common.workbench import Group, Todo
from tasks.models import Duty, DutyStanding, StandingState
from tasks.models.standings import state_is
from units.access import holds
from units.roles import OFFICE, Right

SHOWN = 5


def _group(rows: QuerySet[Any], key: str, title: str, *, url: str, order: int, tone: str) -> Group | None:
    found = list(rows.select_related("duty", "person", "unit").order_by("next_by", "pk")[: SHOWN + 1])
    if not found:
        return None
    count = BoundedCount(len(found), True) if len(found) <= SHOWN else bounded_count(rows)
    return Group(key, title, count, [_todo(row) for row in found[:SHOWN]], url, order, tone, "checklist")


def _todo(row: DutyStanding) -> Todo:
    url = row.get_absolute_url()
    note = f"{row.who}，{row.duty.quota}，已完成{row.done}/{row.needed}，下一次应在{cn_date(row.next_by)}前"
    return Todo(row.duty.name, note, url, "查看", url, clock.end_of(row.due_on))


def _behind() -> Q:
    day = clock.today()
    return state_is(StandingState.SHORT, day) | state_is(StandingState.MISSED, day)


def own_duties(user: Any) -> Group | None:
    """What the person or the own unit is behind with."""
    if not holds(user, Right.RECORD_DUTY):
        return None
    mine = Q(person_id=user.pk) | Q(person=None, unit_id=user.hat.unit_id, duty__bearer=Duty.Bearer.SUBJECT)
    rows = DutyStanding.objects.for_user(user).current().filter(mine & _behind())
    return _group(rows, "duties-own", "我的履职事项，进度不足", url=reverse("duty-mine"), order=26, tone="orange")


def duties_of_others(user: Any) -> Group | None:
    """安委办：谁预计完不成，包括由安委办落实的."""
    if user.role not in OFFICE:
        return None
    rows = DutyStanding.objects.for_user(user).current().filter(_behind())
    rows = rows.exclude(unit_id=user.hat.unit_id, person=None)
    url = f"{reverse('duty-list')}?state={StandingState.SHORT.value}"
    return _group(rows, "duties-others", "履职预计不足", url=url, order=45, tone="plain")


GROUPS = (own_duties, duties_of_others)
