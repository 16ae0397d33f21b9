"""The office side of inspections in the demonstration: risk points, a yearly plan, a draw, a campaign, records of duty, closings looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from common import clock
from common.errors import RuleError
from common.months import first_of_month
from inspections.queries import candidates
from inspections.transitions import conflicts, draws, plans, risks, spots
from reports.demo import campaigns, records, visits
from reports.demo.play import Stage
from reports.demo.world import World
from units.models import Unit, User

DAY = timedelta(days=1)
FIRMS_WITH_POINTS, CHECKED = 24, 2
POINTS = {
    "red": ("危险化学品储罐区", "厂区北侧罐区", "explosion", "可燃气体报警联锁，双人双锁，每班巡检"),
    "orange": ("有限空间（污水池）", "厂区东侧污水处理站", "poisoning", "先通风、再检测、后作业，专人监护"),
    "yellow": ("配电室", "一车间西侧", "electric", "漏电保护，绝缘用具定期检测"),
    "blue": ("仓库叉车通道", "成品仓库", "vehicle", "人车分流，限速标志"),
}


def enter(stage: Stage, street: World, end: datetime) -> None:
    """What the office plans and draws within the last two months, what enterprises file, what campaigns take in."""
    stage.enter(end - 58 * DAY, _risks(street))
    stage.enter(end - 55 * DAY, _plan(street))
    stage.enter(end - 50 * DAY, records.tell(street))
    stage.enter(end - 40 * DAY, campaigns.tell(street))
    stage.enter(end - 24 * DAY, _month(street))
    stage.enter(end - 24 * DAY, _draw(street))
    stage.enter(end - 18 * DAY, _spots(street))


def _team(street: World) -> list[User]:
    """Up to six inspectors of the office and the departments."""
    return list(candidates.inspectors(street.people["office"])[:6])


def _worse(firm: Unit) -> str:
    return {"red": "red", "orange": "orange", "yellow": "orange", "blue": "yellow"}[firm.enterprise.risk]


def _risks(street: World) -> Iterator[datetime]:
    firms = street.firms[:FIRMS_WITH_POINTS]
    for number, firm in enumerate(firms):
        levels = (firm.enterprise.risk if number % 6 else _worse(firm), "blue")
        for level in dict.fromkeys(levels):
            name, place, accident, controls = POINTS[level]
            risks.register(
                street.safety[firm.pk], firm, name=name, place=place, accident=accident, level=level, controls=controls,
                emergency="立即停止作业、疏散人员并报告。", owner=firm.enterprise.safety_officer, owner_post="安全员",
                review_on=clock.today() + (30 if number % 9 == 4 else 300) * DAY,
            )  # fmt: skip
    yield clock.now() + 2 * DAY
    for firm in firms[::12]:
        try:
            risks.adopt_rule(street.people["office"], firm)
        except RuleError:
            continue
    risks.set_level(street.people["head"], firms[1], "red", "本年内发生一般事故，提级管理一年。")


def _plan(street: World) -> Iterator[datetime]:
    office = street.people["office"]
    today = clock.today()
    plan = plans.begin(office, kind="patrol", year=today.year, month=None, title="", people=_team(street))
    first = plan.matters.get(position=1)
    first.target = 50
    first.save()
    plans.perform("build", plan.pk, office)
    plans.perform("submit", plan.pk, office)
    yield clock.now() + DAY
    plans.perform("approve", plan.pk, street.people["head"], opinion="同意，按月推进。")


def _month(street: World) -> Iterator[datetime]:
    """The month of the yearly plan, and what was left undone before; submitted, not yet approved."""
    office, today = street.people["office"], clock.today()
    plan = plans.begin(office, kind="patrol", year=today.year, month=today.month, title="", people=_team(street))
    plans.perform("build", plan.pk, office)
    yield clock.now() + timedelta(hours=1)
    plans.perform("submit", plan.pk, office)


def _draw(street: World) -> Iterator[datetime]:
    office, head, team = street.people["office"], street.people["head"], _team(street)
    conflicts.declare(office, user=team[0], unit=street.firms[0], ground="relative")
    prepared = draws.prepare(
        office, title="第四季度工贸企业双随机抽查", kind="patrol", asked=8, team_size=1, check_by=clock.today() + 40 * DAY,
        units=list(candidates.enterprises(office)), people=team,
    )  # fmt: skip
    yield clock.now() + timedelta(hours=2)
    draws.perform("draw", prepared.pk, office)
    yield clock.now() + DAY
    draws.perform("publish", prepared.pk, head)
    rows = list(prepared.visits.prefetch_related("members")[:5])
    for place, row in enumerate(rows):
        day = clock.today() + (3 + place if place < CHECKED else 30) * DAY
        draws.arrange(row.members.all()[0], prepared.pk, row.pk, day)
    for row in rows[:CHECKED]:
        yield clock.now() + DAY
        visits.carry_out(row.members.all()[0], prepared.visits.get(pk=row.pk).inspection)
    yield clock.now() + 2 * DAY
    draws.perform("publish_results", prepared.pk, head)


def _spots(street: World) -> Iterator[datetime]:
    """Most closings prove true, one does not, one still waits."""
    found = spots.draw_round(street.office, first_of_month(clock.today(), -1))
    yield clock.now() + 5 * DAY
    checks = list(found.checks.exclude(inspector=None).select_related("inspector")) if found else []
    for place, check in enumerate(checks[1:]):
        said = "现场与整改后照片不符，隐患仍在。" if place == 0 else "现场核对，整改属实。"
        action = "find_false" if place == 0 else "find_true"
        spots.perform(action, check.pk, check.inspector, note=said, no_photo_reason="演示数据，未附照片")
