"""What the office left on its desk today: a ladder put to the head, a code for a shop without an account, a month judged."""

from __future__ import annotations

from datetime import timedelta

from common import clock
from reports.demo.world import World
from reports.jobs import open_unit_months
from supervision.forms.policies import LadderForm, initial_of
from supervision.models import LadderPolicy, Letter
from supervision.transitions import climb, reply_links
from supervision.transitions.policies import KIND, edition_of
from units.transitions.policies import propose_policy

REASON = "一般隐患逾期后督促偏晚，拟把督促函提前到逾期第5天（演示）"
ANSWER = "已更换线路并复查通电情况，现场照片由网格员上传（演示）"


def finish(world: World) -> None:
    """The last acts of the history, all through the transitions people press."""
    open_unit_months()
    climb.escalate()
    _propose_ladder(world)
    _answer_by_link(world)


def _propose_ladder(world: World) -> None:
    office = world.people["office"]
    held = edition_of(LadderPolicy.objects.get(level="general", area_path=""))
    typed = {name: value for name, value in initial_of(held.rungs).items() if value is not None}
    day = clock.today() + timedelta(days=14)
    typed |= {"subject": "hazard", "level": "general", "effective_from": day.isoformat(), "basis": "", "step_urge": 5}
    form = LadderForm(typed, area_path=office.area_path)
    if form.is_valid():
        propose_policy(KIND, office, form, REASON)


def _answer_by_link(world: World) -> None:
    """One letter answered by a one-time link, another one with a code that waits."""
    owing = list(Letter.objects.filter(state="sent", due_at__gt=clock.now()).order_by("-pk")[:2])
    for place, letter in enumerate(owing):
        _, code = reply_links.issue(world.people["office"], letter.pk)
        if place == 0:
            link = reply_links.find(code, None)
            reply_links.answer(link, name="王店主（演示）", phone="13800000000", text=ANSWER)
