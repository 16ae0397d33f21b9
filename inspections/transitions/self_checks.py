"""Filing a self-check: once per span, signed by the right person; what is not in order becomes a hazard."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from common import clock
from common.errors import Forbidden, Refused
from hazards import transitions as hazards
from hazards.models.hazard import Channel, Level
from inspections import cadence as spans
from inspections import checklists, phone_clock
from inspections.cadence import Span
from inspections.models import ChecklistItem, ChecklistVersion
from inspections.models.self_checks import SelfCheck, SelfCheckFinding, SelfCheckRule, due_at
from inspections.queries import self_checks as queries
from units.access import holds
from units.models import Unit
from units.roles import Right, Role

Outcome = SelfCheckFinding.Outcome


@dataclass(frozen=True)
class Answer:
    """What was said of one item that is not simply in order."""

    outcome: str
    note: str = ""
    photos: Sequence[Any] = ()
    no_photo_reason: str = ""


@dataclass(frozen=True)
class Sheet:
    """Everything filed with one check; `answers` by item id, `all_clear` says that the rest was looked at and is in order.

    A check signed on a phone without signal says when by the phone's clock (`client_at`) and what that clock showed when it
    was sent (`client_now`).
    """

    cadence: str
    on: date
    version: ChecklistVersion
    answers: Mapping[int, Answer] = field(default_factory=dict)
    all_clear: bool = False
    note: str = ""
    opened_at: datetime | None = None
    client_at: datetime | None = None
    client_now: datetime | None = None


class AlreadyFiled(Refused):
    """The span has its check; what this one found is not in it."""

    code = "filed"


def version_for(unit: Unit) -> ChecklistVersion:
    """The checklist in force that fits the enterprise; `Refused` where none is loaded."""
    version = checklists.suggest(unit)
    if version is None:
        raise Refused("系统中还没有检查表，请联系安委办。")
    return version


def file_check(actor: Any, sheet: Sheet, once: UUID | None = None) -> SelfCheck:
    """File one check of the actor's enterprise and report what is not in order as hazards, all or nothing.

    Sent twice (same `once`, or the same span by a second person) it is refused or answered with the first. Refused (422)
    with the field: a span not yet begun or long over, the wrong signer, an item not in order without words. What was signed
    on a phone counts from the moment it was signed, by our clock; when it arrived is kept beside it.
    """
    if not holds(actor, Right.KEEP_RECORD):
        raise Forbidden("只有企业本单位人员可以报送自查。")
    unit = actor.hat.unit
    known = SelfCheck.objects.filter(once=once, unit=unit).first() if once else None
    if known is not None:
        return known
    items = {item.pk: item for item in sheet.version.items.select_related("criterion")}
    signed_at = phone_clock.real(sheet.client_at, sheet.client_now, clock.now())
    filing = _Filing(actor, sheet, items, signed_at, once)
    _check(filing)
    try:
        with transaction.atomic():
            return _file(filing)
    except IntegrityError:
        if once and (known := SelfCheck.objects.filter(once=once, unit=unit).first()):
            return known
        _refuse_second(filing)
        raise


@dataclass(frozen=True)
class _Filing:
    """One check on its way: who signs which sheet of which items, and when it was signed."""

    actor: Any
    sheet: Sheet
    items: Mapping[int, ChecklistItem]
    signed_at: datetime
    once: UUID | None

    @property
    def unit(self) -> Unit:
        """The signer's enterprise."""
        unit: Unit = self.actor.hat.unit
        return unit

    @property
    def span(self) -> Span:
        """The days it is about."""
        return spans.span_of(self.sheet.cadence, self.sheet.on)


def _refuse_second(filing: _Filing) -> None:
    filed = SelfCheck.objects.filter(unit=filing.unit, cadence=filing.sheet.cadence, first_on=filing.span.first)
    first = filed.first()
    if first is not None:
        raise AlreadyFiled(f"{first}已由{first.signed_name}报送，不能重复报送。")


def _check(filing: _Filing) -> None:
    """Refuse what may not be filed as of the day it was signed."""
    sheet, items, today = filing.sheet, filing.items, clock.local(filing.signed_at).date()
    if filing.span.first > today:
        raise Refused.at("on", "还没有到自查的时间，不能提前报送。")
    if spans.before(sheet.cadence, spans.span_of(sheet.cadence, today)).first > filing.span.first:
        raise Refused.at("on", "只能报送本期和上一期的自查。")
    _refuse_second(filing)
    rule = queries.rules(filing.unit.area_path).get(sheet.cadence)
    if rule is not None and not may_sign(filing.actor, rule):
        raise Forbidden(f"{rule.get_cadence_display()}应由主要负责人签字报送。")
    faults = {f"item_{pk}": text for pk, answer in sheet.answers.items() if (text := _fault(items.get(pk), answer))}
    if len(sheet.answers) < len(items) and not sheet.all_clear:
        faults["all_clear"] = "请确认其余检查项均已检查、合格。"
    if faults:
        raise Refused(next(iter(faults.values())), faults)


def may_sign(actor: Any, rule: SelfCheckRule) -> bool:
    """Whether the hat signs checks of this rule."""
    return rule.signer != Role.PRINCIPAL or actor.role == Role.PRINCIPAL


def _fault(item: ChecklistItem | None, answer: Answer) -> str:
    if item is None:
        return "该检查项不在本检查表中，请刷新页面。"
    if answer.outcome != Outcome.BAD:
        return ""
    if not answer.note.strip():
        return f"第{item.number}项不合格，请写明情况。"
    if item.asks_photo and not answer.photos and not answer.no_photo_reason.strip():
        return f"第{item.number}项请拍照；无法拍照的写明原因。"
    return ""


def _file(filing: _Filing) -> SelfCheck:
    now, actor, sheet, span = clock.now(), filing.actor, filing.sheet, filing.span
    bad = [pk for pk, answer in sheet.answers.items() if answer.outcome == Outcome.BAD]
    check = SelfCheck(
        unit=filing.unit, cadence=sheet.cadence, first_on=span.first, last_on=span.last, due_at=due_at(span.last),
        version=sheet.version, item_count=len(filing.items), bad_count=len(bad), note=sheet.note, signed_by=actor,
        signed_name=actor.name, signed_hat=str(actor.hat), filed_at=filing.signed_at, received_at=now, once=filing.once,
        seconds=_seconds(sheet.opened_at, filing.signed_at), fingerprint=fingerprint(sheet),
        clock_skew=phone_clock.seconds(phone_clock.skew(sheet.client_now, now)),
    )  # fmt: skip
    check.save()
    for pk, answer in sorted(sheet.answers.items()):
        hazard = _report(actor, filing.items[pk], answer, sheet) if pk in bad else None
        SelfCheckFinding.objects.create(
            check_record=check, item=filing.items[pk], outcome=answer.outcome, note=answer.note, hazard=hazard
        )
    return check


def report_findings(actor: Any, sheet: Sheet, once: UUID) -> list[Any]:
    """Report what is not in order as hazards, without a check: its span was filed by a colleague. Safe to repeat."""
    if not holds(actor, Right.KEEP_RECORD):
        raise Forbidden("只有企业本单位人员可以报送自查。")
    items = {item.pk: item for item in sheet.version.items.select_related("criterion")}
    bad = {pk: answer for pk, answer in sheet.answers.items() if answer.outcome == Outcome.BAD}
    faults = {f"item_{pk}": text for pk, answer in bad.items() if (text := _fault(items.get(pk), answer))}
    if faults:
        raise Refused(next(iter(faults.values())), faults)
    with transaction.atomic():
        return [
            _report(actor, items[pk], answer, sheet, once=uuid5(once, str(pk))) for pk, answer in sorted(bad.items())
        ]


def _report(actor: Any, item: ChecklistItem, answer: Answer, sheet: Sheet, once: UUID | None = None) -> Any:
    is_major = item.level == Level.MAJOR
    return hazards.report(
        actor,
        once=once,
        unit=actor.hat.unit,
        photos=list(answer.photos),
        description=f"{answer.note.strip()}（自查项：{item.text}）"[:1000],
        level=item.level,
        criterion=item.criterion if is_major else None,
        level_reason="自查检查表列为重大" if is_major and item.criterion is None else "",
        channel=Channel.SELF_CHECK,
        found_on=min(clock.today(), spans.span_of(sheet.cadence, sheet.on).last),
        no_photo_reason=answer.no_photo_reason or ("" if answer.photos else "该检查项不要求拍照"),
    )


def fingerprint(sheet: Sheet) -> str:
    """Equal for checks that say the same of the same items."""
    said = sorted((pk, answer.outcome, answer.note.strip()) for pk, answer in sheet.answers.items())
    return hashlib.sha256(repr((sheet.version.pk, said)).encode()).hexdigest()


def _seconds(opened_at: datetime | None, now: datetime) -> int | None:
    if opened_at is None or opened_at > now:
        return None
    return min(int((now - opened_at).total_seconds()), 86_400)
