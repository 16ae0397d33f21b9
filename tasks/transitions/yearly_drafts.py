"""Drafts of yearly papers, made by a job: lists from last year and the plans, the report from what the unit did."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from common import clock
from common.errors import Forbidden, Refused
from common.events import new_event
from common.limits import limit
from common.wording import cn_date
from messaging.transitions import Occasion, notify_many
from tasks.models import YearlyItem, YearlyPaper, YearlyPaperEvent, YearlyState
from tasks.transitions.telling import doers
from tasks.transitions.yearly import KIND
from tasks.yearly_content import content
from units.access import holds
from units.models import Unit
from units.roles import Right

_FILERS = (Unit.Kind.DEPARTMENT, Unit.Kind.VILLAGE)
Kind = YearlyPaper.Kind


def due_at(kind: str, year: int, area_path: str) -> Any:
    """When a paper of `year` is owed: the lists counted from 31 March (每年4月30日前), the report from 30 November."""
    if kind == Kind.REPORT:
        return limit("yearly.report", area_path).after(clock.midnight(date(year, 11, 30)))
    return limit("yearly.lists", area_path).after(clock.midnight(date(year, 3, 31)))


def draft_all() -> int:
    """Draft what is missing for this year: the lists from January, the report from December. Safe to repeat.

    Every department and village in use files; returns how many drafts are new. What was due before anybody drafted it (a
    street that starts in autumn, a unit founded in May) is not owed any more.
    """
    today = clock.today()
    kinds = [Kind.DUTIES, Kind.TASKS, *([Kind.REPORT] if today.month == 12 else [])]
    known = set(YearlyPaper.objects.filter(year=today.year).values_list("unit_id", "kind"))
    made = 0
    for unit in Unit.objects.active().filter(kind__in=_FILERS).order_by("pk"):
        for kind in kinds:
            if (unit.pk, kind) not in known and due_at(kind, today.year, unit.area_path) >= clock.now():
                made += draft(unit, today.year, kind)[1]
    return made


def files(user: Any) -> bool:
    """Whether the person's unit files yearly papers and the person may do it: departments and villages."""
    return holds(user, Right.REPORT_TASK) and user.hat.unit.kind in _FILERS


def begin(actor: Any, *, year: int, kind: str) -> tuple[YearlyPaper, bool]:
    """The own unit's paper, drafted now unless it exists; whether it is new.

    For whoever comes before the job, or for whom it drafted nothing. A list begun after its day is late. Raises `Forbidden`
    for a unit that files none, `Refused` for a year that is neither this one nor the one before or after.
    """
    if not files(actor):
        raise Forbidden("年度清单和述职报告由部门、村（社区）报送。")
    if abs(year - clock.today().year) > 1:
        raise Refused.at("year", "只能起草去年、今年和明年的材料。")
    return draft(actor.hat.unit, year, kind, actor)


def draft(unit: Unit, year: int, kind: str, actor: Any = None) -> tuple[YearlyPaper, bool]:
    """The unit's paper of the kind for the year, drafted if there is none yet; whether it is new."""
    with transaction.atomic():
        facts = {"area_path": unit.area_path, "due_at": due_at(kind, year, unit.area_path)}
        paper, is_new = YearlyPaper.objects.get_or_create(unit=unit, year=year, kind=kind, defaults=facts)
        if is_new:
            _fill(paper, content(unit, year, kind))
            at = clock.now()
            label = "起草" if actor else "系统起草"
            event = new_event(YearlyPaperEvent, paper, "draft", label, actor=actor, at=at, target=YearlyState.DRAFT)
            event.save()
    return paper, is_new


def _fill(paper: YearlyPaper, rows: list[dict[str, Any]]) -> None:
    YearlyItem.objects.bulk_create(YearlyItem(paper=paper, order=place, **row) for place, row in enumerate(rows, 1))


def refresh_all() -> int:
    """Draft anew what nobody has touched and what would read otherwise by now (a plan given out in February, what a unit did
    in December); returns how many. Safe to repeat; a paper anybody edited is left to its unit, which can ask for what is new.
    """
    drafts = YearlyPaper.objects.filter(state=YearlyState.DRAFT, year=clock.today().year)
    touched = YearlyPaperEvent.objects.exclude(action="draft").values("yearlypaper_id")
    return sum(_refresh(pk) for pk in list(drafts.exclude(pk__in=touched).order_by("pk").values_list("pk", flat=True)))


def _refresh(pk: int) -> bool:
    with transaction.atomic():
        locked = YearlyPaper.objects.select_for_update(no_key=True, of=("self",)).select_related("unit")
        paper = locked.filter(pk=pk, state=YearlyState.DRAFT).first()
        if paper is None or paper.events.exclude(action="draft").exists():
            return False
        rows = content(paper.unit, paper.year, paper.kind)
        if [_line(row) for row in rows] == [_line(vars(item)) for item in paper.items.order_by("order")]:
            return False
        paper.items.all().delete()
        _fill(paper, rows)
        paper.version += 1
        paper.save(update_fields=["version"])
    return True


def _line(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        row["text"],
        row.get("origin") or "",
        row.get("task_id"),
        row.get("duty_code") or "",
        row.get("result") or "",
    )


def remind() -> int:
    """Tell units of papers that fall due within the limit of their area, and once of those that are late."""
    now = clock.now()
    owed = YearlyPaper.objects.filter(state=YearlyState.DRAFT).select_related("unit")
    return notify_many(occasion for paper in owed if (occasion := _occasion(paper, now)))


def _occasion(paper: YearlyPaper, now: Any) -> Occasion | None:
    late = paper.due_at < now
    if not late and limit("yearly.remind", paper.area_path).after(now) < paper.due_at:
        return None
    word = "逾期未报送" if late else "即将到期"
    return Occasion(
        recipients=doers(paper.unit_id),
        kind=KIND,
        title=f"年度报备{word}：{paper}",
        body=f"报送期限：{cn_date(paper.due_at)}。系统已起草，请核对后报送。",
        url=paper.get_absolute_url(),
        about=paper,
        key=f"yearly:{paper.pk}:{'late' if late else 'soon'}",
        why="您是报送单位人员。",
        urgent=late,
    )
