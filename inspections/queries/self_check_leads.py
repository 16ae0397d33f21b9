"""What deserves a second look in an enterprise's self-checks: leads for a person, never a verdict, never a ranking.

A clean enterprise files equal checks day after day; so equality speaks together with haste, with faults, or when it lasts
very long. Thresholds are the office's own (惯例), kept here as data.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from django.db.models import Window
from django.db.models.functions import RowNumber

from common import clock
from hazards.models import Hazard
from hazards.models.hazard import Channel
from inspections.cadence import Cadence, label
from inspections.models.self_checks import SelfCheck
from units.models import Unit

EQUAL_IN_A_ROW = 10
EQUAL_AT_LENGTH = 30
HASTY_SECONDS = 20
SLOW = timedelta(days=1)
LATE_OF_LAST = (3, 10)
BATCH = timedelta(minutes=10)
LOOK_BACK = timedelta(days=30)
OUTSIDERS = (Channel.INSPECTION, Channel.EXPERT, Channel.CITIZEN, Channel.ASSIGNED)


class Lead(NamedTuple):
    """One sentence with the checks it is about."""

    text: str
    checks: Sequence[SelfCheck]


def of_unit(unit: Unit) -> list[Lead]:
    """Everything noticeable in the newest checks of the enterprise."""
    return of_units([unit.pk])[unit.pk]


def of_units(ids: Sequence[int]) -> dict[int, list[Lead]]:
    """The same for each of many enterprises, in three statements."""
    found: dict[int, list[Lead]] = {pk: [] for pk in ids}
    for (unit_id, _), checks in _newest(ids).items():
        newest = checks[:EQUAL_IN_A_ROW]
        leads = (_equal(newest, checks), _late(newest), _at_once(newest), _on_the_way(newest))
        found[unit_id] += filter(None, leads)
    for unit_id, lead in _found_by_others(ids).items():
        found[unit_id].append(lead)
    return found


def _newest(ids: Sequence[int]) -> dict[tuple[int, str], list[SelfCheck]]:
    """The newest checks of every enterprise and cadence, newest first; shortest cadence first."""
    place = Window(RowNumber(), partition_by=["unit_id", "cadence"], order_by="-first_on")
    rows = SelfCheck.objects.filter(unit_id__in=ids).annotate(place=place).filter(place__lte=EQUAL_AT_LENGTH)
    order = {code: number for number, code in enumerate(Cadence.values)}
    kept: dict[tuple[int, str], list[SelfCheck]] = {}
    for check in sorted(rows, key=lambda check: (order[check.cadence], -check.first_on.toordinal())):
        kept.setdefault((check.unit_id, check.cadence), []).append(check)
    return kept


def _equal(newest: Sequence[SelfCheck], long: Sequence[SelfCheck]) -> Lead | None:
    """Equal and hasty, equal faults again and again, or equal for as long as nobody's days are."""
    if len(newest) < EQUAL_IN_A_ROW or len({check.fingerprint for check in newest}) > 1:
        return None
    name = newest[0].get_cadence_display()
    times = [check.seconds for check in newest if check.seconds is not None]
    if times and median(times) <= HASTY_SECONDS:
        return Lead(f"最近{len(newest)}次{name}填报内容完全相同，用时中位数{median(times):.0f}秒", newest)
    if newest[0].bad_count:
        return Lead(f"最近{len(newest)}次{name}报的是同样的问题，内容完全相同", newest)
    if len(long) == EQUAL_AT_LENGTH and len({check.fingerprint for check in long}) == 1:
        return Lead(f"最近{len(long)}次{name}填报内容完全相同", long)
    return None


def _late(newest: Sequence[SelfCheck]) -> Lead | None:
    late = [check for check in newest if check.is_late]
    least, of = LATE_OF_LAST
    if len(late) < least:
        return None
    return Lead(f"最近{min(of, len(newest))}次{newest[0].get_cadence_display()}中{len(late)}次迟报", late)


def _at_once(newest: Sequence[SelfCheck]) -> Lead | None:
    """Several spans filed within minutes of each other."""
    ordered = sorted(newest, key=lambda check: check.filed_at)
    together = [pair for pair in pairwise(ordered) if pair[1].filed_at - pair[0].filed_at <= BATCH]
    if len(together) < 2:
        return None
    checks = list(dict.fromkeys(check for pair in together for check in pair))
    return Lead(f"{len(checks)}次{checks[0].get_cadence_display()}集中在几分钟内补报", checks)


def _on_the_way(newest: Sequence[SelfCheck]) -> Lead | None:
    """Signed by the phone's clock and sent days later, more than once: a phone is rarely without signal that long."""
    slow = [check for check in newest if check.received_at - check.filed_at > SLOW]
    if len(slow) < LATE_OF_LAST[0]:
        return None
    return Lead(f"最近{len(newest)}次{newest[0].get_cadence_display()}中{len(slow)}次签字后超过一天才送达", slow)


def _found_by_others(ids: Sequence[int]) -> dict[int, Lead]:
    """零隐患 reported for a span in which others found hazards; of daily checks only where there are no longer ones."""
    since = clock.today() - LOOK_BACK
    zero = SelfCheck.objects.filter(unit_id__in=ids, bad_count=0, last_on__gte=since).order_by("-first_on")
    found = Hazard.objects.filter(
        unit_id__in=ids, confirmed_at__isnull=False, channel__in=OUTSIDERS, found_on__gte=since
    )
    days: dict[int, list[date]] = {}
    for unit_id, day in found.values_list("unit_id", "found_on"):
        days.setdefault(unit_id, []).append(day)
    checks: dict[int, list[SelfCheck]] = {}
    for check in zero.filter(unit_id__in=days):
        checks.setdefault(check.unit_id, []).append(check)
    leads = {pk: _missed(rows, days[pk]) for pk, rows in checks.items()}
    return {pk: lead for pk, lead in leads.items() if lead}


def _missed(zero: Sequence[SelfCheck], days: Sequence[date]) -> Lead | None:
    checks = [check for check in zero if check.cadence != Cadence.DAY] or zero[:EQUAL_IN_A_ROW]
    hit = [check for check in checks if any(check.first_on <= day <= check.last_on for day in days)]
    if not hit:
        return None
    spans = "、".join(label(check.cadence, check.span) for check in hit[:3])
    return Lead(f"自查报零隐患的{spans}，检查或举报另发现隐患", hit)
