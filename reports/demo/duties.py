"""Duties of the demonstration street: posts, visits, supervisions, drills, meetings, indicators; some are short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from common import clock, workdays
from common.clock import midnight
from reports.demo.world import World
from tasks.duties.periods import before, span_of
from tasks.duties.standings import recount
from tasks.duties.subjects import street_of
from tasks.models import Assignment, DutyRecord, Evaluation, Indicator, LeaderPost, Meeting, PeriodKind, Plan, Post
from tasks.transitions import duties, evaluations, indicators, meetings
from tasks.transitions.assignments import perform
from tasks.transitions.meetings import DecisionData
from units.models import Unit

K = DutyRecord.Kind
POSTS = (("leader2", Post.PARTY_HEAD), ("leader3", Post.PARTY_MEMBER), ("leader", Post.OFFICE_HEAD),
         ("leader4", Post.OFFICE_MEMBER))  # fmt: skip
# username → visits of this year, last year's are one more: some will do, some will be short.
VISITS = {"leader2": 4, "leader3": 4, "leader": 11, "leader4": 8}
SKIPPED = (3, 8)  # how many months ago no analysis meeting was held
LINES = {"digital-fire": (31, 38, 44, 51, 57, 60),
         "grassroots": (1, 2, 2, 3, 3, 4), "smart-supervision": (12, 14, 14, 17, 18, 20)}  # fmt: skip
BASES = {"digital-fire": 72, "grassroots": 4, "smart-supervision": 24}


def tell(world: World, first: date) -> None:
    """Everything up to today, in order of days, counted at the end of every quarter and now."""
    today = clock.today()
    for username, post in POSTS:
        LeaderPost.objects.create(person=world.people[username], unit=world.office, post=post, starts_on=first)
    acts = sorted([*_meetings(world, today), *_office(world, today)], key=lambda act: act[0])
    for moment, act in acts:
        if moment < clock.now() and moment.date() >= first:
            with clock.at(moment):
                act()
    _bulk(world, today)
    street = street_of(world.office.area_path)
    with clock.at(midnight(span_of(PeriodKind.QUARTER, today).first + timedelta(days=5))):
        recount(street)
    recount(street)
    _indicators(world, today)
    _evaluation(world, today)


def _workday(day: date) -> date:
    return day if workdays.is_workday(day) else workdays.next_workday(day)


def _at(day: date, hour: int = 15) -> datetime:
    return midnight(_workday(day)) + timedelta(hours=hour)


Act = tuple[datetime, partial[object]]


def _meetings(world: World, today: date) -> Iterator[Act]:
    month = span_of(PeriodKind.MONTH, today)
    for ago in range(13):
        if ago not in SKIPPED:
            title = f"{month.label}安全生产形势分析研判会"
            yield _at(month.first + timedelta(days=9)), partial(_hold, world, today, Meeting.Kind.ANALYSIS, title)
        month = before(month, PeriodKind.MONTH)
    for kind, period, title, day in (
        (Meeting.Kind.EXPANDED, PeriodKind.QUARTER, "安委会扩大会议", 24),
        (Meeting.Kind.DIRECTOR, PeriodKind.QUARTER, "主任办公会议听取安全生产工作汇报", 40),
        (Meeting.Kind.PARTY, PeriodKind.HALF, "党工委会议听取安全生产工作汇报", 70),
        (Meeting.Kind.STUDY, PeriodKind.YEAR, "理论学习中心组安全生产专题学习", 150),
    ):
        span = span_of(period, today)
        for _ in range(4):
            yield _at(span.first + timedelta(days=day), 10), partial(_hold, world, today, kind, f"{span.label}{title}")
            span = before(span, period)


def _hold(world: World, today: date, kind: str, title: str) -> None:
    office, head, now = world.people["office"], world.people["head"], clock.now()
    members = [unit for unit in world.units.values() if unit.is_committee_member]
    wide = kind == Meeting.Kind.EXPANDED
    meeting = meetings.call(
        office, kind=kind, title=title, starts_at=now - timedelta(hours=2), place="街道三楼会议室",
        chair="马建华（演示）", agenda="一、通报近期安全生产情况\n二、研判形势\n三、部署下阶段工作",
        units=members if wide else [], people=[world.people["leader"], world.people["leader4"]],
    )  # fmt: skip
    rows = list(meeting.attendance.order_by("pk").values_list("pk", flat=True))
    quiet = rows[3:5] if wide else []
    decisions = _decided(world, wide)
    meetings.perform(
        "hold", meeting.pk, office, minutes="会议通报了近期隐患排查治理和检查情况，分析了燃气、消防、有限空间作业等重点领域风险。\n"
        "会议要求各单位对照职责清单，紧盯逾期未改隐患，逐项销号。",
        present=[pk for pk in rows if pk not in quiet], excused=quiet[:1], recorder="杨敏（演示）", decisions=decisions,
    )  # fmt: skip
    if kind != Meeting.Kind.ANALYSIS or (clock.today().month % 2):
        meetings.perform("confirm", meeting.pk, head, opinion="同意。")
        if decisions:
            meetings.perform("hand_on", meeting.pk, office)
            _carry_out(world, meeting.pk, today)


def _carry_out(world: World, meeting: int, today: date) -> None:
    """What was decided long enough ago is done and accepted, but for one."""
    given = Assignment.objects.filter(task__decision__meeting=meeting).select_related("unit").order_by("pk")
    for place, row in enumerate(given):
        person, began = world.people_of(row.unit)[0], clock.now()
        if clock.today() + timedelta(days=40) > today or (place == 1 and clock.today().month % 2):
            continue
        with clock.at(began + timedelta(days=20 + place * 5)):
            perform(
                "submit_completion",
                row.pk,
                person,
                text="已按会议要求完成，清单已报安委办。",
                no_evidence_reason="清单随文报送",
            )
        with clock.at(began + timedelta(days=24 + place * 5)):
            perform("accept", row.pk, world.people["office2"], opinion="同意办结")


def _decided(world: World, wide: bool) -> list[DecisionData]:
    if not wide:
        return []
    due = clock.today() + timedelta(days=45)
    kinds = (Unit.Kind.DEPARTMENT, Unit.Kind.VILLAGE)
    units = [unit for unit in world.units.values() if unit.kind in kinds and world.officers_of(unit)]
    texts = ("开展餐饮场所燃气安全排查并报送清单", "督促逾期未改隐患单位按期整改", "组织一次疏散逃生演练观摩")
    return [
        DecisionData(text, units[(clock.today().month + place * 3) % len(units)], due)
        for place, text in enumerate(texts)
    ]


def _office(world: World, today: date) -> Iterator[Act]:
    """What the office enters itself: patrols in different sectors, supervisions, films, the course."""
    quarter = span_of(PeriodKind.QUARTER, today)
    villages = [unit for unit in world.units.values() if unit.kind == Unit.Kind.VILLAGE]
    for ago in range(2):
        for place in range(3 - (ago == 0)):
            firm = world.firms[place * 17 + ago]
            day = _at(quarter.first + timedelta(days=12 + place * 18), 9)
            yield day, partial(_enter, world, K.PATROL, world.office, f"{firm.enterprise.sector.name}领域巡查", firm)
        for place, village in enumerate(villages):
            for turn in range(3 if place < 2 else 2):
                day = _at(quarter.first + timedelta(days=10 + turn * 14 + place), 14)
                yield day, partial(_enter, world, K.SUPERVISION, village, f"第{turn + 1}次重点督导{village.short_name}")
        yield (
            _at(quarter.first + timedelta(days=24), 11),
            partial(_enter, world, K.FILM, world.office, "播放典型事故警示教育片"),
        )
        quarter = before(quarter, PeriodKind.QUARTER)
    yield (
        _at(date(today.year, 5, 20)),
        partial(_enter, world, K.COURSE, world.office, "安全生产和消防安全必修课程（一期）"),
    )


def _enter(world: World, kind: str, unit: Unit, title: str, place: Unit | None = None) -> None:
    duties.enter(
        world.people["office"], kind=kind, unit=unit, on=clock.today(), title=title, place=place,
        text="现场查看台账和重点部位，发现的问题已当场反馈。",
    )  # fmt: skip


def _bulk(world: World, today: date) -> None:
    """Visits of leaders and what enterprises entered, as rows: there are hundreds of them."""
    DutyRecord.objects.bulk_create(_firm_rows(world, today))
    visits = list(_visit_rows(world, today))
    DutyRecord.objects.bulk_create(row for _, row in visits)
    through = DutyRecord.people.through
    through.objects.bulk_create(through(dutyrecord_id=row.pk, user_id=person) for person, row in visits)


def _row(world: World, kind: str, unit: Unit, day: date, title: str, *, place: Unit | None = None) -> DutyRecord:
    by = world.safety.get(unit.pk) or world.people["office"]
    return DutyRecord(
        kind=kind, unit=unit, on=day, title=title, place=place, area_path=unit.area_path, entered_by=by,
        entered_at=min(midnight(day) + timedelta(hours=16), clock.now()), text="情况正常，发现的问题已落实整改。",
    )  # fmt: skip


def _visit_rows(world: World, today: date) -> Iterator[tuple[int, DutyRecord]]:
    years = [(name, today.year - back, many + back) for name, many in VISITS.items() for back in (1, 0)]
    for username, year, number in years:
        for turn in range(number):
            day = _workday(date(year, 1, 6) + timedelta(days=turn * 300 // number))
            firm = world.firms[(turn * 7 + len(username)) % len(world.firms)]
            if day <= today:
                yield (
                    world.people[username].pk,
                    _row(world, K.VISIT, world.office, day, f"带队检查{firm.name}", place=firm),
                )


def _firm_rows(world: World, today: date) -> Iterator[DutyRecord]:
    for number, firm in enumerate(world.firms):
        high = firm.enterprise.is_high_risk or firm.enterprise.sector.is_high_risk
        period = PeriodKind.MONTH if high else PeriodKind.QUARTER
        span = span_of(period, today)
        for ago in range(3):
            day = _workday(span.first + timedelta(days=8 + number % 9))
            if (number + ago) % 10 < 8 - 2 * (ago == 0) and day <= today:
                yield _row(world, K.LED_CHECK, firm, day, "主要负责人带队检查重大事故隐患")
            span = before(span, period)
        day = _workday(date(today.year, 3 + number % 6, 10))
        if number % 4 and day <= today:
            yield _row(world, K.DRILL, firm, day, "全员疏散逃生演练")


def _indicators(world: World, today: date) -> None:
    """Half a year of values by hand, with their source; the others are computed."""
    month = span_of(PeriodKind.MONTH, today)
    for _ in range(5):
        month = before(month, PeriodKind.MONTH)
        with clock.at(midnight(month.last) + timedelta(hours=20)):
            indicators.measure_all()
    indicators.measure_all()
    for code, line in LINES.items():
        indicator = Indicator.objects.get(code=code)
        month = span_of(PeriodKind.MONTH, today)
        for done in reversed(line):
            indicators.enter(
                world.people["office"], indicator, month=month.first, numerator=done, denominator=BASES[code],
                note="各责任单位月报汇总（演示）",
            )  # fmt: skip
            month = before(month, PeriodKind.MONTH)


def _evaluation(world: World, today: date) -> None:
    """The stage of the year's plan as its figures tell it, with one part put into the office's own words."""
    office = world.people["office"]
    plan = Plan.objects.filter(owner=world.office, source=Plan.Source.HAND).order_by("pk").first()
    if plan is None:
        return
    made, _ = evaluations.draft(office, plan, kind=Evaluation.Kind.MID, until=today)
    told = [{**each, "paragraphs": [*each["paragraphs"], "下一阶段重点盯住逾期任务较多的村（社区）。"]}
            if each["key"] == "next" else each for each in made.sections]  # fmt: skip
    evaluations.perform("edit", made.pk, office, title=made.title, sections=told)
