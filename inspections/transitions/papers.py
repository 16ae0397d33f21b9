"""The verbs of inspection papers: draft, issue, serve, void. The order of papers is enforced (domain-rules §4)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, require
from common.limits import limit
from common.wording import cn_date
from hazards import transitions as hazards
from hazards.models import Hazard
from inspections import offices
from inspections.models import Inspection, InspectionPaper, ItemResult, PaperEvent, PaperState, VisitState
from inspections.transitions import paper_contents, visits
from inspections.transitions.access import KEEP_PAPER, may_paper
from inspections.transitions.team import Named, check_certificates, official_members
from messaging.transitions import notify_about
from units import queries
from units.models import Unit
from units.roles import FIRM

Values = Mapping[str, Any]
Kind, S = InspectionPaper.Kind, PaperState
ORDERS = (Kind.ORDER, Kind.DECISION)  # what a 复查 looks back at
POWER = (Kind.ORDER, Kind.DECISION, Kind.REVIEW)  # exercised only where power is delegated
DECISION_MOST = timedelta(days=183)  # 停止使用、停产停业 normally not beyond six months


def draft(actor: Any, inspection: Inspection, kind: str, **values: Any) -> InspectionPaper:
    """A draft of `kind` on this visit by one of its team; the same unfinished draft is returned again.

    Raises `Forbidden`, or `Refused` naming the paper that has to come first.
    """
    paper = InspectionPaper(
        inspection=inspection,
        kind=kind,
        unit=inspection.unit,
        area_path=inspection.area_path,
        sector_id=inspection.sector_id,
        department_id=inspection.department_id,
        drafted_by=actor,
        drafted_at=clock.now(),
    )
    if not may_paper(actor, KEEP_PAPER, paper):
        raise Forbidden("执法文书由检查组中的部门执法人员制作；巡查（服务指导）不出具执法文书。")
    with transaction.atomic():
        Inspection.objects.select_for_update(no_key=True, of=("self",)).get(pk=inspection.pk)
        paper.about = _about(inspection) if kind == Kind.REVIEW else None
        _check_order(paper)
        known = inspection.papers.filter(kind=kind, state=S.DRAFT).first()
        if known is not None:
            return known
        paper.save()
        new_event(PaperEvent, paper, "draft", "制作", actor=actor, at=clock.now(), target=S.DRAFT).save()
    return perform("edit", paper.pk, actor, **values) if values else paper


def _about(inspection: Inspection) -> InspectionPaper | None:
    return inspection.follows


def _check_order(paper: InspectionPaper) -> None:
    """检查记录 before 责改 and 现决; 复查 needs an order; each on the right kind of visit, once."""
    visit = paper.inspection
    if visit.state != VisitState.DONE:
        raise Refused("检查办结后才能出具文书。")
    administrative = visit.kind == Inspection.Kind.ADMINISTRATIVE
    if (paper.kind == Kind.PATROL) == administrative:
        wrong = "行政检查应制作现场检查记录。" if administrative else "巡查（服务指导）不出具执法文书。"
        raise Refused(wrong)
    live = visit.papers.live().exclude(pk=paper.pk)
    if live.filter(kind=paper.kind).exists():
        raise Refused(f"该检查已出具{paper.get_kind_display()}，需更换的请先作废。")
    if paper.kind in ORDERS and not live.filter(kind=Kind.RECORD).exists():
        raise Refused(f"请先出具现场检查记录，再制作{paper.get_kind_display()}。")
    if paper.kind == Kind.REVIEW and (paper.about is None or paper.about.state not in (S.ISSUED, S.SERVED)):
        raise Refused("整改复查意见书须以已出具的责令限期整改指令书或现场处理措施决定书为依据。")


def _check_edit(paper: InspectionPaper, actor: Any, values: Values) -> None:
    """The dates hold together: check ≤ deadline ≤ re-check, within the limit of an order."""
    deadline = values.get("deadline", paper.deadline)
    _check_dates(paper, deadline, values.get("recheck_on", paper.recheck_on))


def _check_dates(paper: InspectionPaper, deadline: date | None, recheck_on: date | None) -> None:
    if paper.kind != Kind.ORDER and deadline is None and recheck_on is None:
        return
    checked = _day(paper.inspection)
    if deadline is None:
        raise Refused.at("deadline", "请填写整改期限。")
    if deadline < checked:
        raise Refused.at("deadline", f"整改期限不能早于检查日期{cn_date(checked)}。")
    rule, recheck = (limit(key, paper.area_path) for key in ("order.rectify", "order.recheck"))
    begun = paper.inspection.started_at or clock.now()
    ceiling = clock.local(rule.after(begun)).date() if paper.kind == Kind.ORDER else checked + DECISION_MOST
    if deadline > ceiling:
        raise Refused.at("deadline", f"整改期限最迟{cn_date(ceiling)}。")
    if recheck_on is not None and recheck_on < deadline:
        raise Refused.at("recheck_on", f"拟复查日期不能早于整改期限{cn_date(deadline)}。")
    latest = clock.local(recheck.after(clock.midnight(deadline))).date()
    if recheck_on is not None and recheck_on > latest:
        raise Refused.at("recheck_on", f"拟复查日期最迟{cn_date(latest)}（整改期限届满后{recheck}内）。")


def _day(inspection: Inspection) -> date:
    return clock.local(inspection.started_at or inspection.created_at).date()


def _edit(paper: InspectionPaper, actor: Any, values: Values) -> dict[str, Any]:
    for name in ("deadline", "recheck_on"):
        if name in values:
            setattr(paper, name, values[name])
    texts = {name: str(values[name]).strip() for name in ("basis", "decisions", "demand", "opinion") if name in values}
    paper.content = {**paper.content, **texts}
    return {}


def _check_issue(paper: InspectionPaper, actor: Any, values: Values) -> None:
    """Order of papers, delegated power, two valid certificates, dates, and something to order."""
    _check_order(paper)
    if paper.kind in POWER and not offices.holds_power(Unit.objects.office_of(paper.area_path)):
        raise Forbidden("本街道未承接行政处罚权（受委托执法），不能出具此文书；请报负有监管职责的部门处理。")
    if paper.kind != Kind.PATROL:
        people = [member.user for member in paper.inspection.members.select_related("user")]
        check_certificates(Inspection.Kind.ADMINISTRATIVE, people, _day(paper.inspection))
        check_certificates(Inspection.Kind.ADMINISTRATIVE, people)
    _check_dates(paper, paper.deadline, paper.recheck_on)
    if paper.kind in ORDERS:
        _check_demands(paper)


def _check_demands(paper: InspectionPaper) -> None:
    found = paper_contents.problems(paper)
    if not found:
        raise Refused("没有尚未整改的问题，不需要责令整改。")
    if paper.kind == Kind.DECISION:
        require(paper.content, basis="依据", decisions="处理决定")
    latest = max((date.fromisoformat(problem["deadline"]) for problem in found if problem["deadline"]), default=None)
    if latest and paper.recheck_on and paper.recheck_on < latest:
        raise Refused.at("recheck_on", f"拟复查日期不能早于整改期限{cn_date(latest)}。")


def _issue(paper: InspectionPaper, actor: Any, values: Values) -> dict[str, Any]:
    paper.content = paper_contents.build(paper)
    paper.number = offices.take_number(Unit.objects.office_of(paper.area_path), paper.kind)
    paper.issued_by, paper.issued_at = actor, clock.now()
    if paper.kind == Kind.ORDER:
        _confirm_hazards(paper, actor)
    return {"number": paper.number, "note": f"文号{paper.number}" if paper.number else ""}


def _confirm_hazards(paper: InspectionPaper, actor: Any) -> None:
    """What the order names and nobody verified yet is confirmed with the order's deadline."""
    wanted = {problem["hazard"]: problem["deadline"] for problem in paper.content["problems"] if problem["hazard"]}
    for hazard in Hazard.objects.filter(pk__in=wanted).select_related("unit", "department").order_by("pk"):
        if "confirm" not in hazards.allowed_actions(hazard, actor):
            continue
        due = None if hazard.level == "major" else date.fromisoformat(wanted[hazard.pk])
        hazards.perform(
            "confirm",
            hazard.pk,
            actor,
            level=hazard.level,
            due=due,
            department=hazard.department,
            responsible_person=hazard.responsible_person or paper.inspection.contact or "现场负责人",
            suggestion="按责令限期整改指令书整改。",
        )


def _schedule_recheck(paper: InspectionPaper, actor: Any, event: PaperEvent) -> None:
    """The 复查 of an order stands in the plan from the moment the order is issued, with the order's problems as its rows."""
    if event.action != "issue" or paper.kind not in ORDERS or paper.recheck_on is None:
        return
    visit = visits.schedule(
        actor,
        uid=uuid.uuid5(paper.uid, "recheck"),
        unit=paper.unit,
        kind=Inspection.Kind.ADMINISTRATIVE,
        mode=Inspection.Mode.RECHECK,
        planned_on=max(paper.recheck_on, clock.today()),
        team=[Named(member.user, member.part) for member in official_members(paper.inspection)],
        follows=paper,
    )
    rows = [
        ItemResult(inspection=visit, text=problem["text"][:300], hazard_id=problem["hazard"])
        for problem in paper.content["problems"]
    ]
    ItemResult.objects.bulk_create(rows)


def _check_serve(paper: InspectionPaper, actor: Any, values: Values) -> None:
    """Who took it, where and how; 留置 says why, 电子 names the signed consent (处罚法 Art.61)."""
    require(values, way="送达方式", receiver="收件人", served_place="送达地点")
    if paper.kind == Kind.PATROL:
        raise Refused("巡查记录不需要送达。")
    note = str(values.get("served_note") or "").strip()
    if values["way"] == InspectionPaper.Way.ELECTRONIC and not note:
        raise Refused.at("served_note", "电子送达须注明受送达人签署的确认书。")
    if values["way"] == InspectionPaper.Way.LEFT and not note:
        raise Refused.at("served_note", "留置送达须注明拒收情况和见证人。")
    if values.get("served_at") and not (paper.issued_at or clock.now()) <= values["served_at"] <= clock.now():
        raise Refused.at("served_at", "送达时间应在出具之后、当前之前。")


def _serve(paper: InspectionPaper, actor: Any, values: Values) -> dict[str, Any]:
    paper.way, paper.receiver, paper.served_place = values["way"], values["receiver"], values["served_place"]
    paper.served_note = values.get("served_note") or ""
    paper.served_at = values.get("served_at") or clock.now()
    return {"note": f"{paper.get_way_display()}，收件人{paper.receiver}"}


def _check_void(paper: InspectionPaper, actor: Any, values: Values) -> None:
    """A reason; what later papers stand on stays."""
    require(values, reason="作废原因")
    later = paper.inspection.papers.live().filter(kind__in=ORDERS)
    if paper.kind == Kind.RECORD and later.exists():
        raise Refused("该检查记录之后已出具处理文书，请先作废处理文书。")
    if paper.led_to.live().exists():
        raise Refused("已依据本文书出具复查意见书，不能作废。")


def _void(paper: InspectionPaper, actor: Any, values: Values) -> dict[str, Any]:
    paper.void_reason = values["reason"][:200]
    for visit in paper.rechecks.filter(state=VisitState.PLANNED):
        visits.perform("cancel", visit.pk, actor, reason=f"所依据的{paper}已作废。")
    return {"note": values["reason"]}


RULES: dict[str, Rule] = {
    "edit": Rule(
        "修改", (S.DRAFT,), None, KEEP_PAPER, "出具前可以修改。",
        guard=_check_edit, apply=_edit, form="edit", tone="secondary",
    ),
    "issue": Rule(
        "出具", (S.DRAFT,), S.ISSUED, KEEP_PAPER, "编号并固定内容，可当场出示PDF；责令整改的同时安排复查。",
        guard=_check_issue, apply=_issue, after=_schedule_recheck, tone="success",
    ),
    "serve": Rule(
        "登记送达", (S.ISSUED,), S.SERVED, KEEP_PAPER, "记录收件人、方式和时间，生成送达回执。",
        guard=_check_serve, apply=_serve, form="serve",
    ),
    "void": Rule(
        "作废", (S.DRAFT, S.ISSUED, S.SERVED), S.VOID, KEEP_PAPER, "文号保留不再使用；尚未开始的复查一并取消。",
        guard=_check_void, apply=_void, form="reason", tone="danger",
    ),
}  # fmt: skip


def _tell(paper: InspectionPaper, actor: Any, action: str) -> None:
    if action != "issue" or paper.kind == Kind.PATROL:
        return
    due = f"，整改期限{cn_date(paper.deadline)}" if paper.deadline else ""
    notify_about(
        paper,
        queries.people_of_unit(paper.unit_id, *FIRM),
        actor=actor,
        event=paper.version,
        kind="inspections.paper",
        title=f"收到{paper.get_kind_display()}：{paper.number or ''}",
        body=f"检查后出具{paper.get_kind_display()}{due}。",
        why="您是该文书受送达单位的人员。",
        urgent=paper.kind in ORDERS,
    )


LIFECYCLE = Lifecycle(
    model=InspectionPaper,
    rules=RULES,
    may=may_paper,
    write_event=writer(PaperEvent, RULES),
    on_change=(_tell,),
)
perform = LIFECYCLE.perform
allowed_actions = LIFECYCLE.allowed


def choices_for(inspection: Inspection, actor: Any) -> list[tuple[str, str]]:
    """The papers the actor may draft now, as (kind, name), in the order they are due."""
    found = []
    for kind in (Kind.PATROL, Kind.RECORD, Kind.ORDER, Kind.DECISION, Kind.REVIEW):
        paper = InspectionPaper(inspection=inspection, kind=kind, area_path=inspection.area_path)
        paper.about = _about(inspection) if kind == Kind.REVIEW else None
        if not may_paper(actor, KEEP_PAPER, paper):
            continue
        try:
            _check_order(paper)
        except (Refused, NotInScope):
            continue
        found.append((str(kind), str(Kind(kind).label)))
    return found
