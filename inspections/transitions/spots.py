"""The verbs of spot checks: drawn once a month, found true or not, given to somebody else, dropped with a reason."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from common import clock, wording
from common.errors import Forbidden, Refused
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, keep_reason, require, with_reason
from common.limits import limit
from common.months import first_of_month
from common.numbering import document_number, take
from hazards.transitions import access
from inspections import drawing, spotting
from inspections.models.scoping import owns
from inspections.models.spots import SpotCheck, SpotCheckEvent, SpotRound
from inspections.queries import spots as reads
from messaging.transitions import notify_about
from units.models import Unit
from units.queries import office_people
from units.roles import Right, Role

Values = Mapping[str, Any]
S = SpotCheck.State
JUDGE = "spot.judge"


@transaction.atomic
def draw_round(owner: Unit, month: date, actor: Any = None) -> SpotRound | None:
    """Draw the closings of `month` in the office's area, once; None where nothing was closed. Again it is the same round."""
    owner = Unit.objects.select_for_update(no_key=True).get(pk=owner.pk)
    known = SpotRound.objects.filter(owner=owner, month=month).first()
    if known is not None:
        return known
    given = reads.given(owner, month)
    if not any(stratum["hazards"] for stratum in given["strata"]):
        return None
    secret, digest, year = secrets.token_hex(32), drawing.digest_of(given), clock.today().year
    seed = drawing.seed_of(secret, digest)
    found = SpotRound.objects.create(
        owner=owner, area_path=owner.area_path, month=month, algorithm=spotting.ALGORITHM, given=given, digest=digest,
        secret=secret, seed=seed, result=spotting.draw(given, seed), drawn_by=actor, drawn_at=clock.now(),
        number=document_number(f"{owner.short_name or owner.name}复核"[:24], year, take(f"spot:{owner.pk}", year)),
    )  # fmt: skip
    _write(found, actor)
    return found


def _write(found: SpotRound, actor: Any) -> None:
    due = limit("spot.due", found.area_path).after(found.drawn_at)
    rows = [
        SpotCheck(
            round=found, hazard_id=row["hazard"], stratum=row["stratum"], inspector_id=row["inspector"],
            due_on=clock.local(due).date(),
        )
        for row in found.result
    ]  # fmt: skip
    for check in SpotCheck.objects.bulk_create(rows):
        new_event(
            SpotCheckEvent, check, "drawn", "抽中", actor=actor, at=found.drawn_at, target=S.WAITING,
            data={"note": f"{found.number}，{wording.cn_date(due)}前复核"},
        ).save()  # fmt: skip
    for check in SpotCheck.objects.filter(round=found).select_related("hazard__unit", "inspector"):
        _tell_inspector(check, actor)


def _tell_inspector(check: SpotCheck, actor: Any) -> None:
    if check.inspector is None:
        return
    notify_about(
        check,
        [check.inspector],
        actor=actor,
        event=f"given:{check.inspector_id}",
        kind="inspections.spot",
        title=f"抽查复核：{check.hazard.number} {check.hazard.unit.name}",
        body=f"请于{wording.cn_date(check.due_on)}前到现场核对整改是否属实。",
        why="系统按月抽查已销号隐患，由未经手的人员复核。",
    )


def may(actor: Any, right: str, check: SpotCheck) -> bool:
    """Only the person drawn judges, while the right to review lasts; the office gives to others or drops."""
    if getattr(actor, "hat", None) is None:
        return False
    if right == JUDGE:
        return check.inspector_id == actor.pk and access.may(actor, Right.REVIEW, check.hazard)
    return owns(actor, right, check.round)


def _check_finding(check: SpotCheck, actor: Any, values: Values) -> None:
    """What was found, with a photo from the site or the reason why there is none."""
    require(values, note="复核情况")
    if not values.get("files") and not str(values.get("no_photo_reason") or "").strip():
        raise Refused.at("files", "请上传现场照片；确实无法拍照的，请写明原因。")
    if any(file.uploaded_by_id != actor.pk for file in values.get("files") or ()):
        raise Forbidden("只能使用本人上传的文件。")


def _conclude(check: SpotCheck, actor: Any, values: Values) -> dict[str, Any]:
    check.note, check.no_photo_reason = values["note"][:500], (values.get("no_photo_reason") or "")[:200]
    check.done_by, check.done_at = actor, clock.now()
    check.attachments.add(*(values.get("files") or ()))
    return {"note": check.note, "files": [file.pk for file in values.get("files") or ()]}


def _check_person(check: SpotCheck, actor: Any, values: Values) -> None:
    """Somebody else who may review the hazard and has had no hand in it; a reason."""
    require(values, reason="理由", inspector="复核人")
    chosen = values["inspector"].pk
    if chosen == check.inspector_id:
        raise Refused.at("inspector", "该隐患已由此人复核。")
    if chosen not in {user.pk for user in reads.free_people(check.hazard)}:
        raise Refused.at("inspector", "复核人应有复查权限且未经手过该隐患。")


def _reassign(check: SpotCheck, actor: Any, values: Values) -> dict[str, Any]:
    before = check.inspector.name if check.inspector else "未派"
    check.inspector = values["inspector"]
    return {"note": f"由{before}改为{check.inspector.name}：{values['reason']}"}


RULES: dict[str, Rule] = {
    "find_true": Rule(
        "复核属实", (S.WAITING,), S.TRUE, JUDGE, "整改属实，计入抽查属实率。",
        guard=_check_finding, apply=_conclude, form="finding", tone="success",
    ),
    "find_false": Rule(
        "复核不属实", (S.WAITING,), S.FALSE, JUDGE, "提请安委办负责人重新立案，计入抽查属实率。",
        guard=_check_finding, apply=_conclude, form="finding", tone="danger",
    ),
    "reassign": Rule(
        "改派", (S.WAITING,), None, Right.PLAN_INSPECTION, "改由其他未经手的人员复核，理由留存。",
        guard=_check_person, apply=_reassign, form="person", tone="secondary",
    ),
    "drop": Rule(
        "免于复核", (S.WAITING,), S.DROPPED, Right.APPROVE_INSPECTION, "现场已灭失、企业已关闭等无法复核的，不计入。",
        guard=with_reason, apply=keep_reason, form="reason", tone="secondary",
    ),
}  # fmt: skip


def _tell(check: SpotCheck, actor: Any, action: str) -> None:
    if action == "reassign":
        _tell_inspector(check, actor)
    if action == "find_false":
        notify_about(
            check,
            office_people(check.hazard.area_path, Role.HEAD),
            actor=actor,
            event="false",
            kind="inspections.spot",
            title=f"抽查复核不属实：{check.hazard.number} {check.hazard.unit.name}",
            body=f"{check.note}。请核实后办理重新立案。",
            why="重新立案由安委办负责人决定。",
            urgent=True,
        )


LIFECYCLE = Lifecycle(
    model=SpotCheck, rules=RULES, may=may, write_event=writer(SpotCheckEvent, RULES), on_change=(_tell,)
)
perform = LIFECYCLE.perform


def draw_due(today: date) -> int:
    """Every office's round over the month before `today`'s, where it has none yet; returns how many hold one now."""
    month = first_of_month(today, -1)
    rounds = [draw_round(office, month) for office in Unit.objects.active().filter(kind=Unit.Kind.OFFICE)]
    return sum(found is not None for found in rounds)
