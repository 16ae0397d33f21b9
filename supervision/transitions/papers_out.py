"""The one writer of what climbing brings about: letters with their numbers, proposals, messages, each with its event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from common.copying import copy_in
from common.events import new_event
from messaging.transitions import Occasion, notify_many
from supervision import frozen
from supervision.models import Letter, LetterEvent, Listing, ListingEvent, Measure, MeasureEvent
from supervision.models.letters import LetterState
from supervision.models.listings import ListingState
from supervision.transitions.offices import by_series, letter_numbers, profile_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter not yet written, the name of the unit it goes to, and the unit that gets a copy."""

    letter: Letter
    to: str
    copied_to: int | None = None


@dataclass
class Outcome:
    """What moves bring about, not yet written: the same for the run that writes it and the simulation that counts it.

    `announced` are messages about a letter or proposal of this very outcome; without a title of their own they are
    named after it.
    """

    letters: list[Draft] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    occasions: list[Occasion] = field(default_factory=list)
    announced: list[tuple[Letter | Measure, Occasion]] = field(default_factory=list)

    def told(self) -> Iterator[Occasion]:
        """All messages."""
        yield from self.occasions
        for _, occasion in self.announced:
            yield occasion


def write(found: Outcome, now: datetime) -> None:
    """In the caller's transaction. Letters come late, for their numbers keep the office's other batches waiting till commit."""
    _write_proposals(found)
    notify_many(found.occasions)
    _write_letters(found.letters, now)
    notify_many(_about(paper, occasion) for paper, occasion in found.announced)


def _about(paper: Letter | Measure, occasion: Occasion) -> Occasion:
    title = occasion.title or f"{paper.get_kind_display()}：{paper}"
    return replace(occasion, title=title, url=paper.get_absolute_url(), about=paper)


def _write_letters(drafts: Sequence[Draft], now: datetime) -> None:
    if not drafts:
        return
    _freeze(drafts)
    for _, letters in by_series(draft.letter for draft in drafts):
        numbers = letter_numbers(letters[0].office, letters[0].kind, len(letters))
        for letter, number in zip(letters, numbers, strict=True):
            letter.number = number
    copy_in(draft.letter for draft in drafts)
    copy_in((_letter_event(draft.letter, now) for draft in drafts), keyed=False)
    copies = Letter.copies.through
    told_too = (copies(letter_id=each.letter.pk, unit_id=each.copied_to) for each in drafts if each.copied_to)
    copy_in(told_too, keyed=False)


def _freeze(drafts: Sequence[Draft]) -> None:
    """A letter about a hazard refers to the one before it; all keep the names of this moment. Two statements for all."""
    before = frozen.letters_before(draft.letter.hazard_id for draft in drafts if draft.letter.hazard_id)
    names = frozen.names_of(draft.copied_to for draft in drafts)
    for draft in drafts:
        letter = draft.letter
        last = before.get(letter.hazard_id) if letter.hazard_id else None
        letter.source_id = last.pk if last else None
        if letter.state == LetterState.SENT:
            copied = _named(names, draft.copied_to)
            letter.frozen = frozen.facts(profile_of(letter.office), draft.to, copied, last)


def _named(names: dict[int | None, str], unit: int | None) -> list[str]:
    return [names[unit]] if unit in names else []


def _letter_event(letter: Letter, now: datetime) -> Any:
    sent = letter.state == LetterState.SENT
    action, label = ("send", "自动签发") if sent else ("draft", "自动起草")
    data = {"number": letter.number, "note": letter.why}
    return new_event(LetterEvent, letter, action, label, at=now, target=letter.state, data=data, key=letter.key)


def _write_proposals(found: Outcome) -> None:
    copy_in(found.listings)
    copy_in(_events(ListingEvent, found.listings, "自动提请督办", ListingState.PROPOSED), keyed=False)
    copy_in(found.measures)
    copy_in(_events(MeasureEvent, found.measures, "自动提出建议", Measure.State.PROPOSED), keyed=False)


def _events(model: Any, rows: Iterable[Any], label: str, state: str) -> Iterator[Any]:
    for row in rows:
        data = {"note": row.reason}
        yield new_event(model, row, "propose", label, at=row.proposed_at, target=state, data=data, key=row.key)
