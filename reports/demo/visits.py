"""Visits of the last two months: patrols of the villages, one administrative inspection with its chain of papers, plans."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from common import clock
from common.clock import midnight
from evidence.transitions import store
from hazards import transitions as hazards
from hazards.models.hazard import State as HazardState
from inspections import checklists
from inspections.models import EnforcementCertificate, Inspection
from inspections.transitions import papers, recording, visits
from inspections.transitions.team import Named
from reports.demo.pictures import scene
from reports.demo.play import Stage, Story
from reports.demo.world import World
from units.models import Unit, User

FIRM = "安裕食品加工厂（演示）"
PATROLS = (58, 44, 31, 22, 13, 6, 2)  # natural days before the end
CHAIN, HALT = 24, 17
WORDS = "配电箱前堆放纸箱，未保持操作距离"


def enter(stage: Stage, street: World, end: datetime) -> None:
    """Put the visits into the history that ends at `end`; what is still to come stands in the plan."""
    for number, days in enumerate(PATROLS):
        stage.enter(_morning(end, days), _patrol(street, number))
    stage.enter(_morning(end, CHAIN), _chain(street))
    stage.enter(_morning(end, HALT), _halt(street))
    stage.enter(end - timedelta(minutes=50), _under_way(street))


def _morning(end: datetime, days: int) -> datetime:
    return midnight(clock.local(end).date() - timedelta(days=days)) + timedelta(hours=9, minutes=30)


def _begin(actor: User, unit: Unit, kind: str, team: tuple[User, ...] = (), mode: str = "daily") -> Inspection:
    named = [Named(person) for person in team]
    version = checklists.suggest(unit)
    return visits.begin(
        actor, uid=uuid.uuid4(), unit=unit, kind=kind, mode=mode, checklist=version, team=named, client_at=clock.now(),
        client_now=clock.now(), latitude=Decimal("24.955000"), longitude=Decimal("102.325000"),
        contact_title="安全管理员",
    )  # fmt: skip


def _answer(actor: User, visit: Inspection, bad: dict[int, dict[str, Any]]) -> None:
    for row in visit.results.select_related("item"):
        number = row.item.number if row.item else 0
        words = _words(row.text)
        content = {"outcome": "bad", "note": words, **bad[number]} if number in bad else {"outcome": "ok"}
        kept = recording.record(actor, visit.uid, uid=row.uid, item_id=row.item_id, **content)
        if number in bad:
            fixed = content.get("is_fixed_on_spot", False)
            for stage, done in (("before", False), ("after", True)) if fixed else (("before", False),):
                file = scene(5000 + visit.pk * 40 + number, fixed=done)
                recording.add_photo(actor, visit.uid, result=kept, file=file, stage=stage)


def _words(item: str) -> str:
    """What was wrong, in the words of the item: 是否 asks for what is not, the rest for what was seen by the cabinet."""
    plain = item.count("是否") == 1 and not any(
        word in item for word in ("有无", "违", "堵", "停用", "住人", "占", "超", "锁", "私")
    )
    return item.replace("是否", "未") if plain else WORDS


def _sign(actor: User, visit: Inspection) -> None:
    typed = "演示数据，未手写"
    for member in visit.members.all():
        recording.sign(
            actor, visit.uid, uid=uuid.uuid4(), party="inspector", user_id=member.user_id, typed_reason=typed
        )
    name = visit.contact or "现场负责人（演示）"
    recording.sign(actor, visit.uid, uid=uuid.uuid4(), party="site", name=name, typed_reason=typed)


def carry_out(actor: User, visit: Inspection) -> None:
    """A planned visit from its start to its end, with nothing found."""
    visit = visits.perform("start", visit.pk, actor, contact_title="安全管理员")
    _answer(actor, visit, {})
    _sign(actor, visit)
    visits.perform("finish", visit.pk, actor, summary="现场负责人全程陪同。")


def _patrol(street: World, number: int) -> Story:
    """A patrol that puts something right on the spot, or leaves it with a deadline, or finds nothing."""
    firm = street.firms[(number * 7 + 3) % len(street.firms)]
    actor = street.people["office"]
    visit = _begin(actor, firm, "patrol", mode=("daily", "surprise", "special")[number % 3])
    yield clock.now() + timedelta(minutes=35)
    due = clock.today() + timedelta(days=3)
    found = ({"level": "general", "is_fixed_on_spot": True}, {"level": "general", "due_on": due})[number % 2]
    _answer(actor, visit, {} if number % 3 == 2 else {1 + number % 5: found})
    _sign(actor, visit)
    visits.perform("finish", visit.pk, actor, summary="现场负责人全程陪同。")


def _chain(street: World) -> Story:
    """检查记录 → 责令整改 → the enterprise reports → 复查 → 复查意见书."""
    first, second, firm = street.people["yingji"], street.people["yingji2"], street.units[FIRM]
    _certify(first, second)
    visit = _begin(first, firm, "administrative", (second,), "special")
    yield clock.now() + timedelta(hours=1)
    untrained = {"level": "general", "note": "包装车间3名新员工没有三级安全教育记录"}
    _answer(first, visit, {14: {"level": "general"}, 16: untrained})
    _sign(first, visit)
    visit = visits.perform("finish", visit.pk, first)
    for kind in ("record", "order"):
        _issue(first, visit, kind)
    order = visit.papers.get(kind="order")
    yield _morning(clock.now(), -9)
    _rectify(street, visit)
    yield midnight(order.recheck_on) + timedelta(hours=10)
    yield from _recheck(first, order)


def _certify(*people: User) -> None:
    for person in people:
        EnforcementCertificate.objects.create(
            user=person, unit=person.hat.unit, number=f"YN5301{person.pk:05d}", issuer="云南省人民政府（演示）",
            valid_from=clock.today() - timedelta(days=600), valid_until=clock.today() + timedelta(days=800),
        )  # fmt: skip


def _halt(street: World) -> Story:
    """检查记录 → 现场处理措施决定书: what cannot wait is stopped on the spot; its 复查 stands in the plan."""
    first, second = street.people["yingji"], street.people["yingji2"]
    firm = next(unit for unit in street.firms if unit.name != FIRM and unit.enterprise.department == first.hat.unit)
    visit = _begin(first, firm, "administrative", (second,), "surprise")
    yield clock.now() + timedelta(minutes=50)
    words = "切割作业区的氧气瓶、乙炔瓶混放在配电箱旁，无防倾倒和防回火措施"
    _answer(first, visit, {14: {"level": "key", "note": words, "due_on": clock.today() + timedelta(days=25)}})
    _sign(first, visit)
    visit = visits.perform("finish", visit.pk, first)
    _issue(first, visit, "record")
    _issue(
        first, visit, "decision", basis="《中华人民共和国安全生产法》第六十五条第一款第三项",
        decisions="立即停止切割作业，撤出作业人员\n暂停使用该配电箱，由电工断电挂牌\n经复查合格前不得恢复作业",
    )  # fmt: skip


def _issue(actor: User, visit: Inspection, kind: str, **words: str) -> None:
    deadline = clock.today() + timedelta(days=10 if kind == "order" else 25)
    dates = {"deadline": deadline, "recheck_on": deadline + timedelta(days=1)} if kind != "record" else {}
    paper = papers.draft(actor, visit, kind, **dates, **words)
    papers.perform("issue", paper.pk, actor)
    papers.perform("serve", paper.pk, actor, way="direct", receiver=visit.contact or "沈安", served_place="厂区办公室")


def _rectify(street: World, visit: Inspection) -> None:
    safety = street.people["firm"]
    for row in visit.results.filter(hazard__state=HazardState.RECTIFYING):
        photo = store(scene(6000 + row.pk, fixed=True), by=safety)
        hazards.perform(
            "submit_rectification", row.hazard_id, safety, measures="已清理并划线", spent=Decimal(0), photos=[photo]
        )


def _recheck(actor: User, order: Any) -> Iterator[datetime]:
    visit = visits.perform("start", order.rechecks.get().pk, actor)
    yield clock.now() + timedelta(minutes=30)
    for row in visit.results.all():
        recording.record(actor, visit.uid, uid=row.uid, outcome="ok", note="现场复查，已整改到位。")
    _sign(actor, visit)
    visit = visits.perform("finish", visit.pk, actor)
    paper = papers.draft(actor, visit, "review")
    papers.perform("issue", paper.pk, actor)


def _under_way(street: World) -> Story:
    """One visit runs, one stands in the plan for tomorrow."""
    actor, firm = street.people["office"], street.firms[11]
    _begin(actor, firm, "patrol")
    visits.schedule(
        actor, uid=uuid.uuid4(), unit=street.firms[17], kind="patrol", mode="surprise",
        planned_on=clock.today() + timedelta(days=1), checklist=checklists.suggest(street.firms[17]),
    )  # fmt: skip
    yield from ()
