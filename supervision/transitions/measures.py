"""The verbs of measures: the system or a person proposes, a person decides, the result is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from common import clock, wording
from common.clock import end_of
from common.errors import Forbidden, NotInScope, Refused
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, require
from common.limits import limit
from hazards.models import Hazard
from hazards.models.hazard import OPEN_STATES, State
from messaging.transitions import notify_about
from supervision import archive, case_papers, papers, reasons
from supervision.models import FORCE_STATES, Listing, Measure, MeasureEvent
from supervision.transitions import hazard_marks, listings, summons
from supervision.transitions.access import EDIT_PAPER, FOLLOW_UP, check_decider, may_measure
from supervision.transitions.listing_effects import keep_text
from supervision.transitions.listing_guards import paper_text
from supervision.transitions.measure_forms import FORMS_OF, paper_of
from supervision.transitions.offices import measure_number, profile_of
from units import queries
from units.models import Unit
from units.roles import FIRM, Right

Values = Mapping[str, Any]
S, Kind, Form = Measure.State, Measure.Kind, Measure.Form
SUMMONS_PARTS = 2


def _check_paper(measure: Measure, actor: Any, values: Values) -> None:
    """Title and body; a summons says why before it says what is asked."""
    paper_text(measure, actor, values)
    if paper_of(measure) == summons.KIND and len(values["body"].split("\n")) < SUMMONS_PARTS:
        raise Refused.at("body", "约谈通知至少分两段：前面写事由，最后一段写时间、地点和要求。")


def _edit_paper(measure: Measure, actor: Any, values: Values) -> dict[str, Any]:
    return keep_text(paper_of(measure), measure, actor, values)


def _check_decision(measure: Measure, actor: Any, values: Values) -> None:
    """Not by who proposed it; a form of this kind and an opinion; a talk is held within its time limit."""
    check_decider(measure, actor)
    if measure.proposed_by_id == actor.pk:
        raise Forbidden("提出人不能决定自己提出的措施，请由其他负责人决定。")
    if values.get("form") not in FORMS_OF[Kind(measure.kind)]:
        raise Refused("请选择具体形式。", {"form": "请选择具体形式。"})
    require(values, opinion="决定意见")
    if values["form"] == Form.TRANSFER:
        require(values, receiver="受移送机关")
    if (
        values["form"] == Form.ORDER_STOP
        and not profile_of(Unit.objects.office_of(measure.area_path)).has_penalty_power
    ):
        text = "本单位未承接行政处罚权，不能责令停产停业，请提出停产停业建议或移送有权机关。"
        raise Refused(text, {"form": text})
    if values["form"] == Form.TALK:
        _check_meeting(values.get("meet_at"), measure)


def _check_meeting(meet_at: datetime | None, measure: Measure) -> None:
    """约谈 is held within a week of the decision (漳州 rule, a policy value)."""
    latest = limit("talk.convene", measure.area_path).after(clock.now())
    if meet_at is None or not clock.now() < meet_at <= latest:
        text = f"请填写约谈时间，最迟{wording.cn_datetime(latest)}。"
        raise Refused(text, {"meet_at": text})


def _decide(measure: Measure, actor: Any, values: Values) -> dict[str, Any]:
    measure.form, measure.opinion = values["form"], values["opinion"]
    measure.decided_by, measure.decided_at = actor, clock.now()
    data: dict[str, Any] = {"form": measure.form, "note": f"{measure.get_form_display()}：{measure.opinion}"}
    if measure.kind == Kind.RAISE:
        _raise(measure, actor)
    if measure.form == Form.TRANSFER:
        measure.receiver = values["receiver"]
        measure.number = measure_number(Unit.objects.office_of(measure.area_path), "transfer")
        data["number"] = measure.number
    if measure.form == Form.TALK:
        measure.due_at, measure.place = values["meet_at"], values.get("place") or ""
        measure.letter = summons.sign(measure, actor, values["meet_at"], values.get("place") or "")
        data["letter"] = measure.letter.number
    if measure.hazard_id:
        hazard = hazard_marks.lock(measure.hazard_id)
        hazard_marks.note(hazard, "measure", actor, measure.get_form_display(), measure.opinion, measure=measure.pk)
    return data


def _raise(measure: Measure, actor: Any) -> None:
    listing = Listing.objects.filter(hazard=measure.hazard, state__in=FORCE_STATES).first()
    if listing is None:
        raise Refused("该隐患已不在督办中，不能提级。")
    listings.perform("raise_tier", listing.pk, actor, reason=measure.opinion)


def _check_reason(measure: Measure, actor: Any, values: Values) -> None:
    """Declining needs a reason."""
    require(values, reason="理由")


def _decline(measure: Measure, actor: Any, values: Values) -> dict[str, Any]:
    measure.opinion = values["reason"][:500]
    measure.decided_by, measure.decided_at = actor, clock.now()
    return {"note": values["reason"]}


def _check_result(measure: Measure, actor: Any, values: Values) -> None:
    """The result in words; only files of one's own."""
    require(values, result="纪要、结果")
    if any(file.uploaded_by_id != actor.pk for file in values.get("files") or ()):
        raise Forbidden("只能使用本人上传的文件。")


def _record(measure: Measure, actor: Any, values: Values) -> dict[str, Any]:
    measure.result, measure.document = values["result"], values.get("document") or ""
    measure.done_at = clock.now()
    measure.attendees = values.get("attendees") or ""
    measure.follow_up_by = end_of(values["follow_up_by"]) if values.get("follow_up_by") else None
    measure.expires_at = end_of(values["expires_at"]) if values.get("expires_at") else None
    if measure.form == Form.TALK:
        measure.number = measure_number(Unit.objects.office_of(measure.area_path), "minutes")
        measure.document = measure.document or f"约谈纪要{measure.number}"
    measure.attachments.add(*(values.get("files") or ()))
    return {"document": measure.document, "note": measure.result}


def _check_follow_up(measure: Measure, actor: Any, values: Values) -> None:
    """What was found."""
    require(values, text="复核情况")


def _follow_up(measure: Measure, actor: Any, values: Values) -> dict[str, Any]:
    measure.followed_up_at = clock.now()
    return {"note": values["text"]}


def _check_lapse(measure: Measure, actor: Any, values: Values) -> None:
    """The hazard ended before anybody decided."""
    if measure.hazard is None or measure.hazard.state in OPEN_STATES:
        raise Refused("隐患尚未了结，建议仍须决定。")


def _lapse(measure: Measure, actor: Any, values: Values) -> dict[str, Any]:
    return {"note": f"隐患{State(measure.hazard.state).label}，建议自动终止" if measure.hazard else ""}


RULES: dict[str, Rule] = {
    "edit_paper": Rule(
        "修改文书草稿", (S.PROPOSED,), None, EDIT_PAPER, "决定前可逐句修改约谈通知、移送函，决定时按此编号印发。",
        guard=_check_paper, apply=_edit_paper, form="paper_text", tone="secondary",
    ),
    "decide": Rule(
        "决定采取", (S.PROPOSED,), S.DECIDED, Right.DECIDE_MEASURE, "约谈的，同时签发约谈通知；提级的，督办级别上提一级。",
        guard=_check_decision, apply=_decide, form="decide", tone="success",
    ),
    "decline": Rule(
        "不予采取", (S.PROPOSED,), S.DECLINED, Right.DECIDE_MEASURE, "建议结束，理由留存。",
        guard=_check_reason, apply=_decline, form="reason", tone="secondary",
    ),
    "record": Rule(
        "登记结果", (S.DECIDED,), S.DONE, Right.SERVE_LISTING, "登记文书、纪要和落实情况，措施办结。",
        guard=_check_result, apply=_record, form="record",
    ),
    "follow_up": Rule(
        "复核落实情况", (S.DONE,), None, FOLLOW_UP, "登记约谈等措施提出的要求是否落实。",
        guard=_check_follow_up, apply=_follow_up, form="follow_up", tone="secondary",
    ),
    "lapse": Rule(
        "建议终止", (S.PROPOSED,), S.DECLINED, Right.DECIDE_MEASURE, "隐患已了结，无需再决定。",
        guard=_check_lapse, apply=_lapse, system=True,
    ),
}  # fmt: skip


def _tell(measure: Measure, actor: Any, action: str) -> None:
    if action not in ("decide", "record"):
        return
    overseers = [*queries.office_people(measure.area_path), *queries.people_of_unit(measure.department_id)]
    _send(measure, actor, action, overseers, "安委办或监管部门人员")
    if action == "decide":
        _send(measure, actor, action, list(queries.people_of_unit(measure.unit_id, *FIRM)), "该措施的对象单位人员")


def _send(measure: Measure, actor: Any, action: str, people: list[Any], reader: str) -> None:
    notify_about(
        measure,
        people,
        actor=actor,
        event=measure.version,
        kind="supervision.measure",
        title=f"{RULES[action].label}：{measure.get_form_display()}（{measure.unit.name}）",
        body=measure.opinion if action == "decide" else measure.result,
        why=reasons.of_measure(measure, reader),
        urgent=action == "decide",
    )


def _archive(measure: Measure, actor: Any, action: str) -> None:
    """The minutes as recorded, the transfer as decided."""
    if action == "record" and measure.form == Form.TALK:
        archive.keep("minutes", measure, case_papers.talk_minutes(measure))
    if action == "decide" and measure.form == Form.TRANSFER:
        archive.keep("transfer", measure, case_papers.transfer_letter(measure))
    if action == "decide" and measure.letter:
        archive.keep("letter", measure.letter, papers.letter_paper(measure.letter))


LIFECYCLE = Lifecycle(
    model=Measure,
    rules=RULES,
    may=may_measure,
    write_event=writer(MeasureEvent, RULES),
    on_change=(_archive, _tell),
)
perform = LIFECYCLE.perform
allowed_actions = LIFECYCLE.allowed


def propose(actor: Any, hazard_id: int, *, kind: str, reason: str) -> Measure:
    """A measure proposed by a person against the unit of a hazard. `Refused` while the same kind waits already."""
    with transaction.atomic():
        hazard = hazard_marks.lock(hazard_id)
        if not Hazard.objects.for_user(actor, Right.PROPOSE_LISTING).filter(pk=hazard.pk).exists():
            readable = Hazard.objects.for_user(actor).filter(pk=hazard.pk).exists()
            raise Forbidden if readable else NotInScope
        require({"reason": reason}, reason="理由")
        if kind == Kind.RAISE and not hazard.listed_as:
            raise Refused("该隐患未列入督办，不能建议提级。")
        if hazard.confirmed_at is None or hazard.state not in OPEN_STATES:
            raise Refused(f"隐患{hazard.get_state_display()}，不能提出措施建议。")
        if Measure.objects.waiting().filter(hazard=hazard, kind=kind).exists():
            raise Refused(f"该隐患已有待决定的{Kind(kind).label}建议。")
        measure = new_measure(hazard, kind, reason, actor)
        measure.save()
        _proposed(measure, actor)
    return measure


def propose_unit(actor: Any, unit_id: int, *, reason: str) -> Measure:
    """A measure proposed by a person against a unit as such. `Refused` while one waits already."""
    with transaction.atomic():
        unit = Unit.objects.select_for_update(no_key=True, of=("self",)).filter(pk=unit_id).first()
        if unit is None or not Unit.objects.for_user(actor, Right.PROPOSE_LISTING).filter(pk=unit_id).exists():
            raise NotInScope
        require({"reason": reason}, reason="理由")
        if Measure.objects.waiting().filter(unit=unit, hazard=None).exists():
            raise Refused("该单位已有待决定的措施建议。")
        measure = Measure(
            kind=Kind.UNIT, unit=unit, area_path=unit.area_path, reason=reason[:500], proposed_by=actor,
            proposed_at=clock.now(),
        )  # fmt: skip
        measure.save()
        _proposed(measure, actor)
    return measure


def _proposed(measure: Measure, actor: Any) -> None:
    facts = {"actor": actor, "at": measure.proposed_at, "target": S.PROPOSED, "data": {"note": measure.reason}}
    new_event(MeasureEvent, measure, "propose", "提出建议", **facts).save()


def new_measure(hazard: Hazard, kind: str, reason: str, actor: Any = None, key: str | None = None) -> Measure:
    """An unsaved proposal against the responsible unit of the hazard."""
    return Measure(
        kind=kind,
        unit_id=hazard.unit_id,
        hazard=hazard,
        area_path=hazard.area_path,
        reason=reason[:500],
        proposed_by=actor,
        proposed_at=clock.now(),
        key=key,
    )
