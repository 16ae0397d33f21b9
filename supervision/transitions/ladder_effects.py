"""What each step of the ladder brings about, for all hazards of a batch that take it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.urls import reverse

from common.limits import limit
from messaging.transitions import Occasion
from supervision import letter_texts
from supervision.models import LIVE_STATES, LadderStep, Letter, Listing, Measure
from supervision.models.letters import LetterState
from supervision.recipients import Recipients
from supervision.transitions.listings import new_listing
from supervision.transitions.measures import new_measure
from supervision.transitions.offices import Offices, profile_of
from supervision.transitions.papers_out import Draft, Outcome
from supervision.transitions.tracks import Move

Document, Audience = LadderStep.Document, LadderStep.Audience
LETTERS = (Document.REMINDER, Document.URGE)
NOT_URGENT = ("remind_1",)
URGENT_TO_ALL = ("list", "publish")


def outcome(moves: Sequence[Move], is_listed: Callable[[Move], bool] | None = None) -> Outcome:
    """Letters, proposals and messages of all moves. Only reads; statements depend on the steps, not on the hazards.

    `is_listed` says whether a hazard has a live listing already; as the database stands when not given.
    """
    offices = Offices(move.hazard.area_path for move in moves)
    people = Recipients([move.hazard for move in moves])
    listing = [move for move in moves if move.step.rung.document == Document.LIST]
    return Outcome(
        [_draft(move, offices) for move in moves if move.step.rung.document in LETTERS],
        _listings(listing, offices, is_listed or _listed_now(listing)),
        [measure for move in moves if (measure := _measure(move))],
        [occasion for move in moves for occasion in _occasions(move, people)],
    )


def _draft(move: Move, offices: Offices) -> Draft:
    letter, hazard = _letter(move, offices), move.hazard
    return Draft(letter, hazard.unit.name, hazard.department_id if letter.kind == Letter.Kind.URGE else None)


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
