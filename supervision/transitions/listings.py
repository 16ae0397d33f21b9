"""RULES: the lifecycle of a listing as one table, and the verbs around it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, require
from hazards.models import Hazard
from hazards.models.hazard import OPEN_STATES, Category, Level
from hazards.transitions import separation
from messaging.transitions import notify_about
from supervision import archive, case_papers, papers, reasons
from supervision.models import LIVE_STATES, Listing, ListingEvent
from supervision.models.listings import ListingState as S
from supervision.transitions import hazard_marks
from supervision.transitions import listing_effects as effects
from supervision.transitions import listing_guards as guards
from supervision.transitions.access import DELIST, UNPUBLISH, may_listing
from units import queries
from units.models import Unit
from units.roles import FIRM, Right, Role

ONE_LIVE = "listing_one_live"
ALREADY = "该隐患已有正在办理的挂牌（挂账）督办，不能重复提请。"
_RUNNING = (S.APPROVED, S.SERVED, S.TREATING, S.ACCEPTANCE, S.ACCEPTED)

RULES: dict[str, Rule] = {
    "opine": Rule(
        "会审意见", (S.PROPOSED,), None, Right.OPINE_LISTING, "意见供负责人审批时参考。",
        guard=guards.opine, apply=effects.opine, form="opine",
    ),
    "edit_notice": Rule(
        "修改督办通知书草稿", (S.PROPOSED,), None, Right.SERVE_LISTING, "批准前可逐句修改，批准时按此编号印发。",
        guard=guards.paper_text, apply=effects.edit_notice, form="notice_text", tone="secondary",
    ),
    "approve": Rule(
        "批准督办", (S.PROPOSED,), S.APPROVED, Right.APPROVE_LISTING, "编号生成督办通知书，隐患列入督办并重定整改期限。",
        guard=guards.approve, apply=effects.approve, form="approve", tone="success",
    ),
    "reject": Rule(
        "不予批准", (S.PROPOSED,), S.REJECTED, Right.APPROVE_LISTING, "提请结束，理由留存。",
        guard=guards.with_reason, apply=effects.note_reason, form="reason", tone="danger",
    ),
    "serve": Rule(
        "登记送达", (S.APPROVED,), effects.after_service, Right.SERVE_LISTING, "记录送达和签收，企业开始报送治理方案。",
        guard=guards.serve, apply=effects.serve, form="serve",
    ),
    "publish": Rule(
        "登记公示", _RUNNING, None, Right.SERVE_LISTING, "记录公示时间和载体。",
        guard=guards.publish, apply=effects.publish, form="publish", tone="secondary",
    ),
    "unpublish": Rule(
        "撤下网上公示", (*_RUNNING, S.DELISTED), None, UNPUBLISH, "网上公示页面不再显示该督办信息。",
        guard=guards.with_reason, apply=effects.unpublish, form="reason", tone="secondary",
    ),
    "file_plan": Rule(
        "报送督办治理方案", (S.SERVED,), S.TREATING, Right.RECTIFY, "报送后按期报告进展。",
        guard=guards.file_plan, apply=effects.file_plan, form="plan",
    ),
    "take_plan": Rule(
        "接收治理方案", (S.SERVED,), S.TREATING, Right.RECTIFY, "隐患已报送方案的，自动转入整治。",
        guard=guards.has_plan, apply=effects.take_plan, system=True,
    ),
    "report_progress": Rule(
        "报告督办进展", (S.TREATING,), None, Right.RECTIFY, "报告后自动计算下次报告时间。",
        guard=guards.progress, apply=effects.progress, form="progress",
    ),
    "take_progress": Rule(
        "接收进展", (S.TREATING,), None, Right.RECTIFY, "隐患档案中的进展报告同样有效。",
        apply=effects.take_progress, system=True,
    ),
    "miss_report": Rule(
        "进展报告逾期", (S.TREATING,), None, Right.RECTIFY, "记一次未按期报告并提醒。",
        guard=guards.report_missed, apply=effects.miss_report, system=True,
    ),
    "apply_acceptance": Rule(
        "申请验收", (S.TREATING,), S.ACCEPTANCE, Right.RECTIFY, "提交后由督办部门组织验收。",
        guard=guards.apply_acceptance, apply=effects.apply_acceptance, form="apply_acceptance",
    ),
    "accept": Rule(
        "验收合格", (S.ACCEPTANCE,), S.ACCEPTED, Right.OPINE_LISTING, "验收合格后报负责人审批解除督办。",
        guard=guards.accept, apply=effects.accept, form="accept", tone="success",
    ),
    "fail_acceptance": Rule(
        "验收不合格", (S.ACCEPTANCE,), S.TREATING, Right.OPINE_LISTING, "退回继续整治，重定期限。",
        guard=guards.fail_acceptance, apply=effects.fail_acceptance, form="fail_acceptance", tone="danger",
    ),
    "return_acceptance": Rule(
        "退回重新验收", (S.ACCEPTED,), S.ACCEPTANCE, Right.APPROVE_LISTING, "验收材料不全或存疑。",
        guard=guards.with_reason, apply=effects.return_acceptance, form="reason", tone="secondary",
    ),
    "edit_delisting": Rule(
        "修改解除督办通知书草稿", (S.ACCEPTED,), None, Right.SERVE_LISTING, "批准前可逐句修改，批准时按此编号印发。",
        guard=guards.paper_text, apply=effects.edit_delisting, form="delisting_text", tone="secondary",
    ),
    "delist": Rule(
        "批准解除督办", (S.ACCEPTED,), S.DELISTED, DELIST, "生成解除督办通知书，隐患同步销号。",
        guard=guards.delist, apply=effects.delist, form="opinion", tone="success",
    ),
    "publish_delisting": Rule(
        "登记解除公示", (S.DELISTED,), None, Right.SERVE_LISTING, "在原载体公示解除督办信息。",
        guard=guards.publish_delisting, apply=effects.publish_delisting, form="publish_delisting", tone="secondary",
    ),
    "set_batch": Rule(
        "编入批次", (S.PROPOSED, *_RUNNING), None, Right.SERVE_LISTING, "同批隐患印发一份通知书，共用一张进展表。",
        guard=guards.in_batch, apply=effects.set_batch, form="batch", tone="secondary",
    ),
    "raise_tier": Rule(
        "提级督办", _RUNNING, None, Right.APPROVE_LISTING, "督办级别上提一级。",
        guard=guards.raisable, apply=effects.raise_tier, system=True,
    ),
    "lapse": Rule(
        "提请终止", (S.PROPOSED,), S.REJECTED, Right.APPROVE_LISTING, "隐患已了结，无需再审批。",
        guard=guards.lapse, apply=effects.lapse, system=True,
    ),
}  # fmt: skip

_TO_FIRM = {
    "approve": "已批准督办", "serve": "督办通知书已送达，请报送治理方案", "miss_report": "督办进展未按期报告，请立即补报",
    "fail_acceptance": "验收不合格，请继续整治", "delist": "已解除督办、销号", "raise_tier": "已提级督办",
}  # fmt: skip
_TO_OFFICE = {
    "opine": "部门已出具会审意见", "approve": "督办已批准，待送达、公示", "file_plan": "督办治理方案已报送",
    "miss_report": "督办进展未按期报告", "apply_acceptance": "企业申请验收", "accept": "验收合格，待批准解除督办",
    "fail_acceptance": "验收不合格", "delist": "已解除督办，待公示",
}  # fmt: skip
_TO_DEPARTMENT = {"approve", "apply_acceptance", "miss_report", "return_acceptance", "raise_tier"}


def _tell(listing: Listing, actor: Any, action: str) -> None:
    hazard = listing.hazard
    if action in _TO_FIRM:
        _send(listing, actor, queries.people_of_unit(hazard.unit_id, *FIRM), _TO_FIRM[action], "责任单位人员")
    if action in _TO_OFFICE:
        _send(listing, actor, queries.office_people(listing.area_path), _TO_OFFICE[action], "安委办人员")
    if action in _TO_DEPARTMENT:
        label = RULES[action].label
        _send(listing, actor, queries.people_of_unit(listing.department_id), f"督办事项“{label}”", "督办部门人员")


def _send(listing: Listing, actor: Any, people: Any, what: str, reader: str) -> None:
    hazard = listing.hazard
    notify_about(
        listing,
        people,
        actor=actor,
        event=listing.version,
        kind="supervision.listing",
        title=f"{what}：{hazard.number} {hazard.description[:40]}",
        body=f"{hazard.unit.name}，{listing.get_tier_display()}{listing.get_kind_display()}。",
        why=reasons.of_listing(listing, reader),
        urgent=True,
    )


def worded(action: str, listing: Listing) -> Rule:
    """The rule in the words of the listing's kind: 批准摘牌, 批准销账, of 重大火灾隐患 批准整改销案."""
    said = {"delist": f"批准{listing.ending}", "publish_delisting": f"登记{listing.ending}公示"}
    return replace(RULES[action], label=said.get(action, RULES[action].label))


_write = writer(ListingEvent, RULES)


def _write_event(listing: Listing, action: str, actor: Any, **facts: Any) -> ListingEvent:
    return _write(listing, action, actor, label=worded(action, listing).label, **facts)


_SIGNED = {
    "approve": ("notice", papers.listing_notice),
    "accept": ("acceptance", case_papers.acceptance_opinion),
    "delist": ("delisting", papers.delisting_notice),
}


def _archive(listing: Listing, actor: Any, action: str) -> None:
    """What was signed is kept word for word; a repeated acceptance replaces nothing that was served."""
    if action in _SIGNED:
        kind, make = _SIGNED[action]
        archive.keep(kind, listing, make(listing))


LIFECYCLE = Lifecycle(
    model=Listing,
    rules=RULES,
    may=may_listing,
    write_event=_write_event,
    on_change=(_archive, _tell),
)
allowed_actions = LIFECYCLE.allowed


def perform(action: str, pk: Any, actor: Any, version: int | None = None, **values: Any) -> Listing:
    """Do `action` on the listing; see `Lifecycle.perform`."""
    listing: Listing = LIFECYCLE.perform(action, pk, actor, version, **values)
    return listing


def kind_for(hazard: Hazard) -> str:
    """挂牌 for 重大 (消防 its own), 挂账 for all others."""
    if hazard.level != Level.MAJOR:
        return Listing.Kind.KEY
    return Listing.Kind.FIRE if hazard.category == Category.FIRE else Listing.Kind.MAJOR


def propose(actor: Any, hazard_id: int, **values: Any) -> Listing:
    """Propose a listing with its reason. `Refused` when one is live already, in Chinese, whoever was first."""
    with transaction.atomic():
        hazard = hazard_marks.lock(hazard_id)
        if not Hazard.objects.for_user(actor, Right.PROPOSE_LISTING).filter(pk=hazard.pk).exists():
            readable = Hazard.objects.for_user(actor).filter(pk=hazard.pk).exists()
            raise Forbidden if readable else NotInScope
        if hazard.state not in OPEN_STATES or hazard.confirmed_at is None:
            raise Refused(f"隐患{hazard.get_state_display()}，不能提请督办。")
        require(values, reason="提请理由")
        separation.supervisor(hazard.area_path, values.get("department"))
        listing = new_listing(
            hazard, Unit.objects.office_of(hazard.area_path), values["reason"], actor, values.get("department")
        )
        listing.tier = values.get("tier") or listing.tier
        _insert(listing)
        new_event(
            ListingEvent, listing, "propose", "提请督办", actor=actor, at=listing.proposed_at, target=S.PROPOSED,
            data={"note": listing.reason},
        ).save()  # fmt: skip
        _send(listing, actor, _deciders(listing), "提请督办，待会审、审批", "会审部门或审批人员")
    return listing


def new_listing(
    hazard: Hazard, office: Unit, reason: str, actor: Any = None, department: Unit | None = None
) -> Listing:
    """An unsaved proposal for the hazard."""
    return Listing(
        hazard=hazard,
        office=office,
        area_path=hazard.area_path,
        kind=kind_for(hazard),
        department_id=department.pk if department else hazard.department_id,
        reason=reason[:500],
        proposed_by=actor,
        proposed_at=clock.now(),
    )


def _insert(listing: Listing) -> None:
    if Listing.objects.filter(hazard=listing.hazard, state__in=LIVE_STATES).exists():
        raise Refused(ALREADY)
    try:
        with transaction.atomic():
            listing.save()
    except IntegrityError as error:
        if ONE_LIVE in str(error):
            raise Refused(ALREADY) from error
        raise


def _deciders(listing: Listing) -> list[Any]:
    people = [*queries.office_people(listing.area_path, Role.HEAD), *queries.leaders(listing.area_path)]
    return [*people, *queries.people_of_unit(listing.department_id)]
