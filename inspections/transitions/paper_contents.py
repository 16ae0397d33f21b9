"""What a paper says, read from its visit when it is issued and frozen in the paper's `content`."""

from __future__ import annotations

from datetime import date
from typing import Any

from common import clock
from inspections import offices
from inspections.models import Inspection, InspectionPaper, ItemResult
from inspections.transitions.finishing import level_of, results_of
from inspections.transitions.team import official_members
from units.models import Unit

Kind = InspectionPaper.Kind
Outcome = ItemResult.Outcome


def build(paper: InspectionPaper) -> dict[str, Any]:
    """Heading, unit, team, times and what was found, as plain values (dates as ISO text)."""
    visit = paper.inspection
    office = Unit.objects.office_of(visit.area_path)
    settings = offices.settings_of(office)
    kept = {**paper.content, **offices.heading(settings), "unit": _unit(visit), "team": _team(visit, paper.kind)}
    kept |= {"started": _iso(visit.started_at), "finished": _iso(visit.finished_at), "place": visit.place}
    kept |= {"contact": visit.contact, "contact_title": visit.contact_title, "contact_phone": visit.contact_phone}
    if paper.kind in (Kind.RECORD, Kind.PATROL):
        kept |= {
            "items": visit.item_count,
            "bad": visit.bad_count,
            "findings": findings(visit),
            "summary": visit.summary,
        }
    if paper.kind in (Kind.ORDER, Kind.DECISION):
        kept["problems"] = problems(paper)
    if paper.kind == Kind.REVIEW:
        kept |= {"original": original(paper), "reviews": reviews(visit)}
    return kept


def _unit(visit: Inspection) -> dict[str, str]:
    profile = getattr(visit.unit, "enterprise", None)
    phone = profile.principal_phone if profile else ""
    post, principal = _principal(profile) if profile else ("", "")
    return {
        "name": visit.unit.name,
        "address": visit.unit.address or "—",
        "code": (profile.uscc or "") if profile else "",
        "principal": principal or visit.unit.contact,
        "principal_post": post,
        "phone": phone or visit.unit.phone,
    }


def _principal(profile: Any) -> tuple[str, str]:
    """Who answers for the enterprise, as what."""
    people = (("主要负责人", profile.principal), ("法定代表人", profile.legal_person), ("经营者", profile.operator))
    return next(((post, name) for post, name in people if name), ("", ""))


def _team(visit: Inspection, kind: str) -> list[dict[str, str]]:
    if kind == Kind.PATROL:
        members = visit.members.select_related("user")
        return [{"name": member.user.name, "number": "", "unit": member.unit_name} for member in members]
    return [
        {"name": member.user.name, "number": member.certificate_number, "unit": member.unit_name}
        for member in official_members(visit)
    ]


def findings(visit: Inspection) -> list[str]:
    """The 不合格 as sentences, with what was put right at once."""
    return [_finding(row) for row in results_of(visit) if row.outcome == Outcome.BAD]


def _finding(row: ItemResult) -> str:
    item = f"（第{row.item.number}项：{row.text}）" if row.item else ""
    return f"{row.note.rstrip('。')}{item}{'，已当场整改' if row.is_fixed_on_spot else ''}"


def _problem(row: ItemResult) -> str:
    basis = f"，不符合{row.item.basis}的要求" if row.item and row.item.basis else ""
    return f"{row.note.rstrip('。')}{basis}"


def problems(paper: InspectionPaper) -> list[dict[str, Any]]:
    """The problems still to be put right: text, basis, hazard, whether 重大, by when."""
    bad = [row for row in results_of(paper.inspection) if row.outcome == Outcome.BAD and not row.is_fixed_on_spot]
    return [
        {
            "text": _problem(row),
            "basis": row.item.basis if row.item else "",
            "hazard": row.hazard_id,
            "number": row.hazard.number if row.hazard else "",
            "major": level_of(row) == "major",
            "deadline": _deadline(row, paper.deadline).isoformat() if paper.deadline else "",
        }
        for row in bad
    ]


def _deadline(row: ItemResult, deadline: date | None) -> date:
    """The day the hazard already has, so that order and ledger say the same; else that of the order."""
    if row.hazard and row.hazard.confirmed_at and row.hazard.due_at:
        return clock.local(row.hazard.due_at).date()
    return deadline or clock.today()


def original(paper: InspectionPaper) -> dict[str, Any]:
    """The order or decision a 复查 looks back at: its kind, number, day, and what it demanded."""
    about = paper.about
    if about is None:
        return {}
    known = {"kind": about.get_kind_display(), "number": about.number or "", "issued": _iso(about.issued_at)}
    days = {problem["deadline"] for problem in about.content.get("problems", []) if problem["deadline"]}
    return known | {
        "problems": len(about.content.get("problems", [])),
        "last_day": max(days, default=""),
        "decisions": about.content.get("decisions", ""),
    }


def reviews(visit: Inspection) -> list[dict[str, str]]:
    """What the 复查 found, item by item."""
    return [
        {"text": row.text, "outcome": str(row.get_outcome_display()), "note": row.note} for row in results_of(visit)
    ]


def _iso(moment: Any) -> str:
    return moment.isoformat() if moment else ""
