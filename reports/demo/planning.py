"""The office side of inspections in the demonstration: risk points, a yearly plan, a draw, a campaign, records of duty, closings looked at again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from common import clock
from common.errors import RuleError
from common.months import first_of_month
from hazards import transitions as hazards
from hazards.models import Hazard
from inspections.models.campaigns import CATEGORIES, Campaign
from inspections.queries import candidates
from inspections.transitions import campaigns, conflicts, draws, plans, records, risks, spots
from reports.demo.play import Stage
from reports.demo.world import World
from units.models import Unit, User

DAY = timedelta(days=1)
FIRMS_WITH_POINTS, FIRMS_WITH_RECORDS, FOUND_IN_CAMPAIGN = 24, 26, 4
POINTS = {
    "red": ("危险化学品储罐区", "explosion", "可燃气体报警联锁，双人双锁，每班巡检"),
    "orange": ("有限空间（污水池）", "poisoning", "先通风、再检测、后作业，专人监护"),
    "yellow": ("配电室", "electric", "漏电保护，绝缘用具定期检测"),
    "blue": ("仓库叉车通道", "vehicle", "人车分流，限速标志"),
}
OBJECTS = (
    ("白登石料厂（演示）", "改造升级", "treating", "已完成边坡治理设计，正在施工。"),
    ("海湾采石场（演示）", "达标保留", "done", "安全设施验收合格，纳入达标保留清单。"),
    ("龙箐砂场（演示）", "整合重组", "waiting", ""),
    ("西山废弃砂坑（演示）", "淘汰关闭", "done", "设备已拆除，封闭井口并复绿。"),
    ("东沟采石点（演示）", "淘汰关闭", "treating", "已断电，设备拆除中。"),
)


def enter(stage: Stage, street: World, end: datetime) -> None:
    """Six stories within the last two months."""
    stage.enter(end - 58 * DAY, _risks(street))
    stage.enter(end - 55 * DAY, _plan(street))
    stage.enter(end - 50 * DAY, _records(street))
    stage.enter(end - 40 * DAY, _campaign(street))
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
            name, accident, controls = POINTS[level]
            risks.register(
                street.safety[firm.pk], firm, name=name, accident=accident, level=level, controls=controls,
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


def _records(street: World) -> Iterator[datetime]:
    today = clock.today()
    for number, firm in enumerate(street.firms[:FIRMS_WITH_RECORDS]):
        keeper, person = street.safety[firm.pk], firm.enterprise.safety_officer
        left = (20, 45, 62, 400, 700)[number % 5] * DAY
        records.enter(
            keeper,
            firm,
            "special",
            holder=person,
            number=f"T5301{number:04d}",
            issuer="省应急管理厅",
            valid_until=today + left,
        )
        records.enter(keeper, firm, "training", title="复工复产安全培训", starts_on=today - DAY, people=12, hours=8)
        if number % 3:
            records.enter(keeper, firm, "drill", title="灭火疏散演练", starts_on=today - 5 * DAY, people=20)
        if number % 4 == 0:
            records.enter(
                keeper,
                firm,
                "posts",
                title="全员安全生产责任制",
                starts_on=today - 9 * DAY,
                valid_until=today + 300 * DAY,
            )
    yield clock.now() + 3 * DAY
    until = clock.today() + 365 * DAY
    facts = {"title": "一般事故", "starts_on": clock.today(), "valid_until": until, "note": "事故调查报告批复（演示）"}
    records.enter(street.people["office"], street.firms[1], "bad_record", **facts)
    accident = facts | {"title": "机械伤害事故（演示）", "people": 0}
    records.enter(street.people["office"], street.firms[2], "accident", **accident)
    while True:
        records.remind()
        yield clock.now() + 5 * DAY


def _campaign(street: World) -> Iterator[datetime]:
    office, today = street.people["office"], clock.today()
    form = Campaign.Form.FOUR_LISTS
    led = campaigns.begin(
        office, title="非煤矿山“四个清单”专项整治", form=form, categories=CATEGORIES[form], basis="禄脿任务8",
        starts_on=today, ends_on=today + 120 * DAY,
    )  # fmt: skip
    known = {firm.name: firm for firm in street.firms}
    found = [
        campaigns.enter(
            office, led.pk, name=name, category=category, unit=known.get(name), responsible=street.office,
            measure="按清单要求整治", deadline=today + (30 + 25 * place) * DAY,
        )
        for place, (name, category, _, _) in enumerate(OBJECTS)
    ]  # fmt: skip
    yield clock.now() + 12 * DAY
    for listed, (_, _, state, text) in zip(found, OBJECTS, strict=True):
        if state == "treating":
            campaigns.perform("report_progress", listed.pk, office, progress=text)
        elif state == "done":
            campaigns.perform("finish", listed.pk, office, progress=text, done_on=clock.today())
    found = Hazard.objects.filter(state="rectifying", area_path__startswith=street.office.area_path).order_by("pk")
    for hazard in found[:FOUND_IN_CAMPAIGN]:
        hazards.perform("mark_campaign", hazard.pk, office, campaign=led.mark)


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
    for row in prepared.visits.prefetch_related("members")[:4]:
        draws.arrange(row.members.all()[0], prepared.pk, row.pk, clock.today() + 30 * DAY)


def _spots(street: World) -> Iterator[datetime]:
    """Most closings prove true, one does not, one still waits."""
    found = spots.draw_round(street.office, first_of_month(clock.today(), -1))
    yield clock.now() + 5 * DAY
    checks = list(found.checks.exclude(inspector=None).select_related("inspector")) if found else []
    for place, check in enumerate(checks[1:]):
        said = "现场与整改后照片不符，隐患仍在。" if place == 0 else "现场核对，整改属实。"
        action = "find_false" if place == 0 else "find_true"
        spots.perform(action, check.pk, check.inspector, note=said, no_photo_reason="演示数据，未附照片")
