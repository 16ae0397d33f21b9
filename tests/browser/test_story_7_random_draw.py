"""Story 7: 5 inspectors × 20 enterprises are drawn, two conflicts kept apart; anyone draws again from the recorded seed."""

from __future__ import annotations

import json
from io import StringIO

from django.core.management import call_command

from inspections.models.draws import RandomDraw
from tests.browser import STORY
from tests.browser.acts import draws as act
from units.models import Membership

pytestmark = STORY


def test_twenty_enterprises_are_drawn_and_anyone_can_draw_again(people, street, calendar):
    team = act.five_of_the_office(street)
    office, head = people.signed_in("office"), people.signed_in("head")
    for person, firm in zip(team[:2], street.firms[:2], strict=True):
        act.declares_conflict(office, person.name, firm)
    office.open("/inspections/draws/new/")
    act.prepares(office, team, asked="20")
    office.sees("待抽取", "回避2对", "密钥摘要")
    office.look("prepared")
    act.presses(office, "抽取")
    office.sees("复算一致")
    office.look("drawn")
    act.publishes(head, RandomDraw.objects.get())
    draw = RandomDraw.objects.get()
    met = {(row["enterprise"], person) for row in draw.result for person in row["inspectors"]}
    assert len(draw.result) == 20
    assert not met & {(firm.pk, person.pk) for person, firm in zip(team[:2], street.firms[:2], strict=True)}
    act.anyone_reads(people, draw)
    told = StringIO()
    call_command("draw", replay=str(draw.pk), stdout=told)
    assert json.loads(told.getvalue())["same"]


def test_too_few_candidates_are_said_and_nothing_typed_is_lost(people, street, calendar):
    team = act.five_of_the_office(street)
    office = people.signed_in("office")
    office.open("/inspections/draws/new/")
    act.prepares(office, team, asked="400")
    office.sees("少于要抽取的400家")
    office.look("too-few")
    assert office.field("抽取企业数").input_value() == "400"
    assert Membership.objects.filter(user__in=team).count() >= 5
