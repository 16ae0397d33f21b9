"""What each step of the ladder brings about, for all hazards of a batch that take it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from common.events import new_event
from common.limits import limit
from hazards.models import Hazard
from messaging.transitions import Occasion, notify_many
from supervision import letter_texts
from supervision.models import LIVE_STATES, Letter, LetterEvent, Listing, ListingEvent, Measure, MeasureEvent
from supervision.models.letters import LetterState
from supervision.models.listings import ListingState
from supervision.recipients import Recipients
from supervision.transitions.ladder_moves import Move
from supervision.transitions.listings import new_listing
from supervision.transitions.measures import new_measure
from supervision.transitions.offices import Offices, by_series, letter_numbers, profile_of

People = Callable[[Hazard], Sequence[Any]]


def carry_out(moves: Sequence[Move], now: datetime) -> None:
    """Letters, proposals and messages of all moves. The number of statements depends on the steps, not on the hazards."""
    if not moves:
        return
    offices = Offices(move.hazard.area_path for move in moves)
    _write_letters(moves, offices, now)
    _propose_listings([move for move in moves if move.step.code == "list"], offices, now)
    _propose_measures(moves, now)
    recipients = Recipients([move.hazard for move in moves])
    notify_many(occasion for move in moves for occasion in _occasions(move, recipients, now))


def _write_letters(moves: Sequence[Move], offices: Offices, now: datetime) -> None:
    drafts = [(move, _letter(move, offices, now)) for move in moves if move.step.code in ("overdue", "urge")]
    if not drafts:
        return
    before = _letters_before([move.hazard.pk for move, _ in drafts])
    for move, letter in drafts:
        letter.source_id = before.get(move.hazard.pk)
    for _, letters in by_series(letter for _, letter in drafts):
        numbers = letter_numbers(letters[0].office, letters[0].kind, len(letters))
        for letter, number in zip(letters, numbers, strict=True):
            letter.number = number
    Letter.objects.bulk_create(letter for _, letter in drafts)
    LetterEvent.objects.bulk_create(_letter_event(letter, now) for _, letter in drafts)
    copies = Letter.copies.through
    copies.objects.bulk_create(
        copies(letter_id=letter.pk, unit_id=move.hazard.department_id)
        for move, letter in drafts
        if letter.kind == Letter.Kind.URGE and move.hazard.department_id
    )


def _letter(move: Move, offices: Offices, now: datetime) -> Letter:
    """提示函 goes out at once; 督促函 too, unless the office wants it signed first."""
    hazard = move.hazard
    office = offices.over(hazard.area_path)
    urges = move.step.code == "urge"
    reply_by = limit("letter.reply", hazard.area_path).after(now) if urges else None
    waits = urges and profile_of(office).urge_waits_for_signature
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


def _letters_before(hazard_ids: Sequence[int]) -> dict[int, int]:
    """The latest letter about each hazard, which the new one refers to."""
    rows = Letter.objects.filter(hazard_id__in=hazard_ids).exclude(state=LetterState.VOID).order_by("pk")
    return dict(rows.values_list("hazard_id", "pk"))


def _propose_listings(moves: Sequence[Move], offices: Offices, now: datetime) -> None:
    """挂牌 for 重大, 挂账 for 重点 and 一般 (raised to 重点 on approval); a hazard with a live listing gets no second one."""
    if not moves:
        return
    live = set(
        Listing.objects.filter(hazard_id__in=[move.hazard.pk for move in moves], state__in=LIVE_STATES).values_list(
            "hazard_id", flat=True
        )
    )
    rows = []
    for move in moves:
        if move.hazard.pk in live:
            continue
        reason = letter_texts.proposal_reason(move.hazard, move.edition, move.step, now)
        listing = new_listing(move.hazard, offices.over(move.hazard.area_path), reason)
        listing.key, listing.proposed_at = move.key, now
        rows.append(listing)
    Listing.objects.bulk_create(rows)
    ListingEvent.objects.bulk_create(
        new_event(
            ListingEvent, row, "propose", "自动提请督办", at=now, target=ListingState.PROPOSED,
            data={"note": row.reason}, key=row.key,
        )
        for row in rows
    )  # fmt: skip


def _measure_kind(move: Move) -> str:
    """The proposal a step makes: 约谈; 曝光、移送、问责; one level up for a listed hazard; nothing otherwise."""
    if move.step.code == "list":
        return Measure.Kind.RAISE if move.hazard.listed_as else ""
    return {"talk": Measure.Kind.TALK, "publish": Measure.Kind.PUBLISH}.get(move.step.code, "")


def _propose_measures(moves: Sequence[Move], now: datetime) -> None:
    rows = [
        new_measure(
            move.hazard, kind, letter_texts.proposal_reason(move.hazard, move.edition, move.step, now), key=move.key
        )
        for move in moves
        if (kind := _measure_kind(move))
    ]
    Measure.objects.bulk_create(rows)
    MeasureEvent.objects.bulk_create(
        new_event(
            MeasureEvent, row, "propose", "自动提出建议", at=now, target=Measure.State.PROPOSED,
            data={"note": row.reason}, key=row.key,
        )
        for row in rows
    )  # fmt: skip


def _occasions(move: Move, people: Recipients, now: datetime) -> list[Occasion]:
    """Messages of a step: to the responsible unit always, to others by step."""
    hazard, code = move.hazard, move.step.code
    others: dict[str, tuple[People, ...]] = {
        "overdue": (people.department, people.village),
        "urge": (people.department, people.heads),
        "notice": (people.department,),
        "talk": (people.department, people.deciders),
        "list": (people.department, people.deciders),
        "publish": (people.department, people.deciders),
    }
    found = [_occasion(move, people.firm(hazard), hazard, now, urgent=code != "remind_1")] if _tells_firm(code) else []
    overseers = {user.pk: user for group in others.get(code, ()) for user in group(hazard)}
    if overseers:
        found.append(_occasion(move, list(overseers.values()), hazard, now, urgent=code in ("list", "publish")))
    return found


def _tells_firm(code: str) -> bool:
    """Proposals become the enterprise's business when a person has decided."""
    return code not in ("talk", "list", "publish")


def _occasion(move: Move, recipients: Sequence[Any], hazard: Hazard, now: datetime, *, urgent: bool) -> Occasion:
    return Occasion(
        recipients=recipients,
        kind="supervision.ladder",
        title=f"{letter_texts.label_of(move.step.code)}：{hazard.number} {hazard.description[:40]}",
        body=f"{hazard.unit.name}：{hazard.description}。{letter_texts.standing(hazard, now)}。",
        url=reverse("hazard-detail", args=[hazard.pk]),
        about=hazard,
        key=move.key,
        why=move.reason[:200],
        urgent=urgent,
    )
