"""The verbs of plans: drafted, built, edited row by row, submitted, returned, approved, voided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from common import clock
from common.errors import Forbidden, NotInScope, Refused, WrongState
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, keep_reason, with_reason
from inspections.models.plans import InspectionPlan, InspectionPlanEvent, PlanMatter, PlannedVisit
from inspections.models.scoping import owns
from inspections.models.visits import Inspection
from inspections.queries import candidates
from inspections.transitions import building
from inspections.transitions.draws import owns_any
from messaging.transitions import notify_about
from units.models import User
from units.queries import office_people
from units.roles import Right, Role

Values = Mapping[str, Any]
S = InspectionPlan.State
MATTER_FIELDS = (
    "matter", "basis", "sector", "flag", "target", "content", "mode", "schedule", "body", "is_joint", "remark",
)  # fmt: skip
NAMED = 5


@transaction.atomic
def begin(actor: Any, *, kind: str, year: int, month: int | None, title: str, people: Sequence[User]) -> InspectionPlan:
    """A new plan of the actor's unit with its matters laid out; visits are built in the next step.

    `Refused` for a period that has a plan already, a past one, or people without the certificate an 行政检查 needs.
    """
    if getattr(actor, "hat", None) is None or not owns_any(actor):
        raise Forbidden
    _check_period(year, month)
    owner = actor.hat.unit
    plan = InspectionPlan(
        owner=owner, area_path=owner.area_path, kind=kind, year=year, month=month, drafted_by=actor,
        drafted_at=clock.now(), title=title or default_title(owner.name, kind, year, month),
    )  # fmt: skip
    _check_people(plan, people)
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as error:
        raise Refused.at("year", "本单位该时期已有同类计划，请在原计划上调整或先作废。") from error
    plan.people.set(people)
    building.lay_out_matters(plan)
    new_event(
        InspectionPlanEvent, plan, "begin", "编制", actor=actor, at=plan.drafted_at, target=S.DRAFT,
        data={"note": f"检查事项{plan.matters.count()}项，检查人员{len(people)}名"},
    ).save()  # fmt: skip
    return plan


def default_title(owner: str, kind: str, year: int, month: int | None) -> str:
    """甲街道安委办2026年11月安全生产巡查计划."""
    period = f"{year}年{month}月" if month else f"{year}年度"
    return f"{owner}{period}{'行政检查' if kind == Inspection.Kind.ADMINISTRATIVE else '安全生产巡查'}计划"[:100]


def _check_period(year: int, month: int | None) -> None:
    today = clock.today()
    if not today.year <= year <= today.year + 1 or (year == today.year and month and month < today.month):
        raise Refused.at("year", "计划时期应为本年或下一年尚未过去的月份。")


def _check_people(plan: InspectionPlan, people: Sequence[User]) -> None:
    if not people:
        raise Refused.at("people", "请选择检查人员。")
    if plan.kind == Inspection.Kind.ADMINISTRATIVE:
        held = candidates.holders(User.objects.filter(pk__in=[person.pk for person in people]), clock.today())
        without = [person.name for person in people if person.pk not in set(held.values_list("pk", flat=True))]
        if without:
            raise Refused.at("people", f"行政检查人员须持有效执法证：{'、'.join(without[:NAMED])}没有。")


def may(actor: Any, right: str, plan: InspectionPlan) -> bool:
    """Whether `actor` holds `right` over the plan."""
    return owns(actor, right, plan)


def _build(plan: InspectionPlan, actor: Any, values: Values) -> dict[str, Any]:
    made = building.build(plan)
    note = f"计划检查{made['visits']}次、{made['enterprises']}家"
    note += f"；按每年上限压减{made['cut']}家" if made["cut"] else ""
    note += f"；{made['nobody']}次超出人员能力，未派人员" if made["nobody"] else ""
    return {**made, "note": note}


def _check_submit(plan: InspectionPlan, actor: Any, values: Values) -> None:
    """There are visits, and no enterprise is visited oftener than the cap allows."""
    if not plan.visits.exists():
        raise Refused("计划还没有检查安排，请先生成。")
    _check_cap(plan)


def _check_cap(plan: InspectionPlan) -> None:
    over = building.over_cap(plan)
    if over:
        raise Refused(f"{'、'.join(over[:NAMED])}等{len(over)}家企业的行政检查超过每年上限，请压减。")


def _submit(plan: InspectionPlan, actor: Any, values: Values) -> dict[str, Any]:
    plan.submitted_by = actor
    return {}


def _check_approval(plan: InspectionPlan, actor: Any, values: Values) -> None:
    """Not by who drafted or submitted it; the cap holds together with the plans approved meanwhile."""
    if actor.pk in (plan.drafted_by_id, plan.submitted_by_id):
        raise Forbidden("编制人、送审人不能审批自己的计划。")
    _check_cap(plan)


def _approve(plan: InspectionPlan, actor: Any, values: Values) -> dict[str, Any]:
    plan.approved_by, plan.approved_at = actor, clock.now()
    return {"note": values.get("opinion") or ""}


RULES: dict[str, Rule] = {
    "build": Rule(
        "生成检查安排", (S.DRAFT,), None, Right.PLAN_INSPECTION,
        "按风险等级、标准化等级、抽查比例和每年上限重新生成各月检查安排，人工调整过的安排会被替换。",
        apply=_build, form="confirm",
    ),
    "submit": Rule(
        "送审", (S.DRAFT,), S.SUBMITTED, Right.PLAN_INSPECTION, "送安委办负责人审批，审批前不能再改。",
        guard=_check_submit, apply=_submit, form="confirm", tone="success",
    ),
    "approve": Rule(
        "批准", (S.SUBMITTED,), S.APPROVED, Right.APPROVE_INSPECTION, "计划生效，检查人员收到消息。",
        guard=_check_approval, apply=_approve, form="opinion", tone="success",
    ),
    "return_draft": Rule(
        "退回修改", (S.SUBMITTED,), S.DRAFT, Right.APPROVE_INSPECTION, "退回编制单位修改。",
        guard=with_reason, apply=keep_reason, form="reason", tone="secondary",
    ),
    "void": Rule(
        "作废", (S.DRAFT, S.SUBMITTED, S.APPROVED), S.VOID, Right.APPROVE_INSPECTION, "该时期可以重新编制计划。",
        guard=with_reason, apply=keep_reason, form="reason", tone="danger",
    ),
}  # fmt: skip


def _tell(plan: InspectionPlan, actor: Any, action: str) -> None:
    if action not in ("submit", "approve", "return_draft"):
        return
    people = office_people(plan.area_path, Role.HEAD) if action == "submit" else [*plan.people.all(), plan.drafted_by]
    notify_about(
        plan,
        people,
        actor=actor,
        event=plan.version,
        kind="inspections.plan",
        title=f"{RULES[action].label}：{plan.title}",
        why="您审批、编制或实施该检查计划。",
    )


LIFECYCLE = Lifecycle(
    model=InspectionPlan, rules=RULES, may=may, write_event=writer(InspectionPlanEvent, RULES), on_change=(_tell,)
)
perform = LIFECYCLE.perform


def _open(actor: Any, pk: int) -> InspectionPlan:
    """The locked plan, if the actor may change its rows now."""
    if not InspectionPlan.objects.for_user(actor).filter(pk=pk).exists():
        raise NotInScope
    plan = InspectionPlan.objects.select_for_update(no_key=True, of=("self",)).select_related("owner").get(pk=pk)
    if not may(actor, Right.PLAN_INSPECTION, plan):
        raise Forbidden
    if plan.state != S.DRAFT:
        raise WrongState(f"计划{plan.get_state_display()}，不能修改。")
    return plan


@transaction.atomic
def save_matter(actor: Any, plan_id: int, matter_id: int | None, **values: Any) -> PlanMatter:
    """Add a row or change one; planned visits of a changed row stay until the plan is built anew."""
    plan = _open(actor, plan_id)
    matter = _matter(plan, matter_id) if matter_id else PlanMatter(plan=plan, position=_next(plan))
    for name in MATTER_FIELDS:
        setattr(matter, name, values[name])
    matter.save()
    matter.named.set(values.get("named") or ())
    return matter


def _matter(plan: InspectionPlan, matter_id: int) -> PlanMatter:
    found = plan.matters.filter(pk=matter_id).first()
    if found is None:
        raise NotInScope
    return found


def _next(plan: InspectionPlan) -> int:
    return (plan.matters.aggregate(top=Max("position"))["top"] or 0) + 1


@transaction.atomic
def remove_matter(actor: Any, plan_id: int, matter_id: int) -> None:
    """Take a row out, with its planned visits."""
    _matter(_open(actor, plan_id), matter_id).delete()


@transaction.atomic
def change_visit(actor: Any, pk: int, *, month: int, inspector: User | None) -> PlannedVisit:
    """Another month or person for a planned visit; who must keep away from the enterprise is refused."""
    visit = _visit(actor, pk)
    if inspector is not None and candidates.conflicts([visit.unit], [inspector]):
        raise Refused.at("inspector", f"{inspector.name}须回避该企业或该企业不属其管辖。")
    if visit.matter.visits.filter(unit=visit.unit, month=month).exclude(pk=pk).exists():
        raise Refused.at("month", f"该企业{month}月已有同一事项的安排。")
    visit.month, visit.inspector = month, inspector
    visit.save()
    return visit


@transaction.atomic
def remove_visit(actor: Any, pk: int) -> None:
    """Take a planned visit out."""
    _visit(actor, pk).delete()


def _visit(actor: Any, pk: int) -> PlannedVisit:
    visit = PlannedVisit.objects.for_user(actor).select_related("unit", "matter").filter(pk=pk).first()
    if visit is None:
        raise NotInScope
    _open(actor, visit.plan_id)
    return visit
