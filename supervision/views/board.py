"""督办看板: who stands on which rung, and what waits for a decision first."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.wording import cn_date
from hazards.models import Hazard
from supervision import queries
from supervision.models import Letter, Listing, Measure
from supervision.standing import ground, next_step, waits_for
from units.access import holds, require
from units.roles import Right

OPEN_ROWS = 5  # decisions in sight; the others unfold, so that the board itself stays on the first screen


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Proposals waiting for the reader, then the columns by ladder step."""
    require(request.user, Right.READ_LETTER)
    rows = decisions(request.user)
    columns = queries.board(request.user)
    for column in columns:
        for hazard in column.rows:
            hazard.told = {"ground": ground(hazard), "next": next_step(hazard), "waits": waits_for(hazard)}  # type: ignore[attr-defined]
    context = {
        "decisions": rows[:OPEN_ROWS],
        "folded": rows[OPEN_ROWS : queries.WAITING_ROWS],
        "waiting": min(len(rows), queries.WAITING_ROWS),
        "more": max(0, len(rows) - queries.WAITING_ROWS),
        "columns": columns,
        "is_empty": not any(column.count for column in columns),
        "decides": holds(request.user, Right.APPROVE_LISTING, Right.DECIDE_MEASURE, Right.OPINE_LISTING),
    }
    return render(request, "supervision/board.html", context)


def decisions(user: Any) -> list[dict[str, Any]]:
    """What waits for the user's decision, longest waiting first: at most a few dozen of each kind."""
    most = queries.WAITING_ROWS + 1
    found = [_listing(row) for row in queries.listings_to_decide(user)[:most]]
    found += [_listing(row) for row in queries.listings_to_opine(user)[:most]]
    found += [_measure(row) for row in queries.measures_to_decide(user)[:most]]
    found += [_letter(row) for row in queries.letters_to_sign(user)[:most]]
    return sorted({row["url"]: row for row in found}.values(), key=lambda row: row["since"])


def _row(what: str, hazard: Hazard | None, note: str, url: str, since: Any) -> dict[str, Any]:
    return {"what": what, "hazard": hazard, "note": note, "url": url, "since": since}


def _listing(row: Listing) -> dict[str, Any]:
    what = {
        "proposed": f"{row.get_kind_display()}提请" + ("" if row.opinion else "（未会审）"),
        "acceptance": "申请验收",
        "accepted": f"待批准{row.ending}",
    }[row.state]
    if row.accepted_at:
        return _row(what, row.hazard, f"{cn_date(row.accepted_at)}验收合格", row.get_absolute_url(), row.accepted_at)
    return _row(what, row.hazard, row.reason, row.get_absolute_url(), row.proposed_at)


def _measure(row: Measure) -> dict[str, Any]:
    return _row(f"{row.get_kind_display()}建议", row.hazard, row.reason, row.get_absolute_url(), row.proposed_at)


def _letter(row: Letter) -> dict[str, Any]:
    note = f"致{row.to_unit.name}"
    return _row(f"{row.get_kind_display()}待签发", None, note, reverse("letter-detail", args=[row.pk]), row.drafted_at)
