"""What a letter's paper says besides its own row, kept at the moment it goes out: names and numbers as they stood then.

The ladder sends thousands of letters in a batch and prints none of them; it keeps these few words with the row, and the
paper is made from them whenever somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from supervision.models import Letter
from supervision.transitions.offices import profile_of
from units.models import OfficeProfile, Unit


class Before(NamedTuple):
    """The letter about the same hazard that went before."""

    pk: int
    number: str | None
    title: str
    sent_at: datetime


def facts(
    profile: OfficeProfile, to_unit: str, copies: Iterable[str] = (), before: Before | None = None
) -> dict[str, Any]:
    """Issuer, telephone, addressee, copies and the letter referred to, as plain JSON."""
    referred = [before.number, before.title, before.sent_at.isoformat()] if before and before.number else []
    return {
        "issuer": profile.signatory_name,
        "phone": profile.duty_phone,
        "to": to_unit,
        "copies": list(copies),
        "before": referred,
    }


def facts_of(letter: Letter) -> dict[str, Any]:
    """What was kept when the letter went out; of one that has not gone out yet, as things stand now."""
    if letter.frozen:
        return letter.frozen
    source = letter.source
    before = Before(source.pk, source.number, source.title, source.signed_at or source.drafted_at) if source else None
    copies = [unit.name for unit in letter.copies.all()] if letter.pk else []
    profile = profile_of(letter.office)
    made = facts(profile, letter.to_unit.name, copies, before)
    if letter.kind == Letter.Kind.INSTRUCTION:  # a leader's word is the street's, not its safety office's
        made["issuer"] = f"{profile.street_name}办事处"
    return made


def names_of(units: Iterable[int | None]) -> dict[int | None, str]:
    """The names of the units, read at once."""
    wanted = {pk for pk in units if pk}
    return dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def letters_before(hazard_ids: Iterable[int]) -> dict[int, Before]:
    """The latest letter about each hazard, which a new one refers to."""
    rows = Letter.objects.filter(hazard_id__in=list(hazard_ids)).exclude(state="void").order_by("pk")
    read = rows.values_list("hazard_id", "pk", "number", "title", "signed_at", "drafted_at")
    return {hazard: Before(pk, number, title, signed or drafted) for hazard, pk, number, title, signed, drafted in read}
