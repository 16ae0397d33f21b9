"""Why did I get this? The rule or the person, the dates and the hazard, for every letter and every message of this room."""

from __future__ import annotations

from common.wording import cn_date, cn_datetime
from supervision.models import Letter, Listing, Measure

MOST = 200  # characters of a message's reason


def of_letter(letter: Letter) -> str:
    """What the ladder wrote says its rule; what a person wrote says who, when, about which hazard and letter, and why."""
    if letter.why:
        return letter.why
    by = (
        f"{letter.drafted_by.name}（{letter.drafted_unit.name}）"
        if letter.drafted_by and letter.drafted_unit
        else "系统"
    )
    said = f"{by}于{cn_date(letter.drafted_at)}起草"
    if letter.signed_by and letter.signed_at:
        same = letter.signed_by_id == letter.drafted_by_id
        said = (
            f"{by}于{cn_date(letter.signed_at)}作出"
            if same
            else f"{said}，{letter.signed_by.name}于{cn_date(letter.signed_at)}签发"
        )
    about = f"；所涉隐患{letter.hazard.number}（整改期限{cn_date(letter.hazard.due_at)}）" if letter.hazard else ""
    after = f"；承接{letter.source.number}《{letter.source.title}》" if letter.source and letter.source.number else ""
    return f"{said}{about}{after}；事由：{_short(letter.matter, 80)}"


def of_listing(listing: Listing, reader: str) -> str:
    """On which ground the hazard is supervised, until when, and what `reader` has to do with it."""
    hazard = listing.hazard
    term = f"，整改期限{cn_date(listing.deadline)}" if listing.deadline else ""
    by = listing.proposed_by.name if listing.proposed_by else "系统"
    ground = f"{by}于{cn_date(listing.proposed_at)}提请：{_short(listing.reason, 80)}"
    return f"您是{reader}；隐患{hazard.number}{listing.supervision}{term}；{ground}"[:MOST]


def of_measure(measure: Measure, reader: str) -> str:
    """Who or what proposed the measure, when, on which ground; about which hazard."""
    by = measure.proposed_by.name if measure.proposed_by else "系统按规则"
    about = f"；所涉隐患{measure.hazard.number}" if measure.hazard else ""
    ground = f"{by}于{cn_date(measure.proposed_at)}提出：{_short(measure.reason, 100)}"
    return f"您是{reader}{about}；{ground}"[:MOST]


def of_delay(what: str, until: object, cadence: str) -> str:
    """What is late since when, and how often it is said."""
    return f"{what}，期限{cn_datetime(until)}，已超过；{cadence}"[:MOST]


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
