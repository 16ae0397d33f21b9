"""The year's plan of the demonstration: given out, reported on, judged, late here and there; yearly lists filed and returned."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from django.db.models import Q

from common import clock
from evidence.transitions import store
from reports.demo import plans
from reports.demo.calendar import office_hours
from reports.demo.pictures import scene
from reports.demo.play import Stage, Story, each_month
from reports.demo.world import World
from tasks.jobs import open_recurring
from tasks.models import Assignment, AssignmentState, Plan, TaskUnit, YearlyPaper, YearlyState
from tasks.transitions import yearly, yearly_drafts
from tasks.transitions.assigning import assign
from tasks.transitions.assignments import perform
from tasks.transitions.plans import StageData, TaskData, TermData, UnitData, create_plan
from units.models import Unit, User

SEED = 20261126
GIVEN = 300  # natural days before the end
FILING_FROM = 3  # month
PICTURED = 0.4
HOUR = timedelta(hours=1)
VILLAGES = "各村、社区"
_YJ, _XF, _CG, _SC = "应急管理综合服务中心", "消防工作站", "城市管理综合服务中心", "禄脿市场监管所"
_JJ, _ZF, _NY, _JF, _SJ = (
    "交警禄脿中队",
    "综合执法队",
    "生态环境和农业农村综合服务中心",
    "经济发展办公室",
    "社会建设办公室",
)

# (action, title, lead, responsible, cooperating, days from the giving out or a period, quantities, leader)
TASKS: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...], int | str, tuple[str, ...], str], ...] = (
    ("责任落实行动", "分解年度安全生产重点任务并建立台账", "禄脿街道安委办", (VILLAGES,), (), 60, (), "马建华"),
    ("责任落实行动", "每季度召开安委会扩大会议研判安全形势", "禄脿街道安委办", (), (_YJ, _XF), "quarter", ("每季度1次",), "马建华"),
    ("责任落实行动", "对负有安全监管职责的部门开展履职督导", "禄脿街道安委办", (_YJ, _XF, _CG, _SC), (), 200, ("不少于3个领域",), ""),
    ("隐患清零行动", "消防“小场所”隐患排查整治", _XF, (VILLAGES,), (_CG,), 150, ("排查覆盖率100%",), ""),
    ("隐患清零行动", "经营性自建房安全隐患整治", _CG, (VILLAGES,), (_ZF,), 240, ("整治率100%",), ""),
    ("隐患清零行动", "工贸企业有限空间、粉尘涉爆专项检查", _YJ, (_JF,), (), 180, ("检查不少于12家",), ""),
    ("隐患清零行动", "城镇燃气餐饮场所“回头看”", _CG, (_SC, _XF), (), 270, ("复查率100%",), ""),
    ("隐患清零行动", "特种设备使用单位抽查", _SC, (), (), 330, ("抽查不低于20%",), ""),
    ("隐患清零行动", "农村道路交通安全劝导", _JJ, (), (_NY,), "month", (), ""),
    ("能力提升行动", "重点企业主要负责人、安全员培训", _YJ, (_SC, _CG), (), 210, ("培训不少于60人",), ""),
    ("能力提升行动", "开展应急疏散演练", _YJ, (VILLAGES,), (_SJ,), "half", ("每半年1次",), ""),
    ("能力提升行动", "安全宣传进农村、进社区", _SJ, (VILLAGES,), (), 285, ("每村不少于2场",), ""),
    ("能力提升行动", "建立村（社区）微型消防站", _XF, (VILLAGES,), (), 345, ("每村1个",), ""),
    ("能力提升行动", "完善安全生产标准化创建台账", _YJ, (_JF,), (), 0, (), ""),
)  # fmt: skip
WORDS = ("已制定方案并部署到人", "完成摸底，正在逐户排查", "发现问题已建账督促整改", "已组织检查，资料正在整理")


def enter(stage: Stage, street: World, first: date, end: datetime) -> None:
    """Let the plan and the yearly papers come on the stage."""
    dice, seen = random.Random(SEED), set[int]()
    stage.enter(end - timedelta(days=GIVEN), _begin(stage, street, dice, seen))
    stage.enter(*each_month(first, time(6, 15), open_recurring))
    stage.enter(*each_month(first, time(14, 0), partial(_follow_new, stage, street, dice, seen)))
    stage.enter(*each_month(max(first, date(end.year, 1, 1) - timedelta(days=20)), time(6, 50), _draft_papers))
    stage.enter(*each_month(first, time(15, 0), partial(_file_papers, street, dice)))


def _begin(stage: Stage, street: World, dice: random.Random, seen: set[int]) -> Story:
    office = street.people["office"]
    plan = create_plan(
        office,
        title="年度安全生产重点任务实施方案（演示）",
        number="禄街安办发〔演示〕1号",
        issuer="禄脿街道安委办",
        source=Plan.Source.HAND,
        starts_on=clock.today(),
        ends_on=clock.today() + timedelta(days=364),
        stages=_stages(),
        tasks=[_task(street, number, row) for number, row in enumerate(TASKS, 1)],
    )
    assign(office, list(plan.tasks.values_list("pk", flat=True)))
    _follow_new(stage, street, dice, seen)
    yield from ()


def _stages() -> list[StageData]:
    day = clock.today()
    ends = [day + timedelta(days=days) for days in (-1, 60, 270, 364)]
    names = ("动员部署阶段", "集中攻坚阶段", "巩固提升阶段")
    return [StageData(name, ends[place] + timedelta(days=1), ends[place + 1]) for place, name in enumerate(names)]


def _task(street: World, number: int, row: Any) -> TaskData:
    action, title, lead, responsible, cooperating, due, quantities, leader = row
    terms = [TermData(period=due)] if isinstance(due, str) else []
    if isinstance(due, int) and due:
        terms = [TermData(due_on=clock.today() + timedelta(days=due))]
    units = [UnitData(street.units[lead], TaskUnit.Role.LEAD)]
    units += [UnitData(unit, TaskUnit.Role.RESPONSIBLE) for unit in _units(street, responsible)]
    units += [UnitData(unit, TaskUnit.Role.COOPERATING) for unit in _units(street, cooperating)]
    return TaskData(
        title, str(number), action=action, leader=leader, units=units, terms=terms, quantities=quantities,
        measures=f"{title}：明确责任人和时间表，建立台账，每月调度，办结后报送佐证。",
    )  # fmt: skip


def _units(street: World, names: tuple[str, ...]) -> Iterator[Unit]:
    for name in names:
        if name == VILLAGES:
            yield from (unit for unit in street.units.values() if unit.kind == Unit.Kind.VILLAGE)
        else:
            yield street.units[name]


def _follow_new(stage: Stage, street: World, dice: random.Random, seen: set[int]) -> None:
    """Most of what is new is worked on; some stays as it was given."""
    light = Q(plan__source=Plan.Source.DOCUMENT) & ~Q(task__no__in=plans.FOLLOWED)
    new = Assignment.objects.filter(state=AssignmentState.OPEN).exclude(pk__in=seen).exclude(light)
    for row in new.select_related("unit", "task").order_by("pk"):
        seen.add(row.pk)
        people = street.people_of(row.unit)
        if people and dice.random() < 0.8:
            begins = clock.now() + timedelta(days=dice.randint(1, 12), hours=dice.randint(0, 6))
            stage.enter(begins, _work(street, row, people[0], random.Random(dice.random())))


def _work(street: World, row: Assignment, person: User, dice: random.Random) -> Story:
    """Take on, report once or twice, complete before or after the deadline, be judged; some stop on the way."""
    perform("start", row.pk, person)
    due = row.due_at or clock.now() + timedelta(days=200)
    span = max(due - clock.now(), timedelta(days=6))
    for share in sorted(dice.sample((20, 35, 50, 65, 80), 1 + (dice.random() < 0.3))):
        yield office_hours(clock.now() + span * 0.35, dice)
        figures = [{"of": quantity, "value": f"已完成{share}%"} for quantity in row.task.quantities]
        perform("report_progress", row.pk, person, percent=share, text=dice.choice(WORDS), figures=figures)
    if dice.random() < 0.15:
        return
    yield office_hours(max(clock.now() + HOUR, due + timedelta(days=dice.choice((-9, -5, -2, -1, 4, 11)))), dice)
    yield from _complete(street, row, person, dice)


def _complete(street: World, row: Assignment, person: User, dice: random.Random) -> Story:
    perform("submit_completion", row.pk, person, **_proof(person, dice))
    yield office_hours(clock.now() + timedelta(days=dice.randint(1, 4)), dice)
    judge = street.people["office2"]
    if dice.random() < 0.12:
        perform("return_completion", row.pk, judge, reason="请补充检查记录。")
        yield clock.now() + timedelta(days=5)
        perform("submit_completion", row.pk, person, text="已补充检查记录。", no_evidence_reason="检查记录为纸质")
        yield clock.now() + timedelta(days=2)
    perform("accept", row.pk, judge, opinion="同意办结")


def _draft_papers() -> None:
    yearly_drafts.draft_all()
    if clock.today().month == FILING_FROM:  # the plans of the year have come since January
        yearly_drafts.refresh_all()


def _proof(person: User, dice: random.Random) -> dict[str, Any]:
    """A photo with some, a reason for none with the others."""
    if dice.random() < PICTURED:
        photo = store(scene(dice.randint(1, 10_000), fixed=True), by=person, only_images=True)
        return {"text": "已按要求全部完成，台账和照片见佐证。", "files": [photo]}
    return {"text": "已按要求全部完成，台账存本单位备查。", "no_evidence_reason": "台账为纸质，已送安委办核对"}


def finish(street: World, end: datetime) -> None:
    """述职, once duties are counted: some units draft theirs early; one is put on file, one sent back, one still with its unit."""
    moment: datetime | None = office_hours(end - timedelta(days=9), random.Random(SEED))
    story = _accounts_of_the_year(street)
    while moment is not None and moment < end:
        with clock.at(moment):
            moment = next(story, None)


def _accounts_of_the_year(street: World) -> Story:
    office = street.people["office"]
    units = [unit for unit in street.units.values() if unit.kind == Unit.Kind.DEPARTMENT and street.officers_of(unit)]
    for place, unit in enumerate(units[:3]):
        person = street.officers_of(unit)[0]
        paper, _ = yearly_drafts.draft(unit, clock.today().year, YearlyPaper.Kind.REPORT, person)
        if place == 2 or not paper.items.exists():
            continue
        yield clock.now() + HOUR * 24
        done = "全年每月研究调度，按清单逐项落实，发现的问题已督促整改。"
        lines = [{"pk": item.pk, "text": item.text, "result": item.result or done} for item in paper.items.all()]
        yearly.perform("edit", paper.pk, person, items=lines)
        yearly.perform("file", paper.pk, person)
        yield clock.now() + HOUR * 5
        if place == 0:
            yearly.perform("check", paper.pk, office)
        else:
            yearly.perform("return_paper", paper.pk, office, reason="请补充下半年隐患整改情况。")


def _file_papers(street: World, dice: random.Random) -> None:
    """From March on units look over what is drafted and file it; the office puts it on file or returns it."""
    if clock.today().month < FILING_FROM:
        return
    for paper in YearlyPaper.objects.filter(state=YearlyState.DRAFT).select_related("unit"):
        people = street.people_of(paper.unit)
        if not people or dice.random() < 0.45 or paper.kind == YearlyPaper.Kind.REPORT:
            continue
        if not paper.items.exists():
            lines = (
                "落实本单位安全生产责任，每月研究一次安全生产工作",
                "组织辖区（行业）隐患排查并督促整改",
                "开展安全宣传教育和应急演练",
            )
            yearly.perform(
                "edit", paper.pk, people[0], items=[{"pk": None, "text": line, "result": ""} for line in lines]
            )
        yearly.perform("file", paper.pk, people[0])
        if dice.random() < 0.2:
            yearly.perform("return_paper", paper.pk, street.people["office"], reason="缺少本年度新增职责，请补充。")
        elif dice.random() < 0.8:
            yearly.perform("check", paper.pk, street.people["office"])
