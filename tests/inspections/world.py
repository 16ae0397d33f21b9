"""The records of inspections the permission matrix walks over."""

from __future__ import annotations

from typing import Any

from inspections.models import Checklist, EnforcementCertificate
from inspections.transitions import papers
from tests.cast import Cast
from tests.inspections import planning
from tests.inspections.self_checks import check_of
from tests.inspections.visiting import administrative, begun, find, finished
from tests.inspections.works import work_of

# Name of a record with an action → (record, action).
ACTIONS: dict[str, tuple[str, str]] = {
    "visit_cancel": ("visit", "cancel"),
    "paper_serve": ("inspection_paper", "serve"),
    **planning.ACTIONS,
    "hazardous_work_approve": ("hazardous_work", "approve"),
    "hazardous_work_halt": ("hazardous_work", "halt"),
}


def build(cast: Cast, photo: Any) -> dict[str, Any]:
    """Name → record, or the keyword arguments of its route."""
    return {**planning.build(cast, photo), "hazardous_work": work_of(cast), **_self_checks(cast), **_visits(cast)}


def _self_checks(cast: Cast) -> dict[str, Any]:
    return {
        "self_check": check_of(cast),
        "self_check_month": {"cadence": "month"},
        "self_check_lead": {"cadence": "lead_quarter"},
    }


def _visits(cast: Cast) -> dict[str, Any]:
    """A patrol under way by the officer, and a concluded administrative inspection with its record."""
    done = administrative(cast)
    find(cast, done, "department", 2, level="general")
    done = finished(cast, done, "department")
    record = papers.draft(cast.fresh("department"), done, "record")
    visit, paper = begun(cast, "officer"), papers.perform("issue", record.pk, cast.fresh("department"))
    return {
        "visit": visit,
        "visit_done": done,
        "inspection_paper": paper,
        "checklist": Checklist.objects.order_by("pk")[0],
        "certificate": EnforcementCertificate.objects.get(user=cast.people["department"]),
        "visit_paper": {"pk": done.pk, "kind": "order"},
        "inspection_paper_file": {"pk": paper.pk, "which": "paper", "kind": "docx"},
        "field_visit": {"uid": visit.uid},
        "field_check": {"uid": visit.uid},
        "field_check_photo": {"uid": visit.uid, "sha256": "0" * 64},
        "field_photo": {"uid": visit.uid, "sha256": "0" * 64},
    }
