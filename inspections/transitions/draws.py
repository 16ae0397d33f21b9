"""The verbs of draws: prepared with a commitment, drawn, published, results published; conflicts declared and withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from common import clock, wording
from common.errors import Forbidden, NotInScope, Refused, WrongState
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, require
from common.numbering import document_number, take
from inspections import drawing
from inspections.models.draws import DrawnVisit, RandomDraw, RandomDrawEvent
from inspections.models.scoping import owns
from inspections.models.visits import Inspection, VisitState
from inspections.queries import candidates
from inspections.transitions import visits
from inspections.transitions.team import NEEDED, Named
from messaging.transitions import notify_about
from units.models import Unit, User
from units.roles import Right

Values = Mapping[str, Any]
S = RandomDraw.State
MOST = 500


@transaction.atomic
def prepare(
    actor: Any,
    *,
    title: str,
    kind: str,
    asked: int,
    team_size: int,
    check_by: date,
    units: Sequence[Unit],
    people: Sequence[User],
    weighted: bool = True,
) -> RandomDraw:
    """Freeze who may be drawn and commit to a secret in the same moment; nothing is drawn yet.

    `Refused` where fewer are left than asked for, saying how many and why. Money, time and people are not touched.
    """
    _check_request(actor, title)
    _check_numbers(kind, asked, team_size, check_by)
    people = _fit(people, kind, team_size, check_by)
    given = candidates.given(actor, units, people, kind=kind, asked=asked, team_size=team_size, weighted=weighted)
    _check_enough(given, asked)
    secret, now, owner = secrets.token_hex(32), clock.now(), actor.hat.unit
    draw = RandomDraw.objects.create(
        number=_number(owner),
        title=title,
        kind=kind,
        owner=owner,
        area_path=owner.area_path,
        check_by=check_by,
        asked=asked,
        team_size=team_size,
        algorithm=drawing.ALGORITHM,
        given=given,
        digest=drawing.digest_of(given),
        commitment=drawing.commitment_of(secret),
        secret=secret,
        prepared_by=actor,
        prepared_at=now,
    )
    note = f"候选{len(draw.candidates)}家，排除{len(draw.excluded)}家，检查人员{len(people)}名；密钥摘要{draw.commitment[:12]}…"
    new_event(
        RandomDrawEvent, draw, "prepare", "编制", actor=actor, at=now, target=S.PREPARED, data={"note": note}
    ).save()
    return draw


def _check_request(actor: Any, title: str) -> None:
    if getattr(actor, "hat", None) is None or not owns_any(actor):
        raise Forbidden
    require({"title": title}, title="抽查事项")


def _number(owner: Unit) -> str:
    year = clock.today().year
    return document_number(f"{owner.short_name or owner.name}双随机"[:24], year, take(f"draw:{owner.pk}", year))


def owns_any(actor: Any) -> bool:
    """Whether the actor's hat may plan inspections at all."""
    return owns(actor, Right.PLAN_INSPECTION, _Own(actor))


class _Own:
    """The actor's own unit, as the scope asks for a record."""

    def __init__(self, actor: Any) -> None:
        self.area_path, self.owner_id = actor.hat.unit.area_path, actor.hat.unit_id


def _check_numbers(kind: str, asked: int, team_size: int, check_by: date) -> None:
    if not 1 <= asked <= MOST:
        raise Refused.at("asked", f"抽取企业数应在1至{MOST}之间。")
    if kind == Inspection.Kind.ADMINISTRATIVE and team_size < NEEDED:
        raise Refused.at("team_size", "行政检查每组不少于2名执法人员。")
    if check_by < clock.today():
        raise Refused.at("check_by", "检查完成期限不能早于今天。")


def _fit(people: Sequence[User], kind: str, team_size: int, check_by: date) -> list[User]:
    """Those who may be drawn; an administrative inspection wants holders of a 执法证 valid until the visits are over."""
    fitting = list(people)
    if kind == Inspection.Kind.ADMINISTRATIVE:
        held = candidates.holders(User.objects.filter(pk__in=[person.pk for person in people]), check_by)
        valid = set(held.values_list("pk", flat=True))
        fitting = [person for person in people if person.pk in valid]
    if len(fitting) < team_size:
        told = "持有效执法证的" if kind == Inspection.Kind.ADMINISTRATIVE else ""
        raise Refused.at("people", f"可抽取的{told}检查人员只有{len(fitting)}名，少于每组{team_size}名。")
    return sorted(fitting, key=lambda person: person.pk)


def _check_enough(given: Mapping[str, Any], asked: int) -> None:
    left = [row for row in given["enterprises"] if not row["excluded"]]
    if len(left) >= asked:
        return
    counted: dict[str, int] = {}
    for row in given["enterprises"]:
        if row["excluded"]:
            reason = "近期已检查" if row["excluded"].endswith("已检查") else row["excluded"]
            counted[reason] = counted.get(reason, 0) + 1
    told = "，".join(f"{reason}{count}家" for reason, count in counted.items())
    text = f"符合条件且可抽取的企业只有{len(left)}家，少于要抽取的{asked}家"
    text += f"（排除：{told}）" if told else ""
    raise Refused.at("asked", f"{text}。请减少抽取数量或放宽条件。")


def may(actor: Any, right: str, draw: RandomDraw) -> bool:
    """Whether `actor` holds `right` over the draw."""
    return owns(actor, right, draw)


def _draw(draw: RandomDraw, actor: Any, values: Values) -> dict[str, Any]:
    draw.seed = drawing.seed_of(draw.secret, draw.digest)
    draw.result = drawing.draw(draw.given, draw.seed)
    draw.drawn_by, draw.drawn_at = actor, clock.now()
    rows = DrawnVisit.objects.bulk_create(
        DrawnVisit(draw=draw, position=place, unit_id=row["enterprise"]) for place, row in enumerate(draw.result, 1)
    )
    through = DrawnVisit.members.through
    through.objects.bulk_create(
        through(drawnvisit_id=stored.pk, user_id=person)
        for stored, row in zip(rows, draw.result, strict=True)
        for person in row["inspectors"]
    )
    return {"note": f"抽取{len(rows)}家，种子{draw.seed}", "seed": draw.seed}


def _check_publisher(draw: RandomDraw, actor: Any, values: Values) -> None:
    """Not by who prepared or drew it."""
    if actor.pk in (draw.prepared_by_id, draw.drawn_by_id):
        raise Forbidden("编制人、抽取人不能公示自己的抽取，请由负责人公示。")


def _publish(draw: RandomDraw, actor: Any, values: Values) -> dict[str, Any]:
    draw.published_by, draw.published_at = actor, clock.now()
    return {"note": "抽取结果向社会公示"}


def _check_results(draw: RandomDraw, actor: Any, values: Values) -> None:
    """There are finished visits whose result is not published."""
    if not _unpublished(draw).exists():
        raise Refused("没有已完成、尚未公示的检查结果。")


def _unpublished(draw: RandomDraw) -> Any:
    return draw.visits.filter(result_published_at=None, inspection__state=VisitState.DONE)


def _publish_results(draw: RandomDraw, actor: Any, values: Values) -> dict[str, Any]:
    count = _unpublished(draw).update(result_published_at=clock.now())
    return {"note": f"公示{count}家企业的检查结果"}


def _check_reason(draw: RandomDraw, actor: Any, values: Values) -> None:
    """A reason; it stays on the public list once drawn."""
    require(values, reason="作废原因")
    if draw.visits.filter(inspection__isnull=False).exists():
        raise Refused("已有企业安排了检查，不能作废。")


def _void(draw: RandomDraw, actor: Any, values: Values) -> dict[str, Any]:
    draw.void_reason = values["reason"][:300]
    return {"note": values["reason"]}


RULES: dict[str, Rule] = {
    "draw": Rule(
        "抽取", (S.PREPARED,), S.DRAWN, Right.PLAN_INSPECTION, "由密钥和候选名单算出种子，抽取企业并派检查人员；不能重抽。",
        apply=_draw, form="confirm", tone="success",
    ),
    "publish": Rule(
        "公示抽取结果", (S.DRAWN,), S.PUBLISHED, Right.APPROVE_INSPECTION, "任何人可查看结果并复算。",
        guard=_check_publisher, apply=_publish, form="confirm",
    ),
    "publish_results": Rule(
        "公示检查结果", (S.PUBLISHED,), None, Right.APPROVE_INSPECTION, "已完成检查的企业，其检查结果向社会公示。",
        guard=_check_results, apply=_publish_results, form="confirm",
    ),
    "void": Rule(
        "作废", (S.PREPARED, S.DRAWN), S.VOID, Right.APPROVE_INSPECTION, "编号保留；已抽取的，作废原因在公示页列明。",
        guard=_check_reason, apply=_void, form="reason", tone="danger",
    ),
}  # fmt: skip


def _tell(draw: RandomDraw, actor: Any, action: str) -> None:
    if action != "draw":
        return
    people = User.objects.filter(pk__in=draw.visits.values("members"))
    notify_about(
        draw,
        people,
        actor=actor,
        event=draw.version,
        kind="inspections.draw",
        title=f"您被抽中参加{draw.title}",
        body=f"请于{wording.cn_date(draw.check_by)}前完成检查。",
        why="双随机抽取的检查人员。",
    )


LIFECYCLE = Lifecycle(
    model=RandomDraw, rules=RULES, may=may, write_event=writer(RandomDrawEvent, RULES), on_change=(_tell,)
)
perform = LIFECYCLE.perform


@transaction.atomic
def arrange(actor: Any, draw_id: int, row_id: int, planned_on: date) -> Inspection:
    """A drawn inspector fixes the day: the visit is planned with exactly the drawn team. Again it is the same visit."""
    row = DrawnVisit.objects.select_for_update(of=("self",)).select_related("unit", "draw", "inspection").filter(
        pk=row_id, draw_id=draw_id
    ).first()  # fmt: skip
    if row is None:
        raise NotInScope
    team = list(row.members.all())
    if actor.pk not in {person.pk for person in team}:
        raise Forbidden("由抽中的检查人员安排检查。")
    if row.draw.state == S.VOID:
        raise WrongState("该抽取已作废。")
    if row.inspection:
        return row.inspection
    if planned_on > row.draw.check_by:
        raise Refused.at("planned_on", f"检查日期不能晚于完成期限{wording.cn_date(row.draw.check_by)}。")
    row.inspection = visits.schedule(
        actor,
        uid=uuid5(NAMESPACE_URL, f"draw:{row.draw_id}:{row.pk}"),
        unit=row.unit,
        kind=row.draw.kind,
        mode=Inspection.Mode.RANDOM,
        planned_on=planned_on,
        team=[Named(person) for person in team],
    )
    row.save(update_fields=["inspection"])
    return row.inspection
