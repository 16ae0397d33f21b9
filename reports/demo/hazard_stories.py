"""What becomes of one hazard, told as a generator: act, then yield the moment of the next act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from common import clock
from evidence.transitions import store
from hazards import criteria, transitions
from hazards.models import Hazard
from hazards.models.hazard import Channel, Level
from reports.demo import places
from reports.demo.calendar import later
from reports.demo.pictures import scene
from reports.demo.world import World
from units.models import Unit, User

Story = Iterator[datetime]


@dataclass(frozen=True)
class Plot:
    """What is given before the story begins. `temper` is how the enterprise behaves."""

    seed: int
    firm: Unit
    level: str
    temper: str  # prompt, late, stubborn, sloppy, untrue, on_spot, extended, relapsing
    channel: str


def tell(world: World, plot: Plot) -> Story:
    """From discovery to wherever it stands today."""
    hazard = _report(world, plot)
    if plot.temper == "on_spot":
        _fix_on_spot(world, plot, hazard)
        return
    yield later(world.dice, hours=3, spread=20)
    if plot.temper == "untrue":
        _act(
            hazard,
            "dismiss",
            world.officers_of(world.office)[0],
            ground="untrue",
            reason="经现场核实，不存在所述情况。",
        )
        return
    yield from verify(world, plot, hazard)


def verify(world: World, plot: Plot, hazard: Hazard) -> Story:
    """A hazard that was reported, from its verification to its end."""
    _confirm(world, plot, hazard)
    if plot.level == Level.MAJOR:
        yield from _plan(world, plot, hazard)
    if plot.temper == "extended":
        yield from _extend(world, plot, hazard)
    yield from _rectify_and_review(world, plot, hazard)


def resume(world: World, plot: Plot, hazard: Hazard) -> Story:
    """A hazard that stood in an old ledger, from wherever it stands to its end."""
    if _state(hazard) == "planning":
        yield from _plan(world, plot, hazard)
    yield from _rectify_and_review(world, plot, hazard)


def judge(world: World, hazard: Hazard) -> None:
    """The office judges what an old ledger called 重大: a clause describes it, or it is 重点; what is closed cites its ground."""
    ground = _ground(hazard)
    if _state(hazard) == "closed":
        _act(hazard, "cite_criterion", world.people["office"], **ground)
        return
    _act(
        hazard,
        "confirm",
        world.people["office"],
        level=Level.MAJOR if "criterion" in ground else Level.KEY,
        responsible_person=hazard.responsible_person or "企业负责人",
        department=hazard.department or hazard.unit.enterprise.department or world.units["应急管理综合服务中心"],
        suggestion="按台账记载限期整改。",
        **ground,
    )


def _act(hazard: Hazard, action: str, actor: User, **values: Any) -> Hazard:
    return transitions.perform(action, hazard.pk, actor, **values)


def _shot(plot: Plot, by: User, *, fixed: bool, extra: int = 0) -> list[Any]:
    mark = f"{clock.local(clock.now()):%Y-%m-%d %H:%M}\n{by.name}"
    return [store(scene(plot.seed * 10 + extra, fixed=fixed), by=by, watermark=mark)]


def _finder(world: World, plot: Plot) -> User:
    village, department = _overseers(world, plot.firm)
    return {
        Channel.SELF_CHECK: world.safety[plot.firm.pk],
        Channel.INSPECTION: world.dice.choice([village, *department]),
        Channel.CITIZEN: world.people["office"],
        Channel.ASSIGNED: world.people["office2"],
        Channel.EXPERT: world.people["office2"],
    }[plot.channel]  # type: ignore[index]


def _overseers(world: World, firm: Unit, hazard: Hazard | None = None) -> tuple[User, list[User]]:
    """The village's grid worker, and two officers of the supervising department (the office's where it has none)."""
    villages = [
        unit for unit in world.units.values() if unit.kind == Unit.Kind.VILLAGE and unit.area_path == firm.area_path
    ]
    department = (hazard.department if hazard else None) or firm.enterprise.department
    officers = world.officers_of(department) or world.officers_of(world.office)[:2]
    return world.officers_of(villages[0])[0], officers


def _report(world: World, plot: Plot) -> Hazard:
    dice = world.dice
    problems = places.PROBLEMS[_problem_kind(plot.firm)]
    text, category, place, _ = problems[plot.seed % len(problems)]
    finder = _finder(world, plot)
    return transitions.report(
        finder,
        unit=plot.firm,
        description=f"{text}。" if dice.random() < 0.7 else f"{text}，已当面告知现场负责人。",
        category=category,
        place=place,
        channel=plot.channel,
        found_on=clock.today() - timedelta(days=dice.choice([0, 0, 0, 1])),
        photos=_shot(plot, finder, fixed=False),
    )


def _problem_kind(firm: Unit) -> str:
    names = [name for names, *_ in places.KINDS for name in names]
    kinds = [kind for group, kind, *_ in places.KINDS for _ in group]
    return dict(zip(names, kinds, strict=True))[firm.short_name]


def _fix_on_spot(world: World, plot: Plot, hazard: Hazard) -> None:
    finder = _finder(world, plot)
    _act(hazard, "fix_on_spot", finder, measures="现场督促，当场改正。", photos=_shot(plot, finder, fixed=True))


def _confirm(world: World, plot: Plot, hazard: Hazard) -> None:
    village, _ = _overseers(world, plot.firm)
    actor = village if plot.level == Level.GENERAL else world.people["office"]
    days = {Level.GENERAL: (1, 10), Level.KEY: (15, 30), Level.MAJOR: (60, 100)}[Level(plot.level)]
    due = clock.today() + timedelta(days=world.dice.randint(*days))
    ground = _ground(hazard) if plot.level == Level.MAJOR else {}
    _act(
        hazard,
        "confirm",
        actor,
        level=plot.level,
        due=due,
        responsible_person=plot.firm.enterprise.safety_officer,
        department=plot.firm.enterprise.department,
        suggestion="限期整改，整改期间落实管控措施。",
        **ground,
    )


def _ground(hazard: Hazard) -> dict[str, Any]:
    """What the office cites: the clause that describes the case, else its reasons."""
    clause = next((clause for words, clause in places.CITED.items() if hazard.description.startswith(words)), "")
    if clause:
        return {"criterion": criteria.cited_in(clause)}
    return {"level_reason": "经部门会商，整改难度较大，须局部停产停业并经一定时间整改方能排除。"}


def _plan(world: World, plot: Plot, hazard: Hazard) -> Story:
    yield later(world.dice, days=3, spread=48)
    safety = world.safety[plot.firm.pk]
    _, department = _overseers(world, plot.firm, hazard)
    due = max(_due(hazard), clock.today() + timedelta(days=12))
    _act(
        hazard,
        "file_plan",
        safety,
        objectives="消除重大事故隐患，由主要负责人负总责。",
        measures=_measure(plot),
        funds=Decimal(world.dice.randint(5, 80)),
        organisation=f"{plot.firm.enterprise.principal}任组长，安全、生产、设备部门参加",
        finish_on=due,
        safeguards="整改期间停用相关设备、专人值守，按预案开展应急演练。",
    )
    yield later(world.dice, days=1, spread=24)
    _act(hazard, "approve_plan", department[0], opinion="方案可行，按期推进。")
    yield later(world.dice, days=10, spread=48)
    if _state(hazard) == "rectifying":
        _act(hazard, "report_progress", safety, text="设备已采购，施工队伍进场。", percent=40)


def _extend(world: World, plot: Plot, hazard: Hazard) -> Story:
    due = _due(hazard)
    yield max(later(world.dice, days=1), _at(due - timedelta(days=2), 10))
    wanted = due + timedelta(days=12)
    safety = world.safety[plot.firm.pk]
    _act(
        hazard,
        "request_extension",
        safety,
        reason="专用配件未到货。",
        protection="停用设备、设置警戒、专人巡查。",
        due=wanted,
    )
    yield later(world.dice, hours=5, spread=10)
    _, department = _overseers(world, plot.firm, hazard)
    _act(hazard, "grant_extension", department[0], reason="理由充分，防控措施到位，同意延期一次。")


def _rectify_and_review(world: World, plot: Plot, hazard: Hazard) -> Story:
    yield _when_rectified(world, plot, hazard)
    yield from _submit(world, plot, hazard, extra=1)
    _, department = _overseers(world, plot.firm, hazard)
    if plot.temper == "sloppy":
        due = clock.today() + timedelta(days=7)
        _act(hazard, "fail_review", department[0], reason="整改不彻底，部分点位未改。", due=due)
        yield later(world.dice, days=3, spread=30)
        yield from _submit(world, plot, hazard, extra=2)
    yield from _close(world, plot, hazard)


def _when_rectified(world: World, plot: Plot, hazard: Hazard) -> datetime:
    due, dice = _due(hazard), world.dice
    days_late = {"late": dice.randint(2, 20), "stubborn": dice.randint(50, 110)}.get(plot.temper)
    if days_late:
        return max(_at(due + timedelta(days=days_late), 10), later(dice, days=1))
    span = max((due - clock.today()).days, 1)
    return max(min(_at(clock.today() + timedelta(days=dice.randint(1, span)), 10), _at(due, 16)), later(dice, hours=1))


def _submit(world: World, plot: Plot, hazard: Hazard, extra: int) -> Story:
    while _state(hazard) != "rectifying":
        if _state(hazard) in ("closed", "transferred"):
            return
        if _state(hazard) == "planning":
            yield from _plan(world, plot, hazard)
        else:
            yield later(world.dice, days=3)
    safety = world.safety[plot.firm.pk]
    spent = Decimal(world.dice.randint(0, 300)) / 100
    photos = _shot(plot, safety, fixed=True, extra=extra)
    _act(hazard, "submit_rectification", safety, measures=_measure(plot) + "。", spent=spent, photos=photos)
    yield later(world.dice, days=1, spread=40)


def _close(world: World, plot: Plot, hazard: Hazard) -> Story:
    village, department = _overseers(world, plot.firm, hazard)
    level = Hazard.objects.values_list("level", flat=True).get(pk=hazard.pk)
    reviewer = village if level == Level.GENERAL else department[0]
    second = {"second_reviewer": department[1]} if level == Level.MAJOR else {}
    done = _act(hazard, "pass_review", reviewer, **second, **_review(plot, reviewer, level))
    if done.state == "reviewed" and not done.listed_as:
        yield later(world.dice, days=1, spread=20)
        head = world.people["head"]
        if not Hazard.objects.get(pk=hazard.pk).listed_as:
            _act(hazard, "sign_off", head, opinion="资料齐全，同意销号。")
    if plot.temper == "relapsing" and _state(hazard) == "closed":
        yield later(world.dice, days=14)
        due = clock.today() + timedelta(days=10)
        _act(hazard, "reopen", world.people["head"], ground="relapse", reason="“回头看”发现问题反弹。", due=due)
        yield later(world.dice, days=4)
        yield from _submit(world, plot, hazard, extra=4)
        yield from _close(world, Plot(plot.seed, plot.firm, plot.level, "prompt", plot.channel), hazard)


def _review(plot: Plot, reviewer: User, level: str) -> dict[str, Any]:
    """On site with a photo; every other simple one on paper with its reason."""
    if level == Level.GENERAL and plot.seed % 2:
        return {"opinion": "书面复查合格。", "paper_reason": "整改照片清楚、部位一致，风险较低。"}
    return {"opinion": "现场复查，已整改到位。", "photos": _shot(plot, reviewer, fixed=True, extra=3)}


def _state(hazard: Hazard) -> str:
    return Hazard.objects.values_list("state", flat=True).get(pk=hazard.pk)


def _due(hazard: Hazard) -> date:
    due = Hazard.objects.values_list("due_at", flat=True).get(pk=hazard.pk)
    return clock.local(due or clock.now()).date()


def _at(day: date, hour: int) -> datetime:
    return clock.local(clock.now()).replace(year=day.year, month=day.month, day=day.day, hour=hour, minute=20)


def _measure(plot: Plot) -> str:
    problems = places.PROBLEMS[_problem_kind(plot.firm)]
    return problems[plot.seed % len(problems)][3]
