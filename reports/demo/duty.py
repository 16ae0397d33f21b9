"""What enterprises of the demonstration do themselves: self-checks of the last quarter, dangerous works of this week."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from common import clock, workdays
from common.clock import midnight
from evidence.transitions import store
from hazards.models.hazard import Level
from inspections import cadence as spans
from inspections.cadence import Cadence
from inspections.models import ChecklistVersion
from inspections.models.self_checks import SelfCheck, SelfCheckFinding
from inspections.transitions import works
from inspections.transitions.self_checks import Answer, Sheet, file_check, version_for
from reports.demo import hazard_stories
from reports.demo.calendar import later
from reports.demo.pictures import scene
from reports.demo.play import Stage, Story
from reports.demo.world import World
from units.models import Unit, User

SEED = 20261125
MONTHS = 2  # full months of monthly checks before the present one
CAREFUL, HASTY = (50, 170), (4, 9)  # seconds a form is open; the hasty one is a lead for the office
DAILY = 15  # days of work of daily checks of one high-risk enterprise
FOUND = ("现场不符合要求，已安排人员整改", "执行不到位，当日已组织整改", "设施有缺陷，正在维修")
HOUR = timedelta(hours=1)
Filing = Generator[datetime, None, SelfCheck | None]


def enter(stage: Stage, street: World, end: datetime) -> None:
    """Let the enterprises act on the stage."""
    dice = random.Random(SEED)
    versions = {firm.pk: version_for(firm) for firm in street.firms}
    for firm in street.firms:
        for moment in _monthly(dice, end):
            stage.enter(moment, _monthly_check(stage, street, firm, versions[firm.pk], dice))
    own = street.units["安裕食品加工厂（演示）"]
    risky, hasty = [firm for firm in street.firms if firm.enterprise.is_high_risk and firm != own][:2]
    for moment in _days(end):
        stage.enter(moment, _check(street.safety[risky.pk], versions[risky.pk], Cadence.DAY, dice))
        stage.enter(moment + HOUR, _check(street.safety[hasty.pk], versions[hasty.pk], Cadence.DAY, dice, HASTY))
    led = Cadence.LEAD_MONTH if own.enterprise.is_high_risk else Cadence.LEAD_QUARTER
    stage.enter(end - timedelta(days=40), _check(street.people["boss"], versions[own.pk], led, dice))
    _works(stage, street, end, dice)


def _monthly(dice: random.Random, end: datetime) -> Iterator[datetime]:
    """Most enterprises, most months, some of them late."""
    first = spans.span_of(Cadence.MONTH, clock.local(end).date()).first
    for _ in range(MONTHS):
        last = first - timedelta(days=1)
        first = last.replace(day=1)
        if dice.random() < 0.85:
            late = dice.random() < 0.1
            day = last + timedelta(days=2) if late else first + timedelta(days=dice.randint(15, 26))
            yield midnight(day) + timedelta(hours=dice.randint(9, 16), minutes=dice.randint(0, 59))


def _days(end: datetime) -> Iterator[datetime]:
    day: date = clock.local(end).date()
    for back in range(1, DAILY + 1):
        then = workdays.add_workdays(day, -back)
        if back != 4:  # one day was missed
            yield midnight(then) + timedelta(hours=17, minutes=7 + back)


def _monthly_check(stage: Stage, street: World, firm: Unit, version: ChecklistVersion, dice: random.Random) -> Story:
    """A monthly check; what it finds is verified the next day and runs its course."""
    check = yield from _check(street.safety[firm.pk], version, Cadence.MONTH, dice)
    for finding in check.findings.select_related("hazard") if check else ():
        if finding.hazard:
            seed = 60_000 + finding.hazard.pk
            plot = hazard_stories.Plot(seed, firm, finding.hazard.level, "prompt", finding.hazard.channel)
            stage.enter(later(dice, hours=3, spread=20), hazard_stories.verify(street, plot, finding.hazard))


def _check(
    who: User, version: ChecklistVersion, cadence: str, dice: random.Random, seconds: tuple[int, int] = CAREFUL
) -> Filing:
    """One filed check, the form open for so many seconds; one monthly in nine finds something."""
    today = clock.today()
    on = spans.before(cadence, spans.span_of(cadence, today)).last if today.day == 2 else today
    span = spans.span_of(cadence, on)
    if SelfCheck.objects.filter(unit=who.hat.unit_id, cadence=cadence, first_on=span.first).exists():
        return None
    answers = {}
    if cadence == Cadence.MONTH and dice.random() < 0.11:
        item = version.items.exclude(level=Level.MAJOR).order_by("number")[dice.randint(0, 3)]
        answers[item.pk] = Answer(
            SelfCheckFinding.Outcome.BAD, dice.choice(FOUND), (), "现场光线不足，已口头说明（演示）"
        )
    opened = clock.now() - timedelta(seconds=dice.randint(*seconds))
    check = file_check(who, Sheet(cadence, on, version, answers, True, "", opened))
    yield clock.now()
    return check


@dataclass(frozen=True)
class WorkPlot:
    """A dangerous work before it is told: whose, which kind, from when, for how many hours, which steps are taken."""

    firm: Unit
    kind: str
    starts: datetime
    hours: int
    content: str
    steps: tuple[str, ...]

    def moment(self, index: int) -> datetime:
        """When its step number `index` is taken: the papers in the hour before, the rest soon after the start."""
        if self.steps[index] in ("approve", "brief"):
            return self.starts - HOUR + timedelta(minutes=15 * index)
        return self.starts + timedelta(minutes=6 * index)


def _works(stage: Stage, street: World, end: datetime, dice: random.Random) -> None:
    """Finished last week, going on now, overrun, halted, and reported for tomorrow."""
    now = clock.local(end).replace(minute=0, second=0, microsecond=0)
    firms = [firm for firm in street.firms if firm.enterprise.is_high_risk or firm.enterprise.is_above_scale]
    own = street.units["安裕食品加工厂（演示）"]
    papers, through = ("approve", "brief"), ("approve", "brief", "start", "guard", "finish")
    for plot in (
        WorkPlot(firms[0], "hot", now - timedelta(days=6), 5, "更换输送管道，焊接", through),
        WorkPlot(firms[1], "height", now - timedelta(days=3), 6, "厂房屋面补漏", through),
        WorkPlot(firms[2], "lifting", now - 2 * HOUR, 6, "吊装设备上楼", through[:4]),
        WorkPlot(firms[3], "power", now - 7 * HOUR, 5, "施工临时用电接入", through[:3]),
        WorkPlot(own, "confined", now - 3 * HOUR, 8, "污水池清淤", (*papers, "measure", "start", "halt")),
        WorkPlot(firms[4], "hot", now + timedelta(days=1, hours=2), 4, "冷库隔墙切割", papers[:1]),
    ):
        stage.enter(min(plot.starts, end) - timedelta(days=2), _work(street, plot, dice))


def _work(street: World, plot: WorkPlot, dice: random.Random) -> Iterator[datetime]:
    firm, who = plot.firm, street.safety[plot.firm.pk]
    until = clock.today() + timedelta(days=400)
    number = f"T5301{dice.randint(10**6, 10**7 - 1)}"
    crew: list[dict[str, Any]] = [
        {"post": "worker", "name": "周师傅（演示）", "certificate": number, "valid_until": until},
        {"post": "guardian", "name": "吴监护（演示）"},
    ]
    work = works.file_work(
        who, kind=plot.kind, content=plot.content, place="厂区内（演示）", starts_at=plot.starts,
        ends_at=plot.starts + plot.hours * HOUR, contractor=firm.name, manager=firm.enterprise.safety_officer, crew=crew,
        measures="清理周边可燃物，设置警戒区，专人监护", equipment="灭火器4具，安全带2条，急救箱1个",
    )  # fmt: skip
    for index, step in enumerate(plot.steps):
        yield plot.moment(index)
        _take(street, work.pk, step, who, dice)


def _take(street: World, pk: int, step: str, who: User, dice: random.Random) -> None:
    if step == "measure":
        air = {"oxygen": Decimal("20.8"), "combustible": Decimal(0), "hydrogen_sulfide": Decimal(1)}
        works.perform("measure", pk, who, by_person=who.name, at=clock.now(), **air)
    elif step == "halt":
        works.perform("halt", pk, street.people["yingji"], reason="现场未设通风设备，监护人离岗，立即停止作业（演示）")
    else:
        shot = store(scene(dice.randint(10**6, 10**7), fixed=step == "finish"), by=who, watermark=f"{who.name}")
        works.perform(step, pk, who, person=who.name, photos=[shot])
