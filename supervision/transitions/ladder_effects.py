"""What each step of the ladder brings about, for all hazards of a batch that take it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from common.copying import copy_in
from common.events import new_event
from common.limits import limit
from messaging.transitions import Occasion, notify_many
from supervision import frozen, letter_texts
from supervision.models import (
    LIVE_STATES,
    LadderStep,
    Letter,
    LetterEvent,
    Listing,
    ListingEvent,
    Measure,
    MeasureEvent,
)
from supervision.models.letters import LetterState
from supervision.models.listings import ListingState
from supervision.recipients import Recipients
from supervision.transitions.listings import new_listing
from supervision.transitions.measures import new_measure
from supervision.transitions.offices import Offices, by_series, letter_numbers, profile_of
from supervision.transitions.tracks import Move

Document, Audience = LadderStep.Document, LadderStep.Audience
LETTERS = (Document.REMINDER, Document.URGE)
NOT_URGENT = ("remind_1",)
URGENT_TO_ALL = ("list", "publish")


@dataclass
class Outcome:
    """What moves bring about, not yet written: the same for the run that writes it and the simulation that counts it."""

    letters: list[tuple[Move, Letter]]
    listings: list[Listing]
    measures: list[Measure]
    occasions: list[Occasion]


def outcome(moves: Sequence[Move], is_listed: Callable[[Move], bool] | None = None) -> Outcome:
    """Letters, proposals and messages of all moves. Only reads; statements depend on the steps, not on the hazards.

    `is_listed` says whether a hazard has a live listing already; as the database stands when not given.
    """
    offices = Offices(move.hazard.area_path for move in moves)
    people = Recipients([move.hazard for move in moves])
    listing = [move for move in moves if move.step.rung.document == Document.LIST]
    return Outcome(
        [(move, _letter(move, offices)) for move in moves if move.step.rung.document in LETTERS],
        _listings(listing, offices, is_listed or _listed_now(listing)),
        [measure for move in moves if (measure := _measure(move))],
        [occasion for move in moves for occasion in _occasions(move, people)],
    )


def carry_out(moves: Sequence[Move], now: datetime) -> None:
    """Write what the moves bring about; letters last, for their numbers keep the office's other batches waiting till commit."""
    if not moves:
        return
    found = outcome(moves)
    _write_proposals(found)
    notify_many(found.occasions)
    _write_letters(found.letters, now)


def _write_letters(drafts: Sequence[tuple[Move, Letter]], now: datetime) -> None:
    if not drafts:
        return
    _freeze(drafts)
    for _, letters in by_series(letter for _, letter in drafts):
        numbers = letter_numbers(letters[0].office, letters[0].kind, len(letters))
        for letter, number in zip(letters, numbers, strict=True):
            letter.number = number
    copy_in(letter for _, letter in drafts)
    copy_in((_letter_event(letter, now) for _, letter in drafts), keyed=False)
    copies = Letter.copies.through
    told_too = (
        copies(letter_id=letter.pk, unit_id=move.hazard.department_id)
        for move, letter in drafts
        if letter.kind == Letter.Kind.URGE and move.hazard.department_id
    )
    copy_in(told_too, keyed=False)


def _freeze(drafts: Sequence[tuple[Move, Letter]]) -> None:
    """Each letter refers to the one before it and keeps the names of this moment; two statements for all of them."""
    before = frozen.letters_before(move.hazard.pk for move, _ in drafts)
    names = frozen.names_of(move.hazard.department_id for move, _ in drafts)
    for move, letter in drafts:
        last = before.get(move.hazard.pk)
        letter.source_id = last.pk if last else None
        if letter.state == LetterState.SENT:
            copied = names.get(move.hazard.department_id) if letter.kind == Letter.Kind.URGE else None
            letter.frozen = frozen.facts(
                profile_of(letter.office), move.hazard.unit.name, [copied] if copied else [], last
            )


def _letter(move: Move, offices: Offices) -> Letter:
    """提示函 and 督促函 go out at once, unless the policy wants a person or the office wants 督促函 signed first."""
    hazard, rung, now = move.hazard, move.step.rung, move.at
    office = offices.over(hazard.area_path)
    urges = rung.document == Document.URGE
    reply_by = limit("letter.reply", hazard.area_path).after(now) if urges else None
    waits = rung.person_decides or (urges and profile_of(office).urge_waits_for_signature)
    return Letter(
        office=office,
        kind=Letter.Kind.URGE if urges else Letter.Kind.REMINDER,
        state=LetterState.DRAFT if waits else LetterState.SENT,
        title=letter_texts.urge_title(hazard) if urges else letter_texts.reminder_title(hazard),
        area_path=hazard.area_path,
        to_unit_id=hazard.unit_id,
        hazard=hazard,
        matter=letter_texts.matter(hazard, now),
        basis=letter_texts.BASIS,
        demand=letter_texts.urge_demand(reply_by) if reply_by else letter_texts.REMINDER_DEMAND,
        why=move.reason,
        key=move.key,
        due_at=reply_by,
        decider=rung.decider if waits else "",
        drafted_unit=office,
        drafted_at=now,
        signed_at=None if waits else now,
        updated_at=now,
    )


def _letter_event(letter: Letter, now: datetime) -> Any:
    sent = letter.state == LetterState.SENT
    action, label = ("send", "自动签发") if sent else ("draft", "自动起草")
    data = {"number": letter.number, "note": letter.why}
    return new_event(LetterEvent, letter, action, label, at=now, target=letter.state, data=data, key=letter.key)


def _listed_now(moves: Sequence[Move]) -> Callable[[Move], bool]:
    asked = [move.hazard.pk for move in moves]
    live = Listing.objects.filter(hazard_id__in=asked, state__in=LIVE_STATES) if asked else Listing.objects.none()
    pks = set(live.values_list("hazard_id", flat=True))
    return lambda move: move.hazard.pk in pks


def _listings(moves: Sequence[Move], offices: Offices, is_listed: Callable[[Move], bool]) -> list[Listing]:
    """挂牌 for 重大, 挂账 for 重点 and 一般 (raised to 重点 on approval); a hazard with a live listing gets no second one."""
    rows = []
    for move in moves:
        if is_listed(move):
            continue
        listing = new_listing(move.hazard, offices.over(move.hazard.area_path), _ground(move))
        listing.key, listing.proposed_at, listing.decider = move.key, move.at, move.step.rung.decider
        rows.append(listing)
    return rows


def _ground(move: Move) -> str:
    return letter_texts.proposal_reason(move.hazard, move.edition, move.step, move.at)


def _measure_kind(move: Move) -> str:
    """The proposal a step makes: 约谈; 曝光、移送、问责; one level up for a listed hazard; nothing otherwise."""
    document = move.step.rung.document
    if document == Document.LIST:
        return Measure.Kind.RAISE if move.hazard.listed_as else ""
    return {Document.TALK: Measure.Kind.TALK, Document.PUBLISH: Measure.Kind.PUBLISH}.get(Document(document), "")


def _measure(move: Move) -> Measure | None:
    kind = _measure_kind(move)
    if not kind:
        return None
    measure = new_measure(move.hazard, kind, _ground(move), key=move.key)
    measure.proposed_at, measure.decider = move.at, move.step.rung.decider
    return measure


def _write_proposals(found: Outcome) -> None:
    copy_in(found.listings)
    copy_in(_proposed(ListingEvent, row, "自动提请督办", ListingState.PROPOSED) for row in found.listings)
    copy_in(found.measures)
    copy_in(_proposed(MeasureEvent, row, "自动提出建议", Measure.State.PROPOSED) for row in found.measures)


def _proposed(model: Any, row: Any, label: str, state: str) -> Any:
    data = {"note": row.reason}
    return new_event(model, row, "propose", label, at=row.proposed_at, target=state, data=data, key=row.key)


def _occasions(move: Move, people: Recipients) -> Iterator[Occasion]:
    """Messages of a step: to the responsible unit unless it is a mere proposal, which becomes its business when a person
    has decided; and to those who oversee it, who hear at once only of the last steps."""
    groups = move.step.rung.audience
    tells_firm = Audience.FIRM in groups and not move.step.rung.proposes
    firm = people.group(Audience.FIRM, move.hazard) if tells_firm else []
    overseers = [user for group in groups if group != Audience.FIRM for user in people.group(group, move.hazard)]
    if firm:
        yield _occasion(move, firm, urgent=move.step.code not in NOT_URGENT)
    if overseers:
        yield _occasion(move, overseers, urgent=move.step.code in URGENT_TO_ALL)


def _occasion(move: Move, recipients: Sequence[Any], *, urgent: bool) -> Occasion:
    hazard = move.hazard
    return Occasion(
        recipients=recipients,
        kind="supervision.ladder",
        title=f"{letter_texts.label_of(move.step.code)}：{hazard.number} {hazard.description[:40]}",
        body=f"{hazard.unit.name}：{hazard.description}。{letter_texts.standing(hazard, move.at)}。",
        url=reverse("hazard-detail", args=[hazard.pk]),
        about=hazard,
        key=move.key,
        why=move.reason[:200],
        urgent=urgent,
    )
