"""Reminding enterprises of checks they owe: once per span, in sets, and never after it was filed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse

from common import clock
from inspections import cadence as spans
from inspections.cadence import LED, Cadence, Span
from inspections.models.self_checks import SelfCheckRule
from inspections.queries import self_checks as queries
from messaging.transitions import Occasion, notify_many
from units.models import Membership, Unit
from units.roles import FIRM, Role

KIND = "inspections.selfcheck"
# How many days before the end of its span a check is reminded of; once the span is over it is the calendar that shows it.
AHEAD = {Cadence.DAY: 0, Cadence.WEEK: 2, Cadence.MONTH: 5, Cadence.LEAD_MONTH: 7, Cadence.LEAD_QUARTER: 15}
PER_RUN = 2_000


def remind() -> int:
    """Tell the people of every enterprise that owes a check which ends soon; returns how many messages were new."""
    today, told = clock.today(), 0
    for office in Unit.objects.active().filter(kind=Unit.Kind.OFFICE):
        below = Unit.objects.filter(area_path__startswith=office.area_path)
        for rule in queries.rules(office.area_path).values():
            span = spans.span_of(rule.cadence, today)
            if not _is_time(rule.cadence, span, today):
                continue
            owing = queries.missing(queries.owing(below, rule), rule.cadence, span)
            told += notify_many(_occasions(rule, span, list(owing.values_list("pk", flat=True)[:PER_RUN])))
    return told


def _is_time(cadence: str, span: Span, today: date) -> bool:
    soon = span.last - timedelta(days=AHEAD[Cadence(cadence)]) <= today
    return soon and queries.is_owed_on(cadence, span.first)


def _occasions(rule: SelfCheckRule, span: Span, units: list[int]) -> Iterator[Occasion]:
    """One occasion per enterprise, to those who may sign; one statement for all people."""
    roles = (Role.PRINCIPAL,) if rule.cadence in LED else FIRM
    held = Membership.objects.in_force().filter(unit__in=units, role__in=roles).select_related("user").order_by("unit")
    label = spans.label(rule.cadence, span)
    for unit, posts in groupby(held, key=lambda post: post.unit_id):
        yield Occasion(
            recipients=[post.user for post in posts],
            kind=KIND,
            title=f"{rule.get_cadence_display()}待报送：{label}",
            key=f"selfcheck:{unit}:{rule.cadence}:{span.first}",
            body="没有发现隐患的，报零隐患即可。",
            url=f"{reverse('self-check-new', args=[rule.cadence])}?on={span.first}",
            why=f"依据：{rule.basis}",
        )
